//! Happenings: who did what, where, when.

use verbale_core::{Event, Modality};
use verbale_nlp::Token;

use super::clause::{Clause, Shape};
use super::context::Context;
use super::grammar::{
    complement, is_nominal, is_passive, lemma, noun_phrase, object_of, present_participle,
};
use super::modality;
use super::party;
use super::place;
use super::time;
use super::words::has;

/// The event claim of a clause.
pub(super) fn build(cx: &Context<'_>, clause: &Clause<'_>) -> Event {
    Event {
        label: match modality::modality(cx, clause) {
            Modality::Planned => format!("{} (planned)", label(clause)),
            _ => label(clause),
        },
        actors: actors(cx, clause),
        place: place::of(clause, clause.tokens()).or_else(|| place::reached(clause)),
        date: time::of_event(cx, clause),
    }
}

/// "Closing borders", "visit", "departing": a short name for the happening.
fn label(clause: &Clause<'_>) -> String {
    let verb = clause.verb;
    if clause.shape == Shape::Nominal || is_nominal(verb) {
        return noun_phrase(verb);
    }
    if has("schedule plan", &lemma(verb)) && is_passive(verb) {
        return clause.subject.map(noun_phrase).unwrap_or_default();
    }
    let head = told_verb(verb);
    let particle = head
        .child("prt")
        .map(|p| format!(" {}", p.lower()))
        .unwrap_or_default();
    let action = format!("{}{particle}", present_participle(&lemma(head)));
    let object = if is_passive(head) {
        clause.subject
    } else {
        complement(head)
    };
    match object.filter(|o| o.pos() != "PRON") {
        Some(o) => format!("{action} {}", noun_phrase(o)),
        None => action,
    }
}

/// "Was the first to cross", "managed to leave": the verb that tells the happening.
fn told_verb(verb: Token<'_>) -> Token<'_> {
    let nested = if lemma(verb) == "be" || lemma(verb) == "become" {
        verb.subtree().find(|t| {
            matches!(t.dep(), "relcl" | "acl" | "xcomp" | "advcl")
                && t.children().any(|c| c.tag() == "TO")
        })
    } else if has(
        "continue begin start manage try seek attempt fail plan decide agree",
        &lemma(verb),
    ) {
        verb.child("xcomp")
    } else {
        None
    };
    nested.unwrap_or(verb)
}

/// Who took part: the subject, the agent of a passive, those "with" whom it was done.
fn actors(cx: &Context<'_>, clause: &Clause<'_>) -> Vec<String> {
    let verb = clause.verb;
    let mut found = Vec::new();
    if clause.shape == Shape::Nominal {
        found.extend(object_of(verb, &["of", "by", "between"]));
    } else {
        // Who something is done to takes no part in it, unless it is somebody.
        let takes_part =
            |s: &Token<'_>| s.dep() != "expl" && (!is_passive(verb) || party::is_party(*s));
        found.extend(clause.subject.filter(takes_part));
        found.extend(object_of(verb, &["by", "with"]).filter(|n| names_party(*n)));
        found.extend(verb.child("dobj").filter(|o| names_party(*o)));
        found.extend(
            verb.children()
                .filter(|c| matches!(c.dep(), "xcomp" | "advcl"))
                .filter_map(|x| object_of(x, &["with"]).or_else(|| x.child("dobj")))
                .filter(|n| names_party(*n)),
        );
    }
    let mut names: Vec<String> = found
        .into_iter()
        .map(|n| party::name(cx, clause, n))
        .filter(|n| !n.is_empty())
        .collect();
    names.dedup();
    names
}

/// True for people, organisations and states.
fn names_party(noun: Token<'_>) -> bool {
    matches!(noun.ent_type(), "PERSON" | "ORG" | "GPE" | "NORP")
}
