//! Tables for people: columns that wrap, measured in terminal cells.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Width where the terminal does not say, or there is none.
pub(crate) const DEFAULT_WIDTH: usize = 110;

/// How a column takes its room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// The heading.
    pub(crate) title: &'static str,
    /// Cells it may take at most; the last column of a table takes what is left.
    pub(crate) most: usize,
}

/// A table whose cells may have several lines.
#[derive(Debug)]
pub(crate) struct Table {
    columns: &'static [Column],
    rows: Vec<Vec<String>>,
    /// How wide each column is, once the first rows were printed.
    widths: Option<Vec<usize>>,
}

/// Rows by which the width of the columns is chosen in a table that is printed while it grows.
const BLOCK_ROWS: usize = 500;

impl Table {
    /// An empty table.
    pub(crate) fn new(columns: &'static [Column]) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            widths: None,
        }
    }

    /// Adds a row with one cell a column; line breaks in a cell are kept.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "one cell a column");
        self.rows.push(cells);
    }

    /// The table as text of at most `width` cells a line, as far as the columns' own bounds allow.
    pub(crate) fn render(mut self, width: usize) -> String {
        self.take(width)
    }

    /// The rows so far as text once they are many, else nothing: for tables that are too long to be held.
    pub(crate) fn take_block(&mut self, width: usize) -> Option<String> {
        (self.rows.len() >= BLOCK_ROWS).then(|| self.take(width))
    }

    /// The rows so far, with the heading the first time. Later rows have the columns of the first.
    fn take(&mut self, width: usize) -> String {
        let mut out = String::new();
        if self.widths.is_none() {
            let widths = self.widths.insert(self.natural_widths(width));
            let titles: Vec<_> = self.columns.iter().map(|c| c.title.to_owned()).collect();
            push_row(&mut out, &titles, widths);
            let rules: Vec<_> = widths.iter().map(|w| "─".repeat(*w)).collect();
            push_row(&mut out, &rules, widths);
        }
        for row in self.rows.drain(..) {
            push_row(&mut out, &row, self.widths.as_deref().unwrap_or_default());
        }
        out
    }

    /// Each column as wide as its widest line, within its bound; the last takes the rest of the line.
    fn natural_widths(&self, width: usize) -> Vec<usize> {
        let natural = |i: usize, c: &Column| {
            let lines = self.rows.iter().flat_map(|r| r[i].lines());
            lines
                .map(UnicodeWidthStr::width)
                .chain([c.title.width()])
                .max()
                .unwrap_or(0)
        };
        let mut widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, c)| natural(i, c).min(c.most))
            .collect();
        if let Some((last, others)) = widths.split_last_mut() {
            let taken: usize = others.iter().map(|w| w + GAP.len()).sum();
            let column = self.columns.len() - 1;
            *last = natural(column, &self.columns[column])
                .min(width.saturating_sub(taken))
                .max(MIN_LAST);
        }
        widths
    }
}

const GAP: &str = "  ";
/// The last column is never squeezed below this.
const MIN_LAST: usize = 24;

fn push_row(out: &mut String, cells: &[String], widths: &[usize]) {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, *w)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut text = String::new();
        for (cell, width) in wrapped.iter().zip(widths) {
            if !text.is_empty() || cell.as_ptr() != wrapped[0].as_ptr() {
                text.push_str(GAP);
            }
            let part = cell.get(line).map_or("", String::as_str);
            text.push_str(part);
            text.push_str(&" ".repeat(width.saturating_sub(part.width())));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

/// Breaks `text` at blanks into lines of at most `width` cells; longer words are broken where they must be.
///
/// Control characters are dropped: a page must not be able to steer the terminal.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let mut word: String = word.chars().filter(|c| !is_control(*c)).collect();
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            while word.width() > width {
                let at = split_at_width(&word, width);
                let rest = word.split_off(at);
                lines.push(std::mem::replace(&mut word, rest));
            }
            if !line.is_empty() && !word.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// Control and direction-changing characters, which could forge what a terminal shows.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// The byte offset of the first character that no longer fits; at least one character always fits.
fn split_at_width(word: &str, width: usize) -> usize {
    let mut used = 0;
    for (at, c) in word.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && at > 0 {
            return at;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column {
            title: "KIND",
            most: 8,
        },
        Column {
            title: "WORDS",
            most: usize::MAX,
        },
    ];

    #[test]
    fn wraps_the_last_column_and_pads_the_others() {
        let mut table = Table::new(COLUMNS);
        table.row(vec![
            "figure".into(),
            "eleven barges were waiting at the upper lock".into(),
        ]);
        assert_eq!(
            table.render(34),
            "KIND    WORDS\n\
             ──────  ──────────────────────────\n\
             figure  eleven barges were waiting\n        at the upper lock\n"
        );
    }

    #[test]
    fn a_long_table_is_printed_piece_by_piece_in_the_same_columns() {
        let rows = |n: usize| (0..n).map(|i| vec![format!("k{i}"), "words".to_owned()]);
        let mut whole = Table::new(COLUMNS);
        rows(BLOCK_ROWS + 3).for_each(|row| whole.row(row));
        let mut pieces = Table::new(COLUMNS);
        let mut out = String::new();
        for row in rows(BLOCK_ROWS + 3) {
            pieces.row(row);
            out.extend(pieces.take_block(60));
        }
        assert!(!out.is_empty());
        assert_eq!(out + &pieces.render(60), whole.render(60));
    }

    #[test]
    fn wide_characters_count_twice_and_long_words_are_broken() {
        assert_eq!(wrap("한국어", 4), ["한국", "어"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn pages_cannot_steer_the_terminal() {
        assert_eq!(wrap("\u{1b}[2Jred \u{202e}tide", 40), ["[2Jred tide"]);
    }
}
