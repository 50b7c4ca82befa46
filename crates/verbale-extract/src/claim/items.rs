//! Lists of duties: "The panel recommends that the committee: (a) request an inventory; (b) list the firm".
//!
//! Each item is a duty of those whom the words before the list name. The items begin with the bare verb, which no
//! sentence does but an order.

use verbale_core::{Modality, Obligation, Polarity, Proposition};
use verbale_nlp::{Doc, Token};

use super::Draft;
use super::context::Context;
use super::grammar::{lemma, noun_phrase, tidy};
use super::source;
use super::words::has;
use crate::Block;

/// Verbs by which somebody lays duties on others.
const LAYING: &str = "recommend request urge ask demand require encourage invite call decide direct instruct oblige \
                      advise propose suggest";

/// How many items a list has at most.
const MAX_ITEMS: usize = 40;

/// The duty of a block that is an item of such a list.
pub(super) fn find(cx: &Context<'_>, block: usize) -> Option<Draft> {
    let blocks = cx.reading.blocks();
    let item = &blocks[block];
    if !begins_bare(item) {
        return None;
    }
    let before = blocks[..block].iter().rev().take(MAX_ITEMS);
    let lead = before
        .take_while(|b| leads(b) || begins_bare(b))
        .find(|b| leads(b))?;
    let laid = laid_in(&lead.doc)?;
    let text = words_of(item.doc.text());
    let range = item.to_document(text);
    let words = cx.reading.document().slice(range);
    let deadline = cx.times_in(range).next().cloned();
    Some(Draft {
        range,
        attribution: source::said_in(cx, lead).unwrap_or_else(|| source::of_page(cx)),
        polarity: Polarity::Asserted,
        modality: Modality::Demanded,
        proposition: Proposition::Obligation(Obligation {
            instrument: Some(laid.instrument.to_owned()),
            paragraph: None,
            party: laid.party,
            action: tidy(words),
            deadline,
        }),
        rule: "item",
    })
}

/// The words of an item without what joins it to the next one.
fn words_of(text: &str) -> std::ops::Range<usize> {
    let start = text.len() - text.trim_start().len();
    let mut end = text.trim_end().len();
    for tail in ["; and", "; or", ";", ",", "."] {
        if let Some(rest) = text[..end].strip_suffix(tail) {
            end = rest.trim_end().len();
            break;
        }
    }
    start..end.max(start)
}

/// True for the words before a list.
fn leads(block: &Block) -> bool {
    block.doc.text().trim_end().ends_with(':')
}

/// True for an item: it begins with a verb in its bare form, in lower case.
fn begins_bare(block: &Block) -> bool {
    block
        .doc
        .tokens()
        .find(|t| !t.is_punct() && !t.is_space())
        .is_some_and(|t| t.tag() == "VB" && t.text().starts_with(char::is_lowercase))
}

/// What the words before a list lay on whom.
struct Laid {
    party: Option<String>,
    instrument: &'static str,
}

fn laid_in(lead: &Doc) -> Option<Laid> {
    let last = lead.sents().next_back()?;
    let tokens = || last.tokens();
    let by_verb = tokens().find(|t| has(LAYING, &lemma(*t)) && t.pos() == "VERB");
    let modal = tokens().any(|t| matches!(&*t.lower(), "should" | "must" | "shall"));
    let instrument = match by_verb.map(lemma).as_deref() {
        Some("recommend" | "advise" | "suggest" | "propose") => "recommendation",
        Some("call") => "call",
        Some(_) => "demand",
        None if modal => "recommendation",
        None => return None,
    };
    // Whoever is named last: "recommends that the Committee:", "calls upon all states to:", "The mayor should:".
    let noun = tokens()
        .rev()
        .find(|t| matches!(t.pos(), "NOUN" | "PROPN"))
        .filter(|n| by_verb.is_none_or(|v| n.i() > v.i()));
    Some(Laid {
        party: noun.map(party),
        instrument,
    })
}

fn party(noun: Token<'_>) -> String {
    let words = noun_phrase(noun);
    tidy(words.trim_end_matches([':', ' ']))
}
