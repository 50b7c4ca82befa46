//! Adding pages with what was read from them.
//!
//! One page is one transaction. Everything that can be computed outside (compressing, analysing words) is
//! small beside reading the page, so nothing is prepared in advance.

pub(crate) mod claim;
mod document;
mod entity;
mod page;
pub(crate) mod terms;
mod words;

use jiff::Timestamp;
use rusqlite::Connection;
use verbale_core::{Claim, Diagnostic, Document, Entity, Page, PageId, TextSize};

use crate::error::Result;
use crate::search::words::{Stems, words as words_of};
use crate::{Case, Run, run};

pub(crate) use claim::relink;
pub(crate) use document::{document_row, published, range};
pub use entity::EntityId;
pub(crate) use entity::{
    documents_of, find as find_entity, found_in, insert_entity, is_mentioned, representative,
};
pub(crate) use page::{decode, page_row};
pub(crate) use words::Pending;

/// A page and all that was read from it.
#[derive(Debug, Clone, Copy)]
pub struct NewDocument<'a> {
    /// The bytes with their custody.
    pub page: &'a Page,
    /// The text made from them.
    pub document: &'a Document,
    /// What it claims, in the order of the words.
    pub claims: &'a [Claim],
    /// What its words refer to.
    pub entities: &'a [Entity],
    /// What is to be said about it.
    pub diagnostics: &'a [Diagnostic],
    /// What made the reading.
    pub run: &'a Run,
    /// When it is added.
    pub at: Timestamp,
}

/// What adding a page came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The page was not in the case.
    New,
    /// The page is in the case already; nothing has changed.
    AlreadyThere,
    /// The page is in the case already, from somewhere else; the new origin was noted in its custody.
    SeenElsewhere,
    /// The page was withdrawn from the case for good, so it was not added.
    Withdrawn,
}

impl Case {
    /// Adds a page with its reading. A page whose bytes are in the case already changes nothing but its
    /// custody; use [`Case::reread`] for a new reading of it.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn add(&mut self, new: &NewDocument<'_>) -> Result<Added> {
        self.change(|db| {
            let mut pending = Pending::default();
            let added = add(db, new, &mut pending)?;
            pending.write(db)?;
            Ok(added)
        })
    }

    /// Adds many pages in one transaction: faster, and all or nothing.
    ///
    /// # Errors
    /// If the file cannot be written; then none was added.
    pub fn add_all<'a>(
        &mut self,
        new: impl IntoIterator<Item = NewDocument<'a>>,
    ) -> Result<Vec<Added>> {
        self.change(|db| {
            let mut pending = Pending::default();
            let mut out = Vec::new();
            for new in new {
                out.push(add(db, &new, &mut pending)?);
                if pending.is_full() {
                    pending.write(db)?;
                }
            }
            pending.write(db)?;
            Ok(out)
        })
    }

    /// Asks whether a page is in the case before it is read, so that it need not be. `None` means it is not;
    /// else the answer and the effect are those of [`Case::add`].
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn add_origin(&mut self, page: &Page, at: Timestamp) -> Result<Option<Added>> {
        let (known, origin_is_new) = self.run(|db| {
            let row = page_row(db, page.id())?;
            let is_new = match row {
                Some((row, false)) => page::is_new_origin(db, row, &page.origin)?,
                _ => false,
            };
            Ok((row, is_new))
        })?;
        Ok(match known {
            None => None,
            Some((_, true)) => Some(Added::Withdrawn),
            Some(_) if !origin_is_new => Some(Added::AlreadyThere),
            Some((row, false)) => {
                self.change(|db| page::insert_capture(db, row, &page.origin, &at.to_string()))?;
                Some(Added::SeenElsewhere)
            }
        })
    }
}

/// Adds a page but for what the indexes get of it.
fn add(db: &Connection, new: &NewDocument<'_>, pending: &mut Pending) -> rusqlite::Result<Added> {
    let at = new.at.to_string();
    let origin = &new.page.origin;
    match page_row(db, new.page.id())? {
        Some((_, true)) => return Ok(Added::Withdrawn),
        Some((row, false)) if page::is_new_origin(db, row, origin)? => {
            page::insert_capture(db, row, origin, &at)?;
            return Ok(Added::SeenElsewhere);
        }
        Some(_) => return Ok(Added::AlreadyThere),
        None => {}
    }
    let page = page::insert(db, new.page, &at)?;
    page::insert_capture(db, page, origin, &at)?;
    insert_reading(db, page, new, pending)?;
    if crate::decision::may_concern(db, new.page.id())? {
        // Decisions look their claims up.
        pending.write(db)?;
        crate::reread::settle(db, new)?;
    }
    Ok(Added::New)
}

/// Inserts all that a reader and an extractor made of a page but for what the indexes get of it.
pub(crate) fn insert_reading(
    db: &Connection,
    page: i64,
    new: &NewDocument<'_>,
    pending: &mut Pending,
) -> rusqlite::Result<()> {
    let run = run::row(db, new.run, &new.at.to_string())?;
    let stems = Stems::new([new.document.metadata.language.as_str()]);
    let passages = document::insert(db, page, new, run)?;
    let entities = entity::insert(db, page, new)?;
    let starts = new.document.passages().iter();
    let starts: Vec<TextSize> = starts.map(|p| p.range.start()).collect();
    let mentioned = entity::in_passages(
        &starts,
        entities
            .iter()
            .flat_map(|e| e.mentions.iter().map(|m| (e.own, *m))),
    );
    document::pend(&passages, &mentioned, new.document, &stems, pending);
    claim::insert_all(db, page, new, &entities, &stems, pending)
}

/// Takes the words of a document's passages out of the index and makes them again.
pub(crate) fn reindex_passages(db: &Connection, row: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE document = ?1)",
    )?
    .execute([row])?;
    match document_row(db, row)? {
        Some(document) => index_passages(db, row, &document),
        None => Ok(()),
    }
}

/// Puts the words of a document's passages into the index, with the entities that they mention by the links that hold
/// now.
pub(crate) fn index_passages(
    db: &Connection,
    row: i64,
    document: &Document,
) -> rusqlite::Result<()> {
    let (passages, mentioned): (Vec<_>, Vec<_>) =
        mentioned_in_passages(db, row)?.into_iter().unzip();
    let stems = Stems::new([document.metadata.language.as_str()]);
    let mut pending = Pending::default();
    document::pend(&passages, &mentioned, document, &stems, &mut pending);
    pending.write(db)
}

/// The rows of a document's passages, each with the rows of the entities that it mentions by the links that hold now.
pub(crate) fn mentioned_in_passages(
    db: &Connection,
    document: i64,
) -> rusqlite::Result<Vec<(i64, Vec<i64>)>> {
    let (rows, starts): (Vec<i64>, Vec<TextSize>) = db
        .prepare_cached("SELECT id, start FROM passage WHERE document = ?1 ORDER BY idx")?
        .query_map([document], |row| {
            Ok((row.get::<_, i64>(0)?, TextSize::from(row.get::<_, u32>(1)?)))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?
        .into_iter()
        .unzip();
    let mentioned = entity::in_passages(&starts, entity::linked(db, document)?.into_iter());
    Ok(rows.into_iter().zip(mentioned).collect())
}

/// Removes all that a reader and an extractor made of a page; the page itself stays.
pub(crate) fn delete_reading(db: &Connection, page: i64) -> rusqlite::Result<()> {
    crate::ledger::delete_prints(db, page)?;
    db.execute(
        "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE document = ?1)",
        [page],
    )?;
    for table in ["claim_words", "claim_terms"] {
        db.execute(
            &format!(
                "DELETE FROM {table} WHERE rowid IN (SELECT id FROM claim WHERE document = ?1)"
            ),
            [page],
        )?;
    }
    db.execute("DELETE FROM document WHERE id = ?1", [page])?;
    Ok(())
}

/// A field's words with their variants, as they go into an index.
pub(crate) fn indexed(parts: &[Option<&str>], stems: &Stems) -> String {
    let mut out = String::new();
    let mut push = |form: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(form);
    };
    for word in parts.iter().flatten().flat_map(|part| words_of(part)) {
        push(&word.form);
        stems.variants(&word.form).iter().for_each(|v| push(v));
    }
    out
}

/// The page's id as the file writes it, read back.
pub(crate) fn page_id(text: &str) -> rusqlite::Result<PageId> {
    text.parse().map_err(|e| unreadable(Box::new(e)))
}

/// The error for a value that this program would not have written.
pub(crate) fn unreadable(source: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, source)
}
