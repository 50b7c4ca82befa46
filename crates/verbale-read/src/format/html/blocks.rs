//! The visible blocks of a parsed page, in the order of the page.
//!
//! A block is the text between two block-level tags. It knows the elements it stands in, as far as they
//! tell what it is for; scripts, styles, forms' choices and hidden elements give none.

use ego_tree::{NodeRef, iter::Edge};
use scraper::Node;

use super::facts::is_kicker;

/// What the elements around a block say about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The level of the heading it is in, from 1; 0 if none.
    pub(crate) heading: u8,
    /// `figcaption`, `caption`, or a class that says so.
    pub(crate) caption: bool,
    /// A class that names credits of pictures.
    pub(crate) credit: bool,
    /// `nav`, `footer`, `aside`, `header` outside an article, `button`, `form`.
    pub(crate) furniture: bool,
    /// Lists of teasers, by class.
    pub(crate) related: bool,
    /// Readers' comments, by class.
    pub(crate) comments: bool,
    /// Bylines, by class, `rel` or `itemprop`.
    pub(crate) byline: bool,
    /// `time`, or a class or `itemprop` that names dates.
    pub(crate) date: bool,
    /// A deck or standfirst, by class.
    pub(crate) deck: bool,
    /// `p`, `blockquote`, `pre`.
    pub(crate) paragraph: bool,
    /// `li`, `dd`, `dt`.
    pub(crate) list_item: bool,
    /// `article` or `main` or an `itemprop` that names the text.
    pub(crate) article: bool,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its words; blanks are collapsed, single line breaks kept.
    pub(crate) text: String,
    /// What the elements around it say.
    pub(crate) place: Place,
    /// Bytes of its text inside links.
    pub(crate) linked: usize,
    /// A number for the element that holds the block's element: siblings share it.
    pub(crate) parent: u32,
}

/// The blocks of the tree below `root`.
pub(crate) fn collect(root: NodeRef<'_, Node>) -> Vec<Block> {
    let mut walk = Walk {
        open: vec![Place::default()],
        parents: vec![0],
        ..Walk::default()
    };
    let mut hidden_below: Option<ego_tree::NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => {
                if hidden_below.is_some() {
                    continue;
                }
                match node.value() {
                    Node::Element(e) if is_hidden(e) => hidden_below = Some(node.id()),
                    Node::Element(e) => walk.open(e),
                    Node::Text(t) => walk.text(t),
                    _ => {}
                }
            }
            Edge::Close(node) => match hidden_below {
                Some(id) if id == node.id() => hidden_below = None,
                Some(_) => {}
                None => {
                    if let Node::Element(e) = node.value() {
                        walk.close(e);
                    }
                }
            },
        }
    }
    walk.end_block();
    walk.blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    open: Vec<Place>,
    /// Numbers of the open block elements.
    parents: Vec<u32>,
    n_elements: u32,
    text: String,
    place: Place,
    parent: u32,
    linked: usize,
    in_link: usize,
    in_pre: usize,
    n_breaks: usize,
}

impl Walk {
    fn open(&mut self, e: &scraper::node::Element) {
        let name = e.name();
        let outer = *self.open.last().expect("the root's place is never closed");
        let place = outer.inside(e);
        if is_block(name) || place.heading > 0 && is_kicker(e) {
            self.end_block();
            self.n_elements += 1;
            self.parents.push(self.n_elements);
        }
        match name {
            "br" => self.n_breaks += 1,
            "a" => self.in_link += 1,
            "pre" => self.in_pre += 1,
            _ => {}
        }
        self.open.push(place);
    }

    fn close(&mut self, e: &scraper::node::Element) {
        let name = e.name();
        let heading = self.open.last().map_or(0, |p| p.heading);
        if is_block(name) || heading > 0 && is_kicker(e) {
            self.end_block();
            self.parents.pop();
        }
        match name {
            "a" => self.in_link = self.in_link.saturating_sub(1),
            "pre" => self.in_pre = self.in_pre.saturating_sub(1),
            _ => {}
        }
        self.open.pop();
    }

    fn text(&mut self, text: &str) {
        let is_blank = text.chars().all(char::is_whitespace);
        if !is_blank && self.n_breaks > 0 {
            // Two breaks part paragraphs on pages that know no `p`; one is only the end of a line.
            if self.n_breaks > 1 {
                self.end_block();
            } else if !self.text.is_empty() {
                self.text.truncate(self.text.trim_end().len());
                self.text.push('\n');
            }
            self.n_breaks = 0;
        }
        let before = self.text.len();
        for c in text.chars() {
            let at_blank = self.text.is_empty() || self.text.ends_with([' ', '\n']);
            match c {
                '\n' if self.in_pre > 0 && !self.text.is_empty() => {
                    self.text.truncate(self.text.trim_end_matches(' ').len());
                    self.text.push('\n');
                }
                c if c.is_whitespace() => {
                    if !at_blank {
                        self.text.push(' ');
                    }
                }
                '\u{200B}' | '\u{FEFF}' | '\u{AD}' | '\0' => {}
                c => self.text.push(c),
            }
        }
        if self.text.len() > before && !is_blank {
            self.place = self.place.or(
                *self.open.last().expect("the root's place is never closed"),
                before == 0,
            );
            self.parent = self.parents.iter().rev().nth(1).copied().unwrap_or(0);
            if self.in_link > 0 {
                self.linked += self.text.len() - before;
            }
        }
    }

    fn end_block(&mut self) {
        self.n_breaks = 0;
        let text = std::mem::take(&mut self.text);
        let words = text.trim();
        if words.chars().any(char::is_alphanumeric) {
            self.blocks.push(Block {
                text: words.to_owned(),
                place: self.place,
                linked: self.linked,
                parent: self.parent,
            });
        }
        self.place = Place::default();
        self.linked = 0;
    }
}

impl Place {
    /// The place of an element inside this one.
    fn inside(mut self, e: &scraper::node::Element) -> Self {
        let name = e.name();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name.as_bytes()[1] - b'0',
            "figcaption" | "caption" => self.caption = true,
            "nav" | "footer" | "aside" | "button" | "form" | "label" => self.furniture = true,
            "time" => self.date = true,
            "p" | "blockquote" | "pre" => self.paragraph = true,
            "li" | "dd" | "dt" => self.list_item = true,
            "article" | "main" => self.article = true,
            _ => {}
        }
        let itemprop = e.attr("itemprop").unwrap_or_default();
        match itemprop {
            "author" | "creator" => self.byline = true,
            "datePublished" | "dateModified" | "dateCreated" => self.date = true,
            "articleBody" => self.article = true,
            "caption" => self.caption = true,
            _ => {}
        }
        if e.attr("rel") == Some("author") {
            self.byline = true;
        }
        for word in [e.attr("class"), e.attr("id"), e.attr("role")]
            .into_iter()
            .flatten()
            .flat_map(str::split_whitespace)
        {
            self.read_class(&word.to_ascii_lowercase());
        }
        self
    }

    /// One word of a class, id or role.
    fn read_class(&mut self, class: &str) {
        let has = |words: &[&str]| words.iter().any(|w| class.contains(w));
        // Classes of whole pages ("single-post-related-on") would mark everything inside them.
        if class.len() > 40 {
            return;
        }
        self.caption |= has(&["caption", "bildunter", "legende"])
            && !has(&["no-caption", "hascaption", "has-caption"]);
        self.credit |= has(&["credit", "copyright", "photographer", "image-source"]);
        self.related |= has(&[
            "related",
            "recommend",
            "teaser",
            "most-read",
            "mostread",
            "popular",
            "read-more",
            "readmore",
            "also-like",
            "outbrain",
            "taboola",
            "more-stories",
            "see-also",
        ]);
        self.comments |= class == "comments"
            || class == "comment"
            || has(&[
                "comment-list",
                "commentlist",
                "comment-body",
                "comments-area",
                "disqus",
                "comment-content",
                "respond",
            ]);
        self.byline |= has(&["byline", "author", "by-line", "autor", "writer"])
            && !has(&["authority", "authoriz"]);
        self.date |= has(&[
            "dateline",
            "pubdate",
            "publish-date",
            "published",
            "post-date",
            "entry-date",
            "article-date",
            "timestamp",
            "datum",
            "date-published",
        ]) || class == "date"
            || class == "time";
        self.deck |= has(&[
            "standfirst",
            "subtitle",
            "subheadline",
            "sub-title",
            "article-deck",
            "post-excerpt",
        ]) || class == "deck"
            || class == "dek"
            || class == "lead"
            || class == "lede";
        self.furniture |= class == "navigation"
            || class == "footer"
            || class == "sidebar"
            || class == "menu"
            || class == "nav"
            || has(&[
                "cookie",
                "newsletter",
                "breadcrumb",
                "share-",
                "social",
                "sidebar",
                "subscribe",
                "site-footer",
                "site-header",
                "navbar",
                "paywall",
                "advert",
                "promo",
                "widget",
                "pagination",
                "skip-link",
                "toolbar",
                "contentinfo",
            ]);
    }

    /// Places of the pieces of one block: what the first says, and what all say of links and headings.
    fn or(self, piece: Self, is_first: bool) -> Self {
        if is_first {
            return piece;
        }
        Self {
            heading: self.heading.min(piece.heading),
            caption: self.caption && piece.caption,
            credit: self.credit && piece.credit,
            byline: self.byline && piece.byline,
            date: self.date && piece.date,
            ..self
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "button"
            | "caption"
            | "video"
            | "audio"
            | "html"
    )
}

fn is_hidden(e: &scraper::node::Element) -> bool {
    if matches!(
        e.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "select"
            | "textarea"
            | "iframe"
            | "head"
            | "object"
            | "embed"
            | "canvas"
            | "map"
            | "math"
            | "datalist"
            | "rt"
            | "rp"
    ) {
        return true;
    }
    // A page whose whole text is hidden until a script shows it must still be read: body and article stay.
    !matches!(e.name(), "html" | "body" | "article" | "main")
        && (e.attr("hidden").is_some()
            || e.attr("style").is_some_and(|s| {
                let s: String = s
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect::<String>()
                    .to_ascii_lowercase();
                s.contains("display:none") || s.contains("visibility:hidden")
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(markup: &str) -> Vec<String> {
        let page = scraper::Html::parse_document(markup);
        collect(page.tree.root())
            .into_iter()
            .map(|b| b.text)
            .collect()
    }

    #[test]
    fn blocks_are_what_stands_between_block_tags() {
        assert_eq!(
            texts(
                "<div>One <b>bold</b>\n word<p>Two<br>lines</p>three<br><br>four</div><script>x</script>"
            ),
            ["One bold word", "Two\nlines", "three", "four"]
        );
        assert_eq!(texts("<p style='display: none'>a<p>b<p hidden>c"), ["b"]);
    }

    #[test]
    fn places_come_from_tags_and_classes() {
        let page = scraper::Html::parse_document(
            "<article><h2>Head</h2><figure><figcaption>Cap</figcaption></figure><div class='byline'>By <a>A</a></div></article><nav><a>N</a></nav>",
        );
        let blocks = collect(page.tree.root());
        assert_eq!(blocks[0].place.heading, 2);
        assert!(blocks[1].place.caption && blocks[1].place.article);
        assert!(blocks[2].place.byline);
        assert!(blocks[3].place.furniture && blocks[3].linked == 1);
    }
}
