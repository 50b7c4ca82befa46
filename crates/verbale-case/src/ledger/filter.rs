//! Claims by filter.

use jiff::civil::Date;
use rusqlite::ToSql;
use verbale_core::{Act, ClaimId, ClaimKind, PageId};

use super::query::Query;
use super::{StoredClaim, stored_claim};
use crate::error::Result;
use crate::store::unreadable;
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

/// The order in which claims come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the filter's clock, those without a time last.
    #[default]
    Clock,
    /// By page as added, in a page by the place of the words.
    Page,
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
    /// The clock for `since` and `until`, and for [`Order::Clock`].
    pub clock: Clock,
    /// The order of the claims.
    pub order: Order,
    /// Claims up to and with this one are left out of a list, so that a long one can be had piece by piece, each
    /// at the cost of the piece; if there is no such claim, none is left out. Counts take no notice of it.
    pub after: Option<ClaimId>,
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
    /// So many claims are passed over before the first; only with a limit. Passing over costs as much as listing:
    /// for a long list, [`Filter::after`] goes on where one left off.
    pub offset: u32,
}

impl Case {
    /// The claims that match, in the filter's order.
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
        let fail = |e| crate::Error::new(self.path(), e);
        // One state for all parts of the list, whatever other processes add meanwhile.
        let snapshot = self
            .db
            .is_autocommit()
            .then(|| self.db.unchecked_transaction());
        let _snapshot = snapshot.transpose().map_err(fail)?;
        let query = self.run(|db| Query::new(db, filter))?;
        let values: Vec<&dyn ToSql> = query.values.iter().map(|v| v as &dyn ToSql).collect();
        let mut left = filter.limit.map_or(u64::MAX, u64::from);
        let mut passed_over = filter.limit.map_or(0, |_| filter.offset);
        for sql in query.rows(filter) {
            let mut statement = self.db.prepare_cached(&sql).map_err(fail)?;
            let mut rows = statement.query(&*values).map_err(fail)?;
            while left > 0
                && let Some(row) = rows.next().map_err(fail)?
            {
                if passed_over > 0 {
                    passed_over -= 1;
                    continue;
                }
                left -= 1;
                visit(stored_claim(row).map_err(fail)?)?;
            }
        }
        Ok(())
    }

    /// How many claims match, at most the filter's limit.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_claims(&self, filter: &Filter) -> Result<u64> {
        self.run(|db| {
            let query = Query::new(db, filter)?;
            let values: Vec<&dyn ToSql> = query.values.iter().map(|v| v as &dyn ToSql).collect();
            db.prepare_cached(&query.count(filter))?
                .query_row(&*values, |row| row.get::<_, i64>(0))
                .map(i64::unsigned_abs)
        })
    }

    /// How many of the claims that match are of each kind, most first; at most the first `most` claims are looked
    /// at, in no order. The filter's own kinds, limit and piece are left out of account.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_of_kinds(&self, filter: &Filter, most: u32) -> Result<Vec<(ClaimKind, u64)>> {
        let filter = Filter {
            kinds: Vec::new(),
            after: None,
            ..filter.clone()
        };
        self.run(|db| {
            let query = Query::new(db, &filter)?;
            let values: Vec<&dyn ToSql> = query.values.iter().map(|v| v as &dyn ToSql).collect();
            let mut kinds: Vec<(ClaimKind, u64)> = db
                .prepare_cached(&query.kinds(most))?
                .query_map(&*values, |row| {
                    let kind: String = row.get(0)?;
                    let kind = kind.parse().map_err(|e| unreadable(Box::new(e)))?;
                    Ok((kind, row.get::<_, i64>(1)?.unsigned_abs()))
                })?
                .collect::<rusqlite::Result<_>>()?;
            kinds.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
            Ok(kinds)
        })
    }
}
