//! Time expressions: the words, the value they denote, and the days it covers.

use std::fmt;

use jiff::civil::Date;
use text_size::TextRange;

use crate::{PartialDate, word_set};

/// The four types of TIMEX3.
///
/// Source: TimeML 1.2.1 / ISO 24617-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A calendar day or something coarser.
    Date,
    /// Finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurrence.
    Set,
}

word_set!(TimexKind, "TIMEX3 type", {
    Date => "DATE",
    Time => "TIME",
    Duration => "DURATION",
    Set => "SET",
});

/// How the words modify the value.
///
/// Source: the `mod` attribute of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexMod {
    /// "early 2019".
    Start,
    /// "mid-2019".
    Mid,
    /// "late 2019".
    End,
    /// "around 2019".
    Approx,
    /// "before 2019".
    Before,
    /// "after 2019".
    After,
    /// "by the end of 2019", "no later than".
    OnOrBefore,
    /// "since 2019", "from 2019 on".
    OnOrAfter,
    /// "less than a year".
    LessThan,
    /// "more than a year".
    MoreThan,
    /// "at most a year".
    EqualOrLess,
    /// "at least a year".
    EqualOrMore,
}

word_set!(TimexMod, "TIMEX3 mod", {
    Start => "START",
    Mid => "MID",
    End => "END",
    Approx => "APPROX",
    Before => "BEFORE",
    After => "AFTER",
    OnOrBefore => "ON_OR_BEFORE",
    OnOrAfter => "ON_OR_AFTER",
    LessThan => "LESS_THAN",
    MoreThan => "MORE_THAN",
    EqualOrLess => "EQUAL_OR_LESS",
    EqualOrMore => "EQUAL_OR_MORE",
});

/// What a relative expression was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Nothing: the words fix the time by themselves.
    None,
    /// The page's publication date.
    Published,
    /// Another time in the text.
    Text,
    /// It needs an anchor that the page does not give.
    Missing,
}

word_set!(Anchor, "anchor", {
    None => "none",
    Published => "published",
    Text => "text",
    Missing => "missing",
});

/// A run of days, both ends included; an absent end is open.
///
/// Invariant: at least one end is present and the start does not lie after the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: Option<Date>,
    end: Option<Date>,
}

impl Interval {
    /// The days from `start` to `end`; `None` if that breaks the invariant.
    pub fn new(start: Option<Date>, end: Option<Date>) -> Option<Self> {
        match (start, end) {
            (None, None) => None,
            (Some(s), Some(e)) if s > e => None,
            _ => Some(Self { start, end }),
        }
    }

    /// One day.
    pub fn day(day: Date) -> Self {
        Self {
            start: Some(day),
            end: Some(day),
        }
    }

    /// The first day, or `None` if open.
    pub fn start(self) -> Option<Date> {
        self.start
    }

    /// The last day, or `None` if open.
    pub fn end(self) -> Option<Date> {
        self.end
    }

    /// True if the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.end, other.start) && !before(other.end, self.start)
    }

    /// True if every day of `other` is in `self`.
    pub fn covers(self, other: Self) -> bool {
        let starts = self
            .start
            .is_none_or(|s| other.start.is_some_and(|o| s <= o));
        let ends = self.end.is_none_or(|e| other.end.is_some_and(|o| o <= e));
        starts && ends
    }
}

impl fmt::Display for Interval {
    /// `2020-01-01/2020-01-31`, an open end as `..` (EDTF, ISO 8601-2).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |d: Option<Date>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
        write!(f, "{}/{}", end(self.start), end(self.end))
    }
}

/// A time expression.
///
/// A relative expression without an anchor stays unresolved: it keeps its words in `raw`, has
/// [`Anchor::Missing`], and no interval. It is never filled in silently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Type.
    pub kind: TimexKind,
    /// The words.
    pub raw: String,
    /// Where the words stand; absent for a time that was carried over from elsewhere (an inherited year).
    pub range: Option<TextRange>,
    /// The TIMEX3 value: `2020-01-23`, `2020-W04`, `2020-SP`, `P3D`, `PRESENT_REF`, `XXXX-WXX-4`.
    /// Absent where an anchor is missing and the words alone denote nothing.
    pub value: Option<String>,
    /// Modifier.
    pub modifier: Option<TimexMod>,
    /// The days it covers, with the modifier applied.
    pub interval: Option<Interval>,
    /// What it was resolved against.
    pub anchor: Anchor,
}

impl Timex {
    /// A known calendar date that stands nowhere in the text, with the words it was taken from.
    pub fn from_date(date: PartialDate, raw: &str, anchor: Anchor) -> Self {
        Self {
            kind: TimexKind::Date,
            raw: raw.to_owned(),
            range: None,
            value: Some(date.to_string()),
            modifier: None,
            interval: date.interval(),
            anchor,
        }
    }

    /// True if an anchor is missing.
    pub fn is_unresolved(&self) -> bool {
        self.anchor == Anchor::Missing
    }

    /// The time as the ledger prints it: an ISO date or prefix, `--MM-DD`, or `from/to`.
    ///
    /// A value that ISO prefixes cannot say (a week, a season, a half year) prints as its interval.
    /// `None` for durations, recurrences, vague references and what is unresolved.
    pub fn iso(&self) -> Option<String> {
        if matches!(self.kind, TimexKind::Duration | TimexKind::Set) {
            return None;
        }
        let value = self.value.as_deref();
        // A clock time prints as its day.
        let date = value.map(|v| v.split_once('T').map_or(v, |(day, _)| day));
        if let Some(date) = date.and_then(|d| d.parse::<PartialDate>().ok())
            && !matches!(
                self.modifier,
                Some(TimexMod::After | TimexMod::OnOrAfter | TimexMod::Before)
            )
        {
            return Some(date.to_string());
        }
        // A run of time as coarse as its ends are known: `2019-03/2020-01-23`.
        let run = value.filter(|v| {
            v.split_once('/').is_some_and(|(from, to)| {
                [from, to]
                    .iter()
                    .all(|end| end.parse::<PartialDate>().is_ok())
            })
        });
        run.map(str::to_owned)
            .or_else(|| self.interval.map(|i| i.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(from: &str, to: &str) -> Interval {
        Interval::new(from.parse().ok(), to.parse().ok()).unwrap()
    }

    #[test]
    fn open_intervals_overlap_what_they_reach() {
        let since = interval("2020-03-01", "");
        assert!(since.overlaps(interval("2021-01-01", "2021-01-02")));
        assert!(!since.overlaps(interval("2019-01-01", "2020-02-29")));
        assert!(since.covers(interval("2020-03-01", "2020-03-01")));
        assert!(!interval("2020-03-01", "2020-04-01").covers(since));
        assert_eq!(since.to_string(), "2020-03-01/..");
        assert_eq!(Interval::new(None, None), None);
    }

    #[test]
    fn prints_for_the_ledger() {
        let week = Timex {
            value: Some("2020-W04".into()),
            interval: Some(interval("2020-01-20", "2020-01-26")),
            ..Timex::from_date("2020".parse().unwrap(), "last week", Anchor::Published)
        };
        assert_eq!(week.iso().as_deref(), Some("2020-01-20/2020-01-26"));
        let day = Timex::from_date("--03-18".parse().unwrap(), "March 18", Anchor::Missing);
        assert_eq!(day.iso().as_deref(), Some("--03-18"));
        let run = Timex {
            value: Some("2019-03/2020-01-23".into()),
            ..week.clone()
        };
        assert_eq!(run.iso().as_deref(), Some("2019-03/2020-01-23"));
        let three = Timex {
            kind: TimexKind::Duration,
            value: Some("P3D".into()),
            ..day
        };
        assert_eq!(three.iso(), None);
    }
}
