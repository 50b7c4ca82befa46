//! The visible blocks of a parsed page, in the order of the page.
//!
//! A block is the text between two block-level tags. It knows the elements it stands in, as far as they
//! tell what it is for; scripts, styles, forms' choices and hidden elements give none.

use ego_tree::{NodeRef, iter::Edge};
use scraper::Node;

use super::{
    facts::is_kicker,
    grid::{Columns, Tables},
    place::Place,
};

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its words; blanks are collapsed, single line breaks kept, and tabs part the cells of a row.
    pub(crate) text: String,
    /// Whether it is a row of a table of data.
    pub(crate) row: bool,
    /// What the elements around it say.
    pub(crate) place: Place,
    /// Bytes of its text inside links.
    pub(crate) linked: usize,
    /// A number for the element that holds the block's element: siblings share it.
    pub(crate) parent: u32,
    /// The number of the block's element.
    pub(crate) element: u32,
}

/// A block-level element; its number is its place in [`Blocks::elements`], after those it stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// The number of the element that it stands in; 0 is the page.
    pub(crate) parent: u32,
    /// What it says itself.
    pub(crate) marks: Place,
}

/// The blocks of a page and the elements that hold them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Blocks {
    /// In the order of the page.
    pub(crate) blocks: Vec<Block>,
    /// Parents before children; the first is the page.
    pub(crate) elements: Vec<Element>,
}

/// A page with less text than this in long blocks has too little for telling a box from the page.
const MIN_PROSE: usize = 500;
/// A block shorter than this is not counted as prose.
const MIN_PROSE_BLOCK: usize = 100;

/// The blocks of the tree below `root`.
pub(crate) fn collect(root: NodeRef<'_, Node>) -> Blocks {
    let mut walk = Walk {
        open: vec![Open::default()],
        parents: vec![0],
        found: Blocks {
            elements: vec![Element::default()],
            ..Blocks::default()
        },
        ..Walk::default()
    };
    let mut tables = Tables::default();
    let mut hidden_below: Option<ego_tree::NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => {
                if hidden_below.is_some() {
                    continue;
                }
                match node.value() {
                    Node::Element(e) if is_hidden(e) => hidden_below = Some(node.id()),
                    Node::Element(e) => {
                        if e.name() == "table" && tables.holds_data(node) {
                            walk.table = Some(Columns::default());
                        }
                        walk.open(e);
                    }
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
    let mut found = walk.found;
    found.settle();
    found
}

impl Blocks {
    /// Gives each block what the elements around it say.
    ///
    /// An element that holds most of the page's prose is no box of teasers, comments or pictures, whatever
    /// its class says: classes of whole pages name what the page has ("has-sidebar", "single-author").
    fn settle(&mut self) {
        let is_prose = |b: &&Block| b.text.len() >= MIN_PROSE_BLOCK && b.linked * 2 <= b.text.len();
        let mut prose = vec![0; self.elements.len()];
        for b in self.blocks.iter().filter(is_prose) {
            prose[b.element as usize] += b.text.len();
        }
        for i in (1..prose.len()).rev() {
            prose[self.elements[i].parent as usize] += prose[i];
        }
        let mut places: Vec<Place> = Vec::with_capacity(self.elements.len());
        for (element, &below) in self.elements.iter().zip(&prose) {
            let is_page = prose[0] >= MIN_PROSE && below * 2 > prose[0];
            let marks = if is_page {
                element.marks.without_box()
            } else {
                element.marks
            };
            let outer = places.get(element.parent as usize).copied();
            places.push(marks.within(outer.unwrap_or_default()));
        }
        for b in &mut self.blocks {
            b.place = b.place.within(places[b.element as usize]);
        }
    }
}

/// What the walk remembers of an open element.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    /// What it and the inline elements around it inside the nearest block say.
    inline: Place,
    heading: bool,
    is_block: bool,
}

#[derive(Default)]
struct Walk {
    found: Blocks,
    open: Vec<Open>,
    /// Numbers of the open block elements.
    parents: Vec<u32>,
    text: String,
    place: Place,
    parent: u32,
    element: u32,
    linked: usize,
    in_link: usize,
    in_pre: usize,
    n_breaks: usize,
    /// The table of data that is open.
    table: Option<Columns>,
    in_row: bool,
}

impl Walk {
    fn open(&mut self, e: &scraper::node::Element) {
        let name = e.name();
        let outer = *self.open.last().expect("the root is never closed");
        let marks = Place::of(e);
        let heading = outer.heading || marks.heading > 0;
        let is_block = !self.in_row && (is_block(name) || heading && is_kicker(e));
        if self.in_row && self::is_block(name) {
            self.part_words();
        }
        if is_block {
            self.end_block();
            let parent = self.parents.last().copied().unwrap_or(0);
            let number = u32::try_from(self.found.elements.len()).unwrap_or(u32::MAX);
            self.found.elements.push(Element { parent, marks });
            self.parents.push(number);
        }
        match (name, &mut self.table) {
            ("tr", Some(columns)) => {
                columns.begin_row();
                self.in_row = true;
            }
            ("td" | "th", Some(columns)) if self.in_row => {
                let n_columns = columns.begin_cell(e);
                self.end_cell(n_columns);
            }
            _ => {}
        }
        match name {
            "br" if self.in_row => self.part_words(),
            "br" => self.n_breaks += 1,
            "a" => self.in_link += 1,
            "pre" => self.in_pre += 1,
            _ => {}
        }
        self.open.push(Open {
            inline: if is_block {
                Place::default()
            } else {
                marks.within(outer.inline)
            },
            heading,
            is_block,
        });
    }

    fn close(&mut self, e: &scraper::node::Element) {
        let name = e.name();
        if self.in_row && name == "tr" {
            let n_columns = self.table.as_mut().map_or(0, Columns::end_row);
            self.end_cell(n_columns);
        }
        if self.open.last().is_some_and(|o| o.is_block) {
            self.end_block();
            self.parents.pop();
        } else if self.in_row && is_block(name) {
            self.part_words();
        }
        match name {
            "tr" => self.in_row = false,
            "table" => self.table = None,
            "a" => self.in_link = self.in_link.saturating_sub(1),
            "pre" => self.in_pre = self.in_pre.saturating_sub(1),
            _ => {}
        }
        self.open.pop();
    }

    /// Words of different paragraphs in a cell do not run together.
    fn part_words(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\t']) {
            self.text.push(' ');
        }
    }

    /// The text goes on so many columns further.
    fn end_cell(&mut self, n_columns: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.extend(std::iter::repeat_n('\t', n_columns));
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
            let at_blank = self.text.is_empty() || self.text.ends_with([' ', '\n', '\t']);
            match c {
                '\n' if self.in_pre > 0 && !self.in_row && !self.text.is_empty() => {
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
            let piece = self.open.last().expect("the root is never closed").inline;
            self.place = self.place.or(piece, before == 0);
            self.element = self.parents.last().copied().unwrap_or(0);
            self.parent = self.parents.iter().rev().nth(1).copied().unwrap_or(0);
            if self.in_link > 0 {
                self.linked += self.text.len() - before;
            }
        }
    }

    fn end_block(&mut self) {
        self.n_breaks = 0;
        let text = std::mem::take(&mut self.text);
        let words = match self.in_row {
            true => text.as_str(),
            false => text.trim(),
        };
        if words.chars().any(char::is_alphanumeric) {
            self.found.blocks.push(Block {
                text: words.to_owned(),
                row: self.in_row && words.contains('\t'),
                place: self.place,
                linked: self.linked,
                parent: self.parent,
                element: self.element,
            });
        }
        self.place = Place::default();
        self.linked = 0;
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

/// Whether an element shows nothing: by its kind, or by an attribute.
pub(super) fn is_hidden(e: &scraper::node::Element) -> bool {
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
    let hides = |(key, value): (&str, &str)| key == "hidden" || key == "style" && hides(value);
    !matches!(e.name(), "html" | "body" | "article" | "main") && e.attrs().any(hides)
}

/// Whether a style shows nothing.
fn hides(style: &str) -> bool {
    let mut style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.make_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(markup: &str) -> Vec<String> {
        let page = scraper::Html::parse_document(markup);
        collect(page.tree.root())
            .blocks
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
        let blocks = collect(page.tree.root()).blocks;
        assert_eq!(blocks[0].place.heading, 2);
        assert!(blocks[1].place.caption && blocks[1].place.article);
        assert!(blocks[2].place.byline);
        assert!(blocks[3].place.furniture && blocks[3].linked == 1);
    }

    #[test]
    fn a_class_of_the_whole_page_makes_no_box() {
        let line = "The ferry left the old harbor at noon with forty people on board. ";
        let story = format!("<p>{}", line.repeat(3));
        let page = |class: &str| {
            let text = format!("<div class={class}>{}</div><p>End.", story.repeat(4));
            let page = scraper::Html::parse_document(&text);
            collect(page.tree.root()).blocks[0].place
        };
        assert!(!page("has-sidebar").furniture && page("has-sidebar").paragraph);
        let aside = scraper::Html::parse_document(&format!(
            "<div class=sidebar>{story}</div><div>{}</div>",
            story.repeat(4)
        ));
        assert!(collect(aside.tree.root()).blocks[0].place.furniture);
    }
}
