//! Entities, grades, and claims that people write down.

use serde_json::Value;

use crate::support::{Bench, err, example, out};

fn bench() -> Bench {
    let bench = Bench::new();
    bench.ok(&["add", "h.verbale", &example("trawlers/ex01_wire-copy.html")]);
    bench
}

/// The claims of a case as rows of the exchange format.
fn rows(bench: &Bench, case: &str) -> Vec<Value> {
    let lines = bench.ok(&["claims", case, "--format", "jsonl"]);
    let lines = lines.lines().skip(1);
    lines
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect()
}

fn word(row: &Value, key: &str) -> String {
    row[key].as_str().expect("words").to_owned()
}

/// The first id of a table of entities.
fn first_entity(table: &str) -> String {
    let line = table.lines().nth(2).expect("an entity");
    line.split_whitespace().next().expect("an id").to_owned()
}

#[test]
fn a_claim_by_hand_needs_words_of_the_page() {
    let bench = bench();
    let row = rows(&bench, "h.verbale").remove(0);
    let page = word(&row["document"], "id");
    let quote = word(&row, "span");
    // The words of a claim, cut so that they are no claim of the program's.
    let words = quote.rsplit_once(' ').expect("two words").0;
    let add = |words: &str, more: &[&str]| {
        let mut args = vec!["claim", "h.verbale", &page, "status", words];
        args.extend(more);
        bench.run(&args)
    };
    let fields = [
        "subject=the pier",
        "status=sealed",
        "speaker=Harbor guard",
        "as_of=2024-03",
    ];
    let refused = add("no such words on this page", &fields);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("in no passage"), "{}", err(&refused));
    let refused = add(words, &["subject=the pier"]);
    assert!(
        err(&refused).contains("expected a value for status"),
        "{}",
        err(&refused)
    );
    let refused = add(words, &["subject=x", "status=y", "as_of=soon"]);
    assert!(
        err(&refused).contains("expected a date"),
        "{}",
        err(&refused)
    );
    let refused = add(words, &["subject=x", "colour=red"]);
    assert!(err(&refused).contains("not `colour`"), "{}", err(&refused));

    let added = add(words, &fields);
    assert!(added.status.success(), "{}", err(&added));
    let id = out(&added).trim().to_owned();
    let all = rows(&bench, "h.verbale");
    let written = all.iter().find(|row| row["id"] == id.as_str());
    let written = written.expect("it is listed");
    assert_eq!(written["span"], words);
    assert_eq!(written["status"]["status"], "sealed");
    assert_eq!(written["status"]["as_of"], "2024-03");
    assert_eq!(written["speaker"], "Harbor guard");
    assert_eq!(written["reported_via"][0], row["document"]["outlet"]);
    assert!(bench.ok(&["log", "h.verbale"]).contains("wrote down clm_"));
    bench.ok(&["check", "h.verbale"]);

    let decisions = bench.ok(&["log", "h.verbale"]);
    let decision = decisions.split_whitespace().nth(1).expect("an id");
    bench.ok(&["undo", "h.verbale", decision]);
    assert!(
        !rows(&bench, "h.verbale")
            .iter()
            .any(|r| r["id"] == id.as_str())
    );
}

#[test]
fn publishers_and_claims_are_graded_apart() {
    let bench = bench();
    let row = rows(&bench, "h.verbale").remove(0);
    let (claim, publisher) = (word(&row, "id"), word(&row["document"], "outlet"));
    let last = publisher
        .split(' ')
        .next_back()
        .expect("a word")
        .to_lowercase();
    bench.ok(&["grade", "h.verbale", &last, "b", "--who", "ada"]);
    bench.ok(&[
        "grade",
        "h.verbale",
        &claim,
        "2",
        "--why",
        "two others say so",
    ]);
    for (what, grade) in [
        (claim.as_str(), "B"),
        (publisher.as_str(), "2"),
        (claim.as_str(), "7"),
        ("no such outlet", "A"),
    ] {
        let refused = bench.run(&["grade", "h.verbale", what, grade]);
        assert_eq!(refused.status.code(), Some(2), "{what} {grade}");
    }
    let graded = rows(&bench, "h.verbale");
    let graded = graded.iter().find(|r| r["id"] == claim.as_str());
    let graded = graded.expect("the claim");
    assert_eq!(
        (&graded["credibility"], &graded["reliability"]),
        (&2.into(), &"B".into())
    );
    let show = bench.ok(&["show", "h.verbale", &claim]);
    assert!(
        show.contains("credibility 2") && show.contains("reliability B"),
        "{show}"
    );
    let log = bench.ok(&["log", "h.verbale"]);
    assert!(log.contains(&format!("graded {publisher} B")), "{log}");
}

#[test]
fn entities_are_listed_linked_split_and_merged() {
    let bench = bench();
    let all = bench.ok(&["entities", "h.verbale"]);
    assert!(all.lines().count() > 4, "{all}");
    let ids: Vec<String> = all
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .filter(|w| w.starts_with("ent_"))
        .map(str::to_owned)
        .collect();
    let (first, second) = (&ids[0], &ids[1]);
    bench.ok(&["merge", "h.verbale", second, first, "--who", "ada"]);
    let merged = bench.ok(&["entities", "h.verbale"]);
    assert!(merged.contains(&format!("+ {second}")), "{merged}");
    let again = bench.run(&["merge", "h.verbale", second, first]);
    assert!(err(&again).contains("one already"), "{}", err(&again));
    let log = bench.ok(&["log", "h.verbale"]);
    let decision = log.split_whitespace().nth(1).expect("an id");
    bench.ok(&["undo", "h.verbale", decision]);
    assert_eq!(bench.ok(&["entities", "h.verbale"]), all);

    let doren = first_entity(&bench.ok(&["entities", "h.verbale", "doren"]));
    let refused = bench.run(&["split", "h.verbale", &doren, "Nowhere"]);
    assert!(err(&refused).contains("its names are"), "{}", err(&refused));
    bench.ok(&["split", "h.verbale", &doren, "Doren"]);
    let two = bench.ok(&["entities", "h.verbale", "doren"]);
    let other = two
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .find(|w| w.starts_with("ent_") && *w != doren);
    let other = other.unwrap_or_else(|| panic!("another entity: {two}"));
    let page = word(&rows(&bench, "h.verbale")[0]["document"], "id");
    let refused = bench.run(&["link", "h.verbale", &page, "Doren", &doren]);
    assert!(err(&refused).contains("--occurrence"), "{}", err(&refused));
    bench.ok(&[
        "link",
        "h.verbale",
        &page,
        "Doren",
        &doren,
        "--occurrence",
        "1",
    ]);
    let back = bench.ok(&["entities", "h.verbale", "doren"]);
    assert_ne!(back, two, "one mention went back");
    assert!(back.contains(other));
    let found = bench.run(&["search", "h.verbale", "Doren", "--entity", &doren]);
    assert!(found.status.success() && !out(&found).is_empty());
    bench.ok(&["check", "h.verbale"]);
}

#[test]
fn two_people_merge_their_decisions_in_either_order() {
    let bench = bench();
    bench.ok(&["backup", "h.verbale", "b.verbale"]);
    let ids: Vec<String> = rows(&bench, "h.verbale")
        .iter()
        .map(|r| word(r, "id"))
        .collect();
    bench.ok(&["accept", "h.verbale", &ids[0], "--who", "ada"]);
    bench.ok(&["accept", "h.verbale", &ids[1], "--who", "ada"]);
    bench.ok(&[
        "amend",
        "h.verbale",
        &ids[2],
        "speaker",
        "Ada's",
        "--who",
        "ada",
    ]);
    bench.ok(&["reject", "b.verbale", &ids[1], "--who", "bo"]);
    bench.ok(&[
        "amend",
        "b.verbale",
        &ids[2],
        "speaker",
        "Bo's",
        "--who",
        "bo",
    ]);
    let a = bench.write("a.jsonl", bench.ok(&["export", "h.verbale"]));
    let b = bench.write("b.jsonl", bench.ok(&["export", "b.verbale"]));
    let import =
        |case: &str, file: &std::path::Path| bench.run(&["import", case, &file.to_string_lossy()]);
    for (case, file) in [("h.verbale", &b), ("b.verbale", &a)] {
        let done = import(case, file);
        assert!(done.status.success(), "{}", err(&done));
        let said = out(&done);
        assert!(
            said.contains(&format!("contested  {}: accepted and rejected", ids[1])),
            "{said}"
        );
        assert!(
            said.contains(&format!("contested  {}: speaker", ids[2])),
            "{said}"
        );
    }
    assert_eq!(rows(&bench, "h.verbale"), rows(&bench, "b.verbale"));
    let again = import("h.verbale", &b);
    assert!(
        err(&again).contains("0 new decisions, 2 known"),
        "{}",
        err(&again)
    );
    assert_eq!(rows(&bench, "h.verbale"), rows(&bench, "b.verbale"));
    let amended = rows(&bench, "b.verbale");
    let amended = amended.iter().find(|r| r["id"] == ids[2].as_str());
    assert_eq!(
        amended.expect("the claim")["speaker"],
        "Bo's",
        "the later holds"
    );
}
