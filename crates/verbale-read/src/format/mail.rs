//! Mails with what is attached to them, and web pages saved as mails (MHTML).

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use verbale_core::{Diagnostic, Outcome, Page, PartialDate, Publication, diagnostic};

use super::{Attachment, Format, Reader, flowed, html, plain};
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
    reader: Reader::Carrier(read_mail, attachments),
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

/// The markup if the mail has any, else its text; the parser's own conversions are not used. What is
/// attached is no body, though it may be text.
fn body(message: &Message<'_>) -> Body {
    let markup = message.html_bodies().find_map(|p| match &p.body {
        PartType::Html(h) if !h.trim().is_empty() => Some(h.to_string()),
        _ => None,
    });
    if let Some(markup) = markup {
        return Body::Html(markup);
    }
    let text = message.text_bodies().find_map(|p| match &p.body {
        PartType::Text(t) if !t.trim().is_empty() => Some(unwrapped(p, t)),
        _ => None,
    });
    text.map_or(Body::None, Body::Text)
}

/// The text of a part with its paragraphs put together, where the part says that they were taken apart.
fn unwrapped(part: &MessagePart<'_>, text: &str) -> String {
    let says = |key: &str, value: &str| {
        let attribute = part.content_type().and_then(|t| t.attribute(key));
        attribute.is_some_and(|v| v.eq_ignore_ascii_case(value))
    };
    if says("format", "flowed") {
        flowed::unwrap(text, says("delsp", "yes"))
    } else {
        text.to_owned()
    }
}

/// Attachments of these types hold nothing to read: pictures, keys and signatures, cards, appointments.
const NOTHING_TO_READ: &[&str] = &[
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pgp-",
    "application/pkcs7-",
    "application/x-pkcs7-",
    "application/ics",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
];

/// What is attached to a mail, forwarded mails included; each is told by its content.
fn attachments(page: &Page, limits: &Limits) -> Outcome<Vec<Attachment>> {
    let Some(message) = parse(page) else {
        return Outcome::clean(Vec::new());
    };
    let media_type = |p: &MessagePart<'_>| {
        p.content_type().map_or_else(String::new, |t| {
            format!("{}/{}", t.ctype(), t.subtype().unwrap_or_default()).to_ascii_lowercase()
        })
    };
    let is_readable = |p: &&MessagePart<'_>| {
        let media_type = media_type(p);
        !contents(p, &page.bytes).is_empty()
            && !NOTHING_TO_READ.iter().any(|t| media_type.starts_with(t))
    };
    let mut found: Vec<Attachment> = message
        .attachments()
        .filter(is_readable)
        .take(limits.attachments + 1)
        .enumerate()
        .map(|(i, part)| Attachment {
            bytes: contents(part, &page.bytes).to_vec(),
            name: part
                .attachment_name()
                .map_or_else(|| format!("attachment {}", i + 1), str::to_owned),
            charset: is_text(part).then(|| "utf-8".to_owned()),
        })
        .collect();
    let mut diagnostics = Vec::new();
    if found.len() > limits.attachments {
        found.truncate(limits.attachments);
        diagnostics.push(Diagnostic::new(
            diagnostic::R004_LIMIT,
            format!(
                "more than `{}` files are attached to a mail; the rest was not read",
                limits.attachments
            ),
        ));
    }
    Outcome {
        value: found,
        diagnostics,
    }
}

/// The bytes of a part of the mail `raw`, decoded. A forwarded mail that was not encoded is a stretch of the
/// mail itself; the parser gives the whole mail for it.
fn contents<'a>(part: &'a MessagePart<'_>, raw: &'a [u8]) -> &'a [u8] {
    match &part.body {
        PartType::Message(inner) if inner.raw_message().len() == raw.len() => raw
            .get(part.offset_body as usize..part.offset_end as usize)
            .unwrap_or_default(),
        _ => part.contents(),
    }
}

/// Whether the parser has decoded the part's characters.
fn is_text(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_) | PartType::Html(_))
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
