//! Fills a case with made-up claims of all kinds and prints what filing them, finding conflicts and reading the
//! ledgers costs, and what one more page costs in a small and in a large case.
//!
//! `bench/ledgers [DOCUMENTS [FILE [PART]]]`, by default 50,000 documents with 10 claims each in a file that is removed
//! afterwards. A FILE is kept; what it has is not loaded again. The parts are `add`, `file`, `settle` (find conflicts),
//! `weigh`, all four of which are `load`, then `read` and `page` (one more). As the case grows it gets more towns
//! rather than longer series, with one that is in all news.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a bench prints and measures time"
)]

mod made;
#[path = "../scale/mod.rs"]
mod scale;

use std::path::Path;
use std::time::Instant;

use jiff::civil;
use verbale_analysis::{Clock, Lexicon};
use verbale_case::{
    Case, Run,
    ledger::{SeriesCursor, Work},
};

use made::made;
use scale::{CLAIMS_EACH, Failure, fill, on_processor_s, peak_memory_kb, size_of};

fn main() -> Result<(), Failure> {
    let order = scale::Order::given(50_000, "ledger-bench.db")?;
    let (n_documents, path) = (order.n_documents, order.path.as_path());
    let lexicon = Lexicon::builtin();
    let mut case = Case::create(path)?;
    let only = order.part.clone();
    let does = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if does("load") || does("add") {
        row("documents", n_documents);
        row("claims", n_documents * CLAIMS_EACH);
        timed("add", || {
            fill(&mut case, n_documents, &Run::default(), made)
        })?;
    }
    if does("load") || does("file") {
        timed("file all claims", || Ok(case.file_claims(&lexicon)?))?;
        row("series with two claims or more", case.n_series(2)?);
    }
    if does("load") || does("settle") {
        let before = Work::so_far();
        timed(
            "find all conflicts",
            || Ok(case.settle_conflicts(&lexicon)?),
        )?;
        tell_work(Work::since(before), 1);
        row("conflicts", case.n_conflicts()?);
    }
    if does("load") || does("weigh") {
        let before = Work::so_far();
        timed("weigh all sayings", || Ok(case.weigh_sayings(&lexicon)?))?;
        tell_work(Work::since(before), 1);
    }
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    if does("read") {
        read(&case, &lexicon)?;
    }
    if does("page") {
        one_more(&mut case, n_documents, &lexicon)?;
    }
    row("file size, MB", size_of(path) / 1_000_000);
    row("peak memory, MB", peak_memory_kb() / 1_000);
    drop(case);
    order.done()
}

fn row(what: &str, value: impl std::fmt::Display) {
    println!("| {what:<66} | {value:>24} |");
}

fn timed<T>(what: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = Instant::now();
    let value = work()?;
    row(what, format!("{:.3} s", began.elapsed().as_secs_f64()));
    Ok(value)
}

fn read(case: &Case, lexicon: &Lexicon) -> Result<(), Failure> {
    let mut n_duties = 0_u64;
    timed("duties, one by one", || {
        Ok(case.for_each_duty(lexicon, civil::date(2026, 1, 1), |_| {
            n_duties += 1;
            Ok::<(), verbale_case::Error>(())
        })?)
    })?;
    row("  so many", n_duties);
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    timed("presence, post by post", || {
        Ok(case.for_each_presence(lexicon, |_| Ok::<(), verbale_case::Error>(()))?)
    })?;
    let mut n_moments = 0_u64;
    timed("the timeline", || {
        Ok(case.for_each_moment(Clock::AsOf, |_| {
            n_moments += 1;
            Ok::<(), verbale_case::Error>(())
        })?)
    })?;
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    let longest = timed("first 50 series of the list", || {
        let rows = case.series_rows(2, None, 50)?;
        let last = rows.last().ok_or("there are series")?;
        case.series_rows(2, Some(&SeriesCursor::from(last)), 50)?;
        Ok(rows)
    })?;
    let first = &longest[0];
    timed(
        &format!("the longest series, {} claims", first.n_claims),
        || Ok(case.series(lexicon, &first.key)?),
    )?;
    let middle = &longest[longest.len() / 2];
    timed(
        &format!("one in the middle, {} claims", middle.n_claims),
        || Ok(case.series(lexicon, &middle.key)?),
    )?;
    timed("first 50 conflicts", || Ok(case.conflicts(None, 50)?))?;
    let mut n_standings = 0_u64;
    timed("what every saying stands on", || {
        Ok(case.for_each_standing(lexicon, |_, _| {
            n_standings += 1;
            Ok::<(), verbale_case::Error>(())
        })?)
    })?;
    row("sayings of two claims or more", n_standings);
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    Ok(())
}

fn tell_work(work: Work, among: u64) {
    let each = [work.n_claims, work.n_places, work.n_pairs].map(|n| (n / among).to_string());
    row("  claims, places, pairs read for it", each.join(" + "));
}

fn add_up(all: &mut Work, more: Work) {
    all.n_claims += more.n_claims;
    all.n_places += more.n_places;
    all.n_pairs += more.n_pairs;
}

/// Adds pages one by one and makes each of them part of the ledgers, here and in a case a hundred times smaller.
fn one_more(case: &mut Case, n_documents: u64, lexicon: &Lexicon) -> Result<(), Failure> {
    let small_path = Path::new("ledger-bench-small.db");
    let n_small = (n_documents / 100).max(1);
    let mut small = Case::create(small_path)?;
    let run = Run::default();
    fill(&mut small, n_small, &run, made)?;
    small.file_claims(lexicon)?;
    small.settle_conflicts(lexicon)?;
    small.weigh_sayings(lexicon)?;
    let each = |what: &str, case: &mut Case, first: u64| -> Result<(), Failure> {
        const N: u64 = 50;
        let mut took = [[0.0; 2]; 4];
        let mut work = [Work::default(); 2];
        for n in first..first + N {
            let made = made(n);
            let mut began = (Instant::now(), on_processor_s());
            let mut note = |part: &mut [f64; 2]| {
                part[0] += began.0.elapsed().as_secs_f64() * 1e3 / N as f64;
                part[1] += (on_processor_s() - began.1) * 1e3 / N as f64;
                began = (Instant::now(), on_processor_s());
            };
            case.add(&made.new_document(&run))?;
            note(&mut took[0]);
            case.file_claims(lexicon)?;
            note(&mut took[1]);
            let before = Work::so_far();
            case.settle_conflicts(lexicon)?;
            note(&mut took[2]);
            add_up(&mut work[0], Work::since(before));
            let before = Work::so_far();
            case.weigh_sayings(lexicon)?;
            note(&mut took[3]);
            add_up(&mut work[1], Work::since(before));
        }
        for (which, of) in [("", 0), (", on the processor", 1)] {
            let parts = took.map(|part| format!("{:.1}", part[of])).join(" + ");
            row(
                &format!("one more page {what}, ms: add, file, settle, weigh{which}"),
                parts,
            );
        }
        work.into_iter().for_each(|work| tell_work(work, N));
        Ok(())
    };
    each("here", case, n_documents)?;
    each(&format!("among {n_small}"), &mut small, n_small)?;
    drop(small);
    std::fs::remove_file(small_path)?;
    Ok(())
}
