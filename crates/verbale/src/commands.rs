//! One function a command: from checked flags to output and exit code.

mod add;
mod brief;
mod by_hand;
mod case;
mod copies;
mod custody;
mod demo;
mod eval;
mod explain;
mod ledgers;
mod model;
mod pack;
mod read;
mod refresh;
mod search;
mod serve;

use std::io::{self, IsTerminal};

use anyhow::Result;

use crate::{
    Exit,
    cli::{Cli, Command, Format, When},
    packs,
    table::DEFAULT_WIDTH,
    view::Style,
    worker,
};

/// What every command needs to know about how to talk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk {
    /// Print nothing on standard error but errors.
    pub(crate) quiet: bool,
    /// How text for people is printed.
    pub(crate) style: Style,
}

impl Talk {
    fn new(cli: &Cli) -> Self {
        let terminal = io::stdout().is_terminal();
        let color = match cli.color {
            When::Always => true,
            When::Never => false,
            // https://no-color.org: any value that is not empty turns colors off.
            When::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = terminal_width()
            .filter(|_| terminal)
            .or(columns)
            .unwrap_or(DEFAULT_WIDTH);
        Self {
            quiet: cli.quiet,
            style: Style {
                width: width.clamp(60, 400),
                color,
            },
        }
    }

    /// Says something on standard error, unless asked to be quiet.
    pub(crate) fn say(self, words: &str) {
        if !self.quiet {
            eprintln!("{words}");
        }
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))
}

/// Runs what was typed.
pub(crate) fn run(cli: Cli) -> Result<Exit> {
    let talk = Talk::new(&cli);
    packs::name(cli.packs);
    match &cli.command {
        Command::Read(args) => read::run(args, talk),
        Command::Add(args) => add::run(args, talk),
        Command::Claims(args) => case::claims(args, talk),
        Command::Show(args) => case::show(args, talk),
        Command::Status(args) => case::status(args, talk),
        Command::Check(args) => case::check(args, talk),
        Command::Copies(args) => copies::run(args, talk),
        Command::Custody(args) => custody::run(args, talk),
        Command::Refresh(args) => refresh::run(args, talk),
        Command::Demo(args) => demo::run(args, talk),
        Command::Eval(args) => eval::run(args, talk),
        Command::Search(args) => search::run(args, talk),
        Command::Ledger(ledger) => ledgers::run(ledger, talk),
        Command::Brief(args) => brief::run(args, talk),
        Command::ByHand(command) => by_hand::run(command, talk),
        Command::Serve(args) => serve::run(args, talk),
        Command::Pack(command) => pack::run(command, talk),
        Command::Model(command) => model::run(command, talk),
        Command::Worker { page_seconds } => {
            worker::serve(*page_seconds)?;
            Ok(Exit::Done)
        }
        Command::Explain { code } => explain::run(code.as_deref()),
    }
}

/// The exchange format's writer for a format that is not text.
pub(crate) fn machine_format(format: Format) -> Option<verbale_case::exchange::Format> {
    use verbale_case::exchange::Format as Out;
    match format {
        Format::Text => None,
        Format::Json => Some(Out::Json),
        Format::Jsonl => Some(Out::Jsonl),
        Format::Csv => Some(Out::Csv),
    }
}
