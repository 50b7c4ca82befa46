//! `verbale brief`: a case as a document with footnotes.

use std::{
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use verbale_analysis::Lexicon;
use verbale_desk::brief::{
    Brief, Made, Mark, Order,
    docx::docx,
    html::html,
    markdown::{chart_name, charts, markdown},
};
use verbale_pack::Packs;

use super::{
    Talk,
    case::{explained, open},
};
use crate::{
    Exit,
    cli::{BriefArgs, BriefLedger, FailOn},
};

/// The program that sets briefs as PDF.
const SETTER: &str = "verbale-pdf";

/// The forms of a brief, by the ending of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Markdown,
    Docx,
    Pdf,
    Json,
}

impl Form {
    fn of(path: &Path) -> Result<Self> {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        Ok(match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "md" => Self::Markdown,
            "docx" => Self::Docx,
            "pdf" => Self::Pdf,
            "json" => Self::Json,
            other => bail!(
                "expected a file that ends in html, md, docx, pdf or json, found `{other}`\nhint: name one, such as \
                 -o brief.html"
            ),
        })
    }
}

pub(crate) fn run(args: &BriefArgs, talk: Talk) -> Result<Exit> {
    let form = Form::of(&args.out)?;
    // Found before the work is done, so that nobody waits for a brief that cannot be set.
    let setter = (form == Form::Pdf).then(setter).transpose()?;
    let case = open(&args.case)?;
    let name = args
        .case
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let lexicon = Lexicon::new(&Packs::builtin());
    let made = Brief::make(&case, &name, &lexicon, &order(args)).map_err(explained)?;
    let bytes = match setter {
        Some(setter) => set(&setter, &made.brief, &args.fonts)?,
        None => printed(&made.brief, form, &args.out)?,
    };
    write(&args.out, &bytes)?;
    let works = beside(&args.out, "csl.json");
    write(&works, made.csl().as_bytes())?;
    talk.say(&format!(
        "{}: {} notes; works cited in {}",
        args.out.display(),
        made.brief.notes.len(),
        works.display()
    ));
    Ok(found(&made, &args.fail_on, talk))
}

fn order(args: &BriefArgs) -> Order {
    let ledgers = args.ledgers.iter().map(|l| l.name()).collect();
    Order {
        title: args.title.clone(),
        about: args.about.clone(),
        place: args.r#where.clone(),
        since: args.since.and_then(|d| d.interval()?.start()),
        until: args.until.and_then(|d| d.interval()?.end()),
        ledgers,
        date: args.date,
        stale_days: args.stale_days,
    }
}

/// The brief in a form that needs no other program; charts of Markdown are written beside it.
fn printed(brief: &Brief, form: Form, out: &Path) -> Result<Vec<u8>> {
    Ok(match form {
        Form::Html => html(brief).into_bytes(),
        Form::Docx => docx(brief),
        Form::Json | Form::Pdf => brief.to_json().into_bytes(),
        Form::Markdown => {
            let stem = out.file_stem().unwrap_or_default().to_string_lossy();
            for chart in charts(brief) {
                write(
                    &out.with_file_name(chart_name(&stem, chart)),
                    chart.svg.as_bytes(),
                )?;
            }
            markdown(brief, &stem).into_bytes()
        }
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The file with another ending, beside it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    path.with_extension(ending)
}

/// What was asked to be a failure, if it was found.
fn found(made: &Made, fail_on: &[FailOn], talk: Talk) -> Exit {
    let is_asked = |mark: &Mark| match mark.is_weakness() {
        true => fail_on.contains(&FailOn::Weak),
        false => fail_on.contains(&FailOn::MachineRead),
    };
    let marks = made
        .brief
        .n_marked
        .iter()
        .filter(|(mark, _)| is_asked(mark));
    let marks: Vec<String> = marks
        .map(|(mark, n)| format!("{} {n}", mark.as_str()))
        .collect();
    if marks.is_empty() {
        return Exit::Done;
    }
    talk.say(&format!("weak statements: {}", marks.join(", ")));
    Exit::Findings
}

/// The setter: beside this program, else on the search path.
fn setter() -> Result<PathBuf> {
    let name = format!("{SETTER}{}", std::env::consts::EXE_SUFFIX);
    let own = std::env::current_exe().ok();
    let own = own.and_then(|p| p.parent().map(Path::to_owned));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = own.into_iter().chain(std::env::split_paths(&path));
    let mut found = places.map(|p| p.join(&name)).filter(|p| p.is_file());
    found.next().with_context(|| {
        format!(
            "cannot find the program `{SETTER}`, which sets briefs as PDF\nhint: build it with `cargo build --release \
             --manifest-path crates/verbale-pdf/Cargo.toml` and put it beside this program or on PATH\nhint: or \
             print the HTML brief from a browser"
        )
    })
}

/// Hands the brief to the setter and takes the PDF from it.
fn set(setter: &Path, brief: &Brief, fonts: &[PathBuf]) -> Result<Vec<u8>> {
    let flags = fonts
        .iter()
        .flat_map(|f| [OsString::from("--fonts"), f.into()]);
    let mut child = Command::new(setter)
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .with_context(|| format!("cannot start {}", setter.display()))?;
    let mut input = child.stdin.take().context("the setter takes no input")?;
    // The setter reads all of its input before it writes, so that neither waits for the other.
    let sent = input.write_all(brief.to_json().as_bytes());
    drop(input);
    let done = child.wait_with_output()?;
    ensure!(done.status.success(), "{SETTER} could not set the brief");
    sent?;
    Ok(done.stdout)
}

impl BriefLedger {
    fn name(self) -> verbale_desk::brief::LedgerName {
        use verbale_desk::brief::LedgerName as Name;
        match self {
            Self::Series => Name::Series,
            Self::Conflicts => Name::Conflicts,
            Self::Obligations => Name::Obligations,
            Self::Presence => Name::Presence,
            Self::Restrictions => Name::Restrictions,
            Self::Origins => Name::Origins,
            Self::Timeline => Name::Timeline,
            Self::Positions => Name::Positions,
        }
    }
}
