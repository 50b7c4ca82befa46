//! Conditions on what stands in a passage: a claim of some kind, a mention of an entity.
//!
//! Where few passages have it, they are looked up first and the passages with the words are compared with them by
//! number; else each passage with the words is asked, and the limit of those that are ranked is reached soon.

use rusqlite::Connection;
use verbale_core::ClaimKind;

use super::facets;
use crate::EntityId;
use crate::store::{find_entity, representative};

/// Up to how many claims are looked up first, with their passages.
const FEW: u32 = 10_000;

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

/// The facets of an entity and of all that were merged into what it stands for. An entity that the case does not have
/// has one that no passage has.
pub(super) fn entity(db: &Connection, id: &EntityId) -> rusqlite::Result<Vec<String>> {
    let Some(row) = find_entity(db, id)? else {
        return Ok(vec![facets::entity(0)]);
    };
    db.prepare_cached(
        "WITH RECURSIVE same (id) AS (
           SELECT ?1 UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)
         SELECT id FROM same",
    )?
    .query_map([representative(db, row)?], |row| {
        row.get(0).map(facets::entity)
    })?
    .collect()
}
