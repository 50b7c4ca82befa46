//! Words, digit runs and marks of a text.
//!
//! Pipelines cut `mid-2023`, `10-year-old`, `$500m` and `24.01.2020` in ways that suit a parser. The grammars
//! of times and quantities want one cut for all of them, so they read this finer one and ask the pipeline's
//! tokens only for tags and heads.

use verbale_nlp::{Doc, Token};

/// What a lexeme is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LexKind {
    /// A run of letters; an apostrophe between letters belongs to it unless it begins a possessive `'s`.
    Word,
    /// A run of ASCII digits.
    Digits,
    /// A possessive `'s`.
    Possessive,
    /// Any other single character.
    Mark,
}

/// One word, digit run or mark.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    /// Where it starts, in bytes of the text.
    pub(crate) start: usize,
    /// Where it ends, in bytes of the text.
    pub(crate) end: usize,
    /// What it is made of.
    pub(crate) kind: LexKind,
    /// True if no blank stands before it.
    pub(crate) glued: bool,
    /// The text in lower case.
    lower: String,
}

/// A text cut into lexemes, with the pipeline's tokens at hand.
#[derive(Debug)]
pub(crate) struct Lexemes<'d> {
    doc: &'d Doc,
    items: Vec<Lexeme>,
}

impl<'d> Lexemes<'d> {
    /// Cuts the text of a doc.
    pub(crate) fn new(doc: &'d Doc) -> Self {
        Self {
            doc,
            items: cut(doc.text()),
        }
    }

    /// The annotated text.
    pub(crate) fn doc(&self) -> &'d Doc {
        self.doc
    }

    /// Number of lexemes.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The lexeme at `i`, if there is one.
    pub(crate) fn at(&self, i: usize) -> Option<&Lexeme> {
        self.items.get(i)
    }

    /// The lexeme at `i` in lower case; empty past the ends, so that grammars need no bounds.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.at(i).map_or("", |l| &l.lower)
    }

    /// The lexeme at `i` as written; empty past the ends.
    pub(crate) fn text(&self, i: usize) -> &'d str {
        self.at(i).map_or("", |l| &self.doc.text()[l.start..l.end])
    }

    /// The kind of the lexeme at `i`.
    pub(crate) fn kind(&self, i: usize) -> Option<LexKind> {
        self.at(i).map(|l| l.kind)
    }

    /// True if `i` is there and no blank stands before it.
    pub(crate) fn is_glued(&self, i: usize) -> bool {
        self.at(i).is_some_and(|l| l.glued)
    }

    /// True if the lexeme at `i` begins with a capital letter.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// True if the lexeme at `i` is one of `words`.
    pub(crate) fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(i))
    }

    /// The position after `words` if they stand at `i`, in this order.
    pub(crate) fn phrase(&self, i: usize, words: &[&str]) -> Option<usize> {
        words
            .iter()
            .enumerate()
            .all(|(n, w)| self.lower(i + n) == *w)
            .then_some(i + words.len())
    }

    /// `i + 1` if `word` stands at `i`, else `i`.
    pub(crate) fn skip(&self, i: usize, word: &str) -> usize {
        if self.lower(i) == word { i + 1 } else { i }
    }

    /// The position after a hyphen or dash that joins its neighbors, else `i`.
    pub(crate) fn skip_hyphen(&self, i: usize) -> usize {
        if self.is_hyphen(i) { i + 1 } else { i }
    }

    /// True for a hyphen or dash without blanks around it.
    pub(crate) fn is_hyphen(&self, i: usize) -> bool {
        self.is(i, &["-", "‐", "‑", "–"]) && self.is_glued(i) && self.is_glued(i + 1)
    }

    /// The digits at `i` as a number, if they are at most nine.
    pub(crate) fn digits(&self, i: usize) -> Option<u32> {
        let l = self.at(i).filter(|l| l.kind == LexKind::Digits)?;
        (l.end - l.start <= 9)
            .then(|| l.lower.parse().ok())
            .flatten()
    }

    /// How many digits stand at `i`.
    pub(crate) fn n_digits(&self, i: usize) -> usize {
        self.at(i)
            .filter(|l| l.kind == LexKind::Digits)
            .map_or(0, |l| l.end - l.start)
    }

    /// The pipeline's token that holds the lexeme at `i`.
    pub(crate) fn token(&self, i: usize) -> Option<Token<'d>> {
        let l = self.at(i)?;
        self.doc.span_of_bytes(l.start..l.end).tokens().next()
    }

    /// The first lexeme that starts at or after the byte `at`.
    pub(crate) fn lexeme_at_byte(&self, at: usize) -> usize {
        self.items.partition_point(|l| l.start < at)
    }

    /// The bytes from the lexeme `from` to the lexeme before `to`.
    pub(crate) fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let start = self.at(from).map_or(self.doc.text().len(), |l| l.start);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.at(last))
            .map_or(start, |l| l.end);
        start..end.max(start)
    }
}

/// Cuts `text` into lexemes. Blanks are dropped.
fn cut(text: &str) -> Vec<Lexeme> {
    let mut items = Vec::new();
    let mut at = 0;
    let mut last_end = usize::MAX;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, len) = measure(&text[at..], first);
        items.push(Lexeme {
            start: at,
            end: at + len,
            kind,
            glued: last_end == at,
            lower: text[at..at + len].to_lowercase(),
        });
        at += len;
        last_end = at;
    }
    items
}

/// The kind of the lexeme that `rest` begins with, and its length in bytes.
fn measure(rest: &str, first: char) -> (LexKind, usize) {
    if first.is_ascii_digit() {
        let len = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        return (LexKind::Digits, len);
    }
    if is_apostrophe(first) && possessive(&rest[first.len_utf8()..]) {
        return (LexKind::Possessive, first.len_utf8() + 1);
    }
    if first.is_alphabetic() {
        return (LexKind::Word, word_len(rest));
    }
    (LexKind::Mark, first.len_utf8())
}

fn word_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let joins = is_apostrophe(c)
            && chars.peek().is_some_and(|(_, n)| n.is_alphabetic())
            && !possessive(&rest[i + c.len_utf8()..]);
        if !(c.is_alphabetic() || joins) {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// True if what follows an apostrophe is a lone `s`.
fn possessive(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        cut(text)
            .iter()
            .map(|l| text[l.start..l.end].to_owned())
            .collect()
    }

    #[test]
    fn cuts_words_digits_and_marks() {
        assert_eq!(
            texts("mid-2023, year’s o'clock $1.5m"),
            [
                "mid", "-", "2023", ",", "year", "’s", "o'clock", "$", "1", ".", "5", "m"
            ]
        );
        assert_eq!(texts("years' '90s"), ["years", "'", "'", "90", "s"]);
    }

    #[test]
    fn knows_what_is_glued() {
        let glued: Vec<bool> = cut("a -b").iter().map(|l| l.glued).collect();
        assert_eq!(glued, [false, false, true]);
    }
}
