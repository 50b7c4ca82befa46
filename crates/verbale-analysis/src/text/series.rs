//! Series as tables and CSV.

use std::fmt::Write;

use super::{columns, cut, short};
use crate::{Observation, Series, Supports};

/// Each series with a heading and a row an observation, with what stands behind it.
pub fn series(list: &[Series], supports: &Supports) -> String {
    let mut out = String::new();
    for series in list {
        let _ = writeln!(out, "{} ({})", series.title(), series.nature.as_str());
        let rows: Vec<Vec<String>> = series
            .observations
            .iter()
            .map(|o| row(o, supports))
            .collect();
        out.push_str(&columns(&rows));
        out.push('\n');
    }
    out
}

fn row(o: &Observation, supports: &Supports) -> Vec<String> {
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
        supports.of(o.claim).short(),
        short(o.claim),
        marks.join(", "),
    ]
}
