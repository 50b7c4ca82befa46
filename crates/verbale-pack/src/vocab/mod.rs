//! Vocabularies: reporting verbs, approximators, anonymity phrases, statuses.
//!
//! Not here: the patterns that find these words in a parsed sentence (`verbale-extract`).

mod anonymity;
mod approximator;
mod status;
mod verb;

pub use anonymity::{AnonymityKind, AnonymityPhrase};
pub use approximator::{Approximator, Bound, Form, Vague, VagueKind};
pub use status::{Axis, ComputedStatus, Field, StatusWord};
pub use verb::{FineAct, ReportingVerb, Verbs};

pub(crate) use verb::VerbGroup;
