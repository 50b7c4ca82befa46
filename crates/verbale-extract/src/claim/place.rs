//! Where a proposition holds.

use std::ops::Range;

use verbale_nlp::Token;

use super::clause::Clause;
use super::grammar::{lemma, noun_phrase};
use super::words::has;

/// Prepositions that place something.
const LOCATIVE: &str = "in at from to near inside outside on off across throughout within into around toward \
    towards along";

/// The place that some words of the clause name: below the verb first, then below its nouns.
pub(super) fn of(clause: &Clause<'_>, words: Range<usize>) -> Option<String> {
    let doc = clause.verb.doc();
    if let Some(adverb) = abroad(clause, words.clone()) {
        return Some(adverb);
    }
    let mut found: Vec<(usize, Token<'_>)> = words
        .map(|i| doc.token(i))
        .filter(|t| t.dep() == "pobj" && has(LOCATIVE, &lemma(t.head())))
        .filter(|t| is_place(*t) || is_unknown_place(*t))
        .map(|t| (steps(t, clause.verb), t))
        .collect();
    found.sort_by_key(|(d, t)| (*d, t.i()));
    found.first().map(|(_, t)| noun_phrase(*t))
}

/// The place that stands directly with the verb, and so holds for all that is said of it.
pub(super) fn of_verb(clause: &Clause<'_>) -> Option<String> {
    let direct = clause
        .tokens()
        .map(|i| clause.verb.doc().token(i))
        .find(|t| {
            t.dep() == "pobj"
                && t.head().head() == clause.verb
                && has(LOCATIVE, &lemma(t.head()))
                && is_place(*t)
        })?;
    Some(noun_phrase(direct))
}

/// "Abroad", "at home", "overseas".
fn abroad(clause: &Clause<'_>, mut words: Range<usize>) -> Option<String> {
    let doc = clause.verb.doc();
    words
        .find_map(|i| {
            Some(doc.token(i)).filter(|t| {
                t.dep() == "advmod" && has("abroad overseas nationwide worldwide", &lemma(*t))
            })
        })
        .map(|t| t.lower())
}

/// "Visited the port", "left the country": the place is the object.
pub(super) fn reached(clause: &Clause<'_>) -> Option<String> {
    let moves = has(
        "visit enter leave reach re-enter tour cross quit evacuate hit strike attack",
        &lemma(clause.verb),
    );
    let object = clause
        .verb
        .child("dobj")
        .filter(|o| moves && is_place(*o))?;
    Some(noun_phrase(object))
}

/// True for names of places and for common nouns of places.
pub(super) fn is_place(noun: Token<'_>) -> bool {
    // "In 42 cities" counts places and names none.
    if noun.child("nummod").is_some() {
        return false;
    }
    matches!(noun.ent_type(), "GPE" | "LOC" | "FAC")
        || has(
            "country capital city town village port harbor harbour district region province territory camp area \
             site border premises station airport north south east west island sea coast homeland parliament \
             embassy hospital school prison factory",
            &lemma(noun),
        )
}

/// A name that the model does not know, after a preposition that mostly places: "from Low Meadow".
fn is_unknown_place(noun: Token<'_>) -> bool {
    noun.pos() == "PROPN"
        && noun.ent_type().is_empty()
        && has("in at near outside inside from", &lemma(noun.head()))
}

fn steps(from: Token<'_>, to: Token<'_>) -> usize {
    let mut at = from;
    for n in 0..MAX_STEPS {
        if at == to {
            return n;
        }
        if at.is_root() {
            break;
        }
        at = at.head();
    }
    MAX_STEPS
}

const MAX_STEPS: usize = 60;
