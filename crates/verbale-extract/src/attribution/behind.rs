//! What stands behind a cue in its sentence and still belongs to its content.
//!
//! "The lock is shut, the port said, and 40 barges are waiting", "Traffic fell to 90 barges, the port said, compared
//! with 120 a year ago", "said that traffic had fallen to 90 barges, a loss of a quarter": parsers hang such tails on
//! the cue or on nothing.
//!
//! Not here: tails with a cue of their own, which are drafts themselves.

use super::draft::{Draft, Nature, Scene, Tokens};
use super::tree::{self, Tree};
use super::verbs;

/// Rules whose cue stands behind its content.
const BEHIND: &[&str] = &["clause-inverted", "parenthetical", "trailing"];

/// Rules whose cue stands before its content.
const BEFORE: &[&str] = &["clause", verbs::PUT_AT, verbs::TALLY];

/// Between the verb and the comma that ends its clause ("told reporters in Orn") stand at most this many tokens.
const MAX_OCCASION_TOKENS: usize = 12;

/// Widens the drafts of a passage by such tails.
pub(super) fn complete(scene: &Scene<'_>, drafts: &mut [Draft]) {
    let pivots: Vec<usize> = drafts.iter().map(|d| d.pivot).collect();
    for d in drafts.iter_mut() {
        let tail = match d.nature {
            Nature::Statement if BEHIND.contains(&d.rule) => after_cue(scene, d),
            Nature::Statement if BEFORE.contains(&d.rule) => after_content(scene, d),
            _ => None,
        };
        // Another cue in the tail attributes it.
        let free = tail.filter(|t| !pivots.iter().any(|p| t.contains(p)));
        d.content
            .extend(free.and_then(|t| scene.range(scene.trimmed(t))));
    }
}

/// What follows the cue's clause: a second main clause, or a comparison.
fn after_cue(scene: &Scene<'_>, d: &Draft) -> Option<Tokens> {
    let tree = &scene.tree;
    let end = tree.sentence(d.pivot).end;
    let own = d
        .cue
        .iter()
        .map(|c| c.end)
        .max()?
        .max(d.speaker.as_ref().map_or(0, |s| s.end));
    let stop = (own..end.min(own + MAX_OCCASION_TOKENS))
        .find(|&i| matches!(tree.text(i), "," | ";" | "—" | "–"))?;
    let occasion = own..stop;
    if occasion
        .clone()
        .any(|i| is_finite(tree, i) || scene.quote_at(i).is_some())
    {
        return None;
    }
    let tail = stop + 1..end;
    let joined = tail.clone().next().is_some_and(|i| {
        tree.text(stop) == ";" || matches!(tree.lemma(i), "and" | "but" | "while")
    });
    let clause = joined && has_own_subject(tree, &tail);
    (clause || is_comparison(tree, &tail)).then_some(tail)
}

/// What follows the content up to the end of the sentence, if it compares or takes a part.
fn after_content(scene: &Scene<'_>, d: &Draft) -> Option<Tokens> {
    let tree = &scene.tree;
    let sentence = tree.sentence(d.pivot);
    let last = d.content.iter().map(|r| r.end()).max()?;
    let stop = (d.pivot + 1..sentence.end)
        .find(|&i| scene.block.token_range(tree.token(i)).start() >= last)?;
    let tail = stop + 1..sentence.end;
    let goes_on = is_comparison(tree, &tail) || is_partitive(tree, &tail);
    (tree.text(stop) == "," && goes_on).then_some(tail)
}

/// "Two of which had no roof", "most of them children": it takes a part of what was counted before.
fn is_partitive(tree: &Tree<'_>, tail: &Tokens) -> bool {
    let words: Vec<usize> = tail
        .clone()
        .filter(|&i| !tree.is_space(i))
        .take(3)
        .collect();
    let [part, of, whole] = words[..] else {
        return false;
    };
    let some = tree.tag(part) == "CD"
        || matches!(
            tree.lemma(part),
            "most" | "some" | "many" | "all" | "both" | "none" | "half"
        );
    some && tree.lemma(of) == "of" && matches!(tree.lemma(whole), "which" | "whom" | "they")
        || some && tree.lemma(of) == "of" && tree.token(whole).lower() == "them"
}

/// True for a clause that brings its own subject.
fn has_own_subject(tree: &Tree<'_>, tail: &Tokens) -> bool {
    let is_subject = |i: usize| matches!(tree.dep(i), "nsubj" | "nsubjpass" | "expl");
    tail.clone()
        .any(|v| is_finite(tree, v) && tail.clone().take_while(|&i| i < v).any(is_subject))
}

/// Nouns of change that a tail may begin with: "a loss of a quarter".
const CHANGES: &[&str] = &[
    "increase", "decrease", "rise", "fall", "drop", "decline", "gain", "loss", "jump", "growth",
];

/// "Compared with …", "up from …", "an increase of …", without a clause of its own.
fn is_comparison(tree: &Tree<'_>, tail: &Tokens) -> bool {
    let mut words = tail.clone().filter(|&i| !tree.is_space(i));
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return false;
    };
    let compares = matches!(tree.lemma(first), "compare" | "against" | "versus")
        || matches!(tree.text(first), "up" | "down" | "compared")
        || matches!(tree.lemma(first), "a" | "an")
            && (first + 1..tail.end.min(first + 4)).any(|i| CHANGES.contains(&tree.lemma(i)));
    let counts = tail.clone().any(|i| tree.tag(i) == "CD");
    let plain = !tail
        .clone()
        .any(|i| is_finite(tree, i) || tree::is_quote_mark(tree.text(i)));
    compares && counts && plain && second < tail.end
}

fn is_finite(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD")
}
