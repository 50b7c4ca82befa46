//! Decisions as sentences, and the journal as a history.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::Result;
use verbale_case::decision::{Decision, Ruling};

use super::super::case::{explained, open};
use crate::{Exit, view};

/// Prints the journal, or those of its decisions whose claim is read no more.
pub(super) fn log(path: &Path, orphans: bool) -> Result<Exit> {
    let case = open(path)?;
    let decisions = if orphans {
        case.orphans()
    } else {
        case.decisions()
    };
    let mut out = io::stdout().lock();
    for decision in decisions.map_err(explained)? {
        let undone = if case.holds(&decision.id).map_err(explained)? {
            ""
        } else {
            "  (undone)"
        };
        writeln!(
            out,
            "{}  {}  {}{undone}",
            decision.at,
            view::short_id(&decision.id),
            sentence(&decision)
        )?;
    }
    Ok(Exit::Done)
}

/// Who decided what, on which words, and why, on one line.
pub(super) fn sentence(decision: &Decision) -> String {
    let mut line = format!("{} {}", decision.who, what(decision));
    if let Some(quoted) = &decision.quoted {
        line.push_str(&format!(" “{}”", quoted.evidence.quote()));
    }
    if let Some(why) = &decision.why {
        line.push_str(&format!(": {why}"));
    }
    view::one_line(&line)
}

fn what(decision: &Decision) -> String {
    let target = view::short_id(&decision.ruling.target());
    match &decision.ruling {
        Ruling::Accept { .. } => format!("accepted {target}"),
        Ruling::Reject { .. } => format!("rejected {target}"),
        Ruling::Amend { field, value, .. } => {
            let seen = decision
                .seen
                .as_ref()
                .map_or_else(String::new, |seen| format!(" from {}", view::value(seen)));
            format!(
                "amended {field} of {target}{seen} to {}",
                view::value(value)
            )
        }
        Ruling::Add { line, .. } => {
            format!("wrote down {target}, {}: {}", line.kind, line.summary())
        }
        Ruling::GradeClaim { credibility, .. } => format!("graded {target} {credibility}"),
        Ruling::GradePublisher {
            publisher,
            reliability,
        } => format!("graded {publisher} {reliability}"),
        Ruling::Date {
            date: Some(date), ..
        } => format!("dated {target} {date}"),
        Ruling::Date { date: None, .. } => format!("undated {target}"),
        Ruling::Link { .. } => format!("linked to {target}"),
        Ruling::Split { form, page, .. } => {
            let page = page.map_or_else(String::new, |page| {
                format!(" on {}", view::short_id(&page.to_string()))
            });
            format!("split {form} off {target}{page}")
        }
        Ruling::Merge { into, .. } => {
            format!("merged {target} into {}", view::short_id(&into.to_string()))
        }
        Ruling::Note { text, .. } => format!("noted on {target}, {text}"),
        Ruling::Undo { .. } => format!("undid {target}"),
        Ruling::Withdraw { .. } => format!("withdrew {target}"),
    }
}
