//! Whether two claims can both hold, and why.
//!
//! The axes are tried in a fixed order, and the first difference is the answer: kind, measure, place, coverage,
//! date. Only claims that agree on all of them are compared by value.
//! [`judge`] is symmetric: the order of its arguments changes nothing.

mod figure;
mod reading;
mod relation;
mod status;
mod sums;
mod time;
mod value;

use std::fmt;
use std::sync::Arc;

use verbale_core::{ClaimId, Proposition};

use crate::{Axes, Entry, Lexicon, Voice, grouped, lines::Traits};

pub(crate) use reading::{instrument_bag, is_reading, tells_instrument};
pub(crate) use relation::is_world;
pub(crate) use status::{DutyStance, Standing, is_duty, party_of};
pub(crate) use sums::wrong_sums;

/// In what way two claims cannot both hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// Two statements about one thing at one time that leave no common value.
    Contradiction,
    /// A later statement replaces an earlier one.
    Revision,
    /// One speaker's number for a level moves from one time to another.
    Drift,
    /// A relay changed what it passed on: a bound lost, a number cut, a unit changed.
    RelayDamage,
    /// Digits swapped, lost or doubled.
    Slip,
    /// Two parties read one paragraph differently.
    RivalReadings,
    /// One speaker admits a failure and asserts compliance.
    AgainstAdmission,
    /// A status that somebody asserts against what dates and figures imply.
    AgainstComputed,
}

impl ConflictKind {
    /// Every kind, in the order of the definition.
    pub const ALL: &'static [Self] = &[
        Self::Contradiction,
        Self::Revision,
        Self::Drift,
        Self::RelayDamage,
        Self::Slip,
        Self::RivalReadings,
        Self::AgainstAdmission,
        Self::AgainstComputed,
    ];

    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Revision => "revision",
            Self::Drift => "drift",
            Self::RelayDamage => "relay damage",
            Self::Slip => "suspected slip",
            Self::RivalReadings => "rival readings",
            Self::AgainstAdmission => "asserted against admitted",
            Self::AgainstComputed => "asserted against computed",
        }
    }
}

impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why two claims are not in conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyNot {
    /// They are claims of different kinds.
    Kind,
    /// They measure, or speak of, different things.
    Measure,
    /// They hold in different places.
    Place,
    /// One is a part of the other.
    Coverage,
    /// They hold at different times.
    Date,
    /// At least one of them has no date, and they do not stand on one page.
    TimeUnknown,
    /// Both can hold: their bounds leave a common value, or their words do not exclude each other.
    Compatible,
    /// They are copies of one statement.
    SameOrigin,
}

impl WhyNot {
    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "other kind",
            Self::Measure => "other measure",
            Self::Place => "other place",
            Self::Coverage => "other coverage",
            Self::Date => "other date",
            Self::TimeUnknown => "date unknown",
            Self::Compatible => "compatible",
            Self::SameOrigin => "same origin",
        }
    }
}

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The answer for two claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The two claims, the smaller id first.
    pub pair: (ClaimId, ClaimId),
    /// The conflict, or the reason why there is none.
    pub answer: Result<ConflictKind, WhyNot>,
    /// The reason in one sentence.
    pub reason: String,
}

/// Answers without ids and order, as the parts of this module give them.
type Answer = (Result<ConflictKind, WhyNot>, String);

/// An entry with what is dear to find out for each pair.
pub(crate) struct Side<'a> {
    pub(crate) entry: Entry<'a>,
    /// Absent if nobody is named.
    pub(crate) voice: Option<Arc<Voice>>,
    /// Of figures only.
    pub(crate) axes: Option<Arc<Axes>>,
}

impl<'a> Side<'a> {
    pub(crate) fn of(lexicon: &Lexicon, entry: Entry<'a>) -> Self {
        Self::with(entry, &Traits::of(lexicon, entry))
    }

    pub(crate) fn with(entry: Entry<'a>, traits: &Traits) -> Self {
        Self {
            entry,
            voice: traits.voice.clone(),
            axes: traits.axes.clone(),
        }
    }

    /// True if both claims are known to have one speaker.
    pub(crate) fn has_voice_of(&self, other: &Self) -> bool {
        matches!((&self.voice, &other.voice), (Some(x), Some(y)) if x.is_same(y))
    }
}

/// Whether `a` and `b` can both hold, with the reason.
pub fn judge(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> Verdict {
    judge_sides(lexicon, &Side::of(lexicon, a), &Side::of(lexicon, b))
}

pub(crate) fn judge_sides(lexicon: &Lexicon, a: &Side<'_>, b: &Side<'_>) -> Verdict {
    let (a, b) = if a.entry.id() <= b.entry.id() {
        (a, b)
    } else {
        (b, a)
    };
    let (x, y) = (a.entry.claim, b.entry.claim);
    let (answer, reason) = match (&x.proposition, &y.proposition) {
        (Proposition::Figure(_), Proposition::Figure(_)) => figure::judge(lexicon, a, b),
        (Proposition::Status(_), Proposition::Status(_)) => status::judge(lexicon, a, b),
        (Proposition::Obligation(_), Proposition::Obligation(_)) => reading::judge(lexicon, a, b),
        (Proposition::Event(_), Proposition::Event(_)) => reading::judge_events(lexicon, a, b),
        _ => not(
            WhyNot::Kind,
            format!("One is a {}, the other a {}.", x.kind(), y.kind()),
        ),
    };
    Verdict {
        pair: (x.id, y.id),
        answer,
        reason,
    }
}

fn not(why: WhyNot, reason: String) -> Answer {
    (Err(why), reason)
}

fn conflict(kind: ConflictKind, reason: String) -> Answer {
    (Ok(kind), reason)
}

/// A figure's number as the page states it, with its hedge: "about 1,000 workers", "20 to 25 vessels".
pub(crate) fn amount(figure: &verbale_core::Figure) -> String {
    let q = &figure.quantity;
    let number = match (q.value, q.low, q.high) {
        (Some(v), _, _) => grouped(v),
        (None, Some(l), Some(h)) => format!("{} to {}", grouped(l), grouped(h)),
        (None, Some(l), None) => grouped(l),
        (None, None, Some(h)) => grouped(h),
        (None, None, None) => String::new(),
    };
    let is_range = q.value.is_none() && q.low.is_some() && q.high.is_some();
    let hedge = q.approximator.as_deref().filter(|_| !is_range);
    let unit = match q.unit.as_deref() {
        Some("%") => {
            return [hedge, Some(&format!("{number}%"))]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
        }
        unit => unit,
    };
    let per = q.per.as_deref().map(|p| format!("a {p}"));
    let parts = [hedge, Some(number.as_str()), unit, per.as_deref()];
    let parts: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" ")
}
