//! Measures how copies are found: recall by treatment, false pairs, speed.
//!
//! usage: `cargo run --release -p verbale-analysis --example copies -- [STORIES]`

#[path = "../tests/support/wires.rs"]
mod wires;

use std::time::Instant;

use verbale_analysis::copies::{CopyIndex, MIN_SHARED, Print, Tokens, align};
use wires::{Random, TREATMENTS, story, treated};

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is its own program"
)]
fn main() {
    let n_stories: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    let mut random = Random(1);
    let mut texts: Vec<(usize, String)> = Vec::new();
    for at in 0..n_stories {
        let n_words = 250 + random.below(300) as usize;
        let original = story(&mut random, n_words);
        texts.push((at, original.join(" ")));
        for treatment in 0..TREATMENTS.len() {
            texts.push((at, treated(&mut random, &original, treatment).join(" ")));
        }
    }
    let n_bytes: usize = texts.iter().map(|t| t.1.len()).sum();
    let clock = Instant::now();
    let tokens: Vec<Tokens> = texts.iter().map(|t| Tokens::of(&t.1)).collect();
    let prints: Vec<Vec<u64>> = tokens.iter().map(|t| Print::of(t).hashes()).collect();
    let print_time = clock.elapsed();
    let clock = Instant::now();
    let mut index = CopyIndex::default();
    let (mut found, mut strangers) = (vec![0; TREATMENTS.len()], 0);
    let mut share = vec![0.0; TREATMENTS.len()];
    for (at, hashes) in prints.iter().enumerate() {
        for (other, _) in index.candidates(hashes, MIN_SHARED) {
            let other = other as usize;
            if texts[other].0 != texts[at].0 {
                strangers += 1;
            } else if other.is_multiple_of(TREATMENTS.len() + 1) {
                let treatment = at - other - 1;
                found[treatment] += 1;
                let (a, b) = align(&tokens[other], &tokens[at]).containment();
                share[treatment] += a.max(b);
            }
        }
        index.add(at as u32, hashes);
    }
    let index_time = clock.elapsed();
    for (treatment, name) in TREATMENTS.iter().enumerate() {
        let recall = found[treatment] as f64 / n_stories as f64;
        let mean = share[treatment] / f64::from(found[treatment].max(1));
        println!("{name:36} recall {recall:.3}  mean larger containment {mean:.2}");
    }
    let n = texts.len();
    println!("pairs of different stories: {strangers}");
    println!(
        "{n} documents, {} fingerprints, {:.1} a document",
        index.len(),
        index.len() as f64 / n as f64
    );
    println!(
        "prints: {:.0} MB/s; index and alignment: {:.0} documents/s",
        n_bytes as f64 / 1e6 / print_time.as_secs_f64(),
        n as f64 / index_time.as_secs_f64()
    );
}
