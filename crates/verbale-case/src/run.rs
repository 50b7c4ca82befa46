//! Which program made a reading.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What made a reading: the same run over the same bytes makes the same claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The program's version.
    pub program: String,
    /// The version of the readers, which make the text out of the bytes.
    pub reader: String,
    /// The digest of the language pipeline, empty where no model was used.
    pub pipeline: String,
    /// The packs, in the order of their names.
    pub packs: Vec<PackVersion>,
}

/// One pack as a run used it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVersion {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The digest of its files.
    pub digest: String,
}

/// The row of a run, if it has made a reading here before.
pub(crate) fn find(db: &Connection, run: &Run) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT id FROM run WHERE program = ?1 AND reader = ?2 AND pipeline = ?3 AND packs = ?4",
    )?
    .query_row(
        params![run.program, run.reader, run.pipeline, json(&run.packs)],
        |row| row.get(0),
    )
    .optional()
}

/// The row of a run; one is made where this run has not been seen before.
pub(crate) fn row(db: &Connection, run: &Run, at: &str) -> rusqlite::Result<i64> {
    if let Some(id) = find(db, run)? {
        return Ok(id);
    }
    for pack in &run.packs {
        db.execute(
            "INSERT OR IGNORE INTO pack (name, version, digest) VALUES (?1, ?2, ?3)",
            params![pack.name, pack.version, pack.digest],
        )?;
    }
    db.execute(
        "INSERT INTO run (program, reader, pipeline, packs, began_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![run.program, run.reader, run.pipeline, json(&run.packs), at],
    )?;
    Ok(db.last_insert_rowid())
}

/// A list or a record as JSON text.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("lists and records of strings and numbers are JSON")
}
