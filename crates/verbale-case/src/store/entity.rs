//! Entities of the case, their mentions, and the links between the two.
//!
//! What an extractor found inside one document becomes one entity of the case by the pack's id, else by kind
//! and name. Everything beyond that (two names for one thing, one name for two) is for people to decide.

use std::fmt;

use rusqlite::{Connection, OptionalExtension, params};
use verbale_core::{Entity, EntityKind, TextRange, TextSize};

use super::NewDocument;
use crate::search::{facets, words::folded_name};

/// Identity of an entity in any case: digest of the pack's id, else of kind and folded name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub(crate) String);

impl EntityId {
    /// The letters before the underscore.
    pub const PREFIX: &'static str = "ent";

    /// The id of what has this kind and name, or this id in a pack; then kind and name do not count.
    pub fn new(kind: EntityKind, name: &str, pack_id: Option<&str>) -> Self {
        let folded = folded_name(name);
        let parts = match pack_id {
            Some(id) => ["pack", id],
            // A name without letters and digits still is a name.
            None if folded.is_empty() => [kind.as_str(), name],
            None => [kind.as_str(), &folded],
        };
        Self(crate::digest::id(Self::PREFIX, &parts))
    }

    /// The id that is written `text`, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.strip_prefix("ent_")?;
        let fits = code.len() == 26
            && code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An entity of the case with what one document has of it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The row of the entity that stands for it: the end of the chain of merges.
    pub(crate) row: i64,
    /// The row of the entity itself.
    pub(super) own: i64,
    /// Its folded forms, each between blanks so that whole words can be looked for.
    pub(crate) forms: Vec<String>,
    /// Where the document mentions it.
    pub(crate) mentions: Vec<TextRange>,
}

impl Found {
    /// True if one of the forms stands in `padded`, a folded name between blanks.
    pub(crate) fn is_named_in(&self, padded: &str) -> bool {
        self.forms.iter().any(|form| padded.contains(form.as_str()))
    }
}

/// A folded name between blanks.
pub(crate) fn padded(name: &str) -> String {
    format!(" {} ", folded_name(name))
}

/// Inserts the entities of a document that the case does not have, their forms, mentions and links.
pub(super) fn insert(
    db: &Connection,
    document: i64,
    new: &NewDocument<'_>,
) -> rusqlite::Result<Vec<Found>> {
    new.entities
        .iter()
        .map(|entity| {
            let own = row(db, entity)?;
            for form in std::iter::once(&entity.name).chain(&entity.forms) {
                db.prepare_cached(
                    "INSERT OR IGNORE INTO entity_form (entity, form, folded) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![own, form, folded_name(form)])?;
            }
            for mention in &entity.mentions {
                insert_mention(db, document, mention.range, mention.kind, own)?;
            }
            Ok(Found {
                row: representative(db, own)?,
                own,
                forms: std::iter::once(&entity.name)
                    .chain(&entity.forms)
                    .map(|form| padded(form))
                    .filter(|form| form.len() > 2)
                    .collect(),
                mentions: entity.mentions.iter().map(|m| m.range).collect(),
            })
        })
        .collect()
}

/// The entities, by their own rows, that each passage mentions of those that start there. What stands in two passages
/// is mentioned in the first.
pub(super) fn in_passages(
    starts: &[TextSize],
    mentions: impl Iterator<Item = (i64, TextRange)>,
) -> Vec<Vec<i64>> {
    let mut out = vec![Vec::new(); starts.len()];
    for (entity, range) in mentions {
        let behind = starts.partition_point(|start| *start <= range.start());
        if let Some(found) = out.get_mut(behind.saturating_sub(1))
            && !found.contains(&entity)
        {
            found.push(entity);
        }
    }
    out
}

/// The entities that a document mentions by the links that hold now, and where.
pub(super) fn linked(db: &Connection, document: i64) -> rusqlite::Result<Vec<(i64, TextRange)>> {
    db.prepare_cached(
        "SELECT l.entity, m.start, m.\"end\" FROM mention m JOIN link l ON l.mention = m.id
         WHERE m.document = ?1 AND l.superseded = 0 AND l.judgement = 'positive' ORDER BY m.id",
    )?
    .query_map([document], |row| {
        Ok((row.get(0)?, super::range(row.get(1)?, row.get(2)?)?))
    })?
    .collect()
}

/// The documents with passages that the index has as mentioning one of these entities: by their own rows, by links
/// that held when the passages were indexed.
pub(crate) fn documents_of(db: &Connection, entities: &[i64]) -> rusqlite::Result<Vec<i64>> {
    let mut out = Vec::new();
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT p.document FROM passage_words JOIN passage p ON p.id = passage_words.rowid
         WHERE passage_words MATCH ?1",
    )?;
    for entity in entities {
        let facet = facets::entity(*entity);
        for document in statement.query_map([facet], |row| row.get(0))? {
            out.push(document?);
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// True if [`documents_of`] the entity are any.
pub(crate) fn is_mentioned(db: &Connection, entity: i64) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM passage_words WHERE passage_words MATCH ?1 LIMIT 1")?
        .exists([facets::entity(entity)])
}

fn row(db: &Connection, entity: &Entity) -> rusqlite::Result<i64> {
    let id = EntityId::new(entity.kind, &entity.name, entity.pack_id.as_deref());
    insert_entity(
        db,
        &id,
        &entity.name,
        entity.kind,
        entity.pack_id.as_deref(),
    )
}

/// The row of the entity with this id, which is made if there is none.
pub(crate) fn insert_entity(
    db: &Connection,
    id: &EntityId,
    name: &str,
    kind: EntityKind,
    pack_id: Option<&str>,
) -> rusqlite::Result<i64> {
    if let Some(row) = find(db, id)? {
        return Ok(row);
    }
    db.prepare_cached(
        "INSERT INTO entity (entity_id, name, kind, pack_id) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![id.0, name, kind.as_str(), pack_id])?;
    Ok(db.last_insert_rowid())
}

pub(crate) fn find(db: &Connection, id: &EntityId) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT id FROM entity WHERE entity_id = ?1")?
        .query_row([&id.0], |row| row.get(0))
        .optional()
}

fn insert_mention(
    db: &Connection,
    document: i64,
    range: TextRange,
    kind: EntityKind,
    entity: i64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO mention (document, start, \"end\", kind) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        document,
        u32::from(range.start()),
        u32::from(range.end()),
        kind.as_str()
    ])?;
    db.prepare_cached("INSERT INTO link (mention, entity, judgement) VALUES (?1, ?2, 'positive')")?
        .execute(params![db.last_insert_rowid(), entity])?;
    Ok(())
}

/// The entity that stands for `row` after all merges.
pub(crate) fn representative(db: &Connection, row: i64) -> rusqlite::Result<i64> {
    // Decisions cannot make a circle; the bound is for files that were tampered with.
    let mut at = row;
    for _ in 0..64 {
        let next: Option<i64> = db
            .prepare_cached("SELECT merged_into FROM entity WHERE id = ?1")?
            .query_row([at], |row| row.get(0))?;
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

/// What a document mentions, by the links that hold now.
pub(crate) fn found_in(db: &Connection, document: i64) -> rusqlite::Result<Vec<Found>> {
    let mut own: Vec<(i64, Found)> = Vec::new();
    for (entity, mention) in linked(db, document)? {
        match own.iter_mut().find(|(id, _)| *id == entity) {
            Some((_, found)) => found.mentions.push(mention),
            None => own.push((
                entity,
                Found {
                    row: representative(db, entity)?,
                    own: entity,
                    forms: padded_forms(db, entity)?,
                    mentions: vec![mention],
                },
            )),
        }
    }
    Ok(own.into_iter().map(|(_, found)| found).collect())
}

fn padded_forms(db: &Connection, entity: i64) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT DISTINCT folded FROM entity_form WHERE entity = ?1 AND folded <> ''")?
        .query_map([entity], |row| {
            Ok(format!(" {} ", row.get::<_, String>(0)?))
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{Sample, figure};
    use crate::{Case, EntityId, Search};
    use verbale_core::EntityKind;

    #[test]
    fn furniture_is_found_by_its_entities_only() {
        let mut case = Case::in_memory().unwrap();
        Sample::new("a.txt", "Head\nTen boats left.\n| Orsk weather: boats stay")
            .entity("Orsk", EntityKind::Place, &["Orsk"])
            .claim("Ten boats", "x", figure("10", "boats", "boats", "Orsk"))
            .add_to(&mut case);
        let id = EntityId::new(EntityKind::Place, "Orsk", None);
        let documents = case
            .run(|db| {
                let row = super::find(db, &id)?.unwrap();
                assert!(super::is_mentioned(db, row)?);
                assert!(!super::is_mentioned(db, row + 1)?);
                super::documents_of(db, &[row, row])
            })
            .unwrap();
        assert_eq!(documents.len(), 1);
        let with_entity = Search {
            entity: Some(id),
            ..Search::new("boats")
        };
        assert_eq!(case.search(&with_entity).unwrap(), []);
        assert_eq!(case.search(&Search::new("boats")).unwrap().len(), 1);
    }
}
