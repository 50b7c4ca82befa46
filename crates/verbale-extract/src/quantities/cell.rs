//! Numbers that stand alone: the cells of a table, and the measures in its headings.
//!
//! No pipeline has read them; a cell is a number if its words are one and nothing else.

use std::ops::RangeInclusive;

use verbale_core::{Decimal, Quantity};
use verbale_nlp::Doc;
use verbale_pack::Packs;

use super::hedge::{self, Hedge};
use super::scan::{self, Spotted, VagueWords};
use super::unit;
use crate::lex::Lexemes;
use crate::numeral;

/// Reads the cells of tables.
pub(crate) struct Cells<'p> {
    packs: &'p Packs,
    plurals: VagueWords<'p>,
}

/// What a heading says of the numbers below it: `thousand tonnes`, `%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    /// What each number is multiplied by.
    pub(crate) scale: Decimal,
    /// The unit's name in the ledger.
    pub(crate) unit: Option<String>,
}

impl<'p> Cells<'p> {
    pub(crate) fn new(packs: &'p Packs) -> Self {
        let plurals = VagueWords::new(packs);
        Self { packs, plurals }
    }

    /// The number that a cell is: `1,204`, `about 60`, `10–15`, `$3.2m`, `61%*`. `None` for words and for empty cells.
    pub(crate) fn number(&self, cell: &str) -> Option<Quantity> {
        let doc = Doc::from_parts(grouped(without_note(cell)), Vec::new());
        let s = Lexemes::new(&doc);
        let spotted = scan::spot(&s, &self.plurals);
        let [f] = spotted.as_slice() else {
            return None;
        };
        if !f.digits || f.share {
            return None;
        }
        let unit = self.unit(&s, f);
        let end = unit.as_ref().map_or(f.end, |(_, end)| *end);
        let before = hedge::before(&s, f.start, self.packs);
        let after = hedge::after(&s, end, self.packs);
        let start = before.as_ref().map_or(f.start, |h| h.start);
        let end = after.as_ref().map_or(end, |h| h.end);
        if (start, end) != (0, s.len()) {
            return self.bounded(cell);
        }
        let hedge: Option<&Hedge<'_>> = before.as_ref().or(after.as_ref());
        let words = |h: &Hedge<'_>| doc.text()[s.range(h.start, h.end)].to_owned();
        Some(Quantity {
            approximator: hedge.map(words),
            unit: unit.map(|(name, _)| name),
            ..hedge::bound(f.amount, hedge, true)
        })
    }

    /// `<5`, `> 100`, `≥ 3`: signs for bounds.
    fn bounded(&self, cell: &str) -> Option<Quantity> {
        let sign = cell.trim_start().chars().next()?;
        let rest = cell.trim_start().strip_prefix(['<', '>', '≤', '≥'])?;
        let number = self.number(rest).filter(|q| q.approximator.is_none())?;
        let bound = number.value?;
        // As with "fewer than": a count below 5 is at most 4.
        let below = match bound.is_integer() {
            true => bound - Decimal::ONE,
            false => bound,
        };
        Some(Quantity {
            low: matches!(sign, '>' | '≥').then_some(bound),
            high: match sign {
                '<' => Some(below),
                '≤' => Some(bound),
                _ => None,
            },
            approximator: Some(sign.to_string()),
            ..number
        })
    }

    /// The unit of the number with the position after it.
    fn unit(&self, s: &Lexemes<'_>, f: &Spotted) -> Option<(String, usize)> {
        if let Some(code) = f.money {
            return Some((code.to_owned(), unit::skip_issuer(s, f.end)));
        }
        if let Some(u) = &f.unit {
            return Some((u.name.clone(), f.end));
        }
        unit::unit_after(s, f.end, true).map(|u| (u.name, u.end))
    }

    /// The number of a measure's words, read as if they followed a one: `thousand tonnes`, `USD million`, `'000`.
    pub(crate) fn measure(words: &str) -> Option<Measure> {
        let words = words.trim();
        let words = words.strip_prefix("in ").unwrap_or(words);
        let words: Vec<&str> = words
            .split([' ', '\u{a0}'])
            .filter(|w| !matches!(*w, "" | "of"))
            .map(as_scale)
            .collect();
        if words.len() > MAX_MEASURE_WORDS {
            return None;
        }
        let read = |words: &str| {
            let doc = Doc::from_parts(format!("1 {words}"), Vec::new());
            let s = Lexemes::new(&doc);
            let one = numeral::numeral(&s, 0)?;
            let unit = unit::unit_after(&s, one.end, true);
            let end = unit.as_ref().map_or(one.end, |u| u.end);
            (end == s.len()).then(|| Measure {
                scale: one.value,
                unit: unit.map(|u| u.name),
            })
        };
        // "USD million": the currency in front of the scale.
        let turned = || words.iter().rev().copied().collect::<Vec<_>>().join(" ");
        read(&words.join(" "))
            .or_else(|| read(&turned()))
            .filter(|m| m.unit.is_some() || m.scale != Decimal::ONE)
    }
}

/// "Thousand tonnes per year" is the longest that headings have.
const MAX_MEASURE_WORDS: usize = 4;

/// The word for a scale that headings shorten.
fn as_scale(word: &str) -> &str {
    match word.to_lowercase().as_str() {
        "'000" | "’000" | "000s" | "'000s" | "000" | "thousands" | "thousand" => "thousand",
        "mln" | "mio" | "millions" | "million" => "million",
        "bln" | "billions" | "billion" => "billion",
        _ => word,
    }
}

/// Without a mark that leads to a note: `12*`, `12 [a]`, `12 (1)`, `12†`.
fn without_note(cell: &str) -> &str {
    let cell = cell.trim();
    let cell = cell.trim_end_matches(['*', '†', '‡', '¹', '²', '³', '⁴']);
    let note = |open: char, close: char| {
        let (number, note) = cell.strip_suffix(close)?.rsplit_once(open)?;
        (note.chars().count() <= 2 && !number.trim().is_empty()).then(|| number.trim_end())
    };
    note('[', ']')
        .or_else(|| note('(', ')'))
        .unwrap_or(cell)
        .trim_end()
}

/// `1 204 000` with blanks that do not part its groups.
fn grouped(cell: &str) -> String {
    let parts: Vec<&str> = cell.split(' ').collect();
    let mut out = String::with_capacity(cell.len() + 2);
    for (i, part) in parts.iter().enumerate() {
        let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
        let before = i.checked_sub(1).map(|b| parts[b]).unwrap_or_default();
        let is_group =
            part.len() == 3 && digits(part) && (1..=3).contains(&before.len()) && digits(before);
        if i > 0 {
            out.push(if is_group { '\u{a0}' } else { ' ' });
        }
        out.push_str(part);
    }
    out
}

/// True for a cell that says that there is nothing to say: a dash, dots, "n/a".
pub(crate) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    let is_sign = |c: char| !c.is_alphanumeric();
    cell.chars().all(is_sign)
        || matches!(
            cell.to_lowercase().as_str(),
            "n/a" | "na" | "n.a." | "n.d." | "nil" | "no data" | "none"
        )
}

/// The year that a cell may be.
pub(crate) fn year(cell: &str) -> Option<i16> {
    let cell = cell.trim();
    let is_plain = cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit());
    let year = cell.parse().ok().filter(|_| is_plain)?;
    YEARS.contains(&year).then_some(year)
}

/// A number of four digits among these may be a year.
const YEARS: RangeInclusive<i16> = 1900..=2099;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        let packs = Packs::builtin();
        let found = Cells::new(&packs).number(cell).map(|q| {
            let end = |n: Option<Decimal>| n.map_or_else(String::new, |n| n.to_string());
            let bounds = match (q.low, q.high) {
                (None, None) => String::new(),
                (low, high) => format!("[{},{}]", end(low), end(high)),
            };
            let unit = q.unit.map_or_else(String::new, |u| format!(" {u}"));
            format!("{}{bounds}{unit}", end(q.value.map(|v| v.normalize())))
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{cell}");
    }

    #[test]
    fn a_cell_that_is_a_number() {
        check("17", "17");
        check("1,204", "1204");
        check("1 204 000", "1204000");
        check("61%*", "61 %");
        check("12 [a]", "12");
        check("$3.2m", "3200000 USD");
        check("740 km", "740 km");
        check("10–15", "[10,15]");
        check("<5", "5[,4]");
        check("≥ 100", "100[100,]");
        check("3.5 million", "3500000");
    }

    #[test]
    fn words_with_numbers_are_none() {
        for cell in [
            "",
            "–",
            "Article 6",
            "4 of 7",
            "open with 22 diplomats",
            "Orn",
        ] {
            check(cell, "none");
        }
    }

    #[test]
    fn approximators_keep_their_bounds() {
        let packs = Packs::builtin();
        let q = Cells::new(&packs).number("at least 60").unwrap();
        assert_eq!((q.low, q.high), (Some(Decimal::from(60)), None));
        assert_eq!(q.approximator.as_deref(), Some("at least"));
    }

    #[test]
    fn measures_in_headings() {
        let check = |words: &str, scale: i64, unit: Option<&str>| {
            let m = Cells::measure(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(
                (m.scale, m.unit.as_deref()),
                (scale.into(), unit),
                "{words}"
            );
        };
        check("thousand tonnes", 1000, Some("t"));
        check("in millions", 1_000_000, None);
        check("'000", 1000, None);
        check("%", 1, Some("%"));
        check("GWh", 1, Some("GWh"));
        check("USD million", 1_000_000, Some("USD"));
        check("mln USD", 1_000_000, Some("USD"));
        for other in ["", "by district", "men", "planned"] {
            assert_eq!(Cells::measure(other), None, "{other}");
        }
    }

    #[test]
    fn years_and_blanks() {
        assert_eq!(year("2031"), Some(2031));
        assert_eq!(year("1204"), None);
        assert_eq!(year("2,031"), None);
        assert!(is_blank("–") && is_blank("n/a") && is_blank("") && !is_blank("0"));
    }
}
