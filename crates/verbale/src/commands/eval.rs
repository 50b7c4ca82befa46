//! `verbale eval`: the program's claims held against gold annotations.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use verbale_case::exchange::{self, ClaimLine, DocumentLine};
use verbale_core::PageOrigin;
use verbale_extract::score::{self, Page, Record, Remark, Scores, Value};

use super::Talk;
use crate::{
    Exit,
    cli::{EvalArgs, Format},
    engine::Engine,
    worker::PAGE_SECONDS,
};

pub(crate) fn run(args: &EvalArgs, talk: Talk) -> Result<Exit> {
    let engine = Engine::load(PAGE_SECONDS)?;
    let mut pairs = Vec::new();
    for gold in gold_files(&args.gold)? {
        let annotation = read_gold(&gold)?;
        let Some(path) = page_of(&args.pages, &annotation.id)? else {
            talk.say(&format!(
                "no page in {} for `{}`",
                args.pages.display(),
                annotation.id
            ));
            continue;
        };
        let page = first_page(&engine, &path)?;
        let line = engine.read_page(page).line();
        pairs.push(pair(&annotation, &line)?);
    }
    ensure!(
        !pairs.is_empty(),
        "no annotated pages in {}",
        args.gold.display()
    );
    let scores = score::score(&pairs);
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => print_text(&mut out, &scores, pairs.len(), args.errors)?,
        Format::Json | Format::Jsonl => writeln!(out, "{}", to_json(&scores, pairs.len()))?,
        Format::Csv => bail!("scores print as text or json"),
    }
    Ok(Exit::Done)
}

/// The first page of a file.
fn first_page(engine: &Engine, path: &Path) -> Result<verbale_core::Page> {
    let origin = PageOrigin {
        path: path.display().to_string(),
        ..PageOrigin::default()
    };
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let found = verbale_read::pages(bytes, origin, engine.limits()).value;
    let first = found.into_iter().next();
    first.with_context(|| format!("no page in {}", path.display()))
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let list =
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in list {
        let path = entry?.path();
        if path.extension().is_some_and(|x| x == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_gold(path: &Path) -> Result<DocumentLine> {
    let what = || format!("cannot read gold annotations from {}", path.display());
    let file = BufReader::new(File::open(path).with_context(what)?);
    let line = exchange::read(file).next().with_context(what)?;
    line.with_context(what)
}

/// The page whose file name starts with the gold id.
fn page_of(folder: &Path, id: &str) -> Result<Option<PathBuf>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in walkdir::WalkDir::new(folder)
        .max_depth(2)
        .sort_by_file_name()
    {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.starts_with(id) && !name.ends_with(".json") {
            found.push(entry.into_path());
        }
    }
    Ok(found.into_iter().next())
}

fn pair(gold: &DocumentLine, predicted: &DocumentLine) -> Result<Page> {
    let records = |line: &DocumentLine| line.claims.iter().map(record).collect::<Result<Vec<_>>>();
    Ok(Page {
        id: gold.id.clone(),
        text: predicted.text.clone(),
        outlet: predicted.metadata.outlet.clone(),
        gold: records(gold)?,
        predicted: records(predicted)?,
    })
}

/// A claim of the exchange format as the scorer takes it.
fn record(claim: &ClaimLine) -> Result<Record> {
    Ok(Record {
        id: claim.id.clone(),
        kind: claim
            .kind
            .parse()
            .with_context(|| format!("claim `{}`", claim.id))?,
        span: claim.span.clone(),
        speaker: claim.speaker.clone(),
        speaker_org: claim.speaker_org.clone(),
        speaker_role: claim.speaker_role.clone(),
        on_behalf_of: claim.on_behalf_of.clone(),
        anonymous: claim.anonymous,
        reported_via: claim.reported_via.clone(),
        act: claim.act.clone(),
        said_on: claim.said_on.clone(),
        restates: claim.restates.is_some(),
        fields: fields(claim),
    })
}

/// The proposition's own fields, by their names in the exchange format.
fn fields(claim: &ClaimLine) -> BTreeMap<String, Value> {
    let text = |s: &Option<String>| s.clone().map(Value::Text);
    let number = |n: Option<exchange::Number>| {
        n.and_then(|n| n.to_string().parse().ok())
            .map(Value::Number)
    };
    let mut all: Vec<(&str, Option<Value>)> = Vec::new();
    if let Some(f) = &claim.figure {
        all.extend([
            ("value", number(f.value)),
            ("low", number(f.low)),
            ("high", number(f.high)),
        ]);
        all.extend([
            ("subject", text(&f.subject)),
            ("unit", text(&f.unit)),
            ("per", text(&f.per)),
        ]);
        all.extend([("where", text(&f.place)), ("as_of", text(&f.as_of))]);
    }
    if let Some(s) = &claim.status {
        all.extend([("subject", text(&s.subject)), ("status", text(&s.status))]);
        all.push(("as_of", text(&s.as_of)));
    }
    if let Some(e) = &claim.event {
        all.push(("actors", Some(Value::List(e.actors.clone()))));
        all.extend([("place", text(&e.place)), ("date", text(&e.date))]);
    }
    if let Some(o) = &claim.obligation {
        all.extend([
            ("instrument", text(&o.instrument)),
            ("paragraph", text(&o.paragraph)),
        ]);
        all.extend([("party", text(&o.party)), ("deadline", text(&o.deadline))]);
    }
    if let Some(p) = &claim.position {
        all.push(("holder", text(&p.holder)));
    }
    all.into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

fn print_text(out: &mut impl Write, scores: &Scores, n_pages: usize, errors: bool) -> Result<()> {
    if errors {
        for remark in &scores.remarks {
            match remark {
                Remark::Missed {
                    page,
                    id,
                    kind,
                    span,
                } => {
                    writeln!(out, "missed  {page} {id} {kind}: {span:?}")?;
                }
                Remark::Extra { page, kind, span } => {
                    writeln!(out, "extra   {page} {kind}: {span:?}")?
                }
                Remark::Field {
                    page,
                    id,
                    field,
                    gold,
                    got,
                } => {
                    writeln!(
                        out,
                        "differs {page} {id} {field}: gold {gold:?}, found {got:?}"
                    )?;
                }
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{n_pages} pages")?;
    writeln!(
        out,
        "{:<12}{:>6}{:>7}{:>11}{:>8}{:>7}",
        "kind", "gold", "found", "precision", "recall", "F1"
    )?;
    let total = ("all", scores.total());
    let kinds = scores
        .kinds
        .iter()
        .map(|(kind, tally)| (kind.as_str(), *tally));
    for (name, t) in kinds.chain([total]) {
        writeln!(
            out,
            "{name:<12}{:>6}{:>7}{:>11.3}{:>8.3}{:>7.3}",
            t.gold,
            t.predicted,
            t.precision(),
            t.recall(),
            t.f1()
        )?;
    }
    for (name, field) in &scores.fields {
        writeln!(
            out,
            "  {name:<24}{:>7.3}  ({} judged)",
            field.accuracy(),
            field.judged
        )?;
    }
    writeln!(
        out,
        "gold passages touched: {:.3}; found words that stand in the page: {} of {}",
        scores.touched.accuracy(),
        scores.grounded.right,
        scores.grounded.judged
    )?;
    Ok(())
}

fn to_json(scores: &Scores, n_pages: usize) -> serde_json::Value {
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    let total = ("all", scores.total());
    let kinds = scores
        .kinds
        .iter()
        .map(|(kind, tally)| (kind.as_str(), *tally));
    let claims: serde_json::Map<_, _> = kinds
        .chain([total])
        .map(|(name, t)| {
            let row = json!({"gold": t.gold, "found": t.predicted, "precision": round(t.precision()),
                "recall": round(t.recall()), "f1": round(t.f1())});
            (name.to_owned(), row)
        })
        .collect();
    let fields: serde_json::Map<_, _> = (scores.fields.iter())
        .map(|(name, f)| {
            (
                name.clone(),
                json!({"accuracy": round(f.accuracy()), "judged": f.judged}),
            )
        })
        .collect();
    json!({"pages": n_pages, "claims": claims, "fields": fields,
        "touched": round(scores.touched.accuracy()),
        "grounded": {"right": scores.grounded.right, "judged": scores.grounded.judged}})
}
