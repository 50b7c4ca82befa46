//! What stands above and below a table and holds for all of its numbers.

use verbale_core::{Attribution, Role, Speaker, Timex, TimexKind};

use super::as_time;
use super::grid::{Thing, without_measure};
use crate::Block;
use crate::claim::context::Context;
use crate::claim::grammar::{lemma, noun_phrase, tidy};
use crate::claim::place;
use crate::claim::source;
use crate::claim::words::has;
use crate::quantities::cell::{Cells, Measure};

/// The caption of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Caption {
    /// The last time that it names: "Staff of the missions, February 2031".
    pub(super) time: Option<Timex>,
    /// A measure for all numbers: "Exports, thousand tonnes".
    pub(super) measure: Option<Measure>,
    /// What the table counts, for one whose headings are times and places only.
    pub(super) thing: Option<Thing>,
    /// The place behind "in".
    pub(super) place: Option<String>,
    /// Who gives the numbers, where words before the table end in a colon: "The ministry gave these figures:".
    pub(super) says: Option<Attribution>,
}

/// Passages above a table that may be its caption, or a line that gives the measure.
const ABOVE: usize = 2;

/// Passages below a table in which its source may be named.
const BELOW: usize = 3;

/// Longer passages are text, and no captions.
const MAX_CAPTION_BYTES: usize = 240;

impl Caption {
    /// Of the table whose first row is the passage `first`.
    pub(super) fn of(cx: &Context<'_>, first: usize) -> Self {
        let mut caption = Self::default();
        let document = cx.reading.document();
        for passage in (first.saturating_sub(ABOVE)..first).rev() {
            let p = &document.passages()[passage];
            let text = document.slice(p.range);
            let Some(block) = cx.reading.blocks().iter().find(|b| b.passage == passage) else {
                continue;
            };
            if leads_on(text) {
                let said = || source::said_in(cx, block).or_else(|| given_in(cx, block));
                caption.says = caption.says.take().or_else(said);
            }
            let is_caption = match p.role {
                Role::Caption | Role::Title => true,
                Role::Body => !text.trim_end().ends_with(['.', '!', '?']) || is_numbered(text),
                _ => false,
            };
            if !is_caption || text.len() > MAX_CAPTION_BYTES {
                break;
            }
            caption.take(cx, block);
        }
        caption
    }

    fn take(&mut self, cx: &Context<'_>, block: &Block) {
        let text = block.doc.text();
        let whole = block.to_document(0..text.len());
        let dated = |t: &&Timex| t.kind == TimexKind::Date && t.interval.is_some();
        let times: Vec<&Timex> = cx.times_in(whole).filter(dated).collect();
        self.time = self
            .time
            .take()
            .or_else(|| times.last().map(|t| as_time(cx, t)));
        let (words, measure) = measured(text);
        self.measure = self.measure.take().or(measure);
        self.place = self.place.take().or_else(|| place::in_headline(&block.doc));
        if self.thing.is_none() {
            self.thing = thing(block, words);
        }
    }
}

/// "The ministry gave these figures:", "According to the union, wages were as follows.": the table goes on with it.
fn leads_on(text: &str) -> bool {
    let text = text.trim_end().to_lowercase();
    let points = [
        "as follows",
        "the following",
        "table below",
        "see table",
        "in the table",
    ];
    text.ends_with(':') || points.iter().any(|p| text.contains(p))
}

/// "Table 3.": words that only captions begin with.
fn is_numbered(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let number = words.next().unwrap_or_default();
    matches!(first.as_str(), "table" | "tab." | "figure" | "annex")
        && number.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// The words of a caption without its measure, which may stand in brackets or behind a comma anywhere.
fn measured(text: &str) -> (&str, Option<Measure>) {
    let (words, measure) = without_measure(text.trim().trim_end_matches(['.', ':']));
    if measure.is_some() {
        return (words, measure);
    }
    let inner = text
        .split([',', '(', ')', ';'])
        .skip(1)
        .find_map(Cells::measure);
    (text, inner)
}

/// What the caption is about: its words up to the first comma, bracket or "by", without the number of the table.
fn thing(block: &Block, words: &str) -> Option<Thing> {
    let words = match is_numbered(words) {
        true => words.splitn(3, char::is_whitespace).nth(2)?,
        false => words,
    };
    let end = [",", "(", " by ", ":", ";", "–", " in "]
        .iter()
        .filter_map(|m| words.find(m))
        .min()
        .unwrap_or(words.len());
    let words = tidy(&words[..end]);
    if words.is_empty() {
        return None;
    }
    let noun = block
        .doc
        .tokens()
        .find(|t| t.pos() == "NOUN" && words.contains(t.text()) && t.dep() != "compound");
    let mut chars = words.chars();
    let first = chars.next()?;
    // A second capital makes a name or an acronym of it.
    let lower = match chars.as_str().starts_with(char::is_uppercase) {
        true => words.clone(),
        false => first.to_lowercase().chain(chars).collect(),
    };
    Some(Thing {
        words: lower,
        noun: noun.map(|t| t.lower()),
    })
}

/// "The harbor office gave these figures:": who gives them.
fn given_in(cx: &Context<'_>, block: &Block) -> Option<Attribution> {
    let last = block.doc.sents().next_back()?;
    let root = last.root().filter(|v| has(GIVING, &lemma(*v)))?;
    let giver = root.child("nsubj").filter(|s| s.pos() != "PRON")?;
    Some(given_by(cx, noun_phrase(giver)))
}

/// What is done with figures by those who have them.
const GIVING: &str = "give publish report list provide release present show count record";

/// Numbers of somebody of whom the page only gives the name, and not the day.
pub(super) fn given_by(cx: &Context<'_>, name: String) -> Attribution {
    Attribution {
        speaker: Some(Speaker {
            name,
            ..Speaker::default()
        }),
        via: source::chain(cx),
        said_on: None,
        ..cx.house.says().clone()
    }
}

/// "Source: Ministry of Ports": who is named below the table that ends before passage `end`.
pub(super) fn source_below(cx: &Context<'_>, end: usize) -> Option<String> {
    let document = cx.reading.document();
    let below = document.passages().iter().skip(end).take(BELOW);
    let named = |text: &str| {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (label, name) = text.split_once(':')?;
        let is_source = matches!(
            label.trim().to_lowercase().as_str(),
            "source" | "sources" | "data" | "data source" | "figures"
        );
        let name = name.split([';', '(', '\n', '\t']).next()?;
        let name = name.split(", ").next()?;
        let name = tidy(name.trim_matches(|c: char| !c.is_alphanumeric()));
        let is_own = ["own ", "our ", "author"]
            .iter()
            .any(|w| name.to_lowercase().starts_with(w));
        (is_source && !is_own && (2..=MAX_SOURCE_BYTES).contains(&name.len())).then_some(name)
    };
    below.map(|p| document.slice(p.range)).find_map(named)
}

/// A longer source is a sentence.
const MAX_SOURCE_BYTES: usize = 90;
