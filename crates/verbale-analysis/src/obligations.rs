//! Who has said what about a duty, and what dates and figures imply.
//!
//! Two layers that are never merged: what parties *assert* (of themselves or of others), and what is *computed*
//! from the deadline and from counts of what is left undone. No self-assessment sets a computed status.

mod against;
mod draft;
mod duties;
mod ledger;
mod left;
mod party;
mod record;
mod subjects;
mod tie;
mod view;

pub use against::{AgainstComputed, against_computed};
pub use duties::{Duties, DutyNumber, DutyPart};
pub use ledger::obligations;
pub use view::{Computed, Duty, PartyRecord, ReadingRow, ReportRow, ReportState, Statement};
