//! Stretches of the calendar, how they are written in TIMEX3, and arithmetic on them.

use jiff::{Span, ToSpan, civil::Date};
use verbale_core::Interval;

/// A unit of time, from the finest to the coarsest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// The four seasons of the northern hemisphere, which news in English means unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

impl Season {
    fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
            Self::Winter => "WI",
        }
    }

    /// Its first month; a season has three. Winter begins in December of its year.
    fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Fall => 9,
            Self::Winter => 12,
        }
    }
}

/// A stretch of days with a name in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    /// The week that begins on this Monday.
    Week(Date),
    /// Saturday and Sunday of the week that begins on this Monday.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// The year divided by ten.
    Decade(i16),
    /// The year divided by a hundred.
    Century(i16),
}

impl Period {
    /// The stretch of this unit that holds `day`; units finer than a day give the day.
    pub(super) fn containing(unit: Unit, day: Date) -> Self {
        let (y, m) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Week => Self::Week(monday(day)),
            Unit::Month => Self::Month(y, m),
            Unit::Quarter => Self::Quarter(y, (m - 1) / 3 + 1),
            Unit::Half => Self::Half(y, (m - 1) / 6 + 1),
            Unit::Year => Self::Year(y),
            Unit::Decade => Self::Decade(y.div_euclid(10)),
            Unit::Century => Self::Century(y.div_euclid(100)),
        }
    }

    /// Its unit; a season counts as a quarter of a year.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(_) => Unit::Week,
            Self::Weekend(_) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Half(..) => Unit::Half,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    /// The year in which it begins.
    pub(super) fn year(self) -> i16 {
        match self {
            Self::Day(d) | Self::Week(d) | Self::Weekend(d) => d.year(),
            Self::Month(y, _) | Self::Quarter(y, _) | Self::Half(y, _) | Self::Season(y, _) => y,
            Self::Year(y) => y,
            Self::Decade(d) => d.saturating_mul(10),
            Self::Century(c) => c.saturating_mul(100),
        }
    }

    /// Its first day; `None` outside the calendar.
    pub(super) fn first(self) -> Option<Date> {
        let date = |y: i16, m: i8| Date::new(y, m, 1).ok();
        match self {
            Self::Day(d) | Self::Week(d) => Some(d),
            Self::Weekend(d) => d.checked_add(5.days()).ok(),
            Self::Month(y, m) => date(y, m),
            Self::Quarter(y, q) => date(y, q * 3 - 2),
            Self::Half(y, h) => date(y, h * 6 - 5),
            Self::Season(y, s) => date(y, s.first_month()),
            Self::Year(y) => date(y, 1),
            Self::Decade(_) | Self::Century(_) => date(self.year(), 1),
        }
    }

    /// Its last day; `None` outside the calendar.
    pub(super) fn last(self) -> Option<Date> {
        let first = self.first()?;
        let span = match self {
            Self::Day(_) => return Some(first),
            Self::Week(_) => 7.days(),
            Self::Weekend(_) => 2.days(),
            Self::Month(..) => 1.months(),
            Self::Quarter(..) | Self::Season(..) => 3.months(),
            Self::Half(..) => 6.months(),
            Self::Year(_) => 1.years(),
            Self::Decade(_) => 10.years(),
            Self::Century(_) => 100.years(),
        };
        first.checked_add(span).ok()?.yesterday().ok()
    }

    /// The days it covers.
    pub(super) fn interval(self) -> Option<Interval> {
        Interval::new(Some(self.first()?), Some(self.last()?))
    }

    /// The stretch of the same sort `n` further on; `None` outside the calendar.
    pub(super) fn shift(self, n: i32) -> Option<Self> {
        let years = |y: i16, n: i32| i16::try_from(i32::from(y).checked_add(n)?).ok();
        let parts = |y: i16, part: i8, of: i32| {
            let at = i32::from(y)
                .checked_mul(of)?
                .checked_add(i32::from(part) - 1)?
                .checked_add(n)?;
            let year = i16::try_from(at.div_euclid(of)).ok()?;
            Some((year, at.rem_euclid(of) as i8 + 1))
        };
        Some(match self {
            Self::Day(d) => Self::Day(add_days(d, n)?),
            Self::Week(d) => Self::Week(add_days(d, n.checked_mul(7)?)?),
            Self::Weekend(d) => Self::Weekend(add_days(d, n.checked_mul(7)?)?),
            Self::Month(y, m) => parts(y, m, 12).map(|(y, m)| Self::Month(y, m))?,
            Self::Quarter(y, q) => parts(y, q, 4).map(|(y, q)| Self::Quarter(y, q))?,
            Self::Half(y, h) => parts(y, h, 2).map(|(y, h)| Self::Half(y, h))?,
            Self::Season(y, s) => Self::Season(years(y, n)?, s),
            Self::Year(y) => Self::Year(years(y, n)?),
            Self::Decade(d) => Self::Decade(years(d, n)?),
            Self::Century(c) => Self::Century(years(c, n)?),
        })
    }

    /// The same stretch `n` years on: the third quarter of another year.
    pub(super) fn shift_years(self, n: i32) -> Option<Self> {
        let years = |y: i16| i16::try_from(i32::from(y).checked_add(n)?).ok();
        Some(match self {
            Self::Day(d) => Self::Day(add_years(d, n)?),
            Self::Week(d) => Self::Week(monday(add_years(d, n)?)),
            Self::Weekend(d) => Self::Weekend(monday(add_years(d, n)?)),
            Self::Month(y, m) => Self::Month(years(y)?, m),
            Self::Quarter(y, q) => Self::Quarter(years(y)?, q),
            Self::Half(y, h) => Self::Half(years(y)?, h),
            Self::Season(y, s) => Self::Season(years(y)?, s),
            Self::Year(y) => Self::Year(years(y)?),
            Self::Decade(_) | Self::Century(_) => return None,
        })
    }

    /// The value in TIMEX3: `2020-01-23`, `2020-W04`, `2019-SU`, `2019-Q2`, `199`.
    pub(super) fn value(self) -> String {
        let week = |d: Date| {
            let w = d.iso_week_date();
            format!("{:04}-W{:02}", w.year(), w.week())
        };
        match self {
            Self::Day(d) => d.to_string(),
            Self::Week(d) => week(d),
            Self::Weekend(d) => week(d) + "-WE",
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Self::Half(y, h) => format!("{y:04}-H{h}"),
            Self::Season(y, s) => format!("{y:04}-{}", s.code()),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(d) => format!("{d:03}"),
            Self::Century(c) => format!("{c:02}"),
        }
    }
}

/// `day` plus `n` days; `None` outside the calendar.
pub(super) fn add_days(day: Date, n: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(n).ok()?).ok()
}

fn add_years(day: Date, n: i32) -> Option<Date> {
    day.checked_add(Span::new().try_years(n).ok()?).ok()
}

/// The Monday of the week that holds `day`; at the edge of the calendar, the day itself.
pub(super) fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// How far a day lies outside a stretch, in days; 0 inside.
pub(super) fn distance(day: Date, days: Interval) -> i32 {
    let gap = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |s| s.get_days());
    match (days.start(), days.end()) {
        (Some(start), _) if day < start => gap(day, start),
        (_, Some(end)) if day > end => gap(end, day),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn shifts_across_years() {
        assert_eq!(Period::Month(2020, 1).shift(-1).unwrap().value(), "2019-12");
        assert_eq!(
            Period::Quarter(1989, 1).shift(-1).unwrap().value(),
            "1988-Q4"
        );
        let week = Period::containing(Unit::Week, date(2020, 1, 30));
        assert_eq!(week.value(), "2020-W05");
        assert_eq!(week.shift(-5).unwrap().value(), "2019-W52");
    }

    #[test]
    fn knows_its_days() {
        let days = |p: Period| p.interval().unwrap().to_string();
        assert_eq!(
            days(Period::Season(2019, Season::Winter)),
            "2019-12-01/2020-02-29"
        );
        assert_eq!(days(Period::Decade(199)), "1990-01-01/1999-12-31");
        assert_eq!(days(Period::Half(2019, 2)), "2019-07-01/2019-12-31");
        assert_eq!(
            days(Period::containing(Unit::Weekend, date(2020, 1, 30))),
            "2020-02-01/2020-02-02"
        );
    }
}
