//! The vocabulary of English time expressions.

use jiff::civil::{Date, Weekday};

use super::calendar::{Season, Unit, add_days};
use crate::lex::Lexemes;

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl DayPart {
    /// The code of TIMEX3, after a `T`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

/// A day with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    NewYearsDay,
    NewYearsEve,
    Valentine,
    GoodFriday,
    Easter,
    EasterMonday,
    MayDay,
    MemorialDay,
    IndependenceDay,
    LaborDay,
    ColumbusDay,
    Halloween,
    ElectionDay,
    VeteransDay,
    Thanksgiving,
    ChristmasEve,
    Christmas,
    BoxingDay,
}

impl Holiday {
    /// Its day in a year. Movable feasts of the United States follow its federal law.
    pub(super) fn day(self, year: i16) -> Option<Date> {
        let on = |m, d| Date::new(year, m, d).ok();
        let nth = |n, weekday, m| {
            Date::new(year, m, 1)
                .ok()?
                .nth_weekday_of_month(n, weekday)
                .ok()
        };
        match self {
            Self::NewYearsDay => on(1, 1),
            Self::NewYearsEve => on(12, 31),
            Self::Valentine => on(2, 14),
            Self::GoodFriday => add_days(easter(year)?, -2),
            Self::Easter => easter(year),
            Self::EasterMonday => add_days(easter(year)?, 1),
            Self::MayDay => on(5, 1),
            Self::MemorialDay => nth(-1, Weekday::Monday, 5),
            Self::IndependenceDay => on(7, 4),
            Self::LaborDay => nth(1, Weekday::Monday, 9),
            Self::ColumbusDay => nth(2, Weekday::Monday, 10),
            Self::Halloween => on(10, 31),
            Self::ElectionDay => add_days(nth(1, Weekday::Monday, 11)?, 1),
            Self::VeteransDay => on(11, 11),
            Self::Thanksgiving => nth(4, Weekday::Thursday, 11),
            Self::ChristmasEve => on(12, 24),
            Self::Christmas => on(12, 25),
            Self::BoxingDay => on(12, 26),
        }
    }
}

/// Western Easter Sunday.
///
/// Source: the anonymous Gregorian algorithm (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// A month's name at `i`, with the stop of its abbreviation: the month and the position after it.
///
/// Short forms that are also names or verbs (`Jan`, `Mar`, `Dec`) need a stop or a number beside them.
pub(super) fn month(s: &Lexemes<'_>, i: usize) -> Option<(i8, usize)> {
    if s.lower(i) == "may" && is_modal(s, i) {
        return None;
    }
    // Careless texts write "oct. 13"; a lower-case month counts only before a day, and two of them are verbs.
    if !s.is_capital(i) {
        let day = skip_stop(s, i + 1);
        let dated = (1..=2).contains(&s.n_digits(day)) && !s.is(i, &["may", "march", "mar", "sun"]);
        if !dated {
            return None;
        }
    }
    let full = match s.lower(i) {
        "january" => 1,
        "february" => 2,
        "march" => 3,
        "april" => 4,
        "may" => 5,
        "june" => 6,
        "july" => 7,
        "august" => 8,
        "september" => 9,
        "october" => 10,
        "november" => 11,
        "december" => 12,
        _ => 0,
    };
    if full > 0 {
        let is_verb = s.lower(i) == "march" && s.token(i).is_some_and(|t| t.pos() == "VERB");
        return (!is_verb || s.n_digits(i + 1) > 0).then_some((full, i + 1));
    }
    let short = match s.lower(i) {
        "jan" => 1,
        "feb" => 2,
        "mar" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sept" | "sep" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => return None,
    };
    let end = skip_stop(s, i + 1);
    let digits_beside = s.n_digits(end) > 0 || i.checked_sub(1).is_some_and(|p| s.n_digits(p) > 0);
    (digits_beside || end > i + 1).then_some((short, end))
}

/// True if the pipeline reads the word as an auxiliary.
fn is_modal(s: &Lexemes<'_>, i: usize) -> bool {
    s.token(i).is_some_and(|t| t.tag() == "MD")
}

/// The position after the stop of an abbreviation that ends before `i`.
fn skip_stop(s: &Lexemes<'_>, i: usize) -> usize {
    if s.lower(i) == "." && s.is_glued(i) {
        i + 1
    } else {
        i
    }
}

/// A weekday's name at `i`, with the stop of its abbreviation.
pub(super) fn weekday(s: &Lexemes<'_>, i: usize) -> Option<(Weekday, usize)> {
    if !s.is_capital(i) {
        return None;
    }
    let full = match s.lower(i) {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => {
            let day = match s.lower(i) {
                "mon" => Weekday::Monday,
                "tue" | "tues" => Weekday::Tuesday,
                "wed" => Weekday::Wednesday,
                "thu" | "thur" | "thurs" => Weekday::Thursday,
                "fri" => Weekday::Friday,
                "sat" => Weekday::Saturday,
                "sun" => Weekday::Sunday,
                _ => return None,
            };
            // "sat" and "sun" are words: a short form counts only before a date.
            let end = skip_stop(s, i + 1);
            let after = s.skip(end, ",");
            let dated = month(s, after).is_some() || s.n_digits(after) > 0;
            return dated.then_some((day, end));
        }
    };
    Some((full, i + 1))
}

/// Plural weekdays: `Tuesdays`.
pub(super) fn weekdays(s: &Lexemes<'_>, i: usize) -> Option<Weekday> {
    s.is_capital(i).then_some(())?;
    Some(match s.lower(i) {
        "mondays" => Weekday::Monday,
        "tuesdays" => Weekday::Tuesday,
        "wednesdays" => Weekday::Wednesday,
        "thursdays" => Weekday::Thursday,
        "fridays" => Weekday::Friday,
        "saturdays" => Weekday::Saturday,
        "sundays" => Weekday::Sunday,
        _ => return None,
    })
}

/// The name of a season, singular or plural.
pub(super) fn season(word: &str) -> Option<Season> {
    Some(match word {
        "spring" | "springtime" | "springs" => Season::Spring,
        "summer" | "summertime" | "summers" => Season::Summer,
        "autumn" | "fall" | "autumns" => Season::Fall,
        "winter" | "wintertime" | "winters" => Season::Winter,
        _ => return None,
    })
}

/// A part of the day, singular or plural.
pub(super) fn day_part(word: &str) -> Option<DayPart> {
    Some(match word {
        "morning" | "mornings" => DayPart::Morning,
        "midday" | "noon" | "noontime" | "lunchtime" => DayPart::Midday,
        "afternoon" | "afternoons" => DayPart::Afternoon,
        "evening" | "evenings" => DayPart::Evening,
        "night" | "nights" => DayPart::Night,
        _ => return None,
    })
}

/// A short form of a unit of time, which counts only behind a number.
pub(super) fn short_unit(word: &str) -> Option<(Unit, bool)> {
    Some(match word {
        "sec" | "secs" => (Unit::Second, true),
        "min" | "mins" => (Unit::Minute, true),
        "hr" | "hrs" => (Unit::Hour, true),
        "yr" | "yrs" => (Unit::Year, true),
        _ => return None,
    })
}

/// A unit of time, with whether the word is plural.
pub(super) fn unit(word: &str) -> Option<(Unit, bool)> {
    Some(match word {
        "second" => (Unit::Second, false),
        "seconds" => (Unit::Second, true),
        "minute" => (Unit::Minute, false),
        "minutes" => (Unit::Minute, true),
        "hour" => (Unit::Hour, false),
        "hours" => (Unit::Hour, true),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" => (Unit::Year, false),
        "years" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    })
}

/// A holiday's name at `i`.
pub(super) fn holiday(s: &Lexemes<'_>, i: usize) -> Option<(Holiday, usize)> {
    if !s.is_capital(i) {
        return None;
    }
    const NAMES: &[(&[&str], Holiday)] = &[
        (&["new", "year", "'s", "day"], Holiday::NewYearsDay),
        (&["new", "year", "’s", "day"], Holiday::NewYearsDay),
        (&["new", "year", "'s", "eve"], Holiday::NewYearsEve),
        (&["new", "year", "’s", "eve"], Holiday::NewYearsEve),
        (&["valentine", "'s", "day"], Holiday::Valentine),
        (&["valentine", "’s", "day"], Holiday::Valentine),
        (&["good", "friday"], Holiday::GoodFriday),
        (&["easter", "monday"], Holiday::EasterMonday),
        (&["easter", "sunday"], Holiday::Easter),
        (&["easter"], Holiday::Easter),
        (&["may", "day"], Holiday::MayDay),
        (&["memorial", "day"], Holiday::MemorialDay),
        (&["independence", "day"], Holiday::IndependenceDay),
        (&["labor", "day"], Holiday::LaborDay),
        (&["columbus", "day"], Holiday::ColumbusDay),
        (&["halloween"], Holiday::Halloween),
        (&["election", "day"], Holiday::ElectionDay),
        (&["veterans", "day"], Holiday::VeteransDay),
        (&["thanksgiving", "day"], Holiday::Thanksgiving),
        (&["thanksgiving"], Holiday::Thanksgiving),
        (&["christmas", "eve"], Holiday::ChristmasEve),
        (&["christmas", "day"], Holiday::Christmas),
        (&["christmas"], Holiday::Christmas),
        (&["boxing", "day"], Holiday::BoxingDay),
    ];
    NAMES
        .iter()
        .find_map(|(words, holiday)| Some((*holiday, s.phrase(i, words)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_feasts() {
        let on = |h: Holiday, y| h.day(y).unwrap().to_string();
        assert_eq!(on(Holiday::Easter, 2000), "2000-04-23");
        assert_eq!(on(Holiday::Easter, 2024), "2024-03-31");
        assert_eq!(on(Holiday::Thanksgiving, 1999), "1999-11-25");
        assert_eq!(on(Holiday::ElectionDay, 1998), "1998-11-03");
        assert_eq!(on(Holiday::MemorialDay, 2020), "2020-05-25");
    }
}
