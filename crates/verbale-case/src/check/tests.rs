use rusqlite::params;

use super::*;
use crate::testing::harbour;

/// A case with one page, on which `spoil` is run behind the program's back; what the check then finds.
fn faults(spoil: &str) -> Vec<Fault> {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    case.run(|db| db.execute_batch(spoil)).unwrap();
    let text = sample.document.text().to_owned();
    case.check(|_, _, _| Some(text.clone())).unwrap().faults
}

#[test]
fn a_sound_case_has_no_faults() {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    let checked = case
        .check(|page, _, run| {
            assert_eq!(run.reader, "1");
            String::from_utf8(page.bytes.clone()).ok()
        })
        .unwrap();
    assert_eq!(
        checked,
        Checked {
            n_pages: 1,
            n_read_again: 1,
            n_claims: 5,
            ..Checked::default()
        }
    );
    assert_eq!(case.check(|_, _, _| None).unwrap().n_other_reader, 1);
}

#[test]
fn a_changed_quote_is_found() {
    let found = faults(
        "UPDATE claim SET quote = 'the lock was opened' WHERE quote = 'the lock was closed'",
    );
    assert!(matches!(found[..], [Fault::Quote { .. }]), "{found:?}");
    let found =
        faults("UPDATE claim SET start = start + 1, \"end\" = \"end\" + 1 WHERE kind = 'figure'");
    assert!(matches!(found[..], [Fault::Quote { .. }]), "{found:?}");
    let found = faults("UPDATE claim SET start_char = start_char + 1 WHERE kind = 'figure'");
    assert!(matches!(found[..], [Fault::Quote { .. }]), "{found:?}");
}

#[test]
fn a_changed_text_and_changed_bytes_are_found() {
    let found = faults("UPDATE document SET text = replace(text, 'Orsk', 'Omsk')");
    assert!(matches!(found[..], [Fault::Text { .. }]), "{found:?}");
    let found = faults("UPDATE page_bytes SET encoding = 'plain', bytes = x'00'");
    assert!(matches!(found[..], [Fault::Bytes { .. }]), "{found:?}");
    let found = faults("UPDATE page_bytes SET encoding = 'zstd', bytes = x'28b52ffd00'");
    assert!(matches!(found[..], [Fault::Bytes { .. }]), "{found:?}");
    let found = faults("UPDATE passage SET \"end\" = 100000 WHERE idx = 1");
    assert!(matches!(found[..], [Fault::Text { .. }]), "{found:?}");
}

#[test]
fn an_index_that_leads_elsewhere_is_found() {
    let of = |index: &str| {
        vec![Fault::Index {
            index: index.to_owned(),
        }]
    };
    let found = faults("DELETE FROM claim_terms WHERE rowid = 2");
    assert_eq!(found, of("claim_terms"));
    let found = faults("INSERT INTO claim_terms (rowid, terms) VALUES (99, 's1d20310502')");
    assert_eq!(found, of("claim_terms"));
    let found = faults("UPDATE claim_entity SET day = '2031-05-09' WHERE claim = 1");
    assert_eq!(found, of("claim_terms"));
    let found = faults("UPDATE link SET entity = 1 + entity % 2");
    assert_eq!(found, of("passage_words"));
}

#[test]
fn a_reader_that_makes_another_text_is_found() {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    let faults = case
        .check(|_, document, _| Some(document.text().replace("office", "house")))
        .unwrap()
        .faults;
    let at = sample.document.text().find("office").unwrap();
    assert_eq!(
        faults,
        [Fault::Reading {
            page: sample.page.id(),
            at
        }]
    );
}

#[test]
fn a_bomb_in_the_stored_bytes_is_not_unpacked() {
    let bomb = zstd::bulk::compress(&vec![0; 50_000_000], 19).unwrap();
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    case.run(|db| {
        db.execute(
            "UPDATE page_bytes SET encoding = 'zstd', bytes = ?1",
            params![bomb],
        )
    })
    .unwrap();
    let found = case.check(|_, _, _| None).unwrap().faults;
    assert!(matches!(found[..], [Fault::Bytes { .. }]), "{found:?}");
}
