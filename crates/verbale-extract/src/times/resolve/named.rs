//! Named stretches of the calendar: which May, which Friday, which quarter is meant.

use jiff::civil::{Date, Weekday};
use verbale_core::Anchor;

use super::{Context, Resolved};
use crate::times::{
    calendar::{Period, Unit, add_days, distance},
    expr::{Name, Pick},
    grammar::in_year,
    tense::Tense,
};

impl Context {
    pub(super) fn named(&self, name: Name, pick: Pick, tense: Option<Tense>) -> Resolved {
        let found = match (name, pick) {
            (_, Pick::Years(n)) => self.current(Unit::Year).map(|p| (p, n, Anchor::Published)),
            (Name::Weekday(day), Pick::TextYears(_)) => return self.weekday_of_text(day, 0),
            (_, Pick::TextYears(n)) => self.spoken_in(Unit::Year).map(|(p, a)| (p, n, a)),
            (Name::Weekday(day), Pick::Previous) => return self.weekday_of_text(day, -1),
            (Name::Weekday(day), Pick::Following) => return self.weekday_of_text(day, 1),
            (Name::Weekday(day), _) => return self.weekday(day, pick, tense),
            (_, Pick::Previous | Pick::Following) => {
                return self.beside_text(name, pick == Pick::Following);
            }
            _ => return self.pick(name, pick, tense),
        };
        let missing = || Resolved::missing(unanchored(name));
        let Some((year, by, anchor)) = found else {
            return missing();
        };
        let at = year.shift(by).and_then(|y| in_year(name, y.year()));
        at.map_or_else(missing, |p| Resolved::period(p, anchor))
    }

    /// The occurrence that tense or a pointing word selects around the publication date.
    fn pick(&self, name: Name, pick: Pick, tense: Option<Tense>) -> Resolved {
        let Some(today) = self.today() else {
            return Resolved::missing(unanchored(name));
        };
        let mut around = (-1..=1).filter_map(|by| in_year(name, today.year() + by));
        let begun = |p: &Period| p.first().is_some_and(|d| d <= today);
        let over = |p: &Period| p.last().is_some_and(|d| d < today);
        let found = match (pick, tense) {
            (Pick::Last, _) => around.rfind(over),
            (Pick::Next, _) => around.find(|p| !begun(p)),
            (Pick::This, _) => in_year(name, today.year()),
            (_, Some(Tense::Past | Tense::Done)) if in_business(name) => around.rfind(begun),
            _ if in_business(name) => nearest(today, around),
            _ => self.near_or_told(name, today, tense),
        };
        found.map_or_else(
            || Resolved::missing(unanchored(name)),
            |p| Resolved::period(p, Anchor::Published),
        )
    }

    /// A month or day: the nearest one if that is near, else the one that the tense tells.
    ///
    /// Tense alone is a poor guide: past verbs govern many a date ahead ("he called a vote for Feb. 10").
    fn near_or_told(&self, name: Name, today: Date, tense: Option<Tense>) -> Option<Period> {
        const NEAR_DAYS: i32 = 90;
        let years = if matches!(name, Name::DatedWeekday(..)) {
            -5..=5
        } else {
            -1..=1
        };
        let fits = |p: &Period| match (name, p) {
            (Name::DatedWeekday(weekday, ..), Period::Day(day)) => day.weekday() == weekday,
            _ => true,
        };
        let mut around = years
            .filter_map(|by| in_year(name, today.year().checked_add(by)?))
            .filter(fits);
        let nearest = nearest(today, around.clone());
        let near = nearest
            .and_then(Period::interval)
            .is_some_and(|days| distance(today, days) <= NEAR_DAYS);
        match tense {
            Some(Tense::Done) => around.rfind(|p| p.first().is_some_and(|d| d <= today)),
            Some(Tense::Past) if !near => around.rfind(|p| p.first().is_some_and(|d| d <= today)),
            Some(Tense::Future) if !near => around.find(|p| p.last().is_some_and(|d| d >= today)),
            _ => nearest,
        }
    }

    fn weekday(&self, day: Weekday, pick: Pick, tense: Option<Tense>) -> Resolved {
        let Some(today) = self.today() else {
            return Resolved::missing(unanchored(Name::Weekday(day)));
        };
        let back = i32::from(today.weekday().since(day));
        let by = match (pick, tense) {
            (Pick::Last, _) if back == 0 => -7,
            (Pick::Next, _) => 7 - back,
            (Pick::This, _) | (Pick::Tense, Some(Tense::Future)) if back > 0 => 7 - back,
            _ => -back,
        };
        add_days(today, by).map_or_else(
            || Resolved::missing(None),
            |d| Resolved::period(Period::Day(d), Anchor::Published),
        )
    }

    /// The weekday before (`-1`), at (`0`) or after (`1`) the day spoken of last.
    fn weekday_of_text(&self, day: Weekday, side: i32) -> Resolved {
        let Some((Period::Day(spoken), anchor)) = self.spoken_in(Unit::Day) else {
            return Resolved::missing(unanchored(Name::Weekday(day)));
        };
        let back = i32::from(spoken.weekday().since(day));
        let by = match side {
            -1 if back == 0 => -7,
            1 => 7 - back,
            _ => -back,
        };
        add_days(spoken, by).map_or_else(
            || Resolved::missing(None),
            |d| Resolved::period(Period::Day(d), anchor),
        )
    }

    /// `the following May`, `the previous summer`: beside the time spoken of last.
    fn beside_text(&self, name: Name, following: bool) -> Resolved {
        let Some((Period::Day(day), anchor)) = self.spoken_in(Unit::Day).or_else(|| {
            let (p, anchor) = self.spoken_in(Unit::Year)?;
            Some((Period::Day(p.first()?), anchor))
        }) else {
            return Resolved::missing(unanchored(name));
        };
        let mut around = (-1..=1).filter_map(|by| in_year(name, day.year() + by));
        let found = if following {
            around.find(|p| p.first().is_some_and(|d| d > day))
        } else {
            around.rfind(|p| p.last().is_some_and(|d| d < day))
        };
        found.map_or_else(
            || Resolved::missing(unanchored(name)),
            |p| Resolved::period(p, anchor),
        )
    }
}

/// The stretch that lies nearest to a day.
fn nearest(day: Date, around: impl Iterator<Item = Period>) -> Option<Period> {
    around.min_by_key(|p| p.interval().map_or(i32::MAX, |i| distance(day, i)))
}

/// Quarters and halves are reported after and forecast before them: a tense other than the past tells nothing.
fn in_business(name: Name) -> bool {
    matches!(name, Name::Quarter(_) | Name::Half(_))
}

/// What a name says without an anchor, as far as a value can say it.
fn unanchored(name: Name) -> Option<String> {
    match name {
        Name::Month(m) => Some(format!("--{m:02}")),
        Name::Date(m, d) | Name::DatedWeekday(_, m, d) => Some(format!("--{m:02}-{d:02}")),
        Name::Weekday(w) => Some(format!("XXXX-WXX-{}", w.to_monday_one_offset())),
        _ => None,
    }
}
