//! Measures a pipeline: `throughput MODEL TEXTS.jsonl [ROUNDS] [THREADS]`, where each line of the file has a `"text"`.
//!
//! Prints one line of JSON: start-up, tokens a second of wall clock in the first and in the best round, and memory.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::io::{BufRead, BufReader};
use std::time::Instant;

use serde_json::{Value, json};
use verbale_nlp::Pipeline;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("which model?")?;
    let file = args.next().ok_or("which texts?")?;
    let rounds: usize = args.next().map_or(Ok(3), |n| n.parse())?;
    let threads: usize = args.next().map_or(Ok(1), |n| n.parse())?;
    let mut texts = Vec::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        texts.push(line["text"].as_str().unwrap_or_default().to_owned());
    }
    let start = Instant::now();
    let pipeline = Pipeline::load(model)?;
    let start_up = start.elapsed();
    let mut rates = Vec::new();
    let mut tokens = 0;
    for _ in 0..rounds {
        let start = Instant::now();
        tokens = pipeline
            .read_all_on(threads, texts.clone())
            .map(|doc| doc.len())
            .sum();
        rates.push(tokens as f64 / start.elapsed().as_secs_f64());
    }
    let report = json!({
        "kernels": pipeline.kernels().as_str(),
        "threads": threads,
        "tokens": tokens,
        "start_up_ms": start_up.as_secs_f64() * 1e3,
        "first": rates.first().copied().unwrap_or_default(),
        "best": rates.iter().copied().fold(0.0, f64::max),
        "peak_kb": peak_kb(),
    });
    println!("{report}");
    Ok(())
}

/// The largest resident size so far, where the system tells it.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
