//! What a topic needs: legal texts with their duties, what is counted, posts.
//!
//! Not here: what a case says about them (`verbale-analysis`).

mod instrument;
mod measure;
mod obligation;
mod post;

pub use instrument::{Instrument, InstrumentMatch, Series};
pub use measure::{Counted, Measure, Nature};
pub use obligation::{Cap, Deadline, DueState, Exemption, Force, Obligation, Reading, Report};
pub use post::{Head, Milestone, Observation, Post, PostEvent};
