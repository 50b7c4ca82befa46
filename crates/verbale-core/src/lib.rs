//! The words of the domain, as `docs/GLOSSARY.md` defines them.
//!
//! Everything here is plain data with its invariants: no files, no clock, no randomness, no serialisation.
//! A [`Page`] is what was captured, a [`Document`] the clean text made from it, a [`Passage`] one block of
//! that text, and a [`Claim`] one proposition with its words ([`Evidence`]), its chain of speakers
//! ([`Attribution`]) and its clocks ([`Timex`]).
//!
//! Not here: how pages are parsed (`verbale-read`), how claims are found (`verbale-extract`), how they are
//! stored or printed (`verbale-case`).

mod claim;
mod date;
pub mod diagnostic;
mod document;
mod entity;
mod evidence;
mod id;
mod offset;
mod page;
mod quantity;
pub mod table;
mod timex;

pub use claim::{
    Act, Anonymity, Attribution, Claim, ClaimKind, Event, Figure, Modality, Obligation, Polarity,
    Position, Proposition, Speaker, Status,
};
pub use date::{ParseDateError, PartialDate};
pub use diagnostic::{Diagnostic, Outcome};
pub use document::{Document, Metadata, Passage, Publication, Role};
pub use entity::{Entity, EntityKind, Mention};
pub use evidence::Evidence;
pub use id::{ClaimId, ClaimIds, Digest, PageId, ParseIdError};
pub use offset::{CharOffset, OffsetTable, Utf16Offset};
pub use page::{Page, PageOrigin};
pub use quantity::Quantity;
pub use timex::{Anchor, Interval, Timex, TimexKind, TimexMod};

pub use rust_decimal::Decimal;
pub use text_size::{TextRange, TextSize};

/// Implements `as_str`, `Display`, `FromStr` and `ALL` for a closed set of words.
///
/// Each set prints and parses by one table, so that the two cannot drift apart.
macro_rules! word_set {
    ($name:ident, $what:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every member, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in files, tables and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownWord;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                match s {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::UnknownWord { set: $what, word: s.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use word_set;

/// A word that is not in the closed set it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {set}: `{word}`")]
pub struct UnknownWord {
    /// The set's name, for the message.
    pub set: &'static str,
    /// The word as given.
    pub word: String,
}
