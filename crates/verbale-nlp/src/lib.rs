//! Runs spaCy v3 pipelines without Python.
//!
//! [`Doc`] owns a text and its annotation, [`Token`] and [`Span`] are views into it, with spaCy's names.
//! Offsets are UTF-8 bytes; token positions are `usize`, spans of tokens are half-open.

mod doc;
mod json;

pub use doc::{Doc, Span, Token, TokenAnnotation};
pub use json::JsonError;
