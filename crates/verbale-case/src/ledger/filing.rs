//! Filing claims under the names by which ledgers find them.
//!
//! Triggers of the schema note which claims are not filed and which names have changed; filing them costs what
//! the new claims cost. What another version of the program or other packs have filed is filed again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, config::DbConfig, params};
use verbale_analysis::{
    Conflict, Entry, Lexicon, Shelf, conflicts_under, filed_under, lines::REACH,
};

use super::gather::{GATHER, Gathered};
use super::{disputes, lines};
use crate::error::Result;
use crate::{Case, digest};

/// How many claims are filed in one transaction at most: the more, the more rows a page of the index of names gets before
/// it is written, but others wait for them, two seconds in a case of ten million claims, and give up after
/// `BUSY_TIMEOUT`. Their names are found before the transaction begins.
const BATCH: usize = 32_000;

/// How many are filed at first, and again where others have written in between: then their names are found while others
/// wait. Each batch that nobody came between is twice the one before.
const BATCH_BESIDE_OTHERS: usize = 1_000;

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
            self.start_again(&version)?;
        }
        self.with_large_cache(|case| {
            let mut n_filed = 0;
            let mut most = BATCH_BESIDE_OTHERS;
            loop {
                let (n, is_alone) = case.file_batch(lexicon, most, || ())?;
                n_filed += n as u64;
                if n == 0 {
                    return Ok(n_filed);
                }
                most = match is_alone {
                    true => (2 * most).min(BATCH),
                    false => BATCH_BESIDE_OTHERS,
                };
            }
        })
    }

    /// Files at most `most` of the claims that wait, the first ones. Returns how many there were, and whether nobody
    /// wrote in between. `meanwhile` is done when their names are found and nothing is written yet.
    pub(super) fn file_batch(
        &mut self,
        lexicon: &Lexicon,
        most: usize,
        meanwhile: impl FnOnce(),
    ) -> Result<(usize, bool)> {
        let (state, batch) = self.run(|db| Ok((state_of(db)?, Batch::read(db, lexicon, most)?)))?;
        if batch.waiting.is_empty() {
            return Ok((0, true));
        }
        meanwhile();
        self.change(|db| {
            let is_alone = state_of(db)? == state;
            let batch = match is_alone {
                true => batch,
                // Somebody has changed the case since, perhaps these claims.
                false => Batch::read(db, lexicon, BATCH_BESIDE_OTHERS)?,
            };
            Ok((batch.write(db)?, is_alone))
        })
    }

    /// Takes everything from the shelves and lets it wait.
    fn start_again(&mut self, version: &str) -> Result<()> {
        // Triggers and foreign keys would look at each row, and triggers only change what is emptied too.
        self.run(|db| look_at_rows(db, false))?;
        let emptied = self.change(|db| empty(db, version));
        self.run(|db| look_at_rows(db, true))?;
        emptied
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
                let n = Batch::read(db, lexicon, BATCH)?.write(db)?;
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

/// A number that changes when another connection changes the file.
fn state_of(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("PRAGMA data_version")?
        .query_row([], |row| row.get(0))
}

/// Turns triggers and foreign keys on or off.
fn look_at_rows(db: &Connection, on: bool) -> rusqlite::Result<()> {
    db.pragma_update(None, "foreign_keys", on)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, on)?;
    Ok(())
}

fn empty(db: &Connection, version: &str) -> rusqlite::Result<()> {
    db.execute_batch(
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

/// The first claims that wait, and how they are filed.
struct Batch {
    waiting: Vec<Waiting>,
    names: Names,
}

impl Batch {
    /// Reads at most `most` claims and finds their names; writes nothing.
    fn read(db: &Connection, lexicon: &Lexicon, most: usize) -> rusqlite::Result<Self> {
        let mut waiting: Vec<Waiting> = db
            .prepare_cached(
                "SELECT u.claim, c.document FROM unfiled u LEFT JOIN claim c ON c.id = u.claim
                 ORDER BY u.claim LIMIT ?1",
            )?
            .query_map([most as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        if waiting.len() == most {
            // The rest of the last page may be in the next batch.
            let last = waiting.last().map(|(_, document)| *document);
            let rest = waiting.iter().rposition(|(_, d)| Some(*d) != last);
            waiting.truncate(rest.map_or(most, |at| at + 1));
        }
        let mut names = Names::default();
        let mut rest = waiting.as_slice();
        while !rest.is_empty() {
            let is_end = |at: &usize| rest[*at].1 != rest[*at - 1].1;
            let n = (SLICE..rest.len()).find(is_end).unwrap_or(rest.len());
            let (slice, others) = rest.split_at(n);
            names.find(db, lexicon, slice)?;
            rest = others;
        }
        Ok(Self { waiting, names })
    }

    /// Files them, and returns how many there were.
    fn write(self, db: &Connection) -> rusqlite::Result<usize> {
        self.names.write(db)?;
        if let (Some((first, _)), Some((last, _))) = (self.waiting.first(), self.waiting.last()) {
            db.execute(
                "DELETE FROM unfiled WHERE claim BETWEEN ?1 AND ?2",
                [first, last],
            )?;
        }
        Ok(self.waiting.len())
    }
}

/// The number of a claim that is not filed, and of its document.
type Waiting = (i64, Option<i64>);

/// The pages that have all their claims among these.
fn whole_pages(db: &Connection, waiting: &[Waiting]) -> rusqlite::Result<BTreeSet<i64>> {
    let mut n_waiting: BTreeMap<i64, i64> = BTreeMap::new();
    for document in waiting.iter().filter_map(|(_, document)| *document) {
        *n_waiting.entry(document).or_default() += 1;
    }
    let mut whole = BTreeSet::new();
    let mut count = db.prepare_cached("SELECT count(*) FROM claim WHERE document = ?1")?;
    for (document, n) in n_waiting {
        if n == count.query_row([document], |row| row.get::<_, i64>(0))? {
            whole.insert(document);
        }
    }
    Ok(whole)
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
    /// How the claims stand that wait.
    stands: Vec<lines::Row>,
    /// Names of pages that are settled, and the conflicts under them.
    settled: Vec<(i64, Vec<Conflict>)>,
}

impl Names {
    /// Finds the names of these claims, which stand in the order of their numbers, and how each of them stands. What
    /// claims of one page are in conflict about on it is found here too, where they are at hand.
    fn find(
        &mut self,
        db: &Connection,
        lexicon: &Lexicon,
        waiting: &[Waiting],
    ) -> rusqlite::Result<()> {
        let mut gathered = Gathered::default();
        let mut numbers = Vec::with_capacity(waiting.len());
        let mut statement = db.prepare_cached(&format!(
            "{GATHER} WHERE c.id IN (SELECT claim FROM unfiled WHERE claim BETWEEN ?1 AND ?2)
             AND v.verdict IS NOT 'rejected'"
        ))?;
        let ends = [waiting.first(), waiting.last()].map(|w| w.map(|(claim, _)| *claim));
        let mut rows = statement.query(ends)?;
        while let Some(row) = rows.next()? {
            numbers.push(gathered.add(row)?);
        }
        let whole = whole_pages(db, waiting)?;
        let documents: BTreeMap<i64, i64> = waiting
            .iter()
            .filter_map(|(c, d)| Some((*c, (*d)?)))
            .collect();
        let mut on_page: BTreeMap<i64, Vec<Entry<'_>>> = BTreeMap::new();
        for (entry, number) in gathered.entries().into_iter().zip(numbers) {
            let filed = filed_under(lexicon, entry);
            let document = documents.get(&number).copied();
            let is_whole = document.is_some_and(|document| whole.contains(&document));
            let is_disputed = filed.names.iter().any(|(s, _)| *s == Shelf::Dispute);
            let stand = filed.stand.as_ref().filter(|_| is_disputed).zip(document);
            if let Some((stand, document)) = stand {
                self.stands
                    .push(lines::Row::of(number, entry.id(), document, stand));
            }
            for (shelf, name) in &filed.names {
                let key = self.note(*shelf, name, number, entry.claim.restates.is_some());
                match shelf {
                    Shelf::Dispute if stand.is_some() => self.waiting.push((key, number)),
                    Shelf::Page if is_whole => on_page.entry(key).or_default().push(entry),
                    _ => {}
                }
            }
        }
        for (key, entries) in on_page.into_iter().filter(|(_, entries)| entries.len() > 1) {
            let found = conflicts_under(lexicon, Shelf::Page, &entries, REACH);
            self.settled.push((key, found.into_iter().collect()));
        }
        Ok(())
    }

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
        for stand in &self.stands {
            lines::keep(db, stand)?;
        }
        self.waiting.sort_unstable();
        for (key, claim) in self.waiting {
            lines::wait(db, key, claim)?;
        }
        self.settled.sort_unstable_by_key(|(key, _)| *key);
        for (key, conflicts) in self.settled {
            disputes::settled(db, key, &conflicts)?;
        }
        Ok(())
    }
}
