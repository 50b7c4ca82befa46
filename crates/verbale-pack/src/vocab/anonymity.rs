//! How speakers are hidden.

use serde::Deserialize;

use crate::Words;

/// What a phrase of anonymity tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnonymityKind {
    /// That or why the speaker is hidden: "on condition of anonymity".
    Reason,
    /// How the hidden speaker knows: "briefed on the matter".
    Basis,
    /// Names a hidden speaker by role: "a Western diplomat".
    Role,
    /// Names a hidden speaker by nothing: "sources".
    Bare,
    /// An unpublished text: "a report seen by".
    Document,
    /// One outlet passes on another: "citing".
    Relay,
}

/// Phrases of one kind of anonymity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnonymityPhrase {
    /// Name within the pack.
    pub id: String,
    /// What the phrases tell.
    pub kind: AnonymityKind,
    /// The tier that the phrases imply, 1 (named) to 5 (bare "sources").
    #[serde(default)]
    pub tier: Option<u8>,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// The phrases; `{country}`, `{place}`, `{rank}`, `{institution}`, `{agency}` stand for a word of that class.
    pub words: Words,
}
