use verbale_core::{Proposition, Role, TextSize};

use super::*;
use crate::Filter;
use crate::decision::{NewDecision, Ruling, Verdict};
use crate::testing::{Sample, at, figure, harbour};

fn decide(case: &mut Case, ruling: Ruling) {
    case.decide(NewDecision {
        ruling,
        who: "ada".into(),
        why: None,
        at: at(1),
    })
    .unwrap();
}

/// The harbour page as a later program reads it: without its first claim's hedge among the words.
fn later(words: &str, value: &str) -> Sample {
    let mut sample = harbour();
    sample.claims.remove(0);
    sample.run.program = "0.2.0".into();
    let sample = sample.claim(
        words,
        "Anna Brücke",
        figure(value, "tonnes", "tonnes waiting", "Orsk"),
    );
    let mut sample = sample;
    sample.claims.sort_by_key(|c| c.evidence.range().start());
    sample
}

fn case_with_decisions() -> (Case, Sample) {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    let claim = sample.claims[0].id;
    decide(&mut case, Ruling::Accept { claim });
    decide(
        &mut case,
        Ruling::Amend {
            claim,
            field: "value".into(),
            value: serde_json::json!(1250),
        },
    );
    (case, sample)
}

fn value(case: &Case, claim: ClaimId) -> String {
    let stored = case.claim(claim).unwrap().unwrap();
    let Proposition::Figure(f) = stored.claim.proposition else {
        panic!()
    };
    f.quantity.value.unwrap().to_string()
}

#[test]
fn the_same_reading_changes_nothing() {
    let (mut case, sample) = case_with_decisions();
    let before = case.claims(&Filter::default()).unwrap();
    let reread = case.reread(&sample.new_document()).unwrap().unwrap();
    assert!(reread.is_same(), "{reread:?}");
    assert_eq!(reread.orphans, []);
    assert_eq!(case.claims(&Filter::default()).unwrap(), before);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn a_new_value_is_listed_and_the_amended_one_still_holds() {
    let (mut case, _) = case_with_decisions();
    let new = later("about 1,200.50 tonnes", "1200.5");
    let changed = later("about 1,200.50 tonnes", "1210");
    let claim = new.claims[0].id;
    assert!(case.reread(&new.new_document()).unwrap().unwrap().is_same());
    let reread = case.reread(&changed.new_document()).unwrap().unwrap();
    assert_eq!(reread.changed.len(), 1, "{reread:?}");
    assert_eq!(reread.changed[0].field, "value");
    assert_eq!(value(&case, claim), "1250");
    let (stale, changes): (bool, i64) = case
        .run(|db| {
            Ok((
                db.query_row("SELECT stale FROM amendment", [], |row| row.get(0))?,
                db.query_row(
                    "SELECT count(*) FROM changes WHERE program = '0.2.0'",
                    [],
                    |row| row.get(0),
                )?,
            ))
        })
        .unwrap();
    assert!(stale, "the value was amended when the program read another");
    assert_eq!(changes, 1);
}

#[test]
fn decisions_follow_words_whose_boundary_moved_and_come_back() {
    let (mut case, sample) = case_with_decisions();
    let new = later("1,200.50 tonnes waited", "1200.50");
    let reread = case.reread(&new.new_document()).unwrap().unwrap();
    let (old, now) = (sample.claims[0].id, new.claims[0].id);
    assert_eq!(reread.moved, [Moved { from: old, to: now }]);
    assert_eq!(
        (reread.new.len(), reread.gone.len(), reread.orphans.len()),
        (0, 0, 0)
    );
    assert_eq!(
        case.claim(now).unwrap().unwrap().verdict,
        Some(Verdict::Accepted)
    );
    assert_eq!(value(&case, now), "1250");
    // Under the old id it can still be decided, and goes to the claim that took its place.
    decide(&mut case, Ruling::Reject { claim: old });
    assert_eq!(
        case.claim(now).unwrap().unwrap().verdict,
        Some(Verdict::Rejected)
    );
    case.reread(&sample.new_document()).unwrap();
    assert_eq!(value(&case, old), "1250");
}

#[test]
fn a_decided_claim_that_is_gone_is_an_orphan_until_it_comes_back() {
    let (mut case, sample) = case_with_decisions();
    let mut without = harbour();
    without.claims.remove(0);
    let reread = case.reread(&without.new_document()).unwrap().unwrap();
    assert_eq!(reread.orphans, [sample.claims[0].id]);
    assert!(reread.gone[0].decided);
    assert_eq!(case.orphans().unwrap().len(), 2);
    assert_eq!(case.status().unwrap().n_orphans, 1);
    let reread = case.reread(&sample.new_document()).unwrap().unwrap();
    assert_eq!((reread.new.len(), reread.orphans.len()), (1, 0));
    assert_eq!(case.orphans().unwrap(), []);
    assert_eq!(value(&case, sample.claims[0].id), "1250");
}

#[test]
fn a_claim_added_by_hand_survives_every_reading() {
    let sample = harbour();
    let mut case = Case::in_memory().unwrap();
    sample.add_to(&mut case);
    let line = sample.by_hand("both ports took", "2", "ports");
    let page = sample.page.id();
    decide(
        &mut case,
        Ruling::Add {
            page,
            line: Box::new(line),
        },
    );
    let new = later("1,200.50 tonnes waited", "1200.50");
    let reread = case.reread(&new.new_document()).unwrap().unwrap();
    assert_eq!((reread.gone.len(), reread.orphans.len()), (0, 0));
    assert_eq!(case.n_claims(&Filter::default()).unwrap(), 6);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn a_trial_says_the_same_and_changes_nothing() {
    let (mut case, sample) = case_with_decisions();
    let before = case.claims(&Filter::default()).unwrap();
    let new = later("1,200.50 tonnes waited", "1210");
    let tried = case.reread_trial(&new.new_document()).unwrap().unwrap();
    assert_eq!(tried.moved.len(), 1);
    assert_eq!(case.claims(&Filter::default()).unwrap(), before);
    assert_eq!(case.outdated(&sample.run).unwrap(), []);
    let done = case.reread(&new.new_document()).unwrap().unwrap();
    assert_eq!(done, tried);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
}

#[test]
fn pages_of_other_runs_and_with_other_dates_are_outdated() {
    let (mut case, sample) = case_with_decisions();
    let page = sample.page.id();
    let second = Sample::new("b.txt", "Two\nTwo boats.");
    second.add_to(&mut case);
    assert_eq!(case.outdated(&sample.run).unwrap(), []);
    let newer = Run {
        program: "0.2.0".into(),
        ..sample.run.clone()
    };
    assert_eq!(case.outdated(&newer).unwrap(), [page, second.page.id()]);
    case.reread(&later("about 1,200.50 tonnes", "1210").new_document())
        .unwrap();
    assert_eq!(case.outdated(&newer).unwrap(), [second.page.id()]);
    assert_eq!(case.outdated(&sample.run).unwrap(), [page]);

    decide(
        &mut case,
        Ruling::Date {
            page: second.page.id(),
            date: "2031-01-30".parse().ok(),
        },
    );
    assert_eq!(case.misdated().unwrap(), [second.page.id()]);
    let mut dated = second.clone();
    dated.document.metadata.published = Some(verbale_core::Publication {
        date: "2031-01-30".parse().unwrap(),
        rule: decision::DATED_BY_PERSON.into(),
    });
    case.reread(&dated.new_document()).unwrap();
    assert_eq!(case.misdated().unwrap(), []);
    let decision = case.decisions().unwrap().pop().unwrap().id;
    decide(&mut case, Ruling::Undo { decision });
    assert_eq!(case.misdated().unwrap(), [second.page.id()]);
    assert_eq!(
        case.outdated(&sample.run).unwrap(),
        [page, second.page.id()]
    );
}

#[test]
fn another_reader_model_or_pack_outdates_a_page_whatever_the_version_says() {
    let (mut case, mut sample) = case_with_decisions();
    let pack = |digest: &str| run::PackVersion {
        name: "harbours".into(),
        version: "1".into(),
        digest: digest.into(),
    };
    sample.run.pipeline = "model aaaa".into();
    sample.run.packs = vec![pack("aaaa")];
    case.reread(&sample.new_document()).unwrap();
    let page = sample.page.id();
    assert_eq!(case.outdated(&sample.run).unwrap(), []);
    let others = [
        Run {
            reader: "2".into(),
            ..sample.run.clone()
        },
        Run {
            pipeline: "model bbbb".into(),
            ..sample.run.clone()
        },
        Run {
            packs: vec![pack("bbbb")],
            ..sample.run.clone()
        },
        Run {
            packs: Vec::new(),
            ..sample.run.clone()
        },
    ];
    for other in others {
        assert_eq!(other.program, sample.run.program);
        assert_eq!(case.outdated(&other).unwrap(), [page], "{other:?}");
    }
}

#[test]
fn a_reading_of_an_unknown_page_is_no_reading() {
    let mut case = Case::in_memory().unwrap();
    assert_eq!(case.reread(&harbour().new_document()).unwrap(), None);
    assert_eq!(case.status().unwrap().n_pages, 0);
}

#[test]
fn the_successor_shares_at_least_half_of_the_shorter() {
    let text = "ten boats and nine barges";
    let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
    let evidence = Evidence::new(text, range(0, 9));
    let kind = ClaimKind::Figure;
    let find = |claims: &[(ClaimKind, TextRange)]| {
        successor(&evidence, kind, text, claims.iter().copied())
    };
    assert_eq!(
        find(&[(kind, range(14, 25)), (kind, range(4, 13))]),
        Some(1)
    );
    assert_eq!(find(&[(ClaimKind::Event, range(0, 9))]), None);
    assert_eq!(find(&[(kind, range(8, 25))]), None);
    assert_eq!(find(&[]), None);
    assert!(Role::Body.carries_claims() && TextSize::of(text) == 25.into());
}
