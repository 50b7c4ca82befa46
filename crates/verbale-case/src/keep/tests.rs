use std::fs;

use tempfile::TempDir;

use super::*;
use crate::testing::{Sample, at, harbour};
use crate::{Added, Search};

#[test]
fn a_backup_is_a_case_and_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    let (path, target) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let mut case = Case::create(&path).unwrap();
    harbour().add_to(&mut case);
    case.backup(&target).unwrap();
    Sample::new("b.txt", "Two\nTwo boats.").add_to(&mut case);
    let copy = Case::open(&target).unwrap();
    assert_eq!(copy.status().unwrap().n_pages, 1);
    assert_eq!(copy.check(|_, _, _| None).unwrap().faults, []);
    let before = fs::read(&target).unwrap();
    assert!(matches!(
        case.backup(&target),
        Err(Error::CannotOpen { .. })
    ));
    assert_eq!(fs::read(&target).unwrap(), before);
    assert!(case.backup(&folder.path().join("none/c.db")).is_err());
}

#[test]
fn a_withdrawn_page_leaves_a_tombstone_and_no_words() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.db");
    let mut case = Case::create(&path).unwrap();
    let secret = Sample::new(
        "b.txt",
        "Quay\nThe zanzibarite consignment belonged to Pelargonia.",
    )
    .entity(
        "Pelargonia",
        verbale_core::EntityKind::Person,
        &["Pelargonia"],
    )
    .claim(
        "The zanzibarite consignment",
        "Pelargonia",
        crate::testing::figure("1", "consignment", "zanzibarite consignment", "Quay"),
    );
    harbour().add_to(&mut case);
    secret.add_to(&mut case);
    let page = secret.page.id();
    assert!(case.withdraw(page, "ada", "no consent", at(3)).unwrap());
    assert!(!case.withdraw(page, "ada", "no consent", at(3)).unwrap());
    assert_eq!(case.page(page).unwrap(), None);
    assert!(case.document(page).unwrap().is_none());
    assert_eq!(case.search(&Search::new("zanzibarite")).unwrap(), []);
    assert_eq!(case.add(&secret.new_document()).unwrap(), Added::Withdrawn);
    assert_eq!(
        case.add_origin(&secret.page, at(4)).unwrap(),
        Some(Added::Withdrawn)
    );
    assert_eq!(case.reread(&secret.new_document()).unwrap(), None);
    let status = case.status().unwrap();
    assert_eq!(
        (status.n_pages, status.n_withdrawn, status.n_decisions),
        (1, 1, 1)
    );
    let (digest, why): (String, String) = case
        .run(|db| {
            Ok((
                db.query_row(
                    "SELECT sha256 FROM custody WHERE withdrawn_at IS NOT NULL",
                    [],
                    |r| r.get(0),
                )?,
                db.query_row("SELECT why FROM decisions", [], |r| r.get(0))?,
            ))
        })
        .unwrap();
    assert_eq!(digest, secret.page.digest().to_string());
    assert_eq!(why, "no consent");
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
    assert_eq!(case.search(&Search::new("delay")).unwrap().len(), 1);
    drop(case);
    let bytes = fs::read(&path).unwrap();
    for word in ["zanzibarite", "Pelargonia", "pelargonia"] {
        assert!(
            !bytes.windows(word.len()).any(|w| w == word.as_bytes()),
            "{word}"
        );
    }
}

#[test]
fn what_adding_left_in_pieces_is_merged() {
    let mut case = Case::in_memory().unwrap();
    for n in 0..40 {
        Sample::new("n.txt", &format!("Boats {n}\n{n} boats.")).add_to(&mut case);
    }
    let n_pieces = |case: &Case| {
        INDEXES.map(|table| {
            let sql = format!("SELECT count(DISTINCT segid) FROM {table}_idx");
            case.run(|db| db.query_row(&sql, [], |row| row.get::<_, i64>(0)))
                .unwrap()
        })
    };
    let (found, before) = (
        case.search(&Search::new("boats")).unwrap(),
        n_pieces(&case)[0],
    );
    case.optimize().unwrap();
    assert!(
        n_pieces(&case)[0] < before.min(4),
        "{before} {:?}",
        n_pieces(&case)
    );
    assert_eq!(case.search(&Search::new("boats")).unwrap(), found);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}
