//! A view of one token.

use std::borrow::Cow;
use std::ops::Range;

use super::{Doc, LabelId, Span, TextRef, TokenAnnotation, TokenData};
use crate::vocab::chars;

/// A view of one token.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    pub(super) doc: &'d Doc,
    pub(super) i: usize,
}

impl<'d> Token<'d> {
    pub(crate) fn data(self) -> &'d TokenData {
        &self.doc.tokens[self.i]
    }

    fn at(self, i: usize) -> Token<'d> {
        Token { doc: self.doc, i }
    }

    fn label(self, id: LabelId) -> &'d str {
        self.doc.labels.str(id)
    }

    fn extra(self, start: u32, len: u32) -> &'d str {
        &self.doc.extra[start as usize..][..len as usize]
    }

    /// All that is known of the token, as [`Doc::from_parts`] takes it.
    pub fn annotation(self) -> TokenAnnotation {
        let data = self.data();
        TokenAnnotation {
            range: self.range(),
            lemma: self.lemma().to_owned(),
            tag: self.tag().to_owned(),
            pos: self.pos().to_owned(),
            morph: self.morph().to_owned(),
            dep: self.dep().to_owned(),
            head: data.head as usize,
            sent_start: data.sent_start,
            ent_type: self.ent_type().to_owned(),
            ent_start: data.ent_start,
        }
    }

    /// Position in the doc.
    pub fn i(self) -> usize {
        self.i
    }

    /// The doc it is a part of.
    pub fn doc(self) -> &'d Doc {
        self.doc
    }

    /// Where it stands, in UTF-8 bytes of the doc's text.
    pub fn range(self) -> Range<usize> {
        self.data().start as usize..self.data().end as usize
    }

    /// The word as written.
    pub fn text(self) -> &'d str {
        &self.doc.text[self.range()]
    }

    /// The word in lower case.
    pub fn lower(self) -> String {
        self.text().to_lowercase()
    }

    /// The normal form of the word: what a contraction stands for, one spelling for many; else lower case.
    pub fn norm(self) -> Cow<'d, str> {
        match self.data().norm {
            TextRef::Own => Cow::Owned(self.lower()),
            TextRef::Extra(start, len) => Cow::Borrowed(self.extra(start, len)),
            TextRef::Label(id) => Cow::Borrowed(self.label(id)),
        }
    }

    /// The blanks after the token, up to the next one.
    pub fn whitespace(self) -> &'d str {
        let next = self.doc.tokens.get(self.i + 1);
        let end = next.map_or(self.doc.text.len(), |t| t.start as usize);
        &self.doc.text[self.data().end as usize..end]
    }

    /// True if one blank follows that is no token of its own.
    pub fn has_space_after(self) -> bool {
        self.data().space_after
    }

    /// Base form.
    pub fn lemma(self) -> &'d str {
        match self.data().lemma {
            TextRef::Own => self.text(),
            TextRef::Extra(start, len) => self.extra(start, len),
            TextRef::Label(id) => self.label(id),
        }
    }

    /// Fine-grained part of speech.
    pub fn tag(self) -> &'d str {
        self.label(self.data().tag)
    }

    /// Universal part of speech.
    pub fn pos(self) -> &'d str {
        self.label(self.data().pos)
    }

    /// Universal features.
    pub fn morph(self) -> &'d str {
        self.label(self.data().morph)
    }

    /// The value of one universal feature: `morph_get("Number")` is `Some("Sing")`.
    pub fn morph_get(self, feature: &str) -> Option<&'d str> {
        self.morph()
            .split('|')
            .find_map(|f| f.strip_prefix(feature)?.strip_prefix('='))
    }

    /// Label of the arc to the head.
    pub fn dep(self) -> &'d str {
        self.label(self.data().dep)
    }

    /// The head; a root is its own head.
    pub fn head(self) -> Token<'d> {
        self.at(self.data().head as usize)
    }

    /// True for the root of a sentence.
    pub fn is_root(self) -> bool {
        self.data().head as usize == self.i
    }

    /// Entity label, empty outside entities.
    pub fn ent_type(self) -> &'d str {
        self.label(self.data().ent_type)
    }

    /// `B`, `I` or `O`.
    pub fn ent_iob(self) -> &'static str {
        let t = self.data();
        match (t.ent_type.is_none(), t.ent_start) {
            (true, _) => "O",
            (false, true) => "B",
            (false, false) => "I",
        }
    }

    /// True for the first token of a sentence.
    pub fn is_sent_start(self) -> bool {
        self.data().sent_start
    }

    /// True if the token is blanks.
    pub fn is_space(self) -> bool {
        self.text().chars().all(chars::is_space)
    }

    /// True if the token is punctuation, by its tag's part of speech or its characters.
    pub fn is_punct(self) -> bool {
        self.pos() == "PUNCT" || self.text().chars().all(|c| c.is_ascii_punctuation())
    }

    /// The next token.
    pub fn next(self) -> Option<Token<'d>> {
        (self.i + 1 < self.doc.len()).then(|| self.at(self.i + 1))
    }

    /// The token before.
    pub fn prev(self) -> Option<Token<'d>> {
        self.i.checked_sub(1).map(|i| self.at(i))
    }

    /// The sentence it stands in.
    pub fn sent(self) -> Span<'d> {
        let s = self
            .doc
            .sents
            .partition_point(|&start| start as usize <= self.i);
        self.doc.sent(s - 1)
    }

    /// The tokens whose head it is, in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        let Range { start, end } = self.child_range();
        self.doc.children.list[start..end]
            .iter()
            .map(move |&i| self.at(i as usize))
    }

    /// The children before it, in order.
    pub fn lefts(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        self.children().filter(move |c| c.i < self.i)
    }

    /// The children after it, in order.
    pub fn rights(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        self.children().filter(move |c| c.i > self.i)
    }

    fn child_range(self) -> Range<usize> {
        let starts = &self.doc.children.starts;
        starts[self.i] as usize..starts[self.i + 1] as usize
    }

    /// The first child with this label.
    pub fn child(self, dep: &str) -> Option<Token<'d>> {
        self.children().find(|c| c.dep() == dep)
    }

    /// The heads above, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'d>> {
        let mut at = self;
        let mut left = self.doc.len();
        std::iter::from_fn(move || {
            if at.is_root() || left == 0 {
                return None;
            }
            left -= 1;
            at = at.head();
            Some(at)
        })
    }

    /// True if it stands below `other` or is it.
    pub fn is_under(self, other: Token<'d>) -> bool {
        self.i == other.i || self.ancestors().any(|a| a.i == other.i)
    }

    /// The token with everything below it, in order.
    pub fn subtree(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        let mut below = vec![self.i as u32];
        let mut at = 0;
        // A doc made elsewhere may have heads in a circle; then the walk ends when every token was met.
        while at < below.len() && below.len() <= self.doc.len() {
            let parent = self.at(below[at] as usize);
            below.extend(
                parent
                    .children()
                    .map(|c| c.i as u32)
                    .filter(|&c| c as usize != self.i),
            );
            at += 1;
        }
        below.sort_unstable();
        below.dedup();
        below.into_iter().map(move |i| self.at(i as usize))
    }

    /// The first token of its subtree.
    pub fn left_edge(self) -> Token<'d> {
        self.subtree().next().unwrap_or(self)
    }

    /// The last token of its subtree.
    pub fn right_edge(self) -> Token<'d> {
        self.subtree().next_back().unwrap_or(self)
    }

    /// The stretch from the leftmost to the rightmost token below it.
    pub fn subtree_span(self) -> Span<'d> {
        let mut subtree = self.subtree();
        let start = subtree.next().map_or(self.i, |t| t.i);
        let end = subtree.next_back().map_or(start, |t| t.i) + 1;
        Span {
            doc: self.doc,
            start,
            end,
        }
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.doc, other.doc) && self.i == other.i
    }
}

impl Eq for Token<'_> {}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.text(), self.tag(), self.dep())
    }
}
