//! Measures how the ledgers grow: time a claim, and the cost of one more page in a small and in a large case.
//!
//! usage: `cargo run --release -p verbale-analysis --example scale -- [PAGES]`

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support/wires.rs"]
mod wires;

use std::{collections::HashMap, time::Instant};

use support::Filed;
use verbale_analysis::{
    Entry, Lexicon, Series, SeriesKey, Shelf, conflicts::keys, conflicts_under, lines::REACH,
};
use wires::Random;

/// Claims of a page.
const N_CLAIMS: usize = 10;

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is its own program"
)]
fn main() {
    let n_pages: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_000);
    let lexicon = Lexicon::builtin();
    let mut random = Random(1);
    let pages: Vec<Filed> = (0..n_pages).map(|at| page(&mut random, at)).collect();
    let entries: Vec<Entry<'_>> = pages.iter().flat_map(Filed::entries).collect();

    let clock = Instant::now();
    let mut index: HashMap<(Shelf, String), Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for key in keys(&lexicon, *entry) {
            index.entry(key).or_default().push(at);
        }
    }
    let per_claim = clock.elapsed() / entries.len() as u32;
    println!(
        "{} claims on {n_pages} pages, {} keys; keys of a claim: {per_claim:?}",
        entries.len(),
        index.len()
    );

    for share in [10, 1] {
        let n_known = entries.len() / share;
        let clock = Instant::now();
        let n_new = 20.min(n_pages);
        let mut n_conflicts = 0;
        for filed in &pages[..n_new] {
            for entry in filed.entries() {
                for key in keys(&lexicon, entry) {
                    let group: Vec<Entry<'_>> = index[&key]
                        .iter()
                        .filter(|&&i| i < n_known)
                        .map(|&i| entries[i])
                        .collect();
                    n_conflicts += conflicts_under(&lexicon, key.0, &group, REACH).len();
                }
            }
        }
        let per_page = clock.elapsed() / n_new as u32;
        println!(
            "one more page in a case of {n_known} claims: {per_page:?} ({n_conflicts} conflicts seen)"
        );
    }

    let clock = Instant::now();
    let mut series: HashMap<SeriesKey, Vec<Entry<'_>>> = HashMap::new();
    for entry in &entries {
        if let Some(key) = SeriesKey::of(&lexicon, *entry) {
            series.entry(key).or_default().push(*entry);
        }
    }
    let n_series = series.len();
    let longest = series.values().map(Vec::len).max().unwrap_or(0);
    let n_observations: usize = series
        .into_iter()
        .filter_map(|(key, group)| Series::of(&lexicon, key, &group))
        .map(|s| s.observations.len())
        .sum();
    println!(
        "{n_series} series, the longest of {longest}; {:?} an observation",
        clock.elapsed() / n_observations.max(1) as u32
    );
}

/// A page about one of many made-up topics: as a case grows, it gets more topics rather than longer ones.
fn page(random: &mut Random, at: usize) -> Filed {
    let claims: Vec<_> = (0..N_CLAIMS)
        .map(|n| {
            let topic = random.below(1 + at as u64 * 4);
            let value = 100 + random.below(900);
            serde_json::json!({
                "id": format!("{at}-{n}"), "span": format!("{value} things of topic {topic}"),
                "speaker": format!("Speaker{}", random.below(500)), "act": "say", "kind": "figure",
                "reported_via": ["Argus"], "figure": {"value": value, "unit": "boats",
                    "subject": format!("boats of kind k{} in class c{}", topic % 977, topic / 977), "where": format!("Port{}", topic % 7),
                    "as_of": format!("20{:02}-{:02}-{:02}", 10 + random.below(15), 1 + random.below(12), 1 + random.below(28))},
            })
        })
        .collect();
    let json = serde_json::json!({"id": format!("p{at}"), "metadata": {"outlet": "Argus", "published": "2024-04-01"}, "claims": claims});
    support::page(&json.to_string())
}
