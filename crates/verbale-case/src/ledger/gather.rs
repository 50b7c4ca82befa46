//! Claims for a ledger, with what their pages say about themselves and without their texts.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, ToSql};
use verbale_analysis::{Entry, Lexicon, Shelf};
use verbale_core::{Claim, ClaimId, Metadata, PageId, Publication};

use super::claim::{Columns, claim};
use super::work;
use crate::Case;
use crate::error::Result;
use crate::store::terms::CLAIM_ROWS;

/// Selects what [`Gathered::add`] reads.
pub(super) const GATHER: &str = concat!(
    include_str!("claim.sql"),
    include_str!("gathered.sql"),
    include_str!("rows.sql")
);

/// Claims with the metadata of their pages: what the functions of `verbale-analysis` work on.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    claims: Vec<(Claim, PageId)>,
    /// The row numbers of the claims.
    numbers: Vec<i64>,
    pages: BTreeMap<PageId, Metadata>,
}

impl Gathered {
    /// The claims as the ledgers take them.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        self.claims
            .iter()
            .filter_map(|(claim, page)| {
                Some(Entry {
                    claim,
                    page: *page,
                    metadata: self.pages.get(page)?,
                })
            })
            .collect()
    }

    /// The claim with this id, if it is among these.
    pub fn entry(&self, id: ClaimId) -> Option<Entry<'_>> {
        self.entries().into_iter().find(|e| e.id() == id)
    }

    /// The first of the claims.
    pub(super) fn first(&self) -> Option<Entry<'_>> {
        let (claim, page) = self.claims.first()?;
        Some(Entry {
            claim,
            page: *page,
            metadata: self.pages.get(page)?,
        })
    }

    /// Number of claims.
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    /// True without claims.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// The pages on which they stand.
    pub fn pages(&self) -> impl Iterator<Item = PageId> {
        self.pages.keys().copied()
    }

    /// The row numbers of the claims, in the order of [`Gathered::entries`].
    pub(super) fn numbers(&self) -> &[i64] {
        &self.numbers
    }

    /// Adds one row of [`GATHER`] and returns the claim's row number.
    pub(super) fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<i64> {
        let mut c = Columns::of(row);
        let (claim, _) = claim(&mut c)?;
        let number = c.take()?;
        let page: PageId = c.parse_some()?;
        let (title, publisher, agency) = (c.take()?, c.take()?, c.take()?);
        let (date, rule) = (c.parse()?, c.take::<Option<String>>()?);
        let (language, kind) = (c.take()?, c.take()?);
        self.claims.push((claim, page));
        self.numbers.push(number);
        work::claim_is_read();
        self.pages.entry(page).or_insert_with(|| Metadata {
            title,
            publisher,
            agency,
            published: date.map(|date| Publication {
                date,
                rule: rule.unwrap_or_default(),
            }),
            language,
            kind,
            ..Metadata::default()
        });
        Ok(number)
    }

    /// The claims that `condition` selects, where `c` is the claim and `d` its document.
    pub(super) fn select(
        db: &Connection,
        condition: &str,
        values: &[&dyn ToSql],
    ) -> rusqlite::Result<Self> {
        let mut statement = db.prepare_cached(&format!("{GATHER} {condition}"))?;
        let mut rows = statement.query(values)?;
        let mut gathered = Self::default();
        while let Some(row) = rows.next()? {
            gathered.add(row)?;
        }
        Ok(gathered)
    }

    /// The claims that are filed under a name, at most `limit`.
    pub(super) fn under(
        db: &Connection,
        shelf: Shelf,
        key: i64,
        limit: Option<usize>,
    ) -> rusqlite::Result<Self> {
        let limit = limit.map_or(-1, |n| i64::try_from(n).unwrap_or(i64::MAX));
        Self::select(
            db,
            "WHERE c.id IN (SELECT claim FROM claim_key WHERE shelf = ?1 AND key = ?2)
             ORDER BY c.claim_id LIMIT ?3",
            &[&shelf.number(), &key, &limit],
        )
    }

    /// The claim with this row number, or none.
    pub(super) fn numbered(db: &Connection, id: i64) -> rusqlite::Result<Self> {
        Self::select(db, "WHERE c.id = ?1", &[&id])
    }

    /// The claims with these row numbers.
    pub(super) fn rows(db: &Connection, ids: &[i64]) -> rusqlite::Result<Self> {
        let list = crate::run::json(&ids);
        Self::select(
            db,
            "WHERE c.id IN (SELECT value FROM json_each(?1)) ORDER BY c.claim_id",
            &[&list],
        )
    }
}

impl Case {
    /// All claims that are filed for a ledger. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn gather(&self, shelf: Shelf) -> Result<Gathered> {
        self.run(|db| {
            Gathered::select(
                db,
                "WHERE c.id IN (SELECT claim FROM claim_key WHERE shelf = ?1) ORDER BY c.claim_id",
                &[&shelf.number()],
            )
        })
    }

    /// The claims with these ids, rejected ones too, as far as the case has them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn gather_claims(&self, ids: &[ClaimId]) -> Result<Gathered> {
        let ids: Vec<String> = ids.iter().map(ClaimId::to_string).collect();
        let list = crate::run::json(&ids);
        self.run(|db| {
            Gathered::select(
                db,
                &format!("WHERE c.id IN {CLAIM_ROWS} ORDER BY c.claim_id"),
                &[&list],
            )
        })
    }

    /// What the names of claims follow from: the sources of the rules, and the packs in use.
    pub(super) fn filing_version(lexicon: &Lexicon) -> String {
        let headers = lexicon.packs().headers().iter();
        let packs: Vec<String> = headers.map(|p| format!("{}={}", p.id, p.digest)).collect();
        format!("{} {}", env!("VERBALE_FILING"), packs.join(" "))
    }
}
