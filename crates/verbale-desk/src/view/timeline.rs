//! What happened when, by any clock, month by month.

use std::collections::BTreeMap;

use serde::Serialize;
use verbale_analysis::{Clock, Moment, moment};
use verbale_case::Filter;
use verbale_core::{ClaimId, Modality};

use super::{
    Pager,
    claims::{filter, piece},
    ledgers::href,
};
use crate::{desk::Sources, error::Fault};

/// How many rows a page of the timeline has.
const ROWS: u32 = 100;

/// The timeline of the case.
#[derive(Debug, Serialize)]
pub struct TimelinePage {
    /// `as-of`, `said`, `published`.
    pub clock: &'static str,
    /// The kind that is shown, if not all.
    pub kind: Option<String>,
    /// What happened, month by month.
    pub months: Vec<MonthView>,
    /// Where the rows stand in the whole.
    pub pager: Pager,
}

/// The moments of one month.
#[derive(Debug, Serialize)]
pub struct MonthView {
    /// `2031-05`.
    pub month: String,
    /// Its moments.
    pub moments: Vec<MomentRow>,
}

/// One line of the timeline.
#[derive(Debug, Serialize)]
pub struct MomentRow {
    /// The claim's address.
    pub href: String,
    /// First and last day.
    pub days: (String, String),
    /// `event`, `figure`, …
    pub kind: &'static str,
    /// What, in one line.
    pub what: String,
    /// Where.
    pub place: Option<String>,
    /// Who says so.
    pub voice: String,
    /// Other than said to be so.
    pub modality: Option<&'static str>,
    /// True if it is denied.
    pub is_denied: bool,
}

/// The clocks of the timeline: the word in an address, and the word for people.
pub(crate) const CLOCKS: &[(&str, &str)] = &[
    ("as-of", "when it holds"),
    ("said", "when it was said"),
    ("published", "when it was published"),
];

/// The moments that are asked for.
pub(crate) fn timeline(s: &Sources<'_>) -> Result<TimelinePage, Fault> {
    let wanted = s.ask.param("clock");
    let found = CLOCKS.iter().find(|(word, _)| Some(*word) == wanted);
    let clock = found.unwrap_or(&CLOCKS[0]).0;
    let kind = s.ask.param("kind");
    let (shown, pager) = moments(s, clock)?;
    // By month, since times whose beginning nobody tells come behind all others.
    let mut by_month: BTreeMap<String, Vec<MomentRow>> = BTreeMap::new();
    for row in &shown {
        let day = row.days.0.to_string();
        let month = day[..day.rfind('-').unwrap_or(day.len())].to_owned();
        by_month.entry(month).or_default().push(moment_row(row));
    }
    let months = by_month.into_iter();
    let months = months.map(|(month, moments)| MonthView { month, moments });
    let months = months.collect();
    Ok(TimelinePage {
        clock,
        kind: kind.map(str::to_owned),
        months,
        pager,
    })
}

/// A piece of the timeline. What is said twice on a page stands in it once.
fn moments(s: &Sources<'_>, clock: &str) -> Result<(Vec<Moment>, Pager), Fault> {
    let on = match clock {
        "said" => Clock::Said,
        "published" => Clock::Published,
        _ => Clock::AsOf,
    };
    let (claims, mut pager) = piece(
        s,
        &Filter {
            limit: Some(ROWS + 1),
            ..filter(s.ask)?
        },
    )?;
    let ids: Vec<ClaimId> = claims.iter().map(|c| c.claim.id).collect();
    let gathered = s.case.gather_claims(&ids)?;
    let entries = gathered.entries();
    let mut of: BTreeMap<ClaimId, Moment> = entries
        .iter()
        .filter(|e| e.claim.restates.is_none())
        .filter_map(|e| Some((e.id(), moment(*e, on)?)))
        .collect();
    // Claims without a time come last: where they begin, the timeline ends.
    let last = entries.iter().find(|e| Some(e.id()) == ids.last().copied());
    if last.is_none_or(|e| moment(*e, on).is_none()) {
        pager.after = None;
    }
    Ok((ids.iter().filter_map(|id| of.remove(id)).collect(), pager))
}

fn moment_row(m: &Moment) -> MomentRow {
    MomentRow {
        href: href(m.claim),
        days: (m.days.0.to_string(), m.days.1.to_string()),
        kind: m.kind.as_str(),
        what: m.what.clone(),
        place: m.place.clone(),
        voice: m.voice.clone(),
        modality: (m.modality != Modality::Actual).then(|| m.modality.as_str()),
        is_denied: m.is_denied,
    }
}
