//! Prints the ledgers of a folder of gold annotations: `cargo run --example gold -- examples/trawlers 2024-04-30`.

#[path = "../tests/support/mod.rs"]
mod support;

use verbale_analysis::{
    Clock, Series, Withdrawn, against_computed, chart, conflicts, impact, obligations, presence,
    restrictions, standings, text, timeline,
};

#[allow(clippy::print_stdout, reason = "an example is its own program")]
fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args
        .next()
        .unwrap_or_else(|| "examples/trawlers".to_owned());
    let on = args
        .next()
        .and_then(|d| d.parse().ok())
        .unwrap_or(jiff::civil::date(2025, 1, 1));
    let pages = support::gold(&folder);
    let entries: Vec<_> = pages.iter().flat_map(support::Filed::entries).collect();
    let lexicon = support::lexicon();

    let mut series = Series::all(lexicon, &entries);
    series.retain(|s| s.distinct().count() > 1);
    let standing = standings(lexicon, &entries, &[]);
    let supports = standing.iter().collect();
    println!("# Series\n\n{}", text::series(&series, &supports));
    series
        .iter()
        .for_each(|s| println!("{}", chart::terminal(s, 90, 10)));
    if let Some(dir) = args.next() {
        for (at, series) in series.iter().enumerate() {
            let svg = chart::svg(series, chart::SvgSize::default(), None);
            std::fs::write(format!("{dir}/{at}.svg"), svg).expect("the folder can be written");
        }
    }
    let mut found = conflicts(lexicon, &entries);
    found.extend(against_computed(lexicon, &entries, on));
    println!("# Conflicts\n\n{}", text::conflicts(&found));
    println!("# Origins\n\n{}", text::standings(&standing, &entries));
    println!(
        "# Obligations\n\n{}",
        text::obligations(&obligations(lexicon, &entries, on), &supports)
    );
    println!(
        "# Presence\n\n{}",
        text::presence(&presence(lexicon, &entries), &supports)
    );
    println!(
        "# Restrictions\n\n{}",
        text::restrictions(&restrictions(lexicon, &entries), &supports)
    );
    println!(
        "# Timeline\n\n{}",
        text::timeline(&timeline(&entries, Clock::AsOf))
    );
    if let Some(outlet) = entries.iter().find_map(verbale_analysis::Entry::agency) {
        let fall = impact(
            &entries,
            &standing,
            &found,
            &Withdrawn::Outlet(outlet.into()),
        );
        println!("# Without {outlet}\n\n{}", text::impact(&fall));
    }
}
