//! Claims made from JSON: gold annotations of this repository, and tables of figures.
#![allow(dead_code, reason = "each user needs a part of it")]

use jiff::civil::Date;
use serde_json::Value;
use verbale_analysis::{Entry, Lexicon};
use verbale_core::{
    Act, Anchor, Anonymity, Attribution, Claim, ClaimId, ClaimKind, Decimal, Event, Evidence,
    Figure, Interval, Metadata, Modality, Obligation, PageId, PartialDate, Polarity, Position,
    Proposition, Publication, Quantity, Speaker, Status, TextRange, TextSize, Timex, TimexKind,
};

/// The builtin packs, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);
    &LEXICON
}

/// A page with its claims.
pub(crate) struct Filed {
    pub(crate) page: PageId,
    pub(crate) metadata: Metadata,
    pub(crate) claims: Vec<Claim>,
    /// Names of the claims, in their order: `ex01-c04`.
    pub(crate) names: Vec<String>,
    /// The page's text, as far as the claims need it.
    pub(crate) text: String,
}

impl Filed {
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.claims.iter().map(|claim| Entry {
            claim,
            page: self.page,
            metadata: &self.metadata,
        })
    }
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .filter(|s| !s.is_empty())
}

fn owned(value: &Value, key: &str) -> Option<String> {
    text(value, key).map(str::to_owned)
}

pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    value.as_number().and_then(|n| n.to_string().parse().ok())
}

/// A time from EDTF: `2024-03`, `2024-Q3`, `2024-H1`, `2023-11/2024-04-02`, `--05-04`.
pub(crate) fn timex(iso: &str, raw: Option<&str>) -> Timex {
    Timex {
        kind: TimexKind::Date,
        raw: raw.unwrap_or(iso).to_owned(),
        range: None,
        value: Some(iso.to_owned()),
        modifier: None,
        interval: interval(iso),
        anchor: Anchor::None,
    }
}

/// Words of a time that the page gives no anchor for.
pub(crate) fn unresolved(raw: &str) -> Timex {
    Timex {
        value: None,
        interval: None,
        anchor: Anchor::Missing,
        ..timex("", Some(raw))
    }
}

fn interval(iso: &str) -> Option<Interval> {
    if let Some((from, to)) = iso.split_once('/') {
        return Interval::new(interval(from)?.start(), interval(to)?.end());
    }
    let part = |year: &str, first: i8, last: i8| {
        let year = year.parse().ok()?;
        let end = Date::new(year, last, 1).ok()?.last_of_month();
        Interval::new(Date::new(year, first, 1).ok(), Some(end))
    };
    match iso.split_once('-') {
        Some((year, "Q1")) => part(year, 1, 3),
        Some((year, "Q2")) => part(year, 4, 6),
        Some((year, "Q3")) => part(year, 7, 9),
        Some((year, "Q4")) => part(year, 10, 12),
        Some((year, "H1")) => part(year, 1, 6),
        Some((year, "H2")) => part(year, 7, 12),
        _ => iso.parse::<PartialDate>().ok()?.interval(),
    }
}

fn time(body: &Value, key: &str) -> Option<Timex> {
    let raw = text(body, &format!("{key}_raw"));
    match text(body, key) {
        Some(iso) => Some(timex(iso, raw)),
        None => raw.map(unresolved),
    }
}

/// The pages of a folder of gold annotations.
pub(crate) fn gold(folder: &str) -> Vec<Filed> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let mut files: Vec<_> = std::fs::read_dir(format!("{root}{folder}/gold"))
        .expect("the folder is in the repository")
        .map(|f| f.expect("the folder can be listed").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| page(&std::fs::read_to_string(file).expect("gold is readable")))
        .collect()
}

/// A page from its gold annotation; its text is the quotes, one a line.
pub(crate) fn page(json: &str) -> Filed {
    let gold: Value = serde_json::from_str(json).expect("gold is JSON");
    let meta = &gold["metadata"];
    let id = text(&gold, "id").expect("a page has an id");
    let page = PageId::of(id.as_bytes());
    let claims = gold["claims"].as_array().expect("a page has claims");
    let spans: Vec<&str> = claims
        .iter()
        .map(|c| text(c, "span").expect("a claim has a span"))
        .collect();
    let whole = spans.join("\n");
    let names: Vec<String> = claims
        .iter()
        .map(|c| owned(c, "id").expect("a claim has an id"))
        .collect();
    let mut start = 0;
    let mut made: Vec<Claim> = Vec::new();
    for (at, (claim, span)) in claims.iter().zip(&spans).enumerate() {
        let range = TextRange::at(TextSize::from(start as u32), TextSize::of(*span));
        start += span.len() + 1;
        let restates = text(claim, "restates")
            .and_then(|r| names.iter().position(|n| n == r))
            .map(|i| ClaimId::new(page, kind_of(&claims[i]), spans[i], i as u32));
        made.push(Claim {
            id: ClaimId::new(page, kind_of(claim), span, at as u32),
            evidence: Evidence::new(&whole, range),
            attribution: attribution(claim),
            polarity: text(claim, "polarity")
                .map_or(Polarity::Asserted, |p| p.parse().expect("a polarity")),
            modality: text(claim, "modality")
                .map_or(Modality::Actual, |m| m.parse().expect("a modality")),
            proposition: proposition(claim),
            rule: "gold".into(),
            restates,
        });
    }
    Filed {
        page,
        metadata: metadata(meta),
        claims: made,
        names,
        text: whole,
    }
}

fn kind_of(claim: &Value) -> ClaimKind {
    text(claim, "kind")
        .expect("a claim has a kind")
        .parse()
        .expect("a known kind")
}

fn metadata(meta: &Value) -> Metadata {
    let published = text(meta, "published").map(|d| Publication {
        date: d.parse().expect("a date"),
        rule: "gold".into(),
    });
    Metadata {
        title: owned(meta, "title"),
        publisher: owned(meta, "outlet"),
        agency: owned(meta, "agency"),
        published,
        language: "en".into(),
        kind: owned(meta, "source_kind").unwrap_or_default(),
        ..Metadata::default()
    }
}

fn attribution(claim: &Value) -> Attribution {
    let is_anonymous = claim["anonymous"].as_bool().unwrap_or(false);
    let speaker = text(claim, "speaker").map(|name| Speaker {
        name: name.to_owned(),
        org: owned(claim, "speaker_org"),
        role: owned(claim, "speaker_role"),
        anonymity: is_anonymous.then_some(Anonymity {
            tier: 4,
            reason: None,
        }),
        range: None,
    });
    let via = claim["reported_via"].as_array().into_iter().flatten();
    Attribution {
        speaker,
        via: via.filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        on_behalf_of: owned(claim, "on_behalf_of"),
        act: text(claim, "act").map_or(Act::Say, |a| a.parse().expect("an act")),
        cue: None,
        said_on: time(claim, "said_on"),
    }
}

fn proposition(claim: &Value) -> Proposition {
    let kind = kind_of(claim);
    let body = &claim[kind.as_str()];
    let or_empty = |key: &str| owned(body, key).unwrap_or_default();
    match kind {
        ClaimKind::Figure => Proposition::Figure(Figure {
            quantity: Quantity {
                value: decimal(&body["value"]),
                low: decimal(&body["low"]),
                high: decimal(&body["high"]),
                approximator: owned(body, "approximator"),
                unit: owned(body, "unit"),
                per: owned(body, "per"),
            },
            subject: or_empty("subject"),
            place: owned(body, "where"),
            as_of: time(body, "as_of"),
        }),
        ClaimKind::Status => Proposition::Status(Status {
            subject: or_empty("subject"),
            status: or_empty("status"),
            as_of: time(body, "as_of"),
        }),
        ClaimKind::Event => Proposition::Event(Event {
            label: or_empty("type"),
            actors: body["actors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|a| a.as_str().map(str::to_owned))
                .collect(),
            place: owned(body, "place"),
            date: time(body, "date"),
        }),
        ClaimKind::Obligation => Proposition::Obligation(Obligation {
            instrument: owned(body, "instrument"),
            paragraph: owned(body, "paragraph"),
            party: owned(body, "party"),
            action: or_empty("action"),
            deadline: time(body, "deadline"),
        }),
        ClaimKind::Position => Proposition::Position(Position {
            holder: or_empty("holder"),
            stance: or_empty("stance"),
            target: owned(body, "target"),
        }),
    }
}
