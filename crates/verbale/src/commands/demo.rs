//! `verbale demo`: the main job on the example pages that come with the program's source.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};

use super::{Talk, add, case};
use crate::{
    Exit,
    cli::{AddArgs, ClaimsArgs, DemoArgs, FilterArgs, Format, WorkArgs},
};

/// Folders below `examples/` that hold pages; `gold` below each holds annotations.
const TOPICS: &[&str] = &["trawlers", "dam"];

pub(crate) fn run(args: &DemoArgs, talk: Talk) -> Result<Exit> {
    let examples = examples_folder();
    ensure!(
        examples.is_dir(),
        "no example pages in {}\nhint: run the demo in a checkout of the source",
        examples.display()
    );
    talk.say("verbale: reading the example pages: two invented disputes over a duty, a deadline and a number");
    let mut exit = Exit::Done;
    for topic in TOPICS {
        let paths = pages_of(&examples.join(topic))?;
        let work = WorkArgs::default();
        exit = add::run(
            &AddArgs {
                case: args.case.clone(),
                paths,
                work,
            },
            talk,
        )?;
    }
    let all = ClaimsArgs {
        case: args.case.clone(),
        filter: FilterArgs::default(),
        limit: None,
        format: Format::Text,
    };
    case::claims(&all, talk)?;
    let case = args.case.display();
    writeln!(
        io::stdout(),
        "case file: {case}\nlook at it in the browser: verbale serve {case}"
    )?;
    Ok(exit)
}

/// The examples of the checkout that is the current folder, else of the one that this program was built from.
fn examples_folder() -> PathBuf {
    let here = Path::new("examples");
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    if here.join(TOPICS[0]).is_dir() {
        here.to_owned()
    } else {
        built_from
    }
}

/// The files of a topic's folder, by name, without the folder of annotations.
fn pages_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            pages.push(path);
        }
    }
    pages.sort();
    Ok(pages)
}
