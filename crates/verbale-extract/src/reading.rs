//! A document with the linguistic annotation of its passages.

use std::ops::Range;

use verbale_core::{Document, TextRange, TextSize};
use verbale_nlp::{Doc, Span, Token};

use crate::tables;

/// One annotated passage.
#[derive(Debug, Clone)]
pub struct Block {
    /// The passage's index in the document.
    pub passage: usize,
    /// Where the doc's text starts in the document's text, in bytes.
    pub start: TextSize,
    /// The annotation; its text is the passage's, without a dateline in front.
    pub doc: Doc,
}

impl Block {
    /// A byte range of the doc as a range of the document.
    pub fn to_document(&self, range: Range<usize>) -> TextRange {
        let at = |i: usize| self.start + TextSize::from(i as u32);
        TextRange::new(at(range.start), at(range.end))
    }

    /// A range of the document as a byte range of the doc, cut to the passage.
    pub fn to_doc(&self, range: TextRange) -> Range<usize> {
        let at = |i: TextSize| {
            usize::from(i)
                .saturating_sub(usize::from(self.start))
                .min(self.doc.text().len())
        };
        at(range.start())..at(range.end())
    }

    /// Where a span stands in the document.
    pub fn span_range(&self, span: Span<'_>) -> TextRange {
        self.to_document(span.range())
    }

    /// Where a token stands in the document.
    pub fn token_range(&self, token: Token<'_>) -> TextRange {
        self.to_document(token.range())
    }
}

/// A document whose claim-carrying passages have been read.
#[derive(Debug, Clone)]
pub struct Reading<'d> {
    document: &'d Document,
    blocks: Vec<Block>,
}

impl<'d> Reading<'d> {
    /// Reads every passage that may carry claims, with `annotate` as the pipeline. Rows of tables are left to
    /// the claims of their cells.
    ///
    /// The dateline in front of a report (`LISSE, May 3 (Deltawire) -`) is no part of its first sentence and is left
    /// out, but not from a text that is read as it is, of which nothing is known.
    pub fn new(document: &'d Document, mut annotate: impl FnMut(&str) -> Doc) -> Self {
        let mut is_row = vec![false; document.passages().len()];
        for rows in tables::rows(document) {
            is_row[rows].fill(true);
        }
        let blocks = document
            .passages()
            .iter()
            .enumerate()
            .filter(|(i, p)| p.role.carries_claims() && !is_row[*i])
            .map(|(passage, p)| {
                let text = document.slice(p.range);
                let skipped = match document.metadata.kind.is_empty() {
                    true => 0,
                    false => dateline_bytes(text)
                        .max(label_bytes(text))
                        .max(enumerator_bytes(text)),
                };
                Block {
                    passage,
                    start: p.range.start() + TextSize::from(skipped as u32),
                    doc: annotate(&text[skipped..]),
                }
            })
            .collect();
        Self { document, blocks }
    }

    /// Blocks that have been cut out of the document's passages, in its order.
    pub(crate) fn of_blocks(document: &'d Document, blocks: Vec<Block>) -> Self {
        Self { document, blocks }
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// The annotated passages, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block that holds `at`.
    pub fn block_at(&self, at: TextSize) -> Option<&Block> {
        let i = self
            .blocks
            .partition_point(|b| b.start <= at)
            .checked_sub(1)?;
        let b = &self.blocks[i];
        (usize::from(at - b.start) < b.doc.text().len()).then_some(b)
    }

    /// The tokens of a range, with their block; empty blocks and ranges across blocks give `None`.
    pub fn span_at(&self, range: TextRange) -> Option<(&Block, Span<'_>)> {
        let block = self.block_at(range.start())?;
        Some((block, block.doc.span_of_bytes(block.to_doc(range))))
    }
}

/// A dateline ends within this many bytes.
const MAX_DATELINE_BYTES: usize = 90;

/// The bytes of the dateline that a text starts with, dash and blanks included; 0 if there is none.
///
/// A place in capitals or a name in brackets stands before the dash, and no word that only sentences have.
fn dateline_bytes(text: &str) -> usize {
    let head = &text[..text.floor_char_boundary(MAX_DATELINE_BYTES)];
    let dash = [" - ", " – ", " — ", " -- ", "—", " _ "]
        .iter()
        .filter_map(|d| Some((head.find(d)?, d.len())))
        .min();
    let Some((at, len)) = dash else { return 0 };
    // "LISSE (Deltawire - 3 May 2021) The ferry left": the dash of the brackets is not that of the dateline.
    let brackets = head.find(" (").zip(head.find(')'));
    let (at, len) = match brackets.filter(|(open, close)| (*open..*close).contains(&at)) {
        Some((_, close)) => (close + 1, 0),
        None => (at, len),
    };
    let lead = &head[..at];
    let place = lead
        .split([',', '/', '('])
        .next()
        .unwrap_or_default()
        .trim();
    let n_letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let is_shouted = n_letters >= 3 && !place.chars().any(char::is_lowercase);
    let is_signed = lead.ends_with(')') && lead.contains(" (");
    let is_plain = lead.split_whitespace().all(|word| {
        word.starts_with(|c: char| !c.is_lowercase()) || matches!(word, "de" | "del" | "la" | "of")
    });
    let n_words = place.split_whitespace().count();
    if !(is_shouted || is_signed && is_plain) || n_words > 4 {
        return 0;
    }
    let rest = &text[at + len..];
    let report = rest.trim_start();
    // "NATO — the alliance — …" is a sentence.
    if report.starts_with(char::is_lowercase) {
        return 0;
    }
    at + len + (rest.len() - report.len())
}

/// How many bytes number a paragraph or an item: `(1) `, `41. `, `(a) `. The parser takes them for words.
fn enumerator_bytes(text: &str) -> usize {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let Some(end) = inner.find([')', '.', ' ']) else {
        return 0;
    };
    let (number, behind) = inner.split_at(end);
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase());
    let is_roman = number.len() <= 4 && number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_closed = behind.starts_with(") ") || behind.starts_with(". ") && !is_letter;
    let rest = behind.get(1..).unwrap_or_default().trim_start();
    match is_closed && (is_number || is_letter || is_roman) && !rest.is_empty() {
        true => text.len() - rest.len(),
        false => 0,
    }
}

/// How many bytes of a paragraph of questions and answers only say which of the two it is: "Answer: ".
///
/// The parser takes the label for the head of the first sentence.
fn label_bytes(text: &str) -> usize {
    let Some((label, rest)) = text.split_once(':') else {
        return 0;
    };
    let labels = ["answer", "question", "a", "q"];
    if !labels.contains(&label.trim().to_lowercase().as_str()) || rest.trim().is_empty() {
        return 0;
    }
    text.len() - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_left_out_and_sentences_are_not() {
        let rest = |text: &str| text[dateline_bytes(text)..].to_owned();
        for lead in [
            "LISSE, May 3 (Deltawire) — ",
            "LISSE - ",
            "Port Lisse (AFP) – ",
            "PORT LISSE, Orn (Deltawire) -- ",
            "LISSE (Delta News / Deltawire - 03rd May, 2021) ",
        ] {
            assert_eq!(
                rest(&format!("{lead}The ferry left.")),
                "The ferry left.",
                "{lead}"
            );
        }
        for text in [
            "The ferry - the only one - left.",
            "The ferry (an old one) - left.",
            "May 3 came — the ferry left.",
            "NATO — the ferry — left.",
        ] {
            assert_eq!(rest(text), text);
        }
    }

    #[test]
    fn the_number_of_a_paragraph_is_not_read() {
        for (text, n) in [
            ("(1) From May to June", 4),
            ("41. By paragraph 9", 4),
            ("(a) request Orn to submit", 4),
            ("(iv) close the lock", 5),
            ("2) whether it is true", 3),
            ("1,204 boats left", 0),
            ("A. Lund left", 0),
            ("I. The law", 0),
            ("14 boats left. They", 0),
            ("(1)", 0),
            ("", 0),
        ] {
            assert_eq!(enumerator_bytes(text), n, "{text}");
        }
    }

    #[test]
    fn the_label_of_an_answer_is_not_read() {
        assert_eq!(label_bytes("Answer: No."), "Answer: ".len());
        assert_eq!(label_bytes("Q:  Why?"), "Q:  ".len());
        assert_eq!(label_bytes("Drovia: open with four diplomats."), 0);
        assert_eq!(label_bytes("Answer:"), 0);
        assert_eq!(label_bytes("No label here"), 0);
    }
}
