//! In which direction of time the verb above a token looks.

use verbale_nlp::Token;

/// The direction of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Over: the time is that of something done, "was shut on 3 August".
    Done,
    /// The verb is in the past, whatever its time is of: "called a vote for 10 February".
    Past,
    Present,
    Future,
}

/// Verbs and adjectives whose complement lies ahead.
const AHEAD: &[&str] = &[
    "schedule",
    "expect",
    "plan",
    "set",
    "due",
    "slate",
    "intend",
    "hope",
    "aim",
    "agree",
    "want",
    "prepare",
    "promise",
    "vow",
    "pledge",
    "propose",
    "project",
    "forecast",
    "anticipate",
    "ready",
    "likely",
    "deadline",
    "upcoming",
];

/// Verbs that look ahead in whatever tense they stand: "planned a march for Saturday".
const PLANS: &[&str] = &["plan", "schedule", "slate"];

/// The tense of the nearest verb above `token`; `None` where there is none.
pub(super) fn tense(token: Token<'_>) -> Option<Tense> {
    if is_time_of_deed(token) {
        return Some(Tense::Done);
    }
    let verb = std::iter::once(token)
        .chain(token.ancestors())
        .find(|t| matches!(t.pos(), "VERB" | "AUX") || AHEAD.contains(&t.lemma()))?;
    of_verb(verb, 4)
}

/// True for a time right below a past verb, behind a preposition that says when: "was shut on 3 August", "were halted
/// from February".
fn is_time_of_deed(token: Token<'_>) -> bool {
    let preposition = token.head();
    let verb = preposition.head();
    token.dep() == "pobj"
        && matches!(
            &*preposition.lower(),
            "on" | "in" | "from" | "since" | "during"
        )
        && verb.pos() == "VERB"
        && !PLANS.contains(&verb.lemma())
        && (!AHEAD.contains(&verb.lemma()) || was_set(verb))
        && of_verb(verb, 0) == Some(Tense::Past)
        && !verb.children().any(|c| {
            matches!(c.dep(), "aux")
                && matches!(&*c.lower(), "would" | "could" | "might" | "may" | "should")
        })
}

/// "The record was set on June 21", "it had been set in May": done, where nothing is said that it was set for or to do.
fn was_set(verb: Token<'_>) -> bool {
    let ahead = |c: Token<'_>| {
        matches!(c.dep(), "xcomp" | "prt")
            || c.dep() == "prep" && matches!(&*c.lower(), "for" | "to")
    };
    let past =
        |c: Token<'_>| c.dep() == "auxpass" && matches!(&*c.lower(), "was" | "were" | "been");
    verb.lemma() == "set" && verb.children().any(past) && !verb.children().any(ahead)
}

/// The tense of a verb group; `depth` bounds the climb from infinitives and participles.
fn of_verb(verb: Token<'_>, depth: usize) -> Option<Tense> {
    let aux = |words: &[&str]| {
        verb.children()
            .any(|c| matches!(c.dep(), "aux" | "auxpass") && words.contains(&c.lower().as_str()))
    };
    if aux(&["will", "'ll", "’ll", "shall", "wo"]) {
        return Some(Tense::Future);
    }
    if aux(&[
        "would", "could", "might", "may", "can", "must", "should", "ca",
    ]) {
        return aux(&["have"]).then_some(Tense::Past);
    }
    if PLANS.contains(&verb.lemma()) {
        return Some(Tense::Future);
    }
    if AHEAD.contains(&verb.lemma())
        && !was_set(verb)
        && (matches!(verb.tag(), "VBN" | "JJ") || !matches!(verb.pos(), "VERB" | "AUX"))
    {
        return Some(Tense::Future);
    }
    if aux(&["have", "has", "had", "'ve", "’ve", "was", "were", "did"]) {
        return Some(Tense::Past);
    }
    if aux(&["is", "are", "am", "'s", "’s", "'re", "’re", "does", "do"]) {
        return Some(if verb.tag() == "VBG" {
            Tense::Future
        } else {
            Tense::Present
        });
    }
    match verb.tag() {
        "VBD" => Some(Tense::Past),
        "VBZ" | "VBP" => Some(Tense::Present),
        "VBN" if matches!(verb.dep(), "acl" | "advcl" | "relcl") => Some(Tense::Past),
        "VB" if aux(&["to"]) => match above(verb) {
            Some(head) if depth > 0 && !AHEAD.contains(&head.lemma()) => of_verb(head, depth - 1),
            _ => Some(Tense::Future),
        },
        _ if depth > 0 => of_verb(above(verb)?, depth - 1),
        _ => None,
    }
}

fn above(verb: Token<'_>) -> Option<Token<'_>> {
    verb.ancestors()
        .find(|t| matches!(t.pos(), "VERB" | "AUX") || AHEAD.contains(&t.lemma()))
}
