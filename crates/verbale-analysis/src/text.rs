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

/// One day, whole months or years as ISO prefixes, or the two ends of a run of days: `2020-03`, `1941/1945`.
fn days((start, end): (Date, Date)) -> String {
    let is_month = start.day() == 1 && end == end.last_of_month();
    let is_year = is_month && start.month() == 1 && end.month() == 12;
    let length = match (is_year, is_month) {
        (true, _) => "YYYY".len(),
        (_, true) => "YYYY-MM".len(),
        _ => "YYYY-MM-DD".len(),
    };
    // Years before the common era print longer; they stay whole.
    let [start, end] = [start, end].map(|day| match (day.year(), day.to_string()) {
        (0.., text) => text[..length.min(text.len())].to_owned(),
        (_, text) => text,
    });
    if start == end {
        start
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_and_years_are_prefixes() {
        let of = |a: &str, b: &str| days((a.parse().expect("a date"), b.parse().expect("a date")));
        assert_eq!(of("2020-03-01", "2020-03-31"), "2020-03");
        assert_eq!(of("2020-01-01", "2020-12-31"), "2020");
        assert_eq!(of("1941-01-01", "1945-12-31"), "1941/1945");
        assert_eq!(of("2019-11-01", "2020-02-29"), "2019-11/2020-02");
        assert_eq!(of("2020-03-02", "2020-03-31"), "2020-03-02/2020-03-31");
        assert_eq!(of("2020-02-29", "2020-02-29"), "2020-02-29");
    }
}
