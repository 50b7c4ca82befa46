//! The grammar of English time expressions.
//!
//! Each function reads one construction at a position and returns where it ends and what it says; the longest
//! reading wins. There is no search over the text and no backtracking beyond a few words, so time grows with
//! the length of the text alone. Which words belong to an expression follows TimeML: the article does, a
//! preposition in front does not, "about" and "at least" do.
//!
//! Source: TimeML annotation guidelines 1.2.1 (Saurí et al. 2006); TempEval-3 (UzZaman et al. 2013).

mod clock;
mod dates;
mod lengths;
mod parts;
mod relative;
mod sets;
mod vague;
mod years;

use verbale_core::TimexMod;

pub(super) use self::dates::in_year;
use super::expr::{Expr, Meaning, Name};
use crate::lex::Lexemes;

/// The longest time expression that begins at `i`.
pub(super) fn expression(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    longest([hedged(s, i), edged(s, i), core(s, i), clock::clock(s, i)])
}

fn longest<const N: usize>(found: [Option<Expr>; N]) -> Option<Expr> {
    let mut best: Option<Expr> = None;
    for expr in found.into_iter().flatten() {
        if best.as_ref().is_none_or(|b| expr.end > b.end) {
            best = Some(expr);
        }
    }
    best
}

/// An expression without hedge or edge in front.
fn core(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let found = longest([
        dates::date(s, i),
        relative::relative(s, i),
        sets::set(s, i),
        lengths::length(s, i),
        vague::vague(s, i),
    ])?;
    Some(and_beyond(s, found))
}

/// `1990 and beyond`, `1994 or later`, `2001 or earlier`.
fn and_beyond(s: &Lexemes<'_>, found: Expr) -> Expr {
    let calendar = matches!(found.meaning, Meaning::Fixed(_) | Meaning::Named(..));
    let modifier = match (s.lower(found.end), s.lower(found.end + 1)) {
        ("and" | "or", "beyond" | "later" | "after") => TimexMod::OnOrAfter,
        ("or", "earlier" | "before") => TimexMod::OnOrBefore,
        _ => return found,
    };
    if !calendar || found.modifier.is_some() {
        return found;
    }
    Expr {
        end: found.end + 2,
        modifier: Some(modifier),
        ..found
    }
}

/// `about two weeks`, `around Nov. 1`, `at least 30 days`; also what follows: `a year or so`, `1994 or later`.
fn hedged(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    const HEDGES: &[(&[&str], TimexMod)] = &[
        (&["about"], TimexMod::Approx),
        (&["around"], TimexMod::Approx),
        (&["roughly"], TimexMod::Approx),
        (&["approximately"], TimexMod::Approx),
        (&["some"], TimexMod::Approx),
        (&["at", "least"], TimexMod::EqualOrMore),
        (&["no", "less", "than"], TimexMod::EqualOrMore),
        (&["at", "most"], TimexMod::EqualOrLess),
        (&["no", "more", "than"], TimexMod::EqualOrLess),
        (&["up", "to"], TimexMod::EqualOrLess),
        (&["as", "many", "as"], TimexMod::EqualOrLess),
        (&["more", "than"], TimexMod::MoreThan),
        (&["just", "over"], TimexMod::MoreThan),
        (&["well", "over"], TimexMod::MoreThan),
        (&["over"], TimexMod::MoreThan),
        (&["less", "than"], TimexMod::LessThan),
        (&["fewer", "than"], TimexMod::LessThan),
        (&["just", "under"], TimexMod::LessThan),
        (&["under"], TimexMod::LessThan),
        (&["almost"], TimexMod::LessThan),
        (&["nearly"], TimexMod::LessThan),
        (&["not", "quite"], TimexMod::LessThan),
    ];
    let (modifier, at) = HEDGES
        .iter()
        .find_map(|(words, m)| Some((*m, s.phrase(i, words)?)))?;
    // "over the past year" is no "more than".
    if s.lower(at) == "the" && s.is(at - 1, &["over", "about", "around", "under"]) {
        return None;
    }
    let found = longest([core(s, at), clock::clock(s, at)])?;
    let takes = match found.meaning {
        Meaning::Length(l) => l.amount.is_some(),
        Meaning::Distance { .. } => true,
        Meaning::Named(Name::Weekday(_), _) => false,
        Meaning::Fixed(_) | Meaning::Named(..) | Meaning::AtClock(..) | Meaning::Definite(_) => {
            modifier == TimexMod::Approx && s.lower(i) != "about" && s.lower(i) != "some"
                || matches!(found.meaning, Meaning::AtClock(..)) && s.lower(i) == "about"
        }
        _ => false,
    };
    takes.then_some(Expr {
        modifier: found.modifier.or(Some(modifier)),
        ..found
    })
}

/// `early 1990`, `the end of the year`, `mid-2023`, `later this month`, `sometime next year`.
fn edged(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let article = s.skip(i, "the");
    let (modifier, at) = edge(s, article, article > i)?;
    let found = core(s, at).filter(|e| e.meaning.is_stretch() && e.modifier.is_none())?;
    Some(Expr {
        modifier: modifier.or(found.modifier),
        ..found
    })
}

/// The words that point at a part of a stretch, and the position after them.
fn edge(s: &Lexemes<'_>, i: usize, article: bool) -> Option<(Option<TimexMod>, usize)> {
    let noun = |i: usize| match s.lower(i) {
        "beginning" | "start" | "outset" | "onset" => Some(TimexMod::Start),
        "middle" | "midst" => Some(TimexMod::Mid),
        "end" | "close" => Some(TimexMod::End),
        _ => None,
    };
    if let Some(m) = noun(i).or_else(|| noun(i + 1).filter(|_| s.is(i, &["very"]))) {
        let at = if noun(i).is_some() { i + 1 } else { i + 2 };
        return (s.lower(at) == "of").then_some((Some(m), at + 1));
    }
    let modifier = match s.lower(i) {
        "early" | "earlier" => Some(TimexMod::Start),
        "mid" => Some(TimexMod::Mid),
        "late" | "later" => Some(TimexMod::End),
        "sometime" => None,
        _ => return None,
    };
    let mut at = s.skip_hyphen(i + 1);
    if s.lower(i) != "mid" && s.lower(at) == "in" && s.is(at + 1, &["the", "this"]) {
        at += 1;
    }
    // "the later" and "the earlier" are comparisons.
    if article && s.is(i, &["later", "earlier", "sometime"]) {
        return None;
    }
    Some((modifier, at))
}
