//! Recurrences: `every Friday`, `twice a week`, `daily`, `Tuesday nights`.

use verbale_core::Decimal;

use crate::{
    lex::Lexemes,
    numeral,
    times::{
        calendar::Unit,
        expr::{Expr, Length, Meaning},
        words,
    },
};

/// The longest recurrence at `i`.
pub(super) fn set(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    every(s, i)
        .or_else(|| times_per(s, i))
        .or_else(|| adverb(s, i))
        .or_else(|| plural_weekday(s, i))
}

fn found(end: usize, value: String) -> Option<Expr> {
    Some(Expr::plain(end, Meaning::Set(value)))
}

fn one(unit: Unit) -> String {
    Length {
        amount: Some(Decimal::ONE),
        unit,
    }
    .value()
}

/// `every day`, `each Thursday`, `every other week`, `every two years`, `every July`.
fn every(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    if !s.is(i, &["every", "each"]) {
        return None;
    }
    let other = s.lower(i + 1) == "other";
    let at = if other { i + 2 } else { i + 1 };
    if let Some((unit, false)) = words::unit(s.lower(at)) {
        let amount = Some(if other { Decimal::TWO } else { Decimal::ONE });
        return found(at + 1, Length { amount, unit }.value());
    }
    if let Some(n) = numeral::numeral(s, at)
        && let Some((unit, _)) = words::unit(s.lower(n.end))
    {
        return found(
            n.end + 1,
            Length {
                amount: Some(n.value),
                unit,
            }
            .value(),
        );
    }
    if let Some((day, end)) = words::weekday(s, at) {
        let value = format!("XXXX-WXX-{}", day.to_monday_one_offset());
        return Some(with_part(s, end, value));
    }
    if let Some((m, end)) = words::month(s, at) {
        return found(end, format!("XXXX-{m:02}"));
    }
    if let Some(part) = words::day_part(s.lower(at)) {
        return found(at + 1, format!("XXXX-XX-XXT{}", part.code()));
    }
    let season = match words::season(s.lower(at))? {
        crate::times::calendar::Season::Spring => "SP",
        crate::times::calendar::Season::Summer => "SU",
        crate::times::calendar::Season::Fall => "FA",
        crate::times::calendar::Season::Winter => "WI",
    };
    found(at + 1, format!("XXXX-{season}"))
}

/// `Tuesdays`, `Tuesday nights`.
fn plural_weekday(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (day, end, plural) = match words::weekdays(s, i) {
        Some(day) => (day, i + 1, true),
        None => {
            let (day, end) = words::weekday(s, i)?;
            (day, end, false)
        }
    };
    let value = format!("XXXX-WXX-{}", day.to_monday_one_offset());
    let part = with_part(s, end, value);
    let nightly = part.end > end && s.lower(end).ends_with('s');
    (plural || nightly).then_some(part)
}

fn with_part(s: &Lexemes<'_>, end: usize, value: String) -> Expr {
    match words::day_part(s.lower(end)) {
        Some(part) => Expr::plain(end + 1, Meaning::Set(format!("{value}T{}", part.code()))),
        None => Expr::plain(end, Meaning::Set(value)),
    }
}

/// `twice a week`, `three times a day`.
fn times_per(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let at = match s.lower(i) {
        "once" | "twice" => i + 1,
        _ => s.phrase(numeral::numeral(s, i)?.end, &["times"])?,
    };
    if !s.is(at, &["a", "an", "per", "each", "every"]) {
        return None;
    }
    let (unit, plural) = words::unit(s.lower(at + 1))?;
    if plural {
        return None;
    }
    found(at + 2, one(unit))
}

/// `daily`, `weekly`, `annually`.
fn adverb(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let value = match s.lower(i) {
        "hourly" => "PT1H",
        "daily" | "nightly" => "P1D",
        "weekly" => "P1W",
        "biweekly" | "fortnightly" => "P2W",
        "monthly" => "P1M",
        "yearly" | "annually" => "P1Y",
        _ => return None,
    };
    // Part of a name: "the Daily News".
    let in_name = s.is_capital(i) && i > 0 && s.token(i).is_some_and(|t| t.pos() == "PROPN");
    (!in_name).then(|| Expr::plain(i + 1, Meaning::Set(value.to_owned())))
}
