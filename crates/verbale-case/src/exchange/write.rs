//! Printing lines.

use std::io::{self, Write};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Serialize;
use serde_json::json;

use super::{ClaimRow, DocumentLine, DocumentRef, FORMAT, SupportedRow, VERSION, csv};

/// How lines are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One indented object with all lines in a list.
    Json,
    /// One object a line, after a first line that names the format.
    Jsonl,
    /// One claim a line with a header, safe to open in a spreadsheet. Documents without claims leave no trace.
    Csv,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        match s {
            "json" => Ok(Self::Json),
            "jsonl" => Ok(Self::Jsonl),
            "csv" => Ok(Self::Csv),
            _ => Err(UnknownFormat(s.to_owned())),
        }
    }
}

/// The name of no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected json, jsonl or csv, found `{0}`")]
pub struct UnknownFormat(String);

/// What a [`Writer`] prints.
pub trait Row: Serialize {
    /// The name of the list in [`Format::Json`].
    const LIST: &'static str;

    /// The columns of the table that come after those of a claim.
    const MORE_COLUMNS: &'static [&'static str] = &[];

    /// Writes the claims of the row as lines of the table.
    ///
    /// # Errors
    /// If `out` fails.
    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()>;
}

impl Row for DocumentLine {
    const LIST: &'static str = "documents";

    fn write_csv(&self, mut out: &mut dyn Write) -> io::Result<()> {
        let document = DocumentRef::from(self);
        self.claims
            .iter()
            .try_for_each(|claim| csv::write_claim(&mut out, claim, &document, &[]))
    }
}

impl Row for ClaimRow {
    const LIST: &'static str = "claims";

    fn write_csv(&self, mut out: &mut dyn Write) -> io::Result<()> {
        csv::write_claim(&mut out, &self.claim, &self.document, &[])
    }
}

impl Row for SupportedRow {
    const LIST: &'static str = ClaimRow::LIST;
    const MORE_COLUMNS: &'static [&'static str] = &["pages", "publishers", "origins"];

    fn write_csv(&self, mut out: &mut dyn Write) -> io::Result<()> {
        let of = &self.support;
        let counts = [of.pages, of.publishers, of.origins];
        csv::write_claim(&mut out, &self.row.claim, &self.row.document, &counts)
    }
}

/// Prints rows one after the other, holding none of them.
///
/// Nothing closes the list of [`Format::Json`] but [`Writer::finish`].
#[derive(Debug)]
pub struct Writer<W, R> {
    out: W,
    format: Format,
    n_rows: usize,
    rows: PhantomData<fn(&R)>,
}

impl<W: Write, R: Row> Writer<W, R> {
    /// Prints what comes before the first row.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn new(mut out: W, format: Format) -> io::Result<Self> {
        match format {
            Format::Json => write!(
                out,
                "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"{}\": [",
                R::LIST
            )?,
            Format::Jsonl => writeln!(out, "{}", json!({"format": FORMAT, "version": VERSION}))?,
            Format::Csv => csv::write_header(&mut out, R::MORE_COLUMNS)?,
        }
        Ok(Self {
            out,
            format,
            n_rows: 0,
            rows: PhantomData,
        })
    }

    /// Prints one row.
    ///
    /// # Errors
    /// If the output fails.
    pub fn write(&mut self, row: &R) -> io::Result<()> {
        match self.format {
            Format::Json => {
                self.out
                    .write_all(if self.n_rows == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut self.out, row)?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, row)?;
                self.out.write_all(b"\n")?;
            }
            Format::Csv => row.write_csv(&mut self.out)?,
        }
        self.n_rows += 1;
        Ok(())
    }

    /// Prints what comes after the last row, and gives the output back.
    ///
    /// # Errors
    /// If the output fails.
    pub fn finish(mut self) -> io::Result<W> {
        if self.format == Format::Json {
            self.out.write_all(b"\n  ]\n}\n")?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}
