//! Lengths of time, and the times that lie such a length away.

use verbale_core::{Decimal, TimexMod};

use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    times::{
        calendar::Unit,
        expr::{Base, Expr, Length, Meaning},
        words,
    },
};

/// `two weeks`, `10-year`, `several days`, `two weeks ago`, `a year later`, `the first nine months`.
pub(super) fn length(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let the = s.skip(i, "the");
    if the > i {
        let at = if s.is(
            the,
            &[
                "first", "latest", "final", "full", "early", "opening", "closing",
            ],
        ) {
            the + 1
        } else {
            the
        };
        return counted(s, at).filter(|e| {
            matches!(e.meaning, Meaning::Length(_)) && (at > the || plural_before(s, e.end))
        });
    }
    let found = counted(s, i).or_else(|| bare_plural(s, i))?;
    Some(found)
}

fn plural_before(s: &Lexemes<'_>, end: usize) -> bool {
    end.checked_sub(1)
        .and_then(|p| words::unit(s.lower(p)))
        .is_some_and(|(_, plural)| plural)
}

/// A number of units with what follows.
pub(super) fn counted(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (amount, at, modifier) = amount(s, i)?;
    let at = skip_between(s, at);
    let hyphen = s.skip_hyphen(at);
    let (unit, plural) =
        words::unit(s.lower(hyphen)).or_else(|| words::short_unit(s.lower(hyphen)))?;
    if unit == Unit::Second && !plural && hyphen == at {
        // "a second" and "one second" are often ordinals.
        return None;
    }
    // "a year-earlier loss" compares.
    let compares = s.is_hyphen(hyphen + 1) && s.is(hyphen + 2, &["earlier", "ago"]);
    if is_rate(s, i, hyphen) || compares {
        return None;
    }
    if !fits(s, i, unit, plural, hyphen > at) || is_age(s, hyphen + 1) {
        return None;
    }
    // "three-quarters of", "more than a quarter": shares.
    if unit == Unit::Quarter && (hyphen > at || !plural || s.lower(hyphen + 1) == "of") {
        return None;
    }
    let (amount, end) = and_half(s, amount, hyphen + 1);
    let length = Length { amount, unit };
    let (modifier, end) = trailing(s, end, modifier);
    if let Some(found) = distance(s, length, end, hyphen > at) {
        return Some(Expr { modifier, ..found });
    }
    Some(Expr {
        end,
        meaning: Meaning::Length(length),
        modifier,
    })
}

/// `two flights a week`, `$500 million a year`: the period of a rate belongs to the quantity.
fn is_rate(s: &Lexemes<'_>, i: usize, unit: usize) -> bool {
    if !s.is(i, &["a", "an"]) || unit != i + 1 {
        return false;
    }
    let ends = !s.is(
        unit + 1,
        &["ago", "earlier", "later", "before", "after", "from"],
    );
    let amount = i > 0
        && (s.is(i - 1, &["times", "hours", "days", "%", "percent"])
            || s.kind(i - 1) == Some(LexKind::Digits)
            || numeral::scale(s.lower(i - 1)).is_some());
    if amount && ends {
        return true;
    }
    let Some(token) = s.token(unit) else {
        return false;
    };
    let head = token.head();
    let counted = head.tag() == "CD"
        || matches!(head.text(), "$" | "%")
        || head
            .children()
            .any(|c| c.dep() == "nummod" && c.i() < head.i());
    token.dep() == "npadvmod" && head.i() < token.i() && head.pos() != "VERB" && counted && ends
}

/// `6-year-old`, `52 years old`, `three years of age`: how old somebody is tells no time.
fn is_age(s: &Lexemes<'_>, i: usize) -> bool {
    s.lower(s.skip_hyphen(i)) == "old" || s.phrase(i, &["of", "age"]).is_some()
}

/// True if number and unit go together: "a second", "a weekend" and "a two-years" are no lengths.
fn fits(s: &Lexemes<'_>, i: usize, unit: Unit, plural: bool, hyphen: bool) -> bool {
    let article = s.is(i, &["a", "an"]);
    !(article && (matches!(unit, Unit::Second | Unit::Weekend) || hyphen && plural))
}

/// The number of units: digits, words, `a`, `several`, `a couple of`, `half a`.
fn amount(s: &Lexemes<'_>, i: usize) -> Option<(Option<Decimal>, usize, Option<TimexMod>)> {
    if let Some(n) = numeral::numeral(s, i) {
        let glued_before = s.is_glued(i)
            && i > 0
            && !s.is(
                i - 1,
                &["(", "\"", "“", "'", "‘", "`", "—", "–", "-", "/", "["],
            );
        return (!glued_before).then(|| upper_of_range(s, n));
    }
    if let Some((part, end)) = numeral::fraction(s, i) {
        return Some((Some(part), end, None));
    }
    let one = Some(Decimal::ONE);
    let couple = |end| Some((Some(Decimal::TWO), end, Some(TimexMod::Approx)));
    match s.lower(i) {
        "a" | "an" => match s.lower(i + 1) {
            "couple" => couple(s.skip(i + 2, "of")),
            "few" | "number" => Some((None, s.skip(i + 2, "of"), None)),
            "half" => Some((Some(Decimal::new(5, 1)), s.skip_hyphen(i + 2), None)),
            "full" | "whole" | "mere" | "good" | "single" => Some((one, i + 2, None)),
            "further" | "additional" => Some((one, i + 2, None)),
            _ => Some((one, i + 1, None)),
        },
        "couple" if i > 0 => couple(s.skip(i + 1, "of")),
        "half" => {
            let at = s.skip_hyphen(s.skip(i + 1, "of"));
            let end = if s.is(at, &["a", "an"]) { at + 1 } else { at };
            (end > i + 1).then_some((Some(Decimal::new(5, 1)), end, None))
        }
        "several" | "many" | "few" | "some" => Some((None, i + 1, None)),
        "another" => Some((one, i + 1, None)).map(|one| match numeral::numeral(s, i + 1) {
            Some(n) => (Some(n.value), n.end, None),
            None => one,
        }),
        "dozens" | "hundreds" | "thousands" | "scores" => {
            Some((None, s.phrase(i + 1, &["of"])?, None))
        }
        _ => None,
    }
}

/// `two to three weeks`, `12 to 18 months`, `three or four days`: the first number, with a modifier.
fn upper_of_range(
    s: &Lexemes<'_>,
    n: numeral::Numeral,
) -> (Option<Decimal>, usize, Option<TimexMod>) {
    let mut at = s.skip_hyphen(n.end);
    let dashed = at > n.end;
    if s.is(n.end, &["to", "or"]) {
        at = n.end + 1;
    }
    if at > n.end
        && let Some(upper) =
            numeral::numeral(s, at).filter(|u| u.value > n.value && (!dashed || u.digits))
    {
        return (Some(n.value), upper.end, Some(TimexMod::EqualOrMore));
    }
    (Some(n.value), n.end, None)
}

/// The position after a word between number and unit: `two more weeks`, `eight trading days`.
fn skip_between(s: &Lexemes<'_>, i: usize) -> usize {
    let between = s.is(
        i,
        &[
            "more",
            "additional",
            "trading",
            "business",
            "working",
            "consecutive",
            "straight",
            "full",
            "calendar",
            "fiscal",
            "long",
            "short",
            "other",
            "extra",
            "successive",
            "further",
            "brief",
        ],
    );
    if between { i + 1 } else { i }
}

/// `a year and a half`.
fn and_half(s: &Lexemes<'_>, amount: Option<Decimal>, end: usize) -> (Option<Decimal>, usize) {
    match (amount, s.phrase(end, &["and", "a", "half"])) {
        (Some(n), Some(after)) => (n.checked_add(Decimal::new(5, 1)), after),
        _ => (amount, end),
    }
}

/// `or so`, `or more`, `or less`, `old`.
fn trailing(s: &Lexemes<'_>, end: usize, modifier: Option<TimexMod>) -> (Option<TimexMod>, usize) {
    if s.lower(end) == "or" {
        let found = match s.lower(end + 1) {
            "so" | "two" => Some(TimexMod::Approx),
            "more" | "longer" => Some(TimexMod::EqualOrMore),
            "less" | "fewer" => Some(TimexMod::EqualOrLess),
            _ => None,
        };
        if let Some(m) = found {
            return (Some(m), end + 2);
        }
    }
    (modifier, end)
}

/// `two weeks ago`, `a week later`, `three days after`, `five years from now`.
fn distance(s: &Lexemes<'_>, length: Length, end: usize, hyphen: bool) -> Option<Expr> {
    let (ahead, base, end) = match s.lower(end) {
        "ago" => (false, Base::Published, end + 1),
        "earlier" | "previously" | "beforehand" => (false, Base::Text, end + 1),
        "later" | "afterward" | "afterwards" | "thereafter" | "hence" => {
            (true, Base::Text, end + 1)
        }
        "from" if s.lower(end + 1) == "now" => (true, Base::Published, end + 2),
        "from" if s.lower(end + 1) == "today" => (true, Base::Published, end + 2),
        // "a week before" ends its clause; "a week before the vote" counts from something without a date.
        "before" | "after" if closes(s, end + 1) => (s.lower(end) == "after", Base::Text, end + 1),
        _ => return None,
    };
    (!hyphen).then_some(Expr::plain(
        end,
        Meaning::Distance {
            length,
            ahead,
            base,
        },
    ))
}

/// True if the words of a time end here: a mark follows, or nothing.
pub(super) fn closes(s: &Lexemes<'_>, i: usize) -> bool {
    s.at(i).is_none() || s.is(i, &[".", ",", ";", ":", ")", "”", "\"", "?", "!"])
}

/// Plural units by themselves: `years`, `for weeks`, `decades`.
fn bare_plural(s: &Lexemes<'_>, i: usize) -> Option<Expr> {
    let (unit, plural) = words::unit(s.lower(i))?;
    if !plural || unit < Unit::Hour || matches!(unit, Unit::Weekend) {
        return None;
    }
    // Counted and otherwise described plurals are read elsewhere or not at all.
    let free = i == 0
        || !s.is_glued(i)
            && s.kind(i - 1) != Some(LexKind::Possessive)
            && s.kind(i - 1) != Some(LexKind::Digits)
            && s.is(
                i - 1,
                &[
                    "for", "in", "over", "of", "within", "after", "took", "take", "takes", "by",
                    "only", "just", "lasted", "spent", "or", "and", "with", ",", "until", "about",
                    "been",
                ],
            );
    free.then(|| {
        let length = Length { amount: None, unit };
        let other = s.is(i + 1, &["or", "and"])
            && words::unit(s.lower(i + 2)).is_some_and(|(_, plural)| plural);
        let end = if other { i + 3 } else { i + 1 };
        distance(s, length, end, false).unwrap_or(Expr::plain(end, Meaning::Length(length)))
    })
}
