//! Damages files at random and reads them, for as long as it is told: fuzzing without a fuzzer's compiler.
//!
//! `cargo run --release -p verbale-read --example damage -- SECONDS OUT_FOLDER FILE…`
//! Every form takes its turn, each with every file, whatever the file is. An input on which a reader panics,
//! or takes longer than a second, is written to OUT_FOLDER as `FORM-DIGEST`; put it into
//! `crates/verbale-read/fixtures/damaged/`, where plain tests replay it. The damage is the same in every run.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program prints, and it measures time"
)]

use std::{
    env, fs,
    io::{self, Write},
    panic,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use verbale_core::Digest;
use verbale_read::{formats, fuzz};

/// An input that takes longer than this deserves a look; the limits for fuzzing are small.
const SLOW: Duration = Duration::from_secs(1);

/// Files longer than this are cut: most of the time would be spent on their middle.
const MAX_BYTES: usize = 64 << 10;

/// Words that mean something to one of the readers.
const TOKENS: &[&[u8]] = &[
    b"<div>",
    b"</p>",
    b"<!--",
    b"]]>",
    b"<script type=\"application/ld+json\">{",
    b"&#x110000;",
    b"\r\n\r\n",
    b"Content-Length: 99999999999\r\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"--b\r\n",
    b"From ",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"%PDF-1.7",
    b"endobj",
    b"stream\n",
    b"/Kids [1 0 R]",
    b"WARC/1.0\r\n",
    b"<w:p>",
    b"<text:p>",
    b"<item>",
    b"{\"text\":\"",
    b"2020-02-30",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\0",
];

/// Marsaglia's xorshift, so that a run can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn damaged(random: &mut Random, file: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..1 + random.below(8) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(200)).min(bytes.len());
        match random.below(8) {
            0 if at < bytes.len() => bytes[at] = random.next() as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let token = TOKENS[random.below(TOKENS.len())].iter().copied();
                drop(bytes.splice(at..at, token));
            }
            5 => {
                let again = bytes[at..end].repeat(1 + random.below(20));
                drop(bytes.splice(at..at, again));
            }
            6 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(2000)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            _ => {
                // Lengths and offsets are numbers: make them wrong.
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    bytes[at + digit] = b'0' + random.below(10) as u8;
                }
            }
        }
    }
    bytes.truncate(MAX_BYTES * 2);
    bytes
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let (Some(seconds), Some(folder)) = (args.first().and_then(|s| s.parse().ok()), args.get(1))
    else {
        println!("usage: damage SECONDS OUT_FOLDER FILE…");
        return ExitCode::from(2);
    };
    let files: Vec<Vec<u8>> = args[2..]
        .iter()
        .filter_map(|path| fs::read(path).ok())
        .map(|mut bytes| {
            bytes.truncate(MAX_BYTES);
            bytes
        })
        .collect();
    if files.is_empty() {
        println!("no file can be read");
        return ExitCode::from(2);
    }
    let forms: Vec<&str> = formats().chain(["any", "worker"]).collect();
    // Readers catch the panics of parsers that are known to have them; only what gets out counts.
    panic::set_hook(Box::new(|_| {}));
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut n_inputs, mut n_kept) = (0u64, 0u64);
    let (began, limit) = (Instant::now(), Duration::from_secs(seconds));
    while began.elapsed() < limit {
        let form = forms[random.below(forms.len())];
        let file = &files[random.below(files.len())];
        let other = &files[random.below(files.len())];
        let input = damaged(&mut random, file, other);
        let started = Instant::now();
        let outcome = panic::catch_unwind(|| match form {
            "any" => fuzz::any(&input),
            "worker" => fuzz::worker(&input),
            form => fuzz::form(form, &input),
        });
        let took = started.elapsed();
        n_inputs += 1;
        if outcome.is_err() || took > SLOW {
            n_kept += 1;
            let what = if outcome.is_err() { "panic" } else { "slow" };
            println!("{what} {form} {took:.1?} {}", keep(folder, form, &input));
            io::stdout().flush().ok();
        }
    }
    println!(
        "{n_inputs} inputs in {:.0?}, {n_kept} kept",
        began.elapsed()
    );
    ExitCode::from(u8::from(n_kept > 0))
}

fn keep(folder: &str, form: &str, input: &[u8]) -> String {
    let digest = Digest::of(input).to_string();
    let path = Path::new(folder).join(format!("{form}-{}", &digest[..12]));
    match fs::write(&path, input) {
        Ok(()) => path.display().to_string(),
        Err(e) => e.to_string(),
    }
}
