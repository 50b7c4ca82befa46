//! Times told from another time: `last year`, `the following day`, `yesterday morning`, `the year-ago quarter`.

use verbale_core::{Decimal, TimexMod};

use super::{dates::with_day_part, lengths, longest};
use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    times::{
        calendar::Unit,
        expr::{Base, Expr, Length, Meaning, Name, Pick},
        words::{self, DayPart},
    },
};

/// The longest relative time at `i`.
pub(super) fn relative(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let found = longest([
        day_word(s, i),
        pointed(s, i),
        definite(s, i),
        one_before(s, i),
        year_before(s, i),
        year_end(s, i),
        day_beside(s, i),
    ])?;
    Some(with_day_part(s, found))
}

fn relative_day(by: i32) -> Meaning {
    Meaning::Relative {
        unit: Unit::Day,
        by,
        base: Base::Published,
    }
}

/// `yesterday`, `today`, `tomorrow`, `tonight`, `overnight`.
fn day_word(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let meaning = match s.lower(i) {
        "yesterday" => relative_day(-1),
        "today" => relative_day(0),
        "tomorrow" => relative_day(1),
        "tonight" => Meaning::InDay(None, DayPart::Night),
        "overnight"
            if s.token(i)
                .is_none_or(|t| t.dep() != "amod" && t.dep() != "compound") =>
        {
            Meaning::InDay(None, DayPart::Night)
        }
        _ => return None,
    };
    Some(Expr::plain(i + 1, meaning))
}

/// How a word such as "last" points.
#[derive(Debug, Clone, Copy)]
struct Pointer {
    by: i32,
    base: Base,
    pick: Pick,
}

/// The pointing words at `i`, and the position after them.
fn pointer(s: &Lexemes<'_>, i: usize, article: bool) -> Option<(Pointer, usize)> {
    let published = |by, pick| Pointer {
        by,
        base: Base::Published,
        pick,
    };
    let text = |by, pick| Pointer {
        by,
        base: Base::Text,
        pick,
    };
    if let Some(end) = s.phrase(i, &["this", "past"]) {
        return Some((published(-1, Pick::Last), end));
    }
    if let Some(end) = s.phrase(i, &["this", "coming"]) {
        return Some((published(1, Pick::Next), end));
    }
    let found = match s.lower(i) {
        "last" | "past" => published(-1, Pick::Last),
        "this" | "current" => published(0, Pick::This),
        "next" if article => text(1, Pick::Following),
        "next" | "coming" | "upcoming" => published(1, Pick::Next),
        "previous" | "preceding" | "prior" => text(-1, Pick::Previous),
        "following" | "ensuing" => text(1, Pick::Following),
        "that" | "same" => text(0, Pick::TextYears(0)),
        _ => return None,
    };
    // "reported that third-quarter profit grew": a conjunction.
    if s.lower(i) == "that" && s.token(i).is_some_and(|t| t.tag() == "IN") {
        return None;
    }
    let same = s.lower(i) == "that" && s.lower(i + 1) == "same";
    Some((found, if same { i + 2 } else { i + 1 }))
}

/// `last week`, `this September`, `the following day`, `the past two months`, `next Monday morning`.
fn pointed(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let start = s.skip(i, "the");
    let article = start > i;
    let (p, at) = pointer(s, start, article)?;
    if let Some((unit, plural)) = words::unit(s.lower(at)) {
        // "past year" without an article is rarely a time, "this minute" never a date.
        let loose = s.lower(start) == "past" && !article || unit < Unit::Day;
        if !plural && !loose {
            let meaning = Meaning::Relative {
                unit,
                by: p.by,
                base: p.base,
            };
            return Some(Expr::plain(at + 1, meaning));
        }
        if !plural || !takes_length(s, start) {
            return None;
        }
        let length = Length { amount: None, unit };
        return Some(Expr::plain(at + 1, Meaning::Length(length)));
    }
    if takes_length(s, start)
        && let Some(found) = lengths::counted(s, at)
    {
        return Some(found);
    }
    if let Some(part) = words::day_part(s.lower(at)).filter(|_| !s.lower(at).ends_with('s')) {
        return Some(part_pointed(p, part, at + 1));
    }
    let (name, end) = name(s, at)?;
    let year = |y: i32| Expr::plain(end, Meaning::Named(name, Pick::Years(y)));
    Some(match (name, p.pick) {
        // "this March" is the one in the year of the page.
        (Name::Month(_) | Name::Date(..) | Name::Quarter(_) | Name::Half(_), Pick::This) => year(0),
        _ => Expr::plain(end, Meaning::Named(name, p.pick)),
    })
}

/// True for the words that measure a length back or ahead from now.
fn takes_length(s: &Lexemes<'_>, i: usize) -> bool {
    s.is(
        i,
        &[
            "last",
            "past",
            "next",
            "coming",
            "previous",
            "preceding",
            "following",
        ],
    )
}

/// `last night`, `this morning`, `the next evening`, `that night`.
fn part_pointed(p: Pointer, part: DayPart, end: usize) -> Expr {
    let day = Meaning::Relative {
        unit: Unit::Day,
        by: p.by,
        base: p.base,
    };
    Expr::plain(end, Meaning::InDay(Some(Box::new(day)), part))
}

/// A name that comes round, without a year.
fn name(s: &Lexemes<'_>, i: usize) -> Option<(Name, usize)> {
    if let Some((d, end)) = words::weekday(s, i) {
        return Some((Name::Weekday(d), end));
    }
    if let Some((m, end)) = words::month(s, i) {
        let day = s
            .digits(end)
            .and_then(|d| i8::try_from(d).ok())
            .filter(|d| (1..=31).contains(d));
        return Some(match day.filter(|_| s.n_digits(end) <= 2) {
            Some(d) => (Name::Date(m, d), end + 1),
            None => (Name::Month(m), end),
        });
    }
    if let Some(season) = words::season(s.lower(i)) {
        return Some((Name::Season(season), i + 1));
    }
    if let Some((h, end)) = words::holiday(s, i) {
        return Some((Name::Holiday(h), end));
    }
    let (q, end) = numeral::ordinal(s, i)?;
    let end = s.skip_hyphen(end);
    let q = i8::try_from(q).ok().filter(|q| (1..=4).contains(q))?;
    (s.lower(end) == "quarter").then_some((Name::Quarter(q), end + 1))
}

/// `the quarter`, `the latest period`, `the fiscal year`, `the current year`, `the weekend`, `the comparable period`.
fn definite(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let the = s.phrase(i, &["the"])?;
    let mut at = the;
    while s.is(
        at,
        &[
            "latest", "full", "fiscal", "current", "entire", "whole", "just", "ended", "most",
            "recent",
        ],
    ) {
        at += 1;
    }
    let qualified = at > the;
    let latest = s.lower(the) == "latest";
    let unit = match s.lower(at) {
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "day" if s.phrase(at + 1, &["earlier"]).is_none() => Unit::Day,
        "period" if qualified => Unit::Quarter,
        _ => return None,
    };
    if s.lower(at + 1) == "-" && s.is_glued(at + 1) {
        return None;
    }
    // "the day he left", "the week of talks": days that are told by what happened have no date.
    let told = s.is(
        at + 1,
        &[
            "of", "that", "when", "after", "before", "he", "she", "they", "it", "in",
        ],
    );
    if !qualified && unit == Unit::Day && told {
        return None;
    }
    if s.is(at + 1, &["ended", "ending"])
        && let Some(meaning) = ended(s, unit, at + 2)
    {
        return Some(Expr::plain(at + 1, meaning));
    }
    let meaning = if latest {
        Meaning::Latest(unit)
    } else {
        Meaning::Definite(unit)
    };
    Some(Expr::plain(at + 1, meaning))
}

/// `112 shots this week, 94 the week before`: the stretch before the one spoken of.
fn one_before(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.phrase(i, &["the"])?;
    let (unit, plural) = words::unit(s.lower(at))?;
    let before = s.is(at + 1, &["before", "earlier", "previously"]) && lengths::closes(s, at + 2);
    (!plural && unit >= Unit::Day && before).then(|| {
        let (by, base) = (-1, Base::Text);
        Expr::plain(at + 2, Meaning::Relative { unit, by, base })
    })
}

/// `the quarter ended Sept. 30`, `the year ending June 30`: a quarter is told by its end, a year is a length.
fn ended(s: &Lexemes<'_>, unit: Unit, i: usize) -> Option<Meaning> {
    let end = longest([super::dates::weekday_date(s, i), day_word(s, i)])?;
    match unit {
        Unit::Quarter => Some(Meaning::Around(unit, Box::new(end.meaning))),
        Unit::Year => Some(Meaning::Length(Length {
            amount: Some(Decimal::ONE),
            unit,
        })),
        _ => None,
    }
}

/// `a year earlier` is a distance; here stand `year-ago`, `the year-earlier period`, `the 1988 period`,
/// `the corresponding period last year`.
fn year_before(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.skip(i, "the");
    let at = if s.is(at, &["comparable", "corresponding"]) {
        at + 1
    } else {
        at
    };
    let compared = at > i && s.is(at - 1, &["comparable", "corresponding"]);
    if s.lower(at) == "year" {
        let next = s.skip_hyphen(at + 1);
        if next == at + 1 || !s.is(next, &["ago", "earlier"]) {
            return None;
        }
        let found = compared_stretch(s, next + 1);
        // The article of "the year-earlier loss" belongs to the loss.
        return (at == i || found.end > next + 1).then_some(found);
    }
    let stretch = |i: usize| s.is(i, &["period", "quarter"]);
    if compared && stretch(at) {
        if let Some(end) = s
            .phrase(at + 1, &["last", "year"])
            .or_else(|| s.phrase(at + 1, &["a", "year", "earlier"]))
        {
            return Some(Expr::plain(end, Meaning::YearBefore(None)));
        }
        return Some(Expr::plain(at + 1, Meaning::YearBefore(None)));
    }
    if s.phrase(at, &["last", "year"]).is_some()
        && s.kind(at + 2) == Some(LexKind::Possessive)
        && stretch(at + 3)
    {
        return Some(Expr::plain(at + 4, Meaning::YearBefore(None)));
    }
    if at > i && s.n_digits(at) == 4 && stretch(at + 1) {
        let y = i16::try_from(s.digits(at)?).ok()?;
        return Some(Expr::plain(at + 2, Meaning::InYear(y)));
    }
    None
}

/// The stretch named after `year-ago`, if one is.
fn compared_stretch(s: &Lexemes<'_>, i: usize) -> Expr {
    if s.is(i, &["quarter", "period"]) {
        return Expr::plain(i + 1, Meaning::YearBefore(None));
    }
    if let Some((name @ Name::Quarter(_), end)) = name(s, i) {
        return Expr::plain(end, Meaning::YearBefore(Some(name)));
    }
    Expr::plain(i, Meaning::YearBefore(None))
}

/// `year-end`, `year's end`, `year-end 1988`.
fn year_end(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    if s.lower(i) != "year" {
        return None;
    }
    let at = if s.kind(i + 1) == Some(LexKind::Possessive) {
        i + 2
    } else {
        s.skip_hyphen(i + 1)
    };
    (s.lower(at) == "end").then_some(Expr {
        end: at + 1,
        meaning: Meaning::Definite(Unit::Year),
        modifier: Some(TimexMod::End),
    })
}

/// `the day before yesterday`, `the day after Christmas`, `a day before the vote` (the last is a length).
fn day_beside(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = s.phrase(s.skip(i, "the"), &["day"])?;
    let by = match s.lower(at) {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let day = longest([
        super::dates::date(s, at + 1),
        pointed(s, at + 1),
        day_word(s, at + 1),
    ])?;
    day.meaning
        .is_day()
        .then(|| Expr::plain(day.end, Meaning::Beside(Box::new(day.meaning), by)))
}
