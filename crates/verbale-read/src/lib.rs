//! Bytes → [`Page`]s → [`Document`]s.
//!
//! [`pages`] tells by content what an input is and takes pages out of containers; [`document`] makes the
//! clean text of one page, with every passage in its role, furniture included; [`as_is`] takes a text
//! without cleaning, so that offsets stay. The same [`VERSION`] makes the same text out of the same bytes.
//!
//! Everything is a pure function of its arguments. Messy input gives coded diagnostics, never an error:
//! what cannot be read at all gives no pages.
//!
//! Not here: opening files and addresses, processes, clocks, copies across documents.

mod dates;
mod draft;
mod encoding;
#[cfg(test)]
mod fixtures;
mod format;
pub mod fuzz;
pub mod language;
mod limits;
mod names;
mod phrases;
mod repeats;
mod unpack;
pub mod worker;

use std::{io::Cursor, ops::ControlFlow};

use verbale_core::{
    Document, Metadata, Outcome, Page, PageId, PageOrigin, Passage, Publication, Role, diagnostic,
    diagnostic::Diagnostic,
};

use draft::Draft;
use format::Reader;
pub use format::{Attachment, Input};
pub use limits::Limits;
use unpack::Unpack;

/// The version of the readers. It changes whenever a reader may make a different text out of the same bytes.
pub const VERSION: u32 = 1;

/// The pages of an input: one for a plain page, several for a container, none for what no reader knows.
///
/// Everything is held in memory; [`each_page`] takes containers of any size.
pub fn pages(bytes: Vec<u8>, origin: PageOrigin, limits: &Limits) -> Outcome<Vec<Page>> {
    let mut pages = Vec::new();
    let mut sink = |page| {
        pages.push(page);
        ControlFlow::Continue(())
    };
    let mut attached = |page: &Page| attachments(page, limits);
    let mut input = Cursor::new(bytes);
    let diagnostics = each_page(&mut input, origin, limits, &mut attached, &mut sink);
    Outcome {
        value: pages,
        diagnostics,
    }
}

/// Gives the pages of an input to `sink`, one at a time, until it breaks or the input ends.
///
/// Returns what is to be said about the input. Memory holds one page, and one archive inside an archive.
/// `attached` finds what is attached to a page that may carry something: [`attachments`], or the same in
/// another process, because the parser of mails is not small.
pub fn each_page(
    input: &mut dyn Input,
    origin: PageOrigin,
    limits: &Limits,
    attached: &mut dyn FnMut(&Page) -> Outcome<Vec<Attachment>>,
    sink: &mut dyn FnMut(Page) -> ControlFlow<()>,
) -> Vec<Diagnostic> {
    Unpack::new(origin, limits, attached, sink).run(input)
}

/// What is attached to a page: nothing, unless it is a mail.
pub fn attachments(page: &Page, limits: &Limits) -> Outcome<Vec<Attachment>> {
    match format::of_media_type(&page.media_type).map(|f| f.reader) {
        Some(Reader::Carrier(_, attached)) => attached(page, limits),
        _ => Outcome::clean(Vec::new()),
    }
}

/// The names of the forms that [`pages`] knows, in the order in which an input is tried against them.
pub fn formats() -> impl Iterator<Item = &'static str> {
    format::FORMATS.iter().map(|f| f.name)
}

/// The clean text of a page, with its passages and its metadata.
pub fn document(page: &Page, limits: &Limits) -> Outcome<Document> {
    let draft = match format::of_media_type(&page.media_type).map(|f| f.reader) {
        Some(Reader::Page(read) | Reader::Carrier(read, _)) => read(page, limits),
        _ => {
            let message = format!("no reader makes documents of `{}`", page.media_type);
            Draft {
                diagnostics: vec![Diagnostic::new(diagnostic::R002_UNKNOWN_FORMAT, message)],
                ..Draft::default()
            }
        }
    };
    let mut diagnostics = draft.diagnostics;
    if draft.metadata.published.is_none() {
        diagnostics.push(Diagnostic::new(
            diagnostic::R005_UNDATED,
            "the page states no publication date",
        ));
    }
    let mut document = Document::new(page.id(), draft.text, draft.passages, draft.metadata);
    document.metadata.language = language::of_document(&document).to_owned();
    Outcome {
        value: document,
        diagnostics,
    }
}

/// A text taken as it is: every line a body passage, nothing cleaned, nothing moved.
///
/// The page's identity is the digest of the text. `published` becomes the publication date, with the rule
/// `given`. Texts beyond `limits.text_bytes` are cut.
pub fn as_is(
    mut text: String,
    published: Option<verbale_core::PartialDate>,
    limits: &Limits,
) -> Outcome<Document> {
    let mut diagnostics = Vec::new();
    let page = PageId::of(text.as_bytes());
    if text.len() > limits.text_bytes {
        text.truncate(text.floor_char_boundary(limits.text_bytes));
        diagnostics.push(cut("text", limits.text_bytes));
    }
    let mut passages = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + (words.as_ptr() as usize - line.as_ptr() as usize);
        at += line.len();
        if !words.is_empty() {
            let range = format::plain::range(start, start + words.len());
            passages.push(Passage {
                role: Role::Body,
                range,
                repeats: None,
            });
        }
    }
    let metadata = Metadata {
        published: published.map(|date| Publication {
            date,
            rule: "given".to_owned(),
        }),
        language: language::of(&text).to_owned(),
        kind: "text".to_owned(),
        ..Metadata::default()
    };
    Outcome {
        value: Document::new(page, text, passages, metadata),
        diagnostics,
    }
}

fn cut(what: &str, bytes: usize) -> Diagnostic {
    Diagnostic::new(
        diagnostic::R004_LIMIT,
        format!("the {what} was cut after `{bytes}` bytes"),
    )
}
