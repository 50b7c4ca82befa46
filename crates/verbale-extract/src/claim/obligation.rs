//! Who must do what by when: rules, demands, commitments, and readings of rules.

mod ban;
mod bearer;

pub(super) use ban::may_not;
pub(super) use bearer::bare_demand;

use verbale_core::{Act, Obligation};
use verbale_nlp::Token;

use self::ban::{forbids, is_barred, is_subjected};
use super::clause::{Clause, Shape};
use super::context::Context;
use super::deadline;
use super::grammar::{
    is_finite, is_negated, is_passive, is_perfect, is_present, lemma, modal, noun_phrase,
    own_subject, subject,
};
use super::instrument;
use super::kind::is_future;
use super::party;
use super::status::is_to_come;
use super::time;
use super::voice;
use super::words::{self, has};
use crate::attribution::Form;

/// True if the clause binds somebody.
pub(super) fn binds(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    text_binds(cx, clause)
        || duty(cx, clause)
        || promises(clause)
        || commits(cx, clause)
        || demands(cx, clause)
        || calls_for(clause)
        || calls_upon(clause)
        || wants_done(clause)
        || forbids(clause)
        || gives_time(cx, clause)
        || reads(cx, clause)
        || deadline::stated(cx, clause).is_some()
}

/// True for the verb of a relative clause that says what a text binds somebody to: "Resolution 5, which bans …",
/// "an agreement under which no site may close".
pub(super) fn binds_its_head(cx: &Context<'_>, verb: Token<'_>) -> bool {
    let head = verb.head();
    let by_which = || {
        verb.children()
            .any(|c| c.dep() == "prep" && c.child("pobj").is_some_and(|p| p.tag() == "WDT"))
    };
    let rules = own_subject(verb).is_some_and(|s| s.tag() == "WDT") && is_binding(verb)
        || by_which() && matches!(modal(verb).as_deref(), Some("must" | "may" | "shall"));
    instrument::binds(cx, head) && rules
}

/// True if the verb binds and its subject is a text.
pub(super) fn binds_as_text(cx: &Context<'_>, verb: Token<'_>) -> bool {
    // "Which" stands for the noun that its clause modifies.
    let named = |s: Token<'_>| match s.tag() {
        "WDT" if s.head().dep() == "relcl" => instrument::binds(cx, s.head().head()),
        _ => instrument::binds(cx, s),
    };
    is_binding(verb) && subject(verb).is_some_and(named)
}

fn is_binding(verb: Token<'_>) -> bool {
    // "The mandate is set to end".
    let foretells = lemma(verb) == "set" && is_passive(verb);
    has(words::BINDING_VERBS, &lemma(verb))
        && !foretells
        && verb
            .children()
            .any(|c| matches!(c.dep(), "ccomp" | "dobj" | "xcomp" | "dative" | "prep"))
}

/// "The treaty requires that …", "Resolution 5 bans …", and what a pack's pattern reads as a text that binds.
fn text_binds(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let binds = is_binding(clause.verb) && clause.subject.is_some_and(|s| instrument::binds(cx, s));
    binds
        || binds_its_head(cx, clause.verb)
        || binds_as_text(cx, clause.verb)
        || clause.subject.is_some_and(|s| provides(clause.verb, s))
}

/// "The program calls for cooperation in mining": a paper that plans what its parties are to do.
fn provides(verb: Token<'_>, noun: Token<'_>) -> bool {
    let paper = has(
        "plan program programme scheme roadmap strategy deal blueprint",
        &lemma(noun),
    );
    let for_thing = |c: Token<'_>| c.dep() == "prep" && c.lower() == "for";
    paper
        && has("call provide", &lemma(verb))
        && !is_passive(verb)
        && verb.children().any(for_thing)
}

/// "Under the accord, the yard must …", "has until May to …", "is obliged to …".
fn duty(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    // "Should be reconnected by midnight" is expected, not owed.
    let must = matches!(modal(verb).as_deref(), Some("must" | "shall"))
        // "Should have found enough by the 2030s" is hoped.
        || modal(verb).as_deref() == Some("should") && !is_passive(verb) && !is_perfect(verb)
        || has_to(verb)
        || may_not(clause)
        || matches!(modal(verb).as_deref(), Some("may" | "can"))
            && under_text(cx, clause).is_some()
        || matches!(
            &*lemma(verb),
            "oblige" | "require" | "bind" | "obligate" | "suppose" | "mandate"
        ) && is_passive(verb)
            && has_infinitive(verb);
    let by_text = clause
        .mark
        .is_some_and(|m| text_that_speaks(cx, m).is_some());
    // What a reporter or an office says must be done is a rule; what a party says should be is its view.
    let obliged = has("oblige obligate bind require", &lemma(verb)) && is_passive(verb);
    // A paper's own advice; in a report of news "should arrive on Monday" is expected.
    let advises = cx.metadata().agency.is_none()
        && is_action(verb)
        && verb
            .sent()
            .tokens()
            .next()
            .is_none_or(|t| t.lower() != "should");
    let recommended = (cx.house.is_signatory() || advises)
        && modal(verb).as_deref() == Some("should")
        && clause.subject.is_some_and(party::is_party);
    let told_as_rule = clause.mark.is_none()
        && (modal(verb).as_deref() == Some("must")
            || has_to(verb)
            || obliged
            || recommended
            || may_not(clause) && !is_perfect(verb))
        && clause.subject.is_none_or(|s| s.pos() != "PRON");
    let ruled = by_text
        || told_as_rule
        || time::deadline(cx, clause).is_some()
        || under_text(cx, clause).is_some();
    // "Norvale must free the crews", says another party: a demand.
    let demanded = clause.mark.is_some()
        && modal(verb).as_deref() == Some("must")
        && !party::is_speaker(cx, clause)
        && clause.subject.is_some_and(party::is_party);
    // "All crews were to return by May", and what a text says is to be done.
    let everybody = || {
        let all = |c: Token<'_>| has("all every each both", &c.lower());
        clause.subject.is_some_and(|s| s.children().any(all))
            && time::deadline(cx, clause).is_some()
    };
    must && (ruled || demanded)
        || is_barred(verb)
        || is_subjected(verb)
        || is_to_come(verb) && (under_text(cx, clause).is_some() || by_text || everybody())
}

/// True for what somebody can be told to do; arriving, being and having are expected.
fn is_action(verb: Token<'_>) -> bool {
    !is_passive(verb)
        && !has(
            "arrive come be have know return leave reach finish get become go see start end rise fall receive",
            &lemma(verb),
        )
}

/// "Have to mark their eggs", but neither "have yet to come" nor "have had to wait".
fn has_to(verb: Token<'_>) -> bool {
    lemma(verb) == "have"
        && !is_perfect(verb)
        && verb
            .children()
            .any(|c| c.dep() == "xcomp" && is_infinitive(c))
        && !verb.children().any(|c| lemma(c) == "yet")
}

/// "Kestria wants its share raised": another clause below a verb of wanting.
fn wants_done(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    has("want demand require expect", &lemma(verb))
        && !is_passive(verb)
        && modal(verb).is_none()
        && clause.subject.is_some_and(party::is_party)
        && verb.children().any(|c| {
            matches!(c.dep(), "ccomp" | "xcomp")
                && !is_finite(c)
                && own_subject(c).is_some_and(|s| !is_foreseen(verb, s))
        })
}

/// "The board gave the yards until May to register", "the yards have been given until May": whoever is given time must use it.
fn gives_time(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let given = is_passive(clause.verb) || clause.subject.is_some_and(party::is_party);
    lemma(clause.verb) == "give"
        && given
        && has_infinitive(clause.verb)
        && time::deadline(cx, clause).is_some()
}

/// Who may be expected to act: of a thing ("expect the road to reopen") it is only foreseen.
fn is_foreseen(cue: Token<'_>, bearer: Token<'_>) -> bool {
    lemma(cue) == "expect" && !party::is_party(bearer)
}

/// "Citizens are called upon to register": a demand in the passive, now.
fn calls_upon(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    is_passive(verb)
        && match is_perfect(verb) || !is_present(verb) {
            // "Have been ordered to deliver" binds still, as "were ordered to"; "has been asked to leave" is told as a deed.
            true => has("order instruct oblige require direct", &lemma(verb)) && !is_negated(verb),
            false => has(
                "call urge ask advise request invite instruct remind order",
                &lemma(verb),
            ),
        }
        && has_infinitive(verb)
}

fn has_infinitive(verb: Token<'_>) -> bool {
    verb.subtree()
        .any(|c| matches!(c.dep(), "xcomp" | "acl" | "advcl") && is_infinitive(c))
}

fn is_infinitive(verb: Token<'_>) -> bool {
    verb.children().any(|a| a.dep() == "aux" && a.tag() == "TO")
}

/// "According to the treaty": the text that is said to say it.
fn text_that_speaks<'r>(cx: &Context<'r>, mark: usize) -> Option<Token<'r>> {
    let named = cx.marks.attributions[mark].speaker.first()?;
    let head = cx.reading.span_at(*named)?.1.root()?;
    instrument::binds(cx, head).then_some(head)
}

/// "Under Article 6 of the protocol": the text that a preposition names.
fn under_text<'r>(cx: &Context<'_>, clause: &Clause<'r>) -> Option<Token<'r>> {
    let doc = clause.verb.doc();
    clause
        .tokens()
        .map(|i| doc.token(i))
        .filter(|t| {
            has("under by per", &lemma(*t)) || lemma(*t) == "to" && lemma(t.head()) == "accord"
        })
        .find_map(|p| p.child("pobj").filter(|n| instrument::binds(cx, *n)))
}

/// "We will …" by the one who speaks, and what a cue of promising governs.
fn commits(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let Some(m) = clause.mark else {
        let own = says_we(clause) && cx.house.is_signatory()
            || clause.subject.is_some_and(|s| is_house(cx, s));
        return is_future(clause.verb) && own;
    };
    let promised = cx.marks.attributions[m].attribution.act == Act::Promise;
    // "If it were so, we would be glad" promises nothing.
    let feels = lemma(clause.verb) == "be" && clause.verb.child("acomp").is_some()
        || has(
            "love like hate prefer hope wish want advise ask urge recommend suggest remind note say add point",
            &lemma(clause.verb),
        );
    let to_come = is_future(clause.verb)
        || modal(clause.verb).as_deref() == Some("would") && !is_perfect(clause.verb) && !feels;
    promised
        || is_committed(clause.verb)
            && (party::is_speaker(cx, clause)
                || cx.marks.attributions[m].form == Form::Direct
                    && clause.subject.is_some_and(party::is_party))
        || to_come && !is_negated(clause.verb) && party::is_speaker(cx, clause)
        || to_come && assures(cx, clause)
}

/// "Is committed to providing food".
fn is_committed(verb: Token<'_>) -> bool {
    let committed = |t: Token<'_>| {
        t.lower() == "committed"
            && t.children()
                .any(|p| p.lower() == "to" && p.child("pcomp").is_some())
    };
    is_present(verb) && (committed(verb) || verb.child("acomp").is_some_and(committed))
}

/// "There would be no layoffs before July", "the rest would be ready by April": an assurance with a date.
fn assures(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let state =
        lemma(verb) == "be" && (verb.child("acomp").is_some() || verb.child("expl").is_some());
    state && time::deadline(cx, clause).is_some()
}

/// "The company promised each household a house".
fn promises(clause: &Clause<'_>) -> bool {
    has(words::PROMISING_VERBS, &lemma(clause.verb))
        && clause.subject.is_some()
        && clause
            .verb
            .children()
            .any(|c| matches!(c.dep(), "dobj" | "xcomp" | "ccomp"))
}

fn says_we(clause: &Clause<'_>) -> bool {
    clause
        .subject
        .is_some_and(|s| matches!(&*s.lower(), "we" | "i"))
}

/// True if the noun names the office whose page it is.
fn is_house(cx: &Context<'_>, noun: Token<'_>) -> bool {
    let said = cx.house.says();
    let names = [
        said.on_behalf_of.as_deref(),
        said.speaker.as_ref().map(|s| s.name.as_str()),
    ];
    let subject = noun_phrase(noun);
    let stem = |w: &str| {
        w.chars()
            .take(STEM_CHARS)
            .collect::<String>()
            .to_lowercase()
    };
    let named = |w: &str| {
        w.chars().next().is_some_and(char::is_uppercase) && w.chars().count() >= STEM_CHARS
    };
    let ours: Vec<String> = names
        .into_iter()
        .flatten()
        .flat_map(|n| n.split_whitespace())
        .filter(|w| named(w))
        .map(stem)
        .collect();
    subject
        .split_whitespace()
        .filter(|w| named(w))
        .any(|w| ours.contains(&stem(w)))
}

/// Letters by which "Kestria" and "Kestrian" agree.
const STEM_CHARS: usize = 5;

/// What a cue of demanding governs: "urged the yard to pay".
fn demands(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    clause.mark.is_some_and(|m| {
        let mark = &cx.marks.attributions[m];
        let demanded = mark.attribution.act == Act::Demand
            || voice::cue_verb(cx, mark).is_some_and(voice::demands);
        let foreseen = voice::cue_verb(cx, mark)
            .zip(own_subject(clause.verb))
            .is_some_and(|(cue, bearer)| is_foreseen(cue, bearer));
        // "We call on the port to stop": a demand within what is quoted.
        let calls = voice::cue_verb(cx, mark).is_some_and(|cue| {
            has("call urge ask demand request appeal advise", &lemma(cue))
                && voice::addressee(cue).is_some()
        });
        demanded
            && !foreseen
            && (mark.form != Form::Direct || calls)
            && clause.shape != Shape::Nominal
            && is_subjunctive(clause)
    })
}

/// "The minister is calling for a vote": a demand told as a deed.
fn calls_for(clause: &Clause<'_>) -> bool {
    clause.shape != Shape::Nominal
        && voice::demands_thing(clause.verb)
        && !is_passive(clause.verb)
        && !is_negated(clause.verb)
        && clause.subject.is_some_and(party::is_party)
        && voice::addressee(clause.verb).is_some()
}

/// "(That the yard) pay", "(the yard) to pay": a form of the verb that demands.
fn is_subjunctive(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let singular = clause
        .subject
        .is_some_and(|s| matches!(s.tag(), "NN" | "NNP"));
    // "(That the boats) be released".
    let done = verb.child("auxpass").is_some_and(|a| a.tag() == "VB") && !is_finite(verb);
    done || verb.tag() == "VB" && !is_finite(verb)
        || verb.tag() == "VBP" && singular && verb.child("aux").is_none()
}

/// "Article 5 concerns only …": what a rule is said to mean.
fn reads(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    (clause.mark.is_some() || cx.house.is_signatory())
        && has(
            "speak oblige apply concern refer cover mean require extend relate include",
            &lemma(clause.verb),
        )
        && clause.subject.is_some_and(|s| {
            let it = s.lower() == "it" && has("oblige require entitle bind", &lemma(clause.verb));
            it || has(
                "article paragraph clause section provision resolution treaty protocol",
                &lemma(s),
            )
        })
}

/// What is done by saying it: a commitment promises, a demand demands, anything else is said.
pub(super) fn act(cx: &Context<'_>, clause: &Clause<'_>) -> Act {
    if commits(cx, clause) {
        Act::Promise
    } else if demands(cx, clause) || calls_for(clause) || calls_upon(clause) || wants_done(clause) {
        Act::Demand
    } else {
        Act::Say
    }
}

/// The obligation claim of a clause.
pub(super) fn build(cx: &Context<'_>, clause: &Clause<'_>) -> Obligation {
    let text = clause
        .subject
        .filter(|s| instrument::binds(cx, *s) || provides(clause.verb, *s))
        .or_else(|| Some(clause.verb.head()).filter(|_| binds_its_head(cx, clause.verb)))
        .or_else(|| under_text(cx, clause))
        .or_else(|| text_that_speaks(cx, clause.mark?));
    let promised = commits(cx, clause);
    let nominal = clause.mark.is_some() && clause.shape == Shape::Nominal;
    let demanded = nominal
        || demands(cx, clause)
        || calls_for(clause)
        || calls_upon(clause)
        || wants_done(clause);
    let instrument = match text {
        Some(noun) => Some(instrument::title(cx, clause, noun)),
        None if promised => Some("self-commitment".to_owned()),
        None if demanded => Some(demand_word(cx, clause).to_owned()),
        None => None,
    };
    let (bearer, deed) = match deadline::stated(cx, clause) {
        Some(noun) => (None, deadline::what_is_due(noun)),
        None if forbids(clause) => bearer::forbidden(clause),
        None if is_barred(clause.verb) => bearer::barred(clause),
        None if let Some(called) = bearer::called_for(clause) => called,
        None => bearer::bearer_and_deed(clause, text.is_some() && clause.subject == text),
    };
    let bearer = addressee(cx, clause).filter(|_| demanded).or(bearer);
    let action = match promised {
        true => bearer::seen_to(cx, clause, bearer, deed),
        false => deed,
    };
    Obligation {
        paragraph: text.and_then(instrument::paragraph),
        instrument,
        party: bearer::bound_party(cx, clause, bearer, promised),
        action,
        deadline: time::deadline(cx, clause)
            .or_else(|| {
                let due = has_to(clause.verb) || modal(clause.verb).as_deref() == Some("must");
                time::own(cx, clause).filter(|t| due || !time::is_past(cx, t))
            })
            .cloned(),
    }
}

/// What a demand is by its cue: who calls on others calls, who recommends recommends.
fn demand_word(cx: &Context<'_>, clause: &Clause<'_>) -> &'static str {
    let cue = clause
        .mark
        .and_then(|m| voice::cue_verb(cx, &cx.marks.attributions[m]))
        .unwrap_or(clause.verb);
    match &*lemma(cue) {
        "call" => "call",
        "recommend" | "advise" => "recommendation",
        _ => "demand",
    }
}

/// "Urged farmers to vaccinate": the farmers.
fn addressee<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Option<Token<'r>> {
    let cue = voice::cue_verb(cx, &cx.marks.attributions[clause.mark?])?;
    own_subject(clause.verb)
        .or_else(|| voice::addressee(cue))
        .filter(|n| *n != clause.verb)
}
