//! `verbale review`, with its keys through a pipe.

use serde_json::Value;

use crate::support::{Bench, err, example, out};

fn bench() -> Bench {
    let bench = Bench::new();
    bench.ok(&[
        "add",
        "r.verbale",
        &example("trawlers/ex02_paywalled-undated.txt"),
    ]);
    bench
}

fn rows(bench: &Bench) -> Vec<Value> {
    let lines = bench.ok(&["claims", "r.verbale", "--format", "jsonl"]);
    let lines = lines.lines().skip(1);
    lines
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect()
}

fn verdicts(bench: &Bench, verdict: &str) -> usize {
    rows(bench)
        .iter()
        .filter(|row| row["verdict"] == verdict)
        .count()
}

#[test]
fn the_queue_is_walked_with_keys() {
    let bench = bench();
    let n_before = rows(&bench).len();
    let keys = "a\nr\nsa q";
    let done = bench.pipe(
        &["review", "r.verbale", "--who", "ada", "--why", "read"],
        keys,
    );
    assert!(done.status.success(), "{}", err(&done));
    assert!(
        err(&done).contains("2 accepted, 1 rejected, 0 amended, 1 skipped"),
        "{}",
        err(&done)
    );
    let shown = out(&done);
    assert_eq!(shown.matches(" passage:").count(), 5, "{shown}");
    assert!(shown.contains('⟦') && shown.contains("clm_"), "{shown}");
    assert_eq!(verdicts(&bench, "accepted"), 2);
    assert_eq!(
        rows(&bench).len(),
        n_before - 1,
        "the rejected one is not listed"
    );
    let log = bench.ok(&["log", "r.verbale"]);
    assert_eq!(log.lines().count(), 3);
    assert!(
        log.contains("ada accepted clm_") && log.contains(": read"),
        "{log}"
    );
    // What was decided does not come again; what was skipped does.
    let again = out(&bench.pipe(&["review", "r.verbale"], "q"));
    let words = |text: &str| {
        let from = text.find('⟦').expect("a mark");
        let to = text.find('⟧').expect("a mark");
        text[from..to].to_owned()
    };
    let third = shown.split(" passage:").nth(3).expect("its passage");
    assert_eq!(words(&again), words(third));
}

#[test]
fn amending_asks_until_the_value_fits_and_undo_takes_it_back() {
    let bench = bench();
    let all = rows(&bench);
    let figure = all
        .iter()
        .find(|row| row["kind"] == "figure")
        .expect("a figure");
    let value = |bench: &Bench| {
        let rows = rows(bench);
        let row = rows.iter().find(|row| row["id"] == figure["id"]);
        row.expect("the figure")["figure"]["value"].clone()
    };
    assert_ne!(value(&bench), 77);
    let amend = "e\nvalue\nmany\nno_such_field\n1\nvalue\n77\n";
    let done = bench.pipe(
        &["review", "r.verbale", "--kind", "figure"],
        &format!("{}{amend}a q", "s".repeat(position(&bench, figure))),
    );
    let shown = out(&done);
    assert!(
        shown.contains("expected a number or null for value"),
        "{shown}"
    );
    assert!(shown.contains("not `no_such_field`"), "{shown}");
    assert!(
        err(&done).contains("1 accepted, 0 rejected, 1 amended"),
        "{}",
        err(&done)
    );
    assert_eq!(value(&bench), 77);
    assert_eq!(verdicts(&bench, "accepted"), 1);

    // Undo within a sitting: amended, accepted, then both taken back.
    let claim = figure["id"].as_str().expect("an id");
    bench.ok(&["undo", "r.verbale", &last_decision(&bench)]);
    let again = bench.pipe(&["review", "r.verbale", "--kind", "figure"], "a u u q");
    assert!(out(&again).contains("nothing to undo"), "{}", out(&again));
    assert!(err(&again).contains("0 accepted"), "{}", err(&again));
    assert_eq!(verdicts(&bench, "accepted"), 0);
    assert!(bench.ok(&["log", "r.verbale"]).contains("(undone)"));
    assert!(
        bench
            .ok(&["show", "r.verbale", claim])
            .contains("amended     value")
    );
    bench.ok(&["check", "r.verbale"]);
}

/// How many figures stand before this one on the page.
fn position(bench: &Bench, figure: &Value) -> usize {
    let mut figures: Vec<(u64, String)> = rows(bench)
        .iter()
        .filter(|row| row["kind"] == "figure")
        .map(|row| {
            let id = row["id"].as_str().expect("an id").to_owned();
            (row["start"].as_u64().expect("a place"), id)
        })
        .collect();
    figures.sort();
    let wanted = figure["id"].as_str().expect("an id");
    let at = figures.iter().position(|(_, id)| id == wanted);
    at.expect("the figure is listed")
}

fn last_decision(bench: &Bench) -> String {
    let exported = bench.ok(&["export", "r.verbale"]);
    let line = exported.lines().last().expect("a decision");
    let decision: Value = serde_json::from_str(line).expect("JSON");
    decision["decision_id"].as_str().expect("an id").to_owned()
}

#[test]
fn the_end_of_the_input_and_of_the_queue_are_no_errors() {
    let bench = bench();
    assert!(bench.pipe(&["review", "r.verbale"], "").status.success());
    assert!(bench.pipe(&["review", "r.verbale"], "x").status.success());
    let all = "r".repeat(rows(&bench).len() + 5);
    let done = bench.pipe(&["review", "r.verbale"], &all);
    assert!(done.status.success());
    assert!(err(&done).contains("no claim waits"), "{}", err(&done));
    assert_eq!(rows(&bench).len(), 0);
    let out = bench.run(&["review", "absent.verbale"]);
    assert_eq!(out.status.code(), Some(2));
}
