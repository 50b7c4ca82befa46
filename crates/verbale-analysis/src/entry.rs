//! A claim as it stands in a case: with the page it was read from.

use jiff::civil::Date;
use verbale_core::{Claim, ClaimId, Interval, Metadata, PageId, Proposition, Timex};

/// One claim with the page it stands on. All ledgers are functions of a slice of these.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The page that carries it.
    pub page: PageId,
    /// What the page says about itself.
    pub metadata: &'a Metadata,
}

/// How far the time of a claim is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It holds in these days.
    Known(Interval),
    /// The page says when, but its words have no anchor.
    Unresolved,
    /// The page does not say when.
    Unstated,
}

impl When {
    /// The days, if known.
    pub fn interval(self) -> Option<Interval> {
        match self {
            Self::Known(interval) => Some(interval),
            Self::Unresolved | Self::Unstated => None,
        }
    }
}

impl<'a> Entry<'a> {
    /// The claim's identity.
    pub fn id(&self) -> ClaimId {
        self.claim.id
    }

    /// The outlet or office whose page it is.
    pub fn publisher(&self) -> Option<&'a str> {
        self.metadata.publisher.as_deref()
    }

    /// The wire service that wrote the page's story.
    pub fn agency(&self) -> Option<&'a str> {
        self.metadata.agency.as_deref()
    }

    /// Who said it, in the words of the page.
    pub fn speaker(&self) -> Option<&'a str> {
        self.claim
            .attribution
            .speaker
            .as_ref()
            .map(|s| s.name.as_str())
            .filter(|name| !name.is_empty())
    }

    /// When the proposition holds, as far as the page says.
    pub fn when(&self) -> When {
        when(self.claim.proposition.time())
    }

    /// The days on which it was said, else those on which the page was published: the order in which
    /// statements followed each other.
    pub fn spoken(&self) -> Option<Interval> {
        let said = self
            .claim
            .attribution
            .said_on
            .as_ref()
            .and_then(|t| t.interval);
        said.or_else(|| self.published())
    }

    /// The days on which the page was published.
    pub fn published(&self) -> Option<Interval> {
        self.metadata
            .published
            .as_ref()
            .and_then(|p| p.date.interval())
    }

    /// The last day on which it can have been said; sorts statements in time.
    pub(crate) fn spoken_by(&self) -> Option<Date> {
        self.spoken().and_then(|i| i.end().or(i.start()))
    }

    /// The words that carry it.
    pub fn quote(&self) -> &'a str {
        self.claim.evidence.quote()
    }

    /// A short name for sentences: speaker and publisher.
    pub fn voice(&self) -> String {
        let page = self.publisher().unwrap_or("a page without a publisher");
        match self.speaker() {
            Some(speaker) if Some(speaker) != self.publisher() => format!("{speaker} ({page})"),
            _ => page.to_owned(),
        }
    }

    /// The figure, if it is one.
    pub fn figure(&self) -> Option<&'a verbale_core::Figure> {
        match &self.claim.proposition {
            Proposition::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// The status, if it is one.
    pub fn status(&self) -> Option<&'a verbale_core::Status> {
        match &self.claim.proposition {
            Proposition::Status(status) => Some(status),
            _ => None,
        }
    }
}

fn when(time: Option<&Timex>) -> When {
    match time {
        None => When::Unstated,
        Some(Timex {
            interval: Some(i), ..
        }) => When::Known(*i),
        Some(_) => When::Unresolved,
    }
}

/// Entries in the order of their ids, each once: what makes results independent of the order of insertion.
pub(crate) fn in_order<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(Entry::id);
    entries.dedup_by_key(|e| e.id());
    entries
}
