//! What a number without a noun counts: "431 said so", "it was 1,740 a week ago", "it now gives 275 million".
//!
//! The thing was named before: in an "of …" of the same sentence, by the figure before, or as the subject of the
//! sentence before. A thing is remembered as far as the next paragraph.

use std::ops::Range;

use verbale_core::{Figure, Interval, PartialDate, Timex};
use verbale_nlp::{Span, Token};

use super::deed;
use super::naming::without_count;
use super::plain;
use super::site::{Site, is_near, is_of_those, takes_part};
use crate::claim::clause::Clause;
use crate::claim::grammar::{is_negated, lemma, noun_phrase, object_of, own_subject, tidy};
use crate::claim::participle::{past_participle, present_participle};
use crate::claim::words::has;
use crate::quantities::Nature;

/// The figure before, as later ones may point back to it.
#[derive(Debug, Default)]
pub(in crate::claim) struct Memory {
    block: usize,
    /// What was counted, without what was said of it.
    thing: String,
    subject: String,
    unit: Option<String>,
    /// True if it was an amount of money, which "six of the eleven" are no part of.
    is_money: bool,
    place: Option<String>,
    as_of: Option<Timex>,
    /// The last thing that was counted rather than measured, with its unit: only such a thing acts.
    counted: Option<(String, Option<String>)>,
}

impl Memory {
    /// Keeps a figure for those behind it.
    pub(super) fn keep(&mut self, block: usize, site: &Site<'_>, figure: &Figure) {
        if figure.subject.is_empty() || plain::is_nameless(&figure.subject) {
            return;
        }
        let counted = site.counted.map(|n| without_count(n));
        let thing = counted
            .filter(|w| !w.is_empty())
            .or_else(|| self.recalled(figure))
            // "Of them five had no plan": what they are was said before.
            .or_else(|| Some(self.thing.clone()).filter(|t| takes_part(site) && !t.is_empty()))
            .unwrap_or_else(|| figure.subject.clone());
        let unit = figure.quantity.unit.clone();
        let counted = match site.mention.nature {
            // "700 crowns a month": a rate counts nothing.
            _ if figure.quantity.per.is_some() => self.counted.take(),
            Nature::Measure => self.counted.take().filter(|_| block <= self.block + 1),
            _ => Some((thing.clone(), unit.clone())),
        };
        *self = Self {
            block,
            thing,
            subject: figure.subject.clone(),
            unit,
            is_money: site.mention.nature == Nature::Money,
            place: figure.place.clone(),
            as_of: figure.as_of.clone(),
            counted,
        };
    }

    /// The thing counted before, for a number in this block or the next.
    pub(super) fn thing_near(&self, block: usize) -> Option<&str> {
        let (thing, _) = self.counted.as_ref()?;
        (block <= self.block + 1).then_some(thing.as_str())
    }

    /// "Killed 30 people and wounded 70 others", "Orn had 157 cases and Lisse 143": the same things, of somebody else.
    pub(super) fn name_others(&self, block: usize, site: &Site<'_>, figure: &mut Figure) {
        if block != self.block {
            return;
        }
        if let Some(rest) = figure.subject.strip_prefix("others")
            && let Some((thing, unit)) = &self.counted
        {
            figure.subject = tidy(&format!("{thing} {rest}"));
            if figure.quantity.unit.as_deref() == Some("others") {
                figure.quantity.unit.clone_from(unit);
            }
        }
        let Some(whose) = site.whose.clone() else {
            return;
        };
        let name = tidy(site.noun.doc().span(whose).text());
        match (&self.place, site.mention.nature) {
            (_, Nature::Percent) if self.unit.as_deref() == Some("%") => {
                let share = self.subject.split(" for ").next().unwrap_or_default();
                figure.subject = format!("{share} for {name}");
            }
            (_, Nature::Percent) => figure.subject = format!("share for {name}"),
            (Some(place), _) if self.subject.contains(place.as_str()) => {
                figure.subject = self.subject.replace(place.as_str(), &name);
                figure.place = Some(name);
            }
            _ => {
                if let Some((deed, _)) = self.subject.rsplit_once(" by ") {
                    figure.subject = format!("{deed} by {name}");
                }
            }
        }
    }

    /// The subject of the figure before, said or denied: "172 have returned and 40 have not".
    fn echoed(&self, negated: bool) -> String {
        let thing = self.counted.as_ref().map_or("", |(thing, _)| thing);
        let Some(deed) = self.subject.strip_prefix(thing).map(str::trim_start) else {
            return self.subject.clone();
        };
        let plain = deed.strip_prefix("not ").unwrap_or(deed);
        let not = if negated { "not" } else { "" };
        tidy(&format!("{thing} {not} {plain}"))
    }

    /// The thing counted before, if the figure took its subject from it.
    fn recalled(&self, figure: &Figure) -> Option<String> {
        let (thing, _) = self.counted.as_ref()?;
        figure.subject.starts_with(thing).then(|| thing.clone())
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

    /// "Fell from 40 in Lisse to 12": where the same thing was counted right before.
    pub(super) fn place_of(&self, block: usize, subject: &str) -> Option<String> {
        let same = block == self.block && self.subject == subject;
        self.place.clone().filter(|_| same)
    }

    /// "40 tons from January to June, 31 a year earlier": the same months of the year before.
    pub(super) fn shift_a_year(&self, figure: &mut Figure) {
        let points_back = |t: &Timex| {
            let mut words = t.raw.rsplit(' ');
            matches!(words.next(), Some("earlier" | "before" | "ago"))
                && words.next() == Some("year")
        };
        let Some(time) = figure.as_of.as_ref().filter(|t| points_back(t)) else {
            return;
        };
        let shifted = self
            .as_of
            .as_ref()
            .and_then(|before| a_year_before(before, time));
        if shifted.is_some() {
            figure.as_of = shifted;
        }
    }

    /// Fills in what the figure's words leave out.
    pub(super) fn fill(
        &self,
        carrier: &Clause<'_>,
        site: &Site<'_>,
        evidence: &Range<usize>,
        figure: &mut Figure,
    ) {
        if self.says_same(site, figure) {
            figure.subject.clone_from(&self.subject);
            return;
        }
        let acts = matches!(site.top.dep(), "nsubj" | "nsubjpass" | "dobj" | "ROOT");
        let named = named_here(carrier, site);
        let counts_those = self.is_money && (site.mention.base || is_of_those(site));
        let near = carrier.block <= self.block + 1
            && !self.subject.is_empty()
            && !counts_those
            && self.fits(figure);
        if near && is_rest(site) {
            let (thing, unit) = self.counted.clone().unwrap_or_default();
            figure.subject = tidy(&format!("rest of {thing}"));
            figure.quantity.unit = figure.quantity.unit.take().or(unit);
            return;
        }
        let subject = match (acts && site.counted.is_none(), named) {
            _ if is_near(site) => named_by_subject(carrier, site),
            _ if near && is_ellipsis(carrier) => Some(self.echoed(is_negated(carrier.verb))),
            (true, Some(noun)) => {
                figure.quantity.unit.get_or_insert_with(|| noun.lower());
                Some(tidy(&format!(
                    "{} {}",
                    without_count(noun),
                    deed::told(carrier, site, evidence)
                )))
            }
            (true, None) if near => {
                // "Cracks 12 centimeters wide … 2,150 live in camps": no centimeters live there.
                let lives =
                    matches!(site.top.dep(), "nsubj" | "nsubjpass") && carrier.verb.lemma() != "be";
                let counted = self.counted.as_ref().filter(|_| lives);
                let thing = counted.map_or(&self.thing, |(thing, _)| thing);
                let unit = counted.map_or(&self.unit, |(_, unit)| unit);
                figure.quantity.unit = figure.quantity.unit.take().or_else(|| lent(unit));
                Some(tidy(&format!(
                    "{thing} {}",
                    deed::told(carrier, site, evidence)
                )))
            }
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
            *unit = unit.take().or_else(|| lent(&self.unit));
            return;
        }
        figure.subject = match site.mention.nature {
            Nature::Measure => measured(carrier, site, evidence),
            _ => named_by_subject(carrier, site).unwrap_or_else(|| tidy(&noun_phrase(site.top))),
        };
    }

    /// "Lost 31 trawlers, 17 on the Tarn side": a number that borrows its noun says of it what was said before.
    pub(super) fn says_same(&self, site: &Site<'_>, figure: &Figure) -> bool {
        let counted = self.counted.as_ref().map(|(thing, _)| thing);
        site.mention.borrowed
            && site.mention.pair.is_none()
            && counted == Some(&figure.subject)
            && self.subject.starts_with(&figure.subject)
    }

    /// False for a measure or an amount that cannot be of what was counted before: barrels after crowns.
    fn fits(&self, figure: &Figure) -> bool {
        match (&figure.quantity.unit, &self.unit) {
            (Some(own), Some(before)) => own == before || own == "%" || before == "%",
            _ => true,
        }
    }
}

/// The unit that a bare number takes over: "70 percent of drivers … 300 more" are no percent.
fn lent(unit: &Option<String>) -> Option<String> {
    unit.clone().filter(|u| u != "%")
}

/// The months of `now` in the year that `time` names, if that is the year before.
fn a_year_before(now: &Timex, time: &Timex) -> Option<Timex> {
    let year: i16 = time.value.as_deref()?.parse().ok()?;
    let value = now.value.as_deref()?;
    let (from, to) = value.split_once('/').unwrap_or((value, value));
    let month = |end: &str| {
        end.parse::<PartialDate>()
            .ok()
            .filter(|d| d.day().is_none())
    };
    let (from, to) = (month(from)?, month(to)?);
    let shift = |d: PartialDate| {
        let follows = d.year() == Some(year + 1);
        PartialDate::new(Some(year), Some(d.month().filter(|_| follows)?), None)
    };
    let (from, to) = (shift(from)?, shift(to)?);
    let value = if from == to {
        from.to_string()
    } else {
        format!("{from}/{to}")
    };
    Some(Timex {
        value: Some(value),
        interval: Interval::new(from.interval()?.start(), to.interval()?.end()),
        ..time.clone()
    })
}

/// "The number of families without homes is 712": what the subject says that there are so many of.
fn named_by_subject(carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let bare = matches!(site.top.pos(), "NUM") && has("be stand", &lemma(carrier.verb));
    let subject = carrier
        .subject
        .filter(|s| bare && s.pos() == "NOUN" && *s != site.top)?;
    let whole = has("number count total figure", &lemma(subject));
    let counted = object_of(subject, &["of"]).filter(|_| whole);
    Some(tidy(&noun_phrase(counted.unwrap_or(subject))))
}

/// What a bare measure is of: "weapons pulled back 15 kilometers", "40 tons carried".
fn measured(carrier: &Clause<'_>, site: &Site<'_>, evidence: &Range<usize>) -> String {
    let of = |noun: Token<'_>| noun != site.top && noun.pos() != "PRON";
    let moved = carrier.verb.child("dobj").filter(|o| of(*o));
    let mover = carrier.subject.filter(|s| of(*s));
    let told = match (moved, mover) {
        (Some(thing), _) => format!("{} {}", noun_phrase(thing), past_participle(carrier.verb)),
        (None, Some(thing)) if site.top.dep() != "dobj" => {
            format!(
                "{} {}",
                noun_phrase(thing),
                present_participle(&lemma(carrier.verb))
            )
        }
        _ => format!(
            "{} {}",
            without_count(site.top),
            deed::told(carrier, site, evidence)
        ),
    };
    tidy(&told)
}

/// "40 have not", "the others did": the verb is left out.
pub(super) fn is_ellipsis(carrier: &Clause<'_>) -> bool {
    has("have do", &lemma(carrier.verb))
        && carrier
            .verb
            .children()
            .all(|c| matches!(c.dep(), "nsubj" | "neg" | "punct" | "advmod" | "cc"))
}

/// "And the rest, some 3,400, stay with relatives".
fn is_rest(site: &Site<'_>) -> bool {
    let doc = site.noun.doc();
    site.number.start.checked_sub(2).is_some_and(|at| {
        doc.token(at + 1).text() == ","
            && matches!(&*doc.token(at).lower(), "rest" | "remainder" | "others")
    })
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
