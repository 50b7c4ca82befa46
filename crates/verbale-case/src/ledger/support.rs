//! What stands behind each claim in numbers: counted under the names where claims came or went, and kept.
//!
//! A claim that comes is held against those of its part of a name, and joins the groups that it belongs to; where one
//! went, its part is put together again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use verbale_analysis::{Lexicon, Shelf, Support, Supports};
use verbale_core::ClaimId;

use super::gather::Gathered;
use super::kin::Kin;
use super::parts::{PART, Stretch, n_under, places};
use super::sayings::Copies;
use crate::Case;
use crate::error::Result;
use crate::store::{terms::CLAIM_ROWS, unreadable};

/// How many names are weighed in one transaction.
const BATCH: usize = 500;

impl Case {
    /// Counts what stands behind the claims under the names where claims came or went since the last time. Returns
    /// how many names were looked at. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn weigh_sayings(&mut self, lexicon: &Lexicon) -> Result<u64> {
        self.weigh_sayings_within(lexicon, PART)
    }

    /// As [`Case::weigh_sayings`], where a part of a name has at most so many claims.
    pub(super) fn weigh_sayings_within(&mut self, lexicon: &Lexicon, size: usize) -> Result<u64> {
        self.in_batches(|db| weigh_batch(db, lexicon, size))
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
            db.prepare_cached(&format!(
                "SELECT c.claim_id, s.n_pages, s.n_publishers, s.n_origins
                 FROM claim c JOIN support s ON s.claim = c.id WHERE c.id IN {CLAIM_ROWS}"
            ))?
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

/// The names of a transaction that are weighed.
struct Weighing<'a> {
    db: &'a Connection,
    lexicon: &'a Lexicon,
    /// How many claims of a part there are at most.
    size: usize,
    copies: Copies,
}

/// What came and went under a name.
struct Waiting {
    came: Vec<i64>,
    went: Vec<i64>,
}

/// Weighs the first names that wait, and returns how many there were.
fn weigh_batch(db: &Connection, lexicon: &Lexicon, size: usize) -> rusqlite::Result<usize> {
    let keys: Vec<i64> = db
        .prepare_cached("SELECT DISTINCT key FROM unweighed ORDER BY key LIMIT ?1")?
        .query_map([BATCH as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut weighing = Weighing {
        db,
        lexicon,
        size,
        copies: Copies::default(),
    };
    for key in &keys {
        weighing.weigh(*key)?;
        db.prepare_cached("DELETE FROM unweighed WHERE key = ?1")?
            .execute([key])?;
    }
    Ok(keys.len())
}

impl Weighing<'_> {
    fn weigh(&mut self, key: i64) -> rusqlite::Result<()> {
        let waiting = Waiting::under(self.db, key)?;
        let n_claims = n_under(self.db, key, self.size + 1)?;
        if n_claims > self.size {
            return self.weigh_parts(key, &waiting);
        }
        let n_placed = self
            .db
            .prepare_cached("DELETE FROM in_saying WHERE key = ?1")?
            .execute([key])?;
        let gathered = Gathered::under(self.db, Shelf::Saying, key, None)?;
        let new = waiting.came.iter().copied().collect();
        self.put_together(&gathered, &new, n_placed > 0 || !waiting.went.is_empty())
    }

    /// Puts the new claims of a part among the others, or all of them together where that is said, or no more work.
    fn put_together(
        &mut self,
        gathered: &Gathered,
        new: &BTreeSet<i64>,
        is_changed: bool,
    ) -> rusqlite::Result<()> {
        let kin = Kin::new(self.db, self.lexicon, &mut self.copies, gathered);
        if is_changed || 2 * new.len() >= gathered.len() {
            kin.assemble()
        } else {
            kin.receive(new)
        }
    }

    /// Weighs those parts of a name with many claims in which some came or went.
    fn weigh_parts(&mut self, key: i64, waiting: &Waiting) -> rusqlite::Result<()> {
        let is_placed = self
            .db
            .prepare_cached("SELECT 1 FROM in_saying WHERE key = ?1 LIMIT 1")?
            .exists([key])?;
        let left = self.take_out(key, &waiting.went)?;
        let here: Vec<i64> = waiting.came.iter().chain(&waiting.went).copied().collect();
        let came = places(self.db, key, is_placed.then_some(&here))?;
        for (place, claim) in &came {
            self.db
                .prepare_cached(
                    "INSERT OR IGNORE INTO in_saying (key, place, claim, bits) VALUES (?1, ?2, ?3, -1)",
                )?
                .execute([key, *place, *claim])?;
        }
        let mut todo: BTreeSet<i64> = came.iter().map(|(place, _)| *place).collect();
        todo.extend(&left);
        let mut done: BTreeMap<i64, Stretch> = BTreeMap::new();
        while let Some(place) = todo.pop_first() {
            let before = done.range(..=place).next_back();
            if before.is_some_and(|(_, stretch)| place <= stretch.last()) {
                continue;
            }
            let part = Stretch::of_part(self.db, key, place, self.size)?;
            let has_left = left.range(part.start..=part.last()).next().is_some();
            if let Some(whole) = self.weigh_part(key, part, (!is_placed, has_left))? {
                todo.extend(self.placed_in(key, whole)?.iter().map(|row| row.place));
            }
            done.insert(part.start, part);
        }
        Ok(())
    }

    /// Weighs a part, with whether the name `is_first` weighed and whether one left the part. Where the part was
    /// weighed as a piece of a wider one, whose other pieces are to be weighed too, that is returned.
    fn weigh_part(
        &mut self,
        key: i64,
        part: Stretch,
        (is_first, has_left): (bool, bool),
    ) -> rusqlite::Result<Option<Stretch>> {
        let rows = self.placed_in(key, part)?;
        let is_new = |row: &&PlacedRow| row.bits.is_none();
        let new: BTreeSet<i64> = rows.iter().filter(is_new).map(|r| r.claim).collect();
        let widths: BTreeSet<u32> = rows.iter().filter_map(|row| row.bits).collect();
        let is_other = widths.iter().any(|bits| *bits != part.bits);
        if new.is_empty() && !has_left && !is_other {
            return Ok(None);
        }
        let numbers: Vec<i64> = rows.iter().map(|row| row.claim).collect();
        let gathered = Gathered::rows(self.db, &numbers)?;
        self.put_together(&gathered, &new, has_left || is_other)?;
        self.db
            .prepare_cached(
                "UPDATE in_saying SET bits = ?4
                 WHERE key = ?1 AND place BETWEEN ?2 AND ?3 AND bits <> ?4",
            )?
            .execute(params![key, part.start, part.last(), part.bits])?;
        let widest = widths.last().copied().filter(|bits| *bits > part.bits);
        let inside = widest.map(|bits| Stretch::around(part.start, bits));
        Ok(match inside {
            // Nobody was weighed here before, but the part that had this stretch may have halves that part now.
            None if !is_first => self.part_around(key, part)?,
            found => found,
        })
    }

    /// The wider part in which those next to this one were weighed, if it reaches over this one.
    fn part_around(&self, key: i64, part: Stretch) -> rusqlite::Result<Option<Stretch>> {
        let beside = |sql: &str, place: i64| -> rusqlite::Result<Option<Stretch>> {
            let stretch = self
                .db
                .prepare_cached(sql)?
                .query_row([key, place], |row| {
                    Ok(Stretch::around(row.get(0)?, row.get(1)?))
                })
                .optional()?;
            Ok(stretch.filter(|stretch| stretch.bits > part.bits && stretch.has(part.start)))
        };
        let before = beside(
            "SELECT place, bits FROM in_saying WHERE key = ?1 AND place < ?2 AND bits >= 0
             ORDER BY place DESC LIMIT 1",
            part.start,
        )?;
        let after = beside(
            "SELECT place, bits FROM in_saying WHERE key = ?1 AND place > ?2 AND bits >= 0
             ORDER BY place LIMIT 1",
            part.last(),
        )?;
        let wider = before.into_iter().chain(after);
        Ok(wider.max_by_key(|stretch| stretch.bits))
    }

    /// Takes claims out of their places under a name, and returns these.
    fn take_out(&self, key: i64, claims: &[i64]) -> rusqlite::Result<BTreeSet<i64>> {
        if claims.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.db
            .prepare_cached(
                "DELETE FROM in_saying
                 WHERE key = ?1 AND claim IN (SELECT value FROM json_each(?2)) RETURNING place",
            )?
            .query_map(params![key, crate::run::json(&claims)], |row| row.get(0))?
            .collect()
    }

    fn placed_in(&self, key: i64, stretch: Stretch) -> rusqlite::Result<Vec<PlacedRow>> {
        self.db
            .prepare_cached(
                "SELECT place, claim, bits FROM in_saying WHERE key = ?1 AND place BETWEEN ?2 AND ?3",
            )?
            .query_map([key, stretch.start, stretch.last()], |row| {
                Ok(PlacedRow {
                    place: row.get(0)?,
                    claim: row.get(1)?,
                    bits: u32::try_from(row.get::<_, i64>(2)?).ok(),
                })
            })?
            .collect()
    }
}

/// A claim in its place under a name, with the width of the part in which it was weighed.
struct PlacedRow {
    place: i64,
    claim: i64,
    bits: Option<u32>,
}

impl Waiting {
    fn under(db: &Connection, key: i64) -> rusqlite::Result<Self> {
        let rows: Vec<(i64, bool)> = db
            .prepare_cached("SELECT claim, went FROM unweighed WHERE key = ?1")?
            .query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let (went, came): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, went)| *went);
        let numbers = |rows: Vec<(i64, bool)>| rows.into_iter().map(|(claim, _)| claim).collect();
        Ok(Self {
            came: numbers(came),
            went: numbers(went),
        })
    }
}
