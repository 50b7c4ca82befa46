//! Measures how long the desk takes for its pages over a case, and prints the table of `docs/desk.md`.
//!
//! `bench/desk CASE [busy]`. Requests go through the desk's router on this thread, one after the other, without a
//! socket. With `busy` they begin at once, else when the numbers and the ledgers of the case are made. Claims that
//! are not filed yet are filed, in the file if it can be written.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a bench prints and measures time"
)]

mod pick;

use std::{error::Error, path::PathBuf, time::Duration, time::Instant};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use jiff::Timestamp;
use tower::ServiceExt;
use verbale_analysis::Lexicon;
use verbale_case::Case;
use verbale_desk::{Access, Config, Desk, router};
use verbale_pack::Packs;

use pick::Picked;

type Failure = Box<dyn Error>;

/// How many pages of each kind are asked for.
const N: usize = 200;

/// How many requests come before, for the caches.
const N_WARM: usize = 20;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let path: PathBuf = args.next().ok_or("no case file is given")?.into();
    let is_busy = args.next().as_deref() == Some("busy");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()?;
    runtime.block_on(measure(path, is_busy))
}

async fn measure(path: PathBuf, is_busy: bool) -> Result<(), Failure> {
    let began = Instant::now();
    let desk = Desk::new(Config {
        case: path.clone(),
        lexicon: Lexicon::new(&Packs::builtin()),
        access: Access::loopback(80),
        who: "bench".into(),
        secret: [1; 32],
        now: Timestamp::now,
    });
    ask(&desk, "/").await?;
    eprintln!("first page after {} ms", began.elapsed().as_millis());
    if !is_busy {
        rest(&desk).await?;
        eprintln!("at rest after {:.1} s", began.elapsed().as_secs_f64());
    }
    let picked = pick::pick(&Case::open_read_only(&path)?, N + N_WARM)?;
    println!("| page | p50, ms | p95, ms | most, ms | most, KB |");
    println!("|---|---|---|---|---|");
    for Picked { what, addresses } in picked {
        let (warm, asked) = addresses.split_at(addresses.len().min(N_WARM));
        for address in warm {
            ask(&desk, address).await?;
        }
        let mut took = Vec::new();
        let mut most_bytes = 0;
        for address in asked {
            let began = Instant::now();
            let body = ask(&desk, address).await?;
            took.push((began.elapsed(), address));
            most_bytes = most_bytes.max(bytes_without_charts(&body));
        }
        took.sort_unstable();
        let (Some((_, slowest)), at) = (took.last(), |n: usize| took[took.len() * n / 100].0)
        else {
            continue;
        };
        println!(
            "| {what} | {:.0} | {:.0} | {:.0} | {} |",
            ms(at(50)),
            ms(at(95)),
            ms(at(99).max(took[took.len() - 1].0)),
            most_bytes / 1024,
        );
        eprintln!("slowest: {slowest}");
    }
    Ok(())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The page at this address.
async fn ask(desk: &Desk, address: &str) -> Result<String, Failure> {
    let request = Request::get(address).header(header::HOST, "localhost:80");
    let response = router(desk.clone())
        .oneshot(request.body(Body::empty())?)
        .await?;
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
    let body = String::from_utf8(bytes.to_vec())?;
    match status {
        StatusCode::OK | StatusCode::ACCEPTED => Ok(body),
        _ => Err(format!("{address}: {status}").into()),
    }
}

/// Waits until everything that is made of the whole case is made.
async fn rest(desk: &Desk) -> Result<(), Failure> {
    for address in ["/overview", "/presence", "/publishers"] {
        loop {
            let body = ask(desk, address).await?;
            if !body.contains("role=\"status\"") && !body.contains("http-equiv=\"refresh\"") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    Ok(())
}

fn bytes_without_charts(body: &str) -> usize {
    let charts = body.split("<svg").skip(1).filter_map(|s| s.find("</svg>"));
    body.len() - charts.sum::<usize>()
}
