//! Mails, and web pages saved as mails (MHTML).

use mail_parser::{Message, MessageParser, PartType};
use verbale_core::{Diagnostic, Page, PartialDate, Publication, diagnostic};

use super::{Format, Reader, html, plain};
use crate::{
    dates::{self, Order},
    draft::Draft,
    limits::Limits,
    names,
};

/// RFC 5322, with MIME.
pub(crate) const FORMAT: Format = Format {
    name: "mail",
    media_type: "message/rfc822",
    sniff: has_headers,
    reader: Reader::Page(read_mail),
};

/// A page with its pictures, as browsers save it.
pub(crate) const MHTML: Format = Format {
    name: "mhtml",
    media_type: "multipart/related",
    sniff: is_mhtml,
    reader: Reader::Page(read_mhtml),
};

/// Whether the head starts with at least two headers that mails have.
pub(super) fn has_headers(head: &[u8]) -> bool {
    let known = [
        "from:",
        "to:",
        "subject:",
        "date:",
        "message-id:",
        "received:",
        "mime-version:",
        "return-path:",
        "delivered-to:",
        "content-type:",
        "reply-to:",
        "x-mozilla-status:",
    ];
    let mut n_known = 0;
    for (i, line) in head.split(|&b| b == b'\n').take(60).enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let is_folded = i > 0 && line.starts_with(b" ") || line.starts_with(b"\t");
        let name = line
            .iter()
            .position(|&b| b == b':')
            .map(|at| String::from_utf8_lossy(&line[..=at]).to_ascii_lowercase());
        match name {
            Some(name) if !name.contains(' ') => {
                n_known += usize::from(known.contains(&name.as_str()))
            }
            _ if is_folded => {}
            _ => return false,
        }
    }
    n_known >= 2
}

fn is_mhtml(head: &[u8]) -> bool {
    let text = super::latin(head);
    let headers = text.split("\r\n\r\n").next().unwrap_or(&text);
    has_headers(head)
        && headers.contains("multipart/related")
        && (headers.contains("snapshot-content-location:")
            || headers.contains("saved by")
            || headers.contains("text/html"))
}

fn read_mail(page: &Page, limits: &Limits) -> Draft {
    let Some(message) = parse(page) else {
        return unreadable();
    };
    let mut draft = match body(&message) {
        Body::Html(markup) => html::fragment(cut(&markup, limits.html_bytes), limits),
        Body::Text(text) => plain::read(cut(&text, limits.text_bytes).to_owned(), None, limits),
        Body::None => Draft {
            diagnostics: vec![Diagnostic::new(
                diagnostic::R001_EMPTY,
                "the mail has no text",
            )],
            ..Draft::default()
        },
    };
    let m = &mut draft.metadata;
    m.title = message
        .subject()
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .or(m.title.take());
    if let Some(sender) = message.from().and_then(|f| f.first()) {
        let name = sender.name().map(str::to_owned);
        let is_person = name
            .as_deref()
            .is_some_and(|n| names::looks_like_person(&n.split_whitespace().collect::<Vec<_>>()));
        match name {
            Some(name) if is_person => m.authors = vec![name],
            Some(name) => m.publisher = Some(name),
            None => m.authors = sender.address().map(str::to_owned).into_iter().collect(),
        }
    }
    m.published = date(&message).map(|date| Publication {
        date,
        rule: "header".to_owned(),
    });
    m.kind = "mail".to_owned();
    draft
}

fn read_mhtml(page: &Page, limits: &Limits) -> Draft {
    let Some(message) = parse(page) else {
        return unreadable();
    };
    let address = ["Snapshot-Content-Location", "Content-Location"]
        .iter()
        .find_map(|h| message.header(*h)?.as_text().map(str::to_owned));
    // The date of such a mail is the date of the capture.
    match body(&message) {
        Body::Html(markup) => html::read(
            cut(&markup, limits.html_bytes),
            address.as_deref().or(page.origin.address.as_deref()),
            limits,
        ),
        Body::Text(text) => plain::read(
            cut(&text, limits.text_bytes).to_owned(),
            address.as_deref(),
            limits,
        ),
        Body::None => unreadable(),
    }
}

fn parse(page: &Page) -> Option<Message<'_>> {
    MessageParser::default().parse(&page.bytes)
}

fn unreadable() -> Draft {
    Draft {
        diagnostics: vec![Diagnostic::new(
            diagnostic::R006_UNREADABLE,
            "the mail cannot be read",
        )],
        ..Draft::default()
    }
}

enum Body {
    Html(String),
    Text(String),
    None,
}

/// The markup if the mail has any, else its text; the parser's own conversions are not used.
fn body(message: &Message<'_>) -> Body {
    let markup = message.parts.iter().find_map(|p| match &p.body {
        PartType::Html(h) if !h.trim().is_empty() => Some(h.to_string()),
        _ => None,
    });
    if let Some(markup) = markup {
        return Body::Html(markup);
    }
    let text = message.parts.iter().find_map(|p| match &p.body {
        PartType::Text(t) if !t.trim().is_empty() => Some(t.to_string()),
        _ => None,
    });
    text.map_or(Body::None, Body::Text)
}

/// The day of the `Date` header, also where its zone or its year is written in an old way.
fn date(message: &Message<'_>) -> Option<PartialDate> {
    if let Some(d) = message.date().filter(|d| d.year >= 1970) {
        let day = PartialDate::new(
            i16::try_from(d.year).ok(),
            i8::try_from(d.month).ok(),
            i8::try_from(d.day).ok(),
        );
        if day.is_some_and(|d| d.day().is_some()) {
            return day;
        }
    }
    dates::first(message.header_raw("Date")?, Order::DayFirst)
}

fn cut(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
