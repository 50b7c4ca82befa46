//! Dates as far as they are stated.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::Interval;

/// A date of which parts may be missing: `2020`, `2020-01`, `2020-01-23`, `--03-18`, `--03`.
///
/// Invariant: a day has a month, at least year or month is present, and the parts make a calendar date
/// (`--02-29` is one, `2021-02-29` is not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A date from its parts; `None` if they break the invariant.
    pub fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if day.is_some() && month.is_none() || year.is_none() && month.is_none() {
            return None;
        }
        Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The year, if stated.
    pub fn year(self) -> Option<i16> {
        self.year
    }

    /// The month from 1 to 12, if stated.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month from 1, if stated.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The calendar day, if year, month and day are stated.
    pub fn to_date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// The days it covers; `None` without a year.
    pub fn interval(self) -> Option<Interval> {
        let first = Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let last = match (self.month, self.day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Interval::new(Some(first), Some(last))
    }
}

impl From<Date> for PartialDate {
    fn from(d: Date) -> Self {
        Self {
            year: Some(d.year()),
            month: Some(d.month()),
            day: Some(d.day()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(y) => write!(f, "{y:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(m) = self.month {
            write!(f, "-{m:02}")?;
        }
        if let Some(d) = self.day {
            write!(f, "-{d:02}")?;
        }
        Ok(())
    }
}

/// A string that is not a partial date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a date such as 2020-01-23, 2020-01, 2020 or --03-18, found `{0}`")]
pub struct ParseDateError(String);

impl FromStr for PartialDate {
    type Err = ParseDateError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fail = || ParseDateError(s.to_owned());
        let (year, rest) = match s.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => match s.split_once('-') {
                Some((y, rest)) => (Some(y), Some(rest)),
                None => (Some(s), None),
            },
        };
        let digits = |part: &str, n: usize| {
            (part.len() == n && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let year = year.map(|y| digits(y, 4).ok_or_else(fail)).transpose()?;
        let (month, day) = match rest {
            None => (None, None),
            Some(rest) => match rest.split_once('-') {
                Some((m, d)) => (Some(m), Some(d)),
                None => (Some(rest), None),
            },
        };
        let small = |part: &str| digits(part, 2).and_then(|n: i16| i8::try_from(n).ok());
        let month = month.map(|m| small(m).ok_or_else(fail)).transpose()?;
        let day = day.map(|d| small(d).ok_or_else(fail)).transpose()?;
        Self::new(year, month, day).ok_or_else(fail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for s in [
            "2020",
            "2020-01",
            "2020-01-23",
            "--03-18",
            "--03",
            "--02-29",
        ] {
            assert_eq!(s.parse::<PartialDate>().unwrap().to_string(), s);
        }
        for s in [
            "",
            "20",
            "2020-13",
            "2021-02-29",
            "2020-1",
            "-03-18",
            "2020-01-23-1",
            "x",
        ] {
            assert!(s.parse::<PartialDate>().is_err(), "{s}");
        }
    }

    #[test]
    fn covers_its_days() {
        let days = |s: &str| {
            s.parse::<PartialDate>()
                .unwrap()
                .interval()
                .map(|i| i.to_string())
        };
        assert_eq!(days("2020-02").as_deref(), Some("2020-02-01/2020-02-29"));
        assert_eq!(days("2019").as_deref(), Some("2019-01-01/2019-12-31"));
        assert_eq!(days("--03-18"), None);
    }
}
