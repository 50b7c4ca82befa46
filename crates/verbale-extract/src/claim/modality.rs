//! Whether a proposition is asserted or denied, and in which world it holds.

use verbale_core::{Act, Modality, Polarity};

use super::clause::{Clause, Shape};
use super::context::Context;
use super::grammar::{is_negated, is_perfect, lemma, modal};
use super::kind::is_future;
use super::words::{self, has};

/// Asserted, or denied by a negation or by the cue ("denied that …"), but not by both.
pub(super) fn polarity(cx: &Context<'_>, clause: &Clause<'_>) -> Polarity {
    let negated = clause.shape != Shape::Nominal && is_negated(clause.verb);
    let denied = clause
        .mark
        .is_some_and(|m| cx.marks.attributions[m].attribution.act == Act::Deny);
    match (negated, denied && !negated) {
        (false, false) => Polarity::Asserted,
        _ => Polarity::Denied,
    }
}

/// Actual unless a modal, a plan, a condition or a demand says otherwise.
pub(super) fn modality(cx: &Context<'_>, clause: &Clause<'_>) -> Modality {
    let verb = clause.verb;
    let attribution = clause.mark.map(|m| &cx.marks.attributions[m].attribution);
    if attribution.is_some_and(|a| a.act == Act::Demand) {
        return Modality::Demanded;
    }
    if clause.shape == Shape::Nominal {
        return Modality::Actual;
    }
    match modal(verb).as_deref() {
        Some("would") if is_perfect(verb) || has_condition(clause) => return Modality::Conditional,
        Some("could" | "can" | "will") if has_condition(clause) => return Modality::Conditional,
        Some("would") => return Modality::Planned,
        Some("may" | "might" | "could") => return Modality::Possible,
        Some("must" | "should" | "ought") => return Modality::Demanded,
        _ => {}
    }
    if is_future(verb)
        || is_scheduled(clause)
        || attribution.is_some_and(|a| matches!(a.act, Act::Promise | Act::Expect))
    {
        return Modality::Planned;
    }
    Modality::Actual
}

/// "If …", "unless …".
fn has_condition(clause: &Clause<'_>) -> bool {
    clause
        .verb
        .subtree()
        .any(|t| t.dep() == "mark" && matches!(&*lemma(t), "if" | "unless"))
}

/// "Is due to open", "plans to close", "is scheduled for May".
fn is_scheduled(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let planned = |t| has(words::INTENDING_VERBS, &lemma(t));
    planned(verb) && verb.children().any(|c| matches!(c.dep(), "xcomp" | "prep"))
        || verb
            .child("acomp")
            .is_some_and(|a| matches!(&*lemma(a), "due" | "set"))
}
