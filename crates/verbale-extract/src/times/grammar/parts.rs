//! Parts of a year: seasons, quarters, halves.

use verbale_core::TimexMod;

use super::{
    dates::{named, weekday_date},
    longest,
    years::{YearRef, century, decade, year, year_after},
};
use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    times::{
        calendar::Unit,
        expr::{Expr, Meaning, Name},
        words,
    },
};

/// `summer 2019`, `the summer of 1998`, `the winter`.
///
/// `fall` and `spring` without a year are too often a drop or a source of water.
pub(super) fn season(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
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
pub(super) fn quarter(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
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

/// `the first half of 2019`, `the last half of the '80s`, `in the first half`.
pub(super) fn half(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
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
    let Some(of) = s.phrase(end + 1, &["of"]) else {
        // Halves of matches and of things have their noun behind them or no article before them.
        let placed = at > i && i > 0 && s.is(i - 1, &["in", "for", "during", "over"]);
        let bare = s
            .token(end)
            .is_none_or(|t| matches!(t.dep(), "pobj" | "npadvmod" | "conj"));
        return (placed && bare && s.lower(at) != "latter")
            .then(|| named(s, Name::Half(h), end + 1, false))
            .flatten();
    };
    if let Some(end) = s
        .phrase(of, &["the", "year"])
        .or_else(|| s.phrase(of, &["this", "year"]))
    {
        return Some(Expr::plain(
            end,
            Meaning::Named(Name::Half(h), crate::times::expr::Pick::Years(0)),
        ));
    }
    let whole = longest([decade(s, of), century(s, of), weekday_date(s, of)])?;
    let halves = matches!(whole.meaning, Meaning::Fixed(p) if p.unit() > Unit::Week)
        || matches!(whole.meaning, Meaning::Named(Name::Month(_), _));
    halves.then_some(Expr {
        modifier: Some(modifier),
        ..whole
    })
}
