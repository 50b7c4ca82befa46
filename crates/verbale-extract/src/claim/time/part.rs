//! Parts of a year as runs of months: a half, a quarter, "the first six months of 2023".

use verbale_core::{Interval, PartialDate, Timex};

use crate::claim::context::Context;
use crate::numeral;

/// The months that a time names as a part of a year; `None` for all other times.
pub(super) fn of_year(cx: &Context<'_>, time: &Timex) -> Option<Timex> {
    let value = time.value.as_deref()?;
    let (year, first, last) = match value.split_once('-') {
        Some((year, part)) => {
            let (first, last) = named(part)?;
            (year, first, last)
        }
        None => {
            let start = usize::from(time.range?.start());
            let before = cx.reading.document().text().get(..start)?;
            let (first, last) = counted(before)?;
            (value, first, last)
        }
    };
    let year: i16 = year.parse().ok()?;
    let month = |m: i8| PartialDate::new(Some(year), Some(m), None);
    let (from, to) = (month(first)?, month(last)?);
    let interval = Interval::new(from.interval()?.start(), to.interval()?.end())?;
    Some(Timex {
        value: Some(format!("{from}/{to}")),
        interval: Some(interval),
        modifier: None,
        ..time.clone()
    })
}

/// `H1` and `Q3` as their first and last month.
fn named(part: &str) -> Option<(i8, i8)> {
    let number: i8 = part.get(1..)?.parse().ok()?;
    let length = match part.get(..1)? {
        "H" if (1..=2).contains(&number) => 6,
        "Q" if (1..=4).contains(&number) => 3,
        _ => return None,
    };
    Some(((number - 1) * length + 1, number * length))
}

/// "The first six months of", "the last three months of" at the end of `before`: the first and the last month.
fn counted(before: &str) -> Option<(i8, i8)> {
    let mut words = before.split_whitespace().rev();
    let mut next = || words.next().map(str::to_lowercase);
    let of = next()?;
    let of = match of.as_str() {
        // "Of the year": the article stands outside of some times.
        "the" => next()?,
        _ => of,
    };
    if of != "of" || next()? != "months" {
        return None;
    }
    let number = next()?;
    let n: i8 = match number.parse() {
        Ok(n) => n,
        Err(_) => numeral::small(&number)?.to_string().parse().ok()?,
    };
    let n = Some(n).filter(|n| (1..12).contains(n))?;
    match next()?.as_str() {
        "first" => Some((1, n)),
        "last" | "final" => Some((13 - n, 12)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_and_quarters_are_runs_of_months() {
        assert_eq!(named("H1"), Some((1, 6)));
        assert_eq!(named("Q4"), Some((10, 12)));
        assert_eq!(named("05"), None);
        assert_eq!(named("Q7"), None);
    }

    #[test]
    fn months_are_counted_from_either_end_of_the_year() {
        assert_eq!(
            counted("Exports rose in the first six months of "),
            Some((1, 6))
        );
        assert_eq!(counted("in the last 3 months of the "), Some((10, 12)));
        assert_eq!(counted("in the first months of "), None);
        assert_eq!(counted("six months of "), None);
    }
}
