//! What follows from decisions: the state of claims and publishers, amended fields, claims added by hand.
//!
//! Everything here can be made again from the journal; each function makes one target's part of it.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use verbale_core::{Claim, ClaimId};

use super::by_hand::{RULE, claim_from_line};
use super::{Decision, Ruling, Verdict, entity, field, journal};
use crate::ledger::{StoredClaim, claim_by_id};
use crate::search::words::Stems;
use crate::store::terms::{CLAIM_ROW, claim_row};
use crate::store::{self, claim::Placement, document_row, page_row};

/// Carries out what follows from a decision that was just written.
pub(super) fn follows_from(db: &Connection, decision: &Decision) -> rusqlite::Result<()> {
    let Some(decision) = journal::at_the_end(db, decision)? else {
        return Ok(());
    };
    match &decision.ruling {
        Ruling::Accept { claim }
        | Ruling::Reject { claim }
        | Ruling::Amend { claim, .. }
        | Ruling::GradeClaim { claim, .. } => project_claim(db, &claim.to_string()),
        Ruling::Add { line, .. } => project_claim(db, &line.id),
        Ruling::GradePublisher { publisher, .. } => project_publisher(db, publisher),
        Ruling::Link { .. } | Ruling::Split { .. } | Ruling::Merge { .. } => entity::project(db),
        Ruling::Note { target, .. } if target.parse::<ClaimId>().is_ok() => {
            project_claim(db, target)
        }
        // The date takes effect when the page is read again.
        Ruling::Date { .. }
        | Ruling::Note { .. }
        | Ruling::Withdraw { .. }
        | Ruling::Undo { .. } => Ok(()),
    }
}

/// Carries out all decisions about a page and its claims after the page was read.
pub(crate) fn page_was_read(db: &Connection, page_id: &str) -> rusqlite::Result<()> {
    for claim in claims_of_page(db, page_id)? {
        project_claim(db, &claim)?;
    }
    entity::project_page(db, page_id)
}

/// The ids of the claims of a page about which something was decided.
pub(crate) fn claims_of_page(db: &Connection, page_id: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT DISTINCT target FROM decision
         WHERE page_id = ?1 AND act IN ('accept', 'reject', 'amend', 'add', 'grade-claim', 'note') ORDER BY target",
    )?
    .query_map([page_id], |row| row.get(0))?
    .collect()
}

/// Makes the state of a claim from the decisions on it and on the claims that it follows.
fn project_claim(db: &Connection, claim_id: &str) -> rusqlite::Result<()> {
    let now = journal::followed(db, claim_id)?.unwrap_or_else(|| claim_id.to_owned());
    let decisions = decisions_behind(db, &now)?;
    project_addition(db, &now, &decisions)?;
    project_state(db, &now, &decisions)?;
    project_amendments(db, &now, &decisions)
}

/// The decisions that hold for a claim: its own, and those of claims of an earlier reading that it follows.
fn decisions_behind(db: &Connection, claim_id: &str) -> rusqlite::Result<Vec<Decision>> {
    let mut out = journal::effective_on(db, claim_id)?;
    let before: Vec<String> = db
        .prepare_cached("SELECT claim_id FROM follow WHERE now = ?1")?
        .query_map([claim_id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for claim in before {
        out.extend(journal::effective_on(db, &claim)?);
    }
    out.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(out)
}

fn project_state(db: &Connection, claim_id: &str, decisions: &[Decision]) -> rusqlite::Result<()> {
    let (mut verdict, mut credibility, mut note) = (None, None, None);
    for decision in decisions {
        match &decision.ruling {
            Ruling::Accept { .. } => verdict = Some(Verdict::Accepted),
            Ruling::Reject { .. } => verdict = Some(Verdict::Rejected),
            Ruling::GradeClaim { credibility: c, .. } => credibility = Some(*c),
            Ruling::Note { text, .. } => note = Some(text.as_str()),
            _ => {}
        }
    }
    let was_rejected = db
        .prepare_cached(
            "DELETE FROM claim_state WHERE claim_id = ?1 RETURNING verdict = 'rejected'",
        )?
        .query_row([claim_id], |row| row.get(0))
        .optional()?;
    if verdict.is_some() || credibility.is_some() || note.is_some() {
        db.prepare_cached(
            "INSERT INTO claim_state (claim_id, verdict, credibility, note) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![claim_id, verdict.map(Verdict::as_str), credibility, note])?;
    }
    let is_rejected = verdict == Some(Verdict::Rejected);
    if is_rejected || was_rejected.flatten() == Some(true) {
        refile(db, claim_id, is_rejected)?;
    }
    Ok(())
}

/// A rejected claim is in no ledger; one whose rejection was undone is filed again.
fn refile(db: &Connection, claim_id: &str, is_rejected: bool) -> rusqlite::Result<()> {
    let Some(row) = claim_row(db, claim_id)? else {
        return Ok(());
    };
    if is_rejected {
        db.prepare_cached("DELETE FROM claim_key WHERE claim = ?1")?
            .execute([row])?;
    }
    db.prepare_cached("INSERT OR IGNORE INTO unfiled (claim) VALUES (?1)")?
        .execute([row])?;
    Ok(())
}

/// Puts a claim that a person added into the ledger, or takes it out when the addition was undone. Where the
/// program finds the same words by now, its claim stands, and other decisions hold for it.
fn project_addition(
    db: &Connection,
    claim_id: &str,
    decisions: &[Decision],
) -> rusqlite::Result<()> {
    let added = decisions.iter().rev().find_map(|d| match &d.ruling {
        Ruling::Add { page, line } if line.id == claim_id => Some((page, line)),
        _ => None,
    });
    let Some((page, line)) = added else {
        return match stored_rule(db, claim_id)? {
            Some((row, rule)) if rule == RULE => store::claim::delete(db, row),
            _ => Ok(()),
        };
    };
    let there = stored_rule(db, claim_id)?;
    if there.as_ref().is_some_and(|(_, rule)| rule != RULE) {
        return Ok(());
    }
    let Some((row, false)) = page_row(db, *page)? else {
        return Ok(());
    };
    let Some(document) = document_row(db, row)? else {
        return Ok(());
    };
    // Words that the text no longer has leave the decision as an orphan.
    let Ok(claim) = claim_from_line(line, &document) else {
        return Ok(());
    };
    // Two people may have written down the same words; the later holds, whoever came first into this file.
    if let Some((before, _)) = there {
        store::claim::delete(db, before)?;
        db.prepare_cached("DELETE FROM amendment WHERE claim_id = ?1")?
            .execute([claim_id])?;
    }
    let start = claim.evidence.range().start();
    let start_char = verbale_core::OffsetTable::new(document.text())
        .to_char(start)
        .0;
    insert(db, row, &claim, start_char)
}

/// The row of a claim, and the rule that it was found by.
fn stored_rule(db: &Connection, claim_id: &str) -> rusqlite::Result<Option<(i64, String)>> {
    let Some(row) = claim_row(db, claim_id)? else {
        return Ok(None);
    };
    db.prepare_cached("SELECT id, rule FROM claim WHERE id = ?1")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Brings the claim back to what the program read, then puts in what people put in its place.
fn project_amendments(
    db: &Connection,
    claim_id: &str,
    decisions: &[Decision],
) -> rusqlite::Result<()> {
    let Some(stored) = find_claim(db, claim_id)? else {
        return Ok(());
    };
    let mut claim = stored.claim.clone();
    for (name, machine) in amended(db, claim_id)? {
        // It was read from such a field, so it fits.
        let _ = field::set(&mut claim, &name, &machine);
    }
    db.prepare_cached("DELETE FROM amendment WHERE claim_id = ?1")?
        .execute([claim_id])?;
    for (name, value, seen) in latest_amendments(decisions) {
        let machine = field::value_of(&claim, name);
        if field::set(&mut claim, name, value).is_err() {
            continue;
        }
        let machine = machine.unwrap_or_default();
        db.prepare_cached(
            "INSERT INTO amendment (claim_id, field, machine, value, stale) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            claim_id,
            name,
            machine.to_string(),
            value.to_string(),
            seen.is_some_and(|seen| *seen != machine)
        ])?;
    }
    if claim != stored.claim {
        replace(db, &stored, &claim)?;
    }
    Ok(())
}

/// The last value that was decided for each field, in the order of the decisions.
fn latest_amendments(decisions: &[Decision]) -> Vec<(&str, &Value, Option<&Value>)> {
    let mut out: Vec<(&str, &Value, Option<&Value>)> = Vec::new();
    for decision in decisions {
        if let Ruling::Amend { field, value, .. } = &decision.ruling {
            out.retain(|(name, ..)| name != field);
            out.push((field, value, decision.seen.as_ref()));
        }
    }
    out
}

/// What the program read in the fields that a person amended.
fn amended(db: &Connection, claim_id: &str) -> rusqlite::Result<Vec<(String, Value)>> {
    db.prepare_cached("SELECT field, machine FROM amendment WHERE claim_id = ?1 ORDER BY field")?
        .query_map([claim_id], |row| {
            let machine: String = row.get(1)?;
            let machine =
                serde_json::from_str(&machine).map_err(|e| store::unreadable(Box::new(e)))?;
            Ok((row.get(0)?, machine))
        })?
        .collect()
}

/// What the program read in a field that a person amended; `None` where nobody did.
pub(super) fn machine_value(
    db: &Connection,
    claim: ClaimId,
    name: &str,
) -> rusqlite::Result<Option<Value>> {
    let amended = amended(db, &claim.to_string())?;
    Ok(amended
        .into_iter()
        .find(|(field, _)| field == name)
        .map(|(_, machine)| machine))
}

/// A claim with every amended field as the program read it.
pub(crate) fn as_machine_read(db: &Connection, mut claim: Claim) -> rusqlite::Result<Claim> {
    for (name, machine) in amended(db, &claim.id.to_string())? {
        let _ = field::set(&mut claim, &name, &machine);
    }
    Ok(claim)
}

fn find_claim(db: &Connection, claim_id: &str) -> rusqlite::Result<Option<StoredClaim>> {
    match claim_id.parse() {
        Ok(id) => claim_by_id(db, id),
        Err(_) => Ok(None),
    }
}

fn replace(db: &Connection, stored: &StoredClaim, claim: &Claim) -> rusqlite::Result<()> {
    let (row, document): (i64, i64) = db
        .prepare_cached(&format!(
            "SELECT id, document FROM claim WHERE id = {CLAIM_ROW}"
        ))?
        .query_row([claim.id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    store::claim::delete(db, row)?;
    insert(db, document, claim, stored.start_char)
}

fn insert(db: &Connection, document: i64, claim: &Claim, start_char: u32) -> rusqlite::Result<()> {
    let entities = store::found_in(db, document)?;
    let language: String = db
        .prepare_cached("SELECT language FROM document WHERE id = ?1")?
        .query_row([document], |row| row.get(0))?;
    let placement = Placement {
        document,
        entities: &entities,
        stems: &Stems::new([language.as_str()]),
        published: store::published(db, document)?,
    };
    store::claim::insert(db, claim, start_char, &placement)
}

fn project_publisher(db: &Connection, publisher: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM publisher_state WHERE publisher = ?1",
        [publisher],
    )?;
    let grade = journal::effective_on(db, publisher)?
        .into_iter()
        .rev()
        .find_map(|d| match d.ruling {
            Ruling::GradePublisher { reliability, .. } => Some(reliability),
            _ => None,
        });
    if let Some(reliability) = grade {
        db.execute(
            "INSERT INTO publisher_state (publisher, reliability) VALUES (?1, ?2)",
            [publisher, reliability.as_str()],
        )?;
    }
    Ok(())
}
