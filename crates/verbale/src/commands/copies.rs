//! `verbale copies`: which pages share words, and what is shared with the page that `verbale show` shows.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Result, anyhow};
use verbale_analysis::sheet::{Cell, Cells};
use verbale_case::{Case, Copy};
use verbale_core::{Decimal, PageId};

use super::{
    Talk,
    case::{explained, open, resolve},
    ledgers::Printer,
};
use crate::{Exit, cli::CopiesArgs, view};

/// Words of a stretch that are shown.
const SHOWN_WORDS: usize = 12;

const COLUMNS: &[&str] = &[
    "page",
    "other",
    "publisher",
    "kind",
    "shared_words",
    "share",
    "share_of_other",
    "begins",
    "ends",
    "begins_in_other",
    "ends_in_other",
    "words",
];

pub(crate) fn run(args: &CopiesArgs, talk: Talk) -> Result<Exit> {
    let case = printed(&args.case)?;
    let asked = match &args.page {
        Some(start) => Some(page(&case, start)?),
        None => None,
    };
    let mut out = Printer::new(args.format, COLUMNS)?;
    let mut told = BTreeSet::new();
    for page in case.pages().map_err(explained)? {
        if asked.is_some_and(|asked| asked != page) {
            continue;
        }
        let mut copies = case.copies_of(page).map_err(explained)?;
        // Each pair is told once, at the page that was added first.
        copies.retain(|c| !told.contains(&c.page));
        told.insert(page);
        if copies.is_empty() {
            continue;
        }
        let Some(stored) = case.document(page).map_err(explained)? else {
            continue;
        };
        let text = stored.document.text();
        out.put(
            || block(page, &stored.origin.path, text, &copies),
            || copies.iter().flat_map(|c| rows(page, text, c)).collect(),
        )?;
    }
    if out.finish()? {
        talk.say("no pages of the case share words");
    }
    Ok(Exit::Done)
}

/// The case, its documents' fingerprints kept in the file if it can be written.
pub(crate) fn printed(path: &Path) -> Result<Case> {
    let case = open(path)?;
    if case.is_printed().map_err(explained)? {
        return Ok(case);
    }
    match Case::open(path) {
        Ok(mut case) => {
            case.print_documents().map_err(explained)?;
            Ok(case)
        }
        Err(verbale_case::Error::ReadOnly { .. }) => Ok(case),
        Err(e) => Err(explained(e)),
    }
}

fn page(case: &Case, start: &str) -> Result<PageId> {
    resolve(case, start)?
        .parse()
        .map_err(|_| anyhow!("`{start}` is a claim\nhint: copies are asked for by page"))
}

fn block(page: PageId, path: &str, text: &str, copies: &[Copy]) -> String {
    let mut out = format!(
        "{}  {}\n",
        view::short_id(&page.to_string()),
        view::one_line(path)
    );
    for copy in copies {
        out.push_str(&format!("  {}\n", line(text, copy)));
    }
    out
}

/// One copy in a line. `text` is that of the page asked for.
pub(crate) fn line(text: &str, copy: &Copy) -> String {
    let (here, there) = copy.overlap.containment();
    let whose = copy.publisher.as_ref().unwrap_or(&copy.path);
    format!(
        "{}  {}, {}: {} words ({:.0} % of this page, {:.0} % of that): “{} …”",
        view::short_id(&copy.page.to_string()),
        view::one_line(whose),
        copy.overlap.kind().as_str(),
        copy.overlap.n_shared,
        here * 100.0,
        there * 100.0,
        first_words(text, copy)
    )
}

/// The first words of the longest stretch that is shared.
fn first_words(text: &str, copy: &Copy) -> String {
    let longest = copy.overlap.segments.iter().max_by_key(|s| s.n_words);
    let stretch = longest.map_or("", |s| &text[s.a]);
    let words: Vec<&str> = stretch.split_whitespace().take(SHOWN_WORDS).collect();
    view::one_line(&words.join(" "))
}

/// A row for each stretch that two pages share.
fn rows(page: PageId, text: &str, copy: &Copy) -> Vec<Cells> {
    let (here, there) = copy.overlap.containment();
    let number = |n: usize| Cell::Number(n.into());
    let offset = |at: verbale_core::TextSize| Cell::Number(u32::from(at).into());
    let share = |part: f64| Cell::Number(Decimal::new((part * 1000.0).round() as i64, 3));
    let segments = copy.overlap.segments.iter();
    segments
        .map(|s| {
            vec![
                Cell::Text(page.to_string()),
                Cell::Text(copy.page.to_string()),
                copy.publisher.clone().map_or(Cell::Empty, Cell::Text),
                Cell::Text(copy.overlap.kind().as_str().to_owned()),
                number(s.n_words),
                share(here),
                share(there),
                offset(s.a.start()),
                offset(s.a.end()),
                offset(s.b.start()),
                offset(s.b.end()),
                Cell::Text(text[s.a].to_owned()),
            ]
        })
        .collect()
}
