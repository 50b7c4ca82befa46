//! Prints the ledgers of a folder of gold annotations: `cargo run --example gold -- examples/trawlers 2024-04-30`.

#[path = "../tests/support/mod.rs"]
mod support;

use verbale_analysis::{
    Lexicon, Series, Withdrawn, against_computed, chart, conflicts, impact, obligations, presence,
    restrictions, standings,
};

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
    let svg_dir = std::env::args().nth(3);
    for (at, series) in Series::all(&lexicon, &entries)
        .iter()
        .filter(|s| s.observations.len() > 1)
        .enumerate()
    {
        println!("{}", chart::terminal(series, 90, 10));
        if let Some(dir) = &svg_dir {
            let file = format!("{dir}/{at}.svg");
            std::fs::write(file, chart::svg(series, chart::SvgSize::default()))
                .expect("the folder can be written");
        }
    }
    for c in conflicts(&lexicon, &entries) {
        println!(
            "! {}: {}\n    {}\n    {}",
            c.kind, c.reason, c.quotes.0, c.quotes.1
        );
    }
    let on = std::env::args()
        .nth(2)
        .and_then(|d| d.parse().ok())
        .unwrap_or(jiff::civil::date(2025, 1, 1));
    for c in against_computed(&lexicon, &entries, on) {
        println!("! {}: {}", c.kind, c.reason);
    }
    let standing = standings(&lexicon, &entries, &[]);
    for s in standing.iter().filter(|s| s.claims.len() > 1) {
        let shown = entries
            .iter()
            .find(|e| e.id() == s.claims[0])
            .expect("a claim of the case");
        let rules: Vec<_> = s
            .origins
            .iter()
            .flat_map(|o| &o.links)
            .map(|l| l.rule.as_str())
            .collect();
        println!("o {}: {} {rules:?}", s.summary(), shown.quote());
    }
    for d in obligations(&lexicon, &entries, on) {
        println!(
            "§ {} {:?}, {} by {:?}, disputed {}",
            d.instrument, d.paragraph, d.action, d.deadline, d.is_disputed
        );
        for p in &d.parties {
            println!("  {}: {}", p.party, p.computed.as_str());
            for s in &p.statements {
                println!(
                    "    {:?} {} {} (own {}, kept {:?})",
                    s.said,
                    s.speaker.as_deref().unwrap_or("-"),
                    s.status,
                    s.is_own,
                    s.is_kept
                );
            }
        }
        for r in d.readings.iter().filter(|r| r.is_reading) {
            println!(
                "    read by {}: {}{}",
                r.holder.as_deref().unwrap_or("-"),
                if r.is_denied { "not: " } else { "" },
                r.action
            );
        }
    }
    let presence = presence(&lexicon, &entries);
    for p in &presence.posts {
        println!("@ {}", p.name);
        for r in &p.rows {
            println!(
                "    {:26} {:?} {} ({})",
                r.as_of_text,
                r.axis,
                r.value,
                r.speaker.as_deref().unwrap_or("-")
            );
        }
    }
    for c in &presence.counts {
        println!(
            "@ count {} {} in {:?}: ledger has {} open",
            c.amount, c.as_of_text, c.place, c.n_open
        );
    }
    for r in restrictions(&lexicon, &entries) {
        println!("x {} {} ({})", r.state.as_str(), r.what, r.voice);
    }
    let found = conflicts(&lexicon, &entries);
    for outlet in ["Northline", "Meridian"] {
        let fall = impact(
            &entries,
            &standing,
            &found,
            &Withdrawn::Outlet(outlet.into()),
        );
        let total = fall.losses.iter().filter(|l| l.is_total()).count();
        println!(
            "- {outlet}: {} claims, {} sayings lose support, {total} all of it, {} conflicts",
            fall.claims.len(),
            fall.losses.len(),
            fall.conflicts.len()
        );
    }
}
