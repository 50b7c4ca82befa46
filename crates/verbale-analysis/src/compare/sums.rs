//! Parts that do not add up to their whole.
//!
//! Parts need not be all that there are, so a sum below the whole says nothing, unless it is the whole with a slip
//! of the pen in it. A sum above the whole is wrong whatever is left out.

use verbale_core::{Decimal, Modality, Polarity};

use super::{
    ConflictKind, Side as Whole,
    figure::Side,
    relation::{Relation, measures, relation_of_places},
    value,
};
use crate::{Conflict, Lexicon, grouped};

/// How far, in bytes, the words of a part may stand from those of the whole.
const NEAR: u32 = 240;

/// How far, in bytes, the rows of a table or the items of a list may stand from each other.
const NEXT: u32 = 120;

/// Words by which the last row of a table or the end of a list is the whole of what stands before it.
const TOTAL: &[&str] = &["total", "in all", "altogether", "overall", "sum of"];

/// The wholes among claims of one page that their parts contradict, each with its first part.
pub(crate) fn wrong_sums(lexicon: &Lexicon, on_page: &[&Whole<'_>]) -> Vec<Conflict> {
    let mut sides: Vec<Side<'_>> = on_page
        .iter()
        .filter_map(|s| Side::of(s))
        .filter(|s| exact(*s).is_some())
        .collect();
    sides.sort_by_key(|s| s.entry().claim.evidence.range().start());
    let wrong = (0..sides.len()).filter_map(|at| wrong_sum(lexicon, at, &sides));
    wrong.collect()
}

/// What stands around the whole with number `at` and is a part of it: right behind it or in the rows of a list that
/// begins there; if there is nothing, and the whole calls itself one, what stands before it so.
fn parts_of<'a>(lexicon: &Lexicon, at: usize, sides: &[Side<'a>]) -> Vec<Side<'a>> {
    let range = |s: Side<'_>| {
        let range = s.entry().claim.evidence.range();
        (u32::from(range.start()), u32::from(range.end()))
    };
    let whole = sides[at];
    let (start, end) = range(whole);
    let mut parts: Vec<Side<'_>> = Vec::new();
    let mut add = |side: Side<'a>| {
        // Two wordings of one part would be added twice.
        let is_part = is_part(lexicon, side, whole);
        if is_part && parts.iter().all(|p| are_apart(lexicon, *p, side)) {
            parts.push(side);
        }
        is_part
    };
    let mut until = end + NEAR;
    let mut is_any = false;
    for side in &sides[at + 1..] {
        let (first, last) = range(*side);
        if first > until {
            break;
        }
        if first > start && add(*side) {
            (until, is_any) = (until.max(last + NEXT), true);
        }
    }
    if !is_any && is_total(whole) {
        let mut since = start.saturating_sub(NEAR);
        for side in sides[..at].iter().rev() {
            let (first, last) = range(*side);
            if last < since {
                break;
            }
            if first < start && add(*side) {
                since = since.min(first.saturating_sub(NEXT));
            }
        }
        parts.reverse();
    }
    parts
}

/// True if a figure calls itself the whole.
fn is_total(side: Side<'_>) -> bool {
    let words = format!("{} {}", side.entry().quote(), side.figure.subject).to_lowercase();
    TOTAL.iter().any(|word| words.contains(word))
}

fn wrong_sum(lexicon: &Lexicon, at: usize, sides: &[Side<'_>]) -> Option<Conflict> {
    let whole = sides[at];
    let total = exact(whole)?;
    let parts = parts_of(lexicon, at, sides);
    if parts.len() < 2 {
        return None;
    }
    let numbers: Vec<Decimal> = parts.iter().filter_map(|p| exact(*p)).collect();
    let sum = numbers
        .iter()
        .try_fold(Decimal::ZERO, |sum, n| sum.checked_add(*n))?;
    let plain = verbale_core::Quantity::exact(sum);
    let why = if sum > total {
        "more than the whole".to_owned()
    } else {
        value::slip(&plain, &whole.figure.quantity)?.to_owned()
    };
    let named: Vec<String> = numbers.into_iter().map(grouped).collect();
    let reason = format!(
        "The parts {} add up to {}, and the whole is given as {}: {why}.",
        named.join(" and "),
        grouped(sum),
        grouped(total)
    );
    let (a, b) = (whole.entry(), parts[0].entry());
    let pair = (a.id().min(b.id()), a.id().max(b.id()));
    let verdict = super::Verdict {
        pair,
        answer: Ok(ConflictKind::Slip),
        reason,
    };
    Conflict::of(verdict, a, b)
}

/// The number of a figure that is neither hedged, bounded, denied nor planned.
fn exact(side: Side<'_>) -> Option<Decimal> {
    let (claim, q) = (side.entry().claim, &side.figure.quantity);
    let is_told = claim.polarity == Polarity::Asserted && claim.modality == Modality::Actual;
    let is_plain = !q.is_bounded() && q.approximator.is_none() && q.per.is_none();
    q.value
        .filter(|v| is_told && is_plain && *v > Decimal::ZERO && v.fract().is_zero())
}

/// True if one voice gives `part` as a part of `whole`, of its things or its place.
fn is_part(lexicon: &Lexicon, part: Side<'_>, whole: Side<'_>) -> bool {
    let (a, b) = (part.entry(), whole.entry());
    let one_voice = part.has_voice_of(whole) || a.speaker().is_none() && b.speaker().is_none();
    let (p, w) = (part.axes, whole.axes);
    let of_place = w.place != p.place && (w.place.is_empty() || p.place.covers(&w.place));
    let of_things = p.things != w.things && p.things.covers(&w.things) && p.place == w.place;
    let of_measure = measures(lexicon, part, whole) == Ok(Relation::Part) && p.place != w.place;
    a.id() != b.id()
        && one_voice
        && a.when() == b.when()
        && p.unit == w.unit
        && (of_things || of_measure || of_place && p.things.covers(&w.things))
}

fn are_apart(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>) -> bool {
    let by_place = relation_of_places(&a.axes.place, &b.axes.place) == Relation::Apart;
    by_place || measures(lexicon, a, b).is_err()
}
