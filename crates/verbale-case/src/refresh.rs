//! A newer capture of an address beside the older one, and what is different in it.
//!
//! Both pages stay. The older one is marked, so that a reader of a claim sees that its page has been captured
//! again since; nothing of it is dropped.

mod difference;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use verbale_core::PageId;

use crate::Case;
use crate::error::Result;
use crate::store::{page_id, page_row, unreadable};

pub use difference::{Difference, PassageChange};

/// A page of the case as a capture of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The page.
    pub page: PageId,
    /// When it was captured, where that is known; else when it was added to the case.
    pub at: Timestamp,
    /// True if it is known when it was captured.
    pub is_dated: bool,
}

impl Case {
    /// The captures of an address, newest first. Addresses are the same if they differ in nothing but the
    /// scheme, `www.`, a final slash, the fragment, and parameters that tell where a reader came from.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn captures_of(&self, address: &str) -> Result<Vec<Capture>> {
        let wanted = canonical(address);
        let all = self.run(addresses)?;
        let mut found: Vec<Capture> = Vec::new();
        for (address, capture) in all {
            if canonical(&address) == wanted && found.iter().all(|c| c.page != capture.page) {
                found.push(capture);
            }
        }
        // The order of adding decides between captures of one moment, so the sort must be stable.
        found.sort_by_key(|c| std::cmp::Reverse(c.at));
        Ok(found)
    }

    /// Marks `older` as captured again from `address` with `newer`. Returns false if the case does not have
    /// both pages, or they are one.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn supersede(
        &mut self,
        older: PageId,
        newer: PageId,
        address: &str,
        at: Timestamp,
    ) -> Result<bool> {
        self.change(|db| {
            let (Some((old, _)), Some((new, _))) = (page_row(db, older)?, page_row(db, newer)?)
            else {
                return Ok(false);
            };
            if old == new {
                return Ok(false);
            }
            // Of three captures the second supersedes the first, also after the third has come.
            db.prepare_cached(
                "INSERT INTO supersession (older, newer, address, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (older) DO NOTHING",
            )?
            .execute(params![old, new, address, at.to_string()])?;
            Ok(true)
        })
    }

    /// The page that is a newer capture of the same address.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn superseded_by(&self, page: PageId) -> Result<Option<PageId>> {
        self.run(|db| {
            db.prepare_cached("SELECT newer FROM supersessions WHERE older = ?1")?
                .query_map([page.to_string()], |row| page_id(&row.get::<_, String>(0)?))?
                .next()
                .transpose()
        })
    }

    /// What is different in `newer`. `None` if the case does not have both documents.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn difference(&self, older: PageId, newer: PageId) -> Result<Option<Difference>> {
        let (Some(old), Some(new)) = (self.document(older)?, self.document(newer)?) else {
            return Ok(None);
        };
        Ok(Some(difference::between(&old, &new)))
    }
}

/// Every address that a page was captured from or states itself, in the order of adding.
fn addresses(db: &Connection) -> rusqlite::Result<Vec<(String, Capture)>> {
    db.prepare_cached(
        "SELECT coalesce(c.address, d.address), p.page_id, c.captured_at, c.added_at
         FROM capture c
         JOIN page p ON p.id = c.page
         LEFT JOIN document d ON d.id = p.id
         WHERE p.withdrawn_at IS NULL AND coalesce(c.address, d.address) IS NOT NULL
         ORDER BY c.id",
    )?
    .query_map([], |row| {
        let captured: Option<String> = row.get(2)?;
        let added: String = row.get(3)?;
        let at = captured.as_ref().unwrap_or(&added);
        Ok((
            row.get(0)?,
            Capture {
                page: page_id(&row.get::<_, String>(1)?)?,
                at: at.parse().map_err(|e| unreadable(Box::new(e)))?,
                is_dated: captured.is_some(),
            },
        ))
    })?
    .collect()
}

/// Parameters of an address that say where its reader came from, by their beginnings.
const VISITOR_PARAMETERS: &[&str] = &["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref="];

/// An address without what does not change the page behind it.
fn canonical(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let kept: Vec<&str> = query
        .split('&')
        .filter(|p| !p.is_empty() && !VISITOR_PARAMETERS.iter().any(|v| p.starts_with(v)))
        .collect();
    format!("{host}/{}?{}", path.trim_end_matches('/'), kept.join("&"))
}

#[cfg(test)]
mod tests;
