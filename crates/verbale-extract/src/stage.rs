//! Marks as flat rows, for measuring one stage at a time.
//!
//! Offsets count code points into the document's text, as the public scorers do.

use verbale_core::{OffsetTable, PartialDate};

use crate::{Reading, times};

/// One time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRow {
    /// First character.
    pub start: usize,
    /// After the last character.
    pub end: usize,
    /// The TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    pub kind: &'static str,
    /// The TIMEX3 value; absent where an anchor is missing and the words alone denote nothing.
    pub value: Option<String>,
    /// The TIMEX3 modifier.
    pub modifier: Option<&'static str>,
    /// The words.
    pub text: String,
}

/// The time expressions of a reading as TIMEX3 has them: the ends of a pair, and the pair.
pub fn time_rows(reading: &Reading<'_>, published: Option<PartialDate>) -> Vec<TimeRow> {
    let chars = OffsetTable::new(reading.document().text());
    times::find_all(reading, published)
        .into_iter()
        .filter_map(|t| {
            let range = t.range?;
            Some(TimeRow {
                start: chars.to_char(range.start()).0 as usize,
                end: chars.to_char(range.end()).0 as usize,
                kind: t.kind.as_str(),
                value: t.value,
                modifier: t.modifier.map(|m| m.as_str()),
                text: t.raw,
            })
        })
        .collect()
}
