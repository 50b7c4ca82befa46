//! Which pages of a case share words with one of them.
//!
//! A quarter of each document's fingerprints are kept in the file, sorted by hash: enough to find those documents
//! that may share words, which are then aligned in full. A document that is not printed yet is aligned with all
//! others, so that the answer never depends on what was printed before.

use rusqlite::{Connection, params};
use verbale_analysis::copies::{MIN_SHARED, Overlap, Print, Tokens, align};
use verbale_core::{Document, PageId};

use super::document::origin;
use crate::Case;
use crate::error::Result;
use crate::store::{document_row, page_row};

/// One in so many fingerprints is kept. A shared passage of 44 words has about ten.
const SAMPLE: u64 = 4;

/// How many documents are printed in one transaction.
const BATCH: u32 = 1_000;

/// A kept fingerprint in more documents than this finds none: it is boilerplate of a site.
const MAX_DOCUMENTS: i64 = 200;

/// Another page that shares words with the page asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// The other page.
    pub page: PageId,
    /// Its publisher, if it names one.
    pub publisher: Option<String>,
    /// The path that it came from first.
    pub path: String,
    /// What the page asked for (first) and the other one share.
    pub overlap: Overlap,
}

impl Case {
    /// Keeps the fingerprints of every document that has none yet. Returns how many there were.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn print_documents(&mut self) -> Result<u64> {
        let mut n_printed = 0;
        loop {
            let n = self.change(print_batch)?;
            n_printed += n as u64;
            if n < BATCH as usize {
                return Ok(n_printed);
            }
        }
    }

    /// True if every document's fingerprints are kept, so that [`Case::copies_of`] need not read them all.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_printed(&self) -> Result<bool> {
        self.run(|db| {
            db.query_row("SELECT NOT EXISTS (SELECT 1 FROM unprinted)", [], |row| {
                row.get(0)
            })
        })
    }

    /// The pages that share words with this one, those that share most first, then by id.
    ///
    /// A passage that more than 200 documents have is taken for boilerplate of a site and finds none of them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn copies_of(&self, page: PageId) -> Result<Vec<Copy>> {
        self.run(|db| {
            let own = match page_row(db, page)? {
                Some((row, _)) => document_row(db, row)?.map(|document| (row, document)),
                None => None,
            };
            let Some((row, document)) = own else {
                return Ok(Vec::new());
            };
            let words = Tokens::of_document(&document);
            let prints = Print::of(&words).hashes();
            let mut copies = Vec::new();
            for other in candidates(db, row, &prints)? {
                copies.extend(copy(db, other, &words, &prints)?);
            }
            copies.sort_by_key(|c: &Copy| (std::cmp::Reverse(c.overlap.n_shared), c.page));
            Ok(copies)
        })
    }
}

/// Those fingerprints of a document that the file keeps, as SQLite's signed numbers.
fn sample(prints: &[u64]) -> impl Iterator<Item = i64> + '_ {
    let kept = prints.iter().filter(|&&hash| hash % SAMPLE == 0);
    kept.map(|hash| hash.cast_signed())
}

fn prints_of(document: &Document) -> Vec<u64> {
    Print::of(&Tokens::of_document(document)).hashes()
}

/// Prints up to [`BATCH`] documents. The rows go in by order of hash: the tree is walked once.
fn print_batch(db: &rusqlite::Transaction<'_>) -> rusqlite::Result<usize> {
    let waiting: Vec<i64> = db
        .prepare_cached("SELECT document FROM unprinted ORDER BY document LIMIT ?1")?
        .query_map([BATCH], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut rows: Vec<(i64, i64)> = Vec::new();
    for &id in &waiting {
        if let Some(document) = document_row(db, id)? {
            rows.extend(sample(&prints_of(&document)).map(|hash| (hash, id)));
        }
    }
    rows.sort_unstable();
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO fingerprint (hash, document) VALUES (?1, ?2)")?;
    for (hash, id) in rows {
        insert.execute([hash, id])?;
    }
    let mut done = db.prepare_cached("DELETE FROM unprinted WHERE document = ?1")?;
    for id in &waiting {
        done.execute([id])?;
    }
    Ok(waiting.len())
}

/// Forgets the fingerprints of a document whose reading is about to go.
pub(crate) fn delete_prints(db: &Connection, id: i64) -> rusqlite::Result<()> {
    let waits: bool = db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM unprinted WHERE document = ?1)")?
        .query_row([id], |row| row.get(0))?;
    if waits {
        return Ok(());
    }
    if let Some(document) = document_row(db, id)? {
        let mut delete =
            db.prepare_cached("DELETE FROM fingerprint WHERE hash = ?1 AND document = ?2")?;
        for hash in sample(&prints_of(&document)) {
            delete.execute([hash, id])?;
        }
    }
    Ok(())
}

/// The documents that share a kept fingerprint with these, and those that are not printed yet, in order.
fn candidates(db: &Connection, own: i64, prints: &[u64]) -> rusqlite::Result<Vec<i64>> {
    let mut found: Vec<i64> = Vec::new();
    let mut with =
        db.prepare_cached("SELECT document FROM fingerprint WHERE hash = ?1 LIMIT ?2")?;
    for hash in sample(prints) {
        let documents: Vec<i64> = with
            .query_map(params![hash, MAX_DOCUMENTS + 1], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if i64::try_from(documents.len()).is_ok_and(|n| n <= MAX_DOCUMENTS) {
            found.extend(documents);
        }
    }
    let mut waiting = db.prepare_cached("SELECT document FROM unprinted")?;
    for id in waiting.query_map([], |row| row.get(0))? {
        found.push(id?);
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|&id| id != own);
    Ok(found)
}

/// What a document shares with the one of these words; `None` if that is less than a passage.
fn copy(
    db: &Connection,
    id: i64,
    words: &Tokens,
    prints: &[u64],
) -> rusqlite::Result<Option<Copy>> {
    let Some(document) = document_row(db, id)? else {
        return Ok(None);
    };
    let others = Tokens::of_document(&document);
    let shared = Print::of(&others).hashes();
    let n_shared = shared.iter().filter(|h| prints.binary_search(h).is_ok());
    if n_shared.count() < MIN_SHARED {
        return Ok(None);
    }
    let overlap = align(words, &others);
    if overlap.segments.is_empty() {
        return Ok(None);
    }
    Ok(Some(Copy {
        page: document.page(),
        publisher: document.metadata.publisher.clone(),
        path: origin(db, id)?.path,
        overlap,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sample, at};

    /// Twenty numbered lines from `first` on; a line has its words to itself.
    fn lines(first: u32) -> String {
        let line = |n: u32| format!("boats {n} of pier {n} lie at berth {n} since day {n}\n");
        (first..first + 20).map(line).collect()
    }

    fn case() -> (Case, Vec<PageId>) {
        let texts = [
            format!("Story\n{}", lines(0)),
            format!("Inside\n{}{}", lines(100), lines(0)),
            format!("Stranger\n{}", lines(200)),
            format!("Menu\n|{}", lines(0).replace('\n', " ")),
        ];
        let mut case = Case::in_memory().unwrap();
        let add = |(n, text): (usize, &String)| {
            let sample = Sample::new(&format!("{n}.txt"), text);
            sample.add_to(&mut case);
            sample.page.id()
        };
        let pages = texts.iter().enumerate().map(add).collect();
        (case, pages)
    }

    #[test]
    fn what_was_printed_before_does_not_matter() {
        let (mut case, pages) = case();
        let found = |case: &Case| -> Vec<Vec<Copy>> {
            let copies = |page: &PageId| case.copies_of(*page).unwrap();
            pages.iter().map(copies).collect()
        };
        let unprinted = found(&case);
        assert!(!case.is_printed().unwrap());
        assert_eq!(case.print_documents().unwrap(), 4);
        assert!(case.is_printed().unwrap());
        assert_eq!(case.print_documents().unwrap(), 0);
        assert_eq!(found(&case), unprinted);
        let [story, inside, stranger, menu] = &unprinted[..] else {
            panic!("four pages");
        };
        assert_eq!((story.len(), story[0].page), (1, pages[1]));
        assert_eq!((inside.len(), inside[0].page), (1, pages[0]));
        assert_eq!(story[0].path, "1.txt");
        assert!(stranger.is_empty());
        assert!(menu.is_empty(), "furniture is no copy");
    }

    #[test]
    fn a_page_that_goes_takes_its_fingerprints_along() {
        let (mut case, pages) = case();
        case.print_documents().unwrap();
        let n_prints = |case: &Case| -> i64 {
            let count = "SELECT count(*) FROM fingerprint";
            case.run(|db| db.query_row(count, [], |row| row.get(0)))
                .unwrap()
        };
        let before = n_prints(&case);
        case.withdraw(pages[2], "Ada", "consent", at(9)).unwrap();
        let after = n_prints(&case);
        assert!(after < before, "{after} of {before}");
        case.withdraw(pages[1], "Ada", "consent", at(10)).unwrap();
        assert!(case.copies_of(pages[0]).unwrap().is_empty());
        case.withdraw(pages[0], "Ada", "consent", at(11)).unwrap();
        assert_eq!(n_prints(&case), 0);
    }
}
