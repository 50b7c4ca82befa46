//! The period that the sentence before tells: "Arrests rose last year, the data showed. The police made 410."

use jiff::ToSpan;
use jiff::civil::{ISOWeekDate, Weekday};
use verbale_core::{Interval, PartialDate, Timex, TimexKind};
use verbale_nlp::Span;

use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::is_present;
use crate::claim::time;

/// The only month, quarter, half or year that the speaker of a figure named in the sentence before.
///
/// A day is when something happened or was said, and two periods leave open which one is meant.
pub(super) fn carried(cx: &Context<'_>, carrier: &Clause<'_>) -> Option<Timex> {
    let marks = cx.marks.attributions;
    let mark = carrier.mark?;
    let speaker = marks[mark].attribution.speaker.as_ref()?;
    if is_present(carrier.verb) {
        return None;
    }
    let (block, before) = sentence_before(cx, carrier)?;
    let range = cx.reading.blocks()[block].span_range(before);
    let same = marks[..mark].iter().rev().take(MAX_MARKS_BACK).any(|m| {
        let spoken = m.attribution.speaker.as_ref();
        spoken.is_some_and(|s| s.name == speaker.name)
            && m.content.iter().any(|r| range.contains_range(*r))
    });
    if !same {
        return None;
    }
    let mut periods = cx
        .times_in(range)
        .filter(|t| t.kind == TimexKind::Date)
        .filter_map(|t| time::period(cx, t));
    let first = periods.next()?;
    periods.all(|t| t.value == first.value).then_some(first)
}

/// "In the same week a year ago", "the same month last year": the week or month of the year before.
pub(super) fn a_year_back(cx: &Context<'_>, time: &Timex) -> Option<Timex> {
    let behind = &cx.reading.document().text()[time.range?.end().into()..];
    let behind = behind.trim_start().trim_start_matches("of ");
    let is_back = [
        "a year ago",
        "a year earlier",
        "a year before",
        "one year ago",
        "last year",
        "the year before",
        "the previous year",
    ]
    .iter()
    .any(|words| behind.starts_with(words));
    let value = time.value.as_deref()?;
    if !is_back || !time.raw.contains("same ") {
        return None;
    }
    let (value, interval) = match value.split_once("-W") {
        Some((year, week)) => {
            let year: i16 = year.parse().ok()?;
            let monday = ISOWeekDate::new(year - 1, week.parse().ok()?, Weekday::Monday)
                .ok()?
                .date();
            let sunday = monday.checked_add(6.days()).ok()?;
            (
                format!("{}-W{week}", year - 1),
                Interval::new(Some(monday), Some(sunday)),
            )
        }
        None => {
            let date: PartialDate = value.parse().ok()?;
            let before = PartialDate::new(Some(date.year()? - 1), date.month(), date.day())?;
            (before.to_string(), before.interval())
        }
    };
    Some(Timex {
        value: Some(value),
        interval,
        ..time.clone()
    })
}

/// How many statements back the one of the sentence before may stand.
const MAX_MARKS_BACK: usize = 4;

/// The sentence before the clause's own, in its paragraph or at the end of the one before.
fn sentence_before<'r>(cx: &Context<'r>, carrier: &Clause<'r>) -> Option<(usize, Span<'r>)> {
    let blocks = cx.reading.blocks();
    let start = carrier.verb.sent().start();
    match start.checked_sub(1) {
        Some(last) => Some((carrier.block, carrier.verb.doc().token(last).sent())),
        None => {
            let block = carrier.block.checked_sub(1)?;
            Some((block, blocks[block].doc.sents().last()?))
        }
    }
}
