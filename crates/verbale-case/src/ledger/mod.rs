//! Reading a case: claims by filter, one claim in its context, one document, entities, and what is in the file.

mod claim;
mod document;
mod entity;
mod filter;
mod query;
mod status;
mod timeline;

pub use claim::{DocumentInfo, StoredClaim};
pub use document::{Context, StoredDocument};
pub use entity::StoredEntity;
pub use filter::{Clock, Filter, Order};
pub use status::{Status, Undated};
pub use timeline::{Month, Part};

pub(crate) use claim::{CLAIM_SELECT, claim_by_id, claims_of, document_info, stored_claim};
pub(crate) use document::run as run_of;

#[cfg(test)]
mod tests;
