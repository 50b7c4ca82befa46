//! Leaves out of markup, before it is parsed, what nobody looks at afterwards, and tags that nest too deep.
//!
//! Scripts, styles and the attributes for them are half of a page. Whatever a parser might take for words or
//! for an element stays; a tag keeps its place, its name and the attributes that are read here.

use std::{borrow::Cow, ops::Range};

use super::{
    depth::Depth,
    tags::{Attribute, Tag, Tags},
};

/// Attributes that are read, or that decide how a page is parsed.
const KEPT: &[&str] = &[
    "class",
    "color",
    "colspan",
    "content",
    "data-datetime",
    "datetime",
    "encoding",
    "face",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "rowspan",
    "size",
    "style",
    "title",
    "type",
    "xml:lang",
];

/// Markup to be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slim<'a> {
    /// What is left of it.
    pub(super) markup: Cow<'a, str>,
    /// Whether it had tags that nested deeper than the limit.
    pub(super) was_deep: bool,
}

/// The markup without the content of scripts and styles, attributes that are not read, and tags of elements
/// that nest deeper than `max_depth`.
pub(super) fn slim(markup: &str, max_depth: usize) -> Slim<'_> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut was_deep = false;
    let mut depth = Depth::new(max_depth);
    let mut tags = Tags::of(markup);
    let mut leave_out = |range: Range<usize>, instead: &str| {
        kept.push_str(&markup[copied..range.start]);
        kept.push_str(instead);
        copied = range.end;
    };
    while let Some(tag) = tags.next() {
        if depth.is_beyond(&tag) {
            was_deep = true;
            // Words on both sides of a tag must not run together.
            leave_out(tag.range.clone(), " ");
        } else {
            let is_unread = |a: &&Attribute| !is_kept(&markup[a.name.clone()]);
            let unread = tags.attributes().iter().filter(is_unread);
            unread.for_each(|a| leave_out(a.range.clone(), ""));
        }
        if !tag.raw.is_empty() && is_code(markup, &tag) {
            leave_out(tag.raw.clone(), "");
        }
    }
    if copied == 0 {
        let markup = Cow::Borrowed(markup);
        return Slim { markup, was_deep };
    }
    kept.push_str(&markup[copied..]);
    let markup = Cow::Owned(kept);
    Slim { markup, was_deep }
}

fn is_kept(attribute: &str) -> bool {
    KEPT.iter().any(|k| attribute.eq_ignore_ascii_case(k))
}

/// Whether an element holds a script or a style that ends where it seems to.
fn is_code(markup: &str, tag: &Tag<'_>) -> bool {
    // A comment inside a script may hide the end tag.
    let is_plain = || !markup[tag.raw.clone()].contains("<!--");
    tag.is("style") || tag.is("script") && !is_data(&markup[tag.range.clone()]) && is_plain()
}

/// Whether a script may hold structured data; characters of its type may be written as references.
fn is_data(tag: &str) -> bool {
    tag.contains('&') || tag.to_ascii_lowercase().contains("ld+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slimmed(markup: &str) -> String {
        slim(markup, 100).markup.into_owned()
    }

    #[test]
    fn scripts_styles_and_their_attributes_go() {
        assert_eq!(
            slimmed(
                "<p onclick=\"a>b\" class=c data-d=e>f<script src=g>h</script><style>i</style><img alt='j'>k"
            ),
            "<p  class=c >f<script ></script><style></style><img >k"
        );
    }

    #[test]
    fn what_is_read_stays() {
        for page in [
            "<title>a</title><p>b <a href='c'>d</a><!-- <b e=f> --> 1 < 2",
            "<script type='application/ld+json'>{\"a\": 1}</script>",
            "<script type='application/ld&#43;json'>{\"a\": 1}</script>",
            "<script><!-- <script>a</script> --></script>",
            "<textarea><p e=f></textarea>",
        ] {
            assert_eq!(slimmed(page), page);
        }
    }

    #[test]
    fn the_parsed_page_has_the_same_words() {
        let page =
            "<div x=1 class='a' y>One<script>if (a<b) {}</script><p z='>'>two <b\nw='\"'>three</b>";
        let words = |m: &str| -> Vec<String> {
            let page = scraper::Html::parse_document(m);
            let blocks = super::super::blocks::collect(page.tree.root()).blocks;
            blocks.into_iter().map(|b| b.text).collect()
        };
        assert_eq!(words(&slimmed(page)), words(page));
    }

    #[test]
    fn tags_beyond_the_limit_are_left_out_and_words_stay() {
        let page = format!("{}one<b>two</b>{}three", "<i>".repeat(9), "</i>".repeat(9));
        let slim = slim(&page, 2);
        assert!(slim.was_deep);
        let words: Vec<&str> = slim.markup.split_whitespace().collect();
        assert_eq!(words, ["<i><i>", "one", "two", "</i></i>three"]);
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
            "<a b='",
            "<p é='>",
        ] {
            assert_eq!(slim(odd, 1).markup, odd);
        }
    }
}
