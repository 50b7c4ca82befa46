//! Claims by filter.

use jiff::civil::Date;
use rusqlite::{ToSql, types::Value};
use verbale_core::{Act, ClaimKind, PageId};

use super::{CLAIM_SELECT, StoredClaim, stored_claim};
use crate::error::Result;
use crate::search::{name_match, names};
use crate::{Case, EntityId};

/// The clock on which [`Filter::since`] and [`Filter::until`] look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// When the claim holds: as-of, date or deadline.
    #[default]
    AsOf,
    /// When it was said.
    Said,
    /// When it was published.
    Published,
}

impl Clock {
    /// Every clock, in the order of the definition.
    pub const ALL: &'static [Self] = &[Self::AsOf, Self::Said, Self::Published];

    /// The word used for flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsOf => "as-of",
            Self::Said => "said",
            Self::Published => "published",
        }
    }
}

/// Which claims are asked for. Every condition that is set must hold; within a list, one of its members.
///
/// Names (`speaker`, `about`, `place`, `publisher`) match by their words, in any inflection that the index
/// knows, and through the other names of an entity that is called so. A claim without a time on the clock does
/// not match once `since` or `until` is set: unknown is not "any time".
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Kinds of claim.
    pub kinds: Vec<ClaimKind>,
    /// What the speaker does by saying it.
    pub acts: Vec<Act>,
    /// Who says it: name, organization, role, or on whose behalf.
    pub speaker: Option<String>,
    /// What it is about, without the place.
    pub about: Option<String>,
    /// Where it holds or happened.
    pub place: Option<String>,
    /// Whose page it stands on.
    pub publisher: Option<String>,
    /// An entity that speaks, or is spoken of.
    pub entity: Option<EntityId>,
    /// The page it stands on.
    pub page: Option<PageId>,
    /// The clock for `since` and `until`, and for the order of the rows.
    pub clock: Clock,
    /// The time ends on this day or later.
    pub since: Option<Date>,
    /// The time begins on this day or earlier.
    pub until: Option<Date>,
    /// Also claims that somebody rejected.
    pub with_rejected: bool,
    /// Only claims that nobody has accepted or rejected: what waits for review.
    pub undecided: bool,
    /// At most so many claims.
    pub limit: Option<u32>,
}

impl Case {
    /// The claims that match, in the order of the filter's clock, those without a time last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<StoredClaim>> {
        let mut claims = Vec::new();
        self.for_each_claim(filter, |claim| {
            claims.push(claim);
            Ok(())
        })?;
        Ok(claims)
    }

    /// Calls `visit` with each claim that matches, holding none of them; an error of `visit` ends the visit.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_claim<E: From<crate::Error>>(
        &self,
        filter: &Filter,
        mut visit: impl FnMut(StoredClaim) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let query = self.run(|db| Query::new(db, filter))?;
        let fail = |e| crate::Error::new(self.path(), e);
        let mut statement = self.db.prepare_cached(&query.sql).map_err(fail)?;
        let values: Vec<&dyn ToSql> = query.values.iter().map(|v| v as &dyn ToSql).collect();
        let rows = statement.query_map(&*values, stored_claim).map_err(fail)?;
        for row in rows {
            visit(row.map_err(fail)?)?;
        }
        Ok(())
    }

    /// How many claims match.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_claims(&self, filter: &Filter) -> Result<u64> {
        self.run(|db| {
            let query = Query::new(db, filter)?;
            let values: Vec<&dyn ToSql> = query.values.iter().map(|v| v as &dyn ToSql).collect();
            db.prepare_cached(&format!("SELECT count(*) FROM ({})", query.sql))?
                .query_row(&*values, |row| row.get::<_, i64>(0))
                .map(i64::unsigned_abs)
        })
    }
}

/// A statement with its values.
struct Query {
    sql: String,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn new(db: &rusqlite::Connection, filter: &Filter) -> rusqlite::Result<Self> {
        let mut query = Self {
            sql: CLAIM_SELECT.to_owned(),
            conditions: Vec::new(),
            values: Vec::new(),
        };
        query.words("c.kind", filter.kinds.iter().map(|k| k.as_str()));
        query.words("c.act", filter.acts.iter().map(|a| a.as_str()));
        if let Some(page) = filter.page {
            let page = query.value(page.to_string());
            query.conditions.push(format!("p.page_id = {page}"));
        }
        for (name, column) in [
            (&filter.speaker, "speaker"),
            (&filter.about, "about"),
            (&filter.place, "place"),
        ] {
            if let Some(name) = name {
                query.name(db, name, column)?;
            }
        }
        if let Some(publisher) = &filter.publisher {
            let publishers = names::publishers(db, publisher)?;
            query.words_or_none("d.publisher", publishers);
        }
        if let Some(entity) = &filter.entity {
            query.entity(db, entity)?;
        }
        query.clock(filter);
        if !filter.with_rejected {
            query.conditions.push("v.verdict IS NOT 'rejected'".into());
        }
        if filter.undecided {
            query.conditions.push("v.verdict IS NULL".into());
        }
        query.finish(filter);
        Ok(query)
    }

    /// Keeps a value and returns its place in the statement.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn words<'a>(&mut self, column: &str, words: impl Iterator<Item = &'a str>) {
        let places: Vec<String> = words.map(|word| self.value(word.to_owned())).collect();
        if !places.is_empty() {
            self.conditions
                .push(format!("{column} IN ({})", places.join(", ")));
        }
    }

    fn words_or_none(&mut self, column: &str, words: Vec<String>) {
        let places: Vec<String> = words.into_iter().map(|word| self.value(word)).collect();
        self.conditions
            .push(format!("{column} IN ({})", places.join(", ")));
    }

    /// By the words of the column, or through an entity that has `name` among its names.
    fn name(
        &mut self,
        db: &rusqlite::Connection,
        name: &str,
        column: &str,
    ) -> rusqlite::Result<()> {
        let mut ways = Vec::new();
        if let Some(expression) = name_match(db, name, column)? {
            let expression = self.value(expression);
            ways.push(format!(
                "c.id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH {expression})"
            ));
        }
        let entities = names::entities(db, name)?;
        if !entities.is_empty() {
            let entities: Vec<String> = entities.iter().map(i64::to_string).collect();
            let parts = if column == "about" {
                "'about', 'quote'"
            } else {
                &format!("'{column}'")
            };
            ways.push(format!(
                "c.id IN (SELECT claim FROM claim_entity WHERE entity IN ({}) AND part IN ({parts}))",
                entities.join(", ")
            ));
        }
        // A name without a single letter or digit matches nothing.
        let any = if ways.is_empty() {
            "0".to_owned()
        } else {
            ways.join(" OR ")
        };
        self.conditions.push(format!("({any})"));
        Ok(())
    }

    fn entity(&mut self, db: &rusqlite::Connection, id: &EntityId) -> rusqlite::Result<()> {
        let row = match crate::store::find_entity(db, id)? {
            Some(row) => crate::store::representative(db, row)?,
            None => -1,
        };
        self.conditions.push(format!(
            "c.id IN (SELECT claim FROM claim_entity WHERE entity = {row})"
        ));
        Ok(())
    }

    fn clock(&mut self, filter: &Filter) {
        let (first, last) = match filter.clock {
            Clock::AsOf => ("a.first", "a.last"),
            Clock::Said => ("t.first", "t.last"),
            Clock::Published => ("d.published_first", "d.published_last"),
        };
        if filter.since.is_none() && filter.until.is_none() {
            return;
        }
        // An open end reaches any day, but a time that is unknown at both ends reaches none.
        self.conditions
            .push(format!("({first} IS NOT NULL OR {last} IS NOT NULL)"));
        if let Some(since) = filter.since {
            let since = self.value(since.to_string());
            self.conditions
                .push(format!("({last} >= {since} OR {last} IS NULL)"));
        }
        if let Some(until) = filter.until {
            let until = self.value(until.to_string());
            self.conditions
                .push(format!("({first} <= {until} OR {first} IS NULL)"));
        }
    }

    fn finish(&mut self, filter: &Filter) {
        if !self.conditions.is_empty() {
            self.sql.push_str(" WHERE ");
            self.sql.push_str(&self.conditions.join(" AND "));
        }
        let key = match filter.clock {
            Clock::AsOf => "a.first",
            Clock::Said => "t.first",
            Clock::Published => "d.published_first",
        };
        self.sql.push_str(&format!(
            " ORDER BY {key} IS NULL, {key}, d.published_first IS NULL, d.published_first, c.document, c.start, c.id"
        ));
        if let Some(limit) = filter.limit {
            self.sql.push_str(&format!(" LIMIT {limit}"));
        }
    }
}
