//! Fills a case with made-up claims of all kinds and prints what filing them, finding conflicts and reading the
//! ledgers costs, and what one more page costs in a small and in a large case.
//!
//! `bench/ledgers [DOCUMENTS [FILE]]`, by default 50,000 documents with 10 claims each in a file that is removed
//! afterwards. As the case grows it gets more towns rather than longer series, with a few that are in all news.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench prints and measures time"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::{Timestamp, civil};
use verbale_analysis::{Clock, Lexicon, Shelf, obligations, presence};
use verbale_case::{Case, NewDocument, Run, ledger::SeriesCursor};
use verbale_core::{
    Act, Anchor, Attribution, Claim, ClaimId, Decimal, Document, Event, Evidence, Figure, Metadata,
    Modality, Obligation, Page, PageOrigin, PartialDate, Passage, Polarity, Position, Proposition,
    Publication, Quantity, Role, Speaker, Status, TextRange, TextSize, Timex,
};

const CLAIMS_EACH: u64 = 10;
const BATCH: u64 = 1_000;
/// Documents before a new town comes into the news.
const PER_TOWN: u64 = 20;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let n_documents: u64 = args.next().map_or(Ok(50_000), |n| n.parse())?;
    let given = args.next().map(PathBuf::from);
    let path = given
        .clone()
        .unwrap_or_else(|| PathBuf::from("ledger-bench.db"));
    if path.exists() {
        return Err(format!("will not overwrite `{}`", path.display()).into());
    }
    let lexicon = Lexicon::builtin();
    let mut case = Case::create(&path)?;
    fill(&mut case, n_documents, &lexicon)?;
    read(&case, &lexicon)?;
    one_more(&mut case, n_documents, &lexicon)?;
    row("file size, MB", size_of(&path) / 1_000_000);
    row("peak memory, MB", peak_memory_kb() / 1_000);
    drop(case);
    if given.is_none() {
        std::fs::remove_file(&path)?;
    }
    Ok(())
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

fn fill(case: &mut Case, n_documents: u64, lexicon: &Lexicon) -> Result<(), Failure> {
    row("documents", n_documents);
    row("claims", n_documents * CLAIMS_EACH);
    let run = Run::default();
    timed("add", || {
        for first in (0..n_documents).step_by(BATCH as usize) {
            let made: Vec<Made> = (first..(first + BATCH).min(n_documents))
                .map(made)
                .collect();
            case.add_all(made.iter().map(|m| m.new_document(&run)))?;
        }
        Ok(case.optimize()?)
    })?;
    timed("file all claims", || Ok(case.file_claims(lexicon)?))?;
    timed("find all conflicts", || Ok(case.settle_conflicts(lexicon)?))?;
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
    for first in (0..n_small).step_by(BATCH as usize) {
        let made: Vec<Made> = (first..(first + BATCH).min(n_small)).map(made).collect();
        small.add_all(made.iter().map(|m| m.new_document(&run)))?;
    }
    small.optimize()?;
    small.file_claims(lexicon)?;
    small.settle_conflicts(lexicon)?;
    let each = |case: &mut Case, first: u64| -> Result<f64, Failure> {
        const N: u64 = 50;
        let began = Instant::now();
        for n in first..first + N {
            case.add(&made(n).new_document(&run))?;
            case.file_claims(lexicon)?;
            case.settle_conflicts(lexicon)?;
        }
        Ok(began.elapsed().as_secs_f64() * 1e3 / N as f64)
    };
    let here = each(case, n_documents)?;
    let there = each(&mut small, n_small)?;
    drop(small);
    std::fs::remove_file(small_path)?;
    row(
        "one more page in all ledgers, ms: here",
        format!("{here:.1}"),
    );
    row(
        &format!("  in a case of {n_small} documents"),
        format!("{there:.1}"),
    );
    Ok(())
}

fn size_of(path: &Path) -> u64 {
    path.metadata().map_or(0, |m| m.len())
}

/// The most memory that the process has had, where the system tells.
fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// Marsaglia's xorshift: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

struct Made {
    page: Page,
    document: Document,
    claims: Vec<Claim>,
}

impl Made {
    fn new_document<'a>(&'a self, run: &'a Run) -> NewDocument<'a> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &[],
            diagnostics: &[],
            run,
            at: Timestamp::UNIX_EPOCH,
        }
    }
}

/// The document number `n`: ten lines, a claim each.
fn made(n: u64) -> Made {
    let mut random = Random(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    random.below(2);
    let day = civil::date(2015, 1, 1)
        .checked_add(jiff::Span::new().days((n % 3_650) as i64))
        .expect("ten years after 2015 is in the calendar");
    let told: Vec<(String, Proposition)> = (0..CLAIMS_EACH)
        .map(|i| told(n, i, day, &mut random))
        .collect();
    let lines: Vec<&str> = told.iter().map(|(line, _)| line.as_str()).collect();
    let text = lines.join("\n");
    let page = Page {
        bytes: text.clone().into_bytes(),
        media_type: "text/plain".into(),
        origin: PageOrigin {
            path: format!("{n}.txt"),
            ..PageOrigin::default()
        },
    };
    let id = page.id();
    let mut passages = Vec::new();
    let mut claims = Vec::new();
    let mut start = TextSize::from(0);
    for (at, (line, proposition)) in told.iter().enumerate() {
        let range = TextRange::at(start, TextSize::of(line.as_str()));
        start = range.end() + TextSize::of('\n');
        passages.push(Passage {
            role: Role::Body,
            range,
            repeats: None,
        });
        claims.push(Claim {
            id: ClaimId::new(id, proposition.kind(), line, at as u32),
            evidence: Evidence::new(&text, range),
            attribution: Attribution {
                speaker: Some(Speaker {
                    name: format!("Speaker{}", random.below(2_000)),
                    ..Speaker::default()
                }),
                via: vec![format!("Publisher{}", n % 500)],
                on_behalf_of: None,
                act: Act::Say,
                cue: None,
                said_on: Some(time(day)),
            },
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            proposition: proposition.clone(),
            rule: "bench".into(),
            restates: None,
        });
    }
    let metadata = Metadata {
        publisher: Some(format!("Publisher{}", n % 500)),
        published: Some(Publication {
            date: PartialDate::from(day),
            rule: "bench".into(),
        }),
        language: "en".into(),
        ..Metadata::default()
    };
    Made {
        document: Document::new(id, text, passages, metadata),
        page,
        claims,
    }
}

fn time(day: civil::Date) -> Timex {
    Timex::from_date(PartialDate::from(day), "that day", Anchor::Published)
}

/// One line and what it claims: six figures, and one of each other kind.
fn told(n: u64, i: u64, day: civil::Date, random: &mut Random) -> (String, Proposition) {
    // One line in a hundred is about the town that everybody writes about.
    let n_towns = 1 + n / PER_TOWN;
    let town = if random.below(100) == 0 {
        0
    } else {
        random.below(n_towns)
    };
    let town = format!("Town{town}");
    let as_of = Some(time(day));
    let thing = random.of(&["boats", "trucks", "guards", "tents", "wells"]);
    let subject = random.of(&["held", "lost", "repaired", "counted"]);
    match i {
        0..=5 => {
            let value = 10 + random.below(90) * 10;
            let figure = Figure {
                quantity: Quantity {
                    unit: Some(thing.into()),
                    ..Quantity::exact(Decimal::from(value))
                },
                subject: format!("{thing} {subject} near {town}"),
                place: Some(town.clone()),
                as_of,
            };
            (
                format!("{i}: {value} {thing} {subject} in {town}"),
                Proposition::Figure(figure),
            )
        }
        6 => {
            let status = random.of(&["open", "closed"]);
            let subject = format!("bridge of {town}");
            (
                format!("the {subject} is {status}"),
                Proposition::Status(Status {
                    subject,
                    status: status.into(),
                    as_of,
                }),
            )
        }
        7 => {
            let label = random.of(&["talks", "strike", "opening of school"]);
            let event = Event {
                label: format!("{label} in {town}"),
                actors: vec![format!("mayor of {town}")],
                place: Some(town.clone()),
                date: as_of,
            };
            (
                format!("{label} took place in {town}"),
                Proposition::Event(event),
            )
        }
        8 => {
            let duty = Obligation {
                instrument: Some(format!("{town} Accord")),
                paragraph: Some((1 + random.below(9)).to_string()),
                party: Some(town.clone()),
                action: format!("return all {thing}"),
                deadline: as_of,
            };
            (
                format!("{town} must return all {thing}"),
                Proposition::Obligation(duty),
            )
        }
        _ => {
            let position = Position {
                holder: format!("mayor of {town}"),
                stance: "regrets the delay".into(),
                target: None,
            };
            (
                format!("the mayor of {town} regrets"),
                Proposition::Position(position),
            )
        }
    }
}
