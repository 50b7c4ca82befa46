//! Proving that every claim has its words and every text its bytes.

use rusqlite::Connection;
use verbale_core::{CharOffset, ClaimId, Digest, Document, OffsetTable, Page, PageId};

use crate::Case;
use crate::error::Result;
use crate::store::{document_row, page_id};

/// Something in a case that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// SQLite finds the file's structure damaged.
    File {
        /// What SQLite says.
        what: String,
    },
    /// A page's stored bytes cannot be read or are not those that were captured.
    Bytes {
        /// The page.
        page: PageId,
    },
    /// A document cannot be read, or its text has another digest than when it was made.
    Text {
        /// The page.
        page: PageId,
    },
    /// The readers make another text out of the stored bytes.
    Reading {
        /// The page.
        page: PageId,
        /// The first byte at which the texts differ.
        at: usize,
    },
    /// A claim's quote does not stand at its place in the text.
    Quote {
        /// The page.
        page: PageId,
        /// The claim.
        claim: ClaimId,
    },
    /// An index does not lead to what the tables have; claims or passages are missed, or found where they are not.
    Index {
        /// The name of the index in the file.
        index: String,
    },
    /// The journal of decisions was changed after it was written.
    Journal {
        /// The id of the first decision that does not follow from the one before.
        decision: String,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { what } => write!(f, "the file is damaged: {what}"),
            Self::Bytes { page } => write!(f, "the stored bytes are not those captured: `{page}`"),
            Self::Text { page } => {
                write!(f, "the stored text is not the one that was made: `{page}`")
            }
            Self::Reading { page, at } => {
                write!(
                    f,
                    "the reader makes another text from byte {at} on: `{page}`"
                )
            }
            Self::Quote { page, claim } => {
                write!(
                    f,
                    "the words of `{claim}` do not stand at their place: `{page}`"
                )
            }
            Self::Index { index } => {
                write!(
                    f,
                    "the index does not lead to what the tables have: `{index}`"
                )
            }
            Self::Journal { decision } => {
                write!(
                    f,
                    "the journal was changed at or before decision `{decision}`"
                )
            }
        }
    }
}

/// What a check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Pages whose bytes were looked at.
    pub n_pages: u64,
    /// Documents whose text was made again from the bytes.
    pub n_read_again: u64,
    /// Documents that another version of the readers made, so that their text was not made again.
    pub n_other_reader: u64,
    /// Claims whose words were looked up.
    pub n_claims: u64,
    /// What does not hold, in the order of the pages.
    pub faults: Vec<Fault>,
}

impl Case {
    /// Checks the whole case: the file's structure, each page's bytes and each text's digest, each claim's words
    /// byte for byte in the text, that the indexes of terms are those of the tables, the chain of the journal, and, with `read_again`, that the bytes still make
    /// the text. `read_again` gets the page and the stored document, and `None` from it means that the document
    /// is another reader's; its date may have been set by a person and is not compared.
    ///
    /// Other processes may add to the case meanwhile. The faults found are in the result, not errors.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn check(
        &self,
        mut read_again: impl FnMut(&Page, &Document, &crate::Run) -> Option<String>,
    ) -> Result<Checked> {
        let mut checked = Checked::default();
        for what in self.run(integrity)? {
            checked.faults.push(Fault::File { what });
        }
        if let Some(decision) = self.run(crate::decision::broken_link)? {
            checked.faults.push(Fault::Journal { decision });
        }
        match self.consistently(|case| case.run(index::differing)) {
            Ok(found) => {
                let found = found.into_iter().map(str::to_owned);
                checked
                    .faults
                    .extend(found.map(|index| Fault::Index { index }));
            }
            Err(e) => checked.faults.push(Fault::File {
                what: e.to_string(),
            }),
        }
        let pages = self.run(pages)?;
        for (row, page) in pages {
            self.consistently(|case| {
                case.check_page(row, page, &mut read_again, &mut checked);
                Ok(())
            })?;
        }
        Ok(checked)
    }

    fn check_page(
        &self,
        row: i64,
        id: PageId,
        read_again: &mut impl FnMut(&Page, &Document, &crate::Run) -> Option<String>,
        checked: &mut Checked,
    ) {
        checked.n_pages += 1;
        let page = match self.page(id) {
            // Withdrawn since the list was made.
            Ok(None) => return,
            Ok(Some(page)) if page.id() == id && self.digest_holds(row, &page) => Some(page),
            _ => {
                checked.faults.push(Fault::Bytes { page: id });
                None
            }
        };
        let document = match self.run(|db| document_row(db, row)) {
            Ok(Some(document))
                if document.page() == id && self.text_holds(row, document.text()) =>
            {
                document
            }
            Ok(None) => return,
            _ => {
                checked.faults.push(Fault::Text { page: id });
                return;
            }
        };
        self.check_quotes(row, id, document.text(), checked);
        let run = self.run(|db| crate::ledger::run_of(db, row));
        if let (Some(page), Ok(run)) = (page, run) {
            match read_again(&page, &document, &run) {
                None => checked.n_other_reader += 1,
                Some(text) => {
                    checked.n_read_again += 1;
                    if text != document.text() {
                        let at = first_difference(&text, document.text());
                        checked.faults.push(Fault::Reading { page: id, at });
                    }
                }
            }
        }
    }

    fn digest_holds(&self, row: i64, page: &Page) -> bool {
        self.stored_digest("SELECT sha256 FROM page WHERE id = ?1", row)
            .is_some_and(|digest| digest == page.digest().0)
    }

    fn text_holds(&self, row: i64, text: &str) -> bool {
        self.stored_digest("SELECT text_sha256 FROM document WHERE id = ?1", row)
            .is_some_and(|digest| digest == Digest::of(text.as_bytes()).0)
    }

    fn stored_digest(&self, sql: &str, row: i64) -> Option<[u8; 32]> {
        self.run(|db| db.prepare_cached(sql)?.query_row([row], |row| row.get(0)))
            .ok()
    }

    /// Looks every quote up on its own, so that one unreadable claim does not hide the next.
    fn check_quotes(&self, row: i64, page: PageId, text: &str, checked: &mut Checked) {
        let quotes = self.run(|db| {
            db.prepare_cached(
                "SELECT claim_id, start, \"end\", quote, start_char FROM claim WHERE document = ?1 ORDER BY id",
            )?
            .query_map([row], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, u32>(1)?,
                    row.get::<_, u32>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, u32>(4)?,
                ))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
        });
        let Ok(quotes) = quotes else {
            checked.faults.push(Fault::Text { page });
            return;
        };
        let offsets = OffsetTable::new(text);
        for (claim, start, end, quote, start_char) in quotes {
            checked.n_claims += 1;
            let stands = text.get(start as usize..end as usize) == Some(&*quote)
                && offsets.to_char(start.into()) == CharOffset(start_char);
            match claim.parse() {
                Ok(claim) if !stands => checked.faults.push(Fault::Quote { page, claim }),
                Ok(_) => {}
                Err(_) => checked.faults.push(Fault::Text { page }),
            }
        }
    }
}

fn integrity(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let found: Vec<String> = db
        .prepare("PRAGMA integrity_check(20)")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").collect())
}

fn pages(db: &Connection) -> rusqlite::Result<Vec<(i64, PageId)>> {
    db.prepare("SELECT id, page_id FROM page WHERE withdrawn_at IS NULL ORDER BY id")?
        .query_map([], |row| {
            Ok((row.get(0)?, page_id(&row.get::<_, String>(1)?)?))
        })?
        .collect()
}

fn first_difference(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

mod index;
#[cfg(test)]
mod tests;
