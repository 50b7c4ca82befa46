//! What all kinds of claims look things up in.

use verbale_core::{Metadata, TextRange, Timex};
use verbale_pack::Packs;

use super::Marks;
use super::source::House;
use super::voice;
use crate::Reading;

/// A reading with its marks.
pub(super) struct Context<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) marks: &'r Marks<'r>,
    pub(super) packs: &'r Packs,
    /// Who speaks where nobody is named.
    pub(super) house: House,
    /// For each attribution whether it makes its speaker the speaker of its content.
    pub(super) voices: Vec<bool>,
}

impl<'r> Context<'r> {
    pub(super) fn new(reading: &'r Reading<'r>, marks: &'r Marks<'r>, packs: &'r Packs) -> Self {
        let house = House::of(reading.document());
        let mut cx = Self {
            reading,
            marks,
            packs,
            house,
            voices: Vec::new(),
        };
        cx.voices = marks
            .attributions
            .iter()
            .map(|m| voice::is_voice(&cx, m))
            .collect();
        cx
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
