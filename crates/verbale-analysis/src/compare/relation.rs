//! How the things and places of two figures lie to each other.

use verbale_pack::Measure;

use super::figure::Side;
use crate::{Axes, Bag, Lexicon, Nature};

/// How two sets of words lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// One is a part of the other.
    Part,
    Apart,
}

/// How the two measures lie to each other, or why they are two.
pub(super) fn measures(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>) -> Result<Relation, String> {
    let (x, y) = (a.axes, b.axes);
    if x.modality != y.modality {
        return Err(format!(
            "One number is {}, the other {}.",
            x.modality, y.modality
        ));
    }
    if (x.nature == Nature::Capacity) != (y.nature == Nature::Capacity) {
        return Err("One is a capacity, the other an amount.".into());
    }
    let is_flow = |axes: &Axes| axes.nature == Nature::Flow;
    let is_stock = |axes: &Axes| axes.nature == Nature::Stock;
    if is_flow(x) && is_stock(y) || is_stock(x) && is_flow(y) {
        return Err("One is the amount of a period, the other a number at a time.".into());
    }
    let related = match (&x.measure, &y.measure) {
        (Some(m), Some(n)) if m == n => return Ok(Relation::Same),
        (Some(m), Some(n)) => relation_of_measures(lexicon, (m, x), (n, y)),
        _ if !units_agree(x, y) => Relation::Apart,
        _ => relation_of_things(&x.things, &y.things),
    };
    if related == Relation::Apart {
        let named = |s: Side<'_>| match s.figure.quantity.unit.as_deref() {
            Some(unit) => format!("“{}” ({unit})", s.figure.subject),
            None => format!("“{}”", s.figure.subject),
        };
        return Err(format!("{} and {} are two measures.", named(a), named(b)));
    }
    Ok(related)
}

/// How two measures of the packs lie to each other.
fn relation_of_measures(
    lexicon: &Lexicon,
    (m, x): (&str, &Axes),
    (n, y): (&str, &Axes),
) -> Relation {
    let (Some(m), Some(n)) = (lexicon.measure(m), lexicon.measure(n)) else {
        return Relation::Apart;
    };
    if is_part(lexicon, m, n) || is_part(lexicon, n, m) {
        return Relation::Part;
    }
    // One thing that a pack counts in two countries is two measures; the places tell them apart.
    let by_place = x.place != y.place && units_agree(x, y);
    let is_one_thing =
        m.words == n.words || relation_of_things(&x.things, &y.things) == Relation::Same;
    if by_place && is_one_thing {
        Relation::Same
    } else {
        Relation::Apart
    }
}

/// True if the packs make `part` a part of `whole`, directly or over others.
fn is_part(lexicon: &Lexicon, part: &Measure, whole: &Measure) -> bool {
    let mut at = part;
    // A chain longer than all measures is a circle.
    for _ in 0..lexicon.packs().measures().len() {
        match at.part_of.as_deref() {
            Some(id) if id == whole.id => return true,
            Some(id) => match lexicon.measure(id) {
                Some(next) => at = next,
                None => return false,
            },
            None => return false,
        }
    }
    false
}

pub(super) fn units_agree(x: &Axes, y: &Axes) -> bool {
    let rates = match (&x.per, &y.per) {
        (None, None) => true,
        (Some(p), Some(q)) => p == q || x.per_day().is_some() && y.per_day().is_some(),
        _ => false,
    };
    rates && x.unit == y.unit
}

/// Pairs of words of which the first names the whole and the second a part of it.
const WHOLES: &[(&str, &str)] = &[
    ("casualty", "killed"),
    ("casualty", "dead"),
    ("casualty", "wounded"),
    ("casualty", "injured"),
    ("casualty", "death"),
    ("victim", "dead"),
    ("victim", "killed"),
    ("victim", "wounded"),
    ("staff", "diplomat"),
    ("journey", "trip"),
];

fn relation_of_things(a: &Bag, b: &Bag) -> Relation {
    let (only_a, only_b) = (a.without(b), b.without(a));
    match (only_a.is_empty(), only_b.is_empty()) {
        (true, true) => Relation::Same,
        (true, false) | (false, true) => Relation::Part,
        (false, false) => {
            let whole = |w: &Bag, p: &Bag| {
                let part = |stem: &str| w.iter().any(|big| WHOLES.contains(&(big, stem)));
                p.len() == 1 && w.len() == 1 && p.iter().all(part)
            };
            if whole(&only_a, &only_b) || whole(&only_b, &only_a) {
                Relation::Part
            } else {
                Relation::Apart
            }
        }
    }
}

/// A place with more words lies in the place with fewer; a place that is not named may be either.
pub(super) fn relation_of_places(a: &Bag, b: &Bag) -> Relation {
    if a == b {
        Relation::Same
    } else if is_world(a) || is_world(b) {
        Relation::Part
    } else if a.is_empty() || b.is_empty() {
        Relation::Same
    } else if a.covers(b) || b.covers(a) {
        Relation::Part
    } else {
        Relation::Apart
    }
}

/// True if a place contains every other.
pub(crate) fn is_world(place: &Bag) -> bool {
    place.iter().any(|s| WORLD.contains(&s))
}

/// Words of places that contain every other place.
const WORLD: &[&str] = &["abroad", "world", "worldwide", "everywhere", "globally"];
