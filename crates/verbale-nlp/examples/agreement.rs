//! Holds this runtime against what spaCy said: `agreement MODEL RECORDED.jsonl…`, with files that `eval/spacy/record.py` made.
//!
//! Prints the share of tokens that agree, attribute by attribute, and exits with 1 if one of them is under the bar.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(clippy::needless_range_loop, reason = "several lists run side by side")]

use std::io::{BufRead, BufReader};

use serde_json::Value;
use verbale_nlp::{Doc, Pipeline};

/// Share of tokens that must agree.
const BAR: f64 = 0.999;
/// Differences that are printed in full.
const SHOWN: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("which model?")?;
    let pipeline = Pipeline::load(model)?;
    let mut report = Report::default();
    for path in args {
        for line in BufReader::new(std::fs::File::open(path)?).lines() {
            let recorded: Value = serde_json::from_str(&line?)?;
            if let Some(text) = recorded["text"].as_str() {
                report.add(&recorded, &pipeline.read(text));
            }
        }
    }
    report.print();
    if report.is_under(BAR) {
        std::process::exit(1);
    }
    Ok(())
}

#[derive(Default)]
struct Report {
    docs: usize,
    tokens: usize,
    rows: Vec<(&'static str, usize)>,
    shown: usize,
}

impl Report {
    fn add(&mut self, recorded: &Value, doc: &Doc) {
        let list = |key: &str| {
            recorded[key]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default()
        };
        let n = list("idx").len();
        self.docs += 1;
        self.tokens += n;
        let text = doc.text();
        let ends: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let at = |v: &Value| v.as_u64().map_or(0, |i| ends[i as usize]);
        let same_tokens = doc.len() == n
            && doc.tokens().enumerate().all(|(i, t)| {
                t.range().start == at(&list("idx")[i])
                    && text[t.range()].chars().count() as u64 == list("len")[i]
            });
        self.count("tokens", n, if same_tokens { 0 } else { n }, doc, || {
            String::new()
        });
        let mut ents = vec![String::new(); n];
        for e in list("ents") {
            let place = |i: usize| e[i].as_u64().unwrap_or(0) as usize;
            for i in place(0)..place(1) {
                let side = if i == place(0) { 'B' } else { 'I' };
                ents[i] = format!("{side}-{}", e[2].as_str().unwrap_or_default());
            }
        }
        let starts: Vec<usize> = list("sents")
            .iter()
            .map(|v| v.as_u64().unwrap_or(0) as usize)
            .collect();
        for key in [
            "norm", "tag", "pos", "morph", "lemma", "head", "dep", "sents", "ents",
        ] {
            let mut wrong = 0;
            let mut first = None;
            for i in 0..n {
                if !same_tokens {
                    wrong += 1;
                    continue;
                }
                let t = doc.token(i);
                let ours = match key {
                    "norm" => t.norm().into_owned(),
                    "tag" => t.tag().to_owned(),
                    "pos" => t.pos().to_owned(),
                    "morph" => t.morph().to_owned(),
                    "lemma" => t.lemma().to_owned(),
                    "head" => t.head().i().to_string(),
                    "dep" => t.dep().to_owned(),
                    "sents" => t.is_sent_start().to_string(),
                    _ if t.ent_iob() == "O" => String::new(),
                    _ => format!("{}-{}", t.ent_iob(), t.ent_type()),
                };
                let theirs = match key {
                    "sents" => starts.contains(&i).to_string(),
                    "ents" => ents[i].clone(),
                    "norm" => match &recorded["norms"][i.to_string()] {
                        Value::String(s) => s.clone(),
                        _ => t.lower(),
                    },
                    _ => match &list(key)[i] {
                        Value::String(s) => s.clone(),
                        v => v.to_string(),
                    },
                };
                if ours != theirs {
                    wrong += 1;
                    first.get_or_insert((i, ours, theirs));
                }
            }
            self.count(key, n, wrong, doc, || format!("{first:?}"));
        }
    }

    fn count(
        &mut self,
        key: &'static str,
        n: usize,
        wrong: usize,
        doc: &Doc,
        what: impl Fn() -> String,
    ) {
        match self.rows.iter_mut().find(|(k, _)| *k == key) {
            Some((_, right)) => *right += n - wrong,
            None => self.rows.push((key, n - wrong)),
        }
        if wrong > 0 && self.shown < SHOWN {
            self.shown += 1;
            let start: String = doc.text().chars().take(120).collect();
            println!("{key}: {} ({start:?})", what());
        }
    }

    fn print(&self) {
        println!("{} texts, {} tokens", self.docs, self.tokens);
        for (key, right) in &self.rows {
            let share = 100.0 * *right as f64 / self.tokens.max(1) as f64;
            println!("{key:8} {share:8.3} %  {} differ", self.tokens - right);
        }
    }

    fn is_under(&self, bar: f64) -> bool {
        self.rows
            .iter()
            .any(|(_, right)| (*right as f64) < bar * self.tokens as f64)
    }
}
