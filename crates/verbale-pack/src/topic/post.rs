//! Diplomatic missions and the dated facts that a pack knows of them.

use serde::Deserialize;
use verbale_core::{Decimal, PartialDate};

use crate::{Words, value};

/// What somebody said about a post, with its day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostEvent {
    /// The day, as far as known.
    #[serde(deserialize_with = "value::date")]
    pub date: PartialDate,
    /// A status of field `presence`.
    pub status: String,
    /// Who asserts it.
    pub by: String,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Addresses of pages that state it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Somebody who heads a post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The name.
    pub name: String,
    /// `ambassador`, `charge_d_affaires`.
    pub role: String,
    /// Since when, if known.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub from: Option<PartialDate>,
    /// Until when; absent if unknown or not over.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub to: Option<PartialDate>,
    /// How sure it is: `high`, `medium`, `low`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Addresses of pages that state it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A mission of one state in another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Name within the packs: `embassy:DE@KP`.
    pub id: String,
    /// `embassy`, `consulate`, `office`.
    pub kind: String,
    /// The state that sends, ISO 3166-1 alpha-2.
    pub sending: String,
    /// The state that receives, ISO 3166-1 alpha-2.
    pub receiving: String,
    /// The city, in English.
    pub city: String,
    /// Names of the post itself, beside those that follow from the states' names.
    #[serde(default)]
    pub names: Words,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// What was said about it, in order of time.
    #[serde(default, rename = "event")]
    pub events: Vec<PostEvent>,
    /// Who heads it, in order of time.
    #[serde(default, rename = "head")]
    pub heads: Vec<Head>,
}

/// A dated fact of the topic that no ledger computes: a body founded, a mandate ended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Name within the pack.
    pub id: String,
    /// The day, as far as known.
    #[serde(deserialize_with = "value::date")]
    pub date: PartialDate,
    /// In words.
    pub text: String,
    /// How sure it is: `high`, `medium`, `low`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// Addresses of pages that state it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A published count against which claims of a case can be held.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The measure's id.
    pub measure: String,
    /// The number.
    #[serde(deserialize_with = "value::decimal")]
    pub value: Decimal,
    /// The hedge, if any.
    #[serde(default)]
    pub approximator: Option<String>,
    /// When it holds.
    #[serde(deserialize_with = "value::date")]
    pub as_of: PartialDate,
    /// Who says so, through whom.
    pub by: String,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Where it is stated.
    pub source: String,
}
