//! What is different between two captures of one address: passages, and claims.

use std::collections::BTreeMap;

use verbale_core::{Claim, Document};

use crate::decision::changed_fields;
use crate::ledger::StoredDocument;
use crate::reread::{Changed, Gone};

/// What a newer capture has that the older had not, and the other way round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// Passages, in the order of the newer page; those that are gone after the others.
    pub passages: Vec<PassageChange>,
    /// Claims of the newer page that the older did not make.
    pub new: Vec<verbale_core::ClaimId>,
    /// Claims of the older page that the newer does not make.
    pub gone: Vec<Gone>,
    /// Fields of claims that both make, read from other words or with another value. The claim is the newer.
    pub changed: Vec<Changed>,
}

impl Difference {
    /// True if the newer capture says the same.
    pub fn is_none(&self) -> bool {
        self.passages.is_empty()
            && self.new.is_empty()
            && self.gone.is_empty()
            && self.changed.is_empty()
    }
}

/// One passage that is not the same on both pages. Only passages that may carry claims are compared: menus
/// and teasers change with every capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassageChange {
    /// It was not there before.
    Added(String),
    /// It is there no more.
    Gone(String),
    /// It has most of its words still.
    Edited {
        /// As it was.
        old: String,
        /// As it is.
        new: String,
    },
}

/// Two texts with at least this share of the longer one's words in common are two wordings of one.
const SAME_SHARE: f64 = 0.5;

/// Compares two captures.
pub(super) fn between(old: &StoredDocument, new: &StoredDocument) -> Difference {
    let claims = |d: &StoredDocument| d.claims.iter().map(|c| c.claim.clone()).collect();
    let mut difference = claims_between(claims(old), claims(new));
    difference.passages = passages_between(&old.document, &new.document);
    difference
}

fn passages_between(old: &Document, new: &Document) -> Vec<PassageChange> {
    let mut before = texts(old);
    let mut after: Vec<Option<String>> = Vec::new();
    for text in texts(new) {
        // What stands on both pages word for word is no change, wherever it stands.
        match before.iter().position(|b| *b == text) {
            Some(i) => drop(before.remove(i)),
            None => after.push(Some(text)),
        }
    }
    let fresh: Vec<&str> = after.iter().flatten().map(String::as_str).collect();
    let pairs = pairs(
        &before.iter().map(String::as_str).collect::<Vec<_>>(),
        &fresh,
    );
    let mut changes: Vec<PassageChange> = fresh
        .iter()
        .enumerate()
        .map(|(j, text)| match pairs.iter().find(|(_, n)| *n == j) {
            Some((i, _)) => PassageChange::Edited {
                old: before[*i].clone(),
                new: (*text).to_owned(),
            },
            None => PassageChange::Added((*text).to_owned()),
        })
        .collect();
    let is_paired = |i: usize| pairs.iter().any(|(o, _)| *o == i);
    let gone = before
        .into_iter()
        .enumerate()
        .filter(|(i, _)| !is_paired(*i));
    changes.extend(gone.map(|(_, text)| PassageChange::Gone(text)));
    changes
}

/// The passages that may carry claims, blanks collapsed.
fn texts(document: &Document) -> Vec<String> {
    document
        .passages()
        .iter()
        .filter(|p| p.role.carries_claims())
        .map(|p| squeezed(document.slice(p.range)))
        .collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn claims_between(mut old: Vec<Claim>, mut new: Vec<Claim>) -> Difference {
    let mut difference = Difference::default();
    let quote = |c: &Claim| squeezed(c.evidence.quote());
    // The same words first: a claim whose words stand unchanged must not be paired with a look-alike.
    let mut paired: Vec<(Claim, Claim)> = Vec::new();
    old.retain(|o| {
        let same = |n: &Claim| n.kind() == o.kind() && quote(n) == quote(o);
        let found = new.iter().position(same);
        paired.extend(found.map(|at| (o.clone(), new.remove(at))));
        found.is_none()
    });
    for kind in verbale_core::ClaimKind::ALL {
        let of_kind = |claims: &[Claim]| -> Vec<(usize, String)> {
            let with = claims.iter().enumerate();
            with.filter(|(_, c)| c.kind() == *kind)
                .map(|(i, c)| (i, quote(c)))
                .collect()
        };
        let (before, after) = (of_kind(&old), of_kind(&new));
        let words = |list: &[(usize, String)]| list.iter().map(|(_, q)| q.clone()).collect();
        let (a, b): (Vec<String>, Vec<String>) = (words(&before), words(&after));
        let a: Vec<&str> = a.iter().map(String::as_str).collect();
        let b: Vec<&str> = b.iter().map(String::as_str).collect();
        let found: Vec<(Claim, Claim)> = pairs(&a, &b)
            .into_iter()
            .map(|(i, j)| (old[before[i].0].clone(), new[after[j].0].clone()))
            .collect();
        old.retain(|o| found.iter().all(|(p, _)| p.id != o.id));
        new.retain(|n| found.iter().all(|(_, p)| p.id != n.id));
        paired.extend(found);
    }
    for (o, n) in &paired {
        let fields = changed_fields(o, n).into_iter();
        difference
            .changed
            .extend(fields.map(|(field, old, new)| Changed {
                claim: n.id,
                field,
                old,
                new,
            }));
    }
    difference.new = new.iter().map(|c| c.id).collect();
    difference.gone = old
        .iter()
        .map(|c| Gone {
            claim: c.id,
            quote: quote(c),
            decided: false,
        })
        .collect();
    difference
}

/// Pairs of indices of texts that are two wordings of one, the most alike first, each text once.
fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    let bags: Vec<_> = new.iter().map(|text| bag(text)).collect();
    for (i, text) in old.iter().enumerate() {
        let words = bag(text);
        for (j, other) in bags.iter().enumerate() {
            let share = shared(&words, other);
            if share >= SAME_SHARE {
                alike.push((share, i, j));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in alike {
        if pairs.iter().all(|(a, b)| *a != i && *b != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

/// How often each word stands in a text.
fn bag(text: &str) -> BTreeMap<String, usize> {
    let mut bag = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            *bag.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    bag
}

/// The share of the longer text's words that stand in the other.
fn shared(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> f64 {
    let common: usize = a
        .iter()
        .map(|(word, n)| *n.min(b.get(word).unwrap_or(&0)))
        .sum();
    let longer = a.values().sum::<usize>().max(b.values().sum());
    common as f64 / longer.max(1) as f64
}
