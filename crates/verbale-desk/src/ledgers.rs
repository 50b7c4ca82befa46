//! The ledgers of the case, made as a whole.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::civil::Date;
use verbale_analysis::{
    Clock, Conflict, Entry, Lexicon, Moment, Presence, Restriction, Series, SharedWords, Standing,
    against_computed, conflicts,
    copies::{CopyIndex, MIN_SHARED, Print, Tokens, align},
    obligations::{self, Duty},
    presence, restrictions, standings, timeline,
};
use verbale_case::{Case, StoredDocument, decision::Verdict};
use verbale_core::{Claim, ClaimId, PageId};

use crate::error::Fault;

/// The most documents of which ledgers are made: about 1 GB of memory, and minutes of one core.
const MOST_DOCUMENTS: u64 = 20_000;

/// What pages of ledgers say of a larger case.
const TOO_LARGE: Fault = Fault::Status(
    StatusCode::INSUFFICIENT_STORAGE,
    "the case has more documents than the desk makes ledgers of; the commands `series`, `conflicts` and so on do",
);

/// All ledgers of one state of the case.
#[derive(Debug, Default)]
pub(crate) struct Ledgers {
    pub(crate) on: Date,
    pub(crate) series: Vec<Series>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) standings: Vec<Standing>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) presence: Presence,
    pub(crate) restrictions: Vec<Restriction>,
    pub(crate) as_of: Vec<Moment>,
    pub(crate) said: Vec<Moment>,
    pub(crate) published: Vec<Moment>,
    of_claim: BTreeMap<ClaimId, Places>,
}

/// Where a claim stands in the ledgers.
#[derive(Debug, Clone, Default)]
struct Places {
    series: Option<usize>,
    standing: Option<usize>,
    conflicts: Vec<usize>,
}

impl Ledgers {
    /// Makes them from the whole case, which is held in memory meanwhile.
    ///
    /// # Errors
    /// If the case is too large for that, or cannot be read.
    pub(crate) fn make(case: &Case, lexicon: &Lexicon, on: Date) -> Result<Self, Fault> {
        if case.n_documents(None)? > MOST_DOCUMENTS {
            return Err(TOO_LARGE);
        }
        let filed = Filed::read(case)?;
        let entries = filed.entries();
        let mut found = conflicts(lexicon, &entries);
        found.extend(against_computed(lexicon, &entries, on));
        let mut made = Self {
            on,
            series: Series::all(lexicon, &entries),
            conflicts: found,
            standings: standings(lexicon, &entries, &filed.shared_words()),
            duties: obligations::obligations(lexicon, &entries, on),
            presence: presence(lexicon, &entries),
            restrictions: restrictions(lexicon, &entries),
            as_of: timeline(&entries, Clock::AsOf),
            said: timeline(&entries, Clock::Said),
            published: timeline(&entries, Clock::Published),
            ..Self::default()
        };
        made.of_claim = made.places();
        Ok(made)
    }

    fn places(&self) -> BTreeMap<ClaimId, Places> {
        let mut places: BTreeMap<ClaimId, Places> = BTreeMap::new();
        for (i, series) in self.series.iter().enumerate() {
            for o in &series.observations {
                places.entry(o.claim).or_default().series = Some(i);
            }
        }
        for (i, standing) in self.standings.iter().enumerate() {
            for claim in &standing.claims {
                places.entry(*claim).or_default().standing = Some(i);
            }
        }
        for (i, conflict) in self.conflicts.iter().enumerate() {
            for claim in [conflict.pair.0, conflict.pair.1] {
                places.entry(claim).or_default().conflicts.push(i);
            }
        }
        places
    }

    /// The conflicts of a claim.
    pub(crate) fn conflicts_of(&self, claim: ClaimId) -> impl Iterator<Item = &Conflict> {
        let places = self.of_claim.get(&claim).into_iter();
        places
            .flat_map(|p| &p.conflicts)
            .map(|&i| &self.conflicts[i])
    }

    /// What says the same as a claim.
    pub(crate) fn standing_of(&self, claim: ClaimId) -> Option<&Standing> {
        self.of_claim
            .get(&claim)?
            .standing
            .map(|i| &self.standings[i])
    }

    /// The series of a figure.
    pub(crate) fn series_of(&self, claim: ClaimId) -> Option<&Series> {
        self.of_claim.get(&claim)?.series.map(|i| &self.series[i])
    }
}

/// The documents of a case with their claims, rejected ones left out.
pub(crate) struct Filed {
    documents: Vec<(StoredDocument, Vec<Claim>)>,
}

impl Filed {
    pub(crate) fn read(case: &Case) -> Result<Self, Fault> {
        let mut documents = Vec::new();
        for page in case.pages()? {
            if let Some(document) = case.document(page)? {
                let kept = document.claims.iter();
                let kept = kept.filter(|c| c.verdict != Some(Verdict::Rejected));
                let claims = kept.map(|c| c.claim.clone()).collect();
                documents.push((document, claims));
            }
        }
        Ok(Self { documents })
    }

    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        for (stored, claims) in &self.documents {
            let (page, metadata) = (stored.document.page(), &stored.document.metadata);
            entries.extend(claims.iter().map(|claim| Entry {
                claim,
                page,
                metadata,
            }));
        }
        entries
    }

    /// The stretches of words that pages share.
    fn shared_words(&self) -> Vec<SharedWords> {
        let mut index = CopyIndex::default();
        let mut tokens: Vec<(PageId, Tokens)> = Vec::new();
        let mut shared = Vec::new();
        for (number, (stored, _)) in (0..).zip(&self.documents) {
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
}
