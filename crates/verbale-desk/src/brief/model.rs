//! A brief as a tree of plain text.
//!
//! The tree knows sections, tables, charts and notes, and nothing of HTML, Markdown, Word or paper: each printer
//! walks it and escapes what it prints. Written as JSON it is what `verbale-pdf` reads; `docs/brief.md` describes
//! the fields.

use serde::Serialize;

use super::weak::Mark;

/// A brief, ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// What it is about.
    pub title: String,
    /// Facts under the title: what was asked for, what it was made from. Name and value.
    pub facts: Vec<(String, String)>,
    /// The parts, in order.
    pub sections: Vec<Section>,
    /// The footnotes; the one with number `n` stands at `n - 1`.
    pub notes: Vec<Note>,
    /// How many statements carry each mark that occurs, in the order of the marks.
    pub n_marked: Vec<(Mark, usize)>,
}

/// One part of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Unique among the sections; letters and dashes.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// True if what it says comes from pages, so that a number in it needs a footnote.
    pub is_sourced: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside the section.
    Heading {
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Line,
    },
    /// A list without numbers.
    List {
        /// Its items.
        items: Vec<Line>,
    },
    /// A table.
    Table(Table),
    /// A picture of a series.
    Chart(Chart),
    /// Passages that are to be read against each other.
    Passages {
        /// From left to right.
        sides: Vec<Passage>,
    },
}

/// A table with one row a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows, in a few words.
    pub caption: String,
    /// The headings of the columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as there are columns.
    pub rows: Vec<Vec<Line>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How much room it wants beside the others.
    pub share: u8,
}

/// A picture of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// Unique among the charts, from 1.
    pub number: u32,
    /// What it shows.
    pub title: String,
    /// The same in words, for readers who do not see it.
    pub description: String,
    /// The picture, as SVG without script.
    pub svg: String,
}

/// A passage with the words of a claim in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Who says it, and where.
    pub voice: Line,
    /// The passage up to the words.
    pub before: String,
    /// The words of the claim.
    pub words: String,
    /// The passage after the words.
    pub after: String,
    /// The footnote with its marks.
    pub cite: Line,
}

/// Words in one line or paragraph.
pub type Line = Vec<Inline>;

/// A stretch of words of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words with weight.
    Strong(String),
    /// Words of a page; printers put them in quotation marks.
    Quote(String),
    /// What the program counted or computed, which no page says.
    Computed(String),
    /// An id or digest.
    Code(String),
    /// An address, and the words to click on.
    Link {
        /// The words.
        text: String,
        /// The address; `http` or `https`.
        address: String,
    },
    /// A reference to the footnote with this number.
    Note(u32),
    /// A remark of the linter.
    Mark(Mark),
}

/// A footnote: one claim with all that leads to its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// From 1, in the order of the first citation.
    pub number: u32,
    /// The claim's id.
    pub claim: String,
    /// The page's id.
    pub page: String,
    /// The words, as they stand in the page.
    pub words: String,
    /// The footnote as it is printed, words included.
    pub text: Line,
}

impl Brief {
    /// The note with this number.
    pub fn note(&self, number: u32) -> Option<&Note> {
        self.notes
            .get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The numbers of the notes that are cited first in a section, in order.
    pub fn first_cited_in(&self, section: &Section) -> Vec<u32> {
        let mut seen = std::collections::BTreeSet::new();
        for earlier in self.sections.iter().take_while(|s| s.id != section.id) {
            earlier.lines(&mut |line| seen.extend(notes_in(line)));
        }
        let mut first = Vec::new();
        section.lines(&mut |line| first.extend(notes_in(line).filter(|n| seen.insert(*n))));
        first.sort_unstable();
        first
    }

    /// True if a statement has a mark of weakness; that nobody has reviewed it does not count.
    pub fn is_weak(&self) -> bool {
        self.n_marked.iter().any(|(m, _)| m.is_weakness())
    }
}

impl Section {
    /// Shows `visit` every line, in the order of reading.
    pub fn lines<'a>(&'a self, visit: &mut dyn FnMut(&'a Line)) {
        for block in &self.blocks {
            match block {
                Block::Heading { .. } | Block::Chart(_) => {}
                Block::Paragraph { text } => visit(text),
                Block::List { items } => items.iter().for_each(&mut *visit),
                Block::Table(table) => table.rows.iter().flatten().for_each(&mut *visit),
                Block::Passages { sides } => {
                    for side in sides {
                        visit(&side.voice);
                        visit(&side.cite);
                    }
                }
            }
        }
    }
}

/// The numbers of the footnotes that a line cites.
pub(crate) fn notes_in(line: &Line) -> impl Iterator<Item = u32> {
    line.iter().filter_map(|i| match i {
        Inline::Note(n) => Some(*n),
        _ => None,
    })
}

/// Plain words as a line.
pub(crate) fn text(words: impl Into<String>) -> Line {
    vec![Inline::Text(words.into())]
}
