//! Conflicts, origins and impact as text.

use std::fmt::Write;

use super::{cut, short};
use crate::{Conflict, Entry, Impact, Standing, Verdict};

/// Each conflict with its reason and both passages.
pub fn conflicts(list: &[Conflict]) -> String {
    let mut out = String::new();
    for conflict in list {
        let _ = writeln!(out, "{}: {}", conflict.kind, conflict.reason);
        let sides = [
            (conflict.pair.0, &conflict.quotes.0, &conflict.voices.0),
            (conflict.pair.1, &conflict.quotes.1, &conflict.voices.1),
        ];
        for (id, quote, voice) in sides {
            let _ = writeln!(
                out,
                "  {}  {}  [{}]",
                short(id),
                cut(quote, 100),
                cut(voice, 60)
            );
        }
        out.push('\n');
    }
    out
}

/// The answer for two claims: the conflict, or why there is none.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict.answer {
        Ok(kind) => format!("in conflict ({kind}): {}\n", verdict.reason),
        Err(why) => format!("not in conflict ({why}): {}\n", verdict.reason),
    }
}

/// What stands on how many pages, publishers and origins; single claims are left out.
pub fn standings(list: &[Standing], entries: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for standing in list.iter().filter(|s| s.claims.len() > 1) {
        let shown = entries
            .iter()
            .find(|e| Some(&e.id()) == standing.claims.first());
        let quote = shown.map_or("", Entry::quote);
        let _ = writeln!(out, "{}: {}", standing.summary(), cut(quote, 100));
        for origin in &standing.origins {
            let ids: Vec<String> = origin.claims.iter().map(|c| short(*c)).collect();
            let mut rules: Vec<&str> = origin.links.iter().map(|l| l.rule.as_str()).collect();
            rules.sort_unstable();
            rules.dedup();
            let why = if rules.is_empty() {
                String::new()
            } else {
                format!(" ({})", rules.join(", "))
            };
            let _ = writeln!(
                out,
                "  {}: {}{why}",
                origin.speaker.as_deref().unwrap_or("nobody named"),
                ids.join(" ")
            );
        }
        out.push('\n');
    }
    out
}

/// What falls.
pub fn impact(impact: &Impact) -> String {
    let counted = |(pages, publishers, origins): (usize, usize, usize)| {
        format!("{pages} p., {publishers} pub., {origins} orig.")
    };
    let n_total = impact.losses.iter().filter(|l| l.is_total()).count();
    let mut out = format!(
        "{} claims fall; {} sayings lose support, {n_total} of them all of it; {} conflicts lose a side\n",
        impact.claims.len(),
        impact.losses.len(),
        impact.conflicts.len()
    );
    for loss in &impact.losses {
        let after = if loss.is_total() {
            "nothing left".to_owned()
        } else {
            counted(loss.after)
        };
        let _ = writeln!(
            out,
            "  {}  {} → {after}  {}  [{}]",
            short(loss.saying),
            counted(loss.before),
            cut(&loss.quote, 80),
            cut(&loss.voice, 50)
        );
    }
    out
}
