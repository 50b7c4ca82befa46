//! Pages and readings for tests of this crate and of those that show a case (feature `testing`), made from a text
//! and the words that carry each claim.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "tests stop at what should not be"
)]

use jiff::Timestamp;
use verbale_core::{
    Act, Anchor, Attribution, Claim, ClaimId, Diagnostic, Document, Entity, EntityKind, Event,
    Evidence, Figure, Mention, Metadata, Modality, Obligation, Page, PageOrigin, Passage, Polarity,
    Position, Proposition, Publication, Quantity, Role, Speaker, Status, TextRange, TextSize,
    Timex, diagnostic,
};

use crate::{
    Case, NewDocument, Run,
    exchange::{ClaimLine, FigureLine},
};

/// A page with its reading.
#[derive(Debug, Clone)]
pub struct Sample {
    pub page: Page,
    pub document: Document,
    pub claims: Vec<Claim>,
    pub entities: Vec<Entity>,
    pub diagnostics: Vec<Diagnostic>,
    pub run: Run,
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::new(1_900_000_000 + second, 0).unwrap()
}

pub fn day(iso: &str, raw: &str) -> Timex {
    Timex::from_date(iso.parse().unwrap(), raw, Anchor::Published)
}

impl Sample {
    /// What a person would write down by hand: so many of a subject, by these words of the page.
    pub fn by_hand(&self, span: &str, value: &str, subject: &str) -> ClaimLine {
        let start = self.document.text().find(span).unwrap();
        ClaimLine {
            span: span.into(),
            start: self.document.text()[..start].chars().count() as u32,
            kind: "figure".into(),
            figure: Some(FigureLine {
                value: value.parse().ok(),
                subject: Some(subject.into()),
                ..FigureLine::default()
            }),
            ..ClaimLine::default()
        }
    }

    /// A page whose lines are passages: the first a title, a line that starts with `|` furniture, others body.
    pub fn new(path: &str, text: &str) -> Self {
        let page = Page {
            bytes: text.as_bytes().to_vec(),
            media_type: "text/plain".into(),
            origin: PageOrigin {
                path: path.into(),
                ..PageOrigin::default()
            },
        };
        let mut start = 0;
        let mut passages = Vec::new();
        for (i, line) in text.split('\n').enumerate() {
            let range = TextRange::at(TextSize::from(start), TextSize::of(line));
            start += line.len() as u32 + 1;
            let role = match i {
                0 => Role::Title,
                _ if line.starts_with('|') => Role::Boilerplate,
                _ => Role::Body,
            };
            passages.push(Passage {
                role,
                range,
                repeats: None,
            });
        }
        let metadata = Metadata {
            title: text.lines().next().map(str::to_owned),
            publisher: Some("Harbour Post".into()),
            published: Some(Publication {
                date: "2031-05-02".parse().unwrap(),
                rule: "meta".into(),
            }),
            language: "en".into(),
            kind: "news report".into(),
            ..Metadata::default()
        };
        Self {
            document: Document::new(page.id(), text.to_owned(), passages, metadata),
            page,
            claims: Vec::new(),
            entities: Vec::new(),
            diagnostics: vec![Diagnostic::new(
                diagnostic::X101_UNRESOLVED_TIME,
                "`Thursday`",
            )],
            run: Run {
                program: "0.1.0".into(),
                reader: "1".into(),
                ..Run::default()
            },
        }
    }

    pub fn range(&self, words: &str) -> TextRange {
        let at = self.document.text().find(words).unwrap();
        TextRange::at(TextSize::from(at as u32), TextSize::of(words))
    }

    pub fn claim(mut self, words: &str, speaker: &str, proposition: Proposition) -> Self {
        let kind = proposition.kind();
        let evidence = Evidence::new(self.document.text(), self.range(words));
        let n_before = self
            .claims
            .iter()
            .filter(|c| c.kind() == kind && c.evidence.quote() == words)
            .count();
        self.claims.push(Claim {
            id: ClaimId::new(self.page.id(), kind, words, n_before as u32),
            evidence,
            attribution: Attribution {
                speaker: Some(Speaker {
                    name: speaker.into(),
                    ..Speaker::default()
                }),
                via: self.document.metadata.publisher.iter().cloned().collect(),
                on_behalf_of: None,
                act: Act::Say,
                cue: None,
                said_on: Some(day("2031-05-01", "Thursday")),
            },
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            proposition,
            rule: "test".into(),
            restates: None,
        });
        self
    }

    pub fn entity(mut self, name: &str, kind: EntityKind, forms: &[&str]) -> Self {
        let text = self.document.text();
        let mentions = forms
            .iter()
            .flat_map(|form| text.match_indices(form))
            .map(|(at, form)| Mention {
                range: TextRange::at(TextSize::from(at as u32), TextSize::of(form)),
                kind,
            })
            .collect();
        self.entities.push(Entity {
            name: name.into(),
            kind,
            pack_id: None,
            forms: forms.iter().map(|f| (*f).to_owned()).collect(),
            mentions,
        });
        self
    }

    /// What the speaker of the last claim does by saying it.
    pub fn act(mut self, act: Act) -> Self {
        if let Some(last) = self.claims.last_mut() {
            last.attribution.act = act;
        }
        self
    }

    pub fn undated(mut self) -> Self {
        self.document.metadata.published = None;
        self
    }

    pub fn new_document(&self) -> NewDocument<'_> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &self.diagnostics,
            run: &self.run,
            at: at(0),
        }
    }

    pub fn add_to(&self, case: &mut Case) {
        assert_eq!(case.add(&self.new_document()).unwrap(), crate::Added::New);
    }
}

pub fn figure(value: &str, unit: &str, subject: &str, place: &str) -> Proposition {
    Proposition::Figure(Figure {
        quantity: Quantity {
            unit: Some(unit.into()),
            approximator: Some("about".into()),
            ..Quantity::exact(value.parse().unwrap())
        },
        subject: subject.into(),
        place: Some(place.into()),
        as_of: Some(day("2031-05", "this month")),
    })
}

/// A page with a claim of every kind, two speakers, and characters of several lengths.
pub fn harbour() -> Sample {
    let text = "Lock at Orsk closed 🚢\n\
        Anna Brücke said about 1,200.50 tonnes waited at Orsk on Thursday.\n\
        The harbour office denied that the lock was closed.\n\
        Talks between both ports took place in Orsk, and the River Accord asks both ports to report by June.\n\
        | Subscribe to our 12 newsletters\n\
        Brücke called the delay regrettable.";
    let sample = Sample::new("harbour.txt", text)
        .claim(
            "about 1,200.50 tonnes",
            "Anna Brücke",
            figure("1200.50", "tonnes", "tonnes waiting", "Orsk"),
        )
        .claim(
            "the lock was closed",
            "harbour office",
            Proposition::Status(Status {
                subject: "lock at Orsk".into(),
                status: "closed".into(),
                as_of: Some(Timex {
                    value: None,
                    interval: None,
                    anchor: Anchor::Missing,
                    ..day("2031", "then")
                }),
            }),
        )
        .claim(
            "Talks between both ports",
            "Harbour Post",
            Proposition::Event(Event {
                label: "talks".into(),
                actors: vec!["both ports".into(), "river office".into()],
                place: Some("Orsk".into()),
                date: None,
            }),
        )
        .claim(
            "both ports to report by June",
            "Harbour Post",
            Proposition::Obligation(Obligation {
                instrument: Some("River Accord".into()),
                paragraph: None,
                party: Some("both ports".into()),
                action: "report".into(),
                deadline: Some(day("2031-06", "June")),
            }),
        )
        .claim(
            "the delay regrettable",
            "Anna Brücke",
            Proposition::Position(Position {
                holder: "Anna Brücke".into(),
                stance: "regrettable".into(),
                target: Some("the delay".into()),
            }),
        );
    let mut sample = sample
        .entity(
            "Anna Brücke",
            EntityKind::Person,
            &["Anna Brücke", "Brücke"],
        )
        .entity("Orsk", EntityKind::Place, &["Orsk"]);
    sample.claims[1].polarity = Polarity::Denied;
    sample.claims[1].attribution.act = Act::Deny;
    sample
}
