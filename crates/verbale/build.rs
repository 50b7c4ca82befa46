//! Tells the program which sources read its pages, and the tests for which system they were built.

#[path = "build/sources.rs"]
mod sources;

use std::path::Path;

/// What makes a text out of bytes.
const READER: &[&str] = &["verbale-core/src", "verbale-read/src", "verbale-read/data"];

/// What makes claims out of a text; packs and models have digests of their own.
const RULES: &[&str] = &[
    "verbale-core/src",
    "verbale-extract/src",
    "verbale-nlp/src",
    "verbale-pack/src",
    "verbale-read/data",
    "verbale-read/src",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let target = std::env::var("TARGET").expect("cargo sets TARGET");
    println!("cargo::rustc-env=VERBALE_HOST={target}");
    let crates = Path::new("..");
    for folder in RULES {
        println!("cargo::rerun-if-changed=../{folder}");
    }
    for (name, folders) in [("VERBALE_READER", READER), ("VERBALE_RULES", RULES)] {
        let digest = sources::digest(crates, folders).expect("the sources can be read");
        println!("cargo::rustc-env={name}={digest}");
    }
}
