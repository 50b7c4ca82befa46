//! Reading a case: claims by filter, one claim in its context, one document, entities, what is in the file, and what
//! the ledgers of `verbale-analysis` are made of, name by name.

mod assembly;
mod browse;
mod claim;
mod copies;
mod disputes;
mod document;
mod duties;
mod entity;
mod filing;
mod filter;
mod gather;
mod kin;
mod lines;
mod meeting;
mod moments;
mod parts;
mod posts;
mod query;
mod sayings;
mod series;
mod status;
mod stretch;
mod support;
mod timeline;
mod work;

pub use browse::{ListedDocument, ListedEntity, ListedPublisher, PageCustody, Slice};
pub use claim::{DocumentInfo, StoredClaim};
pub use copies::Copy;
pub use disputes::ConflictCursor;
pub use document::{Context, StoredDocument};
pub use entity::StoredEntity;
pub use filter::{Clock, Filter, Order};
pub use gather::Gathered;
pub use posts::PresencePart;
pub use series::{SeriesCursor, SeriesRow};
pub use status::{Status, Undated};
pub use timeline::{Month, Part};
pub use work::Work;

pub(crate) use claim::{CLAIM_SELECT, claim_by_id, claims_of, document_info, stored_claim};
pub(crate) use copies::delete_prints;
pub(crate) use document::run as run_of;

#[cfg(test)]
mod filing_tests;
#[cfg(test)]
mod lines_tests;
#[cfg(test)]
mod piece_tests;
#[cfg(test)]
mod stream_tests;
#[cfg(test)]
mod support_tests;
#[cfg(test)]
mod tests;
