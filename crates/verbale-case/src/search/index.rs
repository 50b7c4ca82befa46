//! Making the index of words again, after the analysis has changed.

use rusqlite::{Connection, OptionalExtension};
use verbale_core::Document;

use super::facets;
use super::words::{SAME_FOR_CLAIMS, Stems, VERSION};
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
        self.change(|db| index_all(db, true))
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
        let with_claims =
            version.is_none_or(|version| !SAME_FOR_CLAIMS.contains(&version.as_str()));
        self.change(|db| index_all(db, with_claims))
    }
}

fn index_all(db: &rusqlite::Transaction<'_>, with_claims: bool) -> rusqlite::Result<()> {
    let tables = ["passage_words", "claim_words"];
    for table in &tables[..1 + usize::from(with_claims)] {
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
    let claims = if with_claims {
        claims_of(db, row)?
    } else {
        Vec::new()
    };
    for stored in claims {
        let id = db
            .prepare_cached("SELECT id FROM claim WHERE claim_id = ?1")?
            .query_row([stored.claim.id.to_string()], |row| row.get(0))?;
        store::claim::insert_words(db, id, &stored.claim, &stems)?;
    }
    Ok(())
}
