//! Noun chunks: noun phrases without the phrases that hang on them.
//!
//! Source: spaCy 3.8, `spacy.lang.en.syntax_iterators` and `spacy.lang.fr.syntax_iterators` (MIT, ExplosionAI).

use super::{Doc, Span, Token};

/// Labels that a chunk's root has in English.
const ENGLISH: &[&str] = &[
    "oprd",
    "nsubj",
    "dobj",
    "nsubjpass",
    "pcomp",
    "pobj",
    "dative",
    "appos",
    "attr",
    "ROOT",
];
/// Labels that a chunk's root has in French.
const FRENCH: &[&str] = &[
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "obl:arg",
    "obl:mod",
    "nmod",
    "pcomp",
    "appos",
    "ROOT",
];
/// Labels of what may follow the root of a French chunk.
const FRENCH_MODIFIERS: &[&str] = &["flat", "flat:name", "flat:foreign", "fixed", "compound"];

impl Doc {
    /// The noun chunks, in order, by the rules for English, or for French if a French pipeline made the doc.
    pub fn noun_chunks(&self) -> impl Iterator<Item = Span<'_>> {
        let is_french = self.labels.lang() == "fr";
        let mut last = None;
        self.tokens().filter_map(move |t| {
            if !matches!(t.pos(), "NOUN" | "PROPN" | "PRON") {
                return None;
            }
            let left = t.left_edge();
            if last.is_some_and(|last| left.i() <= last) {
                return None;
            }
            let (start, end) = if is_french {
                french(t, left)?
            } else {
                (left.i(), english(t)?)
            };
            last = Some(end);
            (start <= end).then(|| self.span(start..end + 1))
        })
    }
}

/// Position of the last token of the chunk with this root.
fn english(t: Token<'_>) -> Option<usize> {
    let is_chunk = ENGLISH.contains(&t.dep()) || (t.dep() == "conj" && is_joined_to(t, ENGLISH));
    is_chunk.then_some(t.i())
}

/// Positions of the first and last token of the chunk with this root.
fn french(t: Token<'_>, left: Token<'_>) -> Option<(usize, usize)> {
    if FRENCH.contains(&t.dep()) {
        let end = match t.rights().next() {
            Some(right) if right.dep() == "amod" => right.right_edge(),
            Some(right) if right.dep() == "det" && right.pos() == "DET" => right,
            Some(right) if FRENCH_MODIFIERS.contains(&right.dep()) => t.right_edge(),
            _ => t,
        };
        Some((left.i() + usize::from(left.pos() == "ADP"), end.i()))
    } else if t.dep() == "conj" && is_joined_to(t, FRENCH) {
        Some((left.i() + usize::from(left.pos() == "CCONJ"), t.i()))
    } else {
        None
    }
}

/// True if the first of the words that `t` is joined to by conjunctions has one of these labels.
fn is_joined_to(t: Token<'_>, labels: &[&str]) -> bool {
    let mut head = t.head();
    while head.dep() == "conj" && head.head().i() < head.i() {
        head = head.head();
    }
    labels.contains(&head.dep())
}
