//! Two figures: measure, place, coverage, date, value.

use verbale_core::{Decimal, Figure, Modality, Polarity};

use super::{
    Answer, ConflictKind, WhyNot, amount, conflict, not,
    relation::{Relation, measures, relation_of_places},
    time::{self, Times},
    value,
};
use crate::{Axes, Band, Entry, Lexicon};

/// A figure with its axes.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    entry: Entry<'a>,
    whole: &'a super::Side<'a>,
    pub(super) figure: &'a Figure,
    pub(super) axes: &'a Axes,
}

impl<'a> Side<'a> {
    pub(super) fn of(whole: &'a super::Side<'a>) -> Option<Self> {
        let entry = whole.entry;
        Some(Self {
            entry,
            whole,
            figure: entry.figure()?,
            axes: whole.axes.as_deref()?,
        })
    }

    pub(super) fn entry(self) -> Entry<'a> {
        self.entry
    }

    pub(super) fn has_voice_of(self, other: Self) -> bool {
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
    let places = if is_whole_and_part(a, b) {
        Relation::Part
    } else {
        relation_of_places(&a.axes.place, &b.axes.place)
    };
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
        Times::Within => match shared(lexicon, a, b, &when) {
            agreed @ (Err(WhyNot::Compatible | WhyNot::SameOrigin), _) => agreed,
            _ => {
                let reason = format!("The periods {} and {} cover each other.", when.0, when.1);
                not(WhyNot::Coverage, reason)
            }
        },
        Times::Unknown => {
            let reason = format!("Their times are {} and {}.", when.0, when.1);
            not(WhyNot::TimeUnknown, reason)
        }
        Times::Apart => apart(a, b, &when),
        Times::Shared => shared(lexicon, a, b, &when),
    }
}

/// One voice on one page that names a place for one number and none for the other gives a part and its whole.
fn is_whole_and_part(a: Side<'_>, b: Side<'_>) -> bool {
    let one_is_open = a.axes.place.is_empty() != b.axes.place.is_empty();
    let one_voice = a.has_voice_of(b) || a.entry.speaker().is_none() && b.entry.speaker().is_none();
    one_is_open && a.entry.page == b.entry.page && one_voice
}

/// One voice on one page, or the page's own: what differs there differs in what it counts, for all that the words of the
/// two have in common. Slips and corrections are told before this is asked.
fn is_one_statement(a: Side<'_>, b: Side<'_>) -> bool {
    let is_one = a.entry.speaker() == b.entry.speaker() || a.has_voice_of(b);
    a.entry.page == b.entry.page && is_one
}

/// Two undated numbers of one voice on one page tell of a change: "fell from 4.10 to 3.85".
fn is_change(a: Side<'_>, b: Side<'_>) -> bool {
    let undated = |s: Side<'_>| s.entry.when() == crate::When::Unstated;
    let one_polarity = a.entry.claim.polarity == b.entry.claim.polarity;
    undated(a) && undated(b) && one_polarity && a.has_voice_of(b)
}

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
    if is_one_statement(a, b) {
        let reason = format!(
            "One page has {amounts} from one speaker side by side: nobody contradicts himself there, and they count different things."
        );
        return not(WhyNot::Measure, reason);
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
    // A seventh of fourteen is two: what division adds in the last digits is no difference.
    let scaled =
        |band: Band, factor: Option<Decimal>| Some(band.scaled(factor?)?.cut_to(RATE_DIGITS));
    match (scaled(x, ax.per_day()), scaled(y, ay.per_day())) {
        (Some(x), Some(y)) => (x, y),
        _ => (x, y),
    }
}

/// Digits after the point that a converted rate keeps.
const RATE_DIGITS: u32 = 9;

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
    let differ = || matches!((band(a), band(b)), (Some(x), Some(y)) if !x.overlaps(y));
    a.entry.page == b.entry.page
        && gap <= CORRECTION_REACH
        && things == Relation::Same
        && a.axes.modality == Modality::Actual
        && (corrects(a.entry) || corrects(b.entry))
        && differ()
}
