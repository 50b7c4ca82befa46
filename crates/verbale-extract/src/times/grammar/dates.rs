//! Dates by their names and numbers, with or without a year.

use jiff::civil::Date;

use super::{
    longest, parts,
    years::{self, YearRef, year, year_after},
};

use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    times::{
        calendar::{Period, Unit, monday},
        expr::{Expr, Meaning, Name, Pick},
        words,
    },
};

/// The longest date at `i`.
pub(super) fn date(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let dated = longest([
        numeric(s, i),
        weekday_date(s, i),
        parts::season(s, i),
        parts::quarter(s, i),
        parts::half(s, i),
        holiday(s, i),
        years::bare_year(s, i),
        years::decade(s, i),
        years::century(s, i),
        years::fiscal_year(s, i),
        week_of(s, i),
    ])?;
    Some(with_day_part(s, dated))
}

/// The stretch that a name has in a year; `None` for weekdays and days that the year does not have.
pub(in crate::times) fn in_year(name: Name, y: i16) -> Option<Period> {
    Some(match name {
        Name::Month(m) => Period::Month(y, m),
        Name::Date(m, d) | Name::DatedWeekday(_, m, d) => Period::Day(Date::new(y, m, d).ok()?),
        Name::Season(season) => Period::Season(y, season),
        Name::Quarter(q) => Period::Quarter(y, q),
        Name::Half(h) => Period::Half(y, h),
        Name::Holiday(h) => Period::Day(h.day(y)?),
        Name::WeekOf(h) => Period::Week(monday(h.day(y)?)),
        Name::Weekday(_) => return None,
    })
}

/// A name with the year that follows it, if one does.
pub(super) fn named(s: &Lexemes<'_>, name: Name, end: usize, comma: bool) -> Option<Expr> {
    let at = if comma { s.skip(end, ",") } else { end };
    if let Some((y, after)) = year_after(s, at)
        && (at == end || matches!(y, YearRef::Fixed(_)))
        && let Some(meaning) = y.on(name)
    {
        return Some(Expr::plain(after, meaning));
    }
    Some(Expr::plain(end, Meaning::Named(name, Pick::Tense)))
}

/// `Friday, Oct. 23`, `Thursday`, and dates without a weekday.
pub(super) fn weekday_date(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let Some((day, end)) = words::weekday(s, i) else {
        return month_date(s, i);
    };
    if let Some(date) = month_date(s, s.skip(end, ",")).filter(|e| e.meaning.is_day()) {
        let meaning = match date.meaning {
            Meaning::Named(Name::Date(m, d), Pick::Tense) => {
                Meaning::Named(Name::DatedWeekday(day, m, d), Pick::Tense)
            }
            other => other,
        };
        return Some(Expr { meaning, ..date });
    }
    Some(Expr::plain(
        end,
        Meaning::Named(Name::Weekday(day), Pick::Tense),
    ))
}

/// `Jan. 24, 2020`, `24 January 2020`, `the 12th of October`, `January 20-22`, `March 2020`, `March`.
fn month_date(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let Some((m, end)) = words::month(s, i) else {
        return day_month(s, i);
    };
    // "the annual March for Life" is a walk.
    if s.is(i, &["march"])
        && s.is(end, &["for", "of", "on"])
        && i > 0
        && s.is(i - 1, &["the", "annual", "a"])
    {
        return None;
    }
    if let Some((d, after)) = day(s, end).or_else(|| day(s, s.skip(end, "the")))
        && year(s, end).is_none()
    {
        let until = s.skip_hyphen(after);
        if until > after
            && let Some((last, after)) = day(s, until)
        {
            return day_range(s, m, (d, last), after);
        }
        return named(s, valid(m, d)?, after, true);
    }
    let until = s.skip_hyphen(end);
    if until > end
        && let Some((last, after)) = words::month(s, until)
    {
        return range(named(s, Name::Month(last), after, false)?, Name::Month(m));
    }
    let comma = year(s, end + 1).is_some_and(|_| s.lower(end) == ",");
    named(s, Name::Month(m), end, comma)
}

/// `24 January`, `the 12th of October`, `20-22 January`.
fn day_month(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (d, after) = day(s, s.skip(i, "the"))?;
    let until = s.skip_hyphen(after);
    let (first, (d, after)) = match day(s, until).filter(|_| until > after) {
        Some(last) => (Some(d), last),
        None => (None, (d, after)),
    };
    let (m, end) = words::month(s, s.skip(after, "of"))?;
    match first {
        Some(first) => day_range(s, m, (first, d), end),
        None => named(s, valid(m, d)?, end, true),
    }
}

/// Two days of one month.
fn day_range(s: &Lexemes<'_>, m: i8, days: (i8, i8), end: usize) -> Option<Expr> {
    range(named(s, valid(m, days.1)?, end, true)?, valid(m, days.0)?)
}

/// From `first` to what `last` says, in the same year.
fn range(last: Expr, first: Name) -> Option<Expr> {
    let from = match last.meaning {
        Meaning::Fixed(p) => Meaning::Fixed(in_year(first, p.year())?),
        Meaning::Named(_, pick) => Meaning::Named(first, pick),
        _ => return None,
    };
    Some(Expr::plain(
        last.end,
        Meaning::Range(Box::new(from), Box::new(last.meaning)),
    ))
}

/// A day of the month: `24`, `24th`, `eighth`; not the first digits of a longer number.
fn day(s: &Lexemes<'_>, i: usize) -> Option<(i8, usize)> {
    let (n, end) = match numeral::ordinal(s, i) {
        Some(found) => found,
        None => (s.digits(i).filter(|_| s.n_digits(i) <= 2)?, i + 1),
    };
    let longer = s.is_glued(end)
        && (s.lower(end) == "%"
            || s.kind(end) == Some(LexKind::Word)
            || (s.is(end, &[".", ",", "/", ":"])
                && s.is_glued(end + 1)
                && s.n_digits(end + 1) > 0));
    let d = i8::try_from(n).ok()?;
    ((1..=31).contains(&d) && !longer).then_some((d, end))
}

/// A day that the month has in some year.
fn valid(m: i8, d: i8) -> Option<Name> {
    Date::new(2000, m, d).ok().map(|_| Name::Date(m, d))
}

/// `2020-01-24`, `24.01.2020`, `01/24/2020`.
///
/// Slashes and hyphens put the month first, as American news does, unless the numbers forbid it; stops put the
/// day first.
fn numeric(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let sep = s.lower(i + 1);
    if !matches!(sep, "-" | "/" | ".")
        || s.lower(i + 3) != sep
        || i > 0 && s.is_glued(i) && s.is(i - 1, &["-", "/", "."])
    {
        return None;
    }
    if !(1..5).all(|n| s.is_glued(i + n)) || s.is_glued(i + 5) && s.is(i + 5, &["-", "/"]) {
        return None;
    }
    let (a, b, c) = (s.digits(i)?, s.digits(i + 2)?, s.digits(i + 4)?);
    let lengths = (s.n_digits(i), s.n_digits(i + 2), s.n_digits(i + 4));
    let (y, m, d) = match lengths {
        (4, 1..=2, 1..=2) => (a, b, c),
        (1..=2, 1..=2, 4) if sep == "." || a > 12 => (c, b, a),
        (1..=2, 1..=2, 4) => (c, a, b),
        _ => return None,
    };
    let date = Date::new(y.try_into().ok()?, m.try_into().ok()?, d.try_into().ok()?).ok()?;
    Some(Expr::plain(i + 5, Meaning::Fixed(Period::Day(date))))
}

fn holiday(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (holiday, end) = words::holiday(s, i)?;
    if s.lower(end) == "week" {
        return named(s, Name::WeekOf(holiday), end + 1, false);
    }
    named(s, Name::Holiday(holiday), end, true)
}

/// `the week of March 6`, `the week ending Jan. 5`.
fn week_of(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.phrase(s.skip(i, "the"), &["week"])?;
    if !s.is(at, &["of", "beginning", "ending", "ended"]) {
        return None;
    }
    let day = weekday_date(s, at + 1)?;
    if !day.meaning.is_day() {
        return None;
    }
    let meaning = Meaning::Around(Unit::Week, Box::new(day.meaning));
    Some(Expr::plain(day.end, meaning))
}

/// A day with the part of it that follows: `Friday night`, `Sept. 11 morning`.
pub(super) fn with_day_part(s: &Lexemes<'_>, day: Expr) -> Expr {
    match words::day_part(s.lower(day.end)) {
        Some(part) if day.meaning.is_day() && !s.lower(day.end).ends_with('s') => Expr {
            end: day.end + 1,
            meaning: Meaning::InDay(Some(Box::new(day.meaning)), part),
            modifier: day.modifier,
        },
        _ => day,
    }
}
