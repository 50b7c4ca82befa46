//! A document with the linguistic annotation of its passages.

use std::ops::Range;

use verbale_core::{Document, TextRange, TextSize};
use verbale_nlp::{Doc, Span, Token};

/// One annotated passage.
#[derive(Debug, Clone)]
pub struct Block {
    /// The passage's index in the document.
    pub passage: usize,
    /// Where the doc's text starts in the document's text, in bytes.
    pub start: TextSize,
    /// The annotation; its text is the passage's.
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
    /// Reads every passage that may carry claims, with `annotate` as the pipeline.
    pub fn new(document: &'d Document, mut annotate: impl FnMut(&str) -> Doc) -> Self {
        let blocks = document
            .passages()
            .iter()
            .enumerate()
            .filter(|(_, p)| p.role.carries_claims())
            .map(|(passage, p)| Block {
                passage,
                start: p.range.start(),
                doc: annotate(document.slice(p.range)),
            })
            .collect();
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
