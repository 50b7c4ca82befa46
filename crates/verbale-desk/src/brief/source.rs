//! What a brief is made from: the documents of a case with their claims, rejected ones left out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_analysis::{
    Entry, SharedWords,
    copies::{CopyIndex, MIN_SHARED, Print, Tokens, align},
};
use verbale_case::{Case, Error, Filter, StoredClaim, StoredDocument, decision::Verdict};
use verbale_core::{Claim, ClaimId, Digest, PageId};

use super::Order;

/// A case, read once for a brief.
#[derive(Debug)]
pub(crate) struct Source {
    documents: Vec<StoredDocument>,
    /// Where each claim stands: document and claim.
    place: BTreeMap<ClaimId, (usize, usize)>,
    /// The last decision of the journal.
    pub(crate) head: Option<String>,
    pub(crate) n_decisions: usize,
    /// Claims about what was asked for.
    topic: BTreeSet<ClaimId>,
    /// Claims of the time that was asked for.
    period: BTreeSet<ClaimId>,
}

impl Source {
    /// Reads what `order` needs.
    ///
    /// # Errors
    /// If the case cannot be read.
    pub(crate) fn read(case: &Case, order: &Order) -> Result<Self, Error> {
        let mut documents = Vec::new();
        for page in case.pages()? {
            if let Some(mut document) = case.document(page)? {
                document
                    .claims
                    .retain(|c| c.verdict != Some(Verdict::Rejected));
                documents.push(document);
            }
        }
        let mut place = BTreeMap::new();
        for (d, document) in documents.iter().enumerate() {
            place.extend((document.claims.iter().enumerate()).map(|(c, s)| (s.claim.id, (d, c))));
        }
        let decisions = case.decisions()?;
        let ids = |filter: Filter| -> Result<BTreeSet<ClaimId>, Error> {
            let mut ids = BTreeSet::new();
            case.for_each_claim(&filter, |c| {
                ids.insert(c.claim.id);
                Ok::<(), Error>(())
            })?;
            Ok(ids)
        };
        Ok(Self {
            topic: ids(Filter {
                about: order.about.clone(),
                place: order.place.clone(),
                ..Filter::default()
            })?,
            period: ids(Filter {
                since: order.since,
                until: order.until,
                ..Filter::default()
            })?,
            head: decisions.last().map(|d| d.id.clone()),
            n_decisions: decisions.len(),
            documents,
            place,
        })
    }

    /// The documents in the order in which their pages were added.
    pub(crate) fn documents(&self) -> &[StoredDocument] {
        &self.documents
    }

    pub(crate) fn n_claims(&self) -> usize {
        self.place.len()
    }

    /// All claims, as the ledgers take them.
    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::with_capacity(self.n_claims());
        for document in &self.documents {
            entries.extend(document.claims.iter().map(|c| entry(document, &c.claim)));
        }
        entries
    }

    /// A claim with its document; `None` if it was rejected or is none of the case.
    pub(crate) fn find(&self, claim: ClaimId) -> Option<(&StoredDocument, &StoredClaim)> {
        let (d, c) = *self.place.get(&claim)?;
        let document = &self.documents[d];
        Some((document, &document.claims[c]))
    }

    /// A claim, as the ledgers take it.
    pub(crate) fn entry(&self, claim: ClaimId) -> Option<Entry<'_>> {
        let (document, stored) = self.find(claim)?;
        Some(entry(document, &stored.claim))
    }

    pub(crate) fn document(&self, page: PageId) -> Option<&StoredDocument> {
        self.documents.iter().find(|d| d.document.page() == page)
    }

    /// True if a claim is about what was asked for.
    pub(crate) fn is_on_topic(&self, claim: ClaimId) -> bool {
        self.topic.contains(&claim)
    }

    /// True if a claim is of the time that was asked for.
    pub(crate) fn is_in_period(&self, claim: ClaimId) -> bool {
        self.period.contains(&claim)
    }

    /// True if no person has confirmed, amended or written a claim.
    pub(crate) fn is_machine_read(&self, claim: ClaimId) -> bool {
        let found = self.find(claim);
        found.is_some_and(|(_, c)| c.verdict.is_none() && c.amended.is_empty())
    }

    /// The newest day on which a page of the case was published.
    pub(crate) fn newest_day(&self) -> Option<Date> {
        let published = self.entries().into_iter().filter_map(|e| e.published());
        published.filter_map(|i| i.end().or(i.start())).max()
    }

    /// The stretches of words that pages share.
    pub(crate) fn shared_words(&self) -> Vec<SharedWords> {
        let mut index = CopyIndex::default();
        let mut tokens: Vec<(PageId, Tokens)> = Vec::new();
        let mut shared = Vec::new();
        for (number, stored) in (0..).zip(&self.documents) {
            let words = Tokens::of_document(&stored.document);
            let hashes = Print::of(&words).hashes();
            let page = stored.document.page();
            for (other, _) in index.candidates(&hashes, MIN_SHARED) {
                let (other_page, other_words) = &tokens[other as usize];
                let aligned = align(other_words, &words);
                shared.extend(aligned.segments.iter().map(|s| SharedWords {
                    a: (*other_page, s.a),
                    b: (page, s.b),
                }));
            }
            index.add(number, &hashes);
            tokens.push((page, words));
        }
        shared
    }

    /// For each page of whose address the case has a newer capture: the newest.
    ///
    /// Newer is what was captured later where both captures say when, else what was added later.
    pub(crate) fn superseded(&self) -> BTreeMap<PageId, PageId> {
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, document) in self.documents.iter().enumerate() {
            if let Some(address) = address(document) {
                at.entry(bare(address)).or_default().push(i);
            }
        }
        let mut superseded = BTreeMap::new();
        for captures in at.values() {
            let newer = |a: usize, b: usize| {
                let captured = |i: usize| self.documents[i].origin.captured;
                match (captured(a), captured(b)) {
                    (Some(x), Some(y)) => (x, a) > (y, b),
                    _ => a > b,
                }
            };
            let newest = captures
                .iter()
                .copied()
                .reduce(|a, b| if newer(b, a) { b } else { a });
            for &old in captures.iter().filter(|i| Some(**i) != newest) {
                let page = |i: usize| self.documents[i].document.page();
                superseded.extend(newest.map(|n| (page(old), page(n))));
            }
        }
        superseded
    }

    /// A digest of all that the brief can depend on: pages, who read them, claims, decisions.
    pub(crate) fn state(&self) -> Digest {
        let mut parts = String::new();
        let mut part = |text: &str| {
            parts.push_str(&format!("{}:{text}", text.len()));
        };
        for document in &self.documents {
            part(&document.document.page().to_string());
            part(&format!("{:?}", document.run));
            document
                .claims
                .iter()
                .for_each(|c| part(&c.claim.id.to_string()));
        }
        part(self.head.as_deref().unwrap_or_default());
        Digest::of(parts.as_bytes())
    }
}

fn entry<'a>(document: &'a StoredDocument, claim: &'a Claim) -> Entry<'a> {
    Entry {
        claim,
        page: document.document.page(),
        metadata: &document.document.metadata,
    }
}

/// The address of a page: what it calls its own, else where it was captured.
pub(crate) fn address(document: &StoredDocument) -> Option<&str> {
    let stated = document.document.metadata.address.as_deref();
    stated.or(document.origin.address.as_deref())
}

/// An address without what may differ between two captures of one page.
fn bare(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.trim_end_matches('/');
    let lower = address.to_ascii_lowercase();
    let start = lower.find("://").map_or(0, |at| at + 3);
    address[start..].to_owned()
}
