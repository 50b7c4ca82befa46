//! Whether a proposition is asserted or denied, and in which world it holds.

use verbale_core::{Act, Modality, Polarity};

use verbale_nlp::Token;

use super::clause::{Clause, Shape};
use super::context::Context;
use super::grammar::{is_negated, is_perfect, lemma, modal, own_subject};
use super::kind::{denies_deed, is_future};
use super::obligation;
use super::voice;
use super::words::{self, has};

/// Asserted, or denied by a negation or by the cue ("denied that …"), but not by both.
pub(super) fn polarity(cx: &Context<'_>, clause: &Clause<'_>) -> Polarity {
    let negated = clause.shape != Shape::Nominal && is_negated(clause.verb);
    denied_or_not(cx, clause, negated)
}

/// The polarity of a count: "172 have not returned" asserts how many have not, "it did not ship 300" denies a number.
pub(super) fn polarity_of_count(cx: &Context<'_>, clause: &Clause<'_>, is_met: bool) -> Polarity {
    match is_met {
        true => denied_or_not(cx, clause, false),
        false => polarity(cx, clause),
    }
}

fn denied_or_not(cx: &Context<'_>, clause: &Clause<'_>, negated: bool) -> Polarity {
    if denies_deed(clause) || is_called_untrue(clause.verb) {
        return Polarity::Denied;
    }
    // "The port said it denied the reports": the verb says no already.
    let says_no = has("deny reject dismiss refute", &lemma(clause.verb));
    let denied = !says_no
        && clause
            .mark
            .is_some_and(|m| cx.marks.attributions[m].attribution.act == Act::Deny);
    match (negated, denied && !negated) {
        (false, false) => Polarity::Asserted,
        _ => Polarity::Denied,
    }
}

/// "It is not true that a license has been granted", "the claim that it was does not correspond to reality".
pub(super) fn is_called_untrue(verb: Token<'_>) -> bool {
    if is_refuted(verb) {
        return true;
    }
    let Some(judged) = truth_claim(verb) else {
        return false;
    };
    let word = judged.child("acomp").map(lemma).unwrap_or_default();
    is_negated(judged) != has("untrue false incorrect wrong", &word)
}

/// "The claim that 38 are held is unfounded": what somebody is said to claim, and what is said of the claim.
fn is_refuted(verb: Token<'_>) -> bool {
    let claim = verb.head();
    let judged = claim.head();
    let is_content = matches!(verb.dep(), "acl" | "ccomp" | "relcl")
        && verb
            .children()
            .any(|c| c.dep() == "mark" && c.lower() == "that");
    if !is_content || !has(CLAIMS, &lemma(claim)) || !matches!(claim.dep(), "nsubj" | "nsubjpass") {
        return false;
    }
    let said = |dep| judged.child(dep).map(lemma).unwrap_or_default();
    let is_false = has(FALSE, &said("acomp")) || has(INVENTIONS, &said("attr"));
    let is_true = has("true correct accurate", &said("acomp"))
        || has("correspond hold stand match reflect", &lemma(judged));
    is_false && !is_negated(judged) || is_true && is_negated(judged)
}

/// Nouns for what somebody says is so.
const CLAIMS: &str = "claim allegation report assertion rumor rumour statement suggestion accusation charge notion idea \
                      story";

/// What is said of one that is not so.
const FALSE: &str =
    "untrue false incorrect wrong unfounded baseless groundless fabricated inaccurate";

/// What one that is not so is called.
const INVENTIONS: &str = "lie fabrication invention nonsense fiction";

/// The copula of "it is (not) true that …", of which the verb tells what is true.
pub(super) fn truth_claim<'r>(verb: Token<'r>) -> Option<Token<'r>> {
    // The parser hangs the clause on the copula or on the adjective.
    let above = verb.head();
    let head = match above.dep() {
        "acomp" => above.head(),
        _ => above,
    };
    let told = matches!(verb.dep(), "ccomp" | "csubj" | "advcl") && lemma(head) == "be";
    let dummy = own_subject(head).is_some_and(|s| s.lower() == "it");
    let truth = head
        .child("acomp")
        .is_some_and(|a| has("true untrue correct incorrect false wrong", &lemma(a)));
    let complement = verb
        .children()
        .any(|c| c.dep() == "mark" && c.lower() == "that");
    (told && dummy && truth && complement).then_some(head)
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
        // "Would not be drawn on it": who keeps silent has done so.
        _ if voice::refuses(verb) => return Modality::Actual,
        Some("may") if clause.shape != Shape::Nominal && obligation::may_not(clause) => {
            return Modality::Demanded;
        }
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
    // "The record was set on June 21" is no plan, "the vote is set for June" is one.
    let ahead = |c: Token<'_>| match c.dep() {
        "xcomp" => true,
        "prep" => lemma(verb) != "set" || has("for to", &lemma(c)),
        _ => false,
    };
    planned(verb) && verb.children().any(ahead)
        || verb
            .child("acomp")
            .is_some_and(|a| matches!(&*lemma(a), "due" | "set"))
}
