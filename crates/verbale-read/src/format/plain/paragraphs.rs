//! Paragraphs that a reader has found itself, put together to a text.

use verbale_core::Role;

use super::blocks::Block;
use crate::limits::Limits;

/// The paragraphs of a document so far.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    blocks: Vec<Block>,
}

impl Paragraphs {
    /// Adds a paragraph; its role is decided later unless it is given.
    pub(crate) fn push(&mut self, words: &str, heading: Option<u8>, role: Option<Role>) {
        if !words.chars().any(char::is_alphanumeric) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let list_item = super::blocks::is_list_item(words);
        self.blocks.push(Block {
            range: start..self.text.len(),
            heading,
            list_item,
            role,
        });
    }

    /// The text and its blocks, within limits.
    pub(crate) fn finish(mut self, limits: &Limits) -> (String, Vec<Block>) {
        self.blocks.truncate(limits.passages);
        self.blocks.retain(|b| b.range.end <= limits.text_bytes);
        let end = self.blocks.last().map_or(0, |b| b.range.end);
        self.text.truncate(end);
        let blocks = self
            .blocks
            .into_iter()
            .flat_map(|b| super::blocks::cut(&self.text, b, limits.passage_bytes))
            .collect();
        (self.text, blocks)
    }
}
