//! The program is killed while it adds pages; the case must stay whole.

use std::{
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use crate::support::{Bench, err};

/// Rounds in an ordinary test run; `VERBALE_KILLS=500` makes it a long one.
const ROUNDS: u64 = 20;

#[test]
fn a_killed_add_leaves_a_case_that_opens_passes_and_goes_on() {
    let rounds = std::env::var("VERBALE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(ROUNDS);
    let bench = Bench::new();
    for n in 0..60 {
        bench.write(
            &format!("pages/{n:02}.txt"),
            format!(
                "Ferry Office Statement {n}\n\nMarch 3, 2021\n\nThe ferry office said on Tuesday that {} boats \
                 were laid up in Harrow. The harbor master denied that the lock had been closed.\n",
                n + 11
            ),
        );
    }
    // The first round must not spend its time on the download of the model.
    bench.ok(&["model", "add", "en"]);
    for round in 0..rounds {
        let mut child = start_add(&bench);
        // Spread over the whole run of the program: before, during and after the first writes.
        thread::sleep(Duration::from_millis(37 * round % 700 + 5));
        child.kill().ok();
        child.wait().expect("a killed child ends");
        if bench.path("k.verbale").exists() {
            let out = bench.run(&["check", "k.verbale"]);
            assert!(out.status.success(), "round {round}: {}", err(&out));
        }
    }
    bench.ok(&["add", "k.verbale", "pages"]);
    bench.ok(&["check", "k.verbale"]);
    let status = bench.ok(&["status", "k.verbale"]);
    assert!(status.contains("60"), "all pages are there: {status}");
}

fn start_add(bench: &Bench) -> Child {
    bench
        .command(&["add", "k.verbale", "pages", "--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}
