//! Which duty an obligation claim tells.

use std::collections::{BTreeMap, BTreeSet};

use verbale_core::{Obligation, Proposition};

use super::tie::{rule_in, words_of};
use crate::{Bag, Entry, Lexicon};

/// What identifies a duty while claims are sorted into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) instrument: String,
    pub(super) paragraph: Option<String>,
    /// For promises and demands, which have no paragraph: what is to be done.
    action: String,
}

/// The obligation claims of one legal text, or of one promise, by the duty that they tell.
pub(super) fn told_by_key<'a>(
    lexicon: &Lexicon,
    told: &[Entry<'a>],
) -> BTreeMap<Key, Vec<Entry<'a>>> {
    let mut by_key: BTreeMap<Key, Vec<Entry<'a>>> = BTreeMap::new();
    for entry in told {
        if let Proposition::Obligation(o) = &entry.claim.proposition {
            let key = key_of(lexicon, *entry, o);
            by_key.entry(key).or_default().push(*entry);
        }
    }
    with_paragraphs(lexicon, by_key)
}

/// What the obligation claims of one text have in common, so that a case can read one text after the other; tellings
/// of a promise that belongs to no text have one by themselves.
pub(super) fn text_of(lexicon: &Lexicon, entry: Entry<'_>, o: &Obligation) -> String {
    let key = key_of(lexicon, entry, o);
    if key.instrument.is_empty() {
        format!("pledge {}", key.action)
    } else {
        format!("text {}", key.instrument)
    }
}

impl Key {
    pub(super) fn of_rule(rule: &verbale_pack::Obligation) -> Self {
        Self {
            instrument: rule.instrument.clone(),
            paragraph: Some(rule.paragraph.clone()),
            action: String::new(),
        }
    }
}

fn key_of(lexicon: &Lexicon, entry: Entry<'_>, o: &Obligation) -> Key {
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
    by_key: BTreeMap<Key, Vec<Entry<'a>>>,
) -> BTreeMap<Key, Vec<Entry<'a>>> {
    let (loose, mut told): (Vec<_>, Vec<_>) = by_key
        .into_iter()
        .flat_map(|(key, entries)| entries.into_iter().map(move |e| (key.clone(), e)))
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
    let mut out: BTreeMap<Key, Vec<Entry<'a>>> = BTreeMap::new();
    for (key, entry) in told {
        out.entry(key).or_default().push(entry);
    }
    for told in out.values_mut() {
        told.sort_by_key(Entry::id);
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
    let end = |o: &Obligation| {
        o.deadline
            .as_ref()
            .and_then(|t| t.interval)
            .and_then(|i| i.end())
    };
    let one_deadline = end(x).is_some() && end(x) == end(y);
    one_deadline || Bag::of(lexicon, &x.action).n_shared(&Bag::of(lexicon, &y.action)) >= 2
}

/// The words by which a status can name a duty: those of its instrument, parties and actions.
pub(super) fn subject_of(lexicon: &Lexicon, key: &Key, told: &[Entry<'_>]) -> Bag {
    let told = told.iter().filter_map(|e| match &e.claim.proposition {
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
