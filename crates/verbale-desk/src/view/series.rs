//! Series: the list, and one with its chart.

use serde::Serialize;
use verbale_analysis::{
    Observation, Series, SeriesKey,
    chart::{self, SvgSize},
};

use super::{ConflictRow, Pager, card::claim_href, claims::slice_of, ledgers::anchor};
use crate::{desk::Sources, error::Fault, ledgers::Ledgers};

/// How many series one page of the list has.
const ROWS: u32 = 60;

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
    /// Observations that are no repeats.
    pub n: usize,
    /// Those who say so.
    pub n_speakers: usize,
    /// The first and the last dated number.
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
    anchor("ser", key.as_str())
}

pub(crate) fn href(key: &SeriesKey) -> String {
    format!("/series/{}", name(key))
}

impl SeriesRow {
    pub(crate) fn of(series: &Series) -> Self {
        let mut speakers: Vec<_> = series.distinct().map(|o| &o.speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let mut dated = series.distinct().filter(|o| o.as_of.is_some());
        Self {
            href: href(&series.key),
            title: series.title(),
            unit: series.unit.clone(),
            nature: series.nature.as_str(),
            n: series.distinct().count(),
            n_speakers: speakers.len(),
            ends: dated
                .next()
                .map(|first| (End::of(first), End::of(dated.last().unwrap_or(first)))),
        }
    }
}

/// The series of the case.
#[derive(Debug, Serialize)]
pub struct SeriesList {
    /// True if numbers that stand alone are listed too.
    pub with_single: bool,
    /// The words that titles must have.
    pub about: Option<String>,
    /// The rows, the longest first.
    pub series: Vec<SeriesRow>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The series that are asked for.
pub(crate) fn series_list(s: &Sources<'_>) -> Result<SeriesList, Fault> {
    let ledgers = s.ledgers()?;
    let with_single = s.ask.param("single").is_some();
    let about = s.ask.param("about").map(str::to_lowercase);
    let wanted = |x: &&Series| {
        (with_single || x.distinct().nth(1).is_some())
            && about
                .as_ref()
                .is_none_or(|words| x.title().to_lowercase().contains(words))
    };
    let mut all: Vec<&Series> = ledgers.series.iter().filter(wanted).collect();
    all.sort_by_key(|x| (std::cmp::Reverse(x.distinct().count()), &x.key));
    let (shown, pager) = slice_of(s.ask, ROWS, &all);
    Ok(SeriesList {
        with_single,
        about: s.ask.param("about").map(str::to_owned),
        series: shown.iter().map(|x| SeriesRow::of(x)).collect(),
        pager,
    })
}

/// One series.
#[derive(Debug, Serialize)]
pub struct SeriesPage {
    /// The series.
    pub series: SeriesRow,
    /// The numbers, in the order of time, undated ones last.
    pub observations: Vec<ObservationRow>,
    /// What cannot both hold in it.
    pub conflicts: Vec<ConflictRow>,
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
    let ledgers = s.ledgers()?;
    let series = find(ledgers, given)?;
    let mut conflicts = Vec::new();
    for o in &series.observations {
        // Both claims of a conflict are in the series: it is told once.
        let own = ledgers
            .conflicts_of(o.claim)
            .filter(|c| c.pair.0 == o.claim);
        conflicts.extend(own.map(ConflictRow::of));
    }
    let link = |claim: verbale_core::ClaimId| claim_href(&claim.to_string());
    // Without a single date there is nothing to see that the table does not say better.
    let has_dates = series.distinct().any(|o| o.as_of.is_some());
    Ok(SeriesPage {
        series: SeriesRow::of(series),
        observations: series.observations.iter().map(observation).collect(),
        conflicts,
        chart: if has_dates {
            chart::svg(series, SvgSize::default(), Some(&link))
        } else {
            String::new()
        },
    })
}

/// The chart of the series of this name alone, as a file.
pub(crate) fn series_chart(s: &Sources<'_>, given: &str) -> Result<String, Fault> {
    let series = find(s.ledgers()?, given)?;
    Ok(chart::svg(series, SvgSize::default(), None))
}

fn find<'l>(ledgers: &'l Ledgers, given: &str) -> Result<&'l Series, Fault> {
    let found = ledgers.series.iter().find(|x| name(&x.key) == given);
    found.ok_or_else(|| Fault::Unknown {
        what: "series",
        id: given.to_owned(),
    })
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
