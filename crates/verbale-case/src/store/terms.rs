//! The terms by which claims are found: ids, entities with days, series with days and values.
//!
//! They stand in an inverted index, which takes what comes in pieces and merges these later. Sorted by the same terms
//! in B-trees, each claim of a page would change several places of a large file. Terms of one kind sort by day, so a
//! range of them is a timeline or a series; see migration 13 for what they look like.

use std::fmt::Write;

use rusqlite::{Connection, OptionalExtension, Row};
use verbale_core::{ClaimId, Decimal};

use crate::ledger::Part;

/// The row of the claim with the id in `?1`, in SQL.
pub(crate) const CLAIM_ROW: &str =
    "(SELECT doc FROM claim_by_term WHERE term = replace(?1, '_', ''))";

/// The rows of the claims whose ids are in the JSON list `?1`, in SQL.
pub(crate) const CLAIM_ROWS: &str = "(SELECT t.doc FROM json_each(?1) j CROSS JOIN claim_by_term t
    WHERE t.term = replace(j.value, '_', ''))";

/// Behind every term that begins with what it is put behind.
const LAST: char = '~';

/// The row of the claim that is written `id`, if there is one.
pub(crate) fn claim_row(db: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    if id.parse::<ClaimId>().is_err() {
        return Ok(None);
    }
    db.prepare_cached(&format!("SELECT {CLAIM_ROW}"))?
        .query_row([id], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

/// The ids of claims that begin with `start`, at most `limit`, in their order.
pub(crate) fn ids_starting(
    db: &Connection,
    start: &str,
    limit: u32,
) -> rusqlite::Result<Vec<String>> {
    let all = concat!("clm", "_");
    let code = if all.starts_with(start) {
        ""
    } else if let Some(code) = start.strip_prefix(all) {
        code
    } else {
        return Ok(Vec::new());
    };
    let rows: Vec<i64> = db
        .prepare_cached(
            "SELECT doc FROM claim_by_term WHERE term >= ?1 AND term <= ?2 ORDER BY term LIMIT ?3",
        )?
        .query_map(
            (format!("clm{code}"), format!("clm{code}{LAST}"), limit),
            |row| row.get(0),
        )?
        .collect::<rusqlite::Result<_>>()?;
    let mut id = db.prepare_cached("SELECT claim_id FROM claim WHERE id = ?1")?;
    rows.iter()
        .map(|row| id.query_row([row], |row| row.get(0)))
        .collect()
}

/// Adds the term of an id.
pub(super) fn push_id(terms: &mut String, id: &str) {
    terms.extend(id.chars().filter(|c| *c != '_'));
}

/// Adds the term for what an entity is to a claim.
pub(super) fn push_link(terms: &mut String, part: &str, entity: i64, day: &str) {
    terms.push(' ');
    push_entity(terms, part, entity);
    push_day(terms, day);
}

/// Adds the term of a figure.
pub(super) fn push_figure(terms: &mut String, series: i64, day: Option<&str>, value: Option<&str>) {
    let _ = write!(terms, " f{series}");
    push_day(terms, day.unwrap_or_default());
    if let Some(value) = value {
        terms.push('v');
        terms.extend(value.chars().map(|c| match c {
            '.' => 'p',
            '-' => 'n',
            digit => digit,
        }));
    }
}

fn push_entity(terms: &mut String, part: &str, entity: i64) {
    // The parts differ in their first letters.
    terms.push_str(&part[..1]);
    let _ = write!(terms, "{entity}");
}

/// Days before our era sort by their text, as days do wherever the file compares them.
fn push_day(terms: &mut String, day: &str) {
    terms.push(match day.as_bytes().first() {
        None => 'u',
        Some(b'-') => 'b',
        Some(_) => 'd',
    });
    terms.extend(day.chars().filter(|c| *c != '-'));
}

/// The first and last term of the claims of which an entity is a part, all of them.
pub(crate) fn of_entity(part: Part, entity: i64) -> [String; 2] {
    ["b", "u"].map(|end| {
        let mut term = String::new();
        push_entity(&mut term, part.as_str(), entity);
        term + end
    })
}

/// As [`of_entity`], listed from one day up to another, where there are any; those of unknown days left out.
pub(crate) fn of_entity_between(
    part: Part,
    entity: i64,
    since: Option<&str>,
    until: Option<&str>,
) -> [String; 2] {
    let mut ends = of_entity(part, entity);
    for (end, day, open) in [(0, since, "b"), (1, until, "d~")] {
        ends[end].pop();
        match day {
            Some(day) => push_day(&mut ends[end], day),
            None => ends[end].push_str(open),
        }
    }
    ends
}

/// The first and last term of the figures of a series that have a day.
pub(crate) fn of_series(series: i64) -> [String; 2] {
    [format!("f{series}b"), format!("f{series}d{LAST}")]
}

/// What a term of [`of_series`] tells behind the number of the series: the month, as the term has it, and the value
/// that [`decimal`] reads.
pub(crate) fn month_and_value(told: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    let day = told.iter().position(|b| *b == b'v').unwrap_or(told.len());
    let month = told.get(..day.checked_sub(2)?)?;
    Some((month, told.get(day + 1..)))
}

/// A month as a term has it, as it is written else: `2031-05`.
pub(crate) fn written(month: &[u8]) -> String {
    let text = String::from_utf8_lossy(month);
    let sign = if text.starts_with('b') { "-" } else { "" };
    match text
        .get(1..)
        .and_then(|t| t.split_at_checked(t.len().checked_sub(2)?))
    {
        Some((year, month)) => format!("{sign}{year}-{month}"),
        None => text.into_owned(),
    }
}

/// The number that a term has behind its `v`.
pub(crate) fn decimal(text: &[u8]) -> Option<Decimal> {
    if text.len() < 18 && text.iter().all(u8::is_ascii_digit) {
        // Most are whole numbers, and a long series has many.
        let n = text
            .iter()
            .fold(0, |n, digit| n * 10 + i64::from(digit - b'0'));
        return Some(n.into());
    }
    let text = std::str::from_utf8(text).ok()?;
    text.replace('p', ".").replace('n', "-").parse().ok()
}

/// Puts a claim into the index.
pub(super) fn insert(db: &Connection, claim: i64, terms: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO claim_terms (rowid, terms) VALUES (?1, ?2)")?
        .execute((claim, terms))?;
    Ok(())
}

/// Takes a claim out of the index.
pub(super) fn delete(db: &Connection, claim: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM claim_terms WHERE rowid = ?1")?
        .execute([claim])?;
    Ok(())
}

/// The terms of the claims of a document, each with the claim's row, as the tables have them.
pub(crate) fn of_document(db: &Connection, document: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    db.prepare_cached(
        "SELECT c.id, c.claim_id, f.series, f.day, f.value FROM claim c LEFT JOIN figure f ON f.claim = c.id
         WHERE c.document = ?1 ORDER BY c.id",
    )?
    .query_map([document], |row| of_claim(db, row))?
    .collect()
}

fn of_claim(db: &Connection, row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    let claim: i64 = row.get(0)?;
    let mut terms = String::new();
    push_id(&mut terms, row.get_ref(1)?.as_str()?);
    let mut links = db.prepare_cached(
        "SELECT part, entity, day FROM claim_entity WHERE claim = ?1 ORDER BY entity, part",
    )?;
    let mut links = links.query([claim])?;
    while let Some(link) = links.next()? {
        let (part, day) = (link.get_ref(0)?.as_str()?, link.get_ref(2)?.as_str()?);
        push_link(&mut terms, part, link.get(1)?, day);
    }
    if let Some(series) = row.get(2)? {
        let day: Option<String> = row.get(3)?;
        let value: Option<String> = row.get(4)?;
        push_figure(&mut terms, series, day.as_deref(), value.as_deref());
    }
    Ok((claim, terms))
}

/// Puts the claims of a document into the index.
pub(crate) fn index(db: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut found = of_document(db, document)?.into_iter();
    found.try_for_each(|(claim, terms)| insert(db, claim, &terms))
}

/// Takes the claims of a document out of the index and puts them there as they stand now.
pub(super) fn renew(db: &Connection, document: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM claim_terms WHERE rowid IN (SELECT id FROM claim WHERE document = ?1)",
    )?
    .execute([document])?;
    index(db, document)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(day: Option<&str>, value: Option<&str>) -> String {
        let mut terms = String::new();
        push_figure(&mut terms, 9, day, value);
        terms.trim_start().to_owned()
    }

    #[test]
    fn a_figure_tells_its_month_and_value() {
        fn check(day: &str, value: Option<&str>, month: &str) {
            let term = figure(Some(day), value);
            let (found, number) =
                month_and_value(term.strip_prefix("f9").unwrap().as_bytes()).unwrap();
            assert_eq!(written(found), month, "{term}");
            let number = number.map(|number| decimal(number).unwrap().to_string());
            assert_eq!(number.as_deref(), value, "{term}");
        }
        check("2031-05-02", Some("1200.50"), "2031-05");
        check("2031-12-31", Some("-3"), "2031-12");
        check("-000044-03-15", Some("123456789012345678901"), "-000044-03");
        check("2031-05-02", None, "2031-05");
        assert_eq!(figure(None, Some("7")), "f9uv7");
    }

    #[test]
    fn terms_of_a_period_are_a_range() {
        fn is_within(ends: &[String; 2], entity: i64, day: &str) -> bool {
            let mut term = String::new();
            push_link(&mut term, "about", entity, day);
            let term = term.trim_start();
            ends[0].as_str() <= term && term <= ends[1].as_str()
        }
        fn check(since: Option<&str>, until: Option<&str>, inside: &[&str], outside: &[&str]) {
            let ends = of_entity_between(Part::About, 7, since, until);
            for day in inside {
                assert!(is_within(&ends, 7, day), "{ends:?} has {day}");
            }
            for day in outside {
                assert!(!is_within(&ends, 7, day), "{ends:?} has not {day}");
            }
        }
        check(
            Some("2031-05-02"),
            Some("2031-06-01"),
            &["2031-05-02", "2031-06-01"],
            &["2031-05-01", "2031-06-02", "", "-2031-05-10"],
        );
        check(None, None, &["2031-05-02", "-0044-03-15"], &[""]);
        check(None, Some("2031-05-02"), &["0001-01-01"], &["2031-05-03"]);
        let all = of_entity(Part::About, 7);
        for day in ["2031-05-02", "", "-0044-03-15"] {
            assert!(is_within(&all, 7, day), "{all:?} has {day}");
            // An entity whose number begins so.
            assert!(!is_within(&all, 70, day), "{all:?} has {day} of 70");
        }
    }
}
