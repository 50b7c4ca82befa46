//! What decisions make of entities: merges, splits, and links of single mentions.

use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::EntityKind;

use super::{DecideError, Ruling, journal};
use crate::EntityId;
use crate::digest;
use crate::search::words::folded_name;
use crate::store::{self, find_entity, insert_entity, representative, unreadable};

/// Checks that both entities are there and that the merge closes no circle.
pub(super) fn check_merge(
    db: &Connection,
    entity: &EntityId,
    into: &EntityId,
) -> rusqlite::Result<Result<(), DecideError>> {
    let (from, to) = (find_entity(db, entity)?, find_entity(db, into)?);
    let (Some(from), Some(to)) = (from, to) else {
        let missing = if from.is_none() { entity } else { into };
        return Ok(Err(DecideError::Unknown {
            what: "entity",
            id: missing.to_string(),
        }));
    };
    Ok(if representative(db, to)? == representative(db, from)? {
        Err(DecideError::Refused {
            why: "the two entities are one already",
            id: entity.to_string(),
        })
    } else {
        Ok(())
    })
}

/// Makes all merges, splits and links again from the journal.
///
/// Decisions about entities are few and hang on each other (a merge of what was split), so they are carried out
/// together rather than one by one.
pub(super) fn project(db: &Connection) -> rusqlite::Result<()> {
    // The index has what these mention by the links that held until now.
    let mut relinked = decided_documents(db)?;
    let mut touched = merged_documents(db)?;
    db.execute(
        "UPDATE entity SET merged_into = NULL WHERE merged_into IS NOT NULL",
        [],
    )?;
    db.execute("DELETE FROM link WHERE decision IS NOT NULL", [])?;
    db.execute("UPDATE link SET superseded = 0 WHERE superseded = 1", [])?;
    for decision in journal::effective_acts(db, &["link", "split", "merge"])? {
        carry_out(
            db,
            &decision.id,
            &decision.ruling,
            &Where::Anywhere(&relinked),
        )?;
    }
    relinked.extend(decided_documents(db)?);
    touched.extend(merged_documents(db)?);
    relink_all(db, relinked, touched)
}

/// Makes what follows from links again: in documents whose links may have changed, and in those whose entities only
/// stand for others by now.
fn relink_all(
    db: &Connection,
    mut relinked: Vec<i64>,
    mut touched: Vec<i64>,
) -> rusqlite::Result<()> {
    touched.extend(&relinked);
    for documents in [&mut relinked, &mut touched] {
        documents.sort_unstable();
        documents.dedup();
    }
    for document in touched {
        store::relink(db, document)?;
        if relinked.binary_search(&document).is_ok() {
            store::reindex_passages(db, document)?;
        }
    }
    Ok(())
}

/// Carries out splits and links on a page that was just read.
pub(super) fn project_page(db: &Connection, page_id: &str) -> rusqlite::Result<()> {
    let decisions = journal::effective_acts(db, &["link", "split"])?;
    if decisions.is_empty() {
        return Ok(());
    }
    let document: Option<i64> = db
        .prepare_cached("SELECT id FROM page WHERE page_id = ?1")?
        .query_row([page_id], |row| row.get(0))
        .optional()?;
    let Some(document) = document else {
        return Ok(());
    };
    for decision in decisions {
        carry_out(db, &decision.id, &decision.ruling, &Where::Here(document))?;
    }
    relink_all(db, vec![document], Vec::new())
}

/// Where decisions about entities are carried out.
enum Where<'a> {
    /// In one document.
    Here(i64),
    /// In all; in these, the index has entities by other links than those that hold now.
    Anywhere(&'a [i64]),
}

impl Where<'_> {
    fn has(&self, document: i64) -> bool {
        match self {
            Self::Here(here) => *here == document,
            Self::Anywhere(_) => true,
        }
    }

    /// The documents in which an entity may be mentioned.
    fn documents_of(&self, db: &Connection, entity: i64) -> rusqlite::Result<Vec<i64>> {
        Ok(match self {
            Self::Here(here) => vec![*here],
            Self::Anywhere(others) => {
                let mut out = store::documents_of(db, &[entity])?;
                out.extend(*others);
                out.extend(decided_documents(db)?);
                out.sort_unstable();
                out.dedup();
                out
            }
        })
    }
}

/// The documents in which somebody decided about a mention.
fn decided_documents(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT DISTINCT m.document FROM link l JOIN mention m ON m.id = l.mention WHERE l.decision IS NOT NULL",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// The documents that mention a merged entity, or what one was merged into.
fn merged_documents(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    let merged: Vec<i64> = db
        .prepare_cached(
            "SELECT id FROM entity WHERE merged_into IS NOT NULL
             UNION SELECT merged_into FROM entity WHERE merged_into IS NOT NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    store::documents_of(db, &merged)
}

/// Carries out one decision.
fn carry_out(
    db: &Connection,
    decision: &str,
    ruling: &Ruling,
    place: &Where<'_>,
) -> rusqlite::Result<()> {
    match ruling {
        Ruling::Merge { entity, into } => {
            let (Some(from), Some(into)) = (find_entity(db, entity)?, find_entity(db, into)?)
            else {
                return Ok(());
            };
            let (from, into) = (representative(db, from)?, representative(db, into)?);
            // Two people may have merged the same two in opposite directions; the first holds.
            if from != into {
                db.execute(
                    "UPDATE entity SET merged_into = ?2 WHERE id = ?1",
                    [from, into],
                )?;
            }
            Ok(())
        }
        Ruling::Split { entity, form, page } => {
            let Some(old) = find_entity(db, entity)? else {
                return Ok(());
            };
            let new = split_off(db, old, decision, form)?;
            let page = page.map(|p| p.to_string());
            for mention in mentions_called(db, old, form, page.as_deref(), place)? {
                relink_mention(db, mention, new, decision)?;
            }
            Ok(())
        }
        Ruling::Link {
            page,
            range,
            entity,
        } => {
            let Some(entity) = find_entity(db, entity)? else {
                return Ok(());
            };
            let mention = mention_at(db, &page.to_string(), *range, place)?;
            mention.map_or(Ok(()), |mention| {
                relink_mention(db, mention, entity, decision)
            })
        }
        _ => Ok(()),
    }
}

/// The entity that a split makes; the decision is part of its id, so that the same split makes the same.
fn split_off(db: &Connection, old: i64, decision: &str, form: &str) -> rusqlite::Result<i64> {
    let kind: String = db
        .prepare_cached("SELECT kind FROM entity WHERE id = ?1")?
        .query_row([old], |row| row.get(0))?;
    let kind: EntityKind = kind.parse().map_err(|e| unreadable(Box::new(e)))?;
    let id = EntityId(digest::id("ent", &["split", decision]));
    let new = insert_entity(db, &id, form, kind, None)?;
    db.prepare_cached(
        "INSERT OR IGNORE INTO entity_form (entity, form, folded) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![new, form, folded_name(form)])?;
    Ok(new)
}

/// The mentions of an entity whose words are `form`.
fn mentions_called(
    db: &Connection,
    entity: i64,
    form: &str,
    page: Option<&str>,
    place: &Where<'_>,
) -> rusqlite::Result<Vec<i64>> {
    let wanted = folded_name(form);
    let mut statement = db.prepare_cached(
        "SELECT m.id, CAST(substr(CAST(d.text AS BLOB), m.start + 1, m.\"end\" - m.start) AS TEXT)
         FROM mention m JOIN link l ON l.mention = m.id JOIN document d ON d.id = m.document
         JOIN page p ON p.id = d.id
         WHERE m.document = ?3 AND l.entity = ?1 AND l.superseded = 0 AND l.judgement = 'positive'
           AND (?2 IS NULL OR p.page_id = ?2)",
    )?;
    let mut out = Vec::new();
    for document in place.documents_of(db, entity)? {
        let mut rows = statement.query(params![entity, page, document])?;
        while let Some(row) = rows.next()? {
            if folded_name(&row.get::<_, String>(1)?) == wanted {
                out.push(row.get(0)?);
            }
        }
    }
    Ok(out)
}

/// The mention with these words, which is made where the program has none.
fn mention_at(
    db: &Connection,
    page: &str,
    range: verbale_core::TextRange,
    place: &Where<'_>,
) -> rusqlite::Result<Option<i64>> {
    let (start, end) = (u32::from(range.start()), u32::from(range.end()));
    let document: Option<i64> = db
        .prepare_cached(
            "SELECT d.id FROM document d JOIN page p ON p.id = d.id WHERE p.page_id = ?1",
        )?
        .query_row([page], |row| row.get(0))
        .optional()?;
    let Some(document) = document.filter(|d| place.has(*d)) else {
        return Ok(None);
    };
    let known = db
        .prepare_cached(
            "SELECT id FROM mention WHERE document = ?1 AND start = ?2 AND \"end\" = ?3",
        )?
        .query_row(params![document, start, end], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    db.execute(
        "INSERT INTO mention (document, start, \"end\", kind) VALUES (?1, ?2, ?3, 'other')",
        params![document, start, end],
    )?;
    Ok(Some(db.last_insert_rowid()))
}

/// Joins a mention with another entity: the links that it has are superseded, not deleted.
fn relink_mention(
    db: &Connection,
    mention: i64,
    entity: i64,
    decision: &str,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO link (mention, entity, judgement, decision)
         SELECT mention, entity, 'negative', ?2 FROM link
         WHERE mention = ?1 AND superseded = 0 AND judgement = 'positive' AND entity <> ?3",
    )?
    .execute(params![mention, decision, entity])?;
    db.prepare_cached(
        "UPDATE link SET superseded = 1 WHERE mention = ?1 AND judgement = 'positive'",
    )?
    .execute([mention])?;
    db.prepare_cached(
        "INSERT INTO link (mention, entity, judgement, decision) VALUES (?1, ?2, 'positive', ?3)",
    )?
    .execute(params![mention, entity, decision])?;
    Ok(())
}
