//! Where pages came from, and newer captures of them.

use serde_json::Value;

use crate::support::{Bench, err};

fn capture(boats: u32, last: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>Boats laid up</title>\
         <link rel=\"canonical\" href=\"https://www.example.org/ferry\">\
         <meta property=\"article:published_time\" content=\"2021-03-05\"></head><body><article>\
         <h1>Boats laid up</h1><p>The ferry office said on Friday that {boats} boats were laid up in Harrow.</p>\
         <p>{last}</p></article></body></html>"
    )
}

#[test]
fn the_log_says_where_each_page_came_from() {
    let bench = Bench::new();
    bench.write("a.html", capture(11, "The owners did not answer."));
    bench.write(
        "b.mbox",
        "From ana@example.org Thu Mar  4 10:00:00 2021\nFrom: Ana <ana@example.org>\nSubject: Boats\n\
         Date: Thu, 4 Mar 2021 10:00:00 +0100\n\nThe office said that twelve boats were laid up.\n",
    );
    bench.ok(&["add", "c.verbale", "a.html", "b.mbox"]);
    let log: Vec<Value> = bench
        .ok(&["custody", "c.verbale", "--format", "jsonl"])
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0]["path"], "a.html");
    assert_eq!(log[0]["media_type"], "text/html");
    assert_eq!(log[0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(log[1]["containers"][0], "b.mbox");
    assert!(log[0]["reader"].is_string() && log[0]["added_at"].is_string());
    let csv = bench.ok(&["custody", "c.verbale", "--format", "csv"]);
    assert!(
        csv.starts_with("page,sha256,") && csv.lines().count() == 3,
        "{csv}"
    );
    let text = bench.ok(&["custody", "c.verbale"]);
    assert!(text.contains("b.mbox › mail 1"), "{text}");
}

#[test]
fn a_newer_capture_is_kept_beside_the_older_one() {
    let bench = Bench::new();
    bench.write("old.html", capture(11, "The owners did not answer."));
    bench.write(
        "new.html",
        capture(13, "The harbor court will hear the owners in June."),
    );
    bench.write(
        "other.txt",
        "The ferry office said that two boats were sold.",
    );
    bench.ok(&["add", "c.verbale", "old.html"]);
    let out = bench.run(&["refresh", "c.verbale", "new.html", "other.txt"]);
    assert!(out.status.success(), "{}", err(&out));
    assert!(
        err(&out).contains("other.txt: states no address"),
        "{}",
        err(&out)
    );
    let told = String::from_utf8(out.stdout).expect("text");
    assert!(
        told.contains("  ~ The ferry office said on Friday that 11 boats"),
        "{told}"
    );
    assert!(told.contains("value: 11 → 13"), "{told}");
    assert!(
        told.contains("+ The harbor court") && told.contains("- The owners"),
        "{told}"
    );
    let log = bench.ok(&["custody", "c.verbale", "--format", "jsonl"]);
    let log: Vec<Value> = log
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0]["superseded_by"], log[1]["page"]);
    bench.ok(&["check", "c.verbale"]);
    let claims = bench.ok(&["claims", "c.verbale", "--format", "jsonl"]);
    assert!(claims.contains("11 boats") && claims.contains("13 boats"));
    // The same capture again changes nothing.
    let again = bench.run(&["refresh", "c.verbale", "new.html"]);
    assert!(again.stdout.is_empty(), "{}", err(&again));
}

#[test]
fn a_page_is_shown_with_those_that_share_its_words() {
    let bench = Bench::new();
    let story = "The ferry office said on Friday that eleven boats were laid up in Harrow after the lock had \
                 failed for the third time this spring, and that nobody knew when the owners would send pumps.";
    bench.write("a.txt", story);
    bench.write(
        "b.txt",
        format!("Our own words about boats come first, and there are many.\n\n{story}"),
    );
    bench.write(
        "c.txt",
        "The harbor court heard nobody on Monday, and it did not say why it had not.",
    );
    bench.ok(&["add", "c.verbale", "a.txt", "b.txt", "c.txt"]);
    let log = bench.ok(&["custody", "c.verbale", "--format", "jsonl"]);
    let page = |n: usize| -> String {
        let entry: Value =
            serde_json::from_str(log.lines().nth(n).expect("an entry")).expect("JSON");
        entry["page"].as_str().expect("an id").to_owned()
    };
    let shown = bench.ok(&["show", "c.verbale", &page(0)]);
    let (_, shares) = shown
        .split_once("Shares words with")
        .expect("copies are listed");
    assert!(
        shares.contains("b.txt") && shares.contains("100 % of this page"),
        "{shares}"
    );
    assert!(!shares.contains("c.txt"), "{shares}");
    assert!(
        !bench
            .ok(&["show", "c.verbale", &page(2)])
            .contains("Shares words with")
    );
    let listed = bench.ok(&["copies", "c.verbale"]);
    assert!(
        listed.contains("a.txt\n  ") && listed.contains("100 % of"),
        "{listed}"
    );
    assert_eq!(
        listed.matches("words (").count(),
        1,
        "a pair is told once: {listed}"
    );
    let rows = bench.ok(&["copies", "c.verbale", &page(1), "--format", "jsonl"]);
    let row: Value = serde_json::from_str(rows.lines().next().expect("a row")).expect("JSON");
    assert_eq!(row["other"], page(0));
    assert!(
        story.contains(row["words"].as_str().expect("words")),
        "{row}"
    );
    let none = bench.run(&["copies", "c.verbale", &page(2)]);
    assert!(none.stdout.is_empty() && err(&none).contains("no pages of the case share words"));
}
