//! Names behind definite descriptions: who "the company", "the ministry" and "the minister" are on a page.
//!
//! Not here: speakers, who are named with all that a cue says of them (`speaker`), and links to entities.

use std::collections::BTreeMap;

use super::draft::Scene;
use super::roster::{Place, Roster};
use super::tree::Tree;
use super::words;

/// Names by block and token of the noun that stands for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    by_place: BTreeMap<Place, String>,
}

impl Names {
    pub(super) fn new(scenes: &[Scene<'_>], roster: &Roster) -> Self {
        let by_place = scenes
            .iter()
            .flat_map(|s| (0..s.tree.len()).map(move |i| (s, i)))
            .filter_map(|(s, i)| Some(((s.index, i), name(s, i, roster)?)))
            .collect();
        Self { by_place }
    }

    /// The name that the noun at a token of a block stands for, where the page gives one before it.
    pub fn of(&self, block: usize, token: usize) -> Option<&str> {
        self.by_place.get(&(block, token)).map(String::as_str)
    }
}

fn name(scene: &Scene<'_>, i: usize, roster: &Roster) -> Option<String> {
    let tree = &scene.tree;
    let (place, noun) = ((scene.index, i), tree.lemma(i));
    if !is_definite(tree, i) {
        return None;
    }
    if words::is_office(noun) {
        return roster.holder_before(place, noun).map(str::to_owned);
    }
    roster
        .institution_before(place, noun)
        .or_else(|| roster.introduced_before(place, noun))
        .map(str::to_owned)
}

/// "The company": a common noun in the singular with an article and nothing else that would tell it from others.
fn is_definite(tree: &Tree<'_>, i: usize) -> bool {
    let article =
        |c: usize| tree.dep(c) == "det" && matches!(tree.lemma(c), "the" | "this" | "that");
    tree.tag(i) == "NN"
        && tree.token(i).ent_type().is_empty()
        && tree.children(i).any(article)
        && tree.children(i).filter(|&c| c < i).all(article)
        && !tree
            .children(i)
            .any(|c| matches!(tree.dep(c), "appos" | "relcl"))
        && !matches!(tree.dep(i), "compound" | "appos" | "attr")
}
