//! Whom a pronoun of the reporter's own words means: "The union closed its office. It had run it since May."
//!
//! The subject of the sentence before stays the subject where it fits in number and kind (centering: subjects rank
//! first, and a pronoun keeps the center). Not here: pronouns of reported speech, which mean the speaker (`party`).
//!
//! Source: Grosz, Joshi, Weinstein, "Centering: a framework for modeling the local coherence of discourse" (1995).

use verbale_nlp::{Span, Token};

use super::clause::Clause;
use super::context::Context;
use super::grammar::{is_verbal, own_subject};
use crate::attribution::Form;

/// The noun that a pronoun in the third person stands for, in its own sentence or in the one before.
pub(super) fn find<'r>(
    cx: &Context<'r>,
    clause: &Clause<'_>,
    pronoun: Token<'r>,
) -> Option<Token<'r>> {
    if let Some(noun) = within(cx, clause, pronoun) {
        return Some(noun);
    }
    let before = sentence_before(cx, clause.block, pronoun)?;
    if is_quoted_alone(cx, clause, before) {
        return None;
    }
    match &*pronoun.lower() {
        "he" | "she" => last_person(before),
        "it" => subject(before).filter(|s| is_one_thing(*s)),
        "they" => subject(before).filter(|s| matches!(s.tag(), "NNS" | "NNPS")),
        _ => None,
    }
}

/// "The yard went on, although it built nothing", "the number of guards falls and they must leave": the subject of the
/// clause above, or the many of whom it tells the number. In reported speech, of a clause that is reported too.
pub(super) fn within<'r>(
    cx: &Context<'r>,
    clause: &Clause<'_>,
    pronoun: Token<'r>,
) -> Option<Token<'r>> {
    let verb = pronoun.head();
    let above = verb.head();
    let joined = pronoun.dep().starts_with("nsubj") && matches!(verb.dep(), "conj" | "advcl");
    let at = cx.reading.blocks()[clause.block].token_range(above);
    let reported = clause.mark.is_none_or(|m| {
        let content = &cx.marks.attributions[m].content;
        content.iter().any(|r| r.contains_range(at))
    });
    let subject = own_subject(above)
        .filter(|s| joined && reported && is_verbal(above) && s.i() < pronoun.i())?;
    let many = |t: &Token<'_>| matches!(t.tag(), "NNS" | "NNPS");
    match &*pronoun.lower() {
        "he" | "she" => Some(subject).filter(|s| s.ent_type() == "PERSON"),
        "it" => Some(subject).filter(|s| is_one_thing(*s)),
        "they" => Some(subject)
            .filter(many)
            .or_else(|| subject.subtree().find(|t| t.dep() == "pobj" && many(t))),
        _ => None,
    }
}

/// True if the pronoun stands in quoted words and the sentence before does not: what is quoted was said elsewhere.
fn is_quoted_alone(cx: &Context<'_>, clause: &Clause<'_>, before: Span<'_>) -> bool {
    let mark = clause.mark.map(|m| &cx.marks.attributions[m]);
    let Some(mark) = mark.filter(|m| m.form == Form::Direct) else {
        return false;
    };
    let own = &cx.reading.blocks()[clause.block];
    let is_own = std::ptr::eq(before.doc(), &own.doc);
    let root = before.root().map(|t| own.token_range(t));
    !(is_own && root.is_some_and(|at| mark.content.iter().any(|r| r.contains_range(at))))
}

fn sentence_before<'r>(cx: &Context<'r>, block: usize, at: Token<'r>) -> Option<Span<'r>> {
    if let Some(last) = at.sent().start().checked_sub(1) {
        return Some(at.doc().token(last).sent());
    }
    let doc = &cx.reading.blocks()[block.checked_sub(1)?].doc;
    Some(doc.token(doc.len().checked_sub(1)?).sent())
}

fn subject(sentence: Span<'_>) -> Option<Token<'_>> {
    own_subject(sentence.root()?)
}

/// A single thing or body with a name or noun of its own; no person.
fn is_one_thing(noun: Token<'_>) -> bool {
    matches!(noun.tag(), "NN" | "NNP") && noun.ent_type() != "PERSON"
}

fn last_person(sentence: Span<'_>) -> Option<Token<'_>> {
    sentence
        .tokens()
        .rev()
        .find(|t| t.ent_type() == "PERSON" && t.pos() == "PROPN" && t.dep() != "compound")
}
