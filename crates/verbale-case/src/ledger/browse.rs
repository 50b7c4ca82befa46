//! Lists for people who look around: documents, publishers, entities, facets, custody.
//!
//! Lists come in slices ([`Slice`]), so that a page of a desk costs what it shows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use verbale_core::{Digest, EntityKind, PageId, PageOrigin};

use super::{DocumentInfo, document_info};
use crate::decision::Reliability;
use crate::error::Result;
use crate::store::{page_row, unreadable};
use crate::{Case, EntityId};

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many rows come before it.
    pub offset: u32,
    /// At most so many rows.
    pub limit: u32,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDocument {
    /// The document.
    pub info: DocumentInfo,
    /// How many claims it has.
    pub n_claims: u64,
}

/// A publisher in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPublisher {
    /// The name as its documents have it.
    pub name: String,
    /// How many documents of it the case has.
    pub n_documents: u64,
    /// How many claims stand on them.
    pub n_claims: u64,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
}

/// An entity in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEntity {
    /// Its id.
    pub id: EntityId,
    /// The fullest name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The pack's name for it, where a pack knows it.
    pub pack_id: Option<String>,
    /// How many claims it makes.
    pub n_said: u64,
    /// How many claims are about it.
    pub n_about: u64,
    /// How often the pages mention it.
    pub n_mentions: u64,
}

/// Where a page came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCustody {
    /// Of the page's bytes.
    pub digest: Digest,
    /// As the reader took it.
    pub media_type: String,
    /// How many bytes the page has.
    pub n_bytes: u64,
    /// When it was added to the case.
    pub added: Timestamp,
    /// Every place it was found at, in the order in which they were added.
    pub captures: Vec<PageOrigin>,
}

impl Case {
    /// A number that changes whenever another connection has changed the file since this one was opened.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        self.run(|db| db.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// Documents, those added last first; of one publisher if `publisher` names one as the documents have it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents(&self, publisher: Option<&str>, slice: Slice) -> Result<Vec<ListedDocument>> {
        self.run(|db| {
            let rows: Vec<i64> = db
                .prepare_cached(match publisher {
                    Some(_) => {
                        "SELECT id FROM document WHERE publisher = ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3"
                    }
                    None => {
                        "SELECT id FROM document WHERE ?1 IS NULL ORDER BY id DESC LIMIT ?2 OFFSET ?3"
                    }
                })?
                .query_map(params![publisher, slice.limit, slice.offset], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            rows.into_iter().map(|row| listed_document(db, row)).collect()
        })
    }

    /// How many documents [`Case::documents`] lists in all.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_documents(&self, publisher: Option<&str>) -> Result<u64> {
        self.run(|db| match publisher {
            Some(name) => db
                .prepare_cached("SELECT count(*) FROM document WHERE publisher = ?1")?
                .query_row([name], count),
            None => db
                .prepare_cached("SELECT count(*) FROM document")?
                .query_row([], count),
        })
    }

    /// The publishers, those with most documents first. This counts the whole case: seconds for millions of claims.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn publishers(&self) -> Result<Vec<ListedPublisher>> {
        self.run(|db| {
            let n_claims: BTreeMap<String, u64> = db
                .prepare_cached(
                    "SELECT d.publisher, sum(n) FROM
                       (SELECT document, count(*) AS n FROM claim GROUP BY document) k
                     JOIN document d ON d.id = k.document
                     WHERE d.publisher IS NOT NULL GROUP BY d.publisher",
                )?
                .query_map([], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
                })?
                .collect::<rusqlite::Result<_>>()?;
            db.prepare_cached(
                "SELECT publisher, count(*), min(published_first), max(published_last) FROM document
                 WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY 2 DESC, 1",
            )?
            .query_map([], |row| listed_publisher(row, &n_claims))?
            .collect()
        })
    }

    /// The publishers that somebody graded.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn reliabilities(&self) -> Result<BTreeMap<String, Reliability>> {
        self.run(|db| {
            db.prepare_cached("SELECT publisher, reliability FROM publisher_state")?
                .query_map([], |row| {
                    Ok((row.get(0)?, parsed(&row.get::<_, String>(1)?)?))
                })?
                .collect()
        })
    }

    /// The entities that stand for themselves and that something refers to, those of most claims first; of one kind
    /// if one is given. The counts are kept with the case.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entities(&self, kind: Option<EntityKind>, slice: Slice) -> Result<Vec<ListedEntity>> {
        self.run(|db| {
            db.prepare_cached(
                "SELECT e.entity_id, e.name, e.kind, e.pack_id, n.n_said, n.n_about, n.n_mentions
                 FROM entity_count n JOIN entity e ON e.id = n.entity
                 WHERE n.n_said + n.n_about + n.n_mentions > 0 AND e.merged_into IS NULL
                   AND (?1 IS NULL OR e.kind = ?1)
                 ORDER BY n.n_said + n.n_about DESC, n.n_mentions DESC, n.entity LIMIT ?2 OFFSET ?3",
            )?
            .query_map(
                params![kind.map(EntityKind::as_str), slice.limit, slice.offset],
                listed_entity,
            )?
            .collect()
        })
    }

    /// Where a page came from; `None` if the case has no such page.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn custody_of(&self, page: PageId) -> Result<Option<PageCustody>> {
        self.run(|db| match page_row(db, page)? {
            Some((row, _)) => custody(db, row).map(Some),
            None => Ok(None),
        })
    }
}

fn count(row: &Row<'_>) -> rusqlite::Result<u64> {
    row.get::<_, i64>(0).map(i64::unsigned_abs)
}

fn parsed<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    text: &str,
) -> rusqlite::Result<T> {
    text.parse().map_err(|e| unreadable(Box::new(e)))
}

fn listed_document(db: &Connection, row: i64) -> rusqlite::Result<ListedDocument> {
    Ok(ListedDocument {
        info: document_info(db, row)?,
        n_claims: db
            .prepare_cached("SELECT count(*) FROM claim WHERE document = ?1")?
            .query_row([row], count)?,
    })
}

fn listed_publisher(
    row: &Row<'_>,
    n_claims: &BTreeMap<String, u64>,
) -> rusqlite::Result<ListedPublisher> {
    let name: String = row.get(0)?;
    Ok(ListedPublisher {
        n_documents: row.get::<_, i64>(1)?.unsigned_abs(),
        n_claims: n_claims.get(&name).copied().unwrap_or_default(),
        published: row
            .get::<_, Option<String>>(2)?
            .zip(row.get::<_, Option<String>>(3)?),
        name,
    })
}

fn listed_entity(row: &Row<'_>) -> rusqlite::Result<ListedEntity> {
    let (id, kind): (String, String) = (row.get(0)?, row.get(2)?);
    Ok(ListedEntity {
        id: EntityId::parse(&id).ok_or_else(|| unreadable(format!("entity `{id}`").into()))?,
        name: row.get(1)?,
        kind: parsed(&kind)?,
        pack_id: row.get(3)?,
        n_said: row.get::<_, i64>(4)?.unsigned_abs(),
        n_about: row.get::<_, i64>(5)?.unsigned_abs(),
        n_mentions: row.get::<_, i64>(6)?.unsigned_abs(),
    })
}

fn custody(db: &Connection, page: i64) -> rusqlite::Result<PageCustody> {
    let captures = db
        .prepare_cached(
            "SELECT path, address, containers, captured_at FROM capture WHERE page = ?1 ORDER BY id",
        )?
        .query_map([page], |row| {
            let containers: String = row.get(2)?;
            let captured: Option<String> = row.get(3)?;
            Ok(PageOrigin {
                path: row.get(0)?,
                address: row.get(1)?,
                containers: serde_json::from_str(&containers)
                    .map_err(|e| unreadable(Box::new(e)))?,
                captured: captured.as_deref().map(parsed).transpose()?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    db.prepare_cached("SELECT sha256, media_type, n_bytes, added_at FROM page WHERE id = ?1")?
        .query_row([page], |row| {
            Ok(PageCustody {
                digest: Digest(row.get(0)?),
                media_type: row.get(1)?,
                n_bytes: row.get::<_, i64>(2)?.unsigned_abs(),
                added: parsed(&row.get::<_, String>(3)?)?,
                captures,
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sample;

    const ALL: Slice = Slice {
        offset: 0,
        limit: 100,
    };

    fn case() -> (Case, PageId) {
        let mut case = Case::in_memory().unwrap();
        let mut first = None;
        for n in 0..3 {
            let sample = Sample::new(
                &format!("p{n}.txt"),
                &format!("Harbor news {n}\nTen boats."),
            );
            first.get_or_insert(sample.page.id());
            sample.add_to(&mut case);
        }
        (case, first.unwrap())
    }

    #[test]
    fn documents_come_latest_first_and_in_slices() {
        let (case, first) = case();
        let all = case.documents(None, ALL).unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!(all[2].info.page, first);
        let second = Slice {
            offset: 1,
            limit: 1,
        };
        assert_eq!(case.documents(None, second).unwrap(), all[1..2]);
        assert_eq!(case.documents(Some("Harbour Post"), ALL).unwrap(), all);
        assert_eq!(case.documents(Some("Nobody"), ALL).unwrap(), []);
        assert_eq!(case.n_documents(None).unwrap(), 3);
        assert_eq!(case.n_documents(Some("Nobody")).unwrap(), 0);
    }

    #[test]
    fn publishers_are_counted() {
        let (case, _) = case();
        let publishers = case.publishers().unwrap();
        assert_eq!(publishers.len(), 1);
        assert_eq!(publishers[0].name, "Harbour Post");
        assert_eq!(publishers[0].n_documents, 3);
        assert_eq!(
            publishers[0].published,
            Some(("2031-05-02".into(), "2031-05-02".into()))
        );
    }

    #[test]
    fn custody_has_digest_and_places() {
        let (case, first) = case();
        let custody = case.custody_of(first).unwrap().unwrap();
        let bytes = case.page(first).unwrap().unwrap().bytes;
        assert_eq!(custody.digest, Digest::of(&bytes));
        assert_eq!(custody.n_bytes, bytes.len() as u64);
        assert_eq!(custody.captures[0].path, "p0.txt");
        assert_eq!(case.custody_of(PageId([0; 16])).unwrap(), None);
    }

    #[test]
    fn entities_come_with_most_claims_first_and_by_kind() {
        let (case, _) = case();
        assert_eq!(case.entities(None, ALL).unwrap(), []);
        let mut case = Case::in_memory().unwrap();
        crate::testing::harbour().add_to(&mut case);
        let all = case.entities(None, ALL).unwrap();
        assert!(!all.is_empty());
        assert!(all.is_sorted_by_key(|e| std::cmp::Reverse(e.n_said + e.n_about)));
        for listed in &all {
            let stored = case.entity_by_any_id(&listed.id).unwrap().unwrap();
            assert_eq!(
                (stored.n_said, stored.n_about, stored.n_mentions),
                (listed.n_said, listed.n_about, listed.n_mentions)
            );
        }
        let kind = all[0].kind;
        let of_kind = case.entities(Some(kind), ALL).unwrap();
        assert!(of_kind.iter().all(|e| e.kind == kind) && of_kind[0] == all[0]);
    }
}
