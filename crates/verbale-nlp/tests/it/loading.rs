//! Packages that cannot be loaded, and what is said of them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use verbale_nlp::{LoadError, Package, Pipeline};

/// A model folder with these settings, made for a spaCy version.
fn package(config: &str, spacy: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let model = folder.path().join("en_test/en_test-1.0.0");
    fs::create_dir_all(&model).expect("a folder");
    let meta = format!(
        r#"{{"lang": "en", "name": "test", "version": "1.0.0", "license": "MIT", "spacy_version": "{spacy}"}}"#
    );
    fs::write(model.join("meta.json"), meta).expect("a file");
    fs::write(model.join("config.cfg"), config).expect("a file");
    folder
}

fn config(component: &str) -> String {
    format!(
        "[nlp]\nlang = \"en\"\npipeline = [\"part\"]\ndisabled = []\n\
         tokenizer = {{\"@tokenizers\":\"spacy.Tokenizer.v1\"}}\n\n[components.part]\n{component}\n"
    )
}

#[track_caller]
fn check(path: &Path, expected: &str) {
    let error = Pipeline::load(path)
        .err()
        .map(|e| e.to_string())
        .unwrap_or_default();
    assert!(error.contains(expected), "{error:?} has no {expected:?}");
}

#[test]
fn what_is_no_package() {
    let folder = tempfile::tempdir().expect("a folder");
    check(&folder.path().join("none"), "cannot read");
    check(folder.path(), "no spaCy pipeline");
    let text = folder.path().join("a.whl");
    fs::write(&text, "no zip archive").expect("a file");
    check(&text, "no spaCy pipeline");
}

#[test]
fn components_that_are_not_supported() {
    for (component, what) in [
        ("factory = \"transformer\"", "a factory transformer"),
        (
            "factory = \"trainable_lemmatizer\"",
            "a factory trainable_lemmatizer",
        ),
        ("factory = \"senter\"", "a factory senter"),
    ] {
        let folder = package(&config(component), ">=3.7.2,<3.9.0");
        check(folder.path(), &format!("pipeline `en_test` needs {what}"));
        check(folder.path(), "component `part`");
    }
}

#[test]
fn versions_that_are_not_supported() {
    for spacy in [">=4.0.0,<5.0.0", ">=2.3.0,<2.4.0", ">=3.10.0", ""] {
        check(
            package(&config("factory = \"ner\""), spacy).path(),
            "supported are 3.1 to 3.8",
        );
    }
}

#[test]
fn files_that_are_missing_or_damaged() {
    let folder = package(&config("factory = \"attribute_ruler\""), ">=3.8.0,<3.9.0");
    check(folder.path(), "the package lacks `part/patterns`");
    let model = folder.path().join("en_test/en_test-1.0.0");
    fs::create_dir(model.join("part")).expect("a folder");
    fs::write(model.join("part/patterns"), [0xdd, 0xff, 0xff, 0xff, 0xff]).expect("a file");
    check(folder.path(), "`part/patterns`");
    fs::write(model.join("meta.json"), "{").expect("a file");
    check(folder.path(), "`meta.json`");
    assert!(matches!(
        Package::open(folder.path()),
        Err(LoadError::Damaged { .. })
    ));
}

#[test]
fn files_that_are_used() {
    let folder = package(&config("factory = \"parser\""), ">=3.8.0,<3.9.0");
    let used = Package::open(folder.path())
        .and_then(|p| p.used_files())
        .expect("a package");
    assert_eq!(
        used,
        [
            "config.cfg",
            "meta.json",
            "part/cfg",
            "part/model",
            "part/moves",
            "tokenizer",
            "vocab/lookups.bin"
        ]
    );
}
