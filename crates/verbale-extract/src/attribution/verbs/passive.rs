//! What passives and verbs of impression attribute: the subject is content.

use super::active::after_cue;
use super::{Complement, nature_of};
use crate::attribution::draft::{Nature, Tokens};
use crate::attribution::lexicon::{self, Frames};
use crate::attribution::subject::{self, has_to};
use crate::attribution::tree::Tree;

/// "The lock seems to leak", "it appears that the lock leaks".
pub(super) fn impression(tree: &Tree<'_>, v: usize) -> Option<Complement> {
    let c = tree
        .children(v)
        .find(|&c| c > v && matches!(tree.dep(c), "xcomp" | "ccomp" | "oprd" | "acomp"))?;
    let subject = tree
        .child(v, &["nsubj"])
        .filter(|&s| s < v && tree.lemma(s) != "it");
    let mut pieces: Vec<Tokens> = subject.map(|s| tree.span(s)).into_iter().collect();
    pieces.push(tree.span(c).start.max(v + 1)..tree.span(c).end);
    Some(Complement {
        subject_speaks: false,
        ..Complement::new(pieces, Nature::Impression, "impression")
    })
}

/// "It is said that …", "X is expected to …", "X was accused of …", "X was told that …".
pub(super) fn passive(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    let agent = subject::agent_of(tree, v);
    let subject = tree.child(v, &["nsubjpass"]);
    let nature = if agent.is_some() {
        nature_of(frames)
    } else {
        Nature::Hearsay
    };
    let build = |pieces, rule| {
        Some(Complement {
            speaker: agent.clone(),
            subject_speaks: false,
            ..Complement::new(pieces, nature, rule)
        })
    };
    let right = |deps: &[&str]| {
        tree.children(v)
            .find(|&c| c > v && deps.contains(&tree.dep(c)))
    };
    if frames.has(Frames::CLAUSE)
        && let Some(c) = right(&["ccomp"])
    {
        return build(vec![after_cue(tree, v, c)], "passive-clause");
    }
    if let Some(c) = right(&["xcomp"]).filter(|&c| has_to(tree, c))
        && frames.has(Frames::CLAUSE.with_inf())
    {
        let mut pieces = vec![tree.span(c)];
        if let Some(s) = subject {
            pieces.insert(0, tree.span(s));
        }
        return build(pieces, "passive-infinitive");
    }
    let link = tree.children(v).find(|&c| {
        c > v
            && tree.dep(c) == "prep"
            && (frames.has(Frames::AS) && tree.lemma(c) == "as"
                || lexicon::with_preposition(tree.lemma(v), tree.lemma(c)).is_some())
    });
    if let Some(p) = link {
        let mut pieces = vec![p..tree.span(p).end];
        if let Some(s) = subject {
            pieces.insert(0, tree.span(s));
        } else if tree.dep(v) == "acl" {
            pieces.insert(0, tree.head(v)..tree.head(v) + 1);
        }
        return build(pieces, "passive-preposition");
    }
    if frames.has(Frames::NOUN) && agent.is_some() {
        let object = match subject {
            Some(s) => tree.span(s),
            None if tree.dep(v) == "acl" => {
                let noun = subject::phrase(tree, tree.head(v))?;
                noun.span.start..noun.span.end.min(v).max(noun.head + 1)
            }
            None => return None,
        };
        return build(vec![object], "passive-noun");
    }
    None
}

impl Frames {
    /// The frames whose passive takes "to": "is said to", "is expected to", "was urged to".
    const fn with_inf(self) -> Self {
        self.or(Self::INFINITIVE).or(Self::OBJECT_INFINITIVE)
    }
}
