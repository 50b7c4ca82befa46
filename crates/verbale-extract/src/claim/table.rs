//! Figures out of tables: one for each cell that is a number.
//!
//! A column's heading says what is counted, the row's name where or of whom; either may be a time instead. What
//! holds for the whole table stands in its caption: the time, the measure, what a table of years and places is
//! about. A table whose columns have no headings is read only if it has two columns, names and numbers.

mod caption;
mod grid;

use verbale_core::{
    Attribution, Decimal, Figure, Modality, Polarity, Proposition, Quantity, Timex,
};

use super::Draft;
use super::context::Context;
use super::source;
use super::time;
use crate::tables::{Table, Tables};
use caption::Caption;
use grid::{Grid, Number};

/// The figures of all tables.
pub(super) fn find(cx: &Context<'_>, tables: &Tables<'_>) -> Vec<Draft> {
    tables
        .iter()
        .flat_map(|t| of_table(cx, tables, t))
        .collect()
}

fn of_table(cx: &Context<'_>, tables: &Tables<'_>, table: &Table) -> Vec<Draft> {
    let Some(grid) = Grid::new(cx, tables, table) else {
        return Vec::new();
    };
    let caption = Caption::of(cx, table.passages.start);
    let attribution = attribution(cx, table, &caption);
    let draft = |number: Number<'_>| {
        Some(Draft {
            range: number.range,
            attribution: attribution.clone(),
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            proposition: Proposition::Figure(figure(cx, &caption, &number)?),
            rule: "table",
        })
    };
    grid.numbers().filter_map(draft).collect()
}

/// What a number says under its heading, in its row.
fn figure(cx: &Context<'_>, caption: &Caption, number: &Number<'_>) -> Option<Figure> {
    let labels = || {
        number
            .heading
            .into_iter()
            .chain([number.row])
            .chain(number.section)
    };
    let place = labels().find_map(|l| l.place.clone());
    let time = labels().find_map(|l| l.time.clone());
    let measure = labels().find_map(|l| l.measure.as_ref());
    let measure = measure.or(caption.measure.as_ref());
    let by = measure.map_or(Decimal::ONE, |m| m.scale);
    let scaled = |n: Decimal| n.checked_mul(by).map_or(n, |n| n.normalize());
    let thing = labels()
        .find_map(|l| l.thing.as_ref())
        .or(caption.thing.as_ref());
    let quantity = number.quantity.clone();
    let unit = quantity
        .unit
        .clone()
        .or_else(|| measure?.unit.clone())
        .or_else(|| thing?.noun.clone());
    Some(Figure {
        quantity: Quantity {
            value: quantity.value.map(scaled),
            low: quantity.low.map(scaled),
            high: quantity.high.map(scaled),
            unit,
            ..quantity
        },
        subject: subject(caption, number)?,
        place: place
            .or_else(|| caption.place.clone())
            .or_else(|| cx.stage.clone()),
        as_of: time.or_else(|| caption.time.clone()),
    })
}

/// What is counted, and of whom: "sites visited", "diplomats of Belmark", "total exports".
fn subject(caption: &Caption, number: &Number<'_>) -> Option<String> {
    let heading = number.heading.and_then(|h| h.thing.as_ref());
    let row = number.row.thing.as_ref();
    let words = match (heading, row) {
        (Some(heading), Some(row)) => format!("{} of {}", heading.words, row.words),
        (Some(thing), None) | (None, Some(thing)) => thing.words.clone(),
        (None, None) => caption.thing.as_ref()?.words.clone(),
    };
    let is_total = number.row.is_total || number.heading.is_some_and(|h| h.is_total);
    Some(match is_total {
        true => format!("total {words}"),
        false => words,
    })
}

/// Who gives the numbers: who is named below the table as its source, who says what ends in the table, else the page.
fn attribution(cx: &Context<'_>, table: &Table, caption: &Caption) -> Attribution {
    if let Some(said) = &caption.says {
        return said.clone();
    }
    match caption::source_below(cx, table.passages.end) {
        Some(name) => caption::given_by(cx, name),
        None => source::of_page(cx),
    }
}

/// A time of the page's text, as a figure has it.
fn as_time(cx: &Context<'_>, time: &Timex) -> Timex {
    time::period(cx, time).unwrap_or_else(|| time.clone())
}
