//! Holding claims that came against those that they meet, and looking again where claims went.
//!
//! Under a name the first claim of each saying stands in lines (`lines`). One that steps in meets those around its
//! place and may part others; one that steps out lets others meet. Nothing else is read, so that the cost does not
//! grow with the name. Done in any order, it comes to what [`verbale_analysis::conflicts`] finds in all at once.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use verbale_analysis::Lexicon;
use verbale_analysis::lines::{Traits, conflict_of};

use super::disputes::keep;
use super::gather::Gathered;
use super::lines::{self, Kept, LineId, Other, around};
use super::work;

/// How many claims are held in memory for the next that meet them.
const MAX_HELD: usize = 8_000;

/// One round of meetings in a transaction.
pub(super) struct Meeting<'a> {
    pub(super) db: &'a Connection,
    lexicon: &'a Lexicon,
    /// With how many of the next in a line a claim meets.
    pub(super) most: usize,
    held: BTreeMap<i64, Option<Held>>,
}

/// A claim with what is dear to find out about it.
struct Held {
    claim: Gathered,
    traits: Traits,
}

impl<'a> Meeting<'a> {
    pub(super) fn new(db: &'a Connection, lexicon: &'a Lexicon, most: usize) -> Self {
        Self {
            db,
            lexicon,
            most,
            held: BTreeMap::new(),
        }
    }

    /// Lets the first claims that went leave their lines, and returns how many there were.
    pub(super) fn leave_batch(&mut self, limit: usize) -> rusqlite::Result<usize> {
        let leaving = Kept::leaving(self.db, limit)?;
        for (key, kept) in &leaving {
            self.leave(*key, kept)?;
            self.db
                .prepare_cached("DELETE FROM leaving WHERE key = ?1 AND claim = ?2")?
                .execute([*key, kept.claim])?;
        }
        Ok(leaving.len())
    }

    /// Lets the first claims that wait come to their lines, and returns how many there were.
    pub(super) fn come_batch(&mut self, limit: usize) -> rusqlite::Result<usize> {
        let mut n_come = 0;
        while n_come < limit
            && let Some(key) = self.first_awaited()?
        {
            n_come += match self.assemble(key)? {
                0 => self.come_one_by_one(key, limit - n_come)?,
                n => n,
            };
        }
        Ok(n_come)
    }

    /// The first name under which claims wait.
    fn first_awaited(&self) -> rusqlite::Result<Option<i64>> {
        self.db
            .prepare_cached("SELECT key FROM unheld ORDER BY key LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()
    }

    /// Lets the first claims that wait under a name come, and returns how many there were.
    fn come_one_by_one(&mut self, key: i64, limit: usize) -> rusqlite::Result<usize> {
        let waiting: Vec<i64> = self
            .db
            .prepare_cached("SELECT claim FROM unheld WHERE key = ?1 ORDER BY claim LIMIT ?2")?
            .query_map([key, limit as i64], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for &claim in &waiting {
            if let Some(kept) = Kept::of(self.db, claim)? {
                self.come(key, &kept)?;
            }
            self.db
                .prepare_cached("DELETE FROM unheld WHERE key = ?1 AND claim = ?2")?
                .execute([key, claim])?;
        }
        Ok(waiting.len())
    }

    fn come(&mut self, key: i64, kept: &Kept) -> rusqlite::Result<()> {
        let first = self.first_of(key, kept.saying)?;
        lines::say(self.db, key, kept)?;
        match first {
            Some(first) if first <= (kept.id, kept.claim) => return Ok(()),
            Some((_, claim)) => {
                if let Some(first) = Kept::under(self.db, key, claim)? {
                    self.step_out(key, &first)?;
                }
            }
            None => {}
        }
        self.step_in(key, kept)
    }

    fn leave(&mut self, key: i64, kept: &Kept) -> rusqlite::Result<()> {
        let was_first = self.first_of(key, kept.saying)? == Some((kept.id, kept.claim));
        self.db
            .prepare_cached(
                "DELETE FROM said WHERE key = ?1 AND saying = ?2 AND id = ?3 AND claim = ?4",
            )?
            .execute([key, kept.saying, kept.id, kept.claim])?;
        if !was_first {
            return Ok(());
        }
        self.step_out(key, kept)?;
        if let Some((_, claim)) = self.first_of(key, kept.saying)?
            && let Some(next) = Kept::under(self.db, key, claim)?
        {
            self.step_in(key, &next)?;
        }
        Ok(())
    }

    /// The claim that stands for a saying, by id and number.
    fn first_of(&self, key: i64, saying: i64) -> rusqlite::Result<Option<(i64, i64)>> {
        self.db
            .prepare_cached(
                "SELECT id, claim FROM said WHERE key = ?1 AND saying = ?2 ORDER BY id, claim LIMIT 1",
            )?
            .query_row([key, saying], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
    }

    fn step_in(&mut self, key: i64, kept: &Kept) -> rusqlite::Result<()> {
        let lines: Vec<LineId> = kept.lines_under(key).collect();
        let mut met: BTreeMap<i64, Other> = BTreeMap::new();
        let mut parted = Vec::new();
        for line in lines {
            let around = around(self.db, line, kept, self.most)?;
            met.extend(around.met.into_iter().map(|other| (other.claim, other)));
            parted.extend(around.divided);
            lines::step_in(self.db, line, kept)?;
        }
        for (a, b) in parted {
            self.part(key, &a, &b)?;
        }
        let this = Other::from(kept);
        met.values()
            .try_for_each(|other| self.judge(key, &this, other))
    }

    fn step_out(&mut self, key: i64, kept: &Kept) -> rusqlite::Result<()> {
        let lines: Vec<LineId> = kept.lines_under(key).collect();
        let mut joined = Vec::new();
        for line in lines {
            lines::step_out(self.db, line, kept)?;
            joined.extend(around(self.db, line, kept, self.most)?.divided);
        }
        self.forget(key, kept.claim, None)?;
        joined.iter().try_for_each(|(a, b)| self.judge(key, a, b))
    }

    /// Forgets the conflict of two claims that do not meet any more in a line, unless they do in another.
    fn part(&mut self, key: i64, a: &Other, b: &Other) -> rusqlite::Result<()> {
        let kept = (
            Kept::under(self.db, key, a.claim)?,
            Kept::under(self.db, key, b.claim)?,
        );
        if let (Some(x), Some(y)) = &kept
            && lines::do_meet(self.db, key, (x, y), self.most)?
        {
            return Ok(());
        }
        self.forget(key, a.claim, Some(b.claim))
    }

    /// Forgets the conflicts of a claim under a name, or those with one other claim.
    fn forget(&self, key: i64, claim: i64, with: Option<i64>) -> rusqlite::Result<()> {
        let id_of = |claim: i64| -> rusqlite::Result<Option<String>> {
            self.db
                .prepare_cached("SELECT claim_id FROM claim WHERE id = ?1")?
                .query_row([claim], |row| row.get(0))
                .optional()
        };
        // What a claim that is gone was in went with it.
        let Some(id) = id_of(claim)? else {
            return Ok(());
        };
        let other = with.map(id_of).transpose()?.flatten();
        if with.is_some() && other.is_none() {
            return Ok(());
        }
        for (side, opposite) in [("a", "b"), ("b", "a")] {
            self.db
                .prepare_cached(&format!(
                    "DELETE FROM conflict WHERE {side} = ?1 AND key = ?2 AND (?3 IS NULL OR {opposite} = ?3)"
                ))?
                .execute(params![id, key, other])?;
        }
        Ok(())
    }

    /// Keeps the conflict of two claims, if they are in one. One that is gone is in none.
    pub(super) fn judge(&mut self, key: i64, a: &Other, b: &Other) -> rusqlite::Result<()> {
        work::pairs_are_held(1);
        if self.held.len() > MAX_HELD {
            self.held.clear();
        }
        self.hold(a)?;
        self.hold(b)?;
        let (Some(Some(x)), Some(Some(y))) = (self.held.get(&a.claim), self.held.get(&b.claim))
        else {
            return Ok(());
        };
        if let (Some(p), Some(q)) = (x.claim.first(), y.claim.first())
            && let Some(conflict) = conflict_of(self.lexicon, (p, &x.traits), (q, &y.traits))
        {
            keep(self.db, key, &conflict)?;
        }
        Ok(())
    }

    fn hold(&mut self, other: &Other) -> rusqlite::Result<()> {
        if self.held.contains_key(&other.claim) {
            return Ok(());
        }
        let claim = Gathered::numbered(self.db, other.claim)?;
        // A number may have been given again since its claim went.
        let is_same = |id| lines::beginning(id) == other.id;
        let traits = claim
            .first()
            .filter(|entry| is_same(entry.id()))
            .map(|entry| Traits::of(self.lexicon, entry));
        let held = traits.map(|traits| Held { claim, traits });
        self.held.insert(other.claim, held);
        Ok(())
    }
}
