//! Claims of one part that are put together one by one: those that say one thing, and those of one statement.
//!
//! A claim that comes is held against those that are there. Whatever the order, the groups are those of
//! `verbale_analysis::standings`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use verbale_analysis::copies::{AROUND, runs};
use verbale_analysis::{Bond, Entry, Lexicon, Support, Telling, is_copied};

use super::gather::Gathered;
use super::sayings::Copies;
use super::work;

/// The claims of a part with the groups they are in.
pub(super) struct Kin<'a> {
    db: &'a Connection,
    lexicon: &'a Lexicon,
    copies: &'a mut Copies,
    members: Vec<Member<'a>>,
    /// Members that are held against others already.
    there: Vec<usize>,
}

struct Member<'a> {
    number: i64,
    telling: Telling<'a>,
    /// A member that says the same; one for all of them.
    saying: usize,
    /// A member of the same statement; one for all of them.
    origin: usize,
    /// What the words around it are compared by, once somebody asked.
    around: Option<Vec<u64>>,
}

impl<'a> Kin<'a> {
    /// These claims, each by itself.
    pub(super) fn new(
        db: &'a Connection,
        lexicon: &'a Lexicon,
        copies: &'a mut Copies,
        gathered: &'a Gathered,
    ) -> Self {
        let numbered = gathered.entries().into_iter().zip(gathered.numbers());
        let member = |(at, (entry, number)): (usize, (Entry<'a>, &i64))| Member {
            number: *number,
            telling: Telling::new(entry),
            saying: at,
            origin: at,
            around: None,
        };
        Self {
            db,
            lexicon,
            copies,
            members: numbered.enumerate().map(member).collect(),
            there: Vec::new(),
        }
    }

    /// Puts all of them together, and keeps what comes of it.
    pub(super) fn assemble(mut self) -> rusqlite::Result<()> {
        self.db
            .prepare_cached("DELETE FROM support WHERE claim IN (SELECT value FROM json_each(?1))")?
            .execute([self.numbers()])?;
        for at in 0..self.members.len() {
            self.join(at)?;
        }
        let sayings: BTreeSet<usize> = self.members.iter().map(|m| m.saying).collect();
        sayings.into_iter().try_for_each(|saying| self.keep(saying))
    }

    /// Puts those with these numbers among the others, whose groups are kept, and keeps what changes.
    pub(super) fn receive(mut self, new: &BTreeSet<i64>) -> rusqlite::Result<()> {
        self.recall()?;
        let (old, new): (Vec<usize>, Vec<usize>) =
            (0..self.members.len()).partition(|at| !new.contains(&self.members[*at].number));
        self.there = old;
        for at in &new {
            self.join(*at)?;
        }
        let sayings: BTreeSet<usize> = new.iter().map(|at| self.members[*at].saying).collect();
        sayings.into_iter().try_for_each(|saying| self.keep(saying))
    }

    /// Reads the groups that are kept.
    fn recall(&mut self) -> rusqlite::Result<()> {
        let mut statement = self.db.prepare_cached(
            "SELECT claim, saying, origin FROM support
             WHERE claim IN (SELECT value FROM json_each(?1))",
        )?;
        let kept: BTreeMap<i64, (i64, i64)> = statement
            .query_map([self.numbers()], |row| {
                Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let (mut sayings, mut origins) = (BTreeMap::new(), BTreeMap::new());
        for (at, member) in self.members.iter_mut().enumerate() {
            if let Some((saying, origin)) = kept.get(&member.number) {
                member.saying = *sayings.entry(*saying).or_insert(at);
                member.origin = *origins.entry(*origin).or_insert(at);
            }
        }
        Ok(())
    }

    fn numbers(&self) -> String {
        let numbers: Vec<i64> = self.members.iter().map(|m| m.number).collect();
        crate::run::json(&numbers)
    }

    /// Holds a claim against those that are there.
    fn join(&mut self, at: usize) -> rusqlite::Result<()> {
        let there = std::mem::take(&mut self.there);
        work::pairs_are_held(there.len());
        for &other in &there {
            let (a, b) = (&self.members[at], &self.members[other]);
            if a.origin == b.origin {
                continue;
            }
            match a.telling.bond(self.lexicon, &b.telling) {
                Bond::Origin => self.merge(at, other),
                Bond::Saying => self.merge_sayings(at, other),
                Bond::Apart => {}
            }
        }
        for &other in &there {
            if self.members[at].origin != self.members[other].origin
                && self.are_copies(at, other)?
            {
                self.merge(at, other);
            }
        }
        self.there = there;
        self.there.push(at);
        Ok(())
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (from, to) = (self.members[a].origin, self.members[b].origin);
        let moved = self.members.iter_mut().filter(|m| m.origin == from);
        moved.for_each(|m| m.origin = to);
        self.merge_sayings(a, b);
    }

    fn merge_sayings(&mut self, a: usize, b: usize) {
        let (from, to) = (self.members[a].saying, self.members[b].saying);
        let moved = self.members.iter_mut().filter(|m| m.saying == from);
        moved.for_each(|m| m.saying = to);
    }

    /// True if both stand in words that one page copied from the other. The words of whole pages are read only where
    /// a few words around the claims are the same.
    fn are_copies(&mut self, a: usize, b: usize) -> rusqlite::Result<bool> {
        let (x, y) = (
            self.members[a].telling.entry(),
            self.members[b].telling.entry(),
        );
        if x.page == y.page {
            return Ok(false);
        }
        self.look_around(a)?;
        self.look_around(b)?;
        let (Some(of_a), Some(of_b)) = (&self.members[a].around, &self.members[b].around) else {
            return Ok(false);
        };
        if !of_a.iter().any(|run| of_b.binary_search(run).is_ok()) {
            return Ok(false);
        }
        let shared = self.copies.shared_by(self.db, (x.page, y.page))?;
        Ok(is_copied(x, y, &shared))
    }

    fn look_around(&mut self, at: usize) -> rusqlite::Result<()> {
        let member = &mut self.members[at];
        if member.around.is_none() {
            member.around = Some(around(self.db, member.number)?);
        }
        Ok(())
    }

    /// Keeps the claims of a saying with its numbers; one that stands alone is not kept.
    fn keep(&self, saying: usize) -> rusqlite::Result<()> {
        let members: Vec<&Member<'_>> =
            self.members.iter().filter(|m| m.saying == saying).collect();
        if members.len() < 2 {
            return Ok(());
        }
        let mut origins: BTreeMap<usize, i64> = BTreeMap::new();
        for member in &members {
            let first = origins.entry(member.origin).or_insert(member.number);
            *first = member.number.min(*first);
        }
        let support = Support::counted(members.iter().map(|m| m.telling.entry()), origins.len());
        let first = members.iter().map(|m| m.number).min();
        let mut put = self.db.prepare_cached(
            "INSERT OR REPLACE INTO support (claim, saying, origin, n_pages, n_publishers, n_origins)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for member in &members {
            put.execute(params![
                member.number,
                first,
                origins.get(&member.origin),
                support.n_pages as i64,
                support.n_publishers as i64,
                support.n_origins as i64,
            ])?;
        }
        Ok(())
    }
}

/// The runs of words in and near those of a claim.
fn around(db: &Connection, claim: i64) -> rusqlite::Result<Vec<u64>> {
    db.prepare_cached(
        "SELECT d.text, c.start, c.\"end\" FROM claim c JOIN document d ON d.id = c.document WHERE c.id = ?1",
    )?
    .query_row([claim], |row| {
        let text = row.get_ref(0)?.as_str()?;
        let (start, end): (u32, u32) = (row.get(1)?, row.get(2)?);
        let from = text.floor_char_boundary((start as usize).saturating_sub(AROUND));
        let to = text.ceil_char_boundary((end as usize).saturating_add(AROUND));
        Ok(runs(&text[from..to]))
    })
}
