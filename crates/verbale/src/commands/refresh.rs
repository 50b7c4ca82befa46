//! `verbale refresh`: newer captures of pages that a case has.

use std::io::{self, Write};

use anyhow::{Context, Result};
use jiff::Timestamp;
use verbale_case::{Added, Case, Difference, PassageChange, Run};
use verbale_core::PageId;

use super::{Talk, add, case::explained};
use crate::{
    Exit,
    cli::AddArgs,
    engine::{Engine, PageReading},
    inputs::Inputs,
    intake::{Intake, Taken},
    interrupt::Interrupt,
    progress::Progress,
    view,
};

pub(crate) fn run(args: &AddArgs, talk: Talk) -> Result<Exit> {
    let engine = Engine::load(args.work.page_seconds)?;
    let run = add::this_run(&engine)?;
    let mut case = Case::open(&args.case).map_err(explained)?;
    let shelf = Case::open_read_only(&args.case).map_err(explained)?;
    let inputs = Inputs::collect(&args.paths);
    let mut progress = Progress::begin(inputs.len(), talk);
    let intake = Intake {
        engine: &engine,
        is_known: &|page| shelf.has_page(page).unwrap_or(false),
        threads: args.work.threads(),
        interrupt: Interrupt::listen()?,
        read: Engine::read_page,
    };
    let finish = intake.run(&inputs, &mut |taken| {
        match taken {
            Taken::Page(read) => {
                progress.clear();
                refresh(&mut case, &read, &run, talk)?;
                progress.page(&read);
            }
            Taken::Known(page) => {
                progress.known();
                case.add_origin(&page, Timestamp::now())
                    .map_err(explained)?;
            }
            Taken::End(end) => progress.end(&end),
        }
        Ok(())
    })?;
    Ok(progress.finish(finish))
}

/// Adds a page that is another capture of an address in the case, and prints what is different. A page of an
/// address that the case does not have is left out: it refreshes nothing.
fn refresh(case: &mut Case, read: &PageReading, run: &Run, talk: Talk) -> Result<()> {
    let path = view::one_line(&read.page.origin.path);
    let stated = &read.document.metadata.address;
    let Some(address) = read.page.origin.address.as_ref().or(stated.as_ref()) else {
        talk.say(&format!("{path}: states no address, so it was left out"));
        return Ok(());
    };
    let captures = case.captures_of(address).map_err(explained)?;
    let Some(last) = captures.first() else {
        talk.say(&format!(
            "{path}: the case has no page of `{}`, so it was left out; `verbale add` takes new pages",
            view::one_line(address)
        ));
        return Ok(());
    };
    let now = Timestamp::now();
    let added = case
        .add(&read.as_new(run, now))
        .map_err(explained)
        .with_context(|| format!("page `{path}` was not added"))?;
    if added == Added::Withdrawn {
        talk.say(&format!("{path}: was withdrawn from the case"));
        return Ok(());
    }
    let this = read.page.id();
    // A capture out of an archive may be older than what the case has.
    let is_older = last.is_dated && read.page.origin.captured.is_some_and(|at| at < last.at);
    let (older, newer) = if is_older {
        (this, last.page)
    } else {
        (last.page, this)
    };
    case.supersede(older, newer, address, now)
        .map_err(explained)?;
    let difference = case.difference(older, newer).map_err(explained)?;
    print(older, newer, address, &difference.unwrap_or_default())
}

/// A value without the quotation marks of JSON.
fn plain(value: &serde_json::Value) -> String {
    let words = value.as_str().map(view::one_line);
    words.unwrap_or_else(|| value.to_string())
}

fn print(older: PageId, newer: PageId, address: &str, difference: &Difference) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{}\n  {} → {}",
        view::one_line(address),
        view::short_id(&older.to_string()),
        view::short_id(&newer.to_string())
    )?;
    if difference.is_none() {
        writeln!(out, "  the same text and the same claims")?;
    }
    for change in &difference.passages {
        match change {
            PassageChange::Added(text) => writeln!(out, "  + {}", view::one_line(text))?,
            PassageChange::Gone(text) => writeln!(out, "  - {}", view::one_line(text))?,
            PassageChange::Edited { old, new } => writeln!(
                out,
                "  ~ {}\n    {}",
                view::one_line(old),
                view::one_line(new)
            )?,
        }
    }
    for c in &difference.changed {
        writeln!(
            out,
            "  changed  {} {}: {} → {}",
            view::short_id(&c.claim.to_string()),
            c.field,
            plain(&c.old),
            plain(&c.new)
        )?;
    }
    for id in &difference.new {
        writeln!(out, "  new      {}", view::short_id(&id.to_string()))?;
    }
    for gone in &difference.gone {
        writeln!(
            out,
            "  gone     {} “{}”",
            view::short_id(&gone.claim.to_string()),
            view::one_line(&gone.quote)
        )?;
    }
    Ok(writeln!(out)?)
}
