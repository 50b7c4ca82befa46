//! Keeps markup from nesting deeper than a limit, before it is parsed.
//!
//! Parsers and extractors take time that grows with the square of the depth; browsers stop at 512 too.
//! Only tags beyond the limit are dropped, their words stay. Most pages come through untouched.

use std::borrow::Cow;

/// Elements that have no end tag, or whose end tag the parser supplies; they add no depth of their own.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    "optgroup", "colgroup", "html", "head", "body",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "noscript", "iframe",
];

/// The markup without the tags that open elements deeper than `limit`, and whether any was dropped.
pub(super) fn flatten(markup: &str, limit: usize) -> (Cow<'_, str>, bool) {
    let mut kept = String::new();
    let (mut depth, mut copied, mut at) = (0_usize, 0, 0);
    while let Some(found) = markup[at..].find('<') {
        let start = at + found;
        let Some(tag) = Tag::at(&markup[start..]) else {
            at = start + 1;
            continue;
        };
        let end = start + tag.len;
        at = end;
        if tag.skips_content {
            at += raw_len(&markup[end..], tag.name);
        }
        let is_flat = FLAT.iter().any(|f| tag.name.eq_ignore_ascii_case(f));
        let is_beyond = depth >= limit;
        match tag.kind {
            // Flat elements beyond the limit go as well: unclosed they nest inside each other.
            Kind::Open if is_flat && is_beyond => {
                drop_tag(&mut kept, markup, &mut copied, start, end);
            }
            Kind::Open if !is_flat => {
                depth += 1;
                if is_beyond {
                    drop_tag(&mut kept, markup, &mut copied, start, end);
                }
            }
            Kind::Close if !is_flat => {
                if depth > limit {
                    drop_tag(&mut kept, markup, &mut copied, start, end);
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    if copied == 0 {
        return (Cow::Borrowed(markup), false);
    }
    kept.push_str(&markup[copied..]);
    (Cow::Owned(kept), true)
}

fn drop_tag(kept: &mut String, markup: &str, copied: &mut usize, start: usize, end: usize) {
    kept.push_str(&markup[*copied..start]);
    // Words on both sides of a dropped tag must not run together.
    kept.push(' ');
    *copied = end;
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Other,
}

struct Tag<'a> {
    name: &'a str,
    kind: Kind,
    len: usize,
    skips_content: bool,
}

impl<'a> Tag<'a> {
    /// The tag or comment that `rest`, which begins with `<`, starts with.
    fn at(rest: &'a str) -> Option<Self> {
        if rest.starts_with("<!--") {
            let len = rest.find("-->").map_or(rest.len(), |i| i + 3);
            return Some(Self {
                name: "",
                kind: Kind::Other,
                len,
                skips_content: false,
            });
        }
        let is_close = rest[1..].starts_with('/');
        let name_at = 1 + usize::from(is_close);
        let name = &rest[name_at..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = &name[..name
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(name.len())];
        let len = tag_len(rest, name_at + name.len());
        let is_self_closed =
            rest[..len].ends_with("/>") && matches!(name, "path" | "use" | "circle" | "rect");
        let is_raw = !is_close && RAW.iter().any(|r| name.eq_ignore_ascii_case(r));
        let kind = match (is_close, is_self_closed) {
            (true, _) => Kind::Close,
            (false, true) => Kind::Other,
            (false, false) => Kind::Open,
        };
        Some(Self {
            name,
            kind,
            len,
            skips_content: is_raw,
        })
    }
}

/// Where the tag ends: the first `>` outside quotes, or the end of the markup.
fn tag_len(rest: &str, from: usize) -> usize {
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate().skip(from) {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the content of a raw element, up to its end tag.
fn raw_len(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(i) = rest[at..].find("</") {
        let start = at + i;
        let is_end = rest
            .as_bytes()
            .get(start + 2..start + 2 + name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if is_end {
            return start;
        }
        at = start + 2;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_usual_depth_are_untouched() {
        let page =
            "<div><p>a<p>b<ul><li>c<li>d</ul><img src='>'><script>if (a<div) {}</script></div>";
        assert!(matches!(flatten(page, 3), (Cow::Borrowed(_), false)));
    }

    #[test]
    fn tags_beyond_the_limit_are_dropped_and_words_stay() {
        let page = format!(
            "{}<b>deep</b>{}after",
            "<div>".repeat(1000),
            "</div>".repeat(1000)
        );
        let (flat, changed) = flatten(&page, 10);
        assert!(changed);
        assert_eq!(flat.matches("<div>").count(), 10);
        assert_eq!(flat.matches("</div>").count(), 10);
        assert!(flat.contains("deep") && flat.ends_with("after") && !flat.contains("<b>"));
    }

    #[test]
    fn odd_markup_does_not_stop_it() {
        for odd in [
            "<",
            "<!--",
            "<a href=\"",
            "<script>",
            "</",
            "<é>",
            "<script></scrip",
            "<p a='>",
        ] {
            flatten(odd, 1);
        }
    }
}
