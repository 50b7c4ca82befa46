//! What parties assert against what figures imply.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale_core::ClaimId;

use super::{Computed, Duty, Statement, obligations};
use crate::{Conflict, ConflictKind, Entry, Lexicon, compare::amount, entry::in_order};

/// Each claim that a duty was kept, against each figure that counts what was left after its deadline.
pub fn against_computed(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Conflict> {
    let entries = in_order(entries);
    let find = |id: ClaimId| entries.iter().copied().find(|e| e.id() == id);
    // Copies of a statement, or of a count, would repeat each conflict: the first of each stands for them.
    let mut conflicts: BTreeMap<_, Conflict> = BTreeMap::new();
    for duty in obligations(lexicon, &entries, on) {
        for record in &duty.parties {
            let Computed::Residual(figures) = &record.computed else {
                continue;
            };
            let is_after = |s: &&Statement| s.is_kept == Some(true) && s.said > duty.deadline;
            for statement in record.statements.iter().filter(is_after) {
                for left in figures.iter().filter_map(|f| find(*f)) {
                    let Some(kept) = find(statement.claim) else {
                        continue;
                    };
                    let saying = (
                        statement.speaker.clone(),
                        statement.said,
                        left.figure().map(amount),
                        left.when().interval().map(|i| i.start()),
                    );
                    let conflict = residual_conflict(&duty, kept, left);
                    let first = conflicts.entry(saying).or_insert_with(|| conflict.clone());
                    *first = first.clone().min(conflict);
                }
            }
        }
    }
    let mut conflicts: Vec<Conflict> = conflicts.into_values().collect();
    conflicts.sort();
    conflicts
}

fn residual_conflict(duty: &Duty, kept: Entry<'_>, left: Entry<'_>) -> Conflict {
    let (a, b) = if kept.id() <= left.id() {
        (kept, left)
    } else {
        (left, kept)
    };
    let deadline = duty.deadline.map_or_else(String::new, |d| d.to_string());
    let count = left.figure().map(amount).unwrap_or_default();
    Conflict {
        pair: (a.id(), b.id()),
        kind: ConflictKind::AgainstComputed,
        reason: format!(
            "{} asserts that the duty due {deadline} is kept; {} counts {count} after it.",
            kept.voice(),
            left.voice(),
        ),
        quotes: (a.quote().to_owned(), b.quote().to_owned()),
        voices: (a.voice(), b.voice()),
    }
}
