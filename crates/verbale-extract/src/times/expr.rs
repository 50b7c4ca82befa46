//! What a time expression says before it is resolved.

use jiff::civil::Weekday;
use verbale_core::{Decimal, TimexMod};

use super::{
    calendar::{Period, Season, Unit},
    words::{DayPart, Holiday},
};

/// What a relative expression counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The day the page was published.
    Published,
    /// The time that the text spoke of last, else the publication date.
    Text,
}

/// A stretch of the calendar that comes round: without a year, it needs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Month(i8),
    /// Month and day.
    Date(i8, i8),
    /// Month and day that fall on this weekday, which tells the year.
    DatedWeekday(Weekday, i8, i8),
    Weekday(Weekday),
    Season(Season),
    Quarter(i8),
    Half(i8),
    Holiday(Holiday),
    /// The week of Easter or Christmas.
    WeekOf(Holiday),
}

/// Which occurrence of a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// No word says so: the tense of the governing verb does.
    Tense,
    /// "last April": the latest that is over.
    Last,
    /// "this September": the one in the current year or week.
    This,
    /// "next Monday": the first that has not begun.
    Next,
    /// "the previous Friday", "the following May": before or after the time spoken of.
    Previous,
    Following,
    /// In this year, counted from the year of publication: `-1` for "December 22 last year".
    Years(i32),
    /// In the year that the text spoke of last, plus this: "December of that year".
    TextYears(i32),
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// `None` for an unstated number: "several days", "years".
    pub(super) amount: Option<Decimal>,
    pub(super) unit: Unit,
}

impl Length {
    /// The value in TIMEX3: `P3D`, `PT5H30M`, `PXY`.
    pub(super) fn value(self) -> String {
        let (code, clock) = match self.unit {
            Unit::Second => ("S", true),
            Unit::Minute => ("M", true),
            Unit::Hour => ("H", true),
            Unit::Day => ("D", false),
            Unit::Weekend => ("WE", false),
            Unit::Week => ("W", false),
            Unit::Month => ("M", false),
            Unit::Quarter => ("Q", false),
            Unit::Half | Unit::Year => ("Y", false),
            Unit::Decade => ("DE", false),
            Unit::Century => ("CE", false),
        };
        let prefix = if clock { "PT" } else { "P" };
        let Some(n) = self.amount else {
            return format!("{prefix}X{code}");
        };
        match (self.unit, n.is_integer()) {
            (Unit::Decade, _) => in_years(n, 10),
            (Unit::Century, _) => in_years(n, 100),
            (Unit::Half, _) => format!("P{}M", (n * Decimal::from(6)).normalize()),
            (Unit::Year | Unit::Hour | Unit::Minute, false) => mixed(prefix, n, self.unit),
            _ => format!("{prefix}{}{code}", n.normalize()),
        }
    }

    /// Whole units, if the number is stated and fits.
    pub(super) fn whole(self) -> Option<i32> {
        self.amount?.round().try_into().ok()
    }
}

fn in_years(n: Decimal, factor: i64) -> String {
    let years = n.checked_mul(Decimal::from(factor)).unwrap_or(n);
    format!("P{}Y", years.normalize())
}

/// A fraction of a unit in the next finer one: two and a half years are `P2Y6M`.
fn mixed(prefix: &str, n: Decimal, unit: Unit) -> String {
    let (code, finer, per) = match unit {
        Unit::Year => ("Y", "M", 12),
        Unit::Hour => ("H", "M", 60),
        _ => ("M", "S", 60),
    };
    let rest = (n.fract() * Decimal::from(per)).round();
    match n.trunc() {
        whole if whole.is_zero() => format!("{prefix}{rest}{finer}"),
        whole => format!("{prefix}{whole}{code}{rest}{finer}"),
    }
}

/// A time of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: Option<u8>,
}

/// A reference that names no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vague {
    Past,
    Present,
    Future,
}

/// What the words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The words fix it: "January 24, 2020".
    Fixed(Period),
    /// A name that comes round, and which occurrence is meant.
    Named(Name, Pick),
    /// So many units on or back: "last year", "yesterday", "the following month".
    Relative { unit: Unit, by: i32, base: Base },
    /// The one in question: "the quarter", "that year".
    Definite(Unit),
    /// The one that ended last: "the latest quarter".
    Latest(Unit),
    /// The stretch a year before the one in question: "the year-ago quarter".
    YearBefore(Option<Name>),
    /// The stretch in question, moved to this year: "the 1988 period".
    InYear(i16),
    /// So many days beside a day: "the day before yesterday".
    Beside(Box<Meaning>, i32),
    /// A length away: "two weeks ago", "a year later".
    Distance {
        length: Length,
        ahead: bool,
        base: Base,
    },
    /// A part of a day; without a day, of the day of publication.
    InDay(Option<Box<Meaning>>, DayPart),
    /// A time of the clock on a day; without a day, on the day of publication.
    AtClock(Option<Box<Meaning>>, Clock),
    /// From one to the other, both included.
    Range(Box<Meaning>, Box<Meaning>),
    /// The stretch of this unit that holds a day: "the week of March 6", "the quarter ended Sept. 30".
    Around(Unit, Box<Meaning>),
    /// A length of time.
    Length(Length),
    /// A recurrence, by its value.
    Set(String),
    /// A reference that names no date.
    Vague(Vague),
}

impl Meaning {
    /// True for what has a place in the calendar, so that "early" and "the end of" make sense.
    pub(super) fn is_stretch(&self) -> bool {
        matches!(
            self,
            Self::Fixed(_)
                | Self::Named(..)
                | Self::Relative { .. }
                | Self::Definite(_)
                | Self::Latest(_)
                | Self::YearBefore(_)
                | Self::InYear(_)
                | Self::InDay(..)
        )
    }

    /// True for a time named only to compare with it ("up from a year earlier"): it is not what the text goes
    /// on to speak of.
    pub(super) fn is_comparison(&self) -> bool {
        match self {
            Self::YearBefore(_) | Self::InYear(_) => true,
            Self::Distance { length, ahead, .. } => {
                !ahead && length.unit == Unit::Year && length.whole() == Some(1)
            }
            _ => false,
        }
    }

    /// True for a single day by itself, to which a clock time or a part of the day can be attached.
    pub(super) fn is_day(&self) -> bool {
        match self {
            Self::Fixed(p) => p.unit() == Unit::Day,
            Self::Named(n, _) => matches!(
                n,
                Name::Date(..) | Name::DatedWeekday(..) | Name::Weekday(_) | Name::Holiday(_)
            ),
            Self::Relative { unit, .. } | Self::Definite(unit) => *unit == Unit::Day,
            _ => false,
        }
    }
}

/// A time expression found at some position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expr {
    /// The position after its last lexeme.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<TimexMod>,
}

impl Expr {
    /// An expression without modifier.
    pub(super) fn plain(end: usize, meaning: Meaning) -> Self {
        Self {
            end,
            meaning,
            modifier: None,
        }
    }
}
