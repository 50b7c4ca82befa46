//! Text that was copied out of a page, plain or with Markdown marks.
//!
//! The document's text is the page's own text, character for character, so that a quote such as `\$500`
//! stands in the document as it stands on the page. Every line that holds words becomes a passage.

pub(crate) mod blocks;
pub(crate) mod features;
pub(crate) mod imprint;
pub(crate) mod issue;
pub(crate) mod metadata;
pub(crate) mod own;
pub(crate) mod own_name;
pub(crate) mod paragraphs;
pub(crate) mod roles;

use text_size::{TextRange, TextSize};
use verbale_core::{Passage, Role};

use crate::{dates::Order, draft::Draft, limits::Limits, repeats};
use blocks::Block;
use features::Features;

/// Divides a text into passages with roles and reads its head and foot.
pub(crate) fn read(text: String, address: Option<&str>, limits: &Limits) -> Draft {
    let mut blocks = blocks::split(&text, limits.passage_bytes);
    blocks.truncate(limits.passages);
    read_blocks(text, blocks, address)
}

/// The same for a text whose blocks the reader has found itself.
pub(crate) fn read_blocks(text: String, blocks: Vec<Block>, address: Option<&str>) -> Draft {
    let order = Order::DayFirst;
    let slices: Vec<&str> = blocks.iter().map(|b| &text[b.range.clone()]).collect();
    let features: Vec<Features> = slices.iter().map(|s| Features::of(s, order)).collect();
    let repeats = repeats::find(&slices);
    let labels = roles::label(&text, &blocks, &features, &repeats);
    let view = metadata::View {
        text: &text,
        blocks: &blocks,
        features: &features,
        labels: &labels,
    };
    let metadata = view.metadata(address);
    let passages = passages(&view);
    Draft {
        text,
        passages,
        metadata,
        diagnostics: Vec::new(),
    }
}

/// One passage a block, but credits and initials at the end of a block stand alone.
fn passages(view: &metadata::View<'_>) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::with_capacity(view.blocks.len());
    let mut first_of_block = Vec::with_capacity(view.blocks.len());
    for (i, block) in view.blocks.iter().enumerate() {
        first_of_block.push(passages.len());
        let role = view.labels.roles[i];
        let words = &view.text[block.range.clone()];
        let tail = match role {
            Role::Caption => features::trailing_credit(words).map(|r| (r, Role::Credit)),
            Role::Body if Some(i) == view.last_body() => {
                metadata::initials(words).map(|(r, _)| (r, Role::Byline))
            }
            _ => None,
        };
        let end = tail
            .as_ref()
            .map_or(words.len(), |(r, _)| words[..r.start].trim_end().len());
        let mut push = |role, start: usize, end: usize, repeats| {
            let range = range(block.range.start + start, block.range.start + end);
            passages.push(Passage {
                role,
                range,
                repeats,
            });
        };
        push(role, 0, end, view.labels.repeats[i]);
        if let Some((r, role)) = tail {
            push(role, r.start, r.end, None);
        }
    }
    // Copies were found among blocks; passages are counted differently once a credit stands alone.
    for p in &mut passages {
        p.repeats = p.repeats.and_then(|b| first_of_block.get(b).copied());
    }
    passages
}

/// A byte range of a text that readers have cut far below 4 GiB.
pub(crate) fn range(start: usize, end: usize) -> TextRange {
    let at = |i: usize| TextSize::from(u32::try_from(i).expect("documents are shorter than 4 GiB"));
    TextRange::new(at(start), at(end))
}

#[cfg(test)]
mod tests;
