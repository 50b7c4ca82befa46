//! The days that modifiers and prepositions leave of a stretch: "early", "mid", "since", "by".

use jiff::civil::Date;
use verbale_core::{Interval, TimexMod};

use super::calendar::add_days;

/// The days that remain after the modifier: thirds of a stretch for "early", "mid" and "late".
pub(super) fn apply(modifier: TimexMod, days: Interval) -> Option<Interval> {
    let (start, end) = (days.start(), days.end());
    match modifier {
        TimexMod::Before => Interval::new(None, Some(start?.yesterday().ok()?)),
        TimexMod::After => Interval::new(Some(end?.tomorrow().ok()?), None),
        TimexMod::OnOrBefore => Interval::new(None, end),
        TimexMod::OnOrAfter => Interval::new(start, None),
        TimexMod::Start | TimexMod::Mid | TimexMod::End => third(modifier, start?, end?),
        _ => Some(days),
    }
}

fn third(modifier: TimexMod, start: Date, end: Date) -> Option<Interval> {
    let n = start.until(end).ok()?.get_days() + 1;
    if n < 3 {
        return Interval::new(Some(start), Some(end));
    }
    let at = |part: i32| add_days(start, n * part / 3);
    let before = |d: Date| d.yesterday().ok();
    match modifier {
        TimexMod::Start => Interval::new(Some(start), before(at(1)?)),
        TimexMod::Mid => Interval::new(at(1), before(at(2)?)),
        _ => Interval::new(at(2), Some(end)),
    }
}
