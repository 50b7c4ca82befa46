//! `verbale read`: pages in, documents with their claims out, no case file.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use verbale_case::exchange::Writer;

use super::{Talk, machine_format};
use crate::{
    Exit,
    cli::{ReadArgs, Stage},
    engine::{Engine, PageReading},
    inputs::Inputs,
    intake::{Intake, Taken},
    interrupt::Interrupt,
    progress::Progress,
    view,
};

mod stages;

pub(crate) fn run(args: &ReadArgs, talk: Talk) -> Result<Exit> {
    if args.as_is {
        return stages::as_is(args, talk);
    }
    if !matches!(args.stage, Stage::Claims | Stage::Document) {
        return stages::pages(args, talk);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match machine_format(args.format) {
        Some(format) => {
            let mut writer = Writer::new(&mut out, format)?;
            let exit = each_page(args, talk, |_, page| Ok(writer.write(&page.line())?))?;
            writer.finish()?;
            exit
        }
        None => {
            let mut first = true;
            each_page(args, talk, |_, page| {
                if !std::mem::take(&mut first) {
                    writeln!(out, "\n")?;
                }
                Ok(out.write_all(view::document(&page.line(), talk.style).as_bytes())?)
            })?
        }
    };
    out.flush()?;
    Ok(exit)
}

/// Reads all inputs as far as the stage says and calls `each` with every page.
fn each_page(
    args: &ReadArgs,
    talk: Talk,
    mut each: impl FnMut(&Engine, &PageReading) -> Result<()>,
) -> Result<Exit> {
    let is_for_claims = args.stage == Stage::Claims;
    let engine = match args.stage {
        Stage::Document => Engine::without_models(args.work.page_seconds),
        _ => Engine::load(args.work.page_seconds)?,
    };
    let inputs = Inputs::collect(&args.paths);
    let mut progress = Progress::begin(inputs.len(), talk);
    let intake = Intake {
        engine: &engine,
        is_known: &|_| false,
        threads: args.work.threads(),
        interrupt: Interrupt::listen()?,
        read: if is_for_claims {
            Engine::read_page
        } else {
            Engine::read_text
        },
    };
    let finish = intake.run(&inputs, &mut |taken| {
        match taken {
            Taken::Page(page) => {
                progress.clear();
                each(&engine, &page)?;
                progress.page(&page);
            }
            Taken::Known(_) => progress.known(),
            Taken::End(end) => progress.end(&end),
        }
        Ok(())
    })?;
    Ok(progress.finish(finish))
}
