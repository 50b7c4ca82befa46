//! What becomes of sentences on many topics, recorded and read by a person.
//!
//! The sentences stand in `fixtures/claims/sentences.txt`; `eval/spacy/record.py` recorded their parses. After a
//! change that moves the listing, read the difference and accept it with `INSTA_UPDATE=always`.

use std::fmt::Write as _;

use serde_json::Value;
use verbale_core::{
    CharOffset, Claim, Document, Metadata, OffsetTable, PageId, Passage, Proposition, Publication,
    Role, TextRange, TextSize, Timex,
};
use verbale_nlp::{Doc, TokenAnnotation};
use verbale_pack::Packs;

use crate::extract;
use crate::patterns::Patterns;

const RECORDED: &str = include_str!("../../../../fixtures/claims/sentences.jsonl");

/// A doc from one line of the recording, whose attributes stand in columns.
fn recorded(line: &Value) -> Doc {
    let text = line["text"].as_str().unwrap();
    let table = OffsetTable::new(text);
    let number = |v: &Value| v.as_u64().unwrap() as usize;
    let word = |column: &str, i: usize| line[column][i].as_str().unwrap().to_owned();
    let sents: Vec<usize> = line["sents"]
        .as_array()
        .unwrap()
        .iter()
        .map(number)
        .collect();
    let n = line["idx"].as_array().unwrap().len();
    let mut tokens: Vec<TokenAnnotation> = (0..n)
        .map(|i| {
            let start = number(&line["idx"][i]) as u32;
            let end = start + number(&line["len"][i]) as u32;
            let range = table.range_from_chars(CharOffset(start), CharOffset(end));
            TokenAnnotation {
                range: range.into(),
                lemma: word("lemma", i),
                tag: word("tag", i),
                pos: word("pos", i),
                morph: word("morph", i),
                dep: word("dep", i),
                head: number(&line["head"][i]),
                sent_start: sents.contains(&i),
                ..TokenAnnotation::default()
            }
        })
        .collect();
    for ent in line["ents"].as_array().unwrap() {
        let (start, end) = (number(&ent[0]), number(&ent[1]));
        for (i, token) in tokens.iter_mut().enumerate().take(end).skip(start) {
            token.ent_type = ent[2].as_str().unwrap().to_owned();
            token.ent_start = i == start;
        }
    }
    Doc::from_parts(text, tokens)
}

/// A page of The Tide of Friday 10 May 2024 with one paragraph.
fn page(text: &str) -> Document {
    let metadata = Metadata {
        publisher: Some("The Tide".into()),
        published: Some(Publication {
            date: "2024-05-10".parse().unwrap(),
            rule: "text".into(),
        }),
        kind: "news report".into(),
        language: "en".into(),
        ..Metadata::default()
    };
    let body = Passage {
        role: Role::Body,
        range: TextRange::up_to(TextSize::of(text)),
        repeats: None,
    };
    Document::new(
        PageId::of(text.as_bytes()),
        text.to_owned(),
        vec![body],
        metadata,
    )
}

fn claims(line: &Value) -> Vec<Claim> {
    let doc = recorded(line);
    let document = page(doc.text());
    let packs = Packs::builtin();
    let patterns = Patterns::compile(&packs, "en").unwrap();
    extract(&document, |_| doc.clone(), &packs, &patterns)
        .value
        .claims
}

fn lines() -> impl Iterator<Item = Value> {
    RECORDED
        .lines()
        .skip(1)
        .map(|l| serde_json::from_str(l).unwrap())
}

#[test]
fn sentences_become_these_claims() {
    let mut listing = String::new();
    for line in lines() {
        writeln!(listing, "{}", line["text"].as_str().unwrap()).unwrap();
        for claim in claims(&line) {
            writeln!(listing, "  {}", printed(&claim)).unwrap();
        }
        listing.push('\n');
    }
    insta::assert_snapshot!(listing);
}

#[test]
fn every_claim_stands_on_its_words() {
    for line in lines() {
        let text = line["text"].as_str().unwrap().to_owned();
        for claim in claims(&line) {
            assert!(claim.evidence.holds_in(&text), "{claim:?}");
            assert!(!claim.evidence.quote().trim().is_empty());
        }
    }
}

#[test]
fn the_same_page_gives_the_same_claims() {
    for line in lines() {
        assert_eq!(claims(&line), claims(&line));
    }
}

#[test]
fn questions_and_teasers_claim_nothing() {
    for line in lines() {
        let text = line["text"].as_str().unwrap();
        if text.ends_with('?') || text.starts_with("Read more") {
            assert_eq!(claims(&line), [], "{text}");
        }
    }
}

#[test]
fn a_headline_places_the_counts_that_have_no_place() {
    let (title, body) = ("Fire in Low Meadow", "Some 60 crews were saved.");
    let parse = |words: &str| {
        let line = lines().find(|l| l["text"] == words);
        recorded(&line.expect("the sentence is recorded"))
    };
    let text = format!("{title}\n{body}");
    let passage = |role, start: usize, words: &str| Passage {
        role,
        range: TextRange::at(TextSize::from(start as u32), TextSize::of(words)),
        repeats: None,
    };
    let document = Document::new(
        PageId::of(text.as_bytes()),
        text.clone(),
        vec![
            passage(Role::Title, 0, title),
            passage(Role::Body, title.len() + 1, body),
        ],
        Metadata::default(),
    );
    let packs = Packs::builtin();
    let patterns = Patterns::compile(&packs, "en").unwrap();
    let found = extract(&document, parse, &packs, &patterns).value.claims;
    let places: Vec<Option<&str>> = found
        .iter()
        .filter_map(|c| match &c.proposition {
            Proposition::Figure(f) => Some(f.place.as_deref()),
            _ => None,
        })
        .collect();
    assert_eq!(places, [Some("Low Meadow")]);
}

fn printed(claim: &Claim) -> String {
    let a = &claim.attribution;
    let speaker = a.speaker.as_ref().map_or("-", |s| s.name.as_str());
    let said = a
        .said_on
        .as_ref()
        .and_then(Timex::iso)
        .map(|d| format!(" on {d}"))
        .unwrap_or_default();
    let mut line = format!(
        "{} [{}] {speaker}: {}{said}",
        claim.kind(),
        claim.evidence.quote(),
        a.act
    );
    if claim.polarity != verbale_core::Polarity::Asserted
        || claim.modality != verbale_core::Modality::Actual
    {
        write!(line, " ({} {})", claim.polarity, claim.modality).unwrap();
    }
    write!(line, " — {}", fields(&claim.proposition)).unwrap();
    line
}

fn fields(p: &Proposition) -> String {
    let iso = |t: &Option<Timex>| {
        t.as_ref()
            .and_then(Timex::iso)
            .map(|d| format!(" @{d}"))
            .unwrap_or_default()
    };
    let at = |place: &Option<String>| {
        place
            .as_ref()
            .map(|p| format!(" in {p}"))
            .unwrap_or_default()
    };
    let or = |s: &Option<String>| s.clone().unwrap_or_else(|| "-".into());
    match p {
        Proposition::Figure(f) => {
            let q = &f.quantity;
            let bound = |n: Option<verbale_core::Decimal>| n.map_or("".into(), |n| n.to_string());
            let range = if q.is_bounded() {
                format!(" {}..{}", bound(q.low), bound(q.high))
            } else {
                String::new()
            };
            let unit = q.unit.clone().unwrap_or_default();
            format!(
                "{}{range} {unit} of {}{}{}",
                bound(q.value),
                f.subject,
                at(&f.place),
                iso(&f.as_of)
            )
        }
        Proposition::Status(s) => format!("{}: {}{}", s.subject, s.status, iso(&s.as_of)),
        Proposition::Event(e) => format!(
            "{} by {}{}{}",
            e.label,
            e.actors.join(", "),
            at(&e.place),
            iso(&e.date)
        ),
        Proposition::Obligation(o) => format!(
            "{} ¶{}: {} shall {}{}",
            or(&o.instrument),
            or(&o.paragraph),
            or(&o.party),
            o.action,
            iso(&o.deadline)
        ),
        Proposition::Position(p) => format!("{} on {}", p.holder, or(&p.target)),
    }
}
