//! Phrases of a pack in the words of a page.

use verbale_pack::fold;

/// How many words "…" stands for at most.
const MAX_GAP: usize = 6;

/// A phrase, cut into words once for all pages; "…" parts its pieces.
#[derive(Debug)]
pub(crate) struct Phrase {
    first: Vec<String>,
    rest: Vec<Vec<String>>,
    /// Bytes of the phrase as the pack writes it: the longest of several that stand at a place says most.
    pub(crate) len: usize,
}

impl Phrase {
    /// Cuts a pack's phrase; `None` for one without a word.
    pub(crate) fn new(phrase: &str) -> Option<Self> {
        let mut parts = phrase
            .split('\u{2026}')
            .map(cut)
            .filter(|p: &Vec<String>| !p.is_empty());
        Some(Self {
            first: parts.next()?,
            rest: parts.collect(),
            len: phrase.len(),
        })
    }

    /// True if it begins among the first `reach` words; "…" stands for up to six words.
    pub(crate) fn stands_near_start(&self, words: &[String], reach: usize) -> bool {
        (0..words.len().min(reach + 1)).any(|at| {
            let Some(mut end) = match_at(words, at, &self.first) else {
                return false;
            };
            self.rest.iter().all(|part| {
                let found = (end..=end + MAX_GAP).find_map(|at| match_at(words, at, part));
                found.map(|e| end = e).is_some()
            })
        })
    }
}

/// Where `part` ends if it stands at `at`.
fn match_at(words: &[String], at: usize, part: &[String]) -> Option<usize> {
    let end = at.checked_add(part.len())?;
    (words.get(at..end)? == part).then_some(end)
}

/// The words of a text as phrases are held against them.
pub(super) fn cut(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Phrase, cut};

    fn phrase_near_start(words: &str, phrase: &str, reach: usize) -> bool {
        Phrase::new(phrase).is_some_and(|p| p.stands_near_start(&cut(words), reach))
    }

    #[test]
    fn a_gap_stands_for_a_few_words() {
        let text = "the yard missed a second harbor deadline";
        assert!(phrase_near_start(text, "missed … deadline", 3));
        assert!(phrase_near_start(text, "second harbor", 4));
        assert!(!phrase_near_start(text, "second harbor", 2));
        assert!(!phrase_near_start(text, "deadline … missed", 9));
        assert!(!phrase_near_start(text, "arbor", 9));
        assert!(!phrase_near_start(text, "", 9));
    }
}
