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
mod detect;
mod draft;
mod encoding;
mod html;
pub mod language;
mod limits;
mod names;
mod phrases;
mod plain;
mod repeats;

use verbale_core::{
    Document, Metadata, Outcome, Page, PageId, PageOrigin, Passage, Publication, Role, diagnostic,
    diagnostic::Diagnostic,
};

pub use limits::Limits;

/// The version of the readers. It changes whenever a reader may make a different text out of the same bytes.
pub const VERSION: u32 = 1;

/// The pages of an input: one for a plain page, several for a container, none for what no reader knows.
pub fn pages(mut bytes: Vec<u8>, origin: PageOrigin, limits: &Limits) -> Outcome<Vec<Page>> {
    let mut diagnostics = Vec::new();
    if bytes.len() > limits.page_bytes {
        diagnostics.push(cut("page", limits.page_bytes));
        bytes.truncate(limits.page_bytes);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        diagnostics.push(Diagnostic::new(
            diagnostic::R001_EMPTY,
            "the input has no content",
        ));
        return Outcome {
            value: Vec::new(),
            diagnostics,
        };
    }
    let Some(form) = detect::sniff(&bytes) else {
        diagnostics.push(Diagnostic::new(
            diagnostic::R002_UNKNOWN_FORMAT,
            "no reader knows this format",
        ));
        return Outcome {
            value: Vec::new(),
            diagnostics,
        };
    };
    let page = Page {
        bytes,
        media_type: form.media_type().to_owned(),
        origin,
    };
    Outcome {
        value: vec![page],
        diagnostics,
    }
}

/// The clean text of a page, with its passages and its metadata.
pub fn document(page: &Page, limits: &Limits) -> Outcome<Document> {
    let mut diagnostics = Vec::new();
    let hints = encoding::Hints {
        charset: charset(&page.media_type),
        tld: None,
    };
    let decoded = encoding::decode(&page.bytes, hints);
    if decoded.n_replaced > 0 {
        let message = format!(
            "{} characters could not be decoded as {} and were replaced",
            decoded.n_replaced, decoded.encoding
        );
        diagnostics.push(Diagnostic::new(diagnostic::R003_ENCODING, message));
    }
    let mut text = decoded.text;
    if text.len() > limits.text_bytes {
        text.truncate(text.floor_char_boundary(limits.text_bytes));
        diagnostics.push(cut("text", limits.text_bytes));
    }
    let address = page.origin.address.as_deref();
    let draft = match detect::Form::of_media_type(&page.media_type) {
        Some(detect::Form::Html) => html::read(&text, address, limits),
        _ => plain::read(text, address, limits),
    };
    diagnostics.extend(draft.diagnostics);
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
            let range = plain::range(start, start + words.len());
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

/// The `charset` parameter of a media type.
fn charset(media_type: &str) -> Option<&str> {
    media_type.split(';').skip(1).find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    })
}
