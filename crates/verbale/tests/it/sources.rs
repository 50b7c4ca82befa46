//! The digest by which builds with other rules are told apart.

#[path = "../../build/sources.rs"]
mod digest;

use std::fs;
use std::path::Path;

fn digest_of(root: &Path) -> String {
    digest::digest(root, &["a/src", "b"]).expect("the folders are there")
}

#[test]
fn rules_change_the_digest_and_tests_do_not() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("a/src/claim.rs", "one\ntwo\n");
    write("b/words.txt", "three");
    let first = digest_of(root.path());
    assert_eq!(first.len(), 16);
    assert_eq!(digest_of(root.path()), first);

    write("a/src/claim.rs", "one\r\ntwo\r\n");
    for test in [
        "a/src/claim/tests.rs",
        "a/src/claim_tests.rs",
        "a/src/tests/one.rs",
        "a/.swp",
        "a/tests/it.rs",
    ] {
        write(test, "four");
    }
    assert_eq!(digest_of(root.path()), first);

    write("a/src/claim.rs", "one\ntwo\nand three\n");
    let second = digest_of(root.path());
    assert_ne!(second, first);
    write("b/words.txt", "thre");
    assert_ne!(digest_of(root.path()), second);
    write("b/words.txt", "three");
    fs::rename(
        root.path().join("b/words.txt"),
        root.path().join("b/more.txt"),
    )
    .unwrap();
    assert_ne!(digest_of(root.path()), second);
}

#[test]
fn a_folder_that_is_missing_is_an_error() {
    let root = tempfile::tempdir().unwrap();
    assert!(digest::digest(root.path(), &["a"]).is_err());
}
