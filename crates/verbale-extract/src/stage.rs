//! Marks as flat rows, for measuring one stage at a time.
//!
//! Offsets count code points into the document's text, as the public scorers do.

use verbale_core::{OffsetTable, PartialDate, Quantity, TextRange};
use verbale_pack::Packs;

use crate::{
    Reading,
    quantities::{self, Change, Nature, PairEnd, QuantityMention},
    times,
};

/// One time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRow {
    /// First character.
    pub start: usize,
    /// After the last character.
    pub end: usize,
    /// The TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    pub kind: &'static str,
    /// The TIMEX3 value; absent where an anchor is missing and the words alone denote nothing.
    pub value: Option<String>,
    /// The TIMEX3 modifier.
    pub modifier: Option<&'static str>,
    /// The words.
    pub text: String,
}

/// The time expressions of a reading as TIMEX3 has them: the ends of a pair, and the pair.
pub fn time_rows(reading: &Reading<'_>, published: Option<PartialDate>) -> Vec<TimeRow> {
    let chars = OffsetTable::new(reading.document().text());
    times::find_all(reading, published)
        .into_iter()
        .filter_map(|t| {
            let range = t.range?;
            Some(TimeRow {
                start: chars.to_char(range.start()).0 as usize,
                end: chars.to_char(range.end()).0 as usize,
                kind: t.kind.as_str(),
                value: t.value,
                modifier: t.modifier.map(|m| m.as_str()),
                text: t.raw,
            })
        })
        .collect()
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityRow {
    /// First character of the number with its approximator.
    pub start: usize,
    /// After the last character of the number with its unit.
    pub end: usize,
    /// Value, bounds, approximator, unit and rate.
    pub quantity: Quantity,
    /// What is counted, without its article, as dictionary forms: `tourist visa`.
    pub phrase: Option<String>,
    /// `count`, `money`, `percent`, …
    pub nature: &'static str,
    /// `up`, `down`, or absent.
    pub change: Option<&'static str>,
    /// `from`, `to`, or absent.
    pub pair: Option<&'static str>,
    /// True for what a part is taken of.
    pub base: bool,
    /// True for what something could hold.
    pub capacity: bool,
    /// True inside a date: the two of "two weeks ago".
    pub in_date: bool,
    /// The number as written.
    pub number: String,
    /// All words.
    pub text: String,
}

/// The numbers of a reading.
pub fn quantity_rows(
    reading: &Reading<'_>,
    published: Option<PartialDate>,
    packs: &Packs,
) -> Vec<QuantityRow> {
    let document = reading.document();
    let chars = OffsetTable::new(document.text());
    let times = times::find(reading, published);
    let words = |range: TextRange| document.slice(range).to_owned();
    quantities::find(reading, &times, packs)
        .into_iter()
        .map(|m| QuantityRow {
            start: chars.to_char(m.range.start()).0 as usize,
            end: chars.to_char(m.range.end()).0 as usize,
            phrase: phrase(reading, &m),
            nature: nature_word(m.nature),
            change: m.change.map(change_word),
            pair: m.pair.map(|p| match p {
                PairEnd::From => "from",
                PairEnd::To => "to",
            }),
            base: m.base,
            capacity: m.capacity,
            in_date: m.in_date,
            number: words(m.number),
            text: words(m.range),
            quantity: m.quantity,
        })
        .collect()
}

/// The counted noun with the words in front of it that belong to it, as dictionary forms.
fn phrase(reading: &Reading<'_>, m: &QuantityMention) -> Option<String> {
    let block = &reading.blocks()[m.block];
    let head = block.doc.token(m.head?);
    let words: Vec<&str> = head
        .children()
        .filter(|c| c.i() < head.i() && matches!(c.dep(), "amod" | "compound" | "nmod"))
        .filter(|c| !(c.dep() == "amod" && matches!(c.tag(), "VBG" | "VBN")))
        .flat_map(|c| c.subtree().filter(move |t| t.i() <= c.i()))
        .chain([head])
        .filter(|t| {
            !matches!(t.pos(), "DET" | "NUM" | "CCONJ" | "ADV")
                && (t.pos() != "PUNCT" || t.text() == "-")
        })
        .map(|t| t.lemma())
        .collect();
    Some(words.join(" ").replace(" - ", "-"))
}

fn change_word(change: Change) -> &'static str {
    match change {
        Change::Up => "up",
        Change::Down => "down",
    }
}

fn nature_word(nature: Nature) -> &'static str {
    match nature {
        Nature::Count => "count",
        Nature::Money => "money",
        Nature::Percent => "percent",
        Nature::Share => "share",
        Nature::Measure => "measure",
        Nature::Duration => "duration",
        Nature::Age => "age",
        Nature::Factor => "factor",
        Nature::Bare => "bare",
    }
}
