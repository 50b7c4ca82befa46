//! Filters as words of the index: a search for a common word in one language, month or publisher's pages then
//! looks at the documents that have both, and not at all that have the word.
//!
//! Each begins with a sign that no word of a text has.

use jiff::civil::Date;
use verbale_core::{Interval, Metadata};

/// Years that a document's publication may cover and still be filed under each; a vaguer one is filed under
/// [`VAGUE`].
const MAX_YEARS: i16 = 3;

/// How many months a search may name; a longer period is asked for by years.
const MAX_MONTHS: usize = 14;

/// How many years a search may name; a longer period is left to the filter on the documents.
const MAX_SEARCHED_YEARS: i16 = 40;

/// How many publishers a search may name; more are left to the filter on the documents.
const MAX_PUBLISHERS: usize = 24;

const VAGUE: &str = "§vague";

/// The facets of a document, as they go into the index.
pub(crate) fn of(metadata: &Metadata) -> String {
    let mut out = vec![language(&metadata.language)];
    out.extend(metadata.publisher.as_deref().map(publisher));
    if let Some(days) = metadata.published.as_ref().and_then(|p| p.date.interval()) {
        out.extend(periods(days));
    }
    out.join(" ")
}

/// The facet of a language tag.
pub(super) fn language(tag: &str) -> String {
    let letters: String = tag.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("§l{}", letters.to_ascii_lowercase())
}

/// The facet of a publisher.
fn publisher(name: &str) -> String {
    crate::digest::id("§p", &[name]).replace('_', "")
}

/// The facets of publishers; none if they are too many for that.
pub(super) fn publishers(names: &[String]) -> Vec<String> {
    if names.len() > MAX_PUBLISHERS {
        return Vec::new();
    }
    names.iter().map(|name| publisher(name)).collect()
}

fn periods(days: Interval) -> Vec<String> {
    match (days.start(), days.end()) {
        (Some(first), Some(last)) if last.year() - first.year() < MAX_YEARS => {
            let years = (first.year()..=last.year()).map(year);
            years.chain(months(first, last)).collect()
        }
        _ => vec![VAGUE.to_owned()],
    }
}

/// The facets of which a document has one if it may have been published in the period; none if the period is
/// too long for that.
pub(super) fn published(since: Option<Date>, until: Option<Date>) -> Vec<String> {
    let (Some(since), Some(until)) = (since, until) else {
        return Vec::new();
    };
    let mut out: Vec<String> = months(since, until).take(MAX_MONTHS + 1).collect();
    if out.len() > MAX_MONTHS {
        if until.year() - since.year() >= MAX_SEARCHED_YEARS {
            return Vec::new();
        }
        out = (since.year()..=until.year()).map(year).collect();
    }
    out.push(VAGUE.to_owned());
    out
}

fn year(year: i16) -> String {
    format!("§y{year}")
}

fn months(first: Date, last: Date) -> impl Iterator<Item = String> {
    let end = (last.year(), last.month());
    let next = |(year, month): (i16, i8)| match month {
        12 => (year + 1, 1),
        _ => (year, month + 1),
    };
    std::iter::successors(Some((first.year(), first.month())), move |at| {
        Some(next(*at))
    })
    .take_while(move |at| *at <= end)
    .map(|(year, month)| format!("§m{year}{month:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(since: &str, until: &str, expected: &[&str]) {
        let found = published(since.parse().ok(), until.parse().ok());
        assert_eq!(found, expected, "{since} {until}");
    }

    #[test]
    fn a_period_is_asked_for_by_months_or_years() {
        check(
            "2031-11-30",
            "2032-01-01",
            &["§m203111", "§m203112", "§m203201", VAGUE],
        );
        check(
            "2030-01-01",
            "2032-01-01",
            &["§y2030", "§y2031", "§y2032", VAGUE],
        );
        check("1900-01-01", "2032-01-01", &[]);
        check("2032-01-01", "2031-01-01", &[VAGUE]);
        check("2032-01-01", "", &[]);
    }

    #[test]
    fn a_document_is_filed_under_all_that_it_may_be_asked_for() {
        let metadata = |published: &str| Metadata {
            language: "en-GB".into(),
            publisher: Some("The Quay".into()),
            published: Some(verbale_core::Publication {
                date: published.parse().unwrap(),
                rule: String::new(),
            }),
            ..Metadata::default()
        };
        let facets = of(&metadata("2031-05"));
        let publisher = publisher("The Quay");
        assert_eq!(facets, format!("§lengb {publisher} §y2031 §m203105"));
        assert_eq!(of(&metadata("2031")).split(' ').count(), 2 + 1 + 12);
        // One token each for the index, and no word of a text.
        for facet in facets.split(' ') {
            let tail = facet.strip_prefix('§').unwrap();
            assert!(tail.bytes().all(|b| b.is_ascii_alphanumeric()), "{facet}");
            assert!(
                crate::search::words::words(facet)
                    .iter()
                    .all(|w| w.form != facet)
            );
        }
    }
}
