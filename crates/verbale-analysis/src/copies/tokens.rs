//! Words of a document as hashes, and the fingerprints winnowed out of them.

use verbale_core::{Document, TextRange, TextSize};
use verbale_pack::fold;

use super::{RUN, WINDOW};

/// The words of a text in order: a hash of the folded word and where it stands.
///
/// A character of a script without blanks (Han, Hangul syllables aside, kana) is a word of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    pub(super) hashes: Vec<u64>,
    pub(super) ranges: Vec<TextRange>,
}

impl Tokens {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.push(text, TextSize::default());
        tokens
    }

    /// The words of a document's passages that can carry claims; menus and pleas are no copies.
    pub fn of_document(document: &Document) -> Self {
        let mut tokens = Self::default();
        for passage in document.passages() {
            if passage.role.carries_claims() {
                tokens.push(document.slice(passage.range), passage.range.start());
            }
        }
        tokens
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// True without words.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    fn push(&mut self, text: &str, offset: TextSize) {
        let mut start = None;
        for (at, c) in text.char_indices() {
            let is_word = c.is_alphanumeric();
            let alone = is_word && stands_alone(c);
            if (!is_word || alone) && start.is_some() {
                self.word(text, start.take().unwrap_or(at), at, offset);
            }
            if alone {
                self.word(text, at, at + c.len_utf8(), offset);
            } else if is_word && start.is_none() {
                start = Some(at);
            }
        }
        if let Some(start) = start {
            self.word(text, start, text.len(), offset);
        }
    }

    fn word(&mut self, text: &str, start: usize, end: usize, offset: TextSize) {
        let size = |n: usize| TextSize::try_from(n).unwrap_or_default();
        let word = &text[start..end];
        self.hashes.push(if word.is_ascii() {
            // What `fold` does to letters and digits, without a string of its own.
            hash(word.bytes().map(|b| b.to_ascii_lowercase()))
        } else {
            hash(fold(word).bytes())
        });
        self.ranges
            .push(TextRange::new(offset + size(start), offset + size(end)));
    }
}

/// Han and kana: written without blanks between words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// FNV-1a with a final mix: the same on every machine, since prints may be stored.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let fnv = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    mix(bytes.fold(0xCBF2_9CE4_8422_2325, fnv))
}

/// The finalizer of SplitMix64.
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    h ^ (h >> 31)
}

/// The hashes of all runs of [`RUN`] words in a text, distinct and sorted. Texts that share a run of equal words share
/// a hash.
pub fn runs(text: &str) -> Vec<u64> {
    let mut runs = run_hashes(&Tokens::of(text).hashes);
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The fingerprints of one document with the words at which their runs begin, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    /// `(hash, index of the run's first word)`.
    pub marks: Vec<(u64, u32)>,
}

impl Print {
    /// The fingerprints of these words; a text shorter than a window gives its smallest run.
    pub fn of(tokens: &Tokens) -> Self {
        let runs = run_hashes(&tokens.hashes);
        let window = WINDOW.min(runs.len());
        let mut marks: Vec<(u64, u32)> = Vec::with_capacity(runs.len() / 4 + 1);
        let mut smallest = None;
        for end in window.max(1)..=runs.len() {
            let start = end - window;
            // The rightmost of equal minima, so that a repeated run is not marked twice.
            let now = match smallest {
                Some(at) if at >= start && runs[end - 1] > runs[at] => at,
                Some(at) if at >= start => end - 1,
                _ => rightmost_minimum(&runs, start, end),
            };
            if smallest != Some(now) {
                marks.push((runs[now], u32::try_from(now).unwrap_or(u32::MAX)));
                smallest = Some(now);
            }
        }
        Self { marks }
    }

    /// The distinct hashes, sorted: what an index keeps.
    pub fn hashes(&self) -> Vec<u64> {
        let mut hashes: Vec<u64> = self.marks.iter().map(|m| m.0).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

/// Where the smallest of these runs stands, the last one of equals. The range is not empty.
fn rightmost_minimum(runs: &[u64], start: usize, end: usize) -> usize {
    (start..end).rev().min_by_key(|&i| runs[i]).unwrap_or(start)
}

/// A hash of each [`RUN`] neighboring words: a cyclic polynomial over the words' hashes, each step from the last.
///
/// Source: Cohen, Recursive hashing functions for n-grams, ACM Transactions on Information Systems 15, 1997.
fn run_hashes(words: &[u64]) -> Vec<u64> {
    let mut out = Vec::with_capacity(words.len().saturating_sub(RUN - 1));
    let mut hash = 0_u64;
    for (at, word) in words.iter().enumerate() {
        hash = hash.rotate_left(1) ^ word;
        if let Some(gone) = at.checked_sub(RUN) {
            hash ^= words[gone].rotate_left(RUN as u32);
        }
        if at + 1 >= RUN {
            out.push(mix(hash));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let text = "Two ships—“left” 北京, today.";
        let tokens = Tokens::of(text);
        let words: Vec<&str> = tokens.ranges.iter().map(|&r| &text[r]).collect();
        assert_eq!(words, ["Two", "ships", "left", "北", "京", "today"]);
        assert_eq!(tokens.hashes[2], Tokens::of("LEFT").hashes[0]);
    }

    #[test]
    fn short_texts_have_a_print() {
        let n_marks = |text| Print::of(&Tokens::of(text)).marks.len();
        assert_eq!(n_marks("one two three four five"), 0);
        assert_eq!(n_marks("one two three four five six"), 1);
    }

    #[test]
    fn marks_are_the_smallest_runs_of_each_window() {
        let text: String = (0..400).map(|n| format!("w{} ", n * n % 37)).collect();
        let tokens = Tokens::of(&text);
        let runs: Vec<u64> = run_hashes(&tokens.hashes);
        assert_eq!(runs[2], run_hashes(&tokens.hashes[2..2 + RUN])[0]);
        let smallest = |start: usize| rightmost_minimum(&runs, start, start + WINDOW) as u32;
        let mut expected: Vec<u32> = (0..=runs.len() - WINDOW).map(smallest).collect();
        expected.dedup();
        let marks = Print::of(&tokens).marks;
        assert_eq!(marks.iter().map(|m| m.1).collect::<Vec<_>>(), expected);
    }
}
