//! `verbale reread`: pages read again, and what became of their claims and of the decisions on them.

use std::io::{self, Write};

use anyhow::Result;
use jiff::Timestamp;
use verbale_case::{Case, Reread, Run, decision::DATED_BY_PERSON};
use verbale_core::{ClaimId, Document, Page, PageId, PartialDate, Publication};

use super::{
    super::{Talk, add, case::explained},
    history::sentence,
    page,
};
use crate::{
    Exit,
    cli::{RereadArgs, WorkArgs},
    engine::{Engine, PageReading},
    parallel, view,
};

/// Pages that are held in memory at a time.
const CHUNK: usize = 64;

pub(super) fn run(args: &RereadArgs, talk: Talk) -> Result<Exit> {
    let again = Again::load(&args.work, args.dry_run, talk)?;
    let mut case = Case::open(&args.case).map_err(explained)?;
    let outdated = || case.outdated(&again.run).map_err(explained);
    let pages = if args.pages.is_empty() && args.all {
        case.pages().map_err(explained)?
    } else if args.pages.is_empty() {
        outdated()?
    } else {
        let starts = args.pages.iter();
        starts
            .map(|start| page(&case, start))
            .collect::<Result<_>>()?
    };
    if pages.is_empty() {
        talk.say("this version, its models and packs have read every page already\nhint: --all reads them again");
    }
    again.read(&mut case, &pages)
}

/// Reads the pages again whose date a person has set or unset since they were read.
pub(super) fn where_dates_changed(case: &mut Case, talk: Talk) -> Result<Exit> {
    let dated = case.misdated().map_err(explained)?;
    if dated.is_empty() {
        return Ok(Exit::Done);
    }
    pages(case, &dated, talk)
}

/// Reads these pages again.
pub(super) fn pages(case: &mut Case, pages: &[PageId], talk: Talk) -> Result<Exit> {
    let work = WorkArgs {
        threads: Some(1),
        ..WorkArgs::default()
    };
    Again::load(&work, false, talk)?.read(case, pages)
}

/// Everything that reading again needs.
struct Again {
    engine: Engine,
    run: Run,
    threads: usize,
    dry_run: bool,
    talk: Talk,
}

/// What reading again came to.
#[derive(Debug, Default)]
struct Sum {
    n_pages: usize,
    n_new: usize,
    n_gone: usize,
    n_changed: usize,
    n_moved: usize,
    n_orphans: usize,
    n_failed: usize,
}

impl Again {
    fn load(work: &WorkArgs, dry_run: bool, talk: Talk) -> Result<Self> {
        let engine = Engine::load(work.page_seconds)?;
        Ok(Self {
            run: add::this_run(&engine)?,
            engine,
            threads: work.threads(),
            dry_run,
            talk,
        })
    }

    fn read(&self, case: &mut Case, pages: &[PageId]) -> Result<Exit> {
        let mut sum = Sum::default();
        for chunk in pages.chunks(CHUNK) {
            let stored: Vec<_> = chunk
                .iter()
                .filter_map(|id| self.stored(case, *id, &mut sum).transpose())
                .collect::<Result<_>>()?;
            let readings = parallel::ordered(
                stored,
                self.threads,
                |(page, date)| self.read_page(page, date),
                || false,
            );
            for reading in &readings {
                self.put(case, reading, &mut sum)?;
            }
        }
        Ok(self.finish(&sum))
    }

    /// The page with the date that a person has decided on. A page that cannot be had is named and passed over.
    fn stored(
        &self,
        case: &Case,
        id: PageId,
        sum: &mut Sum,
    ) -> Result<Option<(Page, Option<Option<PartialDate>>)>> {
        let date = case.decided_date(id).map_err(explained)?;
        match case.page(id) {
            Ok(Some(page)) => Ok(Some((page, date))),
            Ok(None) => Ok(None),
            Err(e @ verbale_case::Error::Damaged { .. }) => {
                sum.n_failed += 1;
                eprintln!("verbale: {e}");
                Ok(None)
            }
            Err(e) => Err(explained(e)),
        }
    }

    fn read_page(&self, page: Page, date: Option<Option<PartialDate>>) -> PageReading {
        let mut made = self.engine.document(&page);
        if let Some(date) = date {
            date_document(&mut made.value, date);
        }
        self.engine
            .read_document(page, made.value, made.diagnostics)
    }

    /// Puts the new reading in place, or tries it out, and prints what it changes.
    fn put(&self, case: &mut Case, reading: &PageReading, sum: &mut Sum) -> Result<()> {
        let new = reading.as_new(&self.run, Timestamp::now());
        let changed = if self.dry_run {
            case.reread_trial(&new)
        } else {
            case.reread(&new)
        };
        // Withdrawn by somebody since the list was made.
        let Some(changed) = changed.map_err(explained)? else {
            return Ok(());
        };
        sum.count(&changed);
        if changed.is_same() && changed.orphans.is_empty() {
            return Ok(());
        }
        print_changes(case, reading, &changed)
    }

    fn finish(&self, sum: &Sum) -> Exit {
        if sum.n_pages > 0 {
            self.talk.say(&format!(
                "{} pages {}read again: {} claims new, {} gone, {} moved, {} fields changed, {} decided claims \
                 without their words",
                sum.n_pages,
                if self.dry_run { "would be " } else { "" },
                sum.n_new,
                sum.n_gone,
                sum.n_moved,
                sum.n_changed,
                sum.n_orphans
            ));
        }
        let would_change = self.dry_run && sum.changes();
        if sum.n_failed > 0 {
            Exit::Failed
        } else if would_change || sum.n_orphans > 0 {
            Exit::Findings
        } else {
            Exit::Done
        }
    }
}

impl Sum {
    fn count(&mut self, changed: &Reread) {
        self.n_pages += 1;
        self.n_new += changed.new.len();
        self.n_gone += changed.gone.len();
        self.n_changed += changed.changed.len();
        self.n_moved += changed.moved.len();
        self.n_orphans += changed.orphans.len();
    }

    fn changes(&self) -> bool {
        self.n_new + self.n_gone + self.n_changed + self.n_moved > 0
    }
}

fn date_document(document: &mut Document, date: Option<PartialDate>) {
    document.metadata.published = date.map(|date| Publication {
        date,
        rule: DATED_BY_PERSON.to_owned(),
    });
}

fn print_changes(case: &Case, reading: &PageReading, changed: &Reread) -> Result<()> {
    let id = |claim: ClaimId| view::short_id(&claim.to_string());
    let words = |claim: ClaimId| {
        let found = reading.claims.iter().find(|c| c.id == claim);
        found.map_or_else(String::new, |c| view::one_line(c.evidence.quote()))
    };
    let mut out = io::stdout().lock();
    let title = reading.document.metadata.title.as_deref();
    writeln!(
        out,
        "{}  {}",
        view::short_id(&reading.page.id().to_string()),
        view::one_line(title.unwrap_or("(no title)"))
    )?;
    for c in &changed.changed {
        let (old, new) = (view::value(&c.old), view::value(&c.new));
        writeln!(out, "  changed  {} {}: {old} → {new}", id(c.claim), c.field)?;
    }
    for moved in &changed.moved {
        let words = words(moved.to);
        writeln!(
            out,
            "  moved    {} → {} “{words}”",
            id(moved.from),
            id(moved.to)
        )?;
    }
    for claim in &changed.new {
        writeln!(out, "  new      {} “{}”", id(*claim), words(*claim))?;
    }
    for gone in &changed.gone {
        let quote = view::one_line(&gone.quote);
        writeln!(out, "  gone     {} “{quote}”", id(gone.claim))?;
    }
    for claim in &changed.orphans {
        writeln!(out, "  orphan   {}", id(*claim))?;
        for decision in case.decisions_on(&claim.to_string()).map_err(explained)? {
            writeln!(out, "           {}", sentence(&decision))?;
        }
    }
    Ok(())
}
