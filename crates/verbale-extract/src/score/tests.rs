use super::*;

const TEXT: &str = "The port said 40 ferries were laid up in May, fewer than the 52 of April. \
    Its director denied that the strike was over. Forty ferries were laid up, the port said.";

fn record(kind: ClaimKind, span: &str, fields: &[(&str, Value)]) -> Record {
    Record {
        id: "c1".into(),
        kind,
        span: span.into(),
        speaker: Some("the port".into()),
        speaker_org: None,
        speaker_role: None,
        on_behalf_of: None,
        anonymous: false,
        reported_via: Vec::new(),
        act: "say".into(),
        said_on: None,
        restates: false,
        fields: fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), v.clone()))
            .collect(),
    }
}

fn figure(span: &str, value: f64) -> Record {
    record(ClaimKind::Figure, span, &[("value", Value::Number(value))])
}

fn compare(gold: Vec<Record>, predicted: Vec<Record>) -> Scores {
    score(&[Page {
        id: "p".into(),
        text: TEXT.into(),
        outlet: Some("The Tide".into()),
        gold,
        predicted,
    }])
}

#[test]
fn equal_ledgers_score_one() {
    let ledger = vec![
        figure("40 ferries were laid up", 40.0),
        figure("the 52 of April", 52.0),
    ];
    let scores = compare(ledger.clone(), ledger);
    assert_eq!(
        scores.total(),
        Tally {
            matched: 2,
            gold: 2,
            predicted: 2
        }
    );
    assert!(scores.remarks.is_empty());
    assert_eq!(scores.accuracy("figure.value"), Some(1.0));
}

#[test]
fn a_figure_needs_one_equal_number() {
    let scores = compare(
        vec![figure("40 ferries were laid up", 40.0)],
        vec![figure("40 ferries were laid up", 41.0)],
    );
    assert_eq!(
        scores.total(),
        Tally {
            matched: 0,
            gold: 1,
            predicted: 1
        }
    );
    assert_eq!(
        scores.touched,
        FieldScore {
            right: 1,
            judged: 1
        }
    );
}

#[test]
fn a_span_far_longer_than_the_gold_one_is_no_match() {
    let scores = compare(
        vec![figure("40 ferries", 40.0)],
        vec![figure(&TEXT[..74], 40.0)],
    );
    assert_eq!(scores.total().matched, 0);
    assert_eq!(
        scores.grounded,
        FieldScore {
            right: 1,
            judged: 1
        }
    );
}

#[test]
fn restatements_are_optional_but_their_fields_are_judged() {
    let again = Record {
        restates: true,
        ..figure("Forty ferries were laid up", 40.0)
    };
    let missed = compare(vec![again.clone()], vec![]);
    assert_eq!(missed.total(), Tally::default());
    let found = compare(vec![again.clone()], vec![again]);
    assert_eq!(found.total(), Tally::default());
    assert_eq!(found.accuracy("all.act"), Some(1.0));
}

#[test]
fn a_bare_assertion_may_name_the_publisher_or_nobody() {
    let nobody = Record {
        speaker: None,
        ..figure("40 ferries", 40.0)
    };
    let speaker = |name: &str| {
        let got = Record {
            speaker: Some(name.into()),
            ..nobody.clone()
        };
        compare(vec![nobody.clone()], vec![got]).accuracy("all.speaker")
    };
    assert_eq!(speaker("the tide"), Some(1.0));
    assert_eq!(speaker("the director"), Some(0.0));
}

#[test]
fn words_that_are_not_in_the_page_are_not_grounded() {
    let scores = compare(vec![], vec![figure("41 ferries", 41.0)]);
    assert_eq!(
        scores.grounded,
        FieldScore {
            right: 0,
            judged: 1
        }
    );
}

#[test]
fn numbers_are_one_token_and_end_in_a_digit() {
    let words = super::text::tokens("In 2019, 16,613 visas. The 88th \u{2019}s co-op_1");
    let want = [
        "in", "2019", "16,613", "visas", "the", "88", "th", "s", "co", "op_1",
    ];
    assert_eq!(words, want);
}
