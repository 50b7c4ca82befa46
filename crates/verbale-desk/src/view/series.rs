//! Series: the list, and one with its chart.

use serde::Serialize;
use verbale_analysis::{
    Observation, Series, SeriesKey,
    chart::{self, SvgSize},
};
use verbale_case::ledger::{SeriesCursor, SeriesRow as Row, Slice};

use super::{ConflictRow, Pager, card::claim_href, offset};
use crate::{
    ask::Ask,
    desk::{STILL_MADE, Sources},
    error::Fault,
    ledgers::WHOLE_SERIES,
};

/// How many series one page of the list has.
const ROWS: u32 = 60;

/// How many numbers of a long series one page shows.
const PART: u32 = 100;

/// How many conflicts a series' page shows.
const CONFLICTS: usize = 40;

/// Up to how many claims a row of the list tells where a series began and ended, and who speaks.
const SUMMED_UP: u64 = 50;

/// A series in a list.
#[derive(Debug, Serialize)]
pub struct SeriesRow {
    /// Its address on the desk.
    pub href: String,
    /// What is counted, and where.
    pub title: String,
    /// The unit.
    pub unit: Option<String>,
    /// How the number behaves in time.
    pub nature: &'static str,
    /// Numbers that are no repeats.
    pub n: u64,
    /// Those who say so; absent in lists for a long series.
    pub n_speakers: Option<usize>,
    /// The first and the last dated number; absent in lists for a long series.
    pub ends: Option<(End, End)>,
}

/// The first or the last number of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    /// Number, hedge and unit as the page states them.
    pub amount: String,
    /// When it holds, for people.
    pub as_of: String,
    /// The claim's address.
    pub href: String,
}

impl End {
    fn of(o: &Observation) -> Self {
        Self {
            amount: o.amount.clone(),
            as_of: o.as_of_text.clone(),
            href: claim_href(&o.claim.to_string()),
        }
    }
}

/// The name of a series in addresses: the same for the same key, on every machine.
pub(crate) fn name(key: &SeriesKey) -> String {
    let row = Row {
        key: key.clone(),
        n_claims: 0,
    };
    format!("ser-{:016x}", row.number())
}

pub(crate) fn href(key: &SeriesKey) -> String {
    format!("/series/{}", name(key))
}

impl SeriesRow {
    /// A series that is there as a whole.
    pub(crate) fn of(series: &Series) -> Self {
        let mut speakers: Vec<_> = series.distinct().map(|o| &o.speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let mut dated = series.distinct().filter(|o| o.as_of.is_some());
        Self {
            n: series.distinct().count() as u64,
            n_speakers: Some(speakers.len()),
            ends: dated
                .next()
                .map(|first| (End::of(first), End::of(dated.last().unwrap_or(first)))),
            ..Self::called(series)
        }
    }

    /// What a series is called, from some of its claims.
    fn called(series: &Series) -> Self {
        Self {
            href: href(&series.key),
            title: series.title(),
            unit: series.unit.clone(),
            nature: series.nature.as_str(),
            n: 0,
            n_speakers: None,
            ends: None,
        }
    }

    /// A row of the list.
    fn listed(s: &Sources<'_>, row: &Row) -> Result<Option<Self>, Fault> {
        if row.n_claims <= SUMMED_UP {
            return Ok(s.case.series(s.lexicon, &row.key)?.as_ref().map(Self::of));
        }
        let head = s.case.series_head(s.lexicon, &row.key)?;
        Ok(head.as_ref().map(|head| Self {
            n: row.n_claims,
            ..Self::called(head)
        }))
    }
}

/// The series of the case.
#[derive(Debug, Serialize)]
pub struct SeriesList {
    /// True if numbers that stand alone are listed too.
    pub with_single: bool,
    /// The words that names must have.
    pub about: Option<String>,
    /// The rows, the longest first.
    pub series: Vec<SeriesRow>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The series that are asked for.
pub(crate) fn series_list(s: &Sources<'_>) -> Result<SeriesList, Fault> {
    let with_single = s.ask.param("single").is_some();
    let about = s.ask.param("about");
    let n_least = if with_single { 1 } else { 2 };
    let (rows, pager) = match about {
        Some(words) => {
            let mut found = s.case.series_about(s.lexicon, words)?;
            found.retain(|row| row.n_claims >= n_least);
            let (shown, pager) = super::claims::slice_of(s.ask, ROWS, &found);
            (shown.to_vec(), pager)
        }
        None => rows(s, n_least)?,
    };
    let mut series = Vec::new();
    for row in &rows {
        series.extend(SeriesRow::listed(s, row)?);
    }
    Ok(SeriesList {
        with_single,
        about: about.map(str::to_owned),
        series,
        pager,
    })
}

/// A page of all series, behind the one that the address names.
fn rows(s: &Sources<'_>, n_least: u64) -> Result<(Vec<Row>, Pager), Fault> {
    let after = after(s.ask).map(|row| SeriesCursor::from(&row));
    let mut rows = s
        .case
        .series_rows(n_least, after.as_ref(), ROWS as usize + 1)?;
    let has_more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| format!("{} {}", row.n_claims, row.key.as_str()));
    let mut pager = Pager::behind(s.ask, rows.len(), next);
    pager.total = Some(s.case.n_series(n_least)?);
    Ok((rows, pager))
}

/// The last series of the page before: its number of claims and its name.
fn after(ask: &Ask) -> Option<Row> {
    let (n_claims, name) = ask.param("after")?.split_once(' ')?;
    Some(Row {
        key: SeriesKey::named(name),
        n_claims: n_claims.parse().ok()?,
    })
}

/// One series.
#[derive(Debug, Serialize)]
pub struct SeriesPage {
    /// The series.
    pub series: SeriesRow,
    /// The numbers, in the order of time, undated ones last; a part of them if the series is long.
    pub observations: Vec<ObservationRow>,
    /// What cannot both hold among them.
    pub conflicts: Vec<ConflictRow>,
    /// Where the numbers stand in the whole.
    pub pager: Pager,
    /// The chart, as SVG; empty if no number has a date.
    #[serde(skip)]
    pub chart: String,
}

/// One number at one time.
#[derive(Debug, Serialize)]
pub struct ObservationRow {
    /// The claim's address.
    pub href: String,
    /// Number, hedge and unit as the page states them.
    pub amount: String,
    /// The number.
    pub value: Option<String>,
    /// Inclusive lower bound.
    pub low: Option<String>,
    /// Inclusive upper bound.
    pub high: Option<String>,
    /// When it holds, for people.
    pub as_of: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// `say`, `estimate`, …
    pub act: &'static str,
    /// When it was said, else published.
    pub said: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// False for a number that is denied.
    pub is_asserted: bool,
    /// True if the page said it before.
    pub is_repeat: bool,
}

/// The series of this name.
pub(crate) fn series(s: &Sources<'_>, given: &str) -> Result<SeriesPage, Fault> {
    let row = find(s, given)?;
    let (series, pager) = part(s, &row, given)?;
    let link = |claim: verbale_core::ClaimId| claim_href(&claim.to_string());
    // Without a single date there is nothing to see that the table does not say better.
    let has_dates = series.distinct().any(|o| o.as_of.is_some());
    let mut summary = SeriesRow::of(&series);
    if row.n_claims > WHOLE_SERIES {
        let head = s.case.series_head(s.lexicon, &row.key)?;
        let called = SeriesRow::called(head.as_ref().unwrap_or(&series));
        summary = SeriesRow {
            n: row.n_claims,
            ..called
        };
    }
    Ok(SeriesPage {
        series: summary,
        observations: series.observations.iter().map(observation).collect(),
        conflicts: conflicts(s, &series)?,
        pager,
        chart: if has_dates {
            chart::svg(&series, SvgSize::default(), Some(&link))
        } else {
            String::new()
        },
    })
}

/// The chart of the series of this name alone, as a file.
pub(crate) fn series_chart(s: &Sources<'_>, given: &str) -> Result<String, Fault> {
    let row = find(s, given)?;
    let (series, _) = part(s, &row, given)?;
    Ok(chart::svg(&series, SvgSize::default(), None))
}

fn find(s: &Sources<'_>, given: &str) -> Result<Row, Fault> {
    let digits = given.strip_prefix("ser-").filter(|d| d.len() == 16);
    let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let found = number.map(|n| s.case.series_numbered(n)).transpose()?;
    found.flatten().ok_or_else(|| {
        if s.is_filing {
            STILL_MADE
        } else {
            unknown(given)
        }
    })
}

fn unknown(given: &str) -> Fault {
    Fault::Unknown {
        what: "series",
        id: given.to_owned(),
    }
}

/// The series, or the part of a long one that is asked for.
fn part(s: &Sources<'_>, row: &Row, given: &str) -> Result<(Series, Pager), Fault> {
    if row.n_claims <= WHOLE_SERIES {
        let series = s.case.series(s.lexicon, &row.key)?;
        let series = series.ok_or_else(|| unknown(given))?;
        let n = series.observations.len();
        return Ok((series, Pager::new(s.ask, 0, u32::MAX, n, false)));
    }
    let from = offset(s.ask);
    let slice = Slice {
        offset: from,
        limit: PART,
    };
    let series = s.case.series_part(s.lexicon, &row.key, slice)?;
    let series = series.ok_or_else(|| unknown(given))?;
    let n = series.observations.len();
    let has_more = u64::from(from) + (n as u64) < row.n_claims;
    let mut pager = Pager::new(s.ask, from, PART, n, has_more && n > 0);
    // Repeats are shown, and not counted.
    pager.total = Some(row.n_claims.max(u64::from(from) + n as u64));
    Ok((series, pager))
}

/// The conflicts between numbers of the series, each told once.
fn conflicts(s: &Sources<'_>, series: &Series) -> Result<Vec<ConflictRow>, Fault> {
    let ids: Vec<_> = series.observations.iter().map(|o| o.claim).collect();
    let found = s.case.conflicts_among(&ids, CONFLICTS)?;
    Ok(found.iter().map(ConflictRow::of).collect())
}

fn observation(o: &Observation) -> ObservationRow {
    let number = |n: Option<verbale_core::Decimal>| n.map(|n| n.normalize().to_string());
    ObservationRow {
        href: claim_href(&o.claim.to_string()),
        amount: o.amount.clone(),
        value: number(o.value),
        low: number(o.low),
        high: number(o.high),
        as_of: o.as_of_text.clone(),
        speaker: o.speaker.clone(),
        act: o.act.as_str(),
        said: o.said.map(|d| d.to_string()),
        publisher: o.publisher.clone(),
        is_asserted: o.is_asserted,
        is_repeat: o.is_repeat,
    }
}
