//! A small case made by hand: barges at a lock.

use jiff::Timestamp;
use verbale_case::{Case, NewDocument, Run};
use verbale_core::{
    Act, Anchor, Anonymity, Attribution, Claim, ClaimId, ClaimKind, Document, Evidence, Figure,
    Metadata, Modality, Page, PageId, PageOrigin, PartialDate, Passage, Polarity, Proposition,
    Publication, Quantity, Role, Speaker, TextRange, TextSize, Timex,
};

/// A page with one figure.
pub(super) struct Told<'a> {
    publisher: &'a str,
    published: &'a str,
    address: Option<&'a str>,
    captured: Option<&'a str>,
    title: &'a str,
    text: &'a str,
    /// The words of the claim in the text.
    words: &'a str,
    n_barges: u32,
    as_of: Option<&'a str>,
    speaker: (&'a str, bool),
}

const HOSTILE: &str =
    "<script>alert(1)</script> | [a](javascript:b) ![x](y) `c` </w:t>\u{8}\u{202e}";

pub(super) fn pages() -> Vec<Told<'static>> {
    let office = ("the harbor office", false);
    let base = Told {
        publisher: "Canal Post",
        published: "2031-04-10",
        address: Some("https://post.example/barges"),
        captured: Some("2031-04-11T08:00:00Z"),
        title: "Fewer barges wait",
        text: "The harbor office said 25 barges were waiting at the lock on 9 April 2031.",
        words: "25 barges were waiting at the lock",
        n_barges: 25,
        as_of: Some("2031-04-09"),
        speaker: office,
    };
    vec![
        Told {
            publisher: "Harbor Gazette",
            published: "2031-03-02",
            address: Some("https://gazette.example/a?x=1"),
            captured: Some("2031-03-02T08:00:00Z"),
            title: "Forty barges at the lock",
            text: "The harbor office said on Saturday that 40 barges were waiting at the lock.",
            words: "40 barges were waiting at the lock",
            n_barges: 40,
            as_of: Some("2031-03-01"),
            ..base
        },
        Told { ..base },
        Told {
            publisher: "Вести канала 항만일보 运河报",
            published: "2031-04-12",
            address: None,
            captured: None,
            title: "Баржи ждут 바지선 驳船",
            text: "Two officials said on Thursday that 12 barges were waiting at the lock. Баржи ждут.",
            words: "12 barges were waiting at the lock",
            n_barges: 12,
            as_of: None,
            speaker: ("two officials", true),
        },
        Told {
            publisher: HOSTILE,
            title: HOSTILE,
            address: Some("javascript:alert(1)"),
            published: "2031-04-13",
            captured: None,
            text: "<script>alert(1)</script> | [a](javascript:b) 11 barges were waiting at the lock </w:t>\u{8}.",
            words: "<script>alert(1)</script> | [a](javascript:b) 11 barges were waiting at the lock </w:t>\u{8}",
            n_barges: 11,
            as_of: Some("2031-04-13"),
            speaker: (HOSTILE, false),
        },
        // The first page, captured again after it was changed.
        Told {
            publisher: "Harbor Gazette",
            published: "2031-03-02",
            address: Some("http://gazette.example/a?x=1#top"),
            captured: Some("2031-03-09T08:00:00Z"),
            title: "Barges at the lock",
            text: "The harbor office said on Saturday that 39 barges were waiting at the lock.",
            words: "39 barges were waiting at the lock",
            n_barges: 39,
            as_of: Some("2031-03-01"),
            ..base
        },
    ]
}

fn day(text: &str) -> PartialDate {
    text.parse().unwrap()
}

fn claim(page: PageId, told: &Told<'_>) -> Claim {
    let at = told.text.find(told.words).unwrap() as u32;
    let range = TextRange::at(at.into(), TextSize::of(told.words));
    let (name, is_hidden) = told.speaker;
    let unresolved = |raw: &str| Timex {
        value: None,
        interval: None,
        anchor: Anchor::Missing,
        ..Timex::from_date(day("2031"), raw, Anchor::None)
    };
    Claim {
        id: ClaimId::new(page, ClaimKind::Figure, told.words, 0),
        evidence: Evidence::new(told.text, range),
        attribution: Attribution {
            speaker: Some(Speaker {
                name: name.to_owned(),
                anonymity: is_hidden.then_some(Anonymity {
                    tier: 3,
                    reason: None,
                }),
                ..Speaker::default()
            }),
            via: vec![told.publisher.to_owned()],
            on_behalf_of: None,
            act: Act::Say,
            cue: None,
            said_on: None,
        },
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        proposition: Proposition::Figure(Figure {
            quantity: Quantity {
                value: Some(told.n_barges.into()),
                unit: Some("barges".into()),
                ..Quantity::default()
            },
            subject: "barges waiting at the lock".into(),
            place: None,
            as_of: Some(match told.as_of {
                Some(date) => Timex::from_date(day(date), date, Anchor::None),
                None => unresolved("Thursday"),
            }),
        }),
        rule: "test".into(),
        restates: None,
    }
}

fn add(case: &mut Case, told: &Told<'_>) -> ClaimId {
    let page = Page {
        bytes: told.text.as_bytes().to_vec(),
        media_type: "text/plain".into(),
        origin: PageOrigin {
            path: "/home/somebody/pages/a.txt".into(),
            captured: told.captured.map(|t| t.parse().unwrap()),
            ..PageOrigin::default()
        },
    };
    let passage = Passage {
        role: Role::Body,
        range: TextRange::up_to(TextSize::of(told.text)),
        repeats: None,
    };
    let metadata = Metadata {
        title: Some(told.title.into()),
        publisher: Some(told.publisher.into()),
        published: Some(Publication {
            date: day(told.published),
            rule: "test".into(),
        }),
        language: "en".into(),
        kind: "news report".into(),
        address: told.address.map(str::to_owned),
        ..Metadata::default()
    };
    let document = Document::new(page.id(), told.text.to_owned(), vec![passage], metadata);
    let claims = [claim(page.id(), told)];
    let run = Run {
        program: "0.1".into(),
        reader: "1".into(),
        ..Run::default()
    };
    case.add(&NewDocument {
        page: &page,
        document: &document,
        claims: &claims,
        entities: &[],
        diagnostics: &[],
        run: &run,
        at: at(),
    })
    .unwrap();
    claims[0].id
}

pub(super) fn at() -> Timestamp {
    "2031-05-01T00:00:00Z".parse().unwrap()
}

pub(super) fn case() -> (Case, Vec<ClaimId>) {
    let mut case = Case::in_memory().unwrap();
    let ids = pages().iter().map(|told| add(&mut case, told)).collect();
    (case, ids)
}
