//! Calendar dates in short strings: date lines, bylines, attributes, addresses.
//!
//! Not here: time expressions in running text ("last Thursday"), which `verbale-extract` reads.
//! Nothing is guessed: a date without a year is no date here, and a date that no calendar has is none.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use verbale_core::PartialDate;

/// Which part comes first where both orders make a date (`03/04/2020`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// 3 April, as nearly everywhere.
    DayFirst,
    /// March 4, as in the United States.
    MonthFirst,
}

/// A full date and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundDate {
    /// Bytes of the string that was searched.
    pub(crate) range: Range<usize>,
    /// Year, month and day.
    pub(crate) date: PartialDate,
}

/// Strings longer than this are searched only up to it: no date line is longer.
const SEARCH_BYTES: usize = 4096;

static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    include_str!("../data/months.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(' '))
        .filter_map(|(n, names)| Some((n.parse().ok()?, names)))
        .flat_map(|(n, names): (i8, _)| names.split(' ').map(move |name| (name, n)))
        .collect()
});

/// The number of a month from its name in lower case, in any of the languages of `data/months.txt`.
pub(crate) fn month(name: &str) -> Option<i8> {
    MONTHS.get(name).copied()
}

/// All full dates in `text`, from left to right, without overlaps.
pub(crate) fn find(text: &str, order: Order) -> Vec<FoundDate> {
    // No full date goes without digits, and most lines have none.
    let searched = &text.as_bytes()[..text.len().min(SEARCH_BYTES)];
    if !searched.iter().any(u8::is_ascii_digit) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match match_at(&tokens[i..], order) {
            Some((len, date)) => {
                found.push(FoundDate {
                    range: tokens[i].range.start..tokens[i + len - 1].range.end,
                    date,
                });
                i += len;
            }
            None => i += 1,
        }
    }
    found
}

/// The first full date in `text`.
pub(crate) fn first(text: &str, order: Order) -> Option<PartialDate> {
    find(text, order).first().map(|f| f.date)
}

/// A date written as eight digits (`20200124`), as addresses and some attributes have it.
pub(crate) fn compact(digits: &str) -> Option<PartialDate> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    full(
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..].parse().ok()?,
    )
}

/// The date in an address's path: `/2020/01/24/`, `/2020-01-24-`, `/2020/jan/24/`, `20200124`.
pub(crate) fn in_address(address: &str) -> Option<PartialDate> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let by_three = parts.windows(3).find_map(|w| {
        let year = (w[0].len() == 4).then(|| w[0].parse().ok()).flatten()?;
        let month_number = month(&w[1].to_lowercase())
            .or_else(|| (w[1].len() <= 2).then(|| w[1].parse().ok()).flatten())?;
        let day = (w[2].len() <= 2).then(|| w[2].parse().ok()).flatten()?;
        full(year, month_number, day)
    });
    by_three.or_else(|| parts.iter().find_map(|p| compact(p)))
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// A number with its count of digits.
    Number(i32, usize),
    /// A month's name.
    Month(i8),
    /// A small word that may stand inside a date: of, de, del, the, ordinal endings.
    Glue,
    /// Another word.
    Word,
    /// 年, 년, 月, 월, 日, 일.
    Cjk(char),
    /// A character that is neither letter, digit nor blank.
    Mark(char),
}

#[derive(Debug, Clone)]
struct Tok {
    kind: Kind,
    range: Range<usize>,
    /// Whether blanks stand before it.
    spaced: bool,
}

fn tokens(text: &str) -> Vec<Tok> {
    let mut out: Vec<Tok> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut spaced = false;
    while let Some((start, c)) = chars.next() {
        if start >= SEARCH_BYTES {
            break;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut hour_behind = None;
        let mut end = start + c.len_utf8();
        let mut run = |test: fn(char) -> bool| {
            while let Some(&(i, d)) = chars.peek() {
                if !test(d) {
                    break;
                }
                end = i + d.len_utf8();
                chars.next();
            }
        };
        let kind = if c.is_ascii_digit() {
            run(|d| d.is_ascii_digit());
            // "3 May 203120:34": the hour right behind the year, where blanks were lost.
            let (year, hour) = text[start..end].split_at((end - start).min(4));
            let is_year = year.starts_with("19") || year.starts_with("20");
            if is_year && matches!(hour.len(), 1 | 2) && text[end..].starts_with(':') {
                end = start + year.len();
                hour_behind = Some(end..end + hour.len());
            }
            let word = &text[start..end];
            Kind::Number(word.parse().unwrap_or(-1), word.len())
        } else if matches!(c, '年' | '년' | '月' | '월' | '日' | '일') {
            Kind::Cjk(c)
        } else if c.is_alphabetic() {
            run(|d| d.is_alphabetic() && !matches!(d, '年' | '년' | '月' | '월' | '日' | '일'));
            word_kind(&text[start..end])
        } else {
            Kind::Mark(c)
        };
        out.push(Tok {
            kind,
            range: start..end,
            spaced,
        });
        out.extend(hour_behind.map(|range: Range<usize>| Tok {
            kind: Kind::Number(text[range.clone()].parse().unwrap_or(-1), range.len()),
            range,
            spaced: false,
        }));
        spaced = false;
    }
    out
}

fn word_kind(word: &str) -> Kind {
    let lower = word.to_lowercase();
    match month(&lower) {
        Some(n) => Kind::Month(n),
        None if matches!(
            lower.as_str(),
            "of" | "de" | "del" | "di" | "the" | "st" | "nd" | "rd" | "th" | "er" | "den"
        ) =>
        {
            Kind::Glue
        }
        None => Kind::Word,
    }
}

/// The date that starts at the first token and how many tokens it takes.
fn match_at(t: &[Tok], order: Order) -> Option<(usize, PartialDate)> {
    match t.first()?.kind {
        Kind::Number(n, 4) => year_first(t, n),
        Kind::Number(n, 1 | 2) => day_name(t, n).or_else(|| numeric(t, n, order)),
        Kind::Month(m) => month_first(t, m),
        _ => None,
    }
}

/// `2020-01-24`, `2020/1/24`, `2020.01.24`, `2020年1月24日`, `2020 January 24`.
fn year_first(t: &[Tok], year: i32) -> Option<(usize, PartialDate)> {
    let kind = |i: usize| t.get(i).map(|t| &t.kind);
    if let (
        Some(Kind::Cjk(_)),
        Some(&Kind::Number(m, _)),
        Some(Kind::Cjk(_)),
        Some(&Kind::Number(d, _)),
    ) = (kind(1), kind(2), kind(3), kind(4))
    {
        let len = if matches!(kind(5), Some(Kind::Cjk(_))) {
            6
        } else {
            5
        };
        return Some((len, full(year, m as i8, i8::try_from(d).ok()?)?));
    }
    if let (
        Some(&Kind::Mark(a)),
        Some(&Kind::Number(m, 1 | 2)),
        Some(&Kind::Mark(b)),
        Some(&Kind::Number(d, 1 | 2)),
    ) = (kind(1), kind(2), kind(3), kind(4))
        && a == b
        && matches!(a, '-' | '/' | '.')
    {
        return Some((5, full(year, m as i8, d as i8)?));
    }
    let mut i = 1;
    skip(t, &mut i, |k| matches!(k, Kind::Mark(',')));
    let &Kind::Month(m) = kind(i)? else {
        return None;
    };
    let &Kind::Number(d, 1 | 2) = kind(i + 1)? else {
        return None;
    };
    Some((i + 2, full(year, m, d as i8)?))
}

/// `24 January 2020`, `24th of January, 2020`, `24. Januar 2020`, `24-Jan-2020`, `24 de enero de 2020`.
fn day_name(t: &[Tok], day: i32) -> Option<(usize, PartialDate)> {
    let kind = |i: usize| t.get(i).map(|t| &t.kind);
    let mut i = 1;
    skip(t, &mut i, |k| {
        matches!(k, Kind::Glue | Kind::Mark('.' | '-' | 'º' | '°' | '/'))
    });
    let &Kind::Month(m) = kind(i)? else {
        return None;
    };
    i += 1;
    skip(t, &mut i, |k| {
        matches!(k, Kind::Glue | Kind::Mark('.' | ',' | '-' | '/'))
    });
    let &Kind::Number(y, 4) = kind(i)? else {
        return None;
    };
    Some((i + 1, full(y, m, day as i8)?))
}

/// `January 24, 2020`, `Jan. 24th 2020`.
fn month_first(t: &[Tok], month: i8) -> Option<(usize, PartialDate)> {
    let kind = |i: usize| t.get(i).map(|t| &t.kind);
    let mut i = 1;
    skip(t, &mut i, |k| {
        matches!(k, Kind::Glue | Kind::Mark('.' | '-' | '/'))
    });
    let &Kind::Number(d, 1 | 2) = kind(i)? else {
        return None;
    };
    i += 1;
    skip(t, &mut i, |k| {
        matches!(k, Kind::Glue | Kind::Mark('.' | ',' | '-' | '/'))
    });
    let &Kind::Number(y, 4) = kind(i)? else {
        return None;
    };
    Some((i + 1, full(y, month, d as i8)?))
}

/// `24.01.2020`, `24/1/2020`, `1/24/2020`, `24.01.20`.
fn numeric(t: &[Tok], first: i32, order: Order) -> Option<(usize, PartialDate)> {
    let kind = |i: usize| t.get(i).map(|t| &t.kind);
    let (
        Some(&Kind::Mark(a)),
        Some(&Kind::Number(second, 1 | 2)),
        Some(&Kind::Mark(b)),
        Some(&Kind::Number(y, digits)),
    ) = (kind(1), kind(2), kind(3), kind(4))
    else {
        return None;
    };
    // A version number or a sum goes on after its third part; a date does not.
    let goes_on = matches!(kind(5), Some(&Kind::Mark(c)) if c == a && !t[5].spaced)
        && matches!(kind(6), Some(Kind::Number(..)));
    if a != b || !matches!(a, '.' | '/' | '-') || goes_on {
        return None;
    }
    let year = match digits {
        4 => y,
        2 if a == '.' && !t[2].spaced && !t[4].spaced => y + 2000,
        _ => return None,
    };
    let (day, month) = match order {
        Order::MonthFirst if a == '/' => (second, first),
        _ => (first, second),
    };
    let date = full(year, month as i8, day as i8).or_else(|| full(year, day as i8, month as i8))?;
    Some((5, date))
}

fn skip(t: &[Tok], i: &mut usize, test: impl Fn(&Kind) -> bool) {
    // At most three: `24th of January` has two, `Jan. 24,` one.
    let end = *i + 3;
    while *i < end && t.get(*i).is_some_and(|t| test(&t.kind)) {
        *i += 1;
    }
}

/// Years in which pages are published; others are phone numbers, prices and typing errors.
fn full(year: i32, month: i8, day: i8) -> Option<PartialDate> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    PartialDate::new(i16::try_from(year).ok(), Some(month), Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got: Vec<_> = find(text, Order::DayFirst)
            .iter()
            .map(|f| format!("{} {}", f.date, &text[f.range.clone()]))
            .collect();
        assert_eq!(got.join("; "), expected, "{text}");
    }

    #[test]
    fn dates_in_many_languages() {
        check("January 24, 2020", "2020-01-24 January 24, 2020");
        check(
            "Published: Jan. 5th 2021 at 10:00",
            "2021-01-05 Jan. 5th 2021",
        );
        check("3 March 2019 | News", "2019-03-03 3 March 2019");
        check("am 24. Januar 2020 um 9", "2020-01-24 24. Januar 2020");
        check("le 1er février 2022", "2022-02-01 1er février 2022");
        check("3 May 203120:34", "2031-05-03 3 May 2031");
        check("24 de enero de 2020", "2020-01-24 24 de enero de 2020");
        check("24 января 2020 г.", "2020-01-24 24 января 2020");
        check("12 października 2021", "2021-10-12 12 października 2021");
        check("2020年1月24日(金)", "2020-01-24 2020年1月24日");
        check("2020년 1월 24일", "2020-01-24 2020년 1월 24일");
        check("2020-01-24T10:00:00Z", "2020-01-24 2020-01-24");
        check("on the 24th of May, 2018", "2018-05-24 24th of May, 2018");
    }

    #[test]
    fn numbers_that_are_no_dates() {
        check("version 1.2.2020.4", "");
        check("call 202 555 0123", "");
        check("31.02.2020", "");
        check("May 2020", "");
        check("24 January", "");
        check("10.1.24", "2024-01-10 10.1.24");
    }

    #[test]
    fn order_decides_only_where_both_are_dates() {
        let one = |t, o| first(t, o).map(|d| d.to_string());
        assert_eq!(
            one("3/4/2020", Order::DayFirst).as_deref(),
            Some("2020-04-03")
        );
        assert_eq!(
            one("3/4/2020", Order::MonthFirst).as_deref(),
            Some("2020-03-04")
        );
        assert_eq!(
            one("1/24/2020", Order::DayFirst).as_deref(),
            Some("2020-01-24")
        );
    }

    #[test]
    fn addresses() {
        let check = |a, expected: Option<&str>| {
            assert_eq!(
                in_address(a).map(|d| d.to_string()).as_deref(),
                expected,
                "{a}"
            );
        };
        check(
            "https://example.org/2020/01/24/title-a69028",
            Some("2020-01-24"),
        );
        check(
            "https://example.org/news/2020-01-24-title",
            Some("2020-01-24"),
        );
        check(
            "https://example.org/world/2019/jun/07/x",
            Some("2019-06-07"),
        );
        check(
            "https://example.org/a/20200124.html?d=20210101",
            Some("2020-01-24"),
        );
        check("https://example.org/20/01", None);
    }
}
