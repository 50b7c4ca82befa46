//! Dates by their names and numbers, with or without a year.

use jiff::civil::Date;
use verbale_core::TimexMod;

use super::longest;
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
        season(s, i),
        quarter(s, i),
        half(s, i),
        holiday(s, i),
        bare_year(s, i),
        decade(s, i),
        century(s, i),
        fiscal_year(s, i),
        week_of(s, i),
    ])?;
    Some(with_day_part(s, dated))
}

/// A year that the words name, or the one they point to.
#[derive(Debug, Clone, Copy)]
enum YearRef {
    Fixed(i16),
    Published(i32),
    Text(i32),
}

impl YearRef {
    fn on(self, name: Name) -> Option<Meaning> {
        Some(match self {
            Self::Fixed(y) => Meaning::Fixed(in_year(name, y)?),
            Self::Published(n) => Meaning::Named(name, Pick::Years(n)),
            Self::Text(n) => Meaning::Named(name, Pick::TextYears(n)),
        })
    }
}

/// The stretch that a name has in a year; `None` for weekdays and days that the year does not have.
pub(in crate::times) fn in_year(name: Name, y: i16) -> Option<Period> {
    Some(match name {
        Name::Month(m) => Period::Month(y, m),
        Name::Date(m, d) => Period::Day(Date::new(y, m, d).ok()?),
        Name::Season(season) => Period::Season(y, season),
        Name::Quarter(q) => Period::Quarter(y, q),
        Name::Half(h) => Period::Half(y, h),
        Name::Holiday(h) => Period::Day(h.day(y)?),
        Name::WeekOf(h) => Period::Week(monday(h.day(y)?)),
        Name::Weekday(_) => return None,
    })
}

/// A year in digits or words: `2019`, `'97`, `nineteen ninety-seven`, `two thousand and one`.
fn year(s: &Lexemes<'_>, i: usize) -> Option<(i16, usize)> {
    if s.n_digits(i) == 4 {
        let y = i16::try_from(s.digits(i)?).ok()?;
        let tail = s.is_glued(i + 1)
            && (matches!(s.kind(i + 1), Some(LexKind::Word))
                || s.is(i + 1, &["%"])
                || (s.is(i + 1, &[".", ","]) && s.is_glued(i + 2) && s.n_digits(i + 2) > 0));
        return ((1000..=2199).contains(&y) && !tail).then_some((y, i + 1));
    }
    if s.is(i, &["'", "’", "‘"]) && s.n_digits(i + 1) == 2 && s.is_glued(i + 1) {
        let plural = s.lower(i + 2) == "s" && s.is_glued(i + 2);
        let y = i16::try_from(s.digits(i + 1)?).ok()?;
        return (!plural).then_some((if y < 30 { 2000 + y } else { 1900 + y }, i + 2));
    }
    spelled_year(s, i)
}

fn spelled_year(s: &Lexemes<'_>, i: usize) -> Option<(i16, usize)> {
    let two = |i: usize| -> Option<(i16, usize)> {
        let n = numeral::numeral(s, i).filter(|n| !n.digits)?;
        let value = i16::try_from(n.value)
            .ok()
            .filter(|v| (1..100).contains(v))?;
        Some((value, n.end))
    };
    if let Some(end) = s.phrase(i, &["two", "thousand"]) {
        let rest = two(s.skip(end, "and"));
        return Some(rest.map_or((2000, end), |(n, end)| (2000 + n, end)));
    }
    let hundreds = match s.lower(i) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let (n, end) = two(i + 1).filter(|(n, _)| *n >= 10)?;
    Some((hundreds + n, end))
}

/// What may follow a name to say its year: `, 2019`, `of 1995`, `last year`, `of that year`.
fn year_after(s: &Lexemes<'_>, i: usize) -> Option<(YearRef, usize)> {
    let of = s.skip(i, "of");
    let at = s.skip(of, "the");
    if let Some(end) = s.phrase(at, &["year"])
        && let Some((y, end)) = year(s, end)
    {
        return Some((YearRef::Fixed(y), end));
    }
    if s.lower(at + 1) == "year" && s.kind(at + 2) != Some(LexKind::Possessive) {
        let found = match s.lower(at) {
            "last" => Some(YearRef::Published(-1)),
            "this" | "current" => Some(YearRef::Published(0)),
            "next" => Some(YearRef::Published(1)),
            "that" | "same" => Some(YearRef::Text(0)),
            "previous" | "preceding" if of > i => Some(YearRef::Text(-1)),
            "following" => Some(YearRef::Text(1)),
            _ => None,
        };
        if let Some(found) = found {
            return Some((found, at + 2));
        }
    }
    if of > i
        && let Some(end) = s.phrase(of, &["fiscal"])
        && let Some((y, end)) = year(s, s.skip(end, "year"))
    {
        return Some((YearRef::Fixed(y), end));
    }
    year(s, of).map(|(y, end)| (YearRef::Fixed(y), end))
}

/// A name with the year that follows it, if one does.
fn named(s: &Lexemes<'_>, name: Name, end: usize, comma: bool) -> Option<Expr> {
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
fn weekday_date(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let Some((day, end)) = words::weekday(s, i) else {
        return month_date(s, i);
    };
    if let Some(date) = month_date(s, s.skip(end, ",")).filter(|e| e.meaning.is_day()) {
        return Some(date);
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

/// `summer 2019`, `the summer of 1998`, `the winter`.
///
/// `fall` and `spring` without a year are too often a drop or a source of water.
fn season(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.skip(i, "the");
    let name = Name::Season(words::season(s.lower(at)).filter(|_| !s.lower(at).ends_with('s'))?);
    let found = named(s, name, at + 1, false)?;
    if found.end > at + 1 {
        return Some(found);
    }
    let clear = s.is(at, &["summer", "winter", "autumn"]);
    let placed = at > i
        || i > 0
            && s.is(
                i - 1,
                &["in", "by", "since", "until", "during", "through", "every"],
            );
    let bare = !s.is(at + 1, &["of", "-"])
        && s.token(at)
            .is_none_or(|t| t.dep() != "compound" && t.pos() != "PROPN");
    (clear && placed && bare).then_some(found)
}

/// `the third quarter`, `third-quarter`, `the 1988 second quarter`, `this year's fiscal first quarter`, `Q3 2019`.
fn quarter(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    if let Some(found) = quarter_code(s, i) {
        return Some(found);
    }
    let (owner, at) = year_owner(s, s.skip(i, "the"));
    let fiscal = s.skip(at, "fiscal");
    let at = if fiscal > at {
        s.skip_hyphen(fiscal)
    } else {
        at
    };
    let (q, end) = numeral::ordinal(s, at)?;
    let q = i8::try_from(q).ok().filter(|q| (1..=4).contains(q))?;
    let joined = s.is_hyphen(end);
    let end = s.skip_hyphen(end);
    // The article of "the third-quarter loss" belongs to the loss.
    if !s.is(end, &["quarter", "quarters"]) || joined && at > i && s.lower(i) == "the" {
        return None;
    }
    let name = Name::Quarter(q);
    match owner {
        Some(y) => Some(Expr::plain(end + 1, y.on(name)?)),
        None => named(s, name, end + 1, false),
    }
}

/// `Q3`, `3Q`, with a year beside it or not.
fn quarter_code(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (number, end) = match (s.lower(i), s.lower(i + 1)) {
        ("q", _) => (s.digits(i + 1)?, i + 2),
        (_, "q") => (s.digits(i)?, i + 2),
        _ => return None,
    };
    if !s.is_glued(i + 1) || s.n_digits(i).max(s.n_digits(i + 1)) != 1 {
        return None;
    }
    let q = i8::try_from(number).ok().filter(|q| (1..=4).contains(q))?;
    named(s, Name::Quarter(q), end, false)
}

/// A year before its part: `1988`, `this year's`, `last year's`.
fn year_owner(s: &Lexemes<'_>, i: usize) -> (Option<YearRef>, usize) {
    if let Some((y, end)) = year(s, i) {
        let end = if s.kind(end) == Some(LexKind::Possessive) {
            end + 1
        } else {
            end
        };
        return (Some(YearRef::Fixed(y)), end);
    }
    let by = match s.lower(i) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return (None, i),
    };
    if s.lower(i + 1) == "year" && s.kind(i + 2) == Some(LexKind::Possessive) {
        (Some(YearRef::Published(by)), i + 3)
    } else {
        (None, i)
    }
}

/// `the first half of 2019`, `the last half of the '80s`.
fn half(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.skip(i, "the");
    let (h, modifier) = match s.lower(at) {
        "first" => (1, TimexMod::Start),
        "second" | "last" | "latter" => (2, TimexMod::End),
        _ => return None,
    };
    let end = s.skip_hyphen(at + 1);
    if s.lower(end) != "half" {
        return None;
    }
    if let Some((y, end)) = year_after(s, end + 1) {
        return Some(Expr::plain(end, y.on(Name::Half(h))?));
    }
    let of = s.phrase(end + 1, &["of"])?;
    let whole = longest([decade(s, of), century(s, of), weekday_date(s, of)])?;
    let halves = matches!(whole.meaning, Meaning::Fixed(p) if p.unit() > Unit::Week)
        || matches!(whole.meaning, Meaning::Named(Name::Month(_), _));
    halves.then_some(Expr {
        modifier: Some(modifier),
        ..whole
    })
}

fn holiday(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (holiday, end) = words::holiday(s, i)?;
    if s.lower(end) == "week" {
        return named(s, Name::WeekOf(holiday), end + 1, false);
    }
    named(s, Name::Holiday(holiday), end, true)
}

/// `2019`, `the year 2000`, `1989-90`, `post-1959`.
fn bare_year(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let the = s.skip(i, "the");
    if let Some(at) = s.phrase(the, &["year"]) {
        let (y, end) = year(s, at)?;
        return Some(Expr::plain(end, Meaning::Fixed(Period::Year(y))));
    }
    let (prefix, at) = match s.lower(i) {
        "post" if s.is_hyphen(i + 1) => (Some(TimexMod::After), i + 2),
        "pre" if s.is_hyphen(i + 1) => (Some(TimexMod::Before), i + 2),
        _ => (None, i),
    };
    let (y, end) = year(s, at)?;
    if at == i && !stands_as_year(s, i, y) {
        return None;
    }
    let until = s.skip_hyphen(end);
    if until > end
        && let Some((last, end)) = closing_year(s, until, y)
    {
        let of = |y| Box::new(Meaning::Fixed(Period::Year(y)));
        return Some(Expr::plain(end, Meaning::Range(of(y), of(last))));
    }
    Some(Expr {
        end,
        meaning: Meaning::Fixed(Period::Year(y)),
        modifier: prefix,
    })
}

/// The last year of `2001-2009`, `2008-09`.
fn closing_year(s: &Lexemes<'_>, i: usize, first: i16) -> Option<(i16, usize)> {
    let n = i16::try_from(s.digits(i)?).ok()?;
    let last = match s.n_digits(i) {
        4 => n,
        2 => first - first % 100 + n,
        _ => return None,
    };
    (last > first && last <= 2199).then_some((last, i + 1))
}

/// True if four digits by themselves are a year rather than a count, an amount or a label.
fn stands_as_year(s: &Lexemes<'_>, i: usize, y: i16) -> bool {
    if s.kind(i) != Some(LexKind::Digits) {
        // A spelled year needs "in", "of", "since" in front, an apostrophe-year likewise.
        return i > 0
            && s.is(
                i - 1,
                &[
                    "in", "of", "since", "by", "until", "from", "to", "before", "after", "year",
                ],
            );
    }
    let before = i.checked_sub(1).map_or("", |p| s.lower(p));
    let labeled = matches!(
        before,
        "$" | "€"
            | "£"
            | "#"
            | "¥"
            | "no"
            | "flight"
            | "resolution"
            | "route"
            | "number"
            | "room"
            | "%"
    ) || s.is_glued(i)
        && i > 0
        && !matches!(
            before,
            "(" | "\"" | "'" | "“" | "‘" | "[" | "—" | "–" | "/" | "`" | "-"
        )
        || s.is_glued(i)
            && before == "-"
            && i > 1
            && s.is_glued(i - 1)
            && !s.is(i - 2, &["mid", "early", "late"]);
    if labeled {
        return false;
    }
    let placed = matches!(
        before,
        "in" | "of"
            | "since"
            | "by"
            | "until"
            | "till"
            | "from"
            | "to"
            | "before"
            | "after"
            | "between"
            | "during"
            | "for"
            | "through"
            | "late"
            | "early"
            | "and"
    );
    if !(1900..=2050).contains(&y) {
        return placed && (1400..=2100).contains(&y) && !counts(s, i);
    }
    if measured(s, i) || s.is(i + 1, &["%", "percent"]) {
        return false;
    }
    let clear = y % 100 != 0 && (y < 2030 || placed);
    clear || placed && !counts(s, i)
}

/// True if the digits stand before a plural that they may count.
fn counts(s: &Lexemes<'_>, i: usize) -> bool {
    s.token(i).is_some_and(|t| {
        t.dep() == "nummod" && t.head().i() > t.i() && matches!(t.head().tag(), "NNS" | "NNPS")
    })
}

/// True if a unit of measure or a scale word follows.
fn measured(s: &Lexemes<'_>, i: usize) -> bool {
    numeral::scale(s.lower(i + 1)).is_some()
        || words::unit(s.lower(i + 1)).is_some_and(|(_, plural)| plural)
        || s.is(
            i + 1,
            &[
                "km", "miles", "feet", "people", "meters", "tons", "dollars", "points", "rpm",
                "percent",
            ],
        )
}

/// `the 1990s`, `1990s`, `the '80s`, `the nineties`.
fn decade(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.skip(i, "the");
    let (year, end) = if s.n_digits(at) == 4 {
        (i16::try_from(s.digits(at)?).ok()?, at + 1)
    } else if s.is(at, &["'", "’", "‘"]) && s.n_digits(at + 1) == 2 {
        (1900 + i16::try_from(s.digits(at + 1)?).ok()?, at + 2)
    } else {
        let tens = spelled_decade(s.lower(at))?;
        let placed = at > i || i > 0 && s.is(i - 1, &["early", "late", "mid", "-"]);
        return placed.then(|| Expr::plain(at + 1, Meaning::Fixed(Period::Decade(190 + tens))));
    };
    let plural =
        (s.lower(end) == "s" || s.kind(end) == Some(LexKind::Possessive)) && s.is_glued(end);
    if !plural || year % 10 != 0 || !(1000..=2100).contains(&year) {
        return None;
    }
    Some(Expr::plain(
        end + 1,
        Meaning::Fixed(Period::Decade(year / 10)),
    ))
}

fn spelled_decade(word: &str) -> Option<i16> {
    Some(match word {
        "twenties" => 2,
        "thirties" => 3,
        "forties" => 4,
        "fifties" => 5,
        "sixties" => 6,
        "seventies" => 7,
        "eighties" => 8,
        "nineties" => 9,
        _ => return None,
    })
}

/// `the 20th century`, `nineteenth-century`.
fn century(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (n, end) = numeral::ordinal(s, s.skip(i, "the"))?;
    let end = s.skip_hyphen(end);
    let c = i16::try_from(n).ok().filter(|n| (1..=22).contains(n))?;
    (s.lower(end) == "century")
        .then(|| Expr::plain(end + 1, Meaning::Fixed(Period::Century(c - 1))))
}

/// `fiscal 1989`, `fiscal year 2019`, `FY2019`.
fn fiscal_year(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = match s.lower(i) {
        "fiscal" | "financial" => s.skip(i + 1, "year"),
        "fy" => i + 1,
        _ => return None,
    };
    let (y, end) = year(s, at)?;
    Some(Expr::plain(end, Meaning::Fixed(Period::Year(y))))
}

/// `the week of March 6`, `the week ending Jan. 5`.
fn week_of(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.phrase(s.skip(i, "the"), &["week"])?;
    if !s.is(at, &["of", "beginning", "ending", "ended"]) {
        return None;
    }
    let day = weekday_date(s, at + 1)?;
    let meaning = match day.meaning {
        Meaning::Fixed(Period::Day(d)) => Meaning::Fixed(Period::Week(monday(d))),
        Meaning::Named(Name::Date(m, d), pick) => {
            Meaning::WeekOf(Box::new(Meaning::Named(Name::Date(m, d), pick)))
        }
        _ => return None,
    };
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
