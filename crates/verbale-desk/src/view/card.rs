//! A claim as every page shows it.

use serde::Serialize;
use verbale_case::{StoredClaim, exchange::ClaimRow};
use verbale_core::{ClaimKind, Polarity};

/// A time as the page states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Time {
    /// The date as far as it is known; absent where the words could not be resolved.
    pub iso: Option<String>,
    /// The words.
    pub raw: Option<String>,
}

/// A claim with what a row of a table needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimCard {
    /// `clm_…`.
    pub id: String,
    /// Its address on the desk.
    pub href: String,
    /// `figure`, `status`, …
    pub kind: &'static str,
    /// `say`, `deny`, …
    pub act: &'static str,
    /// What is claimed, in one line.
    pub summary: String,
    /// True if the speaker says that it is not so.
    pub is_denied: bool,
    /// `planned`, `possible`, …; absent for what is said to be so.
    pub modality: Option<&'static str>,
    /// The words that carry it.
    pub quote: String,
    /// The language of the words, BCP 47.
    pub language: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// The speaker's function.
    pub role: Option<String>,
    /// The organization the speaker speaks from.
    pub org: Option<String>,
    /// Whom the speaker speaks for.
    pub on_behalf_of: Option<String>,
    /// True if nothing identifies the speaker.
    pub is_anonymous: bool,
    /// From the speaker outwards: reporter, agency, publisher.
    pub chain: Vec<String>,
    /// The word for the first clock: "as of", "on", "by".
    pub holds_label: &'static str,
    /// When it holds.
    pub holds: Option<Time>,
    /// When it was said.
    pub said: Option<Time>,
    /// When the page was published.
    pub published: Option<String>,
    /// When the page was captured.
    pub captured: Option<String>,
    /// The page it stands on.
    pub page: String,
    /// The page's headline.
    pub title: Option<String>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// `accepted` or `rejected`.
    pub verdict: Option<String>,
    /// From 1 to 6.
    pub credibility: Option<u8>,
    /// The publisher's reliability, from A to F.
    pub reliability: Option<String>,
    /// The fields that a person amended.
    pub amended: Vec<String>,
    /// An earlier claim of the page that says the same.
    pub restates: Option<String>,
}

impl ClaimCard {
    /// The card of a claim.
    pub fn of(stored: &StoredClaim) -> Self {
        let claim = &stored.claim;
        let ClaimRow {
            claim: line,
            document,
            verdict,
            credibility,
            reliability,
            amended,
        } = stored.to_row();
        let (iso, raw) = line.time();
        let modality = claim.modality.as_str();
        Self {
            href: claim_href(&line.id),
            kind: claim.kind().as_str(),
            act: claim.attribution.act.as_str(),
            summary: line.summary(),
            is_denied: claim.polarity == Polarity::Denied,
            modality: Some(modality).filter(|m| *m != "actual"),
            holds_label: holds_label(claim.kind()),
            holds: time(iso, raw),
            said: time(line.said_on.as_deref(), line.said_on_raw.as_deref()),
            chain: line.reported_via.iter().rev().cloned().collect(),
            id: line.id,
            quote: line.span,
            language: document.language,
            speaker: line.speaker,
            role: line.speaker_role,
            org: line.speaker_org,
            on_behalf_of: line.on_behalf_of,
            is_anonymous: line.anonymous,
            published: document.published,
            captured: document.captured,
            page: document.id,
            title: document.title,
            publisher: document.outlet,
            verdict,
            credibility,
            reliability,
            amended,
            restates: line.restates,
        }
    }

    /// The address of the document, at the claim's words.
    pub fn words_href(&self) -> String {
        format!("/document/{}#{}", self.page, self.id)
    }
}

/// The address of a claim.
pub(crate) fn claim_href(id: &str) -> String {
    format!("/claim/{id}")
}

fn holds_label(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Event => "on",
        ClaimKind::Obligation => "by",
        _ => "as of",
    }
}

fn time(iso: Option<&str>, raw: Option<&str>) -> Option<Time> {
    (iso.is_some() || raw.is_some()).then(|| Time {
        iso: iso.map(str::to_owned),
        raw: raw.map(str::to_owned),
    })
}
