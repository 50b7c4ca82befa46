//! Conditions on what stands in a passage: a claim of some kind, a mention of an entity.
//!
//! Where few passages have it, they are looked up first and the passages with the words are compared with them by
//! number; else each passage with the words is asked, and the limit of those that are ranked is reached soon.

use rusqlite::Connection;
use verbale_core::ClaimKind;

/// Up to how many claims or mentions are looked up first.
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

/// The entity of this row and all that were merged into it, as a table `same`.
fn same(row: i64) -> String {
    format!(
        "WITH RECURSIVE same (id) AS (
           SELECT {row} UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)"
    )
}

/// True if the case mentions the entity of this row few times.
pub(super) fn are_few_mentions(db: &Connection, row: i64) -> rusqlite::Result<bool> {
    let sql = format!(
        "{} SELECT count(*) FROM (SELECT 1 FROM link WHERE entity IN same LIMIT ?1)",
        same(row)
    );
    let n: u32 = db.prepare(&sql)?.query_row([FEW + 1], |row| row.get(0))?;
    Ok(n <= FEW)
}

/// Passages that mention the entity of this row, looked up first.
pub(super) fn passages_of_entity(row: i64) -> String {
    format!(
        " AND +passage_words.rowid IN ({}
           SELECT p.id FROM link l CROSS JOIN mention m ON m.id = l.mention
           CROSS JOIN passage p ON p.document = m.document AND p.start <= m.start AND p.\"end\" >= m.\"end\"
           WHERE l.entity IN same AND l.superseded = 0 AND l.judgement = 'positive')",
        same(row)
    )
}

/// As [`passages_of_entity`], asked of each passage.
pub(super) fn mentions_entity(row: i64) -> String {
    format!(
        " AND EXISTS ({}
           SELECT 1 FROM mention m JOIN link l ON l.mention = m.id
           WHERE m.document = g.document AND m.start >= g.start AND m.\"end\" <= g.\"end\"
             AND l.superseded = 0 AND l.judgement = 'positive' AND l.entity IN same)",
        same(row)
    )
}
