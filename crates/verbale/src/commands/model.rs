//! `verbale model`: language models.

use std::io::{self, Write};

use anyhow::Result;

use super::Talk;
use crate::{
    Exit,
    cli::ModelCommand,
    model::{KNOWN, Model, Store},
};

pub(crate) fn run(command: &ModelCommand, talk: Talk) -> Result<Exit> {
    let store = Store::open()?;
    let mut out = io::stdout().lock();
    match command {
        ModelCommand::Add { what } => {
            let language = what
                .to_str()
                .filter(|w| KNOWN.iter().any(|k| k.language == *w));
            let model = match language {
                Some(language) if !what.exists() => store.for_language(language)?,
                _ => store.add(what)?,
            };
            describe(&mut out, &model)?;
            if !model.pinned {
                talk.say("verbale: this model is not pinned: its files are not the ones that were measured");
            }
        }
        ModelCommand::List => {
            let models = store.list()?;
            for model in &models {
                describe(&mut out, model)?;
            }
            talk.say(&match models.len() {
                0 => format!(
                    "no models in {}\nhint: verbale model add en",
                    store.root().display()
                ),
                n => format!("{n} in {}", store.root().display()),
            });
        }
    }
    Ok(Exit::Done)
}

/// What it is, under which licence, and what it was trained on.
fn describe(out: &mut impl Write, model: &Model) -> io::Result<()> {
    let pinned = if model.pinned { "pinned" } else { "not pinned" };
    writeln!(out, "{}  language {}  {pinned}", model.name, model.language)?;
    writeln!(out, "  licence: {}", model.license)?;
    for (name, license) in &model.sources {
        writeln!(out, "  made from: {name} ({license})")?;
    }
    writeln!(out, "  folder: {}", model.folder.display())
}
