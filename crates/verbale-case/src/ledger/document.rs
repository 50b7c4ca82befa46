//! One document, and one claim in its context.

use rusqlite::{Connection, params};
use verbale_core::{
    Claim, ClaimId, Diagnostic, Document, Entity, Mention, Page, PageId, PageOrigin, Passage,
    TextRange, diagnostic,
};

use super::{StoredClaim, claim_by_id, claims_of};
use crate::error::{Error, Result};
use crate::exchange::{DocumentLine, Reading};
use crate::search::names;
use crate::store::{decode, document_row, page_id, page_row, range, terms, unreadable};
use crate::{Case, Run};

/// A document with all that the case has of it.
#[derive(Debug, Clone)]
pub struct StoredDocument {
    /// Where the page came from first.
    pub origin: PageOrigin,
    /// The text.
    pub document: Document,
    /// The claims in the order of their words, rejected ones too.
    pub claims: Vec<StoredClaim>,
    /// What the words refer to, by the links that hold now.
    pub entities: Vec<Entity>,
    /// What is to be said about the page. Codes that this program does not know are left out.
    pub diagnostics: Vec<Diagnostic>,
    /// What made this reading.
    pub run: Run,
}

/// How many ids are listed that begin alike.
const MOST_IDS: u32 = 20;

impl StoredDocument {
    /// The document as a line of the exchange format.
    pub fn to_line(&self) -> DocumentLine {
        let claims: Vec<Claim> = self.claims.iter().map(|c| c.claim.clone()).collect();
        DocumentLine::new(Reading {
            id: None,
            origin: &self.origin,
            document: &self.document,
            claims: &claims,
            entities: &self.entities,
            diagnostics: &self.diagnostics,
        })
    }
}

/// A claim with the passage it stands in.
#[derive(Debug, Clone)]
pub struct Context {
    /// The claim.
    pub claim: StoredClaim,
    /// The text of the passage that holds the claim's words.
    pub passage: String,
    /// Where the words stand in `passage`, in bytes.
    pub range: TextRange,
    /// The passage in the document.
    pub place: Passage,
}

impl Case {
    /// The claim with this id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn claim(&self, id: ClaimId) -> Result<Option<StoredClaim>> {
        self.run(|db| claim_by_id(db, id))
    }

    /// The claim with this id and the passage it stands in.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn claim_in_context(&self, id: ClaimId) -> Result<Option<Context>> {
        self.run(|db| {
            let Some(claim) = claim_by_id(db, id)? else {
                return Ok(None);
            };
            let row = page_row(db, claim.document.page)?;
            let document = match row {
                Some((row, _)) => document_row(db, row)?,
                None => None,
            };
            Ok(document.and_then(|document| context(claim, &document)))
        })
    }

    /// The document of a page, with its claims.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document(&self, page: PageId) -> Result<Option<StoredDocument>> {
        self.consistently(|case| {
            case.run(|db| match page_row(db, page)? {
                Some((row, _)) => stored_document(db, row),
                None => Ok(None),
            })
        })
    }

    /// The ids of pages, claims, entities and decisions that begin with `start`, at most 20, in this order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn ids_starting(&self, start: &str) -> Result<Vec<String>> {
        // Ids are lower-case ASCII, so a range finds them; nothing sorts after `{`.
        let start = start.to_ascii_lowercase();
        let end = format!("{start}{{");
        self.run(|db| {
            let claims = terms::ids_starting(db, &start, MOST_IDS)?;
            db.prepare_cached(
                "SELECT id FROM (
                     SELECT 1 AS rank, page_id AS id FROM page WHERE page_id >= ?1 AND page_id < ?2
                     UNION ALL
                     SELECT 2, value FROM json_each(?3)
                     UNION ALL
                     SELECT 3, entity_id FROM entity WHERE entity_id >= ?1 AND entity_id < ?2
                     UNION ALL
                     SELECT 4, decision_id FROM decision WHERE decision_id >= ?1 AND decision_id < ?2)
                 ORDER BY rank, id LIMIT ?4",
            )?
            .query_map(params![start, end, crate::run::json(&claims), MOST_IDS], |row| row.get(0))?
            .collect()
        })
    }

    /// The publishers of the case in whose names `words` stand in a row, in the order of the alphabet.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn publishers_called(&self, words: &str) -> Result<Vec<String>> {
        self.run(|db| names::publishers(db, words))
    }

    /// Every page of the case that has not been withdrawn, in the order in which they were added.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pages(&self) -> Result<Vec<PageId>> {
        self.run(|db| {
            db.prepare_cached("SELECT page_id FROM page WHERE withdrawn_at IS NULL ORDER BY id")?
                .query_map([], |row| page_id(&row.get::<_, String>(0)?))?
                .collect()
        })
    }

    /// True if the case has this page and it was not withdrawn.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn has_page(&self, id: PageId) -> Result<bool> {
        self.run(|db| Ok(matches!(page_row(db, id)?, Some((_, false)))))
    }

    /// The page as it was captured, with its first origin. `None` if there is none, or it was withdrawn.
    ///
    /// # Errors
    /// If the file cannot be read, or the stored bytes are damaged.
    pub fn page(&self, id: PageId) -> Result<Option<Page>> {
        let page = self.run(|db| {
            let Some((row, false)) = page_row(db, id)? else {
                return Ok(None);
            };
            let (media_type, n_bytes, encoding, stored): (String, i64, String, Vec<u8>) = db
                .prepare_cached(
                    "SELECT p.media_type, p.n_bytes, b.encoding, b.bytes
                     FROM page p JOIN page_bytes b ON b.page = p.id WHERE p.id = ?1",
                )?
                .query_row([row], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?;
            Ok(Some((
                media_type,
                decode(&encoding, stored, n_bytes),
                origin(db, row)?,
            )))
        })?;
        page.map(|(media_type, bytes, origin)| {
            Ok(Page {
                bytes: bytes.ok_or_else(|| Error::Damaged {
                    path: self.path.clone(),
                    what: format!("bytes of {id}"),
                })?,
                media_type,
                origin,
            })
        })
        .transpose()
    }
}

/// The claim in its passage; `None` if its range lies in no passage or across two.
fn context(claim: StoredClaim, document: &Document) -> Option<Context> {
    let range = claim.claim.evidence.range();
    let (_, place) = document.passage_at(range.start())?;
    if !place.range.contains_range(range) {
        return None;
    }
    let place = place.clone();
    let passage = document.slice(place.range).to_owned();
    let range = range - place.range.start();
    // A file from somebody else may cut a character in two.
    passage.get(std::ops::Range::<usize>::from(range))?;
    Some(Context {
        claim,
        passage,
        range,
        place,
    })
}

/// The document in this row with all that the case has of it.
pub(crate) fn stored_document(
    db: &Connection,
    row: i64,
) -> rusqlite::Result<Option<StoredDocument>> {
    let Some(document) = document_row(db, row)? else {
        return Ok(None);
    };
    Ok(Some(StoredDocument {
        origin: origin(db, row)?,
        claims: claims_of(db, row)?,
        entities: entities(db, row)?,
        diagnostics: diagnostics(db, row)?,
        run: run(db, row)?,
        document,
    }))
}

/// Where the page was found first.
pub(super) fn origin(db: &Connection, page: i64) -> rusqlite::Result<PageOrigin> {
    db.prepare_cached(
        "SELECT path, address, containers, captured_at FROM capture WHERE page = ?1 ORDER BY id LIMIT 1",
    )?
    .query_row([page], |row| {
        let containers: String = row.get(2)?;
        let captured: Option<String> = row.get(3)?;
        Ok(PageOrigin {
            path: row.get(0)?,
            address: row.get(1)?,
            containers: serde_json::from_str(&containers).map_err(|e| unreadable(Box::new(e)))?,
            captured: captured
                .map(|t| t.parse().map_err(|e| unreadable(Box::new(e))))
                .transpose()?,
        })
    })
}

fn entities(db: &Connection, document: i64) -> rusqlite::Result<Vec<Entity>> {
    let mut entities: Vec<(i64, Entity)> = Vec::new();
    let mut mentions = db.prepare_cached(
        "SELECT coalesce(e.merged_into, e.id), m.start, m.\"end\", m.kind
         FROM mention m JOIN link l ON l.mention = m.id JOIN entity e ON e.id = l.entity
         WHERE m.document = ?1 AND l.superseded = 0 AND l.judgement = 'positive' ORDER BY m.id",
    )?;
    let mut rows = mentions.query([document])?;
    while let Some(row) = rows.next()? {
        let entity = crate::store::representative(db, row.get(0)?)?;
        let kind: String = row.get(3)?;
        let mention = Mention {
            range: range(row.get(1)?, row.get(2)?)?,
            kind: kind.parse().map_err(|e| unreadable(Box::new(e)))?,
        };
        match entities.iter_mut().find(|(id, _)| *id == entity) {
            Some((_, known)) => known.mentions.push(mention),
            None => entities.push((entity, load_entity(db, entity, mention)?)),
        }
    }
    Ok(entities.into_iter().map(|(_, entity)| entity).collect())
}

fn load_entity(db: &Connection, row: i64, mention: Mention) -> rusqlite::Result<Entity> {
    let forms = db
        .prepare_cached("SELECT form FROM entity_form WHERE entity = ?1")?
        .query_map([row], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    db.prepare_cached("SELECT name, kind, pack_id FROM entity WHERE id = ?1")?
        .query_row([row], |row| {
            let kind: String = row.get(1)?;
            Ok(Entity {
                name: row.get(0)?,
                kind: kind.parse().map_err(|e| unreadable(Box::new(e)))?,
                pack_id: row.get(2)?,
                forms,
                mentions: vec![mention],
            })
        })
}

fn diagnostics(db: &Connection, document: i64) -> rusqlite::Result<Vec<Diagnostic>> {
    let mut statement = db.prepare_cached(
        "SELECT code, message, start, \"end\" FROM diagnostic WHERE document = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([document])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(code) = diagnostic::find(&row.get::<_, String>(0)?) else {
            continue;
        };
        let remark = Diagnostic::new(code, row.get::<_, String>(1)?);
        out.push(match (row.get(2)?, row.get(3)?) {
            (Some(start), Some(end)) => remark.at(range(start, end)?),
            _ => remark,
        });
    }
    Ok(out)
}

/// What made the reading of a document.
pub(crate) fn run(db: &Connection, document: i64) -> rusqlite::Result<Run> {
    db.prepare_cached(
        "SELECT r.program, r.reader, r.pipeline, r.packs FROM document d JOIN run r ON r.id = d.run WHERE d.id = ?1",
    )?
    .query_row([document], |row| {
        let packs: String = row.get(3)?;
        Ok(Run {
            program: row.get(0)?,
            reader: row.get(1)?,
            pipeline: row.get(2)?,
            packs: serde_json::from_str(&packs).map_err(|e| unreadable(Box::new(e)))?,
        })
    })
}
