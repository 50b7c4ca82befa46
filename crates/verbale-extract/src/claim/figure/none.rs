//! "Nobody was injured", "no license was revoked": counts of nought that no digit writes.
//!
//! Only what is done to things or people is counted so. "No mission has been asked to leave" denies a request, and
//! "no goods are being blocked" names a state.

use verbale_core::{Decimal, Figure, Quantity};
use verbale_nlp::Token;

use super::Found;
use crate::claim::clause::{Clause, Shape};
use crate::claim::context::Context;
use crate::claim::grammar::{
    is_finite, is_passive, is_progressive, lemma, modal, noun_phrase, own_subject, tidy,
};
use crate::claim::words::has;
use crate::claim::{place, time};

/// The figure of a clause that says to how many nothing was done.
pub(super) fn find<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Option<Found<'r>> {
    let verb = clause.verb;
    let subject = own_subject(verb).filter(|s| clause.holds(s.i()))?;
    let told = is_passive(verb)
        && is_finite(verb)
        && !is_progressive(verb)
        && modal(verb).is_none()
        && verb
            .child("auxpass")
            .is_some_and(|a| matches!(a.tag(), "VBD" | "VBN"))
        && verb.child("xcomp").is_none()
        && clause.shape != Shape::Nominal;
    // "For five of them no plan had been filed" counts five.
    let counts = clause
        .tokens()
        .map(|i| verb.doc().token(i))
        .any(|t| t.pos() == "NUM" && t.ent_type() == "CARDINAL");
    let (unit, thing) = counted(subject).filter(|_| told && !counts)?;
    let figure = Figure {
        quantity: Quantity {
            value: Some(Decimal::ZERO),
            unit: Some(unit),
            ..Quantity::default()
        },
        subject: tidy(&format!("{thing} {}", verb.text().to_lowercase())),
        place: place::of(cx, clause, clause.tokens()),
        as_of: time::of_number(cx, clause),
    };
    Some(Found {
        tokens: clause.tokens(),
        figure,
        carrier: *clause,
        is_core: true,
        is_met: true,
    })
}

/// Unit and words of what there was none of.
fn counted(subject: Token<'_>) -> Option<(String, String)> {
    let none = |t: Token<'_>| t.dep() == "det" && t.lower() == "no";
    if matches!(&*subject.lower(), "nobody" | "no-one")
        || subject.lower() == "one" && subject.children().any(none)
    {
        return Some(("people".to_owned(), "people".to_owned()));
    }
    // "No further details were given" counts nothing.
    let is_told = has(
        "detail information comment explanation reason word evidence answer response",
        &lemma(subject),
    );
    let noun = subject.pos() == "NOUN" && subject.children().any(none) && !is_told;
    noun.then(|| {
        let words = noun_phrase(subject);
        let words = words.strip_prefix("No ").or(words.strip_prefix("no "));
        (subject.lower(), words.unwrap_or_default().to_owned())
    })
}
