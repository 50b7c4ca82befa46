//! Publishers, and what would fall if one were withdrawn.

use std::collections::BTreeMap;

use serde::Serialize;
use verbale_analysis::{Impact, Loss};
use verbale_case::{
    decision::Reliability,
    ledger::{ListedPublisher, Slice},
};

use super::{DocumentRow, card::claim_href};
use crate::{
    ask::encoded,
    desk::{STILL_MADE, Sources},
    error::Fault,
};

/// How many documents and losses a publisher's page shows.
const SHOWN: usize = 40;

/// What somebody decided about publishers.
type Grades = BTreeMap<String, Reliability>;

/// A publisher in a list.
#[derive(Debug, Serialize)]
pub struct PublisherRow {
    /// Its address on the desk.
    pub href: String,
    /// The name as the documents have it.
    pub name: String,
    /// Documents of it.
    pub n_documents: u64,
    /// Claims on them; absent while they are being counted.
    pub n_claims: Option<u64>,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// From A to F, if somebody graded it.
    pub reliability: Option<String>,
}

impl PublisherRow {
    fn of(p: &ListedPublisher, grades: &Grades) -> Self {
        Self {
            n_claims: Some(p.n_claims),
            published: p.published.clone(),
            ..Self::named(&p.name, p.n_documents, grades)
        }
    }

    /// One that is not counted yet.
    fn named(name: &str, n_documents: u64, grades: &Grades) -> Self {
        Self {
            href: format!("/publisher/{}", encoded(name)),
            name: name.to_owned(),
            n_documents,
            n_claims: None,
            published: None,
            reliability: grades.get(name).map(|r| r.to_string()),
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
    let (publishers, grades) = (s.publishers.ok_or(STILL_MADE)?, s.case.reliabilities()?);
    let rows = publishers.iter().map(|p| PublisherRow::of(p, &grades));
    Ok(PublisherList {
        publishers: rows.collect(),
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
#[derive(Debug, Clone, Serialize)]
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
    pub(crate) fn of(impact: &Impact) -> Self {
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
    impact: Option<&ImpactView>,
) -> Result<PublisherPage, Fault> {
    let latest = Slice {
        offset: 0,
        limit: SHOWN as u32,
    };
    let documents = s.case.documents(Some(name), latest)?;
    Ok(PublisherPage {
        publisher: row(s, name)?,
        documents: documents.iter().map(DocumentRow::of).collect(),
        impact: impact.cloned(),
        grades: Reliability::ALL.iter().map(|r| r.as_str()).collect(),
    })
}

/// The publisher of this name, with as much as is counted.
fn row(s: &Sources<'_>, name: &str) -> Result<PublisherRow, Fault> {
    let grades = s.case.reliabilities()?;
    let mut counted = s.publishers.unwrap_or_default().iter();
    if let Some(publisher) = counted.find(|p| p.name == name) {
        return Ok(PublisherRow::of(publisher, &grades));
    }
    match s.case.n_documents(Some(name))? {
        0 => Err(Fault::Unknown {
            what: "publisher",
            id: name.to_owned(),
        }),
        n => Ok(PublisherRow::named(name, n, &grades)),
    }
}
