//! Which claims speak of which duty.

use std::collections::{BTreeMap, BTreeSet};

use verbale_core::Proposition;

use super::{
    party::party,
    tie::{is_about_meaning, rule_in, words_of},
};
use crate::{
    Bag, Entry, Lexicon,
    compare::{Standing, party_of},
};

/// What identifies a duty while claims are sorted into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) instrument: String,
    pub(super) paragraph: Option<String>,
    /// For promises and demands, which have no paragraph: what is to be done.
    action: String,
}

/// The claims of one duty.
#[derive(Default)]
pub(super) struct Draft<'a> {
    /// Obligation claims.
    pub(super) told: Vec<Entry<'a>>,
    /// Status claims.
    pub(super) conduct: Vec<Entry<'a>>,
    /// Positions on what it means.
    pub(super) meant: Vec<Entry<'a>>,
}

/// The claims of these entries by the duty that they speak of.
pub(super) fn drafts<'a>(lexicon: &Lexicon, entries: &[Entry<'a>]) -> BTreeMap<Key, Draft<'a>> {
    let mut drafts: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
    for entry in entries {
        if let Proposition::Obligation(o) = &entry.claim.proposition {
            let key = key_of(lexicon, *entry, o);
            drafts.entry(key).or_default().told.push(*entry);
        }
    }
    let mut drafts = with_paragraphs(lexicon, drafts);
    add_conduct(lexicon, entries, &mut drafts);
    for entry in entries.iter().filter(|e| is_about_meaning(lexicon, **e)) {
        let tied = rule_in(lexicon, *entry, &words_of(*entry), &words_of(*entry)).map(Key::of_rule);
        if let Some(key) = tied.or_else(|| only_on_page(&drafts, *entry, |_| true)) {
            drafts.entry(key).or_default().meant.push(*entry);
        }
    }
    drafts
}

/// Sorts what is said about keeping duties: by a pack's cues, by shared words, by what else the page says.
fn add_conduct<'a>(
    lexicon: &Lexicon,
    entries: &[Entry<'a>],
    drafts: &mut BTreeMap<Key, Draft<'a>>,
) {
    let subjects: Vec<(Key, Bag)> = drafts
        .iter()
        .map(|(k, d)| (k.clone(), subject_of(lexicon, k, d)))
        .collect();
    let mut loose = Vec::new();
    for entry in entries {
        let Some(status) = entry.status() else {
            continue;
        };
        if !matches!(Standing::of(lexicon, status), Standing::Duty(_)) {
            continue;
        }
        let tied = rule_in(lexicon, *entry, &status.subject, &words_of(*entry)).map(Key::of_rule);
        let shared = || duty_of(&Bag::of(lexicon, &status.subject), &subjects).cloned();
        match tied.or_else(shared) {
            Some(key) => drafts.entry(key).or_default().conduct.push(*entry),
            None => loose.push(*entry),
        }
    }
    // "Missed the deadline, but is complying": the second half names no duty and means the one of the first.
    let of_party: Vec<(Option<Key>, Entry<'a>)> = loose
        .iter()
        .map(|e| {
            (
                only_on_page(drafts, *e, |c| is_one_party(lexicon, *e, c)),
                *e,
            )
        })
        .collect();
    for (key, entry) in of_party {
        if let Some(key) = key {
            drafts.entry(key).or_default().conduct.push(entry);
        }
    }
}

/// The only duty about which the page of a claim says something that `fits`.
fn only_on_page<'a>(
    drafts: &BTreeMap<Key, Draft<'a>>,
    entry: Entry<'_>,
    fits: impl Fn(Entry<'a>) -> bool,
) -> Option<Key> {
    let speaks = |draft: &Draft<'a>| {
        let all = draft.told.iter().chain(&draft.conduct).chain(&draft.meant);
        all.into_iter().any(|e| e.page == entry.page && fits(*e))
    };
    let mut found = drafts
        .iter()
        .filter(|(key, draft)| key.paragraph.is_some() && speaks(draft));
    let only = found.next()?.0.clone();
    found.next().is_none().then_some(only)
}

/// True if two statuses are about one party, or one speaker says both.
fn is_one_party(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> bool {
    let of = |e: Entry<'_>| {
        let subject = e.status().map(|s| party_of(s).unwrap_or(&s.subject))?;
        Some(party(lexicon, subject))
    };
    let parties = (of(a), of(b));
    parties.0.is_some() && parties.0 == parties.1
        || a.speaker().is_some() && a.speaker() == b.speaker()
}

impl Key {
    fn of_rule(rule: &verbale_pack::Obligation) -> Self {
        Self {
            instrument: rule.instrument.clone(),
            paragraph: Some(rule.paragraph.clone()),
            action: String::new(),
        }
    }
}

fn key_of(lexicon: &Lexicon, entry: Entry<'_>, o: &verbale_core::Obligation) -> Key {
    let name = o.instrument.as_deref().unwrap_or_default();
    let bare = name.split_once(" [").map_or(name, |(before, _)| before);
    let known = lexicon.packs().instrument_named(bare);
    let instrument = known.map_or_else(
        || distinctive(lexicon, name).to_string(),
        |m| m.instrument.id.clone(),
    );
    // A promise, a demand or a recommendation is a duty of its own.
    let stands_alone = instrument.is_empty();
    if !stands_alone
        && o.paragraph.is_none()
        && let Some(rule) = rule_in(lexicon, entry, bare, &words_of(entry))
    {
        return Key::of_rule(rule);
    }
    let action = if stands_alone {
        Bag::of(lexicon, &o.action).to_string()
    } else {
        String::new()
    };
    Key {
        instrument,
        paragraph: o.paragraph.clone(),
        action,
    }
}

/// The words of a legal text's name that tell it from others.
fn distinctive(lexicon: &Lexicon, name: &str) -> Bag {
    let mut bag = Bag::of(lexicon, name);
    let is_common = |s: &str| COMMON.contains(&s) || s.chars().all(|c| c.is_ascii_digit());
    bag.retain(|s| !is_common(s));
    bag
}

/// Words that any legal text can have, those that stand for none, and months of adoption.
const COMMON: &[&str] = &[
    "agreement",
    "appeal",
    "april",
    "article",
    "august",
    "call",
    "charter",
    "clause",
    "code",
    "commitment",
    "compact",
    "convention",
    "court",
    "deadline",
    "december",
    "decree",
    "demand",
    "election",
    "february",
    "january",
    "judgment",
    "july",
    "june",
    "law",
    "letter",
    "march",
    "may",
    "november",
    "october",
    "order",
    "pact",
    "paragraph",
    "pledge",
    "promise",
    "protocol",
    "recommendation",
    "request",
    "resolution",
    "rule",
    "self",
    "september",
    "statute",
    "treaty",
    "truce",
];

/// Moves what is told without a paragraph to the paragraph of its instrument that has its deadline or its words.
fn with_paragraphs<'a>(
    lexicon: &Lexicon,
    drafts: BTreeMap<Key, Draft<'a>>,
) -> BTreeMap<Key, Draft<'a>> {
    let mut out: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
    let (loose, mut told): (Vec<_>, Vec<_>) = drafts
        .into_iter()
        .flat_map(|(key, draft)| draft.told.into_iter().map(move |e| (key.clone(), e)))
        .partition(|(key, _)| key.paragraph.is_none() && !key.instrument.is_empty());
    for (key, entry) in loose {
        let is_same = |(other, e): &&(Key, Entry<'a>)| {
            other.instrument == key.instrument
                && other.paragraph.is_some()
                && tell_one_duty(lexicon, entry, *e)
        };
        let found: BTreeSet<Key> = told
            .iter()
            .filter(is_same)
            .map(|(k, _)| k.clone())
            .collect();
        let only = found.into_iter().next();
        told.push((only.unwrap_or(key), entry));
    }
    for (key, entry) in told {
        out.entry(key).or_default().told.push(entry);
    }
    for draft in out.values_mut() {
        draft.told.sort_by_key(Entry::id);
    }
    out
}

/// True if two tellings have one deadline, or share two words of what is to be done.
fn tell_one_duty(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> bool {
    let (Proposition::Obligation(x), Proposition::Obligation(y)) =
        (&a.claim.proposition, &b.claim.proposition)
    else {
        return false;
    };
    let end = |o: &verbale_core::Obligation| {
        o.deadline
            .as_ref()
            .and_then(|t| t.interval)
            .and_then(|i| i.end())
    };
    let one_deadline = end(x).is_some() && end(x) == end(y);
    one_deadline || Bag::of(lexicon, &x.action).n_shared(&Bag::of(lexicon, &y.action)) >= 2
}

/// The words by which a status can name a duty: those of its instrument, parties and actions.
fn subject_of(lexicon: &Lexicon, key: &Key, draft: &Draft<'_>) -> Bag {
    let told = draft
        .told
        .iter()
        .filter_map(|e| match &e.claim.proposition {
            Proposition::Obligation(o) => Some(o),
            _ => None,
        });
    let instrument: Bag = key
        .instrument
        .split(' ')
        .filter(|s| !s.is_empty())
        .collect();
    told.fold(instrument, |bag, o| {
        let words = [o.instrument.as_deref(), o.party.as_deref(), Some(&o.action)];
        words
            .into_iter()
            .flatten()
            .fold(bag, |bag, text| bag.with(&Bag::of(lexicon, text)))
    })
}

/// The duty whose words a status shares most; at least two, so that a party's name alone decides nothing.
fn duty_of<'k>(subject: &Bag, duties: &'k [(Key, Bag)]) -> Option<&'k Key> {
    let shared = duties.iter().map(|(key, bag)| (subject.n_shared(bag), key));
    // Of equals, the one with a paragraph: a status speaks of the duty that everybody quotes.
    let rank = |(n, key): &(usize, &'k Key)| (*n, key.paragraph.is_some(), std::cmp::Reverse(*key));
    let best = shared.filter(|(n, _)| *n >= 2).max_by_key(rank)?;
    Some(best.1)
}
