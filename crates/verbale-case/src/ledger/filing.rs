//! Filing claims under the names by which ledgers find them.
//!
//! Triggers of the schema note which claims are not filed and which names have changed; filing them costs what
//! the new claims cost. What another version of the program or other packs have filed is filed again.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use verbale_analysis::{Lexicon, Shelf, filed_under};

use super::gather::{GATHER, Gathered};
use super::lines;
use crate::error::Result;
use crate::{Case, digest};

/// How many claims are filed in one transaction: so many that a page of the index of names gets several of their rows
/// before it is written, and so few that another process waits a moment only.
const BATCH: usize = 20_000;

/// How many claims are held in memory with their words.
const SLICE: usize = 2_000;

/// The digest under which a name is kept. Two names with one digest share their claims; the ledgers tell them
/// apart again.
pub(super) fn key_of(shelf: Shelf, name: &str) -> i64 {
    let digest = digest::of(&[&[shelf.number()], name.as_bytes()]);
    let first = digest.first_chunk().expect("a digest has 32 bytes");
    i64::from_le_bytes(*first)
}

impl Case {
    /// Files every claim that is not filed yet, so that the ledgers can be read. Returns how many there were.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn file_claims(&mut self, lexicon: &Lexicon) -> Result<u64> {
        let version = Self::filing_version(lexicon);
        if self.run(filed_by)?.as_deref() != Some(&version) {
            self.change(|db| start_again(db, &version))?;
        }
        self.with_large_cache(|case| {
            let mut n_filed = 0;
            loop {
                let n = case.change(|db| file_batch(db, lexicon))?;
                n_filed += n as u64;
                if n == 0 {
                    return Ok(n_filed);
                }
            }
        })
    }

    /// As [`Case::file_claims`] for a case that cannot be written: the names are kept beside the file until it is
    /// closed.
    ///
    /// # Errors
    /// If the file cannot be read, or there is no room for temporary files.
    pub fn file_claims_aside(&mut self, lexicon: &Lexicon) -> Result<u64> {
        self.run(|db| {
            db.execute_batch(include_str!("aside.sql"))?;
            let mut n_filed = 0;
            loop {
                let n = file_batch(db, lexicon)?;
                n_filed += n as u64;
                if n == 0 {
                    return Ok(n_filed);
                }
            }
        })
    }

    /// True if nothing waits to be filed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_filed(&self, lexicon: &Lexicon) -> Result<bool> {
        let version = Self::filing_version(lexicon);
        self.run(|db| {
            let waits: bool =
                db.query_row("SELECT EXISTS (SELECT 1 FROM unfiled)", [], |r| r.get(0))?;
            Ok(!waits && filed_by(db)?.as_deref() == Some(&version))
        })
    }
}

fn filed_by(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT value FROM meta WHERE key = 'filing'")?
        .query_row([], |row| row.get(0))
        .optional()
}

fn start_again(db: &Connection, version: &str) -> rusqlite::Result<()> {
    db.execute_batch(
        // Without stands, nothing has to leave its lines.
        "DELETE FROM stand; DELETE FROM said; DELETE FROM in_line; DELETE FROM unheld; DELETE FROM leaving;
         DELETE FROM in_series; DELETE FROM claim_key; DELETE FROM series_key; DELETE FROM conflict; DELETE FROM unsettled;
         DELETE FROM support; DELETE FROM unweighed; DELETE FROM in_saying;
         INSERT OR IGNORE INTO unfiled (claim) SELECT id FROM claim;",
    )?;
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('filing', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [version],
    )?;
    Ok(())
}

/// Files the first claims that wait, and returns how many there were.
fn file_batch(db: &Connection, lexicon: &Lexicon) -> rusqlite::Result<usize> {
    let waiting: Vec<i64> = db
        .prepare_cached("SELECT claim FROM unfiled ORDER BY claim LIMIT ?1")?
        .query_map([BATCH as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut names = Names::default();
    for slice in waiting.chunks(SLICE) {
        file_slice(db, lexicon, slice, &mut names)?;
    }
    names.write(db)?;
    if let (Some(first), Some(last)) = (waiting.first(), waiting.last()) {
        db.execute(
            "DELETE FROM unfiled WHERE claim BETWEEN ?1 AND ?2",
            [first, last],
        )?;
    }
    Ok(waiting.len())
}

/// Finds the names of these claims, which stand in the order of their numbers, and keeps how each of them stands.
fn file_slice(
    db: &Connection,
    lexicon: &Lexicon,
    waiting: &[i64],
    names: &mut Names,
) -> rusqlite::Result<()> {
    let mut gathered = Gathered::default();
    let mut numbers = Vec::with_capacity(waiting.len());
    let mut statement = db.prepare_cached(&format!(
        "{GATHER} WHERE c.id IN (SELECT claim FROM unfiled WHERE claim BETWEEN ?1 AND ?2)
         AND v.verdict IS NOT 'rejected'"
    ))?;
    let mut rows = statement.query([waiting.first(), waiting.last()])?;
    while let Some(row) = rows.next()? {
        numbers.push(gathered.add(row)?);
    }
    for (entry, number) in gathered.entries().into_iter().zip(numbers) {
        let filed = filed_under(lexicon, entry);
        let is_disputed = filed.names.iter().any(|(s, _)| *s == Shelf::Dispute);
        let stand = filed.stand.as_ref().filter(|_| is_disputed);
        if let Some(stand) = stand {
            lines::keep(db, number, entry.id(), stand)?;
        }
        for (shelf, name) in &filed.names {
            let key = names.note(*shelf, name, number, entry.claim.restates.is_some());
            if *shelf == Shelf::Dispute && stand.is_some() {
                names.waiting.push((key, number));
            }
        }
    }
    Ok(())
}

/// The names of a batch of claims as rows. They are written in the order of their tables: as they come, each row
/// would change a page of its own in a large case.
#[derive(Default)]
struct Names {
    series: BTreeMap<i64, String>,
    /// Shelf, key, claim, and whether it is a repeat.
    rows: Vec<(u8, i64, i64, bool)>,
    /// Keys under which claims take their places later.
    waiting: Vec<(i64, i64)>,
}

impl Names {
    /// Notes a claim under a name, and returns the key of the name.
    fn note(&mut self, shelf: Shelf, name: &str, claim: i64, is_repeat: bool) -> i64 {
        let key = key_of(shelf, name);
        if shelf == Shelf::Series {
            self.series.entry(key).or_insert_with(|| name.to_owned());
        }
        self.rows.push((shelf.number(), key, claim, is_repeat));
        key
    }

    fn write(mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut put_series = db.prepare_cached(
            "INSERT OR IGNORE INTO series_key (key, name, n_claims) VALUES (?1, ?2, 0)",
        )?;
        for (key, name) in &self.series {
            put_series.execute(params![key, name])?;
        }
        let mut put_name = db.prepare_cached(
            "INSERT OR IGNORE INTO claim_key (shelf, key, claim, is_repeat) VALUES (?1, ?2, ?3, ?4)",
        )?;
        self.rows.sort_unstable();
        for (shelf, key, claim, is_repeat) in self.rows {
            put_name.execute(params![shelf, key, claim, is_repeat])?;
        }
        self.waiting.sort_unstable();
        let mut waiting = self.waiting.into_iter();
        waiting.try_for_each(|(key, claim)| lines::wait(db, key, claim))
    }
}
