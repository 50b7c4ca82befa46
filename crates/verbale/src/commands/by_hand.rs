//! What a person does to a case: decide, date, undo, read again, back up, withdraw.

mod enter;
mod entities;
mod history;
mod reread;
mod review;

use std::{
    fs::File,
    io::{self, BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde_json::Value;
use verbale_case::{
    Case,
    decision::{NewDecision, Ruling},
};
use verbale_core::{ClaimId, PageId, PartialDate};

use super::{
    Talk,
    case::{explained, open, resolve},
};
use crate::{
    Exit,
    cli::{ByHand, DecideArgs, Signed},
    view,
};

pub(crate) fn run(command: &ByHand, talk: Talk) -> Result<Exit> {
    match command {
        ByHand::Review(args) => review::run(args, talk),
        ByHand::Accept(args) => decide(args, talk, |case, id| {
            Ok(Ruling::Accept {
                claim: claim(case, id)?,
            })
        }),
        ByHand::Reject(args) => decide(args, talk, |case, id| {
            Ok(Ruling::Reject {
                claim: claim(case, id)?,
            })
        }),
        ByHand::Amend {
            decide: args,
            field,
            value,
        } => decide(args, talk, |case, id| {
            Ok(Ruling::Amend {
                claim: claim(case, id)?,
                field: field.clone(),
                value: typed(value),
            })
        }),
        ByHand::Claim(args) => enter::claim(args, talk),
        ByHand::Grade {
            case,
            what,
            grade,
            signed,
        } => enter::grade(case, what, grade, signed, talk),
        ByHand::Note { decide: args, text } => decide(args, talk, |case, id| {
            Ok(Ruling::Note {
                target: resolve(case, id)?,
                text: text.clone(),
            })
        }),
        ByHand::Undo(args) => undo(args, talk),
        ByHand::SetDate { decide: args, date } => set_date(args, *date, talk),
        ByHand::Undated { case } => undated(case),
        ByHand::Reread(args) => reread::run(args, talk),
        ByHand::Entities {
            case,
            name,
            kind,
            limit,
        } => entities::list(case, name.as_deref(), *kind, *limit, talk),
        ByHand::Link {
            case,
            page,
            words,
            entity,
            occurrence,
            signed,
        } => entities::link(case, (page, words, *occurrence), entity, signed, talk),
        ByHand::Split {
            case,
            entity,
            name,
            page,
            signed,
        } => entities::split(case, entity, name, page.as_deref(), signed, talk),
        ByHand::Merge {
            case,
            entity,
            into,
            signed,
        } => entities::merge(case, entity, into, signed, talk),
        ByHand::Log { case, orphans } => history::log(case, *orphans),
        ByHand::Export { case } => {
            open(case)?.export_decisions(io::stdout().lock())?;
            Ok(Exit::Done)
        }
        ByHand::Import { case, file } => import(case, file, talk),
        ByHand::Backup { case, target } => {
            open(case)?.backup(target).map_err(explained)?;
            talk.say(&format!("copied to {}", target.display()));
            Ok(Exit::Done)
        }
        ByHand::Withdraw { case, page, signed } => withdraw(case, page, signed, talk),
    }
}

impl Signed {
    /// Who decides: as said, else as the system calls the user.
    pub(crate) fn who(&self) -> String {
        let user = || {
            std::env::var("USER")
                .or_else(|_| std::env::var("USERNAME"))
                .ok()
        };
        self.who
            .clone()
            .or_else(user)
            .unwrap_or_else(|| "somebody".to_owned())
    }
}

fn claim(case: &Case, start: &str) -> Result<ClaimId> {
    Ok(resolve(case, start)?.parse()?)
}

fn page(case: &Case, start: &str) -> Result<PageId> {
    Ok(resolve(case, start)?.parse()?)
}

/// What was typed for a field: JSON, or plain words.
fn typed(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()))
}

fn decide(
    args: &DecideArgs,
    talk: Talk,
    ruling: impl FnOnce(&Case, &str) -> Result<Ruling>,
) -> Result<Exit> {
    let mut case = Case::open(&args.case).map_err(explained)?;
    let ruling = ruling(&case, &args.id)?;
    let id = record(&mut case, ruling, &args.signed)?;
    talk.say(&format!("decided, as {id}"));
    Ok(Exit::Done)
}

fn record(case: &mut Case, ruling: Ruling, signed: &Signed) -> Result<String> {
    let new = NewDecision {
        ruling,
        who: signed.who(),
        why: signed.why.clone(),
        at: Timestamp::now(),
    };
    Ok(case.decide(new)?)
}

fn undo(args: &DecideArgs, talk: Talk) -> Result<Exit> {
    let mut case = Case::open(&args.case).map_err(explained)?;
    let decision = resolve(&case, &args.id)?;
    let id = record(&mut case, Ruling::Undo { decision }, &args.signed)?;
    talk.say(&format!("decided, as {id}"));
    reread::where_dates_changed(&mut case, talk)
}

/// Dates a page and reads it again, so that everything that depended on the date is resolved.
fn set_date(args: &DecideArgs, date: Option<PartialDate>, talk: Talk) -> Result<Exit> {
    let mut case = Case::open(&args.case).map_err(explained)?;
    let id = page(&case, &args.id)?;
    record(&mut case, Ruling::Date { page: id, date }, &args.signed)?;
    let exit = reread::pages(&mut case, &[id], talk)?;
    talk.say(&match date {
        Some(date) => format!("{id} is dated {date}"),
        None => format!("{id} is undated"),
    });
    Ok(exit)
}

fn undated(path: &Path) -> Result<Exit> {
    let mut out = io::stdout().lock();
    for page in open(path)?.undated().map_err(explained)? {
        writeln!(
            out,
            "{}  {} unresolved  {}  {}",
            view::short_id(&page.page.to_string()),
            page.n_unresolved,
            view::one_line(&page.path),
            view::one_line(&page.title.unwrap_or_default())
        )?;
    }
    Ok(Exit::Done)
}

fn import(path: &Path, file: &Path, talk: Talk) -> Result<Exit> {
    let input = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut case = Case::open(path).map_err(explained)?;
    let done = case.import_decisions(BufReader::new(input))?;
    let mut out = io::stdout().lock();
    for claim in &done.contested {
        writeln!(
            out,
            "contested  {claim}: accepted and rejected; the later holds"
        )?;
    }
    for (claim, field) in &done.contested_fields {
        writeln!(
            out,
            "contested  {claim}: {field} amended twice; the later holds"
        )?;
    }
    talk.say(&format!(
        "{} new decisions, {} known already",
        done.n_new, done.n_known
    ));
    drop(out);
    if done.dated.is_empty() {
        return Ok(Exit::Done);
    }
    reread::where_dates_changed(&mut case, talk)
}

fn withdraw(path: &Path, page: &str, signed: &Signed, talk: Talk) -> Result<Exit> {
    let mut case = Case::open(path).map_err(explained)?;
    let id = self::page(&case, page)?;
    let why = signed.why.as_deref().context("say why: --why \"…\"")?;
    if !case
        .withdraw(id, &signed.who(), why, Timestamp::now())
        .map_err(explained)?
    {
        bail!("the case has no page `{id}`");
    }
    talk.say(&format!(
        "{id} was withdrawn; backups made before still have it"
    ));
    Ok(Exit::Done)
}
