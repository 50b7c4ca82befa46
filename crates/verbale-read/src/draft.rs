//! What a reader makes of a page before it becomes a document.

use verbale_core::{Diagnostic, Metadata, Passage};

/// Text, passages and metadata, with what is to be said about the page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The whole text, furniture included.
    pub(crate) text: String,
    /// In the order of the text, without overlaps.
    pub(crate) passages: Vec<Passage>,
    /// What the page says about itself; the language is told later, from the text.
    pub(crate) metadata: Metadata,
    /// Remarks about the page.
    pub(crate) diagnostics: Vec<Diagnostic>,
}
