//! From ledgers to sections: one function a ledger.
//!
//! Every row that comes from a claim ends in a cell with the claim's footnote and marks; what the program counted
//! or computed is said to be so.

mod about;
mod conflicts;
mod obligations;
mod presence;
mod series;
mod times;

use jiff::civil::Date;
use verbale_analysis::{Entry, Lexicon, Standing};
use verbale_core::ClaimId;

use super::{
    LedgerName,
    model::{Block, Column, Inline, Line, Section, Table},
    notes::Notebook,
    source::Source,
};

pub(crate) use about::{Cited, accuracy, appendix, bibliography, standard};

/// What sections are made from.
pub(crate) struct Desk<'a, 'n> {
    pub(crate) source: &'a Source,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) entries: &'a [Entry<'a>],
    pub(crate) standings: &'a [Standing],
    /// The day on which duties are due, and from which age is counted.
    pub(crate) on: Option<Date>,
    pub(crate) notes: &'n mut Notebook<'a>,
    pub(crate) n_charts: u32,
}

impl Desk<'_, '_> {
    /// The section of a ledger; `None` if nothing that was asked for is in it.
    pub(crate) fn section(&mut self, ledger: LedgerName) -> Option<Section> {
        let blocks = match ledger {
            LedgerName::Series => series::blocks(self),
            LedgerName::Conflicts => conflicts::blocks(self),
            LedgerName::Obligations => obligations::blocks(self),
            LedgerName::Presence => presence::blocks(self),
            LedgerName::Restrictions => times::restrictions(self),
            LedgerName::Origins => times::origins(self),
            LedgerName::Timeline => times::timeline(self),
            LedgerName::Positions => times::positions(self),
        };
        (!blocks.is_empty()).then(|| Section {
            id: ledger.as_str(),
            title: ledger.title().to_owned(),
            is_sourced: true,
            blocks,
        })
    }

    /// True if a claim is to be shown: of the time that was asked for.
    fn is_shown(&self, claim: ClaimId) -> bool {
        self.source.is_in_period(claim)
    }

    /// The rows whose claim is of the topic and the time that were asked for.
    fn wanted<'r, T>(&self, rows: &'r [T], claim: impl Fn(&T) -> ClaimId) -> Vec<&'r T> {
        let is_wanted = |r: &&T| self.is_on_topic(claim(r)) && self.is_shown(claim(r));
        rows.iter().filter(is_wanted).collect()
    }

    /// True if a claim is about what was asked for.
    fn is_on_topic(&self, claim: ClaimId) -> bool {
        self.source.is_on_topic(claim)
    }
}

/// A table, unless it has no rows.
fn table(caption: &str, columns: &[(&str, u8)], rows: Vec<Vec<Line>>) -> Option<Block> {
    let columns = columns.iter().map(|&(title, share)| Column {
        title: title.to_owned(),
        share,
    });
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: caption.to_owned(),
            columns: columns.collect(),
            rows,
        })
    })
}

fn heading(text: impl Into<String>) -> Block {
    Block::Heading { text: text.into() }
}

fn paragraph(text: Line) -> Block {
    Block::Paragraph { text }
}

fn strong(words: impl Into<String>) -> Inline {
    Inline::Strong(words.into())
}

fn plain(words: impl Into<String>) -> Inline {
    Inline::Text(words.into())
}

fn computed(words: impl Into<String>) -> Inline {
    Inline::Computed(words.into())
}
