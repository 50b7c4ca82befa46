//! The program: flags, files, models, progress, exit codes.
//!
//! It alone prints, reads the clock and the environment, and starts processes.

mod cli;
mod commands;
mod engine;
mod inputs;
mod intake;
mod interrupt;
mod model;
mod packs;
mod parallel;
mod progress;
mod table;
mod view;
mod worker;

use std::{io, process::ExitCode};

use clap::Parser;

use crate::cli::Cli;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Done, and something was found that was asked for (`check` found a fault).
    Findings,
    /// Nothing could be done.
    Failed,
    /// Stopped because somebody asked; what was done until then is whole.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
            Exit::Interrupted => interrupt::EXIT_CODE,
        })
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli) {
        Ok(exit) => exit.into(),
        // Somebody piped into `head` and has seen enough.
        Err(e) if is_broken_pipe(&e) => Exit::Done.into(),
        Err(e) => {
            eprintln!("verbale: {}", chain(&e));
            Exit::Failed.into()
        }
    }
}

/// The error with its causes on one line, hints on lines of their own below.
fn chain(e: &anyhow::Error) -> String {
    let (mut line, mut hints) = (String::new(), String::new());
    for cause in e.chain() {
        let text = cause.to_string();
        let (first, rest) = text.split_once("\nhint: ").unwrap_or((&text, ""));
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(first);
        if !rest.is_empty() {
            hints.push_str("\nhint: ");
            hints.push_str(rest);
        }
    }
    line + &hints
}

fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}
