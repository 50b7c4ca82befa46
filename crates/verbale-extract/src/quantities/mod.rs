//! Numbers with their units, bounds and what they count.
//!
//! [`scan`] finds numbers and ranges in digits and words, [`exclude`] drops what counts nothing (labels, dates,
//! addresses), [`unit`] reads units and money, [`counted`] asks the parse for the counted noun, [`hedge`] reads
//! approximators with the bounds that the packs give them, [`change`] says which way a number moved, and
//! [`borrow`] fills in what a list leaves out ("some 50,000 were in China and 30,000 in Russia").
//!
//! Every number is reported, also those that a ledger does not want ("one solution"); [`Nature`] and the flags of
//! [`QuantityMention`] are there to choose. Not here: which claim a number belongs to.

mod borrow;
pub(crate) mod cell;
mod change;
mod counted;
mod draft;
mod exclude;
mod hedge;
mod scan;
mod tables;
mod unit;

#[cfg(test)]
mod tests;

use verbale_core::{Quantity, TextRange, Timex};
use verbale_pack::Packs;

pub use self::change::Change;
use self::draft::{Draft, Finder};
use self::scan::VagueWords;
use crate::{lex::Lexemes, reading::Reading};

/// What sort of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// Things or people that can be counted.
    Count,
    /// A sum of money.
    Money,
    /// Hundredths, and points of them.
    Percent,
    /// A part of a whole: "half", "two-thirds", as a number between 0 and 1.
    Share,
    /// An amount in a unit of measure.
    Measure,
    /// A length of time.
    Duration,
    /// How old somebody or something is.
    Age,
    /// "three times as many": a factor.
    Factor,
    /// A number with nothing beside it that says what it is of.
    Bare,
}

/// Which end of a move a number is: "fell from 34,000 to 11,000".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairEnd {
    /// What it was.
    From,
    /// What it became.
    To,
}

/// A number of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityMention {
    /// The number with its approximator and its unit or counted noun, where these stand beside it.
    pub range: TextRange,
    /// The number itself, with its currency and scale.
    pub number: TextRange,
    /// The block's position in the reading.
    pub block: usize,
    /// The counted noun's position in the block's doc.
    pub head: Option<usize>,
    /// Value, bounds, approximator, unit and rate.
    pub quantity: Quantity,
    /// What sort of number it is.
    pub nature: Nature,
    /// Which way it moved, if it is the amount or the end of a change.
    pub change: Option<Change>,
    /// Which end of a stated move it is. The two ends follow each other.
    pub pair: Option<PairEnd>,
    /// True for what a part is taken of: the 34,000 in "half of the 34,000".
    pub base: bool,
    /// True for what something could hold or do, rather than what it holds or does.
    pub capacity: bool,
    /// True after "the", "these", "its": known already, often a restatement.
    pub definite: bool,
    /// True if unit and noun were not said here but taken from a neighbor.
    pub borrowed: bool,
    /// True inside a date: the two of "two weeks ago".
    pub in_date: bool,
}

/// The numbers of a reading, in the order of the text.
///
/// `times` are the reading's time expressions; numbers inside dates are left out. `packs` give the approximators.
pub fn find(reading: &Reading<'_>, times: &[Timex], packs: &Packs) -> Vec<QuantityMention> {
    let mut found = Vec::new();
    let plurals = VagueWords::new(packs);
    for (n, block) in reading.blocks().iter().enumerate() {
        let lexemes = Lexemes::new(&block.doc);
        let finder = Finder {
            s: &lexemes,
            block,
            n,
            times,
            packs,
        };
        let mut drafts: Vec<Draft> = scan::spot(&lexemes, &plurals)
            .into_iter()
            .filter_map(|f| finder.draft(f))
            .collect();
        borrow::fill(&lexemes, &mut drafts);
        found.extend(drafts.into_iter().map(|d| d.mention));
    }
    found
}
