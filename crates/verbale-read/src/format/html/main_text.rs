//! Which blocks are the main text.
//!
//! Most pages leave no doubt: their prose stands in one place. For the others the crate `trafilatura` finds
//! the main text, which takes three times as long as all the rest; its words are matched back onto the page's
//! own blocks, so that the document keeps the page's order and nothing that it left out is lost.

use std::collections::BTreeSet;

use ego_tree::NodeRef;
use scraper::Node;
use trafilatura::{ExtractionFocus, Options};

use super::{
    blocks::{Block, Blocks},
    lean, prose,
};
use crate::{format::plain::features::Features, language, phrases};

/// Words of a run that must match for its words to count as found.
const RUN: usize = 4;
/// The share of a block's words that must be found in the main text.
const FOUND: f32 = 0.6;
/// Shorter blocks say little of a page's language, in bytes.
const MIN_BLOCK: usize = 80;
/// How many blocks are enough for it.
const MAX_BLOCKS: usize = 40;

/// For each block whether it is main text.
pub(super) fn mark(root: NodeRef<'_, Node>, page: &Blocks, features: &[Features]) -> Vec<bool> {
    let guess = prose::guess(page, features);
    if guess.is_sure {
        return guess.is_main;
    }
    match extract(&lean::markup(root), language(page)) {
        Some(main) => match_blocks(&main, &page.blocks),
        None => guess.is_main,
    }
}

/// The language of the page's longer blocks.
fn language(page: &Blocks) -> &'static str {
    let longer = page.blocks.iter().filter(|b| b.text.len() >= MIN_BLOCK);
    let sample: Vec<&str> = longer.take(MAX_BLOCKS).map(|b| b.text.as_str()).collect();
    language::of(&sample.join("\n"))
}

fn extract(markup: &str, language: &str) -> Option<String> {
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(ExtractionFocus::Balanced)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    // It loads the word lists of all languages unless it is told which, and refuses a text in another.
    let in_language = match language {
        "und" => None,
        tag => trafilatura::extract(markup, &options.clone().with_target_language(tag)).ok(),
    };
    in_language
        .or_else(|| trafilatura::extract(markup, &options).ok())
        .map(|r| r.content_text)
        .filter(|t| !t.trim().is_empty())
}

fn match_blocks(main: &str, blocks: &[Block]) -> Vec<bool> {
    let lines: BTreeSet<Vec<u64>> = main.lines().map(words).filter(|w| !w.is_empty()).collect();
    let all = words(main);
    let runs: BTreeSet<&[u64]> = all.windows(RUN).collect();
    blocks
        .iter()
        .map(|b| {
            let own = words(&b.text);
            lines.contains(&own) || own.len() > RUN && found(&own, &runs) >= FOUND
        })
        .collect()
}

/// The share of words that stand in a run that the main text has too.
fn found(own: &[u64], runs: &BTreeSet<&[u64]>) -> f32 {
    let mut is_found = vec![false; own.len()];
    for (i, run) in own.windows(RUN).enumerate() {
        if runs.contains(run) {
            is_found[i..i + RUN].fill(true);
        }
    }
    is_found.iter().filter(|&&f| f).count() as f32 / own.len().max(1) as f32
}

/// Words as numbers: FNV-1a of their letters in lower case.
fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut hash = None;
    for c in text.chars() {
        if c.is_alphanumeric() {
            let seed = hash.unwrap_or(0xcbf2_9ce4_8422_2325);
            hash = Some(c.to_lowercase().fold(seed, |h: u64, c| {
                (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
            }));
            if phrases::is_unspaced(c) {
                out.extend(hash.take());
            }
        } else {
            out.extend(hash.take());
        }
    }
    out.extend(hash);
    out
}
