//! Accuracy on the annotated pages of this repository: floors, and the rows of `docs/accuracy.md`.
//!
//! The scores are those of `verbale eval`. A floor stands a little below the last measurement, and lowering one needs
//! a line in the changelog. The rows of the page, which the desk and every brief show to readers, and those of the
//! README are held to what is measured here; `UPDATE_DOCS=1` writes them anew.

use std::fs;

use serde_json::Value;

use crate::support::{Bench, root};

/// A folder with pages and their `gold`, and its floors.
struct Set {
    folder: &'static str,
    /// F1 of all kinds together, and of figures.
    claims: [f64; 2],
    /// Shares of right speakers, chains and days of speaking over matched claims.
    fields: [f64; 3],
}

const SETS: &[Set] = &[
    Set {
        folder: "examples/trawlers",
        claims: [0.83, 0.88],
        fields: [0.85, 0.97, 0.84],
    },
    Set {
        folder: "examples/dam",
        claims: [0.69, 0.76],
        fields: [0.93, 0.96, 0.78],
    },
    Set {
        folder: "examples/quotas",
        claims: [0.55, 0.70],
        fields: [0.80, 0.80, 0.65],
    },
    Set {
        folder: "eval/open",
        claims: [0.68, 0.79],
        fields: [0.86, 0.90, 0.84],
    },
    Set {
        folder: "eval/held-out",
        claims: [0.64, 0.77],
        fields: [0.73, 0.75, 0.74],
    },
];

/// Columns of the two tables of the page, in their order.
const KINDS: [&str; 6] = ["all", "figure", "status", "event", "obligation", "position"];
const FIELDS: [&str; 9] = [
    "all.speaker",
    "all.chain",
    "all.act",
    "all.said_on",
    "all.anonymous",
    "figure.bounds",
    "figure.as_of",
    "figure.subject",
    "figure.where",
];

/// How far a cell may stand from what is measured. The kernels of one processor add up in another order than those
/// of the next, which may move a claim or two; a changed rule moves more.
const TOLERANCE: f64 = 0.015;

#[test]
fn scores_stay_above_the_floors_and_are_those_of_the_docs() {
    let bench = Bench::new();
    let is_updating = std::env::var_os("UPDATE_DOCS").is_some();
    let [docs, readme] = ["docs/accuracy.md", "README.md"].map(|name| root().join(name));
    let mut page = fs::read_to_string(&docs).expect("docs/accuracy.md");
    let mut front = fs::read_to_string(&readme).expect("README.md");
    for set in SETS {
        let scores = scores(&bench, set.folder);
        let f1 = KINDS.map(|kind| scores["claims"][kind]["f1"].as_f64().expect("a score"));
        let shares = FIELDS.map(|field| {
            scores["fields"][field]["accuracy"]
                .as_f64()
                .expect("a share")
        });
        for (floor, i) in set.claims.iter().zip([0, 1]) {
            hold(set.folder, KINDS[i], f1[i], *floor);
        }
        for (floor, i) in set.fields.iter().zip([0, 1, 3]) {
            hold(set.folder, FIELDS[i], shares[i], *floor);
        }
        assert_eq!(
            scores["grounded"]["right"], scores["grounded"]["judged"],
            "{}: every found claim's words stand in the page",
            set.folder
        );
        for measured in [&f1[..], &shares[..]] {
            page = with_row(&page, set.folder, measured, is_updating)
                .unwrap_or_else(|| panic!("docs/accuracy.md has no row of {}", set.folder));
        }
        let shown = [f1[0], f1[1], shares[0]];
        front = with_row(&front, set.folder, &shown, is_updating).unwrap_or(front);
    }
    if is_updating {
        fs::write(&docs, page).expect("docs/accuracy.md");
        fs::write(&readme, front).expect("README.md");
    }
}

fn scores(bench: &Bench, folder: &str) -> Value {
    let pages = root().join(folder).to_string_lossy().into_owned();
    let out = bench.ok(&["eval", &format!("{pages}/gold"), &pages, "--format", "json"]);
    serde_json::from_str(&out).expect("JSON")
}

fn hold(folder: &str, what: &str, measured: f64, floor: f64) {
    assert!(
        measured >= floor,
        "{folder}: {what} is {measured}, the floor is {floor}"
    );
}

/// The page with a folder's row brought to what is measured; `None` if it has no row with as many numbers.
///
/// # Panics
/// If the row stands too far from what is measured and is not to be updated.
fn with_row(page: &str, folder: &str, measured: &[f64], is_updating: bool) -> Option<String> {
    let head = format!("| `{folder}`");
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|c| c.trim().to_owned()).collect()
    };
    let is_row = |line: &&str| line.starts_with(&head) && cells(line).len() == measured.len() + 1;
    let line = page.lines().find(is_row)?;
    let told = cells(line);
    let is_near = told[1..].iter().zip(measured).all(|(cell, m)| {
        let told: f64 = cell.parse().expect("a number");
        (told - m).abs() <= TOLERANCE
    });
    let row: String = measured.iter().map(|m| format!(" {m:.2} |")).collect();
    let row = format!("| {} |{row}", told[0]);
    assert!(
        is_near || is_updating,
        "the docs are stale: they have\n{line}\nand measured is\n{row}\nrun the tests with UPDATE_DOCS=1"
    );
    let kept = if is_updating { &row } else { line };
    Some(page.replacen(line, kept, 1))
}

#[test]
fn a_stale_row_is_found_and_mended() {
    let page = "| `eval/x` (3) | 0.50 | 0.61 |\n";
    assert_eq!(
        with_row(page, "eval/x", &[0.51, 0.61], false).as_deref(),
        Some(page)
    );
    assert_eq!(
        with_row(page, "eval/x", &[0.53, 0.61], true).as_deref(),
        Some("| `eval/x` (3) | 0.53 | 0.61 |\n")
    );
    assert_eq!(with_row(page, "eval/x", &[0.5], true), None);
    let stale = std::panic::catch_unwind(|| with_row(page, "eval/x", &[0.53, 0.61], false));
    assert!(stale.is_err());
}
