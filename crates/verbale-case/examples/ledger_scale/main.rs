//! Fills a case with made-up claims of all kinds and prints what filing them, finding conflicts and reading the
//! ledgers costs, and what one more page costs in a small and in a large case.
//!
//! `bench/ledgers [DOCUMENTS [FILE [load]]]`, by default 50,000 documents with 10 claims each in a file that is removed
//! afterwards. A FILE is kept; what it has is not loaded again. With `load` the ledgers are not read. As the case grows it gets more towns rather than longer series, with a few that are in all news.

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
use verbale_analysis::{Clock, Lexicon, Shelf, obligations, presence};
use verbale_case::{Case, Run, ledger::SeriesCursor};

use made::made;
use scale::{CLAIMS_EACH, Failure, fill, peak_memory_kb, size_of};

fn main() -> Result<(), Failure> {
    let order = scale::Order::given(50_000, "ledger-bench.db")?;
    let (n_documents, path) = (order.n_documents, order.path.as_path());
    let lexicon = Lexicon::builtin();
    let mut case = Case::create(path)?;
    load(&mut case, n_documents, &lexicon)?;
    if order.is_load() {
        return Ok(());
    }
    read(&case, &lexicon)?;
    one_more(&mut case, n_documents, &lexicon)?;
    row("file size, MB", size_of(path) / 1_000_000);
    row("peak memory, MB", peak_memory_kb() / 1_000);
    drop(case);
    order.done()
}

fn row(what: &str, value: impl std::fmt::Display) {
    println!("| {what:<58} | {value:>24} |");
}

fn timed<T>(what: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = Instant::now();
    let value = work()?;
    row(what, format!("{:.3} s", began.elapsed().as_secs_f64()));
    Ok(value)
}

fn load(case: &mut Case, n_documents: u64, lexicon: &Lexicon) -> Result<(), Failure> {
    row("documents", n_documents);
    row("claims", n_documents * CLAIMS_EACH);
    timed("add", || fill(case, n_documents, &Run::default(), made))?;
    timed("file all claims", || Ok(case.file_claims(lexicon)?))?;
    timed("find all conflicts", || Ok(case.settle_conflicts(lexicon)?))?;
    timed("weigh all sayings", || Ok(case.weigh_sayings(lexicon)?))?;
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    row("series with two claims or more", case.n_series(2)?);
    row("conflicts", case.n_conflicts()?);
    Ok(())
}

fn read(case: &Case, lexicon: &Lexicon) -> Result<(), Failure> {
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
    let duties = timed("claims about duties", || Ok(case.gather(Shelf::Duty)?))?;
    row("  so many", duties.len());
    timed("obligations of the first 2,000 of them", || {
        let mut entries = duties.entries();
        entries.truncate(2_000);
        Ok(obligations(lexicon, &entries, civil::date(2026, 1, 1)).len())
    })?;
    drop(duties);
    timed("presence", || {
        Ok(presence(lexicon, &case.gather(Shelf::Post)?.entries())
            .posts
            .len())
    })?;
    let mut n_moments = 0_u64;
    timed("the timeline", || {
        Ok(case.for_each_moment(Clock::AsOf, |_| {
            n_moments += 1;
            Ok::<(), verbale_case::Error>(())
        })?)
    })?;
    row("peak memory so far, MB", peak_memory_kb() / 1_000);
    Ok(())
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
        let mut took = [0.0; 4];
        for n in first..first + N {
            let made = made(n);
            let mut began = Instant::now();
            let mut note = |part: &mut f64| {
                *part += began.elapsed().as_secs_f64() * 1e3 / N as f64;
                began = Instant::now();
            };
            case.add(&made.new_document(&run))?;
            note(&mut took[0]);
            case.file_claims(lexicon)?;
            note(&mut took[1]);
            case.settle_conflicts(lexicon)?;
            note(&mut took[2]);
            case.weigh_sayings(lexicon)?;
            note(&mut took[3]);
        }
        let [add, file, settle, weigh] = took;
        let parts = format!("{add:.1} + {file:.1} + {settle:.1} + {weigh:.1}");
        row(
            &format!("one more page, ms: add, file, settle, weigh {what}"),
            parts,
        );
        Ok(())
    };
    each("here", case, n_documents)?;
    each(&format!("among {n_small}"), &mut small, n_small)?;
    drop(small);
    std::fs::remove_file(small_path)?;
    Ok(())
}
