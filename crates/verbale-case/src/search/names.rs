//! Names: which entities and publishers are called so.

use rusqlite::Connection;

use super::words::folded_name;
use crate::store::representative;

/// How many entities one name may lead to; a name that leads to more tells nothing.
const MAX_ENTITIES: u32 = 100;

/// The entities, by row, that have `name` among their names, and those that they were merged with.
pub(crate) fn entities(db: &Connection, name: &str) -> rusqlite::Result<Vec<i64>> {
    let folded = folded_name(name);
    let found: Vec<i64> = db
        .prepare_cached("SELECT DISTINCT entity FROM entity_form WHERE folded = ?1 LIMIT ?2")?
        .query_map((&folded, MAX_ENTITIES), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for entity in found {
        let stands_for = representative(db, entity)?;
        if !out.contains(&stands_for) {
            out.push(stands_for);
        }
    }
    Ok(out)
}

/// The folded names of these entities and of all that were merged into them.
pub(crate) fn forms(db: &Connection, entities: &[i64]) -> rusqlite::Result<Vec<String>> {
    let mut out = Vec::new();
    for entity in entities {
        let mut statement = db.prepare_cached(
            "WITH RECURSIVE same (id) AS (
               SELECT ?1 UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)
             SELECT DISTINCT folded FROM entity_form WHERE entity IN same LIMIT ?2",
        )?;
        for form in statement.query_map((entity, MAX_ENTITIES), |row| row.get::<_, String>(0))? {
            let form = form?;
            if !form.is_empty() && !out.contains(&form) {
                out.push(form);
            }
        }
    }
    Ok(out)
}

/// The publishers in whose names the words of `name` stand in a row.
pub(crate) fn publishers(db: &Connection, name: &str) -> rusqlite::Result<Vec<String>> {
    let wanted = format!(" {} ", folded_name(name));
    // Walks the index from name to name, since `SELECT DISTINCT` would read it whole.
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE each (name) AS (
           SELECT min(publisher) FROM document
           UNION ALL
           SELECT (SELECT min(publisher) FROM document WHERE publisher > each.name)
           FROM each WHERE each.name IS NOT NULL)
         SELECT name FROM each WHERE name IS NOT NULL",
    )?;
    let mut out = Vec::new();
    for publisher in statement.query_map([], |row| row.get::<_, String>(0))? {
        let publisher = publisher?;
        if format!(" {} ", folded_name(&publisher)).contains(&wanted) {
            out.push(publisher);
        }
    }
    Ok(out)
}

/// The languages of the documents.
pub(crate) fn languages(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "WITH RECURSIVE each (name) AS (
           SELECT min(language) FROM document
           UNION ALL
           SELECT (SELECT min(language) FROM document WHERE language > each.name)
           FROM each WHERE each.name IS NOT NULL)
         SELECT name FROM each WHERE name IS NOT NULL",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}
