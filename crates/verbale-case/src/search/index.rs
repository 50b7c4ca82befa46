//! Making the index of words again, after the analysis has changed.

use rusqlite::{Connection, OptionalExtension};

use super::facets;
use super::words::{Stems, VERSION};
use crate::Case;
use crate::error::Result;
use crate::ledger::claims_of;
use crate::store::{self, document_row, is_searched};

impl Case {
    /// Makes the index of words again from the texts and claims, in one transaction.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn index_again(&mut self) -> Result<()> {
        self.change(index_all)
    }

    /// Makes the index again if another version of the analysis made it, which would miss words.
    pub(crate) fn index_again_if_outdated(&mut self) -> Result<()> {
        let version = self.run(|db| {
            db.query_row("SELECT value FROM meta WHERE key = 'analysis'", [], |row| {
                row.get::<_, String>(0)
            })
            .optional()
        })?;
        if version.as_deref() == Some(VERSION) {
            return Ok(());
        }
        self.index_again()
    }
}

fn index_all(db: &rusqlite::Transaction<'_>) -> rusqlite::Result<()> {
    for table in ["passage_words", "claim_words"] {
        db.execute(
            &format!("INSERT INTO {table} ({table}) VALUES ('delete-all')"),
            [],
        )?;
    }
    let mut statement = db.prepare("SELECT id FROM document ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        index_document(db, row.get(0)?)?;
    }
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('analysis', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [VERSION],
    )?;
    Ok(())
}

fn index_document(db: &Connection, row: i64) -> rusqlite::Result<()> {
    let Some(document) = document_row(db, row)? else {
        return Ok(());
    };
    let stems = Stems::new([document.metadata.language.as_str()]);
    let facets = facets::of(&document.metadata);
    for (idx, passage) in document.passages().iter().enumerate() {
        if is_searched(passage.role) {
            let id = db
                .prepare_cached("SELECT id FROM passage WHERE document = ?1 AND idx = ?2")?
                .query_row((row, idx as i64), |row| row.get(0))?;
            store::insert_words(db, id, document.slice(passage.range), &facets, &stems)?;
        }
    }
    for stored in claims_of(db, row)? {
        let id = db
            .prepare_cached("SELECT id FROM claim WHERE claim_id = ?1")?
            .query_row([stored.claim.id.to_string()], |row| row.get(0))?;
        store::claim::insert_words(db, id, &stored.claim, &stems)?;
    }
    Ok(())
}
