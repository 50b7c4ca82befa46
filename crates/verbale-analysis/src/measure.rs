//! What a figure measures, taken apart into the axes on which two figures are held against each other.
//!
//! A [`MeasureRule`] of a pack names a measure and says what it is; without one, the axes come from the
//! figure's own words, and look-alikes stay apart: workers are no visas, tourist visas no student visas.

use verbale_core::{Decimal, Figure, Modality};

use crate::{Bag, Lexicon};

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

/// What a pack says about one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRule {
    /// Name within the packs.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// A figure counts as this measure if its subject and unit have all stems of one of these phrases.
    pub phrases: Vec<String>,
    /// And none of the stems of these.
    pub unless: Vec<String>,
    /// How it behaves in time.
    pub nature: Nature,
    /// The measures of which this one is a part.
    pub part_of: Vec<String>,
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
    /// The axes of a figure. The first rule that fits gives the measure.
    pub fn of(
        lexicon: &Lexicon,
        rules: &[MeasureRule],
        figure: &Figure,
        modality: Modality,
    ) -> Self {
        let unit_words = figure.quantity.unit.as_deref().unwrap_or_default();
        let subject = Bag::of(lexicon, &figure.subject);
        let unit_bag = Bag::of(lexicon, unit_words);
        let place = place_of(lexicon, figure.place.as_deref().unwrap_or_default());
        let mut things = subject.with(&unit_bag);
        let rule = rules.iter().find(|r| r.fits(lexicon, &things));
        let unit = head_of(lexicon, unit_words, &figure.subject);
        let per = figure
            .quantity
            .per
            .as_deref()
            .map(|p| head_of(lexicon, p, ""));
        let nature = rule.map_or_else(|| nature_of(&things, per.is_some()), |r| r.nature);
        let is_said_elsewhere =
            |s: &str| s == unit || place.contains(s) || NATURE_WORDS.contains(&s);
        things.retain(|s| !is_said_elsewhere(s) && GENERIC.binary_search(&s).is_err());
        Self {
            measure: rule.map(|r| r.id.clone()),
            unit,
            things,
            place,
            per,
            nature,
            modality,
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

impl MeasureRule {
    fn fits(&self, lexicon: &Lexicon, words: &Bag) -> bool {
        let covers = |phrase: &String| {
            let phrase = Bag::of(lexicon, phrase);
            !phrase.is_empty() && words.covers(&phrase)
        };
        self.phrases.iter().any(covers) && !self.unless.iter().any(covers)
    }
}

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
const GENERIC: &[&str] = &["citizen", "individual", "people", "person", "thing", "unit"];

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
        Axes::of(&Lexicon::builtin(), &[], &figure, Modality::Actual)
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
    fn a_rule_gives_measure_and_nature() {
        let rule = MeasureRule {
            id: "visas".into(),
            label: "visas".into(),
            phrases: vec!["visas".into()],
            unless: vec!["refused".into()],
            nature: Nature::Stock,
            part_of: vec![],
        };
        let figure = Figure {
            quantity: Quantity {
                unit: Some("visas".into()),
                ..Quantity::exact(1.into())
            },
            subject: "tourist visas".into(),
            place: None,
            as_of: None,
        };
        let axes = Axes::of(&Lexicon::builtin(), &[rule], &figure, Modality::Actual);
        assert_eq!(
            (axes.measure.as_deref(), axes.nature),
            (Some("visas"), Nature::Stock)
        );
    }
}
