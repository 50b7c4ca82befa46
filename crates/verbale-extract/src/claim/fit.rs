//! What the packs' patterns say of a clause: of which kind it is, and by which words.
//!
//! A new domain teaches the program its own happenings and states by patterns in a pack; nothing about a topic
//! stands in these modules. Not here: matching (`crate::patterns`).

use verbale_core::ClaimKind;
use verbale_pack::pattern::{Node, Pattern};

use super::clause::Clause;
use super::context::Context;
use super::grammar::predicate;
use crate::patterns::Fit;

/// The pattern of a kind that fits the clause's verb or its complement: the one that names most words, then the first.
pub(super) fn of_kind<'r>(
    cx: &Context<'r>,
    clause: &Clause<'_>,
    kind: ClaimKind,
) -> Option<&'r Fit<'r, 'r>> {
    let mut best: Option<&Fit<'_, '_>> = None;
    let fits = cx.fits[clause.block].iter();
    for fit in fits.filter(|f| f.pattern.kind == kind && sits_at(f, clause)) {
        if best.is_none_or(|b| n_words(fit.pattern) > n_words(b.pattern)) {
            best = Some(fit);
        }
    }
    best
}

/// How many words the best pattern of a kind names; none fits at 0.
pub(super) fn weight(cx: &Context<'_>, clause: &Clause<'_>, kind: ClaimKind) -> usize {
    of_kind(cx, clause, kind).map_or(0, |f| n_words(f.pattern))
}

/// How many nodes of a pattern name their words: "the review was held" is told by two, "was held" by one.
fn n_words(pattern: &Pattern) -> usize {
    let names = |n: &&Node| {
        ["LEMMA", "LOWER", "TEXT"]
            .iter()
            .any(|a| n.right_attrs.contains_key(*a))
    };
    pattern.nodes.iter().filter(names).count()
}

/// True if the pattern turns on the clause's verb and stands in its words.
fn sits_at(fit: &Fit<'_, '_>, clause: &Clause<'_>) -> bool {
    let told = predicate(clause.verb).i();
    clause.holds(fit.anchor().i())
        && fit
            .tokens()
            .iter()
            .any(|t| t.i() == clause.verb.i() || t.i() == told)
}
