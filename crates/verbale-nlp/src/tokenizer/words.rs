//! Distinct words and how texts are made of them.
//!
//! What depends on a word alone is kept by [`WordId`], and the words of a chunk by its text, so that a word that was seen
//! before costs one look into a table. The tables belong to one worker and are emptied when they are full.

use super::rules::{Cut, Tokenizer};
use crate::vocab::{FastMap, Vocab, chars};

/// Most distinct words that are kept.
const MAX_WORDS: usize = 1 << 15;
/// Longest chunk that is kept, in bytes; longer ones are cut again when they come again.
const MAX_KEPT_CHUNK: usize = 64;

/// A number for a distinct word, from 0; it holds until the tables are emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WordId(pub(crate) u32);

/// A distinct word: a form with a norm.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: Box<str>,
    pub(crate) lower: Box<str>,
    pub(crate) norm: Box<str>,
    pub(crate) is_space: bool,
    /// True if a special case that affix rules may have cut starts with the word.
    starts_phrase: bool,
}

/// A word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Where it starts, in bytes.
    pub(crate) start: u32,
    pub(crate) word: WordId,
    /// True if one blank follows that is no word of its own.
    pub(crate) space_after: bool,
}

/// The words that a worker has seen.
#[derive(Default)]
pub(crate) struct Words {
    words: Vec<Word>,
    by_text: FastMap<Box<str>, WordId>,
    /// Words whose special case sets the norm: form and norm, with a zero byte between.
    with_norm: FastMap<String, WordId>,
    chunks: FastMap<Box<str>, (u32, u32)>,
    chunk_words: Vec<WordId>,
}

impl Words {
    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// True when it is time to call [`clear`](Self::clear).
    pub(crate) fn is_full(&self) -> bool {
        self.words.len() >= MAX_WORDS || self.chunk_words.len() >= 4 * MAX_WORDS
    }

    /// Forgets all words; their ids end.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Appends the words of a text to `out`.
    pub(crate) fn tokenize(
        &mut self,
        rules: &Tokenizer,
        vocab: &Vocab,
        text: &str,
        out: &mut Vec<Occurrence>,
    ) {
        let first = out.len();
        let base = text.as_ptr() as usize;
        for_each_chunk(text, |chunk, space_after| {
            let mut start = (chunk.as_ptr() as usize - base) as u32;
            let (from, to) = self.chunk(rules, vocab, chunk);
            for &word in &self.chunk_words[from..to] {
                out.push(Occurrence {
                    start,
                    word,
                    space_after: false,
                });
                start += self.words[word.0 as usize].text.len() as u32;
            }
            if let Some(last) = out.last_mut() {
                last.space_after = space_after;
            }
        });
        self.join_specials(rules, vocab, text, first, out);
    }

    /// The words of a chunk, as a range of `chunk_words`.
    fn chunk(&mut self, rules: &Tokenizer, vocab: &Vocab, chunk: &str) -> (usize, usize) {
        if let Some(&(from, to)) = self.chunks.get(chunk) {
            return (from as usize, to as usize);
        }
        let from = self.chunk_words.len();
        let mut cuts = Vec::new();
        rules.cut(chunk, true, &mut cuts);
        for cut in cuts {
            match cut {
                Cut::Word(text) => {
                    let word = self.intern(rules, vocab, text);
                    self.chunk_words.push(word);
                }
                Cut::Special(text) => self.push_special(rules, vocab, text),
            }
        }
        let to = self.chunk_words.len();
        if chunk.len() <= MAX_KEPT_CHUNK {
            self.chunks.insert(chunk.into(), (from as u32, to as u32));
        }
        (from, to)
    }

    fn push_special(&mut self, rules: &Tokenizer, vocab: &Vocab, text: &str) {
        for piece in rules.special(text).unwrap_or_default() {
            let word = match &piece.norm {
                None => self.intern(rules, vocab, &piece.orth),
                Some(norm) => self.intern_with_norm(rules, &piece.orth, norm),
            };
            self.chunk_words.push(word);
        }
    }

    fn intern(&mut self, rules: &Tokenizer, vocab: &Vocab, text: &str) -> WordId {
        if let Some(&id) = self.by_text.get(text) {
            return id;
        }
        let id = self.add(rules, text, vocab.norm(text).into());
        self.by_text.insert(text.into(), id);
        id
    }

    fn intern_with_norm(&mut self, rules: &Tokenizer, text: &str, norm: &str) -> WordId {
        let key = format!("{text}\0{norm}");
        if let Some(&id) = self.with_norm.get(&key) {
            return id;
        }
        let id = self.add(rules, text, norm.into());
        self.with_norm.insert(key, id);
        id
    }

    fn add(&mut self, rules: &Tokenizer, text: &str, norm: Box<str>) -> WordId {
        let id = WordId(self.words.len() as u32);
        self.words.push(Word {
            text: text.into(),
            lower: text.to_lowercase().into(),
            norm,
            is_space: !text.is_empty() && text.chars().all(chars::is_space),
            starts_phrase: !rules.phrases(text).is_empty(),
        });
        id
    }

    /// Looks for special cases that affix rules have cut, and puts their own words in place; the longest wins, then the first.
    fn join_specials(
        &mut self,
        rules: &Tokenizer,
        vocab: &Vocab,
        text: &str,
        first: usize,
        out: &mut Vec<Occurrence>,
    ) {
        let mut found = Vec::new();
        for at in first..out.len() {
            let word = self.word(out[at].word);
            if word.starts_phrase {
                for phrase in rules.phrases(&word.text) {
                    if self.spells(&out[at..], phrase) {
                        found.push((at, at + phrase.len()));
                    }
                }
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_unstable_by_key(|&(from, to)| (std::cmp::Reverse(to - from), from));
        found.dedup();
        let mut taken = vec![false; out.len() - first];
        found.retain(|&(from, to)| {
            let free = !taken[from - first] && !taken[to - 1 - first];
            taken[from - first..to - first].fill(true);
            free
        });
        found.sort_unstable();
        let tail = out.split_off(first);
        let mut done = 0;
        for (from, to) in found {
            let (from, to) = (from - first, to - first);
            out.extend_from_slice(&tail[done..from]);
            self.replace(rules, vocab, text, &tail[from..to], out);
            done = to;
        }
        out.extend_from_slice(&tail[done..]);
    }

    fn spells(&self, tokens: &[Occurrence], phrase: &[Box<str>]) -> bool {
        tokens.len() >= phrase.len()
            && tokens
                .iter()
                .zip(phrase)
                .all(|(t, word)| self.word(t.word).text == *word)
    }

    /// Appends the words of the special case that a run of tokens spells, or the run if its blanks are others.
    fn replace(
        &mut self,
        rules: &Tokenizer,
        vocab: &Vocab,
        text: &str,
        run: &[Occurrence],
        out: &mut Vec<Occurrence>,
    ) {
        let last = run[run.len() - 1];
        let start = run[0].start as usize;
        let end = last.start as usize + self.word(last.word).text.len();
        if rules.special(&text[start..end]).is_none() {
            out.extend_from_slice(run);
            return;
        }
        let from = self.chunk_words.len();
        self.push_special(rules, vocab, &text[start..end]);
        let mut at = run[0].start;
        for word in self.chunk_words.drain(from..) {
            out.push(Occurrence {
                start: at,
                word,
                space_after: false,
            });
            at += self.words[word.0 as usize].text.len() as u32;
        }
        if let Some(occurrence) = out.last_mut() {
            occurrence.space_after = last.space_after;
        }
    }
}

/// Calls `found` for each run of blanks or of other characters, and says if one blank follows that belongs to neither.
pub(super) fn for_each_chunk<'t>(text: &'t str, mut found: impl FnMut(&'t str, bool)) {
    let mut start = 0;
    let mut in_space = text.chars().next().is_some_and(chars::is_space);
    for (i, c) in text.char_indices() {
        if chars::is_space(c) == in_space {
            continue;
        }
        let space_after = c == ' ';
        if start < i {
            found(&text[start..i], space_after);
        }
        start = if space_after { i + 1 } else { i };
        in_space = !in_space;
    }
    if start < text.len() {
        found(&text[start..], false);
    }
}
