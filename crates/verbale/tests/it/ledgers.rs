//! Ledgers and decisions, from outside.

use serde_json::Value;

use crate::support::{Bench, err, example, root};

/// A case with the pages of one dispute.
fn trawlers() -> Bench {
    let bench = Bench::new();
    let folder = root().join("examples/trawlers");
    let mut pages: Vec<String> = (std::fs::read_dir(folder).expect("examples"))
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.is_file())
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    pages.sort();
    let mut args = vec!["add", "t.verbale"];
    args.extend(pages.iter().map(String::as_str));
    bench.ok(&args);
    bench
}

#[test]
fn every_ledger_prints_over_a_case() {
    let bench = trawlers();
    assert!(
        bench
            .ok(&["series", "t.verbale", "moored"])
            .contains("about 15 trawlers")
    );
    assert!(
        bench
            .ok(&["series", "t.verbale", "--format", "csv"])
            .lines()
            .count()
            > 3
    );
    assert!(
        bench
            .ok(&["series", "t.verbale", "moored", "--svg", "-"])
            .starts_with("<svg")
    );
    let conflicts = bench.ok(&["conflicts", "t.verbale", "--on", "2024-06-01"]);
    assert!(
        conflicts.contains("asserted against admitted"),
        "{conflicts}"
    );
    assert!(bench.ok(&["origins", "t.verbale"]).contains("1 origin"));
    assert!(
        !bench
            .ok(&["impact", "t.verbale", "The Halden Courier"])
            .is_empty()
    );
    assert!(
        bench
            .ok(&["obligations", "t.verbale", "--on", "2024-06-01"])
            .contains("Brannock")
    );
    assert!(!bench.ok(&["timeline", "t.verbale"]).is_empty());
    for ledger in ["presence", "restrictions"] {
        bench.ok(&[ledger, "t.verbale"]);
    }
    let out = bench.run(&["impact", "t.verbale", "Nobody’s Gazette"]);
    assert_eq!(out.status.code(), Some(2));
    let out = bench.run(&["series", "t.verbale", "no such measure"]);
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn every_ledger_has_rows_for_programs() {
    let bench = trawlers();
    let ledgers: [&[&str]; 8] = [
        &["series", "t.verbale"],
        &["conflicts", "t.verbale", "--on", "2024-06-01"],
        &["origins", "t.verbale"],
        &["impact", "t.verbale", "The Halden Courier"],
        &["obligations", "t.verbale", "--on", "2024-06-01"],
        &["presence", "t.verbale"],
        &["restrictions", "t.verbale"],
        &["timeline", "t.verbale"],
    ];
    for args in ledgers {
        let lines = bench.ok(&[args, &["--format", "jsonl"]].concat());
        let rows: Vec<Value> = lines
            .lines()
            .map(|l| serde_json::from_str(l).expect("a row is JSON"))
            .collect();
        let all = bench.ok(&[args, &["--format", "json"]].concat());
        assert_eq!(
            serde_json::from_str::<Vec<Value>>(&all).expect("JSON"),
            rows
        );
        let table = bench.ok(&[args, &["--format", "csv"]].concat());
        let header: Vec<&str> = table.lines().next().expect("a header").split(',').collect();
        if let Some(row) = rows.first() {
            let columns: Vec<&String> = row.as_object().expect("an object").keys().collect();
            assert_eq!(columns, header, "{args:?}");
        }
    }
}

#[test]
fn every_figure_shows_what_it_stands_on() {
    let bench = trawlers();
    let series = bench.ok(&["series", "t.verbale", "moored", "--format", "jsonl"]);
    let rows: Vec<Value> = series
        .lines()
        .map(|l| serde_json::from_str(l).expect("a row is JSON"))
        .collect();
    let copied = rows.iter().find(|r| r["pages"] == 2).expect("a copied one");
    let counts = [&copied["pages"], &copied["publishers"], &copied["origins"]];
    assert_eq!(counts, [2, 2, 1]);
    let text = bench.ok(&["series", "t.verbale", "moored"]);
    assert!(text.contains("2 p., 2 pub., 1 orig."), "{text}");

    let id = copied["claim"].as_str().expect("an id");
    let shown = bench.ok(&["show", "t.verbale", id]);
    assert!(
        shown.contains("stands on   2 pages, 2 publishers, 1 origin"),
        "{shown}"
    );
    let listed = bench.ok(&["claims", "t.verbale", "--format", "jsonl"]);
    let rows = listed.lines().skip(1);
    let mut rows = rows.map(|l| serde_json::from_str::<Value>(l).expect("a row is JSON"));
    let row = rows.find(|r| r["id"] == id).expect("the same claim");
    let support = serde_json::json!({"pages": 2, "publishers": 2, "origins": 1});
    assert_eq!(row["support"], support);
    assert!(rows.all(|r| r["support"]["pages"].is_number()));
    let table = bench.ok(&["claims", "t.verbale"]);
    assert!(table.contains("2 pages, 2 publishers, 1 origin"), "{table}");
}

#[test]
fn claims_and_restrictions_show_in_tables_what_they_stand_on() {
    let bench = trawlers();
    let sheet = bench.ok(&["claims", "t.verbale", "--format", "csv"]);
    let header = sheet.lines().next().expect("a header");
    assert!(
        header.ends_with(",path,pages,publishers,origins"),
        "{header}"
    );
    let rows: Vec<&str> = sheet.lines().filter(|l| l.starts_with("clm_")).collect();
    assert!(rows.iter().any(|r| r.ends_with(",2,2,1")), "{sheet}");
    assert!(rows.iter().any(|r| r.ends_with(",1,1,1")), "{sheet}");

    let rows = bench.ok(&["restrictions", "t.verbale", "--format", "jsonl"]);
    let mut rows = rows
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("a row is JSON"));
    assert!(rows.clone().count() > 0);
    assert!(rows.all(|r| r["pages"].is_number() && r["origins"].is_number()));
    let text = bench.ok(&["restrictions", "t.verbale"]);
    assert!(text.lines().all(|l| l.contains(" orig.")), "{text}");
}

#[test]
fn two_claims_are_explained() {
    let bench = trawlers();
    let lines = bench.ok(&[
        "conflicts",
        "t.verbale",
        "--format",
        "jsonl",
        "--on",
        "2024-06-01",
    ]);
    let row: Value = serde_json::from_str(lines.lines().next().expect("a conflict")).expect("JSON");
    let (a, b) = (
        row["a"].as_str().expect("an id"),
        row["b"].as_str().expect("an id"),
    );
    let why = bench.ok(&["conflicts", "t.verbale", "--why-not", a, b]);
    assert!(why.starts_with("in conflict ("), "{why}");
    let same = bench.ok(&["conflicts", "t.verbale", "--why-not", b, a]);
    assert_eq!(why, same);
}

#[test]
fn a_pack_of_a_users_own_is_used_where_it_is_named() {
    let bench = Bench::new();
    let pack = example("quotas/pack.toml");
    let page = example("quotas/qu02_office-bulletin.txt");
    bench.ok(&["--pack", &pack, "add", "q.verbale", &page]);
    let with = bench.ok(&["--pack", &pack, "series", "q.verbale", "relocated"]);
    assert!(with.contains("Refugees relocated"), "{with}");
    let without = bench.run(&["series", "q.verbale", "Refugees relocated from Ostera"]);
    assert_eq!(without.status.code(), Some(2), "other packs, other series");
    assert!(
        bench
            .ok(&["--pack", &pack, "pack", "list"])
            .contains("lowmark-pact")
    );
}

#[test]
fn a_new_pack_passes_its_check() {
    let bench = Bench::new();
    bench.ok(&["pack", "new", "harbor-dues"]);
    bench.ok(&["pack", "check", "harbor-dues.toml"]);
    let again = bench.run(&["pack", "new", "harbor-dues"]);
    assert_eq!(again.status.code(), Some(2), "nothing is overwritten");
    assert_eq!(
        bench.run(&["pack", "new", "No Name"]).status.code(),
        Some(2)
    );
}

#[test]
fn search_leads_to_claims() {
    let bench = trawlers();
    let found = bench.ok(&["search", "t.verbale", "\"Brannock Protocol\" deadline"]);
    assert!(
        found.contains("⟦Brannock") && found.contains("clm_"),
        "{found}"
    );
    assert_eq!(
        bench.run(&["search", "t.verbale", "  "]).status.code(),
        Some(2)
    );
}

#[test]
fn decisions_are_kept_and_can_be_undone() {
    let bench = trawlers();
    let ids = |args: &[&str]| -> Vec<String> {
        let lines = bench.ok(&[&["claims", "t.verbale", "--format", "jsonl"], args].concat());
        let id = |l: &str| {
            let row: Value = serde_json::from_str(l).expect("JSON");
            row["id"].as_str().expect("an id").to_owned()
        };
        lines.lines().skip(1).map(id).collect()
    };
    let all = ids(&[]);
    bench.ok(&[
        "reject",
        "t.verbale",
        &all[0],
        "--who",
        "reader",
        "--why",
        "not on the page",
    ]);
    assert!(
        !ids(&[]).contains(&all[0]),
        "a rejected claim is not listed"
    );
    let log = bench.ok(&["log", "t.verbale"]);
    assert!(
        log.contains("reader") && log.contains("not on the page"),
        "{log}"
    );
    let exported = bench.ok(&["export", "t.verbale"]);
    let decision: Value =
        serde_json::from_str(exported.lines().last().expect("a line")).expect("JSON");
    let id = decision["decision_id"].as_str().expect("an id");
    bench.ok(&["undo", "t.verbale", id, "--who", "reader"]);
    assert_eq!(ids(&[]), all);
    bench.ok(&["check", "t.verbale"]);
}

#[test]
fn dating_a_page_resolves_its_relative_times() {
    let bench = Bench::new();
    bench.ok(&[
        "add",
        "u.verbale",
        &example("trawlers/ex02_paywalled-undated.txt"),
    ]);
    let waiting = bench.ok(&["undated", "u.verbale"]);
    let page = waiting.split_whitespace().next().expect("an undated page");
    assert!(bench.ok(&["claims", "u.verbale"]).contains("“Friday”?"));
    let changes = bench.ok(&[
        "set-date",
        "u.verbale",
        page,
        "2024-04-06",
        "--who",
        "reader",
    ]);
    assert!(changes.contains("→"), "{changes}");
    let dated = bench.ok(&["claims", "u.verbale"]);
    assert!(
        dated.contains("2024-04-05") && !dated.contains("“Friday”?"),
        "{dated}"
    );
    assert_eq!(bench.ok(&["undated", "u.verbale"]), "");
    bench.ok(&["check", "u.verbale"]);
}

#[test]
fn a_withdrawn_page_leaves_its_reason_and_a_backup_is_a_case() {
    let bench = trawlers();
    bench.ok(&["backup", "t.verbale", "copy.verbale"]);
    let pages = bench.ok(&["undated", "t.verbale"]);
    let page = pages.split_whitespace().next().expect("a page");
    let out = bench.run(&["withdraw", "t.verbale", page]);
    assert_eq!(out.status.code(), Some(2), "a reason is asked for");
    assert!(err(&out).contains("why"), "{}", err(&out));
    bench.ok(&["withdraw", "t.verbale", page, "--why", "court order"]);
    assert!(bench.ok(&["log", "t.verbale"]).contains("court order"));
    assert!(
        bench
            .ok(&["status", "t.verbale"])
            .contains("withdrawn      1")
    );
    bench.ok(&["check", "t.verbale"]);
    assert!(
        bench
            .ok(&["status", "copy.verbale"])
            .contains("withdrawn      0")
    );
}

#[test]
fn the_packs_of_the_program_pass_their_own_tests() {
    let bench = Bench::new();
    assert!(bench.ok(&["pack", "list"]).contains("base"));
    let packs = root()
        .join("packs/unsc-1718")
        .to_string_lossy()
        .into_owned();
    bench.ok(&["pack", "check", &packs]);
    let broken = bench.write("bad.toml", "[pack]\nid = \"x\"\nno_such_key = 1\n");
    let out = bench.run(&["pack", "check", &broken.to_string_lossy()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stdout).contains("bad.toml:"));
}
