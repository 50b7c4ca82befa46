//! Filters as words of the index: a search for a common word in one language, month or publisher's pages then
//! looks at the documents that have both, and not at all that have the word.
//!
//! Entities are facets of the passages that mention them, by their own rows: of merged ones, each is asked for.
//!
//! Each begins with a sign that no word of a text has. Periods stand with the language behind them too, since the list
//! of a language is that of most documents: asked for with a period, it is never read.

use std::iter::successors;

use jiff::civil::Date;
use verbale_core::{Interval, Metadata};

/// Years that a document's publication may cover and still be filed under each; a vaguer one is filed under
/// [`VAGUE`].
const MAX_YEARS: i16 = 3;

/// How many years a search may name; a longer period is left to the filter on the documents.
const MAX_SEARCHED_YEARS: i16 = 40;

/// How many periods with languages a search may name; with more, periods and languages are asked for apart.
const MAX_JOINED: usize = 100;

/// How many publishers a search may name; more are left to the filter on the documents.
const MAX_PUBLISHERS: usize = 24;

const VAGUE: &str = "§vague";

/// The facets of a document, as they go into the index.
pub(crate) fn of(metadata: &Metadata) -> String {
    let mut out = vec![language(&metadata.language)];
    out.extend(metadata.publisher.as_deref().map(publisher));
    if let Some(days) = metadata.published.as_ref().and_then(|p| p.date.interval()) {
        let letters = letters(&metadata.language);
        for period in periods(days) {
            out.extend((!letters.is_empty()).then(|| format!("{period}{letters}")));
            out.push(period);
        }
    }
    out.join(" ")
}

/// The facet of a language tag.
fn language(tag: &str) -> String {
    format!("§l{}", letters(tag))
}

fn letters(tag: &str) -> String {
    let letters: String = tag.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.to_ascii_lowercase()
}

/// The facet of a publisher.
fn publisher(name: &str) -> String {
    crate::digest::id("§p", &[name]).replace('_', "")
}

/// The facet of an entity, by its row.
pub(crate) fn entity(row: i64) -> String {
    format!("§e{row}")
}

/// The first and last facet that an entity may have.
pub(crate) const ALL_ENTITIES: [&str; 2] = ["§e", "§e~"];

/// The facets of publishers; none if they are too many for that.
pub(super) fn publishers(names: &[String]) -> Vec<String> {
    if names.len() > MAX_PUBLISHERS {
        return Vec::new();
    }
    names.iter().map(|name| publisher(name)).collect()
}

/// Under what a document of these days is filed: years, quarters and months.
fn periods(days: Interval) -> Vec<String> {
    match (days.start(), days.end()) {
        (Some(first), Some(last)) if last.year() - first.year() < MAX_YEARS => {
            let months = || successors(Some(Month::of(first)), |m| m.next());
            let mut out: Vec<String> = months()
                .take_while(|m| *m <= Month::of(last))
                .flat_map(|m| [m.year_facet(), m.quarter_facet(), m.facet()])
                .collect();
            out.sort_unstable();
            out.dedup();
            out
        }
        _ => vec![VAGUE.to_owned()],
    }
}

/// Lists of facets; a document in one of the languages that may have been published in the period has one of each
/// list. An empty list says nothing: of no language, of an open period, and of one that is too long for that.
pub(super) fn languages_and_published(
    languages: &[String],
    since: Option<Date>,
    until: Option<Date>,
) -> [Vec<String>; 2] {
    let published = published(since, until);
    if published.is_empty()
        || languages.is_empty()
        || published.len() * languages.len() > MAX_JOINED
    {
        return [languages.iter().map(|l| language(l)).collect(), published];
    }
    let joined = languages.iter().map(|l| letters(l)).flat_map(|letters| {
        let joined = published.iter().map(move |p| format!("{p}{letters}"));
        joined.collect::<Vec<_>>()
    });
    [joined.collect(), Vec::new()]
}

/// The fewest facets that cover the months of a period.
fn published(since: Option<Date>, until: Option<Date>) -> Vec<String> {
    let (Some(since), Some(until)) = (since, until) else {
        return Vec::new();
    };
    if until.year() - since.year() >= MAX_SEARCHED_YEARS {
        return Vec::new();
    }
    let last = Month::of(until);
    let mut out = Vec::new();
    let mut at = Month::of(since);
    while at <= last {
        let (facet, n_months) = if at.month == 1 && at.behind(12) <= last.behind(1) {
            (at.year_facet(), 12)
        } else if at.month % 3 == 1 && at.behind(3) <= last.behind(1) {
            (at.quarter_facet(), 3)
        } else {
            (at.facet(), 1)
        };
        out.push(facet);
        at = at.behind(n_months);
    }
    out.push(VAGUE.to_owned());
    out
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Month {
    year: i16,
    /// From 1.
    month: i8,
}

impl Month {
    fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    fn next(&self) -> Option<Self> {
        Some(self.behind(1))
    }

    /// The month so many months, at most twelve, later.
    fn behind(self, n_months: i8) -> Self {
        let month = self.month + n_months;
        Self {
            year: self.year + i16::from(month > 12),
            month: if month > 12 { month - 12 } else { month },
        }
    }

    fn year_facet(self) -> String {
        format!("§y{}", self.year)
    }

    fn quarter_facet(self) -> String {
        format!("§q{}{}", self.year, (self.month + 2) / 3)
    }

    fn facet(self) -> String {
        format!("§m{}{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(since: &str, until: &str, expected: &[&str]) {
        let found = published(since.parse().ok(), until.parse().ok());
        assert_eq!(found, expected, "{since} {until}");
    }

    #[test]
    fn a_period_is_asked_for_by_years_quarters_and_months() {
        check(
            "2031-11-30",
            "2032-01-01",
            &["§m203111", "§m203112", "§m203201", VAGUE],
        );
        check(
            "2030-05-15",
            "2031-05-15",
            &[
                "§m203005",
                "§m203006",
                "§q20303",
                "§q20304",
                "§q20311",
                "§m203104",
                "§m203105",
                VAGUE,
            ],
        );
        check(
            "2030-01-01",
            "2032-01-01",
            &["§y2030", "§y2031", "§m203201", VAGUE],
        );
        check("2030-10-02", "2030-12-01", &["§q20304", VAGUE]);
        check("1900-01-01", "2032-01-01", &[]);
        check("2032-01-01", "2031-01-01", &[VAGUE]);
        check("2032-01-01", "", &[]);
    }

    #[test]
    fn a_period_is_covered_by_its_months_and_no_others() {
        let day = |year: i16, month: i8| jiff::civil::date(year, month, 17);
        for n in 0..40_i8 {
            let (since, months) = (
                Month {
                    year: 2030,
                    month: 1 + n % 12,
                },
                n / 2,
            );
            let until = (0..months).fold(since, |m, _| m.behind(1));
            let cover = published(
                Some(day(since.year, since.month)),
                Some(day(until.year, until.month)),
            );
            let mut at = Month {
                year: 2029,
                month: 1,
            };
            while at.year < 2034 {
                let day = day(at.year, at.month);
                let filed = periods(Interval::day(day));
                let is_found = filed.iter().any(|facet| cover.contains(facet));
                assert_eq!(is_found, since <= at && at <= until, "{cover:?} {filed:?}");
                at = at.behind(1);
            }
        }
    }

    #[test]
    fn languages_are_asked_for_with_the_period_unless_they_are_many() {
        let ask = |languages: &[&str], since: &str, until: &str| {
            let languages: Vec<String> = languages.iter().map(|&l| l.into()).collect();
            languages_and_published(&languages, since.parse().ok(), until.parse().ok())
        };
        let [joined, apart] = ask(&["en", "pt-BR"], "2031-01-01", "2031-02-28");
        assert_eq!(
            joined,
            [
                "§m203101en",
                "§m203102en",
                "§vagueen",
                "§m203101ptbr",
                "§m203102ptbr",
                "§vagueptbr"
            ]
        );
        assert_eq!(apart, [""; 0]);
        let [languages, months] = ask(&["en"], "2031-01-01", "");
        assert_eq!((languages, months), (vec!["§len".to_owned()], vec![]));
        let [languages, months] = ask(&[], "2031-01-01", "2031-01-31");
        assert_eq!((languages.len(), months.len()), (0, 2));
        let [languages, months] = ask(&["en"; 60], "2031-01-01", "2031-01-31");
        assert_eq!((languages.len(), months.len()), (60, 2));
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
        assert_eq!(
            facets,
            format!(
                "§lengb {publisher} §m203105engb §m203105 §q20312engb §q20312 §y2031engb §y2031"
            )
        );
        let of_a_year = of(&metadata("2031"));
        assert_eq!(of_a_year.split(' ').count(), 2 + 2 * (1 + 4 + 12));
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
