//! A view of a run of tokens.

use std::ops::Range;

use super::{Doc, Token};

/// A view of a run of tokens.
#[derive(Clone, Copy)]
pub struct Span<'d> {
    pub(super) doc: &'d Doc,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'d> Span<'d> {
    /// Position of the first token.
    pub fn start(self) -> usize {
        self.start
    }

    /// Position after the last token.
    pub fn end(self) -> usize {
        self.end
    }

    /// Number of tokens.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True without tokens.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The doc it is a part of.
    pub fn doc(self) -> &'d Doc {
        self.doc
    }

    /// The tokens.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        (self.start..self.end).map(move |i| Token { doc: self.doc, i })
    }

    /// Where it stands, in UTF-8 bytes of the doc's text; empty at the start of its first token if empty.
    pub fn range(self) -> Range<usize> {
        let tokens = &self.doc.tokens;
        let start = tokens
            .get(self.start)
            .map_or(self.doc.text.len(), |t| t.start as usize);
        match self.end.checked_sub(1).filter(|_| !self.is_empty()) {
            Some(last) => start..tokens[last].end as usize,
            None => start..start,
        }
    }

    /// The words as written.
    pub fn text(self) -> &'d str {
        &self.doc.text[self.range()]
    }

    /// The token whose head lies outside, the first one if there are several.
    pub fn root(self) -> Option<Token<'d>> {
        self.tokens()
            .find(|t| t.is_root() || !self.contains(t.head()))
    }

    /// The label of the entity, if the span is one.
    pub fn label(self) -> &'d str {
        if self.is_empty() {
            ""
        } else {
            self.doc.token(self.start).ent_type()
        }
    }

    /// The sentence that its first token stands in.
    pub fn sent(self) -> Span<'d> {
        if self.is_empty() {
            self
        } else {
            self.doc.token(self.start).sent()
        }
    }

    /// True if the token stands in it.
    pub fn contains(self, t: Token<'_>) -> bool {
        (self.start..self.end).contains(&t.i())
    }
}

impl std::fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{} {:?}", self.start, self.end, self.text())
    }
}
