//! What detection finds before anybody is named: a cue with its speaker and content, in one passage.

use std::ops::Range;

use verbale_core::{TextRange, TextSize};

use super::tree::Tree;
use crate::Block;

/// A stretch of tokens, end-exclusive.
pub(super) type Tokens = Range<usize>;

/// Whether somebody is said to have uttered the content, or only to think, want or support it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// It was said, written or published.
    Statement,
    /// It is held to be so: "experts suspect that".
    Belief,
    /// An instrument provides it: "the treaty requires that". Whoever reports it asserts it.
    Provision,
    /// It is an attitude that the reporter ascribes: wish, support, plan.
    Attitude,
    /// It seems so to the reporter: "appears to". It is the reporter's own assertion, with a hedge.
    Impression,
    /// It is said by nobody in particular: "reportedly", "is expected to".
    Hearsay,
}

/// A cue with its speaker and content, not yet resolved.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The block that holds the cue.
    pub(super) block: usize,
    /// The token that the cue turns on; the first token of the quotation if there is no cue.
    pub(super) pivot: usize,
    /// The cue's tokens, possibly in pieces.
    pub(super) cue: Vec<Tokens>,
    /// The speaker's tokens, empty if the words name none.
    pub(super) speaker: Option<Tokens>,
    /// The token that the speaker's phrase turns on.
    pub(super) speaker_head: Option<usize>,
    /// What is attributed, in ranges of the document.
    pub(super) content: Vec<TextRange>,
    /// Uttered, thought or rumored.
    pub(super) nature: Nature,
    /// The construction, by name.
    pub(super) rule: &'static str,
    /// The verb of speech that this cue goes on from; its content ends where this cue begins.
    pub(super) goes_on_from: Option<usize>,
}

/// One passage with everything that detection looks at.
pub(super) struct Scene<'d> {
    pub(super) index: usize,
    pub(super) block: &'d Block,
    pub(super) tree: Tree<'d>,
    pub(super) quotes: Vec<super::quotes::Quote>,
    /// Whether it is a headline or a subheading.
    pub(super) is_title: bool,
    /// For each token the quotation it stands in, if any, marks included.
    quote_of: Vec<Option<u32>>,
}

impl<'d> Scene<'d> {
    /// The passage behind `before`.
    pub(super) fn new(
        index: usize,
        block: &'d Block,
        is_title: bool,
        before: Option<&Self>,
    ) -> Self {
        let tree = Tree::new(&block.doc);
        let is_open = before.is_some_and(|b| b.quotes.last().is_some_and(|q| !q.closed));
        let quotes = super::quotes::find_behind(block.doc.text(), is_open);
        let mut next = 0;
        let quote_of = block
            .doc
            .tokens()
            .map(|t| {
                let at = t.range().start;
                while next < quotes.len() && quotes[next].end <= at {
                    next += 1;
                }
                quotes
                    .get(next)
                    .filter(|q| q.contains(at))
                    .map(|_| next as u32)
            })
            .collect();
        Self {
            index,
            block,
            tree,
            quotes,
            is_title,
            quote_of,
        }
    }

    /// The index of the quotation that holds the token.
    pub(super) fn quote_at(&self, token: usize) -> Option<usize> {
        self.quote_of[token].map(|q| q as usize)
    }

    pub(super) fn text(&self) -> &'d str {
        self.block.doc.text()
    }

    /// A stretch of tokens as a range of the document, `None` if it is empty.
    pub(super) fn range(&self, span: Tokens) -> Option<TextRange> {
        (!span.is_empty()).then(|| self.block.span_range(self.tree.doc().span(span)))
    }

    /// The same without blanks and punctuation at its ends, but with quotation marks.
    pub(super) fn trimmed(&self, mut span: Tokens) -> Tokens {
        let idle = |i: usize| {
            self.tree.is_space(i)
                || self.tree.is_punct(i)
                    && !super::tree::is_quote_mark(self.tree.text(i))
                    && !matches!(self.tree.text(i), "(" | "[" | "$" | "]" | "%")
        };
        while !span.is_empty() && idle(span.start) {
            span.start += 1;
        }
        while !span.is_empty() && idle(span.end - 1) && self.tree.text(span.end - 1) != ")" {
            span.end -= 1;
        }
        span
    }

    /// Byte range of a quotation in the document.
    pub(super) fn quote_range(&self, quote: usize) -> TextRange {
        self.quotes[quote].range(self.block.start)
    }

    /// The tokens of a quotation, marks included.
    pub(super) fn quote_tokens(&self, quote: usize) -> Tokens {
        let q = &self.quotes[quote];
        let span = self.tree.doc().span_of_bytes(q.start..q.end);
        span.start()..span.end()
    }
}

/// Sorts ranges and joins those that touch, overlap, or are parted by blanks alone.
pub(super) fn normalized(mut ranges: Vec<TextRange>, text: &str) -> Vec<TextRange> {
    ranges.retain(|r| !r.is_empty());
    ranges.sort_by_key(|r| (r.start(), r.end()));
    let mut out: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for r in ranges {
        match out.last_mut() {
            Some(last)
                if r.start() <= last.end()
                    || text[TextRange::new(last.end(), r.start())]
                        .trim()
                        .is_empty() =>
            {
                *last = TextRange::new(last.start(), last.end().max(r.end()));
            }
            _ => out.push(r),
        }
    }
    out
}

/// `ranges` without what lies in `hole`.
pub(super) fn without(ranges: &[TextRange], hole: TextRange) -> Vec<TextRange> {
    let mut out = Vec::with_capacity(ranges.len() + 1);
    for &r in ranges {
        if r.end() <= hole.start() || r.start() >= hole.end() {
            out.push(r);
            continue;
        }
        if r.start() < hole.start() {
            out.push(TextRange::new(r.start(), hole.start()));
        }
        if hole.end() < r.end() {
            out.push(TextRange::new(hole.end(), r.end()));
        }
    }
    out
}

/// Bytes that two lists of disjoint ranges share.
pub(super) fn shared(a: &[TextRange], b: &[TextRange]) -> u32 {
    let mut n = 0;
    for x in a {
        for y in b {
            let start = x.start().max(y.start());
            let end = x.end().min(y.end());
            if start < end {
                n += u32::from(end - start);
            }
        }
    }
    n
}

/// Bytes of a list of disjoint ranges.
pub(super) fn len(ranges: &[TextRange]) -> u32 {
    ranges.iter().map(|r| u32::from(r.len())).sum()
}

/// The first byte of a list of ranges.
pub(super) fn start(ranges: &[TextRange]) -> TextSize {
    ranges.first().map_or_else(TextSize::default, |r| r.start())
}
