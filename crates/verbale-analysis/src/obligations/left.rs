//! Figures that count, after a deadline, what was to be done by it.

use std::collections::BTreeMap;

use verbale_core::{Decimal, Modality, Polarity};

use super::{ledger::Due, subjects::Postings};
use crate::{Axes, Bag, Band, Entry, Lexicon, Nature};

/// What parties owe, by the words and measures that may count what they left undone.
#[derive(Debug)]
pub(super) struct Left {
    owed: Vec<Owed>,
    by_words: Postings,
    /// Places in `owed` by the pack's measures.
    by_measure: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Owed {
    duty: usize,
    party: Bag,
    deadline: jiff::civil::Date,
}

impl Left {
    /// For these parties of duties. Without a deadline nothing can be left after it.
    pub(super) fn of<'a>(
        lexicon: &Lexicon,
        parties: impl Iterator<Item = (usize, &'a Bag, &'a Due<'a>)>,
    ) -> Self {
        let mut left = Self {
            owed: Vec::new(),
            by_words: Postings::default(),
            by_measure: BTreeMap::new(),
        };
        for (duty, party, due) in parties {
            let Some(deadline) = due.deadline else {
                continue;
            };
            let place = left.owed.len();
            let mut wanted = Bag::of(lexicon, &due.action);
            wanted.retain(|s| !party.contains(s));
            left.by_words.add(place, &wanted);
            for measure in due.rule.into_iter().flat_map(|r| &r.measures) {
                let places = left.by_measure.entry(measure.clone()).or_default();
                places.push(place);
            }
            left.owed.push(Owed {
                duty,
                party: party.clone(),
                deadline,
            });
        }
        left
    }

    /// The duties and parties whose remainder `entry` counts.
    pub(super) fn counted_by(&self, lexicon: &Lexicon, entry: Entry<'_>) -> Vec<(usize, &Bag)> {
        let Some(figure) = entry.figure().filter(|_| counts_something(lexicon, entry)) else {
            return Vec::new();
        };
        let Some(from) = entry.when().interval().and_then(|i| i.start()) else {
            return Vec::new();
        };
        let axes = Axes::of_entry(lexicon, entry, figure);
        let places: Vec<usize> = match &axes.measure {
            Some(id) if axes.nature == Nature::Stock => {
                let places = self.by_measure.get(id).into_iter().flatten().copied();
                let is_there = |p: &usize| axes.place.n_shared(&self.owed[*p].party) > 0;
                places.filter(is_there).collect()
            }
            None if says_left_undone(lexicon, &figure.subject) => {
                let unit = figure.quantity.unit.as_deref().unwrap_or_default();
                let words = Bag::of(lexicon, &format!("{} {unit}", figure.subject));
                self.by_words.sharing(&words).map(|(p, _)| p).collect()
            }
            _ => Vec::new(),
        };
        let owed = places.into_iter().map(|p| &self.owed[p]);
        owed.filter(|o| from > o.deadline)
            .map(|o| (o.duty, &o.party))
            .collect()
    }
}

/// True for an actual number above zero that its page does not tell a second time.
fn counts_something(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let claim = entry.claim;
    let is_actual = claim.polarity == Polarity::Asserted && claim.modality == Modality::Actual;
    let low = || Band::of(lexicon, &entry.figure()?.quantity)?.low;
    claim.restates.is_none() && is_actual && low().is_some_and(|l| l.at > Decimal::ZERO)
}

/// True for a figure that counts what has not been done by its words, or by a measure that a pack gives a duty.
pub(crate) fn may_be_left_undone(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let Some(figure) = entry.figure() else {
        return false;
    };
    let axes = Axes::of_entry(lexicon, entry, figure);
    let of_duty = |id| {
        let mut rules = lexicon.packs().obligations().iter();
        axes.nature == Nature::Stock && rules.any(|r| r.measures.contains(id))
    };
    match &axes.measure {
        Some(id) => of_duty(id),
        None => says_left_undone(lexicon, &figure.subject),
    }
}

/// Words of figures that count what has not been done yet.
const LEFT_UNDONE: &[&str] = &[
    "held",
    "remain",
    "remaining",
    "remained",
    "rest",
    "still",
    "wait",
    "waiting",
    "without",
    "yet",
];

fn says_left_undone(lexicon: &Lexicon, subject: &str) -> bool {
    let stems = lexicon.stems(subject);
    stems.iter().any(|s| LEFT_UNDONE.contains(&s.as_str()))
}
