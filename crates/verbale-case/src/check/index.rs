//! Whether the indexes of terms lead to what the tables have, and to nothing else.

use rusqlite::{Connection, Row};

use crate::search::facets;
use crate::store::{mentioned_in_passages, terms};

/// Terms with the rows that they lead to, in any order: how many there are, and the sum of their digests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    n: u64,
    digests: u64,
}

impl Sum {
    fn add(&mut self, term: &[u8], row: i64) {
        // FNV-1a, and then each bit of the number shall tell.
        let bytes = term.iter().chain(&[0]).copied().chain(row.to_le_bytes());
        let digest = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        self.n += 1;
        self.digests = self
            .digests
            .wrapping_add((digest ^ (digest >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9));
    }

    /// Adds what an index has.
    fn add_rows(&mut self, db: &Connection, sql: &str) -> rusqlite::Result<()> {
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.add(row.get_ref(0)?.as_bytes()?, row.get(1)?);
        }
        Ok(())
    }
}

/// The names of the indexes that differ from the tables.
pub(super) fn differing(db: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let (mut claims, mut passages) = (Sum::default(), Sum::default());
    claims.add_rows(db, "SELECT term, doc FROM claim_by_term")?;
    // Of the words of passages, only the entities are told by tables.
    db.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_by_word
           USING fts5vocab ('main', 'passage_words', 'instance')",
    )?;
    let [first, last] = facets::ALL_ENTITIES;
    passages.add_rows(
        db,
        &format!(
            "SELECT term, doc FROM passage_by_word WHERE term >= '{first}' AND term <= '{last}'"
        ),
    )?;
    let (mut told, mut mentioned) = (Sum::default(), Sum::default());
    let mut documents = db.prepare("SELECT id FROM document ORDER BY id")?;
    let mut rows = documents.query([])?;
    while let Some(row) = rows.next()? {
        add_document(db, row, &mut told, &mut mentioned)?;
    }
    let mut out = Vec::new();
    out.extend((claims != told).then_some("claim_terms"));
    out.extend((passages != mentioned).then_some("passage_words"));
    Ok(out)
}

fn add_document(
    db: &Connection,
    row: &Row<'_>,
    told: &mut Sum,
    mentioned: &mut Sum,
) -> rusqlite::Result<()> {
    let document: i64 = row.get(0)?;
    for (claim, terms) in terms::of_document(db, document)? {
        terms
            .split(' ')
            .for_each(|term| told.add(term.as_bytes(), claim));
    }
    for (passage, entities) in mentioned_in_passages(db, document)? {
        for entity in entities {
            mentioned.add(facets::entity(entity).as_bytes(), passage);
        }
    }
    Ok(())
}
