//! The documents of the synthetic case, each a function of its number: ten lines, a claim each.
//!
//! As the case grows it gets more towns rather than longer series, with one town that is in all news.

use jiff::{Timestamp, civil};
use verbale_case::{NewDocument, Run};
use verbale_core::{
    Act, Anchor, Attribution, Claim, ClaimId, Decimal, Document, Event, Evidence, Figure, Metadata,
    Modality, Obligation, Page, PageOrigin, PartialDate, Passage, Polarity, Position, Proposition,
    Publication, Quantity, Role, Speaker, Status, TextRange, TextSize, Timex,
};

/// Claims of each document.
pub(crate) const CLAIMS_EACH: u64 = 10;
/// Documents before a new town comes into the news.
const PER_TOWN: u64 = 20;

/// Marsaglia's xorshift: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

pub(crate) struct Made {
    page: Page,
    document: Document,
    claims: Vec<Claim>,
}

impl Made {
    pub(crate) fn new_document<'a>(&'a self, run: &'a Run) -> NewDocument<'a> {
        NewDocument {
            page: &self.page,
            document: &self.document,
            claims: &self.claims,
            entities: &[],
            diagnostics: &[],
            run,
            at: Timestamp::UNIX_EPOCH,
        }
    }
}

/// The document number `n`: ten lines, a claim each.
pub(crate) fn made(n: u64) -> Made {
    let mut random = Random(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    random.below(2);
    let day = civil::date(2015, 1, 1)
        .checked_add(jiff::Span::new().days((n % 3_650) as i64))
        .expect("ten years after 2015 is in the calendar");
    let told: Vec<(String, Proposition)> = (0..CLAIMS_EACH)
        .map(|i| told(n, i, day, &mut random))
        .collect();
    let lines: Vec<&str> = told.iter().map(|(line, _)| line.as_str()).collect();
    let text = lines.join("\n");
    let page = Page {
        bytes: text.clone().into_bytes(),
        media_type: "text/plain".into(),
        origin: PageOrigin {
            path: format!("{n}.txt"),
            ..PageOrigin::default()
        },
    };
    let id = page.id();
    let mut passages = Vec::new();
    let mut claims = Vec::new();
    let mut start = TextSize::from(0);
    for (at, (line, proposition)) in told.iter().enumerate() {
        let range = TextRange::at(start, TextSize::of(line.as_str()));
        start = range.end() + TextSize::of('\n');
        passages.push(Passage {
            role: Role::Body,
            range,
            repeats: None,
        });
        claims.push(Claim {
            id: ClaimId::new(id, proposition.kind(), line, at as u32),
            evidence: Evidence::new(&text, range),
            attribution: Attribution {
                speaker: Some(Speaker {
                    name: format!("Speaker{}", random.below(2_000)),
                    ..Speaker::default()
                }),
                via: vec![format!("Publisher{}", n % 500)],
                on_behalf_of: None,
                act: Act::Say,
                cue: None,
                said_on: Some(time(day)),
            },
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            proposition: proposition.clone(),
            rule: "bench".into(),
            restates: None,
        });
    }
    let metadata = Metadata {
        publisher: Some(format!("Publisher{}", n % 500)),
        published: Some(Publication {
            date: PartialDate::from(day),
            rule: "bench".into(),
        }),
        language: "en".into(),
        ..Metadata::default()
    };
    Made {
        document: Document::new(id, text, passages, metadata),
        page,
        claims,
    }
}

fn time(day: civil::Date) -> Timex {
    Timex::from_date(PartialDate::from(day), "that day", Anchor::Published)
}

/// One line and what it claims: six figures, and one of each other kind.
fn told(n: u64, i: u64, day: civil::Date, random: &mut Random) -> (String, Proposition) {
    // One line in a hundred is about the town that everybody writes about.
    let n_towns = 1 + n / PER_TOWN;
    let town = if random.below(100) == 0 {
        0
    } else {
        random.below(n_towns)
    };
    let town = format!("Town{town}");
    let as_of = Some(time(day));
    let thing = random.of(&["boats", "trucks", "guards", "tents", "wells"]);
    let subject = random.of(&["held", "lost", "repaired", "counted"]);
    match i {
        0..=5 => {
            let value = 10 + random.below(90) * 10;
            let figure = Figure {
                quantity: Quantity {
                    unit: Some(thing.into()),
                    ..Quantity::exact(Decimal::from(value))
                },
                subject: format!("{thing} {subject} near {town}"),
                place: Some(town.clone()),
                as_of,
            };
            (
                format!("{i}: {value} {thing} {subject} in {town}"),
                Proposition::Figure(figure),
            )
        }
        6 => {
            let status = random.of(&["open", "closed"]);
            let subject = format!("bridge of {town}");
            (
                format!("the {subject} is {status}"),
                Proposition::Status(Status {
                    subject,
                    status: status.into(),
                    as_of,
                }),
            )
        }
        7 => {
            let label = random.of(&["talks", "strike", "opening of school"]);
            let event = Event {
                label: format!("{label} in {town}"),
                actors: vec![format!("mayor of {town}")],
                place: Some(town.clone()),
                date: as_of,
            };
            (
                format!("{label} took place in {town}"),
                Proposition::Event(event),
            )
        }
        8 => {
            let duty = Obligation {
                instrument: Some(format!("{town} Accord")),
                paragraph: Some((1 + random.below(9)).to_string()),
                party: Some(town.clone()),
                action: format!("return all {thing}"),
                deadline: as_of,
            };
            (
                format!("{town} must return all {thing}"),
                Proposition::Obligation(duty),
            )
        }
        _ => {
            let position = Position {
                holder: format!("mayor of {town}"),
                stance: "regrets the delay".into(),
                target: None,
            };
            (
                format!("the mayor of {town} regrets"),
                Proposition::Position(position),
            )
        }
    }
}
