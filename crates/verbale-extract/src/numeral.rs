//! Numbers in words, digits and mixtures of both: `11.5 thousand`, `twenty-four`, `2 1/2`, `a dozen`.

use verbale_core::Decimal;

use crate::lex::{LexKind, Lexemes};

/// A number read from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// The number.
    pub(crate) value: Decimal,
    /// The position after its last lexeme.
    pub(crate) end: usize,
    /// True if it is written with at least one digit.
    pub(crate) digits: bool,
}

/// Reads the longest number at `i`. The articles `a` and `an` count only before `dozen`, `hundred` and above.
pub(crate) fn numeral(s: &Lexemes<'_>, i: usize) -> Option<Numeral> {
    if let Some(part) = part_of_scale(s, i) {
        return Some(part);
    }
    let mut n = match s.kind(i)? {
        LexKind::Digits => digits(s, i)?,
        LexKind::Word => words(s, i)?,
        _ => return None,
    };
    if let Some((half, end)) = and_fraction(s, n) {
        n.value = n.value.checked_add(half)?;
        n.end = end;
    }
    // "11.5 thousand", "15-hundred", "4 hundred million".
    while n.digits {
        let at = s.skip_hyphen(n.end);
        let Some(scale) = scale(s.lower(at)) else {
            break;
        };
        let Some(value) = n.value.checked_mul(scale) else {
            break;
        };
        n = Numeral {
            value,
            end: at + 1,
            ..n
        };
        // "67-thousand-300": what follows a scale adds to it if it is smaller.
        let rest = s.skip_hyphen(n.end);
        if rest > n.end
            && let Some(add) = digits(s, rest).filter(|a| a.value < scale)
        {
            n.value = n.value.checked_add(add.value)?;
            n.end = add.end;
        }
    }
    Some(n)
}

/// `half a million`, `half million`, `a quarter of a million`.
fn part_of_scale(s: &Lexemes<'_>, i: usize) -> Option<Numeral> {
    let at = s.skip(i, "a");
    let part = match s.lower(at) {
        "half" => Decimal::new(5, 1),
        "quarter" => Decimal::new(25, 2),
        _ => return None,
    };
    let scale_at = s.skip(s.skip(at + 1, "of"), "a");
    let value = scale(s.lower(scale_at)).filter(|by| *by > Decimal::ONE_HUNDRED)?;
    Some(Numeral {
        value: value.checked_mul(part)?,
        end: scale_at + 1,
        digits: false,
    })
}

/// `and a half`, `and a quarter`, `1/2`, `½` after a whole number.
fn and_fraction(s: &Lexemes<'_>, n: Numeral) -> Option<(Decimal, usize)> {
    if let Some(at) = s.phrase(n.end, &["and", "a"]) {
        let part = match s.lower(at) {
            "half" => Decimal::new(5, 1),
            "quarter" => Decimal::new(25, 2),
            _ => return None,
        };
        return Some((part, at + 1));
    }
    if n.digits && n.value.is_integer() {
        let at = s.skip_hyphen(n.end);
        return fraction(s, at).filter(|(part, _)| *part < Decimal::ONE);
    }
    None
}

/// What fractions in digits are of; others are dates ("9/11") and scores.
const UNDERS: &[u32] = &[2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100, 128];

/// A fraction in digits: `1/2`, `3/4`, `1⁄32`, `½`.
pub(crate) fn fraction(s: &Lexemes<'_>, i: usize) -> Option<(Decimal, usize)> {
    let sign = match s.lower(i) {
        "½" => Some((1, 2)),
        "¼" => Some((1, 4)),
        "¾" => Some((3, 4)),
        "⅓" => Some((1, 3)),
        "⅔" => Some((2, 3)),
        "⅛" => Some((1, 8)),
        _ => None,
    };
    if let Some((over, under)) = sign {
        return Some((Decimal::new(over, 0) / Decimal::new(under, 0), i + 1));
    }
    let over = s.digits(i).filter(|_| s.n_digits(i) <= 3)?;
    let under = s
        .digits(i + 2)
        .filter(|&u| u > over && UNDERS.contains(&u))?;
    let slash = s.is(i + 1, &["/", "⁄"]) && s.is_glued(i + 1) && s.is_glued(i + 2);
    let ends = !(s.is(i + 3, &["/", "⁄"]) && s.is_glued(i + 3));
    (slash && ends).then(|| (Decimal::from(over) / Decimal::from(under), i + 3))
}

/// Digits with groups of three and decimals: `1,000`, `13 221` with a no-break blank, `0.6`, `.5`.
fn digits(s: &Lexemes<'_>, i: usize) -> Option<Numeral> {
    let first = s.n_digits(i);
    let mut number = s.text(i).to_owned();
    let mut end = i + 1;
    if (1..=3).contains(&first) {
        while s.is(end, &[",", "'"])
            && s.is_glued(end)
            && s.is_glued(end + 1)
            && s.n_digits(end + 1) == 3
        {
            number.push_str(s.text(end + 1));
            end += 2;
        }
        // Careless typesetting: "10, 000".
        while s.lower(end) == "," && s.is_glued(end) && s.text(end + 1) == "000" {
            number.push_str("000");
            end += 2;
        }
        while s.n_digits(end) == 3 && blank_group(s, end) {
            number.push_str(s.text(end));
            end += 1;
        }
    }
    if s.lower(end) == "." && s.is_glued(end) && s.is_glued(end + 1) && s.n_digits(end + 1) > 0 {
        number.push('.');
        number.push_str(s.text(end + 1));
        end += 2;
    }
    if number.len() > 25 {
        return None;
    }
    Some(Numeral {
        value: number.parse().ok()?,
        end,
        digits: true,
    })
}

/// True if the digits at `i` follow others after a thin or no-break blank.
fn blank_group(s: &Lexemes<'_>, i: usize) -> bool {
    let (Some(a), Some(b)) = (i.checked_sub(1).and_then(|p| s.at(p)), s.at(i)) else {
        return false;
    };
    let between = &s.doc().text()[a.end..b.start];
    a.kind == LexKind::Digits && matches!(between, "\u{a0}" | "\u{202f}" | "\u{2009}")
}

/// A number in words: `twenty-four`, `a hundred thirty`, `one million two hundred`.
fn words(s: &Lexemes<'_>, i: usize) -> Option<Numeral> {
    let mut at = i;
    let mut total = Decimal::ZERO;
    let mut group = None::<Decimal>;
    if s.is(i, &["a", "an"]) {
        scale(s.lower(i + 1)).or(dozen(s.lower(i + 1)))?;
        group = Some(Decimal::ONE);
        at = i + 1;
    }
    let mut last = Decimal::MAX;
    loop {
        let from = if group.is_some() || !total.is_zero() {
            joined(s, at)
        } else {
            at
        };
        let word = s.lower(from);
        if let Some(n) = small(word) {
            // "twenty four" adds up; "nineteen ninety" and "two three" do not.
            if last < Decimal::ONE_HUNDRED && !(last >= Decimal::from(20) && n < Decimal::TEN) {
                break;
            }
            group = Some(group.unwrap_or_default() + n);
            last = n;
        } else if let Some(by) = scale(word).or(dozen(word)) {
            let Some(g) = group.take() else { break };
            let product = g.checked_mul(by)?;
            if by == Decimal::ONE_HUNDRED {
                group = Some(product);
            } else {
                total = total.checked_add(product)?;
            }
            last = by;
        } else {
            break;
        }
        at = from + 1;
    }
    (at > i && !(at == i + 1 && s.is(i, &["a", "an"]))).then(|| Numeral {
        value: total.saturating_add(group.unwrap_or_default()),
        end: at,
        digits: false,
    })
}

/// The next number word after a hyphen or an `and`.
fn joined(s: &Lexemes<'_>, at: usize) -> usize {
    let hyphen = s.skip_hyphen(at);
    if hyphen > at {
        return hyphen;
    }
    let after = s.skip(at, "and");
    let is_hundred = at
        .checked_sub(1)
        .is_some_and(|p| scale(s.lower(p)).is_some());
    if after > at && is_hundred && small(s.lower(after)).is_some() {
        after
    } else {
        at
    }
}

/// `zero` to `ninety`.
pub(crate) fn small(word: &str) -> Option<Decimal> {
    let n = match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    };
    Some(Decimal::from(n))
}

/// `hundred`, `thousand`, `million`, … and their short forms after digits.
pub(crate) fn scale(word: &str) -> Option<Decimal> {
    let n: i64 = match word {
        "hundred" => 100,
        "thousand" => 1_000,
        "lakh" => 100_000,
        "million" => 1_000_000,
        "crore" => 10_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    };
    Some(Decimal::from(n))
}

fn dozen(word: &str) -> Option<Decimal> {
    (word == "dozen").then(|| Decimal::from(12))
}

/// The number of an ordinal: `third`, `3rd`, `twenty-first`; and the position after it.
pub(crate) fn ordinal(s: &Lexemes<'_>, i: usize) -> Option<(u32, usize)> {
    if let Some(n) = s.digits(i) {
        let suffix = s.is(i + 1, &["st", "nd", "rd", "th", "d"]) && s.is_glued(i + 1);
        return suffix.then_some((n, i + 2));
    }
    if let Some(n) = ordinal_word(s.lower(i)) {
        return Some((n, i + 1));
    }
    let tens = small(s.lower(i)).filter(|t| *t >= Decimal::from(20))?;
    let at = s.skip_hyphen(i + 1);
    let ones = ordinal_word(s.lower(at)).filter(|&n| n < 10)?;
    Some((u32::try_from(tens).ok()? + ones, at + 1))
}

fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use verbale_nlp::Doc;

    use super::*;

    fn check(text: &str, expected: &str) {
        let doc = Doc::from_parts(text, Vec::new());
        let s = Lexemes::new(&doc);
        let n = numeral(&s, 0).unwrap_or_else(|| panic!("no number in {text}"));
        let found = format!("{} {}", n.value.normalize(), &text[..s.range(0, n.end).end]);
        assert_eq!(found, expected);
    }

    #[test]
    fn reads_digits() {
        check("1,483,060 cases", "1483060 1,483,060");
        check("13\u{a0}221 people", "13221 13\u{a0}221");
        check("11.5 thousand", "11500 11.5 thousand");
        check("15-hundred", "1500 15-hundred");
        check("67-thousand-300", "67300 67-thousand-300");
        check("2 1/2 years", "2.5 2 1/2");
        check("4 hundred million people", "400000000 4 hundred million");
        check("1.72 million", "1720000 1.72 million");
        check("500, 600", "500 500");
    }

    #[test]
    fn reads_words() {
        check("twenty-four hours", "24 twenty-four");
        check(
            "a hundred thirty million",
            "130000000 a hundred thirty million",
        );
        check("two and a half years", "2.5 two and a half");
        check("a dozen countries", "12 a dozen");
        check(
            "one thousand two hundred and five",
            "1205 one thousand two hundred and five",
        );
        check("half a million people", "500000 half a million");
        check("two three", "2 two");
        check("nineteen ninety", "19 nineteen");
    }

    #[test]
    fn an_article_alone_is_no_number() {
        let doc = Doc::from_parts("a country", Vec::new());
        assert_eq!(numeral(&Lexemes::new(&doc), 0), None);
    }

    #[test]
    fn reads_ordinals() {
        let check = |text: &str, expected| {
            let doc = Doc::from_parts(text, Vec::new());
            assert_eq!(
                ordinal(&Lexemes::new(&doc), 0).map(|(n, _)| n),
                expected,
                "{text}"
            );
        };
        check("twenty-first", Some(21));
        check("72d anniversary", Some(72));
        check("third", Some(3));
        check("3 rd", None);
    }
}
