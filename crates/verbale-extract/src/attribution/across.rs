//! Statements that run over the end of a passage: a cue whose content stands in the next one, and quotations
//! that make up a passage without any cue.
//!
//! Not here: a quotation left open at the end of a paragraph (`join.rs`).

use verbale_core::TextRange;

use super::draft::{Draft, Nature, Scene, shared};
use super::lexicon::{self, Frames};
use super::quoted;
use super::words;

/// Drafts that `drafts`, those of single passages, do not have.
pub(super) fn find(scenes: &[Scene<'_>], drafts: &[Draft]) -> Vec<Draft> {
    let mut found: Vec<Draft> = scenes
        .iter()
        .flat_map(|s| continued_figures(s, drafts))
        .collect();
    for pair in scenes.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let known = |d: &&Draft| d.block == before.index || d.block == after.index;
        let near: Vec<&Draft> = drafts.iter().chain(&found).filter(known).collect();
        if let Some(d) =
            broken_off(before, after, &near).or_else(|| without_cue(before, after, &near))
        {
            found.push(d);
        }
    }
    found
}

/// "The mayor wrote:" or "She told reporters that", with the content in the next passage.
fn broken_off(before: &Scene<'_>, after: &Scene<'_>, near: &[&Draft]) -> Option<Draft> {
    let tree = &before.tree;
    let last = (0..tree.len()).rev().find(|&i| !tree.is_space(i))?;
    let colon = tree.text(last) == ":";
    let open = matches!(
        tree.token(last).lower().as_str(),
        "that" | "," | "said" | "says"
    );
    if !colon && !open {
        return None;
    }
    let verb = (tree.sentence(last).start..=last).rev().find(|&i| {
        lexicon::verb(tree.lemma(i)).has(Frames::QUOTE)
            && tree.is_verb(i)
            && before.quote_at(i).is_none()
    })?;
    if near
        .iter()
        .any(|d| (d.block, d.pivot) == (before.index, verb))
    {
        return None;
    }
    let content = content_of(after, colon)?;
    let mut draft = quoted::draft(before, verb);
    draft.content.push(content);
    draft.rule = "next-passage";
    Some(draft)
}

/// The quotation that leads the passage; else, after a colon, all of it, and after an open sentence its first one.
fn content_of(scene: &Scene<'_>, colon: bool) -> Option<TextRange> {
    if scene.quotes.first().is_some_and(|q| q.start == 0) {
        return Some(scene.quote_range(0));
    }
    let first = if colon {
        0..scene.tree.len()
    } else {
        scene
            .tree
            .doc()
            .sents()
            .next()
            .map(|s| s.start()..s.end())?
    };
    scene.range(scene.trimmed(first))
}

/// Verbs by which a sentence goes on with the figures of the one before: "That compared with 40 a year ago."
const GOES_ON: &[&str] = &["compare", "mark", "represent", "amount", "equal", "bring"];

/// Sentences right after what a document said that go on with its figures.
fn continued_figures(scene: &Scene<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let tree = &scene.tree;
    let mut found = Vec::new();
    let sentences: Vec<_> = tree.doc().sents().map(|s| s.start()..s.end()).collect();
    for pair in sentences.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let points_back = matches!(tree.lemma(after.start), "that" | "this" | "those" | "it");
        let verb = after.clone().find(|&i| tree.is_verb(i));
        if !points_back || !verb.is_some_and(|v| GOES_ON.contains(&tree.lemma(v))) {
            continue;
        }
        let said = drafts.iter().any(|d| {
            d.block == scene.index
                && before.contains(&d.pivot)
                && d.nature == Nature::Statement
                && d.speaker_head
                    .is_some_and(|h| words::is_document(tree.lemma(h)))
        });
        if let Some(content) = scene.range(scene.trimmed(after.clone())).filter(|_| said) {
            found.push(Draft {
                block: scene.index,
                pivot: after.start,
                cue: Vec::new(),
                speaker: None,
                speaker_head: None,
                content: vec![content],
                nature: Nature::Statement,
                rule: quoted::CONTINUED,
                goes_on_from: None,
            });
        }
    }
    found
}

/// A passage that is nothing but quotations goes on with who spoke in the passage before.
fn without_cue(before: &Scene<'_>, after: &Scene<'_>, near: &[&Draft]) -> Option<Draft> {
    let text = after.text();
    let (first, last) = (after.quotes.first()?, after.quotes.last()?);
    let whole = first.start == 0
        && first.is_full(text)
        && text[last.end..].trim().is_empty()
        && after
            .quotes
            .windows(2)
            .all(|q| text[q[0].end..q[1].start].trim().is_empty());
    if !whole {
        return None;
    }
    let content: Vec<TextRange> = (0..after.quotes.len())
        .map(|q| after.quote_range(q))
        .collect();
    let open = before.quotes.last().is_some_and(|q| !q.closed);
    let taken = near.iter().any(|d| {
        d.nature == Nature::Statement && d.rule == "quote" && shared(&d.content, &content) > 0
    });
    let spoken = near
        .iter()
        .any(|d| d.block == before.index && d.nature == Nature::Statement);
    (!open && !taken && spoken).then(|| Draft {
        block: after.index,
        pivot: 0,
        cue: Vec::new(),
        speaker: None,
        speaker_head: None,
        content,
        nature: Nature::Statement,
        rule: quoted::CONTINUED,
        goes_on_from: None,
    })
}
