//! The clean text made from a page.

use text_size::{TextRange, TextSize};

use crate::{PageId, PartialDate, word_set};

/// What a passage is for. Only [`Role::carries_claims`] roles are read for claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Headline, deck or subheading.
    Title,
    /// Who wrote it.
    Byline,
    /// Where and when it was filed, or the page's date line.
    Dateline,
    /// Words under a picture.
    Caption,
    /// Who owns the picture.
    Credit,
    /// The reporting itself.
    Body,
    /// A copy of another passage of the same page.
    Duplicate,
    /// A teaser for another page.
    Related,
    /// An address.
    Link,
    /// Menus, pleas, notices, buttons.
    Boilerplate,
    /// Remarks about the page itself: sections, corrections, how it was made.
    Meta,
}

word_set!(Role, "passage role", {
    Title => "title",
    Byline => "byline",
    Dateline => "dateline",
    Caption => "caption",
    Credit => "credit",
    Body => "body",
    Duplicate => "duplicate",
    Related => "related",
    Link => "link",
    Boilerplate => "boilerplate",
    Meta => "meta",
});

impl Role {
    /// True for the roles whose words may become claims.
    pub const fn carries_claims(self) -> bool {
        matches!(
            self,
            Self::Body | Self::Title | Self::Caption | Self::Dateline
        )
    }
}

/// One block of a [`Document`] with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What the block is.
    pub role: Role,
    /// Where it lies in the document's text.
    pub range: TextRange,
    /// For a duplicate: the index of the passage that it repeats.
    pub repeats: Option<usize>,
}

/// When a page says it was published, and which rule found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The date as far as it is stated.
    pub date: PartialDate,
    /// The rule that found it: `json-ld`, `meta`, `time`, `address`, `dateline`, `byline`, `text` on pages;
    /// `header` of a mail, `feed`, `field` of a JSON line; `given` with the text; `person` by decision.
    pub rule: String,
}

/// What a page says about itself. Absent fields are absent on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline, without the publisher's name.
    pub title: Option<String>,
    /// The people in the byline.
    pub authors: Vec<String>,
    /// The outlet or office whose page it is.
    pub publisher: Option<String>,
    /// The wire service that wrote the story.
    pub agency: Option<String>,
    /// Publication date.
    pub published: Option<Publication>,
    /// Date of the last change that the page states.
    pub updated: Option<PartialDate>,
    /// The place in the dateline.
    pub dateline: Option<String>,
    /// BCP 47 language tag, `und` where it could not be told.
    pub language: String,
    /// What kind of page: `news report`, `wire copy`, `official statement`, `listing`, …
    pub kind: String,
    /// The address that the page calls its own.
    pub address: Option<String>,
}

/// The clean text made from one page.
///
/// Invariant: passages are in the order of the text, do not overlap, and lie on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    page: PageId,
    text: String,
    passages: Vec<Passage>,
    /// What the page says about itself.
    pub metadata: Metadata,
}

impl Document {
    /// A document from its parts.
    ///
    /// # Panics
    /// If passages overlap, are out of order, or do not lie on character boundaries of `text`: a reader's fault.
    pub fn new(page: PageId, text: String, passages: Vec<Passage>, metadata: Metadata) -> Self {
        let mut end = TextSize::default();
        for p in &passages {
            assert!(
                p.range.start() >= end,
                "passages are in order and disjoint: {:?}",
                p.range
            );
            assert!(
                text.get(std::ops::Range::<usize>::from(p.range)).is_some(),
                "{:?}",
                p.range
            );
            end = p.range.end();
        }
        Self {
            page,
            text,
            passages,
            metadata,
        }
    }

    /// The page it was made from.
    pub fn page(&self) -> PageId {
        self.page
    }

    /// The whole text, furniture included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks of the text, in order.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The words of a range.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries of this document's text.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range]
    }

    /// The passage that holds `at`.
    pub fn passage_at(&self, at: TextSize) -> Option<(usize, &Passage)> {
        let i = self.passages.partition_point(|p| p.range.end() <= at);
        self.passages
            .get(i)
            .filter(|p| p.range.contains(at))
            .map(|p| (i, p))
    }
}
