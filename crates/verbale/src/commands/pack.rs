//! `verbale pack`: packs of domain knowledge.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use verbale_core::{Claim, Document, Metadata, PartialDate, Proposition};
use verbale_extract::patterns::Patterns;
use verbale_pack::{Packs, check, check::Found, read_files};

use super::Talk;
use crate::{
    Exit,
    cli::PackCommand,
    engine::{Engine, LANGUAGES},
    packs,
    worker::PAGE_SECONDS,
};

pub(crate) fn run(command: &PackCommand, talk: Talk) -> Result<Exit> {
    match command {
        PackCommand::Check { path } => check_pack(path, talk),
        PackCommand::New { name } => new(name, talk),
        PackCommand::List => list(),
    }
}

fn list() -> Result<Exit> {
    let mut out = io::stdout().lock();
    for pack in packs::in_use()?.headers() {
        writeln!(out, "{:<14} {:<10} {}", pack.id, pack.version, pack.title)?;
    }
    Ok(Exit::Done)
}

/// The template, with a remark on each line.
const TEMPLATE: &str = include_str!("../../../../packs/TEMPLATE.toml");

/// Writes a template that passes the check, so that an expert starts from something that works.
fn new(name: &str, talk: Talk) -> Result<Exit> {
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(is_id) {
        bail!("expected letters a to z, digits and hyphens, found `{name}`");
    }
    let path = format!("{name}.toml");
    let mut file = File::create_new(&path).with_context(|| format!("cannot make {path}"))?;
    file.write_all(TEMPLATE.replacen("my-topic", name, 1).as_bytes())?;
    talk.say(&format!(
        "wrote {path}; `verbale pack check {path}` runs its tests"
    ));
    Ok(Exit::Done)
}

/// Checks a pack; its test sentences are read with the language model.
fn check_pack(path: &Path, talk: Talk) -> Result<Exit> {
    let files = read_files(path)?;
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let engine = Engine::load(PAGE_SECONDS)?;
    let mut reader = Sentences {
        engine: &engine,
        packs: Packs::default(),
        patterns: Patterns::default(),
    };
    let report = check::check(&files, &Packs::builtin(), Some(&mut reader));
    let mut out = io::stdout().lock();
    for fault in &report.faults {
        writeln!(out, "{fault}")?;
    }
    talk.say(&format!(
        "{} faults, {} tests run, {} skipped",
        report.faults.len(),
        report.n_tests,
        report.n_skipped
    ));
    Ok(if report.faults.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

/// Reads test sentences with the engine's language model and the packs under check.
struct Sentences<'e> {
    engine: &'e Engine,
    packs: Packs,
    patterns: Patterns,
}

impl check::Reader for Sentences<'_> {
    fn take(&mut self, packs: &Packs) -> Result<(), verbale_pack::Error> {
        self.patterns = Patterns::compile(packs, LANGUAGES[0])?;
        self.packs = packs.clone();
        Ok(())
    }

    fn read(&mut self, sentence: &str) -> Vec<Found> {
        let document = document(sentence);
        let claims = self
            .engine
            .claims_with(&document, &self.packs, &self.patterns);
        claims.iter().map(found).collect()
    }
}

/// A test sentence as a page without a date and a publisher.
fn document(sentence: &str) -> Document {
    let made = verbale_read::as_is(
        sentence.to_owned(),
        None::<PartialDate>,
        &Default::default(),
    );
    let mut document = made.value;
    document.metadata = Metadata {
        language: "en".to_owned(),
        ..Metadata::default()
    };
    document
}

/// A claim as a test row looks at it.
fn found(claim: &Claim) -> Found {
    let (label, subject) = match &claim.proposition {
        Proposition::Figure(f) => (f.subject.clone(), f.place.clone().unwrap_or_default()),
        Proposition::Status(s) => (s.status.clone(), s.subject.clone()),
        Proposition::Event(e) => (e.label.clone(), e.actors.join(", ")),
        Proposition::Obligation(o) => (o.action.clone(), o.party.clone().unwrap_or_default()),
        Proposition::Position(p) => (p.stance.clone(), p.holder.clone()),
    };
    Found {
        kind: claim.kind(),
        label,
        subject,
    }
}
