//! Making the index of words again, after the analysis has changed.

use rusqlite::{Connection, OptionalExtension};
use verbale_core::Document;

use super::words::{SAME_FOR_CLAIMS, Stems, VERSION};
use crate::Case;
use crate::error::Result;
use crate::ledger::claims_of;
use crate::store::{self, document_row};

impl Case {
    /// Makes the index of words again from the texts and claims, in one transaction.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn index_again(&mut self) -> Result<()> {
        self.change(|db| index_all(db, true))
    }

    /// Makes the index again if another version of the analysis made it, which would miss words.
    pub(crate) fn index_again_if_outdated(&mut self) -> Result<()> {
        if self.run(made_by)?.as_deref() == Some(VERSION) {
            return Ok(());
        }
        self.change(|db| index_if_outdated(db))
    }
}

fn made_by(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT value FROM meta WHERE key = 'analysis'", [], |row| {
        row.get(0)
    })
    .optional()
}

/// As [`Case::index_again_if_outdated`], in the transaction that is going on.
pub(crate) fn index_if_outdated(db: &Connection) -> rusqlite::Result<()> {
    let version = made_by(db)?;
    if version.as_deref() == Some(VERSION) {
        return Ok(());
    }
    let with_claims = version.is_none_or(|version| !SAME_FOR_CLAIMS.contains(&version.as_str()));
    index_all(db, with_claims)
}

fn index_all(db: &Connection, with_claims: bool) -> rusqlite::Result<()> {
    let tables = ["passage_words", "claim_terms", "claim_words"];
    for table in &tables[..2 + usize::from(with_claims)] {
        db.execute(
            &format!("INSERT INTO {table} ({table}) VALUES ('delete-all')"),
            [],
        )?;
    }
    let mut statement = db.prepare("SELECT id FROM document ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let row = row.get(0)?;
        if let Some(document) = document_row(db, row)? {
            index_document(db, row, &document, with_claims)?;
        }
    }
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('analysis', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [VERSION],
    )?;
    Ok(())
}

fn index_document(
    db: &Connection,
    row: i64,
    document: &Document,
    with_claims: bool,
) -> rusqlite::Result<()> {
    store::index_passages(db, row, document)?;
    store::terms::index(db, row)?;
    if !with_claims {
        return Ok(());
    }
    let stems = Stems::new([document.metadata.language.as_str()]);
    let mut number =
        db.prepare_cached("SELECT id FROM claim WHERE document = ?1 AND claim_id = ?2")?;
    for stored in claims_of(db, row)? {
        let id = number.query_row((row, stored.claim.id.to_string()), |row| row.get(0))?;
        store::claim::insert_words(db, id, &stored.claim, &stems)?;
    }
    Ok(())
}
