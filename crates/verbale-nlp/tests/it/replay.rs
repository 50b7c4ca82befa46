//! What the pipelines say of sentences written for the purpose, against what spaCy said.
//! `eval/spacy/record.py` made the fixtures.

use serde_json::Value;
use verbale_nlp::{Doc, Pipeline};

use crate::models::{ENGLISH, FRENCH};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/spacy/");

fn recorded(file: &str) -> Vec<Value> {
    let path = format!("{FIXTURES}{file}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let lines = text
        .lines()
        .skip(1)
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines.collect()
}

/// One column of a doc as the recorder writes it.
fn column(doc: &Doc, key: &str) -> Value {
    let strings = |get: fn(verbale_nlp::Token<'_>) -> String| doc.tokens().map(get).collect();
    let chars = |byte: usize| doc.text()[..byte].chars().count();
    match key {
        "idx" => doc.tokens().map(|t| chars(t.range().start)).collect(),
        "len" => doc.tokens().map(|t| t.text().chars().count()).collect(),
        "tag" => strings(|t| t.tag().to_owned()),
        "pos" => strings(|t| t.pos().to_owned()),
        "morph" => strings(|t| t.morph().to_owned()),
        "lemma" => strings(|t| t.lemma().to_owned()),
        "dep" => strings(|t| t.dep().to_owned()),
        "head" => doc.tokens().map(|t| t.head().i()).collect(),
        "sents" => doc.sents().map(|s| s.start()).collect(),
        "ents" => doc
            .ents()
            .map(|e| serde_json::json!([e.start(), e.end(), e.label()]))
            .collect(),
        _ => unreachable!("a column of the recorder"),
    }
}

fn replay(pipeline: &Pipeline, file: &str) {
    const COLUMNS: [&str; 10] = [
        "idx", "len", "tag", "pos", "morph", "lemma", "dep", "head", "sents", "ents",
    ];
    let recorded = recorded(file);
    let texts = recorded
        .iter()
        .map(|r| r["text"].as_str().expect("a text").to_owned());
    let mut tokens = 0;
    for (doc, recorded) in pipeline.read_all(texts).zip(&recorded) {
        for key in COLUMNS {
            assert_eq!(
                column(&doc, key),
                recorded[key],
                "{key} of {:?}",
                doc.text()
            );
        }
        for t in doc.tokens() {
            let norm = match &recorded["norms"][t.i().to_string()] {
                Value::String(norm) => norm.clone(),
                _ => t.lower(),
            };
            assert_eq!(t.norm(), norm, "norm of {t:?} in {:?}", doc.text());
        }
        tokens += doc.len();
    }
    assert!(tokens > 500, "{tokens} tokens");
}

#[test]
fn english() {
    replay(&ENGLISH, "en_core_web_sm.jsonl");
}

#[test]
fn french() {
    if let Some(french) = &*FRENCH {
        replay(french, "fr_core_news_sm.jsonl");
    }
}
