//! Two captures of one address.

use serde_json::json;

use super::*;
use crate::testing::{Sample, at, figure};

fn capture(text: &str, words: &str, value: &str) -> Sample {
    let mut sample = Sample::new("page.txt", text).claim(
        words,
        "harbor office",
        figure(value, "boats", "boats laid up", "Orsk"),
    );
    sample.page.origin.address = Some("https://www.example.org/ferry/?utm_source=mail#top".into());
    sample
}

#[test]
fn both_captures_stay_and_the_older_is_marked() {
    let mut case = Case::in_memory().unwrap();
    let old = capture(
        "Boats laid up\nThe office counted 11 boats on Monday.\nIt left the rest open.\n| Menu A",
        "11 boats",
        "11",
    );
    let new = capture(
        "Boats laid up\nThe office counted 13 boats on Monday.\nA court will hear the owners.\n| Menu B",
        "13 boats",
        "13",
    );
    old.add_to(&mut case);
    new.add_to(&mut case);
    let (older, newer) = (old.page.id(), new.page.id());
    assert!(
        case.supersede(older, newer, "example.org/ferry", at(1))
            .unwrap()
    );
    assert!(
        !case
            .supersede(older, older, "example.org/ferry", at(1))
            .unwrap()
    );
    assert_eq!(case.superseded_by(older).unwrap(), Some(newer));
    assert_eq!(case.superseded_by(newer).unwrap(), None);
    assert_eq!(case.status().unwrap().n_pages, 2);
    let log = case.custody().unwrap();
    assert_eq!(log[0].superseded_by, Some(newer.to_string()));

    let difference = case.difference(older, newer).unwrap().unwrap();
    assert_eq!(
        difference.passages,
        [
            PassageChange::Edited {
                old: "The office counted 11 boats on Monday.".into(),
                new: "The office counted 13 boats on Monday.".into(),
            },
            PassageChange::Added("A court will hear the owners.".into()),
            PassageChange::Gone("It left the rest open.".into()),
        ]
    );
    assert!(difference.new.is_empty() && difference.gone.is_empty());
    let value = difference.changed.iter().find(|c| c.field == "value");
    let value = value.unwrap_or_else(|| panic!("{:?}", difference.changed));
    assert_eq!((&value.old, &value.new), (&json!("11"), &json!("13")));
    assert!(case.difference(older, older).unwrap().unwrap().is_none());
}

#[test]
fn captures_are_found_by_address_newest_first() {
    let mut case = Case::in_memory().unwrap();
    let mut first = capture("Head\n11 boats", "11 boats", "11");
    let mut second = capture("Head\n12 boats", "12 boats", "12");
    first.page.origin.captured = Some(at(500));
    second.page.origin.captured = Some(at(100));
    first.add_to(&mut case);
    second.add_to(&mut case);
    Sample::new("other.txt", "Head\nNo address.").add_to(&mut case);
    let found = case.captures_of("http://EXAMPLE.org/ferry").unwrap();
    let pages: Vec<PageId> = found.iter().map(|c| c.page).collect();
    assert_eq!(pages, [first.page.id(), second.page.id()]);
    assert!(found[0].is_dated && found[0].at == at(500));
    assert!(
        case.captures_of("https://example.org/ferry/2")
            .unwrap()
            .is_empty()
    );
}

#[test]
fn parameters_that_choose_the_page_are_kept() {
    assert_eq!(
        canonical("https://a.org/x?id=3&utm_medium=x"),
        "a.org/x?id=3"
    );
    assert_ne!(
        canonical("https://a.org/x?id=3"),
        canonical("https://a.org/x?id=4")
    );
    assert_eq!(canonical("a.org"), canonical("https://www.a.org/"));
}
