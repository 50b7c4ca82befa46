//! A process that adds, decides and reads again is killed at arbitrary moments; what it had been told is done
//! must be there, and the case must be sound. The process is this test binary, started again as its own child.

#![expect(
    clippy::disallowed_methods,
    reason = "the test starts itself again and tells the child where the case is"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::decision::{NewDecision, Ruling};
use crate::testing::{Sample, at, harbour};

const CASE_VARIABLE: &str = "VERBALE_TEST_CASE_TO_FILL";

const N_ROUNDS: u64 = 10;

/// The page number `n`, with a claim.
fn page(n: u64) -> Sample {
    let mut sample = harbour();
    let text = sample
        .document
        .text()
        .replace("12 newsletters", &format!("{n} newsletters"));
    let claims = std::mem::take(&mut sample.claims);
    claims
        .into_iter()
        .fold(Sample::new("n.txt", &text), |sample, claim| {
            let speaker = "Anna Brücke";
            sample.claim(claim.evidence.quote(), speaker, claim.proposition)
        })
}

/// Does nothing unless it is started by the test below.
#[test]
fn child_fills_a_case_until_it_is_killed() {
    let Some(path) = std::env::var_os(CASE_VARIABLE) else {
        return;
    };
    let mut case = Case::create(Path::new(&path)).unwrap();
    let mut out = std::io::stdout();
    for n in case.status().unwrap().n_pages.. {
        let sample = page(n);
        case.add(&sample.new_document()).unwrap();
        case.decide(NewDecision {
            ruling: Ruling::Accept {
                claim: sample.claims[0].id,
            },
            who: "ada".into(),
            why: None,
            at: at(n as i64),
        })
        .unwrap();
        case.reread(&sample.new_document()).unwrap();
        writeln!(out, "done {n}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_killed_process_leaves_a_sound_case_that_can_be_continued() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("case.db");
    for round in 0..N_ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "case::kill_tests::child_fills_a_case_until_it_is_killed",
                "--nocapture",
            ])
            .env(CASE_VARIABLE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Between the line and the kill the child is anywhere in one of its next transactions.
        let mut last = None;
        for _ in 0..1 + round % 4 {
            last = lines
                .by_ref()
                .map_while(|line| line.ok())
                .find_map(|line| line.split("done ").nth(1)?.trim().parse::<u64>().ok());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let last = last.expect("the child got through a page");
        let case = Case::open(&path).unwrap();
        assert_eq!(
            case.check(|_, _, _| None).unwrap().faults,
            [],
            "round {round}"
        );
        let status = case.status().unwrap();
        assert!(status.n_pages > last, "round {round}: {status:?}");
        assert!(
            case.claim(page(last).claims[0].id)
                .unwrap()
                .unwrap()
                .verdict
                .is_some()
        );
    }
}
