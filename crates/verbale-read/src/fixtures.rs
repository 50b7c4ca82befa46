//! One small file of each form, read whole: `fixtures/forms/`, made by the script there.

use std::{fs, path::PathBuf};

use serde_json::Value;
use verbale_core::PageOrigin;

use crate::{Limits, document, format, pages};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/forms")
}

fn expected() -> Vec<Value> {
    let lines = fs::read_to_string(folder().join("expected.jsonl")).expect("expected.jsonl");
    lines
        .lines()
        .map(|l| serde_json::from_str(l).expect(l))
        .collect()
}

fn words(value: &Value) -> Vec<&str> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

#[test]
fn every_form_is_read_as_expected() {
    let limits = Limits::default();
    for file in expected() {
        let name = file["file"].as_str().expect("a name");
        let bytes = fs::read(folder().join(name)).expect(name);
        let head = &bytes[..bytes.len().min(format::SNIFF_BYTES)];
        assert_eq!(
            format::sniff(head).map(|f| f.name),
            file["form"].as_str(),
            "{name}"
        );
        let origin = PageOrigin {
            path: name.to_owned(),
            ..PageOrigin::default()
        };
        let found = pages(bytes, origin, &limits);
        let wanted = file["pages"].as_array().expect("pages");
        assert_eq!(
            found.value.len(),
            wanted.len(),
            "{name}: {:?}",
            found.diagnostics
        );
        for (page, wanted) in found.value.iter().zip(wanted) {
            let read = document(page, &limits).value;
            let (m, text) = (&read.metadata, read.text());
            let at = format!("{name}, {}: {m:?}\n{text}", page.origin.path);
            assert_eq!(
                Some(page.origin.path.as_str()),
                wanted["path"].as_str(),
                "{at}"
            );
            // What the expectation does not name may be anything.
            let is = |key: &str, got: Option<&str>| {
                if let Some(wanted) = wanted.get(key) {
                    assert_eq!(got, wanted.as_str(), "{key} of {at}");
                }
            };
            is("title", m.title.as_deref());
            is("publisher", m.publisher.as_deref());
            is("address", page.origin.address.as_deref());
            let published = m.published.as_ref().map(|p| p.date.to_string());
            is("published", published.as_deref());
            if wanted.get("authors").is_some() {
                assert_eq!(m.authors, words(&wanted["authors"]), "{at}");
            }
            if wanted.get("containers").is_some() {
                assert_eq!(page.origin.containers, words(&wanted["containers"]), "{at}");
            }
            assert!(
                words(&wanted["has"]).iter().all(|w| text.contains(w)),
                "{at}"
            );
            assert!(
                !words(&wanted["lacks"]).iter().any(|w| text.contains(w)),
                "{at}"
            );
        }
    }
}

#[test]
fn every_form_has_a_fixture() {
    let files = expected();
    for form in format::FORMATS {
        // Entries of feeds and lines of JSON lines are pages that stand in no file of their own.
        let is_inner = matches!(form.name, "feed entry" | "json object");
        assert!(
            is_inner || files.iter().any(|f| f["form"] == form.name),
            "a fixture of {}",
            form.name
        );
    }
}
