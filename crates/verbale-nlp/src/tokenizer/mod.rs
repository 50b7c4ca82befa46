//! Cutting a text into words by the rules that a package brings.
//!
//! Source: the behavior of spaCy's `Tokenizer`; its pseudo-code is in spaCy's documentation, "How spaCy's tokenizer works".

mod pattern;
mod rules;
mod words;

pub(crate) use pattern::{PUBLIC_ADDRESS, python_regex};
pub(crate) use rules::Tokenizer;
pub(crate) use words::{Occurrence, Word, WordId, Words};
