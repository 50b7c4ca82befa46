//! How the domain's types become records.

use verbale_core::{
    Claim, Diagnostic, Document, Entity, Event, Figure, Metadata, Obligation, OffsetTable,
    PageOrigin, Passage, Position, Proposition, Status, TextRange, Timex,
};

use super::{
    ClaimLine, DiagnosticLine, DocumentLine, EntityLine, EventLine, FigureLine, MetadataLine,
    Number, ObligationLine, PassageLine, PositionLine, StatusLine,
};

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
            // "It is estimated": somebody speaks, but the page names nobody.
            speaker: speaker
                .map(|s| s.name.clone())
                .filter(|name| !name.is_empty()),
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
