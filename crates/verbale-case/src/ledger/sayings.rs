//! What claims stand on, one saying at a time, and what falls if something is withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use verbale_analysis::{
    Impact, Lexicon, SharedWords, Shelf, Standing, Withdrawn,
    copies::{CopyIndex, MIN_SHARED, Print, Tokens, align},
    impact, standings,
};
use verbale_core::{ClaimId, PageId};

use super::gather::Gathered;
use super::parts::{PART, cut, n_under, places};
use crate::Case;
use crate::error::{Error, Result};
use crate::store::terms::CLAIM_ROW;
use crate::store::{document_row, page_row};

/// How many pages' words are kept for the next sayings.
const N_KEPT: usize = 512;

/// With how many others a page is aligned at most to list what claims under one name share.
const MOST_ALIGNED: usize = 64;

impl Case {
    /// Calls `visit` with what each saying stands on and the claims it is made of; sayings of one claim are left
    /// out. The order is fixed but has no meaning. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_standing<E: From<Error>>(
        &self,
        lexicon: &Lexicon,
        mut visit: impl FnMut(&Standing, &Gathered) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let fail = |e| Error::new(self.path(), e);
        let mut keys = self
            .db
            .prepare_cached(
                "SELECT key FROM claim_key WHERE shelf = ?1 GROUP BY key HAVING count(*) > 1",
            )
            .map_err(fail)?;
        let mut rows = keys.query([Shelf::Saying.number()]).map_err(fail)?;
        let mut copies = Copies::default();
        while let Some(row) = rows.next().map_err(fail)? {
            let key = row.get(0).map_err(fail)?;
            // What `visit` returns is carried past the visit of windows, whose errors are those of SQLite.
            let mut ended = Ok(());
            self.run(|db| {
                copies.for_each_part(db, lexicon, key, |gathered, standings| {
                    let several = standings.iter().filter(|s| s.claims.len() > 1);
                    for standing in several {
                        if ended.is_ok() {
                            ended = visit(standing, gathered);
                        }
                    }
                    Ok(())
                })
            })?;
            ended?;
        }
        Ok(())
    }

    /// What a claim stands on; `None` if it was rejected or is not filed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn standing_of(&self, lexicon: &Lexicon, claim: ClaimId) -> Result<Option<Standing>> {
        self.run(|db| {
            let keys: Vec<(i64, i64)> = db
                .prepare_cached(&format!(
                "SELECT k.key, k.claim FROM claim_key k WHERE k.shelf = ?2 AND k.claim = {CLAIM_ROW}"
            ))?
                .query_map(params![claim.to_string(), Shelf::Saying.number()], |r| {
                    Ok((r.get(0)?, r.get(1)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut found = None;
            for (key, number) in keys {
                let (name, with) = ((key, PART), Some(number));
                Copies::default().for_each_part_of(db, lexicon, name, with, |_, standings| {
                    let has_claim = |s: &Standing| s.claims.contains(&claim);
                    found = found
                        .take()
                        .or_else(|| standings.into_iter().find(has_claim));
                    Ok(())
                })?;
            }
            Ok(found)
        })
    }

    /// What falls with `withdrawn`: claims, what their sayings lose, and conflicts that lose a side.
    /// [`Case::file_claims`] and [`Case::settle_conflicts`] come before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn impact(&self, lexicon: &Lexicon, withdrawn: &Withdrawn) -> Result<Impact> {
        let mut losses = Vec::new();
        let mut fallen: BTreeSet<ClaimId> = BTreeSet::new();
        let mut copies = Copies::default();
        for key in self.run(|db| keys_through(db, withdrawn))? {
            self.run(|db| {
                copies.for_each_part(db, lexicon, key, |gathered, standings| {
                    let part = impact(&gathered.entries(), &standings, &[], withdrawn);
                    fallen.extend(part.claims);
                    losses.extend(part.losses);
                    Ok(())
                })
            })?;
        }
        losses.sort_by_key(|l| (!l.is_total(), l.saying));
        let claims: Vec<ClaimId> = fallen.into_iter().collect();
        let mut conflicts = BTreeSet::new();
        for some in claims.chunks(500) {
            conflicts.extend(self.conflicts_of(some)?.into_iter().map(|c| c.pair));
        }
        Ok(Impact {
            claims,
            losses,
            conflicts: conflicts.into_iter().collect(),
        })
    }
}

/// The names under which claims are filed that fall by themselves.
fn keys_through(db: &Connection, withdrawn: &Withdrawn) -> rusqlite::Result<BTreeSet<i64>> {
    let shelf = Shelf::Saying.number();
    match withdrawn {
        Withdrawn::Claim(id) => db
            .prepare_cached(&format!(
                "SELECT k.key FROM claim_key k WHERE k.shelf = ?2 AND k.claim = {CLAIM_ROW}"
            ))?
            .query_map(params![id.to_string(), shelf], |row| row.get(0))?
            .collect(),
        Withdrawn::Outlet(_) => {
            let mut keys = BTreeSet::new();
            let mut statement = db.prepare_cached(
                "SELECT k.key, d.publisher, d.agency, c.speaker, c.via
                 FROM claim c JOIN document d ON d.id = c.document
                 JOIN claim_key k ON k.claim = c.id AND k.shelf = ?1",
            )?;
            let mut rows = statement.query([shelf])?;
            while let Some(row) = rows.next()? {
                let via: String = row.get(4)?;
                let via: Vec<String> = serde_json::from_str(&via).unwrap_or_default();
                let named: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
                let names = named.iter().flatten().chain(&via);
                if names.into_iter().any(|name| withdrawn.names(name)) {
                    keys.insert(row.get(0)?);
                }
            }
            Ok(keys)
        }
    }
}

/// The words of pages and what pairs of them share, for as long as they may be asked for again.
#[derive(Default)]
pub(super) struct Copies {
    words: BTreeMap<PageId, (Tokens, Vec<u64>)>,
}

impl Copies {
    /// Calls `visit` with the claims under a name and what they stand on, those of a long name part by part.
    pub(super) fn for_each_part(
        &mut self,
        db: &Connection,
        lexicon: &Lexicon,
        key: i64,
        visit: impl FnMut(&Gathered, Vec<Standing>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        self.for_each_part_of(db, lexicon, (key, PART), None, visit)
    }

    /// As [`Copies::for_each_part`], where a part has at most so many claims; with a claim, only the part that has it.
    pub(super) fn for_each_part_of(
        &mut self,
        db: &Connection,
        lexicon: &Lexicon,
        (key, size): (i64, usize),
        with: Option<i64>,
        mut visit: impl FnMut(&Gathered, Vec<Standing>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut look = |gathered: &Gathered| {
            let shared = self.shared_words(db, &gathered.pages().collect::<Vec<_>>())?;
            visit(gathered, standings(lexicon, &gathered.entries(), &shared))
        };
        if n_under(db, key, size + 1)? <= size {
            return look(&Gathered::under(db, Shelf::Saying, key, None)?);
        }
        for part in cut(&places(db, key, None)?, size) {
            let numbers: Vec<i64> = part.iter().map(|(_, claim)| *claim).collect();
            if with.is_none_or(|claim| numbers.contains(&claim)) {
                look(&Gathered::rows(db, &numbers)?)?;
            }
        }
        Ok(())
    }

    /// What two pages share, in either order.
    pub(super) fn shared_by(
        &mut self,
        db: &Connection,
        (one, other): (PageId, PageId),
    ) -> rusqlite::Result<Vec<SharedWords>> {
        // Where a text repeats itself, what is aligned with what depends on which comes first.
        let (a, b) = (one.min(other), one.max(other));
        self.make_room(2);
        self.read(db, a)?;
        self.read(db, b)?;
        let (Some((x, of_x)), Some((y, of_y))) = (self.words.get(&a), self.words.get(&b)) else {
            return Ok(Vec::new());
        };
        let n_shared = of_x.iter().filter(|h| of_y.binary_search(h).is_ok());
        if n_shared.count() < MIN_SHARED {
            return Ok(Vec::new());
        }
        let segments = align(x, y).segments.into_iter();
        let shared = segments.map(|s| SharedWords {
            a: (a, s.a),
            b: (b, s.b),
        });
        Ok(shared.collect())
    }

    /// The stretches of words that these pages share.
    fn shared_words(
        &mut self,
        db: &Connection,
        pages: &[PageId],
    ) -> rusqlite::Result<Vec<SharedWords>> {
        let mut shared = Vec::new();
        if pages.len() < 2 {
            return Ok(shared);
        }
        self.make_room(pages.len());
        let mut index = CopyIndex::default();
        for (number, page) in pages.iter().enumerate() {
            self.read(db, *page)?;
            let Some((words, hashes)) = self.words.get(page) else {
                continue;
            };
            // What many pages say with one name is no boilerplate: one of those that share it leads to the others.
            let near = index.candidates_within(hashes, MIN_SHARED, usize::MAX);
            for (other, _) in near.into_iter().take(MOST_ALIGNED) {
                let other_page = pages[other as usize];
                let Some((other_words, _)) = self.words.get(&other_page) else {
                    continue;
                };
                let segments = align(other_words, words).segments;
                shared.extend(segments.iter().map(|s| SharedWords {
                    a: (other_page, s.a),
                    b: (*page, s.b),
                }));
            }
            index.add(u32::try_from(number).unwrap_or(u32::MAX), hashes);
        }
        Ok(shared)
    }

    fn make_room(&mut self, n: usize) {
        if self.words.len() + n > N_KEPT {
            self.words.clear();
        }
    }

    fn read(&mut self, db: &Connection, page: PageId) -> rusqlite::Result<()> {
        if self.words.contains_key(&page) {
            return Ok(());
        }
        if let Some((row, _)) = page_row(db, page)?
            && let Some(document) = document_row(db, row)?
        {
            let tokens = Tokens::of_document(&document);
            let hashes = Print::of(&tokens).hashes();
            self.words.insert(page, (tokens, hashes));
        }
        Ok(())
    }
}
