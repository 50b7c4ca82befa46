//! The first page: what there is, what is new, where it disagrees.

use serde::Serialize;
use verbale_case::ledger::{Slice, Status};

use super::{ConflictRow, DocumentRow, SeriesRow};
use crate::{desk::Sources, error::Fault, ledgers::Ledgers};

/// How many documents the page shows.
const SHOWN: u32 = 6;

/// What there is in the case.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// How much there is; absent while it is being counted.
    pub counts: Option<Counts>,
    /// What was added last.
    pub documents: Vec<DocumentRow>,
    /// The ledgers at a glance; absent while they are being made.
    pub glance: Option<Glance>,
}

/// How much there is in the case.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Documents.
    pub n_documents: u64,
    /// Documents without a date.
    pub n_undated: u64,
    /// Claims by kind.
    pub claims: Vec<(String, u64)>,
    /// Claims that nobody has accepted or rejected.
    pub n_waiting: u64,
    /// Claims that somebody accepted or rejected.
    pub n_decided: u64,
    /// Decisions whose claim a later reading no longer has.
    pub n_orphans: u64,
    /// Entities.
    pub n_entities: u64,
    /// Publishers.
    pub n_publishers: u64,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
}

/// The ledgers in numbers.
#[derive(Debug, Serialize)]
pub struct Glance {
    /// Series with more than one observation.
    pub n_series: u64,
    /// Those of the longest that moved most.
    pub series: Vec<SeriesRow>,
    /// Disagreements.
    pub n_conflicts: u64,
    /// Some of them, one of each kind first.
    pub conflicts: Vec<ConflictRow>,
    /// Duties.
    pub n_duties: usize,
    /// Duties that two parties read differently.
    pub n_disputed: usize,
    /// Posts.
    pub n_posts: usize,
    /// Bans and reliefs.
    pub n_restrictions: usize,
}

/// What there is in the case.
pub(crate) fn overview(s: &Sources<'_>) -> Result<Overview, Fault> {
    let latest = Slice {
        offset: 0,
        limit: SHOWN,
    };
    let documents = s.case.documents(None, latest)?;
    Ok(Overview {
        counts: s.status.map(Counts::of),
        documents: documents.iter().map(DocumentRow::of).collect(),
        glance: s.ledgers.map(glance),
    })
}

impl Counts {
    fn of(status: &Status) -> Self {
        let n_claims: u64 = status.claims.iter().map(|(_, n)| n).sum();
        Self {
            n_documents: status.n_pages,
            n_undated: status.n_undated,
            n_waiting: n_claims.saturating_sub(status.n_decided),
            claims: status.claims.clone(),
            n_decided: status.n_decided,
            n_orphans: status.n_orphans,
            n_entities: status.n_entities,
            n_publishers: status.publishers.len() as u64,
            published: status.published.clone(),
        }
    }
}

fn glance(ledgers: &Ledgers) -> Glance {
    Glance {
        n_series: ledgers.n_series,
        series: ledgers.series.iter().map(SeriesRow::of).collect(),
        n_conflicts: ledgers.n_conflicts.iter().map(|(_, n)| n).sum(),
        conflicts: ledgers.conflicts.iter().map(ConflictRow::of).collect(),
        n_duties: ledgers.duties.len(),
        n_disputed: ledgers.duties.iter().filter(|d| d.is_disputed).count(),
        n_posts: ledgers.presence.posts.len(),
        n_restrictions: ledgers.restrictions.len(),
    }
}
