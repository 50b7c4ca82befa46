//! The part of a passage that shows why it was found.

use std::ops::Range;

use super::query::{Query, Term};
use super::words::{self, Stems, Word};

/// How many words a snippet shows.
const N_WORDS: usize = 32;

/// How many words stand before the first that was looked for.
const N_BEFORE: usize = 6;

/// A stretch of a passage with the words that were looked for marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words, and whether they were looked for, in the order of the text.
    pub parts: Vec<(String, bool)>,
    /// True if the passage goes on before it.
    pub is_cut_before: bool,
    /// True if the passage goes on after it.
    pub is_cut_after: bool,
}

impl Snippet {
    /// The snippet as one string, with `open` and `close` around what was looked for. The text itself is not
    /// escaped: a caller who writes markup writes the parts instead.
    pub fn marked(&self, open: &str, close: &str) -> String {
        let mut out = String::new();
        if self.is_cut_before {
            out.push('…');
        }
        for (words, is_hit) in &self.parts {
            if *is_hit {
                out.extend([open, words, close]);
            } else {
                out.push_str(words);
            }
        }
        if self.is_cut_after {
            out.push('…');
        }
        out
    }
}

/// What marks a word as looked for.
pub(super) struct Wanted {
    forms: Vec<String>,
    prefixes: Vec<String>,
    stems: Stems,
}

impl Wanted {
    /// From a query and the other names that its words led to.
    pub(super) fn new(query: &Query, names: &[String], stems: &Stems) -> Self {
        let mut wanted = Self {
            forms: Vec::new(),
            prefixes: Vec::new(),
            stems: stems.clone(),
        };
        for term in query.groups.iter().flatten() {
            match term {
                Term::Word(form) => {
                    wanted.forms.extend(stems.variants(form));
                    wanted.forms.push(form.clone());
                }
                Term::Prefix(form) => wanted.prefixes.push(form.clone()),
                Term::Phrase(forms) | Term::Near(forms, _) => wanted.forms.extend(forms.clone()),
            }
        }
        let names = names
            .iter()
            .flat_map(|name| name.split(' '))
            .map(str::to_owned);
        wanted.forms.extend(names);
        wanted
    }

    fn has(&self, word: &Word) -> bool {
        // The character after the last pair of a run is part of that pair.
        if word.tail {
            return false;
        }
        self.forms.contains(&word.form)
            || self
                .prefixes
                .iter()
                .any(|prefix| word.form.starts_with(prefix))
            || self
                .stems
                .variants(&word.form)
                .iter()
                .any(|v| self.forms.contains(v))
    }

    /// The stretch of `text` with the most different words that were looked for, the first such.
    pub(super) fn snippet(&self, text: &str) -> Snippet {
        let words = words::words(text);
        let hits: Vec<usize> = (0..words.len()).filter(|&i| self.has(&words[i])).collect();
        let first = hits
            .iter()
            .copied()
            .max_by_key(|&at| {
                let mut forms: Vec<&str> = hits
                    .iter()
                    .filter(|&&hit| (at..at + N_WORDS - N_BEFORE).contains(&hit))
                    .map(|&hit| words[hit].form.as_str())
                    .collect();
                forms.sort_unstable();
                forms.dedup();
                (forms.len(), std::cmp::Reverse(at))
            })
            .unwrap_or(0)
            .saturating_sub(N_BEFORE)
            .min(words.len().saturating_sub(N_WORDS));
        let last = (first + N_WORDS).min(words.len());
        let start = if first == 0 {
            0
        } else {
            words[first].range.start
        };
        let end = if last == words.len() {
            text.len()
        } else {
            words[last - 1].range.end
        };
        let marks = hits
            .iter()
            .filter(|&&hit| (first..last).contains(&hit))
            .map(|&hit| words[hit].range.clone());
        Snippet {
            parts: parts(text, start..end, marks),
            is_cut_before: start > 0,
            is_cut_after: end < text.len(),
        }
    }
}

/// `range` of the text cut at the marks; marks that touch or overlap become one.
fn parts(
    text: &str,
    range: Range<usize>,
    marks: impl Iterator<Item = Range<usize>>,
) -> Vec<(String, bool)> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match joined.last_mut().filter(|last| mark.start <= last.end) {
            Some(last) => last.end = last.end.max(mark.end),
            None => joined.push(mark),
        }
    }
    let mut out = Vec::new();
    let mut at = range.start;
    for mark in joined {
        if at < mark.start {
            out.push((text[at..mark.start].to_owned(), false));
        }
        at = mark.end;
        out.push((text[mark].to_owned(), true));
    }
    if at < range.end {
        out.push((text[at..range.end].to_owned(), false));
    }
    out
}
