//! The two questions that a large case must answer at once: what about this entity, and how did this number move.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::{ClaimId, Decimal};

use super::{CLAIM_SELECT, StoredClaim, stored_claim};
use crate::error::Result;
use crate::store::terms::{self, CLAIM_ROW};
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
        let days = [since, until].map(|day| day.map(|day| day.to_string()));
        self.consistently(|case| case.run(|db| claims_of_entity(db, entity, part, &days, limit)))
    }

    /// The figures that count what the figure `claim` counts, in the same words, month by month. Empty if
    /// `claim` is no figure of this case. Figures without a day are left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn series_by_month(&self, claim: ClaimId) -> Result<Vec<Month>> {
        self.consistently(|case| {
            case.run(|db| {
                let series: Option<i64> = db
                    .prepare_cached(&format!(
                        "SELECT series FROM figure WHERE claim = {CLAIM_ROW}"
                    ))?
                    .query_row([claim.to_string()], |row| row.get(0))
                    .optional()?;
                series.map_or(Ok(Vec::new()), |series| months(db, series))
            })
        })
    }
}

fn claims_of_entity(
    db: &Connection,
    entity: &EntityId,
    part: Part,
    [since, until]: &[Option<String>; 2],
    limit: u32,
) -> rusqlite::Result<Vec<StoredClaim>> {
    let Some(entity) = find_entity(db, entity)? else {
        return Ok(Vec::new());
    };
    let entity = representative(db, entity)?;
    let ends = terms::of_entity_between(part, entity, since.as_deref(), until.as_deref());
    // Under one term, claims come in the order of their numbers.
    let claims: Vec<i64> = db
        .prepare_cached(
            "SELECT doc FROM claim_by_term WHERE term >= ?1 AND term <= ?2 ORDER BY term LIMIT ?3",
        )?
        .query_map(params![ends[0], ends[1], limit], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut one = db.prepare_cached(&format!("{CLAIM_SELECT} WHERE c.id = ?1"))?;
    claims
        .iter()
        .map(|claim| one.query_row([claim], stored_claim))
        .collect()
}

/// Walks along the terms of the series, which tell months and values in the order of days.
fn months(db: &Connection, series: i64) -> rusqlite::Result<Vec<Month>> {
    let mut statement = db.prepare_cached(
        "SELECT term FROM claim_by_term WHERE term >= ?1 AND term <= ?2 ORDER BY term",
    )?;
    let ends = terms::of_series(series);
    let n_before = ends[0].len() - 1;
    let mut rows = statement.query([&ends[0], &ends[1]])?;
    let mut out: Vec<Month> = Vec::new();
    // The month that is counted, as the terms have it.
    let mut at = Vec::new();
    while let Some(row) = rows.next()? {
        let told = row.get_ref(0)?.as_bytes()?.get(n_before..);
        let Some((month, value)) = told.and_then(terms::month_and_value) else {
            continue;
        };
        if month != at {
            at = month.to_vec();
            out.push(Month {
                month: terms::written(month),
                n_figures: 0,
                low: None,
                high: None,
            });
        }
        if let Some(counted) = out.last_mut() {
            counted.n_figures += 1;
            if let Some(value) = value.and_then(terms::decimal) {
                counted.low = Some(counted.low.map_or(value, |low| low.min(value)));
                counted.high = Some(counted.high.map_or(value, |high| high.max(value)));
            }
        }
    }
    Ok(out)
}
