//! When a proposition holds.
//!
//! The clause's own times come first; a state in the present holds when it is said. What has no time of its own
//! stays without one.

mod part;

use verbale_core::{Anchor, Interval, PartialDate, Timex, TimexKind, TimexMod};
use verbale_nlp::{Doc, Token};

use super::clause::Clause;
use super::context::Context;
use super::grammar::{
    is_finite, is_perfect, is_present, is_progressive, is_verbal, lemma, modal, own_subject,
};
use super::words::has;

/// The date of a happening: the clause's own time; "currently" is the time at which it is said.
pub(super) fn of_event(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Timex> {
    let own = own(cx, clause).filter(|t| !is_in_relative(cx, clause, t));
    own.map(|t| closed(cx, clause, t)).or_else(|| {
        says_now(cx, clause)
            .then(|| when_said(cx, clause))
            .flatten()
    })
}

/// When a state holds: the clause's own time, else when it was said if it is said of the present.
pub(super) fn of_state(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Timex> {
    let own = own(cx, clause).filter(|t| !is_in_relative(cx, clause, t));
    of_own_or_first(cx, clause, own)
}

/// When a number holds: as a state, and "the 46 ships that passed in August" are those of August.
pub(super) fn of_number(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Timex> {
    of_own_or_first(cx, clause, own(cx, clause))
}

fn of_own_or_first(cx: &Context<'_>, clause: &Clause<'_>, own: Option<&Timex>) -> Option<Timex> {
    if let Some(time) = own.or_else(|| of_first_verb(cx, clause)) {
        return Some(closed(cx, clause, time));
    }
    of_present(cx, clause)
}

/// "Carried out 96 inspections in 2023 and opened 37 proceedings": the time of the verb that it is joined to, for
/// the same deed's second half.
fn of_first_verb<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Option<&'r Timex> {
    let verb = clause.verb;
    let head = verb.head();
    let joined = verb.dep() == "conj"
        && is_verbal(head)
        && own_subject(verb).is_none()
        && verb.tag() == head.tag();
    let first = Clause {
        verb: head,
        start: verb
            .sent()
            .start()
            .max(clause.start.saturating_sub(MAX_FIRST_TOKENS)),
        end: clause.start,
        ..*clause
    };
    own(cx, &first).filter(|_| joined && first.start < first.end)
}

/// How far before a joined verb the time of the first one may stand.
const MAX_FIRST_TOKENS: usize = 30;

/// When it was said, if the clause speaks of that time.
pub(super) fn of_present(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Timex> {
    (holds_now(clause) || says_now(cx, clause))
        .then(|| when_said(cx, clause))
        .flatten()
}

/// The clause's own time: the one nearest below its verb that is neither a length nor a vague reference, and
/// stands in no clause of its own.
pub(super) fn own<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Option<&'r Timex> {
    let block = &cx.reading.blocks()[clause.block];
    cx.times_in(clause.range(block))
        .filter(|t| matches!(t.kind, TimexKind::Date | TimexKind::Time) && !is_vague(t))
        .filter_map(|t| {
            let span = block.doc.span_of_bytes(block.to_doc(t.range?));
            let root = span.root()?;
            let depth = depth(root, clause.verb)?;
            (!is_set_apart(root, clause)
                && !is_of_a_name(root, clause)
                && !is_compared(span.start(), &block.doc))
            .then_some((depth, t))
        })
        .min_by_key(|(depth, _)| *depth)
        .map(|(_, t)| t)
}

/// "The talks, due to begin on Monday, are put off", "it has complied: in 2022 there were none": the time of other words.
fn is_set_apart(time: Token<'_>, clause: &Clause<'_>) -> bool {
    let doc = clause.verb.doc();
    let aside = std::iter::once(time)
        .chain(time.ancestors())
        .take_while(|t| *t != clause.verb)
        .find(|t| matches!(t.dep(), "amod" | "acl" | "relcl"))
        .filter(|t| matches!(t.head().dep(), "nsubj" | "nsubjpass") && t.i() > t.head().i());
    let comma = |t: Token<'_>| {
        let before = t.left_edge().i().checked_sub(1);
        before.is_some_and(|i| doc.token(i).text() == ",")
    };
    let behind = clause.verb.i()..time.i();
    aside.is_some_and(comma)
        || behind
            .into_iter()
            .any(|i| matches!(doc.token(i).text(), ":" | ";"))
}

/// "The workers, who must return by December, are paid": the time of what is told of them.
fn is_in_relative(cx: &Context<'_>, clause: &Clause<'_>, time: &Timex) -> bool {
    let block = &cx.reading.blocks()[clause.block];
    let words = time.range.map(|r| block.doc.span_of_bytes(block.to_doc(r)));
    let Some(root) = words.and_then(|span| span.root()) else {
        return false;
    };
    let mut below = root.ancestors().take_while(|t| *t != clause.verb);
    root.ancestors().any(|t| t == clause.verb) && below.any(|t| t.dep() == "relcl" && is_finite(t))
}

/// "Oversees a 1953 armistice", "scaled back what it owes under the 2015 deal": the year belongs to the thing, unless that
/// is what the proposition is about.
fn is_of_a_name(year: Token<'_>, clause: &Clause<'_>) -> bool {
    let thing = year.head();
    year.tag() == "CD"
        && year.i() < thing.i()
        && matches!(year.dep(), "nummod" | "compound" | "amod" | "nmod")
        && thing != clause.verb
        && thing.head() != clause.verb
}

/// "Fell 2 percent compared with the year before", "less than in 2019": the time of what it is held against.
fn is_compared(start: usize, doc: &Doc) -> bool {
    (start.saturating_sub(3)..start).any(|i| {
        let word = doc.token(i).lower();
        matches!(&*word, "compared" | "versus")
            || word == "than" && doc.token(start - 1).pos() == "ADP"
    })
}

/// The clause with the time right behind it that the parser gave to the verb after: "the 40 workers held in the port
/// last week | were freed".
pub(super) fn with_time_behind<'r>(cx: &Context<'r>, clause: Clause<'r>) -> Clause<'r> {
    let block = &cx.reading.blocks()[clause.block];
    let doc = clause.verb.doc();
    let sentence = clause.verb.sent();
    let from = clause.end;
    if from >= sentence.end() || own(cx, &clause).is_some() {
        return clause;
    }
    let ends = cx
        .times_in(block.span_range(doc.span(from..sentence.end())))
        .filter(|t| matches!(t.kind, TimexKind::Date) && !is_vague(t))
        .filter_map(|t| Some(block.doc.span_of_bytes(block.to_doc(t.range?))))
        .filter(|span| span.start() == from && span.end() < sentence.end())
        .filter(|span| {
            let before = matches!(doc.token(span.end()).pos(), "AUX" | "VERB");
            before && span.root().is_some_and(|r| r.head().i() >= span.end())
        })
        .map(|span| span.end());
    Clause {
        end: ends.max().unwrap_or(clause.end),
        ..clause
    }
}

/// The time that stands with a number itself: "61 in the whole of 2023", "340,000 in 2014", "ballots sent in 2019".
pub(super) fn below(
    cx: &Context<'_>,
    clause: &Clause<'_>,
    noun: Token<'_>,
    number_end: usize,
) -> Option<Timex> {
    let block = &cx.reading.blocks()[clause.block];
    let doc = noun.doc();
    let sentence = noun.sent();
    let from = number_end.max(noun.i() + 1).min(sentence.end());
    let end = (from + MAX_WORDS_TO_TIME).min(sentence.end());
    if from >= end {
        return None;
    }
    let near = cx.times_in(block.span_range(doc.span(from..end)));
    let joined = |t: &&Timex| {
        let span = t.range.map(|r| block.doc.span_of_bytes(block.to_doc(r)));
        let between = |s: &verbale_nlp::Span<'_>| {
            (from..s.start()).all(|i| matches!(doc.token(i).pos(), "ADP" | "DET"))
                && (from..s.start())
                    .any(|i| lemma(doc.token(i)) == "in" || lemma(doc.token(i)) == "for")
        };
        span.as_ref().is_some_and(between)
    };
    near.filter(|t| matches!(t.kind, TimexKind::Date) && !is_vague(t))
        .find(joined)
        .map(|t| part::of_year(cx, t).unwrap_or_else(|| in_year(cx, t.clone())))
}

/// "In the", "in": what may stand between a number and its time.
const MAX_WORDS_TO_TIME: usize = 9;

/// "Now", "in the near future", "previously".
fn is_vague(time: &Timex) -> bool {
    time.value.as_deref().is_some_and(|v| v.ends_with("_REF"))
}

/// "Currently", "today", "now" among the clause's words.
fn says_now(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let block = &cx.reading.blocks()[clause.block];
    cx.times_in(clause.range(block))
        .any(|t| t.value.as_deref() == Some("PRESENT_REF"))
}

/// A day without a year, in the year that the page looks back on.
fn in_year(cx: &Context<'_>, time: Timex) -> Timex {
    let date = time
        .value
        .as_deref()
        .and_then(|v| v.parse::<PartialDate>().ok());
    let dated = date
        .filter(|d| d.year().is_none())
        .and_then(|d| PartialDate::new(cx.year.map(|y| y.number), d.month(), d.day()));
    match (cx.year, dated) {
        (Some(_), Some(date)) => Timex {
            value: Some(date.to_string()),
            interval: date.interval(),
            anchor: Anchor::Text,
            ..time
        },
        _ => time,
    }
}

/// The year that the page looks back on, for what it tells of that time without a date.
fn reviewed_year(cx: &Context<'_>) -> Option<Timex> {
    let date = PartialDate::new(Some(cx.year?.number), None, None)?;
    Some(Timex::from_date(date, "year under review", Anchor::Text))
}

/// "Since May" with what has gone on until it is said: a run of time with both its ends.
pub(super) fn closed(cx: &Context<'_>, clause: &Clause<'_>, time: &Timex) -> Timex {
    if let Some(part) = part::of_year(cx, time) {
        return part;
    }
    let open = matches!(time.modifier, Some(TimexMod::After | TimexMod::OnOrAfter));
    let start = time
        .value
        .as_deref()
        .and_then(|v| v.parse::<PartialDate>().ok())
        .map(|date| first_day(time, date));
    let end = when_said(cx, clause)
        .or_else(|| publication(cx))
        .and_then(|t| t.value?.parse::<PartialDate>().ok());
    let (true, true, Some(start), Some(end)) = (open, is_perfect(clause.verb), start, end) else {
        return in_year(cx, time.clone());
    };
    let days = start
        .interval()
        .and_then(|s| Interval::new(s.start(), end.interval()?.end()));
    match days {
        Some(days) => Timex {
            value: Some(format!("{start}/{end}")),
            modifier: None,
            interval: Some(days),
            ..time.clone()
        },
        None => time.clone(),
    }
}

/// "The start of the month": its first day, and not all of it.
fn first_day(time: &Timex, date: PartialDate) -> PartialDate {
    let starts = ["start of", "beginning of"]
        .iter()
        .any(|w| time.raw.contains(w));
    let day = date.interval().and_then(|i| i.start());
    match day.filter(|_| starts) {
        Some(day) => PartialDate::from(day),
        None => date,
    }
}

/// Steps from a word up to the verb; clauses on the way count more. `None` if the verb is not above it.
fn depth(word: Token<'_>, verb: Token<'_>) -> Option<usize> {
    let mut at = word;
    let mut steps = 0;
    while at != verb {
        if at.is_root() || steps > MAX_STEPS {
            // The tree attached the time elsewhere; it is still in the clause's words.
            return Some(MAX_STEPS);
        }
        steps += if is_verbal(at) { CLAUSE_STEPS } else { 1 };
        at = at.head();
    }
    Some(steps)
}

const MAX_STEPS: usize = 60;
const CLAUSE_STEPS: usize = 5;

/// A deadline among the clause's times: "by May", "until 3 June", "within 30 days".
pub(super) fn deadline<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Option<&'r Timex> {
    let block = &cx.reading.blocks()[clause.block];
    let bound = |t: &&'r Timex| {
        matches!(t.modifier, Some(TimexMod::OnOrBefore | TimexMod::Before))
            || t.range.is_some_and(|r| {
                let span = block.doc.span_of_bytes(block.to_doc(r));
                let before = span
                    .start()
                    .checked_sub(1)
                    .map(|i| lemma(block.doc.token(i)));
                let first = block.doc.token(span.start().min(block.doc.len() - 1));
                [before, Some(lemma(first))]
                    .into_iter()
                    .flatten()
                    .any(|w| has("by until before within till", &w))
                    || span.start() >= 3
                        && block
                            .doc
                            .span(span.start() - 3..span.start())
                            .text()
                            .trim_end()
                            .to_lowercase()
                            == "no later than"
            })
    };
    cx.times_in(clause.range(block)).find(bound)
}

/// True if the clause speaks of the time at which it is said. Reported speech shifts the present to the past.
pub(super) fn holds_now(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    if modal(verb).is_some() || is_usual(clause) {
        return false;
    }
    is_present(verb)
        || clause.mark.is_some()
            && (is_progressive(verb) || is_state_in_past(verb) || is_perfect(verb))
}

/// "Normally", "usually": what holds at no time in particular.
fn is_usual(clause: &Clause<'_>) -> bool {
    clause.verb.children().any(|c| {
        c.dep() == "advmod"
            && has(
                "normally usually typically generally ordinarily traditionally",
                &c.lower(),
            )
    })
}

fn is_state_in_past(verb: Token<'_>) -> bool {
    has("be remain have stay live", &lemma(verb))
        || super::grammar::is_past(verb) && super::grammar::is_passive(verb)
}

/// When it was said; for a bare assertion, when it was published.
pub(super) fn when_said(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Timex> {
    match clause.mark {
        Some(m) => {
            let said = cx.marks.attributions[m].attribution.said_on.clone();
            let now = is_present(clause.verb) && !is_perfect(clause.verb);
            match said {
                Some(t) if t.is_unresolved() => None,
                Some(t) => Some(t),
                // The present of a report is that of the page.
                None if now => publication(cx),
                None => None,
            }
        }
        None => publication(cx).or_else(|| reviewed_year(cx)),
    }
}

/// The time if it is a year, a month or a part of a year.
pub(super) fn period(cx: &Context<'_>, time: &Timex) -> Option<Timex> {
    part::of_year(cx, time).or_else(|| {
        let date = time.value.as_deref()?.parse::<PartialDate>().ok()?;
        let plain = time.modifier.is_none() && date.year().is_some() && date.day().is_none();
        plain.then(|| time.clone())
    })
}

/// True if the time was over when the page was published.
pub(super) fn is_past(cx: &Context<'_>, time: &Timex) -> bool {
    let published = cx.metadata().published.as_ref();
    let day = published.and_then(|p| p.date.interval()?.start());
    let end = time.interval.and_then(|i| i.end());
    day.zip(end).is_some_and(|(day, end)| end < day)
}

/// When the page was published.
pub(super) fn publication(cx: &Context<'_>) -> Option<Timex> {
    let date = cx.metadata().published.as_ref()?.date;
    Some(Timex::from_date(date, "published", Anchor::Published))
}
