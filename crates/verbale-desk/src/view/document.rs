//! Documents: the list, and one with its claims marked in place.

use serde::Serialize;
use verbale_case::ledger::{ListedDocument, Slice};
use verbale_core::{Document, PageId, Role};

use super::{ClaimCard, Pager, claims::page_of, id, offset};
use crate::{
    address::is_web,
    desk::Sources,
    error::Fault,
    marked::{Mark, Piece, pieces},
};

/// How many rows one page of the list has.
const ROWS: u32 = 50;

/// A document in a list.
#[derive(Debug, Serialize)]
pub struct DocumentRow {
    /// Its address on the desk.
    pub href: String,
    /// `page_…`.
    pub id: String,
    /// The headline, else where it was found.
    pub title: String,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The wire service that wrote it.
    pub agency: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// BCP 47.
    pub language: String,
    /// How many claims it has.
    pub n_claims: u64,
}

impl DocumentRow {
    pub(crate) fn of(listed: &ListedDocument) -> Self {
        let info = &listed.info;
        let id = info.page.to_string();
        Self {
            href: format!("/document/{id}"),
            id,
            title: (info.title.clone()).unwrap_or_else(|| file_name(&info.path).to_owned()),
            publisher: info.publisher.clone(),
            agency: info.agency.clone(),
            published: info.published.map(|d| d.to_string()),
            language: info.language.clone(),
            n_claims: listed.n_claims,
        }
    }
}

/// The last part of the path by which a page was added; also of one inside an archive.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A page of documents.
#[derive(Debug, Serialize)]
pub struct DocumentList {
    /// The rows, those added last first.
    pub documents: Vec<DocumentRow>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// The documents that are asked for.
pub(crate) fn documents(s: &Sources<'_>) -> Result<DocumentList, Fault> {
    let slice = Slice {
        offset: offset(s.ask),
        limit: ROWS + 1,
    };
    let rows = s.case.documents(s.ask.param("publisher"), slice)?;
    let rows = rows.iter().map(DocumentRow::of).collect();
    let (documents, mut pager) = page_of(s.ask, ROWS, rows);
    pager.total = Some(s.case.n_documents(s.ask.param("publisher"))?);
    Ok(DocumentList { documents, pager })
}

/// One document.
#[derive(Debug, Serialize)]
pub struct DocumentPage {
    /// `page_…`.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// The people in the byline.
    pub authors: Vec<String>,
    /// The wire service.
    pub agency: Option<String>,
    /// When it was published, and the rule that found it.
    pub published: Option<(String, String)>,
    /// `news report`, …
    pub kind: String,
    /// BCP 47.
    pub language: String,
    /// The address that the page calls its own, if it is one that a browser may follow.
    pub address: Option<String>,
    /// The text, block by block.
    pub passages: Vec<PassageView>,
    /// The claims in the order of their words; marks count them.
    pub claims: Vec<ClaimCard>,
    /// Coded remarks: code, title, what is to be said.
    pub diagnostics: Vec<(String, String, String)>,
    /// Where the page came from.
    pub captures: Vec<CaptureRow>,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// How many bytes there are.
    pub n_bytes: u64,
    /// As the reader took it.
    pub media_type: String,
    /// When it was added.
    pub added: String,
    /// Which version of the program, the reader and the pipeline read it.
    pub read_by: String,
}

/// One block of the text.
#[derive(Debug, Serialize)]
pub struct PassageView {
    /// `body`, `boilerplate`, …
    pub role: &'static str,
    /// True for what is no reporting: menus, pleas, copies.
    pub is_furniture: bool,
    /// The words; marks are indices into the document's claims.
    pub pieces: Vec<Piece>,
}

/// A place at which a page was found.
#[derive(Debug, Serialize)]
pub struct CaptureRow {
    /// The path.
    pub path: String,
    /// The address, if it is one that a browser may follow.
    pub address: Option<String>,
    /// The archives around it.
    pub containers: Vec<String>,
    /// When.
    pub captured: Option<String>,
}

/// The document of this page.
pub(crate) fn document(s: &Sources<'_>, given: &str) -> Result<DocumentPage, Fault> {
    let page: PageId = id("document", given)?;
    let unknown = || Fault::Unknown {
        what: "document",
        id: given.to_owned(),
    };
    let stored = s.case.document(page)?.ok_or_else(unknown)?;
    let custody = s.case.custody_of(page)?.ok_or_else(unknown)?;
    let marks: Vec<Mark> = (stored.claims.iter().enumerate())
        .map(|(of, c)| Mark {
            range: c.claim.evidence.range(),
            of,
        })
        .collect();
    let metadata = &stored.document.metadata;
    let captures = custody.captures.iter().map(|c| CaptureRow {
        path: c.path.clone(),
        address: c.address.clone().filter(|a| is_web(a)),
        containers: c.containers.clone(),
        captured: c.captured.map(super::second),
    });
    let diagnostics = stored.diagnostics.iter().map(|d| {
        (
            d.code.code.to_owned(),
            d.code.title.to_owned(),
            d.message.clone(),
        )
    });
    Ok(DocumentPage {
        id: page.to_string(),
        title: metadata.title.clone(),
        publisher: metadata.publisher.clone(),
        authors: metadata.authors.clone(),
        agency: metadata.agency.clone(),
        published: (metadata.published.as_ref()).map(|p| (p.date.to_string(), p.rule.clone())),
        kind: metadata.kind.clone(),
        language: metadata.language.clone(),
        address: metadata.address.clone().filter(|a| is_web(a)),
        passages: passages(&stored.document, &marks),
        claims: stored.claims.iter().map(ClaimCard::of).collect(),
        diagnostics: diagnostics.collect(),
        captures: captures.collect(),
        sha256: custody.digest.to_string(),
        n_bytes: custody.n_bytes,
        media_type: custody.media_type,
        added: super::second(custody.added),
        read_by: format!(
            "verbale {}, reader {}, {}",
            stored.run.program, stored.run.reader, stored.run.pipeline
        ),
    })
}

/// The passages with the marks that meet them. Claims come in the order of their words, and so do passages, so
/// that each looks only at marks that can meet it.
fn passages(document: &Document, marks: &[Mark]) -> Vec<PassageView> {
    let mut first = 0;
    let passage = |passage: &verbale_core::Passage| {
        let range = passage.range;
        while marks
            .get(first)
            .is_some_and(|m| m.range.end() <= range.start())
        {
            first += 1;
        }
        let meets = |m: &&Mark| m.range.end() > range.start();
        let met = marks[first..]
            .iter()
            .take_while(|m| m.range.start() < range.end());
        let met: Vec<Mark> = met.filter(meets).copied().collect();
        PassageView {
            role: passage.role.as_str(),
            is_furniture: !passage.role.carries_claims() && passage.role != Role::Byline,
            pieces: pieces(document.text(), range, &met),
        }
    };
    document.passages().iter().map(passage).collect()
}
