//! The table of claims, with facets.

use jiff::civil::Date;
use serde::Serialize;
use verbale_case::{Clock, Filter, StoredClaim};
use verbale_core::{Act, ClaimKind, PartialDate};

use super::{ClaimCard, offset};
use crate::{ask::Ask, desk::Sources, error::Fault};

/// How many rows one page of a table has.
const ROWS: u32 = 50;

/// How many claims are counted by kind, at most.
const COUNTED: u32 = 1_000;

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
    /// The address of the first page, where the one before is not known.
    pub start: Option<String>,
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
            start: None,
            after: has_more.then(|| at(from.saturating_add(limit))),
        }
    }

    /// The pager of a list that goes on behind a row and costs the same at its end as at its beginning. `next` is
    /// what the address says of the last of the `n` rows shown, if there are more.
    pub(crate) fn behind(ask: &Ask, n: usize, next: Option<String>) -> Self {
        let has_start = ask.param("after").is_some();
        let before: u32 = ask.parsed("n").filter(|_| has_start).unwrap_or(0);
        let last = before.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
        Self {
            first: if n == 0 { 0 } else { before.saturating_add(1) },
            last,
            total: next.is_none().then(|| u64::from(last)),
            before: None,
            start: has_start.then(|| ask.with(&[("after", ""), ("n", "")])),
            after: next.map(|next| ask.with(&[("after", &next), ("n", &last.to_string())])),
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
    /// How many claims match of each kind, among the first that were counted.
    pub kinds: Vec<(&'static str, u64)>,
    /// True if there are more than were counted.
    pub is_cut: bool,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The claims that are asked for.
pub(crate) fn claims(s: &Sources<'_>) -> Result<ClaimList, Fault> {
    let filter = Filter {
        limit: Some(ROWS + 1),
        ..filter(s.ask)?
    };
    let kinds = s.case.n_of_kinds(&filter, COUNTED)?;
    let (claims, pager) = piece(s, &filter)?;
    Ok(ClaimList {
        claims: claims.iter().map(ClaimCard::of).collect(),
        is_cut: kinds.iter().map(|(_, n)| n).sum::<u64>() == u64::from(COUNTED),
        kinds: kinds.iter().map(|(kind, n)| (kind.as_str(), *n)).collect(),
        pager,
    })
}

/// One piece of a list, behind the claim that the address names; the filter's limit is one more than it shows.
pub(super) fn piece(s: &Sources<'_>, filter: &Filter) -> Result<(Vec<StoredClaim>, Pager), Fault> {
    let mut claims = s.case.claims(filter)?;
    let shown = filter.limit.map_or(usize::MAX, |n| n as usize - 1);
    let has_more = claims.len() > shown;
    claims.truncate(shown);
    let next = claims.last().filter(|_| has_more);
    let next = next.map(|last| last.claim.id.to_string());
    let pager = Pager::behind(s.ask, claims.len(), next);
    Ok((claims, pager))
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
        after: ask.parsed("after"),
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
