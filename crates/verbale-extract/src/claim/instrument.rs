//! Texts that bind: which nouns name one, by what name a ledger knows it, and which paragraph is meant.

use verbale_nlp::{Doc, Token};

use super::clause::Clause;
use super::context::Context;
use super::grammar::{lemma, noun_phrase, tidy};
use super::words::{self, has};

/// Nouns for the parts of a text.
const PARTS: &str = "paragraph article clause section point";

/// True if the noun names a text that binds: by its noun, by a number that it has as a name ("Decision 14"), or
/// because a pack knows it.
pub(super) fn binds(cx: &Context<'_>, noun: Token<'_>) -> bool {
    has(words::INSTRUMENT_NOUNS, &lemma(noun))
        || is_numbered_text(noun)
        || noun.pos() == "PROPN" && cx.names_instrument(&noun_phrase(noun))
}

/// "Decision 14", "Order No. 3".
fn is_numbered_text(noun: Token<'_>) -> bool {
    noun.text().starts_with(char::is_uppercase)
        && has(
            "decision order document communique declaration circular plan",
            &lemma(noun),
        )
        && noun.next().is_some_and(|n| n.pos() == "NUM")
}

/// The name of the text that a noun phrase means: a pack's title where one knows it, for "Article 6 of the protocol"
/// the protocol, for "Article 6" alone the text whose article was named before it.
pub(super) fn title(cx: &Context<'_>, clause: &Clause<'_>, noun: Token<'_>) -> String {
    let words = match whole(noun) {
        Some(text) => noun_phrase(text),
        None => named_before(cx, clause.block, noun).unwrap_or_else(|| noun_phrase(noun)),
    };
    match cx.packs.instrument_named(&words) {
        Some(known) => known.instrument.title.clone(),
        None => words,
    }
}

/// "(Article 6 of) the protocol": the text itself. `None` for a part that does not name its text.
fn whole(noun: Token<'_>) -> Option<Token<'_>> {
    if !has(PARTS, &lemma(noun)) {
        return Some(noun);
    }
    noun.children()
        .filter(|c| c.dep() == "prep" && has("of in under", &lemma(*c)))
        .find_map(|p| p.child("pobj"))
}

/// The last text of which a part was named before the noun, on any line of the page.
fn named_before(cx: &Context<'_>, block: usize, noun: Token<'_>) -> Option<String> {
    let before = |t: &&(usize, usize, String)| (t.0, t.1) < (block, noun.i());
    cx.texts.iter().rev().find(before).map(|t| t.2.clone())
}

/// The texts of which a doc names parts, with the token of the part: "paragraph 8 of the accord".
pub(super) fn with_parts(doc: &Doc) -> Vec<(usize, String)> {
    doc.tokens()
        .filter(|t| has(PARTS, &lemma(*t)) && t.pos() != "VERB")
        .filter_map(|t| Some((t.i(), whole(t)?)))
        .filter(|(at, text)| *at != text.i() && text.pos() != "PRON")
        .map(|(at, text)| (at, tidy(&noun_phrase(text))))
        .collect()
}

/// The paragraph that a noun phrase numbers: "Article 6 of the protocol", "paragraph 8", "the eighth paragraph".
pub(super) fn paragraph(noun: Token<'_>) -> Option<String> {
    noun.subtree()
        .filter(|t| has(PARTS, &lemma(*t)))
        .find_map(|t| {
            let numbered = t
                .children()
                .find(|c| c.dep() == "nummod")
                .map(|c| c.text().to_owned());
            let next = t
                .next()
                .filter(|n| n.pos() == "NUM")
                .map(|n| n.text().to_owned());
            let ordinal = t
                .children()
                .find(|c| c.dep() == "amod")
                .and_then(|c| ordinal(&c.lower()).map(|n| n.to_string()));
            numbered.or(next).or(ordinal)
        })
}

/// "Eighth" to 8.
fn ordinal(word: &str) -> Option<usize> {
    const WORDS: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
    ];
    WORDS.iter().position(|w| *w == word).map(|i| i + 1)
}
