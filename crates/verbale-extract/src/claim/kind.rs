//! Of which kind a proposition is, or that it is none an analyst would enter.
//!
//! An obligation binds somebody; a position judges, explains or wishes; a status names the state of a thing; an
//! event happens at a time. Figures are found from their numbers (`figure`), not here.

mod judgment;
mod worth;

use verbale_core::{Act, ClaimKind, TimexKind};
use verbale_nlp::Token;

use super::clause::{self, Clause, Shape};
use super::context::Context;
use super::fit;
use super::grammar::{
    auxiliaries, complement, is_finite, is_negated, is_passive, is_past, is_perfect, is_present,
    is_progressive, lemma, modal, own_subject, predicate,
};
use super::obligation;
use super::party;
use super::status;
use super::voice;
use super::words::{self, has};
use crate::attribution::{Form, Nature};

/// The propositions of a sentence that are worth a ledger, with their kinds.
///
/// Within one quoted sentence, judgements and the states they are joined to are one position: who takes it apart
/// makes the speaker say less than was said.
pub(super) fn of_sentence<'r>(
    cx: &Context<'r>,
    clauses: &[Clause<'r>],
) -> Vec<(Clause<'r>, ClaimKind)> {
    let mut found: Vec<(Clause<'r>, ClaimKind)> = Vec::new();
    for clause in clauses {
        let Some(kind) = decide(cx, clause) else {
            continue;
        };
        if kind == ClaimKind::Position
            && found
                .iter()
                .any(|(c, k)| *k == kind && c.start <= clause.start && clause.end <= c.end)
        {
            continue;
        }
        if let Some((last, last_kind)) = found.last_mut()
            && is_one_remark(cx, last, *last_kind, clause, kind)
        {
            last.end = last.end.max(clause.end);
            *last_kind = ClaimKind::Position;
            continue;
        }
        found.push((*clause, kind));
    }
    found
}

fn is_one_remark(
    cx: &Context<'_>,
    a: &Clause<'_>,
    a_kind: ClaimKind,
    b: &Clause<'_>,
    b_kind: ClaimKind,
) -> bool {
    let quoted = a
        .mark
        .is_some_and(|m| cx.marks.attributions[m].form == Form::Direct);
    let kinds = [a_kind, b_kind];
    quoted
        && a.mark == b.mark
        && kinds.contains(&ClaimKind::Position)
        && kinds
            .iter()
            .all(|k| !matches!(k, ClaimKind::Obligation | ClaimKind::Figure))
}

/// The kind of a proposition; `None` for what is not worth a ledger.
pub(super) fn decide(cx: &Context<'_>, clause: &Clause<'_>) -> Option<ClaimKind> {
    if clause::is_imperative(clause) || clause::only_links(clause) || hides_source(clause) {
        return None;
    }
    if obligation::binds(cx, clause) {
        return Some(ClaimKind::Obligation);
    }
    if clause.shape == Shape::Nominal {
        return nominal(cx, clause);
    }
    let told = clause
        .verb
        .child("xcomp")
        .filter(|_| is_negated(clause.verb));
    let withholds = lemma(clause.verb) == "go"
        && told.is_some_and(|t| has("say tell comment discuss answer", &lemma(t)));
    // Whoever keeps silent could have spoken: "the guild did not answer".
    let somebody = clause
        .subject
        .is_some_and(|s| s.pos() == "NOUN" || has("he she they", &s.lower()));
    if (voice::refuses(clause.verb) || withholds)
        && (names_party(clause) || somebody || clause.mark.is_some() || cx.house.is_signatory())
    {
        return Some(ClaimKind::Position);
    }
    let vocal = clause.mark.is_some() || cx.house.is_signatory();
    if only_speaks(clause) || asks(clause) || is_courtesy(clause) {
        return None;
    }
    if denies_deed(clause) || is_foreseen(cx, clause) || has_in_mind(clause) {
        return Some(ClaimKind::Event);
    }
    if takes_side(cx, clause) || takes_stance(cx, clause) {
        return Some(ClaimKind::Position);
    }
    if judgment::judges(cx, clause) {
        // What a reporter thinks of it is no claim of the ledger; what a party thinks of it is.
        return (vocal || holds_attitude(clause)).then_some(ClaimKind::Position);
    }
    if clause.mark.is_none() && is_vague(clause) || points_or_addresses(clause) {
        return None;
    }
    if is_remark(cx, clause) {
        return Some(ClaimKind::Position);
    }
    let kind = match status::is_state(cx, clause) {
        true => ClaimKind::Status,
        false => ClaimKind::Event,
    };
    worth::is_entered(cx, clause, kind).then_some(kind)
}

/// "Said on Wednesday": what is said is the claim, and not that something is.
fn only_speaks(clause: &Clause<'_>) -> bool {
    // "The port put it differently: …"
    let put = lemma(clause.verb) == "put"
        && clause.verb.child("dobj").is_some_and(|o| o.lower() == "it")
        && clause.verb.child("advmod").is_some();
    if put {
        return true;
    }
    has("say tell add", &lemma(clause.verb))
        && !is_passive(clause.verb)
        && !is_negated(clause.verb)
        && modal(clause.verb).is_none()
}

/// "The brigade denied having shelled the market": what is denied is a happening.
pub(super) fn denies_deed(clause: &Clause<'_>) -> bool {
    clause.shape != Shape::Nominal
        && lemma(clause.verb) == "deny"
        && !is_passive(clause.verb)
        && clause.verb.child("xcomp").is_some_and(|x| {
            x.tag() == "VBG" || x.children().any(|a| a.dep() == "aux" && a.tag() == "VBG")
        })
}

/// "Asked not to be named", "requested anonymity", "that her name be withheld": about the source and not of it.
fn hides_source(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let named = |t: Token<'_>| has("identify name quote withhold", &lemma(t)) && is_passive(t);
    let told = |c: Token<'_>| matches!(c.dep(), "xcomp" | "ccomp") && named(c);
    let secret = |t: Token<'_>| has("anonymity", &lemma(t));
    secret(verb)
        || named(verb) && !is_finite(verb)
        || verb
            .children()
            .any(|c| matches!(c.dep(), "dobj" | "nsubj") && secret(c))
        || has("ask request want decline refuse insist", &lemma(verb)) && verb.children().any(told)
        || lemma(verb) == "withhold"
            && clause
                .subject
                .is_some_and(|s| has("name identity", &lemma(s)))
}

/// "Disputed the figure", "was an insult": an opinion even where it turns on a number.
pub(super) fn takes_sides(clause: &Clause<'_>) -> bool {
    has(words::SIDE_TAKING, &lemma(predicate(clause.verb)))
        || judgment::judging_complement(clause.verb)
}

/// "Hopes to reopen the mine next year", "expects to close the inquiry": what somebody has in mind to do is a
/// happening to come, and not an opinion.
fn has_in_mind(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let deed = |c: Token<'_>| {
        c.dep() == "xcomp"
            && own_subject(c).is_none()
            && c.children().any(|a| a.dep() == "aux" && a.tag() == "TO")
            && lemma(c) != "be"
    };
    clause.shape != Shape::Nominal
        && has("expect hope intend aim", &lemma(verb))
        && !is_passive(verb)
        && modal(verb).is_none()
        && verb.children().any(deed)
}

/// "They do not expect the road to reopen": what is foreseen is a happening to come.
fn is_foreseen(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let cue = clause
        .mark
        .and_then(|m| voice::cue_verb(cx, &cx.marks.attributions[m]));
    clause.shape != Shape::Nominal
        && !is_finite(clause.verb)
        && cue.is_some_and(|c| has("expect anticipate foresee", &lemma(c)))
}

/// True if a pack's pattern makes a stance of the clause: one that the verb's subject takes ("called it unlawful"),
/// or one that the speaker takes by saying it ("hampers the work").
fn takes_stance(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    if voice::withholds_thing(clause.verb) {
        return false;
    }
    let Some(fit) = fit::of_kind(cx, clause, ClaimKind::Position) else {
        return false;
    };
    // "Responded to the slump with new roads": only who does not respond keeps silent.
    if has("comment respond reply", &lemma(clause.verb)) && !is_negated(clause.verb) {
        return false;
    }
    match fit.pattern.filler("holder") {
        Some("speaker") => clause.mark.is_some() || cx.house.is_signatory(),
        _ => {
            names_party(clause)
                && !is_passive(clause.verb)
                && modal(clause.verb).is_none()
                && !verb_object_is_counted(clause.verb)
        }
    }
}

/// True if a party is said to think or want something: "The ministry advises against travel".
fn holds_attitude(clause: &Clause<'_>) -> bool {
    has(words::ATTITUDE_VERBS, &lemma(predicate(clause.verb)))
        && names_party(clause)
        && is_present(clause.verb)
}

/// True if the subject can speak or act.
fn names_party(clause: &Clause<'_>) -> bool {
    clause.subject.is_some_and(party::is_party)
}

/// Quoted words that state no dated fact: who is quoted in full judges, compares or jokes more often than not.
fn is_remark(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let quoted = clause
        .mark
        .is_some_and(|m| cx.marks.attributions[m].form == Form::Direct);
    let verb = clause.verb;
    let exists = verb.child("expl").is_some();
    quoted
        && !exists
        && !status::is_duty_state(verb)
        && !status::tells_how_many(clause)
        && !status::is_possibility(verb)
        && !mentions_date(cx, clause)
        && !counts(cx, clause)
        && !tells_deed(cx, clause)
        && !(is_negated(verb) && (is_perfect(verb) || is_passive(verb)))
}

/// "The port has cancelled the talks": a happening that a pack knows, told in the past.
fn tells_deed(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    (is_past(verb) || is_perfect(verb))
        && !is_negated(verb)
        && fit::of_kind(cx, clause, ClaimKind::Event).is_some()
}

/// True if a number stands in the clause's words.
fn counts(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let words = clause.range(&cx.reading.blocks()[clause.block]);
    let quantities = cx.marks.quantities;
    let from = quantities.partition_point(|q| q.range.start() < words.start());
    quantities[from..]
        .iter()
        .take_while(|q| q.range.start() < words.end())
        .any(|q| !q.in_date)
}

/// True if a day, month or year stands in the clause's words.
fn mentions_date(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let block = &cx.reading.blocks()[clause.block];
    cx.times_in(clause.range(block)).any(|t| {
        matches!(t.kind, TimexKind::Date | TimexKind::Time)
            && !matches!(t.value.as_deref(), Some("PAST_REF" | "FUTURE_REF"))
    })
}

/// A noun phrase with its cue: a happening that is mentioned, else what somebody thinks of something.
fn nominal(cx: &Context<'_>, clause: &Clause<'_>) -> Option<ClaimKind> {
    let mark = clause.mark.map(|m| &cx.marks.attributions[m])?;
    let head = lemma(clause.verb);
    let reports = matches!(
        mark.attribution.act,
        Act::Say | Act::Confirm | Act::Admit | Act::Estimate | Act::Expect
    );
    let cue = voice::cue_verb(cx, mark);
    let demands = cue.is_some_and(voice::demands_thing);
    if demands && !cue.is_some_and(voice::refuses) {
        return Some(ClaimKind::Obligation);
    }
    // "Denied firing": what is denied is a happening.
    if clause.verb.tag() == "VBG"
        && matches!(mark.attribution.act, Act::Deny | Act::Admit | Act::Confirm)
    {
        return Some(ClaimKind::Event);
    }
    if reports && mark.nature == Nature::Statement && has(words::EVENT_NOUNS, &head) {
        return Some(ClaimKind::Event);
    }
    if cue.is_some_and(|c| proposes(cx, clause, c)) {
        return Some(ClaimKind::Event);
    }
    let takes_side = matches!(
        mark.attribution.act,
        Act::Deny | Act::Accuse | Act::Insist | Act::Demand | Act::Other
    ) || mark.nature == Nature::Attitude;
    let refuses = cue.is_some_and(voice::refuses);
    let sided = cue.is_some_and(|c| has(words::SIDE_TAKING, &lemma(c)));
    let quoted =
        mark.form != Form::Indirect && !cue.is_some_and(|c| has("report estimate put", &lemma(c)));
    (takes_side || refuses || sided || quoted).then_some(ClaimKind::Position)
}

/// "Has proposed a joint checkpoint": what a pattern of a happening has as its verb is done and not only said.
fn proposes(cx: &Context<'_>, clause: &Clause<'_>, cue: Token<'_>) -> bool {
    // "Proposed barring the pilots".
    if lemma(cue) == "propose" && clause.verb.tag() == "VBG" {
        return true;
    }
    // A thing is proposed; what is said in a whole sentence is said.
    if is_finite(clause.verb) {
        return false;
    }
    cx.fits[clause.block]
        .iter()
        .any(|f| f.anchor() == cue && f.pattern.kind == ClaimKind::Event)
        && !has(words::SIDE_TAKING, &lemma(cue))
        && cue.child("dobj").is_some()
}

fn verb_object_is_counted(verb: Token<'_>) -> bool {
    verb.child("dobj")
        .is_some_and(|o| o.child("nummod").is_some())
}

/// "Whether …", "how many …": a question, not a proposition.
fn asks(clause: &Clause<'_>) -> bool {
    let doc = clause.verb.doc();
    let first = doc.token(clause.start);
    let whether = clause
        .verb
        .children()
        .any(|c| c.i() < clause.verb.i() && lemma(c) == "whether");
    clause.mark.is_some()
        && clause.verb.dep() != "advcl"
        && (whether || matches!(first.tag(), "WRB" | "WP" | "WDT"))
}

/// "We wish you well", "the office thanks its partners": done by being said, and nothing is claimed.
fn is_courtesy(clause: &Clause<'_>) -> bool {
    let first_person = || {
        clause
            .subject
            .is_some_and(|s| matches!(&*s.lower(), "we" | "i"))
    };
    let word = lemma(clause.verb);
    has("thank congratulate greet", &word)
        || word == "wish" && (first_person() || clause.verb.child("dative").is_some())
        || has("invite welcome", &word) && first_person()
}

/// "Norvale blamed Kestria for the delay": a side taken in the verb itself.
fn takes_side(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let word = lemma(clause.verb);
    let accuses = cx
        .packs
        .verbs("en")
        .lookup(&word)
        .is_some_and(|v| matches!(v.act, Act::Deny | Act::Accuse));
    let speaks = names_party(clause)
        || clause
            .subject
            .is_some_and(|s| has("he she it they", &lemma(s)));
    // "Questioned 2,400 people" is no side.
    let counted = verb_object_is_counted(clause.verb);
    (accuses || has(words::SIDE_TAKING, &word))
        && !voice::withholds_thing(clause.verb)
        && !counted
        && speaks
        && !is_passive(clause.verb)
        && modal(clause.verb).is_none()
}

/// Scene-setting without a fact of its own.
fn is_vague(clause: &Clause<'_>) -> bool {
    if points_or_addresses(clause) {
        return true;
    }
    let verb = clause.verb;
    let subject = clause.subject.map(lemma).unwrap_or_default();
    clause.subject.is_none() && !is_passive(verb)
        || matches!(
            &*subject,
            "this" | "that" | "these" | "those" | "which" | "it" | "what" | "you"
        ) && clause
            .subject
            .is_some_and(|s| s.tag() != "NN" && s.children().next().is_none())
            && has("be mean come make do take", &lemma(verb))
        || !is_finite(verb)
        || subject == "it"
            && is_passive(verb)
            && has(
                "estimate say report believe think expect know",
                &lemma(verb),
            )
        || has(
            "say tell ask look seem appear wonder remember imagine speak talk read",
            &lemma(verb),
        ) && !is_passive(verb)
}

/// "Here's our reporter", "you know".
fn points_or_addresses(clause: &Clause<'_>) -> bool {
    let here = clause
        .verb
        .children()
        .any(|c| c.dep() == "advmod" && c.lower() == "here" && c.i() < clause.verb.i());
    here || clause.subject.is_some_and(|s| s.lower() == "you")
}

/// True if the auxiliaries say that it is still to come.
pub(super) fn is_future(verb: Token<'_>) -> bool {
    matches!(modal(verb).as_deref(), Some("will" | "shall"))
        || auxiliaries(verb).any(|a| lemma(a) == "go")
}

/// True for the simple present of an action: a habit, so a state.
pub(super) fn is_habit(verb: Token<'_>) -> bool {
    is_present(verb)
        && !is_perfect(verb)
        && !is_progressive(verb)
        && modal(verb).is_none()
        && !(is_passive(verb) && is_negated(verb))
}

/// The object of the clause's verb, for words that decide.
pub(super) fn object_lemma(verb: Token<'_>) -> String {
    complement(verb).map(lemma).unwrap_or_default()
}
