//! What is told in the order of time: the timeline, and the bans and reliefs among it.

use verbale_analysis::{Clock, Lexicon, Moment, Restriction, Shelf, moment, restriction};

use super::gather::{GATHER, Gathered};
use super::stretch::Along;
use crate::Case;
use crate::error::{Error, Result};

impl Case {
    /// Calls `visit` with each dated claim in the order of time; repeats on one page and rejected claims are left
    /// out. One claim is held at a time.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_moment<E: From<Error>>(
        &self,
        clock: Clock,
        mut visit: impl FnMut(Moment) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let (first, last, by_first, by_last) = match clock {
            Clock::AsOf => (
                "c.as_of_first",
                "c.as_of_last",
                Along::Claims("claim_by_as_of"),
                Along::Claims("claim_by_as_of_end"),
            ),
            Clock::Said => (
                "c.said_on_first",
                "c.said_on_last",
                Along::Claims("claim_by_said_on"),
                Along::Claims("claim_by_said_on_end"),
            ),
            Clock::Published => (
                "d.published_first",
                "d.published_last",
                Along::Pages("document_by_day"),
                Along::Any,
            ),
        };
        let begun = told(
            by_first,
            &format!("{first} > ''"),
            &format!("{first}, coalesce({last}, {first}), c.claim_id"),
        );
        // What is known to end some day, and not when it began, stands where it ends.
        let ended = told(
            by_last,
            &format!("{first} IS NULL AND {last} > ''"),
            &format!("{last}, c.claim_id"),
        );
        let fail = |e| Error::new(self.path(), e);
        let (mut begun, mut ended) = (
            self.db.prepare_cached(&begun).map_err(fail)?,
            self.db.prepare_cached(&ended).map_err(fail)?,
        );
        let mut begun = Told::of(begun.query([]).map_err(fail)?, clock);
        let mut ended = Told::of(ended.query([]).map_err(fail)?, clock);
        let (mut a, mut b) = (begun.next().map_err(fail)?, ended.next().map_err(fail)?);
        loop {
            let key = |m: &Moment| (m.days, m.claim);
            let takes_a = match (&a, &b) {
                (Some(x), Some(y)) => key(x) <= key(y),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => return Ok(()),
            };
            let (from, one) = if takes_a {
                (&mut begun, &mut a)
            } else {
                (&mut ended, &mut b)
            };
            let next = from.next().map_err(fail)?;
            if let Some(moment) = std::mem::replace(one, next) {
                visit(moment)?;
            }
        }
    }

    /// Calls `visit` with each ban and relief in the order of time, undated ones last. One claim is held at a time,
    /// of the others their row numbers. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_restriction<E: From<Error>>(
        &self,
        lexicon: &Lexicon,
        mut visit: impl FnMut(Restriction) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        for slice in self.restricting()?.chunks(500) {
            let gathered = self.run(|db| Gathered::rows(db, slice))?;
            let mut found: Vec<Restriction> = gathered
                .entries()
                .into_iter()
                .filter(|e| e.claim.restates.is_none())
                .filter_map(|e| restriction(lexicon, e))
                .collect();
            // As the statement has them: ids sort as text.
            found.sort_by_cached_key(|r| (r.days.is_none(), r.days, r.claim.to_string()));
            found.into_iter().try_for_each(&mut visit)?;
        }
        Ok(())
    }

    /// The claims that tell bans and reliefs, in the order of time.
    fn restricting(&self) -> Result<Vec<i64>> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT k.claim FROM claim_key k JOIN claim c ON c.id = k.claim
                 WHERE k.shelf = ?1
                 ORDER BY coalesce(c.as_of_first, c.as_of_last) IS NULL, coalesce(c.as_of_first, c.as_of_last),
                          coalesce(c.as_of_last, c.as_of_first), c.claim_id",
            )?
            .query_map([Shelf::Restriction.number()], |row| row.get(0))?
            .collect()
        })
    }
}

/// The statement for claims that are told, where `condition` holds.
fn told(along: Along, condition: &str, order: &str) -> String {
    let gather = along.applied_to(GATHER);
    format!(
        "{gather} WHERE {condition} AND c.restates IS NULL AND v.verdict IS NOT 'rejected' ORDER BY {order}"
    )
}

/// Claims as a statement finds them, each as a line of the timeline.
struct Told<'a> {
    rows: rusqlite::Rows<'a>,
    clock: Clock,
}

impl<'a> Told<'a> {
    fn of(rows: rusqlite::Rows<'a>, clock: Clock) -> Self {
        Self { rows, clock }
    }

    fn next(&mut self) -> rusqlite::Result<Option<Moment>> {
        while let Some(row) = self.rows.next()? {
            let mut one = Gathered::default();
            one.add(row)?;
            let told = one.entries().first().and_then(|e| moment(*e, self.clock));
            if told.is_some() {
                return Ok(told);
            }
        }
        Ok(None)
    }
}
