//! `verbale claim` and `verbale grade`: what a person writes down.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use verbale_case::{
    Case,
    decision::{Reliability, Ruling, draft, places},
};
use verbale_core::{Document, TextRange};

use super::{
    super::{Talk, case::explained},
    claim as claim_id, page, record, typed,
};
use crate::{
    Exit,
    cli::{ClaimArgs, Signed},
    view,
};

/// Writes down a claim that stands on a page, and prints its id.
pub(super) fn claim(args: &ClaimArgs, talk: Talk) -> Result<Exit> {
    let mut case = Case::open(&args.case).map_err(explained)?;
    let page = page(&case, &args.page)?;
    let stored = case.document(page).map_err(explained)?;
    let stored = stored.ok_or_else(|| anyhow!("`{page}` was withdrawn from the case"))?;
    let range = place(&stored.document, &args.words, args.occurrence)?;
    let fields = args
        .fields
        .iter()
        .map(|given| assignment(given))
        .collect::<Result<Vec<_>>>()?;
    let line = draft(&stored.document, range, args.kind, &fields)?;
    let ruling = Ruling::Add {
        page,
        line: Box::new(line),
    };
    let decision = record(&mut case, ruling, &args.signed)?;
    if let Some(made) = case.decision(&decision).map_err(explained)? {
        writeln!(io::stdout().lock(), "{}", made.ruling.target())?;
    }
    talk.say(&format!("decided, as {decision}"));
    Ok(Exit::Done)
}

fn assignment(given: &str) -> Result<(String, Value)> {
    let (field, value) = given
        .split_once('=')
        .with_context(|| format!("expected FIELD=VALUE, found `{given}`"))?;
    Ok((field.trim().to_owned(), typed(value)))
}

/// Where the words stand that somebody means.
pub(super) fn place(
    document: &Document,
    words: &str,
    occurrence: Option<usize>,
) -> Result<TextRange> {
    let found = places(document, words);
    match (&found[..], occurrence) {
        ([], _) => bail!(
            "the words stand in no passage of the page that can carry a claim: `{words}`\nhint: \
             `verbale show` prints the page; take the words exactly as they stand there"
        ),
        ([one], None | Some(1)) => Ok(*one),
        (many, Some(n)) => many
            .get(n.wrapping_sub(1))
            .copied()
            .with_context(|| format!("the words stand {} times on the page, not {n}", many.len())),
        (many, None) => bail!(
            "the words stand {} times on the page\nhint: give more of them, or say which with --occurrence",
            many.len()
        ),
    }
}

/// Grades a publisher by a letter, or a claim by a number.
pub(super) fn grade(
    path: &Path,
    what: &str,
    grade: &str,
    signed: &Signed,
    talk: Talk,
) -> Result<Exit> {
    let mut case = Case::open(path).map_err(explained)?;
    let ruling = if let Ok(reliability) = grade.to_uppercase().parse::<Reliability>() {
        Ruling::GradePublisher {
            publisher: publisher(&case, what)?,
            reliability,
        }
    } else if let Some(credibility) = grade.parse().ok().filter(|n| (1..=6).contains(n)) {
        Ruling::GradeClaim {
            claim: claim_id(&case, what)?,
            credibility,
        }
    } else {
        bail!("expected A to F for a publisher or 1 to 6 for a claim, found `{grade}`");
    };
    let target = ruling.target();
    let id = record(&mut case, ruling, signed)?;
    talk.say(&format!("{target} is graded {grade}, as {id}"));
    Ok(Exit::Done)
}

/// The publisher of that name, or the only one with these words in its name.
fn publisher(case: &Case, name: &str) -> Result<String> {
    if name.starts_with("clm_") {
        bail!("a claim is graded from 1 to 6; A to F is for publishers: `{name}`");
    }
    let found = case.publishers_called(name).map_err(explained)?;
    if let Some(exact) = found.iter().find(|p| *p == name) {
        return Ok(exact.clone());
    }
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => bail!(
            "no page of the case is published by `{name}`\nhint: `verbale status` lists publishers"
        ),
        many => bail!(
            "{} publishers have these words in their names: {}\nhint: give the whole name",
            many.len(),
            view::one_line(&many.join(", "))
        ),
    }
}
