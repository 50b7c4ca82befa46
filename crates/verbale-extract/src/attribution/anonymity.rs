//! How a speaker is hidden: the tier, and the reason that the page gives.

use verbale_core::Anonymity;
use verbale_pack::{AnonymityKind, Packs, fold};

use super::draft::Tokens;
use super::roster;
use super::tree::Tree;
use super::words;

/// The anonymity of a description: 3 if it is placed by country or institution, 4 by a function, 5 by nothing.
pub(super) fn of(tree: &Tree<'_>, head: usize, span: Tokens, packs: &Packs) -> Anonymity {
    let phrase = tree.span(head);
    let whole = phrase.start.min(span.start)..phrase.end.max(span.end);
    let placed = whole.clone().any(|i| {
        roster::is_proper(tree, i)
            || i != head && words::is_institution(tree.lemma(i))
            || matches!(
                tree.lemma(i),
                "western"
                    | "government"
                    | "administration"
                    | "intelligence"
                    | "defense"
                    | "defence"
            )
    });
    let bare = bare_nouns(packs, tree.lemma(head)) && !ranked(tree, &whole, packs);
    let tier = match (placed, bare) {
        (true, _) => 3,
        (false, false) => 4,
        (false, true) => 5,
    };
    Anonymity {
        tier,
        reason: reason(tree, head, packs),
    }
}

/// Speech that is put in nobody's mouth: "it is estimated".
pub(super) fn nobody() -> Anonymity {
    Anonymity {
        tier: 5,
        reason: None,
    }
}

fn ranked(tree: &Tree<'_>, span: &Tokens, packs: &Packs) -> bool {
    span.clone()
        .any(|i| packs.ranks("en").contains(&tree.token(i).lower()))
}

fn bare_nouns(packs: &Packs, lemma: &str) -> bool {
    packs
        .anonymity()
        .iter()
        .filter(|p| p.kind == AnonymityKind::Bare)
        .flat_map(|p| p.words.of("en"))
        .any(|w| {
            w.split_whitespace()
                .any(|w| w == lemma || w.strip_suffix('s') == Some(lemma))
        })
}

/// The reason given in the sentence of the cue: "on condition of anonymity".
pub(super) fn reason(tree: &Tree<'_>, at: usize, packs: &Packs) -> Option<String> {
    let sentence = tree.words(tree.sentence(at));
    let folded = fold(sentence);
    packs
        .anonymity()
        .iter()
        .filter(|p| p.kind == AnonymityKind::Reason)
        .flat_map(|p| p.words.of("en"))
        .filter(|w| folded.contains(w.as_str()))
        .max_by_key(|w| w.len())
        .map(|w| as_written(sentence, w).to_owned())
}

/// The phrase as the page writes it, where case is all that differs.
fn as_written<'t>(sentence: &'t str, phrase: &'t str) -> &'t str {
    sentence
        .to_ascii_lowercase()
        .find(phrase)
        .and_then(|at| sentence.get(at..at + phrase.len()))
        .unwrap_or(phrase)
}
