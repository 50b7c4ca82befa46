//! The journal: rows of decisions, each chained to the one before.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;
use verbale_core::{Evidence, TextRange, TextSize};

use super::Decision;
use super::ruling::{Columns, Quoted, Ruling};
use crate::digest;
use crate::store::unreadable;

const SELECT: &str =
    "SELECT decision_id, at, who, why, act, target, field, value, seen, page_id, start, quote,
  prefix, suffix, hash FROM decision";

/// The hash before the first decision.
const GENESIS: [u8; 32] = [0; 32];

/// How deep undoing of undoing is followed. People do not get there; tampered files might.
const MAX_UNDO_DEPTH: usize = 64;

/// All that a decision's id is the digest of, in a fixed order.
fn parts(decision: &Decision, columns: &Columns) -> Vec<String> {
    let json = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
    let quoted = decision.quoted.as_ref();
    vec![
        decision.at.to_string(),
        decision.who.clone(),
        decision.why.clone().unwrap_or_default(),
        columns.act.to_owned(),
        columns.target.clone(),
        columns.field.clone().unwrap_or_default(),
        json(&columns.value),
        json(&decision.seen),
        quoted.map(|q| q.page.to_string()).unwrap_or_default(),
        quoted
            .map(|q| u32::from(q.evidence.range().start()).to_string())
            .unwrap_or_default(),
        quoted
            .map(|q| q.evidence.quote().to_owned())
            .unwrap_or_default(),
        quoted
            .map(|q| q.evidence.prefix().to_owned())
            .unwrap_or_default(),
        quoted
            .map(|q| q.evidence.suffix().to_owned())
            .unwrap_or_default(),
    ]
}

/// The decision with the id that its content has.
pub(super) fn identified(mut decision: Decision) -> Decision {
    let parts = parts(&decision, &decision.ruling.columns());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    decision.id = digest::id("dec", &parts);
    decision
}

/// Writes a decision at the end of the journal; one that is there already is not written again.
pub(super) fn append(db: &Connection, decision: &Decision) -> rusqlite::Result<bool> {
    let last: Option<[u8; 32]> = db
        .prepare_cached("SELECT hash FROM decision ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let columns = decision.ruling.columns();
    let quoted = decision.quoted.as_ref();
    let n_rows = db
        .prepare_cached(
            "INSERT OR IGNORE INTO decision (decision_id, at, who, why, act, target, field, value, seen, page_id,
               start, quote, prefix, suffix, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            decision.id,
            decision.at.to_string(),
            decision.who,
            decision.why,
            columns.act,
            columns.target,
            columns.field,
            columns.value.as_ref().map(Value::to_string),
            decision.seen.as_ref().map(Value::to_string),
            quoted.map(|q| q.page.to_string()),
            quoted.map(|q| u32::from(q.evidence.range().start())),
            quoted.map(|q| q.evidence.quote()),
            quoted.map(|q| q.evidence.prefix()),
            quoted.map(|q| q.evidence.suffix()),
            chained(last.unwrap_or(GENESIS), &decision.id)
        ])?;
    Ok(n_rows > 0)
}

fn chained(before: [u8; 32], id: &str) -> [u8; 32] {
    digest::of(&[&before, id.as_bytes()])
}

/// The first decision that does not follow from the one before, or whose content is not what its id says.
pub(crate) fn broken_link(db: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = db.prepare(&format!("{SELECT} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut before = GENESIS;
    while let Some(row) = rows.next()? {
        let written: String = row.get(0)?;
        let hash: [u8; 32] = row.get(14)?;
        let holds = decision(row).is_ok_and(|d| identified(d).id == written);
        before = chained(before, &written);
        if !holds || hash != before {
            return Ok(Some(written));
        }
    }
    Ok(None)
}

/// The whole journal in the order of the file.
pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<Decision>> {
    db.prepare_cached(&format!("{SELECT} ORDER BY id"))?
        .query_map([], decision)?
        .collect()
}

/// The decision with this id.
pub(super) fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Decision>> {
    db.prepare_cached(&format!("{SELECT} WHERE decision_id = ?1"))?
        .query_row([id], decision)
        .optional()
}

/// The decisions on this target, in the order of their time, then of their ids.
pub(super) fn on(db: &Connection, target: &str) -> rusqlite::Result<Vec<Decision>> {
    let mut found: Vec<Decision> = db
        .prepare_cached(&format!("{SELECT} WHERE target = ?1"))?
        .query_map([target], decision)?
        .collect::<rusqlite::Result<_>>()?;
    found.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(found)
}

/// The decisions on this target that nobody has undone.
pub(crate) fn effective_on(db: &Connection, target: &str) -> rusqlite::Result<Vec<Decision>> {
    let mut out = Vec::new();
    for decision in on(db, target)? {
        if !matches!(decision.ruling, Ruling::Undo { .. }) && !is_undone(db, &decision.id, 0)? {
            out.push(decision);
        }
    }
    Ok(out)
}

/// The decisions of one sort that nobody has undone, in the order of their time.
pub(super) fn effective_acts(db: &Connection, acts: &[&str]) -> rusqlite::Result<Vec<Decision>> {
    let mut out = Vec::new();
    for act in acts {
        let mut statement = db.prepare_cached(&format!("{SELECT} WHERE act = ?1"))?;
        for found in statement.query_map([act], decision)? {
            let found = found?;
            if !is_undone(db, &found.id, 0)? {
                out.push(found);
            }
        }
    }
    out.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(out)
}

pub(super) fn is_undone(db: &Connection, id: &str, depth: usize) -> rusqlite::Result<bool> {
    if depth > MAX_UNDO_DEPTH {
        return Ok(false);
    }
    let undos: Vec<String> = db
        .prepare_cached("SELECT decision_id FROM decision WHERE target = ?1 AND act = 'undo'")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for undo in undos {
        if !is_undone(db, &undo, depth + 1)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a decision is about in the end: itself, or what is at the end of a chain of undoings. `None` if that is
/// not in the journal.
pub(super) fn at_the_end(
    db: &Connection,
    decision: &Decision,
) -> rusqlite::Result<Option<Decision>> {
    let mut at = decision.clone();
    for _ in 0..MAX_UNDO_DEPTH {
        let Ruling::Undo { decision } = &at.ruling else {
            return Ok(Some(at));
        };
        match find(db, decision)? {
            Some(undone) => at = undone,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// The claim that decisions on `claim` went to after a new reading, if they went anywhere.
pub(super) fn followed(db: &Connection, claim: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT now FROM follow WHERE claim_id = ?1")?
        .query_row([claim], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let json = |column| -> rusqlite::Result<Option<Value>> {
        let text: Option<String> = row.get(column)?;
        text.map(|t| serde_json::from_str(&t).map_err(|e| unreadable(Box::new(e))))
            .transpose()
    };
    let at: String = row.get(1)?;
    let (act, target): (String, String) = (row.get(4)?, row.get(5)?);
    let quoted = quoted(row)?;
    let ruling = Ruling::from_columns(&act, &target, row.get(6)?, json(7)?, quoted.as_ref());
    Ok(Decision {
        id: row.get(0)?,
        at: at
            .parse::<Timestamp>()
            .map_err(|e| unreadable(Box::new(e)))?,
        who: row.get(2)?,
        why: row.get(3)?,
        ruling: ruling
            .ok_or_else(|| unreadable(format!("decision `{act}` on `{target}`").into()))?,
        seen: json(8)?,
        quoted,
    })
}

fn quoted(row: &Row<'_>) -> rusqlite::Result<Option<Quoted>> {
    let (page, start): (Option<String>, Option<u32>) = (row.get(9)?, row.get(10)?);
    let quote: Option<String> = row.get(11)?;
    let (Some(page), Some(start), Some(quote)) = (page, start, quote) else {
        return Ok(None);
    };
    let range = TextRange::at(start.into(), TextSize::of(&*quote));
    let prefix: Option<String> = row.get(12)?;
    let suffix: Option<String> = row.get(13)?;
    let evidence = Evidence::kept(
        range,
        quote,
        prefix.unwrap_or_default(),
        suffix.unwrap_or_default(),
    )
    .ok_or_else(|| unreadable("quote".into()))?;
    Ok(Some(Quoted {
        page: crate::store::page_id(&page)?,
        evidence,
    }))
}
