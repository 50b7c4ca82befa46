//! Are two names the same person or organization?
//!
//! A name is cut into words: titles and legal forms are set aside, numbers made plain, words of other scripts kept
//! beside their plain spelling. The words of two names are then paired, in any order, the surest pair first; what
//! stays alone on both sides is a contradiction, what stays alone on one side an addition.
//!
//! The order of trust is: the same alias in a pack (the caller asks the packs first), spelling rules, words in any
//! order, and least the distance of letters. Not here: who is mentioned where (`entities`).

mod legal;
mod pairing;
mod sound;
mod spelling;
mod units;
mod words;

pub use spelling::{Candidates, Speller};
pub(super) use words::Name;

use verbale_core::EntityKind;

/// How alike two names are: 0 nothing in common, 1 the same.
///
/// From [`Score::SAME`] on they are taken for one.
// Invariant: in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Score(f32);

impl Score {
    /// Names that score so or higher are taken for one.
    pub const SAME: Score = Score(0.7);

    /// Names that score so or higher are nearly letter for letter the same.
    pub const SURE: Score = Score(0.85);

    /// A score, cut to 0..=1; what is no number is 0.
    fn new(value: f64) -> Self {
        Self(if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0) as f32
        })
    }

    /// The number.
    pub fn value(self) -> f32 {
        self.0
    }

    /// True if names with this score are taken for one.
    pub fn is_same(self) -> bool {
        self >= Self::SAME
    }
}

/// How alike two names are, whatever they name.
pub fn score(a: &str, b: &str) -> Score {
    score_as(EntityKind::Other, a, b)
}

/// How alike two names are, if both name something of this kind.
///
/// Persons may leave out middle names and write initials; words that an organization has and the other has not
/// ("Bank", "Bank Trust") more often tell two of them apart.
pub fn score_as(kind: EntityKind, a: &str, b: &str) -> Score {
    score_cut(kind, &Name::new(a), &Name::new(b))
}

/// How alike two names are that have been cut into words.
pub(super) fn score_cut(kind: EntityKind, a: &Name, b: &Name) -> Score {
    Score::new(pairing::alike(kind, a, b))
}

/// The spellings of a Latin name that a name of another script may stand for: as it is, without initials, and with
/// its last or first word moved, all lower case and run together.
fn spellings(latin: &str) -> Vec<String> {
    let folded = any_ascii::any_ascii(latin)
        .to_ascii_lowercase()
        .replace('\'', "");
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let mut long: Vec<&str> = words.iter().copied().filter(|w| w.len() > 1).collect();
    let mut found = vec![words.concat(), long.concat()];
    if long.len() > 1 {
        long.rotate_right(1);
        found.push(long.concat());
        long.rotate_left(2);
        found.push(long.concat());
    }
    let mut spellings: Vec<String> = Vec::new();
    for spelling in found {
        if !spelling.is_empty() && !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    }
    spellings
}

#[cfg(test)]
mod tests;
