//! Conditions on what stands in a passage: a claim of some kind, a mention of an entity.
//!
//! Where few passages have it, they are looked up first and the passages with the words are compared with them by
//! number; else each passage with the words is asked, and the limit of those that are ranked is reached soon.

use rusqlite::Connection;
use verbale_core::ClaimKind;

/// Up to how many claims are looked up first, with their passages.
const FEW: u32 = 10_000;

/// Up to how many passages of an entity are looked up first: they stand in a row of their own index.
const FEW_PASSAGES: u32 = 50_000;

/// Passages with a claim of one of the kinds that follow. The sign before the number keeps the index of words from
/// being asked for each of them.
pub(super) const PASSAGES_OF_KINDS: &str = " AND +passage_words.rowid IN (
    SELECT p.id FROM claim c CROSS JOIN passage p
    ON p.document = c.document AND p.start <= c.start AND p.\"end\" >= c.\"end\" WHERE 1";

/// As [`PASSAGES_OF_KINDS`], asked of each passage.
pub(super) const HAS_KIND: &str = " AND EXISTS (
    SELECT 1 FROM claim c WHERE c.document = g.document AND c.start >= g.start AND c.\"end\" <= g.\"end\"";

/// True if the case has few claims of these kinds.
pub(super) fn are_few_claims(db: &Connection, kinds: &[ClaimKind]) -> rusqlite::Result<bool> {
    let mut count =
        db.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM claim WHERE kind = ?1 LIMIT ?2)")?;
    for kind in kinds {
        let n: u32 = count.query_row((kind.as_str(), FEW + 1), |row| row.get(0))?;
        if n > FEW {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The rows of the entity in this one and of all that were merged into it, as a list in SQL.
pub(super) fn same(db: &Connection, row: i64) -> rusqlite::Result<String> {
    let rows: Vec<String> = db
        .prepare_cached(
            "WITH RECURSIVE same (id) AS (
               SELECT ?1 UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)
             SELECT CAST(id AS TEXT) FROM same",
        )?
        .query_map([row], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows.join(", "))
}

/// True if few passages mention the entities in these rows.
pub(super) fn are_few_mentions(db: &Connection, same: &str) -> rusqlite::Result<bool> {
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM passage_entity WHERE entity IN ({same}) LIMIT ?1)"
    );
    let n: u32 = db
        .prepare(&sql)?
        .query_row([FEW_PASSAGES + 1], |row| row.get(0))?;
    Ok(n <= FEW_PASSAGES)
}

/// Passages that mention the entities in these rows, looked up first.
pub(super) fn passages_of_entity(same: &str) -> String {
    format!(
        " AND +passage_words.rowid IN (SELECT passage FROM passage_entity WHERE entity IN ({same}))"
    )
}

/// As [`passages_of_entity`], asked of each passage before anything else is read of it.
pub(super) fn mentions_entity(same: &str) -> String {
    format!(
        " AND EXISTS (SELECT 1 FROM passage_entity m
                      WHERE m.entity IN ({same}) AND m.passage = passage_words.rowid)"
    )
}
