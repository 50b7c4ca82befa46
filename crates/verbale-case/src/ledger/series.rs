//! Series by their names: a list with counts, and one at a time.

use rusqlite::{Connection, OptionalExtension, params};
use verbale_analysis::{Lexicon, N_WORDINGS, Series, SeriesKey, Shelf};

use super::Slice;
use super::filing::key_of;
use super::gather::Gathered;
use crate::Case;
use crate::error::Result;
use crate::search::name_match;
use crate::store::terms::CLAIM_ROW;

/// One series in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesRow {
    /// What it is known by.
    pub key: SeriesKey,
    /// Its claims, without those that repeat another on their page.
    pub n_claims: u64,
}

/// Where a list of series goes on: behind this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesCursor {
    n_claims: u64,
    name: String,
}

impl SeriesRow {
    /// A number that the name has in every case, for addresses.
    pub fn number(&self) -> u64 {
        key_of(Shelf::Series, self.key.as_str()) as u64
    }
}

impl From<&SeriesRow> for SeriesCursor {
    fn from(row: &SeriesRow) -> Self {
        Self {
            n_claims: row.n_claims,
            name: row.key.as_str().to_owned(),
        }
    }
}

impl Case {
    /// At most `limit` series with at least `n_least` claims, those with most claims first, then by name; behind
    /// `after` if it is given. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_rows(
        &self,
        n_least: u64,
        after: Option<&SeriesCursor>,
        limit: usize,
    ) -> Result<Vec<SeriesRow>> {
        let (n_claims, name) =
            after.map_or((i64::MAX, ""), |c| (signed(c.n_claims), c.name.as_str()));
        self.run(|db| {
            db.prepare_cached(
                "SELECT name, n_claims FROM series_key
                 WHERE n_claims >= ?1 AND (n_claims < ?2 OR n_claims = ?2 AND name > ?3)
                 ORDER BY n_claims DESC, name LIMIT ?4",
            )?
            .query_map(
                params![signed(n_least), n_claims, name, limit as i64],
                series_row,
            )?
            .collect()
        })
    }

    /// How many series have at least `n_least` claims.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_series(&self, n_least: u64) -> Result<u64> {
        self.run(|db| {
            db.prepare_cached("SELECT count(*) FROM series_key WHERE n_claims >= ?1")?
                .query_row([signed(n_least)], |row| row.get::<_, i64>(0))
                .map(i64::unsigned_abs)
        })
    }

    /// The series that `words` may mean, those with most claims first: by their names ([`SeriesKey::is_about`]),
    /// else by how their claims word them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_about(&self, lexicon: &Lexicon, words: &str) -> Result<Vec<SeriesRow>> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let rows = self.series_rows(1, after.as_ref(), 10_000)?;
            let Some(last) = rows.last() else { break };
            after = Some(SeriesCursor::from(last));
            found.extend(rows.into_iter().filter(|r| r.key.is_about(lexicon, words)));
        }
        if found.is_empty() {
            return self.run(|db| series_worded(db, words));
        }
        Ok(found)
    }

    /// The series whose name has this number ([`SeriesRow::number`]).
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_numbered(&self, number: u64) -> Result<Option<SeriesRow>> {
        self.run(|db| {
            db.prepare_cached("SELECT name, n_claims FROM series_key WHERE key = ?1")?
                .query_row([number as i64], series_row)
                .optional()
        })
    }

    /// A part of a long series: the claims of `slice` in the order of the time at which they hold, undated ones
    /// last. It costs what the part costs; those before it are passed over in an index.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_part(
        &self,
        lexicon: &Lexicon,
        key: &SeriesKey,
        slice: Slice,
    ) -> Result<Option<Series>> {
        let number = key_of(Shelf::Series, key.as_str());
        let gathered = self.run(|db| {
            Gathered::select(
                db,
                "WHERE c.id IN (
                   SELECT claim FROM in_series WHERE key = ?1 ORDER BY day, claim LIMIT ?2 OFFSET ?3)",
                &[&number, &slice.limit, &slice.offset],
            )
        })?;
        Ok(self.series_from(lexicon, key, &gathered))
    }

    /// One series, or `None` if no claim is filed under this name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series(&self, lexicon: &Lexicon, key: &SeriesKey) -> Result<Option<Series>> {
        let number = key_of(Shelf::Series, key.as_str());
        let gathered = self.run(|db| Gathered::under(db, Shelf::Series, number, None))?;
        Ok(self.series_from(lexicon, key, &gathered))
    }

    /// The title of a series by its first claims, without reading all of a long one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_title(&self, lexicon: &Lexicon, key: &SeriesKey) -> Result<Option<String>> {
        Ok(self.series_head(lexicon, key)?.map(|s| s.title()))
    }

    /// The claims of a series that were filed first, as a series of their own: what it is called, its unit and
    /// nature, without reading all of a long one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_head(&self, lexicon: &Lexicon, key: &SeriesKey) -> Result<Option<Series>> {
        let number = key_of(Shelf::Series, key.as_str());
        let gathered = self.run(|db| {
            Gathered::select(
                db,
                "WHERE c.id IN (SELECT claim FROM claim_key WHERE shelf = ?1 AND key = ?2
                                ORDER BY claim LIMIT ?3)",
                &[&Shelf::Series.number(), &number, &(N_WORDINGS as i64)],
            )
        })?;
        Ok(self.series_from(lexicon, key, &gathered))
    }

    fn series_from(
        &self,
        lexicon: &Lexicon,
        key: &SeriesKey,
        gathered: &Gathered,
    ) -> Option<Series> {
        let mut entries = gathered.entries();
        // Two names may share a number.
        entries.retain(|e| SeriesKey::of(lexicon, *e).as_ref() == Some(key));
        Series::of(lexicon, key.clone(), &entries)
    }

    /// The series of a claim, if it is a figure that was not rejected.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_key_of(&self, claim: verbale_core::ClaimId) -> Result<Option<SeriesKey>> {
        self.run(|db| {
            db.prepare_cached(&format!(
                "SELECT s.name FROM claim_key k JOIN series_key s ON s.key = k.key
                 WHERE k.shelf = ?2 AND k.claim = {CLAIM_ROW}"
            ))?
            .query_row(params![claim.to_string(), Shelf::Series.number()], |row| {
                row.get(0).map(SeriesKey::named::<String>)
            })
            .optional()
        })
    }
}

/// The series of claims whose subject or unit has these words, in any inflection that the index knows.
fn series_worded(db: &Connection, words: &str) -> rusqlite::Result<Vec<SeriesRow>> {
    let Some(expression) = name_match(db, words, "about")? else {
        return Ok(Vec::new());
    };
    db.prepare_cached(
        "SELECT DISTINCT s.name, s.n_claims FROM series_key s JOIN claim_key k ON k.key = s.key AND k.shelf = ?2
         WHERE k.claim IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?1)
         ORDER BY s.n_claims DESC, s.name",
    )?
    .query_map(params![expression, Shelf::Series.number()], series_row)?
    .collect()
}

fn series_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SeriesRow> {
    Ok(SeriesRow {
        key: SeriesKey::named(row.get::<_, String>(0)?),
        n_claims: row.get::<_, i64>(1)?.unsigned_abs(),
    })
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
