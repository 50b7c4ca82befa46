//! Plain text, Markdown and saved web pages: bytes in some encoding.

use verbale_core::{Diagnostic, Page, diagnostic};

use super::{Format, Reader, html, latin, plain, trimmed};
use crate::{
    draft::Draft,
    encoding::{self, Hints},
    limits::Limits,
};

/// Markup of a web page.
pub(crate) const HTML: Format = Format {
    name: "html",
    media_type: "text/html",
    sniff: is_html,
    reader: Reader::Page(read_html),
};

/// Text without markup, or with Markdown's.
pub(crate) const PLAIN: Format = Format {
    name: "text",
    media_type: "text/plain",
    sniff: is_text,
    reader: Reader::Page(read_plain),
};

fn read_html(page: &Page, limits: &Limits) -> Draft {
    let (markup, diagnostics) = decode(page, limits.html_bytes);
    let mut draft = html::read(&markup, page.origin.address.as_deref(), limits);
    draft.diagnostics.extend(diagnostics);
    draft
}

fn read_plain(page: &Page, limits: &Limits) -> Draft {
    let (text, diagnostics) = decode(page, limits.text_bytes);
    let mut draft = plain::read(text, page.origin.address.as_deref(), limits);
    draft.diagnostics.extend(diagnostics);
    draft
}

/// The page's bytes as text of at most `max` bytes.
fn decode(page: &Page, max: usize) -> (String, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let tld = page
        .origin
        .address
        .as_deref()
        .and_then(crate::names::host)
        .and_then(|h| {
            let tld = h.rsplit('.').next()?.to_owned();
            tld.bytes().all(|b| b.is_ascii_lowercase()).then_some(tld)
        });
    let hints = Hints {
        charset: charset(&page.media_type),
        tld: tld.as_deref(),
    };
    let decoded = encoding::decode(&page.bytes, hints);
    if decoded.n_replaced > 0 {
        let message = format!(
            "{} characters could not be decoded and were replaced: `{}`",
            decoded.n_replaced, decoded.encoding
        );
        diagnostics.push(Diagnostic::new(diagnostic::R003_ENCODING, message));
    }
    let mut text = decoded.text;
    if text.len() > max {
        text.truncate(text.floor_char_boundary(max));
        diagnostics.push(crate::cut("text", max));
    }
    (text, diagnostics)
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

/// A document type, or tags that only a web page has.
fn is_html(head: &[u8]) -> bool {
    let text = latin(head);
    let start = trimmed(&text);
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return true;
    }
    start.starts_with('<')
        && [
            "<html",
            "<head",
            "<body",
            "<title",
            "<meta ",
            "<div",
            "<article",
            "<p>",
            "<p ",
            "<h1",
            "<table",
            "<!doctype html",
        ]
        .iter()
        .any(|tag| start.contains(tag))
}

/// Few control characters: text in some encoding. UTF-16 without a mark has a zero in every second byte.
fn is_text(head: &[u8]) -> bool {
    if head.is_empty() {
        return false;
    }
    let n_zero = head.iter().filter(|&&b| b == 0).count();
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0);
    let n_control = head.iter().filter(|&&b| is_control(b)).count();
    let is_wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || {
        let at = |odd: usize| {
            head.iter()
                .skip(odd)
                .step_by(2)
                .filter(|&&b| b == 0)
                .count()
        };
        let (even, odd) = (at(0), at(1));
        n_zero * 12 > head.len() && (even * 20 < odd || odd * 20 < even)
    };
    // Wide text of other scripts has bytes below 0x20 in its letters.
    is_wide || n_zero == 0 && n_control * 100 <= head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_of_a_media_type() {
        assert_eq!(charset("text/html; charset=\"koi8-r\""), Some("koi8-r"));
        assert_eq!(charset("text/html"), None);
    }
}
