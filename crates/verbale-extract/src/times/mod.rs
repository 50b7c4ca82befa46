//! Time expressions: where they stand, what they mean, and which days they cover.
//!
//! Three steps. The [`grammar`] reads what the words say (`last Friday` is *the latest Friday that is over*)
//! without asking when; [`resolve`] turns that into a TIMEX3 value with the page's date, the times spoken of
//! before, and the tense of the governing verb; prepositions then bound the days (`since`, `by the end of`).
//!
//! Without a publication date nothing is filled in: the words are kept, the anchor is
//! [`Anchor::Missing`](verbale_core::Anchor::Missing), and the value says no more than the words
//! (`XXXX-WXX-4`, `--12-22`).
//!
//! Not here: times that only an event dates ("since the war"), and languages other than English.

mod bounds;
mod calendar;
mod expr;
mod grammar;
mod resolve;
mod tense;
mod words;

#[cfg(test)]
mod tests;

use verbale_core::{PartialDate, Timex, TimexKind, TimexMod};

use self::{
    bounds::apply,
    expr::{Expr, Meaning, Pick},
    resolve::{Context, Resolved, joined},
    tense::Tense,
};
use crate::{
    lex::Lexemes,
    reading::{Block, Reading},
};

/// The time expressions of a reading, in the order of the text, none overlapping another.
///
/// A pair such as `from 2001 to 2009` or `between March and May` is one expression whose value is
/// `2001/2009`. `published` is the page's date as far as it is known.
pub fn find(reading: &Reading<'_>, published: Option<PartialDate>) -> Vec<Timex> {
    let mut found = Vec::new();
    let mut context = Context::new(published);
    for block in reading.blocks() {
        let lexemes = Lexemes::new(&block.doc);
        let marks = read(&lexemes, &mut context);
        found.extend(
            join_pairs(&lexemes, marks)
                .iter()
                .map(|m| m.timex(&lexemes, block)),
        );
    }
    found
}

/// The time expressions as TIMEX3 has them: both ends of a pair by themselves, and the pair.
///
/// Sorted by where they start; a pair comes before its ends.
pub fn find_all(reading: &Reading<'_>, published: Option<PartialDate>) -> Vec<Timex> {
    let mut found = Vec::new();
    let mut context = Context::new(published);
    for block in reading.blocks() {
        let lexemes = Lexemes::new(&block.doc);
        let marks = read(&lexemes, &mut context);
        let mut all = join_pairs(&lexemes, marks.clone());
        all.extend(marks);
        all.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        all.dedup_by_key(|m| (m.start, m.end));
        found.extend(all.iter().map(|m| m.timex(&lexemes, block)));
    }
    found
}

/// A resolved expression in a block.
#[derive(Debug, Clone)]
struct Mark {
    /// Positions of lexemes, the end exclusive.
    start: usize,
    end: usize,
    resolved: Resolved,
    modifier: Option<TimexMod>,
    /// The bound that a preposition in front sets.
    bound: Option<TimexMod>,
}

impl Mark {
    fn timex(&self, lexemes: &Lexemes<'_>, block: &Block) -> Timex {
        let bytes = lexemes.range(self.start, self.end);
        let inner = self
            .resolved
            .days
            .and_then(|days| self.modifier.map_or(Some(days), |m| apply(m, days)));
        let interval = match (self.bound, inner) {
            (Some(bound), Some(days)) => apply(bound, days),
            _ => inner,
        };
        Timex {
            kind: self.resolved.kind,
            raw: block.doc.text()[bytes.clone()].to_owned(),
            range: Some(block.to_document(bytes)),
            value: self.resolved.value.clone(),
            modifier: self.bound.or(self.modifier),
            interval,
            anchor: self.resolved.anchor,
        }
    }
}

/// Reads one block and resolves its expressions in order.
fn read(lexemes: &Lexemes<'_>, context: &mut Context) -> Vec<Mark> {
    let mut found = scan(lexemes);
    share_years(lexemes, &mut found);
    let mut marks = Vec::with_capacity(found.len());
    for (start, expr) in found {
        let above = lexemes.token(start).and_then(tense::tense);
        let above = limit(lexemes, start, above);
        let resolved = context.resolve(&expr.meaning, above);
        if let Some(period) = resolved.period.filter(|_| !expr.meaning.is_comparison()) {
            context.speak(period);
        }
        let bound = bound(lexemes, start, expr.end).filter(|_| resolved.period.is_some());
        marks.push(Mark {
            start,
            end: expr.end,
            resolved,
            modifier: expr.modifier,
            bound,
        });
    }
    marks
}

/// The tense as a preposition in front corrects it: a limit lies ahead ("until Tuesday"), a start behind.
fn limit(lexemes: &Lexemes<'_>, start: usize, tense: Option<Tense>) -> Option<Tense> {
    match start.checked_sub(1).map_or("", |p| lexemes.lower(p)) {
        "until" | "till" => Some(Tense::Future),
        "by" => tense.or(Some(Tense::Future)),
        "since" => Some(Tense::Past),
        _ => tense,
    }
}

/// The expressions of a block, each as long as possible, from left to right.
fn scan(lexemes: &Lexemes<'_>) -> Vec<(usize, Expr)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < lexemes.len() {
        match grammar::expression(lexemes, i) {
            Some(expr) => {
                let next = expr.end.max(i + 1);
                found.push((i, expr));
                i = next;
            }
            None => i += 1,
        }
    }
    found
}

/// `between May and July 2019`, `August and September last year`: the first takes its year from the second.
fn share_years(lexemes: &Lexemes<'_>, found: &mut [(usize, Expr)]) {
    for i in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(i);
        let (Some((_, first)), Some((at, second))) = (left.last_mut(), right.first()) else {
            continue;
        };
        let linked = first.end + 1 == *at
            && lexemes.is(
                first.end,
                &["and", "to", "or", "through", "until", "-", "–", ",", "/"],
            );
        let Meaning::Named(name, Pick::Tense) = first.meaning else {
            continue;
        };
        if !linked {
            continue;
        }
        match &second.meaning {
            Meaning::Fixed(p) => {
                let own = grammar::in_year(name, p.year()).filter(|own| own.unit() <= p.unit());
                if let Some(own) = own {
                    first.meaning = Meaning::Fixed(own);
                }
            }
            Meaning::Named(_, pick @ (Pick::Years(_) | Pick::TextYears(_))) => {
                first.meaning = Meaning::Named(name, *pick);
            }
            _ => {}
        }
    }
}

/// The bound that the preposition in front of an expression sets: `since December`, `by the end of 2019`.
fn bound(lexemes: &Lexemes<'_>, start: usize, end: usize) -> Option<TimexMod> {
    let before = start.checked_sub(1)?;
    let word = |back: usize| before.checked_sub(back).map_or("", |i| lexemes.lower(i));
    let modifier = match lexemes.lower(before) {
        "before" if word(1) == "not" => TimexMod::OnOrAfter,
        "than" if matches!((word(2), word(1)), ("not" | "no", "earlier" | "sooner")) => {
            TimexMod::OnOrAfter
        }
        "than" if matches!((word(2), word(1)), ("not" | "no", "later")) => TimexMod::OnOrBefore,
        "since" => TimexMod::OnOrAfter,
        "after" => TimexMod::After,
        "before" => TimexMod::Before,
        "by" | "until" | "till" => TimexMod::OnOrBefore,
        _ => return None,
    };
    // "after Friday's vote" and "by March figures" bound something else.
    let other = lexemes.kind(end) == Some(crate::lex::LexKind::Possessive)
        || lexemes.token(end - 1).is_some_and(|t| {
            matches!(t.dep(), "compound" | "amod" | "nummod" | "poss")
                && t.head().i() > t.i()
                && lexemes
                    .token(end)
                    .is_some_and(|next| next.i() <= t.head().i())
        });
    (!other).then_some(modifier)
}

/// Joins `from A to B` and `between A and B` into one mark.
fn join_pairs(lexemes: &Lexemes<'_>, marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined_marks: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        let pair = joined_marks
            .last()
            .and_then(|first| pair(lexemes, first, &mark));
        match pair {
            Some(pair) => {
                joined_marks.pop();
                joined_marks.push(pair);
            }
            None => joined_marks.push(mark),
        }
    }
    joined_marks
}

fn pair(lexemes: &Lexemes<'_>, first: &Mark, second: &Mark) -> Option<Mark> {
    let opens = lexemes.lower(first.start.checked_sub(1)?);
    let link = lexemes.lower(first.end);
    let linked = first.end + 1 == second.start
        && matches!(
            (opens, link),
            ("from", "to" | "until" | "through" | "till") | ("between", "and")
        );
    let dates = [first, second]
        .iter()
        .all(|m| m.resolved.kind == TimexKind::Date);
    if !linked || !dates {
        return None;
    }
    Some(Mark {
        start: first.start,
        end: second.end,
        resolved: joined(&first.resolved, &second.resolved)?,
        modifier: None,
        bound: None,
    })
}
