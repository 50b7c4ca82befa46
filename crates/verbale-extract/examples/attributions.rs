//! Prints the attributions of documents with recorded parses, one row a mark, as scorers take them.
//!
//! Usage: `attributions DOCS.jsonl PARSES.jsonl > ROWS.jsonl`. A line of DOCS has `doc_id` and `text`; a line of
//! PARSES is what spaCy's `doc.to_json()` gave for one line of one of the texts.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use serde_json::{Value, json};
use verbale_core::{Document, Metadata, PageId, Passage, Role, TextRange, TextSize};
use verbale_extract::{Reading, attribution};
use verbale_nlp::Doc;
use verbale_pack::Packs;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, docs, parses] = args.as_slice() else {
        return Err("usage: attributions DOCS.jsonl PARSES.jsonl".into());
    };
    let mut recorded: HashMap<String, Doc> = HashMap::new();
    for line in lines(parses)? {
        let doc = Doc::from_json(&serde_json::from_str(&line?)?)?;
        recorded.insert(doc.text().to_owned(), doc);
    }
    let packs = Packs::builtin();
    let mut out = std::io::stdout().lock();
    for line in lines(docs)? {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let document = as_is(text);
        let reading = Reading::new(&document, |words| {
            recorded
                .get(words)
                .cloned()
                .unwrap_or_else(|| Doc::from_parts(words, Vec::new()))
        });
        let marks = attribution::find(&reading, &packs, &[]).marks;
        for r in attribution::rows(document.text(), &marks) {
            let mark = &marks[r.mark];
            let line = json!({
                "doc_id": row["doc_id"], "content": r.content, "source": r.source, "cue": r.cue,
                "form": r.form, "rule": mark.rule, "nature": format!("{:?}", mark.nature), "parent": mark.parent,
                "speaker": mark.attribution.speaker.as_ref().map(|s| &s.name), "org": mark.attribution.speaker.as_ref().map(|s| &s.org), "role": mark.attribution.speaker.as_ref().map(|s| &s.role), "anon": mark.attribution.speaker.as_ref().map(|s| format!("{:?}", s.anonymity)), "via": mark.attribution.via, "act": mark.attribution.act.as_str(), "obo": mark.attribution.on_behalf_of,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn lines(path: &str) -> std::io::Result<std::io::Lines<std::io::BufReader<std::fs::File>>> {
    Ok(std::io::BufReader::new(std::fs::File::open(path)?).lines())
}

/// A document that is its text, one body passage a line.
fn as_is(text: String) -> Document {
    let mut passages = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let start = TextSize::from(at as u32);
            let range = TextRange::at(start, TextSize::of(line));
            passages.push(Passage {
                role: Role::Body,
                range,
                repeats: None,
            });
        }
        at += line.len() + 1;
    }
    Document::new(
        PageId::of(text.as_bytes()),
        text,
        passages,
        Metadata::default(),
    )
}
