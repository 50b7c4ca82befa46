//! Conflicts: found where claims came or went, kept, and read page by page.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use verbale_analysis::{Conflict, ConflictKind, Lexicon, Shelf, conflicts_under, lines::REACH};
use verbale_core::ClaimId;

use super::gather::Gathered;
use super::meeting::Meeting;
use crate::error::Result;
use crate::store::{terms::CLAIM_ROWS, unreadable};
use crate::{Case, digest};

/// How many claims, or names of pages, are settled in one transaction.
const BATCH: usize = 5_000;

/// Where a list of conflicts goes on: behind this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictCursor {
    a: String,
    b: String,
    kind: &'static str,
}

impl From<&Conflict> for ConflictCursor {
    fn from(conflict: &Conflict) -> Self {
        Self {
            a: conflict.pair.0.to_string(),
            b: conflict.pair.1.to_string(),
            kind: conflict.kind.as_str(),
        }
    }
}

impl Case {
    /// Holds claims that came since the last time against those that they meet, and looks again where claims went.
    /// Returns how much was looked at: claims under their names, and names of pages. [`Case::file_claims`] comes
    /// before.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn settle_conflicts(&mut self, lexicon: &Lexicon) -> Result<u64> {
        self.settle_conflicts_within(lexicon, REACH)
    }

    /// As [`Case::settle_conflicts`], where a claim meets at most so many of the next in a line.
    pub(super) fn settle_conflicts_within(
        &mut self,
        lexicon: &Lexicon,
        most: usize,
    ) -> Result<u64> {
        self.in_batches(|db| settle_batch(db, lexicon, most))
    }

    /// Does `batch` until it has nothing to do, each time in a transaction of its own; in a case that cannot be
    /// written, on the tables beside it. Returns how much was done.
    pub(super) fn in_batches(
        &mut self,
        batch: impl Fn(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<u64> {
        let is_read_only = self.run(|db| db.is_readonly("main"))?;
        self.with_large_cache(|case| {
            let mut n_done = 0;
            loop {
                let n = if is_read_only {
                    case.run(&batch)?
                } else {
                    case.change(|db| batch(db))?
                };
                n_done += n as u64;
                if n == 0 {
                    return Ok(n_done);
                }
            }
        })
    }

    /// True if conflicts were looked for since claims last came or went.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_settled(&self) -> Result<bool> {
        self.run(|db| {
            let waits =
                "SELECT NOT EXISTS (SELECT 1 FROM unsettled) AND NOT EXISTS (SELECT 1 FROM unheld)
                           AND NOT EXISTS (SELECT 1 FROM leaving)";
            db.query_row(waits, [], |row| row.get(0))
        })
    }

    /// At most `limit` conflicts in the order of the ids of their claims, behind `after` if it is given; copies
    /// of both sides are left out. [`Case::settle_conflicts`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn conflicts(&self, after: Option<&ConflictCursor>, limit: usize) -> Result<Vec<Conflict>> {
        self.conflicts_of_kind(None, after, limit)
    }

    /// As [`Case::conflicts`], of one kind if one is given.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn conflicts_of_kind(
        &self,
        of: Option<ConflictKind>,
        after: Option<&ConflictCursor>,
        limit: usize,
    ) -> Result<Vec<Conflict>> {
        let (a, b, kind) = after.map_or(("", "", ""), |c| (c.a.as_str(), c.b.as_str(), c.kind));
        self.run(|db| {
            let rows: Vec<Row> = db
                .prepare_cached(
                    "SELECT DISTINCT x.a, x.b, x.kind, x.reason FROM conflict x
                     WHERE (x.a, x.b, x.kind) > (?1, ?2, ?3) AND (?5 IS NULL OR x.kind = ?5)
                       AND NOT EXISTS (SELECT 1 FROM conflict y
                                       WHERE y.words = x.words AND (y.a, y.b) < (x.a, x.b))
                     ORDER BY x.a, x.b, x.kind LIMIT ?4",
                )?
                .query_map(
                    params![a, b, kind, limit as i64, of.map(ConflictKind::as_str)],
                    row,
                )?
                .collect::<rusqlite::Result<_>>()?;
            rows.into_iter()
                .filter_map(|row| with_words(db, row).transpose())
                .collect()
        })
    }

    /// The conflicts that one of these claims is a side of, copies too.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn conflicts_of(&self, claims: &[ClaimId]) -> Result<Vec<Conflict>> {
        let ids: Vec<String> = claims.iter().map(ClaimId::to_string).collect();
        let list = crate::run::json(&ids);
        self.run(|db| {
            let rows: Vec<Row> = db
                .prepare_cached(
                    "WITH side AS (SELECT value AS id FROM json_each(?1))
                     SELECT a, b, kind, reason FROM conflict WHERE a IN (SELECT id FROM side)
                     UNION
                     SELECT a, b, kind, reason FROM conflict WHERE b IN (SELECT id FROM side)
                     ORDER BY a, b, kind",
                )?
                .query_map([list], row)?
                .collect::<rusqlite::Result<_>>()?;
            rows.into_iter()
                .filter_map(|row| with_words(db, row).transpose())
                .collect()
        })
    }

    /// At most `limit` of the conflicts whose first side is one of these claims, copies too.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn conflicts_among(&self, claims: &[ClaimId], limit: usize) -> Result<Vec<Conflict>> {
        let ids: Vec<String> = claims.iter().map(ClaimId::to_string).collect();
        let list = crate::run::json(&ids);
        self.run(|db| {
            let rows: Vec<Row> = db
                .prepare_cached(
                    "SELECT DISTINCT a, b, kind, reason FROM conflict
                     WHERE a IN (SELECT value FROM json_each(?1)) ORDER BY a, b, kind LIMIT ?2",
                )?
                .query_map(params![list, limit as i64], row)?
                .collect::<rusqlite::Result<_>>()?;
            rows.into_iter()
                .filter_map(|row| with_words(db, row).transpose())
                .collect()
        })
    }

    /// How many conflicts there are of each kind, most first, without copies of both sides.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_conflicts_by_kind(&self) -> Result<Vec<(ConflictKind, u64)>> {
        self.run(|db| {
            let mut kinds = db
                .prepare_cached("SELECT kind, count(DISTINCT words) FROM conflict GROUP BY kind")?
                .query_map([], |row| {
                    Ok((kind_of(row.get(0)?)?, row.get::<_, i64>(1)?.unsigned_abs()))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            kinds.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
            Ok(kinds)
        })
    }

    /// How many conflicts there are, without copies of both sides.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_conflicts(&self) -> Result<u64> {
        self.run(|db| {
            db.prepare_cached("SELECT count(DISTINCT words) FROM conflict")?
                .query_row([], |row| row.get::<_, i64>(0))
                .map(i64::unsigned_abs)
        })
    }
}

/// A conflict as it is kept, without the words of its sides.
struct Row {
    pair: (ClaimId, ClaimId),
    kind: ConflictKind,
    reason: String,
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let id = |at: usize| -> rusqlite::Result<ClaimId> {
        let text: String = row.get(at)?;
        text.parse().map_err(|e| unreadable(Box::new(e)))
    };
    Ok(Row {
        pair: (id(0)?, id(1)?),
        kind: kind_of(row.get(2)?)?,
        reason: row.get(3)?,
    })
}

fn kind_of(word: String) -> rusqlite::Result<ConflictKind> {
    let found = ConflictKind::ALL.iter().find(|k| k.as_str() == word);
    found
        .copied()
        .ok_or_else(|| unreadable("a conflict is of an unknown kind".into()))
}

/// The conflict with quotes and voices; `None` if a side has been taken out of the case meanwhile.
fn with_words(db: &Connection, row: Row) -> rusqlite::Result<Option<Conflict>> {
    let sides = crate::run::json(&[row.pair.0.to_string(), row.pair.1.to_string()]);
    let sides = Gathered::select(db, &format!("WHERE c.id IN {CLAIM_ROWS}"), &[&sides])?;
    let (Some(a), Some(b)) = (sides.entry(row.pair.0), sides.entry(row.pair.1)) else {
        return Ok(None);
    };
    Ok(Some(Conflict {
        pair: row.pair,
        kind: row.kind,
        reason: row.reason,
        quotes: (a.quote().to_owned(), b.quote().to_owned()),
        voices: (a.voice(), b.voice()),
    }))
}

/// Settles what waits first, and returns how much it was: claims that went, claims that came, names of pages.
fn settle_batch(db: &Connection, lexicon: &Lexicon, most: usize) -> rusqlite::Result<usize> {
    let mut meeting = Meeting::new(db, lexicon, most);
    for part in [Meeting::leave_batch, Meeting::come_batch] {
        match part(&mut meeting, BATCH)? {
            0 => {}
            n => return Ok(n),
        }
    }
    let keys: Vec<i64> = db
        .prepare_cached("SELECT key FROM unsettled ORDER BY key LIMIT ?1")?
        .query_map([BATCH as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for key in &keys {
        settle_page(db, lexicon, *key)?;
    }
    Ok(keys.len())
}

/// Looks for conflicts among the claims of one page that share a name.
fn settle_page(db: &Connection, lexicon: &Lexicon, key: i64) -> rusqlite::Result<()> {
    let gathered = Gathered::under(db, Shelf::Page, key, None)?;
    let found = conflicts_under(lexicon, Shelf::Page, &gathered.entries(), REACH);
    settled(db, key, &found.into_iter().collect::<Vec<_>>())
}

/// Keeps all conflicts under a name on the shelf of pages.
pub(super) fn settled(db: &Connection, key: i64, found: &[Conflict]) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM conflict WHERE key = ?1")?
        .execute([key])?;
    for conflict in found {
        keep(db, key, conflict)?;
    }
    db.prepare_cached("DELETE FROM unsettled WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}

/// Keeps a conflict that was found under a name.
pub(super) fn keep(db: &Connection, key: i64, conflict: &Conflict) -> rusqlite::Result<()> {
    let (a, b) = (conflict.pair.0.to_string(), conflict.pair.1.to_string());
    let (kind, words) = (conflict.kind.as_str(), words(conflict));
    db.prepare_cached(
        "INSERT OR IGNORE INTO conflict (a, b, kind, key, reason, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![a, b, kind, key, conflict.reason, words])?;
    Ok(())
}

/// A number that two conflicts share if one is a copy of the other: kind, and the words of both sides.
fn words(conflict: &Conflict) -> i64 {
    let quotes: BTreeSet<&str> = [conflict.quotes.0.as_str(), conflict.quotes.1.as_str()].into();
    let parts: Vec<&[u8]> = std::iter::once(conflict.kind.as_str())
        .chain(quotes)
        .map(str::as_bytes)
        .collect();
    let digest = digest::of(&parts);
    i64::from_le_bytes(*digest.first_chunk().expect("a digest has 32 bytes"))
}
