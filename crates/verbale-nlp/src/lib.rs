//! Runs spaCy v3 pipelines without Python.
//!
//! [`Pipeline`] loads a package and reads texts. [`Doc`] owns a text and its annotation, [`Token`] and [`Span`] are views into it,
//! with spaCy's names. Offsets are UTF-8 bytes; token positions are `usize`, spans of tokens are half-open.

mod components;
mod conllu;
mod doc;
mod error;
#[doc(hidden)]
pub mod fuzz;
#[cfg(test)]
mod hostile;
mod json;
mod matcher;
mod network;
mod package;
mod pipeline;
mod tokenizer;
mod vocab;

pub use doc::{Doc, Span, Token, TokenAnnotation};
pub use error::LoadError;
pub use json::JsonError;
pub use matcher::{DependencyMatch, DependencyMatcher, Greedy, Match, Matcher, PatternError};
pub use network::Kernels;
pub use package::{Meta, Package, Source};
pub use pipeline::Pipeline;
