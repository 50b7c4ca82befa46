//! Things by their words, so that what shares words with a claim is found without a look at all of them.

use std::collections::BTreeMap;

use crate::Bag;

/// How many things a stem may stand for and still lead to them. A stem of more counts only for what another stem
/// leads to: "sanctions" alone leads nowhere in a case with thousands of duties under sanctions.
const MOST_LED: usize = 4_096;

/// Numbers of things by the stems of their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings(BTreeMap<String, Vec<u32>>);

impl Postings {
    /// Adds a thing, whose number is larger than those before.
    pub(super) fn add(&mut self, number: usize, words: &Bag) {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        for stem in words.iter() {
            match self.0.get_mut(stem) {
                Some(numbers) => numbers.push(number),
                None => {
                    self.0.insert(stem.to_owned(), vec![number]);
                }
            }
        }
    }

    /// The things that share at least two stems with `words`, with the number of these.
    pub(super) fn sharing(&self, words: &Bag) -> impl Iterator<Item = (usize, usize)> {
        let lists = words.iter().filter_map(|stem| self.0.get(stem));
        let (leading, common): (Vec<_>, Vec<_>) = lists.partition(|l| l.len() <= MOST_LED);
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for number in leading.into_iter().flatten() {
            *shared.entry(*number).or_default() += 1;
        }
        for (number, n) in &mut shared {
            *n += common
                .iter()
                .filter(|l| l.binary_search(number).is_ok())
                .count();
        }
        shared
            .into_iter()
            .filter(|(_, n)| *n >= 2)
            .map(|(number, n)| (number as usize, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(words: &str) -> Bag {
        words.split(' ').collect()
    }

    fn shared(postings: &Postings, words: &str) -> Vec<(usize, usize)> {
        postings.sharing(&bag(words)).collect()
    }

    #[test]
    fn two_stems_lead_to_a_thing_and_one_does_not() {
        let mut postings = Postings::default();
        postings.add(0, &bag("return boat crew"));
        postings.add(1, &bag("return worker"));
        assert_eq!(shared(&postings, "return boat crew now"), [(0, 3)]);
        assert_eq!(shared(&postings, "return worker boat"), [(0, 2), (1, 2)]);
        assert_eq!(shared(&postings, "return"), []);
    }

    #[test]
    fn a_stem_of_everything_counts_but_does_not_lead() {
        let mut postings = Postings::default();
        for number in 0..=MOST_LED {
            postings.add(number, &bag(&format!("return all of{number}")));
        }
        assert_eq!(shared(&postings, "return all"), []);
        assert_eq!(shared(&postings, "return all of7"), [(7, 3)]);
    }
}
