//! From a number in the text to a mention: its unit, what it counts, its hedge and its bounds.

use verbale_core::{Decimal, Quantity, Timex, TimexKind};
use verbale_nlp::Doc;
use verbale_pack::Packs;

use super::{
    Nature, QuantityMention, change,
    counted::{self, Counted},
    exclude,
    hedge::{self, Hedge},
    scan::{Amount, Spotted},
    unit::{self, UnitFound, UnitSort},
};
use crate::{
    lex::{LexKind, Lexemes},
    numeral,
    reading::Block,
};

/// A mention with what the later steps still need.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) mention: QuantityMention,
    /// Positions of the number's lexemes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The approximator states no bound: "some", "about".
    pub(super) is_about: bool,
}

/// What drafts are made from: one block and what is known about it.
pub(super) struct Finder<'a> {
    pub(super) s: &'a Lexemes<'a>,
    pub(super) block: &'a Block,
    /// The block's position in the reading.
    pub(super) n: usize,
    pub(super) times: &'a [Timex],
    pub(super) packs: &'a Packs,
}

/// What stands around a number.
struct Sides<'p> {
    /// The first token of the number.
    first: usize,
    unit: Option<UnitFound>,
    counted: Option<Counted>,
    nature: Nature,
    /// The period of a rate and the position after it.
    per: Option<(String, usize)>,
    before: Option<Hedge<'p>>,
    after: Option<Hedge<'p>>,
    /// The words that take a share of it, if it is a base; empty if they are no hedge.
    base: Option<String>,
}

impl Finder<'_> {
    fn doc(&self) -> &Doc {
        &self.block.doc
    }

    /// The mention that a spotted number makes, unless it is a label or part of a date.
    pub(super) fn draft(&self, f: Spotted) -> Option<Draft> {
        let s = self.s;
        let in_date = self.in_date(&f)?;
        if exclude::is_label(s, &f) {
            return None;
        }
        let sides = self.sides(&f)?;
        let start = sides.before.as_ref().map_or(f.start, |h| h.start);
        let amount = matches!(
            sides.nature,
            Nature::Percent | Nature::Money | Nature::Measure
        );
        Some(Draft {
            mention: QuantityMention {
                range: self
                    .block
                    .to_document(s.range(start, self.reach(&f, &sides))),
                number: self.block.to_document(s.range(f.start, f.end)),
                block: self.n,
                head: sides.counted.map(|c| c.head),
                quantity: self.quantity(&f, &sides),
                nature: sides.nature,
                change: change::of_amount(s, f.start, s.token(f.end - 1), amount),
                pair: None,
                base: sides.base.is_some(),
                capacity: self.capacity(f.start, sides.first),
                definite: self.definite(f.start),
                borrowed: false,
                in_date,
            },
            start: f.start,
            end: f.end,
            is_about: sides.hedge().is_some_and(|h| h.kind.id == "about"),
        })
    }

    /// Reads what stands around a number.
    fn sides(&self, f: &Spotted) -> Option<Sides<'_>> {
        let s = self.s;
        let unit = self.unit(f).or_else(|| self.unit_of_noun(f));
        let first = s.token(f.start)?.i();
        let after = hedge::after(s, f.end, self.packs);
        let number_end = after.as_ref().map_or(f.end, |h| h.end);
        let last = s.token(number_end - 1)?.i();
        let counted = self.counted(number_end, unit.as_ref(), first, last);
        let noun_end = counted
            .filter(|c| !c.through_of)
            .map(|c| self.lexeme_after(c.head));
        let rate_from = unit.as_ref().map(|u| u.end).or(noun_end).unwrap_or(f.end);
        Some(Sides {
            first,
            nature: self.nature(f, unit.as_ref(), counted),
            per: unit::per_after(s, rate_from),
            before: hedge::before(s, f.start, self.packs),
            after,
            base: self.base(f),
            counted,
            unit,
        })
    }

    /// Value, bounds, approximator, unit and rate.
    fn quantity(&self, f: &Spotted, sides: &Sides<'_>) -> Quantity {
        let whole = matches!(sides.nature, Nature::Count | Nature::Bare);
        let approximator = match (&sides.base, sides.hedge()) {
            (Some(words), _) if !words.is_empty() => Some(words.clone()),
            (_, Some(h)) => Some(self.words(h.start, h.end)),
            _ => None,
        };
        let unit = sides.unit.as_ref().map(|u| u.name.clone());
        Quantity {
            approximator,
            unit: unit.or_else(|| self.noun(sides.counted)),
            per: sides.per.as_ref().map(|(period, _)| period.clone()),
            ..hedge::bound(f.amount, sides.hedge(), whole)
        }
    }

    fn words(&self, from: usize, to: usize) -> String {
        self.doc().text()[self.s.range(from, to)].to_owned()
    }

    /// `None` for the number of a date; `Some(true)` for the length inside one ("two weeks ago").
    fn in_date(&self, f: &Spotted) -> Option<bool> {
        let range = self.block.to_document(self.s.range(f.start, f.end));
        let ends = |t: &Timex| t.range.map_or(range.start(), |r| r.end());
        let next = self.times.partition_point(|t| ends(t) <= range.start());
        let around = self
            .times
            .get(next)
            .filter(|t| t.range.is_some_and(|r| r.contains_range(range)));
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
        let adjacent = at <= f.end + 4 && s.kind(at) == Some(LexKind::Word) && !s.is_capital(at);
        // Letters that stand alone are too often something else than a symbol.
        adjacent
            .then(|| unit::unit_after(s, at, true))
            .flatten()
            .filter(|_| s.text(at).len() > 2 && !self.is_time(f.end, at))
    }

    /// "Fell to 118,300 last year": the noun at `at` is in a time that begins behind the number at `end`.
    fn is_time(&self, end: usize, at: usize) -> bool {
        let range = |from, to| self.block.to_document(self.s.range(from, to));
        let (noun, between) = (range(at, at + 1), range(end, at + 1));
        self.times.iter().any(|t| {
            t.kind != TimexKind::Duration
                && t.range
                    .is_some_and(|r| r.contains_range(noun) && r.start() >= between.start())
        })
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
        if s.is_hyphen(end) && unit.is_none() && s.kind(end + 1) == Some(LexKind::Word) {
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
        found.filter(|c| c.head > last).filter(|c| {
            let noun = s.lexeme_at_byte(self.doc().token(c.head).range().start);
            !self.is_time(end, noun)
        })
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

    fn lexeme_after(&self, token: usize) -> usize {
        self.s.lexeme_at_byte(self.doc().token(token).range().end)
    }

    /// The base of a share ("half of the 34,000"), with the words that take the share if they are a hedge.
    fn base(&self, f: &Spotted) -> Option<String> {
        let s = self.s;
        // "14 of 22 states": of so many that there are.
        let bare = f.start.checked_sub(2).filter(|&p| {
            s.lower(p + 1) == "of"
                && f.digits
                && (s.n_digits(p) > 0 || numeral::small(s.lower(p)).is_some())
        });
        if bare.is_some() {
            return Some(String::new());
        }
        let owned = f
            .start
            .checked_sub(1)
            .filter(|&p| s.kind(p) == Some(LexKind::Possessive) || s.lower(p).ends_with("'s"));
        if let Some(at) = owned {
            let of = (1..=4)
                .filter_map(|k| at.checked_sub(k))
                .find(|&k| s.lower(k) == "of" && (k + 1..at).all(|w| s.is_capital(w)));
            let part = of
                .and_then(|of| of.checked_sub(1))
                .filter(|&p| s.n_digits(p) > 0);
            return part.map(|_| String::new());
        }
        let the = f.start.checked_sub(1).filter(|&p| {
            s.is(
                p,
                &[
                    "the", "its", "those", "these", "their", "some", "about", "our", "his", "her",
                    "my",
                ],
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
            || numeral::small(s.lower(share)).is_some()
            || numeral::scale(s.lower(share)).is_some();
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
    fn reach(&self, f: &Spotted, sides: &Sides<'_>) -> usize {
        let unit = sides.unit.as_ref().map_or(f.end, |u| u.end);
        let rate = sides.per.as_ref().map_or(unit, |(_, end)| *end);
        let near = sides
            .counted
            .filter(|c| c.head - sides.first <= 8 && !c.through_of);
        rate.max(near.map_or(f.end, |c| self.lexeme_after(c.head)))
            .max(f.end)
    }

    fn nature(&self, f: &Spotted, unit: Option<&UnitFound>, counted: Option<Counted>) -> Nature {
        let s = self.s;
        if self.age(f, unit) {
            return Nature::Age;
        }
        match unit.map(|u| u.sort) {
            Some(UnitSort::Money) => Nature::Money,
            Some(UnitSort::Percent) => Nature::Percent,
            Some(UnitSort::Measure) => Nature::Measure,
            Some(UnitSort::Duration) => Nature::Duration,
            None if f.share => Nature::Share,
            None if s.is(s.skip_hyphen(f.end), &["times", "fold", "x"]) => Nature::Factor,
            None if counted.is_some() => Nature::Count,
            None => Nature::Bare,
        }
    }
}

impl<'p> Sides<'p> {
    fn hedge(&self) -> Option<&Hedge<'p>> {
        self.before.as_ref().or(self.after.as_ref())
    }
}
