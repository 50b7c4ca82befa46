//! From what the words say to a value and the days it covers.

mod named;

use jiff::civil::Date;
use verbale_core::{Anchor, Decimal, Interval, PartialDate, TimexKind};

use super::{
    calendar::{Period, Unit},
    expr::{Base, Clock, Length, Meaning, Name, Pick, Vague},
    tense::Tense,
    words::DayPart,
};

/// What is known when an expression is read: the page's date and the times spoken of so far.
#[derive(Debug, Default)]
pub(super) struct Context {
    published: Option<PartialDate>,
    /// Stretches of the calendar in the order of the text, the last one last.
    spoken: Vec<Period>,
}

/// A value with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimexKind,
    pub(super) value: Option<String>,
    pub(super) days: Option<Interval>,
    pub(super) anchor: Anchor,
    /// The stretch, for later expressions to count from.
    pub(super) period: Option<Period>,
}

impl Resolved {
    fn period(period: Period, anchor: Anchor) -> Self {
        Self {
            kind: TimexKind::Date,
            value: Some(period.value()),
            days: period.interval(),
            anchor,
            period: Some(period),
        }
    }

    fn value(kind: TimexKind, value: String) -> Self {
        Self {
            kind,
            value: Some(value),
            days: None,
            anchor: Anchor::None,
            period: None,
        }
    }

    /// Words that need an anchor which is not there; `value` is what they say by themselves.
    fn missing(value: Option<String>) -> Self {
        Self {
            kind: TimexKind::Date,
            value,
            days: None,
            anchor: Anchor::Missing,
            period: None,
        }
    }
}

impl Context {
    /// A context at the start of a page.
    pub(super) fn new(published: Option<PartialDate>) -> Self {
        Self {
            published,
            spoken: Vec::new(),
        }
    }

    /// Remembers a stretch that the text spoke of.
    pub(super) fn speak(&mut self, period: Period) {
        self.spoken.push(period);
    }

    /// Resolves what the words say. `tense` is that of the verb above them.
    pub(super) fn resolve(&self, meaning: &Meaning, tense: Option<Tense>) -> Resolved {
        match meaning {
            Meaning::Fixed(p) => Resolved::period(*p, Anchor::None),
            Meaning::Named(name, pick) => self.named(*name, *pick, tense),
            Meaning::Relative { unit, by, base } => self.relative(*unit, *by, *base),
            Meaning::Definite(unit) => self.definite(*unit),
            Meaning::YearBefore(name) => self.year_before(*name),
            Meaning::InYear(year) => self.in_year(*year),
            Meaning::Beside(day, by) => self.beside(day, *by, tense),
            Meaning::Distance {
                length,
                ahead,
                base,
            } => self.distance(*length, *ahead, *base),
            Meaning::InDay(day, part) => self.in_day(day.as_deref(), *part, tense),
            Meaning::AtClock(day, clock) => self.at_clock(day.as_deref(), *clock, tense),
            Meaning::Range(from, to) => self.range(from, to, tense),
            Meaning::Around(unit, day) => self.around(*unit, day, tense),
            Meaning::Latest(unit) => self.latest(*unit),
            Meaning::Length(l) => Resolved::value(TimexKind::Duration, l.value()),
            Meaning::Set(value) => Resolved::value(TimexKind::Set, value.clone()),
            Meaning::Vague(v) => self.vague(*v),
        }
    }

    /// The day of publication, if it is known to the day.
    fn today(&self) -> Option<Date> {
        self.published?.to_date()
    }

    /// The stretch of this unit in which the page was published, if the date is precise enough to tell.
    fn current(&self, unit: Unit) -> Option<Period> {
        let p = self.published?;
        let known = match (p.month(), p.day()) {
            (_, Some(_)) => Unit::Second,
            (Some(_), None) => Unit::Month,
            (None, None) => Unit::Year,
        };
        (unit >= known).then_some(())?;
        Some(Period::containing(unit, p.interval()?.start()?))
    }

    /// The stretch of this unit around the time spoken of last, else around the publication.
    fn spoken_in(&self, unit: Unit) -> Option<(Period, Anchor)> {
        let fits = |p: &&Period| p.unit() <= unit && p.first().is_some();
        if let Some(p) = self.spoken.iter().rev().find(fits) {
            let period = if p.unit() == unit {
                *p
            } else {
                Period::containing(unit, p.first()?)
            };
            return Some((period, Anchor::Text));
        }
        Some((self.current(unit)?, Anchor::Published))
    }

    fn base(&self, unit: Unit, base: Base) -> Option<(Period, Anchor)> {
        match base {
            Base::Published => Some((self.current(unit)?, Anchor::Published)),
            Base::Text => self.spoken_in(unit),
        }
    }

    fn relative(&self, unit: Unit, by: i32, base: Base) -> Resolved {
        self.base(unit, base)
            .and_then(|(p, anchor)| Some(Resolved::period(p.shift(by)?, anchor)))
            .unwrap_or_else(|| Resolved::missing(None))
    }

    /// `the quarter`, `the year`: a quarter is the last one spoken of, else the one that just ended; a year is
    /// that of the page.
    fn definite(&self, unit: Unit) -> Resolved {
        match unit {
            Unit::Quarter => match self.spoken_quarter(|_| true) {
                Some(p) => Resolved::period(p, Anchor::Text),
                None => self.relative(unit, -1, Base::Published),
            },
            Unit::Day => self.relative(unit, 0, Base::Text),
            Unit::Weekend => self.weekend(),
            _ => self.relative(unit, 0, Base::Published),
        }
    }

    /// `the latest quarter`: the last one spoken of that is over, else the one that just ended.
    fn latest(&self, unit: Unit) -> Resolved {
        let over = |p: Period| {
            self.today()
                .is_none_or(|today| p.last().is_some_and(|d| d < today))
        };
        match self.spoken_quarter(over).filter(|_| unit == Unit::Quarter) {
            Some(p) => Resolved::period(p, Anchor::Text),
            None if unit == Unit::Quarter => self.relative(unit, -1, Base::Published),
            None => self.definite(unit),
        }
    }

    fn spoken_quarter(&self, fits: impl Fn(Period) -> bool) -> Option<Period> {
        let mut latest = self.spoken.iter().rev().copied();
        latest.find(|p| matches!(p, Period::Quarter(..)) && fits(*p))
    }

    fn around(&self, unit: Unit, day: &Meaning, tense: Option<Tense>) -> Resolved {
        let found = self.resolve(day, tense);
        match found.period.and_then(Period::first) {
            Some(day) => Resolved::period(Period::containing(unit, day), found.anchor),
            None => Resolved::missing(None),
        }
    }

    /// `the weekend`: on Thursday and later the one ahead or running, before that the one just over.
    fn weekend(&self) -> Resolved {
        let Some(day) = self.today() else {
            return Resolved::missing(None);
        };
        let ahead = day.weekday().to_monday_zero_offset() >= 3;
        self.relative(Unit::Weekend, if ahead { 0 } else { -1 }, Base::Published)
    }

    /// `a year earlier`, `the year-ago quarter`: the quarter in question one year before, else the year.
    fn year_before(&self, name: Option<Name>) -> Resolved {
        if let Some(name) = name {
            let now = self.named(name, Pick::Tense, None);
            return match now.period.and_then(|p| p.shift_years(-1)) {
                Some(p) => Resolved::period(p, now.anchor),
                None => Resolved::missing(None),
            };
        }
        let quarter = self
            .recent()
            .find(|p| matches!(p, Period::Quarter(..) | Period::Half(..) | Period::Year(_)));
        match quarter.and_then(|p| p.shift_years(-1)) {
            Some(p) if !matches!(p, Period::Year(_)) => Resolved::period(p, Anchor::Text),
            _ => self.relative(Unit::Year, -1, Base::Published),
        }
    }

    /// The last few stretches spoken of, latest first.
    fn recent(&self) -> impl Iterator<Item = Period> {
        self.spoken.iter().rev().take(4).copied()
    }

    fn in_year(&self, year: i16) -> Resolved {
        let part = self.recent().find_map(|p| match p {
            Period::Quarter(_, q) => Some(Period::Quarter(year, q)),
            Period::Half(_, h) => Some(Period::Half(year, h)),
            _ => None,
        });
        match part {
            Some(p) => Resolved::period(p, Anchor::Text),
            None => Resolved::period(Period::Year(year), Anchor::None),
        }
    }

    fn beside(&self, day: &Meaning, by: i32, tense: Option<Tense>) -> Resolved {
        let found = self.resolve(day, tense);
        match found.period.and_then(|p| p.shift(by)) {
            Some(p) => Resolved::period(p, found.anchor),
            None => Resolved::missing(None),
        }
    }

    fn distance(&self, length: Length, ahead: bool, base: Base) -> Resolved {
        let vague = || self.vague(if ahead { Vague::Future } else { Vague::Past });
        let Some(n) = length.whole() else {
            return vague();
        };
        let (unit, n) = match length.unit {
            Unit::Decade => (Unit::Year, n.saturating_mul(10)),
            Unit::Century => (Unit::Year, n.saturating_mul(100)),
            Unit::Half => (Unit::Month, n.saturating_mul(6)),
            unit => (unit, n),
        };
        // "two and a half years ago" is told to the month.
        let (unit, n) = match length.amount {
            Some(a)
                if unit == Unit::Year
                    && a * Decimal::TWO == (a * Decimal::TWO).round()
                    && !a.is_integer() =>
            {
                let months = (a * Decimal::from(12))
                    .round()
                    .try_into()
                    .unwrap_or(i32::MAX);
                (Unit::Month, months)
            }
            _ => (unit, n),
        };
        if unit < Unit::Day {
            let mut near = self.relative(Unit::Day, 0, base);
            near.kind = TimexKind::Time;
            return near;
        }
        if unit == Unit::Year && n == 1 && !ahead {
            return self.a_year_before(base);
        }
        let by = if ahead { n } else { n.saturating_neg() };
        self.relative(unit, by, base)
    }

    /// `a year ago`, `a year earlier`: business news compares quarters with it.
    fn a_year_before(&self, base: Base) -> Resolved {
        let compared = self
            .recent()
            .find(|p| matches!(p, Period::Quarter(..) | Period::Half(..)));
        match compared.and_then(|p| p.shift_years(-1)) {
            Some(p) => Resolved::period(p, Anchor::Text),
            None => self.relative(Unit::Year, -1, base),
        }
    }

    fn in_day(&self, day: Option<&Meaning>, part: DayPart, tense: Option<Tense>) -> Resolved {
        let day = self.day(day, tense);
        Resolved {
            kind: TimexKind::Time,
            value: day.value.map(|v| format!("{v}T{}", part.code())),
            ..day
        }
    }

    fn at_clock(&self, day: Option<&Meaning>, clock: Clock, tense: Option<Tense>) -> Resolved {
        let day = match (day, self.spoken.last()) {
            // "It struck on May 3. At 10 p.m. …": the clock goes on with the day that the text is at.
            (None, Some(Period::Day(spoken))) => {
                Resolved::period(Period::Day(*spoken), Anchor::Text)
            }
            _ => self.day(day, tense),
        };
        let Clock { hour, minute } = clock;
        Resolved {
            kind: TimexKind::Time,
            value: day.value.map(|v| match minute {
                Some(m) => format!("{v}T{hour:02}:{m:02}"),
                None => format!("{v}T{hour:02}"),
            }),
            ..day
        }
    }

    fn day(&self, day: Option<&Meaning>, tense: Option<Tense>) -> Resolved {
        match day {
            Some(day) => self.resolve(day, tense),
            None => self.relative(Unit::Day, 0, Base::Published),
        }
    }

    fn range(&self, from: &Meaning, to: &Meaning, tense: Option<Tense>) -> Resolved {
        let (from, to) = (self.resolve(from, tense), self.resolve(to, tense));
        joined(&from, &to).unwrap_or_else(|| Resolved::missing(None))
    }

    fn vague(&self, v: Vague) -> Resolved {
        let value = match v {
            Vague::Past => "PAST_REF",
            Vague::Present => "PRESENT_REF",
            Vague::Future => "FUTURE_REF",
        };
        let anchor = if self.published.is_some() {
            Anchor::Published
        } else {
            Anchor::Missing
        };
        Resolved {
            anchor,
            days: self
                .published
                .filter(|_| v == Vague::Present)
                .and_then(PartialDate::interval),
            ..Resolved::value(TimexKind::Date, value.to_owned())
        }
    }
}

/// The run of days from one time to another, if both are known and in order.
pub(super) fn joined(from: &Resolved, to: &Resolved) -> Option<Resolved> {
    let days = Interval::new(from.days?.start(), to.days?.end())?;
    let value = format!("{}/{}", from.value.as_deref()?, to.value.as_deref()?);
    Some(Resolved {
        kind: TimexKind::Date,
        value: Some(value),
        days: Some(days),
        anchor: to.anchor,
        period: to.period,
    })
}
