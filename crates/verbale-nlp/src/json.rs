//! spaCy's JSON form of a doc (`doc.to_json()`), whose offsets count code points.

use serde_json::{Value, json};

use crate::{Doc, TokenAnnotation};

/// JSON that is not a doc as spaCy prints it.
#[derive(Debug, thiserror::Error)]
#[error("not a spaCy doc: {0}")]
pub struct JsonError(String);

impl Doc {
    /// Reads what spaCy's `doc.to_json()` printed. A key `norms` of our own may give norms by position.
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
        let mut read = Self::from_parts(text, tokens);
        for (i, norm) in doc["norms"].as_object().into_iter().flatten() {
            if let (Ok(i), Some(norm)) = (i.parse(), norm.as_str()) {
                read.set_norm(i, norm);
            }
        }
        Ok(read)
    }

    /// The doc as spaCy's `doc.to_json()` prints it, with offsets in code points.
    pub fn to_json(&self) -> Value {
        let mut chars = Chars {
            text: self.text(),
            byte: 0,
            char: 0,
        };
        let places: Vec<(usize, usize)> = self
            .tokens()
            .map(|t| (chars.at(t.range().start), chars.at(t.range().end)))
            .collect();
        let range = |first: usize, last: usize| (places[first].0, places[last].1);
        let ents: Vec<Value> = self
            .ents()
            .map(|e| {
                let (start, end) = range(e.start(), e.end() - 1);
                json!({"start": start, "end": end, "label": e.label()})
            })
            .collect();
        let sents: Vec<Value> = self
            .sents()
            .map(|s| {
                let (start, end) = range(s.start(), s.end() - 1);
                json!({"start": start, "end": end})
            })
            .collect();
        let tokens: Vec<Value> = self
            .tokens()
            .map(|t| {
                json!({
                    "id": t.i(),
                    "start": places[t.i()].0,
                    "end": places[t.i()].1,
                    "tag": t.tag(),
                    "pos": t.pos(),
                    "morph": t.morph(),
                    "lemma": t.lemma(),
                    "dep": t.dep(),
                    "head": t.head().i(),
                })
            })
            .collect();
        json!({"text": self.text(), "ents": ents, "sents": sents, "tokens": tokens})
    }
}

/// Counts code points up to bytes that only go forward.
struct Chars<'t> {
    text: &'t str,
    byte: usize,
    char: usize,
}

impl Chars<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.char += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.char
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_comes_back() {
        let doc = json!({
            "text": "Zoë lives in São Tomé. Yes.",
            "ents": [{"start": 0, "end": 3, "label": "PERSON"}, {"start": 13, "end": 21, "label": "GPE"}],
            "sents": [{"start": 0, "end": 22}, {"start": 23, "end": 27}],
            "tokens": [
                {"id": 0, "start": 0, "end": 3, "tag": "NNP", "pos": "PROPN", "morph": "Number=Sing", "lemma": "Zoë", "dep": "nsubj", "head": 1},
                {"id": 1, "start": 4, "end": 9, "tag": "VBZ", "pos": "VERB", "morph": "", "lemma": "live", "dep": "ROOT", "head": 1},
                {"id": 2, "start": 10, "end": 12, "tag": "IN", "pos": "ADP", "morph": "", "lemma": "in", "dep": "prep", "head": 1},
                {"id": 3, "start": 13, "end": 16, "tag": "NNP", "pos": "PROPN", "morph": "", "lemma": "São", "dep": "compound", "head": 4},
                {"id": 4, "start": 17, "end": 21, "tag": "NNP", "pos": "PROPN", "morph": "", "lemma": "Tomé", "dep": "pobj", "head": 2},
                {"id": 5, "start": 21, "end": 22, "tag": ".", "pos": "PUNCT", "morph": "", "lemma": ".", "dep": "punct", "head": 1},
                {"id": 6, "start": 23, "end": 26, "tag": "UH", "pos": "INTJ", "morph": "", "lemma": "yes", "dep": "ROOT", "head": 6},
                {"id": 7, "start": 26, "end": 27, "tag": ".", "pos": "PUNCT", "morph": "", "lemma": ".", "dep": "punct", "head": 6},
            ],
        });
        assert_eq!(Doc::from_json(&doc).unwrap().to_json(), doc);
    }

    #[test]
    fn what_is_no_doc() {
        for doc in [
            json!({}),
            json!({"text": "a", "tokens": [{"start": 0, "end": 2}]}),
        ] {
            assert!(Doc::from_json(&doc).is_err(), "{doc}");
        }
    }
}
