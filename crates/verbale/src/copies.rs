//! Which pages of a case share words with one of them.

use anyhow::Result;
use verbale_analysis::copies::{CopyIndex, MIN_SHARED, Overlap, Print, Tokens, align};
use verbale_case::Case;
use verbale_core::{Document, PageId};

use crate::{commands::explained, view};

/// Another page that shares words with the page asked for.
pub(crate) struct Copy {
    page: PageId,
    /// The other page's publisher, else its path.
    whose: String,
    /// What the page asked for (first) and the other page share.
    overlap: Overlap,
    /// The beginning of the longest stretch.
    words: String,
}

/// Words of a stretch that are shown.
const SHOWN_WORDS: usize = 12;

/// The pages that share words with `document`, those that share most first.
///
/// Every page of the case is looked at once; two are aligned only if they share fingerprints.
pub(crate) fn of(case: &Case, document: &Document) -> Result<Vec<Copy>> {
    let own = Tokens::of_document(document);
    let mut index = CopyIndex::default();
    index.add(0, &Print::of(&own).hashes());
    let mut copies = Vec::new();
    for page in case.pages().map_err(explained)? {
        if page == document.page() {
            continue;
        }
        let Some(other) = case.document(page).map_err(explained)? else {
            continue;
        };
        let words = Tokens::of_document(&other.document);
        if index
            .candidates(&Print::of(&words).hashes(), MIN_SHARED)
            .is_empty()
        {
            continue;
        }
        let overlap = align(&own, &words);
        let Some(longest) = overlap.segments.iter().max_by_key(|s| s.n_words) else {
            continue;
        };
        let stretch = document.slice(longest.a).split_whitespace();
        let publisher = other.document.metadata.publisher.clone();
        copies.push(Copy {
            page,
            whose: publisher.unwrap_or(other.origin.path),
            words: stretch.take(SHOWN_WORDS).collect::<Vec<_>>().join(" "),
            overlap,
        });
    }
    copies.sort_by_key(|c| std::cmp::Reverse(c.overlap.n_shared));
    Ok(copies)
}

impl std::fmt::Display for Copy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (here, there) = self.overlap.containment();
        write!(
            f,
            "{}  {}, {}: {} words ({:.0} % of this page, {:.0} % of that): “{} …”",
            view::short_id(&self.page.to_string()),
            view::one_line(&self.whose),
            self.overlap.kind().as_str(),
            self.overlap.n_shared,
            here * 100.0,
            there * 100.0,
            view::one_line(&self.words)
        )
    }
}
