//! Pages that crash, spin or hoard in the process that parses them, and runs that are interrupted.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use serde_json::Value;

use crate::support::{Bench, err, example};

fn page(fault: &str) -> String {
    format!(
        "<!doctype html><html><title>Ferry</title><!-- {fault} --><p>The ferry office said on Friday that eleven \
         boats were laid up.</p></html>"
    )
}

#[test]
#[cfg(unix)]
fn a_page_that_ends_its_parser_is_kept_and_ends_nothing_else() {
    let bench = Bench::new();
    for (name, fault) in [
        ("1-before.html", "nothing"),
        ("2-crash.html", "worker-fault-crash"),
        ("3-spin.html", "worker-fault-spin"),
        ("4-memory.html", "worker-fault-memory"),
        ("5-after.html", "nothing here either"),
    ] {
        bench.write(&format!("in/{name}"), page(fault));
    }
    let faulty = |args: &[&str]| {
        let mut command = bench.command(args);
        command.env("VERBALE_WORKER_FAULTS", "1");
        command.output().expect("the program starts")
    };
    for threads in ["1", "3"] {
        let case = format!("{threads}.verbale");
        let out = faulty(&[
            "add",
            &case,
            "in",
            "--page-seconds",
            "1",
            "--threads",
            threads,
        ]);
        assert_eq!(out.status.code(), Some(0), "{}", err(&out));
        let talk = err(&out);
        assert!(talk.contains("5 pages"), "{talk}");
        assert!(talk.contains("R008") && talk.contains(": 3"), "{talk}");
        assert!(
            talk.contains("3-spin.html: R008: the parser took more than"),
            "{talk}"
        );
        assert!(
            talk.contains("2-crash.html: R008: the parser crashed"),
            "{talk}"
        );
        assert!(
            talk.contains("4-memory.html: R008: the parser crashed"),
            "{talk}"
        );
        bench.ok(&["check", &case]);
    }
    let lines = faulty(&["read", "in", "--format", "jsonl", "--page-seconds", "1"]).stdout;
    let texts: Vec<usize> = String::from_utf8_lossy(&lines)
        .lines()
        .skip(1)
        .map(|l| {
            serde_json::from_str::<Value>(l).expect("JSON")["text"]
                .as_str()
                .map_or(0, str::len)
        })
        .collect();
    assert_eq!(
        texts.iter().map(|n| *n > 0).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
}

#[test]
#[cfg(unix)]
fn a_mail_that_ends_its_parser_is_kept_with_what_it_says_itself() {
    let bench = Bench::new();
    let head = "From: a@example.org\nTo: b@example.org\nSubject: Ferry\nMIME-Version: 1.0\n";
    // Each forwards the next: the parser puts them down one inside the other until its stack is full.
    let forwarded = "Content-Type: message/rfc822\n\n".repeat(500_000);
    bench.write("in/1.eml", format!("{head}{forwarded}Subject: x\n\nx\n"));
    bench.write("in/2.eml", format!("{head}\nThe ferry left on Friday.\n"));
    let out = bench.run(&["read", "in", "--format", "jsonl"]);
    assert_eq!(out.status.code(), Some(0), "{}", err(&out));
    let talk = err(&out);
    assert!(
        talk.contains("R006: what is attached to `") && talk.contains("R008: the parser crashed"),
        "{talk}"
    );
    assert!(talk.contains("2 pages"), "{talk}");
    let lines = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(lines.contains("The ferry left on Friday."), "{lines}");
}

#[test]
fn the_worker_is_no_command_for_people() {
    let help = Bench::new().ok(&["--help"]);
    assert!(!help.contains("worker"), "{help}");
}

/// Pages enough that an add is not over when it is interrupted.
fn many_pages(bench: &Bench) {
    for n in 0..400 {
        let mut text = format!("Ferry Office Statement {n}\n\nMarch 3, 2021\n");
        for m in 0..30 {
            let _ = write!(
                text,
                "\nThe ferry office said on Tuesday that {} boats were laid up in Harrow.\n",
                n * 30 + m
            );
        }
        bench.write(&format!("pages/{n:03}.txt"), text);
    }
}

#[test]
#[cfg(unix)]
fn an_interrupted_add_leaves_a_good_case_and_says_so() {
    let bench = Bench::new();
    many_pages(&bench);
    bench.ok(&["model", "add", "en"]);
    let mut child = bench
        .command(&["add", "i.verbale", "pages", "--threads", "2"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The case has its first page: the run is in the middle.
    while !bench.path("i.verbale").exists()
        || bench
            .run(&["check", "i.verbale"])
            .stderr
            .starts_with(b"0 pages")
    {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let pid = child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(killed.expect("kill is there").success());
    let mut talk = String::new();
    let stderr = child.stderr.take().expect("it was asked for");
    BufReader::new(stderr)
        .read_to_string(&mut talk)
        .expect("text");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130), "{talk}");
    assert!(talk.contains("interrupted"), "{talk}");
    bench.ok(&["check", "i.verbale"]);
    let n: usize = talk
        .split(" page")
        .next()
        .and_then(|n| n.trim().parse().ok())
        .expect("a count");
    assert!((1..400).contains(&n), "{talk}");
    let done = bench.ok(&["custody", "i.verbale", "--format", "jsonl"]);
    assert_eq!(done.lines().count(), n, "what is counted is what is there");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let bench = Bench::new();
    bench.ok(&["add", "a.verbale", &example("trawlers/ex01_wire-copy.html")]);
    for args in [
        &["claims", "a.verbale"][..],
        &["claims", "a.verbale", "--format", "jsonl"],
        &["claims", "a.verbale", "--format", "csv"],
        &["custody", "a.verbale", "--format", "json"],
        &["explain"],
        &[
            "read",
            &example("trawlers/ex01_wire-copy.html"),
            "--format",
            "json",
        ],
    ] {
        let mut child = bench
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let out = child.wait_with_output().expect("it ends");
        assert_eq!(out.status.code(), Some(0), "{args:?}: {}", err(&out));
    }
}

#[test]
fn quiet_says_nothing_and_a_pipe_gets_no_bar() {
    let bench = Bench::new();
    let page = example("dam/ex09_ombudsman-report.txt");
    let out = bench.run(&["add", "a.verbale", &page, "--quiet"]);
    assert!(
        out.status.success() && out.stderr.is_empty(),
        "{}",
        err(&out)
    );
    bench.write(
        "undated.txt",
        "The ferry office said that eleven boats were laid up.",
    );
    let out = bench.run(&["add", "a.verbale", "undated.txt"]);
    assert!(!err(&out).contains(['\r', '\u{1b}']), "{}", err(&out));
    assert!(
        err(&out).contains("R005 the page states no publication date: 1"),
        "{}",
        err(&out)
    );
    // The bar is for a terminal; standard error is none here.
    let lines = BufReader::new(&out.stderr[..]).lines().count();
    assert!(lines <= 4, "{}", err(&out));
}
