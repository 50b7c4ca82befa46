//! Prints series and conflicts of a folder of gold annotations: `cargo run --example gold -- examples/trawlers`.

#[path = "../tests/support/mod.rs"]
mod support;

use verbale_analysis::{Lexicon, Series, conflicts};

#[allow(clippy::print_stdout, reason = "an example is its own program")]
fn main() {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "examples/trawlers".to_owned());
    let pages = support::gold(&folder);
    let entries: Vec<_> = pages.iter().flat_map(support::Filed::entries).collect();
    let lexicon = Lexicon::builtin();
    for series in Series::all(&lexicon, &entries)
        .iter()
        .filter(|s| s.observations.len() > 1)
    {
        println!("# {} [{}]", series.title(), series.nature.as_str());
        for o in &series.observations {
            println!(
                "  {:24} {:30} {}",
                o.as_of_text,
                o.amount,
                o.speaker.as_deref().unwrap_or("-")
            );
        }
    }
    for c in conflicts(&lexicon, &entries) {
        println!(
            "! {}: {}\n    {}\n    {}",
            c.kind, c.reason, c.quotes.0, c.quotes.1
        );
    }
}
