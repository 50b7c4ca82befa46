//! Finding passages by their words, and claims by names.

mod index;
pub(crate) mod names;
mod query;
mod snippet;
pub(crate) mod words;

use jiff::civil::Date;
use rusqlite::{Connection, Row, ToSql, types::Value};
use verbale_core::{ClaimId, ClaimKind, Role, TextRange};

pub use query::QueryError;
pub use snippet::Snippet;

use crate::ledger::{DocumentInfo, document_info};
use crate::store::{range, unreadable};
use crate::{Case, EntityId, Error};
use query::{Query, either};
use snippet::Wanted;
use words::Stems;

/// What is looked for, and where.
#[derive(Debug, Clone)]
pub struct Search {
    /// Words, phrases, `begin*`, `"two words"~5`, `-without`, `this OR that`.
    pub query: String,
    /// Whose pages, by words of the name.
    pub publisher: Option<String>,
    /// BCP 47 tags; all languages if empty.
    pub languages: Vec<String>,
    /// Pages published on this day or later; undated pages do not match.
    pub since: Option<Date>,
    /// Pages published on this day or earlier; undated pages do not match.
    pub until: Option<Date>,
    /// Passages that mention this entity.
    pub entity: Option<EntityId>,
    /// Passages with a claim of one of these kinds.
    pub kinds: Vec<ClaimKind>,
    /// At most so many passages.
    pub limit: u32,
}

impl Search {
    /// The first 20 passages for `query`, anywhere.
    pub fn new(query: &str) -> Self {
        Self {
            query: query.to_owned(),
            publisher: None,
            languages: Vec::new(),
            since: None,
            until: None,
            entity: None,
            kinds: Vec::new(),
            limit: 20,
        }
    }
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document it stands in.
    pub document: DocumentInfo,
    /// The passage's index in the document.
    pub passage: usize,
    /// What the passage is.
    pub role: Role,
    /// Where the passage stands in the document's text.
    pub range: TextRange,
    /// BM25, more is better; comparable within one search only.
    pub score: f64,
    /// Why it was found.
    pub snippet: Snippet,
    /// The claims whose words stand in it, in the order of their words.
    pub claims: Vec<ClaimId>,
}

/// A search that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query asks for nothing.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The file could not be read.
    #[error(transparent)]
    Case(#[from] Error),
}

impl Case {
    /// The passages that match best, best first. Furniture and repeated passages are not searched.
    ///
    /// # Errors
    /// If the query asks for nothing, or the file cannot be read.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, SearchError> {
        let query = Query::parse(&search.query)?;
        Ok(self.consistently(|case| case.run(|db| find(db, search, &query)))?)
    }
}

fn find(db: &Connection, search: &Search, query: &Query) -> rusqlite::Result<Vec<Hit>> {
    let languages = if search.languages.is_empty() {
        names::languages(db)?
    } else {
        search.languages.clone()
    };
    let stems = Stems::new(languages.iter().map(String::as_str));
    let mut other_names = Vec::new();
    let expression = query.expression(&stems, |name| -> rusqlite::Result<Vec<String>> {
        let others = names::forms(db, &names::entities(db, name)?)?;
        other_names.extend(others.iter().cloned());
        Ok(others)
    })?;
    let wanted = Wanted::new(query, &other_names, &stems);
    let (sql, values) = statement(db, search, expression)?;
    let values: Vec<&dyn ToSql> = values.iter().map(|v| v as &dyn ToSql).collect();
    db.prepare_cached(&sql)?
        .query_map(&*values, |row| hit(db, row, &wanted))?
        .collect()
}

/// The statement that finds passages, with its values. Words on the page weigh twice as much as their variants.
fn statement(
    db: &Connection,
    search: &Search,
    expression: String,
) -> rusqlite::Result<(String, Vec<Value>)> {
    let mut values: Vec<Value> = vec![expression.into()];
    let mut sql = "SELECT g.document, g.idx, g.role, g.start, g.\"end\", passage_words.rank
        FROM passage_words JOIN passage g ON g.id = passage_words.rowid JOIN document d ON d.id = g.document
        WHERE passage_words MATCH ?1 AND passage_words.rank MATCH 'bm25(2.0, 1.0)'"
        .to_owned();
    let mut one_of = |sql: &mut String, column: &str, words: Vec<String>| {
        let places: Vec<String> = words
            .into_iter()
            .map(|word| {
                values.push(word.into());
                format!("?{}", values.len())
            })
            .collect();
        sql.push_str(&format!(" AND {column} IN ({})", places.join(", ")));
    };
    if let Some(publisher) = &search.publisher {
        one_of(&mut sql, "d.publisher", names::publishers(db, publisher)?);
    }
    if !search.languages.is_empty() {
        one_of(&mut sql, "d.language", search.languages.clone());
    }
    if !search.kinds.is_empty() {
        let kinds = search.kinds.iter().map(|k| k.as_str().to_owned()).collect();
        sql.push_str(
            " AND EXISTS (SELECT 1 FROM claim c WHERE c.document = g.document AND c.start >= g.start
                          AND c.\"end\" <= g.\"end\"",
        );
        one_of(&mut sql, "c.kind", kinds);
        sql.push(')');
    }
    if let Some(since) = search.since {
        values.push(since.to_string().into());
        sql.push_str(&format!(" AND d.published_last >= ?{}", values.len()));
    }
    if let Some(until) = search.until {
        values.push(until.to_string().into());
        sql.push_str(&format!(" AND d.published_first <= ?{}", values.len()));
    }
    if let Some(entity) = &search.entity {
        let row = match crate::store::find_entity(db, entity)? {
            Some(row) => crate::store::representative(db, row)?,
            None => -1,
        };
        sql.push_str(&format!(
            " AND EXISTS (WITH RECURSIVE same (id) AS (
                SELECT {row} UNION SELECT e.id FROM entity e JOIN same ON e.merged_into = same.id)
                SELECT 1 FROM mention m JOIN link l ON l.mention = m.id
                WHERE m.document = g.document AND m.start >= g.start AND m.\"end\" <= g.\"end\"
                  AND l.superseded = 0 AND l.judgement = 'positive' AND l.entity IN same)"
        ));
    }
    sql.push_str(&format!(
        " ORDER BY passage_words.rank, g.id LIMIT {}",
        search.limit
    ));
    Ok((sql, values))
}

fn hit(db: &Connection, row: &Row<'_>, wanted: &Wanted) -> rusqlite::Result<Hit> {
    let document: i64 = row.get(0)?;
    let role: String = row.get(2)?;
    let (start, end): (u32, u32) = (row.get(3)?, row.get(4)?);
    let text: String = db
        .prepare_cached(
            "SELECT CAST(substr(CAST(text AS BLOB), ?2 + 1, ?3 - ?2) AS TEXT) FROM document WHERE id = ?1",
        )?
        .query_row((document, start, end), |row| row.get(0))?;
    let claims = db
        .prepare_cached(
            "SELECT claim_id FROM claim WHERE document = ?1 AND start >= ?2 AND \"end\" <= ?3 ORDER BY start, id",
        )?
        .query_map((document, start, end), |row| {
            let id: String = row.get(0)?;
            id.parse().map_err(|e| unreadable(Box::new(e)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Hit {
        document: document_info(db, document)?,
        passage: row.get::<_, u32>(1)? as usize,
        role: role.parse().map_err(|e| unreadable(Box::new(e)))?,
        range: range(start, end)?,
        // FTS5 counts downwards, so that the best come first in ascending order.
        score: -row.get::<_, f64>(5)?,
        snippet: wanted.snippet(&text),
        claims,
    })
}

/// The expression that finds the claims with all words of `name` in `column` of `claim_words`; `None` if the
/// name has no words.
pub(crate) fn name_match(
    db: &Connection,
    name: &str,
    column: &str,
) -> rusqlite::Result<Option<String>> {
    let languages = names::languages(db)?;
    let stems = Stems::new(languages.iter().map(String::as_str));
    let words = words::words(name);
    let alone = words.len() == 1;
    let terms: Vec<String> = words
        .iter()
        .filter(|word| alone || !word.tail)
        .map(|word| either(&word.form, &stems))
        .collect();
    Ok((!terms.is_empty()).then(|| format!("{column} : ({})", terms.join(" AND "))))
}

#[cfg(test)]
mod tests;
