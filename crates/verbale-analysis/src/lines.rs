//! Which claims under one name are held against each other, without comparing everything with everything.
//!
//! Under a name each claim takes its place in a few lines: that of its page, those of its voice, and one in the order
//! of time. It is held against the claims that stand near it there. A claim that comes or goes changes the pairs
//! around its places and no others, so that a case that keeps the lines finds them without reading the rest.
//!
//! What this module rules out, [`judge`](crate::judge) would not call a conflict; only where hundreds of claims stand
//! in one place of a line ([`REACH`]) are some that meet left out.
//!
//! Not here: where lines are kept (`verbale-case`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, date};
use verbale_core::{ClaimId, Decimal, PageId, Polarity, Proposition, Quantity};

use crate::compare::{self, Side, instrument_bag};
use crate::entry::in_order;
use crate::{Axes, Bag, Conflict, Entry, Lexicon, Voice};

/// With how many of the next in a line a claim is held at most: whoever disagrees with hundreds is found by them.
pub const REACH: usize = 512;

/// With how many of the next a claim is held where the time does not matter.
const FEW: usize = 32;

/// How claims stand in a line, and which of them meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// In the order of time; those meet that share a day.
    Time,
    /// In the order of time; neighbors meet.
    Voice,
    /// In the order of their ids; all meet.
    Together,
    /// In the order of their ids, which is by chance; the next few meet. For what any two may disagree about whenever
    /// they say it: whoever disagrees with many is found by some of them.
    Few,
}

impl LineKind {
    /// With how many of the next a claim meets at most, where `most` bounds the lines that have no bound of their own.
    pub fn reach(self, most: usize) -> usize {
        match self {
            Self::Voice => 1,
            Self::Time | Self::Together => most,
            Self::Few => most.min(FEW),
        }
    }

    /// True if two claims with these spots meet here, as far as the distance between them allows.
    pub fn joins(self, a: &Spot, b: &Spot, on_one_page: bool) -> bool {
        let in_time = self != Self::Time || a.first <= b.last && b.first <= a.last;
        in_time && a.mark.may_disagree(b.mark, on_one_page)
    }
}

/// A line under a name. Its claims stand in the order of [`Spot::place`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// How they stand.
    pub kind: LineKind,
    /// What tells the line from others of its kind.
    pub name: String,
}

/// When a claim holds, and what it cannot disagree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// First day, counted from 1970-01-01; `i32::MIN` if open. 0 where the time is not known.
    pub first: i32,
    /// Last day; `i32::MAX` if open. 0 where the time is not known.
    pub last: i32,
    /// What it cannot disagree with.
    pub mark: Mark,
}

impl Spot {
    /// What claims of a line are sorted by, before their ids.
    pub fn place(&self, kind: LineKind) -> (i32, i32) {
        match kind {
            LineKind::Time | LineKind::Voice => (self.first, self.last),
            LineKind::Together | LineKind::Few => (0, 0),
        }
    }
}

/// A number by which most pairs are told apart that cannot disagree.
///
/// Two bits say what the others are: nothing, the place of a figure, the polarity of an event, the words of a subject
/// or an instrument as a Bloom filter. A place has a digest of its words and a Bloom filter of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    const KIND: u64 = 3 << 62;
    const PLACE: u64 = 1 << 62;
    const POLARITY: u64 = 2 << 62;
    const WORDS: u64 = 3 << 62;
    const NONE: Self = Self(0);
    /// How many bits the words of a place have.
    const PLACE_WORDS: u32 = 31;

    fn place(place: &Bag) -> Self {
        let words = match compare::is_world(place) {
            true => 0,
            false => bits_of(place, u64::from(Self::PLACE_WORDS)),
        };
        let whole = match place.is_empty() {
            true => 0,
            false => (digest(&place.to_string()) >> (2 + Self::PLACE_WORDS)).max(1),
        };
        Self(Self::PLACE | whole << Self::PLACE_WORDS | words)
    }

    fn polarity(polarity: Polarity) -> Self {
        Self(Self::POLARITY | u64::from(polarity == Polarity::Denied))
    }

    fn words(words: &Bag) -> Self {
        Self(Self::WORDS | bits_of(words, 62))
    }

    /// False if two claims with these marks are never in conflict.
    fn may_disagree(self, other: Self, on_one_page: bool) -> bool {
        if (self.0 ^ other.0) & Self::KIND != 0 {
            return true;
        }
        let (a, b) = (self.0 & !Self::KIND, other.0 & !Self::KIND);
        match self.0 & Self::KIND {
            // A page may correct a number for a place with one for a part of it.
            Self::PLACE if on_one_page => {
                let words = (1 << Self::PLACE_WORDS) - 1;
                is_within(a & words, b & words)
            }
            Self::PLACE => {
                let (a, b) = (a >> Self::PLACE_WORDS, b >> Self::PLACE_WORDS);
                a == b || a == 0 || b == 0
            }
            Self::POLARITY => a != b,
            // In one breath a duty and the law behind it are one.
            Self::WORDS => on_one_page || is_within(a, b),
            _ => true,
        }
    }

    /// The number, to be kept.
    pub fn number(self) -> i64 {
        self.0.cast_signed()
    }

    /// The mark with this number.
    pub fn numbered(number: i64) -> Self {
        Self(number.cast_unsigned())
    }
}

/// A Bloom filter of `n_bits` bits for these words.
fn bits_of(words: &Bag, n_bits: u64) -> u64 {
    let bits = words.iter().map(|stem| 1_u64 << (digest(stem) % n_bits));
    bits.fold(0, |all, bit| all | bit)
}

/// True if one of two Bloom filters may be that of a part of the other's words.
fn is_within(a: u64, b: u64) -> bool {
    a & b == a || a & b == b
}

/// FNV-1a: the same on every machine.
fn digest(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// What is dear to find out about a claim and asked for each pair: its voice and its axes.
#[derive(Debug, Clone)]
pub struct Traits {
    pub(crate) voice: Option<Arc<Voice>>,
    pub(crate) axes: Option<Arc<Axes>>,
}

impl Traits {
    /// The traits of a claim.
    pub fn of(lexicon: &Lexicon, entry: Entry<'_>) -> Self {
        let speaker = entry.claim.attribution.speaker.as_ref();
        let axes = |f| Arc::new(Axes::of_entry(lexicon, entry, f));
        Self {
            voice: speaker.map(|s| Arc::new(Voice::of(lexicon, s))),
            axes: entry.figure().map(axes),
        }
    }
}

/// The conflict of two claims, if they are in one.
pub fn conflict_of(
    lexicon: &Lexicon,
    (a, of_a): (Entry<'_>, &Traits),
    (b, of_b): (Entry<'_>, &Traits),
) -> Option<Conflict> {
    let (x, y) = (Side::with(a, of_a), Side::with(b, of_b));
    Conflict::of(compare::judge_sides(lexicon, &x, &y), a, b)
}

/// How a claim stands under the names that it may be in conflict about; the same under all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Claims with one saying are copies, which would repeat each conflict: the smallest id stands for all.
    pub saying: String,
    /// Where it stands; no line twice.
    pub lines: Vec<Line>,
    /// When it holds, and what it cannot disagree with.
    pub spot: Spot,
}

impl Stand {
    /// How `entry` stands; `None` for a repeat on its page, which stands nowhere.
    pub fn of(lexicon: &Lexicon, entry: Entry<'_>, traits: &Traits) -> Option<Self> {
        entry.claim.restates.is_none().then(|| Self {
            saying: saying(lexicon, entry, traits),
            lines: lines(lexicon, entry, traits),
            spot: spot(lexicon, entry, traits),
        })
    }
}

/// What a claim says, for telling copies: voice, number or status, bounds, time, polarity. Figures and statuses
/// whose time is not known stand for themselves.
fn saying(lexicon: &Lexicon, entry: Entry<'_>, traits: &Traits) -> String {
    let voice = traits.voice.as_ref().map(|v| v.key());
    let denied = entry.claim.polarity == Polarity::Denied;
    let time = entry.when().interval().map(|i| (i.start(), i.end()));
    let bag = |text: &str| Bag::of(lexicon, text);
    match &entry.claim.proposition {
        Proposition::Obligation(duty) => {
            let speaker = entry.claim.attribution.speaker.as_ref();
            let speaker = speaker.map(|s| (&s.name, &s.org, &s.anonymity));
            let instrument = duty
                .instrument
                .as_deref()
                .map(|i| instrument_bag(lexicon, i));
            let content = (instrument, &duty.paragraph, bag(&duty.action));
            return format!("{speaker:?} {content:?} {denied}");
        }
        Proposition::Event(event) => {
            let event = (bag(&event.label), bag(&event.actors.join(" ")));
            return format!("{voice:?} {event:?} {time:?} {denied}");
        }
        _ => {}
    }
    let quantity = entry.figure().map(|f| &f.quantity);
    let number = |n: fn(&Quantity) -> Option<Decimal>| quantity.and_then(n).map(|n| n.normalize());
    let numbers = (number(|q| q.value), number(|q| q.low), number(|q| q.high));
    let hedge = quantity.and_then(|q| q.approximator.as_ref());
    let place = entry.figure().and_then(|f| f.place.as_ref());
    let status = entry
        .status()
        .map(|s| (&s.subject, &s.status, entry.spoken_by()));
    let own = time.is_none().then(|| entry.id().to_string());
    format!("{voice:?} {numbers:?} {hedge:?} {place:?} {status:?} {time:?} {denied} {own:?}")
}

fn lines(lexicon: &Lexicon, entry: Entry<'_>, traits: &Traits) -> Vec<Line> {
    let line = |kind, name: String| Line { kind, name };
    let mut lines = Vec::new();
    let is_dated = entry.when().interval().is_some();
    if is_dated {
        lines.push(line(LineKind::Time, String::new()));
    }
    lines.push(line(LineKind::Together, entry.page.to_string()));
    match &entry.claim.proposition {
        Proposition::Figure(_) => {
            let voice = traits.voice.as_ref().filter(|_| is_dated);
            let keys = voice.into_iter().flat_map(|v| [v.key(), v.office_key()]);
            // Who speaks of two places in turn has a neighbor at each of them.
            let place = traits.axes.as_deref().filter(|axes| axes.measure.is_none());
            let place = place.map_or(String::new(), |axes| axes.place.to_string());
            for key in keys {
                if !place.is_empty() {
                    lines.push(line(LineKind::Voice, format!("{key} | {place}")));
                }
                lines.push(line(LineKind::Voice, key));
            }
        }
        // "Missed" is dated by the deadline, "complying" by the day it was said: their times never meet.
        Proposition::Status(s) if compare::is_duty(lexicon, s) => {
            lines.push(line(LineKind::Few, String::new()));
        }
        Proposition::Status(_) => {}
        // What a page says of one paragraph meets under a name of its own.
        Proposition::Obligation(_) => lines = vec![line(LineKind::Few, String::new())],
        // Who denies an event need not say when.
        _ => lines = vec![line(LineKind::Together, String::new())],
    }
    lines.sort();
    lines.dedup();
    lines
}

fn spot(lexicon: &Lexicon, entry: Entry<'_>, traits: &Traits) -> Spot {
    let days = entry.when().interval();
    let bound = |day: Option<Date>, open: i32| day.map_or(open, days_since_1970);
    let mark = match (&entry.claim.proposition, &traits.axes) {
        // A currency that changed on the way is seen whatever the place.
        (Proposition::Figure(_), Some(axes)) if axes.measure.is_none() => Mark::place(&axes.place),
        (Proposition::Event(_), _) => Mark::polarity(entry.claim.polarity),
        (Proposition::Obligation(duty), _) => {
            let instrument = duty.instrument.as_deref().unwrap_or_default();
            Mark::words(&instrument_bag(lexicon, instrument))
        }
        (Proposition::Status(status), _) => Mark::words(&Bag::of(lexicon, &status.subject)),
        _ => Mark::NONE,
    };
    Spot {
        first: days.map_or(0, |i| bound(i.start(), i32::MIN)),
        last: days.map_or(0, |i| bound(i.end(), i32::MAX)),
        mark,
    }
}

fn days_since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// One claim for each saying, those of the smallest ids, with what it stands on.
pub(crate) fn standing_in_line<'a>(
    lexicon: &Lexicon,
    entries: &[Entry<'a>],
) -> Vec<(Entry<'a>, Traits, Stand)> {
    let mut seen = BTreeSet::new();
    let stand = |entry: Entry<'a>| {
        let traits = Traits::of(lexicon, entry);
        let stand = Stand::of(lexicon, entry, &traits)?;
        Some((entry, traits, stand))
    };
    let mut all: Vec<_> = in_order(entries).into_iter().filter_map(stand).collect();
    all.retain(|(_, _, stand)| seen.insert(stand.saying.clone()));
    all
}

/// The numbers of the claims that meet, the smaller one first.
pub(crate) fn meetings(
    stands: &[(Entry<'_>, Traits, Stand)],
    most: usize,
) -> BTreeSet<(usize, usize)> {
    type Placed = ((i32, i32), ClaimId, usize);
    let mut lines: BTreeMap<&Line, Vec<Placed>> = BTreeMap::new();
    for (i, (entry, _, stand)) in stands.iter().enumerate() {
        for line in &stand.lines {
            let place = (stand.spot.place(line.kind), entry.id(), i);
            lines.entry(line).or_default().push(place);
        }
    }
    let page = |i: usize| -> PageId { stands[i].0.page };
    let mut pairs = BTreeSet::new();
    for (line, mut placed) in lines {
        placed.sort_unstable();
        for (at, &(_, _, i)) in placed.iter().enumerate() {
            for &(_, _, j) in placed[at + 1..].iter().take(line.kind.reach(most)) {
                let (a, b) = (&stands[i].2.spot, &stands[j].2.spot);
                if line.kind == LineKind::Time && b.first > a.last {
                    break;
                }
                if line.kind.joins(a, b, page(i) == page(j)) {
                    pairs.insert((i.min(j), i.max(j)));
                }
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(words: &str) -> Bag {
        words.split_whitespace().collect()
    }

    #[test]
    fn marks_tell_apart_what_cannot_disagree() {
        let (tarn, selm, open) = (
            Mark::place(&bag("tarn")),
            Mark::place(&bag("selm")),
            Mark::place(&bag("")),
        );
        let (port, world) = (Mark::place(&bag("port tarn")), Mark::place(&bag("world")));
        let apart = |a: Mark, b: Mark| a.may_disagree(b, false) && b.may_disagree(a, false);
        let on_page = |a: Mark, b: Mark| a.may_disagree(b, true) && b.may_disagree(a, true);
        assert!(apart(tarn, tarn) && apart(tarn, open) && apart(open, open));
        assert!(!apart(tarn, selm) && !apart(tarn, port) && !apart(tarn, world));
        assert!(on_page(tarn, port) && on_page(tarn, open) && on_page(tarn, world));
        assert!(!on_page(tarn, selm));
        let said = |p| Mark::polarity(p);
        assert!(apart(said(Polarity::Denied), said(Polarity::Asserted)));
        assert!(!on_page(said(Polarity::Denied), said(Polarity::Denied)));
        let (accord, of_tarn, of_selm) = (
            Mark::words(&bag("accord")),
            Mark::words(&bag("accord tarn")),
            Mark::words(&bag("accord selm")),
        );
        assert!(apart(accord, of_tarn) && !apart(of_tarn, of_selm));
        assert!(on_page(of_tarn, of_selm) && apart(Mark::NONE, tarn));
        assert_eq!(Mark::numbered(of_selm.number()), of_selm);
    }
}
