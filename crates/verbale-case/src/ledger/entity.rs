//! The entities of a case: who is called so, and what the case has of them.

use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::EntityKind;

use crate::error::Result;
use crate::search::words::folded_name;
use crate::store::{find_entity, representative, unreadable};
use crate::{Case, EntityId};

/// An entity that stands for itself, with what the case has of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntity {
    /// Its id.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The pack's id where a pack knows it.
    pub pack_id: Option<String>,
    /// All its names, those of entities that were merged into it too, in the order of the alphabet.
    pub forms: Vec<String>,
    /// The entities that were merged into it.
    pub merged: Vec<EntityId>,
    /// How many claims it makes.
    pub n_said: u64,
    /// How many claims are about it.
    pub n_about: u64,
    /// How often the pages mention it.
    pub n_mentions: u64,
}

impl Case {
    /// The entities that stand for themselves and have `words` in a row in one of their names, or all; those with
    /// the most claims first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entities_called(
        &self,
        words: Option<&str>,
        kind: Option<EntityKind>,
        limit: u32,
    ) -> Result<Vec<StoredEntity>> {
        self.consistently(|case| {
            case.run(|db| {
                let ranked = match words {
                    Some(words) => by_weight(db, called(db, words)?)?,
                    None => standing(db)?,
                };
                let mut rows = Vec::new();
                for row in ranked {
                    if rows.len() == limit as usize {
                        break;
                    }
                    let fits = match kind {
                        Some(kind) => is_of_kind(db, row, kind)?,
                        None => true,
                    };
                    if fits && is_referred_to(db, row)? {
                        rows.push(row);
                    }
                }
                rows.into_iter().map(|row| stored(db, row)).collect()
            })
        })
    }

    /// The entity with this id, or the one that it was merged into, with all its names.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entity_by_any_id(&self, id: &EntityId) -> Result<Option<StoredEntity>> {
        self.consistently(|case| {
            case.run(|db| {
                let Some(row) = find_entity(db, id)? else {
                    return Ok(None);
                };
                stored(db, representative(db, row)?).map(Some)
            })
        })
    }
}

/// The entities with `words` in a row in a name, each by what it was merged into.
fn called(db: &Connection, words: &str) -> rusqlite::Result<Vec<i64>> {
    let wanted = folded_name(words);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut out: Vec<i64> = db
        .prepare_cached(
            "SELECT DISTINCT entity FROM entity_form
             WHERE instr(' ' || folded || ' ', ' ' || ?1 || ' ') > 0",
        )?
        .query_map([wanted], |row| row.get(0))?
        .map(|row| representative(db, row?))
        .collect::<rusqlite::Result<_>>()?;
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Entities in the order of their claims, most first.
fn by_weight(db: &Connection, rows: Vec<i64>) -> rusqlite::Result<Vec<i64>> {
    let mut ranked = Vec::with_capacity(rows.len());
    for row in rows {
        let (n_said, n_about) = n_claims(db, row)?;
        ranked.push((std::cmp::Reverse(n_said + n_about), row));
    }
    ranked.sort_unstable();
    Ok(ranked.into_iter().map(|(_, row)| row).collect())
}

/// All entities that stand for themselves in the order of their claims, most first.
fn standing(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT e.id FROM entity e LEFT JOIN entity_count n ON n.entity = e.id
         WHERE e.merged_into IS NULL ORDER BY n.n_said + n.n_about DESC, e.id",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// True if words refer to the entity, or to one that was merged into it. Others are left from an earlier reading
/// or from a split that was undone.
fn is_referred_to(db: &Connection, row: i64) -> rusqlite::Result<bool> {
    db.prepare_cached(&format!(
        "{SAME}SELECT 1 FROM entity_count WHERE entity IN same AND n_mentions > 0"
    ))?
    .exists([row])
}

fn is_of_kind(db: &Connection, row: i64, kind: EntityKind) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM entity WHERE id = ?1 AND kind = ?2")?
        .exists(params![row, kind.as_str()])
}

/// How many claims the entity of this row makes, and how many are about it; those of entities that were merged into it
/// are linked with it.
fn n_claims(db: &Connection, row: i64) -> rusqlite::Result<(u64, u64)> {
    let counts = db
        .prepare_cached("SELECT n_said, n_about FROM entity_count WHERE entity = ?1")?
        .query_row([row], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })
        .optional()?;
    Ok(counts.map_or((0, 0), |(said, about)| {
        (said.unsigned_abs(), about.unsigned_abs())
    }))
}

/// The entity and all that were merged into it, as the rows of a table `same`.
const SAME: &str = "WITH RECURSIVE same (id) AS (
    SELECT ?1 UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id) ";

fn stored(db: &Connection, row: i64) -> rusqlite::Result<StoredEntity> {
    let texts = |sql: &str| -> rusqlite::Result<Vec<String>> {
        db.prepare_cached(&format!("{SAME}{sql}"))?
            .query_map([row], |row| row.get(0))?
            .collect()
    };
    let forms = texts("SELECT DISTINCT form FROM entity_form WHERE entity IN same ORDER BY form")?;
    let merged =
        texts("SELECT entity_id FROM entity WHERE id IN same AND id <> ?1 ORDER BY entity_id")?;
    let n_mentions: i64 = db
        .prepare_cached(&format!(
            "{SAME}SELECT coalesce(sum(n_mentions), 0) FROM entity_count WHERE entity IN same"
        ))?
        .query_row([row], |row| row.get(0))?;
    let (n_said, n_about) = n_claims(db, row)?;
    db.prepare_cached("SELECT entity_id, name, kind, pack_id FROM entity WHERE id = ?1")?
        .query_row([row], |row| {
            let kind: String = row.get(2)?;
            Ok(StoredEntity {
                id: EntityId(row.get(0)?),
                name: row.get(1)?,
                kind: kind.parse().map_err(|e| unreadable(Box::new(e)))?,
                pack_id: row.get(3)?,
                forms,
                merged: merged.into_iter().map(EntityId).collect(),
                n_said,
                n_about,
                n_mentions: n_mentions.unsigned_abs(),
            })
        })
}
