//! Statements that run over the end of a passage: a cue whose content stands in the next one, and quotations
//! that make up a passage without any cue.
//!
//! Not here: a quotation left open at the end of a paragraph (`join.rs`).

use std::ops::Range;

use verbale_core::TextRange;

use super::draft::{Draft, Nature, Scene, shared};
use super::lexicon::{self, Frames};
use super::quoted;
use super::tree::Tree;
use super::words;

/// Drafts that `drafts`, those of single passages, do not have.
pub(super) fn find(scenes: &[Scene<'_>], drafts: &[Draft]) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for (i, scene) in scenes.iter().enumerate() {
        let before = i.checked_sub(1).map(|k| &scenes[k]);
        let stated = before.and_then(|b| {
            let last = b.tree.doc().sents().last()?;
            let counts = (last.start()..last.end()).any(|k| b.tree.tag(k) == "CD");
            stated_in(b, drafts, &found, &(last.start()..last.end())).filter(|_| counts)
        });
        found.extend(continued_figures(scene, drafts, stated));
    }
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
    // "What the port says" heads what follows and does not introduce it.
    let asks = matches!(tree.tag(tree.sentence(last).start), "WP" | "WRB" | "WDT");
    if !colon && (!open || asks) {
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

/// Verbs by which a figure moves or is stated; behind a statement with figures they mostly state another of them.
const MOVES: &[&str] = &[
    "rise", "fall", "drop", "grow", "climb", "decline", "increase", "decrease", "come", "total",
    "average", "amount", "shrink", "double", "halve",
];

/// Sentences right after a statement with figures that go on with these, one after the other. `stated_before` is who
/// stated the figures of the passage before in its last sentence.
fn continued_figures(
    scene: &Scene<'_>,
    drafts: &[Draft],
    stated_before: Option<Source>,
) -> Vec<Draft> {
    let tree = &scene.tree;
    let mut found: Vec<Draft> = Vec::new();
    let mut last: Option<Range<usize>> = None;
    for after in tree.doc().sents().map(|s| s.start()..s.end()) {
        let stated = match &last {
            Some(before) => stated_in(scene, drafts, &found, before),
            None => stated_before,
        };
        let own = drafts
            .iter()
            .any(|d| d.block == scene.index && after.contains(&d.pivot));
        let near = last.is_some();
        let goes_on = match stated {
            _ if own => false,
            Some(Source::Document) if near && points_back(tree, &after) => true,
            Some(Source::Other) if near && takes_part(tree, &after) => true,
            Some(_) => moves_figure(tree, &after),
            None => false,
        };
        last = Some(after.clone());
        if let Some(content) = scene
            .range(scene.trimmed(after.clone()))
            .filter(|_| goes_on)
        {
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

/// Who stated the figures of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Statistics, a report, a survey.
    Document,
    /// A person or an institution.
    Other,
}

/// Who stated the sentence's figures, if it is a statement with figures in the reporter's words.
fn stated_in(
    scene: &Scene<'_>,
    drafts: &[Draft],
    found: &[Draft],
    sentence: &Range<usize>,
) -> Option<Source> {
    let tree = &scene.tree;
    if found.iter().any(|d| sentence.contains(&d.pivot)) {
        return Some(Source::Other);
    }
    let stated = drafts.iter().rev().find(|d| {
        d.block == scene.index && sentence.contains(&d.pivot) && d.nature == Nature::Statement
    })?;
    let is_document = stated
        .speaker_head
        .is_some_and(|h| words::is_document(tree.lemma(h)));
    let counts = sentence.clone().any(|i| tree.tag(i) == "CD");
    let quoted = sentence.clone().any(|i| scene.quote_at(i).is_some());
    match is_document {
        true => Some(Source::Document),
        false => (counts && !quoted).then_some(Source::Other),
    }
}

/// "That compared with 40 a year ago."
fn points_back(tree: &Tree<'_>, sentence: &Range<usize>) -> bool {
    let verb = sentence.clone().find(|&i| tree.is_verb(i));
    matches!(tree.lemma(sentence.start), "that" | "this" | "those" | "it")
        && verb.is_some_and(|v| GOES_ON.contains(&tree.lemma(v)))
}

/// "Eight of them had been counted twice", "Two are still closed": the count of a part.
fn takes_part(tree: &Tree<'_>, sentence: &Range<usize>) -> bool {
    let first = sentence.start;
    tree.tag(first) == "CD"
        && matches!(tree.dep(first), "nsubj" | "nsubjpass")
        && !(first + 1 < sentence.end && tree.lemma(first + 1) == "of")
        || tree.tag(first) == "CD"
            && first + 2 < sentence.end
            && tree.lemma(first + 1) == "of"
            && tree.token(first + 2).lower() == "them"
}

/// "Prices fell to 113 crowns from 137", "In June alone volumes came to 40 tonnes".
fn moves_figure(tree: &Tree<'_>, sentence: &Range<usize>) -> bool {
    let verb = sentence
        .clone()
        .find(|&i| tree.is_verb(i) && tree.dep(i) == "ROOT");
    let numbers = sentence.clone().filter(|&i| tree.tag(i) == "CD").count();
    verb.is_some_and(|v| {
        let thing = tree
            .child(v, &["nsubj"])
            .is_some_and(|s| matches!(tree.tag(s), "NN" | "NNS"));
        let worth =
            tree.lemma(v) == "be" && tree.children(v).any(|c| tree.token(c).lower() == "worth");
        (worth || MOVES.contains(&tree.lemma(v))) && thing && numbers > 0
    })
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
