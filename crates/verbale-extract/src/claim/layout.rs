//! Which attribution each word of a block belongs to.

use verbale_core::{TextRange, TextSize};

use super::context::Context;
use super::grammar::own_subject;
use super::voice;
use crate::Block;
use crate::attribution::{Form, Nature};

/// The voices of one block, by token.
pub(super) struct Layout {
    /// The innermost attribution whose content holds the token.
    content: Vec<Option<usize>>,
    /// The attribution whose cue the token is part of.
    cue: Vec<Option<usize>>,
    /// The attribution whose speaker the token names.
    speaker: Vec<Option<usize>>,
}

impl Layout {
    /// Lays the marks over the block's tokens.
    pub(super) fn new(cx: &Context<'_>, block: &Block) -> Self {
        let marks = cx.marks.attributions;
        let mut order: Vec<usize> = (0..marks.len()).filter(|&m| cx.voices[m]).collect();
        // The widest first, so that the narrowest has the last word.
        order.sort_by_key(|&m| std::cmp::Reverse(width(&marks[m].content)));
        let mut layout = Self {
            content: vec![None; block.doc.len()],
            cue: vec![None; block.doc.len()],
            speaker: vec![None; block.doc.len()],
        };
        for m in order {
            lay(&mut layout.content, block, &marks[m].content, m);
            // "Sales reportedly fell", "is said to leak": the words stand inside what they pass on; "it is said that" does not.
            let stands_before = voice::cue_verb(cx, &marks[m])
                .and_then(own_subject)
                .is_some_and(|s| s.lower() == "it");
            if marks[m].nature == Nature::Hearsay && !stands_before {
                lay(&mut layout.content, block, &marks[m].cue, m);
            }
            lay(&mut layout.cue, block, &marks[m].cue, m);
            lay(&mut layout.speaker, block, &marks[m].speaker, m);
        }
        layout.run_on(cx, block);
        layout
    }

    /// A paragraph that is one quotation without a cue goes on with what was quoted before it.
    fn run_on(&mut self, cx: &Context<'_>, block: &Block) {
        let text = block.doc.text().trim();
        let quoted = text.starts_with(['\u{201c}', '"']) && text.ends_with(['\u{201d}', '"']);
        if !quoted || self.content.iter().chain(&self.cue).any(Option::is_some) {
            return;
        }
        let before = (0..cx.marks.attributions.len())
            .filter(|&m| cx.voices[m] && cx.marks.attributions[m].form == Form::Direct)
            .filter(|&m| end(&cx.marks.attributions[m].content) <= block.start)
            .max_by_key(|&m| end(&cx.marks.attributions[m].content));
        if let Some(m) = before
            .filter(|&m| block.start - end(&cx.marks.attributions[m].content) < MAX_GAP.into())
        {
            self.content.fill(Some(m));
        }
    }

    /// The innermost attribution whose content holds the token.
    pub(super) fn content(&self, token: usize) -> Option<usize> {
        self.content[token]
    }

    /// The attribution that the token introduces, as a part of its cue.
    pub(super) fn cue(&self, token: usize) -> Option<usize> {
        self.cue[token]
    }

    /// The attribution whose speaker the token names.
    pub(super) fn speaker(&self, token: usize) -> Option<usize> {
        self.speaker[token]
    }

    /// The tokens of one attribution's own content in this block, without what is nested in it.
    pub(super) fn own_tokens(&self, mark: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.content.len()).filter(move |&i| self.content[i] == Some(mark))
    }
}

/// Bytes between a quotation and the paragraph that goes on with it: a reporting clause and a line break.
const MAX_GAP: u32 = 200;

fn end(ranges: &[TextRange]) -> TextSize {
    ranges.last().map_or_else(TextSize::default, |r| r.end())
}

fn width(ranges: &[TextRange]) -> u32 {
    ranges.iter().map(|r| u32::from(r.len())).sum()
}

fn lay(tokens: &mut [Option<usize>], block: &Block, ranges: &[TextRange], mark: usize) {
    let whole = block.to_document(0..block.doc.text().len());
    for range in ranges
        .iter()
        .filter_map(|r| r.intersect(whole))
        .filter(|r| !r.is_empty())
    {
        let span = block.doc.span_of_bytes(block.to_doc(range));
        tokens[span.start()..span.end()].fill(Some(mark));
    }
}
