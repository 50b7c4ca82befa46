//! Measures a pipeline: `throughput MODEL TEXTS.jsonl [ROUNDS] [THREADS] [KERNELS]`, where each line of the file has a `"text"`.
//!
//! Prints one line of JSON: start-up, tokens a second in the first and in the best round, by the clock on the wall and by that of
//! the processor, and memory.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::io::{BufRead, BufReader};
use std::time::Instant;

use serde_json::{Value, json};
use verbale_nlp::{Kernels, Pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let model = args.next().ok_or("which model?")?;
    let file = args.next().ok_or("which texts?")?;
    let rounds: usize = args.next().map_or(Ok(3), |n| n.parse())?;
    let threads: usize = args.next().map_or(Ok(1), |n| n.parse())?;
    let kernels = args.next();
    let mut texts = Vec::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        texts.push(line["text"].as_str().unwrap_or_default().to_owned());
    }
    let start = Instant::now();
    let mut pipeline = Pipeline::load(model)?;
    let start_up = start.elapsed();
    if let Some(name) = kernels {
        let found = Kernels::available()
            .into_iter()
            .find(|k| k.as_str() == name);
        pipeline = pipeline.with_kernels(found.ok_or("kernels that this processor lacks")?);
    }
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    let mut tokens: usize = 0;
    for _ in 0..rounds {
        let (start, before) = (Instant::now(), cpu_seconds());
        let docs = pipeline.read_all_on(threads, texts.clone());
        tokens = docs.map(|doc| doc.len()).sum();
        wall.push(tokens as f64 / start.elapsed().as_secs_f64());
        cpu.push(tokens as f64 / (cpu_seconds() - before));
    }
    let best = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max).round();
    let report = json!({
        "kernels": pipeline.kernels().as_str(),
        "threads": threads,
        "tokens": tokens,
        "start_up_ms": start_up.as_secs_f64() * 1e3,
        "first_per_s": wall.first().copied().unwrap_or_default().round(),
        "best_per_s": best(&wall),
        "first_per_cpu_s": cpu.first().copied().unwrap_or_default().round(),
        "best_per_cpu_s": best(&cpu),
        "peak_kb": peak_kb(),
    });
    println!("{report}");
    Ok(())
}

/// Time that the process has spent on processors, in steps of a hundredth of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// The largest resident size so far, where the system tells it.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
