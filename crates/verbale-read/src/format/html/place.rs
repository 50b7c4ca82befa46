//! What elements say about the text inside them, by their names, classes and other attributes.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use scraper::node::Element;

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
    /// An `itemprop` or a class that names the text and nothing around it.
    pub(crate) text: bool,
}

impl Place {
    /// What an element says itself.
    pub(super) fn of(e: &Element) -> Self {
        let mut place = Self::default();
        let name = e.name();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => place.heading = name.as_bytes()[1] - b'0',
            "figcaption" | "caption" => place.caption = true,
            "nav" | "footer" | "aside" | "button" | "form" | "label" => place.furniture = true,
            "time" => place.date = true,
            "p" | "blockquote" | "pre" => place.paragraph = true,
            "li" | "dd" | "dt" => place.list_item = true,
            "article" | "main" => place.article = true,
            _ => {}
        }
        for (key, value) in e.attrs() {
            match key {
                "itemprop" => place.read_itemprop(value),
                "rel" => place.byline |= value == "author",
                "class" | "id" | "role" => {
                    value.split_whitespace().for_each(|c| place.read_class(c));
                }
                _ => {}
            }
        }
        place
    }

    fn read_itemprop(&mut self, itemprop: &str) {
        match itemprop {
            "author" | "creator" => self.byline = true,
            "datePublished" | "dateModified" | "dateCreated" => self.date = true,
            "articleBody" => {
                self.article = true;
                self.text = true;
            }
            "caption" => self.caption = true,
            _ => {}
        }
    }

    /// One word of a class, id or role.
    fn read_class(&mut self, class: &str) {
        // Classes of whole pages ("single-post-related-on") would mark everything inside them.
        if class.len() > 40 {
            return;
        }
        let mut says = [false; PARTS.len()];
        for found in CLASSES.find_overlapping_iter(class) {
            says[FAMILY_OF[found.pattern().as_usize()] as usize] = true;
        }
        let says = |family: Family| says[family as usize];
        let is = |words: &[&str]| words.iter().any(|w| class.eq_ignore_ascii_case(w));
        self.caption |= says(Family::Caption) && !says(Family::NoCaption);
        self.credit |= says(Family::Credit);
        self.related |= says(Family::Related);
        self.comments |= says(Family::Comments) || is(&["comments", "comment"]);
        self.byline |= says(Family::Byline) && !says(Family::NoByline);
        self.date |= says(Family::Date) || is(&["date", "time"]);
        self.deck |= says(Family::Deck) || is(&["deck", "dek", "lead", "lede"]);
        self.furniture |= says(Family::Furniture)
            || is(&[
                "navigation",
                "footer",
                "sidebar",
                "menu",
                "nav",
                "ad",
                "ads",
                "advert",
                "advertisement",
                "sponsored",
            ]);
        self.text |= says(Family::Text);
    }

    /// Whether the element is a paragraph or an item of a list.
    pub(super) fn is_paragraph(self) -> bool {
        self.paragraph || self.list_item
    }

    /// What is said of text in this place inside an outer one.
    pub(super) fn within(self, outer: Self) -> Self {
        Self {
            heading: if self.heading > 0 {
                self.heading
            } else {
                outer.heading
            },
            caption: self.caption || outer.caption,
            credit: self.credit || outer.credit,
            furniture: self.furniture || outer.furniture,
            related: self.related || outer.related,
            comments: self.comments || outer.comments,
            byline: self.byline || outer.byline,
            date: self.date || outer.date,
            deck: self.deck || outer.deck,
            paragraph: self.paragraph || outer.paragraph,
            list_item: self.list_item || outer.list_item,
            article: self.article || outer.article,
            text: self.text || outer.text,
        }
    }

    /// The place without what sets a box apart from the rest of the page.
    pub(super) fn without_box(self) -> Self {
        Self {
            caption: false,
            credit: false,
            furniture: false,
            related: false,
            comments: false,
            byline: false,
            date: false,
            deck: false,
            ..self
        }
    }

    /// Places of the pieces of one block: what the first says, and what all say of links and headings.
    pub(super) fn or(self, piece: Self, is_first: bool) -> Self {
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

/// What a part of a class's word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Caption,
    NoCaption,
    Credit,
    Related,
    Comments,
    Byline,
    NoByline,
    Date,
    Deck,
    Furniture,
    Text,
}

/// Parts of the words of classes, by family, in the order of [`Family`].
const PARTS: [(Family, &[&str]); 11] = [
    (Family::Caption, &["caption", "bildunter", "legende"]),
    (
        Family::NoCaption,
        &["no-caption", "hascaption", "has-caption"],
    ),
    (
        Family::Credit,
        &["credit", "copyright", "photographer", "image-source"],
    ),
    (
        Family::Related,
        &[
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
        ],
    ),
    (
        Family::Comments,
        &[
            "comment-list",
            "commentlist",
            "comment-body",
            "comments-area",
            "disqus",
            "comment-content",
            "respond",
        ],
    ),
    (
        Family::Byline,
        &["byline", "author", "by-line", "autor", "writer"],
    ),
    (Family::NoByline, &["authority", "authoriz"]),
    (
        Family::Date,
        &[
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
        ],
    ),
    (
        Family::Deck,
        &[
            "standfirst",
            "subtitle",
            "subheadline",
            "sub-title",
            "article-deck",
            "post-excerpt",
        ],
    ),
    (
        Family::Furniture,
        &[
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
        ],
    ),
    (
        Family::Text,
        &[
            "entry-content",
            "entrycontent",
            "entry__content",
            "article-body",
            "articlebody",
            "article__body",
            "article_body",
            "article-text",
            "articletext",
            "article__text",
            "article-content",
            "articlecontent",
            "article__content",
            "article_content",
            "post-content",
            "postcontent",
            "post__content",
            "post_content",
            "post-body",
            "post-text",
            "story-body",
            "storybody",
            "story__body",
            "story-content",
            "fulltext",
        ],
    ),
];

/// The family of each pattern of [`CLASSES`].
static FAMILY_OF: LazyLock<Vec<Family>> = LazyLock::new(|| {
    let each = |(family, parts): &(Family, &[&str])| vec![*family; parts.len()];
    PARTS.iter().flat_map(each).collect()
});

/// All parts, found in one pass.
static CLASSES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(PARTS.iter().flat_map(|(_, parts)| parts.iter()))
        .expect("the parts are few and short")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_stand_in_their_order() {
        for (i, (family, _)) in PARTS.iter().enumerate() {
            assert_eq!(*family as usize, i);
        }
    }

    #[test]
    fn classes_are_read_word_by_word() {
        let of = |class: &str| {
            let mut place = Place::default();
            class.split(' ').for_each(|c| place.read_class(c));
            place
        };
        assert!(of("Article-Byline").byline && !of("authority").byline);
        assert!(of("wp-caption-text").caption && !of("has-caption").caption);
        assert!(of("x comments").comments && !of("comments-off").comments);
        assert!(of("entry-content").text);
        assert_eq!(
            of("a-class-of-the-whole-page-with-related-stories"),
            Place::default()
        );
    }
}
