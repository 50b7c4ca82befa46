//! All disagreements of a case, without comparing everything with everything.
//!
//! Claims meet only under a common key ([`keys`]), so that a case can keep an index of keys and, after adding a
//! page, ask for the claims under the keys of that page alone. Nothing is retired by a conflict.

use std::collections::{BTreeMap, BTreeSet};

use verbale_core::{ClaimId, Decimal, Interval, Polarity, Proposition, Quantity};

use crate::{
    Axes, Bag, ConflictKind, Entry, Lexicon, Verdict, Voice, When,
    compare::{Side, judge_sides, party_of, wrong_sums},
    entry::in_order,
};

/// Two claims that cannot both hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The two claims, the smaller id first.
    pub pair: (ClaimId, ClaimId),
    /// In what way.
    pub kind: ConflictKind,
    /// Why, in one sentence.
    pub reason: String,
    /// The words of the two claims, in the order of the pair.
    pub quotes: (String, String),
    /// Who says them, in the order of the pair.
    pub voices: (String, String),
}

/// The keys under which a claim meets others; two claims without a common key are never in conflict.
pub fn keys(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<String> {
    let bag = |text: &str| Bag::of(lexicon, text);
    match &entry.claim.proposition {
        Proposition::Figure(figure) => {
            let axes = Axes::of_entry(lexicon, entry, figure);
            let mut keys = vec![format!("figure {}", axes.bucket())];
            // A whole and its parts are several measures that meet on their page.
            if is_plain(&figure.quantity) {
                keys.push(format!("sum {} {}", entry.page, axes.unit));
            }
            keys
        }
        Proposition::Status(status) => {
            let mut keys = pairs_of("status", &bag(&status.subject));
            keys.extend(party_of(status).map(|p| format!("party {} {}", bag(p), entry.page)));
            keys
        }
        Proposition::Obligation(duty) => {
            let paragraph = duty.paragraph.as_deref().unwrap_or_default();
            let instrument = bag(duty.instrument.as_deref().unwrap_or_default());
            let key = |stem| format!("duty {stem} {paragraph}");
            if paragraph.is_empty() {
                Vec::new()
            } else {
                instrument.iter().map(key).collect()
            }
        }
        Proposition::Event(event) => vec![format!("event {}", bag(&event.label))],
        Proposition::Position(_) => Vec::new(),
    }
}

/// True for a number without hedge, bound and rate, which may be a whole or a part of one.
fn is_plain(q: &Quantity) -> bool {
    !q.is_bounded() && q.approximator.is_none() && q.per.is_none()
}

/// Every two stems of a subject, or its only one: subjects that share two words meet.
fn pairs_of(kind: &str, bag: &Bag) -> Vec<String> {
    let stems: Vec<&str> = bag.iter().collect();
    if let [only] = stems[..] {
        return vec![format!("{kind} {only}")];
    }
    let pairs = stems
        .iter()
        .enumerate()
        .flat_map(|(i, a)| stems[i + 1..].iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| format!("{kind} {a} {b}")).collect()
}

/// All conflicts among these claims, in the order of their ids.
pub fn conflicts(lexicon: &Lexicon, entries: &[Entry<'_>]) -> Vec<Conflict> {
    let mut under: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in in_order(entries) {
        for key in keys(lexicon, entry) {
            under.entry(key).or_default().push(entry);
        }
    }
    let mut found = BTreeSet::new();
    for group in under.values() {
        found.extend(conflicts_under(lexicon, group));
    }
    // Two pages with one story have the same conflict twice.
    let mut seen = BTreeSet::new();
    found.retain(|c| seen.insert(c.words()));
    found.into_iter().collect()
}

/// The conflicts among claims that share a key.
pub fn conflicts_under(lexicon: &Lexicon, entries: &[Entry<'_>]) -> Vec<Conflict> {
    let sides: Vec<Side<'_>> = representatives(lexicon, entries);
    let judged = candidates(&sides).into_iter().filter_map(|(i, j)| {
        let (a, b) = (&sides[i], &sides[j]);
        Conflict::of(judge_sides(lexicon, a, b), a.entry, b.entry)
    });
    let mut conflicts: Vec<Conflict> = judged.collect();
    let mut pages: BTreeMap<_, Vec<&Side<'_>>> = BTreeMap::new();
    for side in sides.iter().filter(|s| s.axes.is_some()) {
        pages.entry(side.entry.page).or_default().push(side);
    }
    for on_page in pages.values().filter(|p| p.len() > 2) {
        conflicts.extend(wrong_sums(lexicon, on_page));
    }
    conflicts.sort();
    conflicts
}

impl Conflict {
    /// The conflict of a verdict, if it is one.
    pub fn of(verdict: Verdict, a: Entry<'_>, b: Entry<'_>) -> Option<Self> {
        let (a, b) = if a.id() <= b.id() { (a, b) } else { (b, a) };
        Some(Self {
            pair: verdict.pair,
            kind: verdict.answer.ok()?,
            reason: verdict.reason,
            quotes: (a.quote().to_owned(), b.quote().to_owned()),
            voices: (a.voice(), b.voice()),
        })
    }
}

impl Conflict {
    /// The kind and the words of both sides, in an order that does not depend on ids.
    fn words(&self) -> (ConflictKind, [String; 2]) {
        let mut quotes = [self.quotes.0.clone(), self.quotes.1.clone()];
        quotes.sort_unstable();
        (self.kind, quotes)
    }
}

/// One claim for each thing that is said: copies of it would repeat each conflict.
fn representatives<'a>(lexicon: &Lexicon, entries: &[Entry<'a>]) -> Vec<Side<'a>> {
    let mut seen = BTreeSet::new();
    let firsts = in_order(entries)
        .into_iter()
        .filter(|e| e.claim.restates.is_none());
    let mut sides: Vec<Side<'a>> = firsts.map(|e| Side::of(lexicon, e)).collect();
    sides.retain(|s| seen.insert(saying(s)));
    sides
}

/// What a claim says, for telling copies: voice, number or status, bounds, time, polarity. Claims whose time is
/// not known stand for themselves.
fn saying(side: &Side<'_>) -> impl Ord + use<> {
    let entry = side.entry;
    let quantity = entry.figure().map(|f| &f.quantity);
    let number = |n: fn(&Quantity) -> Option<Decimal>| quantity.and_then(n);
    let numbers = (number(|q| q.value), number(|q| q.low), number(|q| q.high));
    let hedge = quantity.and_then(|q| q.approximator.clone());
    let place = entry.figure().and_then(|f| f.place.clone());
    let time = entry.when().interval().map(|i| (i.start(), i.end()));
    let status = entry
        .status()
        .map(|s| (s.subject.clone(), s.status.clone(), entry.spoken_by()));
    let own = (quantity.is_none() && status.is_none() || time.is_none()).then(|| entry.id());
    let voice = side.voice.as_ref().map(Voice::key);
    (
        voice,
        numbers,
        hedge,
        place,
        status,
        time,
        entry.claim.polarity == Polarity::Denied,
        own,
    )
}

/// With how many of the next in time a claim is held at most. Under a name with more, the nearest are enough:
/// whoever disagrees with hundreds is found by them.
const MAX_MEETINGS: usize = 512;

/// Index pairs worth judging: claims of overlapping times, neighbors in time of one voice, claims of one page.
fn candidates(sides: &[Side<'_>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut add = |i: usize, j: usize| {
        if i != j {
            pairs.insert((i.min(j), i.max(j)));
        }
    };
    if sides.iter().any(|s| s.entry.figure().is_none()) {
        // Duties do not meet in time, and words are few: each with each.
        let last = |i: usize| (i + 1 + MAX_MEETINGS).min(sides.len());
        (0..sides.len()).for_each(|i| (i + 1..last(i)).for_each(|j| add(i, j)));
        return pairs;
    }
    let mut dated: Vec<(Interval, usize)> = Vec::new();
    let mut pages: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, side) in sides.iter().enumerate() {
        let entry = side.entry;
        pages.entry(entry.page).or_default().push(i);
        if let When::Known(interval) = entry.when() {
            dated.push((interval, i));
        }
    }
    for on_page in pages.values() {
        for (at, &i) in on_page.iter().enumerate() {
            let next = on_page[at + 1..].iter().take(MAX_MEETINGS);
            next.for_each(|&j| add(i, j));
        }
    }
    dated.sort_by_key(|(interval, i)| (interval.start(), interval.end(), *i));
    overlapping(&dated, &mut add);
    let mut voices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &(_, i) in &dated {
        for key in voice_keys(sides[i].voice.as_ref()) {
            voices.entry(key).or_default().push(i);
        }
    }
    for of_voice in voices.values() {
        of_voice.windows(2).for_each(|w| add(w[0], w[1]));
    }
    pairs
}

/// Adds each two intervals that share a day; `dated` is sorted by start, open starts first.
fn overlapping(dated: &[(Interval, usize)], add: &mut impl FnMut(usize, usize)) {
    for (at, (interval, i)) in dated.iter().enumerate() {
        for (later, j) in dated[at + 1..].iter().take(MAX_MEETINGS) {
            if matches!((interval.end(), later.start()), (Some(end), Some(start)) if start > end) {
                break;
            }
            add(*i, *j);
        }
    }
}

/// Keys under which claims of one voice meet: the name and the office.
fn voice_keys(voice: Option<&Voice>) -> impl Iterator<Item = String> {
    voice.into_iter().flat_map(|v| [v.key(), v.office_key()])
}
