//! The records of the format.

use serde::{Deserialize, Deserializer, Serialize};

use super::Number;

/// One document with all that was found in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentLine {
    /// The page's id, or the id that the input brought along.
    pub id: String,
    /// Where the page was found.
    pub path: String,
    /// What the page says about itself.
    pub metadata: MetadataLine,
    /// The rule that found the publication date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// When the page was captured, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// The whole text, furniture included.
    pub text: String,
    /// The blocks of the text, in order.
    #[serde(deserialize_with = "absent_or_null")]
    pub passages: Vec<PassageLine>,
    /// The claims, in the order of their words.
    #[serde(deserialize_with = "absent_or_null")]
    pub claims: Vec<ClaimLine>,
    /// What the words refer to.
    #[serde(deserialize_with = "absent_or_null")]
    pub entities: Vec<EntityLine>,
    /// Coded remarks about the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<DiagnosticLine>,
}

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetadataLine {
    /// The headline.
    pub title: Option<String>,
    /// The people in the byline.
    #[serde(deserialize_with = "absent_or_null")]
    pub authors: Vec<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// The wire service.
    pub agency: Option<String>,
    /// Publication date, ISO 8601 as far as it is stated.
    pub published: Option<String>,
    /// Date of the last change, ISO 8601 as far as it is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The place in the dateline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The document's kind.
    pub source_kind: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The address that the page calls its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// One block of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassageLine {
    /// What the block is for.
    pub role: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
    /// For a duplicate: the index of the passage that it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
}

/// One claim. Exactly one of the five propositions is there, the one that `kind` names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimLine {
    /// `clm_…`; gold annotations have names of their own.
    pub id: String,
    /// The exact words that carry the claim.
    pub span: String,
    /// First code point of the words.
    pub start: u32,
    /// One past the last code point of the words.
    pub end: u32,
    /// Up to 32 code points before the words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Up to 32 code points after the words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub suffix: String,
    /// Who said it, in the wording of the text.
    pub speaker: Option<String>,
    /// The organization the speaker speaks from.
    pub speaker_org: Option<String>,
    /// The speaker's function.
    pub speaker_role: Option<String>,
    /// Whom the speaker speaks for.
    pub on_behalf_of: Option<String>,
    /// True if nothing identifies the speaker.
    #[serde(deserialize_with = "absent_or_null")]
    pub anonymous: bool,
    /// 3 unnamed but placed, 4 a role only, 5 bare "sources".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymity_tier: Option<u8>,
    /// The reason the page gives for the anonymity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anonymity_reason: Option<String>,
    /// The chain from the page backwards, without the speaker.
    #[serde(deserialize_with = "absent_or_null")]
    pub reported_via: Vec<String>,
    /// What the speaker does by saying it.
    pub act: String,
    /// When it was said.
    pub said_on: Option<String>,
    /// The words that say so.
    pub said_on_raw: Option<String>,
    /// `figure`, `status`, `event`, `obligation` or `position`.
    pub kind: String,
    /// `asserted` or `denied`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polarity: Option<String>,
    /// `actual`, `planned`, `possible`, `conditional` or `demanded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// For a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<FigureLine>,
    /// For a status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusLine>,
    /// For an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventLine>,
    /// For an obligation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligation: Option<ObligationLine>,
    /// For a position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionLine>,
    /// The rule that found the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The earlier claim of the same document and speaker that this one repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restates: Option<String>,
    /// A remark of the annotator, in gold annotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A number held by something at some time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureLine {
    /// The number named by the words.
    pub value: Option<Number>,
    /// Inclusive lower bound, if stated.
    pub low: Option<Number>,
    /// Inclusive upper bound, if stated.
    pub high: Option<Number>,
    /// The hedge as written.
    pub approximator: Option<String>,
    /// What is counted, or the unit of measure.
    pub unit: Option<String>,
    /// What the number is about.
    pub subject: Option<String>,
    /// Where it holds.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// The period or thing of a rate.
    pub per: Option<String>,
    /// When it holds.
    pub as_of: Option<String>,
    /// The words that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of_raw: Option<String>,
}

/// The state of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusLine {
    /// Whose state it is.
    pub subject: Option<String>,
    /// The state.
    pub status: Option<String>,
    /// When it holds.
    pub as_of: Option<String>,
    /// The words that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of_raw: Option<String>,
}

/// A dated happening.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventLine {
    /// What sort of happening.
    #[serde(rename = "type")]
    pub label: Option<String>,
    /// Who took part.
    #[serde(deserialize_with = "absent_or_null")]
    pub actors: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub date: Option<String>,
    /// The words that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_raw: Option<String>,
}

/// A duty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObligationLine {
    /// The legal text.
    pub instrument: Option<String>,
    /// Its paragraph.
    pub paragraph: Option<String>,
    /// Who must act.
    pub party: Option<String>,
    /// What must be done.
    pub action: Option<String>,
    /// By when.
    pub deadline: Option<String>,
    /// The words that say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_raw: Option<String>,
}

/// An evaluation, a motive, a reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PositionLine {
    /// Whose position it is.
    pub holder: Option<String>,
    /// What the position is.
    pub stance: Option<String>,
    /// What it is about.
    pub target: Option<String>,
}

/// What some words of the document refer to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntityLine {
    /// The fullest name.
    pub name: String,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The forms seen.
    #[serde(deserialize_with = "absent_or_null")]
    pub forms: Vec<String>,
    /// The pack's id where a pack knows the entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_id: Option<String>,
}

/// A coded remark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DiagnosticLine {
    /// `R005`.
    pub code: String,
    /// What was found.
    pub message: String,
    /// First code point of the words it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// One past the last code point of the words it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
}

/// Other programs write `null` for an empty list or a flag that is not set.
fn absent_or_null<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
