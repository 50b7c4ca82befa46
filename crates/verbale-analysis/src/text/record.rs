//! Obligations, presence, restrictions and the timeline as text.

use std::fmt::Write;

use verbale_core::Modality;

use super::{columns, cut, days, short};
use crate::{
    Moment, Presence, Restriction, Supports,
    obligations::{Duty, PartyRecord, ReadingRow, Statement},
    presence::axis_word,
};

/// Each duty with its parties, readings and reports, and with what stands behind each statement.
pub fn obligations(list: &[Duty], supports: &Supports) -> String {
    let mut out = String::new();
    for duty in list {
        let paragraph = duty
            .paragraph
            .as_ref()
            .map_or(String::new(), |p| format!(" ¶{p}"));
        let deadline = duty
            .deadline
            .map_or("no deadline known".to_owned(), |d| format!("by {d}"));
        let _ = writeln!(
            out,
            "{}{paragraph}, {deadline}: {}",
            duty.instrument,
            cut(&duty.action, 120)
        );
        duty.parties
            .iter()
            .for_each(|p| party(&mut out, p, supports));
        let readings: Vec<&ReadingRow> = duty.readings.iter().filter(|r| r.is_reading).collect();
        if !readings.is_empty() {
            let disputed = if duty.is_disputed { " (disputed)" } else { "" };
            let _ = writeln!(out, "  readings{disputed}");
            readings.iter().for_each(|r| reading(&mut out, r));
        }
        for report in &duty.reports {
            let due = report.due.map_or_else(
                || report.every.clone().unwrap_or_default(),
                |d| d.to_string(),
            );
            let _ = writeln!(
                out,
                "  report {} due {due}: {}",
                report.id,
                report.state.as_str()
            );
        }
        out.push('\n');
    }
    out
}

fn party(out: &mut String, record: &PartyRecord, supports: &Supports) {
    let _ = writeln!(
        out,
        "  {}: computed {}",
        record.party,
        record.computed.as_str()
    );
    let row = |s: &Statement| {
        let by = if s.is_own { "of itself" } else { "of others" };
        vec![
            String::from("  "),
            s.said.map_or("no date".to_owned(), |d| d.to_string()),
            s.status.clone(),
            format!("{} {by}", s.act),
            cut(s.speaker.as_deref().unwrap_or("-"), 40),
            supports.of(s.claim).short(),
            short(s.claim),
        ]
    };
    let rows: Vec<Vec<String>> = record.statements.iter().map(row).collect();
    out.push_str(&columns(&rows));
}

fn reading(out: &mut String, r: &ReadingRow) {
    let said = r.said.map_or("no date".to_owned(), |d| d.to_string());
    let not = if r.is_denied { "not: " } else { "" };
    let from = r.claim.map_or("pack".to_owned(), short);
    let _ = writeln!(
        out,
        "    {said}  {}: {not}{}  {from}",
        r.holder.as_deref().unwrap_or("-"),
        cut(&r.action, 100)
    );
}

/// Each post with its rows, and the counts held against the ledger, each with what stands behind it.
pub fn presence(ledger: &Presence, supports: &Supports) -> String {
    let mut out = String::new();
    for post in &ledger.posts {
        let _ = writeln!(out, "{}", post.name);
        let rows: Vec<Vec<String>> = post
            .rows
            .iter()
            .map(|r| {
                let doubt = match (r.is_denied, r.is_virtual) {
                    (true, _) => " (denied)",
                    (_, true) => " (not actual)",
                    _ => "",
                };
                vec![
                    if r.as_of_text.is_empty() {
                        "no date".to_owned()
                    } else {
                        r.as_of_text.clone()
                    },
                    r.axis.map_or("-", axis_word).to_owned(),
                    format!("{}{doubt}", r.value),
                    cut(r.speaker.as_deref().unwrap_or("-"), 40),
                    r.claim.map_or(String::new(), |c| supports.of(c).short()),
                    r.claim.map_or("pack".to_owned(), short),
                ]
            })
            .collect();
        out.push_str(&columns(&rows));
        out.push('\n');
    }
    for count in &ledger.counts {
        let place = count
            .place
            .as_ref()
            .map_or(String::new(), |p| format!(" in {p}"));
        let more = if count.is_exceeded {
            ", more than claimed"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "{}{place}, {} ({}): the ledger calls {} open then{more}  {}  {}",
            count.amount,
            if count.as_of_text.is_empty() {
                "no date"
            } else {
                &count.as_of_text
            },
            count.speaker.as_deref().unwrap_or("-"),
            count.n_open,
            supports.of(count.claim).short(),
            short(count.claim),
        );
    }
    out
}

/// A row a ban or relief, with what stands behind it.
pub fn restrictions(list: &[Restriction], supports: &Supports) -> String {
    let row = |r: &Restriction| {
        vec![
            r.days.map_or("no date".to_owned(), days),
            r.state.as_str().to_owned(),
            cut(&r.what, 70),
            cut(&r.voice, 50),
            supports.of(r.claim).short(),
            short(r.claim),
        ]
    };
    columns(&list.iter().map(row).collect::<Vec<_>>())
}

/// A row a moment.
pub fn timeline(list: &[Moment]) -> String {
    let row = |m: &Moment| {
        let doubt = match (m.is_denied, m.modality) {
            (true, _) => " (denied)".to_owned(),
            (false, Modality::Actual) => String::new(),
            (false, other) => format!(" ({other})"),
        };
        vec![
            days(m.days),
            m.kind.to_string(),
            format!("{}{doubt}", cut(&m.what, 80)),
            cut(&m.voice, 50),
            short(m.claim),
        ]
    };
    columns(&list.iter().map(row).collect::<Vec<_>>())
}
