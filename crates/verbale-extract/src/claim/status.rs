//! States of things: open, closed, missed, complying, lacking, at a standstill.

mod subject;

use verbale_core::{ClaimKind, Status, TimexMod};
use verbale_nlp::Token;

use super::clause::Clause;
use super::context::Context;
use super::fit;
use super::grammar::{
    auxiliaries, complement, is_negated, is_passive, is_past, is_perfect, is_present,
    is_progressive, lemma, modal, noun_phrase, object_of, own_subject, tidy,
};
use super::kind::{is_habit, object_lemma};
use super::participle::past_participle;
use super::party;
use super::phrase::cut;
use super::time;
use super::words::{self, has};

/// True if the clause says in what state something is, not what happened.
pub(super) fn is_state(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let word = lemma(verb);
    if matches!(&*word, "be" | "become") {
        return is_yet_to_come(verb) || !names_happening(verb) && !is_to_come(verb);
    }
    if runs_out(clause) {
        return true;
    }
    if is_planned(verb) || is_event_verb(verb) && !is_perfect(verb) {
        return false;
    }
    if is_duty_state(verb)
        || has_nothing(verb)
        || is_left(verb)
        || switches(verb)
        || persists(clause)
    {
        return true;
    }
    if fit::weight(cx, clause, ClaimKind::Event) > fit::weight(cx, clause, ClaimKind::Status).max(1)
    {
        // "The review was held": a pattern of a happening that names its noun says more than the verb alone.
        return is_perfect(verb) && is_negated(verb);
    }
    // "It was never submitted", "the price is not mentioned at all": how things are, since nothing happened.
    let never = verb
        .children()
        .any(|c| c.dep() == "neg" && lemma(c) == "never");
    let unmentioned = is_passive(verb)
        && is_present(verb)
        && !is_perfect(verb)
        && verb.children().any(|c| c.dep() == "neg")
        && verb.child("xcomp").is_none();
    if clause.mark.is_none() && (never || unmentioned) {
        return true;
    }
    // "No mission has been asked to leave" denies a happening; "has not been let in" names a state.
    let denies = is_passive(verb) && own_subject(verb).is_some_and(|s| has_no(s));
    let goes_on = is_passive(verb) && auxiliaries(verb).any(|a| a.lower() == "being");
    goes_on
        || is_perfect(verb)
            && (is_negated(verb) && !denies
                || has(words::FINISHING_VERBS, &word)
                || lasts_since(cx, clause))
        || has(words::STATE_VERBS, &word) && !continues_action(verb) && !is_occasion(cx, clause)
        || is_put_off(verb)
        || has(words::COMPLIANCE_VERBS, &word) && !breaks_down(verb)
        || has(words::RESULT_VERBS, &word)
            && (is_passive(verb) || is_perfect(verb) && object_lemma(verb).is_empty())
        || word == "come"
            && object_of(verb, &["to"]).is_some_and(|o| has("standstill halt stop end", &lemma(o)))
        || is_habit(verb) && !is_dated(cx, clause)
        || tells_how_many(clause)
        || has("change alter transform reshape limit", &word) && is_perfect(verb)
}

/// "The deadline had passed on 22 March".
fn runs_out(clause: &Clause<'_>) -> bool {
    has("pass expire lapse", &lemma(clause.verb))
        && !is_passive(clause.verb)
        && clause
            .subject
            .is_some_and(|s| has("deadline term period", &lemma(s)))
}

/// "Is closed to trucks", "was still shut": a passive that names what has resulted and lasts.
fn is_left(verb: Token<'_>) -> bool {
    has(words::RESULT_VERBS, &lemma(verb))
        && is_passive(verb)
        && is_present(verb)
        && !is_perfect(verb)
        && modal(verb).is_none()
}

/// "Suspended its imports in May", "has lifted the ban": who stops or resumes something brings about a state of it.
fn switches(verb: Token<'_>) -> bool {
    let deed = || {
        verb.child("dobj").is_some()
            || verb
                .children()
                .any(|c| c.dep() == "xcomp" && (c.tag() == "VBG" || lemma(verb) == "cease"))
    };
    let lifted =
        || has(words::DUTY_NOUNS, &object_lemma(verb)) || has("restriction", &object_lemma(verb));
    let told = (is_past(verb) || is_perfect(verb)) && !is_passive(verb) && modal(verb).is_none();
    match &*lemma(verb) {
        _ if !told => false,
        "suspend" | "stop" | "resume" | "discontinue" | "reopen" | "cease" => deed(),
        "lift" => lifted(),
        // "Has banned all exports", "has shut its embassy": what has been done lasts, what was done may not.
        "ban" | "halt" | "freeze" | "block" | "shut" | "close" => {
            is_perfect(verb) && deed() && !has(words::EVENT_NOUNS, &object_lemma(verb))
        }
        _ => false,
    }
}

/// "Is working as usual", "is still shut", "has boycotted it ever since", "was still shut", "now runs until May", "has been handing out cards": it goes on.
pub(super) fn persists(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let adverb = |words: &str| {
        verb.children()
            .any(|c| c.dep() == "advmod" && has(words, &lemma(c)))
    };
    let goes_on = is_progressive(verb) || is_habit(verb);
    modal(verb).is_none()
        && (is_perfect(verb) && is_progressive(verb)
            || is_perfect(verb) && adverb("since")
            || is_yet_to_come(verb)
            || is_present(verb)
                && is_progressive(verb)
                && !has("hold host celebrate conduct", &lemma(verb))
            || !is_perfect(verb) && adverb("still")
            || goes_on && is_present(verb) && adverb("currently now again presently"))
}

/// "Has yet to submit a report", "is yet to be ratified".
pub(super) fn is_yet_to_come(verb: Token<'_>) -> bool {
    has("have be", &lemma(verb))
        && verb.children().any(|c| c.lower() == "yet")
        && verb.child("xcomp").is_some()
}

/// "Will hold an open hour on 14 September": held once and not kept.
fn is_occasion(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    lemma(clause.verb) == "hold" && !is_present(clause.verb) && is_dated(cx, clause)
}

/// "Has been put off", "has been laid up": a deed told by a particle, whose result lasts.
fn is_put_off(verb: Token<'_>) -> bool {
    is_passive(verb)
        && is_perfect(verb)
        && verb
            .child("prt")
            .is_some_and(|p| matches!(&*p.lower(), "off" | "down" | "up"))
        && has("put call break shut lay cut close", &lemma(verb))
}

/// "Has led the inquiry since January".
fn lasts_since(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    time::own(cx, clause)
        .is_some_and(|t| matches!(t.modifier, Some(TimexMod::After | TimexMod::OnOrAfter)))
}

/// "Is to close": a plan.
pub(super) fn is_to_come(verb: Token<'_>) -> bool {
    let auxiliaries = |word: &str| {
        verb.children()
            .any(|c| c.dep() == "aux" && (lemma(c) == word || c.tag() == word))
    };
    let due = || {
        verb.child("acomp").is_some_and(|a| {
            matches!(&*a.lower(), "due" | "set") && a.children().any(|c| c.dep() == "xcomp")
        })
    };
    let about = || {
        verb.child("acomp")
            .is_some_and(|a| a.lower() == "about" && a.children().any(|c| c.dep() == "xcomp"))
    };
    verb.tag() == "VB" && auxiliaries("be") && auxiliaries("TO")
        || lemma(verb) == "be" && (about() || due())
        || lemma(verb) == "be"
            && verb
                .children()
                .any(|c| c.dep() == "xcomp" && c.children().any(|a| a.tag() == "TO"))
            && verb.child("acomp").is_none()
            && verb.child("attr").is_none()
}

/// "Is scheduled for May", "plans to send".
pub(super) fn is_planned(verb: Token<'_>) -> bool {
    // "Is expected to be scrapped", but not "is expected to be dry".
    let awaited = || {
        let deed = |c: Token<'_>| {
            c.dep() == "xcomp" && lemma(c) != "be" && !has(words::STATE_VERBS, &lemma(c))
        };
        lemma(verb) == "expect" && is_passive(verb) && verb.children().any(deed)
    };
    // "Is set to end".
    let set = lemma(verb) == "set" && is_passive(verb) && verb.child("xcomp").is_some();
    has("schedule plan intend prepare aim", &lemma(verb)) || awaited() || set
}

/// "Takes place", "begins": never a state.
fn is_event_verb(verb: Token<'_>) -> bool {
    // "The two sides had a quarrel".
    let had = || {
        let thing = object_lemma(verb);
        lemma(verb) == "have" && is_past(verb) && has(words::EVENT_NOUNS, &thing)
    };
    lemma(verb) == "take" && object_lemma(verb) == "place"
        || has("happen occur begin start", &lemma(verb))
        || had()
}

/// "Missed the deadline", "is fulfilling its obligations", "the duty was not met".
pub(super) fn is_duty_state(verb: Token<'_>) -> bool {
    let thing = if is_passive(verb) {
        own_subject(verb).map(lemma)
    } else {
        Some(object_lemma(verb))
    };
    has(words::COMPLIANCE_VERBS, &lemma(verb)) && !breaks_down(verb)
        || does_so(verb)
        || has(words::DUTY_VERBS, &lemma(verb)) && thing.is_some_and(|t| has(words::DUTY_NOUNS, &t))
}

/// "Has done so", "have not done so": what had to be done has been, or has not.
fn does_so(verb: Token<'_>) -> bool {
    lemma(verb) == "do"
        && is_perfect(verb)
        && verb
            .children()
            .any(|c| c.dep() == "advmod" && c.lower() == "so")
}

/// "The generator failed": what fails at nothing in particular breaks down.
fn breaks_down(verb: Token<'_>) -> bool {
    lemma(verb) == "fail"
        && !verb
            .children()
            .any(|c| matches!(c.dep(), "xcomp" | "dobj" | "ccomp" | "prep"))
}

/// "Violated the embargo", "complied with the order": the object is what somebody must do.
pub(super) fn breaks_or_keeps(verb: Token<'_>) -> bool {
    let object = verb
        .child("dobj")
        .or_else(|| object_of(verb, &["with", "to", "by"]));
    has(words::COMPLIANCE_VERBS, &lemma(verb))
        && object.is_some_and(|o| {
            has(words::DUTY_NOUNS, &lemma(o)) || has(words::INSTRUMENT_NOUNS, &lemma(o))
        })
}

/// "It was not possible to …", "is able to".
pub(super) fn is_possibility(verb: Token<'_>) -> bool {
    verb.child("acomp")
        .is_some_and(|a| has("possible impossible able unable available", &lemma(a)))
}

fn has_no(noun: Token<'_>) -> bool {
    noun.children()
        .any(|c| c.dep() == "det" && lemma(c) == "no")
}

/// "Had received no reply".
fn has_nothing(verb: Token<'_>) -> bool {
    verb.child("dobj").is_some_and(has_no)
}

/// "Was the first to cross", "is on a visit": the complement tells what happened.
pub(super) fn names_happening(verb: Token<'_>) -> bool {
    let ranked = verb
        .child("attr")
        .or_else(|| verb.child("acomp"))
        .is_some_and(|noun| {
            noun.subtree()
                .any(|t| has("first last latest only", &lemma(t)))
        });
    let told = verb.subtree().any(|t| {
        matches!(t.dep(), "relcl" | "acl" | "xcomp" | "advcl")
            && t.children().any(|c| c.tag() == "TO")
    });
    // "The talks are on Friday", "the day of pilots is on Sunday".
    let dated = verb.children().any(|c| {
        let day = |t: Token<'_>| t.ent_type() == "DATE" && has(WEEKDAYS, &t.lower());
        c.i() > verb.i()
            && (matches!(c.dep(), "npadvmod" | "attr") && day(c)
                || c.dep() == "prep" && c.child("pobj").is_some_and(day))
    });
    let happens = || {
        own_subject(verb).is_some_and(|s| {
            [lemma(s), s.lower()]
                .iter()
                .any(|w| has(words::EVENT_NOUNS, w) || w == "day")
        })
    };
    ranked && told
        || lemma(verb) == "be" && dated && happens()
        || object_of(verb, &["on"]).is_some_and(|o| has(words::EVENT_NOUNS, &lemma(o)))
}

const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday today tomorrow";

/// "Continued to travel", "kept firing": the second verb decides.
fn continues_action(verb: Token<'_>) -> bool {
    has("continue keep", &lemma(verb))
        && verb
            .children()
            .find(|c| c.dep() == "xcomp")
            .is_some_and(|x| {
                !has(words::STATE_VERBS, &lemma(x)) && !has("fulfil fulfill work", &lemma(x))
            })
}

fn is_dated(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let block = &cx.reading.blocks()[clause.block];
    cx.times_in(clause.range(block))
        .any(|t| t.interval.is_some())
}

/// "Most of the crews have left": how far something has come.
pub(super) fn tells_how_many(clause: &Clause<'_>) -> bool {
    is_perfect(clause.verb)
        && modal(clause.verb).is_none()
        && clause.subject.is_some_and(|s| {
            has("majority most bulk half part rest remainder", &lemma(s))
                || s.children()
                    .any(|c| has("most all half", &lemma(c)) && c.dep() != "relcl")
        })
}

/// The status claim of a clause.
pub(super) fn build(cx: &Context<'_>, clause: &Clause<'_>) -> Status {
    if let Some(thing) = thing_that_exists(clause) {
        return of_existence(cx, clause, thing);
    }
    if let Some(nothing) = clause
        .verb
        .child("dobj")
        .filter(|_| has_nothing(clause.verb))
    {
        let holder = clause
            .subject
            .map(|s| party::name(cx, clause, s))
            .unwrap_or_default();
        let thing = noun_phrase(nothing);
        return Status {
            subject: format!("{holder} / {}", thing.strip_prefix("no ").unwrap_or(&thing)),
            status: "none".to_owned(),
            as_of: time::of_state(cx, clause),
        };
    }
    let dummy = clause
        .subject
        .filter(|s| subject::topic_of_dummy(*s).is_some());
    let as_of = match dummy {
        // "It remains unclear whether it will open in May": unclear now, not in May.
        Some(_) => time::when_said(cx, clause),
        None => time::of_state(cx, clause),
    };
    Status {
        subject: clause
            .subject
            .map(|s| subject::words(cx, clause, s))
            .unwrap_or_default(),
        status: match dummy.and(complement(clause.verb)) {
            Some(state) => noun_phrase(state),
            None => state_words(cx, clause),
        },
        as_of,
    }
}

/// "There are shortages": the shortages.
fn thing_that_exists<'r>(clause: &Clause<'r>) -> Option<Token<'r>> {
    clause
        .subject
        .filter(|s| s.i() > clause.verb.i() && clause.verb.child("expl").is_some())
}

/// Whether a thing exists: "none", or the page's words for what there is.
fn of_existence(cx: &Context<'_>, clause: &Clause<'_>, thing: Token<'_>) -> Status {
    let words = noun_phrase(thing);
    let none = words.strip_prefix("no ").map(str::to_owned);
    Status {
        status: if none.is_some() {
            "none".to_owned()
        } else {
            words.clone()
        },
        subject: none.unwrap_or(words),
        as_of: time::of_state(cx, clause),
    }
}

/// A pack's word where its phrases stand in the clause, else the page's own.
fn state_words(cx: &Context<'_>, clause: &Clause<'_>) -> String {
    let own = tidy(
        clause
            .verb
            .doc()
            .span(clause.verb.i().max(clause.start)..clause.end)
            .text(),
    );
    let own = match (is_progressive(clause.verb), clause.subject) {
        _ if own.is_empty() => lemma(clause.verb),
        (_, Some(s)) if s.i() > clause.verb.i() => noun_phrase(s),
        _ if subject::thing_changed(clause).is_some() => changed_state(clause.verb),
        _ => own,
    };
    match (pack_word(cx, clause), duty_word(clause.verb)) {
        (Some(id), _) | (None, Some(id)) => id.to_owned(),
        (None, None) => shorten(&own),
    }
}

/// "Suspended" of what somebody suspended, "closed" of what somebody keeps closed.
fn changed_state(verb: Token<'_>) -> String {
    let kept = verb
        .children()
        .find(|c| matches!(c.dep(), "oprd" | "acomp" | "ccomp"));
    kept.map_or_else(|| past_participle(verb), |state| state.lower())
}

/// How a duty stands, by the verb: done, left undone, or broken.
fn duty_word(verb: Token<'_>) -> Option<&'static str> {
    if !is_duty_state(verb) {
        return None;
    }
    let word = lemma(verb);
    let undone = is_negated(verb) || has("miss fail default neglect", &word);
    let broken = has("violate breach flout infringe contravene exceed", &word);
    Some(match (broken, undone) {
        (true, false) => "violated",
        (true, true) => "no_violation",
        (false, true) => "missed",
        (false, false) => "complied",
    })
}

/// True if a pack has a word for the state.
pub(super) fn in_pack(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    pack_word(cx, clause).is_some()
}

/// The status whose phrase stands at the clause's verb; the longest of several.
fn pack_word<'p>(cx: &Context<'p>, clause: &Clause<'_>) -> Option<&'p str> {
    let doc = clause.verb.doc();
    let first = clause
        .verb
        .i()
        .saturating_sub(WORDS_BEFORE)
        .max(clause.start);
    let words = cut(doc.span(first..clause.end.max(first + 1)).text());
    cx.statuses
        .iter()
        .filter(|(_, phrase)| phrase.stands_near_start(&words, 2 * WORDS_BEFORE))
        .max_by_key(|(_, phrase)| phrase.len)
        .map(|(id, _)| id.as_str())
}

/// Auxiliaries and adverbs before the verb that phrases may begin with.
const WORDS_BEFORE: usize = 3;

/// The page's words up to a length that fits a table.
fn shorten(words: &str) -> String {
    words
        .split_whitespace()
        .take(MAX_STATE_WORDS)
        .collect::<Vec<_>>()
        .join(" ")
}

const MAX_STATE_WORDS: usize = 12;
