//! A page written again without what an extractor does not look at.
//!
//! Scripts, styles, pictures, hidden elements and most attributes are most of a page's markup; an extractor
//! that parses and copies a page several times saves them each time. Structured data stay, since some pages
//! have their text only there.

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use super::blocks::is_hidden;

/// Attributes by which extractors tell elements apart.
const KEPT: &[&str] = &["class", "id", "itemprop", "itemtype", "role", "rel", "type"];

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// A longer value of an attribute names no element.
const MAX_VALUE: usize = 256;

/// A parser repeats elements that a page left open, with their attributes; what is longer than this has been
/// made longer by that, and the rest is left out.
const MAX_BYTES: usize = 16 << 20;

/// The visible elements of a page with their words, and its structured data.
pub(super) fn markup(root: NodeRef<'_, Node>) -> String {
    let mut out = String::from("<!DOCTYPE html>");
    let mut hidden_below = None;
    for edge in root.traverse() {
        if out.len() > MAX_BYTES {
            break;
        }
        match edge {
            Edge::Open(_) if hidden_below.is_some() => {}
            Edge::Open(node) => match node.value() {
                Node::Element(e) if is_left_out(e) => hidden_below = Some(node.id()),
                Node::Element(e) => open(&mut out, e),
                Node::Text(t) if is_raw(node) => out.push_str(t),
                Node::Text(t) => escape(&mut out, t),
                _ => {}
            },
            Edge::Close(node) if hidden_below == Some(node.id()) => hidden_below = None,
            Edge::Close(_) if hidden_below.is_some() => {}
            Edge::Close(node) => {
                if let Node::Element(e) = node.value()
                    && !VOID.contains(&e.name())
                {
                    out.push_str("</");
                    out.push_str(e.name());
                    out.push('>');
                }
            }
        }
    }
    out
}

fn is_left_out(e: &Element) -> bool {
    is_hidden(e) && e.name() != "head" && !is_data(e)
        || matches!(
            e.name(),
            "img" | "link" | "meta" | "source" | "input" | "title"
        )
}

/// Whether an element holds structured data.
fn is_data(e: &Element) -> bool {
    e.name() == "script"
        && e.attr("type")
            .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn is_raw(text: NodeRef<'_, Node>) -> bool {
    let parent = text.parent().and_then(|p| p.value().as_element());
    parent.is_some_and(is_data)
}

fn open(out: &mut String, e: &Element) {
    out.push('<');
    out.push_str(e.name());
    let is_kept = |(key, value): &(&str, &str)| KEPT.contains(key) && value.len() <= MAX_VALUE;
    for (key, value) in e.attrs().filter(is_kept) {
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
    // Whether something is a link counts, not where to.
    if e.name() == "a" {
        out.push_str(" href=\"/\"");
    }
    out.push('>');
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lean(text: &str) -> String {
        markup(scraper::Html::parse_document(text).tree.root())
    }

    #[test]
    fn words_and_marks_stay() {
        assert_eq!(
            lean(
                "<body><script>x</script><p class='a \"b' style='c'>One &lt; <a href=x>two</a><br><!-- d -->"
            ),
            "<!DOCTYPE html><html><head></head><body><p class=\"a &quot;b\">One &lt; <a href=\"/\">two</a><br></p></body></html>"
        );
        let data = "<script type=\"application/ld+json\">{\"a\": \"<&\"}</script>";
        assert!(lean(data).contains(data));
    }

    #[test]
    fn the_same_words_come_out_again() {
        let text =
            "<table><tr><td>One<td>two</table><ul><li>three<li>four</ul><pre>five\n six</pre>";
        let again = lean(text);
        assert_eq!(lean(&again), again);
    }

    #[test]
    fn elements_that_the_parser_repeats_stop_at_the_limit() {
        let mut page = String::new();
        for i in 0..100 {
            page.push_str(&format!("<b class='{i}{}'>", "x".repeat(240)));
        }
        page.push_str(&"<p>a</p>".repeat(1000));
        assert!(lean(&page).len() < MAX_BYTES + (1 << 10));
    }
}
