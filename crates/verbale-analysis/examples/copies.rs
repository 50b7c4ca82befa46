//! Measures how copies are found: recall by treatment, precision, speed and memory.
//!
//! usage: `cargo run --release -p verbale-analysis --example copies -- [STORIES [THREADS]]`
//!
//! Stories of random words and what outlets do with them, [`TREATMENTS`] each: synthetic, so that the truth is
//! known. A pair is right if both pages come from one story. Fingerprints are made in threads, the rest in one;
//! pages that share enough are aligned word by word, as in a case, from their texts.

#[path = "../tests/support/wires.rs"]
mod wires;

use std::{fs, thread, time::Instant};

use verbale_analysis::copies::{CopyIndex, MIN_SHARED, Print, Tokens, align};
use wires::{Random, TREATMENTS, story, treated};

/// Pages of one story: itself, then each treatment.
const PAGES: usize = 1 + TREATMENTS.len();

/// What was found.
#[derive(Default)]
struct Found {
    /// Pairs of a story and its treatment, by treatment.
    copies: [usize; TREATMENTS.len()],
    /// The larger containment, added up over these.
    contained: [f64; TREATMENTS.len()],
    /// Pairs of pages that come from one story.
    n_right: usize,
    /// Pairs of pages of different stories.
    n_wrong: usize,
}

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is its own program"
)]
fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|n| n.parse().ok());
    let n_stories: usize = numbers.next().unwrap_or(200);
    let n_threads: usize = numbers.next().unwrap_or(2).max(1);
    let texts = texts(n_stories);
    let n_bytes: usize = texts.iter().map(String::len).sum();
    let clock = Instant::now();
    let prints = prints(&texts, n_threads);
    let print_time = clock.elapsed();
    let (pairs, n_prints) = pairs(&prints);
    drop(prints);
    let found = aligned(&texts, &pairs, n_threads);
    let time = clock.elapsed();
    for (treatment, name) in TREATMENTS.iter().enumerate() {
        let n = found.copies[treatment];
        let recall = n as f64 / n_stories as f64;
        let mean = found.contained[treatment] / n.max(1) as f64;
        println!("{name:36} recall {recall:.3}  mean larger containment {mean:.2}");
    }
    let n_found: usize = found.copies.iter().sum();
    let recall = n_found as f64 / (n_stories * TREATMENTS.len()) as f64;
    let precision = found.n_right as f64 / (found.n_right + found.n_wrong).max(1) as f64;
    println!(
        "all: recall {recall:.4}, precision {precision:.4} ({} wrong pairs)",
        found.n_wrong
    );
    println!(
        "{} documents, {:.0} MB, {} fingerprints, {} pairs",
        texts.len(),
        n_bytes as f64 / 1e6,
        n_prints,
        pairs.len(),
    );
    println!(
        "{:.1} s, of which {:.1} s for fingerprints in {n_threads} threads; peak memory {}",
        time.as_secs_f64(),
        print_time.as_secs_f64(),
        peak_memory().unwrap_or_else(|| "unknown".into())
    );
}

fn texts(n_stories: usize) -> Vec<String> {
    let mut random = Random(1);
    let mut texts = Vec::with_capacity(n_stories * PAGES);
    for _ in 0..n_stories {
        let n_words = 250 + random.below(300) as usize;
        let original = story(&mut random, n_words);
        texts.push(original.join(" "));
        for treatment in 0..TREATMENTS.len() {
            texts.push(treated(&mut random, &original, treatment).join(" "));
        }
    }
    texts
}

fn prints(texts: &[String], n_threads: usize) -> Vec<Vec<u64>> {
    let print = |text: &String| Print::of(&Tokens::of(text)).hashes();
    thread::scope(|scope| {
        let parts = texts.chunks(texts.len().div_ceil(n_threads).max(1));
        let workers: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(print).collect::<Vec<_>>()))
            .collect();
        let done = workers.into_iter();
        done.flat_map(|w| w.join().expect("no fingerprint panics"))
            .collect()
    })
}

/// The pairs of pages that share enough, the later one first, and how many fingerprints there are. The pages are
/// added one by one, each after it was held against those before it.
fn pairs(prints: &[Vec<u64>]) -> (Vec<(usize, usize)>, usize) {
    let mut index = CopyIndex::default();
    let mut pairs = Vec::new();
    for (at, hashes) in prints.iter().enumerate() {
        let candidates = index.candidates(hashes, MIN_SHARED);
        pairs.extend(candidates.iter().map(|&(other, _)| (at, other as usize)));
        index.add(u32::try_from(at).expect("few pages"), hashes);
    }
    (pairs, index.len())
}

/// Every pair aligned word by word.
fn aligned(texts: &[String], pairs: &[(usize, usize)], n_threads: usize) -> Found {
    let part = |pairs: &[(usize, usize)]| {
        let mut found = Found::default();
        for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
            let (at, words) = (of_one[0].0, Tokens::of(&texts[of_one[0].0]));
            for &(_, other) in of_one {
                let containment = align(&Tokens::of(&texts[other]), &words).containment();
                found.add(at, other, containment);
            }
        }
        found
    };
    thread::scope(|scope| {
        let parts = pairs.chunks(pairs.len().div_ceil(n_threads).max(1));
        let workers: Vec<_> = parts.map(|p| scope.spawn(move || part(p))).collect();
        let mut all = Found::default();
        for worker in workers {
            all.merge(&worker.join().expect("no alignment panics"));
        }
        all
    })
}

impl Found {
    fn add(&mut self, at: usize, other: usize, (a, b): (f64, f64)) {
        if other / PAGES != at / PAGES {
            self.n_wrong += 1;
            return;
        }
        self.n_right += 1;
        if other.is_multiple_of(PAGES) {
            let treatment = at % PAGES - 1;
            self.copies[treatment] += 1;
            self.contained[treatment] += a.max(b);
        }
    }

    fn merge(&mut self, other: &Self) {
        for treatment in 0..TREATMENTS.len() {
            self.copies[treatment] += other.copies[treatment];
            self.contained[treatment] += other.contained[treatment];
        }
        self.n_right += other.n_right;
        self.n_wrong += other.n_wrong;
    }
}

/// The process's largest resident memory as Linux counts it.
fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
