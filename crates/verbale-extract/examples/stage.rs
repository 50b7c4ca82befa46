//! Prints the marks of one stage for recorded parses, one JSON object a line, for the public scorers.
//!
//! `stage times|quantities FILE.jsonl`, where each line has `doc_id`, `text`, `dct` and `parse`, the last as
//! spaCy's `Doc.to_json()` prints it. `verbale read --as-is` prints the same from its own parses.

use std::{
    env,
    error::Error,
    fs::File,
    io::{BufRead, BufReader, Write},
};

use serde_json::{Value, json};
use verbale_core::{
    Decimal, Document, Metadata, PageId, PartialDate, Passage, Role, TextRange, TextSize,
};
use verbale_extract::{Reading, stage};
use verbale_nlp::Doc;
use verbale_pack::Packs;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [stage, path] = args.as_slice() else {
        return Err("usage: stage times|quantities FILE.jsonl".into());
    };
    let packs = Packs::builtin();
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(File::open(path)?).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let doc = Doc::from_json(&record["parse"])?;
        let document = as_is(doc.text());
        let reading = Reading::new(&document, |_| doc.clone());
        let published: Option<PartialDate> = record["dct"].as_str().and_then(|d| d.parse().ok());
        for mut row in rows(stage, &reading, published, &packs)? {
            row["doc_id"] = record["doc_id"].clone();
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}

/// A document of one body passage.
fn as_is(text: &str) -> Document {
    let range = TextRange::up_to(TextSize::of(text));
    let passage = Passage {
        role: Role::Body,
        range,
        repeats: None,
    };
    let page = PageId::of(text.as_bytes());
    Document::new(page, text.to_owned(), vec![passage], Metadata::default())
}

fn rows(
    name: &str,
    reading: &Reading<'_>,
    published: Option<PartialDate>,
    packs: &Packs,
) -> Result<Vec<Value>, String> {
    match name {
        "times" => Ok(stage::time_rows(reading, published)
            .into_iter()
            .map(|r| {
                json!({"start": r.start, "end": r.end, "type": r.kind, "value": r.value, "mod": r.modifier, "text": r.text})
            })
            .collect()),
        "quantities" => Ok(stage::quantity_rows(reading, published, packs)
            .into_iter()
            .map(|r| {
                let number = |n: Option<Decimal>| n.map(|n| n.normalize().to_string());
                json!({
                    "start": r.start, "end": r.end, "value": number(r.quantity.value), "low": number(r.quantity.low),
                    "high": number(r.quantity.high), "approximator": r.quantity.approximator, "unit": r.quantity.unit,
                    "per": r.quantity.per, "phrase": r.phrase, "nature": r.nature, "change": r.change, "pair": r.pair,
                    "base": r.base, "capacity": r.capacity, "in_date": r.in_date, "number": r.number, "text": r.text,
                })
            })
            .collect()),
        other => Err(format!("unknown stage `{other}`")),
    }
}
