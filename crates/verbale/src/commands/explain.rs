//! `verbale explain`: what a diagnostic code means.

use std::io::{self, Write};

use anyhow::{Result, bail};
use verbale_core::diagnostic;

use crate::{Exit, table::wrap};

pub(crate) fn run(code: Option<&str>) -> Result<Exit> {
    let mut out = io::stdout().lock();
    match code {
        None => {
            for c in diagnostic::ALL {
                writeln!(out, "{}  {}", c.code, c.title)?;
            }
        }
        Some(code) => {
            let Some(found) = diagnostic::find(code) else {
                bail!("unknown code `{code}`\nhint: `verbale explain` lists all codes");
            };
            writeln!(out, "{}: {}\n", found.code, found.title)?;
            for line in wrap(found.explanation, 80) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(Exit::Done)
}
