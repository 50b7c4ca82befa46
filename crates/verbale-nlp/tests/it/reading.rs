//! What must hold of any reading.

use verbale_nlp::{Doc, Kernels};

use crate::models::{ENGLISH, load_english};

fn texts() -> Vec<String> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/spacy/sentences.en.txt"
    );
    let text = std::fs::read_to_string(file).expect("the fixture is there");
    text.split("\n\n").take(120).map(str::to_owned).collect()
}

#[test]
fn tokens_and_blanks_spell_the_text() {
    for text in texts()
        .iter()
        .map(String::as_str)
        .chain(["", " ", "\n", " a  b ", "\u{1f}x\u{a0}"])
    {
        let doc = ENGLISH.read(text);
        let spelled: String = doc
            .tokens()
            .map(|t| format!("{}{}", t.text(), t.whitespace()))
            .collect();
        assert_eq!(spelled, *text);
        assert_eq!(doc.is_empty(), text.is_empty());
    }
}

#[test]
fn batches_and_threads_change_nothing() {
    let texts = texts();
    let one_by_one: Vec<Doc> = texts.iter().map(|text| ENGLISH.read(text)).collect();
    let together: Vec<Doc> = ENGLISH.read_all(texts.clone()).collect();
    let on_threads: Vec<Doc> = ENGLISH.read_all_on(3, texts).collect();
    assert_eq!(one_by_one, together);
    assert_eq!(one_by_one, on_threads);
}

#[test]
fn a_long_text_is_read_like_its_parts() {
    // A tree that spans more blocks than the parser keeps is in the recorded sentences; this is many sentences in one text.
    let text = "The gate was opened at dawn. ".repeat(2000);
    let doc = ENGLISH.read(&text);
    assert_eq!(doc.len(), 14_000);
    assert_eq!(doc.sents().count(), 2000);
}

#[test]
fn a_full_cache_changes_nothing() {
    // More distinct words than the cache keeps; which of them it keeps depends on what was read before.
    let text = |range: std::ops::Range<u32>| -> String {
        let stop = |i| if i % 20 == 19 { ". " } else { " " };
        range.map(|i| format!("x{i}{}", stop(i))).collect()
    };
    let whole = text(0..11_000);
    let expected = load_english().read(&whole);
    let warm = load_english();
    warm.read(&text(5000..11_000));
    assert!(warm.read(&whole) == expected);
}

#[test]
fn annotations_come_back_through_json() {
    for text in texts() {
        let doc = ENGLISH.read(&text);
        assert_eq!(Doc::from_json(&doc.to_json()).expect("our own JSON"), doc);
    }
}

#[test]
fn the_package_says_what_it_is() {
    let meta = ENGLISH.meta();
    assert_eq!((meta.lang.as_str(), meta.license.as_str()), ("en", "MIT"));
    assert!(
        meta.sources.iter().any(|s| s.name.contains("OntoNotes")),
        "{:?}",
        meta.sources
    );
    let components: Vec<&str> = ENGLISH.components().collect();
    assert_eq!(
        components,
        [
            "tok2vec",
            "tagger",
            "parser",
            "attribute_ruler",
            "lemmatizer",
            "ner"
        ]
    );
}

#[test]
fn all_kernels_decide_alike() {
    let expected: Vec<Doc> = ENGLISH.read_all(texts()).collect();
    for kernels in Kernels::available() {
        let pipeline = load_english().with_kernels(kernels);
        let found: Vec<Doc> = pipeline.read_all(texts()).collect();
        assert!(found == expected, "{}", kernels.as_str());
    }
}
