//! The documents of the synthetic case, each a function of its number: ten lines, a claim each.
//!
//! As the case grows it gets more towns rather than longer series, with one town that is in all news.

use jiff::civil;
use verbale_core::{
    Anchor, Decimal, Document, Event, Figure, Metadata, Obligation, PartialDate, Passage, Position,
    Proposition, Quantity, Role, Status, TextRange, TextSize, Timex,
};

use crate::scale::{CLAIMS_EACH, Made, Random, claim, page, published};

/// Documents before a new town comes into the news.
const PER_TOWN: u64 = 20;

/// The document number `n`: ten lines, a claim each.
pub(crate) fn made(n: u64) -> Made {
    let mut random = Random::of_document(n);
    let day = civil::date(2015, 1, 1)
        .checked_add(jiff::Span::new().days((n % 3_650) as i64))
        .expect("ten years after 2015 is in the calendar");
    let told: Vec<(String, Proposition)> = (0..CLAIMS_EACH)
        .map(|i| told(n, i, day, &mut random))
        .collect();
    let lines: Vec<&str> = told.iter().map(|(line, _)| line.as_str()).collect();
    let text = lines.join("\n");
    let page = page(n, &text);
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
        let speaker = format!("Speaker{}", random.below(2_000));
        let mut claim = claim(&page, &text, range, at as u64, speaker, proposition.clone());
        claim.attribution.via = vec![format!("Publisher{}", n % 500)];
        claim.attribution.said_on = Some(time(day));
        claims.push(claim);
    }
    let metadata = Metadata {
        publisher: Some(format!("Publisher{}", n % 500)),
        published: Some(published(day)),
        language: "en".into(),
        ..Metadata::default()
    };
    Made {
        document: Document::new(page.id(), text, passages, metadata),
        page,
        claims,
        entities: Vec::new(),
    }
}

fn one_of<'a>(random: &mut Random, words: &[&'a str]) -> &'a str {
    words[random.below(words.len() as u64) as usize]
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
    let thing = one_of(random, &["boats", "trucks", "guards", "tents", "wells"]);
    let subject = one_of(random, &["held", "lost", "repaired", "counted"]);
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
            let status = one_of(random, &["open", "closed"]);
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
            let label = one_of(random, &["talks", "strike", "opening of school"]);
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
