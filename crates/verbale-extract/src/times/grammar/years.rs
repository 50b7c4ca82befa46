//! Years, decades and centuries, and the words that point to a year.

use verbale_core::TimexMod;

use super::dates::in_year;
use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    times::{
        calendar::Period,
        expr::{Expr, Meaning, Name, Pick},
        words,
    },
};

/// A year that the words name, or the one they point to.
#[derive(Debug, Clone, Copy)]
pub(super) enum YearRef {
    Fixed(i16),
    Published(i32),
    Text(i32),
}

impl YearRef {
    /// What a name means in this year; `None` if the year has no such day.
    pub(super) fn on(self, name: Name) -> Option<Meaning> {
        Some(match self {
            Self::Fixed(y) => Meaning::Fixed(in_year(name, y)?),
            Self::Published(n) => Meaning::Named(name, Pick::Years(n)),
            Self::Text(n) => Meaning::Named(name, Pick::TextYears(n)),
        })
    }
}

/// A year in digits or words: `2019`, `'97`, `nineteen ninety-seven`, `two thousand and one`.
pub(super) fn year(s: &Lexemes<'_>, i: usize) -> Option<(i16, usize)> {
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
pub(super) fn year_after(s: &Lexemes<'_>, i: usize) -> Option<(YearRef, usize)> {
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

/// `2019`, `the year 2000`, `1989-90`, `post-1959`.
pub(super) fn bare_year(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
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
        // "nineteen ninety-six" is nothing but a year; other spelled years need "in", "of", "since" in front, and
        // so do those behind an apostrophe.
        return s.lower(i) == "nineteen"
            || i > 0
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
pub(super) fn decade(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
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
pub(super) fn century(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (n, end) = numeral::ordinal(s, s.skip(i, "the"))?;
    let end = s.skip_hyphen(end);
    let c = i16::try_from(n).ok().filter(|n| (1..=22).contains(n))?;
    (s.lower(end) == "century")
        .then(|| Expr::plain(end + 1, Meaning::Fixed(Period::Century(c - 1))))
}

/// `fiscal 1989`, `fiscal year 2019`, `FY2019`.
pub(super) fn fiscal_year(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = match s.lower(i) {
        "fiscal" | "financial" => s.skip(i + 1, "year"),
        "fy" => i + 1,
        _ => return None,
    };
    let (y, end) = year(s, at)?;
    Some(Expr::plain(end, Meaning::Fixed(Period::Year(y))))
}
