//! What a figure counts or measures, in the words of an analyst.

use std::ops::Range;

use verbale_nlp::Token;

use super::site::Site;
use super::trimmed;
use crate::claim::clause::{Clause, Shape};
use crate::claim::context::Context;
use crate::claim::grammar::{is_verbal, lemma, noun_phrase, present_participle, stretch, tidy};
use crate::claim::party;
use crate::quantities::Nature;

/// What is counted: the noun phrase, with what is said of it in a word ("trawlers returned").
pub(super) fn subject(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
) -> String {
    let verb = carrier.verb;
    let Some(noun) = site.counted.filter(|n| !is_unit(site, *n)) else {
        let words = measured(cx, carrier, site);
        return if words.contains(' ') {
            words
        } else {
            tidy(&format!("{} {words}", without_number(site.top, site)))
        };
    };
    let words = without_number(noun, site);
    if carrier.shape == Shape::Nominal || !is_verbal(verb) {
        return words;
    }
    let deed = match site.top.dep() {
        "nsubjpass" => format!(
            "{} {}",
            verb.text().to_lowercase(),
            what_follows(verb, evidence)
        ),
        "dobj"
            if carrier
                .subject
                .is_some_and(|s| matches!(s.pos(), "PROPN" | "NOUN")) =>
        {
            let by = carrier.subject.map(noun_phrase).unwrap_or_default();
            format!("{} by {by}", verb.text().to_lowercase())
        }
        "dobj" => verb.text().to_lowercase(),
        "nsubj" if lemma(verb) == "be" => state(verb),
        "nsubj" => {
            format!(
                "{} {}",
                present_participle(&lemma(verb)),
                what_follows(verb, evidence)
            )
        }
        _ => String::new(),
    };
    tidy(&format!("{words} {deed}"))
}

/// The words after the verb that say more of it, up to a mark or a few words on.
fn what_follows(verb: Token<'_>, evidence: &Range<usize>) -> String {
    let doc = verb.doc();
    let from = verb.i() + 1;
    let end = (from..evidence.end.min(from + MAX_FOLLOWING))
        .find(|&i| doc.token(i).is_punct() || doc.token(i).dep() == "cc")
        .unwrap_or(evidence.end.min(from + MAX_FOLLOWING));
    if end <= from {
        return String::new();
    }
    let words = trimmed(doc.token(from), from..end);
    let words = doc.span(words).text().to_owned();
    if words.starts_with(|c: char| c.is_alphanumeric()) {
        words
    } else {
        String::new()
    }
}

/// Words after the verb that the name of a figure may have.
const MAX_FOLLOWING: usize = 6;

/// True if the noun is the unit of the number and not what is measured: "kilometers", "dollars".
fn is_unit(site: &Site<'_>, noun: Token<'_>) -> bool {
    matches!(
        site.mention.nature,
        Nature::Money | Nature::Percent | Nature::Measure | Nature::Duration
    ) && (site.number.contains(&noun.i()) || noun == site.noun)
}

/// What an amount measures: the subject, with the verb and its object unless they only state the amount.
fn measured(cx: &Context<'_>, carrier: &Clause<'_>, site: &Site<'_>) -> String {
    let verb = carrier.verb;
    let subject = carrier
        .subject
        .filter(|s| !site.number.contains(&s.i()))
        .map(|s| party::name(cx, carrier, s))
        .unwrap_or_default();
    if !is_verbal(verb)
        || matches!(
            &*lemma(verb),
            "be" | "stand" | "total" | "amount" | "reach" | "number"
        )
    {
        return subject;
    }
    let object = verb
        .child("dobj")
        .filter(|o| *o != site.top && !site.number.contains(&o.i()));
    let object = object.map(noun_phrase).unwrap_or_default();
    let source = verb
        .children()
        .filter(|c| c.dep() == "prep" && matches!(&*lemma(*c), "from" | "for" | "on"))
        .find_map(|p| {
            p.child("pobj")
                .filter(|n| n.subtree().all(|t| t.pos() != "NUM"))
        })
        .map(|n| format!("{} {}", n.head().text(), noun_phrase(n)))
        .unwrap_or_default();
    tidy(&format!(
        "{subject} {} {object} {source}",
        present_participle(&lemma(verb))
    ))
}

/// "Were idle": the complement.
fn state(verb: Token<'_>) -> String {
    verb.child("acomp").map(noun_phrase).unwrap_or_default()
}

/// The noun phrase without the number and its hedges.
fn without_number(noun: Token<'_>, site: &Site<'_>) -> String {
    let sentence = noun.sent();
    let doc = noun.doc();
    let range = stretch(noun, sentence.start()..sentence.end(), |t| {
        matches!(
            t.dep(),
            "relcl" | "appos" | "advcl" | "punct" | "conj" | "cc"
        ) || t.dep() == "nummod"
            || t != noun && site.number.contains(&t.i()) && t.i() < noun.i()
    });
    let start = if noun == site.noun {
        range.start.max(site.number.end.min(noun.i()))
    } else {
        range.start
    };
    tidy(doc.span(start..range.end).text())
}
