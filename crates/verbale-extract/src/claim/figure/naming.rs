//! What a figure counts or measures, in the words of an analyst.

use std::ops::Range;

use verbale_nlp::Token;

use super::site::Site;
use super::{deed, fuller};
use crate::claim::clause::{Clause, Shape};
use crate::claim::context::Context;
use crate::claim::grammar;
use crate::claim::grammar::{is_finite, is_passive, is_verbal, lemma, noun_phrase, stretch, tidy};
use crate::claim::participle::{past_participle, present_participle};
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
        return measured(cx, carrier, site, evidence);
    };
    let words = without_number(noun, site);
    // "14 of 22 towns have a lock": so many towns there are, whatever 14 of them have.
    let is_whole = || {
        let below = noun.children().any(|c| matches!(c.dep(), "acl" | "relcl"));
        let of_number = site.mention.base && site.mention.quantity.approximator.is_none();
        of_number && is_finite(verb) && !below
    };
    if carrier.shape == Shape::Nominal || !is_verbal(verb) || is_whole() {
        return words;
    }
    if let Some(object) = stated_of(verb, site) {
        return tidy(&format!("{words} {}", object.unwrap_or_default()));
    }
    match deed::given_to(carrier, site) {
        Some(given) => tidy(&format!("{given} {words}")),
        None => {
            let whom = fuller::recipient(cx, carrier, site).unwrap_or_default();
            let told = Some(deed::told(carrier, site, evidence)).filter(|t| !t.is_empty());
            let told = told.or_else(|| of_relative(noun)).unwrap_or_default();
            tidy(&format!("{words} {told} {whom}"))
        }
    }
}

/// "Among them were 12 people who came to study": people are told apart by nothing else.
fn of_relative(noun: Token<'_>) -> Option<String> {
    let anybody = has(
        "people person man woman child citizen national",
        &lemma(noun),
    ) && noun
        .children()
        .all(|c| matches!(c.dep(), "nummod" | "det" | "relcl"));
    let verb = noun.child("relcl").filter(|v| {
        let who = |c: Token<'_>| c.dep() == "nsubj" && matches!(c.tag(), "WP" | "WDT");
        anybody && v.children().any(who)
    })?;
    let end = (verb.i() + 1..verb.right_edge().i() + 1)
        .take(MAX_RELATIVE_TOKENS)
        .take_while(|&i| !verb.doc().token(i).is_punct())
        .last()?;
    let rest = verb.doc().span(verb.i() + 1..end + 1);
    Some(format!(
        "{} {}",
        present_participle(&lemma(verb)),
        rest.text()
    ))
}

/// A relative clause is cut here.
const MAX_RELATIVE_TOKENS: usize = 8;

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
    let beside = |p: Token<'_>| p.head() == verb || below(p);
    beside(preposition).then(|| {
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
fn measured(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
) -> String {
    let verb = carrier.verb;
    let name = behind_conversion(site)
        .map(|thing| {
            tidy(&format!(
                "{} {}",
                without_count(thing),
                deed::told(carrier, site, evidence)
            ))
        })
        .or_else(|| extent(site))
        .or_else(|| amounting(site))
        .or_else(|| numbered(carrier, site));
    if let Some(name) = name {
        return name;
    }
    if !is_verbal(verb) {
        return without_number(site.top, site);
    }
    if let Some(object) = stated_of(verb, site) {
        return object.unwrap_or_default();
    }
    if site.mention.nature == Nature::Money
        && let Some(dealing) = deed::dealing(carrier, site)
    {
        return dealing;
    }
    // "…, the minister said": who says so is not what is measured.
    if has("say tell add", &lemma(verb)) {
        return String::new();
    }
    // "Support grew, rising to 51 percent": the support rose.
    let shared = || {
        let joined =
            verb.tag() == "VBG" && matches!(verb.dep(), "advcl" | "acl") && states_amount(verb);
        // "Polls show that …, rising to 51 percent": no poll rose.
        let reports = has("say show tell find suggest report", &lemma(verb.head()));
        grammar::subject(verb.head()).filter(|_| joined && !reports)
    };
    let subject = carrier
        .subject
        .filter(|s| !site.number.contains(&s.i()) && carrier.holds(s.i()))
        .or_else(shared);
    let Some(noun) = subject.filter(|s| !points_back(*s)) else {
        return String::new();
    };
    let words = match noun.child("nummod") {
        Some(_) => without_count(noun),
        None => party::name(cx, carrier, noun),
    };
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
    // "Norvale has offered 20": offered by Norvale.
    if site.top.dep() == "dobj" && !is_passive(verb) {
        return tidy(&format!("{} by {words} {source}", past_participle(verb)));
    }
    let done = if is_passive(verb) {
        verb.text().to_lowercase()
    } else {
        present_participle(&lemma(verb))
    };
    tidy(&format!("{words} {done} {object} {source}"))
}

/// "50 pounds (23 kilograms) of powder": the thing behind the bracket, which the parser may have lost.
fn behind_conversion<'r>(site: &Site<'r>) -> Option<Token<'r>> {
    let doc = site.noun.doc();
    let at = |i: usize| (i < doc.len()).then(|| doc.token(i));
    let open =
        (site.number.end..site.number.end + 2).find(|i| at(*i).is_some_and(|t| t.text() == "("))?;
    let close = (open..open + MAX_BRACKET).find(|i| at(*i).is_some_and(|t| t.text() == ")"))?;
    let of = at(close + 1).filter(|t| t.lower() == "of")?;
    of.child("pobj")
}

/// "(", a number, a unit of two words, ")".
const MAX_BRACKET: usize = 6;

/// "A wall 9 meters high": the height of the wall, whatever the sentence says of it.
fn extent(site: &Site<'_>) -> Option<String> {
    let unit = match site.noun.pos() {
        "NUM" => site.noun.head(),
        _ => site.noun,
    };
    let behind = unit.doc().token((unit.i() + 1).min(unit.doc().len() - 1));
    let dimension = match is_dimension(unit.head()) {
        true => unit.head(),
        false => behind,
    };
    let extent = match &*dimension.lower() {
        "high" | "tall" => "height",
        "wide" | "broad" => "width",
        "long" => "length",
        "deep" => "depth",
        "thick" => "thickness",
        _ => return None,
    };
    // "Cracks up to 12 centimeters wide appeared": the parser may hang the width on the verb.
    let before = site.number.start.checked_sub(1);
    let thing = match dimension.head() {
        head if head.pos() == "NOUN" => head,
        head => before.map_or(head, |i| head.doc().token(i)),
    };
    let is_said_of =
        site.mention.nature == Nature::Measure && thing.pos() == "NOUN" && thing != dimension;
    let name = is_said_of.then(|| without_number(thing, site))?;
    Some(format!("{extent} of {}", before_measure(&name, site)))
}

fn is_dimension(word: Token<'_>) -> bool {
    has("high tall wide broad long deep thick", &word.lower())
}

/// "A penalty of 400 million for leaving", "an undercount of ten percent": the noun that has the amount.
fn amounting(site: &Site<'_>) -> Option<String> {
    let preposition = site.top.head();
    let noun = preposition.head();
    let has_amount = site.top.dep() == "pobj"
        && lemma(preposition) == "of"
        && noun.pos() == "NOUN"
        && !is_count(noun)
        && noun.i() < preposition.i()
        && preposition.i() < site.number.start;
    let sentence = noun.sent();
    let name = stretch(noun, sentence.start()..sentence.end(), |t| t.i() > noun.i());
    let rest = noun
        .children()
        .filter(|c| c.dep() == "prep" && matches!(&*lemma(*c), "for" | "on" | "to" | "from"))
        .filter_map(|p| p.child("pobj").or_else(|| p.child("pcomp")))
        .filter(|o| o.i() > site.number.end)
        .map(|o| format!("{} {}", o.head().lower(), noun_phrase(o)))
        .next();
    has_amount.then(|| {
        let name = noun.doc().span(after_count(noun, name.start)..noun.i() + 1);
        tidy(&format!("{} {}", name.text(), rest.unwrap_or_default()))
    })
}

/// "The number of families still waiting after the move is 712", however the parser joins its parts.
fn numbered(carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let verb = carrier.verb;
    let doc = verb.doc();
    let first = verb.i().saturating_sub(MAX_NAME).max(verb.sent().start());
    let noun = (first..verb.i())
        .map(|i| doc.token(i))
        .find(|t| has("number total share", &lemma(*t)) && t.child("prep").is_some())?;
    let states = verb.i() < site.number.start && has("be reach total stand remain", &lemma(verb));
    states.then(|| tidy(doc.span(noun.i()..verb.i()).text()))
}

/// Tokens that the name of a number may have.
const MAX_NAME: usize = 32;

/// Cuts the measure from the words of what is measured, where the parser gives it to them.
fn before_measure(name: &str, site: &Site<'_>) -> String {
    let number = site.noun.doc().span(site.number.clone());
    let at = name.find(number.text()).filter(|at| *at > 0);
    tidy(&name[..at.unwrap_or(name.len())])
}

/// Verbs that only state or move an amount.
pub(super) fn states_amount(verb: Token<'_>) -> bool {
    has(words::MEASURING_VERBS, &lemma(verb))
        || has("be become run equal exceed hold remain", &lemma(verb))
}

/// "It", "that", "this one", "the figure", "the number": what is meant stands before.
pub(super) fn points_back(noun: Token<'_>) -> bool {
    matches!(noun.pos(), "PRON" | "NUM")
        || matches!(
            &*noun.lower(),
            "that" | "this" | "these" | "those" | "one" | "which" | "percent" | "cent" | "%"
        )
        || is_count(noun) && !noun.children().any(|c| c.dep() == "prep")
}

/// "The number of families", "the share of adults": a noun that a figure in its sentence is the value of.
pub(in crate::claim) fn names_count(noun: Token<'_>) -> bool {
    is_count(noun)
        && noun
            .children()
            .any(|c| c.dep() == "prep" && c.lower() == "of")
}

/// Nouns that only say that there is a number.
fn is_count(noun: Token<'_>) -> bool {
    has(
        "figure number total count sum amount share rate level",
        &lemma(noun),
    )
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
        ) || t.dep() == "nummod" && t.head().pos() != "PROPN"
            || t != noun && tells_rate(t)
            || t != noun && site.number.contains(&t.i()) && t.i() < noun.i()
    });
    // "Of the 2,300 dockers, 172": the thing counted, without the number of all of them.
    let start = match noun == site.noun {
        true => range.start.max(site.number.end.min(noun.i())),
        false => after_count(noun, range.start),
    };
    tidy(doc.span(start..range.end).text())
}

/// "Boats a week", "repairs each day": how often is the quantity's.
fn tells_rate(word: Token<'_>) -> bool {
    word.dep() == "npadvmod"
        && has(
            "day week month year hour minute night season quarter",
            &lemma(word),
        )
        && word
            .children()
            .any(|c| c.dep() == "det" && has("a an each every", &c.lower()))
}

/// The noun phrase without numbers, articles and possessives before it: "its 45 guns".
pub(super) fn without_count(noun: Token<'_>) -> String {
    let sentence = noun.sent();
    let range = stretch(noun, sentence.start()..sentence.end(), |t| {
        matches!(
            t.dep(),
            "relcl" | "appos" | "advcl" | "punct" | "conj" | "cc" | "nummod"
        )
    });
    let start = after_count(noun, range.start);
    tidy(noun.doc().span(start..range.end).text())
}

/// The first token of a noun phrase that is none of the count's.
fn after_count(noun: Token<'_>, start: usize) -> usize {
    let doc = noun.doc();
    let counts = |t: Token<'_>| {
        matches!(t.dep(), "det" | "nummod" | "quantmod") || t.tag() == "PRP$" || t.pos() == "NUM"
    };
    (start..noun.i())
        .find(|&i| !counts(doc.token(i)))
        .unwrap_or(noun.i())
}
