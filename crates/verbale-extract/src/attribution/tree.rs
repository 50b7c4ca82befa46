//! A parsed passage with the lookups that attribution needs in constant time.

use std::borrow::Cow;
use std::ops::Range;

use verbale_nlp::{Doc, Token};

/// Children, subtree edges and sentence bounds of every token of one doc, computed once.
///
/// [`Token::children`] and [`Token::subtree`] walk the sentence; cue detection asks for them at every verb.
pub(super) struct Tree<'d> {
    doc: &'d Doc,
    first_child: Vec<u32>,
    children: Vec<u32>,
    left: Vec<u32>,
    right: Vec<u32>,
    sentence: Vec<u32>,
    bounds: Vec<Range<usize>>,
    lemma: Vec<Cow<'d, str>>,
}

impl<'d> Tree<'d> {
    pub(super) fn new(doc: &'d Doc) -> Self {
        let n = doc.len();
        let heads: Vec<usize> = doc.tokens().map(|t| t.head().i()).collect();
        let (first_child, children) = children_of(&heads);
        let (left, right) = edges_of(&heads);
        let bounds: Vec<_> = doc.sents().map(|s| s.start()..s.end()).collect();
        let mut sentence = vec![0; n];
        for (k, b) in bounds.iter().enumerate() {
            sentence[b.clone()].fill(k as u32);
        }
        let lemma = doc.tokens().map(lemma_of).collect();
        Self {
            doc,
            first_child,
            children,
            left,
            right,
            sentence,
            bounds,
            lemma,
        }
    }

    pub(super) fn doc(&self) -> &'d Doc {
        self.doc
    }

    pub(super) fn len(&self) -> usize {
        self.doc.len()
    }

    pub(super) fn token(&self, i: usize) -> Token<'d> {
        self.doc.token(i)
    }

    pub(super) fn dep(&self, i: usize) -> &'d str {
        self.token(i).dep()
    }

    pub(super) fn tag(&self, i: usize) -> &'d str {
        self.token(i).tag()
    }

    pub(super) fn text(&self, i: usize) -> &'d str {
        self.token(i).text()
    }

    /// The base form in lower case.
    pub(super) fn lemma(&self, i: usize) -> &str {
        &self.lemma[i]
    }

    pub(super) fn head(&self, i: usize) -> usize {
        self.token(i).head().i()
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        self.tag(i).starts_with("VB") || self.tag(i) == "MD"
    }

    pub(super) fn is_nominal(&self, i: usize) -> bool {
        matches!(
            self.tag(i).get(..2),
            Some("NN" | "PR" | "DT" | "CD" | "WP" | "WD" | "EX" | "JJ")
        )
    }

    pub(super) fn is_punct(&self, i: usize) -> bool {
        self.token(i).is_punct() || is_quote_mark(self.text(i))
    }

    pub(super) fn is_space(&self, i: usize) -> bool {
        self.token(i).is_space()
    }

    /// The children in order of the text.
    pub(super) fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let run = self.first_child[i] as usize..self.first_child[i + 1] as usize;
        self.children[run].iter().map(|&c| c as usize)
    }

    /// The first child whose label is one of `deps`.
    pub(super) fn child(&self, i: usize, deps: &[&str]) -> Option<usize> {
        self.children(i).find(|&c| deps.contains(&self.dep(c)))
    }

    /// The stretch from the leftmost to the rightmost token below `i`, `i` included.
    pub(super) fn span(&self, i: usize) -> Range<usize> {
        self.left[i] as usize..self.right[i] as usize + 1
    }

    /// The stretch of the sentence that holds `i`.
    pub(super) fn sentence(&self, i: usize) -> Range<usize> {
        self.bounds[self.sentence[i] as usize].clone()
    }

    /// True if `i` is `top` or stands below it.
    pub(super) fn is_under(&self, i: usize, top: usize) -> bool {
        let mut at = i;
        for _ in 0..MAX_DEPTH {
            if at == top {
                return true;
            }
            let head = self.head(at);
            if head == at {
                return false;
            }
            at = head;
        }
        false
    }

    /// True if a negation stands below the verb or its auxiliary: "did not say", "refused" is none.
    pub(super) fn is_negated(&self, i: usize) -> bool {
        self.children(i).any(|c| {
            self.dep(c) == "neg" || matches!(self.lemma(c), "not" | "never" | "n't") && c < i
        })
    }

    /// The words of a stretch of tokens.
    pub(super) fn words(&self, span: Range<usize>) -> &'d str {
        self.doc.span(span).text()
    }
}

/// How far [`Tree::is_under`] climbs. Trees of real sentences are a tenth as deep; parts may be cyclic.
const MAX_DEPTH: usize = 400;

/// True for tokens that open or close a quotation.
pub(super) fn is_quote_mark(text: &str) -> bool {
    matches!(
        text,
        "\"" | "“" | "”" | "„" | "«" | "»" | "''" | "``" | "‘" | "’" | "'" | "`"
    )
}

fn lemma_of(t: Token<'_>) -> Cow<'_, str> {
    let lemma = if t.lemma().is_empty() {
        t.text()
    } else {
        t.lemma()
    };
    match lemma
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        true => Cow::Borrowed(lemma),
        false => Cow::Owned(lemma.to_lowercase().replace('\u{2019}', "'")),
    }
}

/// Children by head, as one list and the start of each head's run.
fn children_of(heads: &[usize]) -> (Vec<u32>, Vec<u32>) {
    let n = heads.len();
    let mut first = vec![0u32; n + 1];
    for (i, &h) in heads.iter().enumerate() {
        if h != i {
            first[h + 1] += 1;
        }
    }
    for i in 0..n {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut children = vec![0u32; first[n] as usize];
    for (i, &h) in heads.iter().enumerate() {
        if h != i {
            children[next[h] as usize] = i as u32;
            next[h] += 1;
        }
    }
    (first, children)
}

/// Leftmost and rightmost token below each token, leaves first. Tokens on a cycle keep what they have.
fn edges_of(heads: &[usize]) -> (Vec<u32>, Vec<u32>) {
    let n = heads.len();
    let mut waiting = vec![0u32; n];
    for (i, &h) in heads.iter().enumerate() {
        if h != i {
            waiting[h] += 1;
        }
    }
    let mut left: Vec<u32> = (0..n as u32).collect();
    let mut right = left.clone();
    let mut ready: Vec<usize> = (0..n).filter(|&i| waiting[i] == 0).collect();
    while let Some(i) = ready.pop() {
        let h = heads[i];
        if h == i {
            continue;
        }
        left[h] = left[h].min(left[i]);
        right[h] = right[h].max(right[i]);
        waiting[h] -= 1;
        if waiting[h] == 0 {
            ready.push(h);
        }
    }
    (left, right)
}
