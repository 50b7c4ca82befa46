//! The tables of a document: cells in rows and columns, read by themselves.
//!
//! A table is no prose. Its words (headings, the names of rows) are annotated cell by cell; its numbers need no
//! pipeline. What the numbers say is for [`claim`](crate::claim).

use std::ops::Range;

use verbale_core::{
    Document, PartialDate, Quantity, Role, TextRange, TextSize, Timex, TimexKind, table,
};
use verbale_nlp::Doc;
use verbale_pack::Packs;

use crate::quantities::cell::{Cells, is_blank, year};
use crate::{Block, Reading, times};

/// Cells that are read of one document; the rows behind them give no claims.
const MAX_CELLS: usize = 20_000;

/// The tables of a document.
#[derive(Debug)]
pub(crate) struct Tables<'d> {
    /// The cells with words, each a block of its own.
    words: Reading<'d>,
    /// The times that stand in them.
    times: Vec<Timex>,
    tables: Vec<Table>,
}

/// One table.
#[derive(Debug)]
pub(crate) struct Table {
    /// The passages that are its rows.
    pub(crate) passages: Range<usize>,
    /// As many cells in each row.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// Where its words stand in the document.
    pub(crate) range: TextRange,
    /// What it is.
    pub(crate) kind: CellKind,
}

/// What a cell holds.
#[derive(Debug, Clone, Default)]
pub(crate) enum CellKind {
    /// Nothing.
    #[default]
    Blank,
    /// A number, and the year that it may be.
    Number(Box<Quantity>, Option<i16>),
    /// Words; the position of their block.
    Words(usize),
}

/// The passages that are rows of tables, table by table.
pub(crate) fn rows(document: &Document) -> Vec<Range<usize>> {
    let text = |p: &verbale_core::Passage| match p.role {
        Role::Body if p.repeats.is_none() => document.slice(p.range),
        _ => "",
    };
    table::tables(document.passages().iter().map(text))
}

impl<'d> Tables<'d> {
    /// Reads the tables of `document`, with `annotate` as the pipeline for the cells that hold words.
    pub(crate) fn new(
        document: &'d Document,
        mut annotate: impl FnMut(&str) -> Doc,
        packs: &Packs,
        published: Option<PartialDate>,
    ) -> Self {
        let mut blocks = Vec::new();
        let mut n_left = MAX_CELLS;
        let mut tables = Vec::new();
        let numbers = Cells::new(packs);
        for passages in rows(document) {
            let mut rows = Vec::new();
            for passage in passages.clone() {
                let range = document.passages()[passage].range;
                let text = document.slice(range);
                let cells = table::cells(text);
                if n_left < cells.len() {
                    break;
                }
                n_left -= cells.len();
                let mut kind = |words: &str, start: TextSize| {
                    if is_blank(words) {
                        return CellKind::Blank;
                    }
                    if let Some(quantity) = numbers.number(words) {
                        return CellKind::Number(Box::new(quantity), year(words));
                    }
                    blocks.push(Block {
                        passage,
                        start,
                        doc: annotate(words),
                    });
                    CellKind::Words(blocks.len() - 1)
                };
                let cell = |cell: Range<usize>| {
                    let words = &text[cell.clone()];
                    let start = range.start() + TextSize::from(cell.start as u32);
                    Cell {
                        range: TextRange::at(start, TextSize::of(words)),
                        kind: kind(words, start),
                    }
                };
                rows.push(cells.into_iter().map(cell).collect());
            }
            tables.push(squared(passages, rows));
        }
        let words = Reading::of_blocks(document, blocks);
        Self {
            times: times::find(&words, published),
            words,
            tables,
        }
    }

    /// The tables, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter()
    }

    /// The annotated words of a cell.
    pub(crate) fn doc(&self, block: usize) -> &Doc {
        &self.words.blocks()[block].doc
    }

    /// A dated time among the words of a cell.
    pub(crate) fn time_in(&self, cell: &Cell) -> Option<&Timex> {
        let is_in = |t: &&Timex| {
            t.kind == TimexKind::Date
                && t.interval.is_some()
                && t.range.is_some_and(|r| cell.range.contains_range(r))
        };
        self.times.iter().find(is_in)
    }

    /// The time that a cell names, with a preposition in front or a note behind at most.
    pub(crate) fn time(&self, cell: &Cell) -> Option<&Timex> {
        let all = u32::from(cell.range.len());
        let most = |t: &&Timex| {
            t.range.is_some_and(|r| {
                cell.range.contains_range(r) && u32::from(r.len()) + BESIDE_TIME >= all
            })
        };
        self.times.iter().find(most)
    }
}

/// "(FY)", "in ", "*": bytes that may stand beside the time that a cell names.
const BESIDE_TIME: u32 = 5;

/// Rows with as many cells each: one that lost its first cell gets it back, others are filled up.
fn squared(passages: Range<usize>, mut rows: Vec<Vec<Cell>>) -> Table {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (i, row) in rows.iter_mut().enumerate() {
        let at = if i == 0 { 0 } else { row.len() };
        while row.len() < n_columns {
            let end = row.first().map_or(TextSize::default(), |c| c.range.start());
            let blank = Cell {
                range: TextRange::empty(end),
                kind: CellKind::Blank,
            };
            row.insert(at.min(row.len()), blank);
        }
    }
    Table { passages, rows }
}
