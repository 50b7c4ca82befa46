//! Entities: the list, and one with what is said by it, of it and in it.

use serde::Serialize;
use verbale_case::{
    EntityId,
    ledger::{ListedEntity, Part, Slice, StoredEntity},
};
use verbale_core::EntityKind;

use super::{ClaimCard, Pager, claims::page_of, offset};
use crate::{desk::Sources, error::Fault};

/// How many rows one page of the list has.
const ROWS: u32 = 60;

/// How many claims an entity's page shows of each part.
const CLAIMS: u32 = 40;

/// An entity in a list.
#[derive(Debug, Serialize)]
pub struct EntityRow {
    /// Its address on the desk.
    pub href: String,
    /// `ent_…`.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// `person`, `organization`, …
    pub kind: &'static str,
    /// The pack's name for it.
    pub pack_id: Option<String>,
    /// How many claims it makes.
    pub n_said: u64,
    /// How many claims are about it.
    pub n_about: u64,
    /// How often the pages mention it.
    pub n_mentions: u64,
}

impl EntityRow {
    fn of(listed: &ListedEntity) -> Self {
        let id = listed.id.to_string();
        Self {
            href: format!("/entity/{id}"),
            id,
            name: listed.name.clone(),
            kind: listed.kind.as_str(),
            pack_id: listed.pack_id.clone(),
            n_said: listed.n_said,
            n_about: listed.n_about,
            n_mentions: listed.n_mentions,
        }
    }

    fn of_stored(stored: &StoredEntity) -> Self {
        let id = stored.id.to_string();
        Self {
            href: format!("/entity/{id}"),
            id,
            name: stored.name.clone(),
            kind: stored.kind.as_str(),
            pack_id: stored.pack_id.clone(),
            n_said: stored.n_said,
            n_about: stored.n_about,
            n_mentions: stored.n_mentions,
        }
    }
}

/// A page of entities.
#[derive(Debug, Serialize)]
pub struct EntityList {
    /// The rows, those of most claims first.
    pub entities: Vec<EntityRow>,
    /// Every kind there is.
    pub kinds: Vec<&'static str>,
    /// The kind that is shown, if not all.
    pub kind: Option<&'static str>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The entities that are asked for.
pub(crate) fn entities(s: &Sources<'_>) -> Result<EntityList, Fault> {
    let kind: Option<EntityKind> = s.ask.parsed("kind");
    let slice = Slice {
        offset: offset(s.ask),
        limit: ROWS + 1,
    };
    let rows = s.case.entities(kind, slice)?;
    let rows = rows.iter().map(EntityRow::of).collect();
    let (entities, pager) = page_of(s.ask, ROWS, rows);
    Ok(EntityList {
        entities,
        kinds: EntityKind::ALL.iter().map(|k| k.as_str()).collect(),
        kind: kind.map(EntityKind::as_str),
        pager,
    })
}

/// One entity.
#[derive(Debug, Serialize)]
pub struct EntityPage {
    /// The entity.
    pub entity: EntityRow,
    /// The forms seen.
    pub forms: Vec<String>,
    /// What it is to claims, with the earliest such claims and whether there are more.
    pub parts: Vec<(&'static str, Vec<ClaimCard>, bool)>,
}

/// The entity with this id.
pub(crate) fn entity(s: &Sources<'_>, given: &str) -> Result<EntityPage, Fault> {
    let unknown = || Fault::Unknown {
        what: "entity",
        id: given.to_owned(),
    };
    let id = EntityId::parse(given).ok_or_else(unknown)?;
    let stored = s.case.entity_by_any_id(&id)?.ok_or_else(unknown)?;
    let mut parts = Vec::new();
    for part in Part::ALL {
        let mut claims = s.case.timeline(&stored.id, *part, None, None, CLAIMS + 1)?;
        let has_more = claims.len() > CLAIMS as usize;
        claims.truncate(CLAIMS as usize);
        if !claims.is_empty() {
            let cards = claims.iter().map(ClaimCard::of).collect();
            parts.push((part.as_str(), cards, has_more));
        }
    }
    Ok(EntityPage {
        entity: EntityRow::of_stored(&stored),
        forms: stored.forms,
        parts,
    })
}
