//! RSS and Atom feeds: each entry is a page.
//!
//! A page's bytes are the feed's head and one entry, both as captured, so that the entry knows whose feed
//! it was in.

use std::{io::BufRead, ops::ControlFlow};

use verbale_core::{Metadata, Page, Publication};

use super::{Format, Reader, html, latin, plain, trimmed, xml};
use crate::{
    dates::{self, Order},
    draft::Draft,
    encoding::{self, Hints},
    limits::Limits,
    names,
    unpack::{Member, Unpack},
};

/// RSS 0.9 to 2.0 and Atom.
pub(crate) const FORMAT: Format = Format {
    name: "feed",
    media_type: "application/rss+xml",
    sniff: is_feed,
    reader: Reader::Stream(read),
};

/// One entry of a feed.
pub(crate) const ENTRY: Format = Format {
    name: "feed entry",
    media_type: "application/vnd.verbale.entry+xml",
    sniff: |_| false,
    reader: Reader::Page(read_entry),
};

/// How much of a feed's head goes into each of its pages.
const HEAD_BYTES: usize = 4096;

fn is_feed(head: &[u8]) -> bool {
    let text = latin(head);
    let start = trimmed(&text);
    start.starts_with('<')
        && ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| {
            start
                .find(tag)
                .is_some_and(|at| !start[..at].contains("<html"))
        })
}

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let bytes = unpack.read_page(input, "the feed");
    let text = encoding::decode(&bytes, Hints::default()).text;
    let name = if text.contains("<item") {
        "item"
    } else {
        "entry"
    };
    let Some(first) = text.find(&format!("<{name}")) else {
        return ControlFlow::Continue(());
    };
    let head = &text[..text.floor_char_boundary(first.min(HEAD_BYTES))];
    let mut at = first;
    let mut n_entries = 0;
    while let Some((tag, content, end)) = xml::element(&text, name, at) {
        at = end;
        if content.trim().is_empty() {
            continue;
        }
        n_entries += 1;
        let entry = format!("{head}{tag}{content}</{name}>");
        let address = address(content);
        let member = Member {
            bytes: entry.into_bytes(),
            name: format!("entry {n_entries}"),
            address,
            media_type: Some(ENTRY.media_type),
            ..Member::default()
        };
        unpack.member(member)?;
    }
    ControlFlow::Continue(())
}

fn read_entry(page: &Page, limits: &Limits) -> Draft {
    let text = encoding::decode(&page.bytes, Hints::default()).text;
    let at = text
        .find("<item")
        .or_else(|| text.find("<entry"))
        .unwrap_or(0);
    let (head, entry) = text.split_at(at);
    let content = xml::inner(
        entry,
        &["content:encoded", "content", "description", "summary"],
    )
    .unwrap_or_default();
    // Markup inside markup is escaped; XHTML content of Atom is not.
    let content = if content.contains("&lt;") && !content.contains("<p") {
        xml::unescape(&content)
    } else {
        content
    };
    let mut draft = if content.contains('<') {
        html::fragment(&content, limits)
    } else {
        plain::read(xml::unescape(&content), None, limits)
    };
    let m = metadata(head, entry);
    draft.metadata = Metadata {
        kind: draft.metadata.kind.clone(),
        ..m
    };
    draft
}

fn metadata(head: &str, entry: &str) -> Metadata {
    let own = without(
        entry,
        &[
            "content:encoded",
            "content",
            "description",
            "summary",
            "source",
        ],
    );
    let words = |text: &str, names: &[&str]| {
        xml::inner(text, names)
            .map(|t| strip_tags(&xml::unescape(&t)))
            .filter(|t| !t.is_empty())
    };
    let day = |names: &[&str]| dates::first(&xml::inner(&own, names)?, Order::DayFirst);
    let byline =
        xml::inner(&own, &["dc:creator", "author"]).map(|a| xml::inner(&a, &["name"]).unwrap_or(a));
    let byline = byline
        .map(|a| strip_tags(&xml::unescape(&a)))
        .unwrap_or_default();
    // RSS writes authors as `address (Name)`.
    let byline = byline.split_once('(').map_or(byline.clone(), |(_, name)| {
        name.trim_end_matches(')').to_owned()
    });
    let agency = names::as_agency(&byline).map(str::to_owned);
    let named = names::split_names(&byline);
    let authors: Vec<String> =
        if named.is_empty() && agency.is_none() && !byline.contains('@') && !byline.is_empty() {
            vec![byline]
        } else {
            named
        };
    let source = xml::element(entry, "source", 0).map(|(_, content, _)| content);
    let publisher = source.and_then(|s| {
        words(s, &["title"]).or_else(|| Some(strip_tags(s)).filter(|t| !t.is_empty()))
    });
    Metadata {
        title: words(&own, &["title"]),
        authors: authors
            .into_iter()
            .filter(|a| names::as_agency(a).is_none())
            .collect(),
        agency,
        publisher: publisher.or_else(|| words(head, &["title"])),
        published: day(&["pubDate", "published", "dc:date", "issued", "date"]).map(|date| {
            Publication {
                date,
                rule: "feed".to_owned(),
            }
        }),
        updated: day(&["updated", "modified"]),
        address: address(&own),
        ..Metadata::default()
    }
}

/// The entry's own address.
fn address(entry: &str) -> Option<String> {
    let mut at = 0;
    while let Some((tag, content, end)) = xml::element(entry, "link", at) {
        at = end;
        if !matches!(
            xml::attribute(tag, "rel").as_deref(),
            None | Some("alternate")
        ) {
            continue;
        }
        let found = xml::attribute(tag, "href").unwrap_or_else(|| xml::unescape(content.trim()));
        if found.starts_with("http") {
            return Some(found);
        }
    }
    None
}

/// The entry without the elements that may hold elements of the same names as its own.
fn without(entry: &str, names: &[&str]) -> String {
    let mut out = entry.to_owned();
    for name in names {
        if let Some((tag, _, end)) = xml::element(&out, name, 0) {
            let start = tag.as_ptr() as usize - out.as_ptr() as usize;
            out.replace_range(start..end, "");
        }
    }
    out
}

fn strip_tags(text: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
