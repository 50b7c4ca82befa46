//! What the indexes get of pages that are added, kept until the rest of them is written.
//!
//! At each statement that fires a trigger, an index writes what it has got so far as a piece of its own. What comes in
//! one go, after everything else, is one piece.

use rusqlite::{Connection, params};

use super::terms;

/// How much is kept of pages that are added in one transaction, in bytes.
const MOST_BYTES: usize = 8 << 20;

/// Rows for the indexes of words and terms, in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    n_bytes: usize,
    passages: Vec<(i64, [String; 2])>,
    claims: Vec<(i64, [String; 3])>,
    terms: Vec<(i64, String)>,
}

impl Pending {
    /// A passage: its words, and what stands beside them.
    pub(super) fn passage(&mut self, row: i64, words: [String; 2]) {
        self.n_bytes += words.iter().map(String::len).sum::<usize>();
        self.passages.push((row, words));
    }

    /// A claim: the words of speaker, subject and place, and its terms.
    pub(super) fn claim(&mut self, row: i64, words: [String; 3], terms: String) {
        self.n_bytes += words.iter().map(String::len).sum::<usize>() + terms.len();
        self.claims.push((row, words));
        self.terms.push((row, terms));
    }

    /// True if it is time to write.
    pub(super) fn is_full(&self) -> bool {
        self.n_bytes >= MOST_BYTES
    }

    /// Writes all that is kept.
    pub(crate) fn write(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let pending = std::mem::take(self);
        for (row, words) in &pending.passages {
            insert_passage(db, *row, words)?;
        }
        for (row, words) in &pending.claims {
            insert_claim(db, *row, words)?;
        }
        let mut terms = pending.terms.iter();
        terms.try_for_each(|(row, terms)| terms::insert(db, *row, terms))
    }
}

/// Puts a passage into the index of words.
pub(super) fn insert_passage(
    db: &Connection,
    row: i64,
    words: &[String; 2],
) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO passage_words (rowid, words, stems) VALUES (?1, ?2, ?3)")?
        .execute(params![row, words[0], words[1]])?;
    Ok(())
}

/// Puts a claim into the index of names.
pub(super) fn insert_claim(db: &Connection, row: i64, words: &[String; 3]) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO claim_words (rowid, speaker, about, place) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![row, words[0], words[1], words[2]])?;
    Ok(())
}
