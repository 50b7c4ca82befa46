//! Copies across documents: reprints, cut wires, embedded stories, quotations.
//!
//! A document is reduced to fingerprints by winnowing: of each 8 neighboring runs of 6 words the smallest hash
//! is kept, so every shared run of 13 words is found, wherever it stands and however much other text surrounds
//! it. Documents that share at least [`MIN_SHARED`] fingerprints are aligned word by word.
//! Estimates of resemblance (MinHash, SimHash) miss a short story inside a long page, which is the common case.
//!
//! Source: Schleimer, Wilkerson, Aiken: Winnowing, local algorithms for document fingerprinting, SIGMOD 2003.
//!
//! Not here: paraphrases and translations, which share no words; they are joined by
//! [`origins`](crate::origins) through speaker, occasion and number.

mod align;
mod index;
mod tokens;

pub use align::{CopyKind, Overlap, Segment, align};
pub use index::CopyIndex;
pub use tokens::{Print, Tokens, runs};

/// Words a fingerprint covers.
pub const RUN: usize = 6;
/// Neighboring runs of which the smallest is kept.
pub const WINDOW: usize = 8;
/// Fingerprints that two documents must share before they are aligned.
pub const MIN_SHARED: usize = 3;
/// How many bytes around a claim hold the words by which it can stand in a shared stretch: a run of equal words begins
/// within so many words of it as may differ between two runs ([`align`]), be they long ones.
pub const AROUND: usize = 400;
