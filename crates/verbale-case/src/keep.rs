//! Keeping a case safe, and taking a page out of it for good.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};
use verbale_core::PageId;

use crate::Case;
use crate::decision::{Decision, Ruling, append_withdrawal};
use crate::error::{Error, Result};
use crate::ledger::Part;
use crate::store::{self, delete_reading, page_row, terms};

/// How many pages of the file are copied before a writer gets its turn.
const STEP_PAGES: std::os::raw::c_int = 4096;

/// How many pages of an index are merged in one transaction.
const MERGED_PAGES: u32 = 1_000;

/// The indexes of words and terms.
const INDEXES: [&str; 3] = ["passage_words", "claim_words", "claim_terms"];

impl Case {
    /// Copies the case to `target` as it stands now, while others may read and add. The copy is a case like any
    /// other. Nothing is overwritten.
    ///
    /// # Errors
    /// If `target` exists or cannot be written, or the file cannot be read.
    pub fn backup(&self, target: &Path) -> Result<()> {
        // Making the file here, and only here, means that two backups cannot write into one.
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(target)
            .map_err(|e| Error::CannotOpen {
                path: target.to_owned(),
                source: Box::new(e),
            })?;
        let copied = self.copy_to(target);
        if copied.is_err() {
            // Half a copy would look like a backup.
            let _ = std::fs::remove_file(target);
        }
        copied
    }

    fn copy_to(&self, target: &Path) -> Result<()> {
        let fail = |e| Error::new(target, e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Connection::open_with_flags(target, flags).map_err(fail)?;
        let backup = Backup::new(&self.db, &mut copy).map_err(fail)?;
        backup
            .run_to_completion(STEP_PAGES, Duration::from_millis(1), None)
            .map_err(fail)
    }

    /// Merges what adding has left in pieces in the indexes, and tells SQLite how the rows are distributed, so that it
    /// chooses the right index. Worth calling after many pages were added: what is merged here is not merged by the
    /// next pages. Takes seconds for a million documents; others may read and add meanwhile.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn optimize(&mut self) -> Result<()> {
        for table in INDEXES {
            // FTS5 tells by the number of changes whether there was anything left to merge.
            while self.change(|db| merge(db, table))? > 1 {}
        }
        self.run(|db| db.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE"))
    }

    /// Takes a page out for good, for law or consent. Its bytes, text, claims and words in the index go, and
    /// entities that nothing else mentions; its digest, its custody, the decisions on it and the reason stay. It
    /// is not added again. Words that a decision quotes stay in the journal, which is never changed.
    ///
    /// Returns false if the case does not have the page. The file is rewritten, so that nothing is left in
    /// unused parts of it; on a large case this takes as long as copying it. Backups made before still have it.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn withdraw(&mut self, page: PageId, who: &str, why: &str, at: Timestamp) -> Result<bool> {
        let decision = Decision {
            id: String::new(),
            at,
            who: who.to_owned(),
            why: Some(why.to_owned()),
            ruling: Ruling::Withdraw { page },
            seen: None,
            quoted: None,
        };
        let withdrawn = self.change(|db| match page_row(db, page)? {
            Some((row, false)) => {
                withdraw(db, row, page, at)?;
                append_withdrawal(db, decision).map(|()| true)
            }
            _ => Ok(false),
        })?;
        if withdrawn {
            self.run(|db| db.execute_batch("VACUUM"))?;
            self.write_back()?;
        }
        Ok(withdrawn)
    }
}

/// Merges pieces of an index, so many pages of it that others wait a moment only; returns how much was changed.
///
/// Source: FTS5, the "merge" command: total_changes() grows by less than 2 where nothing was to be done.
fn merge(db: &Connection, table: &str) -> rusqlite::Result<u64> {
    let before = db.total_changes();
    db.execute(
        &format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', {MERGED_PAGES})"),
        [],
    )?;
    Ok(db.total_changes() - before)
}

fn withdraw(db: &Connection, row: i64, page: PageId, at: Timestamp) -> rusqlite::Result<()> {
    let page = page.to_string();
    for table in ["amendment", "claim_state"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE claim_id IN (SELECT claim_id FROM claim WHERE document = ?1)"),
            [row],
        )?;
    }
    db.execute("DELETE FROM change WHERE page_id = ?1", [&page])?;
    db.execute(
        "DELETE FROM follow WHERE claim_id IN (SELECT target FROM decision WHERE page_id = ?1)",
        [&page],
    )?;
    let mentioned = entities_of(db, row)?;
    delete_reading(db, row)?;
    db.execute("DELETE FROM page_bytes WHERE page = ?1", [row])?;
    db.execute(
        "UPDATE page SET withdrawn_at = ?2 WHERE id = ?1",
        (row, at.to_string()),
    )?;
    delete_unmentioned(db, &mentioned)?;
    // Deleted rows of the index are only marked; merging everything drops them.
    for table in INDEXES {
        db.execute(
            &format!("INSERT INTO {table} ({table}) VALUES ('optimize')"),
            [],
        )?;
    }
    Ok(())
}

/// The entities that a document has a link to, and those that they stand for.
fn entities_of(db: &Connection, document: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT l.entity FROM mention m JOIN link l ON l.mention = m.id WHERE m.document = ?1
         UNION SELECT l.entity FROM claim c JOIN claim_entity l ON l.claim = c.id WHERE c.document = ?1",
    )?
    .query_map([document], |row| row.get(0))?
    .collect()
}

/// Removes those of these entities that nothing refers to any more, and such series.
fn delete_unmentioned(db: &Connection, entities: &[i64]) -> rusqlite::Result<()> {
    for entity in entities {
        if is_referred_to(db, *entity)? {
            continue;
        }
        for table in ["entity_form WHERE entity", "entity WHERE id"] {
            db.prepare_cached(&format!("DELETE FROM {table} = ?1"))?
                .execute([entity])?;
        }
    }
    db.execute(
        "DELETE FROM series WHERE id NOT IN (SELECT series FROM figure)",
        [],
    )?;
    Ok(())
}

/// True if a page mentions the entity, by a link that holds or by one that did before a decision, a claim is listed
/// under it, or it was merged with another.
fn is_referred_to(db: &Connection, entity: i64) -> rusqlite::Result<bool> {
    if store::is_mentioned(db, entity)? {
        return Ok(true);
    }
    for part in Part::ALL {
        let mut listed = db.prepare_cached(
            "SELECT 1 FROM claim_by_term WHERE term >= ?1 AND term <= ?2 LIMIT 1",
        )?;
        if listed.exists(terms::of_entity(*part, entity))? {
            return Ok(true);
        }
    }
    db.prepare_cached(
        "SELECT 1 FROM link d JOIN link l ON l.mention = d.mention
         WHERE d.decision IS NOT NULL AND l.entity = ?1
         UNION ALL SELECT 1 FROM entity WHERE merged_into = ?1
         UNION ALL SELECT 1 FROM entity WHERE id = ?1 AND merged_into IS NOT NULL LIMIT 1",
    )?
    .exists([entity])
}

#[cfg(test)]
mod tests;
