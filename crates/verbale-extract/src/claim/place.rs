//! Where a proposition holds.

use std::ops::Range;

use verbale_nlp::{Doc, Token};

use super::clause::Clause;
use super::context::Context;
use super::grammar::{lemma, noun_phrase};
use super::words::{self, has};
use crate::attribution::country;

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
    found.first().map(|(_, t)| place_name(*t))
}

/// The words of a place, without what the parser hung on them: "in Tarn, not seventeen".
fn place_name(place: Token<'_>) -> String {
    let words = noun_phrase(place);
    let ends_at = words.match_indices(", ").find(|(at, comma)| {
        let rest = &words[at + comma.len()..];
        rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    });
    match ends_at {
        Some((at, _)) => words[..at].to_owned(),
        None => words,
    }
}

/// The named place behind "in" or "at" in a headline.
pub(super) fn in_headline(doc: &Doc) -> Option<String> {
    doc.tokens()
        .find(|t| {
            t.dep() == "pobj"
                && t.pos() == "PROPN"
                && has("in at across", &lemma(t.head()))
                && (is_place(*t) || is_unknown_place(*t))
        })
        .map(noun_phrase)
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
    Some(place_name(direct))
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

/// A place as a ledger names it: "the country", "its ports" by the name that was mentioned before it.
pub(super) fn named(cx: &Context<'_>, clause: &Clause<'_>, words: String) -> String {
    let stands_for = |w: &str| {
        has(
            "country territory soil nation neighbor neighbour homeland capital",
            w,
        )
    };
    let last = words.rsplit(' ').next().unwrap_or_default();
    let first = words
        .split(' ')
        .next()
        .unwrap_or_default()
        .trim_end_matches("'s")
        .trim_end_matches("\u{2019}s");
    let anaphor =
        words.chars().all(|c| !c.is_uppercase()) && (stands_for(last) || stands_for(first));
    match last_named(cx, clause).filter(|_| anaphor) {
        Some(name) => name,
        None => words,
    }
}

/// The state that was named last before the clause's verb, in its sentence or in those before it.
fn last_named(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let blocks = cx.reading.blocks();
    let here = clause.verb.doc();
    let before = (0..clause.verb.i()).rev().map(|i| here.token(i));
    let earlier = blocks[..clause.block].iter().rev().take(MAX_BLOCKS_BACK);
    let state = |t: &Token<'_>| t.ent_type() == "GPE" && t.pos() == "PROPN" && is_head(*t);
    before
        .chain(earlier.flat_map(|b| b.doc.tokens().rev()))
        .find(state)
        .map(|t| unowned(&noun_phrase(t)).to_owned())
        // "Moscow" is not the country that a page means by "the country".
        .map(|name| country::of_capital(&name, cx.packs).unwrap_or(name))
}

fn is_head(t: Token<'_>) -> bool {
    t.dep() != "compound"
}

/// How many paragraphs back "the country" may point.
const MAX_BLOCKS_BACK: usize = 2;

/// "Russia issued 300 visas": a state that does something does it at home, for all that the page says.
pub(super) fn of_actor(clause: &Clause<'_>) -> Option<String> {
    clause
        .subject
        .filter(|s| s.ent_type() == "GPE" && s.pos() == "PROPN")
        .map(noun_phrase)
}

/// "Eleven had died there": the place that was named last.
pub(super) fn pointed_at(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let doc = clause.verb.doc();
    let there = |t: Token<'_>| t.dep() == "advmod" && has("there here", &t.lower());
    let at = clause.tokens().find(|i| there(doc.token(*i)))?;
    named_before(cx, clause.block, at).map(noun_phrase)
}

/// "Norvale's income", "the country's prisons": whose the thing is, where that is a place.
pub(super) fn of_owner(noun: Token<'_>) -> Option<String> {
    noun.subtree()
        .find(|t| t.dep() == "poss" && t.pos() != "PRON" && is_place(*t))
        .map(|t| unowned(&noun_phrase(t)).to_owned())
}

/// "Norvale's" without its ending.
fn unowned(name: &str) -> &str {
    name.trim_end_matches("'s").trim_end_matches("\u{2019}s")
}

/// A place after a preposition that places.
fn is_placing(t: Token<'_>) -> bool {
    t.dep() == "pobj"
        && has(LOCATIVE, &lemma(t.head()))
        && t.pos() == "PROPN"
        && (is_place(t) || is_unknown_place(t))
}

/// The place that was named last before a token, in its paragraph or in the one before.
fn named_before<'r>(cx: &Context<'r>, block: usize, token: usize) -> Option<Token<'r>> {
    let blocks = cx.reading.blocks();
    let here = (0..token).rev().map(move |i| blocks[block].doc.token(i));
    let earlier = blocks[..block].iter().rev().take(1);
    here.chain(earlier.flat_map(|b| b.doc.tokens().rev()))
        .find(|t| is_placing(*t) || t.ent_type() == "GPE" && t.pos() == "PROPN" && is_head(*t))
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
    // "In Annex B" names a part of a text.
    let text = has(words::INSTRUMENT_NOUNS, &lemma(noun))
        || noun.children().any(|c| {
            has(
                "annex table chapter appendix section part schedule",
                &lemma(c),
            )
        });
    !text
        && noun.pos() == "PROPN"
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
