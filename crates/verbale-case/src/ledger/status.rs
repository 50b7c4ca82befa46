//! What is in the file.

use verbale_core::{ClaimKind, PageId};

use crate::Case;
use crate::error::Result;
use crate::store::page_id;

/// Counts over a whole case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Pages, withdrawn ones left out.
    pub n_pages: u64,
    /// Pages that were withdrawn.
    pub n_withdrawn: u64,
    /// Documents without a publication date.
    pub n_undated: u64,
    /// Claims by kind, in the order of the kinds; kinds without claims are left out.
    pub claims: Vec<(String, u64)>,
    /// Claims that somebody accepted or rejected.
    pub n_decided: u64,
    /// Entities that stand for themselves.
    pub n_entities: u64,
    /// Decisions in the journal.
    pub n_decisions: u64,
    /// Claims that were decided and that a later reading no longer has.
    pub n_orphans: u64,
    /// Documents by publisher, most first; documents without one are left out.
    pub publishers: Vec<(String, u64)>,
    /// Documents by language, most first.
    pub languages: Vec<(String, u64)>,
    /// The first and last day of publication.
    pub published: Option<(String, String)>,
    /// The schema version of the file.
    pub schema: i64,
    /// The size of the database, in bytes.
    pub size_bytes: u64,
}

/// A document that waits for a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undated {
    /// The page.
    pub page: PageId,
    /// Where it was found.
    pub path: String,
    /// The headline.
    pub title: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// How many times on the page could not be resolved for want of a date.
    pub n_unresolved: u64,
}

impl Case {
    /// Counts what is in the case.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn status(&self) -> Result<Status> {
        self.consistently(|case| {
            let count = |sql: &str| {
                case.run(|db| db.query_row(sql, [], |row| row.get::<_, i64>(0)))
                    .map(|n| n.unsigned_abs())
            };
            let pragma =
                |name| case.run(|db| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)));
            // Whole tables are counted without a look at their rows.
            let less = |all: &str, some: u64| count(all).map(|n| n.saturating_sub(some));
            let n_withdrawn = count("SELECT count(*) FROM page WHERE withdrawn_at IS NOT NULL")?;
            let n_merged = count("SELECT count(*) FROM entity WHERE merged_into IS NOT NULL")?;
            Ok(Status {
                n_pages: less("SELECT count(*) FROM page", n_withdrawn)?,
                n_withdrawn,
                n_undated: count("SELECT count(*) FROM document WHERE published IS NULL")?,
                claims: case.of_kinds()?,
                n_decided: count("SELECT count(*) FROM claim_state WHERE verdict IS NOT NULL")?,
                n_entities: less("SELECT count(*) FROM entity", n_merged)?,
                n_decisions: count("SELECT count(*) FROM decision")?,
                n_orphans: count("SELECT count(*) FROM follow WHERE now IS NULL")?,
                publishers: case.tally(
                    "SELECT publisher, count(*) FROM document WHERE publisher IS NOT NULL
                     GROUP BY publisher ORDER BY 2 DESC, 1",
                )?,
                languages: case.tally(
                    "SELECT language, count(*) FROM document GROUP BY language ORDER BY 2 DESC, 1",
                )?,
                published: case.run(|db| {
                    db.query_row(
                        "SELECT min(published_first), max(published_last) FROM document",
                        [],
                        |row| Ok(row.get::<_, Option<_>>(0)?.zip(row.get::<_, Option<_>>(1)?)),
                    )
                })?,
                schema: pragma("user_version")?,
                size_bytes: (pragma("page_count")? * pragma("page_size")?).unsigned_abs(),
            })
        })
    }

    /// The documents without a publication date, those with the most unresolved times first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn undated(&self) -> Result<Vec<Undated>> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT page_id, path, title, publisher, n_unresolved FROM undated
                 ORDER BY n_unresolved DESC, path",
            )?
            .query_map([], |row| {
                Ok(Undated {
                    page: page_id(&row.get::<_, String>(0)?)?,
                    path: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                    title: row.get(2)?,
                    publisher: row.get(3)?,
                    n_unresolved: row.get::<_, i64>(4)?.unsigned_abs(),
                })
            })?
            .collect()
        })
    }

    /// Counted kind by kind, which is twice as fast as in groups.
    fn of_kinds(&self) -> Result<Vec<(String, u64)>> {
        let count = |kind: &ClaimKind| {
            let n = self.run(|db| {
                db.prepare_cached("SELECT count(*) FROM claim WHERE kind = ?1")?
                    .query_row([kind.as_str()], |row| row.get::<_, i64>(0))
            })?;
            Ok((kind.as_str().to_owned(), n.unsigned_abs()))
        };
        let counts: Result<Vec<_>> = ClaimKind::ALL.iter().map(count).collect();
        Ok(counts?.into_iter().filter(|(_, n)| *n > 0).collect())
    }

    fn tally(&self, sql: &str) -> Result<Vec<(String, u64)>> {
        self.run(|db| {
            db.prepare(sql)?
                .query_map([], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
                })?
                .collect()
        })
    }
}
