//! Two figures: measure, place, coverage, date, value.

use verbale_core::{Decimal, Figure, Modality, Polarity};
use verbale_pack::Measure;

use super::{
    Answer, ConflictKind, WhyNot, amount, conflict, not,
    time::{self, Times},
    value,
};
use crate::{Axes, Bag, Band, Entry, Lexicon, Nature};

/// A figure with its axes.
#[derive(Clone, Copy)]
struct Side<'a> {
    entry: Entry<'a>,
    whole: &'a super::Side<'a>,
    figure: &'a Figure,
    axes: &'a Axes,
}

impl<'a> Side<'a> {
    fn of(whole: &'a super::Side<'a>) -> Option<Self> {
        let entry = whole.entry;
        Some(Self {
            entry,
            whole,
            figure: entry.figure()?,
            axes: whole.axes.as_ref()?,
        })
    }

    fn has_voice_of(self, other: Self) -> bool {
        self.whole.has_voice_of(other.whole)
    }
}

pub(super) fn judge(lexicon: &Lexicon, a: &super::Side<'_>, b: &super::Side<'_>) -> Answer {
    match (Side::of(a), Side::of(b)) {
        (Some(a), Some(b)) => judge_sides(lexicon, a, b),
        _ => not(WhyNot::Kind, "They are not both figures.".into()),
    }
}

fn judge_sides(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>) -> Answer {
    if let Some(answer) = unit_changed(a, b) {
        return answer;
    }
    let things = match measures(lexicon, a, b) {
        Ok(relation) => relation,
        Err(reason) => return not(WhyNot::Measure, reason),
    };
    let places = relation_of_places(&a.axes.place, &b.axes.place);
    if places == Relation::Apart {
        let named = |s: Side<'_>| s.figure.place.clone().unwrap_or_default();
        return not(
            WhyNot::Place,
            format!("One holds for {}, the other for {}.", named(a), named(b)),
        );
    }
    if is_corrected_on_page(lexicon, a, b, things) {
        let reason = format!(
            "One page gives {} and {} side by side and calls one a correction of the other.",
            amount(a.figure),
            amount(b.figure)
        );
        return conflict(ConflictKind::Revision, reason);
    }
    if things == Relation::Part {
        let reason = format!(
            "One counts “{}”, the other “{}”: a part of it.",
            a.figure.subject, b.figure.subject
        );
        return not(WhyNot::Coverage, reason);
    }
    if places == Relation::Part {
        return not(WhyNot::Coverage, "One place is a part of the other.".into());
    }
    let when = (time::in_words(a.entry), time::in_words(b.entry));
    let mut times = time::of_figures((a.entry, a.axes.nature), (b.entry, b.axes.nature));
    if is_change(a, b) {
        times = Times::Unknown;
    } else if times == Times::Unknown && a.entry.claim.polarity != b.entry.claim.polarity {
        // Who denies a number means the statement of it, whether or not the pages are dated.
        times = Times::Shared;
    }
    match times {
        Times::Covering => {
            let reason = format!("The periods {} and {} cover each other.", when.0, when.1);
            not(WhyNot::Coverage, reason)
        }
        Times::Unknown => {
            let reason = format!("Their times are {} and {}.", when.0, when.1);
            not(WhyNot::TimeUnknown, reason)
        }
        Times::Apart => apart(a, b, &when),
        Times::Shared => shared(lexicon, a, b, &when),
    }
}

/// Two undated numbers of one voice on one page tell of a change: "fell from 4.10 to 3.85".
fn is_change(a: Side<'_>, b: Side<'_>) -> bool {
    let undated = |s: Side<'_>| s.entry.when() == crate::When::Unstated;
    let one_polarity = a.entry.claim.polarity == b.entry.claim.polarity;
    undated(a) && undated(b) && one_polarity && a.has_voice_of(b)
}

/// How two sets of words lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// One is a part of the other.
    Part,
    Apart,
}

/// How the two measures lie to each other, or why they are two.
fn measures(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>) -> Result<Relation, String> {
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

fn units_agree(x: &Axes, y: &Axes) -> bool {
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
fn relation_of_places(a: &Bag, b: &Bag) -> Relation {
    let is_world = |p: &Bag| p.iter().any(|s| WORLD.contains(&s));
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

/// Words of places that contain every other place.
pub(crate) const WORLD: &[&str] = &["abroad", "world", "worldwide", "everywhere", "globally"];

/// Figures for different times: a drift if one speaker speaks of a level.
fn apart(a: Side<'_>, b: Side<'_>, when: &(String, String)) -> Answer {
    let is_level = a.axes.nature.is_level() && b.axes.nature.is_level();
    let numbers = |s: Side<'_>| {
        (
            s.figure.quantity.value,
            s.figure.quantity.low,
            s.figure.quantity.high,
        )
    };
    let is_asserted = |s: Side<'_>| s.entry.claim.polarity == Polarity::Asserted;
    let both = is_asserted(a) && is_asserted(b) && a.axes.modality == Modality::Actual;
    if is_level && both && numbers(a) != numbers(b) && a.has_voice_of(b) {
        let (first, second) = if starts_before(a, b) { (a, b) } else { (b, a) };
        let reason = format!(
            "{} gives {} for {} and {} for {}.",
            first.entry.speaker().unwrap_or("One speaker"),
            amount(first.figure),
            time::in_words(first.entry),
            amount(second.figure),
            time::in_words(second.entry),
        );
        return conflict(ConflictKind::Drift, reason);
    }
    not(
        WhyNot::Date,
        format!("One holds for {}, the other for {}.", when.0, when.1),
    )
}

fn starts_before(a: Side<'_>, b: Side<'_>) -> bool {
    let start = |s: Side<'_>| {
        s.entry
            .when()
            .interval()
            .and_then(|i| i.end().or(i.start()))
    };
    start(a) <= start(b)
}

/// Figures for one measure, place and time.
fn shared(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>, when: &(String, String)) -> Answer {
    let band = |s: Side<'_>| Band::of(lexicon, &s.figure.quantity);
    let (Some(x), Some(y)) = (band(a), band(b)) else {
        return not(
            WhyNot::Compatible,
            "At least one of them names no number.".into(),
        );
    };
    let (x, y) = to_one_period((x, a.axes), (y, b.axes));
    let one_voice = a.has_voice_of(b);
    let amounts = format!("{} and {}", amount(a.figure), amount(b.figure));
    match (a.entry.claim.polarity, b.entry.claim.polarity) {
        (Polarity::Denied, Polarity::Denied) => {
            return not(WhyNot::Compatible, "Both deny a number.".into());
        }
        (p, q) if p != q => return denied(x.overlaps(y), a, b),
        _ => {}
    }
    if x.overlaps(y) {
        return agreeing(a, b, one_voice, &amounts);
    }
    let (qa, qb) = (&a.figure.quantity, &b.figure.quantity);
    if one_voice && value::is_cut(qa, qb) {
        let reason =
            format!("{amounts} are given for one statement: a number was cut at its thousands.");
        return conflict(ConflictKind::RelayDamage, reason);
    }
    if let Some(how) = value::slip(qa, qb).filter(|_| one_voice) {
        return conflict(
            ConflictKind::Slip,
            format!("{amounts} are given for one thing by one speaker: {how}."),
        );
    }
    if corrects(a.entry) || corrects(b.entry) {
        return conflict(
            ConflictKind::Revision,
            format!("One of {amounts} is called a correction."),
        );
    }
    let bands = if x.to_string() == y.to_string() {
        String::new()
    } else {
        format!(" ({x}; {y})")
    };
    conflict(
        ConflictKind::Contradiction,
        format!(
            "Both speak of “{}” at {} and {}, but {amounts}{bands} leave no common value.",
            a.figure.subject, when.0, when.1
        ),
    )
}

/// One figure is asserted, the other denied.
fn denied(overlaps: bool, a: Side<'_>, b: Side<'_>) -> Answer {
    let (asserts, denies) = match a.entry.claim.polarity {
        Polarity::Asserted => (a, b),
        Polarity::Denied => (b, a),
    };
    if !overlaps {
        let reason = format!(
            "{} is denied, {} asserted.",
            amount(denies.figure),
            amount(asserts.figure)
        );
        return not(WhyNot::Compatible, reason);
    }
    let reason = format!(
        "{} asserts {}, {} denies it.",
        asserts.entry.voice(),
        amount(asserts.figure),
        denies.entry.voice()
    );
    conflict(ConflictKind::Contradiction, reason)
}

/// Figures that leave a common value: copies of one statement, a lost bound, or simply compatible.
fn agreeing(a: Side<'_>, b: Side<'_>, one_voice: bool, amounts: &str) -> Answer {
    let (qa, qb) = (&a.figure.quantity, &b.figure.quantity);
    let named = |q: &verbale_core::Quantity| q.value.or(q.low).or(q.high);
    let said_together = match (a.entry.spoken(), b.entry.spoken()) {
        (Some(x), Some(y)) => x.overlaps(y) || a.entry.when() == b.entry.when(),
        _ => a.entry.when() == b.entry.when(),
    };
    if one_voice && said_together && named(qa) == named(qb) && named(qa).is_some() {
        if (qa.low, qa.high) == (qb.low, qb.high) {
            return not(
                WhyNot::SameOrigin,
                format!("{amounts} are one statement of one speaker."),
            );
        }
        if qa.is_bounded() != qb.is_bounded() {
            return conflict(
                ConflictKind::RelayDamage,
                format!("{amounts} come from one statement: a bound was lost."),
            );
        }
    }
    not(
        WhyNot::Compatible,
        format!("{amounts} leave a common value."),
    )
}

/// A number that one statement has in two units was changed on the way.
fn unit_changed(a: Side<'_>, b: Side<'_>) -> Option<Answer> {
    let (qa, qb) = (&a.figure.quantity, &b.figure.quantity);
    let value = qa.value.filter(|v| qb.value == Some(*v))?;
    let n_digits = value
        .normalize()
        .mantissa()
        .unsigned_abs()
        .to_string()
        .trim_end_matches('0')
        .len();
    let said = (
        a.entry.claim.attribution.said_on.as_ref(),
        b.entry.claim.attribution.said_on.as_ref(),
    );
    let (Some(x), Some(y)) = (
        said.0.and_then(|t| t.interval),
        said.1.and_then(|t| t.interval),
    ) else {
        return None;
    };
    let is_money =
        |axes: &Axes| axes.unit.len() == 3 && axes.unit.chars().all(|c| c.is_ascii_alphabetic());
    let differ = a.axes.unit != b.axes.unit && is_money(a.axes) && is_money(b.axes);
    (differ && n_digits >= 2 && x == y && a.entry.page != b.entry.page && a.has_voice_of(b)).then(
        || {
            let reason = format!(
                "{} and {} come from one statement: the unit was changed.",
                amount(a.figure),
                amount(b.figure)
            );
            conflict(ConflictKind::RelayDamage, reason)
        },
    )
}

/// Rates of different periods brought to one; everything else as it is.
fn to_one_period((x, ax): (Band, &Axes), (y, ay): (Band, &Axes)) -> (Band, Band) {
    if ax.per == ay.per {
        return (x, y);
    }
    let scaled = |band: Band, factor: Option<Decimal>| factor.and_then(|f| band.scaled(f));
    match (scaled(x, ax.per_day()), scaled(y, ay.per_day())) {
        (Some(x), Some(y)) => (x, y),
        _ => (x, y),
    }
}

/// Words beside a claim that call it a correction. Stems as the page writes them, in lower case.
const CORRECTIONS: &[&str] = &[
    "correct",
    "revis",
    "amend",
    "not the ",
    "was wrong",
    "were wrong",
    "rather than",
    "instead of",
    "undercount",
    "overcount",
    "miscount",
    "updated",
];

/// True if the words of the claim, or those right beside it, call it a correction or a mistake.
fn corrects(entry: Entry<'_>) -> bool {
    let evidence = &entry.claim.evidence;
    let words = format!(
        "{}{}{}",
        evidence.prefix(),
        evidence.quote(),
        evidence.suffix()
    )
    .to_lowercase();
    CORRECTIONS.iter().any(|c| words.contains(c))
}

/// How far apart, in bytes, two numbers of one page may stand if one corrects the other.
const CORRECTION_REACH: u32 = 240;

/// True if one page gives two numbers side by side and says that one replaces the other.
fn is_corrected_on_page(lexicon: &Lexicon, a: Side<'_>, b: Side<'_>, things: Relation) -> bool {
    let (ra, rb) = (
        a.entry.claim.evidence.range(),
        b.entry.claim.evidence.range(),
    );
    let gap =
        u32::from(ra.start().max(rb.start())).saturating_sub(u32::from(ra.end().min(rb.end())));
    let band = |s: Side<'_>| Band::of(lexicon, &s.figure.quantity);
    let differ = matches!((band(a), band(b)), (Some(x), Some(y)) if !x.overlaps(y));
    a.entry.page == b.entry.page
        && gap <= CORRECTION_REACH
        && things == Relation::Same
        && a.axes.modality == Modality::Actual
        && differ
        && (corrects(a.entry) || corrects(b.entry))
}
