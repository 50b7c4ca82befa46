//! A text with its linguistic annotation.

use std::ops::Range;

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

/// A text, cut into tokens, with heads, tags and entities.
///
/// Invariant: token ranges ascend without overlap on character boundaries, and heads are positions in the doc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    text: String,
    tokens: Vec<TokenAnnotation>,
}

impl Doc {
    /// A doc from its parts, for tests and for annotations made elsewhere. The first token starts a sentence.
    ///
    /// # Panics
    /// If token ranges overlap, descend, leave the text or cut a character, or a head is no position.
    pub fn from_parts(text: impl Into<String>, mut tokens: Vec<TokenAnnotation>) -> Self {
        let text = text.into();
        let mut end = 0;
        for t in &tokens {
            assert!(
                t.range.start >= end && t.range.end >= t.range.start,
                "{:?}",
                t.range
            );
            assert!(
                text.get(t.range.clone()).is_some(),
                "{:?} is in the text",
                t.range
            );
            assert!(t.head < tokens.len(), "head {} is a token", t.head);
            end = t.range.end;
        }
        if let Some(first) = tokens.first_mut() {
            first.sent_start = true;
        }
        Self { text, tokens }
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
    pub fn sents(&self) -> impl Iterator<Item = Span<'_>> {
        self.runs(|a, _| a.sent_start, |_| true)
    }

    /// The named entities, in order.
    pub fn ents(&self) -> impl Iterator<Item = Span<'_>> {
        self.runs(
            |a, b| a.ent_start || a.ent_type != b.ent_type,
            |a| !a.ent_type.is_empty(),
        )
    }

    /// The first token that starts at or after the byte `at`.
    pub fn token_from_byte(&self, at: usize) -> Option<Token<'_>> {
        let i = self.tokens.partition_point(|t| t.range.start < at);
        (i < self.tokens.len()).then_some(Token { doc: self, i })
    }

    /// The tokens that overlap a byte range.
    pub fn span_of_bytes(&self, range: Range<usize>) -> Span<'_> {
        let start = self.tokens.partition_point(|t| t.range.end <= range.start);
        let end = self
            .tokens
            .partition_point(|t| t.range.start < range.end)
            .max(start);
        Span {
            doc: self,
            start,
            end,
        }
    }

    /// Maximal runs of tokens: `opens(token, previous)` starts a new one, `counts` keeps it.
    fn runs(
        &self,
        opens: impl Fn(&TokenAnnotation, &TokenAnnotation) -> bool,
        counts: impl Fn(&TokenAnnotation) -> bool,
    ) -> impl Iterator<Item = Span<'_>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            while start < self.tokens.len() {
                let from = start;
                start += 1;
                while start < self.tokens.len()
                    && !opens(&self.tokens[start], &self.tokens[start - 1])
                {
                    start += 1;
                }
                if counts(&self.tokens[from]) {
                    return Some(Span {
                        doc: self,
                        start: from,
                        end: start,
                    });
                }
            }
            None
        })
    }
}

/// A view of one token.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Doc,
    i: usize,
}

impl<'d> Token<'d> {
    fn data(self) -> &'d TokenAnnotation {
        &self.doc.tokens[self.i]
    }

    fn at(self, i: usize) -> Token<'d> {
        Token { doc: self.doc, i }
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
        self.data().range.clone()
    }

    /// The word as written.
    pub fn text(self) -> &'d str {
        &self.doc.text[self.data().range.clone()]
    }

    /// The word in lower case.
    pub fn lower(self) -> String {
        self.text().to_lowercase()
    }

    /// The blanks after the token, up to the next one.
    pub fn whitespace(self) -> &'d str {
        let end = self
            .doc
            .tokens
            .get(self.i + 1)
            .map_or(self.doc.text.len(), |t| t.range.start);
        &self.doc.text[self.data().range.end..end]
    }

    /// Base form.
    pub fn lemma(self) -> &'d str {
        &self.data().lemma
    }

    /// Fine-grained part of speech.
    pub fn tag(self) -> &'d str {
        &self.data().tag
    }

    /// Universal part of speech.
    pub fn pos(self) -> &'d str {
        &self.data().pos
    }

    /// Universal features.
    pub fn morph(self) -> &'d str {
        &self.data().morph
    }

    /// The value of one universal feature: `morph_get("Number")` is `Some("Sing")`.
    pub fn morph_get(self, feature: &str) -> Option<&'d str> {
        self.morph()
            .split('|')
            .find_map(|f| f.strip_prefix(feature)?.strip_prefix('='))
    }

    /// Label of the arc to the head.
    pub fn dep(self) -> &'d str {
        &self.data().dep
    }

    /// The head; a root is its own head.
    pub fn head(self) -> Token<'d> {
        self.at(self.data().head)
    }

    /// True for the root of a sentence.
    pub fn is_root(self) -> bool {
        self.data().head == self.i
    }

    /// Entity label, empty outside entities.
    pub fn ent_type(self) -> &'d str {
        &self.data().ent_type
    }

    /// `B`, `I` or `O`.
    pub fn ent_iob(self) -> &'static str {
        let t = self.data();
        match (t.ent_type.is_empty(), t.ent_start) {
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
        self.text().chars().all(char::is_whitespace)
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
        let tokens = &self.doc.tokens;
        let start = (0..=self.i)
            .rev()
            .find(|&i| tokens[i].sent_start)
            .unwrap_or(0);
        let end = (self.i + 1..tokens.len())
            .find(|&i| tokens[i].sent_start)
            .unwrap_or(tokens.len());
        Span {
            doc: self.doc,
            start,
            end,
        }
    }

    /// The tokens whose head it is, in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        let sent = self.sent();
        (sent.start..sent.end)
            .filter(move |&i| i != self.i && self.doc.tokens[i].head == self.i)
            .map(move |i| self.at(i))
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
    pub fn subtree(self) -> impl Iterator<Item = Token<'d>> {
        let sent = self.sent();
        (sent.start..sent.end)
            .map(move |i| self.at(i))
            .filter(move |t| t.is_under(self))
    }

    /// The stretch from the leftmost to the rightmost token below it.
    pub fn subtree_span(self) -> Span<'d> {
        let (mut start, mut end) = (self.i, self.i + 1);
        for t in self.subtree() {
            start = start.min(t.i);
            end = end.max(t.i + 1);
        }
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

/// A view of a run of tokens.
#[derive(Clone, Copy)]
pub struct Span<'d> {
    doc: &'d Doc,
    start: usize,
    end: usize,
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
        let start = self
            .doc
            .tokens
            .get(self.start)
            .map_or(self.doc.text.len(), |t| t.range.start);
        match self.end.checked_sub(1).filter(|_| !self.is_empty()) {
            Some(last) => start..self.doc.tokens[last].range.end,
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
            .find(|t| t.is_root() || !(self.start..self.end).contains(&t.head().i()))
    }

    /// The label of the entity, if the span is one.
    pub fn label(self) -> &'d str {
        self.doc
            .tokens
            .get(self.start)
            .filter(|_| !self.is_empty())
            .map_or("", |t| &t.ent_type)
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
