//! What each page shows, as plain structs: the page's twin in JSON.
//!
//! A view is made from the case and its ledgers and knows no markup. Fields are words and numbers; every claim
//! comes with its address, so that each number leads to its words.

mod accuracy;
mod brief;
mod card;
mod claim;
mod claims;
mod conflicts;
mod document;
mod entities;
mod footnote;
mod ledgers;
mod overview;
mod publishers;
mod review;
mod search;
mod series;
mod timeline;

pub use accuracy::Accuracy;
pub(crate) use accuracy::accuracy;
pub use brief::{BriefChoices, LedgerChoice};
pub(crate) use brief::{brief, brief_choices};
pub use card::{ClaimCard, Time};
pub(crate) use claim::claim;
pub use claim::{ClaimPage, DecisionRow, OriginRow, StandingView};
pub(crate) use claims::claims;
pub use claims::{ClaimList, Pager};
#[cfg(test)]
pub(crate) use conflicts::Held;
pub use conflicts::{ConflictList, ConflictRow, PairPage, Side};
pub(crate) use conflicts::{conflict, conflicts};
pub use document::{CaptureRow, DocumentList, DocumentPage, DocumentRow, PassageView};
pub(crate) use document::{document, documents};
pub use entities::{EntityList, EntityPage, EntityRow};
pub(crate) use entities::{entities, entity};
pub use footnote::Footnote;
pub use ledgers::{
    CountRow, DutyView, ObligationsPage, PartyView, PostView, PresencePage, PresenceRow,
    ReadingView, ReportView, RestrictionRow, RestrictionsPage, StatementView,
};
pub(crate) use ledgers::{obligations, presence, restrictions};
pub(crate) use overview::overview;
pub use overview::{Counts, Glance, Overview};
pub use publishers::{ImpactView, LossRow, PublisherList, PublisherPage, PublisherRow};
pub(crate) use publishers::{publisher, publishers};
pub use review::ReviewPage;
pub(crate) use review::review;
pub(crate) use search::search;
pub use search::{HitRow, SearchPage};
#[cfg(test)]
pub(crate) use series::name as series_name;
pub use series::{End, ObservationRow, SeriesList, SeriesPage, SeriesRow};
pub(crate) use series::{series, series_chart, series_list};
pub(crate) use timeline::{CLOCKS, timeline};
pub use timeline::{MomentRow, MonthView, TimelinePage};

use crate::{ask::Ask, error::Fault};

/// The page's or claim's id in an address, read before it reaches the case.
pub(crate) fn id<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::Unknown {
        what,
        id: text.to_owned(),
    })
}

/// Which rows of a list are asked for: `from` counts rows, and stays within what a list can have.
pub(crate) fn offset(ask: &Ask) -> u32 {
    ask.parsed("from").unwrap_or(0).min(100_000_000)
}

/// A moment for people: RFC 3339 to the second.
pub(crate) fn second(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
