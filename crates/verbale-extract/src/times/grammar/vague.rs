//! References to past, present and future that name no date.

use crate::{
    lex::Lexemes,
    times::{
        expr::{Expr, Meaning, Vague},
        words,
    },
};

/// The longest such reference at `i`.
pub(super) fn vague(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    const PHRASES: &[(&[&str], Vague)] = &[
        (&["now"], Vague::Present),
        (&["right", "now"], Vague::Present),
        (&["currently"], Vague::Present),
        (&["presently"], Vague::Present),
        (&["nowadays"], Vague::Present),
        (&["these", "days"], Vague::Present),
        (&["at", "present"], Vague::Present),
        (&["the", "present"], Vague::Present),
        (&["at", "the", "moment"], Vague::Present),
        (&["recently"], Vague::Past),
        (&["more", "recently"], Vague::Past),
        (&["lately"], Vague::Past),
        (&["the", "past"], Vague::Past),
        (&["the", "recent", "past"], Vague::Past),
        (&["soon"], Vague::Future),
        (&["the", "future"], Vague::Future),
        (&["the", "near", "future"], Vague::Future),
        (&["the", "foreseeable", "future"], Vague::Future),
        (&["near", "future"], Vague::Future),
        (&["the", "near", "term"], Vague::Future),
        (&["the", "short", "term"], Vague::Future),
        (&["the", "long", "term"], Vague::Future),
    ];
    let phrase = PHRASES
        .iter()
        .filter_map(|(words, v)| Some((s.phrase(i, words)?, *v)))
        .max_by_key(|(end, _)| *end);
    let (end, v) = recent_units(s, i).or_else(|| adjective(s, i)).or(phrase)?;
    if is_idiom(s, i, end) {
        return None;
    }
    Some(Expr::plain(end, Meaning::Vague(v)))
}

/// `recent months`, `coming years`, `past decades`.
fn recent_units(s: &Lexemes<'_>, i: usize) -> Option<(usize, Vague)> {
    let (_, plural) = words::unit(s.lower(i + 1))?;
    let v = match s.lower(i) {
        "recent" => Vague::Past,
        "coming" | "future" if plural => Vague::Future,
        "past" | "previous" if plural && !s.is(i.wrapping_sub(1), &["the"]) => Vague::Past,
        _ => return None,
    };
    let mut end = i + 2;
    if s.is(end, &["and", "or"]) && words::unit(s.lower(end + 1)).is_some_and(|(_, p)| p) {
        end += 2;
    }
    Some((end, v))
}

/// `current`, `recent` before a noun.
fn adjective(s: &Lexemes<'_>, i: usize) -> Option<(usize, Vague)> {
    let v = match s.lower(i) {
        "current" => Vague::Present,
        "recent" => Vague::Past,
        _ => return None,
    };
    Some((i + 1, v))
}

/// `as soon as`, `the future president` and names such as `Future Group` are no references.
fn is_idiom(s: &Lexemes<'_>, i: usize, end: usize) -> bool {
    match s.lower(i) {
        "soon" => i > 0 && s.is(i - 1, &["as", "too", "how"]) || s.is(end, &["as", "after", "to"]),
        "now" => s.is_capital(i) && i > 0 && s.token(i).is_some_and(|t| t.pos() == "PROPN"),
        "future" | "current" | "recent" => {
            s.is_capital(i) && i > 0 && !s.token(i).is_some_and(|t| t.is_sent_start())
                || s.is(end, &["-"])
        }
        "the" => s
            .token(end)
            .is_some_and(|t| t.pos() == "NOUN" || t.pos() == "NUM"),
        _ => false,
    }
}
