//! Numbers and ranges of numbers, with the currency in front and the scale behind.

use std::collections::BTreeMap;

use verbale_core::Decimal;
use verbale_pack::{Packs, VagueKind};

use super::unit;
use crate::{
    lex::{LexKind, Lexemes},
    numeral::{self, Numeral},
};

/// What number the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    One(Decimal),
    Range(Decimal, Decimal),
    /// A plural without a number, such as "hundreds": the least it can be.
    Vague(Decimal),
}

impl Amount {
    /// Some number of it, for telling large from small.
    pub(super) fn size(self) -> Decimal {
        match self {
            Self::One(n) | Self::Range(_, n) | Self::Vague(n) => n,
        }
    }
}

/// A number in the text, in positions of lexemes.
#[derive(Debug, Clone)]
pub(super) struct Spotted {
    /// Where the number starts, the currency or sign in front included.
    pub(super) start: usize,
    /// After the number and its scale.
    pub(super) end: usize,
    pub(super) amount: Amount,
    /// The currency in front.
    pub(super) money: Option<&'static str>,
    /// True if a digit is part of it.
    pub(super) digits: bool,
    /// A part of a whole: "half", "two-thirds", "one in three".
    pub(super) share: bool,
    /// A unit between the numbers of a range: "5% to 7%". The position after its last lexeme is in `end` too.
    pub(super) unit: Option<unit::UnitFound>,
}

/// Plural number words of the packs, cut into words, by their first one: each word of a page is looked up.
pub(super) struct VagueWords<'p>(BTreeMap<&'p str, Vec<(Decimal, Vec<&'p str>)>>);

impl<'p> VagueWords<'p> {
    pub(super) fn new(packs: &'p Packs) -> Self {
        let mut by_first: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let plurals = packs.vague().iter().filter(|v| {
            v.kind == VagueKind::Count && v.value.is_none() && v.lo >= Decimal::from(20)
        });
        for (low, phrase) in plurals.flat_map(|v| v.words.of("en").iter().map(|w| (v.lo, w))) {
            let words: Vec<&str> = phrase.split(' ').collect();
            by_first.entry(words[0]).or_default().push((low, words));
        }
        Self(by_first)
    }

    /// The phrases that stand at `i`, as the least number that each can be and its end.
    fn at(&self, s: &Lexemes<'_>, i: usize) -> impl Iterator<Item = (Decimal, usize)> {
        let phrases = self.0.get(s.lower(i)).into_iter().flatten();
        phrases.filter_map(move |(low, words)| Some((*low, s.phrase(i, words)?)))
    }
}

/// Every number of a text, from left to right, none overlapping another.
pub(super) fn spot(s: &Lexemes<'_>, plurals: &VagueWords<'_>) -> Vec<Spotted> {
    let mut found: Vec<Spotted> = Vec::new();
    let mut i = 0;
    while i < s.len() {
        match at(s, i, plurals).filter(|f| found.last().is_none_or(|last| f.start >= last.end)) {
            Some(f) => {
                i = f.end.max(i + 1);
                found.push(f);
            }
            None => i += 1,
        }
    }
    found
}

fn at(s: &Lexemes<'_>, i: usize, plurals: &VagueWords<'_>) -> Option<Spotted> {
    let scaled =
        numeral::numeral(s, i).is_some_and(|n| !n.digits && n.value > Decimal::ONE_THOUSAND);
    share(s, i)
        .filter(|_| !scaled)
        .or_else(|| vague(s, i, plurals))
        .or_else(|| single(s, i).map(|first| range(s, first)))
}

/// One number with its sign, currency and scale.
fn single(s: &Lexemes<'_>, i: usize) -> Option<Spotted> {
    let (n, start) = decimal_point(s, i).or_else(|| Some((numeral::numeral(s, i)?, i)))?;
    if !n.digits && !stands_as_number(s, i, n) {
        return None;
    }
    let money = unit::money_before(s, start);
    let (value, end) = short_scale(s, n, money.is_some());
    let (value, start) = signed(s, value, start, money);
    let start = money.map_or(start, |(_, at)| at.min(start));
    // Markdown escapes the dollar: "\\$500".
    let escaped = start > 0 && s.lower(start - 1) == "\\" && s.is_glued(start);
    Some(Spotted {
        start: if escaped { start - 1 } else { start },
        end,
        amount: Amount::One(value),
        money: money.map(|(code, _)| code),
        digits: n.digits,
        share: false,
        unit: None,
    })
}

/// `.001`: digits behind a point that nothing precedes.
fn decimal_point(s: &Lexemes<'_>, i: usize) -> Option<(Numeral, usize)> {
    let free = !s.is_glued(i) || i > 0 && s.is(i - 1, &["$", "£", "€", "-"]);
    if s.lower(i) != "." || !free || !s.is_glued(i + 1) || s.n_digits(i + 1) == 0 {
        return None;
    }
    let value = format!("0.{}", s.text(i + 1)).parse().ok()?;
    Some((
        Numeral {
            value,
            end: i + 2,
            digits: true,
        },
        i,
    ))
}

/// True if a number word counts: "one" as a pronoun, in "no one" or "one another" does not.
fn stands_as_number(s: &Lexemes<'_>, i: usize, n: Numeral) -> bool {
    if n.end == i + 1 && s.lower(i) == "one" {
        let before = i.checked_sub(1).map_or("", |p| s.lower(p));
        let pronoun = matches!(before, "no" | "any" | "every" | "some" | "this" | "that" | "which" | "each" | "the" | "another" | "new" | "only" if before != "only")
            || s.is(
                i + 1,
                &[
                    "another", "day", "thing", "way", "time", "point", "s", "is", "can", "would",
                    "could", "should", "might", "may", "must",
                ],
            )
            || matches!(s.kind(i + 1), Some(LexKind::Possessive | LexKind::Digits))
            || s.kind(i + 1) == Some(LexKind::Mark) && s.lower(i + 1) != "-";
        return !pronoun;
    }
    true
}

/// `k`, `m`, `bn` behind digits. A lone `m` is a meter unless the number is money.
fn short_scale(s: &Lexemes<'_>, n: Numeral, money: bool) -> (Decimal, usize) {
    let glued = n.digits && s.is_glued(n.end);
    let scale = match s.text(n.end) {
        "k" | "K" if glued && !s.is(n.end + 1, &["-"]) => 1_000,
        "bn" | "Bn" | "BN" => 1_000_000_000,
        "mn" | "mln" | "mil" => 1_000_000,
        "tn" | "trn" => 1_000_000_000_000,
        "M" if glued => 1_000_000,
        "m" | "MM" if glued && money => 1_000_000,
        "B" | "b" if glued && money => 1_000_000_000,
        "T" if glued && money => 1_000_000_000_000,
        _ => 1_i64,
    };
    if scale == 1 || !n.digits {
        return (n.value, n.end);
    }
    match n.value.checked_mul(Decimal::from(scale)) {
        Some(v) => (v, n.end + 1),
        None => (n.value, n.end),
    }
}

/// A minus in front: `-5`, `minus 387`, `$-50.8bn`.
fn signed(
    s: &Lexemes<'_>,
    value: Decimal,
    start: usize,
    money: Option<(&str, usize)>,
) -> (Decimal, usize) {
    let Some(before) = start.checked_sub(1) else {
        return (value, start);
    };
    if s.lower(before) == "minus" {
        return (-value, before);
    }
    let dash = s.is(before, &["-", "−"]);
    if dash
        && before > 0
        && s.is_glued(before)
        && s.is_glued(start)
        && s.lower(before - 1) == "minus"
    {
        return (-value, before - 1);
    }
    let free = !s.is_glued(before)
        || money.is_some_and(|(_, at)| at < before)
        || before > 0 && s.is(before - 1, &["(", "$"]);
    if dash && free && s.is_glued(start) {
        return (-value, before);
    }
    (value, start)
}

/// A second number that makes a range: `5-10`, `5 to 7`, `between 62 and 68`, `5% to 7%`.
fn range(s: &Lexemes<'_>, first: Spotted) -> Spotted {
    let Amount::One(low) = first.amount else {
        return first;
    };
    let Some((second, unit)) = second(s, &first) else {
        return first;
    };
    let Amount::One(high) = second.amount else {
        return first;
    };
    // "1 to 2 thousand", "$89 to $93 billion": the scale of the second holds for both.
    let low = match lent_scale(s, &first, &second) {
        Some(scale) if low < high / scale + Decimal::ONE || low < high => {
            low.checked_mul(scale).filter(|l| *l < high).unwrap_or(low)
        }
        _ => low,
    };
    if low >= high {
        return first;
    }
    Spotted {
        start: first.start,
        end: second.end,
        amount: Amount::Range(low, high),
        money: first.money.or(second.money),
        digits: first.digits,
        share: false,
        unit,
    }
}

/// The number behind a link, and the unit that the first number had for itself.
fn second(s: &Lexemes<'_>, first: &Spotted) -> Option<(Spotted, Option<unit::UnitFound>)> {
    let own = unit::unit_after(s, first.end, true);
    for (end, unit) in [
        (first.end, None),
        (own.as_ref().map_or(first.end, |u| u.end), own),
    ] {
        let Some(next) = linked(s, first.start, end, first.money.is_some() || unit.is_some())
        else {
            continue;
        };
        let at = (next..next + 5).find(|&k| {
            s.kind(k) == Some(LexKind::Digits) || numeral::small(s.lower(k)).is_some()
        })?;
        let second = single(s, at)?;
        let mixed = first.digits != second.digits && s.lower(end) == "or";
        if second.start > next || second.share || mixed {
            continue;
        }
        if first.money.is_some() && second.money.is_some() && first.money != second.money {
            continue;
        }
        let after = unit::unit_after(s, second.end, true);
        if unit.is_some() && unit.as_ref().map(|u| &u.name) != after.as_ref().map(|u| &u.name) {
            continue;
        }
        return Some((second, unit));
    }
    None
}

/// The position after the word or dash that links two ends of a range.
///
/// `whole` says that the first number has a unit of its own: "by $3 to $9" is an amount and a result, "by 1 to
/// 1.5 degrees" a range.
fn linked(s: &Lexemes<'_>, start: usize, end: usize, whole: bool) -> Option<usize> {
    if s.is_hyphen(end) && s.is(end, &["-", "–", "‑"]) {
        // "2-0" is a score, "555-1234" a number, "1-800-…" a call.
        let chain =
            s.is_hyphen(end + 2) || start > 0 && s.is_glued(start) && s.is(start - 1, &["-", "–"]);
        return (!chain).then_some(end + 1);
    }
    if s.is(end, &["-", "–", "—"])
        && !s.is_glued(end)
        && !s.is_glued(end + 1)
        && s.n_digits(end + 1) > 0
    {
        return Some(end + 1);
    }
    let opens = (1..=3)
        .filter_map(|k| start.checked_sub(k))
        .find(|&k| s.is(k, &["between", "from", "by"]));
    let splits = |k: usize| match s.lower(k) {
        "from" => changes(s, k),
        "by" => whole && changes(s, k),
        _ => false,
    };
    match s.lower(end) {
        "to" if !opens.is_some_and(splits) => {
            let next = end + 1;
            Some(if s.is_hyphen(next) || s.lower(next) == "-" {
                next + 1
            } else {
                next
            })
        }
        "and" if opens.is_some_and(|k| s.lower(k) == "between") => Some(end + 1),
        "or" => Some(end + 1),
        _ => None,
    }
}

/// True if a verb of change stands before `from` or `by`: "fell from 34,000 to 11,000" is two figures.
fn changes(s: &Lexemes<'_>, from: usize) -> bool {
    let near = (1..=4)
        .filter_map(|k| from.checked_sub(k))
        .any(|k| super::change::direction(s.lower(k)).is_some());
    // "Will raise its monthly payment to the families from 420 to 560".
    let governs = || {
        let verb = s
            .token(from)?
            .ancestors()
            .take(MAX_CLIMB)
            .find(|t| t.pos() == "VERB")?;
        super::change::direction(verb.lemma())
    };
    near || governs().is_some()
}

/// Words between "from" and the verb that it belongs to.
const MAX_CLIMB: usize = 6;

/// The scale that only the second number of a range has, if the first needs it.
fn lent_scale(s: &Lexemes<'_>, first: &Spotted, second: &Spotted) -> Option<Decimal> {
    let scale_at = |f: &Spotted| {
        let last = f.end.checked_sub(1)?;
        numeral::scale(s.lower(last)).or(match s.lower(last) {
            "bn" => Some(Decimal::from(1_000_000_000)),
            "m" | "mn" if f.money.is_some() => Some(Decimal::from(1_000_000)),
            "k" => Some(Decimal::from(1_000)),
            _ => None,
        })
    };
    let scale = scale_at(second)?;
    scale_at(first).is_none().then_some(scale)
}

/// `half of`, `two-thirds`, `a quarter of`, `one in three`, `1/16`, `one out of three`.
fn share(s: &Lexemes<'_>, i: usize) -> Option<Spotted> {
    let spotted = |value, end| {
        Some(Spotted {
            start: i,
            end,
            amount: Amount::One(value),
            money: None,
            digits: s.kind(i) == Some(LexKind::Digits),
            share: true,
            unit: None,
        })
    };
    if let Some((value, end)) = numeral::fraction(s, i) {
        let free = !s.is_glued(i) || i > 0 && s.is(i - 1, &["(", "\"", "$"]);
        // "2 1/2" is read as one number, "9/11" is a day.
        return free.then(|| spotted(value, end)).flatten();
    }
    if let Some(parts) = half_like(s, i) {
        return spotted(parts.0, parts.1);
    }
    let n = numeral::numeral(s, i)?;
    let at = s
        .phrase(n.end, &["out", "of"])
        .or_else(|| s.phrase(n.end, &["in"]))?;
    let at = s.skip(at, "every");
    let m =
        numeral::numeral(s, at).filter(|m| m.value > n.value && m.value <= Decimal::ONE_HUNDRED)?;
    let spoken =
        n.digits == m.digits && (s.lower(n.end) == "out" || n.value == Decimal::ONE && !n.digits);
    spoken.then(|| spotted(n.value / m.value, m.end)).flatten()
}

/// A fraction in words: its value and the position after it.
fn half_like(s: &Lexemes<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (over, at) = match s.lower(i) {
        "half" => {
            let known = s.is(i + 1, &["of", "the", "a", "its", "their", "his", "her"]);
            let of_time = unit::is_time_unit(s.lower(i + 2))
                || s.is(i + 2, &["dozen", "mile", "decade", "century"]);
            let in_order = i > 0 && s.is(i - 1, &["first", "second", "last", "other"]);
            let share = known && !of_time && !in_order;
            return share.then_some((Decimal::new(5, 1), i + 1));
        }
        "a" | "one" => (1, s.skip_hyphen(i + 1)),
        _ => {
            let n = numeral::small(s.lower(i)).filter(|n| *n < Decimal::TEN)?;
            (i64::try_from(n).ok()?, s.skip_hyphen(i + 1))
        }
    };
    let under = match s.lower(at) {
        "third" | "thirds" => 3,
        "quarter" | "quarters" | "fourth" | "fourths" => 4,
        "fifth" | "fifths" => 5,
        "sixth" | "sixths" => 6,
        "eighth" | "eighths" => 8,
        "tenth" | "tenths" => 10,
        _ => return None,
    };
    let plural = s.lower(at).ends_with('s');
    // "a third time" is an ordinal, "a third of them" a share.
    let shared = plural && over > 1
        || !plural && over == 1 && (s.lower(at + 1) == "of" || s.is_hyphen(i + 1));
    shared.then(|| (Decimal::from(over) / Decimal::from(under), at + 1))
}

/// A plural number word of the packs (`dozens`, `tens of thousands`), or one made of two (`tens of millions`).
fn vague(s: &Lexemes<'_>, i: usize, plurals: &VagueWords<'_>) -> Option<Spotted> {
    let listed = plurals.at(s, i);
    let (low, end) = listed.chain(tens_of(s, i)).max_by_key(|(_, end)| *end)?;
    Some(Spotted {
        start: i,
        end,
        amount: Amount::Vague(low),
        money: unit::money_before(s, i).map(|(code, _)| code),
        digits: false,
        share: false,
        unit: None,
    })
}

/// `tens of millions`, `hundreds of billions`: what the packs do not list one by one.
fn tens_of(s: &Lexemes<'_>, i: usize) -> Option<(Decimal, usize)> {
    let first = match s.lower(i) {
        "tens" => 20,
        "hundreds" => 200,
        "thousands" => 2_000,
        _ => return None,
    };
    let of = s.phrase(i + 1, &["of"])?;
    let scale = numeral::scale(s.lower(of).strip_suffix('s')?)?;
    Some((scale.checked_mul(Decimal::from(first))?, of + 1))
}
