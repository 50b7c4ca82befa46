//! The ledgers as plain text for a terminal.
//!
//! Not here: colors and widths, which are a terminal's business; rows for CSV and JSON are in `sheet`.

mod disputes;
mod record;
mod series;

pub use disputes::{conflicts, impact, standings, verdict};
pub use record::{obligations, presence, restrictions, timeline};
pub use series::series;

use jiff::civil::Date;
use verbale_core::ClaimId;

/// An id as far as a reader needs it to find the claim: `clm_` and eight letters.
fn short(id: ClaimId) -> String {
    id.to_string().chars().take(12).collect()
}

/// One day, or the two ends of a run of days.
fn days((start, end): (Date, Date)) -> String {
    if start == end {
        start.to_string()
    } else {
        format!("{start}/{end}")
    }
}

/// Words in one line, cut after `width` characters.
fn cut(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    let kept: String = line.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// Rows in columns as wide as their widest cell, two blanks between.
fn columns(rows: &[Vec<String>]) -> String {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| {
        rows.iter()
            .filter_map(|r| r.get(c))
            .map(|s| s.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let pad = width - cell.chars().count() + 2;
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', pad));
        }
        out.push_str("  ");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
