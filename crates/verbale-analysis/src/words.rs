//! Noun phrases as sets of stems, so that two wordings of one thing can be compared.
//!
//! English only, and shallow on purpose: a plural and its singular meet, "Norvalian" meets "Norvale", words
//! that carry no distinction fall away. What the words of a domain mean is a pack's business.

use std::{collections::BTreeSet, fmt};

use verbale_pack::fold;

use crate::Lexicon;

/// A set of stems. Country names known to a pack are one stem each: `@RU`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bag(BTreeSet<String>);

impl Bag {
    /// The stems of `text` that carry a distinction.
    pub fn of(lexicon: &Lexicon, text: &str) -> Self {
        Self(
            lexicon
                .stems(text)
                .into_iter()
                .filter(|s| !is_weak(s))
                .collect(),
        )
    }

    /// True if nothing is left that could distinguish.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of stems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if `stem` is in the set.
    pub fn contains(&self, stem: &str) -> bool {
        self.0.contains(stem)
    }

    /// The stems in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// What is in `self` and not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// What is in either.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// True if every stem of `other` is in `self`.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.is_subset(&self.0)
    }

    /// How many stems both have.
    pub fn n_shared(&self, other: &Self) -> usize {
        self.0.intersection(&other.0).count()
    }

    /// Keeps the stems for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|s| keep(s));
    }
}

impl<S: Into<String>> FromIterator<S> for Bag {
    fn from_iter<I: IntoIterator<Item = S>>(stems: I) -> Self {
        Self(stems.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Bag {
    /// The stems in alphabetical order with blanks between.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, stem) in self.0.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{stem}")?;
        }
        Ok(())
    }
}

/// The words of `text` in order: folded form and whether the word was written with a capital.
pub(crate) fn words(text: &str) -> Vec<(String, bool)> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '%' | '.'))
        .map(|w| w.trim_matches(|c| matches!(c, '\'' | '’' | '.')))
        .filter(|w| !w.is_empty())
        .map(|w| (fold(w), w.chars().next().is_some_and(char::is_uppercase)))
        .collect()
}

/// The stem of one folded word.
pub(crate) fn stem(word: &str, capital: bool) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if let Some((_, irregular)) = IRREGULAR.iter().find(|(w, _)| *w == word) {
        return (*irregular).to_owned();
    }
    let singular = singular(word);
    if capital {
        root_of_name(&singular)
    } else {
        singular
    }
}

fn singular(word: &str) -> String {
    if word.len() > 4
        && let Some(base) = word.strip_suffix("ies")
    {
        return format!("{base}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zes"];
    if sibilant.iter().any(|s| word.ends_with(s)) {
        return word[..word.len() - 2].to_owned();
    }
    let kept = ["ss", "us", "is"];
    match word.strip_suffix('s') {
        Some(base) if base.len() > 2 && !kept.iter().any(|s| word.ends_with(s)) => base.to_owned(),
        _ => word.to_owned(),
    }
}

/// Cuts the endings by which a people's name is made from a place's name, and the vowels before them.
fn root_of_name(name: &str) -> String {
    let cut = ["ian", "ean", "an", "ese", "ish"]
        .iter()
        .find_map(|e| name.strip_suffix(e))
        .filter(|base| base.chars().count() >= 4)
        .unwrap_or(name);
    let root = cut.trim_end_matches(['a', 'e', 'i', 'o']);
    if root.chars().count() >= 4 { root } else { cut }.to_owned()
}

const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("persons", "person"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("aircraft", "aircraft"),
    ("homes", "house"),
    ("home", "house"),
    ("households", "family"),
    ("household", "family"),
    ("series", "series"),
    ("news", "news"),
    ("vessels", "ship"),
    ("vessel", "ship"),
    ("boats", "ship"),
    ("boat", "ship"),
    ("tonne", "ton"),
    ("tonnes", "ton"),
    ("nationals", "citizen"),
    ("national", "citizen"),
];

/// Words that make no distinction between two measures: function words, hedges, verbs of being there.
fn is_weak(stem: &str) -> bool {
    // Years distinguish ("less than in 2019"), other numbers are the figure itself or its parts.
    let is_number = stem.chars().all(|c| c.is_ascii_digit() || c == '.');
    WEAK.binary_search(&stem).is_ok() || is_number && stem.len() != 4
}

/// Sorted, so that it can be searched.
const WEAK: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "again",
    "ago",
    "all",
    "already",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "being",
    "by",
    "count",
    "counted",
    "current",
    "currently",
    "each",
    "estimate",
    "estimated",
    "figure",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "held",
    "hold",
    "in",
    "into",
    "is",
    "it",
    "known",
    "lives",
    "living",
    "moored",
    "more",
    "new",
    "now",
    "number",
    "of",
    "on",
    "only",
    "or",
    "other",
    "over",
    "overall",
    "own",
    "present",
    "recent",
    "remain",
    "remained",
    "remaining",
    "reported",
    "rest",
    "same",
    "share",
    "she",
    "so",
    "some",
    "stay",
    "staying",
    "still",
    "that",
    "the",
    "their",
    "them",
    "there",
    "they",
    "this",
    "those",
    "to",
    "total",
    "under",
    "up",
    "waiting",
    "was",
    "were",
    "which",
    "who",
    "whose",
    "will",
    "with",
    "within",
    "yet",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> String {
        Bag::of(crate::lexicon::for_tests(), text).to_string()
    }

    #[test]
    fn weak_words_are_sorted() {
        assert!(WEAK.is_sorted());
    }

    #[test]
    fn wordings_of_one_thing_meet() {
        assert_eq!(
            bag("the Norvalian trawlers still held"),
            bag("Norvale’s trawlers")
        );
        assert_eq!(
            bag("North Korean workers remaining"),
            bag("workers of the DPRK")
        );
        assert_eq!(bag("persons living in the camps"), bag("people in camps"));
        assert_eq!(bag("families"), bag("households"));
    }

    #[test]
    fn look_alikes_stay_apart() {
        assert_ne!(bag("tourist visas"), bag("student visas"));
        assert_ne!(bag("houses finished"), bag("houses handed over"));
    }
}
