//! A claim as a footnote: all that a reader needs to find its words again. Pages show it for copying; briefs
//! number it.

use serde::Serialize;
use verbale_case::{StoredClaim, ledger::PageCustody};

use crate::address::{is_web, with_fragment};

/// What stands behind one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Footnote {
    /// The claim.
    pub claim: String,
    /// The words.
    pub quote: String,
    /// Who said it, then through whom, from the speaker outwards.
    pub chain: Vec<String>,
    /// The headline of the page.
    pub title: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// When it was published, as far as the page says.
    pub published: Option<String>,
    /// When it was captured, else added.
    pub captured: Option<String>,
    /// The page's address with a text fragment that leads to the words.
    pub address: Option<String>,
    /// Where the page was found, if it has no address.
    pub path: String,
    /// SHA-256 of the bytes that the case keeps.
    pub sha256: String,
}

impl Footnote {
    /// The footnote of a claim. `address` is the page's own, if it states one.
    pub fn of(stored: &StoredClaim, custody: &PageCustody, address: Option<&str>) -> Self {
        let attribution = &stored.claim.attribution;
        let speaker = attribution.speaker.as_ref().map(|s| s.name.clone());
        let mut chain: Vec<String> = speaker.into_iter().collect();
        for via in attribution.via.iter().rev() {
            if chain.last() != Some(via) {
                chain.push(via.clone());
            }
        }
        let captured = custody.captures.first().and_then(|c| c.captured);
        let found_at = custody.captures.iter().find_map(|c| c.address.as_deref());
        let quote = stored.claim.evidence.quote();
        let address = address.or(found_at).filter(|a| is_web(a));
        Self {
            claim: stored.claim.id.to_string(),
            quote: quote.to_owned(),
            chain,
            title: stored.document.title.clone(),
            publisher: stored.document.publisher.clone(),
            published: stored.document.published.map(|d| d.to_string()),
            captured: Some(super::second(captured.unwrap_or(custody.added))),
            address: address.map(|a| with_fragment(a, quote)),
            path: stored.document.path.clone(),
            sha256: custody.digest.to_string(),
        }
    }

    /// The footnote as one paragraph of plain text.
    pub fn text(&self) -> String {
        let title = self.title.as_ref().map(|t| format!("“{t}”"));
        let quote = format!("“{}”", self.quote.trim());
        let parts = [
            Some(quote),
            (!self.chain.is_empty()).then(|| self.chain.join(", via ")),
            title,
            self.publisher
                .clone()
                .filter(|p| self.chain.last() != Some(p)),
            Some(self.published.clone().unwrap_or_else(|| "undated".into())),
            self.captured.as_ref().map(|c| format!("captured {c}")),
            Some(self.address.clone().unwrap_or_else(|| self.path.clone())),
            Some(format!("sha256 {}", self.sha256)),
            Some(self.claim.clone()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join("; ") + "."
    }
}
