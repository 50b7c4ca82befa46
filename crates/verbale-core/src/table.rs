//! Tables, as they stand in the text of a document.
//!
//! A row is one passage. Its cells stand between tabs, as in text that is copied from a browser, or between bars,
//! as in Markdown. Readers write rows so; whoever takes numbers out of tables cuts them again.

use std::ops::Range;

/// A cell with more bytes than this is a paragraph, and its table a way to lay out a page.
pub const MAX_CELL_BYTES: usize = 200;

/// A table with fewer numbers than this counts nothing: the head of a letter has a date.
pub const MIN_NUMBERS: usize = 2;

/// Rows with more cells than this are no table that anybody reads.
pub const MAX_COLUMNS: usize = 64;

/// The cells of a row in bytes of `text`, without the blanks around them; one where it is no row.
///
/// Empty cells are empty ranges, so that a cell's place is that of its column.
pub fn cells(text: &str) -> Vec<Range<usize>> {
    let (inner, mark) = if has_bars(text) {
        let start = text.find('|').map_or(0, |i| i + 1);
        let trimmed = text.trim_end();
        let end = trimmed.len() - usize::from(trimmed.ends_with('|'));
        (start..end.max(start), '|')
    } else {
        (0..text.len(), '\t')
    };
    let mut at = inner.start;
    text[inner]
        .split(mark)
        .map(|cell| {
            let start = at + (cell.len() - cell.trim_start().len());
            at += cell.len() + mark.len_utf8();
            let words = cell.trim();
            start.min(start + words.len())..start + words.len()
        })
        .collect()
}

/// True for a row as Markdown writes it.
fn has_bars(text: &str) -> bool {
    text.trim_start()
        .strip_prefix('|')
        .is_some_and(|rest| rest.contains('|'))
}

/// True if the text is a row: short cells, two or more.
pub fn is_row(text: &str) -> bool {
    if !text.contains(['\t', '|']) {
        return false;
    }
    let cells = cells(text);
    (2..=MAX_COLUMNS).contains(&cells.len())
        && cells.iter().all(|c| c.len() <= MAX_CELL_BYTES)
        && cells.iter().any(|c| !c.is_empty())
}

/// The tables among passages: runs of two rows or more with as many columns, and two numbers behind the first.
///
/// The first row may lack its first cell, as where a copied line has lost the blank in front of it.
pub fn tables<'t>(passages: impl IntoIterator<Item = &'t str>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<Run> = None;
    let mut n = 0;
    for (i, text) in passages.into_iter().enumerate() {
        n = i + 1;
        if !is_row(text) {
            found.extend(open.take().and_then(|run| run.table(i)));
            continue;
        }
        let cells = cells(text);
        let numbers = cells
            .iter()
            .skip(1)
            .filter(|c| is_number(&text[(*c).clone()]));
        let n_numbers = numbers.count();
        match &mut open {
            Some(run) if run.takes(cells.len(), has_bars(text), i) => {
                run.n_columns = cells.len();
                run.n_numbers += n_numbers;
            }
            _ => {
                let run = Run {
                    start: i,
                    n_columns: cells.len(),
                    has_bars: has_bars(text),
                    n_numbers,
                };
                found.extend(open.replace(run).and_then(|run| run.table(i)));
            }
        }
    }
    found.extend(open.and_then(|run| run.table(n)));
    found
}

/// True for words that are a number with little besides: `1,204`, `about 60`, `$3.2m`, `61%*`.
pub fn is_number(cell: &str) -> bool {
    let n_digits = cell.chars().filter(|c| c.is_numeric()).count();
    let n_letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    n_digits > 0 && n_letters <= MAX_LETTERS_OF_NUMBER.max(n_digits)
}

/// "about", "million", "tonnes": letters that may stand beside a number in its cell.
const MAX_LETTERS_OF_NUMBER: usize = 12;

/// Rows that may become a table.
struct Run {
    start: usize,
    n_columns: usize,
    has_bars: bool,
    n_numbers: usize,
}

impl Run {
    /// True if passage `i` with so many cells is its next row.
    fn takes(&self, n_cells: usize, has_bars: bool, i: usize) -> bool {
        let is_wider = i == self.start + 1 && n_cells == self.n_columns + 1;
        has_bars == self.has_bars && (n_cells == self.n_columns || is_wider)
    }

    fn table(self, end: usize) -> Option<Range<usize>> {
        (self.n_numbers >= MIN_NUMBERS && end - self.start >= 2).then_some(self.start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = cells(text).into_iter().map(|c| &text[c]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn cells_stand_between_tabs_or_bars() {
        check("Orn\t12\t 7 ", &["Orn", "12", "7"]);
        check("\t2031\t2032", &["", "2031", "2032"]);
        check("| Orn | 12 ||", &["Orn", "12", ""]);
        check("|Orn|12", &["Orn", "12"]);
        check("A sentence.", &["A sentence."]);
        check("|", &["|"]);
        check("", &[""]);
        check(" \t ", &["", ""]);
    }

    #[test]
    fn a_table_is_rows_of_as_many_cells_with_numbers() {
        let passages = [
            "The counts:",
            "2031\t2032",
            "Orn\t12\t7",
            "Lisse\t3\t–",
            "That was all.",
            "1.\tThe council decides.",
            "| Post | Staff |",
            "| Orn | 40 |",
            "| Port | Boats |",
            "| Lisse | about 60 |",
        ];
        assert_eq!(tables(passages), [1..4, 6..10]);
        assert_eq!(tables(["a\tb", "c\td"]), Vec::<Range<usize>>::new());
        assert_eq!(tables(["a\t1"]), Vec::<Range<usize>>::new());
        assert_eq!(tables([]), Vec::<Range<usize>>::new());
    }

    #[test]
    fn paragraphs_in_cells_are_no_table() {
        let long = format!("{}\t12", "word ".repeat(60));
        assert!(tables([long.as_str(), long.as_str()]).is_empty());
        let wide = "1\t".repeat(100);
        assert!(!is_row(&wide));
    }

    #[test]
    fn a_number_has_few_letters_beside_it() {
        for number in ["1,204", "about 60", "$3.2m", "61%*", "1 204 [a]", "–12"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["", "–", "n/a", "Article 6 of the treaty", "four"] {
            assert!(!is_number(other), "{other}");
        }
    }
}
