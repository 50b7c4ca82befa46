//! The period that the sentence before tells: "Arrests rose last year, the data showed. The police made 410."

use verbale_core::{Timex, TimexKind};
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
