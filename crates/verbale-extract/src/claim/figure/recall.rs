//! What a number without a noun counts: "431 said so", "it was 1,740 a week ago", "it now gives 275 million".
//!
//! The thing was named before: in an "of …" of the same sentence, by the figure before, or as the subject of the
//! sentence before. A thing is remembered as far as the next paragraph.

use std::ops::Range;

use verbale_core::Figure;
use verbale_nlp::{Span, Token};

use super::naming::deed;
use super::site::Site;
use crate::claim::clause::Clause;
use crate::claim::grammar::{lemma, noun_phrase, own_subject, stretch, tidy};

/// The figure before, as later ones may point back to it.
#[derive(Debug, Default)]
pub(in crate::claim) struct Memory {
    block: usize,
    /// What was counted, without what was said of it.
    thing: String,
    subject: String,
    unit: Option<String>,
    place: Option<String>,
}

impl Memory {
    /// Keeps a figure for those behind it.
    pub(super) fn keep(&mut self, block: usize, site: &Site<'_>, figure: &Figure) {
        if figure.subject.is_empty() {
            return;
        }
        let counted = site.counted.map(|n| plain(n, &site.number));
        *self = Self {
            block,
            thing: counted
                .filter(|w| !w.is_empty())
                .unwrap_or_else(|| figure.subject.clone()),
            subject: figure.subject.clone(),
            unit: figure.quantity.unit.clone(),
            place: figure.place.clone(),
        };
    }

    /// "That compared with 40 the year before": the place of the figure that it is compared with.
    pub(super) fn compared_place(&self, carrier: &Clause<'_>) -> Option<String> {
        let points_back = carrier
            .subject
            .is_some_and(|s| matches!(&*s.lower(), "that" | "this" | "it"));
        let near = carrier.block <= self.block + 1;
        (near && points_back && lemma(carrier.verb) == "compare")
            .then(|| self.place.clone())
            .flatten()
    }

    /// Fills in what the figure's words leave out.
    pub(super) fn fill(
        &self,
        carrier: &Clause<'_>,
        site: &Site<'_>,
        evidence: &Range<usize>,
        figure: &mut Figure,
    ) {
        let acts = matches!(site.top.dep(), "nsubj" | "nsubjpass" | "dobj" | "ROOT");
        let named = named_here(carrier, site);
        let near = carrier.block <= self.block + 1 && !self.subject.is_empty();
        let subject = match (acts && site.counted.is_none(), named) {
            (true, Some(noun)) => {
                figure.quantity.unit.get_or_insert_with(|| noun.lower());
                Some(tidy(&format!(
                    "{} {}",
                    plain(noun, &site.number),
                    deed(carrier, site, evidence)
                )))
            }
            (true, None) if near => Some(tidy(&format!(
                "{} {}",
                self.thing,
                deed(carrier, site, evidence)
            ))),
            (false, _) if near => {
                let place = &mut figure.place;
                *place = place.take().or_else(|| self.place.clone());
                Some(self.subject.clone())
            }
            _ => None,
        };
        if let Some(subject) = subject.filter(|s| !s.is_empty()) {
            figure.subject = subject;
            let unit = &mut figure.quantity.unit;
            *unit = unit.take().or_else(|| self.unit.clone());
            return;
        }
        figure.subject = tidy(&noun_phrase(site.top));
    }
}

/// "Of the workers interviewed, 431 said": the workers; else the plural subject of the sentence before.
fn named_here<'r>(carrier: &Clause<'r>, site: &Site<'r>) -> Option<Token<'r>> {
    let verb = carrier.verb;
    let of = verb
        .children()
        .chain(site.noun.children())
        .filter(|c| c.dep() == "prep" && lemma(*c) == "of")
        .find_map(|p| p.child("pobj"))
        .filter(|n| n.pos() == "NOUN" && !site.number.contains(&n.i()));
    of.or_else(|| {
        let points = site.noun.subtree().any(|t| t.lower() == "them");
        points.then(|| subject_before(verb.sent())).flatten()
    })
}

fn subject_before<'r>(sentence: Span<'r>) -> Option<Token<'r>> {
    let doc = sentence.doc();
    let last = sentence.start().checked_sub(1)?;
    let before = doc.token(last).sent();
    let subject = own_subject(before.root()?)?;
    matches!(subject.tag(), "NNS" | "NNPS").then_some(subject)
}

/// The noun phrase with its participles, without numbers and relative clauses: "workers interviewed".
fn plain(noun: Token<'_>, number: &Range<usize>) -> String {
    let sentence = noun.sent();
    let range = stretch(noun, sentence.start()..sentence.end(), |t| {
        matches!(
            t.dep(),
            "relcl" | "appos" | "advcl" | "punct" | "conj" | "cc" | "nummod"
        )
    });
    let start = match number.contains(&range.start) {
        true => number.end.min(noun.i()),
        false => range.start,
    };
    tidy(noun.doc().span(start..range.end.max(start + 1)).text())
}
