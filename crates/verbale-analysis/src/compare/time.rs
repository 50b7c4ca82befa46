//! How the times of two claims lie to each other.

use verbale_core::Interval;

use crate::{Entry, Nature, When};

/// What follows from the times for the comparison of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// They speak of one time.
    Shared,
    /// One period is a part of the other, or they overlap in part.
    Covering,
    /// One is a month of a longer time, and both tell a level: nobody knows of which day the other one does.
    Within,
    /// They speak of different times.
    Apart,
    /// It is not known.
    Unknown,
}

pub(super) fn of_figures(a: (Entry<'_>, Nature), b: (Entry<'_>, Nature)) -> Times {
    match (a.0.when(), b.0.when()) {
        (When::Known(x), When::Known(y)) if !x.overlaps(y) => Times::Apart,
        (When::Known(x), When::Known(y)) => overlapping((x, a.1), (y, b.1)),
        // Words without an anchor ("last week") mean one time if they are the same words on one page.
        (When::Unresolved, When::Unresolved) if a.0.page == b.0.page && same_words(a.0, b.0) => {
            Times::Shared
        }
        (When::Unstated, When::Unstated) if a.0.page == b.0.page => Times::Shared,
        _ => Times::Unknown,
    }
}

/// Amounts of a period compare only with amounts of the same period; levels wherever they share a day, unless
/// both are told for long times of which nobody knows which day is meant. A month is long beside longer times only.
fn overlapping((x, natures_x): (Interval, Nature), (y, natures_y): (Interval, Nature)) -> Times {
    let is_flow = natures_x == Nature::Flow || natures_y == Nature::Flow;
    let is_longer = |i| n_days(i).is_some_and(|n| n > 32);
    let is_month = |i| n_days(i).is_some_and(|n| (28..=31).contains(&n));
    if x == y {
        Times::Shared
    } else if is_flow || is_longer(x) && is_longer(y) {
        Times::Covering
    } else if is_month(x) && is_longer(y) || is_longer(x) && is_month(y) {
        Times::Within
    } else {
        Times::Shared
    }
}

/// How many days a time has; of an open one nobody knows.
fn n_days(interval: Interval) -> Option<i32> {
    Some((interval.end()? - interval.start()?).get_days() + 1)
}

fn same_words(a: Entry<'_>, b: Entry<'_>) -> bool {
    let raw = |e: Entry<'_>| e.claim.proposition.time().map(|t| t.raw.to_lowercase());
    raw(a) == raw(b)
}

/// A time for a sentence.
pub(super) fn in_words(entry: Entry<'_>) -> String {
    let time = entry.claim.proposition.time();
    match (time.and_then(verbale_core::Timex::iso), time) {
        (Some(iso), _) => iso,
        (None, Some(t)) => format!("“{}” (unresolved)", t.raw),
        (None, None) => "no stated time".to_owned(),
    }
}
