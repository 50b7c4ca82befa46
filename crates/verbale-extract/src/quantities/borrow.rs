//! What a list says once and means for all: units, counted nouns, approximators; and the two ends of a move.

use super::{Nature, PairEnd, change, draft::Draft};
use crate::lex::Lexemes;

/// Fills in, between the numbers of one block, what some of them leave out.
pub(super) fn fill(s: &Lexemes<'_>, drafts: &mut [Draft]) {
    pairs(s, drafts);
    from_before(s, drafts);
    forward(s, drafts);
    backward(s, drafts);
}

fn same_sentence(s: &Lexemes<'_>, a: &Draft, b: &Draft) -> bool {
    match (s.token(a.start), s.token(b.start)) {
        (Some(a), Some(b)) => a.sent().start() == b.sent().start(),
        _ => false,
    }
}

/// "fell from 34,000 to 11,000": both numbers get the direction and their end.
fn pairs(s: &Lexemes<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(i);
        let (first, second) = (&mut left[i - 1], &mut right[0]);
        let hedge = |d: &Draft, word: &str| {
            (1..=3)
                .filter_map(|k| d.start.checked_sub(k))
                .any(|k| s.lower(k) == word && k + 3 >= d.start)
        };
        let from_to = hedge(first, "from")
            && hedge(second, "to")
            && second.start >= first.end
            && second.start - first.end <= 12;
        let single = |d: &Draft| d.mention.quantity.value.is_some();
        if !from_to || !single(first) || !single(second) || !same_sentence(s, first, second) {
            continue;
        }
        lend_scale(s, first, second);
        let before = (1..=5)
            .filter_map(|k| first.start.checked_sub(k))
            .find_map(|k| change::direction(s.lower(k)));
        let direction = before.or_else(|| order(first, second));
        for (draft, end) in [(first, PairEnd::From), (second, PairEnd::To)] {
            draft.mention.pair = Some(end);
            draft.mention.change = direction;
        }
    }
}

/// "Nine pilots, down from 17": the second is what it was.
fn from_before(s: &Lexemes<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(i);
        let (first, second) = (&mut left[i - 1], &mut right[0]);
        let Some(by) = second.start.checked_sub(2) else {
            continue;
        };
        let moved = match (s.lower(by), s.lower(by + 1)) {
            ("down", "from") => change::Change::Down,
            ("up", "from") => change::Change::Up,
            _ => continue,
        };
        let near = by >= first.end && by - first.end <= 8 && same_sentence(s, first, second);
        if near && first.mention.pair.is_none() {
            for (draft, end) in [(first, PairEnd::To), (second, PairEnd::From)] {
                draft.mention.pair = Some(end);
                draft.mention.change = Some(moved);
            }
        }
    }
}

/// "from 24.2 to 33 billion": the scale of the second holds for the first.
fn lend_scale(s: &Lexemes<'_>, first: &mut Draft, second: &Draft) {
    let scale = |d: &Draft| crate::numeral::scale(s.lower(d.end - 1));
    let (Some(by), None, Some(value)) = (scale(second), scale(first), first.mention.quantity.value)
    else {
        return;
    };
    let small = value < verbale_core::Decimal::ONE_THOUSAND;
    if let Some(scaled) = value.checked_mul(by).filter(|_| small) {
        first.mention.quantity.value = Some(scaled);
    }
}

/// The direction from a smaller to a larger number, or the other way.
fn order(first: &Draft, second: &Draft) -> Option<change::Change> {
    let (a, b) = (
        first.mention.quantity.value?,
        second.mention.quantity.value?,
    );
    match a.cmp(&b) {
        std::cmp::Ordering::Less => Some(change::Change::Up),
        std::cmp::Ordering::Greater => Some(change::Change::Down),
        std::cmp::Ordering::Equal => None,
    }
}

/// "2,035 tourist and 2,610 student visas", "from 4.8 to 4.7 percent": the second says it for the first.
fn forward(s: &Lexemes<'_>, drafts: &mut [Draft]) {
    for i in (1..drafts.len()).rev() {
        let (left, right) = drafts.split_at_mut(i);
        let (first, second) = (&mut left[i - 1], &right[0]);
        if !same_sentence(s, first, second) || !(linked(s, first, second)) {
            continue;
        }
        let lacks = match first.mention.nature {
            Nature::Bare => first.mention.quantity.unit.is_none(),
            Nature::Count => {
                singular(s, first) && second.mention.nature == Nature::Count && !singular(s, second)
            }
            _ => false,
        };
        if lacks && second.mention.nature != Nature::Age && !opens_clause(s, second) {
            lend(second, first);
        }
    }
}

/// ", and two people said": a subject of its own behind a comma lends nothing to the number before it.
fn opens_clause(s: &Lexemes<'_>, d: &Draft) -> bool {
    let and = d
        .start
        .checked_sub(2)
        .filter(|&i| s.is(i, &[",", ";"]) && s.is(i + 1, &["and", "but", "while"]));
    let noun = d.mention.head.map(|h| s.doc().token(h));
    and.is_some() && noun.is_some_and(|n| matches!(n.dep(), "nsubj" | "nsubjpass"))
}

/// True if the counted noun is singular although the number is not one: it modifies a noun that is left out.
fn singular(s: &Lexemes<'_>, d: &Draft) -> bool {
    let plural_number = d
        .mention
        .quantity
        .value
        .is_none_or(|v| v > verbale_core::Decimal::ONE);
    let noun = d.mention.head.map(|h| s.doc().token(h));
    plural_number
        && noun.is_some_and(|t| {
            t.tag() == "NN"
                && !matches!(
                    t.lower().as_str(),
                    "people" | "staff" | "personnel" | "police" | "aircraft"
                )
        })
}

/// True if nothing but a few words and a conjunction, comma or "to" stands between two numbers.
fn linked(s: &Lexemes<'_>, first: &Draft, second: &Draft) -> bool {
    let between = first.end..second.start;
    between.len() <= 6
        && between
            .clone()
            .any(|i| s.is(i, &["and", "or", "to", ",", "-"]))
        && !between.clone().any(|i| s.is(i, &[".", ";", "(", ")"]))
}

/// "some 50,000 were in China and 30,000 in Russia": the first says it for the second.
fn backward(s: &Lexemes<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(i);
        let second = &mut right[0];
        if second.mention.nature != Nature::Bare || second.mention.quantity.unit.is_some() {
            continue;
        }
        let lender = left
            .iter()
            .rev()
            .take(3)
            .find(|d| same_sentence(s, d, second) && lends(d) && suits(d, second));
        let Some(first) = lender.filter(|_| !is_rest(s, second)) else {
            continue;
        };
        let coordinated = is_coordinated(s, first, second);
        let paired = second.mention.pair.is_some();
        if !coordinated && !paired && !is_subject(s, second) {
            continue;
        }
        lend(first, second);
        // A hedge in front of a list holds for its members; a bound does not.
        if coordinated && first.is_about && second.mention.quantity.approximator.is_none() {
            second
                .mention
                .quantity
                .approximator
                .clone_from(&first.mention.quantity.approximator);
            second.is_about = true;
        }
    }
}

fn lends(d: &Draft) -> bool {
    !matches!(
        d.mention.nature,
        Nature::Bare | Nature::Age | Nature::Share | Nature::Factor
    ) && !d.mention.in_date
}

/// "70 percent of the drivers had a permit, and 300 more were issued": few shares are above the whole.
fn suits(first: &Draft, second: &Draft) -> bool {
    let is_large = second
        .mention
        .quantity
        .value
        .is_some_and(|v| v > verbale_core::Decimal::ONE_HUNDRED);
    first.mention.nature != Nature::Percent || !is_large
}

/// True if a conjunction or comma stands right before the second number, hedges apart.
fn is_coordinated(s: &Lexemes<'_>, first: &Draft, second: &Draft) -> bool {
    let hedge = second.start.saturating_sub(3).max(first.end)..second.start;
    hedge
        .clone()
        .any(|i| s.is(i, &["and", "or", ",", "but", "while", "with"]))
}

/// "The rest, some 4,000, rent rooms": the rest of what was counted, whatever was named in between.
fn is_rest(s: &Lexemes<'_>, d: &Draft) -> bool {
    let mut before = d.start.saturating_sub(2)..d.start + 1;
    let comma = before.rfind(|&i| s.is(i, &[","]));
    comma.is_some_and(|c| c > 0 && s.is(c - 1, &["rest", "remainder", "others"]))
}

fn is_subject(s: &Lexemes<'_>, d: &Draft) -> bool {
    s.token(d.end - 1)
        .is_some_and(|t| matches!(t.dep(), "nsubj" | "nsubjpass" | "conj"))
}

fn lend(from: &Draft, to: &mut Draft) {
    to.mention
        .quantity
        .unit
        .clone_from(&from.mention.quantity.unit);
    if to.mention.quantity.per.is_none() {
        to.mention
            .quantity
            .per
            .clone_from(&from.mention.quantity.per);
    }
    to.mention.nature = from.mention.nature;
    to.mention.head = from.mention.head;
    to.mention.borrowed = true;
}
