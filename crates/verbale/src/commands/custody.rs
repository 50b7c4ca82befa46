//! `verbale custody`: the collection log.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use verbale_case::Custody;

use super::{
    Talk,
    case::{explained, open},
};
use crate::{
    Exit,
    cli::{CustodyArgs, Format},
    view,
};

pub(crate) fn run(args: &CustodyArgs, talk: Talk) -> Result<Exit> {
    let log = open(&args.case)?.custody().map_err(explained)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Text => log.iter().try_for_each(|entry| print(entry, &mut out))?,
        Format::Csv => Custody::write_csv(&log, &mut out)?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&log)?)?,
        Format::Jsonl => {
            for entry in &log {
                writeln!(out, "{}", serde_json::to_string(entry)?)?;
            }
        }
    }
    out.flush()?;
    talk.say(&format!("{} captures", log.len()));
    Ok(Exit::Done)
}

/// An entry as a block of lines: digests do not fit a table.
fn print(entry: &Custody, out: &mut impl Write) -> Result<()> {
    let mut place = entry.containers.clone();
    place.push(entry.path.clone());
    writeln!(
        out,
        "{}  {}",
        entry.page,
        view::one_line(&place.join(" › "))
    )?;
    writeln!(
        out,
        "  {}, {} bytes, sha256 {}",
        entry.media_type, entry.n_bytes, entry.sha256
    )?;
    if let Some(address) = &entry.address {
        writeln!(out, "  from {}", view::one_line(address))?;
    }
    if let Some(captured) = &entry.captured_at {
        writeln!(out, "  captured {captured}")?;
    }
    let by = entry
        .reader
        .as_ref()
        .zip(entry.program.as_ref())
        .map_or_else(String::new, |(reader, program)| {
            format!(", read by reader {reader} of verbale {program}")
        });
    writeln!(out, "  added {}{by}", entry.added_at)?;
    if let Some(newer) = &entry.superseded_by {
        writeln!(out, "  captured again as {newer}")?;
    }
    if let Some(withdrawn) = &entry.withdrawn_at {
        writeln!(out, "  withdrawn {withdrawn}")?;
    }
    Ok(writeln!(out)?)
}
