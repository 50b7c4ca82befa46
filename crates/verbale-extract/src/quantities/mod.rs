//! Numbers with their units, bounds and what they count.
//!
//! [`scan`] finds numbers and ranges in digits and words, [`exclude`] drops what counts nothing (labels, dates,
//! addresses), [`unit`] reads units and money, [`counted`] asks the parse for the counted noun, [`hedge`] reads
//! approximators with the bounds that the packs give them, [`change`] says which way a number moved, and
//! [`borrow`] fills in what a list leaves out ("some 50,000 were in China and 30,000 in Russia").
//!
//! Every number is reported, also those that a ledger does not want ("one solution"); [`Nature`] and the flags of
//! [`QuantityMention`] are there to choose. Not here: which claim a number belongs to.

mod borrow;
mod change;
mod counted;
mod exclude;
mod hedge;
mod scan;
mod tables;
mod unit;

#[cfg(test)]
mod tests;

use verbale_core::{Decimal, Quantity, TextRange, Timex, TimexKind};
use verbale_nlp::Doc;
use verbale_pack::Packs;

pub use self::change::Change;
use self::{
    counted::Counted,
    scan::{Amount, Spotted},
    unit::{UnitFound, UnitSort},
};
use crate::{
    lex::Lexemes,
    reading::{Block, Reading},
};

/// What sort of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// Things or people that can be counted.
    Count,
    /// A sum of money.
    Money,
    /// Hundredths, and points of them.
    Percent,
    /// A part of a whole: "half", "two-thirds", as a number between 0 and 1.
    Share,
    /// An amount in a unit of measure.
    Measure,
    /// A length of time.
    Duration,
    /// How old somebody or something is.
    Age,
    /// "three times as many": a factor.
    Factor,
    /// A number with nothing beside it that says what it is of.
    Bare,
}

/// Which end of a move a number is: "fell from 34,000 to 11,000".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairEnd {
    /// What it was.
    From,
    /// What it became.
    To,
}

/// A number of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityMention {
    /// The number with its approximator and its unit or counted noun, where these stand beside it.
    pub range: TextRange,
    /// The number itself, with its currency and scale.
    pub number: TextRange,
    /// The block's position in the reading.
    pub block: usize,
    /// The counted noun's position in the block's doc.
    pub head: Option<usize>,
    /// Value, bounds, approximator, unit and rate.
    pub quantity: Quantity,
    /// What sort of number it is.
    pub nature: Nature,
    /// Which way it moved, if it is the amount or the end of a change.
    pub change: Option<Change>,
    /// Which end of a stated move it is. The two ends follow each other.
    pub pair: Option<PairEnd>,
    /// True for what a part is taken of: the 34,000 in "half of the 34,000".
    pub base: bool,
    /// True for what something could hold or do, rather than what it holds or does.
    pub capacity: bool,
    /// True after "the", "these", "its": known already, often a restatement.
    pub definite: bool,
    /// True if unit and noun were not said here but taken from a neighbor.
    pub borrowed: bool,
    /// True inside a date: the two of "two weeks ago".
    pub in_date: bool,
}

/// The numbers of a reading, in the order of the text.
///
/// `times` are the reading's time expressions; numbers inside dates are left out. `packs` give the approximators.
pub fn find(reading: &Reading<'_>, times: &[Timex], packs: &Packs) -> Vec<QuantityMention> {
    let mut found = Vec::new();
    for (n, block) in reading.blocks().iter().enumerate() {
        let lexemes = Lexemes::new(&block.doc);
        let finder = Finder {
            s: &lexemes,
            block,
            n,
            times,
            packs,
        };
        let mut drafts: Vec<Draft> = scan::spot(&lexemes, packs)
            .into_iter()
            .filter_map(|f| finder.draft(f))
            .collect();
        borrow::fill(&lexemes, &mut drafts);
        found.extend(drafts.into_iter().map(|d| d.mention));
    }
    found
}

/// A mention with what the later steps still need.
#[derive(Debug, Clone)]
struct Draft {
    mention: QuantityMention,
    /// Positions of the number's lexemes.
    start: usize,
    end: usize,
    /// The approximator states no bound: "some", "about".
    is_about: bool,
}

struct Finder<'a> {
    s: &'a Lexemes<'a>,
    block: &'a Block,
    n: usize,
    times: &'a [Timex],
    packs: &'a Packs,
}

impl Finder<'_> {
    fn doc(&self) -> &Doc {
        &self.block.doc
    }

    fn draft(&self, f: Spotted) -> Option<Draft> {
        let s = self.s;
        let in_date = self.in_date(&f)?;
        if exclude::is_label(s, &f) {
            return None;
        }
        let unit = self.unit(&f).or_else(|| self.unit_of_noun(&f));
        let age = self.age(&f, unit.as_ref());
        let first = s.token(f.start)?.i();
        let after = hedge::after(s, f.end, self.packs);
        let number_end = after.as_ref().map_or(f.end, |h| h.end);
        let last = s.token(number_end - 1)?.i();
        let counted = self.counted(number_end, unit.as_ref(), first, last);
        let nature = nature(s, &f, unit.as_ref(), age, counted);
        let noun_end = counted
            .filter(|c| !c.through_of)
            .and_then(|c| self.lexeme_after(c.head));
        let rate_from = unit.as_ref().map(|u| u.end).or(noun_end).unwrap_or(f.end);
        let per = unit::per_after(s, rate_from);
        let before = hedge::before(s, f.start, self.packs);
        let hedge = before.clone().or_else(|| after.clone());
        let whole = matches!(nature, Nature::Count | Nature::Bare);
        let mut quantity = hedge::bound(f.amount, hedge.as_ref(), whole);
        let base = self.base(&f);
        quantity.approximator = match (&hedge, &base) {
            (_, Some(words)) if !words.is_empty() => Some(words.clone()),
            (Some(h), _) => Some(self.words(h.start, h.end)),
            _ => None,
        };
        quantity.unit = unit
            .as_ref()
            .map(|u| u.name.clone())
            .or_else(|| f.money.map(str::to_owned))
            .or_else(|| self.noun(counted));
        quantity.per = per.as_ref().map(|(p, _)| p.clone());
        let unit_end = per.map_or(unit.as_ref().map_or(f.end, |u| u.end), |(_, end)| end);
        let start = before.as_ref().map_or(f.start, |h| h.start);
        let end = self.reach(&f, unit_end, counted, first);
        let amount = matches!(nature, Nature::Percent | Nature::Money | Nature::Measure);
        let change = change::of_amount(s, f.start, s.token(f.end - 1), amount);
        Some(Draft {
            mention: QuantityMention {
                range: self.block.to_document(s.range(start, end)),
                number: self.block.to_document(s.range(f.start, f.end)),
                block: self.n,
                head: counted.map(|c| c.head),
                quantity,
                nature,
                change,
                pair: None,
                base: base.is_some(),
                capacity: self.capacity(f.start, first),
                definite: self.definite(f.start),
                borrowed: false,
                in_date,
            },
            start: f.start,
            end: f.end,
            is_about: hedge.is_some_and(|h| h.kind.bound.is_none() && h.kind.id == "about"),
        })
    }

    fn words(&self, from: usize, to: usize) -> String {
        self.doc().text()[self.s.range(from, to)].to_owned()
    }

    /// `None` for the number of a date; `Some(true)` for the length inside one ("two weeks ago").
    fn in_date(&self, f: &Spotted) -> Option<bool> {
        let range = self.block.to_document(self.s.range(f.start, f.end));
        let around = self
            .times
            .iter()
            .find(|t| t.range.is_some_and(|r| r.contains_range(range)));
        let Some(time) = around else {
            return Some(false);
        };
        if time.kind == TimexKind::Duration {
            return Some(false);
        }
        let unit = self.s.skip_hyphen(f.end);
        let length = unit::is_time_unit(self.s.lower(unit)) && f.money.is_none();
        length.then_some(true)
    }

    fn unit(&self, f: &Spotted) -> Option<UnitFound> {
        if let Some(code) = f.money {
            let name = code.to_owned();
            let end = unit::skip_issuer(self.s, f.end);
            return Some(UnitFound {
                name,
                sort: UnitSort::Money,
                end,
            });
        }
        if f.share {
            return None;
        }
        let large = f.amount.size() >= Decimal::from(100_000);
        unit::unit_after(self.s, f.end, large)
            .or_else(|| f.unit.clone().map(|u| UnitFound { end: f.end, ..u }))
    }

    /// A unit behind an adjective or `of`: "50 previous years", "millions of dollars", "1/2 of a mile".
    fn unit_of_noun(&self, f: &Spotted) -> Option<UnitFound> {
        let s = self.s;
        let of = s
            .phrase(f.end, &["of"])
            .map(|at| if s.is(at, &["a", "an"]) { at + 1 } else { at });
        let at = match of {
            Some(at) if f.share || matches!(f.amount, Amount::Vague(_)) => at,
            None if f.share => f.end,
            None => {
                let first = s.token(f.start)?.i();
                let last = s.token(f.end - 1)?.i();
                let counted = counted::counted(self.doc(), first, last)?;
                s.lexeme_at_byte(self.doc().token(counted.head).range().start)
            }
            Some(_) => return None,
        };
        let adjacent = at <= f.end + 4 && s.kind(at) == Some(crate::lex::LexKind::Word);
        // Letters that stand alone are too often something else than a symbol.
        adjacent
            .then(|| unit::unit_after(s, at, true))
            .flatten()
            .filter(|_| s.text(at).len() > 2)
    }

    /// `6-year-old`, `three years of age`, `aged 66`, `Jane Roe, 25, said`: the position after it.
    fn age(&self, f: &Spotted, unit: Option<&UnitFound>) -> bool {
        let s = self.s;
        if let Some(u) = unit.filter(|u| u.sort == UnitSort::Duration) {
            let old = s.skip_hyphen(u.end);
            return s.lower(old) == "old" || s.phrase(u.end, &["of", "age"]).is_some();
        }
        if s.is(f.end, &["yo", "y.o"])
            || f.start > 0 && s.is(f.start - 1, &["aged", "age"]) && unit.is_none()
        {
            return true;
        }
        let small = f.digits
            && matches!(f.amount, Amount::One(n) if n.is_integer() && n < Decimal::from(120) && n > Decimal::ONE);
        let set_off = f.start > 1
            && s.lower(f.start - 1) == ","
            && s.is(f.end, &[",", "."])
            && unit.is_none();
        let named =
            |t: verbale_nlp::Token<'_>| t.pos() == "PROPN" && matches!(t.ent_type(), "PERSON" | "");
        small && set_off && s.is_capital(f.start - 2) && s.token(f.start - 2).is_some_and(named)
    }

    fn counted(
        &self,
        end: usize,
        unit: Option<&UnitFound>,
        first: usize,
        last: usize,
    ) -> Option<Counted> {
        let s = self.s;
        if s.is_hyphen(end) && unit.is_none() && s.kind(end + 1) == Some(crate::lex::LexKind::Word)
        {
            // "six-cylinder engines" count cylinders.
            let head = s.token(end + 1)?.i();
            return Some(Counted {
                head,
                through_of: false,
            });
        }
        let found = match unit {
            None => counted::counted(self.doc(), first, last),
            Some(u) => {
                let unit_last = s.token(u.end - 1)?.i();
                // The thing measured: "500 tons of rice", "60% of workers".
                counted::counted(self.doc(), first, unit_last).filter(|c| c.through_of)
            }
        };
        found.filter(|c| c.head > last)
    }

    /// The counted noun as written, in lower case unless it is a name.
    fn noun(&self, counted: Option<Counted>) -> Option<String> {
        let t = self.doc().token(counted?.head);
        Some(if t.pos() == "PROPN" {
            t.text().to_owned()
        } else {
            t.lower()
        })
    }

    fn lexeme_after(&self, token: usize) -> Option<usize> {
        let end = self.doc().token(token).range().end;
        Some(self.s.lexeme_at_byte(end))
    }

    /// The base of a share ("half of the 34,000"), with the words that take the share if they are a hedge.
    fn base(&self, f: &Spotted) -> Option<String> {
        let s = self.s;
        let the = f.start.checked_sub(1).filter(|&p| {
            s.is(
                p,
                &["the", "its", "those", "these", "their", "some", "about"],
            )
        })?;
        let of = the.checked_sub(1).filter(|&p| s.lower(p) == "of")?;
        let share = of.checked_sub(1)?;
        let words = s.is(
            share,
            &[
                "all", "most", "many", "some", "none", "majority", "half", "third", "quarter",
                "bulk", "part", "percent", "%", "few", "more", "rest", "any", "each", "one",
            ],
        );
        let number = s.n_digits(share) > 0
            || crate::numeral::small(s.lower(share)).is_some()
            || crate::numeral::scale(s.lower(share)).is_some();
        if !words && !number {
            return None;
        }
        let hedged = share > 0
            && s.is(
                share - 1,
                &["almost", "nearly", "virtually", "practically", "not"],
            );
        let from = if hedged { share - 1 } else { share };
        let all = s.is(share, &["all", "most", "none", "many", "few"]);
        Some(if all {
            self.words(from, of + 1)
        } else {
            String::new()
        })
    }

    fn definite(&self, start: usize) -> bool {
        start > 0
            && self.s.is(
                start - 1,
                &[
                    "the", "these", "those", "its", "their", "his", "her", "our", "all",
                ],
            )
    }

    /// True if the words speak of what could be: "could hold up to 40", "a capacity of 500".
    fn capacity(&self, start: usize, first: usize) -> bool {
        let s = self.s;
        let near = (1..=6).filter_map(|k| start.checked_sub(k));
        if near.clone().any(|k| {
            s.is(
                k,
                &[
                    "capacity",
                    "seats",
                    "capable",
                    "accommodate",
                    "accommodates",
                ],
            )
        }) {
            return true;
        }
        let holds = |word: &str| {
            matches!(
                word,
                "hold"
                    | "contain"
                    | "carry"
                    | "fit"
                    | "house"
                    | "seat"
                    | "store"
                    | "accommodate"
                    | "produce"
                    | "make"
            )
        };
        let token = self.doc().token(first);
        token
            .ancestors()
            .find(|t| t.pos() == "VERB")
            .is_some_and(|verb| {
                let can = verb.children().any(|c| {
                    c.dep() == "aux" && matches!(c.lower().as_str(), "can" | "could" | "to")
                });
                let enough = (1..=4)
                    .filter_map(|k| verb.i().checked_sub(k))
                    .any(|k| self.doc().token(k).lower() == "enough");
                let modal = verb
                    .children()
                    .any(|c| matches!(c.lower().as_str(), "can" | "could"));
                holds(verb.lemma()) && can && (modal || enough)
            })
    }

    /// Where the mention ends: behind the unit, or behind the counted noun if that stands beside the number.
    fn reach(&self, f: &Spotted, unit_end: usize, counted: Option<Counted>, first: usize) -> usize {
        let near = counted
            .filter(|c| c.head - first <= 8 && !c.through_of)
            .and_then(|c| self.lexeme_after(c.head));
        unit_end.max(near.unwrap_or(f.end)).max(f.end)
    }
}

fn nature(
    s: &Lexemes<'_>,
    f: &Spotted,
    unit: Option<&UnitFound>,
    age: bool,
    counted: Option<Counted>,
) -> Nature {
    if age {
        return Nature::Age;
    }
    if f.share && unit.is_none() {
        return Nature::Share;
    }
    match unit.map(|u| u.sort) {
        Some(UnitSort::Money) => Nature::Money,
        Some(UnitSort::Percent) => Nature::Percent,
        Some(UnitSort::Measure) => Nature::Measure,
        Some(UnitSort::Duration) => Nature::Duration,
        None if s.is(s.skip_hyphen(f.end), &["times", "fold", "x"]) => Nature::Factor,
        None if counted.is_some() => Nature::Count,
        None => Nature::Bare,
    }
}
