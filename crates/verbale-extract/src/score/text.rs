//! Words and where spans stand among them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A run of tokens of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Place {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// NFKC, straight apostrophes, lower case.
pub(super) fn folded(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    composed.replace('\u{2019}', "'").to_lowercase()
}

/// The words of a text: numbers with their separators, else runs of letters, digits and underscores.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if c.is_numeric() {
            number_len(rest)
        } else if is_word(c) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else {
            at += c.len_utf8();
            continue;
        };
        out.push(rest[..len].to_owned());
        at += len;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of the number that `text` starts with: digits, commas and stops, ending in a digit.
fn number_len(text: &str) -> usize {
    let end = text
        .find(|c: char| !(c.is_numeric() || matches!(c, ',' | '.')))
        .unwrap_or(text.len());
    text[..end].trim_end_matches([',', '.']).len()
}

/// Where each span stands, each searched from where the one before was found, else from the start.
pub(super) fn locate_all<'s>(
    spans: impl Iterator<Item = &'s str>,
    words: &[String],
) -> Vec<Option<Place>> {
    let mut from = 0;
    spans
        .map(|span| {
            let place = locate(&tokens(span), words, from)?;
            from = place.start;
            Some(place)
        })
        .collect()
}

fn locate(want: &[String], words: &[String], from: usize) -> Option<Place> {
    if want.is_empty() {
        return None;
    }
    let find = |range: Range<usize>| {
        words[range.clone()]
            .windows(want.len())
            .position(|w| w == want)
            .map(|i| Place {
                start: range.start + i,
                end: range.start + i + want.len(),
            })
    };
    find(from.min(words.len())..words.len()).or_else(|| find(0..words.len()))
}

fn shared(a: Place, b: Place) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The share of the shorter place that both cover; 0 where one is unknown.
pub(super) fn overlap(a: Option<Place>, b: Option<Place>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => shared(a, b) as f64 / a.len().min(b.len()).max(1) as f64,
        _ => 0.0,
    }
}

/// The share of the union that both cover.
pub(super) fn jaccard(a: Place, b: Place) -> f64 {
    let both = shared(a, b);
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}
