//! The two questions that a large case must answer at once: what about this entity, and how did this number move.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params, types::Value};
use verbale_core::{ClaimId, Decimal};

use super::{CLAIM_SELECT, StoredClaim, stored_claim};
use crate::error::Result;
use crate::store::{find_entity, representative};
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

/// The figures of one series in one month; low and high to 15 digits, as SQLite compares numbers.
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

/// Walks from month to month along the index: grouping by a part of the day would sort the whole series.
fn months(db: &Connection, series: i64) -> rusqlite::Result<Vec<Month>> {
    let mut next =
        db.prepare_cached("SELECT min(day) FROM figure WHERE series = ?1 AND day > ?2")?;
    let mut one = db.prepare_cached(
        "SELECT count(*), min(value + 0), max(value + 0) FROM figure
         WHERE series = ?1 AND day >= ?2 AND day < ?3",
    )?;
    let mut out = Vec::new();
    let mut before = String::new();
    while let Some(day) =
        next.query_row((series, &before), |row| row.get::<_, Option<String>>(0))?
    {
        let month = day.get(..7).unwrap_or(&day).to_owned();
        // After every day of the month, and before the next.
        before = format!("{month}-99");
        out.push(one.query_row((series, &month, &before), |row| {
            Ok(Month {
                n_figures: row.get::<_, i64>(0)?.unsigned_abs(),
                low: decimal(row.get(1)?),
                high: decimal(row.get(2)?),
                month: month.clone(),
            })
        })?);
    }
    Ok(out)
}

fn decimal(number: Value) -> Option<Decimal> {
    match number {
        Value::Integer(n) => Some(n.into()),
        Value::Real(n) => n.to_string().parse().ok(),
        _ => None,
    }
}
