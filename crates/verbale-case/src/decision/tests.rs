use serde_json::json;
use verbale_core::{ClaimId, EntityKind, PartialDate, Proposition, TextRange, TextSize};

use super::*;
use crate::testing::{Sample, at, figure, harbour};
use crate::{EntityId, Filter};

pub(super) fn case() -> (Case, Sample) {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    (case, sample)
}

pub(super) fn decide(case: &mut Case, who: &str, second: i64, ruling: Ruling) -> String {
    try_decide(case, who, second, ruling).unwrap()
}

pub(super) fn try_decide(
    case: &mut Case,
    who: &str,
    second: i64,
    ruling: Ruling,
) -> Result<String, DecideError> {
    case.decide(NewDecision {
        ruling,
        who: who.into(),
        why: Some("because".into()),
        at: at(second),
    })
}

fn verdict(case: &Case, claim: ClaimId) -> Option<Verdict> {
    case.claim(claim).unwrap().unwrap().verdict
}

fn entity(case: &Case, name: &str) -> EntityId {
    let id: String = case
        .run(|db| {
            db.query_row(
                "SELECT entity_id FROM entity WHERE name = ?1",
                [name],
                |row| row.get(0),
            )
        })
        .unwrap();
    EntityId::parse(&id).unwrap()
}

fn n_about(case: &Case, entity: &EntityId) -> u64 {
    case.n_claims(&Filter {
        entity: Some(entity.clone()),
        ..Filter::default()
    })
    .unwrap()
}

#[test]
fn the_last_verdict_holds_and_undo_is_a_decision_too() {
    let (mut case, sample) = case();
    let claim = sample.claims[0].id;
    decide(&mut case, "ada", 1, Ruling::Accept { claim });
    let rejected = decide(&mut case, "ada", 2, Ruling::Reject { claim });
    assert_eq!(verdict(&case, claim), Some(Verdict::Rejected));
    assert_eq!(case.n_claims(&Filter::default()).unwrap(), 4);
    let undone = decide(&mut case, "ada", 3, Ruling::Undo { decision: rejected });
    assert_eq!(verdict(&case, claim), Some(Verdict::Accepted));
    decide(&mut case, "ada", 4, Ruling::Undo { decision: undone });
    assert_eq!(verdict(&case, claim), Some(Verdict::Rejected));
    let log = case.decisions().unwrap();
    assert_eq!(
        log.iter().map(|d| d.ruling.act()).collect::<Vec<_>>(),
        ["accept", "reject", "undo", "undo"]
    );
    assert_eq!(
        log[0].quoted.as_ref().unwrap().evidence.quote(),
        "about 1,200.50 tonnes"
    );
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn the_journal_cannot_be_rewritten_unseen() {
    let (mut case, sample) = case();
    for (n, claim) in sample.claims.iter().enumerate() {
        decide(
            &mut case,
            "ada",
            n as i64,
            Ruling::Accept { claim: claim.id },
        );
    }
    for sql in ["UPDATE decision SET who = 'bob'", "DELETE FROM decision"] {
        assert!(case.run(|db| db.execute(sql, [])).is_err());
    }
    case.run(|db| {
        db.execute_batch(
            "DROP TRIGGER decision_is_never_changed; UPDATE decision SET who = 'bob' WHERE id = 2",
        )
    })
    .unwrap();
    let faults = case.check(|_, _, _| None).unwrap().faults;
    assert!(
        matches!(faults[..], [crate::Fault::Journal { .. }]),
        "{faults:?}"
    );
}

#[test]
fn an_amended_field_shows_and_undo_brings_back_what_was_read() {
    let (mut case, sample) = case();
    let claim = &sample.claims[0];
    let amend = |field: &str, value| Ruling::Amend {
        claim: claim.id,
        field: field.into(),
        value,
    };
    let first = decide(&mut case, "ada", 1, amend("value", json!(1300)));
    let second = decide(&mut case, "ada", 2, amend("as_of", json!("2031-04")));
    let third = decide(&mut case, "ada", 3, amend("speaker", json!("Bo Weir")));
    let stored = case.claim(claim.id).unwrap().unwrap();
    let row = stored.to_row();
    assert_eq!(
        row.claim.summary(),
        "about 1,300 tonnes: tonnes waiting (Orsk)"
    );
    assert_eq!(row.claim.time(), (Some("2031-04"), Some("this month")));
    assert_eq!(row.amended, ["as_of", "speaker", "value"]);
    let by = |name: &str| Filter {
        speaker: Some(name.into()),
        ..Filter::default()
    };
    assert_eq!(case.n_claims(&by("Bo Weir")).unwrap(), 1);
    assert_eq!(case.n_claims(&by("Brücke")).unwrap(), 1);
    for decision in [second, third, first] {
        decide(&mut case, "ada", 9, Ruling::Undo { decision });
    }
    let stored = case.claim(claim.id).unwrap().unwrap();
    assert_eq!(stored.claim, *claim);
    assert_eq!(stored.amended, Vec::<String>::new());
}

#[test]
fn every_field_takes_back_what_it_gives() {
    for claim in &harbour().claims {
        for name in fields(claim.kind()) {
            let mut again = claim.clone();
            let value = field::value_of(claim, name).unwrap();
            field::set(&mut again, name, &value).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(again, *claim, "{name}");
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let (mut case, sample) = case();
    let claim = sample.claims[0].id;
    let amend = |field: &str, value| Ruling::Amend {
        claim,
        field: field.into(),
        value,
    };
    let unknown = ClaimId([7; 16]);
    let page = verbale_core::PageId([7; 16]);
    for ruling in [
        amend("deadline", json!("2031")),
        amend("value", json!("many")),
        amend("as_of", json!("Thursday")),
        amend("subject", json!("")),
        amend("act", json!("shout")),
        Ruling::Accept { claim: unknown },
        Ruling::GradeClaim {
            claim,
            credibility: 7,
        },
        Ruling::Date { page, date: None },
        Ruling::Undo {
            decision: "dec_x".into(),
        },
        Ruling::Withdraw {
            page: sample.page.id(),
        },
    ] {
        assert!(
            try_decide(&mut case, "ada", 1, ruling.clone()).is_err(),
            "{ruling:?}"
        );
    }
    assert_eq!(case.decisions().unwrap(), []);
}

#[test]
fn claims_and_publishers_are_graded_apart() {
    let (mut case, sample) = case();
    let claim = sample.claims[0].id;
    decide(
        &mut case,
        "ada",
        1,
        Ruling::GradeClaim {
            claim,
            credibility: 4,
        },
    );
    decide(
        &mut case,
        "ada",
        2,
        Ruling::GradePublisher {
            publisher: "Harbour Post".into(),
            reliability: Reliability::B,
        },
    );
    let stored = case.claim(claim).unwrap().unwrap();
    assert_eq!(
        (stored.credibility, stored.reliability),
        (Some(4), Some(Reliability::B))
    );
    let other = case.claim(sample.claims[1].id).unwrap().unwrap();
    assert_eq!(
        (other.credibility, other.reliability),
        (None, Some(Reliability::B))
    );
}

#[test]
fn entities_are_merged_split_and_linked_and_all_can_be_undone() {
    let (mut case, sample) = case();
    let other = Sample::new("b.txt", "Orsk\nOrsk and the Old Town met Brücke.")
        .entity("Old Town", EntityKind::Place, &["Old Town"])
        .entity("Anna Brücke", EntityKind::Person, &["Brücke"])
        .claim(
            "the Old Town",
            "x",
            figure("1", "town", "Old Town", "Old Town"),
        );
    other.add_to(&mut case);
    let (orsk, old) = (entity(&case, "Orsk"), entity(&case, "Old Town"));
    let before = (n_about(&case, &orsk), n_about(&case, &old));
    assert_eq!(before, (3, 1));
    let merge = Ruling::Merge {
        entity: old.clone(),
        into: orsk.clone(),
    };
    let merged = decide(&mut case, "ada", 1, merge.clone());
    assert_eq!((n_about(&case, &orsk), n_about(&case, &old)), (4, 4));
    assert!(try_decide(&mut case, "ada", 2, merge).is_err());
    decide(&mut case, "ada", 3, Ruling::Undo { decision: merged });
    assert_eq!((n_about(&case, &orsk), n_about(&case, &old)), before);

    let anna = entity(&case, "Anna Brücke");
    let entities = |case: &Case| -> Vec<usize> {
        let document = case.document(sample.page.id()).unwrap().unwrap();
        document.entities.iter().map(|e| e.mentions.len()).collect()
    };
    let before = entities(&case);
    let split = decide(
        &mut case,
        "ada",
        4,
        Ruling::Split {
            entity: anna.clone(),
            form: "Brücke".into(),
            page: Some(sample.page.id()),
        },
    );
    assert_eq!(entities(&case).len(), before.len() + 1);
    let elsewhere = case.document(other.page.id()).unwrap().unwrap();
    assert!(elsewhere.entities.iter().any(|e| e.name == "Anna Brücke"));
    decide(&mut case, "ada", 5, Ruling::Undo { decision: split });
    assert_eq!(entities(&case), before);

    let at = sample.document.text().rfind("the delay").unwrap();
    let range = TextRange::at(TextSize::from(at as u32), TextSize::of("the delay"));
    let link = Ruling::Link {
        page: sample.page.id(),
        range,
        entity: orsk.clone(),
    };
    decide(&mut case, "ada", 6, link);
    assert_eq!(n_about(&case, &orsk), 4);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn two_people_come_to_one_state_whoever_imports_first() {
    let (mut ada, sample) = case();
    let (mut bo, _) = self::case();
    let (first, second) = (sample.claims[0].id, sample.claims[1].id);
    decide(&mut ada, "ada", 1, Ruling::Accept { claim: first });
    decide(&mut ada, "ada", 4, Ruling::Accept { claim: second });
    decide(&mut bo, "bo", 2, Ruling::Reject { claim: first });
    decide(
        &mut bo,
        "bo",
        3,
        Ruling::Amend {
            claim: second,
            field: "as_of".into(),
            value: json!(null),
        },
    );
    let export = |case: &Case| {
        let mut out = Vec::new();
        case.export_decisions(&mut out).unwrap();
        out
    };
    let (from_ada, from_bo) = (export(&ada), export(&bo));
    let imported = ada.import_decisions(&*from_bo).unwrap();
    assert_eq!((imported.n_new, imported.n_known), (2, 0));
    assert_eq!(imported.contested, [first]);
    bo.import_decisions(&*from_ada).unwrap();
    assert_eq!(bo.import_decisions(&*from_ada).unwrap().n_known, 2);
    let state = |case: &Case| {
        let filter = Filter {
            with_rejected: true,
            ..Filter::default()
        };
        case.claims(&filter).unwrap()
    };
    assert_eq!(state(&ada), state(&bo));
    assert_eq!(verdict(&ada, first), Some(Verdict::Rejected));
    // A case without the page keeps the decisions until the page comes.
    let mut late = Case::in_memory().unwrap();
    late.import_decisions(&*export(&ada)).unwrap();
    sample.add_to(&mut late);
    assert_eq!(state(&late), state(&ada));
    assert_eq!(late.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn a_line_that_was_changed_is_refused_and_nothing_is_imported() {
    let (mut ada, sample) = case();
    decide(
        &mut ada,
        "ada",
        1,
        Ruling::Accept {
            claim: sample.claims[0].id,
        },
    );
    decide(
        &mut ada,
        "ada",
        2,
        Ruling::Accept {
            claim: sample.claims[1].id,
        },
    );
    let mut out = Vec::new();
    ada.export_decisions(&mut out).unwrap();
    let lines = String::from_utf8(out).unwrap();
    let (mut bo, _) = self::case();
    for (broken, line) in [
        (
            lines.replacen("\"who\":\"ada\"", "\"who\":\"eve\"", 1),
            "line 2 ",
        ),
        (lines.replace("verbale-decisions", "other"), "line 1 "),
        (
            lines.replacen("\"act\":\"accept\"", "\"act\":\"bless\"", 1),
            "line 2 ",
        ),
        (format!("{lines}{{"), "line 4 "),
    ] {
        let error = bo
            .import_decisions(broken.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(line), "{error}");
    }
    assert_eq!(bo.decisions().unwrap(), []);
}

#[test]
fn a_decided_date_is_kept_for_the_next_reading() {
    let (mut case, sample) = case();
    let page = sample.page.id();
    assert_eq!(case.decided_date(page).unwrap(), None);
    let date: Option<PartialDate> = "2031-01-30".parse().ok();
    let first = decide(&mut case, "ada", 1, Ruling::Date { page, date });
    assert_eq!(case.decided_date(page).unwrap(), Some(date));
    decide(&mut case, "ada", 2, Ruling::Date { page, date: None });
    assert_eq!(case.decided_date(page).unwrap(), Some(None));
    decide(&mut case, "ada", 3, Ruling::Undo { decision: first });
    assert_eq!(case.decided_date(page).unwrap(), Some(None));
    assert_eq!(case.decisions_on(&page.to_string()).unwrap().len(), 2);
}

#[test]
fn notes_are_kept_with_what_they_are_about() {
    let (mut case, sample) = case();
    let target = sample.claims[0].id.to_string();
    decide(
        &mut case,
        "ada",
        1,
        Ruling::Note {
            target: target.clone(),
            text: "ask the office".into(),
        },
    );
    let note: String = case
        .run(|db| {
            db.query_row(
                "SELECT note FROM claim_state WHERE claim_id = ?1",
                [&target],
                |r| r.get(0),
            )
        })
        .unwrap();
    assert_eq!(note, "ask the office");
    assert!(matches!(
        sample.claims[0].proposition,
        Proposition::Figure(_)
    ));
}

#[test]
fn a_long_chain_of_undoing_ends() {
    let (mut case, sample) = case();
    let claim = sample.claims[0].id;
    let mut last = decide(&mut case, "ada", 0, Ruling::Accept { claim });
    for n in 1..200 {
        last = decide(&mut case, "ada", n, Ruling::Undo { decision: last });
    }
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}
