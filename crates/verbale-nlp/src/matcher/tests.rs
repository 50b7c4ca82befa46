//! The matchers against what spaCy found: `eval/spacy/record_matches.py` made the fixture.

use serde_json::{Value, json};

use super::*;
use crate::Doc;

const FIXTURES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/spacy/matches.json"
);
const PATTERNS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../eval/spacy/patterns.json"
);

fn read(path: &str) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_slice(&bytes).unwrap()
}

struct Recorded {
    docs: Vec<Doc>,
    found: Value,
    patterns: Value,
}

impl Recorded {
    fn read() -> Self {
        let found = read(FIXTURES);
        let docs = found["docs"].as_array().unwrap();
        Self {
            docs: docs
                .iter()
                .map(|doc| Doc::from_json(doc).unwrap())
                .collect(),
            patterns: read(PATTERNS),
            found,
        }
    }

    /// Holds the numbers that `find` gives for each doc against those of spaCy, for each pattern under a key.
    fn check(&self, key: &str, find: impl Fn(&Value, &Doc) -> Vec<Vec<usize>>) {
        let patterns = self.patterns[key].as_array().unwrap();
        let recorded = self.found[key].as_array().unwrap();
        assert_eq!(patterns.len(), recorded.len());
        let mut differences = Vec::new();
        for (pattern, expected) in patterns.iter().zip(recorded) {
            let mut found = Vec::new();
            for (i, doc) in self.docs.iter().enumerate() {
                found.extend(
                    find(pattern, doc)
                        .into_iter()
                        .map(|m| [vec![i], m].concat()),
                );
            }
            found.sort();
            let expected: Vec<Vec<usize>> = serde_json::from_value(expected.clone()).unwrap();
            let missed = expected.iter().find(|m| found.binary_search(m).is_err());
            let extra = found.iter().find(|m| expected.binary_search(m).is_err());
            if missed.is_some() || extra.is_some() || found.len() != expected.len() {
                differences.push(format!("{pattern}: missed {missed:?}, in excess {extra:?}"));
            }
        }
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[test]
fn sequences_are_those_of_spacy() {
    Recorded::read().check("matcher", |pattern, doc| {
        let mut matcher = Matcher::new();
        matcher.add("key", pattern).unwrap();
        matcher
            .find(doc)
            .iter()
            .map(|m| vec![m.span.start(), m.span.end()])
            .collect()
    });
}

#[test]
fn greedy_sequences_are_those_of_spacy() {
    Recorded::read().check("greedy", |pattern, doc| {
        let greedy = if pattern[0] == "FIRST" {
            Greedy::First
        } else {
            Greedy::Longest
        };
        let mut matcher = Matcher::new();
        matcher.add_greedy("key", &pattern[1], greedy).unwrap();
        matcher
            .find(doc)
            .iter()
            .map(|m| vec![m.span.start(), m.span.end()])
            .collect()
    });
}

#[test]
fn trees_are_those_of_spacy() {
    Recorded::read().check("dependency", |pattern, doc| {
        let mut matcher = DependencyMatcher::new();
        matcher.add("key", pattern).unwrap();
        let found = matcher.find(doc);
        found
            .iter()
            .map(|m| m.tokens.iter().map(|t| t.i()).collect())
            .collect()
    });
}

#[test]
fn noun_chunks_are_those_of_spacy() {
    let recorded = Recorded::read();
    let mut found = Vec::new();
    for (i, doc) in recorded.docs.iter().enumerate() {
        found.extend(doc.noun_chunks().map(|c| json!([i, c.start(), c.end()])));
    }
    assert_eq!(Value::Array(found), recorded.found["chunks"]);
}

#[test]
fn many_patterns_find_what_each_finds_alone() {
    let recorded = Recorded::read();
    let patterns = recorded.patterns["matcher"].as_array().unwrap();
    let mut together = Matcher::new();
    for (i, pattern) in patterns.iter().enumerate() {
        together.add(&i.to_string(), pattern).unwrap();
    }
    for doc in &recorded.docs {
        let mut counts = vec![0; patterns.len()];
        for m in together.find(doc) {
            counts[m.key.parse::<usize>().unwrap()] += 1;
        }
        for (i, pattern) in patterns.iter().enumerate() {
            let mut alone = Matcher::new();
            alone.add("key", pattern).unwrap();
            assert_eq!(alone.find(doc).len(), counts[i], "{pattern}");
        }
    }
}

#[test]
fn what_is_no_pattern() {
    for pattern in [
        json!([]),
        json!({}),
        json!(["said"]),
        json!([{"LOWERCASE": "a"}]),
        json!([{"LOWER": 3}]),
        json!([{"LOWER": {"NEAR": "a"}}]),
        json!([{"LOWER": {"IN": "a"}}]),
        json!([{"LOWER": {"FUZZY0": "a"}}]),
        json!([{"TEXT": {"REGEX": "("}}]),
        json!([{"TEXT": {"REGEX": "a(?=b)"}}]),
        json!([{"IS_STOP": true}]),
        json!([{"IS_PUNCT": "yes"}]),
        json!([{"_": {"x": 1}}]),
        json!([{"OP": "**"}]),
        json!([{"OP": "{3,1}"}]),
        json!([{"OP": "{,}"}]),
        json!([{"OP": "{1,1000000000}"}]),
    ] {
        assert!(Matcher::new().add("key", &pattern).is_err(), "{pattern}");
    }
    let a = json!({"RIGHT_ID": "a", "RIGHT_ATTRS": {}});
    for pattern in [
        json!([]),
        json!([{"RIGHT_ID": "a"}]),
        json!([{"LEFT_ID": "b", "REL_OP": ">", "RIGHT_ID": "a", "RIGHT_ATTRS": {}}]),
        json!([a, a]),
        json!([a, {"LEFT_ID": "x", "REL_OP": ">", "RIGHT_ID": "b", "RIGHT_ATTRS": {}}]),
        json!([a, {"LEFT_ID": "a", "REL_OP": "=>", "RIGHT_ID": "b", "RIGHT_ATTRS": {}}]),
        json!([{"RIGHT_ID": "a", "RIGHT_ATTRS": {"OP": "?"}}]),
    ] {
        assert!(
            DependencyMatcher::new().add("key", &pattern).is_err(),
            "{pattern}"
        );
    }
}
