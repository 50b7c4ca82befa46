//! Finding passages by their words, and claims by names.

pub(crate) mod facets;
mod index;
pub(crate) mod names;
mod narrow;
mod query;
mod rank;
mod snippet;
pub(crate) mod words;

use jiff::civil::Date;
use rusqlite::{Connection, Row, ToSql, types::Value};
use verbale_core::{ClaimId, ClaimKind, Role, TextRange};

pub(crate) use index::index_if_outdated;
pub use query::QueryError;
pub use snippet::Snippet;

use crate::ledger::{DocumentInfo, document_info};
use crate::store::{range, unreadable};
use crate::{Case, EntityId, Error};
use query::{Query, either};
use rank::Ranking;
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
    /// The passages that match best, best first. Furniture and repeated passages are not searched. Where more than
    /// 1,000 passages match, the 1,000 added last are ranked.
    ///
    /// # Errors
    /// If the query asks for nothing, or the file cannot be read.
    pub fn search(&self, search: &Search) -> Result<Vec<Hit>, SearchError> {
        let query = Query::parse(&search.query)?;
        Ok(self.consistently(|case| case.run(|db| find(db, search, &query)))?)
    }
}

/// How many passages are ranked. Where more match, those added last are, so that a word of every page is answered
/// as fast as others; what tells a million such passages apart are filters and further words.
const MAX_RANKED: u32 = 1_000;

fn find(db: &Connection, search: &Search, query: &Query) -> rusqlite::Result<Vec<Hit>> {
    let languages = if search.languages.is_empty() {
        names::languages(db)?
    } else {
        search.languages.clone()
    };
    let stems = Stems::new(languages.iter().map(String::as_str));
    let (groups, other_names) = query.groups(&stems, |name| -> rusqlite::Result<Vec<String>> {
        names::forms(db, &names::entities(db, name)?)
    })?;
    let publishers = match &search.publisher {
        Some(publisher) => Some(names::publishers(db, publisher)?),
        None => None,
    };
    let [languages, published] =
        facets::languages_and_published(&search.languages, search.since, search.until);
    let publisher = facets::publishers(publishers.as_deref().unwrap_or_default());
    let mut facets = vec![languages, published, publisher];
    if let Some(entity) = &search.entity {
        facets.push(narrow::entity(db, entity)?);
    }
    let expression = query.whole(&groups, &facets, &stems);
    let (sql, values) = statement(db, search, expression, publishers)?;
    let values: Vec<&dyn ToSql> = values.iter().map(|v| v as &dyn ToSql).collect();
    let mut ranking = Ranking::new(db, query, &other_names, &groups, &stems)?;
    let mut found = Vec::new();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(&*values)?;
    while let Some(row) = rows.next()? {
        let passage = Candidate::read(row)?;
        found.push((ranking.score(&words::words(&passage.text)), passage));
    }
    // Equal scores in the order of the pages.
    found.sort_by(|(a, p), (b, q)| b.total_cmp(a).then(p.id.cmp(&q.id)));
    found.truncate(search.limit as usize);
    let names: Vec<String> = other_names.into_iter().flatten().collect();
    let wanted = Wanted::new(query, &names, &stems);
    found
        .into_iter()
        .map(|(score, passage)| passage.into_hit(db, score, &wanted))
        .collect()
}

/// The statement that finds passages, those added last first, with its values.
fn statement(
    db: &Connection,
    search: &Search,
    expression: String,
    publishers: Option<Vec<String>>,
) -> rusqlite::Result<(String, Vec<Value>)> {
    let mut values: Vec<Value> = vec![expression.into()];
    // The order of the tables is that of the joins: the words are what narrows most.
    let mut sql = "SELECT g.id, g.document, g.idx, g.role, g.start, g.\"end\",
          CAST(substr(CAST(d.text AS BLOB), g.start + 1, g.\"end\" - g.start) AS TEXT)
        FROM passage_words CROSS JOIN passage g ON g.id = passage_words.rowid
        CROSS JOIN document d ON d.id = g.document
        WHERE passage_words MATCH ?1"
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
    if let Some(publishers) = publishers {
        one_of(&mut sql, "d.publisher", publishers);
    }
    if !search.languages.is_empty() {
        one_of(&mut sql, "d.language", search.languages.clone());
    }
    if !search.kinds.is_empty() {
        let kinds = search.kinds.iter().map(|k| k.as_str().to_owned()).collect();
        if narrow::are_few_claims(db, &search.kinds)? {
            sql.push_str(narrow::PASSAGES_OF_KINDS);
            one_of(&mut sql, "c.kind", kinds);
        } else {
            sql.push_str(narrow::HAS_KIND);
            one_of(&mut sql, "+c.kind", kinds);
        }
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
    sql.push_str(&format!(
        " ORDER BY passage_words.rowid DESC LIMIT {}",
        search.limit.max(MAX_RANKED)
    ));
    Ok((sql, values))
}

/// A passage that matches.
struct Candidate {
    id: i64,
    document: i64,
    idx: u32,
    role: String,
    start: u32,
    end: u32,
    text: String,
}

impl Candidate {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            document: row.get(1)?,
            idx: row.get(2)?,
            role: row.get(3)?,
            start: row.get(4)?,
            end: row.get(5)?,
            text: row.get(6)?,
        })
    }

    fn into_hit(self, db: &Connection, score: f64, wanted: &Wanted) -> rusqlite::Result<Hit> {
        let claims = db
            .prepare_cached(
                "SELECT claim_id FROM claim WHERE document = ?1 AND start >= ?2 AND \"end\" <= ?3
                 ORDER BY start, id",
            )?
            .query_map((self.document, self.start, self.end), |row| {
                let id: String = row.get(0)?;
                id.parse().map_err(|e| unreadable(Box::new(e)))
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Hit {
            document: document_info(db, self.document)?,
            passage: self.idx as usize,
            role: self.role.parse().map_err(|e| unreadable(Box::new(e)))?,
            range: range(self.start, self.end)?,
            score,
            snippet: wanted.snippet(&self.text),
            claims,
        })
    }
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
