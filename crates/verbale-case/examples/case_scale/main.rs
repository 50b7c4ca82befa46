//! Fills a case with made-up documents and claims, and prints how long the usual questions take.
//!
//! `bench/case [DOCUMENTS [FILE [PART]]]`, by default 1,000,000 documents with 10 claims each in a file that is
//! removed afterwards. A FILE is kept; what it has is not loaded again, so that it can be measured with later code.
//! PART is one of `search`, `claims`, `overview`, `add`, `reader`; with `load` nothing is measured. The words, entities
//! and series follow Zipf's law, and the same numbers make the same case.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a bench prints and measures time"
)]

mod made;
#[path = "../scale/mod.rs"]
mod scale;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil;
use verbale_case::{Case, Filter, Order, Search, ledger::Part};
use verbale_core::ClaimKind;

use made::{Asked, N_ENTITIES, entity_id, entity_name, made, run};
use scale::{BATCH, CLAIMS_EACH, Failure, Made, Random, fill, peak_memory_kb, size_of};

/// How many documents are added at most while a reader is busy.
const MOST_BESIDE_A_READER: u64 = 10_000;

fn main() -> Result<(), Failure> {
    let order = scale::Order::given(1_000_000, "scale-bench.db")?;
    let (n_documents, path) = (order.n_documents, order.path.as_path());
    let mut case = Case::create(path)?;
    load(&mut case, n_documents)?;
    if order.is_load() {
        return Ok(());
    }
    // A file that was measured before has the pages that were added then.
    let n_documents = case.status()?.n_pages;
    row("file size, MB", size_of(path) / 1_000_000, "");
    let is_asked = |part: &str| order.part.as_deref().is_none_or(|asked| asked == part);
    if is_asked("search") {
        searches(&case)?;
    }
    if is_asked("claims") {
        claims(&case, n_documents)?;
    }
    if is_asked("overview") {
        overview(&case)?;
    }
    if is_asked("reader") {
        busy_reader(&mut case, path, n_documents)?;
    }
    row("peak memory, MB", peak_memory_kb() / 1_000, "500");
    // Whoever adds pages is the last to close the case.
    drop(case);
    if is_asked("add") {
        add_a_hundred(path, n_documents)?;
    }
    order.done()
}

/// A line of the table: what was measured, and what the project asks for.
fn row(what: &str, value: impl std::fmt::Display, most: &str) {
    println!("| {what:<58} | {value:>24} | {most:>10} |");
}

fn load(case: &mut Case, n_documents: u64) -> Result<(), Failure> {
    let n_new = n_documents.saturating_sub(case.status()?.n_pages);
    if n_new == 0 {
        return Ok(());
    }
    let began = Instant::now();
    fill(case, n_documents, &run(), made)?;
    let took = began.elapsed().as_secs_f64();
    row("documents loaded", n_new, "");
    row("claims loaded", n_new * CLAIMS_EACH, "");
    row("load, s", format!("{took:.1}"), "");
    row("load, documents/s", (n_new as f64 / took) as u64, "");
    Ok(())
}

fn searches(case: &Case) -> Result<(), Failure> {
    let mut random = Random(7);
    measure("search, 1 to 3 words", "10, 150", 300, || {
        case.search(&Search::new(&random.query()))
            .map(|hits| hits.len())
    })?;
    let mut random = Random(8);
    measure("search, with language and a year", "10, 150", 300, || {
        let since = random.day();
        let search = Search {
            languages: vec!["en".into()],
            since: Some(since),
            until: since.checked_add(jiff::Span::new().days(365)).ok(),
            ..Search::new(&random.query())
        };
        case.search(&search).map(|hits| hits.len())
    })?;
    let mut random = Random(12);
    measure("search, with a publisher", "10, 150", 300, || {
        let search = Search {
            publisher: Some(format!("Publisher {}", random.zipf(1_000))),
            ..Search::new(&random.query())
        };
        case.search(&search).map(|hits| hits.len())
    })?;
    let mut random = Random(13);
    measure("search, with an entity", "10, 150", 300, || {
        let search = Search {
            entity: Some(entity_id(random.zipf(N_ENTITIES))),
            ..Search::new(&random.query())
        };
        case.search(&search).map(|hits| hits.len())
    })?;
    let mut random = Random(14);
    measure(
        "search, with a kind that no claim has",
        "10, 150",
        50,
        || {
            let search = Search {
                kinds: vec![ClaimKind::Position],
                ..Search::new(&random.query())
            };
            case.search(&search).map(|hits| hits.len())
        },
    )
}

fn claims(case: &Case, n_documents: u64) -> Result<(), Failure> {
    let mut random = Random(9);
    measure(
        "claims of an entity in a year, first 50",
        "1, 5",
        1_000,
        || {
            let since = random.day();
            let until = since.checked_add(jiff::Span::new().days(365)).ok();
            let entity = entity_id(random.zipf(N_ENTITIES));
            case.timeline(&entity, Part::Speaker, Some(since), until, 50)
                .map(|claims| claims.len())
        },
    )?;
    let mut random = Random(10);
    measure("a series by month", "5, 200", 300, || {
        let document = random.below(n_documents);
        case.series_by_month(made(document).claims[0].id)
            .map(|months| months.len())
    })
}

/// What the program asks of a whole case: counts, lists that it prints while it reads them, and one claim.
fn overview(case: &Case) -> Result<(), Failure> {
    let once =
        |what: &str, ask: &mut dyn FnMut() -> verbale_case::Result<u64>| -> Result<(), Failure> {
            let began = Instant::now();
            let n = ask()?;
            row(
                &format!("{what} ({n}), ms"),
                began.elapsed().as_millis(),
                "",
            );
            Ok(())
        };
    let first = |n: u32, filter: Filter| -> verbale_case::Result<u64> {
        let filter = Filter {
            limit: Some(n),
            ..filter
        };
        let mut n_claims = 0;
        case.for_each_claim(&filter, |_| -> verbale_case::Result<()> {
            n_claims += 1;
            Ok(())
        })?;
        Ok(n_claims)
    };
    once("status", &mut || case.status().map(|s| s.n_pages))?;
    once("claims in the order of time, the first", &mut || {
        first(1_000, Filter::default())
    })?;
    once("claims in the order of time, a part", &mut || {
        first(200_000, Filter::default())
    })?;
    once("claims of a speaker, all", &mut || {
        let speaker = Some(entity_name(1_000));
        first(
            u32::MAX,
            Filter {
                speaker,
                ..Filter::default()
            },
        )
    })?;
    once("claims of a month, all", &mut || {
        let (since, until) = (civil::date(2019, 3, 1), civil::date(2019, 3, 31));
        let filter = Filter {
            since: Some(since),
            until: Some(until),
            ..Filter::default()
        };
        first(u32::MAX, filter)
    })?;
    once("claims to review, the first 50", &mut || {
        let filter = Filter {
            undecided: true,
            order: Order::Page,
            ..Filter::default()
        };
        first(50, filter)
    })?;
    once("entities by weight, the first 50", &mut || {
        Ok(case.entities_called(None, None, 50)?.len() as u64)
    })?;
    let mut random = Random(15);
    measure("a document with its claims", "", 300, || {
        let page = made(random.below(1_000)).page.id();
        case.document(page).map(|d| d.map_or(0, |d| d.claims.len()))
    })
}

/// A number from which on no documents are in a case of so many, however often it was measured.
fn unused(n_documents: u64) -> u64 {
    n_documents * 1_000
}

/// Rounds of adding, in each of which the case and an empty one take turns.
const ROUNDS: u64 = 9;

/// Adds a hundred documents one by one, to this case and to an empty one, as often as there are rounds: until the last
/// is in the case, and with the opening before and the closing after, which writes the log back.
fn add_a_hundred(path: &Path, n_documents: u64) -> Result<(), Failure> {
    let run = run();
    let add = |path: &Path, round: u64| -> Result<[Duration; 2], Failure> {
        let first = unused(n_documents) + 100 * (round + 1_000);
        let made: Vec<Made> = (first..first + 100).map(made).collect();
        let opened = Instant::now();
        let mut case = Case::create(path)?;
        let began = Instant::now();
        for made in &made {
            case.add(&made.new_document(&run))?;
        }
        let added = began.elapsed();
        drop(case);
        Ok([added, opened.elapsed()])
    };
    let empty = PathBuf::from("scale-bench-empty.db");
    let mut took: [Vec<[Duration; 2]>; 2] = Default::default();
    for round in 0..ROUNDS {
        took[0].push(add(path, round)?);
        // Not the making of an empty case, which a user does once.
        drop(Case::create(&empty)?);
        took[1].push(add(&empty, round)?);
        std::fs::remove_file(&empty)?;
    }
    for (what, at) in [
        ("adding 100 pages", 0),
        ("adding, with opening and closing", 1),
    ] {
        let [here, there] = [0, 1].map(|case| {
            let mut took: Vec<Duration> = took[case].iter().map(|took| took[at]).collect();
            took.sort_unstable();
            took[took.len() / 2].as_secs_f64() * 1e3
        });
        row(
            &format!("{what}, ms: here, to an empty case"),
            format!("{here:.0}, {there:.0}, {:.1} times", here / there),
            "2 times",
        );
    }
    Ok(())
}

/// Adds documents while another connection reads without pause, and watches the write-ahead log.
fn busy_reader(case: &mut Case, path: &Path, n_documents: u64) -> Result<(), Failure> {
    let log = PathBuf::from(format!("{}-wal", path.display()));
    let done = std::sync::atomic::AtomicBool::new(false);
    let run = run();
    let n_new = (n_documents / 20).clamp(BATCH, MOST_BESIDE_A_READER);
    let mut largest = 0;
    std::thread::scope(|scope| -> Result<(), Failure> {
        let reader = scope.spawn(|| -> verbale_case::Result<u64> {
            let reader = Case::open_read_only(path)?;
            let mut random = Random(11);
            let mut n_reads = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let entity = entity_id(random.zipf(N_ENTITIES));
                reader.timeline(&entity, Part::Speaker, None, None, 50)?;
                n_reads += 1;
            }
            Ok(n_reads)
        });
        let first = unused(n_documents) + 1_000;
        let mut added = Ok(());
        for n in first..first + n_new {
            added = case.add(&made(n).new_document(&run)).map(|_| ());
            if added.is_err() {
                break;
            }
            largest = largest.max(size_of(&log));
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        let n_reads = reader.join().map_err(|_| "the reader panicked")??;
        row("reads while pages were added", n_reads, "");
        Ok(added?)
    })?;
    row(
        "largest write-ahead log with a busy reader, MB",
        largest / 1_000_000,
        "bounded",
    );
    Ok(())
}

fn measure<E: Into<Failure>>(
    what: &str,
    most: &str,
    n: usize,
    mut ask: impl FnMut() -> Result<usize, E>,
) -> Result<(), Failure> {
    // The first questions warm the cache.
    for _ in 0..n / 5 {
        ask().map_err(Into::into)?;
    }
    let mut took = Vec::new();
    let mut n_found = 0;
    for _ in 0..n {
        let began = Instant::now();
        n_found += ask().map_err(Into::into)?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let ms = |at: usize| took[at.min(n - 1)].as_secs_f64() * 1e3;
    let (p50, p99) = (ms(n / 2), ms(n * 99 / 100));
    row(
        &format!("{what}, ms (found {:.1} each)", n_found as f64 / n as f64),
        format!("p50 {p50:.2}, p99 {p99:.2}"),
        most,
    );
    Ok(())
}
