//! Tables that hold data, and where in a row each cell stands.
//!
//! Pages have been laid out with tables for decades; only one without a table in it, with short cells and with
//! numbers in them is read row by row.

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Node, node::Element};
use verbale_core::table::{MAX_CELL_BYTES, MAX_COLUMNS, MIN_NUMBERS, is_number};

/// How many nodes of a page are looked at to tell its tables apart.
const MAX_NODES: usize = 400_000;

/// Tells tables of data from layout, for the tables of one page.
pub(super) struct Tables {
    n_left: usize,
}

impl Default for Tables {
    fn default() -> Self {
        Self { n_left: MAX_NODES }
    }
}

impl Tables {
    /// True if the table below `table` is to be read row by row.
    pub(super) fn holds_data(&mut self, table: NodeRef<'_, Node>) -> bool {
        let mut counts = Counts::default();
        for edge in table.traverse().skip(1) {
            if self.n_left == 0 {
                return false;
            }
            self.n_left -= 1;
            let is_data = match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(e) => counts.open(e),
                    Node::Text(t) => counts.text(t),
                    _ => true,
                },
                Edge::Close(node) => node.value().as_element().is_none_or(|e| counts.close(e)),
            };
            if !is_data {
                return false;
            }
        }
        counts.n_rows >= 2 && counts.n_numbers >= MIN_NUMBERS
    }
}

/// What has been seen of a table.
#[derive(Default)]
struct Counts {
    n_rows: usize,
    /// Cells of the row so far.
    n_cells: usize,
    /// Rows' numbers behind their first cells.
    n_numbers: usize,
    cell: Option<String>,
}

impl Counts {
    fn open(&mut self, e: &Element) -> bool {
        match e.name() {
            "table" | "form" | "h1" | "h2" => return false,
            "tr" => self.n_cells = 0,
            "td" | "th" => {
                self.n_cells += 1;
                self.n_rows += usize::from(self.n_cells == 2);
                self.cell = Some(String::new());
            }
            _ => {}
        }
        self.n_cells <= MAX_COLUMNS
    }

    fn text(&mut self, text: &str) -> bool {
        let Some(cell) = &mut self.cell else {
            return true;
        };
        for word in text.split_whitespace() {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(word);
            if cell.len() > MAX_CELL_BYTES {
                return false;
            }
        }
        true
    }

    fn close(&mut self, e: &Element) -> bool {
        if matches!(e.name(), "td" | "th")
            && let Some(cell) = self.cell.take()
        {
            self.n_numbers += usize::from(self.n_cells > 1 && is_number(&cell));
        }
        true
    }
}

/// The columns of a table, and where in the open row its text stands.
#[derive(Default)]
pub(super) struct Columns {
    /// For each column, how many rows more a cell from above covers it.
    covered: Vec<usize>,
    /// The column of the cell that was opened last.
    at: usize,
    /// The column behind that cell.
    next: usize,
}

impl Columns {
    /// A row begins.
    pub(super) fn begin_row(&mut self) {
        (self.at, self.next) = (0, 0);
    }

    /// A cell begins: how many columns it stands behind the one before it, or behind the first of all.
    pub(super) fn begin_cell(&mut self, e: &Element) -> usize {
        let span = |name| {
            let n = e.attr(name).and_then(|n| n.trim().parse().ok());
            n.unwrap_or(1).clamp(1, MAX_COLUMNS)
        };
        while let Some(n_rows) = self.covered.get_mut(self.next).filter(|n| **n > 0) {
            *n_rows -= 1;
            self.next += 1;
        }
        let start = self.next.min(MAX_COLUMNS);
        self.next = (start + span("colspan")).min(MAX_COLUMNS);
        if self.covered.len() < self.next {
            self.covered.resize(self.next, 0);
        }
        self.covered[start..self.next].fill(span("rowspan") - 1);
        let n_columns = start - self.at;
        self.at = start;
        n_columns
    }

    /// A row ends: how many columns of the table are behind its last cell.
    pub(super) fn end_row(&mut self) -> usize {
        for n_rows in self.covered.iter_mut().skip(self.next) {
            *n_rows = n_rows.saturating_sub(1);
        }
        self.covered.len().saturating_sub(self.at + 1)
    }
}
