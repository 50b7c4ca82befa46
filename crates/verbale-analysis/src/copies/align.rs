//! Which words two documents share, and what sort of copy that makes.

use std::collections::HashMap;

use verbale_core::TextRange;

use super::{Print, RUN, Tokens};

/// Words that stand in both documents in one order, with few words changed in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// In the first document.
    pub a: TextRange,
    /// In the second.
    pub b: TextRange,
    /// Words that are equal.
    pub n_words: usize,
}

/// What two documents share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// In the order of the first document.
    pub segments: Vec<Segment>,
    /// Equal words.
    pub n_shared: usize,
    /// Words of the two documents.
    pub n_words: (usize, usize),
}

/// What sort of copy two documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// One text, but for small edits.
    Identical,
    /// One is the beginning of the other.
    Truncated,
    /// One stands whole inside the other, among other text.
    Embedded,
    /// They share a passage.
    Excerpt,
}

impl CopyKind {
    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Truncated => "truncated",
            Self::Embedded => "embedded",
            Self::Excerpt => "excerpt",
        }
    }
}

impl Overlap {
    /// How much of the first and of the second document stands in the other, from 0 to 1.
    pub fn containment(&self) -> (f64, f64) {
        let share = |n: usize| self.n_shared as f64 / n.max(1) as f64;
        (share(self.n_words.0), share(self.n_words.1))
    }

    /// What sort of copy it is.
    pub fn kind(&self) -> CopyKind {
        let (a, b) = self.containment();
        let (less, more) = (a.min(b), a.max(b));
        if less >= 0.85 {
            CopyKind::Identical
        } else if more < 0.6 {
            CopyKind::Excerpt
        } else if self.begins_together() {
            CopyKind::Truncated
        } else {
            CopyKind::Embedded
        }
    }

    /// True if the longest shared stretch stands near the beginning of both.
    fn begins_together(&self) -> bool {
        let near = |start: u32| start < 120;
        let first = self.segments.iter().max_by_key(|s| s.n_words);
        first.is_some_and(|s| near(s.a.start().into()) && near(s.b.start().into()))
    }
}

/// Positions of one fingerprint that are looked at; a text that repeats itself more often gains nothing.
const MAX_PLACES: usize = 16;

/// Words that may differ between two shared runs of one segment.
const MAX_GAP: usize = 12;

/// A run of equal words: first word in a, first word in b, length.
type Match = (usize, usize, usize);

/// What `a` and `b` share.
pub fn align(a: &Tokens, b: &Tokens) -> Overlap {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (hash, at) in Print::of(b).marks {
        let places = places.entry(hash).or_default();
        if places.len() < MAX_PLACES {
            places.push(at as usize);
        }
    }
    let mut matches: Vec<Match> = Vec::new();
    for (hash, at) in Print::of(a).marks {
        for &place in places.get(&hash).map_or(&[][..], Vec::as_slice) {
            let is_inside = |&(i, j, n): &Match| {
                (i..i + n).contains(&(at as usize)) && at as usize + j == place + i
            };
            if !matches.iter().rev().take(MAX_PLACES).any(is_inside) {
                matches.extend(extended(a, b, at as usize, place));
            }
        }
    }
    let matches = disjoint(matches, (a.len(), b.len()));
    let n_shared = matches.iter().map(|m| m.2).sum();
    Overlap {
        segments: joined(&matches)
            .into_iter()
            .map(|s| s.in_text(a, b))
            .collect(),
        n_shared,
        n_words: (a.len(), b.len()),
    }
}

/// The longest run of equal words around these two; `None` if the words differ (a collision).
fn extended(a: &Tokens, b: &Tokens, i: usize, j: usize) -> Option<Match> {
    let back = a.hashes[..i]
        .iter()
        .rev()
        .zip(b.hashes[..j].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let on = a.hashes[i..]
        .iter()
        .zip(&b.hashes[j..])
        .take_while(|(x, y)| x == y)
        .count();
    (on >= RUN).then_some((i - back, j - back, back + on))
}

/// The longest matches such that no word is used twice, in the order of the first document.
fn disjoint(mut matches: Vec<Match>, (n_a, n_b): (usize, usize)) -> Vec<Match> {
    matches.sort_by_key(|&(i, j, n)| (std::cmp::Reverse(n), i, j));
    matches.dedup();
    let (mut used_a, mut used_b) = (vec![false; n_a], vec![false; n_b]);
    matches.retain(|&(i, j, n)| {
        let is_free = !used_a[i..i + n].contains(&true) && !used_b[j..j + n].contains(&true);
        if is_free {
            used_a[i..i + n].fill(true);
            used_b[j..j + n].fill(true);
        }
        is_free
    });
    matches.sort_unstable();
    matches
}

/// First and one past the last word in a and in b, and how many of them are equal.
struct Stretch {
    a: (usize, usize),
    b: (usize, usize),
    n_words: usize,
}

impl Stretch {
    fn in_text(&self, a: &Tokens, b: &Tokens) -> Segment {
        let cover = |tokens: &Tokens, (from, to): (usize, usize)| {
            TextRange::new(tokens.ranges[from].start(), tokens.ranges[to - 1].end())
        };
        Segment {
            a: cover(a, self.a),
            b: cover(b, self.b),
            n_words: self.n_words,
        }
    }
}

/// Joins matches that follow each other in both documents with few words between.
fn joined(matches: &[Match]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for &(i, j, n) in matches {
        match out.last_mut() {
            Some(last) if i <= last.a.1 + MAX_GAP && j >= last.b.1 && j <= last.b.1 + MAX_GAP => {
                last.a.1 = i + n;
                last.b.1 = j + n;
                last.n_words += n;
            }
            _ => out.push(Stretch {
                a: (i, i + n),
                b: (j, j + n),
                n_words: n,
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(words: std::ops::Range<u32>) -> String {
        words.map(|n| format!("w{n} ")).collect()
    }

    fn overlap(a: &str, b: &str) -> Overlap {
        align(&Tokens::of(a), &Tokens::of(b))
    }

    #[test]
    fn kinds_of_copies() {
        let story = numbered(0..200);
        assert_eq!(overlap(&story, &story).kind(), CopyKind::Identical);
        assert_eq!(
            overlap(&story, &numbered(0..70)).kind(),
            CopyKind::Truncated
        );
        let host = numbered(1000..1400) + &story + &numbered(2000..2400);
        let embedded = overlap(&story, &host);
        assert_eq!(
            (embedded.kind(), embedded.segments.len()),
            (CopyKind::Embedded, 1)
        );
        assert_eq!(embedded.n_shared, 200);
        assert_eq!(
            overlap(&story, &(numbered(180..230) + &host[..2000])).kind(),
            CopyKind::Excerpt
        );
    }

    #[test]
    fn edits_do_not_break_a_segment() {
        let story = numbered(0..60);
        let edited = story.replace("w30 ", "changed ");
        let found = overlap(&story, &edited);
        assert_eq!(found.segments.len(), 1);
        assert_eq!(found.n_shared, 59);
    }

    #[test]
    fn strangers_share_nothing() {
        let found = overlap(&numbered(0..300), &numbered(500..900));
        assert!(found.segments.is_empty());
        assert!(overlap("", "a").segments.is_empty());
    }
}
