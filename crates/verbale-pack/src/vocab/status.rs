//! States that things are said to be in, and those that are computed.

use serde::Deserialize;

use crate::Words;

/// What sort of thing has the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A post or other presence.
    Presence,
    /// A duty.
    Duty,
    /// Anything else: a border, a talk, a service.
    General,
}

/// The axes of a post; a phrase speaks to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// The building: open, closed, moved.
    Premises,
    /// The people: full, reduced, withdrawn.
    Staffing,
    /// Who heads it: ambassador, chargé, vacant.
    Head,
    /// The relations between the two states.
    Relation,
}

/// A status with the words that assert it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWord {
    /// The status: `closed`, `missed`.
    pub id: String,
    /// What sort of thing has it.
    pub field: Field,
    /// For posts, the axis it speaks to.
    #[serde(default)]
    pub axis: Option<Axis>,
    /// For posts, the value on that axis; absent for steps that do not change it (a technical visit).
    #[serde(default)]
    pub value: Option<String>,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Words that assert it; "…" stands for up to six words.
    pub words: Words,
}

/// A status that follows from dates and figures in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComputedStatus {
    /// The status: `past_due_unknown`.
    pub id: String,
    /// When it holds, in words; the ledgers implement it.
    pub test: String,
}
