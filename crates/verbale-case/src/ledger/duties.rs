//! The obligations ledger, one duty at a time.

use jiff::civil::Date;
use rusqlite::Connection;
use verbale_analysis::{
    AgainstComputed, Conflict, Duties, DutyPart, Lexicon, Shelf, obligations::Duty,
};

use super::filing::key_of;
use super::gather::Gathered;
use crate::Case;
use crate::error::{Error, Result};

/// How many figures are held at once.
const SLICE: usize = 2_000;

impl Case {
    /// Calls `visit` with each duty as it stands on the day `on`, by instrument and paragraph. At no time are more
    /// claims held than those of one legal text, one page or one duty; of the others, their ids.
    /// [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read, or what `visit` returns.
    pub fn for_each_duty<E: From<Error>>(
        &self,
        lexicon: &Lexicon,
        on: Date,
        mut visit: impl FnMut(&Duty) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let duties = self.run(|db| sorted(db, lexicon))?;
        for (number, claims) in duties.claims() {
            let gathered = self.gather_claims(claims)?;
            visit(&duties.duty(number, &gathered.entries(), on))?;
        }
        Ok(())
    }

    /// What parties assert against what figures imply on the day `on`. [`Case::file_claims`] comes before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn computed_conflicts(&self, lexicon: &Lexicon, on: Date) -> Result<Vec<Conflict>> {
        let mut against = AgainstComputed::default();
        self.for_each_duty(lexicon, on, |duty| {
            let claims = AgainstComputed::claims_of(duty);
            if !claims.is_empty() {
                against.add(duty, &self.gather_claims(&claims)?.entries());
            }
            Ok::<(), Error>(())
        })?;
        Ok(against.conflicts())
    }
}

/// The duties with the ids of their claims.
fn sorted<'l>(db: &Connection, lexicon: &'l Lexicon) -> rusqlite::Result<Duties<'l>> {
    let said = key_of(Shelf::Duty, DutyPart::Said.name());
    let left = key_of(Shelf::Duty, DutyPart::Left.name());
    let mut duties = Duties::new(lexicon);
    let texts: Vec<i64> = numbers(
        db,
        "SELECT DISTINCT key FROM claim_key WHERE shelf = ?1 AND key NOT IN (?2, ?3)",
        &[i64::from(Shelf::Duty.number()), said, left],
    )?;
    for text in texts {
        duties.tell(&Gathered::under(db, Shelf::Duty, text, None)?.entries());
    }
    let shelf = i64::from(Shelf::Duty.number());
    let pages = numbers(
        db,
        "SELECT DISTINCT c.document FROM claim_key k JOIN claim c ON c.id = k.claim
         WHERE k.shelf = ?1 AND k.key = ?2 ORDER BY 1",
        &[shelf, said],
    )?;
    for page in pages {
        let gathered = Gathered::select(
            db,
            "WHERE c.document = ?1 AND EXISTS (SELECT 1 FROM claim_key k WHERE k.claim = c.id AND k.shelf = ?2
               AND k.key <> ?3) ORDER BY c.claim_id",
            &[&page, &shelf, &left],
        )?;
        duties.say(&gathered.entries());
    }
    let figures = numbers(
        db,
        "SELECT claim FROM claim_key WHERE shelf = ?1 AND key = ?2",
        &[shelf, left],
    )?;
    for slice in figures.chunks(SLICE) {
        duties.count(&Gathered::rows(db, slice)?.entries());
    }
    Ok(duties)
}

/// The numbers that a statement selects.
fn numbers(db: &Connection, sql: &str, values: &[i64]) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(sql)?
        .query_map(rusqlite::params_from_iter(values), |row| row.get(0))?
        .collect()
}
