//! Briefs, from outside.

use std::fs;

use serde_json::Value;

use crate::support::{Bench, err, example};

/// A case with two pages of one dispute.
fn trawlers() -> Bench {
    let bench = Bench::new();
    let pages = [
        "trawlers/ex01_wire-copy.html",
        "trawlers/ex05_anonymous.html",
    ]
    .map(example);
    bench.ok(&["add", "t.verbale", &pages[0], &pages[1]]);
    bench
}

fn read(bench: &Bench, name: &str) -> String {
    fs::read_to_string(bench.path(name)).expect(name)
}

#[test]
fn every_form_is_written_and_says_the_same() {
    let bench = trawlers();
    for name in ["b.html", "b.md", "b.docx", "b.json"] {
        bench.ok(&["brief", "t.verbale", "-o", name]);
    }
    let brief: Value = serde_json::from_str(&read(&bench, "b.json")).expect("JSON");
    let notes = brief["notes"].as_array().expect("notes");
    assert!(notes.len() > 10, "{} notes", notes.len());
    let documents = bench.ok(&[
        "read",
        &example("trawlers/ex01_wire-copy.html"),
        "--format",
        "jsonl",
    ]);
    let document: Value =
        serde_json::from_str(documents.lines().nth(1).expect("a document")).expect("JSON");
    let text = document["text"].as_str().expect("text");
    let of_page = notes.iter().filter(|n| n["page"] == document["id"]);
    let words: Vec<&str> = of_page
        .map(|n| n["words"].as_str().expect("words"))
        .collect();
    assert!(
        !words.is_empty() && words.iter().all(|w| text.contains(w)),
        "{words:?}"
    );
    let (html, markdown) = (read(&bench, "b.html"), read(&bench, "b.md"));
    for n in 1..=notes.len() {
        assert!(html.contains(&format!("<li id=\"n{n}\"")), "note {n}");
        assert!(markdown.contains(&format!("\n[^{n}]: ")), "note {n}");
    }
    assert!(
        fs::read(bench.path("b.docx"))
            .expect("b.docx")
            .starts_with(b"PK")
    );
    let works: Value = serde_json::from_str(&read(&bench, "b.csl.json")).expect("JSON");
    assert_eq!(works.as_array().map(Vec::len), Some(2));
}

#[test]
fn weak_statements_can_fail_a_run() {
    let bench = trawlers();
    let brief = ["brief", "t.verbale", "-o", "b.html"];
    assert_eq!(bench.run(&brief).status.code(), Some(0));
    let out = bench.run(&[&brief[..], &["--fail-on", "weak"]].concat());
    assert_eq!(out.status.code(), Some(1));
    assert!(err(&out).contains("single origin"), "{}", err(&out));
    let nothing = ["--about", "no such thing", "--fail-on", "weak,machine-read"];
    assert_eq!(
        bench.run(&[&brief[..], &nothing].concat()).status.code(),
        Some(0)
    );
}

#[test]
fn a_form_that_cannot_be_made_says_what_to_do() {
    let bench = trawlers();
    let out = bench.run(&["brief", "t.verbale", "-o", "b.odt"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(err(&out).contains("html, md, docx, pdf"), "{}", err(&out));
    let mut command = bench.command(&["brief", "t.verbale", "-o", "b.pdf"]);
    let out = command
        .env("PATH", bench.path("empty"))
        .output()
        .expect("the program starts");
    assert_eq!(out.status.code(), Some(2));
    assert!(err(&out).contains("cargo build --release"), "{}", err(&out));
    assert!(!bench.path("b.pdf").exists());
}
