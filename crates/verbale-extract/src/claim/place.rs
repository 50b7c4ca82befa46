//! Where a proposition holds.

use std::collections::BTreeSet;
use std::ops::Range;

use verbale_nlp::{Doc, Token};

use super::clause::Clause;
use super::context::Context;
use super::grammar::{lemma, noun_phrase};
use super::words::{self, has};
use crate::attribution::country;

/// The places that a page names, by the last word of each name.
///
/// A model knows few names of towns and states; what it takes for a place once, or what stands behind "in", is one
/// wherever the page names it.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeSet<String>);

impl Places {
    /// The places of these docs.
    pub(super) fn new<'d>(docs: impl Iterator<Item = &'d Doc>) -> Self {
        let names = docs.flat_map(Doc::tokens).filter(|t| is_head(*t));
        let places = names.filter(|t| t.pos() == "PROPN" && (is_place(*t) || is_entered(*t)));
        Self(places.map(|t| t.text().to_owned()).collect())
    }

    /// True for names of places that the page has, and for common nouns of places.
    fn has(&self, noun: Token<'_>) -> bool {
        let placed = || noun.dep() == "pobj" && has(LOCATIVE, &lemma(noun.head()));
        is_place(noun)
            || noun.pos() == "PROPN"
                && (noun.ent_type() != "PERSON" || placed())
                && noun.child("nummod").is_none()
                && self.0.contains(noun.text())
    }
}

/// "In Calder", "at Old Mill": a name behind "in" or "at", whatever else than a body the model takes it for.
fn is_entered(noun: Token<'_>) -> bool {
    let above = noun.head().head();
    let is_bare = noun.children().all(|c| c.is_punct());
    let is_name = noun
        .children()
        .all(|c| c.is_punct() || c.dep() == "compound" && c.pos() == "PROPN");
    let fits = match &*noun.head().lower() {
        "in" | "near" => is_bare || is_name && noun.ent_type() != "ORG",
        "at" => is_name && noun.ent_type() != "ORG",
        _ => false,
    };
    fits && noun.dep() == "pobj"
        && noun.tag() == "NNP"
        && !has(NO_PLACES, &noun.ent_type().to_lowercase())
        && !has(NOT_ENTERED, &lemma(above))
        && is_unknown_place_name(noun)
}

/// Kinds of entities that are nowhere.
const NO_PLACES: &str = "date time law language event money percent";

/// What is done "in" or "at" somebody or something that is no place.
const NOT_ENTERED: &str =
    "invest believe trust confide stake share interest trade deal look point aim laugh direct";

/// Prepositions that place something.
const LOCATIVE: &str = "in at from to near inside outside on off across throughout within into around toward \
    towards along";

/// The place that some words of the clause name: below the verb first, then below its nouns.
pub(super) fn of(cx: &Context<'_>, clause: &Clause<'_>, words: Range<usize>) -> Option<String> {
    let doc = clause.verb.doc();
    if let Some(adverb) = abroad(clause, words.clone()) {
        return Some(adverb);
    }
    let mut found: Vec<(usize, Token<'_>)> = words
        .map(|i| doc.token(i))
        .filter(|t| t.dep() == "pobj" && has(LOCATIVE, &lemma(t.head())))
        .filter(|t| cx.places.has(*t) || is_unknown_place(*t))
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
pub(super) fn of_verb(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let direct = clause
        .tokens()
        .map(|i| clause.verb.doc().token(i))
        .find(|t| {
            t.dep() == "pobj"
                && t.head().head() == clause.verb
                && has(LOCATIVE, &lemma(t.head()))
                && cx.places.has(*t)
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
pub(super) fn reached(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let moves = has(
        "visit enter leave reach re-enter tour cross quit evacuate hit strike attack",
        &lemma(clause.verb),
    );
    let object = clause
        .verb
        .child("dobj")
        .filter(|o| moves && cx.places.has(*o))?;
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
    let state = |t: &Token<'_>| {
        let known = t.ent_type() == "GPE" || is_state_name(*t) && cx.places.has(*t);
        known && t.pos() == "PROPN" && is_head(*t)
    };
    before
        .chain(earlier.flat_map(|b| b.doc.tokens().rev()))
        .find(state)
        .map(proper_name)
        // "Moscow" is not the country that a page means by "the country".
        .map(|name| country::of_capital(&name, cx.packs).unwrap_or(name))
}

/// A single name, as states have one.
fn is_state_name(t: Token<'_>) -> bool {
    t.pos() == "PROPN" && t.children().all(|c| c.dep() != "compound")
}

/// The name that ends with this token, without what is joined to it: "Kestria and Belmark".
fn proper_name(last: Token<'_>) -> String {
    let first = last
        .children()
        .find(|c| c.dep() == "compound" && c.i() < last.i())
        .unwrap_or(last);
    last.doc().span(first.i()..last.i() + 1).text().to_owned()
}

fn is_head(t: Token<'_>) -> bool {
    t.dep() != "compound"
}

/// How many paragraphs back "the country" may point.
const MAX_BLOCKS_BACK: usize = 2;

/// "Russia issued 300 visas": a state that does something does it at home, for all that the page says.
pub(super) fn of_actor(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    clause
        .subject
        .filter(|s| s.pos() == "PROPN" && matches!(s.ent_type(), "GPE" | "") && cx.places.has(*s))
        .map(noun_phrase)
}

/// "A third of Queld", "the households of Upper Sill": what is counted is the place's.
pub(super) fn of_counted(cx: &Context<'_>, noun: Token<'_>) -> Option<String> {
    let wholes = noun
        .children()
        .filter(|p| p.dep() == "prep" && p.lower() == "of")
        .filter_map(|p| p.child("pobj"));
    std::iter::once(noun)
        .chain(wholes)
        .find(|t| t.pos() == "PROPN" && cx.places.has(*t))
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
pub(super) fn of_owner(cx: &Context<'_>, noun: Token<'_>) -> Option<String> {
    noun.subtree()
        .find(|t| t.dep() == "poss" && t.pos() != "PRON" && cx.places.has(*t))
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
    // "On the Tarn side", "on the western bank".
    let is_side = has("side bank shore", &lemma(noun))
        && noun.head().lower() == "on"
        && noun
            .children()
            .any(|c| matches!(c.pos(), "PROPN" | "ADJ") && c.i() < noun.i() && lemma(c) != "other");
    is_side
        || matches!(noun.ent_type(), "GPE" | "LOC" | "FAC")
        || has(
            "country capital city town village port harbor harbour district region province territory camp area \
             site border premises station airport north south east west island sea coast homeland parliament \
             embassy hospital school prison factory river valley pass tunnel mine highland shoal county gorge lake \
             canal jail crossing",
            &lemma(noun),
        )
}

/// A name that the model does not know, after a preposition that mostly places: "from Low Meadow".
fn is_unknown_place(noun: Token<'_>) -> bool {
    noun.ent_type().is_empty()
        && has("in at near outside inside from", &lemma(noun.head()))
        && is_unknown_place_name(noun)
}

/// A name that may be a place's: "Annex B" names a part of a text.
fn is_unknown_place_name(noun: Token<'_>) -> bool {
    let is_text = has(words::INSTRUMENT_NOUNS, &lemma(noun))
        || noun.children().any(|c| {
            has(
                "annex table chapter appendix section part schedule",
                &lemma(c),
            )
        });
    !is_text && noun.pos() == "PROPN"
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
