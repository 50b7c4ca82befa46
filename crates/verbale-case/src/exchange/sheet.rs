//! Rows of ledgers as JSON, JSON lines and CSV.

use std::io::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeMap};
use verbale_analysis::sheet::Cell;

use super::{Format, Number, csv};

/// Prints rows with named columns one after the other, holding none of them.
///
/// Nothing closes the list of [`Format::Json`] but [`SheetWriter::finish`].
#[derive(Debug)]
pub struct SheetWriter<W> {
    out: W,
    format: Format,
    columns: &'static [&'static str],
    n_rows: usize,
}

impl<W: Write> SheetWriter<W> {
    /// Prints what comes before the first row.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn new(mut out: W, format: Format, columns: &'static [&'static str]) -> io::Result<Self> {
        match format {
            Format::Json => out.write_all(b"[")?,
            Format::Jsonl => {}
            Format::Csv => csv::write_cells(&mut out, columns.iter().map(|c| (*c).to_owned()))?,
        }
        Ok(Self {
            out,
            format,
            columns,
            n_rows: 0,
        })
    }

    /// Prints one row, a cell for each column.
    ///
    /// # Errors
    /// If the output fails.
    pub fn write(&mut self, cells: &[Cell]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "one cell a column");
        let row = Row {
            columns: self.columns,
            cells,
        };
        match self.format {
            Format::Json => {
                let gap: &[u8] = if self.n_rows == 0 { b"\n" } else { b",\n" };
                self.out.write_all(gap)?;
                serde_json::to_writer(&mut self.out, &row)?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, &row)?;
                self.out.write_all(b"\n")?;
            }
            Format::Csv => csv::write_cells(&mut self.out, cells.iter().map(plain))?,
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
            self.out.write_all(b"\n]\n")?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => words.clone(),
        Cell::Number(n) => Number(*n).to_string(),
        Cell::Flag(true) => "yes".to_owned(),
        Cell::Flag(false) => "no".to_owned(),
        Cell::List(words) => words.join("; "),
    }
}

struct Row<'a> {
    columns: &'a [&'static str],
    cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::Empty => map.serialize_entry(column, &())?,
                Cell::Text(words) => map.serialize_entry(column, words)?,
                Cell::Number(n) => map.serialize_entry(column, &Number(*n))?,
                Cell::Flag(flag) => map.serialize_entry(column, flag)?,
                Cell::List(words) => map.serialize_entry(column, words)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let mut writer =
            SheetWriter::new(Vec::new(), format, &["what", "n", "who", "kept"]).unwrap();
        writer
            .write(&[
                Cell::Text("=1, or \"2\"".into()),
                Cell::Number("1200.10".parse().unwrap()),
                Cell::List(vec!["a".into(), "b".into()]),
                Cell::Flag(true),
            ])
            .unwrap();
        writer
            .write(&[
                Cell::Empty,
                Cell::Empty,
                Cell::List(vec![]),
                Cell::Flag(false),
            ])
            .unwrap();
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    #[test]
    fn one_sheet_in_three_formats() {
        assert_eq!(
            written(Format::Csv),
            "what,n,who,kept\r\n\"'=1, or \"\"2\"\"\",1200.1,a; b,yes\r\n,,,no\r\n"
        );
        let first = r#"{"what":"=1, or \"2\"","n":1200.1,"who":["a","b"],"kept":true}"#;
        let second = r#"{"what":null,"n":null,"who":[],"kept":false}"#;
        assert_eq!(written(Format::Jsonl), format!("{first}\n{second}\n"));
        assert_eq!(written(Format::Json), format!("[\n{first},\n{second}\n]\n"));
    }
}
