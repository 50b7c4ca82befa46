//! Prints the documents of the files given, one JSON object a line, in the shape of the exchange format.
//!
//! `cargo run --release -p verbale-read --example documents -- FILE… > documents.jsonl`
//! It is what `eval/pages` measures with.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program prints"
)]

use std::{env, fs, process::ExitCode};

use serde_json::{Value, json};
use verbale_core::{Document, PageOrigin};
use verbale_read::Limits;

fn main() -> ExitCode {
    let limits = Limits::default();
    for path in env::args().skip(1) {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) => {
                eprintln!("{path}: {e}");
                return ExitCode::from(2);
            }
        };
        let origin = PageOrigin {
            path: path.clone(),
            ..PageOrigin::default()
        };
        let pages = verbale_read::pages(bytes, origin, &limits);
        for d in &pages.diagnostics {
            eprintln!("{path}: {d}");
        }
        for page in &pages.value {
            let read = verbale_read::document(page, &limits);
            println!("{}", to_json(&path, &read.value));
        }
    }
    ExitCode::SUCCESS
}

fn to_json(path: &str, document: &Document) -> Value {
    let m = &document.metadata;
    let passages: Vec<Value> = document
        .passages()
        .iter()
        .map(|p| json!({"role": p.role.as_str(), "text": document.slice(p.range), "repeats": p.repeats}))
        .collect();
    json!({
        "path": path,
        "metadata": {
            "title": m.title, "authors": m.authors, "outlet": m.publisher, "agency": m.agency,
            "published": m.published.as_ref().map(|p| p.date.to_string()), "source_kind": m.kind,
            "language": m.language, "dateline": m.dateline, "address": m.address,
            "updated": m.updated.map(|d| d.to_string()),
        },
        "published_by": m.published.as_ref().map(|p| &p.rule),
        "text": document.text(),
        "passages": passages,
    })
}
