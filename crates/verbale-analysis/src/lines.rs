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

use crate::compare::{self, Side};
use crate::entry::in_order;
use crate::{Axes, Bag, Conflict, Entry, Lexicon, Voice};

/// With how many of the next in a line a claim is held at most: whoever disagrees with hundreds is found by them.
pub const REACH: usize = 512;

/// How claims stand in a line, and which of them meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// In the order of time; those meet that share a day.
    Time,
    /// In the order of time; neighbors meet.
    Voice,
    /// In the order of their ids; all meet.
    Together,
}

impl LineKind {
    /// With how many of the next a claim meets at most, where `most` bounds the lines that have no bound of their own.
    pub fn reach(self, most: usize) -> usize {
        match self {
            Self::Voice => 1,
            Self::Time | Self::Together => most,
        }
    }

    /// True if two claims with these spots meet here, as far as the distance between them allows.
    pub fn joins(self, a: &Spot, b: &Spot, on_one_page: bool) -> bool {
        let in_time = self != Self::Time || a.first <= b.last && b.first <= a.last;
        in_time && (on_one_page || a.mark.may_disagree(b.mark))
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
            LineKind::Together => (0, 0),
        }
    }
}

/// A number by which most pairs of different pages are told apart that cannot disagree.
///
/// Two bits say what the others are: nothing, the place of a figure, the polarity of an event, the words of an
/// instrument as a Bloom filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    const KIND: u64 = 3 << 62;
    const PLACE: u64 = 1 << 62;
    const POLARITY: u64 = 2 << 62;
    const WORDS: u64 = 3 << 62;
    const NONE: Self = Self(0);

    fn place(place: &Bag) -> Self {
        let digest = if place.is_empty() {
            0
        } else {
            digest(&place.to_string()).max(1)
        };
        Self(Self::PLACE | digest & !Self::KIND)
    }

    fn polarity(polarity: Polarity) -> Self {
        Self(Self::POLARITY | u64::from(polarity == Polarity::Denied))
    }

    fn words(words: &Bag) -> Self {
        let bits = words.iter().map(|stem| 1_u64 << (digest(stem) % 62));
        Self(Self::WORDS | bits.fold(0, |all, bit| all | bit))
    }

    /// False if two claims of different pages with these marks are never in conflict.
    fn may_disagree(self, other: Self) -> bool {
        if (self.0 ^ other.0) & Self::KIND != 0 {
            return true;
        }
        let (a, b) = (self.0 & !Self::KIND, other.0 & !Self::KIND);
        match self.0 & Self::KIND {
            Self::PLACE => a == b || a == 0 || b == 0,
            Self::POLARITY => a != b,
            Self::WORDS => a & b == a || a & b == b,
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
            saying: saying(entry, traits),
            lines: lines(lexicon, entry, traits),
            spot: spot(lexicon, entry, traits),
        })
    }
}

/// What a claim says, for telling copies: voice, number or status, bounds, time, polarity. Claims whose time is
/// not known stand for themselves.
fn saying(entry: Entry<'_>, traits: &Traits) -> String {
    let quantity = entry.figure().map(|f| &f.quantity);
    let number = |n: fn(&Quantity) -> Option<Decimal>| quantity.and_then(n).map(|n| n.normalize());
    let numbers = (number(|q| q.value), number(|q| q.low), number(|q| q.high));
    let hedge = quantity.and_then(|q| q.approximator.as_ref());
    let place = entry.figure().and_then(|f| f.place.as_ref());
    let time = entry.when().interval().map(|i| (i.start(), i.end()));
    let status = entry
        .status()
        .map(|s| (&s.subject, &s.status, entry.spoken_by()));
    let own =
        (quantity.is_none() && status.is_none() || time.is_none()).then(|| entry.id().to_string());
    let voice = traits.voice.as_ref().map(|v| v.key());
    let denied = entry.claim.polarity == Polarity::Denied;
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
            lines.extend(keys.map(|key| line(LineKind::Voice, key)));
        }
        // "Missed" is dated by the deadline, "complying" by the day it was said: their times never meet.
        Proposition::Status(s) if compare::is_duty(lexicon, s) => {
            lines.push(line(LineKind::Together, String::new()));
        }
        Proposition::Status(_) => {}
        // Duties do not meet in time, and those that deny an event need not say when.
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
            Mark::words(&Bag::of(lexicon, instrument))
        }
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
        assert!(tarn.may_disagree(tarn) && tarn.may_disagree(open) && open.may_disagree(open));
        assert!(!tarn.may_disagree(selm));
        let said = |p| Mark::polarity(p);
        assert!(said(Polarity::Denied).may_disagree(said(Polarity::Asserted)));
        assert!(!said(Polarity::Denied).may_disagree(said(Polarity::Denied)));
        let (accord, of_tarn, of_selm) = (
            Mark::words(&bag("accord")),
            Mark::words(&bag("accord tarn")),
            Mark::words(&bag("accord selm")),
        );
        assert!(accord.may_disagree(of_tarn) && of_tarn.may_disagree(accord));
        assert!(!of_tarn.may_disagree(of_selm));
        assert!(Mark::NONE.may_disagree(tarn));
        assert_eq!(Mark::numbered(of_selm.number()), of_selm);
    }
}
