//! The table of claims, with facets.

use jiff::civil::Date;
use serde::Serialize;
use verbale_case::{Clock, Filter};
use verbale_core::{Act, ClaimKind, PartialDate};

use super::{ClaimCard, offset};
use crate::{ask::Ask, desk::Sources, error::Fault};

/// How many rows one page of a table has.
const ROWS: u32 = 50;

/// Where a page of a list stands in the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pager {
    /// The number of the first row, from 1; 0 for an empty list.
    pub first: u32,
    /// The number of the last row.
    pub last: u32,
    /// All rows, where that is known without counting them one by one.
    pub total: Option<u64>,
    /// The address of the page before.
    pub before: Option<String>,
    /// The address of the page after.
    pub after: Option<String>,
}

impl Pager {
    /// The pager for `n` rows from `from` on, a page of `limit`, with more behind it or not.
    pub(crate) fn new(ask: &Ask, from: u32, limit: u32, n: usize, has_more: bool) -> Self {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let at = |from: u32| {
            let from = if from == 0 {
                String::new()
            } else {
                from.to_string()
            };
            ask.with(&[("from", &from)])
        };
        Self {
            first: if n == 0 { 0 } else { from + 1 },
            last: from.saturating_add(n),
            total: (!has_more).then(|| u64::from(from) + u64::from(n)),
            before: (from > 0).then(|| at(from.saturating_sub(limit))),
            after: has_more.then(|| at(from.saturating_add(limit))),
        }
    }
}

/// The page of `limit` rows that is asked for, from rows of which one more was fetched.
pub(crate) fn page_of<T>(ask: &Ask, limit: u32, mut rows: Vec<T>) -> (Vec<T>, Pager) {
    let from = offset(ask);
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let pager = Pager::new(ask, from, limit, rows.len(), has_more);
    (rows, pager)
}

/// The page of a list that is in memory.
pub(crate) fn slice_of<'a, T>(ask: &Ask, limit: u32, all: &'a [T]) -> (&'a [T], Pager) {
    let from = (offset(ask) as usize).min(all.len());
    let end = (from + limit as usize).min(all.len());
    let mut pager = Pager::new(ask, from as u32, limit, end - from, end < all.len());
    pager.total = Some(all.len() as u64);
    (&all[from..end], pager)
}

/// A page of claims.
#[derive(Debug, Serialize)]
pub struct ClaimList {
    /// The rows.
    pub claims: Vec<ClaimCard>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The claims that are asked for.
pub(crate) fn claims(s: &Sources<'_>) -> Result<ClaimList, Fault> {
    let from = offset(s.ask);
    let filter = Filter {
        limit: Some(ROWS + 1),
        offset: from,
        ..filter(s.ask)?
    };
    let cards = s.case.claims(&filter)?.iter().map(ClaimCard::of).collect();
    let (claims, pager) = page_of(s.ask, ROWS, cards);
    Ok(ClaimList { claims, pager })
}

/// The filter in an address.
pub(crate) fn filter(ask: &Ask) -> Result<Filter, Fault> {
    let word = |name: &str| ask.param(name).map(str::to_owned);
    let clock = ask.param("clock");
    Ok(Filter {
        kinds: parsed::<ClaimKind>(ask, "kind")?.into_iter().collect(),
        acts: parsed::<Act>(ask, "act")?.into_iter().collect(),
        speaker: word("speaker"),
        about: word("about"),
        place: word("place"),
        publisher: word("publisher"),
        clock: (Clock::ALL.iter().copied())
            .find(|c| Some(c.as_str()) == clock)
            .unwrap_or_default(),
        since: day(ask, "since", |d| d.interval()?.start())?,
        until: day(ask, "until", |d| d.interval()?.end())?,
        with_rejected: ask.param("rejected").is_some(),
        undecided: ask.param("undecided").is_some(),
        ..Filter::default()
    })
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
    ask: &Ask,
    name: &str,
) -> Result<Option<T>, Fault> {
    let read = |text: &str| text.parse().map_err(|e| Fault::Bad(format!("{name}: {e}")));
    ask.param(name).map(read).transpose()
}

fn day(
    ask: &Ask,
    name: &str,
    end: impl FnOnce(PartialDate) -> Option<Date>,
) -> Result<Option<Date>, Fault> {
    Ok(parsed::<PartialDate>(ask, name)?.and_then(end))
}
