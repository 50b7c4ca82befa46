//! Keeps markup from nesting deeper than a limit, before it is parsed.
//!
//! Parsers and extractors take time that grows with the square of the depth; browsers stop at 512 too.
//! Only tags beyond the limit are left out, their words stay. Most pages have none.

use super::tags::Tag;

/// Elements that have no end tag, or whose end tag the parser supplies; they add no depth of their own.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    "optgroup", "colgroup", "html", "head", "body",
];

/// Foreign elements that pages write without an end tag.
const SHAPES: &[&str] = &["path", "use", "circle", "rect"];

/// How deep the elements of some markup nest, tag by tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depth {
    limit: usize,
    n_open: usize,
}

impl Depth {
    /// Before the first tag.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, n_open: 0 }
    }

    /// Takes the next tag; whether it opens or closes an element beyond the limit.
    pub(super) fn is_beyond(&mut self, tag: &Tag<'_>) -> bool {
        let is_flat = FLAT.iter().any(|f| tag.is(f));
        if tag.is_end {
            let is_beyond = !is_flat && self.n_open > self.limit;
            self.n_open = self.n_open.saturating_sub(usize::from(!is_flat));
            return is_beyond;
        }
        let is_shape = tag.is_closed && SHAPES.iter().any(|s| tag.is(s));
        // Flat elements beyond the limit go as well: unclosed they nest inside each other.
        let is_beyond = self.n_open >= self.limit && !is_shape;
        self.n_open += usize::from(!is_flat && !is_shape);
        is_beyond
    }
}
#[cfg(test)]
mod tests {
    use super::{super::tags::Tags, *};

    /// The markup without the tags beyond the limit.
    fn flat(page: &str, limit: usize) -> String {
        let mut depth = Depth::new(limit);
        let mut out = page.to_owned();
        let beyond: Vec<_> = Tags::of(page).filter(|t| depth.is_beyond(t)).collect();
        for tag in beyond.into_iter().rev() {
            out.replace_range(tag.range, "");
        }
        out
    }

    #[test]
    fn pages_of_usual_depth_are_untouched() {
        let page =
            "<div><p>a<p>b<ul><li>c<li>d</ul><img src='>'><script>if (a<div) {}</script></div>";
        assert_eq!(flat(page, 3), page);
    }

    #[test]
    fn tags_beyond_the_limit_are_told() {
        let many = |tag: &str| tag.repeat(1000);
        let page = format!("{}<b>deep</b>{}after", many("<div>"), many("</div>"));
        let ten = |tag: &str| tag.repeat(10);
        assert_eq!(
            flat(&page, 10),
            format!("{}deep{}after", ten("<div>"), ten("</div>"))
        );
        assert_eq!(
            flat("<div><path/><p>a<use/></div>", 1),
            "<div><path/>a<use/></div>"
        );
    }
}
