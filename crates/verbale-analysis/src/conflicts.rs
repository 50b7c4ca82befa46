//! All disagreements of a case, without comparing everything with everything.
//!
//! Claims meet only under a common key ([`keys`]), so that a case can keep an index of keys and, after adding a
//! page, ask for the claims under the keys of that page alone. Nothing is retired by a conflict.

use std::collections::{BTreeMap, BTreeSet};

use verbale_core::{Claim, ClaimId, Decimal, Interval, Polarity, Proposition};

use crate::{
    Axes, Bag, ConflictKind, Entry, Rules, Verdict, Voice, When, compare::judge, entry::in_order,
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
pub fn keys(rules: Rules<'_>, entry: Entry<'_>) -> Vec<String> {
    let bag = |text: &str| Bag::of(rules.lexicon, text);
    match &entry.claim.proposition {
        Proposition::Figure(figure) => {
            let axes = Axes::of(rules.lexicon, rules.measures, figure, entry.claim.modality);
            vec![format!("figure {}", axes.bucket())]
        }
        Proposition::Status(status) => pairs_of("status", &bag(&status.subject)),
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
pub fn conflicts(rules: Rules<'_>, entries: &[Entry<'_>]) -> Vec<Conflict> {
    let mut under: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in in_order(entries) {
        for key in keys(rules, entry) {
            under.entry(key).or_default().push(entry);
        }
    }
    let mut found = BTreeSet::new();
    for group in under.values() {
        found.extend(conflicts_under(rules, group));
    }
    found.into_iter().collect()
}

/// The conflicts among claims that share a key.
pub fn conflicts_under(rules: Rules<'_>, entries: &[Entry<'_>]) -> Vec<Conflict> {
    let entries = representatives(rules, entries);
    let candidates = candidates(rules, &entries);
    let judged = candidates
        .into_iter()
        .map(|(i, j)| (judge(rules, entries[i], entries[j]), (i, j)));
    let mut conflicts: Vec<Conflict> = judged
        .filter_map(|(verdict, (i, j))| Conflict::of(verdict, entries[i], entries[j]))
        .collect();
    conflicts.sort();
    conflicts.dedup();
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

/// One claim for each thing that is said: copies of it would repeat each conflict.
fn representatives<'a>(rules: Rules<'_>, entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut seen = BTreeSet::new();
    let mut kept = in_order(entries);
    kept.retain(|e| e.claim.restates.is_none() && seen.insert(saying(rules, *e)));
    kept
}

/// What a claim says, for telling copies: voice, number, bounds, time, polarity. Statuses keep their page,
/// since their words are compared with their neighbors.
fn saying(rules: Rules<'_>, entry: Entry<'_>) -> impl Ord + use<> {
    let voice = entry
        .claim
        .attribution
        .speaker
        .as_ref()
        .map(|s| Voice::of(rules.lexicon, s).key());
    let quantity = entry.figure().map(|f| &f.quantity);
    let number = |n: fn(&verbale_core::Quantity) -> Option<Decimal>| quantity.and_then(n);
    let numbers = (number(|q| q.value), number(|q| q.low), number(|q| q.high));
    let hedge = quantity.and_then(|q| q.approximator.clone());
    let place = entry.figure().and_then(|f| f.place.clone());
    let time = entry.when().interval();
    // A claim whose words or time stand for themselves is its own representative.
    let own = (quantity.is_none() || time.is_none()).then(|| entry.id());
    (
        voice,
        numbers,
        hedge,
        place,
        time,
        entry.claim.polarity == Polarity::Denied,
        own,
    )
}

/// Index pairs worth judging: claims of overlapping times, neighbors in time of one voice, claims of one page.
fn candidates(rules: Rules<'_>, entries: &[Entry<'_>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut add = |i: usize, j: usize| {
        if i != j {
            pairs.insert((i.min(j), i.max(j)));
        }
    };
    if entries.iter().any(|e| e.figure().is_none()) {
        // Duties do not meet in time, and words are few: each with each.
        (0..entries.len()).for_each(|i| (i + 1..entries.len()).for_each(|j| add(i, j)));
        return pairs;
    }
    let mut dated: Vec<(Interval, usize)> = Vec::new();
    let mut pages: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        pages.entry(entry.page).or_default().push(i);
        if let When::Known(interval) = entry.when() {
            dated.push((interval, i));
        }
    }
    for on_page in pages.values() {
        on_page
            .iter()
            .for_each(|&i| on_page.iter().for_each(|&j| add(i, j)));
    }
    dated.sort_by_key(|(interval, i)| (interval.start(), interval.end(), *i));
    overlapping(&dated, &mut add);
    let mut voices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &(_, i) in &dated {
        for key in voice_keys(rules, entries[i].claim) {
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
        for (later, j) in &dated[at + 1..] {
            if matches!((interval.end(), later.start()), (Some(end), Some(start)) if start > end) {
                break;
            }
            add(*i, *j);
        }
    }
}

/// Keys under which claims of one voice meet: the name and the office.
fn voice_keys(rules: Rules<'_>, claim: &Claim) -> Vec<String> {
    let Some(speaker) = &claim.attribution.speaker else {
        return Vec::new();
    };
    let mut keys = vec![Voice::of(rules.lexicon, speaker).key()];
    keys.extend(
        speaker
            .org
            .as_deref()
            .map(|org| Bag::of(rules.lexicon, org).to_string()),
    );
    keys
}
