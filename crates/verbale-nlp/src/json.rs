//! spaCy's JSON form of a doc (`doc.to_json()`), whose offsets count code points.

use serde_json::Value;

use crate::{Doc, TokenAnnotation};

/// JSON that is not a doc as spaCy prints it.
#[derive(Debug, thiserror::Error)]
#[error("not a spaCy doc: {0}")]
pub struct JsonError(String);

impl Doc {
    /// Reads what spaCy's `doc.to_json()` printed.
    ///
    /// # Errors
    /// If a field is missing or an offset lies outside the text.
    pub fn from_json(doc: &Value) -> Result<Self, JsonError> {
        let fail = |what: &str| JsonError(format!("no valid {what}"));
        let text = doc["text"].as_str().ok_or_else(|| fail("`text`"))?;
        let bytes: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let offset = |v: &Value| v.as_u64().and_then(|n| bytes.get(n as usize)).copied();
        let list = |key: &str| doc[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let word = |t: &Value, key: &str| t[key].as_str().unwrap_or_default().to_owned();

        let n = list("tokens").len();
        let mut tokens = Vec::with_capacity(n);
        let mut last = 0;
        for (i, t) in list("tokens").iter().enumerate() {
            let start = offset(&t["start"]).ok_or_else(|| fail("token start"))?;
            let end = offset(&t["end"]).ok_or_else(|| fail("token end"))?;
            if start < last || end < start {
                return Err(fail("order of tokens"));
            }
            last = end;
            let head = t["head"].as_u64().map_or(i, |h| h as usize);
            if head >= n {
                return Err(fail("head"));
            }
            tokens.push(TokenAnnotation {
                range: start..end,
                lemma: word(t, "lemma"),
                tag: word(t, "tag"),
                pos: word(t, "pos"),
                morph: word(t, "morph"),
                dep: word(t, "dep"),
                head,
                ..TokenAnnotation::default()
            });
        }
        for s in list("sents") {
            let start = offset(&s["start"]).ok_or_else(|| fail("sentence start"))?;
            if let Some(t) = tokens.iter_mut().find(|t| t.range.start == start) {
                t.sent_start = true;
            }
        }
        for e in list("ents") {
            let start = offset(&e["start"]).ok_or_else(|| fail("entity start"))?;
            let end = offset(&e["end"]).ok_or_else(|| fail("entity end"))?;
            let label = word(e, "label");
            for t in tokens
                .iter_mut()
                .filter(|t| t.range.start >= start && t.range.end <= end)
            {
                t.ent_type.clone_from(&label);
                t.ent_start = t.range.start == start;
            }
        }
        Ok(Self::from_parts(text, tokens))
    }
}
