//! What a person does to a case: search, decide, date, undo, back up, withdraw.

use std::{
    fs::File,
    io::{self, BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result, anyhow, bail};
use jiff::Timestamp;
use verbale_case::{
    Case, NewDocument, Reread, Search,
    decision::{NewDecision, Ruling},
};
use verbale_core::{Document, PageId, PartialDate, Publication};

use super::{
    Talk, add,
    case::{explained, open, resolve},
};
use crate::{
    Exit,
    cli::{DecideArgs, DeskCommand, SearchArgs, Signed},
    engine::Engine,
    view,
};

pub(crate) fn search(args: &SearchArgs, talk: Talk) -> Result<Exit> {
    let case = open(&args.case)?;
    let search = Search {
        publisher: args.publisher.clone(),
        kinds: args.kind.into_iter().collect(),
        since: args.since.and_then(|d| d.interval()?.start()),
        until: args.until.and_then(|d| d.interval()?.end()),
        limit: args.limit,
        ..Search::new(&args.query)
    };
    let hits = case.search(&search)?;
    let (open, close) = talk.style.marks();
    let mut out = io::stdout().lock();
    for hit in &hits {
        let document = hit.document.to_ref();
        let name = |s: &Option<String>, otherwise: &str| s.clone().unwrap_or(otherwise.to_owned());
        writeln!(
            out,
            "{} · {} · {}",
            view::one_line(&name(&document.outlet, "publisher not named")),
            name(&document.published, "undated"),
            view::one_line(&name(&document.title, "(no title)"))
        )?;
        let words = hit.snippet.marked("\u{2}", "\u{3}");
        let words = view::one_line(&words.replace('\u{2}', "⟦").replace('\u{3}', "⟧"));
        writeln!(out, "  {}", words.replace('⟦', open).replace('⟧', close))?;
        let ids: Vec<String> = hit
            .claims
            .iter()
            .map(|id| view::short_id(&id.to_string()))
            .collect();
        if !ids.is_empty() {
            writeln!(out, "  claims: {}", ids.join(" "))?;
        }
        writeln!(out)?;
    }
    talk.say(&format!("{} passages", hits.len()));
    Ok(Exit::Done)
}

pub(crate) fn run(command: &DeskCommand, talk: Talk) -> Result<Exit> {
    match command {
        DeskCommand::Accept(args) => decide(args, talk, |case, id| {
            Ok(Ruling::Accept {
                claim: claim(case, id)?,
            })
        }),
        DeskCommand::Reject(args) => decide(args, talk, |case, id| {
            Ok(Ruling::Reject {
                claim: claim(case, id)?,
            })
        }),
        DeskCommand::Amend {
            decide: args,
            field,
            value,
        } => decide(args, talk, |case, id| {
            let value = serde_json::from_str(value)
                .unwrap_or_else(|_| serde_json::Value::String(value.clone()));
            Ok(Ruling::Amend {
                claim: claim(case, id)?,
                field: field.clone(),
                value,
            })
        }),
        DeskCommand::Note { decide: args, text } => decide(args, talk, |case, id| {
            Ok(Ruling::Note {
                target: resolve(case, id)?,
                text: text.clone(),
            })
        }),
        DeskCommand::Undo(args) => decide(args, talk, |_, id| {
            Ok(Ruling::Undo {
                decision: id.to_owned(),
            })
        }),
        DeskCommand::SetDate { decide: args, date } => set_date(args, *date, talk),
        DeskCommand::Undated { case } => undated(case),
        DeskCommand::Log { case } => log(case),
        DeskCommand::Export { case } => {
            open(case)?.export_decisions(io::stdout().lock())?;
            Ok(Exit::Done)
        }
        DeskCommand::Import { case, file } => {
            let input =
                File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
            let done = Case::open(case)
                .map_err(explained)?
                .import_decisions(BufReader::new(input))?;
            talk.say(&format!("{done:?}"));
            Ok(Exit::Done)
        }
        DeskCommand::Backup { case, target } => {
            open(case)?.backup(target).map_err(explained)?;
            talk.say(&format!("copied to {}", target.display()));
            Ok(Exit::Done)
        }
        DeskCommand::Withdraw { case, page, signed } => {
            let mut case = Case::open(case).map_err(explained)?;
            let id = resolve(&case, page)?.parse()?;
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
    }
}

impl Signed {
    /// Who decides: as said, else as the system calls the user.
    fn who(&self) -> String {
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

fn claim(case: &Case, start: &str) -> Result<verbale_core::ClaimId> {
    Ok(resolve(case, start)?.parse()?)
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

/// Dates a page and reads it again, so that everything that depended on the date is resolved.
fn set_date(args: &DecideArgs, date: Option<PartialDate>, talk: Talk) -> Result<Exit> {
    let engine = Engine::load()?;
    let mut case = Case::open(&args.case).map_err(explained)?;
    let id: PageId = resolve(&case, &args.id)?.parse()?;
    record(&mut case, Ruling::Date { page: id, date }, &args.signed)?;
    let gone = || anyhow!("the case has no bytes of `{id}`");
    let page = case.page(id).map_err(explained)?.ok_or_else(gone)?;
    let mut made = engine.document(&page);
    date_document(&mut made.value, date);
    let reading = engine.read_document(page, made.value, made.diagnostics);
    let run = add::this_run(&engine)?;
    let changed = case
        .reread(&NewDocument {
            page: &reading.page,
            document: &reading.document,
            claims: &reading.claims,
            entities: &reading.entities,
            diagnostics: &reading.diagnostics,
            run: &run,
            at: Timestamp::now(),
        })
        .map_err(explained)?
        .unwrap_or_default();
    print_changes(&changed)?;
    talk.say(&match date {
        Some(date) => format!("{id} is dated {date}"),
        None => format!("{id} is undated"),
    });
    Ok(Exit::Done)
}

fn date_document(document: &mut Document, date: Option<PartialDate>) {
    document.metadata.published = date.map(|date| Publication {
        date,
        rule: "person".to_owned(),
    });
}

fn print_changes(changed: &Reread) -> Result<()> {
    let mut out = io::stdout().lock();
    for c in &changed.changed {
        writeln!(
            out,
            "changed  {} {}: {} → {}",
            view::short_id(&c.claim.to_string()),
            c.field,
            c.old,
            c.new
        )?;
    }
    for id in &changed.new {
        writeln!(out, "new      {}", view::short_id(&id.to_string()))?;
    }
    for gone in &changed.gone {
        writeln!(
            out,
            "gone     {} “{}”",
            view::short_id(&gone.claim.to_string()),
            view::one_line(&gone.quote)
        )?;
    }
    for id in &changed.orphans {
        writeln!(out, "orphan   {}", view::short_id(&id.to_string()))?;
    }
    Ok(())
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

fn log(path: &Path) -> Result<Exit> {
    let mut out = io::stdout().lock();
    for d in open(path)?.decisions().map_err(explained)? {
        let why = d
            .why
            .as_deref()
            .map_or_else(String::new, |w| format!(": {}", view::one_line(w)));
        let on = d.quoted.as_ref().map_or_else(String::new, |q| {
            format!(" “{}”", view::one_line(q.evidence.quote()))
        });
        writeln!(
            out,
            "{}  {}  {} {} {}{on}{why}",
            d.at,
            view::short_id(&d.id),
            view::one_line(&d.who),
            d.ruling.act(),
            d.ruling.target()
        )?;
    }
    Ok(Exit::Done)
}
