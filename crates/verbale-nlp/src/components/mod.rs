//! The components of a pipeline. Each annotates a batch of drafts in turn.

mod classifier;
mod lemmatizer;
mod lookups;
mod moves;
mod ner;
mod parser;
mod ruler;
mod scoring;
mod tree;

pub(crate) use classifier::{Morphologizer, Tagger};
pub(crate) use lemmatizer::{LemmaCache, Lemmatizer};
pub(crate) use ner::EntityRecognizer;
pub(crate) use parser::{Parser, ParserState};
pub(crate) use ruler::{AttributeRuler, RulerCache};
pub(crate) use scoring::Scores;

use crate::doc::{TextRef, TokenData};
use crate::tokenizer::Occurrence;

/// A doc in the making.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) words: Vec<Occurrence>,
    pub(crate) tokens: Vec<TokenData>,
    pub(crate) extra: String,
}

impl Draft {
    /// Puts the draft of the text that follows at the end of this one.
    pub(crate) fn append(&mut self, next: Draft) {
        let (bytes, extra) = (self.text.len() as u32, self.extra.len() as u32);
        let tokens = self.tokens.len() as u32;
        let moved = |text| match text {
            TextRef::Extra(at, len) => TextRef::Extra(at + extra, len),
            other => other,
        };
        self.tokens
            .extend(next.tokens.into_iter().enumerate().map(|(i, t)| TokenData {
                start: t.start + bytes,
                end: t.end + bytes,
                head: t.head + tokens,
                lemma: moved(t.lemma),
                norm: moved(t.norm),
                sent_start: t.sent_start || i == 0,
                ..t
            }));
        self.text.push_str(&next.text);
        self.extra.push_str(&next.extra);
    }
}
