//! Documents with their passages and diagnostics, written and read.

use rusqlite::{Connection, OptionalExtension, Row, params};
use verbale_core::{
    Digest, Document, Interval, Metadata, Passage, Publication, Role, TextRange, TextSize,
};

use super::{NewDocument, Pending, page_id, unreadable};
use crate::run::json;
use crate::search::facets;
use crate::search::words::{self, Stems};

/// Inserts a document but for its words, and returns the rows of its passages.
pub(super) fn insert(
    db: &Connection,
    page: i64,
    new: &NewDocument<'_>,
    run: i64,
) -> rusqlite::Result<Vec<i64>> {
    let document = new.document;
    let metadata = &document.metadata;
    let published = metadata.published.as_ref();
    let days = published.and_then(|p| p.date.interval());
    db.prepare_cached(
        "INSERT INTO document (id, text, text_sha256, title, authors, publisher, agency, published, published_by,
           published_first, published_last, updated, dateline, language, kind, address, run)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?
    .execute(params![
        page,
        document.text(),
        Digest::of(document.text().as_bytes()).0,
        metadata.title,
        json(&metadata.authors),
        metadata.publisher,
        metadata.agency,
        published.map(|p| p.date.to_string()),
        published.map(|p| &p.rule),
        days.and_then(|d| d.start()).map(|d| d.to_string()),
        days.and_then(|d| d.end()).map(|d| d.to_string()),
        metadata.updated.map(|d| d.to_string()),
        metadata.dateline,
        metadata.language,
        metadata.kind,
        metadata.address,
        run
    ])?;
    let mut passages = Vec::new();
    for (idx, passage) in document.passages().iter().enumerate() {
        passages.push(insert_passage(db, page, idx, passage)?);
    }
    for diagnostic in new.diagnostics {
        db.prepare_cached(
            "INSERT INTO diagnostic (document, code, message, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            page,
            diagnostic.code.code,
            diagnostic.message,
            diagnostic.range.map(|r| u32::from(r.start())),
            diagnostic.range.map(|r| u32::from(r.end()))
        ])?;
    }
    Ok(passages)
}

/// Keeps for the index what it gets of the passages in these rows, each with the rows of the entities that it mentions.
/// Furniture is found by its entities only.
pub(super) fn pend(
    rows: &[i64],
    mentioned: &[Vec<i64>],
    document: &Document,
    stems: &Stems,
    pending: &mut Pending,
) {
    let facets = facets::of(&document.metadata);
    for ((row, passage), entities) in rows.iter().zip(document.passages()).zip(mentioned) {
        let mut beside: Vec<String> = entities.iter().map(|e| facets::entity(*e)).collect();
        let mut forms = String::new();
        if is_searched(passage.role) {
            let found = words::words(document.slice(passage.range));
            beside.splice(0..0, found.iter().flat_map(|w| stems.variants(&w.form)));
            beside.push(facets.clone());
            forms = words::joined(found.into_iter().map(|w| w.form));
        }
        if !beside.is_empty() {
            pending.passage(*row, [forms, beside.join(" ")]);
        }
    }
}

fn insert_passage(
    db: &Connection,
    document: i64,
    idx: usize,
    passage: &Passage,
) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO passage (document, idx, role, start, \"end\", repeats) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        document,
        idx as i64,
        passage.role.as_str(),
        u32::from(passage.range.start()),
        u32::from(passage.range.end()),
        passage.repeats.map(|i| i as i64)
    ])?;
    Ok(db.last_insert_rowid())
}

/// Furniture and copies would only crowd out what a page says.
fn is_searched(role: Role) -> bool {
    role.carries_claims() || matches!(role, Role::Byline | Role::Meta)
}

/// The document of a page, if the page has one.
///
/// What breaks the invariants of a document is reported as unreadable, since a file from somebody else may.
pub(crate) fn document_row(db: &Connection, page: i64) -> rusqlite::Result<Option<Document>> {
    let found = db
        .prepare_cached(
            "SELECT p.page_id, d.text, d.title, d.authors, d.publisher, d.agency, d.published, d.published_by,
               d.updated, d.dateline, d.language, d.kind, d.address
             FROM document d JOIN page p ON p.id = d.id WHERE d.id = ?1",
        )?
        .query_row([page], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, metadata(row)?))
        })
        .optional()?;
    let Some((id, text, metadata)) = found else {
        return Ok(None);
    };
    let passages: Vec<Passage> = db
        .prepare_cached(
            "SELECT role, start, \"end\", repeats FROM passage WHERE document = ?1 ORDER BY idx",
        )?
        .query_map([page], passage)?
        .collect::<rusqlite::Result<_>>()?;
    let mut end = TextSize::default();
    for passage in &passages {
        let range = std::ops::Range::<usize>::from(passage.range);
        if passage.range.start() < end || text.get(range).is_none() {
            return Err(unreadable(format!("passage at {:?}", passage.range).into()));
        }
        end = passage.range.end();
    }
    Ok(Some(Document::new(page_id(&id)?, text, passages, metadata)))
}

fn metadata(row: &Row<'_>) -> rusqlite::Result<Metadata> {
    let date = |text: Option<String>| {
        text.map(|t| t.parse().map_err(|e| unreadable(Box::new(e))))
            .transpose()
    };
    let authors: String = row.get(3)?;
    let rule: Option<String> = row.get(7)?;
    Ok(Metadata {
        title: row.get(2)?,
        authors: serde_json::from_str(&authors).map_err(|e| unreadable(Box::new(e)))?,
        publisher: row.get(4)?,
        agency: row.get(5)?,
        published: date(row.get(6)?)?.map(|date| Publication {
            date,
            rule: rule.unwrap_or_default(),
        }),
        updated: date(row.get(8)?)?,
        dateline: row.get(9)?,
        language: row.get(10)?,
        kind: row.get(11)?,
        address: row.get(12)?,
    })
}

fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    let role: String = row.get(0)?;
    Ok(Passage {
        role: role.parse().map_err(|e| unreadable(Box::new(e)))?,
        range: range(row.get(1)?, row.get(2)?)?,
        repeats: row.get::<_, Option<u32>>(3)?.map(|i| i as usize),
    })
}

/// A range from two stored offsets.
pub(crate) fn range(start: u32, end: u32) -> rusqlite::Result<TextRange> {
    if start > end {
        return Err(unreadable(format!("range {start}..{end}").into()));
    }
    Ok(TextRange::new(start.into(), end.into()))
}

/// The days on which a document may have been published.
pub(crate) fn published(db: &Connection, document: i64) -> rusqlite::Result<Option<Interval>> {
    let day = |text: Option<String>| text.and_then(|d| d.parse().ok());
    db.prepare_cached("SELECT published_first, published_last FROM document WHERE id = ?1")?
        .query_row([document], |row| {
            Ok(Interval::new(day(row.get(0)?), day(row.get(1)?)))
        })
}
