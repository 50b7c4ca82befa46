//! A new reading of a page in place of the old one, and what became of the claims.
//!
//! Decisions find their claims by id. Where a boundary moved, the id is another; then they go to the claim of
//! the same kind whose words overlap most with theirs. What finds no claim is an orphan, listed and not dropped.

use rusqlite::{Connection, params};
use serde_json::Value;
use verbale_core::{Claim, ClaimId, ClaimKind, Evidence, PageId, TextRange};

use crate::decision::{self, changed_fields, claims_of_page, effective_on, page_was_read};
use crate::error::Result;
use crate::ledger::claims_of;
use crate::store::{Pending, delete_reading, insert_reading, page_id, page_row};
use crate::{Case, NewDocument, Run, run};

/// What a new reading changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reread {
    /// Claims that were not there before.
    pub new: Vec<ClaimId>,
    /// Claims that are there no more.
    pub gone: Vec<Gone>,
    /// Claims that are there still with another value.
    pub changed: Vec<Changed>,
    /// Claims whose words are others, but overlap.
    pub moved: Vec<Moved>,
    /// Decided claims of the page that are there no more and moved nowhere.
    pub orphans: Vec<ClaimId>,
}

impl Reread {
    /// True if the new reading says the same as the old one.
    pub fn is_same(&self) -> bool {
        self.new.is_empty()
            && self.gone.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
    }
}

/// A claim that a new reading does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub quote: String,
    /// True if a person had decided something about it.
    pub decided: bool,
}

/// A field that a new reading reads differently. Amended fields are compared as the program read them.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The claim.
    pub claim: ClaimId,
    /// The field, as the exchange format names it.
    pub field: &'static str,
    /// What the program read before.
    pub old: Value,
    /// What it reads now.
    pub new: Value,
}

/// A claim whose words a new reading bounds differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The claim before.
    pub from: ClaimId,
    /// The claim now.
    pub to: ClaimId,
}

impl Case {
    /// Puts a new reading in place of the one that the case has of the page, in one transaction, and lists what
    /// changed. `None` if the case does not have the page, or it was withdrawn.
    ///
    /// # Errors
    /// If the file cannot be written; then the old reading stands.
    pub fn reread(&mut self, new: &NewDocument<'_>) -> Result<Option<Reread>> {
        self.change(|db| match page_row(db, new.page.id())? {
            Some((row, false)) => reread(db, row, new).map(Some),
            _ => Ok(None),
        })
    }

    /// What [`Case::reread`] would change, without changing it.
    ///
    /// # Errors
    /// If the file cannot be written: the reading is put in place and taken back.
    pub fn reread_trial(&mut self, new: &NewDocument<'_>) -> Result<Option<Reread>> {
        self.try_out(|db| match page_row(db, new.page.id())? {
            Some((row, false)) => reread(db, row, new).map(Some),
            _ => Ok(None),
        })
    }

    /// The pages whose reading was not made by `run`, or was made with another date than a person has decided
    /// on, in the order in which they were added. Reading any other page again with `run` changes nothing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outdated(&self, run: &Run) -> Result<Vec<PageId>> {
        self.consistently(|case| {
            let mut pages = case.run(|db| read_by_others(db, run::find(db, run)?))?;
            pages.extend(case.run(misdated)?);
            pages.sort_unstable();
            pages.dedup();
            Ok(pages.into_iter().map(|(_, page)| page).collect())
        })
    }

    /// The pages that were read with another date than a person has decided on.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn misdated(&self) -> Result<Vec<PageId>> {
        let pages = self.run(misdated)?;
        Ok(pages.into_iter().map(|(_, page)| page).collect())
    }
}

/// The pages whose document another run has made; all if this one has made none.
fn read_by_others(db: &Connection, run: Option<i64>) -> rusqlite::Result<Vec<(i64, PageId)>> {
    db.prepare_cached(
        "SELECT p.id, p.page_id FROM document d JOIN page p ON p.id = d.id
         WHERE d.run IS NOT ?1 ORDER BY p.id",
    )?
    .query_map([run], |row| {
        Ok((row.get(0)?, page_id(&row.get::<_, String>(1)?)?))
    })?
    .collect()
}

/// The pages on whose date somebody decided, and whose document has another.
fn misdated(db: &Connection) -> rusqlite::Result<Vec<(i64, PageId)>> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT p.id, p.page_id, d.published, d.published_by FROM decision c
         JOIN page p ON p.page_id = c.target JOIN document d ON d.id = p.id
         WHERE c.act = 'date' ORDER BY p.id",
    )?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let page = page_id(&row.get::<_, String>(1)?)?;
        let (published, rule): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let differs = match decision::decided_date(db, page)? {
            Some(date) => published != date.map(|d| d.to_string()),
            // The decision was undone.
            None => rule.as_deref() == Some(decision::DATED_BY_PERSON),
        };
        if differs {
            out.push((row.get(0)?, page));
        }
    }
    Ok(out)
}

fn reread(db: &Connection, row: i64, new: &NewDocument<'_>) -> rusqlite::Result<Reread> {
    let old = machine_claims(db, row)?;
    for table in ["amendment", "claim_state"] {
        // They are made again from the journal, on what the program reads now.
        db.execute(
            &format!("DELETE FROM {table} WHERE claim_id IN (SELECT claim_id FROM claim WHERE document = ?1)"),
            [row],
        )?;
    }
    delete_reading(db, row)?;
    let mut pending = Pending::default();
    insert_reading(db, row, new, &mut pending)?;
    pending.write(db)?;
    let mut reread = compared(&old, new.claims, new.document.text());
    reread.orphans = settle(db, new)?;
    let decided = claims_of_page(db, &new.page.id().to_string())?;
    for gone in &mut reread.gone {
        gone.decided = decided.contains(&gone.claim.to_string());
    }
    write_changes(db, new, &reread)?;
    Ok(reread)
}

/// The claims of a document as the program read them, without those that people added.
fn machine_claims(db: &Connection, document: i64) -> rusqlite::Result<Vec<Claim>> {
    claims_of(db, document)?
        .into_iter()
        .filter(|stored| !decision::is_by_hand(&stored.claim))
        .map(|stored| decision::as_machine_read(db, stored.claim))
        .collect()
}

fn compared(old: &[Claim], new: &[Claim], text: &str) -> Reread {
    let mut reread = Reread::default();
    let mut fresh: Vec<&Claim> = new
        .iter()
        .filter(|n| old.iter().all(|o| o.id != n.id))
        .collect();
    for old in old {
        if let Some(new) = new.iter().find(|n| n.id == old.id) {
            let fields = changed_fields(old, new).into_iter();
            reread
                .changed
                .extend(fields.map(|(field, old, value)| Changed {
                    claim: new.id,
                    field,
                    old,
                    new: value,
                }));
            continue;
        }
        let ranges = fresh.iter().map(|c| (c.kind(), c.evidence.range()));
        match successor(&old.evidence, old.kind(), text, ranges) {
            Some(i) => reread.moved.push(Moved {
                from: old.id,
                to: fresh.remove(i).id,
            }),
            None => reread.gone.push(Gone {
                claim: old.id,
                quote: old.evidence.quote().to_owned(),
                decided: false,
            }),
        }
    }
    reread.new = fresh.iter().map(|c| c.id).collect();
    reread
}

/// The index of the claim of the same kind that shares the most words with `evidence`, if it shares at least
/// half of the shorter of the two.
fn successor(
    evidence: &Evidence,
    kind: ClaimKind,
    text: &str,
    claims: impl Iterator<Item = (ClaimKind, TextRange)>,
) -> Option<usize> {
    let range = evidence.find_in(text)?;
    claims
        .enumerate()
        .filter(|(_, (other, _))| *other == kind)
        .filter_map(|(i, (_, other))| {
            let shared = range.intersect(other)?.len();
            let shorter = range.len().min(other.len());
            (u32::from(shared) * 2 >= u32::from(shorter) && !shared.eq(&0.into()))
                .then_some((i, shared))
        })
        // The first of several that share the same.
        .max_by_key(|&(i, shared)| (shared, std::cmp::Reverse(i)))
        .map(|(i, _)| i)
}

/// Lets the decisions about a page find its claims, and carries them out. Returns the decided claims that were
/// not found.
pub(crate) fn settle(db: &Connection, new: &NewDocument<'_>) -> rusqlite::Result<Vec<ClaimId>> {
    let page = new.page.id();
    let decided = claims_of_page(db, &page.to_string())?;
    let mut orphans = Vec::new();
    for claim_id in &decided {
        let Ok(id) = claim_id.parse::<ClaimId>() else {
            continue;
        };
        db.prepare_cached("DELETE FROM follow WHERE claim_id = ?1")?
            .execute([claim_id])?;
        if new.claims.iter().any(|c| c.id == id) {
            continue;
        }
        let Some(words) = words_of(db, claim_id)? else {
            continue;
        };
        let now = match words {
            // Added by a person: stands as long as its words do.
            (evidence, None) if evidence.find_in(new.document.text()).is_some() => continue,
            (_, None) => None,
            (evidence, Some(kind)) => {
                let claims = new.claims.iter().map(|c| (c.kind(), c.evidence.range()));
                successor(&evidence, kind, new.document.text(), claims).map(|i| new.claims[i].id)
            }
        };
        db.prepare_cached("INSERT INTO follow (claim_id, now) VALUES (?1, ?2)")?
            .execute(params![claim_id, now.map(|id| id.to_string())])?;
        if now.is_none() {
            orphans.push(id);
        }
    }
    if !decided.is_empty() || decision::is_about_entities(db)? {
        page_was_read(db, &page.to_string())?;
    }
    Ok(orphans)
}

/// The words of the decisions that hold on a claim, and its kind; no kind for a claim that a person added.
/// `None` if no decision holds any more.
fn words_of(
    db: &Connection,
    claim_id: &str,
) -> rusqlite::Result<Option<(Evidence, Option<ClaimKind>)>> {
    let decisions = effective_on(db, claim_id)?;
    let by_hand = decisions
        .iter()
        .any(|d| matches!(d.ruling, decision::Ruling::Add { .. }));
    let Some(quoted) = decisions.into_iter().rev().find_map(|d| d.quoted) else {
        return Ok(None);
    };
    if by_hand {
        return Ok(Some((quoted.evidence, None)));
    }
    Ok(kind_of(&quoted.page, &quoted.evidence, claim_id).map(|kind| (quoted.evidence, Some(kind))))
}

/// The kind of a claim that is gone. The id is a digest over the kind among others, so trying the five kinds
/// over the words tells which it was; equal words rarely occur more often than the bound.
fn kind_of(page: &PageId, evidence: &Evidence, claim_id: &str) -> Option<ClaimKind> {
    const MAX_OCCURRENCES: u32 = 64;
    ClaimKind::ALL.iter().copied().find(|kind| {
        (0..MAX_OCCURRENCES)
            .any(|n| ClaimId::new(*page, *kind, evidence.quote(), n).to_string() == claim_id)
    })
}

fn write_changes(db: &Connection, new: &NewDocument<'_>, reread: &Reread) -> rusqlite::Result<()> {
    let at = new.at.to_string();
    let run = run::row(db, new.run, &at)?;
    let page = new.page.id().to_string();
    let write = |claim: ClaimId,
                 what: &str,
                 field: Option<&str>,
                 old: Option<String>,
                 new: Option<String>| {
        db.prepare_cached(
            "INSERT INTO change (run, page_id, claim_id, what, field, old, new, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            run,
            page,
            claim.to_string(),
            what,
            field,
            old,
            new,
            at
        ])
        .map(|_| ())
    };
    for claim in &reread.new {
        write(*claim, "new", None, None, None)?;
    }
    for gone in &reread.gone {
        write(gone.claim, "gone", None, Some(gone.quote.clone()), None)?;
    }
    for moved in &reread.moved {
        write(moved.from, "moved", None, None, Some(moved.to.to_string()))?;
    }
    for changed in &reread.changed {
        let (old, new) = (changed.old.to_string(), changed.new.to_string());
        write(
            changed.claim,
            "changed",
            Some(changed.field),
            Some(old),
            Some(new),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
