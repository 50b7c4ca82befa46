//! `verbale entities`, `link`, `split`, `merge`: who is who.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Result, anyhow, bail};
use verbale_case::{Case, EntityId, StoredEntity, decision::Ruling};
use verbale_core::EntityKind;

use super::{
    super::{
        Talk,
        case::{explained, open, resolve},
    },
    enter::place,
    page, record,
};
use crate::{
    Exit,
    cli::Signed,
    table::{Column, Table},
    view,
};

const COLUMNS: &[Column] = &[
    Column {
        title: "ENTITY",
        most: 24,
    },
    Column {
        title: "KIND",
        most: 12,
    },
    Column {
        title: "SAYS",
        most: 9,
    },
    Column {
        title: "SPOKEN OF",
        most: 9,
    },
    Column {
        title: "MENTIONS",
        most: 9,
    },
    Column {
        title: "NAMES",
        most: usize::MAX,
    },
];

pub(super) fn list(
    path: &Path,
    name: Option<&str>,
    kind: Option<EntityKind>,
    limit: u32,
    talk: Talk,
) -> Result<Exit> {
    let found = open(path)?
        .entities_called(name, kind, limit)
        .map_err(explained)?;
    if found.is_empty() {
        talk.say("no entities match");
        return Ok(Exit::Done);
    }
    let mut table = Table::new(COLUMNS);
    for entity in &found {
        table.row(vec![
            id_cell(entity),
            entity.kind.to_string(),
            entity.n_said.to_string(),
            entity.n_about.to_string(),
            entity.n_mentions.to_string(),
            names(entity),
        ]);
    }
    io::stdout()
        .lock()
        .write_all(table.render(talk.style.width).as_bytes())?;
    Ok(Exit::Done)
}

/// The id, that in the packs, and those of the entities that were merged into it.
fn id_cell(entity: &StoredEntity) -> String {
    let mut lines = vec![view::short_id(&entity.id.to_string())];
    lines.extend(entity.pack_id.clone());
    let merged = entity.merged.iter();
    lines.extend(merged.map(|id| format!("+ {}", view::short_id(&id.to_string()))));
    lines.join("\n")
}

fn names(entity: &StoredEntity) -> String {
    let others = entity.forms.iter().filter(|form| **form != entity.name);
    let all: Vec<&str> = std::iter::once(&entity.name)
        .chain(others)
        .map(String::as_str)
        .collect();
    view::one_line(&all.join(" · "))
}

pub(super) fn link(
    path: &Path,
    (page_start, words, occurrence): (&str, &str, Option<usize>),
    entity_start: &str,
    signed: &Signed,
    talk: Talk,
) -> Result<Exit> {
    let mut case = Case::open(path).map_err(explained)?;
    let page = page(&case, page_start)?;
    let stored = case.document(page).map_err(explained)?;
    let stored = stored.ok_or_else(|| anyhow!("`{page}` was withdrawn from the case"))?;
    let ruling = Ruling::Link {
        page,
        range: place(&stored.document, words, occurrence)?,
        entity: entity(&case, entity_start)?,
    };
    let id = record(&mut case, ruling, signed)?;
    talk.say(&format!("decided, as {id}"));
    Ok(Exit::Done)
}

pub(super) fn split(
    path: &Path,
    entity_start: &str,
    name: &str,
    page_start: Option<&str>,
    signed: &Signed,
    talk: Talk,
) -> Result<Exit> {
    let mut case = Case::open(path).map_err(explained)?;
    let id = entity(&case, entity_start)?;
    let known = case.entity_by_any_id(&id).map_err(explained)?;
    let known = known.ok_or_else(|| anyhow!("the case has no entity `{id}`"))?;
    if !known.forms.iter().any(|form| form == name) {
        bail!(
            "the entity is not called `{name}`\nhint: its names are {}",
            names(&known)
        );
    }
    let ruling = Ruling::Split {
        entity: id,
        form: name.to_owned(),
        page: page_start.map(|start| page(&case, start)).transpose()?,
    };
    let id = record(&mut case, ruling, signed)?;
    talk.say(&format!("decided, as {id}"));
    Ok(Exit::Done)
}

pub(super) fn merge(
    path: &Path,
    from: &str,
    into: &str,
    signed: &Signed,
    talk: Talk,
) -> Result<Exit> {
    let mut case = Case::open(path).map_err(explained)?;
    let ruling = Ruling::Merge {
        entity: entity(&case, from)?,
        into: entity(&case, into)?,
    };
    let id = record(&mut case, ruling, signed)?;
    talk.say(&format!("decided, as {id}"));
    Ok(Exit::Done)
}

fn entity(case: &Case, start: &str) -> Result<EntityId> {
    let id = resolve(case, start)?;
    EntityId::parse(&id).ok_or_else(|| anyhow!("expected an entity's id, found `{id}`"))
}
