//! Publishers, and what would fall if one were withdrawn.

use serde::Serialize;
use verbale_analysis::{Impact, Loss};
use verbale_case::ledger::{ListedPublisher, Slice};

use super::{DocumentRow, card::claim_href};
use crate::{ask::encoded, desk::Sources, error::Fault};

/// How many documents and losses a publisher's page shows.
const SHOWN: usize = 40;

/// A publisher in a list.
#[derive(Debug, Serialize)]
pub struct PublisherRow {
    /// Its address on the desk.
    pub href: String,
    /// The name as the documents have it.
    pub name: String,
    /// Documents of it.
    pub n_documents: u64,
    /// Claims on them.
    pub n_claims: u64,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// From A to F, if somebody graded it.
    pub reliability: Option<String>,
}

impl PublisherRow {
    fn of(p: &ListedPublisher) -> Self {
        Self {
            href: format!("/publisher/{}", encoded(&p.name)),
            name: p.name.clone(),
            n_documents: p.n_documents,
            n_claims: p.n_claims,
            published: p.published.clone(),
            reliability: p.reliability.map(|r| r.to_string()),
        }
    }
}

/// The publishers of the case.
#[derive(Debug, Serialize)]
pub struct PublisherList {
    /// The rows, those with most documents first.
    pub publishers: Vec<PublisherRow>,
}

/// The publishers of the case.
pub(crate) fn publishers(s: &Sources<'_>) -> Result<PublisherList, Fault> {
    let publishers = s.case.publishers()?;
    Ok(PublisherList {
        publishers: publishers.iter().map(PublisherRow::of).collect(),
    })
}

/// What one saying loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LossRow {
    /// The address of the claim that shows the saying.
    pub href: String,
    /// Its words.
    pub quote: String,
    /// Who says it.
    pub voice: String,
    /// Pages, publishers, origins before.
    pub before: (usize, usize, usize),
    /// And after.
    pub after: (usize, usize, usize),
    /// True if nothing is left.
    pub is_total: bool,
}

impl LossRow {
    pub(crate) fn of(l: &Loss) -> Self {
        Self {
            href: claim_href(&l.saying.to_string()),
            quote: l.quote.clone(),
            voice: l.voice.clone(),
            before: l.before,
            after: l.after,
            is_total: l.is_total(),
        }
    }
}

/// One publisher, with what stands and falls with it.
#[derive(Debug, Serialize)]
pub struct PublisherPage {
    /// The publisher.
    pub publisher: PublisherRow,
    /// The documents added last.
    pub documents: Vec<DocumentRow>,
    /// What would fall with it; absent while that is being worked out.
    pub impact: Option<ImpactView>,
    /// The grades that a person may give.
    pub grades: Vec<&'static str>,
}

/// What would fall with a publisher.
#[derive(Debug, Serialize)]
pub struct ImpactView {
    /// How many claims would fall.
    pub n_fallen: usize,
    /// How many sayings would lose support.
    pub n_losses: usize,
    /// How many of them would lose all of it.
    pub n_total: usize,
    /// How many conflicts would lose a side.
    pub n_conflicts: usize,
    /// The sayings that would lose support, those with nothing left first.
    pub losses: Vec<LossRow>,
}

impl ImpactView {
    fn of(impact: &Impact) -> Self {
        let losses = impact.losses.iter();
        Self {
            n_fallen: impact.claims.len(),
            n_losses: losses.len(),
            n_total: losses.clone().filter(|l| l.is_total()).count(),
            n_conflicts: impact.conflicts.len(),
            losses: losses.take(SHOWN).map(LossRow::of).collect(),
        }
    }
}

/// The publisher of this name, with what would fall without it.
pub(crate) fn publisher(
    s: &Sources<'_>,
    name: &str,
    impact: Option<&Impact>,
) -> Result<PublisherPage, Fault> {
    let publishers = s.case.publishers()?;
    let unknown = || Fault::Unknown {
        what: "publisher",
        id: name.to_owned(),
    };
    let found = publishers
        .iter()
        .find(|p| p.name == name)
        .ok_or_else(unknown)?;
    let latest = Slice {
        offset: 0,
        limit: SHOWN as u32,
    };
    let documents = s.case.documents(Some(name), latest)?;
    Ok(PublisherPage {
        publisher: PublisherRow::of(found),
        documents: documents.iter().map(DocumentRow::of).collect(),
        impact: impact.map(ImpactView::of),
        grades: verbale_case::decision::Reliability::ALL
            .iter()
            .map(|r| r.as_str())
            .collect(),
    })
}
