//! The case file and the exchange format.
//!
//! A [`Case`] is one SQLite file with everything an analyst has: pages with their bytes, documents, claims,
//! entities, decisions, and an index of words. [`exchange`] writes documents with their claims as lines of
//! JSON or as a table, and reads such lines back.
//!
//! Not here: how pages are read and claims are found, tables for people, flags, and the clock: whoever adds
//! something says when.

mod case;
mod check;
mod custody;
pub mod decision;
mod digest;
mod error;
pub mod exchange;
mod keep;
pub mod ledger;
mod refresh;
mod reread;
mod run;
mod schema;
mod search;
mod store;
#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod views_tests;

pub use case::Case;
pub use check::{Checked, Fault};
pub use custody::Custody;
pub use error::{Error, Result};
pub use ledger::{Clock, Copy, Filter, Order, StoredClaim, StoredDocument, StoredEntity};
pub use refresh::{Capture, Difference, PassageChange};
pub use reread::{Changed, Gone, Moved, Reread};
pub use run::{PackVersion, Run};
pub use search::{Hit, QueryError, Search, SearchError, Snippet};
pub use store::{Added, EntityId, NewDocument};
