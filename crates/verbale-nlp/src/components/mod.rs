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

use crate::doc::TokenData;
use crate::tokenizer::Occurrence;

/// A doc in the making.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) words: Vec<Occurrence>,
    pub(crate) tokens: Vec<TokenData>,
    pub(crate) extra: String,
}
