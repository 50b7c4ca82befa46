//! `verbale add`: pages into a case file.

use std::sync::Mutex;

use anyhow::{Context, Result};
use jiff::Timestamp;
use verbale_case::{Case, NewDocument, PackVersion, Run};
use verbale_core::PageId;

use super::{Talk, case::explained, read::Tally};
use crate::{
    Exit,
    cli::AddArgs,
    engine::{Engine, InputReading},
    inputs::Inputs,
    parallel,
};

pub(crate) fn run(args: &AddArgs, talk: Talk) -> Result<Exit> {
    let engine = Engine::load()?;
    let run = this_run(&engine)?;
    let mut case = Case::create(&args.case).map_err(explained)?;
    // Asked page by page: the ids of a large case would take longer to load than a few pages to read.
    let shelf = Mutex::new(Case::open_read_only(&args.case).map_err(explained)?);
    let is_known = |page: PageId| {
        let shelf = shelf.lock().expect("no thread panics with the lock");
        // What cannot be looked up is read, and refused when it is added.
        shelf.has_page(page).unwrap_or(false)
    };

    let inputs = Inputs::collect(&args.paths);
    let mut tally = Tally::default();
    tally.skip_all(inputs.skipped, talk);
    let threads = args.work.threads.unwrap_or_else(parallel::default_threads);
    parallel::ordered(
        &inputs.items,
        threads,
        |input| engine.read(input, &is_known),
        |reading| {
            tally.count(&reading, talk);
            store(&mut case, &reading, &run)
        },
    )?;
    Ok(tally.finish(talk))
}

/// Stores the pages of one input, each in a transaction of its own.
fn store(case: &mut Case, reading: &InputReading, run: &Run) -> Result<()> {
    for page in &reading.known {
        case.add_origin(page, Timestamp::now()).map_err(explained)?;
    }
    for read in &reading.pages {
        case.add(&NewDocument {
            page: &read.page,
            document: &read.document,
            claims: &read.claims,
            entities: &read.entities,
            diagnostics: &read.diagnostics,
            run,
            at: Timestamp::now(),
        })
        .map_err(explained)
        .with_context(|| format!("page `{}` was not added", reading.path))?;
    }
    Ok(())
}

/// What makes the readings of this run: with the same parts, the same claims.
pub(crate) fn this_run(engine: &Engine) -> Result<Run> {
    let mut pipeline = Vec::new();
    for model in engine.models() {
        pipeline.push(format!("{} {}", model.name, model.digest()?));
    }
    Ok(Run {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        reader: verbale_read::VERSION.to_string(),
        pipeline: pipeline.join("; "),
        packs: engine
            .packs()
            .headers()
            .iter()
            .map(|p| PackVersion {
                name: p.id.clone(),
                version: p.version.clone(),
                digest: p.digest.clone(),
            })
            .collect(),
    })
}
