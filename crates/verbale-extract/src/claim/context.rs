//! What all kinds of claims look things up in.

use std::collections::BTreeSet;

use verbale_core::{Metadata, PartialDate, Role, TextRange, Timex};
use verbale_pack::Packs;

use super::Marks;
use super::grammar::lemma;
use super::instrument;
use super::phrase::Phrase;
use super::place::{self, Places};
use super::source::House;
use super::voice;
use crate::patterns::{Fit, Patterns};
use crate::{Block, Reading};

/// A year that a page without a date looks back on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Year {
    pub(super) number: i16,
    /// The words that name it.
    pub(super) range: TextRange,
}

/// A reading with its marks.
pub(super) struct Context<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) marks: &'r Marks<'r>,
    pub(super) packs: &'r Packs,
    /// Who speaks where nobody is named.
    pub(super) house: House,
    /// The year that an undated page of an office looks back on.
    pub(super) year: Option<Year>,
    /// For each attribution whether it makes its speaker the speaker of its content.
    pub(super) voices: Vec<bool>,
    /// What the packs' patterns found, by block.
    pub(super) fits: &'r [Vec<Fit<'r, 'r>>],
    /// The packs' phrases for statuses with the ids of these.
    pub(super) statuses: &'r [(String, Phrase)],
    /// The words that the headline and the first paragraph turn on, as dictionary forms.
    pub(super) topic: BTreeSet<String>,
    /// Texts of which the page names parts, with block and token of the part, in the order of the page.
    pub(super) texts: Vec<(usize, usize, String)>,
    /// Where the headline says that it all takes place.
    pub(super) stage: Option<String>,
    /// The places that the page names.
    pub(super) places: Places,
}

impl<'r> Context<'r> {
    pub(super) fn new(
        reading: &'r Reading<'r>,
        marks: &'r Marks<'r>,
        packs: &'r Packs,
        patterns: &'r Patterns,
        fits: &'r [Vec<Fit<'r, 'r>>],
    ) -> Self {
        let house = House::of(reading.document());
        let mut cx = Self {
            reading,
            marks,
            packs,
            house,
            year: None,
            voices: Vec::new(),
            fits,
            statuses: patterns.statuses(),
            topic: topic(reading),
            texts: texts(reading),
            stage: stage(reading),
            places: Places::new(reading.blocks().iter().map(|b| &b.doc)),
        };
        cx.year = cx.reviewed_year();
        cx.voices = marks
            .attributions
            .iter()
            .map(|m| voice::is_voice(&cx, m))
            .collect();
        cx
    }

    /// "The year 2020 was hard for all of us": the year, where the page has no date and is somebody's own words.
    ///
    /// Who looks back on a year speaks of that year's days; the claims are read so, and the page gets a remark.
    fn reviewed_year(&self) -> Option<Year> {
        if self.metadata().published.is_some() || !self.house.is_signatory() {
            return None;
        }
        let year_of = |t: &Timex| {
            let number = t.value.as_deref()?.parse::<PartialDate>().ok()?.year()?;
            let range = t.range?;
            Some(Year { number, range })
        };
        let mut named = self.marks.times.iter().filter(|t| {
            t.range.is_some_and(|r| {
                let before = &self.reading.document().text()[..usize::from(r.start())];
                let words = t.raw.to_lowercase();
                words.starts_with("the year ")
                    || words.starts_with("year ")
                    || before.ends_with("the year ")
            })
        });
        named.find_map(year_of)
    }

    /// True if a pack knows an instrument by this name. Case and a leading article do not matter.
    pub(super) fn names_instrument(&self, name: &str) -> bool {
        self.packs.instrument_named(name).is_some()
    }

    pub(super) fn metadata(&self) -> &'r Metadata {
        &self.reading.document().metadata
    }

    /// The times that stand within a range.
    pub(super) fn times_in(&self, range: TextRange) -> impl Iterator<Item = &'r Timex> {
        let times = self.marks.times;
        let from = times.partition_point(|t| t.range.is_none_or(|r| r.start() < range.start()));
        times[from..]
            .iter()
            .take_while(move |t| t.range.is_some_and(|r| r.start() < range.end()))
            .filter(move |t| t.range.is_some_and(|r| range.contains_range(r)))
    }
}

fn texts(reading: &Reading<'_>) -> Vec<(usize, usize, String)> {
    let of_block = |(i, b): (usize, &Block)| {
        instrument::with_parts(&b.doc)
            .into_iter()
            .map(move |(at, text)| (i, at, text))
            .collect::<Vec<_>>()
    };
    reading
        .blocks()
        .iter()
        .enumerate()
        .flat_map(of_block)
        .collect()
}

/// "Fire in the Orn tunnel": the place that the headline gives to all that the page tells.
fn stage(reading: &Reading<'_>) -> Option<String> {
    let passages = reading.document().passages();
    let title = reading
        .blocks()
        .iter()
        .find(|b| passages[b.passage].role == Role::Title)?;
    place::in_headline(&title.doc)
}

/// The nouns and names of the headline and of the first paragraph.
fn topic(reading: &Reading<'_>) -> BTreeSet<String> {
    let passages = reading.document().passages();
    let role = |b: &&Block| passages[b.passage].role;
    let blocks = reading.blocks().iter();
    let titles = blocks.clone().filter(|b| role(b) == Role::Title);
    let lead = blocks.clone().find(|b| role(b) == Role::Body);
    titles
        .chain(lead)
        .flat_map(|b| b.doc.tokens())
        .filter(|t| matches!(t.pos(), "NOUN" | "PROPN"))
        .map(lemma)
        .collect()
}
