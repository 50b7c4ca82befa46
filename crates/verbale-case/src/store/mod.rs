//! Adding pages with what was read from them.
//!
//! One page is one transaction. Everything that can be computed outside (compressing, analysing words) is
//! small beside reading the page, so nothing is prepared in advance.

pub(crate) mod claim;
mod document;
mod entity;
mod page;

use jiff::Timestamp;
use rusqlite::Connection;
use verbale_core::{Claim, Diagnostic, Document, Entity, Page, PageId};

use crate::error::Result;
use crate::search::words::{self, Stems};
use crate::{Case, Run, run};

pub(crate) use claim::relink;
pub(crate) use document::{document_row, insert_words, is_searched, published, range};
pub use entity::EntityId;
pub(crate) use entity::{find as find_entity, found_in, insert_entity, representative};
pub(crate) use page::{decode, page_row};

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
        self.change(|db| add(db, new))
    }

    /// Adds many pages in one transaction: faster, and all or nothing.
    ///
    /// # Errors
    /// If the file cannot be written; then none was added.
    pub fn add_all<'a>(
        &mut self,
        new: impl IntoIterator<Item = NewDocument<'a>>,
    ) -> Result<Vec<Added>> {
        self.change(|db| new.into_iter().map(|new| add(db, &new)).collect())
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

fn add(db: &Connection, new: &NewDocument<'_>) -> rusqlite::Result<Added> {
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
    insert_reading(db, page, new)?;
    crate::reread::settle(db, new)?;
    Ok(Added::New)
}

/// Inserts all that a reader and an extractor made of a page.
pub(crate) fn insert_reading(
    db: &Connection,
    page: i64,
    new: &NewDocument<'_>,
) -> rusqlite::Result<()> {
    let run = run::row(db, new.run, &new.at.to_string())?;
    let stems = Stems::new([new.document.metadata.language.as_str()]);
    let passages = document::insert(db, page, new, run)?;
    let entities = entity::insert(db, page, new, &passages)?;
    let claims = claim::insert_all(db, page, new, &entities, &stems)?;
    // Words come last: at each statement that fires a trigger, the index writes what it has got so far.
    document::insert_all_words(db, &passages, new, &stems)?;
    claim::insert_all_words(db, &claims, new, &stems)
}

/// Removes all that a reader and an extractor made of a page; the page itself stays.
pub(crate) fn delete_reading(db: &Connection, page: i64) -> rusqlite::Result<()> {
    crate::ledger::delete_prints(db, page)?;
    db.execute(
        "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE document = ?1)",
        [page],
    )?;
    db.execute(
        "DELETE FROM claim_words WHERE rowid IN (SELECT id FROM claim WHERE document = ?1)",
        [page],
    )?;
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
    for word in parts.iter().flatten().flat_map(|part| words::words(part)) {
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
