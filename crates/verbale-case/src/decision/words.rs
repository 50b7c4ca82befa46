//! The closed sets of words that decisions are made of.

use std::fmt;
use std::str::FromStr;

/// What somebody decided about a claim as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The page says so.
    Accepted,
    /// The page does not say so.
    Rejected,
}

/// Reliability of a publisher, apart from any single claim.
///
/// Source: the two-part grading of NATO AJP-2.1 (the "Admiralty code"), first part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// A word that is in none of the sets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found `{found}`")]
pub struct UnknownWord {
    expected: &'static str,
    found: String,
}

impl Verdict {
    /// Both, in the order of the definition.
    pub const ALL: &'static [Self] = &[Self::Accepted, Self::Rejected];

    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

impl Reliability {
    /// All six, in the order of the definition.
    pub const ALL: &'static [Self] = &[Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = UnknownWord;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|v| v.as_str() == s);
        found.copied().ok_or_else(|| UnknownWord {
            expected: "accepted or rejected",
            found: s.to_owned(),
        })
    }
}

impl FromStr for Reliability {
    type Err = UnknownWord;

    /// Takes small letters too.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL
            .iter()
            .find(|r| r.as_str().eq_ignore_ascii_case(s));
        found.copied().ok_or_else(|| UnknownWord {
            expected: "a letter from A to F",
            found: s.to_owned(),
        })
    }
}
