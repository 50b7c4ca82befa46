//! Marks as rows of the form that scorers of attribution take.

use verbale_core::{OffsetTable, TextRange};

use super::{AttributionMark, Form};

/// One mark in code points of the document's text.
///
/// Source: the fields of the PolNeAR exchange rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The mark's index.
    pub mark: usize,
    /// The content's pieces, half-open.
    pub content: Vec<(u32, u32)>,
    /// The speaker's words.
    pub source: Vec<(u32, u32)>,
    /// The cue's words.
    pub cue: Vec<(u32, u32)>,
    /// `direct`, `indirect` or `mixed`.
    pub form: &'static str,
}

/// The rows of a document's outermost marks, in the same order.
///
/// The exchange form knows no nesting: what is attributed inside somebody else's words has no row of its own.
pub fn rows(text: &str, marks: &[AttributionMark]) -> Vec<Row> {
    let offsets = OffsetTable::new(text);
    let chars = |ranges: &[TextRange]| {
        ranges
            .iter()
            .map(|r| (offsets.to_char(r.start()).0, offsets.to_char(r.end()).0))
            .collect()
    };
    marks
        .iter()
        .enumerate()
        .filter(|(_, m)| m.parent.is_none())
        .map(|(mark, m)| Row {
            mark,
            content: chars(&m.content),
            source: chars(&m.speaker),
            cue: chars(&m.cue),
            form: match m.form {
                Form::Direct => "direct",
                Form::Indirect => "indirect",
                Form::Mixed => "mixed",
            },
        })
        .collect()
}
