//! What a deed says in full only once: "the visas issued to the islanders rose … it issued 620 visas".
//!
//! A count that repeats noun and verb of a sentence just before means the same deed; whom it was done to is taken
//! from there. Without it the second count would be one of all visas.

use verbale_nlp::{Doc, Token};

use super::site::Site;
use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::{is_verbal, lemma, noun_phrase};

/// "To the islanders": whom the counted things were given to or taken from, if only a sentence before says so.
pub(super) fn recipient(cx: &Context<'_>, carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let noun = site.counted?;
    let verb = carrier.verb;
    let acted_on = matches!(site.top.dep(), "dobj" | "nsubjpass") && is_verbal(verb);
    if !acted_on || [verb, noun].into_iter().any(|t| told(t).is_some()) {
        return None;
    }
    let sentence = verb.sent();
    let here = last_sentences(sentence.doc(), sentence.start(), MAX_SENTENCES_BACK);
    let blocks = cx.reading.blocks();
    let before = carrier.block.checked_sub(1).map(|b| &blocks[b].doc);
    let before = before
        .into_iter()
        .flat_map(|doc| last_sentences(doc, doc.len(), 1));
    here.chain(before)
        .filter(|t| t.pos() == "NOUN" && lemma(*t) == lemma(noun))
        .filter_map(deed_of)
        .filter(|deed| lemma(*deed) == lemma(verb))
        .find_map(told)
        .map(|preposition| {
            let whom = preposition.child("pobj").map(noun_phrase);
            format!("{} {}", preposition.lower(), whom.unwrap_or_default())
        })
}

/// Sentences of the same paragraph that are looked through; of the one before only the last.
const MAX_SENTENCES_BACK: usize = 2;

/// The tokens of the last sentences before a token, from the last token on.
fn last_sentences(doc: &Doc, end: usize, n: usize) -> impl Iterator<Item = Token<'_>> {
    let mut start = end;
    for _ in 0..n {
        if let Some(last) = start.checked_sub(1) {
            start = doc.token(last).sent().start();
        }
    }
    (start..end).rev().map(|i| doc.token(i))
}

/// The verb that says what was done with a thing: "visas issued", "issued visas", "visas were issued".
fn deed_of(noun: Token<'_>) -> Option<Token<'_>> {
    match noun.dep() {
        "dobj" | "nsubjpass" => Some(noun.head()),
        _ => noun.child("acl"),
    }
}

/// The preposition with whom or what it was done to.
fn told(deed: Token<'_>) -> Option<Token<'_>> {
    deed.children()
        .filter(|c| matches!(c.dep(), "prep" | "dative"))
        .filter(|c| matches!(&*lemma(*c), "to" | "from"))
        .find(|p| {
            p.child("pobj")
                .is_some_and(|o| matches!(o.pos(), "NOUN" | "PROPN"))
        })
}
