//! Numbers worth a ledger: what is counted, where, when, and which words carry it.
//!
//! Not every number is a figure. A count that a clause turns on is one ("26 boats were returned"); a small
//! number inside a name or a description ("the three judges said") is not, unless the words bound it.

use std::ops::Range;

use verbale_core::{Decimal, Figure, Timex};
use verbale_nlp::Token;

use super::clause::{Clause, Shape};
use super::context::Context;
use super::grammar::{is_finite, is_verbal, lemma, noun_phrase, present_participle, stretch, tidy};
use super::layout::Layout;
use super::party;
use super::place;
use super::time;
use super::words::{self, has};
use crate::quantities::{Nature, QuantityMention};

/// A figure with the words that carry it.
pub(super) struct Found<'r> {
    /// Tokens of the evidence.
    pub(super) tokens: Range<usize>,
    /// What it says.
    pub(super) figure: Figure,
    /// The clause that it turns on, as far as fields are read from it.
    pub(super) carrier: Clause<'r>,
    /// True if the figure is what the clause says, so that the clause needs no claim of its own.
    pub(super) is_core: bool,
}

/// A number with the noun that it counts and the verb that it depends on.
struct Site<'r> {
    mention: &'r QuantityMention,
    /// Tokens of the number with its hedges.
    number: Range<usize>,
    /// The counted noun where it stands with the number, else the number itself.
    noun: Token<'r>,
    /// The counted noun, also where it was named before: "26 were returned".
    counted: Option<Token<'r>>,
    /// The noun that stands in the clause: `noun`, or what it is an apposition to or a part of.
    top: Token<'r>,
    verb: Option<Token<'r>>,
}

/// The figures of a block's sentence.
pub(super) fn find<'r>(
    cx: &Context<'r>,
    block: usize,
    layout: &Layout,
    clauses: &[Clause<'r>],
    sentence: Range<usize>,
) -> Vec<Found<'r>> {
    let sites = sites(cx, block, &sentence);
    let mut found = Vec::new();
    for site in &sites {
        if !is_worth(site) {
            continue;
        }
        let carrier = carrier(block, layout, clauses, site, &sentence);
        let peers: Vec<&Site<'r>> = sites
            .iter()
            .filter(|s| is_worth(s) && s.verb == site.verb)
            .collect();
        let is_core = is_core(site) && carrier.shape != Shape::Nominal;
        let tokens = evidence(&carrier, site, &peers, is_core, &sentence);
        found.push(Found {
            figure: build(cx, &carrier, site, &tokens, peers.len()),
            tokens,
            carrier,
            is_core,
        });
    }
    found
}

fn sites<'r>(cx: &Context<'r>, block: usize, sentence: &Range<usize>) -> Vec<Site<'r>> {
    let reading = &cx.reading.blocks()[block];
    let whole = reading.to_document(0..reading.doc.text().len());
    let quantities = cx.marks.quantities;
    let from = quantities.partition_point(|q| q.range.start() < whole.start());
    quantities[from..]
        .iter()
        .take_while(|q| q.range.start() < whole.end())
        .filter_map(|mention| {
            let span = reading.doc.span_of_bytes(reading.to_doc(mention.range));
            let number = reading.doc.span_of_bytes(reading.to_doc(mention.number));
            if span.is_empty() || number.is_empty() || !sentence.contains(&number.start()) {
                return None;
            }
            let counted = mention.head.map(|h| reading.doc.token(h));
            let noun = match counted.filter(|_| !mention.borrowed) {
                Some(c) if sentence.contains(&c.i()) => c,
                _ => number.root()?,
            };
            let top = climb(noun);
            let verb = governor(top);
            let measured = matches!(
                mention.nature,
                Nature::Percent | Nature::Money | Nature::Measure | Nature::Duration
            );
            let end = if measured {
                span.end().max(number.end())
            } else {
                number.end()
            };
            let hedged = span.start().min(number.start())..end;
            Some(Site {
                mention,
                number: hedged,
                noun,
                counted,
                top,
                verb,
            })
        })
        .collect()
}

/// From the counted noun to the noun that stands in the clause: over "of", appositions and conjunctions.
fn climb(noun: Token<'_>) -> Token<'_> {
    let mut at = noun;
    for _ in 0..MAX_STEPS {
        let head = at.head();
        let next = match at.dep() {
            "conj" | "appos" if !is_verbal(head) => head,
            "nummod" | "quantmod" | "compound" | "nmod" if matches!(at.pos(), "NUM" | "SYM") => {
                head
            }
            "pobj" if lemma(head) == "of" && is_part(head.head()) => head.head(),
            _ => return at,
        };
        at = next;
    }
    at
}

const MAX_STEPS: usize = 12;

/// "Most of", "a total of", "all of", "thousands of".
fn is_part(noun: Token<'_>) -> bool {
    has(
        "most all some many none half third quarter majority rest total number part share couple dozen hundred \
         thousand million dozens hundreds thousands millions group fleet crowd one two few several any each \
         remainder percent remain",
        &lemma(noun),
    ) || noun.pos() == "NUM"
}

/// The verb that a noun depends on, over prepositions and nouns.
fn governor(noun: Token<'_>) -> Option<Token<'_>> {
    noun.ancestors()
        .find(|a| is_verbal(*a) && (is_finite(*a) || a.dep() != "amod"))
}

/// True for numbers that an analyst would enter.
fn is_worth(site: &Site<'_>) -> bool {
    let q = &site.mention.quantity;
    if site.mention.in_date {
        return false;
    }
    if site.mention.pair.is_some() || site.mention.change.is_some() {
        return true;
    }
    let hedged = q.approximator.is_some() || q.is_bounded() || q.per.is_some();
    let value = q.value.or(q.low).or(q.high);
    match site.mention.nature {
        Nature::Money | Nature::Percent | Nature::Measure => true,
        Nature::Factor | Nature::Age => false,
        Nature::Duration => q.is_bounded() && lasts(site),
        // "She is nearly four": a bare number is a figure only where something counts.
        Nature::Bare if !site.mention.borrowed => {
            value.is_some_and(|v| v >= Decimal::from(SMALL)) && (hedged || is_core(site))
        }
        Nature::Count | Nature::Bare => match value {
            None => hedged,
            Some(v) if v.is_zero() => true,
            Some(v) if v == Decimal::ONE => false,
            // "The two delegations met" counts nothing.
            Some(v) if v < Decimal::from(SMALL) && site.mention.definite && !site.mention.base => {
                false
            }
            Some(v) if v < Decimal::from(SMALL) => hedged && is_core(site) || turns_on(site),
            Some(_) => hedged || is_core(site) || is_direct_oblique(site),
        },
        Nature::Share => hedged || is_core(site),
    }
}

/// Counts below this are mostly part of a description.
const SMALL: u32 = 10;

/// True if the clause turns on the number: it is an argument of the verb, or what a verb of measuring states.
fn is_core(site: &Site<'_>) -> bool {
    let Some(verb) = site.verb else {
        return site.top.dep() == "ROOT";
    };
    let argument = matches!(
        site.top.dep(),
        "nsubj" | "nsubjpass" | "dobj" | "attr" | "oprd" | "ROOT" | "dative" | "acomp"
    );
    let stated = has(words::MEASURING_VERBS, &lemma(verb))
        && (matches!(site.top.dep(), "npadvmod" | "advmod")
            || site.top.dep() == "pobj" && site.top.head().head() == verb);
    // "The boats, 15 in all, have no engines": a number set off after its noun says something of its own.
    let aside = site.noun.dep() == "appos" || site.number.start > site.noun.i() + 1;
    !aside && (argument || stated || site.mention.nature == Nature::Duration && lasts(site))
}

/// "For more than three years", standing with a verb.
fn lasts(site: &Site<'_>) -> bool {
    site.top.dep() == "pobj" && lemma(site.top.head()) == "for" && is_verbal(site.top.head().head())
}

/// "Rose to 40", "were counted in 60 villages".
fn is_direct_oblique(site: &Site<'_>) -> bool {
    site.top.dep() == "pobj" && is_verbal(site.top.head().head())
}

/// True for a small count that the clause is about: the subject of a passive or of a state, or "there are".
fn turns_on(site: &Site<'_>) -> bool {
    let Some(verb) = site.verb else { return false };
    let stands = match site.top.dep() {
        "nsubjpass" => true,
        "nsubj" => matches!(site.noun.tag(), "NNS" | "NNPS" | "CD"),
        "attr" => verb.children().any(|c| c.dep() == "expl"),
        _ => false,
    };
    stands && is_finite(verb) && site.noun.dep() != "conj" && verb.dep() != "advcl"
}

/// The clause that a figure is read in: the candidate around it, else its verb's own words.
fn carrier<'r>(
    block: usize,
    layout: &Layout,
    clauses: &[Clause<'r>],
    site: &Site<'r>,
    sentence: &Range<usize>,
) -> Clause<'r> {
    let at = site.number.start;
    let known = clauses
        .iter()
        .filter(|c| c.holds(at) || c.holds(site.noun.i()))
        .min_by_key(|c| c.end - c.start)
        .copied();
    let verb = site.verb.filter(|v| known.is_none_or(|c| c.verb != *v));
    match (known, verb) {
        (Some(clause), None) => clause,
        (known, Some(verb)) => {
            let mark = layout.content(at);
            let outside =
                |t: Token<'r>| t != verb && mark.is_some() && layout.content(t.i()).is_none();
            let mut range = stretch(verb, sentence.clone(), |t| {
                outside(t) || t != verb && known.is_some_and(|c| c.verb == t)
            });
            range.start = range.start.min(site.number.start);
            range.end = range.end.max(site.number.end);
            if let Some(c) = known {
                range = range.start.max(c.start)..range.end.min(c.end).max(site.number.end);
            }
            let range = trimmed(verb, range);
            Clause {
                block,
                verb,
                subject: super::grammar::subject(verb),
                start: range.start,
                end: range.end,
                mark,
                shape: known.map_or(Shape::Relative, |c| c.shape),
            }
        }
        (None, None) => {
            let range = stretch(site.top, sentence.clone(), |_| false);
            let range = trimmed(site.top, range);
            Clause {
                block,
                verb: site.top,
                subject: None,
                start: range.start.min(site.number.start),
                end: range.end.max(site.number.end),
                mark: layout.content(at),
                shape: Shape::Nominal,
            }
        }
    }
}

/// Without joining words and marks at the edges.
fn trimmed(anchor: Token<'_>, mut range: Range<usize>) -> Range<usize> {
    let doc = anchor.doc();
    let idle = |t: Token<'_>| {
        t.is_punct() && t.text() != "%" || t.is_space() || matches!(t.dep(), "cc" | "mark")
    };
    let hangs = |t: Token<'_>| idle(t) || matches!(t.pos(), "ADP" | "DET") && t.dep() != "prt";
    while range.start < range.end - 1 && idle(doc.token(range.start)) {
        range.start += 1;
    }
    while range.end > range.start + 1 && hangs(doc.token(range.end - 1)) {
        range.end -= 1;
    }
    range
}

/// The words that carry the figure: the clause if it is the only one there, else its share of the clause.
fn evidence(
    carrier: &Clause<'_>,
    site: &Site<'_>,
    peers: &[&Site<'_>],
    is_core: bool,
    sentence: &Range<usize>,
) -> Range<usize> {
    let phrase = phrase(site, sentence);
    let within = |r: Range<usize>| {
        let start = r.start.max(carrier.start).min(site.number.start);
        let end = r.end.min(carrier.end).max(site.number.end);
        start..end
    };
    if site.mention.base && peers.iter().any(|p| !p.mention.base) {
        return trimmed(site.noun, within(phrase));
    }
    // The base of a share belongs to the words of the share: "19 of the 40 houses".
    let peers: Vec<&Site<'_>> = peers.iter().copied().filter(|p| !p.mention.base).collect();
    let position = peers
        .iter()
        .position(|p| std::ptr::eq(*p, site))
        .unwrap_or(0);
    let previous = position.checked_sub(1).map(|i| peers[i]);
    let next = peers.get(position + 1);
    if previous.is_none() && next.is_none() {
        return if is_core
            || carrier.shape == Shape::Nominal
            || peers.is_empty()
            || carrier.end - carrier.start <= SHORT_CLAUSE
        {
            within(carrier.tokens())
        } else {
            within(phrase)
        };
    }
    let start = match previous {
        // What stands before the first number belongs to it.
        None if is_core => carrier.start,
        None => phrase.start,
        Some(p) => phrase.start.max(p.number.end),
    };
    let end = match next {
        None if is_core => carrier.end,
        None => phrase.end,
        // Up to the next number, as far as the words are the clause's: "50,000 were in China | and 30,000 …".
        Some(n) => n.number.start.max(site.number.end),
    };
    let range = start.min(site.number.start)..end.max(site.number.end);
    trimmed(site.noun, within(range))
}

/// A clause of this many tokens is short enough to stand for a figure in it.
const SHORT_CLAUSE: usize = 12;

/// The noun phrase of the count, with what it is an apposition to and its relative clauses.
fn phrase(site: &Site<'_>, sentence: &Range<usize>) -> Range<usize> {
    let top = if site.noun.dep() == "appos" || site.top.dep() == "appos" {
        site.top
    } else {
        site.noun
    };
    let range = stretch(top, sentence.clone(), |t| {
        t != top && t.dep() == "conj" && t.i() > site.number.end
    });
    range.start.min(site.number.start)..range.end.max(site.number.end)
}

fn build(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
    n_peers: usize,
) -> Figure {
    let mut quantity = site.mention.quantity.clone();
    if quantity.unit.is_none() {
        quantity.unit = site.counted.map(|n| n.lower());
    }
    // Of several figures in a clause, each has the place in its own words.
    let near = place::of(carrier, evidence.clone());
    let shared = || place::of_verb(carrier);
    let place = match n_peers {
        0 | 1 => near
            .or_else(|| place::of(carrier, carrier.tokens()))
            .or_else(|| place::reached(carrier)),
        _ => near.or_else(shared),
    };
    Figure {
        quantity,
        subject: subject(cx, carrier, site, evidence),
        place,
        as_of: as_of(cx, carrier, evidence, n_peers),
    }
}

/// What is counted: the noun phrase, with what is said of it in a word ("trawlers returned").
fn subject(
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

/// When the figure holds. Of several figures in a clause, each has the time in its own words; a time in none of
/// them holds for all.
fn as_of(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    evidence: &Range<usize>,
    n_peers: usize,
) -> Option<Timex> {
    if n_peers <= 1 {
        return time::of_state(cx, carrier);
    }
    let own = Clause {
        start: evidence.start,
        end: evidence.end,
        ..*carrier
    };
    if time::own(cx, &own).is_some() {
        return time::of_state(cx, &own);
    }
    let first = Clause {
        end: evidence.start.max(carrier.start),
        ..*carrier
    };
    time::own(cx, &first)
        .filter(|_| first.end > first.start)
        .cloned()
        .or_else(|| time::of_present(cx, carrier))
}
