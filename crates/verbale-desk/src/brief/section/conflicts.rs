//! Disagreements: what cannot both hold, why, and both passages.

use verbale_analysis::{Conflict, against_computed, conflicts};
use verbale_core::{ClaimId, Document, TextRange};

use super::{Block, Desk, heading, paragraph, plain};
use crate::brief::{
    model::{Inline, Passage},
    notes::{capitalized, one_line, who_says},
};

/// How many bytes of a passage are shown around the words, at most, on each side.
const AROUND: usize = 240;

pub(super) fn blocks(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let mut found = conflicts(desk.lexicon, desk.entries);
    if let Some(on) = desk.on {
        found.extend(against_computed(desk.lexicon, desk.entries, on));
    }
    let either = |c: &Conflict, test: &dyn Fn(ClaimId) -> bool| test(c.pair.0) || test(c.pair.1);
    found.retain(|c| {
        either(c, &|claim| desk.is_on_topic(claim)) && either(c, &|claim| desk.is_shown(claim))
    });
    // The gravest kinds first; among equals the order of the ledger.
    found.sort_by_key(|c| c.kind);
    let mut blocks = Vec::new();
    for conflict in found {
        let sides: Vec<Passage> = [conflict.pair.0, conflict.pair.1]
            .into_iter()
            .filter_map(|claim| side(desk, claim))
            .collect();
        let cited = sides.iter().flat_map(|s| s.cite.iter());
        let notes = cited.filter(|i| matches!(i, Inline::Note(_))).cloned();
        let mut reason = vec![plain(capitalized(&one_line(&conflict.reason)) + " ")];
        reason.extend(notes);
        blocks.push(heading(capitalized(conflict.kind.as_str())));
        blocks.push(paragraph(reason));
        blocks.push(Block::Passages { sides });
    }
    blocks
}

fn side(desk: &mut Desk<'_, '_>, claim: ClaimId) -> Option<Passage> {
    let entry = desk.source.entry(claim)?;
    let (document, _) = desk.source.find(claim)?;
    let mut voice = who_says(entry);
    let said = entry
        .claim
        .attribution
        .said_on
        .as_ref()
        .and_then(|t| t.iso());
    let published = document
        .document
        .metadata
        .published
        .as_ref()
        .map(|p| p.date.to_string());
    let day = said
        .or(published)
        .map_or(", undated".to_owned(), |day| format!(", {day}"));
    voice.push(plain(day));
    let (before, after) = around(&document.document, entry.claim.evidence.range());
    Some(Passage {
        voice,
        before,
        words: one_line(entry.quote()),
        after,
        cite: desk.notes.cite(claim),
    })
}

/// The words of the passage before and after `range`, cut at words.
fn around(document: &Document, range: TextRange) -> (String, String) {
    let place = document
        .passage_at(range.start())
        .map_or(range, |(_, p)| p.range);
    let before = TextRange::new(place.start().min(range.start()), range.start());
    let after = TextRange::new(range.end(), place.end().max(range.end()));
    let (before, after) = (document.slice(before), document.slice(after));
    let start = before.ceil_char_boundary(before.len().saturating_sub(AROUND));
    let end = after.floor_char_boundary(AROUND.min(after.len()));
    let from = before[start..]
        .find(' ')
        .filter(|_| start > 0)
        .map_or(start, |at| start + at);
    let to = after[..end]
        .rfind(' ')
        .filter(|_| end < after.len())
        .unwrap_or(end);
    let mut shown = (one_line(&before[from..]), one_line(&after[..to]));
    if from > 0 {
        shown.0.insert_str(0, "… ");
    }
    if to < after.len() {
        shown.1.push_str(" …");
    }
    // One blank on each side, unless a mark of punctuation follows the words.
    if before.ends_with(char::is_whitespace) {
        shown.0.push(' ');
    }
    if after.starts_with(char::is_whitespace) {
        shown.1.insert(0, ' ');
    }
    shown
}
