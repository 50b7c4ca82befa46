//! Numbers worth a ledger: what is counted, where, when, and which words carry it.
//!
//! Not every number is a figure. A count that a clause turns on is one ("26 boats were returned"); a small
//! number inside a name or a description ("the three judges said") is not, unless the words bound it.

mod cause;
mod deed;
mod fuller;
mod naming;
mod none;
mod period;
mod plain;
mod recall;
mod site;

use std::ops::Range;

use verbale_core::{Decimal, Figure, Quantity, Timex};
use verbale_nlp::Token;

use super::clause::{self, Clause, Shape};
use super::context::Context;
use super::grammar::{is_finite, own_subject, stretch, tidy};
use super::layout::Layout;
use super::place;
use super::time;
use crate::quantities::{Nature, PairEnd};
pub(super) use naming::names_count;
use naming::{own_modifier, subject};
pub(super) use recall::Memory;
use recall::is_ellipsis;
use site::{Site, is_core, is_difference, is_worth, sites, takes_part};

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
    /// True if there are so many whatever the verb denies: "172 have not returned", "of the 2,300 none did".
    pub(super) is_met: bool,
}

impl Found<'_> {
    /// True if the figure says what the clause says: the clause turns on it, or its words are most of the clause's.
    pub(super) fn tells(&self, clause: &Clause<'_>) -> bool {
        let n_shared = self
            .tokens
            .end
            .min(clause.end)
            .saturating_sub(self.tokens.start.max(clause.start));
        let n_all = self.tokens.len() + clause.tokens().len() - n_shared;
        self.is_core && self.carrier.verb == clause.verb || 2 * n_shared > n_all
    }
}

/// The figures of a block's sentence.
pub(super) fn find<'r>(
    cx: &Context<'r>,
    block: usize,
    layout: &Layout,
    clauses: &[Clause<'r>],
    sentence: Range<usize>,
    memory: &mut Memory,
) -> Vec<Found<'r>> {
    let sites = sites(cx, block, &sentence);
    let mut found = Vec::new();
    for site in &sites {
        if !is_worth(site) || counts_speakers(layout, site) {
            continue;
        }
        let carrier = carrier(block, layout, clauses, site, &sentence);
        let mut carrier = time::with_time_behind(cx, carrier);
        // "141 permits, | seven fewer than in 2023": the words of the difference are its own.
        let differs = |s: &&Site<'r>| is_difference(s) && s.number.start > site.number.end;
        if let Some(other) = sites.iter().find(differs) {
            let end = carrier.end.min(other.number.start).max(site.number.end);
            carrier.end = trimmed(site.noun, site.number.start..end).end;
        }
        let peers: Vec<&Site<'r>> = sites
            .iter()
            .filter(|s| is_worth(s) && s.verb == site.verb)
            // "43, two more than last year" says how many 43 are; it has no share of its clause's words.
            .filter(|s| !is_difference(s) || std::ptr::eq(*s, site))
            .collect();
        let is_core = is_core(site) && carrier.shape != Shape::Nominal;
        let tokens = evidence(&carrier, site, &peers, is_core, &sentence);
        let tokens = without_opening(&carrier, site, tokens);
        let mut figure = build(cx, &carrier, site, &tokens, peers.len());
        if figure.place.is_none() {
            figure.place = memory.compared_place(&carrier);
        }
        let is_left_out = figure.subject.is_empty() || memory.says_same(site, &figure);
        if is_left_out || is_ellipsis(&carrier) {
            memory.fill(&carrier, site, &tokens, &mut figure);
        }
        figure.subject = plain::subject(site, &figure.subject, memory.thing_near(block));
        memory.name_others(block, site, &mut figure);
        if figure.place.is_none() {
            figure.place = memory.place_of(block, &figure.subject);
        }
        memory.shift_a_year(&mut figure);
        match is_difference(site) {
            // "Two more than the 41 of last year" are no number of boats.
            true => figure.subject = format!("difference in {}", figure.subject),
            false => memory.keep(block, site, &figure),
        }
        found.push(Found {
            figure,
            tokens,
            carrier,
            is_core,
            is_met: site.mention.base || stands_in_subject(site),
        });
    }
    let told = |c: &Clause<'_>| found.iter().any(|f| f.tells(c));
    let nought: Vec<Found<'r>> = clauses
        .iter()
        .filter(|c| !told(c))
        .filter_map(|c| none::find(cx, c))
        .collect();
    found.extend(nought);
    found
}

/// "Two hospital sources said": how many say so is no figure; "431 of the drivers said" is one.
fn counts_speakers(layout: &Layout, site: &Site<'_>) -> bool {
    let few = site
        .mention
        .quantity
        .value
        .is_some_and(|v| v < Decimal::from(FEW));
    few && layout.speaker(site.number.start).is_some()
        && layout.content(site.number.start).is_none()
}

/// Fewer speakers than this are told one by one; of more, the count is a finding.
const FEW: u32 = 10;

/// True if the number is in the verb's subject or before it, out of reach of its negation: "of the 2,300 none has left",
/// "for five of them no plan had been filed".
fn stands_in_subject(site: &Site<'_>) -> bool {
    let path = std::iter::once(site.top).chain(site.top.ancestors());
    let whole = |t: Token<'_>| {
        t.dep() == "prep" && matches!(&*t.lower(), "of" | "for" | "in") && t.i() < t.head().i()
    };
    path.take_while(|t| Some(*t) != site.verb)
        .any(|t| matches!(t.dep(), "nsubj" | "nsubjpass") || whole(t))
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
            if let Some(lead) = lead(verb) {
                range.start = range.start.min(lead);
            }
            if let Some(c) = known {
                range = range.start.max(c.start)..range.end.min(c.end).max(site.number.end);
            }
            let range = trimmed(verb, range);
            Clause {
                block,
                verb,
                subject: clause::subject_of(verb),
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

/// "The money helped pay for thousands of posters": the words begin with the one who does it.
fn lead(verb: Token<'_>) -> Option<usize> {
    let head = verb.head();
    let controls = verb.dep() == "xcomp" && own_subject(verb).is_none() && is_finite(head);
    let subject = clause::subject_of(head).filter(|s| controls && s.i() < head.i())?;
    Some(subject.left_edge().i())
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
        None if site.mention.pair == Some(PairEnd::From) => behind(site, carrier).max(phrase.end),
        None => phrase.end,
        // Up to the next number, as far as the words are the clause's: "50,000 were in China | and 30,000 …".
        Some(n) => n.number.start.max(site.number.end),
    };
    let range = start.min(site.number.start)..end.max(site.number.end);
    trimmed(site.noun, within(range))
}

/// Where the words of the last number of a clause end: "down from | 14 the year before |, …".
fn behind(site: &Site<'_>, carrier: &Clause<'_>) -> usize {
    let doc = site.noun.doc();
    (site.number.end..carrier.end)
        .find(|&i| doc.token(i).is_punct() && doc.token(i).text() != "%")
        .unwrap_or(carrier.end)
}

/// Drops an opening that holds a clause of its own: "In 2011, when the port was closed, 63 boats were …".
fn without_opening(carrier: &Clause<'_>, site: &Site<'_>, words: Range<usize>) -> Range<usize> {
    let doc = carrier.verb.doc();
    let own = carrier.subject.filter(|s| words.contains(&s.i()));
    let first = own.map_or(site.number.start, |s| {
        s.left_edge().i().min(site.number.start)
    });
    let told = (words.start..first.min(words.end))
        .map(|i| doc.token(i))
        .any(|t| matches!(t.dep(), "advcl" | "relcl") && t != carrier.verb && is_finite(t));
    match told && words.contains(&first) {
        true => first..words.end,
        false => words,
    }
}

/// A clause of this many tokens is short enough to stand for a figure in it.
const SHORT_CLAUSE: usize = 12;

/// The noun phrase of the count, with what it is an apposition to and its relative clauses.
fn phrase(site: &Site<'_>, sentence: &Range<usize>) -> Range<usize> {
    if takes_part(site) {
        let doc = site.noun.doc();
        let end = (site.number.end..sentence.end)
            .find(|&i| matches!(doc.token(i).text(), "," | ";" | "." | ":"));
        return site.number.start..end.unwrap_or(sentence.end);
    }
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

/// "Half of the fees", "one in five": a share of a whole, in percent and to a tenth of one.
fn in_percent(share: Quantity) -> Quantity {
    let percent = |n: Decimal| {
        n.checked_mul(Decimal::ONE_HUNDRED)
            .map_or(n, |n| n.round_dp(1).normalize())
    };
    Quantity {
        value: share.value.map(percent),
        low: share.low.map(percent),
        high: share.high.map(percent),
        unit: Some("%".to_owned()),
        ..share
    }
}

fn build(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
    n_peers: usize,
) -> Figure {
    let mut quantity = site.mention.quantity.clone();
    if site.mention.nature == Nature::Share {
        quantity = in_percent(quantity);
    }
    if quantity.unit.is_none() {
        quantity.unit = site.counted.map(|n| n.lower());
    }
    // Of several figures in a clause, each has the place in its own words.
    let near = place::of(cx, carrier, evidence.clone());
    let shared = || place::of_verb(cx, carrier);
    let place = match n_peers {
        0 | 1 => near
            .or_else(|| place::of(cx, carrier, carrier.tokens()))
            .or_else(|| place::reached(cx, carrier)),
        _ => near.or_else(shared).or_else(|| place::reached(cx, carrier)),
    };
    // "China's steel output fell 2.4 percent": what is measured has the owner.
    let measured = carrier.subject.filter(|_| site.counted.is_none());
    let place = place
        .map(|p| place::named(cx, carrier, p))
        .or_else(|| place::pointed_at(cx, carrier))
        .or_else(|| place::of_owner(cx, site.top))
        .or_else(|| place::of_owner(cx, measured?))
        .or_else(|| place::of_counted(cx, site.noun))
        .or_else(|| cause::place(cx, carrier, site))
        .or_else(|| place::of_actor(cx, carrier))
        .or_else(|| {
            cx.stage
                .clone()
                .filter(|_| site.mention.nature == Nature::Count)
        });
    let as_of = as_of(cx, carrier, site, evidence, n_peers)
        .or_else(|| cause::time(cx, carrier, site))
        .or_else(|| period::carried(cx, carrier));
    let as_of = as_of.map(|t| period::a_year_back(cx, &t).unwrap_or(t));
    let mut subject = subject(cx, carrier, site, evidence);
    if let Some(time) = &as_of {
        without_time(&mut subject, &time.raw);
    }
    Figure {
        quantity,
        subject,
        place,
        as_of,
    }
}

/// "Licenses granted in 2018": the time is a field of its own.
fn without_time(subject: &mut String, time: &str) {
    let Some(rest) = subject.strip_suffix(time).map(str::trim_end) else {
        return;
    };
    let last = rest.rsplit(' ').next().unwrap_or_default();
    let rest = match matches!(last, "in" | "on" | "during" | "by" | "for" | "since" | "of") {
        true => &rest[..rest.len() - last.len()],
        false => rest,
    };
    let rest = tidy(rest);
    if !rest.is_empty() {
        *subject = rest;
    }
}

/// When the figure holds. Of several figures in a clause, each has the time in its own words; a time in none of
/// them holds for all.
fn as_of(
    cx: &Context<'_>,
    carrier: &Clause<'_>,
    site: &Site<'_>,
    evidence: &Range<usize>,
    n_peers: usize,
) -> Option<Timex> {
    if let Some(time) = time::below(cx, carrier, site.noun, site.number.end) {
        return Some(time);
    }
    // "2,035 tourist and 2,610 student visas in 2018": the time stands behind the noun that both count.
    let lent = site.counted.and_then(|n| own_modifier(site, n));
    if lent.is_some() && time::own(cx, carrier).is_some() {
        return time::of_number(cx, carrier);
    }
    if n_peers <= 1 {
        return time::of_number(cx, carrier);
    }
    let own = Clause {
        start: evidence.start,
        end: evidence.end,
        ..*carrier
    };
    if time::own(cx, &own).is_some() {
        return time::of_number(cx, &own);
    }
    let first = Clause {
        end: evidence.start.max(carrier.start),
        ..*carrier
    };
    // "Fell from 341 in 2022 to 12": the time of the first number is not that of the second.
    let is_after = site.mention.pair == Some(PairEnd::To);
    time::own(cx, &first)
        .filter(|_| first.end > first.start && !is_after)
        .map(|t| time::closed(cx, carrier, t))
        .or_else(|| time::of_present(cx, carrier))
}
