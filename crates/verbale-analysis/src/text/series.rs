//! Series as tables and CSV.

use std::fmt::Write;

use super::{columns, cut, short};
use crate::{Observation, Series};

/// Each series with a heading and a row an observation.
pub fn series(list: &[Series]) -> String {
    let mut out = String::new();
    for series in list {
        let _ = writeln!(out, "{} ({})", series.title(), series.nature.as_str());
        let rows: Vec<Vec<String>> = series.observations.iter().map(row).collect();
        out.push_str(&columns(&rows));
        out.push('\n');
    }
    out
}

fn row(o: &Observation) -> Vec<String> {
    let time = if o.as_of_text.is_empty() {
        "no date"
    } else {
        &o.as_of_text
    };
    let mut marks = Vec::new();
    if !o.is_asserted {
        marks.push("denied");
    }
    if o.is_repeat {
        marks.push("repeat");
    }
    vec![
        time.to_owned(),
        o.amount.clone(),
        cut(o.speaker.as_deref().unwrap_or("-"), 36),
        o.act.to_string(),
        cut(o.publisher.as_deref().unwrap_or("-"), 28),
        short(o.claim),
        marks.join(", "),
    ]
}

/// The columns of [`series_csv`].
pub const SERIES_COLUMNS: &[&str] = &[
    "series",
    "place",
    "unit",
    "nature",
    "modality",
    "as_of",
    "as_of_from",
    "as_of_to",
    "value",
    "low",
    "high",
    "amount",
    "speaker",
    "act",
    "asserted",
    "said",
    "publisher",
    "via",
    "repeat",
    "claim",
];

/// All observations as CSV (RFC 4180) with a header.
pub fn series_csv(list: &[Series]) -> String {
    let mut out = SERIES_COLUMNS.join(",") + "\r\n";
    for series in list {
        for o in &series.observations {
            let number = |n: Option<verbale_core::Decimal>| {
                n.map_or(String::new(), |n| n.normalize().to_string())
            };
            let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| d.to_string());
            let cells = [
                series.label.clone(),
                series.place.clone().unwrap_or_default(),
                series.unit.clone().unwrap_or_default(),
                series.nature.as_str().to_owned(),
                series.modality.to_string(),
                o.as_of_text.clone(),
                day(o.as_of.map(|t| t.0)),
                day(o.as_of.map(|t| t.1)),
                number(o.value),
                number(o.low),
                number(o.high),
                o.amount.clone(),
                o.speaker.clone().unwrap_or_default(),
                o.act.to_string(),
                o.is_asserted.to_string(),
                day(o.said),
                o.publisher.clone().unwrap_or_default(),
                o.via.join("; "),
                o.is_repeat.to_string(),
                o.claim.to_string(),
            ];
            out.push_str(&cells.map(|c| quoted(&c)).join(","));
            out.push_str("\r\n");
        }
    }
    out
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(series_csv(&[]), SERIES_COLUMNS.join(",") + "\r\n");
    }
}
