//! JSON lines: each object with a text or markup is a page.

use std::{
    io::{BufRead, Read},
    ops::ControlFlow,
};

use serde_json::{Map, Value};
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
        let object = serde_json::from_slice::<Map<String, Value>>(bytes.trim_ascii());
        let Ok(object) = object else {
            unpack.remark(
                diagnostic::R006_UNREADABLE,
                format!("line {n} is no JSON object"),
            );
            continue;
        };
        if text_of(&object, HTML_KEYS)
            .or_else(|| text_of(&object, TEXT_KEYS))
            .is_none()
        {
            unpack.remark(
                diagnostic::R001_EMPTY,
                format!("line {n} has neither text nor html"),
            );
            continue;
        }
        let address = text_of(&object, ADDRESS_KEYS)
            .filter(|a| a.starts_with("http"))
            .map(str::to_owned);
        let name = text_of(&object, &["id", "doc_id", "uuid"])
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
    let Ok(object) = serde_json::from_slice::<Map<String, Value>>(page.bytes.trim_ascii()) else {
        let message = "the page is no JSON object";
        return Draft {
            diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, message)],
            ..Draft::default()
        };
    };
    let address = page.origin.address.as_deref();
    let mut draft = match text_of(&object, HTML_KEYS) {
        Some(markup) => html::read(cut(markup, limits.html_bytes), address, limits),
        None => plain::read(
            cut(
                text_of(&object, TEXT_KEYS).unwrap_or_default(),
                limits.text_bytes,
            )
            .to_owned(),
            address,
            limits,
        ),
    };
    let m = &mut draft.metadata;
    // What the collector wrote beside the text was seen on the page; it counts before what is guessed.
    if let Some(date) = text_of(
        &object,
        &[
            "published",
            "date",
            "date_published",
            "published_date",
            "publish_date",
            "datePublished",
            "pubdate",
            "publication_date",
        ],
    )
    .and_then(|d| dates::first(d, Order::DayFirst))
    {
        m.published = Some(Publication {
            date,
            rule: "field".to_owned(),
        });
    }
    if let Some(title) = text_of(&object, &["title", "headline"]) {
        m.title = Some(title.trim().to_owned());
    }
    if let Some(publisher) = text_of(
        &object,
        &[
            "outlet",
            "publisher",
            "site_name",
            "sitename",
            "source_name",
        ],
    ) {
        m.publisher = Some(publisher.trim().to_owned());
    }
    let authors: Vec<String> = match object.get("authors").or_else(|| object.get("author")) {
        Some(Value::String(s)) if !s.trim().is_empty() => vec![s.trim().to_owned()],
        Some(Value::Array(a)) => a
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    if !authors.is_empty() {
        m.authors = authors;
    }
    draft
}

fn text_of<'o>(object: &'o Map<String, Value>, keys: &[&str]) -> Option<&'o str> {
    keys.iter()
        .filter_map(|k| object.get(*k)?.as_str())
        .find(|s| !s.trim().is_empty())
}

fn cut(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
