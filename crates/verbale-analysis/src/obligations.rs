//! Who has said what about a duty, and what dates and figures imply.
//!
//! Two layers that are never merged: what parties *assert* (of themselves or of others), and what is *computed*
//! from the deadline and from counts of what is left undone. No self-assessment sets a computed status.

mod against;
mod draft;
mod ledger;
mod party;
mod record;
mod tie;
mod view;

pub use against::against_computed;
pub use ledger::obligations;
pub(crate) use record::may_be_left_undone;
pub(crate) use tie::is_about_meaning;
pub use view::{Computed, Duty, PartyRecord, ReadingRow, ReportRow, ReportState, Statement};
