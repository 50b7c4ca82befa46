//! The statements behind a filter.

use rusqlite::{Connection, OptionalExtension, types::Value};

use super::claim::{CLAIM_COLUMNS, CLAIM_TABLES};
use super::stretch::{Along, Stretch};
use super::{Clock, Filter, Order, Part};
use crate::EntityId;
use crate::search::{name_match, names};
use crate::store::terms::{self, CLAIM_ROW};

/// The place of a claim's words, as the index `claim_by_place` has it.
const PLACE: &str = "c.document, c.start, c.\"end\", c.id";

/// The same for a list that goes along the documents.
const PLACE_BY_PAGE: &str = "d.id, c.start, c.\"end\", c.id";

/// A statement with its values.
pub(super) struct Query {
    conditions: Vec<String>,
    pub(super) values: Vec<Value>,
    /// True if a condition leads to few claims.
    is_narrow: bool,
    /// The place of the last day of the period in the statement.
    until: Option<String>,
    /// The claim behind which the list goes on.
    after: Option<Place>,
}

/// Where a claim stands in the orders of a list; the words of its clocks as the statement has them.
struct Place {
    clock: Option<String>,
    published: Option<String>,
    document: i64,
    start: i64,
    end: i64,
    id: i64,
}

impl Place {
    /// The condition for the claims behind it, within the stretch of the list in which it stands.
    fn behind(&self, order: Order, clock: &str) -> String {
        let place = format!(
            "{}, {}, {}, {}",
            self.document, self.start, self.end, self.id
        );
        if matches!(order, Order::Page) {
            return format!("({PLACE}) > ({place})");
        }
        let known = |day: &Option<String>| match day {
            Some(at) => format!("0, {at}"),
            None => "1, ''".to_owned(),
        };
        let by = |column: &str| format!("{column} IS NULL, coalesce({column}, '')");
        format!(
            "({}, {}, {PLACE}) > ({}, {}, {place})",
            by(clock),
            by("d.published_first"),
            known(&self.clock),
            known(&self.published),
        )
    }

    /// The number of the stretch in which it stands, of three, or of two where the clock is that of publication.
    fn stretch(&self, clock: Clock) -> usize {
        match (clock, &self.clock, &self.published) {
            (Clock::Published, _, published) => usize::from(published.is_none()),
            (_, Some(_), _) => 0,
            (_, None, Some(_)) => 1,
            (_, None, None) => 2,
        }
    }
}

/// The first day of a clock.
fn first_of(clock: Clock) -> &'static str {
    match clock {
        Clock::AsOf => "c.as_of_first",
        Clock::Said => "c.said_on_first",
        Clock::Published => "d.published_first",
    }
}

impl Query {
    pub(super) fn new(db: &Connection, filter: &Filter) -> rusqlite::Result<Self> {
        let mut query = Self {
            conditions: Vec::new(),
            values: Vec::new(),
            is_narrow: false,
            until: None,
            after: None,
        };
        // Most cases have few kinds with many claims each: better walk along the clock than sort half of them.
        query.words("+c.kind", filter.kinds.iter().map(|k| k.as_str()));
        query.words("c.act", filter.acts.iter().map(|a| a.as_str()));
        if let Some(page) = filter.page {
            let page = query.value(page.to_string());
            query.conditions.push(format!("p.page_id = {page}"));
            query.is_narrow = true;
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
            query.is_narrow = true;
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
        query.after(db, filter)?;
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
    fn name(&mut self, db: &Connection, name: &str, column: &str) -> rusqlite::Result<()> {
        let mut ways = Vec::new();
        if let Some(expression) = name_match(db, name, column)? {
            let expression = self.value(expression);
            ways.push(format!(
                "SELECT rowid FROM claim_words WHERE claim_words MATCH {expression}"
            ));
        }
        let entities = names::entities(db, name)?;
        if !entities.is_empty() {
            let parts: &[Part] = match column {
                "speaker" => &[Part::Speaker],
                "place" => &[Part::Place],
                _ => &[Part::About, Part::Quote],
            };
            ways.extend(of_entities(&entities, parts));
        }
        // A name without a single letter or digit matches nothing.
        self.conditions.push(if ways.is_empty() {
            "0".to_owned()
        } else {
            format!("c.id IN ({})", ways.join(" UNION "))
        });
        self.is_narrow = true;
        Ok(())
    }

    fn entity(&mut self, db: &Connection, id: &EntityId) -> rusqlite::Result<()> {
        let row = match crate::store::find_entity(db, id)? {
            Some(row) => crate::store::representative(db, row)?,
            None => -1,
        };
        let ways: Vec<String> = of_entities(&[row], Part::ALL).collect();
        self.conditions
            .push(format!("c.id IN ({})", ways.join(" UNION ")));
        self.is_narrow = true;
        Ok(())
    }

    fn clock(&mut self, filter: &Filter) {
        let (first, last) = match filter.clock {
            Clock::AsOf => ("c.as_of_first", "c.as_of_last"),
            Clock::Said => ("c.said_on_first", "c.said_on_last"),
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
            self.until = Some(until);
        }
    }

    /// Finds the place of the last claim of the piece before.
    fn after(&mut self, db: &Connection, filter: &Filter) -> rusqlite::Result<()> {
        let Some(after) = filter.after else {
            return Ok(());
        };
        let clock = first_of(filter.clock);
        let sql = format!(
            "SELECT {clock}, d.published_first, {PLACE} {CLAIM_TABLES} WHERE c.id = {CLAIM_ROW}"
        );
        type Found = (Option<String>, Option<String>, i64, i64, i64, i64);
        let found: Option<Found> = db
            .prepare_cached(&sql)?
            .query_row([after.to_string()], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            })
            .optional()?;
        self.after = found.map(|(clock, published, document, start, end, id)| {
            // The statement that counts is without it and takes no values that it does not name.
            let quoted = |day: String| format!("'{}'", day.replace('\'', "''"));
            Place {
                clock: clock.map(quoted),
                published: published.map(quoted),
                document,
                start,
                end,
                id,
            }
        });
        Ok(())
    }

    /// The statements that list the claims, to be run one after the other. Each has its rows in the order of an
    /// index, so that the first row of ten million comes at once and none of them has to be kept for sorting.
    /// Where a filter leads to few claims, they are sorted.
    pub(super) fn rows(&self, filter: &Filter) -> Vec<String> {
        let stretches = self.stretches(filter);
        let n_stretches = stretches.len();
        let first = match &self.after {
            Some(after) if n_stretches > 1 => after.stretch(filter.clock),
            _ => 0,
        };
        stretches
            .into_iter()
            .enumerate()
            .skip(first)
            .map(|(number, stretch)| {
                let mut conditions = self.conditions.clone();
                conditions
                    .extend((!stretch.condition.is_empty()).then(|| stretch.condition.clone()));
                let after = self.after.as_ref().filter(|_| number == first);
                conditions.extend(after.map(|a| a.behind(filter.order, first_of(filter.clock))));
                format!(
                    "{}{} ORDER BY {}{}",
                    stretch
                        .along
                        .applied_to(&format!("{CLAIM_COLUMNS}{CLAIM_TABLES}")),
                    joined(&conditions),
                    stretch.order,
                    limit(
                        filter
                            .limit
                            .map(|limit| limit.saturating_add(filter.offset))
                    )
                )
            })
            .collect()
    }

    /// The stretches of the list.
    ///
    /// A comparison with the empty text says "is not null" in the words that make the planner use an index.
    fn stretches(&self, filter: &Filter) -> Vec<Stretch> {
        let clock = first_of(filter.clock);
        let published = format!("d.published_first, {PLACE_BY_PAGE}");
        let by_clock = format!("{clock}, d.published_first IS NULL, d.published_first, {PLACE}");
        let stretch = |condition: String, order: &str, along: Along| Stretch {
            condition,
            order: order.to_owned(),
            along,
        };
        if matches!(filter.order, Order::Page) {
            let along = match self.is_narrow {
                true => Along::Any,
                false => Along::Claims("claim_by_place"),
            };
            return vec![stretch(String::new(), PLACE, along)];
        }
        if self.is_narrow {
            // Few claims are found at once and sorted; walking along the clock would look at all there are.
            let order = format!("{clock} IS NULL, {by_clock}");
            return vec![stretch(String::new(), &order, Along::Any)];
        }
        // Behind a claim, the walk begins on its day: of two conditions on a day, SQLite would take the first one.
        let from = |column: &str, day: Option<&String>| match day {
            Some(day) => format!("{column} >= {day}"),
            None => format!("{column} > ''"),
        };
        let after = self.after.as_ref();
        let begin = from(clock, after.and_then(|a| a.clock.as_ref()));
        // Those without a day stand in this index too.
        let pages = Along::Pages("document_by_day");
        let index = match filter.clock {
            Clock::AsOf => "claim_by_as_of",
            Clock::Said => "claim_by_said_on",
            Clock::Published => {
                return vec![
                    stretch(begin, &published, pages),
                    stretch("d.published_first IS NULL".to_owned(), &published, pages),
                ];
            }
        };
        // What the conditions on the period imply, in such words too.
        let until = self.until.as_ref();
        let until = until.map_or_else(String::new, |until| format!(" AND {clock} <= {until}"));
        let open = if filter.since.is_some() || filter.until.is_some() {
            format!(
                "{clock} IS NULL AND {} > ''",
                clock.replace("first", "last")
            )
        } else {
            format!("{clock} IS NULL")
        };
        // With a day on the clock, it stands in the stretch before.
        let without = after.filter(|a| a.clock.is_none());
        let published_from = from(
            "d.published_first",
            without.and_then(|a| a.published.as_ref()),
        );
        vec![
            stretch(format!("{begin}{until}"), &by_clock, Along::Claims(index)),
            stretch(format!("{open} AND {published_from}"), &published, pages),
            stretch(
                format!("{open} AND d.published_first IS NULL"),
                &published,
                pages,
            ),
        ]
    }

    /// The statement that counts the first `most` claims by their kind, in any order.
    pub(super) fn kinds(&self, most: u32) -> String {
        let condition = joined(&self.conditions);
        format!(
            "SELECT kind, count(*) FROM (SELECT c.kind {CLAIM_TABLES}{condition} LIMIT {most}) GROUP BY kind"
        )
    }

    /// The statement that counts claims.
    pub(super) fn count(&self, filter: &Filter) -> String {
        let condition = joined(&self.conditions);
        match filter.limit {
            None => format!("SELECT count(*) {CLAIM_TABLES}{condition}"),
            Some(_) => format!(
                "SELECT count(*) FROM (SELECT 1 {CLAIM_TABLES}{condition}{})",
                limit(filter.limit)
            ),
        }
    }
}

/// Statements for the claims of which entities are a part.
fn of_entities(entities: &[i64], parts: &[Part]) -> impl Iterator<Item = String> {
    let all = entities.iter().flat_map(move |entity| {
        parts
            .iter()
            .map(move |part| terms::of_entity(*part, *entity))
    });
    // Terms are letters and digits.
    all.map(|[first, last]| {
        format!("SELECT doc FROM claim_by_term WHERE term >= '{first}' AND term <= '{last}'")
    })
}

fn joined(conditions: &[String]) -> String {
    if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    }
}

fn limit(rows: Option<u32>) -> String {
    rows.map_or_else(String::new, |rows| format!(" LIMIT {rows}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::harbour;
    use crate::{Case, Filter};

    /// What SQLite says of how it finds the rows of a statement.
    fn plan_of(case: &Case, query: &Query, sql: &str) -> Vec<String> {
        let mut statement = case
            .db
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let values = rusqlite::params_from_iter(&query.values);
        let rows = statement.query_map(values, |row| row.get(3)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn a_list_behind_a_claim_begins_on_its_day() {
        let mut case = Case::in_memory().unwrap();
        let sample = harbour();
        sample.add_to(&mut case);
        for clock in [Clock::AsOf, Clock::Said, Clock::Published] {
            let all = Filter {
                clock,
                ..Filter::default()
            };
            let first = &case.claims(&all).unwrap()[0];
            let behind = Filter {
                after: Some(first.claim.id),
                ..all
            };
            let query = Query::new(&case.db, &behind).unwrap();
            let column = first_of(clock);
            let sql = &query.rows(&behind)[0];
            assert!(sql.contains(&format!("{column} >= '2031-")), "{sql}");
            assert!(!sql.contains(&format!("{column} > ''")), "{sql}");
        }
    }

    #[test]
    fn a_list_by_time_walks_along_the_clock() {
        let mut case = Case::in_memory().unwrap();
        harbour().add_to(&mut case);
        case.optimize().unwrap();
        as_in_a_large_case(&case);
        for clock in [Clock::AsOf, Clock::Said, Clock::Published] {
            let filter = Filter {
                clock,
                limit: Some(50),
                ..Filter::default()
            };
            let query = Query::new(&case.db, &filter).unwrap();
            for sql in query.rows(&filter) {
                let plan = plan_of(&case, &query, &sql);
                let sorts = plan
                    .iter()
                    .any(|step| step == "USE TEMP B-TREE FOR ORDER BY");
                assert!(!sorts && plan[0].contains(" INDEX "), "{plan:?}");
            }
        }
    }

    /// Has the planner believe in ten and twenty million rows.
    fn as_in_a_large_case(case: &Case) {
        let sql = "UPDATE sqlite_stat1 SET stat = iif(tbl = 'claim', '20000000', '10000000')
                     || iif(instr(stat, ' '), substr(stat, instr(stat, ' ')), '')";
        case.db.execute(sql, []).unwrap();
        case.db.execute_batch("ANALYZE sqlite_schema").unwrap();
    }

    #[test]
    fn a_list_by_place_is_not_sorted() {
        let mut case = Case::in_memory().unwrap();
        let sample = harbour();
        sample.add_to(&mut case);
        case.optimize().unwrap();
        as_in_a_large_case(&case);
        for after in [None, Some(sample.claims[0].id)] {
            let filter = Filter {
                undecided: true,
                limit: Some(50),
                order: Order::Page,
                after,
                ..Filter::default()
            };
            let query = Query::new(&case.db, &filter).unwrap();
            let plan = plan_of(&case, &query, &query.rows(&filter)[0]).join("\n");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
            assert!(plan.contains("claim_by_place"), "{plan}");
            assert!(!plan.contains("BLOOM"), "{plan}");
        }
    }
}
