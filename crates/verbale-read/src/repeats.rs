//! Passages that say again what another passage of the same page said.
//!
//! Copies are found before anything is counted: a lead printed twice must not become two claims.
//! Not here: copies across documents, which need the case.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use crate::{format::plain::features::word_count, phrases};

/// Passages with fewer words are not compared: "Share", "Read more" and "Yes, he said" repeat by nature.
const MIN_WORDS: usize = 6;
/// The share of a passage's word triples that must stand in the other.
const CONTAINED: f64 = 0.8;

/// For each text: the index of an earlier text that it repeats, exactly after folding or nearly.
///
/// Source: containment of word shingles, A. Broder, "On the resemblance and containment of documents" (1997).
pub(crate) fn find(texts: &[&str]) -> Vec<Option<usize>> {
    let mut exact: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_shingle = Shingles::default();
    let mut result = vec![None; texts.len()];
    for (i, text) in texts.iter().enumerate() {
        if word_count(text) < MIN_WORDS {
            continue;
        }
        let text = phrases::fold(text);
        if let Some(&first) = exact.get(&text) {
            result[i] = Some(first);
            continue;
        }
        let own = shingles(&text);
        result[i] = near(&own, &by_shingle);
        if result[i].is_none() {
            exact.insert(text, i);
            own.into_iter().for_each(|s| by_shingle.add(s, i as u32));
        }
    }
    result
}

/// The texts that hold each shingle. Nearly all shingles stand in one text, which needs no list.
#[derive(Default)]
struct Shingles {
    first: HashMap<u64, u32>,
    others: HashMap<u64, Vec<u32>>,
}

impl Shingles {
    fn add(&mut self, shingle: u64, text: u32) {
        match self.first.entry(shingle) {
            Entry::Vacant(entry) => {
                entry.insert(text);
            }
            Entry::Occupied(_) => self.others.entry(shingle).or_default().push(text),
        }
    }

    /// The texts with this shingle, the earlier first.
    fn texts(&self, shingle: u64) -> impl Iterator<Item = u32> {
        let first = self.first.get(&shingle);
        let others = first.and_then(|_| self.others.get(&shingle));
        first
            .into_iter()
            .chain(others.into_iter().flatten())
            .copied()
    }
}

/// The earlier text that holds most of these shingles, if it holds enough of them.
fn near(own: &[u64], by_shingle: &Shingles) -> Option<usize> {
    let mut n_shared: BTreeMap<u32, usize> = BTreeMap::new();
    for &s in own {
        // A shingle that is everywhere tells nothing and would make the look-up quadratic.
        for i in by_shingle.texts(s).take(64) {
            *n_shared.entry(i).or_default() += 1;
        }
    }
    let (&i, &n) = n_shared
        .iter()
        .max_by_key(|&(&i, &n)| (n, std::cmp::Reverse(i)))?;
    (n as f64 >= CONTAINED * own.len() as f64).then_some(i as usize)
}

/// The word triples of a text, each once.
fn shingles(folded: &str) -> Vec<u64> {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    let mut shingles: Vec<u64> = words.windows(3).map(fnv).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// FNV-1a over the words with their ends, so that no two lists of words run together.
fn fnv(words: &[&str]) -> u64 {
    words
        .iter()
        .flat_map(|w| w.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_and_near_copies_point_to_the_first() {
        let lead = "The harbor office’s report said the ferry would not leave port before Monday.";
        let copy = "The harbor office's report said the ferry would not leave port before Monday.";
        let near = "“The harbor office's report said the ferry would not leave port before Monday”, he said.";
        let other = "Nobody at the harbor office could say on Tuesday when the ferry would leave.";
        assert_eq!(find(&[lead, other, copy]), [None, None, Some(0)]);
        assert_eq!(find(&[near, lead]), [None, Some(0)]);
        assert_eq!(find(&["Read more", "Read more"]), [None, None]);
    }
}
