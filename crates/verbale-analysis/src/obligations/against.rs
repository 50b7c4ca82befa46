//! What parties assert against what figures imply.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale_core::ClaimId;

use super::{Computed, Duty, Statement, obligations};
use crate::{Conflict, ConflictKind, Entry, Lexicon, compare::amount, entry::in_order};

/// Each claim that a duty was kept, against each figure that counts what was left after its deadline.
pub fn against_computed(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Conflict> {
    let entries = in_order(entries);
    let mut against = AgainstComputed::default();
    for duty in obligations(lexicon, &entries, on) {
        against.add(&duty, &entries);
    }
    against.conflicts()
}

/// Such conflicts of one duty after the other.
#[derive(Debug, Default)]
pub struct AgainstComputed(BTreeMap<Saying, Conflict>);

/// Who said when that the duty was kept, and what was counted when. Copies of a statement, or of a count, would
/// repeat each conflict: the first of each stands for them.
type Saying = (Option<String>, Option<Date>, Option<String>, Option<Date>);

impl AgainstComputed {
    /// The claims that [`AgainstComputed::add`] needs of a duty; none for most.
    pub fn claims_of(duty: &Duty) -> Vec<ClaimId> {
        let pairs = pairs(duty);
        let mut claims: Vec<ClaimId> = pairs.flat_map(|(s, left)| [s.claim, left]).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// Takes a duty with its claims.
    pub fn add(&mut self, duty: &Duty, entries: &[Entry<'_>]) {
        let find = |id: ClaimId| entries.iter().copied().find(|e| e.id() == id);
        for (statement, left) in pairs(duty) {
            let (Some(kept), Some(left)) = (find(statement.claim), find(left)) else {
                continue;
            };
            let saying = (
                statement.speaker.clone(),
                statement.said,
                left.figure().map(amount),
                left.when().interval().and_then(|i| i.start()),
            );
            let conflict = residual_conflict(duty, kept, left);
            let first = self.0.entry(saying).or_insert_with(|| conflict.clone());
            *first = first.clone().min(conflict);
        }
    }

    /// The conflicts in their order.
    pub fn conflicts(self) -> Vec<Conflict> {
        let mut conflicts: Vec<Conflict> = self.0.into_values().collect();
        conflicts.sort();
        conflicts
    }
}

/// Statements after the deadline that the duty was kept, each with each figure of what was left.
fn pairs(duty: &Duty) -> impl Iterator<Item = (&Statement, ClaimId)> {
    let is_after = |s: &&Statement| s.is_kept == Some(true) && s.said > duty.deadline;
    duty.parties.iter().flat_map(move |record| {
        let figures: &[ClaimId] = match &record.computed {
            Computed::Residual(figures) => figures,
            _ => &[],
        };
        let statements = record.statements.iter().filter(is_after);
        statements.flat_map(move |s| figures.iter().map(move |f| (s, *f)))
    })
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
