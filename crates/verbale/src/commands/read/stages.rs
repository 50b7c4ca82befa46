//! `verbale read --stage …` and `--as-is`: what one stage says, in the rows that scorers take.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use verbale_case::exchange::{Number, Writer};
use verbale_core::{Decimal, Document, OffsetTable, Page, PageOrigin, PartialDate};
use verbale_extract::{Reading, attribution, stage};
use verbale_read::Limits;

use super::{Talk, machine_format};
use crate::{
    Exit,
    cli::{Format, ReadArgs, Stage},
    engine::Engine,
    view,
};

/// A line of `--as-is` input may not be longer than this.
const MAX_LINE_BYTES: u64 = 64 << 20;

/// Prints one stage for pages.
pub(super) fn pages(args: &ReadArgs, talk: Talk) -> Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = super::each_page(args, talk, |engine, page| {
        let id = Value::from(page.document.page().to_string());
        print(engine, args, &id, &page.document, &mut out)
    })?;
    out.flush()?;
    Ok(exit)
}

/// Reads lines of `{"doc_id", "text", "dct"}` without cleaning and prints one stage for each.
pub(super) fn as_is(args: &ReadArgs, talk: Talk) -> Result<Exit> {
    let engine = Engine::load(args.work.page_seconds)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut n_lines = 0;
    let format = machine_format(args.format);
    let mut writer = match format {
        Some(format) if args.stage == Stage::Claims => Some(Writer::new(Vec::new(), format)?),
        _ => None,
    };
    for path in &args.paths {
        for_each_line(path, |record| {
            n_lines += 1;
            let text = record["text"].as_str().context("no `text`")?.to_owned();
            let published: Option<PartialDate> = record["dct"]
                .as_str()
                .and_then(|d| d.get(..10).unwrap_or(d).parse().ok());
            let made = verbale_read::as_is(text, published, &Limits::default());
            if args.stage == Stage::Claims {
                let page = Page {
                    bytes: made.value.text().as_bytes().to_vec(),
                    media_type: "text/plain".to_owned(),
                    origin: PageOrigin {
                        path: path.display().to_string(),
                        ..Default::default()
                    },
                };
                let reading = engine.read_document(page, made.value, made.diagnostics);
                let mut line = reading.line();
                line.id = plain(&record["doc_id"]);
                match &mut writer {
                    Some(writer) => writer.write(&line)?,
                    None => out.write_all(view::document(&line, talk.style).as_bytes())?,
                }
            } else {
                print(&engine, args, &record["doc_id"], &made.value, &mut out)?;
            }
            Ok(())
        })
        .with_context(|| format!("cannot read {}", path.display()))?;
    }
    if let Some(writer) = writer {
        out.write_all(&writer.finish()?)?;
    }
    out.flush()?;
    ensure!(n_lines > 0, "no lines to read");
    Ok(Exit::Done)
}

/// Calls `each` with every record of a file of JSON lines, `-` for standard input.
fn for_each_line(path: &Path, mut each: impl FnMut(Value) -> Result<()>) -> Result<()> {
    let mut input: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path)?))
    };
    for n in 1.. {
        let mut line = Vec::new();
        let read = io::Read::take(&mut input, MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        ensure!(
            (read as u64) < MAX_LINE_BYTES,
            "line {n} is longer than {MAX_LINE_BYTES} bytes"
        );
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record =
            serde_json::from_slice(&line).with_context(|| format!("line {n} is not JSON"))?;
        each(record).with_context(|| format!("line {n}"))?;
    }
    Ok(())
}

/// An id as a scorer wrote it, without quotes.
fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Prints what one stage says of a document, a row a line.
fn print(
    engine: &Engine,
    args: &ReadArgs,
    id: &Value,
    document: &Document,
    out: &mut impl Write,
) -> Result<()> {
    let reading = engine
        .reading(document)
        .with_context(|| format!("no model for language `{}`", document.metadata.language))?;
    let published = document.metadata.published.as_ref().map(|p| p.date);
    match args.stage {
        Stage::Annotations => return annotations(args.format, &reading, out),
        Stage::Times => {
            for r in stage::time_rows(&reading, published) {
                let row = json!({"doc_id": id, "start": r.start, "end": r.end, "type": r.kind,
                    "value": r.value, "mod": r.modifier, "text": r.text});
                writeln!(out, "{row}")?;
            }
        }
        Stage::Quantities => {
            for r in stage::quantity_rows(&reading, published, engine.packs()) {
                let q = &r.quantity;
                let number = |n: Option<Decimal>| n.map(Number::from);
                let row = json!({"doc_id": id, "start": r.start, "end": r.end, "text": r.text,
                    "number": r.number, "value": number(q.value), "low": number(q.low),
                    "high": number(q.high), "approximator": q.approximator, "unit": q.unit,
                    "per": q.per, "phrase": r.phrase, "nature": r.nature, "change": r.change,
                    "pair": r.pair, "base": r.base, "capacity": r.capacity, "in_date": r.in_date});
                writeln!(out, "{row}")?;
            }
        }
        Stage::Attributions => {
            let times = verbale_extract::times::find(&reading, published);
            let marks = attribution::find(&reading, engine.packs(), &times).marks;
            for r in attribution::rows(document.text(), &marks) {
                let row = json!({"doc_id": id, "content": r.content, "source": r.source,
                    "cue": r.cue, "form": r.form});
                writeln!(out, "{row}")?;
            }
        }
        Stage::Entities => {
            let chars = OffsetTable::new(document.text());
            for e in verbale_extract::entities::find(&reading, engine.packs()) {
                let mentions: Vec<_> = (e.mentions.iter())
                    .map(|m| [m.range.start(), m.range.end()].map(|at| chars.to_char(at).0))
                    .collect();
                let row = json!({"doc_id": id, "name": e.name, "type": e.kind.as_str(),
                    "pack_id": e.pack_id, "forms": e.forms, "mentions": mentions});
                writeln!(out, "{row}")?;
            }
        }
        Stage::Document | Stage::Claims => bail!("this stage is printed with its page"),
    }
    Ok(())
}

/// CoNLL-U, or spaCy's JSON, one doc a passage.
fn annotations(format: Format, reading: &Reading<'_>, out: &mut impl Write) -> Result<()> {
    for block in reading.blocks() {
        match format {
            Format::Text => write!(out, "{}", block.doc.conllu())?,
            Format::Json | Format::Jsonl => writeln!(out, "{}", block.doc.to_json())?,
            Format::Csv => bail!("annotations print as text (CoNLL-U) or json"),
        }
    }
    Ok(())
}
