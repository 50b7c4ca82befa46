//! The records of the format, and how the domain's types become them.

use serde::{Deserialize, Deserializer, Serialize};
use verbale_core::{
    Claim, Diagnostic, Document, Entity, Event, Figure, Metadata, Obligation, OffsetTable,
    PageOrigin, Passage, Position, Proposition, Status, TextRange, Timex,
};

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

/// All that a line is made of.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The id to print; the page's own where absent.
    pub id: Option<&'a str>,
    /// Where the page came from.
    pub origin: &'a PageOrigin,
    /// The clean text.
    pub document: &'a Document,
    /// What was claimed.
    pub claims: &'a [Claim],
    /// What the words refer to.
    pub entities: &'a [Entity],
    /// What is to be said about the page.
    pub diagnostics: &'a [Diagnostic],
}

impl DocumentLine {
    /// The line for one reading.
    pub fn new(reading: Reading<'_>) -> Self {
        let Reading {
            origin, document, ..
        } = reading;
        let table = OffsetTable::new(document.text());
        Self {
            id: reading
                .id
                .map_or_else(|| document.page().to_string(), str::to_owned),
            path: origin.path.clone(),
            metadata: MetadataLine::new(&document.metadata, origin),
            published_by: document.metadata.published.as_ref().map(|p| p.rule.clone()),
            captured: origin.captured.map(|t| t.to_string()),
            text: document.text().to_owned(),
            passages: document
                .passages()
                .iter()
                .map(|p| PassageLine::new(p, document, &table))
                .collect(),
            claims: reading
                .claims
                .iter()
                .map(|c| ClaimLine::new(c, table.to_char(c.evidence.range().start()).0))
                .collect(),
            entities: reading.entities.iter().map(EntityLine::new).collect(),
            diagnostics: reading
                .diagnostics
                .iter()
                .map(|d| DiagnosticLine::new(d, &table))
                .collect(),
        }
    }
}

impl MetadataLine {
    fn new(metadata: &Metadata, origin: &PageOrigin) -> Self {
        let filled = |s: &String| (!s.is_empty()).then(|| s.clone());
        Self {
            title: metadata.title.clone(),
            authors: metadata.authors.clone(),
            outlet: metadata.publisher.clone(),
            agency: metadata.agency.clone(),
            published: metadata.published.as_ref().map(|p| p.date.to_string()),
            updated: metadata.updated.map(|d| d.to_string()),
            dateline: metadata.dateline.clone(),
            source_kind: filled(&metadata.kind),
            language: filled(&metadata.language),
            url: metadata.address.clone().or_else(|| origin.address.clone()),
        }
    }
}

impl PassageLine {
    fn new(passage: &Passage, document: &Document, table: &OffsetTable<'_>) -> Self {
        let (start, end) = char_range(table, passage.range);
        Self {
            role: passage.role.to_string(),
            start,
            end,
            text: document.slice(passage.range).to_owned(),
            repeats: passage.repeats,
        }
    }
}

impl ClaimLine {
    /// The line for a claim whose words start at code point `start` of the document's text.
    pub fn new(claim: &Claim, start: u32) -> Self {
        let attribution = &claim.attribution;
        let speaker = attribution.speaker.as_ref();
        let anonymity = speaker.and_then(|s| s.anonymity.as_ref());
        let quote = claim.evidence.quote();
        let (said_on, said_on_raw) = clock(attribution.said_on.as_ref());
        let mut line = Self {
            id: claim.id.to_string(),
            span: quote.to_owned(),
            start,
            end: start + n_chars(quote),
            prefix: claim.evidence.prefix().to_owned(),
            suffix: claim.evidence.suffix().to_owned(),
            speaker: speaker.map(|s| s.name.clone()),
            speaker_org: speaker.and_then(|s| s.org.clone()),
            speaker_role: speaker.and_then(|s| s.role.clone()),
            on_behalf_of: attribution.on_behalf_of.clone(),
            anonymous: anonymity.is_some(),
            anonymity_tier: anonymity.map(|a| a.tier),
            anonymity_reason: anonymity.and_then(|a| a.reason.clone()),
            reported_via: attribution.via.clone(),
            act: attribution.act.to_string(),
            said_on,
            said_on_raw,
            kind: claim.kind().to_string(),
            polarity: Some(claim.polarity.to_string()),
            modality: Some(claim.modality.to_string()),
            rule: Some(claim.rule.clone()),
            restates: claim.restates.map(|id| id.to_string()),
            ..Self::default()
        };
        match &claim.proposition {
            Proposition::Figure(f) => line.figure = Some(FigureLine::new(f)),
            Proposition::Status(s) => line.status = Some(StatusLine::new(s)),
            Proposition::Event(e) => line.event = Some(EventLine::new(e)),
            Proposition::Obligation(o) => line.obligation = Some(ObligationLine::new(o)),
            Proposition::Position(p) => line.position = Some(PositionLine::new(p)),
        }
        line
    }
}

impl FigureLine {
    fn new(figure: &Figure) -> Self {
        let quantity = &figure.quantity;
        let (as_of, as_of_raw) = clock(figure.as_of.as_ref());
        Self {
            value: quantity.value.map(Number),
            low: quantity.low.map(Number),
            high: quantity.high.map(Number),
            approximator: quantity.approximator.clone(),
            unit: quantity.unit.clone(),
            subject: Some(figure.subject.clone()),
            place: figure.place.clone(),
            per: quantity.per.clone(),
            as_of,
            as_of_raw,
        }
    }
}

impl StatusLine {
    fn new(status: &Status) -> Self {
        let (as_of, as_of_raw) = clock(status.as_of.as_ref());
        Self {
            subject: Some(status.subject.clone()),
            status: Some(status.status.clone()),
            as_of,
            as_of_raw,
        }
    }
}

impl EventLine {
    fn new(event: &Event) -> Self {
        let (date, date_raw) = clock(event.date.as_ref());
        Self {
            label: Some(event.label.clone()),
            actors: event.actors.clone(),
            place: event.place.clone(),
            date,
            date_raw,
        }
    }
}

impl ObligationLine {
    fn new(obligation: &Obligation) -> Self {
        let (deadline, deadline_raw) = clock(obligation.deadline.as_ref());
        Self {
            instrument: obligation.instrument.clone(),
            paragraph: obligation.paragraph.clone(),
            party: obligation.party.clone(),
            action: Some(obligation.action.clone()),
            deadline,
            deadline_raw,
        }
    }
}

impl PositionLine {
    fn new(position: &Position) -> Self {
        Self {
            holder: Some(position.holder.clone()),
            stance: Some(position.stance.clone()),
            target: position.target.clone(),
        }
    }
}

impl EntityLine {
    fn new(entity: &Entity) -> Self {
        Self {
            name: entity.name.clone(),
            kind: entity.kind.to_string(),
            forms: entity.forms.clone(),
            pack_id: entity.pack_id.clone(),
        }
    }
}

impl DiagnosticLine {
    fn new(diagnostic: &Diagnostic, table: &OffsetTable<'_>) -> Self {
        let range = diagnostic.range.map(|r| char_range(table, r));
        Self {
            code: diagnostic.code.code.to_owned(),
            message: diagnostic.message.clone(),
            start: range.map(|r| r.0),
            end: range.map(|r| r.1),
        }
    }
}

/// Other programs write `null` for an empty list or a flag that is not set.
fn absent_or_null<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A time as the ledger prints it, and its words. Words that are no words of the page are empty and left out.
fn clock(time: Option<&Timex>) -> (Option<String>, Option<String>) {
    let raw = time.map(|t| t.raw.clone()).filter(|raw| !raw.is_empty());
    (time.and_then(Timex::iso), raw)
}

fn char_range(table: &OffsetTable<'_>, range: TextRange) -> (u32, u32) {
    (table.to_char(range.start()).0, table.to_char(range.end()).0)
}

pub(super) fn n_chars(words: &str) -> u32 {
    // Documents are shorter than 4 GiB, so their quotes are.
    words.chars().count() as u32
}
