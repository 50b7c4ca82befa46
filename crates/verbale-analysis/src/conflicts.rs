//! All disagreements of a case, without comparing everything with everything.
//!
//! Claims meet only under a common name ([`keys`]), and under it only where they stand near each other
//! ([`lines`](crate::lines)), so that a case can keep an index of both and, after adding a page, hold its claims
//! against those that they meet. Nothing is retired by a conflict.

use std::collections::{BTreeMap, BTreeSet};

use verbale_core::{ClaimId, Proposition, Quantity};

use crate::{
    Bag, ConflictKind, Entry, Lexicon, Shelf, Verdict,
    compare::{Side, instrument_bag, is_reading, party_of, tells_instrument, wrong_sums},
    entry::in_order,
    lines::{REACH, Traits, conflict_of, meetings, standing_in_line},
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

/// The names under which a claim meets others; two claims without a common name are never in conflict. Those on
/// [`Shelf::Dispute`] have claims of any page, those on [`Shelf::Page`] the claims of one.
pub fn keys(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<(Shelf, String)> {
    keys_with(lexicon, entry, &Traits::of(lexicon, entry))
}

/// As [`keys`], of a claim whose traits are known.
pub(crate) fn keys_with(
    lexicon: &Lexicon,
    entry: Entry<'_>,
    traits: &Traits,
) -> Vec<(Shelf, String)> {
    let bag = |text: &str| Bag::of(lexicon, text);
    let dispute = |name: String| (Shelf::Dispute, name);
    match (&entry.claim.proposition, &traits.axes) {
        (Proposition::Figure(figure), Some(axes)) => {
            let mut keys = vec![dispute(format!("figure {}", axes.bucket()))];
            // A whole and its parts are several measures that meet on their page.
            if is_plain(&figure.quantity) {
                keys.push((Shelf::Page, format!("sum {} {}", entry.page, axes.unit)));
            }
            keys
        }
        (Proposition::Status(status), _) => {
            let pairs = pairs_of("status", &bag(&status.subject)).into_iter();
            let party = party_of(status).map(|p| format!("party {} {}", bag(p), entry.page));
            let party = party.map(|name| (Shelf::Page, name));
            pairs.map(dispute).chain(party).collect()
        }
        (Proposition::Obligation(duty), _) if is_reading(entry) => {
            let paragraph = duty.paragraph.as_deref().unwrap_or_default();
            let instrument = duty.instrument.as_deref().unwrap_or_default();
            let instrument = instrument_bag(lexicon, instrument);
            if paragraph.is_empty() || instrument.is_empty() {
                return Vec::new();
            }
            // "The accord" of one page is not that of another.
            let told = instrument.iter().filter(|stem| tells_instrument(stem));
            let keys = told.map(|stem| dispute(format!("duty {stem} {paragraph}")));
            let on_page = format!("duty {} {paragraph}", entry.page);
            keys.chain([(Shelf::Page, on_page)]).collect()
        }
        (Proposition::Event(event), _) => vec![dispute(format!("event {}", bag(&event.label)))],
        _ => Vec::new(),
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
    let mut under: BTreeMap<(Shelf, String), Vec<Entry<'_>>> = BTreeMap::new();
    for entry in in_order(entries) {
        for key in keys(lexicon, entry) {
            under.entry(key).or_default().push(entry);
        }
    }
    let mut found = BTreeSet::new();
    for ((shelf, _), group) in &under {
        found.extend(conflicts_under(lexicon, *shelf, group, REACH));
    }
    // Two pages with one story have the same conflict twice.
    let mut seen = BTreeSet::new();
    found.retain(|c| seen.insert(c.words()));
    found.into_iter().collect()
}

/// The conflicts among claims that share a name on this shelf, where each is held against at most so many of the next
/// in a line ([`REACH`] but in tests).
pub fn conflicts_under(
    lexicon: &Lexicon,
    shelf: Shelf,
    entries: &[Entry<'_>],
    most: usize,
) -> BTreeSet<Conflict> {
    let stands = standing_in_line(lexicon, entries);
    let pairs = match shelf {
        Shelf::Page => each_with_each(stands.len(), most),
        _ => meetings(&stands, most),
    };
    let judged = pairs.into_iter().filter_map(|(i, j)| {
        let ((a, of_a, _), (b, of_b, _)) = (&stands[i], &stands[j]);
        conflict_of(lexicon, (*a, of_a), (*b, of_b))
    });
    let mut conflicts: BTreeSet<Conflict> = judged.collect();
    if shelf == Shelf::Page {
        let sides: Vec<Side<'_>> = stands.iter().map(|(e, t, _)| Side::with(*e, t)).collect();
        let sides: Vec<&Side<'_>> = sides.iter().filter(|s| s.axes.is_some()).collect();
        conflicts.extend(wrong_sums(lexicon, &sides));
    }
    conflicts
}

/// What one page says under one name is little: each claim with the next `most`.
fn each_with_each(n: usize, most: usize) -> BTreeSet<(usize, usize)> {
    let next = |i: usize| i + 1..(i + 1).saturating_add(most).min(n);
    (0..n).flat_map(|i| next(i).map(move |j| (i, j))).collect()
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
