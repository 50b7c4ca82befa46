//! What stands behind each claim in numbers: counted under the names where claims came or went, and kept.

use rusqlite::{Connection, params};
use verbale_analysis::{Lexicon, Standing, Support, Supports};
use verbale_core::ClaimId;

use super::sayings::Copies;
use crate::Case;
use crate::error::Result;
use crate::store::unreadable;

/// How many names are weighed in one transaction.
const BATCH: usize = 500;

impl Case {
    /// Counts what stands behind the claims under the names where claims came or went since the last time. Returns
    /// how many names were looked at. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn weigh_sayings(&mut self, lexicon: &Lexicon) -> Result<u64> {
        self.in_batches(|db| weigh_batch(db, lexicon))
    }

    /// True if claims neither came nor went since [`Case::weigh_sayings`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_weighed(&self) -> Result<bool> {
        self.run(|db| {
            db.query_row("SELECT NOT EXISTS (SELECT 1 FROM unweighed)", [], |r| {
                r.get(0)
            })
        })
    }

    /// What stands behind these claims. [`Case::weigh_sayings`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn supports(&self, claims: &[ClaimId]) -> Result<Supports> {
        let ids: Vec<String> = claims.iter().map(ClaimId::to_string).collect();
        let list = crate::run::json(&ids);
        self.run(|db| {
            db.prepare_cached(
                "SELECT c.claim_id, s.n_pages, s.n_publishers, s.n_origins
                 FROM json_each(?1) j JOIN claim c ON c.claim_id = j.value JOIN support s ON s.claim = c.id",
            )?
            .query_map([list], |row| {
                let id: String = row.get(0)?;
                let id: ClaimId = id.parse().map_err(|e| unreadable(Box::new(e)))?;
                Ok((id, support(row)?))
            })?
            .collect()
        })
    }
}

/// Reads the three numbers behind the first column.
fn support(row: &rusqlite::Row<'_>) -> rusqlite::Result<Support> {
    let n = |at: usize| -> rusqlite::Result<usize> {
        usize::try_from(row.get::<_, i64>(at)?).map_err(|e| unreadable(Box::new(e)))
    };
    Ok(Support {
        n_pages: n(1)?,
        n_publishers: n(2)?,
        n_origins: n(3)?,
    })
}

/// Weighs the first names that wait, and returns how many there were.
fn weigh_batch(db: &Connection, lexicon: &Lexicon) -> rusqlite::Result<usize> {
    let keys: Vec<i64> = db
        .prepare_cached("SELECT key FROM unweighed ORDER BY key LIMIT ?1")?
        .query_map([BATCH as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut copies = Copies::default();
    for key in &keys {
        db.prepare_cached("DELETE FROM support WHERE key = ?1")?
            .execute([key])?;
        copies.for_each_part(db, lexicon, *key, |_, standings| {
            let mut several = standings.iter().filter(|s| s.support() != Support::ALONE);
            several.try_for_each(|standing| keep(db, *key, standing))
        })?;
        db.prepare_cached("DELETE FROM unweighed WHERE key = ?1")?
            .execute([key])?;
    }
    Ok(keys.len())
}

fn keep(db: &Connection, key: i64, standing: &Standing) -> rusqlite::Result<()> {
    let support = standing.support();
    let mut put = db.prepare_cached(
        "INSERT OR REPLACE INTO support (claim, key, n_pages, n_publishers, n_origins)
         SELECT id, ?2, ?3, ?4, ?5 FROM claim WHERE claim_id = ?1",
    )?;
    for claim in &standing.claims {
        put.execute(params![
            claim.to_string(),
            key,
            support.n_pages as i64,
            support.n_publishers as i64,
            support.n_origins as i64,
        ])?;
    }
    Ok(())
}
