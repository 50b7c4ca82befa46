//! Decisions as lines, so that two people can merge their work.

use std::io::{self, BufRead, Write};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use verbale_core::{ClaimId, Evidence, PageId, TextRange, TextSize};

use super::ruling::{Quoted, Ruling};
use super::{Decision, apply, journal};
use crate::{Case, Error};

/// The format's name in the first line.
const FORMAT: &str = "verbale-decisions";

/// The format's version in the first line.
const VERSION: u32 = 1;

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Decisions that the case did not have.
    pub n_new: u64,
    /// Decisions that it had already.
    pub n_known: u64,
    /// Claims that one person accepted and another rejected; the later decision holds.
    pub contested: Vec<ClaimId>,
    /// Fields to which two people gave different values; the later decision holds.
    pub contested_fields: Vec<(ClaimId, String)>,
    /// Pages whose date was decided on; it takes effect when they are read again.
    pub dated: Vec<PageId>,
}

/// A line that is no decision of this format.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The input could not be read.
    #[error("cannot read line {line}")]
    Read {
        /// From 1.
        line: usize,
        /// What the system says.
        source: io::Error,
    },
    /// The line is not what the format says.
    #[error("line {line} is not a decision: {what}")]
    Malformed {
        /// From 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The decision was changed after it was made.
    #[error("line {line} was changed: its content does not have the id `{id}`")]
    Changed {
        /// From 1.
        line: usize,
        /// The id as written.
        id: String,
    },
    /// The case could not be written.
    #[error(transparent)]
    Case(#[from] Error),
}

#[derive(Serialize, Deserialize)]
struct Line {
    decision_id: String,
    at: String,
    who: String,
    why: Option<String>,
    act: String,
    target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Present and `null` means that a field was emptied.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    value: Option<Value>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    seen: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    suffix: Option<String>,
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Case {
    /// Writes the whole journal, one decision a line.
    ///
    /// # Errors
    /// If the file cannot be read, or `out` fails.
    pub fn export_decisions(&self, mut out: impl Write) -> Result<(), ExportError> {
        writeln!(out, "{}", json!({"format": FORMAT, "version": VERSION}))?;
        for decision in self.decisions()? {
            let line = serde_json::to_string(&Line::new(&decision)).map_err(io::Error::from)?;
            writeln!(out, "{line}")?;
        }
        Ok(out.flush()?)
    }

    /// Takes decisions over that another case exported, and carries them out. Decisions that the case has
    /// already are passed over; decisions about pages that it does not have wait for them. All or nothing.
    ///
    /// # Errors
    /// If a line is malformed or was changed after it was made, or the file cannot be written.
    pub fn import_decisions(&mut self, input: impl BufRead) -> Result<Imported, LineError> {
        let mut decisions = Vec::new();
        for (i, text) in input.lines().enumerate() {
            let line = i + 1;
            let text = text.map_err(|source| LineError::Read { line, source })?;
            if let Some(decision) = parse(&text, line)? {
                decisions.push(decision);
            }
        }
        decisions.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(self.change(|db| {
            let mut imported = Imported::default();
            let mut new = Vec::new();
            for decision in &decisions {
                if journal::append(db, decision)? {
                    new.push(decision);
                    imported.n_new += 1;
                } else {
                    imported.n_known += 1;
                }
            }
            // Only now, since an undo may be about a decision further down.
            for decision in new {
                apply::follows_from(db, decision)?;
                note_contested(db, decision, &mut imported)?;
                imported.dated.extend(dated_page(db, decision)?);
            }
            imported.contested.sort_unstable();
            imported.contested.dedup();
            imported.contested_fields.sort_unstable();
            imported.contested_fields.dedup();
            imported.dated.sort_unstable();
            imported.dated.dedup();
            Ok(imported)
        })?)
    }
}

/// A journal that could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The case could not be read.
    #[error(transparent)]
    Case(#[from] Error),
    /// The output failed.
    #[error("cannot write the decisions")]
    Write(#[from] io::Error),
}

impl Line {
    fn new(decision: &Decision) -> Self {
        let columns = decision.ruling.columns();
        let quoted = decision.quoted.as_ref();
        let words = |part: fn(&Evidence) -> &str| quoted.map(|q| part(&q.evidence).to_owned());
        Self {
            decision_id: decision.id.clone(),
            at: decision.at.to_string(),
            who: decision.who.clone(),
            why: decision.why.clone(),
            act: columns.act.to_owned(),
            target: columns.target,
            field: columns.field,
            value: columns.value,
            seen: decision.seen.clone(),
            page_id: quoted.map(|q| q.page.to_string()),
            start: quoted.map(|q| q.evidence.range().start().into()),
            quote: words(Evidence::quote),
            prefix: words(Evidence::prefix),
            suffix: words(Evidence::suffix),
        }
    }

    fn into_decision(self) -> Option<Decision> {
        let quoted = match (self.page_id, self.start, self.quote) {
            (Some(page), Some(start), Some(quote)) => {
                // A range may not reach beyond what an offset can say.
                start.checked_add(u32::try_from(quote.len()).ok()?)?;
                let range = TextRange::at(start.into(), TextSize::of(&*quote));
                let (prefix, suffix) = (
                    self.prefix.unwrap_or_default(),
                    self.suffix.unwrap_or_default(),
                );
                Some(Quoted {
                    page: page.parse().ok()?,
                    evidence: Evidence::kept(range, quote, prefix, suffix)?,
                })
            }
            _ => None,
        };
        let ruling = Ruling::from_columns(
            &self.act,
            &self.target,
            self.field,
            self.value,
            quoted.as_ref(),
        )?;
        Some(Decision {
            id: self.decision_id,
            at: self.at.parse().ok()?,
            who: self.who,
            why: self.why,
            ruling,
            seen: self.seen,
            quoted,
        })
    }
}

/// The decision of a line; `None` for the line that names the format and for empty lines.
fn parse(text: &str, line: usize) -> Result<Option<Decision>, LineError> {
    let malformed = |what: String| LineError::Malformed { line, what };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let record: Value = serde_json::from_str(text).map_err(|e| malformed(e.to_string()))?;
    if let Some(format) = record.get("format") {
        let version = record
            .get("version")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        return if format == FORMAT && version <= u64::from(VERSION) {
            Ok(None)
        } else {
            Err(malformed(format!(
                "expected {FORMAT} up to version {VERSION}, found `{record}`"
            )))
        };
    }
    let record: Line = serde_json::from_value(record).map_err(|e| malformed(e.to_string()))?;
    let id = record.decision_id.clone();
    let act = record.act.clone();
    if act == "withdraw" {
        // Somebody else's withdrawal must not take pages out of this case unseen.
        return Ok(None);
    }
    let decision = record
        .into_decision()
        .ok_or_else(|| malformed(format!("unknown or incomplete act `{act}`")))?;
    if journal::identified(decision.clone()).id != id {
        return Err(LineError::Changed { line, id });
    }
    Ok(Some(decision))
}

/// Notes the verdict or the amended field on which somebody else has decided otherwise.
fn note_contested(
    db: &Connection,
    decision: &Decision,
    imported: &mut Imported,
) -> rusqlite::Result<()> {
    let (Ruling::Accept { claim } | Ruling::Reject { claim } | Ruling::Amend { claim, .. }) =
        &decision.ruling
    else {
        return Ok(());
    };
    for other in journal::effective_on(db, &claim.to_string())? {
        if other.who == decision.who || other.ruling == decision.ruling {
            continue;
        }
        match (&decision.ruling, &other.ruling) {
            (Ruling::Amend { field, .. }, Ruling::Amend { field: same, .. }) if field == same => {
                imported.contested_fields.push((*claim, field.clone()));
            }
            (Ruling::Amend { .. }, _) => {}
            (_, Ruling::Accept { .. } | Ruling::Reject { .. }) => imported.contested.push(*claim),
            _ => {}
        }
    }
    Ok(())
}

/// The page whose date a decision sets, or whose dating it undoes.
fn dated_page(db: &Connection, decision: &Decision) -> rusqlite::Result<Option<PageId>> {
    let about = journal::at_the_end(db, decision)?;
    Ok(about.and_then(|about| match about.ruling {
        Ruling::Date { page, .. } => Some(page),
        _ => None,
    }))
}
