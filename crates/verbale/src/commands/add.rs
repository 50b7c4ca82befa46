//! `verbale add`: pages into a case file.

use anyhow::{Context, Result};
use jiff::Timestamp;
use verbale_case::{Case, PackVersion, Run};

use super::{Talk, case::explained};
use crate::{
    Exit,
    cli::AddArgs,
    engine::{Engine, PageReading},
    inputs::Inputs,
    intake::{Finish, Intake, Taken},
    interrupt::Interrupt,
    progress::Progress,
};

pub(crate) fn run(args: &AddArgs, talk: Talk) -> Result<Exit> {
    let engine = Engine::load(args.work.page_seconds)?;
    let run = this_run(&engine)?;
    let mut case = Case::create(&args.case).map_err(explained)?;
    // Asked page by page: the ids of a large case would take longer to load than a few pages to read.
    let shelf = Case::open_read_only(&args.case).map_err(explained)?;
    let inputs = Inputs::collect(&args.paths);
    let mut progress = Progress::begin(inputs.len(), talk);
    let intake = Intake {
        engine: &engine,
        // What cannot be looked up is read, and refused when it is added.
        is_known: &|page| shelf.has_page(page).unwrap_or(false),
        threads: args.work.threads(),
        interrupt: Interrupt::listen()?,
        read: Engine::read_page,
    };
    let mut n_stored = 0usize;
    let finish = intake.run(&inputs, &mut |taken| match taken {
        Taken::Page(read) => {
            progress.page(&read);
            n_stored += 1;
            store(&mut case, &read, &run)
        }
        Taken::Known(page) => {
            progress.known();
            case.add_origin(&page, Timestamp::now())
                .map_err(explained)?;
            Ok(())
        }
        Taken::End(end) => {
            progress.end(&end);
            Ok(())
        }
    })?;
    if n_stored >= MANY_PAGES && finish == Finish::Complete {
        case.optimize().map_err(explained)?;
    }
    Ok(progress.finish(finish))
}

/// So many pages leave pieces in the indexes that the next ones would have to merge.
const MANY_PAGES: usize = 10_000;

/// Stores a page in a transaction of its own.
fn store(case: &mut Case, read: &PageReading, run: &Run) -> Result<()> {
    case.add(&read.as_new(run, Timestamp::now()))
        .map_err(explained)
        .with_context(|| format!("page `{}` was not added", read.page.origin.path))?;
    Ok(())
}

/// The version of the readers with a digest of their sources: of one, the same bytes have the same text.
pub(crate) fn reader() -> String {
    format!("{}+{}", verbale_read::VERSION, env!("VERBALE_READER"))
}

/// The version of the program with a digest of the sources that read pages, since rules change within a version.
fn program() -> String {
    format!("{}+{}", env!("CARGO_PKG_VERSION"), env!("VERBALE_RULES"))
}

/// What makes the readings of this run: with the same parts, the same claims.
pub(crate) fn this_run(engine: &Engine) -> Result<Run> {
    let mut pipeline = Vec::new();
    for model in engine.models() {
        pipeline.push(format!("{} {}", model.name, model.digest()?));
    }
    Ok(Run {
        program: program(),
        reader: reader(),
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
