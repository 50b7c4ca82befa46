//! What a figure counts or measures, in the words of an analyst.

use std::ops::Range;

use verbale_nlp::Token;

use super::site::Site;
use super::trimmed;
use crate::claim::clause::{Clause, Shape};
use crate::claim::context::Context;
use crate::claim::grammar::{
    is_negated, is_passive, is_verbal, lemma, noun_phrase, present_participle, stretch, tidy,
};
use crate::claim::party;
use crate::claim::words::{self, has};
use crate::quantities::Nature;

/// What is counted: the noun phrase, with what is said of it in a word ("trawlers returned").
///
/// Empty where the words only point back ("it was 1,740"): what they point to stands before ([`super::recall`]).
pub(super) fn subject(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
) -> String {
    let verb = carrier.verb;
    let Some(noun) = site.counted.filter(|n| !is_unit(site, *n)) else {
        return measured(cx, carrier, site);
    };
    let words = without_number(noun, site);
    if carrier.shape == Shape::Nominal || !is_verbal(verb) {
        return words;
    }
    if let Some(object) = stated_of(verb, site) {
        return tidy(&format!("{words} {}", object.unwrap_or_default()));
    }
    match given_to(carrier, site) {
        Some(given) => tidy(&format!("{given} {words}")),
        None => tidy(&format!("{words} {}", deed(carrier, site, evidence))),
    }
}

/// "Rations were distributed to 71,400 people": rations distributed to people.
fn given_to(carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let verb = carrier.verb;
    let preposition = site.top.head();
    let beside = site.top.dep() == "pobj" && preposition.head() == verb && is_passive(verb);
    let given = carrier
        .subject
        .filter(|s| beside && s.pos() == "NOUN" && s.i() < verb.i())?;
    Some(format!(
        "{} {} {}",
        noun_phrase(given),
        verb.text().to_lowercase(),
        preposition.lower()
    ))
}

/// What is said of the counted things: "returned by the port", "registering with the office".
pub(super) fn deed(carrier: &Clause<'_>, site: &Site<'_>, evidence: &Range<usize>) -> String {
    let verb = carrier.verb;
    let not = if is_negated(verb) { "not " } else { "" };
    match site.top.dep() {
        "nsubj" | "nsubjpass" if is_passive(verb) => {
            let done = verb.text().to_lowercase();
            format!("{not}{done} {}", what_follows(verb, evidence))
        }
        "dobj"
            if carrier
                .subject
                .is_some_and(|s| matches!(s.pos(), "PROPN" | "NOUN")) =>
        {
            let by = carrier.subject.map(noun_phrase).unwrap_or_default();
            format!("{} by {by}", verb.text().to_lowercase())
        }
        "dobj" => verb.text().to_lowercase(),
        // "The contract runs to 84 pages".
        "pobj" | "attr" | "npadvmod" if states_amount(verb) => carrier
            .subject
            .filter(|s| s.pos() == "NOUN" && !points_back(*s) && *s != site.top)
            .map(|s| format!("of {}", noun_phrase(s)))
            .unwrap_or_default(),
        "nsubj" if lemma(verb) == "be" => state(verb),
        "nsubj" => {
            let doing = present_participle(&lemma(verb));
            format!("{not}{doing} {}", what_follows(verb, evidence))
        }
        _ => String::new(),
    }
}

/// "Puts the income at 310 million", "raised the fee to 95": the number is of the object. `Some(None)` where the
/// object only points back ("puts it at 1.9 billion").
fn stated_of(verb: Token<'_>, site: &Site<'_>) -> Option<Option<String>> {
    let preposition = site.top.head();
    let stated = site.top.dep() == "pobj"
        && matches!(&*lemma(preposition), "at" | "as" | "to" | "by" | "from")
        && site.verb == Some(verb);
    let object = verb
        .child("dobj")
        .filter(|o| stated && !site.number.contains(&o.i()))?;
    let below = |t: Token<'_>| t == object || t.ancestors().any(|a| a == object);
    let beside = preposition.head() == verb || below(preposition);
    beside.then(|| {
        let named = !matches!(object.pos(), "PRON");
        named.then(|| before(noun_phrase(object), preposition, site))
    })
}

/// The noun phrase without the words from the preposition of the number on, which the parser may give to the noun.
fn before(words: String, preposition: Token<'_>, site: &Site<'_>) -> String {
    let tail = preposition.doc().span(preposition.i()..site.number.end);
    match words.find(tail.text()) {
        Some(at) if at > 0 => tidy(&words[..at]),
        _ => words,
    }
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
    ) && site.number.contains(&noun.i())
}

/// What an amount measures: the subject, with the verb and its object unless they only state the amount.
///
/// Empty where the subject only points back: "it was 1,740", "600 would benefit".
fn measured(cx: &Context<'_>, carrier: &Clause<'_>, site: &Site<'_>) -> String {
    let verb = carrier.verb;
    if !is_verbal(verb) {
        return without_number(site.top, site);
    }
    if let Some(object) = stated_of(verb, site) {
        return object.unwrap_or_default();
    }
    let subject = carrier
        .subject
        .filter(|s| !site.number.contains(&s.i()) && carrier.holds(s.i()));
    let Some(noun) = subject.filter(|s| !points_back(*s)) else {
        return String::new();
    };
    let words = party::name(cx, carrier, noun);
    if states_amount(verb) {
        return words;
    }
    let object = verb
        .child("dobj")
        .filter(|o| *o != site.top && !site.number.contains(&o.i()) && o.pos() != "PRON");
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
    let done = if is_passive(verb) {
        verb.text().to_lowercase()
    } else {
        present_participle(&lemma(verb))
    };
    tidy(&format!("{words} {done} {object} {source}"))
}

/// Verbs that only state or move an amount.
fn states_amount(verb: Token<'_>) -> bool {
    has(words::MEASURING_VERBS, &lemma(verb))
        || has("be become run equal exceed hold remain", &lemma(verb))
}

/// "It", "that", "this one", "the figure", "the number": what is meant stands before.
fn points_back(noun: Token<'_>) -> bool {
    let bare =
        |words: &str| has(words, &lemma(noun)) && !noun.children().any(|c| c.dep() == "prep");
    noun.pos() == "PRON"
        || matches!(
            &*noun.lower(),
            "that" | "this" | "these" | "those" | "one" | "which"
        )
        || bare("figure number total count sum amount share rate level")
}

/// "Were idle": the complement.
fn state(verb: Token<'_>) -> String {
    verb.child("acomp").map(noun_phrase).unwrap_or_default()
}

/// The "tourist" of "2,035 tourist and 2,610 student visas": what stands with the number where its noun follows the
/// next number.
pub(super) fn own_modifier(site: &Site<'_>, noun: Token<'_>) -> Option<Range<usize>> {
    let from = site.number.end;
    let lent = site.mention.borrowed && noun.i() > from;
    let doc = noun.doc();
    let end = (from..noun.i().min(from + MAX_MODIFIERS + 1))
        .take_while(|i| lent && matches!(doc.token(*i).pos(), "NOUN" | "ADJ" | "PROPN"))
        .last()?
        + 1;
    let joined = matches!(doc.token(end).text(), "and" | "or" | ",");
    joined.then_some(from..end)
}

/// Longest run of words between a number and the conjunction behind it.
const MAX_MODIFIERS: usize = 3;

/// The noun phrase without the number and its hedges.
fn without_number(noun: Token<'_>, site: &Site<'_>) -> String {
    if let Some(own) = own_modifier(site, noun) {
        let sentence = noun.sent();
        let phrase = stretch(noun, sentence.start()..sentence.end(), |t| {
            matches!(
                t.dep(),
                "relcl" | "appos" | "advcl" | "punct" | "conj" | "cc"
            )
        });
        let doc = noun.doc();
        let rest = doc.span(noun.i()..phrase.end.max(noun.i() + 1));
        return tidy(&format!("{} {}", doc.span(own).text(), rest.text()));
    }
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
