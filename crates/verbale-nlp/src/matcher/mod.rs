//! Finding sequences of tokens, and trees of them, by patterns in spaCy's language.
//!
//! [`Matcher`] takes token patterns with operators, [`DependencyMatcher`] patterns over heads. Patterns are JSON as in spaCy's
//! documentation. Not here: extension attributes (`_`), `IS_STOP`, callbacks, and matching over a span.

mod dependency;
mod edits;
mod index;
mod lexical;
mod sequence;
mod spec;
#[cfg(test)]
mod tests;

pub use dependency::{DependencyMatch, DependencyMatcher};
pub use sequence::{Greedy, Match, Matcher};

/// A pattern that does not follow the language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a pattern: {0}")]
pub struct PatternError(String);

impl PatternError {
    fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}
