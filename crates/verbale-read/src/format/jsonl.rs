//! JSON lines: each object with a text or markup is a page.

mod fields;

use std::{
    io::{BufRead, Read},
    ops::ControlFlow,
};

use fields::Fields;
use verbale_core::{Diagnostic, Page, Publication, diagnostic};

use super::{Format, Reader, html, plain};
use crate::{
    dates::{self, Order},
    draft::Draft,
    limits::Limits,
    unpack::{Member, Unpack},
};

/// One object a line.
pub(crate) const FORMAT: Format = Format {
    name: "jsonl",
    media_type: "application/jsonl",
    sniff: is_jsonl,
    reader: Reader::Stream(read),
};

/// One object.
pub(crate) const LINE: Format = Format {
    name: "json object",
    media_type: "application/json",
    sniff: |_| false,
    reader: Reader::Page(read_line),
};

const HTML_KEYS: &[&str] = &["html", "raw_html", "content_html", "rawHtml"];
const TEXT_KEYS: &[&str] = &[
    "text",
    "content",
    "body",
    "maintext",
    "article",
    "raw_content",
    "article_text",
];
const ADDRESS_KEYS: &[&str] = &["url", "link", "source_url", "canonical_url", "uri"];
const NAME_KEYS: &[&str] = &["id", "doc_id", "uuid"];
const DATE_KEYS: &[&str] = &[
    "published",
    "date",
    "date_published",
    "published_date",
    "publish_date",
    "datePublished",
    "pubdate",
    "publication_date",
];
const TITLE_KEYS: &[&str] = &["title", "headline"];
const PUBLISHER_KEYS: &[&str] = &[
    "outlet",
    "publisher",
    "site_name",
    "sitename",
    "source_name",
];
const AUTHOR_KEYS: &[&str] = &["authors", "author"];

/// Everything that is read of an object.
const KEYS: &[&[&str]] = &[
    HTML_KEYS,
    TEXT_KEYS,
    ADDRESS_KEYS,
    NAME_KEYS,
    DATE_KEYS,
    TITLE_KEYS,
    PUBLISHER_KEYS,
    AUTHOR_KEYS,
];

/// An object whose first keys are in quotes; one that spans lines is a document of its own.
fn is_jsonl(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let line = text.trim_start_matches('\u{FEFF}').trim_start();
    let first = line.lines().next().unwrap_or_default().trim_end();
    let opens = first
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with('"'));
    let is_cut = first.len() + 64 >= head.len();
    let holds = |keys: &[&str]| keys.iter().any(|k| first.contains(&format!("\"{k}\"")));
    opens
        && (first.ends_with('}') || is_cut)
        && (is_cut || holds(HTML_KEYS) || holds(TEXT_KEYS) || holds(ADDRESS_KEYS))
}

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let max = unpack.limits.page_bytes;
    for n in 1.. {
        let mut bytes = Vec::new();
        match (&mut *input).take(max as u64).read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) => {
                unpack.damaged("a line", &e);
                break;
            }
        }
        if bytes.len() == max && !bytes.ends_with(b"\n") {
            unpack.remark(
                diagnostic::R004_LIMIT,
                format!("line {n} is longer than `{max}` bytes and was skipped"),
            );
            if let Err(e) = skip_line(input) {
                unpack.damaged("a line", &e);
                break;
            }
            continue;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let Ok(object) = Fields::of(&bytes, KEYS) else {
            unpack.remark(
                diagnostic::R006_UNREADABLE,
                format!("line {n} is no JSON object"),
            );
            continue;
        };
        if object
            .text(HTML_KEYS)
            .or_else(|| object.text(TEXT_KEYS))
            .is_none()
        {
            unpack.remark(
                diagnostic::R001_EMPTY,
                format!("line {n} has neither text nor html"),
            );
            continue;
        }
        let address = object
            .text(ADDRESS_KEYS)
            .filter(|a| a.starts_with("http"))
            .map(str::to_owned);
        let name = object
            .text(NAME_KEYS)
            .map_or_else(|| format!("line {n}"), str::to_owned);
        let member = Member {
            bytes,
            name,
            address,
            media_type: Some(LINE.media_type),
            ..Member::default()
        };
        unpack.member(member)?;
    }
    ControlFlow::Continue(())
}

/// Reads to the end of a line without keeping it.
fn skip_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let n = end.map_or(buffer.len(), |i| i + 1);
        input.consume(n);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn read_line(page: &Page, limits: &Limits) -> Draft {
    let Ok(object) = Fields::of(&page.bytes, KEYS) else {
        let message = "the page is no JSON object";
        return Draft {
            diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, message)],
            ..Draft::default()
        };
    };
    let address = page.origin.address.as_deref();
    let mut draft = match object.text(HTML_KEYS) {
        Some(markup) => html::read(cut(markup, limits.html_bytes), address, limits),
        None => {
            let text = object.text(TEXT_KEYS).unwrap_or_default();
            plain::read(cut(text, limits.text_bytes).to_owned(), address, limits)
        }
    };
    let m = &mut draft.metadata;
    // What the collector wrote beside the text was seen on the page; it counts before what is guessed.
    if let Some(date) = object
        .text(DATE_KEYS)
        .and_then(|d| dates::first(d, Order::DayFirst))
    {
        m.published = Some(Publication {
            date,
            rule: "field".to_owned(),
        });
    }
    if let Some(title) = object.text(TITLE_KEYS) {
        m.title = Some(title.trim().to_owned());
    }
    if let Some(publisher) = object.text(PUBLISHER_KEYS) {
        m.publisher = Some(publisher.trim().to_owned());
    }
    let authors = object.texts(AUTHOR_KEYS);
    if !authors.is_empty() {
        m.authors = authors.into_iter().map(str::to_owned).collect();
    }
    draft
}

fn cut(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
