//! Rules about the source itself: who may import whom, licences, words.

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::Value;

use crate::support::root;

/// Which of our crates each may import.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("verbale-core", &[]),
    ("verbale-nlp", &[]),
    ("verbale-read", &["verbale-core"]),
    ("verbale-pack", &["verbale-core"]),
    (
        "verbale-extract",
        &["verbale-core", "verbale-nlp", "verbale-pack"],
    ),
    ("verbale-analysis", &["verbale-core", "verbale-pack"]),
    ("verbale-case", &["verbale-core", "verbale-analysis"]),
    (
        "verbale-desk",
        &["verbale-core", "verbale-analysis", "verbale-case"],
    ),
];

/// Dependencies that only these crates may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["verbale-case"]),
    ("axum", &["verbale-desk"]),
    ("maud", &["verbale-desk"]),
    ("tokio", &["verbale-desk"]),
    ("clap", &["verbale"]),
    ("anyhow", &["verbale"]),
];

/// Licences that a dependency may be under; an `OR` needs one of them, an `AND` all.
const LICENSES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

fn metadata(args: &[&str]) -> Value {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(args)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).expect("cargo prints JSON")
}

/// The normal dependencies that each crate of the workspace names.
fn direct_dependencies() -> BTreeMap<String, Vec<String>> {
    let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let packages = metadata(&["--no-deps"]);
    let packages = packages["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|p| {
            let deps = p["dependencies"].as_array().expect("dependencies");
            let normal = deps.iter().filter(|d| d["kind"].is_null());
            (word(&p["name"]), normal.map(|d| word(&d["name"])).collect())
        })
        .collect()
}

#[test]
fn crates_import_only_what_they_may() {
    let crates = direct_dependencies();
    for (name, deps) in &crates {
        let allowed = MAY_IMPORT
            .iter()
            .find(|(c, _)| c == name)
            .map(|(_, may)| *may);
        for ours in deps.iter().filter(|d| crates.contains_key(*d)) {
            let free = name == "verbale";
            assert!(
                free || allowed.is_some_and(|may| may.contains(&ours.as_str())),
                "{name} may not import {ours}"
            );
        }
        for (dependency, only) in ONLY_IN {
            assert!(
                !deps.iter().any(|d| d == dependency) || only.contains(&name.as_str()),
                "{dependency} belongs into {only:?}, not {name}"
            );
        }
    }
}

#[test]
fn dependencies_are_under_licences_that_suit() {
    // Only what is built here: packages for other systems are not downloaded.
    let host = env!("VERBALE_HOST");
    let all = metadata(&["--filter-platform", host]);
    for package in all["packages"].as_array().expect("packages") {
        let license = package["license"].as_str().unwrap_or_default();
        // Old packages write `MIT/Apache-2.0` for a choice.
        let choices = license.replace('/', " OR ");
        let fine = |l: &str| LICENSES.contains(&l.trim_matches(['(', ')', ' ']));
        let suits = choices
            .split(" AND ")
            .all(|part| part.split(" OR ").any(fine));
        assert!(suits, "{} is under `{license}`", package["name"]);
    }
}

#[test]
fn every_direct_dependency_has_its_row_in_the_design_record() {
    let design = fs::read_to_string(root().join("docs/DESIGN.md")).expect("docs/DESIGN.md");
    let crates = direct_dependencies();
    for (name, deps) in &crates {
        for dep in deps.iter().filter(|d| !crates.contains_key(*d)) {
            assert!(
                design.contains(&format!("`{dep}`")),
                "docs/DESIGN.md says why {name} uses `{dep}`"
            );
        }
    }
}
