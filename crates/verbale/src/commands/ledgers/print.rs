//! Text for people, or rows for programs, as they come.

use std::io::{self, BufWriter, Stdout, Write};

use anyhow::Result;
use verbale_analysis::sheet::Cells;
use verbale_case::exchange::SheetWriter;

use crate::{cli::Format, commands::machine_format};

/// Where a ledger goes.
pub(crate) struct Printer {
    to: To,
    is_empty: bool,
}

enum To {
    People(BufWriter<Stdout>),
    Programs(SheetWriter<BufWriter<Stdout>>),
}

impl Printer {
    /// Standard output in this format; a table for programs has these columns.
    pub(crate) fn new(format: Format, columns: &'static [&'static str]) -> Result<Self> {
        let out = BufWriter::new(io::stdout());
        let to = match machine_format(format) {
            None => To::People(out),
            Some(format) => To::Programs(SheetWriter::new(out, format, columns)?),
        };
        Ok(Self { to, is_empty: true })
    }

    /// Prints one part as text or as rows, whichever is wanted.
    pub(crate) fn put(
        &mut self,
        text: impl FnOnce() -> String,
        rows: impl FnOnce() -> Vec<Cells>,
    ) -> Result<()> {
        match &mut self.to {
            To::People(out) => {
                let text = text();
                self.is_empty &= text.trim().is_empty();
                out.write_all(text.as_bytes())?;
            }
            To::Programs(sheet) => {
                for row in rows() {
                    self.is_empty = false;
                    sheet.write(&row)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the output; true if nothing was printed.
    pub(crate) fn finish(self) -> Result<bool> {
        match self.to {
            To::People(mut out) => out.flush()?,
            To::Programs(sheet) => sheet.finish()?.flush()?,
        }
        Ok(self.is_empty)
    }
}

/// Prints a text as it is.
pub(super) fn all(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
