//! A small invented case: two pages that disagree about boats, a post, a duty, a ban, and a hostile page.

use std::path::Path;

use jiff::Timestamp;
use verbale_case::{Case, NewDocument, Run};
use verbale_core::{
    Act, Anchor, Attribution, Claim, ClaimId, Document, Entity, EntityKind, Event, Evidence,
    Figure, Mention, Metadata, Modality, Obligation, Page, PageOrigin, Passage, Polarity,
    Proposition, Publication, Quantity, Role, Speaker, Status, TextRange, TextSize, Timex,
};

/// Words that would do harm if a page took them for markup.
pub(super) const HOSTILE: &str =
    "</q><script>alert(1)</script> <img src=x onerror=alert(2)> \" onmouseover=\"alert(3) {{7*7}}";

pub(super) fn now() -> Timestamp {
    Timestamp::new(1_940_000_000, 0).unwrap()
}

fn day(iso: &str) -> Timex {
    Timex::from_date(iso.parse().unwrap(), iso, Anchor::None)
}

/// A page whose first line is its title; lines that begin with `|` are furniture.
struct Sheet {
    page: Page,
    document: Document,
    claims: Vec<Claim>,
    entities: Vec<Entity>,
}

impl Sheet {
    fn new(path: &str, publisher: &str, published: &str, text: &str) -> Self {
        let page = Page {
            bytes: text.as_bytes().to_vec(),
            media_type: "text/plain".into(),
            origin: PageOrigin {
                path: path.into(),
                address: Some(format!("https://{}/{path}", "news.example")),
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
            publisher: Some(publisher.into()),
            published: Some(Publication {
                date: published.parse().unwrap(),
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
        }
    }

    fn range(&self, words: &str) -> TextRange {
        let at = self.document.text().find(words).unwrap();
        TextRange::at(TextSize::from(at as u32), TextSize::of(words))
    }

    fn claim(mut self, words: &str, speaker: &str, act: Act, proposition: Proposition) -> Self {
        let publisher = self.document.metadata.publisher.clone();
        self.claims.push(Claim {
            id: ClaimId::new(self.page.id(), proposition.kind(), words, 0),
            evidence: Evidence::new(self.document.text(), self.range(words)),
            attribution: Attribution {
                speaker: Some(Speaker {
                    name: speaker.into(),
                    ..Speaker::default()
                }),
                via: publisher.into_iter().collect(),
                on_behalf_of: None,
                act,
                cue: None,
                said_on: None,
            },
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            proposition,
            rule: "sample".into(),
            restates: None,
        });
        self
    }

    fn entity(mut self, name: &str, kind: EntityKind) -> Self {
        let range = self.range(name);
        self.entities.push(Entity {
            name: name.into(),
            kind,
            pack_id: None,
            forms: vec![name.into()],
            mentions: vec![Mention { range, kind }],
        });
        self
    }

    fn add_to(self, case: &mut Case) {
        let run = Run {
            program: "0.1.0".into(),
            reader: "1".into(),
            ..Run::default()
        };
        case.add(&NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &[],
            run: &run,
            at: now(),
        })
        .unwrap();
    }
}

fn boats(value: &str, day_of: &str) -> Proposition {
    Proposition::Figure(Figure {
        quantity: Quantity {
            value: Some(value.parse().unwrap()),
            low: None,
            high: None,
            approximator: None,
            unit: Some("boats".into()),
            per: None,
        },
        subject: "boats held".into(),
        place: Some("Tarn".into()),
        as_of: Some(day(day_of)),
    })
}

fn status(subject: &str, status: &str, day_of: &str) -> Proposition {
    Proposition::Status(Status {
        subject: subject.into(),
        status: status.into(),
        as_of: Some(day(day_of)),
    })
}

/// Makes the case at `path`.
pub(super) fn case(path: &Path) {
    let mut case = Case::create(path).unwrap();
    Sheet::new(
        "quay.html",
        "The Quay",
        "2031-05-03",
        "🚢🏴‍☠️ Boats held in Тарн\nThe harbor office said 17 boats were held. Порт закрыт, the mayor said.\n\
         The embassy of Norvale in Selmira is closed, the harbor office said.\n\
         Norvale must release all boats by 1 June, the treaty says.\n|Subscribe to our newsletter",
    )
    .claim("17 boats were held", "harbor office", Act::Say, boats("17", "2031-05-02"))
    .claim("Порт закрыт", "mayor", Act::Say, status("port of Tarn", "closed", "2031-05-02"))
    .claim(
        "The embassy of Norvale in Selmira is closed",
        "harbor office",
        Act::Say,
        status("embassy of Norvale in Selmira", "closed", "2031-05-01"),
    )
    .claim(
        "Norvale must release all boats by 1 June",
        "the treaty",
        Act::Demand,
        Proposition::Obligation(Obligation {
            instrument: Some("Tarn treaty".into()),
            paragraph: Some("4".into()),
            party: Some("Norvale".into()),
            action: "release all boats".into(),
            deadline: Some(day("2031-06-01")),
        }),
    )
    .entity("Norvale", EntityKind::Government)
    .entity("harbor office", EntityKind::Organization)
    .add_to(&mut case);
    Sheet::new(
        "gazette.html",
        "Tarn Gazette",
        "2031-05-04",
        "Fewer boats, says Norvale\nThe ministry said 12 boats were held on 2 May. A ban on fishing is in force.",
    )
    .claim("12 boats were held on 2 May", "Norvale ministry", Act::Say, boats("12", "2031-05-02"))
    .claim(
        "A ban on fishing is in force",
        "Norvale ministry",
        Act::Say,
        Proposition::Event(Event {
            label: "fishing ban".into(),
            actors: vec!["Norvale".into()],
            place: Some("Tarn".into()),
            date: Some(day("2031-05-02")),
        }),
    )
    .entity("Norvale", EntityKind::Government)
    .add_to(&mut case);
    let text = format!("{HOSTILE}\nHe said {HOSTILE} today.");
    Sheet::new("hostile.html", HOSTILE, "2031-05-05", &text)
        .claim(
            &format!("said {HOSTILE}"),
            HOSTILE,
            Act::Say,
            status(HOSTILE, HOSTILE, "2031-05-05"),
        )
        .entity(HOSTILE, EntityKind::Other)
        .add_to(&mut case);
}
