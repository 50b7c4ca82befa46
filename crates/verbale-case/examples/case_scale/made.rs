//! The documents of the synthetic case, each a function of its number.
//!
//! Words, entities and series follow Zipf's law: a few are everywhere, most are rare.

use jiff::civil;
use verbale_case::{EntityId, Run};
use verbale_core::{
    Anchor, Decimal, Document, Entity, EntityKind, Figure, Mention, Metadata, Passage, Proposition,
    Quantity, Role, TextRange, TextSize, Timex,
};

use crate::scale::{CLAIMS_EACH, Made, Random, claim, page, published};

const N_WORDS: u64 = 200_000;
/// Entities that speak.
pub(crate) const N_ENTITIES: u64 = 100_000;
const N_SERIES: u64 = 50_000;

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

/// What a large case is asked by chance.
pub(crate) trait Asked {
    /// A number below `n`, small ones often: roughly Zipf's law with exponent 1.
    fn zipf(&mut self, n: u64) -> u64;
    /// A day of ten years.
    fn day(&mut self) -> civil::Date;
    /// One to three words.
    fn query(&mut self) -> String;
}

impl Asked for Random {
    fn zipf(&mut self, n: u64) -> u64 {
        let u = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(u) - 1.0) as u64
    }

    fn day(&mut self) -> civil::Date {
        let days = self.below(3_650) as i64;
        civil::date(2015, 1, 1)
            .checked_add(jiff::Span::new().days(days))
            .expect("ten years after 2015 is in the calendar")
    }

    fn query(&mut self) -> String {
        let n = 1 + self.below(3);
        (0..n)
            .map(|_| format!("w{} ", self.zipf(N_WORDS)))
            .collect()
    }
}

/// The document number `n`.
pub(crate) fn made(n: u64) -> Made {
    let mut random = Random::of_document(n);
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
    let page = page(n, &text);
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
        published: Some(published(day)),
        language: if n.is_multiple_of(4) { "de" } else { "en" }.into(),
        ..Metadata::default()
    };
    let speakers: Vec<u64> = (0..CLAIMS_EACH).map(|_| random.zipf(N_ENTITIES)).collect();
    let claims = (0..CLAIMS_EACH)
        .map(|i| {
            let figure = figure(day, &mut random);
            let speaker = entity_name(speakers[i as usize]);
            claim(&page, &text, ranges[i as usize], i, speaker, figure)
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

fn figure(day: civil::Date, random: &mut Random) -> Proposition {
    let value = Decimal::from(random.below(100_000));
    let series = random.zipf(N_SERIES);
    Proposition::Figure(Figure {
        quantity: Quantity {
            unit: Some("units".into()),
            ..Quantity::exact(value)
        },
        subject: format!("thing {series}"),
        place: None,
        as_of: Some(Timex::from_date(day.into(), "then", Anchor::None)),
    })
}
