//! Names under which nothing stands yet: all that wait take their places at once.
//!
//! A claim that comes to many (`meeting`) reads those around each of its places. Where nobody stands yet, the places of
//! all are sorted in memory, each line is walked once, and only those that meet are read. It comes to the same.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::lines::{self, Kept, LineId, Other};
use super::meeting::Meeting;

/// How many claims of one name take their places at once; they are held in memory, some 200 bytes each. Of a name with
/// more, one comes after the other.
const MOST_AT_ONCE: usize = 1_000_000;

impl Meeting<'_> {
    /// Lets all claims that wait under a name take their places, if they are not too many and nothing stands there
    /// yet. Returns how many there were; 0 if it was not done.
    pub(super) fn assemble(&mut self, key: i64) -> rusqlite::Result<usize> {
        if !is_new(self.db, key)? {
            return Ok(0);
        }
        let n_waiting = n_waiting(self.db, key)?;
        if n_waiting > MOST_AT_ONCE {
            return Ok(0);
        }
        let firsts = take_places(self.db, key)?;
        for (line, places) in lines_of(key, &firsts) {
            let others: Vec<Other> = places.iter().map(|i| Other::from(&firsts[*i])).collect();
            self.walk(key, line, &others)?;
            for place in places {
                lines::step_in(self.db, line, &firsts[place])?;
            }
        }
        self.db
            .prepare_cached("DELETE FROM unheld WHERE key = ?1")?
            .execute([key])?;
        Ok(n_waiting)
    }

    /// Judges those that meet in a line.
    fn walk(&mut self, key: i64, line: LineId, others: &[Other]) -> rusqlite::Result<()> {
        for (at, this) in others.iter().enumerate() {
            let next = others[at + 1..].iter().take(line.kind.reach(self.most));
            for other in next.take_while(|other| this.may_meet_from(line.kind, other)) {
                if this.meets(line.kind, other) {
                    self.judge(key, this, other)?;
                }
            }
        }
        Ok(())
    }
}

/// True if nothing stands under a name.
fn is_new(db: &Connection, key: i64) -> rusqlite::Result<bool> {
    let mut stands = db.prepare_cached("SELECT 1 FROM said WHERE key = ?1 LIMIT 1")?;
    Ok(!stands.exists([key])?)
}

/// How many claims wait under a name, counted a little further than [`MOST_AT_ONCE`].
fn n_waiting(db: &Connection, key: i64) -> rusqlite::Result<usize> {
    let n: i64 = db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM unheld WHERE key = ?1 LIMIT ?2)")?
        .query_row([key, MOST_AT_ONCE as i64 + 1], |row| row.get(0))?;
    Ok(usize::try_from(n).unwrap_or(usize::MAX))
}

/// Notes what the claims that wait under a name say, and returns the first of each saying.
fn take_places(db: &Connection, key: i64) -> rusqlite::Result<Vec<Kept>> {
    let mut waiting = Kept::waiting(db, key)?;
    waiting.sort_unstable_by_key(|kept| (kept.saying, kept.id, kept.claim));
    for kept in &waiting {
        lines::say(db, key, kept)?;
    }
    let mut sayings = BTreeSet::new();
    waiting.retain(|kept| sayings.insert(kept.saying));
    Ok(waiting)
}

/// The lines in which these claims stand, each with their numbers in the order of their places.
fn lines_of(key: i64, firsts: &[Kept]) -> BTreeMap<LineId, Vec<usize>> {
    let mut lines: BTreeMap<LineId, Vec<usize>> = BTreeMap::new();
    for (i, kept) in firsts.iter().enumerate() {
        for line in kept.lines_under(key) {
            lines.entry(line).or_default().push(i);
        }
    }
    for (line, places) in &mut lines {
        places.sort_unstable_by_key(|i| firsts[*i].place(line.kind));
        // Two lines of a claim may have one digest.
        places.dedup();
    }
    lines
}
