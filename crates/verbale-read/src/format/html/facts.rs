//! What a page's head, attributes and structured data say, before anything is chosen among it.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use serde_json::Value;

use super::structured::{self, types};

/// The statements of one page about itself, in the page's order.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// `meta` elements: name, property or itemprop in lower case, and content.
    pub(super) metas: Vec<(String, String)>,
    /// Objects of JSON-LD, nested graphs opened.
    pub(super) objects: Vec<Value>,
    /// The `title` element.
    pub(super) title: Option<String>,
    /// The headings of the first level, without kickers inside them.
    pub(super) headings: Vec<String>,
    /// Headings of any level whose attributes say that they are the headline.
    pub(super) named_headlines: Vec<String>,
    /// The canonical address, or the address of the capture that a browser wrote into a saved page.
    pub(super) address: Option<String>,
    /// The `lang` of the page.
    pub(super) language: Option<String>,
    /// `time` elements and elements whose attributes say that they hold a date.
    pub(super) times: Vec<TimeElement>,
    /// Texts of elements whose attributes say that they name the author.
    pub(super) authors: Vec<AuthorElement>,
    /// Whether the page has one heading of the first level, so that this is its headline.
    has_one_heading: bool,
}

/// An element that holds a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeElement {
    /// `datetime`, `content` or `title`.
    pub(super) value: Option<String>,
    /// Its words.
    pub(super) text: String,
    /// Its class, id and itemprop, in lower case, and those of its parent.
    pub(super) class: String,
    /// Whether it stands in a list of teasers, in comments or in a footer.
    pub(super) aside: bool,
}

/// An element that names the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AuthorElement {
    /// Its words.
    pub(super) text: String,
    /// True for `rel=author` and `itemprop=author`, false for a class.
    pub(super) is_explicit: bool,
    /// Whether it stands in a list of teasers, in comments or in a footer.
    pub(super) aside: bool,
}

/// How many elements of one kind are kept: pages of listings have thousands.
const MAX_ELEMENTS: usize = 200;

impl Facts {
    /// Reads them from a parsed page.
    pub(super) fn of(root: NodeRef<'_, Node>) -> Self {
        let n_headings = root
            .descendants()
            .filter(|n| is_heading(*n))
            .take(2)
            .count();
        let mut facts = Self {
            has_one_heading: n_headings == 1,
            ..Self::default()
        };
        for node in root.descendants() {
            match node.value() {
                Node::Comment(c) if facts.address.is_none() => facts.address = saved_from(c),
                Node::Element(e) => facts.element(node, e),
                _ => {}
            }
        }
        facts
    }

    /// The content of the first of these `meta` elements, in this order of names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.metas_named(n).next())
    }

    /// The contents of all `meta` elements of this name.
    pub(super) fn metas_named<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.metas
            .iter()
            .filter(move |(n, c)| n == name && !c.trim().is_empty())
            .map(|(_, c)| c.trim())
    }

    /// Objects of structured data that describe an article, then those of any other kind.
    pub(super) fn articles(&self) -> impl Iterator<Item = &Value> {
        let is_article = |o: &&Value| {
            types(o).any(|t| {
                t.ends_with("Article")
                    || t.ends_with("Posting")
                    || t == "Report"
                    || t == "NewsArticle"
            })
        };
        self.objects.iter().filter(is_article)
    }

    fn element(&mut self, node: NodeRef<'_, Node>, e: &scraper::node::Element) {
        match e.name() {
            "meta" => self.meta_element(e),
            "html" => {
                self.language = e
                    .attr("lang")
                    .or_else(|| e.attr("xml:lang"))
                    .map(str::to_owned)
            }
            "title" if self.title.is_none() => self.title = some_text(node),
            "h1" | "h2" | "h3" => self.heading(node, e),
            "link" if e.attr("rel") == Some("canonical") => {
                if let Some(href) = e.attr("href").filter(|h| h.starts_with("http")) {
                    self.address = Some(href.to_owned());
                }
            }
            "script"
                if e.attr("type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                let text: String = node
                    .children()
                    .filter_map(|c| c.value().as_text().map(|t| t.to_string()))
                    .collect();
                structured::read(&text, &mut self.objects);
            }
            _ => self.marked(node, e),
        }
    }

    /// Whether a node stands in a list of teasers, in comments or in a footer. The opening picture of a page is
    /// built like a teaser; the page's only heading inside tells them apart.
    fn is_aside(&self, node: NodeRef<'_, Node>) -> bool {
        side_box(node).is_some_and(|found| {
            !(self.has_one_heading && found.descendants().take(200).any(is_heading))
        })
    }

    fn heading(&mut self, node: NodeRef<'_, Node>, e: &scraper::node::Element) {
        let text = without_kickers(node);
        if text.is_empty() {
            return;
        }
        let class = e.attr("class").unwrap_or_default().to_ascii_lowercase();
        let is_named = e.attr("itemprop") == Some("headline")
            || [
                "entry-title",
                "post-title",
                "article-title",
                "posttitle",
                "entry_title",
                "post_title",
                "headline",
                "article__title",
                "article-header",
            ]
            .iter()
            .any(|w| class.contains(w));
        if is_named && self.named_headlines.len() < 40 && !self.is_aside(node) {
            self.named_headlines.push(text.clone());
        }
        if e.name() == "h1" && self.headings.len() < 8 {
            self.headings.push(text);
        }
    }

    fn meta_element(&mut self, e: &scraper::node::Element) {
        let Some(content) = e.attr("content") else {
            return;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = e.attr(key) {
                self.metas
                    .push((name.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    /// Elements that name dates or authors by their attributes.
    fn marked(&mut self, node: NodeRef<'_, Node>, e: &scraper::node::Element) {
        let mut class = String::new();
        let mut has_other = e.name() == "time";
        for (key, value) in e.attrs() {
            match key {
                "class" | "id" => {
                    class.push_str(value);
                    class.push(' ');
                }
                "itemprop" | "rel" => has_other = true,
                _ => {}
            }
        }
        class.make_ascii_lowercase();
        // Most elements of a page say nothing of this kind; one look tells.
        if !has_other && e.name() != "a" && !MARKS.is_match(&class) {
            return;
        }
        self.date_element(node, e, &class);
        self.author_element(node, e, &class);
    }

    fn date_element(&mut self, node: NodeRef<'_, Node>, e: &scraper::node::Element, class: &str) {
        let itemprop = e.attr("itemprop").unwrap_or_default();
        let says_date = e.name() == "time"
            || itemprop.starts_with("date")
            || DATE_CLASSES.iter().any(|w| class.contains(w));
        if says_date && self.times.len() < MAX_ELEMENTS {
            let text = text_of(node, 300);
            let value = e
                .attr("datetime")
                .or_else(|| e.attr("content"))
                .or_else(|| e.attr("data-datetime"))
                .or_else(|| e.attr("title"))
                .map(str::to_owned);
            if text.len() < 200 && (value.is_some() || text.contains(|c: char| c.is_ascii_digit()))
            {
                let name = if e.name() == "time" { "time" } else { "" };
                let parent = node
                    .parent()
                    .and_then(|p| p.value().as_element().and_then(|e| e.attr("class")))
                    .unwrap_or_default();
                let class = format!(
                    "{name} {class} {} {}",
                    itemprop.to_ascii_lowercase(),
                    parent.to_ascii_lowercase()
                );
                self.times.push(TimeElement {
                    value,
                    text,
                    class,
                    // Dates of publication that call themselves so stand in `aside` elements beside the story.
                    aside: self.is_aside(node)
                        && !(itemprop == "datePublished" && is_beside_only(node)),
                });
            }
        }
    }

    fn author_element(&mut self, node: NodeRef<'_, Node>, e: &scraper::node::Element, class: &str) {
        let itemprop = e.attr("itemprop").unwrap_or_default();
        let parent = node.parent().and_then(|p| p.value().as_element());
        let parent_class = parent.and_then(|e| e.attr("class")).unwrap_or_default();
        let names_author = |class: &str| AUTHOR_CLASSES.iter().any(|w| class.contains(w));
        // Teasers lead to their authors too; only the page's own byline calls itself so.
        let leads_to_author = e.name() == "a"
            && e.attr("href")
                .is_some_and(|h| AUTHOR_PAGES.iter().any(|p| h.contains(p)))
            && (names_author(class) || names_author(&parent_class.to_ascii_lowercase()));
        let is_explicit = e.attr("rel") == Some("author")
            || matches!(itemprop, "author" | "creator")
            || leads_to_author;
        let says_author = is_explicit || names_author(class);
        if says_author && self.authors.len() < MAX_ELEMENTS {
            let text = text_of(node, 300);
            if !text.is_empty() && text.len() < 200 {
                self.authors.push(AuthorElement {
                    text,
                    is_explicit,
                    aside: self.is_aside(node),
                });
            }
        }
    }
}

/// Parts of classes and ids of elements that hold dates.
const DATE_CLASSES: &[&str] = &[
    "date", "time", "datum", "publish", "posted", "created", "fecha", "meta",
];

/// Parts of classes and ids of elements that name authors.
const AUTHOR_CLASSES: &[&str] = &["author", "byline", "autor", "writer", "by-line"];

/// Both of them, found in one pass.
static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(DATE_CLASSES.iter().chain(AUTHOR_CLASSES))
        .expect("the parts are few and short")
});

/// Parts of addresses under which sites list what one author has written.
const AUTHOR_PAGES: &[&str] = &[
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/auteur/",
    "/autore/",
    "/autorin/",
];

/// The address in the comment that browsers write into saved pages.
fn saved_from(comment: &str) -> Option<String> {
    let rest = comment.trim().strip_prefix("saved from url=(")?;
    let address = rest.split_once(')')?.1.trim();
    address.starts_with("http").then(|| address.to_owned())
}

/// Parts of the classes of boxes that hold something else than the page's own story.
static SIDE_BOXES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let parts = [
        "related",
        "recommend",
        "teaser",
        "sidebar",
        "comment",
        "widget",
        "popular",
        "latest",
        "more-",
        "footer",
        "list-item",
        "listitem",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(parts)
        .expect("the parts are few and short")
});

/// The nearest box around a node that holds something else than the page's own story.
fn side_box(node: NodeRef<'_, Node>) -> Option<NodeRef<'_, Node>> {
    // Classes of whole pages are long.
    let says_so = |class: &str| class.len() < 40 && SIDE_BOXES.is_match(class);
    let is_side = |e: &scraper::node::Element| {
        let mut classes = e.attr("class").unwrap_or_default().split_whitespace();
        matches!(e.name(), "aside" | "footer" | "nav") || classes.any(says_so)
    };
    let is_side_box = |n: &NodeRef<'_, Node>| n.value().as_element().is_some_and(is_side);
    node.ancestors().take(12).find(is_side_box)
}

/// Whether the box around a node is aside by its element alone and not by its class.
fn is_beside_only(node: NodeRef<'_, Node>) -> bool {
    let element = side_box(node).and_then(|b| b.value().as_element());
    element.is_some_and(|e| {
        e.name() == "aside"
            && e.attr("class")
                .is_none_or(|c| c.to_ascii_lowercase().contains("meta"))
    })
}

fn is_heading(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|e| e.name() == "h1")
}

/// Classes of what stands in a heading but is no part of the headline.
const KICKERS: &[&str] = &[
    "kicker",
    "overline",
    "topline",
    "dachzeile",
    "roofline",
    "eyebrow",
    "supertitle",
    "spitzmarke",
    "pretitle",
    "pre-title",
    "hidden",
    "sr-only",
    "screen-reader",
    "overhead",
    "badge",
    "prefix",
];

/// Whether an element is a kicker or a label by its class.
pub(super) fn is_kicker(e: &scraper::node::Element) -> bool {
    e.attr("class").is_some_and(|c| {
        let c = c.to_ascii_lowercase();
        KICKERS.iter().any(|k| c.contains(k))
    })
}

/// The words of a heading without the kicker above them and without what only screen readers say.
fn without_kickers(node: NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    let mut skipped = None;
    for edge in node.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(n) if skipped.is_none() => match n.value() {
                Node::Element(e) if n.id() != node.id() && is_kicker(e) => skipped = Some(n.id()),
                Node::Element(_) if !out.ends_with(' ') => {
                    out.push(if is_inline(n) { '\u{200B}' } else { ' ' })
                }
                Node::Text(t) if out.len() < 1000 => out.push_str(t),
                _ => {}
            },
            ego_tree::iter::Edge::Close(n) if skipped == Some(n.id()) => skipped = None,
            _ => {}
        }
    }
    out.replace('\u{200B}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_inline(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|e| {
        matches!(
            e.name(),
            "b" | "i" | "em" | "strong" | "a" | "sup" | "sub" | "mark" | "wbr" | "u" | "font"
        )
    })
}

fn some_text(node: NodeRef<'_, Node>) -> Option<String> {
    Some(text_of(node, 1000)).filter(|t| !t.is_empty())
}

/// The words below a node, blanks collapsed, up to about `max` bytes.
pub(super) fn text_of(node: NodeRef<'_, Node>, max: usize) -> String {
    let mut out = String::new();
    let Some(element) = ElementRef::wrap(node) else {
        return out;
    };
    for piece in element.text() {
        // A blank between two elements parts their words too.
        if piece.starts_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        for word in piece.split_whitespace() {
            if !out.is_empty()
                && !out.ends_with(' ')
                && (piece.starts_with(char::is_whitespace) || !piece.starts_with(word))
            {
                out.push(' ');
            }
            out.push_str(word);
            out.push(' ');
        }
        if !piece.ends_with(char::is_whitespace) {
            out.truncate(out.trim_end().len());
        }
        if out.len() > max {
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out
}
