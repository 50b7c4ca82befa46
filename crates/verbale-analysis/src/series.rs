//! How one number has moved, by whose word.
//!
//! A series holds the figures that count the same thing in the same place. What counts as the same is said by a
//! pack's measure, else by the figures' own words; look-alikes are never merged and nothing is added up.

use std::{cmp::Ordering, collections::BTreeMap, fmt};

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Decimal, Modality, PageId, Polarity};
use verbale_pack::fold;

use crate::{
    Axes, Bag, Entry, Lexicon, Nature, compare::amount, entry::in_order, measure::counted,
};

/// What a series is known by: equal for all claims of one series, on every machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesKey(String);

impl SeriesKey {
    /// The key of the series that a claim belongs to; `None` for claims that are no figures.
    pub fn of(lexicon: &Lexicon, entry: Entry<'_>) -> Option<Self> {
        let figure = entry.figure()?;
        let axes = Axes::of_entry(lexicon, entry, figure);
        Some(Self(axes.key()))
    }

    /// A key as an index kept it.
    pub fn named<S: Into<String>>(name: S) -> Self {
        Self(name.into())
    }

    /// True if all words of `words` that distinguish anything are among those of the series, in any number and
    /// with any name of a country, or if `words` is a part of the measure's title or of the key.
    pub fn is_about(&self, lexicon: &Lexicon, words: &str) -> bool {
        let id = self.0.strip_prefix('#').and_then(|k| k.split(' ').next());
        let title = id
            .and_then(|id| lexicon.measure(id))
            .map(|m| m.title.as_str());
        let mut own: Bag = self
            .0
            .split([' ', '|', '#'])
            .filter(|w| !w.is_empty())
            .collect();
        own = own.with(&Bag::of(lexicon, title.unwrap_or_default()));
        let asked = Bag::of(lexicon, words);
        let is_part = |text: &str| text.to_lowercase().contains(&words.to_lowercase());
        !asked.is_empty() && own.covers(&asked)
            || is_part(title.unwrap_or_default())
            || is_part(&self.0)
    }

    /// The key as text, for an index.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SeriesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One figure at one time, as a row of a table and a mark of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The claim.
    pub claim: ClaimId,
    /// The page it stands on.
    pub page: PageId,
    /// The number the words name.
    pub value: Option<Decimal>,
    /// Inclusive lower bound, if stated.
    pub low: Option<Decimal>,
    /// Inclusive upper bound, if stated.
    pub high: Option<Decimal>,
    /// Number, hedge and unit as the page states them.
    pub amount: String,
    /// First and last day of the time at which it holds; absent where the page does not say.
    pub as_of: Option<(Date, Date)>,
    /// That time for people: ISO, or the unresolved words in quotes.
    pub as_of_text: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// What the speaker did by saying it.
    pub act: Act,
    /// False for a number that is denied.
    pub is_asserted: bool,
    /// When it was said, else published.
    pub said: Option<Date>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The chain between speaker and page.
    pub via: Vec<String>,
    /// True if an earlier claim of the same page says the same; not drawn, not counted.
    pub is_repeat: bool,
}

/// The figures that count the same thing in the same place, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is known by.
    pub key: SeriesKey,
    /// What is counted, in the most frequent wording.
    pub label: String,
    /// Where, in the most frequent wording.
    pub place: Option<String>,
    /// The unit, in the most frequent wording.
    pub unit: Option<String>,
    /// How the number behaves in time.
    pub nature: Nature,
    /// Other than actual for numbers that are planned, demanded or conditional.
    pub modality: Modality,
    /// By time, undated ones last; then by the day on which it was said, then by id.
    pub observations: Vec<Observation>,
}

impl Series {
    /// All series of these claims, by key.
    pub fn all(lexicon: &Lexicon, entries: &[Entry<'_>]) -> Vec<Self> {
        let mut groups: BTreeMap<SeriesKey, Vec<Entry<'_>>> = BTreeMap::new();
        for entry in in_order(entries) {
            if let Some(key) = SeriesKey::of(lexicon, entry) {
                groups.entry(key).or_default().push(entry);
            }
        }
        let series = groups
            .into_iter()
            .filter_map(|(key, group)| Self::of(lexicon, key, &group));
        series.collect()
    }

    /// The series of claims that all have this key; `None` without claims.
    ///
    /// It reads nothing else, so that a case can hold one series at a time.
    pub fn of(lexicon: &Lexicon, key: SeriesKey, entries: &[Entry<'_>]) -> Option<Self> {
        let entries = in_order(entries);
        let first = entries.first()?;
        let axes = Axes::of_entry(lexicon, *first, first.figure()?);
        let figures = worded(&entries);
        let measure = axes.measure.as_deref().and_then(|id| lexicon.measure(id));
        let label = measure.map_or_else(
            || most_frequent(figures.iter().map(|f| counted(f).into_owned())).unwrap_or_default(),
            |m| m.title.clone(),
        );
        let mut observations: Vec<Observation> =
            entries.iter().filter_map(|&e| observation(e)).collect();
        observations.sort_by(in_time);
        Some(Self {
            key,
            label,
            place: most_frequent(figures.iter().filter_map(|f| f.place.clone())),
            unit: most_frequent(figures.iter().filter_map(|f| f.quantity.unit.clone())),
            nature: axes.nature,
            modality: axes.modality,
            observations,
        })
    }

    /// What the series counts, for a heading: "trawlers still held, Tarn".
    pub fn title(&self) -> String {
        let planned = match self.modality {
            Modality::Actual => String::new(),
            other => format!(" ({other})"),
        };
        // "Workers in Tarn" need no "Tarn" behind them.
        let is_named = |place: &&String| !fold(&self.label).contains(&fold(place));
        match self.place.as_ref().filter(is_named) {
            Some(place) => format!("{}, {place}{planned}", self.label),
            None => format!("{}{planned}", self.label),
        }
    }

    /// The observations that are not repeats on their own page.
    pub fn distinct(&self) -> impl Iterator<Item = &Observation> {
        self.observations.iter().filter(|o| !o.is_repeat)
    }
}

/// The figures by whose wording a series is called: the first of many, so that a title costs the same for each.
fn worded<'a>(entries: &[Entry<'a>]) -> Vec<&'a verbale_core::Figure> {
    let mut figures: Vec<_> = entries
        .iter()
        .filter_map(|e| Some((e.id().to_string(), e.figure()?)))
        .collect();
    figures.sort_by(|a, b| a.0.cmp(&b.0));
    figures.into_iter().take(N_WORDINGS).map(|f| f.1).collect()
}

/// How many claims of a series are asked for its title, those whose ids come first as text.
pub const N_WORDINGS: usize = 50;

fn observation(entry: Entry<'_>) -> Option<Observation> {
    let figure = entry.figure()?;
    let as_of = entry.when().interval().and_then(|i| {
        let (start, end) = (i.start().or(i.end())?, i.end().or(i.start())?);
        Some((start, end))
    });
    let as_of_text = match &figure.as_of {
        Some(t) => t.iso().unwrap_or_else(|| format!("“{}”", t.raw)),
        None => String::new(),
    };
    let attribution = &entry.claim.attribution;
    Some(Observation {
        claim: entry.id(),
        page: entry.page,
        value: figure.quantity.value,
        low: figure.quantity.low,
        high: figure.quantity.high,
        amount: amount(figure),
        as_of,
        as_of_text,
        speaker: entry.speaker().map(str::to_owned),
        act: attribution.act,
        is_asserted: entry.claim.polarity == Polarity::Asserted,
        said: entry.spoken_by(),
        publisher: entry.publisher().map(str::to_owned),
        via: attribution.via.clone(),
        is_repeat: entry.claim.restates.is_some(),
    })
}

fn in_time(a: &Observation, b: &Observation) -> Ordering {
    let undated = |o: &Observation| o.as_of.is_none();
    let by_time = undated(a)
        .cmp(&undated(b))
        .then_with(|| a.as_of.map(|t| t.1).cmp(&b.as_of.map(|t| t.1)));
    by_time
        .then_with(|| a.said.cmp(&b.said))
        .then_with(|| a.claim.cmp(&b.claim))
}

/// The most frequent of some words; of equally frequent ones the shortest, then the first by alphabet.
fn most_frequent(words: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words.for_each(|w| *counts.entry(w).or_default() += 1);
    let best = counts
        .into_iter()
        .min_by_key(|(w, n)| (std::cmp::Reverse(*n), w.chars().count(), w.clone()));
    best.map(|(w, _)| w)
}
