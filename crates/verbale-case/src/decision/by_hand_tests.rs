//! Claims that a person adds: checked like those of the program, and undone.

use serde_json::json;
use verbale_core::ClaimKind;

use super::tests::{case, decide, try_decide};
use super::*;
use crate::Filter;
use crate::exchange::ClaimLine;
use crate::testing::Sample;

fn two_ports(sample: &Sample) -> ClaimLine {
    sample.by_hand("both ports took", "2", "ports")
}

#[test]
fn a_claim_can_be_added_by_hand_where_words_stand() {
    let (mut case, sample) = case();
    let page = sample.page.id();
    let add = |line| Ruling::Add {
        page,
        line: Box::new(line),
    };
    let id = decide(&mut case, "ada", 1, add(two_ports(&sample)));
    assert_eq!(case.n_claims(&Filter::default()).unwrap(), 6);
    assert_eq!(case.check(|_, _, _| None).unwrap().faults, []);
    for wrong in [
        ClaimLine {
            span: "no such words".into(),
            ..two_ports(&sample)
        },
        ClaimLine {
            span: "our 12 newsletters".into(),
            ..two_ports(&sample)
        },
        ClaimLine {
            kind: "status".into(),
            ..two_ports(&sample)
        },
    ] {
        assert!(try_decide(&mut case, "ada", 2, add(wrong)).is_err());
    }
    decide(&mut case, "ada", 3, Ruling::Undo { decision: id });
    assert_eq!(case.n_claims(&Filter::default()).unwrap(), 5);
}

#[test]
fn a_draft_is_checked_like_an_amendment() {
    let (mut case, sample) = case();
    let document = &sample.document;
    let [range] = places(document, "both ports took")[..] else {
        panic!("the words stand once");
    };
    assert_eq!(
        places(document, "newsletters"),
        [],
        "furniture carries no claim"
    );
    assert_eq!(places(document, ""), []);
    let given = |pairs: &[(&str, Value)]| -> Vec<(String, Value)> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), v.clone()))
            .collect()
    };
    let refused = |kind, pairs: &[(&str, Value)]| {
        draft(document, range, kind, &given(pairs))
            .unwrap_err()
            .to_string()
    };
    let kind = ClaimKind::Figure;
    let two = ("value", json!(2));
    let ports = ("subject", json!("ports"));
    assert!(refused(kind, std::slice::from_ref(&two)).contains("a value for subject"));
    assert!(refused(kind, std::slice::from_ref(&ports)).contains("a value for value"));
    assert!(refused(kind, &[ports.clone(), ("value", json!("many"))]).contains("a number"));
    assert!(refused(kind, &[("status", json!("x"))]).contains("not `status`"));
    assert!(refused(kind, &[("speaker_org", json!("x"))]).contains("a value for speaker"));
    let all = given(&[
        ("speaker_org", json!("Port office")),
        two,
        ports,
        ("speaker", json!("Ada")),
    ]);
    let line = draft(document, range, kind, &all).unwrap();
    assert_eq!(line.speaker_org.as_deref(), Some("Port office"));
    assert_eq!(line.reported_via, ["Harbour Post"]);
    let page = sample.page.id();
    let added = decide(
        &mut case,
        "ada",
        1,
        Ruling::Add {
            page,
            line: Box::new(line),
        },
    );
    let made = case.decision(&added).unwrap().unwrap();
    assert!(case.holds(&added).unwrap());
    let claim = case
        .claim(made.ruling.target().parse().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(claim.claim.evidence.quote(), "both ports took");
}
