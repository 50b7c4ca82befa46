//! Looking into a case: `claims`, `show`, `status`, `check`.

use std::io::{self, BufWriter, Write};

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;
use verbale_analysis::Support;
use verbale_case::{
    Case, Filter, Run, StoredClaim,
    exchange::{SupportedRow, Writer},
};
use verbale_core::{Document, PageId, PartialDate};
use verbale_read::Limits;

use super::{Talk, add, copies, ledgers, machine_format};
use crate::{
    Exit,
    cli::{CaseArgs, ClaimsArgs, Clock, FilterArgs, ShowArgs},
    view,
    worker::{PAGE_SECONDS, Workers},
};

/// A case error with its hint on a line of its own.
pub(crate) fn explained(e: verbale_case::Error) -> anyhow::Error {
    let hint = e.hint();
    let e = anyhow::Error::new(e);
    if hint.is_empty() {
        e
    } else {
        anyhow!("{e:#}\nhint: {hint}")
    }
}

/// The case for reading; one that an older version wrote is brought up to date first.
pub(crate) fn open(path: &std::path::Path) -> Result<Case> {
    let opened = match Case::open_read_only(path) {
        Err(verbale_case::Error::Older { .. }) => {
            Case::open(path).and_then(|_| Case::open_read_only(path))
        }
        opened => opened,
    };
    opened.map_err(explained)
}

/// The one page or claim whose id begins so.
pub(crate) fn resolve(case: &Case, start: &str) -> Result<String> {
    match &case.ids_starting(start).map_err(explained)?[..] {
        [one] => Ok(one.clone()),
        [] => bail!(
            "nothing in the case has an id that begins with `{start}`\nhint: `verbale claims {}` lists ids",
            case.path().display()
        ),
        many => bail!(
            "{} ids begin with `{start}`\nhint: give more of it",
            many.len()
        ),
    }
}

pub(crate) fn claims(args: &ClaimsArgs, talk: Talk) -> Result<Exit> {
    let case = ledgers::filed(&args.case)?;
    let filter = Filter {
        limit: args.limit,
        ..filter(&args.filter)
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match machine_format(args.format) {
        Some(format) => {
            let mut writer = Writer::new(&mut out, format)?;
            case.for_each_claim(&filter, |claim| -> Result<(), Stop> {
                Ok(writer.write(&supported(&case, &claim)?)?)
            })
            .map_err(Stop::into_error)?;
            writer.finish()?;
        }
        None => {
            let mut table = view::ClaimsTable::new(talk.style);
            let mut n_claims = 0_u64;
            case.for_each_claim(&filter, |claim| -> Result<(), Stop> {
                n_claims += 1;
                let support = support(&case, &claim)?;
                let piece = table.row(&claim.to_row().claim, Some(support));
                let piece = piece.unwrap_or_default();
                Ok(out.write_all(piece.as_bytes())?)
            })
            .map_err(Stop::into_error)?;
            if n_claims == 0 {
                talk.say("no claims match");
            } else {
                out.write_all(table.finish().as_bytes())?;
                writeln!(out, "{n_claims} claims")?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// What stands behind a claim of a case whose sayings are weighed.
fn support(case: &Case, claim: &StoredClaim) -> verbale_case::Result<Support> {
    let id = claim.claim.id;
    case.supports(&[id]).map(|supports| supports.of(id))
}

/// The claim with what stands behind it, for other programs.
fn supported(case: &Case, claim: &StoredClaim) -> verbale_case::Result<SupportedRow> {
    Ok(SupportedRow {
        row: claim.to_row(),
        support: support(case, claim)?.into(),
    })
}

/// What ends a visit of claims early: the case or the output.
enum Stop {
    Case(verbale_case::Error),
    Output(io::Error),
}

impl Stop {
    fn into_error(self) -> anyhow::Error {
        match self {
            Self::Case(e) => explained(e),
            Self::Output(e) => e.into(),
        }
    }
}

impl From<verbale_case::Error> for Stop {
    fn from(e: verbale_case::Error) -> Self {
        Self::Case(e)
    }
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        Self::Output(e)
    }
}

/// The filter that the flags make.
pub(crate) fn filter(args: &FilterArgs) -> Filter {
    use verbale_case::Clock as On;
    Filter {
        kinds: args.kind.into_iter().collect(),
        acts: args.act.into_iter().collect(),
        speaker: args.speaker.clone(),
        about: args.about.clone(),
        place: args.r#where.clone(),
        publisher: args.publisher.clone(),
        clock: match args.clock {
            Clock::AsOf => On::AsOf,
            Clock::Said => On::Said,
            Clock::Published => On::Published,
        },
        since: args.since.and_then(first_day),
        until: args.until.and_then(last_day),
        ..Filter::default()
    }
}

fn first_day(date: PartialDate) -> Option<Date> {
    date.interval().and_then(|i| i.start())
}

fn last_day(date: PartialDate) -> Option<Date> {
    date.interval().and_then(|i| i.end())
}

pub(crate) fn show(args: &ShowArgs, talk: Talk) -> Result<Exit> {
    let mut case = open(&args.case)?;
    let id = resolve(&case, &args.id)?;
    if id.parse::<PageId>().is_ok() {
        case = copies::printed(&args.case)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let gone = || anyhow!("`{id}` was withdrawn from the case");
    if let Ok(page) = id.parse() {
        let stored = case.document(page).map_err(explained)?.ok_or_else(gone)?;
        let line = stored.to_line();
        match machine_format(args.format) {
            Some(format) => {
                let mut writer = Writer::new(&mut out, format)?;
                writer.write(&line)?;
                writer.finish()?;
            }
            None => {
                out.write_all(view::document_marked(&line, talk.style).as_bytes())?;
                show_relatives(&case, &stored.document, &mut out, talk)?;
            }
        }
    } else {
        let case = ledgers::filed(&args.case)?;
        let claim = case
            .claim(id.parse()?)
            .map_err(explained)?
            .ok_or_else(gone)?;
        match machine_format(args.format) {
            Some(format) => {
                let mut writer = Writer::new(&mut out, format)?;
                writer.write(&supported(&case, &claim).map_err(explained)?)?;
                writer.finish()?;
            }
            None => {
                let page = claim.document.page;
                let line = case
                    .document(page)
                    .map_err(explained)?
                    .ok_or_else(gone)?
                    .to_line();
                let support = support(&case, &claim).map_err(explained)?;
                let words = view::claim(&claim.to_row(), &line, Some(support), talk.style);
                out.write_all(words.as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Other captures of the page, and pages that share words with it.
fn show_relatives(
    case: &Case,
    document: &Document,
    out: &mut impl Write,
    talk: Talk,
) -> Result<()> {
    if let Some(newer) = case.superseded_by(document.page()).map_err(explained)? {
        writeln!(out, "\ncaptured again as {newer}")?;
    }
    let copies = case.copies_of(document.page()).map_err(explained)?;
    if !copies.is_empty() {
        writeln!(out, "\n{}", talk.style.bold("Shares words with"))?;
        for copy in &copies {
            writeln!(out, "{}", copies::line(document.text(), copy))?;
        }
    }
    Ok(())
}

pub(crate) fn status(args: &CaseArgs, _talk: Talk) -> Result<Exit> {
    let case = open(&args.case)?;
    let status = case.status().map_err(explained)?;
    let list = |pairs: &[(String, u64)]| {
        pairs
            .iter()
            .map(|(name, n)| format!("{name} {n}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let n_claims: u64 = status.claims.iter().map(|(_, n)| n).sum();
    let rows = [
        ("case", args.case.display().to_string()),
        ("pages", status.n_pages.to_string()),
        ("undated pages", status.n_undated.to_string()),
        ("withdrawn", status.n_withdrawn.to_string()),
        (
            "published",
            status
                .published
                .map_or_else(String::new, |(a, b)| format!("{a} to {b}")),
        ),
        ("publishers", list(&status.publishers)),
        ("languages", list(&status.languages)),
        ("claims", format!("{n_claims} ({})", list(&status.claims))),
        ("decided", status.n_decided.to_string()),
        ("entities", status.n_entities.to_string()),
        ("decisions", status.n_decisions.to_string()),
        ("orphans", status.n_orphans.to_string()),
        ("schema", status.schema.to_string()),
        ("size", format!("{} KiB", status.size_bytes.div_ceil(1024))),
    ];
    let mut out = io::stdout().lock();
    for (name, value) in rows {
        if !value.is_empty() {
            writeln!(out, "{name:<14} {}", view::one_line(&value))?;
        }
    }
    Ok(Exit::Done)
}

pub(crate) fn check(args: &CaseArgs, talk: Talk) -> Result<Exit> {
    let case = open(&args.case)?;
    let version = add::reader();
    let workers = Workers::new(PAGE_SECONDS);
    // A page that could not be parsed then may be parsed now, on a faster machine: its text says nothing.
    let can_remake =
        |document: &Document, run: &Run| run.reader == version && !document.text().is_empty();
    let checked = case
        .check(|page, document, run| {
            can_remake(document, run).then(|| {
                let made = workers.document(page, &Limits::default()).value;
                made.text().to_owned()
            })
        })
        .map_err(explained)?;
    let mut out = io::stdout().lock();
    for fault in &checked.faults {
        writeln!(out, "{fault}")?;
    }
    talk.say(&format!(
        "{} pages and {} claims checked, {} texts made again from their bytes, {} made by another reader version",
        checked.n_pages, checked.n_claims, checked.n_read_again, checked.n_other_reader
    ));
    if checked.faults.is_empty() {
        writeln!(out, "every claim has its words")?;
        Ok(Exit::Done)
    } else {
        talk.say(&format!("{} faults", checked.faults.len()));
        Ok(Exit::Findings)
    }
}
