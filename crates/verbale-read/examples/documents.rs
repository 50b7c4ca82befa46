//! Prints the documents of the files given, one JSON object a line, in the shape of the exchange format.
//!
//! `cargo run --release -p verbale-read --example documents -- FILE… > documents.jsonl`
//! Without files it reads their names from its standard input, one a line, and answers each at once.
//! It is what `eval/pages` measures with.
#![allow(clippy::print_stderr, reason = "a program prints")]

use std::{
    env, fs,
    io::{self, Write},
    process::ExitCode,
};

use serde_json::{Value, json};
use verbale_core::{Document, PageOrigin};
use verbale_read::Limits;

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let outcome = if given.is_empty() {
        io::stdin().lines().try_for_each(|path| print(&path?))
    } else {
        given.iter().try_for_each(|path| print(path))
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

/// Prints the documents of one file.
fn print(path: &str) -> io::Result<()> {
    let limits = Limits::default();
    let bytes = fs::read(path).map_err(|e| io::Error::new(e.kind(), format!("{path}: {e}")))?;
    let origin = PageOrigin {
        path: path.to_owned(),
        ..PageOrigin::default()
    };
    let pages = verbale_read::pages(bytes, origin, &limits);
    for d in &pages.diagnostics {
        eprintln!("{path}: {d}");
    }
    let mut out = io::stdout().lock();
    for page in &pages.value {
        let read = verbale_read::document(page, &limits);
        writeln!(out, "{}", to_json(path, &read.value))?;
    }
    out.flush()
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
