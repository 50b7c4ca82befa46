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
use crate::store::{delete_reading, page_row};

/// How many pages of the file are copied before a writer gets its turn.
const STEP_PAGES: std::os::raw::c_int = 4096;

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

    /// Tells SQLite how the rows are distributed, so that it chooses the right index. Worth calling after many
    /// pages were added; takes well under a second.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn optimize(&mut self) -> Result<()> {
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
    delete_reading(db, row)?;
    db.execute("DELETE FROM page_bytes WHERE page = ?1", [row])?;
    db.execute(
        "UPDATE page SET withdrawn_at = ?2 WHERE id = ?1",
        (row, at.to_string()),
    )?;
    delete_unmentioned(db)?;
    // Deleted rows of the index are only marked; merging everything drops them.
    for table in ["passage_words", "claim_words"] {
        db.execute(
            &format!("INSERT INTO {table} ({table}) VALUES ('optimize')"),
            [],
        )?;
    }
    Ok(())
}

/// Removes the entities and series that nothing refers to any more.
fn delete_unmentioned(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE unmentioned AS
           SELECT e.id FROM entity e
           WHERE NOT EXISTS (SELECT 1 FROM link l WHERE l.entity = e.id)
             AND NOT EXISTS (SELECT 1 FROM entity m WHERE m.merged_into = e.id)
             AND e.merged_into IS NULL
             AND NOT EXISTS (SELECT 1 FROM claim_entity c WHERE c.entity = e.id);
         DELETE FROM entity_form WHERE entity IN (SELECT id FROM unmentioned);
         DELETE FROM entity WHERE id IN (SELECT id FROM unmentioned);
         DROP TABLE unmentioned;
         DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM figure f WHERE f.series = series.id);",
    )
}

#[cfg(test)]
mod tests;
