use verbale_core::{
    Act, Anchor, Anonymity, Attribution, Claim, ClaimId, ClaimKind, Diagnostic, Document, Entity,
    EntityKind, Evidence, Figure, Metadata, Modality, PageId, PageOrigin, Passage, Polarity,
    Proposition, Publication, Quantity, Role, Speaker, Status, TextRange, TextSize, Timex,
    diagnostic,
};

use super::*;

const TEXT: &str = "Brücke 🚢 closed\nAn official said about 1,200 barges waited on Thursday.";

fn range(words: &str) -> TextRange {
    let at = TEXT.find(words).unwrap();
    TextRange::at(TextSize::from(at as u32), TextSize::of(words))
}

fn document() -> Document {
    let passage = |role, words| Passage {
        role,
        range: range(words),
        repeats: None,
    };
    Document::new(
        PageId::of(b"page"),
        TEXT.to_owned(),
        vec![
            passage(Role::Title, "Brücke 🚢 closed"),
            passage(
                Role::Body,
                "An official said about 1,200 barges waited on Thursday.",
            ),
        ],
        Metadata {
            title: Some("Brücke 🚢 closed".into()),
            publisher: Some("=Harbour Post".into()),
            published: Some(Publication {
                date: "2031-05-02".parse().unwrap(),
                rule: "meta".into(),
            }),
            language: "en".into(),
            ..Metadata::default()
        },
    )
}

fn claim(words: &str, proposition: Proposition) -> Claim {
    let kind = proposition.kind();
    Claim {
        id: ClaimId::new(PageId::of(b"page"), kind, words, 0),
        evidence: Evidence::new(TEXT, range(words)),
        attribution: Attribution {
            speaker: Some(Speaker {
                name: "An official".into(),
                anonymity: Some(Anonymity {
                    tier: 4,
                    reason: None,
                }),
                ..Speaker::default()
            }),
            via: vec!["=Harbour Post".into()],
            on_behalf_of: None,
            act: Act::Say,
            cue: Some(range("said")),
            said_on: Some(Timex {
                value: None,
                ..Timex::from_date("2031".parse().unwrap(), "Thursday", Anchor::Missing)
            }),
        },
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        proposition,
        rule: "figure-counted-noun".into(),
        restates: None,
    }
}

fn claims() -> Vec<Claim> {
    let quantity = Quantity {
        approximator: Some("about".into()),
        unit: Some("barges".into()),
        ..Quantity::exact("1200.50".parse().unwrap())
    };
    vec![
        claim(
            "closed",
            Proposition::Status(Status {
                subject: "Brücke".into(),
                status: "closed".into(),
                as_of: None,
            }),
        ),
        claim(
            "about 1,200 barges",
            Proposition::Figure(Figure {
                quantity,
                subject: "barges waiting".into(),
                place: None,
                as_of: Some(Timex::from_date(
                    "2031-05-01".parse().unwrap(),
                    "Thursday",
                    Anchor::Published,
                )),
            }),
        ),
    ]
}

fn line() -> DocumentLine {
    let document = document();
    let entities = [Entity {
        name: "Harbour Post".into(),
        kind: EntityKind::Organization,
        pack_id: None,
        forms: vec!["Harbour Post".into()],
        mentions: Vec::new(),
    }];
    let diagnostics =
        [Diagnostic::new(diagnostic::X101_UNRESOLVED_TIME, "no anchor").at(range("Thursday"))];
    DocumentLine::new(Reading {
        id: None,
        origin: &PageOrigin {
            path: "harbour.txt".into(),
            ..PageOrigin::default()
        },
        document: &document,
        claims: &claims(),
        entities: &entities,
        diagnostics: &diagnostics,
    })
}

fn print(format: Format) -> String {
    let mut writer = Writer::new(Vec::new(), format).unwrap();
    writer.write(&line()).unwrap();
    writer.write(&line()).unwrap();
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

#[test]
fn offsets_are_code_points() {
    let line = line();
    let chars: Vec<char> = TEXT.chars().collect();
    let slice =
        |start: u32, end: u32| -> String { chars[start as usize..end as usize].iter().collect() };
    for claim in &line.claims {
        assert_eq!(slice(claim.start, claim.end), claim.span);
    }
    for passage in &line.passages {
        assert_eq!(slice(passage.start, passage.end), passage.text);
    }
    let remark = &line.diagnostics[0];
    assert_eq!(
        slice(remark.start.unwrap(), remark.end.unwrap()),
        "Thursday"
    );
}

#[test]
fn an_unresolved_time_keeps_its_words_and_gets_no_date() {
    let line = line();
    let figure = line.claims[1].figure.as_ref().unwrap();
    assert_eq!(figure.as_of.as_deref(), Some("2031-05-01"));
    assert_eq!(line.claims[1].said_on_raw.as_deref(), Some("Thursday"));
    assert!(line.claims[1].anonymous);
}

#[test]
fn what_is_printed_reads_back_the_same() {
    for format in [Format::Json, Format::Jsonl] {
        let printed = print(format);
        let back: Vec<DocumentLine> = read(printed.as_bytes()).map(Result::unwrap).collect();
        assert_eq!(back, vec![line(), line()], "{printed}");
    }
}

#[test]
fn the_first_line_names_the_format_and_numbers_are_numbers() {
    let printed = print(Format::Jsonl);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0], r#"{"format":"verbale-claims","version":1}"#);
    assert!(
        lines[1].contains(r#""figure":{"value":1200.5,"low":null"#),
        "{}",
        lines[1]
    );
}

#[test]
fn the_table_has_a_line_for_each_claim_and_is_safe_to_open() {
    let printed = print(Format::Csv);
    let lines: Vec<&str> = printed.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + 2 * 2);
    assert_eq!(lines[0].split(',').count(), csv::COLUMNS.len());
    assert!(lines[2].contains(",'=Harbour Post,"), "{}", lines[2]);
    assert!(lines[2].contains(",1200.5,,,about,barges,"), "{}", lines[2]);
}

proptest::proptest! {
    #[test]
    fn any_words_and_numbers_read_back_the_same(words in "\\PC{0,30}", digits in -9_999_999_999_i64.., scale in 0_u32..12) {
        let mut document = line();
        document.text = words.clone();
        document.claims[1].span = words.clone();
        document.claims[1].end = document.claims[1].start.max(1);
        document.claims[1].figure = Some(FigureLine {
            value: Some(Number(verbale_core::Decimal::new(digits, scale))),
            subject: Some(words),
            ..FigureLine::default()
        });
        let mut writer = Writer::new(Vec::new(), Format::Jsonl).unwrap();
        writer.write(&document).unwrap();
        let printed = writer.finish().unwrap();
        let back = read(&*printed).next().unwrap().unwrap();
        proptest::prop_assert_eq!(back, document);
    }
}

#[test]
fn a_gold_file_is_one_document_with_names_of_its_own() {
    let gold = r#"{
        "id": "g1", "annotation": "exact-span",
        "metadata": {"title": null, "authors": [], "published_note": "undated"},
        "claims": [{"id": "g1-c01", "span": "zwölf", "start": 7, "kind": "figure", "act": "say",
                    "figure": {"value": "12", "high": 1.2e1}, "note": "spelled out"}],
        "entities": null
    }"#;
    let documents: Vec<_> = read(gold.as_bytes()).map(Result::unwrap).collect();
    let claim = &documents[0].claims[0];
    assert_eq!((claim.start, claim.end), (7, 12));
    let figure = claim.figure.as_ref().unwrap();
    assert_eq!(figure.value, figure.high);
}

#[test]
fn foreign_streams_are_refused_with_their_record() {
    let fails = |s: &str| {
        read(s.as_bytes())
            .find_map(Result::err)
            .unwrap()
            .to_string()
    };
    assert!(fails(r#"{"format":"verbale-claims","version":2}"#).contains("version 2"));
    assert!(fails(r#"{"format":"other"}"#).contains("other"));
    assert!(fails("{\"id\":\"a\"}\n{\"id\":7}").starts_with("record 2 "));
    assert!(fails("not json").starts_with("record 1 "));
    assert_eq!(read("".as_bytes()).count(), 0);
}

#[test]
fn a_line_of_every_kind_survives() {
    for kind in ClaimKind::ALL {
        let json = format!(r#"{{"claims":[{{"kind":"{kind}","{kind}":{{}}}}]}}"#);
        let line = read(json.as_bytes()).next().unwrap().unwrap();
        let claim = &line.claims[0];
        let there = [
            claim.figure.is_some(),
            claim.status.is_some(),
            claim.event.is_some(),
            claim.obligation.is_some(),
            claim.position.is_some(),
        ];
        assert_eq!(there.iter().filter(|t| **t).count(), 1);
    }
}

#[test]
fn the_documentation_names_every_column_in_order() {
    let page = include_str!("../../../../docs/exchange.md");
    let table = page.split("## The table").nth(1).unwrap();
    let mut rest = table;
    for (name, _) in csv::COLUMNS {
        let at = rest.find(&format!("`{name}`"));
        rest = &rest[at.unwrap_or_else(|| panic!("`{name}` is missing or out of order"))..];
    }
}
