//! Approximators around a number, with the bounds that the packs say they state.

use verbale_core::{Decimal, Quantity};
use verbale_pack::{Approximator, Bound, Form, Packs};

use super::scan::Amount;
use crate::lex::Lexemes;

/// A hedge found beside a number.
#[derive(Debug, Clone)]
pub(super) struct Hedge<'p> {
    pub(super) kind: &'p Approximator,
    /// The words as written, in positions of lexemes.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The longest hedge that ends right before `start`; an article or adjective may stand between.
pub(super) fn before<'p>(s: &Lexemes<'_>, start: usize, packs: &'p Packs) -> Option<Hedge<'p>> {
    [start, skip_back(s, start)]
        .into_iter()
        .find_map(|end| ending_at(s, end, packs))
}

/// The position before words that may stand between a hedge and its number: "only a further two".
fn skip_back(s: &Lexemes<'_>, start: usize) -> usize {
    match start.checked_sub(1) {
        Some(p)
            if s.is(
                p,
                &[
                    "a",
                    "an",
                    "estimated",
                    "total",
                    "its",
                    "their",
                    "of",
                    "another",
                    "combined",
                ],
            ) =>
        {
            p
        }
        _ => start,
    }
}

fn ending_at<'p>(s: &Lexemes<'_>, end: usize, packs: &'p Packs) -> Option<Hedge<'p>> {
    if let Some(start) = end.checked_sub(1).filter(|&p| s.is(p, &["~", "≈", "±"])) {
        let kind = packs.approximators().iter().find(|a| a.id == "about")?;
        return Some(Hedge { kind, start, end });
    }
    let last = end.checked_sub(1).map_or("", |p| s.lower(p));
    packs
        .approximators()
        .iter()
        .filter(|a| a.form == Form::Factor)
        .flat_map(|a| a.before.of("en").iter().map(move |w| (a, w)))
        .filter(|(_, words)| words.ends_with(last))
        .filter_map(|(kind, words)| {
            let words: Vec<&str> = words.split(' ').collect();
            let start = end.checked_sub(words.len())?;
            s.phrase(start, &words)?;
            Some(Hedge { kind, start, end })
        })
        .min_by_key(|h| h.start)
        .filter(|h| !is_place(s, h))
}

/// "over" of "over the past 3 years", "above" of "above 3 villages": a place or time rather than a bound.
fn is_place(s: &Lexemes<'_>, h: &Hedge<'_>) -> bool {
    let word = s.lower(h.start);
    h.end - h.start == 1
        && (matches!(word, "above" | "below" | "under") && s.lower(h.end) == "the"
            || word == "over"
                && (h.start > 0
                    && (super::change::direction(s.lower(h.start - 1)).is_some()
                        || is_giving(s.lower(h.start - 1)))
                    || s.is(h.end, &["the", "a"])))
}

/// "Handed over $25 million": the word goes with the verb.
fn is_giving(word: &str) -> bool {
    matches!(
        word,
        "hand"
            | "hands"
            | "handed"
            | "handing"
            | "turn"
            | "turns"
            | "turned"
            | "turning"
            | "sign"
            | "signed"
            | "signing"
    )
}

/// A hedge right behind a number: `or so`, `or more`, `-odd`.
pub(super) fn after<'p>(s: &Lexemes<'_>, end: usize, packs: &'p Packs) -> Option<Hedge<'p>> {
    let behind_hyphen = s.skip_hyphen(end);
    packs
        .approximators()
        .iter()
        .flat_map(|a| a.after.of("en").iter().map(move |w| (a, w)))
        .filter_map(|(kind, words)| {
            let hyphen = words.starts_with('-');
            let start = if hyphen { behind_hyphen } else { end };
            let may_begin = words.trim_start_matches('-').starts_with(s.lower(start));
            if !may_begin {
                return None;
            }
            let words: Vec<&str> = words.trim_start_matches('-').split(' ').collect();
            let stop = s.phrase(start, &words)?;
            (!hyphen || start > end).then_some(Hedge {
                kind,
                start,
                end: stop,
            })
        })
        .max_by_key(|h| h.end)
}

/// Fills value and bounds as the words state them, and no more.
pub(super) fn bound(amount: Amount, hedge: Option<&Hedge<'_>>, whole: bool) -> Quantity {
    let mut q = Quantity::default();
    match amount {
        Amount::Range(low, high) => {
            q.low = Some(low);
            q.high = Some(high);
        }
        Amount::Vague(low) => q.low = Some(low),
        Amount::One(n) => {
            q.value = Some(n);
            match hedge.and_then(|h| h.kind.bound) {
                Some(Bound::Low) => q.low = Some(n),
                Some(Bound::High) => q.high = Some(n),
                // A count below 290 is at most 289; a measure below 290 has no next smaller one.
                Some(Bound::Below) => {
                    q.high = Some(if whole && n.is_integer() {
                        n - Decimal::ONE
                    } else {
                        n
                    })
                }
                None => {}
            }
        }
    }
    q
}
