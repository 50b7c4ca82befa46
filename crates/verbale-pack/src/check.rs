//! Checking a pack: its form, its references and its own `[[test]]` rows.
//!
//! Not here: printing; and reading sentences, for which the caller lends a reader.

mod references;
mod rows;

use verbale_core::ClaimKind;

use crate::{Error, Pack, Packs, file::File, file::line_of_entry};

pub(crate) use rows::TestRow;

/// Something wrong with a pack, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file's name as it was given.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong: expected and found.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A claim that the caller's reader found in a test sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The kind of the claim.
    pub kind: ClaimKind,
    /// The status, the event's label, the obligation's action or the stance.
    pub label: String,
    /// Whose status, who took part, who must act, who holds it; as the claim says.
    pub subject: String,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Faults in order of file and line; none for a good pack.
    pub faults: Vec<Fault>,
    /// Test rows that were run.
    pub n_tests: usize,
    /// Test rows that need a reader, where none was lent.
    pub n_skipped: usize,
}

/// Reads test sentences as the program would read them with the packs under check.
pub trait Reader {
    /// Takes up the packs, once, before the first sentence.
    ///
    /// # Errors
    /// [`Error::Pattern`] where the matcher does not take a pattern of theirs.
    fn take(&mut self, packs: &Packs) -> Result<(), Error>;

    /// The claims that a sentence makes.
    fn read(&mut self, sentence: &str) -> Vec<Found>;
}

/// Checks a pack of these files, name and text, as it would work behind the packs of `base`.
///
/// A pack of the same id in `base` does not count: checking a pack that is in use is possible.
pub fn check(files: &[(&str, &str)], base: &Packs, reader: Option<&mut dyn Reader>) -> Report {
    let mut report = Report::default();
    let mut parsed = Vec::new();
    for (name, text) in files {
        match File::parse(name, text) {
            Ok(file) => parsed.push(Source { name, text, file }),
            Err(e) => report.faults.push(fault_of(e, name)),
        }
    }
    if report.faults.is_empty()
        && let Err(e) = check_parsed(&parsed, files, base, reader, &mut report)
    {
        let fault = match &e {
            Error::Pattern { id, message } => pattern_fault(&parsed, id, message),
            _ => None,
        };
        let file = files.first().map_or("", |(name, _)| name);
        report
            .faults
            .push(fault.unwrap_or_else(|| fault_of(e, file)));
    }
    report.faults.sort();
    report
}

/// References and test rows, once the files are known to be well formed.
fn check_parsed(
    parsed: &[Source<'_>],
    files: &[(&str, &str)],
    base: &Packs,
    mut reader: Option<&mut dyn Reader>,
    report: &mut Report,
) -> Result<(), Error> {
    let packs = assemble(files, base)?;
    if let Some(reader) = &mut reader {
        reader.take(&packs)?;
    }
    for source in parsed {
        references::check(source, &packs, &mut report.faults);
    }
    rows::run(parsed, &packs, reader, report);
    Ok(())
}

/// One parsed file.
struct Source<'f> {
    name: &'f str,
    text: &'f str,
    file: File,
}

impl Source<'_> {
    /// A fault at the `n`th entry of a table, at `value` if it stands in the entry.
    fn fault(&self, table: &str, n: usize, value: &str, message: String) -> Fault {
        let line = line_of_entry(self.text, table, n, value);
        Fault {
            file: self.name.to_owned(),
            line,
            message,
        }
    }
}

/// The packs of `base` without one of this id, and this pack behind them.
fn assemble(files: &[(&str, &str)], base: &Packs) -> Result<Packs, Error> {
    let pack = Pack::parse(files.first().map_or("", |(name, _)| name), files)?;
    let mut packs = base.without(&pack.header().id);
    packs.add(pack)?;
    Ok(packs)
}

fn fault_of(error: Error, file: &str) -> Fault {
    match error {
        Error::Syntax {
            file,
            line,
            message,
        } => Fault {
            file,
            line,
            message,
        },
        other => Fault {
            file: file.to_owned(),
            line: 1,
            message: other.to_string(),
        },
    }
}

fn pattern_fault(sources: &[Source<'_>], id: &str, message: &str) -> Option<Fault> {
    sources.iter().find_map(|s| {
        let n = s.file.pattern.iter().position(|p| p.id == id)?;
        Some(s.fault("pattern", n, id, message.to_owned()))
    })
}

#[cfg(test)]
mod tests;
