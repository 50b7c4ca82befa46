//! Paragraphs and tables that a reader has found itself, put together to a text.

use verbale_core::{Role, table};

use super::blocks::Block;
use crate::limits::Limits;

/// The paragraphs of a document so far.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    blocks: Vec<Block>,
    /// How many tables are open; those inside others are no tables of their own.
    n_open: usize,
    /// The rows of the open table: cells with their paragraphs.
    rows: Vec<Vec<Vec<Paragraph>>>,
}

#[derive(Debug)]
struct Paragraph {
    words: String,
    heading: Option<u8>,
    role: Option<Role>,
}

impl Paragraphs {
    /// Adds a paragraph; its role is decided later unless it is given.
    pub(crate) fn push(&mut self, words: &str, heading: Option<u8>, role: Option<Role>) {
        if !words.chars().any(char::is_alphanumeric) {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            let words = words.to_owned();
            cell.push(Paragraph {
                words,
                heading,
                role,
            });
            return;
        }
        self.add(words, heading, role);
    }

    /// A table begins; what is pushed until it ends stands in its cells.
    pub(crate) fn begin_table(&mut self) {
        self.n_open += 1;
    }

    /// A row of the open table begins.
    pub(crate) fn begin_row(&mut self) {
        if self.n_open == 1 {
            self.rows.push(Vec::new());
        }
    }

    /// A cell of the open row begins, or one that a cell before it covers.
    pub(crate) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut().filter(|_| self.n_open == 1) {
            row.push(Vec::new());
        }
    }

    /// A table ends: rows with numbers become a passage each, any other table is the paragraphs in its cells.
    pub(crate) fn end_table(&mut self) {
        self.n_open = self.n_open.saturating_sub(1);
        if self.n_open > 0 {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        let lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        let whole = table::tables(lines.iter().map(String::as_str));
        if whole.iter().map(std::ops::Range::len).sum::<usize>() * 2 > lines.len() {
            for line in &lines {
                self.push(line, None, None);
            }
            return;
        }
        for p in rows.into_iter().flatten().flatten() {
            self.add(&p.words, p.heading, p.role);
        }
    }

    fn add(&mut self, words: &str, heading: Option<u8>, role: Option<Role>) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let list_item = super::blocks::is_list_item(words);
        self.blocks.push(Block {
            range: start..self.text.len(),
            heading,
            list_item,
            role,
        });
    }

    /// The text and its blocks, within limits.
    pub(crate) fn finish(mut self, limits: &Limits) -> (String, Vec<Block>) {
        // A file that breaks off in a table.
        self.n_open = self.n_open.min(1);
        self.end_table();
        self.blocks.truncate(limits.passages);
        self.blocks.retain(|b| b.range.end <= limits.text_bytes);
        let end = self.blocks.last().map_or(0, |b| b.range.end);
        self.text.truncate(end);
        let blocks = self
            .blocks
            .into_iter()
            .flat_map(|b| super::blocks::cut(&self.text, b, limits.passage_bytes))
            .collect();
        (self.text, blocks)
    }
}

/// A row as one line.
fn line(row: &[Vec<Paragraph>]) -> String {
    let cell = |cell: &Vec<Paragraph>| {
        let words: Vec<&str> = cell.iter().map(|p| p.words.as_str()).collect();
        words.join(" ").replace(['\t', '\n'], " ")
    };
    let cells: Vec<String> = row.iter().map(cell).collect();
    cells.join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passages of a letter with a table of these rows.
    fn check(rows: &[&[&str]], expected: &[&str]) {
        let mut out = Paragraphs::default();
        out.push("Before.", None, None);
        out.begin_table();
        for row in rows {
            out.begin_row();
            for cell in *row {
                out.begin_cell();
                out.push(cell, None, None);
            }
        }
        out.end_table();
        out.push("Behind.", None, None);
        let (text, blocks) = out.finish(&Limits::default());
        let found: Vec<&str> = blocks.iter().map(|b| &text[b.range.clone()]).collect();
        assert_eq!(found[0], "Before.");
        assert_eq!(&found[1..found.len() - 1], expected);
    }

    #[test]
    fn rows_with_numbers_stay_together() {
        check(
            &[&["", "Boats"], &["Orn", "12"], &["Lisse", "3"]],
            &["\tBoats", "Orn\t12", "Lisse\t3"],
        );
        check(
            &[&["Ministry", "3 May"], &["To the mayor", "By hand"]],
            &["Ministry", "3 May", "To the mayor", "By hand"],
        );
        check(&[&["Alone"]], &["Alone"]);
    }

    #[test]
    fn a_table_in_a_cell_is_part_of_it() {
        let mut out = Paragraphs::default();
        out.begin_table();
        out.begin_row();
        out.begin_cell();
        out.begin_table();
        out.begin_row();
        out.begin_cell();
        out.push("Inner", None, None);
        out.end_table();
        out.begin_cell();
        out.push("7", None, None);
        let (text, _) = out.finish(&Limits::default());
        assert_eq!(text, "Inner\n\n7");
    }
}
