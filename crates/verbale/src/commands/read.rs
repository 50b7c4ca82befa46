//! `verbale read`: pages in, documents with their claims out, no case file.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use verbale_case::exchange::{DocumentLine, Writer};

use super::{Talk, machine_format};
use crate::{
    Exit,
    cli::{ReadArgs, Stage},
    engine::{Engine, InputReading},
    inputs::Inputs,
    parallel, view,
};

mod stages;

pub(crate) fn run(args: &ReadArgs, talk: Talk) -> Result<Exit> {
    if args.as_is {
        return stages::as_is(args, talk);
    }
    if !matches!(args.stage, Stage::Claims | Stage::Document) {
        return stages::pages(args, talk);
    }
    let engine = Engine::load()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut tally = Tally::default();
    match machine_format(args.format) {
        Some(format) => {
            let mut writer = Writer::new(&mut out, format)?;
            each_input(args, &engine, talk, &mut tally, |line| {
                Ok(writer.write(line)?)
            })?;
            writer.finish()?;
        }
        None => {
            let mut first = true;
            each_input(args, &engine, talk, &mut tally, |line| {
                if !std::mem::take(&mut first) {
                    writeln!(out, "\n")?;
                }
                Ok(out.write_all(view::document(line, talk.style).as_bytes())?)
            })?;
        }
    }
    out.flush()?;
    Ok(tally.finish(talk))
}

fn each_input(
    args: &ReadArgs,
    engine: &Engine,
    talk: Talk,
    tally: &mut Tally,
    mut each: impl FnMut(&DocumentLine) -> Result<()>,
) -> Result<()> {
    let inputs = Inputs::collect(&args.paths);
    tally.skip_all(inputs.skipped, talk);
    let threads = args.work.threads.unwrap_or_else(parallel::default_threads);
    parallel::ordered(
        &inputs.items,
        threads,
        |input| engine.read(input, &|_| false),
        |reading| {
            tally.count(&reading, talk);
            reading.pages.iter().try_for_each(|page| each(&page.line()))
        },
    )
}

/// What was read and what was not, for the last line and the exit code.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    n_pages: usize,
    n_claims: usize,
    n_known: usize,
    n_skipped: usize,
}

impl Tally {
    /// Counts the pages of an input and tells what kept others out.
    pub(crate) fn count(&mut self, reading: &InputReading, talk: Talk) {
        self.n_pages += reading.pages.len();
        self.n_known += reading.known.len();
        self.n_claims += reading.pages.iter().map(|p| p.claims.len()).sum::<usize>();
        self.n_skipped += usize::from(reading.pages.is_empty() && reading.known.is_empty());
        for d in &reading.skipped {
            talk.say(&format!("{}: {d}", reading.path));
        }
    }

    /// Counts inputs that could not even be listed.
    pub(crate) fn skip_all(
        &mut self,
        skipped: Vec<(String, verbale_core::Diagnostic)>,
        talk: Talk,
    ) {
        self.n_skipped += skipped.len();
        for (path, d) in skipped {
            talk.say(&format!("{path}: {d}"));
        }
    }

    /// Prints the count; failed only if nothing at all could be read.
    pub(crate) fn finish(&self, talk: Talk) -> Exit {
        let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        let mut line = format!(
            "{}, {}",
            plural(self.n_pages, "page"),
            plural(self.n_claims, "claim")
        );
        if self.n_known > 0 {
            line.push_str(&format!(", {} already there", self.n_known));
        }
        if self.n_skipped > 0 {
            line.push_str(&format!(", {} skipped", self.n_skipped));
        }
        talk.say(&line);
        let nothing = self.n_pages + self.n_known == 0;
        if nothing && self.n_skipped > 0 {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}
