//! What a figure measures, taken apart into the axes on which two figures are held against each other.
//!
//! A pack's measure says what counts as the same thing; without one, the axes come from the
//! figure's own words, and look-alikes stay apart: workers are no visas, tourist visas no student visas.

use std::borrow::Cow;

use verbale_core::{Decimal, Figure, Modality};
use verbale_pack::{Counted, Measure, Nature as PackNature};

use crate::{Bag, Entry, Lexicon};

/// How a number behaves in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Nature {
    /// How many there are at a time.
    #[default]
    Stock,
    /// How many in a period: entries of a year. Periods can contain each other.
    Flow,
    /// How many so far.
    Cumulative,
    /// How many there could be: a reservoir that can hold so much. Never an amount.
    Capacity,
    /// So many in each week.
    Rate,
}

impl From<PackNature> for Nature {
    /// A plan is a modality here: the number of a plan is a level or an amount like any other.
    fn from(nature: PackNature) -> Self {
        match nature {
            PackNature::Stock | PackNature::Plan => Self::Stock,
            PackNature::Flow => Self::Flow,
            PackNature::Cumulative => Self::Cumulative,
            PackNature::Capacity => Self::Capacity,
            PackNature::Rate => Self::Rate,
        }
    }
}

impl Nature {
    /// True if it holds at each moment, so that one speaker's later number is a drift and not another amount.
    pub fn is_level(self) -> bool {
        self != Self::Flow
    }

    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
            Self::Cumulative => "cumulative",
            Self::Capacity => "capacity",
            Self::Rate => "rate",
        }
    }
}

/// The axes of one figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Axes {
    /// The pack's measure.
    pub measure: Option<String>,
    /// What is counted: stem of the unit's last word, `%`, a currency.
    pub unit: String,
    /// What distinguishes it from other things with that unit.
    pub things: Bag,
    /// Where, as stems; empty where the page does not say.
    pub place: Bag,
    /// The period of a rate.
    pub per: Option<String>,
    /// How it behaves in time.
    pub nature: Nature,
    /// A plan and a fact are two measures, and so are a plan and a demand.
    pub modality: Modality,
}

impl Axes {
    /// The axes of a figure on its page.
    ///
    /// A page on North Korean workers says "30,000 in Russia" and leaves out whose they are: where a figure's own
    /// words name no state, the states of the page's title help to find the pack's measure, and nothing else.
    pub fn of_entry(lexicon: &Lexicon, entry: Entry<'_>, figure: &Figure) -> Self {
        let own = lexicon.stems(&figure.subject);
        let title = entry.metadata.title.as_deref().unwrap_or_default();
        let states = if own.iter().any(|s| s.starts_with('@')) {
            Vec::new()
        } else {
            lexicon.states_in(title)
        };
        Self::in_context(lexicon, figure, entry.claim.modality, &states)
    }

    /// The axes of a figure by its own words.
    pub fn of(lexicon: &Lexicon, figure: &Figure, modality: Modality) -> Self {
        Self::in_context(lexicon, figure, modality, &[])
    }

    fn in_context(lexicon: &Lexicon, figure: &Figure, modality: Modality, states: &[&str]) -> Self {
        let quantity = &figure.quantity;
        let unit_words = quantity.unit.as_deref().unwrap_or_default();
        let place_words = figure.place.as_deref().unwrap_or_default();
        let measure_of = |subject: &str| {
            lexicon.measure_of(Counted {
                subject,
                unit: unit_words,
                place: place_words,
                per: quantity.per.as_deref().unwrap_or_default(),
            })
        };
        // A state of the title says whose things are counted, never where.
        let here = Bag::of(lexicon, place_words);
        let is_elsewhere = |m: &&Measure, state: &str| {
            m.place.as_ref().is_none_or(|at| {
                let at = format!("@{at}");
                here.contains(&at) && !Bag::of(lexicon, state).contains(&at)
            })
        };
        let with_state = |state: &&str| {
            measure_of(&format!("{} {state}", figure.subject)).filter(|m| is_elsewhere(m, state))
        };
        let measure = measure_of(&figure.subject).or_else(|| states.iter().find_map(with_state));
        let place = match measure.and_then(|m| m.place.as_deref()) {
            Some(id) => [format!("@{id}")].into_iter().collect(),
            None => place_of(lexicon, place_words),
        };
        let counted = counted(figure);
        let words = Bag::of(lexicon, &counted).with(&Bag::of(lexicon, unit_words));
        let unit = head_of(lexicon, unit_words, &counted);
        // "So far" and "in the period" say more than the pack, which knows the measure's usual form only.
        let is_said = words.iter().any(|s| NATURE_WORDS.contains(&s));
        let nature = match measure.filter(|_| !is_said) {
            Some(m) => m.nature.into(),
            None => nature_of(&words, quantity.per.is_some()),
        };
        let mut things = words;
        let is_said_elsewhere =
            |s: &str| s == unit || place.contains(s) || NATURE_WORDS.contains(&s);
        things.retain(|s| !is_said_elsewhere(s) && GENERIC.binary_search(&s).is_err());
        Self {
            measure: measure.map(|m| m.id.clone()),
            unit,
            things,
            place,
            per: quantity.per.as_deref().map(|p| head_of(lexicon, p, "")),
            nature,
            modality: match measure {
                Some(m) if m.nature == PackNature::Plan => Modality::Planned,
                _ => modality,
            },
        }
    }

    /// The name of the series that counts the same thing in the same place: equal for equal axes.
    ///
    /// Rates of one thing share a name whatever their period, since they convert.
    pub fn key(&self) -> String {
        let what = match &self.measure {
            Some(id) => format!("#{id}"),
            None => format!("{} | {}", self.unit, self.things),
        };
        let nature = match self.nature {
            Nature::Capacity => " | capacity",
            Nature::Rate => " | rate",
            _ => "",
        };
        let planned = match self.modality {
            Modality::Actual => String::new(),
            other => format!(" | {other}"),
        };
        format!("{what} | {}{nature}{planned}", self.place)
    }

    /// The name under which claims are looked up that may be in conflict with this one; the place is left
    /// out, because a page that does not name it may mean the same.
    pub fn bucket(&self) -> String {
        match &self.measure {
            Some(id) => format!("#{id}"),
            None => format!("{} | {}", self.unit, self.things),
        }
    }

    /// By what to multiply to get a rate a day; `None` for what is no rate or has no fixed length.
    pub(crate) fn per_day(&self) -> Option<Decimal> {
        let days = match self.per.as_deref()? {
            "day" => 1,
            "week" => 7,
            "fortnight" => 14,
            "month" => 30,
            "quarter" => 91,
            "year" | "annum" => 365,
            _ => return None,
        };
        Decimal::ONE.checked_div(Decimal::from(days))
    }
}

/// What a figure counts, without the words for when: its time is an axis of its own, so that the visas "granted in
/// 2018" and those "granted in 2019" are one series.
pub(crate) fn counted(figure: &Figure) -> Cow<'_, str> {
    let subject = figure.subject.as_str();
    let time = figure.as_of.as_ref().map_or("", |t| t.raw.trim());
    let Some(at) = (!time.is_empty()).then(|| subject.find(time)).flatten() else {
        return Cow::Borrowed(subject);
    };
    let (before, after) = (&subject[..at], &subject[at + time.len()..]);
    let is_inside =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
    if is_inside(before.chars().next_back()) || is_inside(after.chars().next()) {
        return Cow::Borrowed(subject);
    }
    let (before, after) = (before.trim_end(), after.trim());
    let before = match before.rsplit_once(' ') {
        Some((rest, last)) if TIME_PREPOSITIONS.contains(&last) => rest.trim_end(),
        _ => before,
    };
    match (before.is_empty(), after.is_empty()) {
        (true, true) => Cow::Borrowed(subject),
        (false, true) => Cow::Borrowed(before),
        (true, false) => Cow::Borrowed(after),
        (false, false) => Cow::Owned(format!("{before} {after}")),
    }
}

/// Words that lead to a time and say nothing without it.
const TIME_PREPOSITIONS: &[&str] = &[
    "as", "at", "by", "during", "for", "from", "in", "of", "on", "over", "since", "until", "within",
];

/// A place as stems, without the words that every place can have.
pub(crate) fn place_of(lexicon: &Lexicon, place: &str) -> Bag {
    if let Some(id) = lexicon.country_of_capital(place) {
        return [format!("@{id}"), "capital".to_owned()]
            .into_iter()
            .collect();
    }
    let mut bag = Bag::of(lexicon, place);
    let whole = bag.clone();
    bag.retain(|s| PLACE_WORDS.binary_search(&s).is_err());
    if bag.is_empty() { whole } else { bag }
}

/// The stem of the last word of the unit, or of the subject where there is no unit.
fn head_of(lexicon: &Lexicon, unit: &str, subject: &str) -> String {
    let last = |text: &str| lexicon.stems(text).pop();
    match last(unit).or_else(|| last(subject)) {
        Some(head) if PERSONS.binary_search(&head.as_str()).is_ok() => "person".to_owned(),
        Some(head) => head,
        None => unit.trim().to_owned(),
    }
}

fn nature_of(words: &Bag, is_rate: bool) -> Nature {
    let has = |list: &[&str]| words.iter().any(|s| list.binary_search(&s).is_ok());
    if has(CAPACITY) {
        Nature::Capacity
    } else if is_rate {
        Nature::Rate
    } else if has(CUMULATIVE) {
        Nature::Cumulative
    } else if has(FLOW) {
        Nature::Flow
    } else {
        Nature::Stock
    }
}

/// Units that say no more than that people are counted. Sorted.
const PERSONS: &[&str] = &[
    "citizen",
    "human",
    "individual",
    "people",
    "person",
    "resident",
];

/// Stems that add nothing to a unit. Sorted.
const GENERIC: &[&str] = &[
    "citizen",
    "corrected",
    "individual",
    "people",
    "person",
    "revised",
    "thing",
    "unit",
    "updated",
];

/// Words of places that leave the place the same. Sorted.
const PLACE_WORDS: &[&str] = &[
    "area",
    "city",
    "country",
    "district",
    "island",
    "port",
    "province",
    "region",
    "state",
    "territory",
    "town",
    "village",
];

/// Words that say how a number behaves in time and nothing else.
const NATURE_WORDS: &[&str] = &["capacity", "cumulative", "far", "period"];

/// "So far". Sorted.
const CUMULATIVE: &[&str] = &["cumulative", "far"];

/// Sorted.
const CAPACITY: &[&str] = &["authorized", "capacity", "designed", "hold", "room"];

/// Things that happen, so that a number of them belongs to a period. Sorted.
const FLOW: &[&str] = &[
    "admitted",
    "arrival",
    "arrived",
    "birth",
    "breach",
    "breaches",
    "cost",
    "death",
    "delivered",
    "delivery",
    "departed",
    "departure",
    "earning",
    "emission",
    "emitted",
    "entry",
    "evacuated",
    "export",
    "exported",
    "fall",
    "fell",
    "import",
    "imported",
    "incident",
    "income",
    "increase",
    "issued",
    "killed",
    "loss",
    "lost",
    "output",
    "period",
    "profit",
    "released",
    "repatriated",
    "returned",
    "revenue",
    "rise",
    "sale",
    "sent",
    "shipment",
    "shipped",
    "trip",
    "turnout",
    "violation",
    "visa",
    "visit",
    "visited",
    "wounded",
];

#[cfg(test)]
mod tests {
    use super::*;
    use verbale_core::Quantity;

    fn axes(unit: &str, subject: &str, place: &str) -> Axes {
        let figure = Figure {
            quantity: Quantity {
                unit: Some(unit.to_owned()),
                ..Quantity::exact(1.into())
            },
            subject: subject.to_owned(),
            place: (!place.is_empty()).then(|| place.to_owned()),
            as_of: None,
        };
        Axes::of(crate::lexicon::for_tests(), &figure, Modality::Actual)
    }

    #[test]
    fn lists_are_sorted() {
        let lists = [PERSONS, GENERIC, PLACE_WORDS, CAPACITY];
        assert!(lists.iter().all(|list| list.is_sorted()));
        let mut flow = FLOW.to_vec();
        flow.sort_unstable();
        assert_eq!(flow, FLOW);
    }

    #[test]
    fn wordings_of_one_measure_share_a_key() {
        let a = axes("trawlers", "Norvalian trawlers still held", "port of Tarn");
        let b = axes("trawlers", "Norvale’s trawlers", "Tarn");
        assert_eq!(a.key(), b.key());
        let people = axes("people", "people in the camps", "");
        let persons = axes("persons", "persons living in the camps", "");
        assert_eq!(people.key(), persons.key());
    }

    #[test]
    fn the_time_of_a_figure_is_no_part_of_what_it_counts() {
        let of = |subject: &str, raw: &str, date: &str| Figure {
            quantity: Quantity::exact(1.into()),
            subject: subject.to_owned(),
            place: None,
            as_of: Some(verbale_core::Timex::from_date(
                date.parse().expect("a date"),
                raw,
                verbale_core::Anchor::None,
            )),
        };
        let counted = |subject: &str, raw: &str| counted(&of(subject, raw, "2018")).into_owned();
        assert_eq!(
            counted("permits granted in 2018", "2018"),
            "permits granted"
        );
        assert_eq!(
            counted("last year's permits", "last year"),
            "last year's permits"
        );
        assert_eq!(
            counted("permits in 2018 for nurses", "2018"),
            "permits for nurses"
        );
        assert_eq!(counted("2018 permits", "2018"), "permits");
        assert_eq!(counted("2018", "2018"), "2018");
        assert_eq!(counted("model 20185 pumps", "2018"), "model 20185 pumps");
        let key = |subject: &str, raw: &str| {
            Axes::of(
                crate::lexicon::for_tests(),
                &of(subject, raw, raw),
                Modality::Actual,
            )
            .key()
        };
        assert_eq!(
            key("permits granted in 2018", "2018"),
            key("permits granted in 2019", "2019")
        );
    }

    #[test]
    fn look_alikes_do_not() {
        let tourist = axes("visas", "tourist visas", "Russia");
        let student = axes("visas", "student visas", "Russia");
        let workers = axes("workers", "workers", "Russia");
        assert_ne!(tourist.key(), student.key());
        assert_ne!(tourist.key(), workers.key());
        assert_eq!(
            axes("m³", "capacity of the reservoir", "").nature,
            Nature::Capacity
        );
        assert_eq!(tourist.nature, Nature::Flow);
    }

    #[test]
    fn the_title_says_whose_things_are_counted_but_not_where() {
        let measure = |subject: &str, place: &str, title: &str| {
            let lexicon = crate::lexicon::for_tests();
            let states = lexicon.states_in(title);
            let figure = Figure {
                quantity: Quantity {
                    unit: Some("workers".into()),
                    ..Quantity::exact(1.into())
                },
                subject: subject.to_owned(),
                place: (!place.is_empty()).then(|| place.to_owned()),
                as_of: None,
            };
            Axes::in_context(lexicon, &figure, Modality::Actual, &states).measure
        };
        let title = "Russia is late in sending North Korean workers home";
        let of = |place: &str| measure("workers", place, title);
        assert_eq!(of("Russia").as_deref(), Some("dprk-workers-in-ru"));
        assert_eq!(of("China").as_deref(), Some("dprk-workers-in-cn"));
        assert_eq!(of("abroad").as_deref(), Some("dprk-workers-abroad"));
        assert_eq!(of(""), None);
        assert_eq!(
            measure("workers", "Russia", "Russia counts its workers"),
            None
        );
    }

    #[test]
    fn a_pack_gives_measure_and_nature() {
        let workers = axes("workers", "North Korean workers remaining", "Russia");
        assert_eq!(workers.measure.as_deref(), Some("dprk-workers-in-ru"));
        let visas = axes("visas", "tourist visas issued to North Koreans", "Russia");
        assert_ne!(visas.measure, workers.measure);
    }
}
