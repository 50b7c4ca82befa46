//! Passages by their words.

use serde::Serialize;
use verbale_case::{Hit, Search};
use verbale_core::ClaimKind;

use super::card::claim_href;
use crate::{desk::Sources, error::Fault};

/// How many passages one answer has.
const ROWS: u32 = 25;

/// Passages that match.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// The query as given.
    pub query: String,
    /// What is wrong with the query.
    pub remark: Option<String>,
    /// The passages, best first.
    pub hits: Vec<HitRow>,
    /// True if there may be more.
    pub has_more: bool,
}

/// A passage that matches.
#[derive(Debug, Serialize)]
pub struct HitRow {
    /// The address of the document at the passage.
    pub href: String,
    /// The headline.
    pub title: String,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Words, and whether they were looked for.
    pub words: Vec<(String, bool)>,
    /// True if the passage goes on before and after.
    pub is_cut: (bool, bool),
    /// The addresses of claims in it.
    pub claims: Vec<String>,
}

/// The passages that are asked for.
pub(crate) fn search(s: &Sources<'_>) -> Result<SearchPage, Fault> {
    let query = s.ask.param("q").unwrap_or_default().to_owned();
    let mut page = SearchPage {
        query,
        remark: None,
        hits: Vec::new(),
        has_more: false,
    };
    if page.query.is_empty() {
        return Ok(page);
    }
    let search = Search {
        publisher: s.ask.param("publisher").map(str::to_owned),
        kinds: s.ask.parsed::<ClaimKind>("kind").into_iter().collect(),
        limit: ROWS,
        ..Search::new(&page.query)
    };
    match s.case.search(&search).map_err(Fault::from) {
        Ok(hits) => {
            page.has_more = hits.len() == ROWS as usize;
            page.hits = hits.iter().map(hit).collect();
        }
        // A query that asks for nothing is no fault of the desk's: it is being typed.
        Err(Fault::Bad(remark)) => page.remark = Some(remark),
        Err(fault) => return Err(fault),
    }
    Ok(page)
}

fn hit(h: &Hit) -> HitRow {
    let page = h.document.page.to_string();
    HitRow {
        href: format!("/document/{page}#p{}", h.passage),
        title: h
            .document
            .title
            .clone()
            .unwrap_or_else(|| h.document.path.clone()),
        publisher: h.document.publisher.clone(),
        published: h.document.published.map(|d| d.to_string()),
        language: h.document.language.clone(),
        words: h.snippet.parts.clone(),
        is_cut: (h.snippet.is_cut_before, h.snippet.is_cut_after),
        claims: h
            .claims
            .iter()
            .map(|c| claim_href(&c.to_string()))
            .collect(),
    }
}
