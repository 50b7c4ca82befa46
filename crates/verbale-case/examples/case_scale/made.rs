//! The documents of the synthetic case, each a function of its number.
//!
//! Words, entities and series follow Zipf's law: a few are everywhere, most are rare.

use jiff::{Timestamp, civil};
use verbale_case::{EntityId, NewDocument, Run};
use verbale_core::{
    Act, Anchor, Attribution, Claim, ClaimId, ClaimKind, Decimal, Document, Entity, EntityKind,
    Evidence, Figure, Mention, Metadata, Modality, Page, PageOrigin, PartialDate, Passage,
    Polarity, Proposition, Publication, Quantity, Role, Speaker, TextRange, TextSize, Timex,
};

const N_WORDS: u64 = 200_000;
/// Entities that speak.
pub(crate) const N_ENTITIES: u64 = 100_000;
const N_SERIES: u64 = 50_000;
/// Claims of each document.
pub(crate) const CLAIMS_EACH: u64 = 10;

pub(crate) fn run() -> Run {
    Run {
        program: "bench".into(),
        reader: "bench".into(),
        ..Run::default()
    }
}

pub(crate) fn entity_name(n: u64) -> String {
    format!("Entity{n}")
}

pub(crate) fn entity_id(n: u64) -> EntityId {
    EntityId::new(EntityKind::Organization, &entity_name(n), None)
}

/// Marsaglia's xorshift: small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n
    }

    /// A number below `n`, small ones often: roughly Zipf's law with exponent 1.
    pub(crate) fn zipf(&mut self, n: u64) -> u64 {
        let u = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(u) - 1.0) as u64
    }

    pub(crate) fn day(&mut self) -> civil::Date {
        let days = self.below(3_650) as i64;
        civil::date(2015, 1, 1)
            .checked_add(jiff::Span::new().days(days))
            .expect("ten years after 2015 is in the calendar")
    }

    pub(crate) fn query(&mut self) -> String {
        let n = 1 + self.below(3);
        (0..n)
            .map(|_| format!("w{} ", self.zipf(N_WORDS)))
            .collect()
    }
}

pub(crate) struct Made {
    pub(crate) page: Page,
    document: Document,
    pub(crate) claims: Vec<Claim>,
    entities: Vec<Entity>,
}

impl Made {
    pub(crate) fn new_document<'a>(&'a self, run: &'a Run) -> NewDocument<'a> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &self.entities,
            diagnostics: &[],
            run,
            at: Timestamp::UNIX_EPOCH,
        }
    }
}

/// The document number `n`.
pub(crate) fn made(n: u64) -> Made {
    let mut random = Random(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    random.next();
    let mut text = format!("document {n}\n");
    let body = TextSize::of(&*text);
    let mut ranges = Vec::new();
    let n_words = 20 + random.below(41);
    for _ in 0..n_words {
        let word = format!("w{}", random.zipf(N_WORDS));
        ranges.push(TextRange::at(TextSize::of(&*text), TextSize::of(&*word)));
        text.push_str(&word);
        text.push(' ');
    }
    let day = random.day();
    let page = Page {
        bytes: text.clone().into_bytes(),
        media_type: "text/plain".into(),
        origin: PageOrigin {
            path: format!("{n}.txt"),
            ..PageOrigin::default()
        },
    };
    let passages = vec![
        Passage {
            role: Role::Title,
            range: TextRange::up_to(body - TextSize::of('\n')),
            repeats: None,
        },
        Passage {
            role: Role::Body,
            range: TextRange::new(body, TextSize::of(&*text)),
            repeats: None,
        },
    ];
    let metadata = Metadata {
        title: Some(format!("document {n}")),
        publisher: Some(format!("Publisher {}", random.zipf(1_000))),
        published: Some(Publication {
            date: PartialDate::from(day),
            rule: "bench".into(),
        }),
        language: if n.is_multiple_of(4) { "de" } else { "en" }.into(),
        ..Metadata::default()
    };
    let speakers: Vec<u64> = (0..CLAIMS_EACH).map(|_| random.zipf(N_ENTITIES)).collect();
    let claims = (0..CLAIMS_EACH)
        .map(|i| {
            let range = ranges[i as usize];
            claim(
                &page,
                &text,
                range,
                i,
                day,
                speakers[i as usize],
                &mut random,
            )
        })
        .collect();
    let mut distinct = speakers;
    distinct.sort_unstable();
    distinct.dedup();
    let entities = distinct
        .into_iter()
        .map(|speaker| entity(speaker, ranges[0]))
        .collect();
    Made {
        document: Document::new(page.id(), text, passages, metadata),
        page,
        claims,
        entities,
    }
}

fn entity(n: u64, range: TextRange) -> Entity {
    Entity {
        name: entity_name(n),
        kind: EntityKind::Organization,
        pack_id: None,
        forms: vec![entity_name(n)],
        mentions: vec![Mention {
            range,
            kind: EntityKind::Organization,
        }],
    }
}

fn claim(
    page: &Page,
    text: &str,
    range: TextRange,
    i: u64,
    day: civil::Date,
    speaker: u64,
    random: &mut Random,
) -> Claim {
    let value = Decimal::from(random.below(100_000));
    let series = random.zipf(N_SERIES);
    Claim {
        id: ClaimId::new(page.id(), ClaimKind::Figure, &text[range], i as u32),
        evidence: Evidence::new(text, range),
        attribution: Attribution {
            speaker: Some(Speaker {
                name: entity_name(speaker),
                ..Speaker::default()
            }),
            via: Vec::new(),
            on_behalf_of: None,
            act: Act::Say,
            cue: None,
            said_on: None,
        },
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        proposition: Proposition::Figure(Figure {
            quantity: Quantity {
                unit: Some("units".into()),
                ..Quantity::exact(value)
            },
            subject: format!("thing {series}"),
            place: None,
            as_of: Some(Timex::from_date(day.into(), "then", Anchor::None)),
        }),
        rule: "bench".into(),
        restates: None,
    }
}
