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
/// both are told for long times of which nobody knows which day is meant.
fn overlapping((x, natures_x): (Interval, Nature), (y, natures_y): (Interval, Nature)) -> Times {
    let is_flow = natures_x == Nature::Flow || natures_y == Nature::Flow;
    let are_long = is_long(x) && is_long(y);
    if x == y || !is_flow && !are_long {
        Times::Shared
    } else {
        Times::Covering
    }
}

/// True for more than a month: "2025", "the first quarter". Of an open time nobody knows.
fn is_long(interval: Interval) -> bool {
    matches!((interval.start(), interval.end()), (Some(a), Some(b)) if (b - a).get_days() > 31)
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
