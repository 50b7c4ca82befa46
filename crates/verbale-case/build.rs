//! Tells the case by which sources claims are filed and held against each other.

#[path = "../verbale/build/sources.rs"]
mod sources;

use std::path::Path;

/// What the names of claims, their conflicts and their support follow from; packs have digests of their own, and how
/// all this is kept is the schema's.
const RULES: &[&str] = &[
    "verbale-analysis/src",
    "verbale-core/src",
    "verbale-pack/src",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../verbale/build/sources.rs");
    for folder in RULES {
        println!("cargo::rerun-if-changed=../{folder}");
    }
    let digest = sources::digest(Path::new(".."), RULES).expect("the sources can be read");
    println!("cargo::rustc-env=VERBALE_FILING={digest}");
}
