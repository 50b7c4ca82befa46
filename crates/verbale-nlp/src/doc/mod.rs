//! A text with its linguistic annotation.

mod chunks;
mod labels;
mod span;
mod token;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use labels::{LabelId, Labels};
pub use span::Span;
pub use token::Token;

/// What a pipeline says about one token. Empty strings are unset annotations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenAnnotation {
    /// Where the token stands, in UTF-8 bytes of the doc's text.
    pub range: Range<usize>,
    /// Base form.
    pub lemma: String,
    /// Fine-grained part of speech (Penn Treebank tags in English).
    pub tag: String,
    /// Universal part of speech.
    pub pos: String,
    /// Universal features, `Number=Sing|Person=3`.
    pub morph: String,
    /// Label of the arc to the head.
    pub dep: String,
    /// Position of the head; a root is its own head.
    pub head: usize,
    /// True for the first token of a sentence.
    pub sent_start: bool,
    /// Entity label, empty outside entities.
    pub ent_type: String,
    /// True for the first token of an entity.
    pub ent_start: bool,
}

/// Where a string of a token is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextRef {
    /// It is the token's own text, or its lower case for a norm.
    Own,
    /// In the doc's `extra` text, at a byte with a length.
    Extra(u32, u32),
    /// A label.
    Label(LabelId),
}

/// What a doc keeps of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TokenData {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) head: u32,
    pub(crate) lemma: TextRef,
    /// `Own` is the text in lower case.
    pub(crate) norm: TextRef,
    pub(crate) tag: LabelId,
    pub(crate) pos: LabelId,
    pub(crate) morph: LabelId,
    pub(crate) dep: LabelId,
    pub(crate) ent_type: LabelId,
    pub(crate) sent_start: bool,
    pub(crate) ent_start: bool,
    pub(crate) space_after: bool,
}

impl TokenData {
    /// A token without annotation, its own head.
    pub(crate) fn new(i: usize, range: Range<u32>) -> Self {
        Self {
            start: range.start,
            end: range.end,
            head: i as u32,
            lemma: TextRef::Label(LabelId::NONE),
            norm: TextRef::Own,
            tag: LabelId::NONE,
            pos: LabelId::NONE,
            morph: LabelId::NONE,
            dep: LabelId::NONE,
            ent_type: LabelId::NONE,
            sent_start: false,
            ent_start: false,
            space_after: false,
        }
    }
}

/// A text, cut into tokens, with heads, tags and entities.
///
/// ```
/// use verbale_nlp::{Doc, TokenAnnotation};
///
/// let word = |range, dep: &str, head| TokenAnnotation { range, dep: dep.into(), head, ..TokenAnnotation::default() };
/// let doc = Doc::from_parts("She denied it.", vec![
///     word(0..3, "nsubj", 1),
///     word(4..10, "ROOT", 1),
///     word(11..13, "dobj", 1),
///     word(13..14, "punct", 1),
/// ]);
/// let verb = doc.sents().next().and_then(|s| s.root()).unwrap();
/// assert_eq!(verb.child("nsubj").map(|t| t.text()), Some("She"));
/// ```
// Invariant: token ranges ascend without overlap on character boundaries, and heads are positions in the doc.
#[derive(Clone)]
pub struct Doc {
    text: String,
    tokens: Vec<TokenData>,
    /// Lemmas and norms that are not the text of their tokens, end to end.
    extra: String,
    labels: Arc<Labels>,
    /// Positions of the tokens that start sentences.
    sents: Vec<u32>,
    children: Children,
}

/// The children of each token, in order: those of token `i` are `list[starts[i]..starts[i + 1]]`.
#[derive(Clone, Default)]
struct Children {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Children {
    fn of(tokens: &[TokenData]) -> Self {
        let is_arc = |(i, t): &(usize, &TokenData)| t.head as usize != *i;
        let mut starts = vec![0; tokens.len() + 2];
        for (_, t) in tokens.iter().enumerate().filter(is_arc) {
            starts[t.head as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut list = vec![0; starts[starts.len() - 1] as usize];
        for (i, t) in tokens.iter().enumerate().filter(is_arc) {
            let next = &mut starts[t.head as usize + 1];
            list[*next as usize] = i as u32;
            *next += 1;
        }
        starts.truncate(tokens.len() + 1);
        Self { starts, list }
    }
}

impl Doc {
    /// A doc from its parts, for tests and for annotations made elsewhere. The first token starts a sentence.
    ///
    /// # Panics
    /// If token ranges overlap, descend, leave the text or cut a character, or a head is no position.
    pub fn from_parts(text: impl Into<String>, tokens: Vec<TokenAnnotation>) -> Self {
        let text = text.into();
        let mut labels = Labels::default();
        let mut extra = String::new();
        let mut end = 0;
        let n = tokens.len();
        let data = tokens.iter().enumerate().map(|(i, t)| {
            let word = text.get(t.range.clone());
            assert!(
                t.range.start >= end && word.is_some(),
                "{:?} is in the text",
                t.range
            );
            assert!(t.head < n, "head {} is a token", t.head);
            end = t.range.end;
            let lemma = if word == Some(t.lemma.as_str()) {
                TextRef::Own
            } else {
                keep(&mut extra, &t.lemma)
            };
            TokenData {
                head: t.head as u32,
                lemma,
                tag: labels.intern(&t.tag),
                pos: labels.intern(&t.pos),
                morph: labels.intern(&t.morph),
                dep: labels.intern(&t.dep),
                ent_type: labels.intern(&t.ent_type),
                sent_start: t.sent_start,
                ent_start: t.ent_start,
                space_after: text[end..].starts_with(' '),
                ..TokenData::new(i, t.range.start as u32..t.range.end as u32)
            }
        });
        let data = data.collect();
        Self::from_data(text, data, extra, Arc::new(labels))
    }

    /// A doc from what a pipeline made.
    pub(crate) fn from_data(
        text: String,
        mut tokens: Vec<TokenData>,
        extra: String,
        labels: Arc<Labels>,
    ) -> Self {
        if let Some(first) = tokens.first_mut() {
            first.sent_start = true;
        }
        let starts = tokens.iter().enumerate().filter(|(_, t)| t.sent_start);
        let sents = starts.map(|(i, _)| i as u32).collect();
        let children = Children::of(&tokens);
        Self {
            text,
            tokens,
            extra,
            labels,
            sents,
            children,
        }
    }

    /// Sets the norm of a token, if there is one at this position.
    pub(crate) fn set_norm(&mut self, i: usize, norm: &str) {
        if let Some(token) = self.tokens.get_mut(i) {
            token.norm = keep(&mut self.extra, norm);
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True without tokens.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at position `i`.
    ///
    /// # Panics
    /// If there is none.
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.tokens.len(), "token {i} of {}", self.tokens.len());
        Token { doc: self, i }
    }

    /// All tokens.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|i| Token { doc: self, i })
    }

    /// The tokens from `start` to `end`, exclusive.
    ///
    /// # Panics
    /// If `start > end` or `end` lies past the last token.
    pub fn span(&self, range: Range<usize>) -> Span<'_> {
        assert!(
            range.start <= range.end && range.end <= self.tokens.len(),
            "{range:?}"
        );
        Span {
            doc: self,
            start: range.start,
            end: range.end,
        }
    }

    /// The sentences, in order.
    pub fn sents(&self) -> impl DoubleEndedIterator<Item = Span<'_>> + ExactSizeIterator {
        (0..self.sents.len()).map(|s| self.sent(s))
    }

    /// Sentence number `s`.
    fn sent(&self, s: usize) -> Span<'_> {
        let end = self
            .sents
            .get(s + 1)
            .map_or(self.tokens.len(), |&i| i as usize);
        Span {
            doc: self,
            start: self.sents[s] as usize,
            end,
        }
    }

    /// The named entities, in order.
    pub fn ents(&self) -> impl Iterator<Item = Span<'_>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            at += self.tokens[at..]
                .iter()
                .position(|t| !t.ent_type.is_none())?;
            let start = at;
            let label = self.tokens[start].ent_type;
            let rest = self.tokens[start + 1..].iter();
            at += 1 + rest
                .take_while(|t| t.ent_type == label && !t.ent_start)
                .count();
            Some(Span {
                doc: self,
                start,
                end: at,
            })
        })
    }

    /// The first token that starts at or after the byte `at`.
    pub fn token_from_byte(&self, at: usize) -> Option<Token<'_>> {
        let i = self.tokens.partition_point(|t| (t.start as usize) < at);
        (i < self.tokens.len()).then_some(Token { doc: self, i })
    }

    /// The tokens that overlap a byte range.
    pub fn span_of_bytes(&self, range: Range<usize>) -> Span<'_> {
        let start = self
            .tokens
            .partition_point(|t| t.end as usize <= range.start);
        let end = self
            .tokens
            .partition_point(|t| (t.start as usize) < range.end)
            .max(start);
        Span {
            doc: self,
            start,
            end,
        }
    }
}

/// Appends a string to the text that holds lemmas and norms, unless it is empty.
pub(crate) fn keep(extra: &mut String, s: &str) -> TextRef {
    if s.is_empty() {
        return TextRef::Label(LabelId::NONE);
    }
    let at = extra.len() as u32;
    extra.push_str(s);
    TextRef::Extra(at, s.len() as u32)
}

/// Docs are equal if their texts and the annotations of all their tokens are.
impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && self.len() == other.len()
            && self
                .tokens()
                .zip(other.tokens())
                .all(|(a, b)| a.annotation() == b.annotation())
    }
}

impl Eq for Doc {}

impl std::fmt::Debug for Doc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.tokens()).finish()
    }
}
