//! The two questions that a large case must answer at once: what about this entity, and how did this number move.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::{ClaimId, Decimal};

use super::{CLAIM_SELECT, StoredClaim, stored_claim};
use crate::error::Result;
use crate::store::{find_entity, representative, unreadable};
use crate::{Case, EntityId};

/// What an entity is to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It says it.
    Speaker,
    /// It is what the claim is about.
    About,
    /// It is where the claim holds.
    Place,
    /// It is mentioned in the claim's words.
    Quote,
}

impl Part {
    /// Every part, in the order of the definition.
    pub const ALL: &'static [Self] = &[Self::Speaker, Self::About, Self::Place, Self::Quote];

    /// The word used in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::About => "about",
            Self::Place => "place",
            Self::Quote => "quote",
        }
    }
}

/// The figures of one series in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// `2031-05`.
    pub month: String,
    /// How many figures hold from a day of the month on, copies of one statement included.
    pub n_figures: u64,
    /// The smallest value; absent where no figure of the month has one.
    pub low: Option<Decimal>,
    /// The largest value; absent where no figure of the month has one.
    pub high: Option<Decimal>,
}

impl Case {
    /// The claims of which an entity is a part, by the day from which they hold; where that is unknown, by the
    /// day on which they were said, else published. At most `limit`, the earliest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn timeline(
        &self,
        entity: &EntityId,
        part: Part,
        since: Option<Date>,
        until: Option<Date>,
        limit: u32,
    ) -> Result<Vec<StoredClaim>> {
        self.run(|db| {
            let Some(entity) = find_entity(db, entity)? else {
                return Ok(Vec::new());
            };
            let entity = representative(db, entity)?;
            // Days are text; these are before and after every day that can be written.
            let since = since.map_or_else(|| "-".to_owned(), |d| d.to_string());
            let until = until.map_or_else(|| "A".to_owned(), |d| d.to_string());
            let claims: Vec<i64> = db
                .prepare_cached(
                    "SELECT claim FROM claim_entity WHERE entity = ?1 AND part = ?2 AND day BETWEEN ?3 AND ?4
                     ORDER BY day, claim LIMIT ?5",
                )?
                .query_map(params![entity, part.as_str(), since, until, limit], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut one = db.prepare_cached(&format!("{CLAIM_SELECT} WHERE c.id = ?1"))?;
            claims
                .iter()
                .map(|claim| one.query_row([claim], stored_claim))
                .collect()
        })
    }

    /// The figures that count what the figure `claim` counts, in the same words, month by month. Empty if
    /// `claim` is no figure of this case. Figures without a day are left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_by_month(&self, claim: ClaimId) -> Result<Vec<Month>> {
        self.run(|db| {
            let series: Option<i64> = db
                .prepare_cached(
                    "SELECT f.series FROM claim c JOIN figure f ON f.claim = c.id WHERE c.claim_id = ?1",
                )?
                .query_row([claim.to_string()], |row| row.get(0))
                .optional()?;
            series.map_or(Ok(Vec::new()), |series| months(db, series))
        })
    }
}

fn months(db: &Connection, series: i64) -> rusqlite::Result<Vec<Month>> {
    // Beside the one `min` or `max` of a query SQLite gives `value` from the row that has it, digit for digit.
    let extreme = |sql: &str| -> rusqlite::Result<Vec<(String, i64, Option<String>)>> {
        db.prepare_cached(sql)?
            .query_map([series], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    };
    let lows = extreme(
        "SELECT substr(day, 1, 7), count(*), value, min(value + 0) FROM figure
         WHERE series = ?1 AND day IS NOT NULL GROUP BY 1 ORDER BY 1",
    )?;
    let highs = extreme(
        "SELECT substr(day, 1, 7), count(*), value, max(value + 0) FROM figure
         WHERE series = ?1 AND day IS NOT NULL GROUP BY 1 ORDER BY 1",
    )?;
    let decimal = |text: Option<String>| {
        text.map(|t| t.parse().map_err(|e| unreadable(Box::new(e))))
            .transpose()
    };
    lows.into_iter()
        .zip(highs)
        .map(|((month, n, low), (_, _, high))| {
            Ok(Month {
                month,
                n_figures: n.unsigned_abs(),
                low: decimal(low)?,
                high: decimal(high)?,
            })
        })
        .collect()
}
