//! The review queue: one claim at a time, with its words, in the order in which pages were added.

use serde::Serialize;
use verbale_case::{Filter, Order, decision::fields};
use verbale_core::ClaimKind;

use super::{Side, claims::filter, conflicts::side};
use crate::{desk::Sources, error::Fault};

/// The claim that waits, and how to decide about it.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// The claim with its passage; absent if nothing waits.
    pub side: Option<Side>,
    /// The fields that a person may amend.
    pub fields: Vec<&'static str>,
    /// The address of the next one, for leaving this undecided.
    pub skip: Option<String>,
    /// The kind that is reviewed, if not all.
    pub kind: Option<&'static str>,
    /// The last decision that was made in this browser, for undoing.
    pub last: Option<String>,
    /// What became of the decision before.
    pub done: Option<String>,
    /// How many were left undecided before this one.
    pub n_skipped: u16,
}

/// The claim that waits at this place of the queue.
pub(crate) fn review(s: &Sources<'_>) -> Result<ReviewPage, Fault> {
    let kind: Option<ClaimKind> = s.ask.parsed("kind");
    let waiting = s.case.claims(&Filter {
        undecided: true,
        limit: Some(1),
        order: Order::Page,
        ..filter(s.ask)?
    })?;
    let n_skipped = s.ask.parsed("n").unwrap_or(0);
    let side = match waiting.first() {
        Some(first) => side(s, first.claim.id)?,
        None => None,
    };
    Ok(ReviewPage {
        fields: waiting
            .first()
            .map(|c| fields(c.claim.kind()))
            .unwrap_or_default(),
        skip: waiting.first().map(|c| {
            let (claim, n) = (c.claim.id.to_string(), (n_skipped + 1).to_string());
            s.ask
                .with(&[("after", &claim), ("n", &n), ("last", ""), ("done", "")])
        }),
        side,
        kind: kind.map(ClaimKind::as_str),
        last: s.ask.param("last").map(str::to_owned),
        done: s.ask.param("done").map(str::to_owned),
        n_skipped,
    })
}
