//! Numbers that count and measure nothing: labels, addresses, scores, parts of names.

use verbale_core::Decimal;

use crate::{
    lex::{LexKind, Lexemes},
    quantities::scan::{Amount, Spotted},
};

/// Words before a number that make it a label: `Resolution 2397`, `Flight 370`, `No. 5`.
const LABELS: &[&str] = &[
    "no",
    "nos",
    "number",
    "resolution",
    "resolutions",
    "article",
    "section",
    "paragraph",
    "para",
    "chapter",
    "annex",
    "appendix",
    "flight",
    "route",
    "highway",
    "interstate",
    "group",
    "level",
    "phase",
    "stage",
    "type",
    "category",
    "class",
    "model",
    "version",
    "channel",
    "room",
    "suite",
    "unit",
    "apartment",
    "apt",
    "floor",
    "page",
    "pages",
    "vol",
    "volume",
    "issue",
    "act",
    "order",
    "directive",
    "decision",
    "regulation",
    "decree",
    "ordinance",
    "protocol",
    "principle",
    "recommendation",
    "amendment",
    "clause",
    "rule",
    "law",
    "bill",
    "case",
    "game",
    "day",
    "week",
    "round",
    "season",
    "episode",
    "part",
    "grade",
    "lot",
    "gate",
    "platform",
    "line",
    "zone",
    "sector",
    "district",
    "area",
    "school",
    "figure",
    "fig",
    "table",
    "step",
    "item",
    "question",
    "boeing",
    "airbus",
    "apollo",
    "proposition",
    "title",
    "exit",
    "pier",
    "hall",
    "block",
    "site",
    "id",
    "serial",
    "code",
    "zip",
    "covid",
    "top",
    "aged",
    "age",
    "world",
    "war",
    "super",
    "bowl",
    "formula",
    "big",
    "fortune",
    "nasdaq",
    "dow",
    "ftse",
    "windows",
    "iphone",
    "galaxy",
    "pixel",
    "ps",
    "xbox",
    "mark",
    "mk",
    "sars",
];

/// Words of streets, which end an address.
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "boulevard",
    "blvd",
    "drive",
    "lane",
    "way",
    "square",
    "court",
    "place",
    "zip",
];

/// Singular nouns that take a number as their place in a row: `the 75 anniversary`.
const ORDINAL_NOUNS: &[&str] = &["anniversary", "birthday"];

/// True if the number is no quantity.
pub(super) fn is_label(s: &Lexemes<'_>, f: &Spotted) -> bool {
    if f.digits && ORDINAL_NOUNS.contains(&s.lower(f.end)) {
        return true;
    }
    let mark_before = f.start.checked_sub(1).map_or("", |p| s.lower(p));
    let glued = s.is_glued(f.start);
    if matches!(mark_before, "#" | "¶" | "§" | "№")
        || f.money.is_none() && (follows_label(s, f) || touches_letters(s, f))
    {
        return true;
    }
    // "A source known as 121102".
    let named = |i: usize| s.lower(i) == "as" && i > 0 && s.is(i - 1, &["known", "identified"]);
    if f.digits && f.start.checked_sub(1).is_some_and(named) {
        return true;
    }
    // "On 6 April.21 They": a footnote.
    let closes = |i: usize| {
        s.at(i).is_none() || s.is_capital(i) || s.token(i).is_none_or(|t| t.is_sent_start())
    };
    let is_note = glued
        && mark_before == "."
        && f.start >= 2
        && s.kind(f.start - 2) == Some(LexKind::Word)
        && f.end == f.start + 1
        && s.n_digits(f.start) <= 3
        && closes(f.end);
    if is_note {
        return true;
    }
    (glued && matches!(mark_before, ":" | "/" | "_" | "@" | "=") && f.money.is_none())
        || follows_on(s, f)
        || is_score(s, f)
        || is_address(s, f)
        || f.money.is_none()
            && (names_follow(s, f) || is_marker(s, f) || is_product(s, f) || is_year(s, f))
}

fn follows_label(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let Some(before) = f.start.checked_sub(1) else {
        return false;
    };
    let dotted = s.lower(before) == "." && s.is_glued(before);
    let hyphened = s.is_hyphen(before) || s.lower(before) == "-" && f.digits;
    let at = if dotted || hyphened {
        before.checked_sub(1)
    } else {
        Some(before)
    };
    let Some(at) = at else {
        return false;
    };
    let word = s.lower(at);
    if !LABELS.contains(&word) {
        return false;
    }
    match word {
        "no" => {
            f.digits
                && (dotted
                    || s.is_capital(at)
                        && at > 0
                        && !s.token(at).is_some_and(|t| t.is_sent_start()))
        }
        "number" | "top" | "age" | "aged" | "class" | "line" | "part" | "area" | "world"
        | "big" => f.digits && s.is_capital(at) && !matches!(word, "age" | "aged"),
        // Common nouns are labels only with a capital or before a bare number.
        _ => f.digits && (s.text(at).contains(char::is_uppercase) || !says_what(s, f)),
    }
}

/// True if a unit or a noun in the plural follows.
fn says_what(s: &Lexemes<'_>, f: &Spotted) -> bool {
    counts_something(s, f) || super::unit::unit_after(s, f.end, true).is_some()
}

/// True if a noun follows that the number may count.
fn counts_something(s: &Lexemes<'_>, f: &Spotted) -> bool {
    s.kind(f.end) == Some(LexKind::Word)
        && s.token(f.end)
            .is_some_and(|t| matches!(t.pos(), "NOUN" | "ADJ") && t.tag() != "NN")
}

/// `XC40`, `Covid-19`, `24703L202`, `PLX-R18`: letters touch the digits without being a unit.
fn touches_letters(s: &Lexemes<'_>, f: &Spotted) -> bool {
    if !f.digits {
        return false;
    }
    let before = f.start.checked_sub(1).filter(|_| s.is_glued(f.start));
    let letters = |i: usize| matches!(s.kind(i), Some(LexKind::Word));
    if before.is_some_and(letters) {
        return true;
    }
    let hyphened = before
        .filter(|&p| s.is_hyphen(p))
        .and_then(|p| p.checked_sub(1));
    if hyphened.is_some_and(|p| {
        letters(p)
            && !s.is(
                p,
                &[
                    "to", "sub", "now", "mid", "nearly", "about", "over", "under", "a", "minus",
                ],
            )
    }) {
        return true;
    }
    s.is_glued(f.end)
        && letters(f.end)
        && super::unit::unit_after(s, f.end, true).is_none()
        && !s.is(f.end, &["x", "s"])
        || letters(f.end) && s.is_glued(f.end) && s.is_glued(f.end + 1) && s.n_digits(f.end + 1) > 1
        || s.is(f.end, &["s"]) && s.is_glued(f.end)
        || s.is_glued(f.end) && s.is(f.end, &["st", "nd", "rd", "th"])
}

/// The rest of a longer code or version: `2.2.5`, `4:39`, `1-800-555`.
fn follows_on(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let digits_at = |i: usize| s.is_glued(i) && s.n_digits(i) > 0;
    let joined_after =
        s.is_glued(f.end) && s.is(f.end, &[":", ".", "/", "_"]) && digits_at(f.end + 1);
    let joined_before = s.is_glued(f.start)
        && f.start >= 2
        && s.is(f.start - 1, &[":", ".", "_"])
        && s.is_glued(f.start - 1)
        && s.n_digits(f.start - 2) > 0;
    joined_after && f.money.is_none() || joined_before
}

/// `2-0`, `89-89`: falling or equal numbers around a hyphen.
fn is_score(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let Amount::One(n) = f.amount else {
        return false;
    };
    let small = |i: usize| s.digits(i).filter(|_| s.n_digits(i) <= 3);
    let whole = f.end == f.start + 1 && n.is_integer() && f.money.is_none();
    let before = f.start >= 2 && s.is_hyphen(f.start - 1) && small(f.start - 2).is_some();
    let after = s.is_hyphen(f.end) && small(f.end + 1).is_some();
    whole && (before || after)
}

/// `575 Wilbraham Road`, `16-18 Industrial Avenue`.
fn is_address(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let capitals = (f.end..f.end + 5)
        .take_while(|&i| s.is_capital(i) || s.n_digits(i) > 0 || s.is(i, &["st", "nd", "rd", "th"]))
        .last();
    let street = capitals.is_some_and(|last| (f.end..=last).any(|i| STREETS.contains(&s.lower(i))));
    f.digits && f.money.is_none() && street
}

/// `787 Dreamliner`, `737 Max`: three digits before a name in the singular.
fn is_product(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let long = f.digits && f.end == f.start + 1 && s.n_digits(f.start) >= 3;
    long && s
        .token(f.end)
        .is_some_and(|t| t.tag() == "NNP" && s.is_capital(f.end))
        && super::unit::unit_after(s, f.end, true).is_none()
}

/// Four digits that can be a year, with nothing that they measure: `by 2120`, `between 1600 and 1900`.
fn is_year(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let year = |n: Decimal| n.is_integer() && n >= Decimal::from(1000) && n < Decimal::from(2200);
    let plain =
        f.digits && !s.is(f.end, &["%"]) && super::unit::unit_after(s, f.end, true).is_none();
    let placed = f.start > 0
        && s.is(
            f.start - 1,
            &[
                "in", "by", "since", "until", "before", "after", "from", "between", "of", "to",
                "during", "around", "circa",
            ],
        );
    match f.amount {
        Amount::One(n) => {
            plain
                && placed
                && year(n)
                && f.end == f.start + 1
                && s.n_digits(f.start) == 4
                && !counts_something(s, f)
        }
        Amount::Range(a, b) => {
            plain
                && placed
                && year(a)
                && year(b)
                && f.end == f.start + 3
                && s.n_digits(f.start) == 4
        }
        Amount::Vague(_) => false,
    }
}

/// A name goes on around the number: `iPhone 11 Pro`, `S&P 500`, `TA-25 index`.
fn names_follow(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let Some(before) = f.start.checked_sub(1).filter(|_| f.digits) else {
        return false;
    };
    let (Some(number), Some(left)) = (s.token(f.start), s.token(before)) else {
        return false;
    };
    // "At the end of September 1,794 houses": names have no thousands.
    let name = s.kind(before) == Some(LexKind::Word)
        && !s.doc().text()[s.range(f.start, f.end)].contains(',')
        && s.is_capital(before)
        && left.pos() == "PROPN"
        && !is_month_before(s, f)
        && !left.is_sent_start();
    let attached = number.i() > left.i()
        && matches!(
            number.dep(),
            "nummod" | "appos" | "npadvmod" | "compound" | "pobj" | "dep" | "nmod"
        )
        && (number.head().i() == left.i() || number.head().pos() == "PROPN");
    name && attached && super::unit::unit_after(s, f.end, true).is_none() && number.tag() == "CD"
}

/// "In the first half of November 61 ships passed": no month has so many days, and so the number is none of its name.
fn is_month_before(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let month = f.start.checked_sub(1).map(|at| s.lower(at));
    month.is_some_and(|m| MONTHS.contains(&m)) && counts_something(s, f)
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A number that starts a line and ends with a stop or bracket: a list item.
fn is_marker(s: &Lexemes<'_>, f: &Spotted) -> bool {
    let text = s.doc().text();
    let Some(lexeme) = s.at(f.start) else {
        return false;
    };
    let opens = text[..lexeme.start]
        .trim_end_matches([' ', '\t', '(', '['])
        .ends_with('\n')
        || f.start == 0;
    f.digits
        && opens
        && f.end == f.start + 1
        && s.is(f.end, &[".", ")", "]"])
        && !s.is_glued(f.end + 1)
        && s.at(f.end + 1).is_some()
}
