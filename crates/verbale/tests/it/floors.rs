//! Accuracy floors on the annotated pages of this repository.
//!
//! The scores are those of `verbale eval`; the floors stand a little below the last measurement, which
//! `docs/accuracy.md` has with its date. Lowering one needs a line in the changelog.

use serde_json::Value;

use crate::support::{Bench, root};

/// Folder with pages and their `gold`, and the least F1 of all kinds together and of figures.
const FLOORS: &[(&str, f64, f64)] = &[
    ("examples/trawlers", 0.83, 0.88),
    ("examples/dam", 0.69, 0.76),
    ("eval/open", 0.69, 0.75),
    ("eval/held-out", 0.63, 0.77),
];

/// Folder and the least share of right speakers, chains and days of speaking over matched claims.
const FIELDS: &[(&str, [f64; 3])] = &[
    ("examples/trawlers", [0.85, 0.97, 0.84]),
    ("examples/dam", [0.93, 0.96, 0.78]),
    ("examples/quotas", [0.80, 0.80, 0.65]),
    ("eval/open", [0.84, 0.88, 0.85]),
    ("eval/held-out", [0.68, 0.66, 0.75]),
];

#[test]
fn attributions_stay_above_the_floors() {
    let bench = Bench::new();
    for (folder, floors) in FIELDS {
        let pages = root().join(folder).to_string_lossy().into_owned();
        let out = bench.ok(&["eval", &format!("{pages}/gold"), &pages, "--format", "json"]);
        let scores: Value = serde_json::from_str(&out).expect("JSON");
        for (field, floor) in ["all.speaker", "all.chain", "all.said_on"]
            .iter()
            .zip(floors)
        {
            let share = scores["fields"][field]["accuracy"]
                .as_f64()
                .expect("a share");
            assert!(
                share >= *floor,
                "{folder}: {field} is {share}, the floor is {floor}"
            );
        }
    }
}

#[test]
fn claims_stay_above_the_floors_and_keep_their_words() {
    let bench = Bench::new();
    for (folder, all, figures) in FLOORS {
        let pages = root().join(folder).to_string_lossy().into_owned();
        let out = bench.ok(&["eval", &format!("{pages}/gold"), &pages, "--format", "json"]);
        let scores: Value = serde_json::from_str(&out).expect("JSON");
        for (kind, floor) in [("all", all), ("figure", figures)] {
            let f1 = scores["claims"][kind]["f1"].as_f64().expect("a score");
            assert!(
                f1 >= *floor,
                "{folder}: F1 of {kind} is {f1}, the floor is {floor}"
            );
        }
        assert_eq!(
            scores["grounded"]["right"], scores["grounded"]["judged"],
            "{folder}: every found claim's words stand in the page"
        );
    }
}
