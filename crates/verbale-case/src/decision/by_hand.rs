//! Claims that people write down.

use serde_json::Value;
use verbale_core::{
    Act, Anonymity, Attribution, Claim, ClaimId, ClaimKind, Document, Event, Evidence, Figure,
    Modality, Obligation, OffsetTable, Polarity, Position, Proposition, Quantity, Speaker, Status,
    TextRange, TextSize, Timex,
};

use super::DecideError;
use super::field::{self, time_from_iso};
use crate::exchange::{ClaimLine, Number};

/// The name of the rule for claims that a person added.
pub(super) const RULE: &str = "person";

/// The tier of an anonymous speaker of whom nothing else is said.
const BARE_SOURCE: u8 = 5;

/// Where `words` stand in passages that can carry claims, in bytes of the document's text.
pub fn places(document: &Document, words: &str) -> Vec<TextRange> {
    if words.is_empty() {
        return Vec::new();
    }
    document
        .text()
        .match_indices(words)
        .map(|(at, words)| TextRange::at(TextSize::from(at as u32), TextSize::of(words)))
        .filter(|range| is_carried(document, *range))
        .collect()
}

fn is_carried(document: &Document, range: TextRange) -> bool {
    document
        .passage_at(range.start())
        .is_some_and(|(_, p)| p.role.carries_claims() && p.range.contains_range(range))
}

/// A claim with the words of `range` for [`Ruling::Add`](super::Ruling::Add), with fields as
/// [`fields`](super::fields) names them. It is relayed by the page's publisher and agency unless `reported_via`
/// says otherwise, asserted and actual unless said otherwise.
///
/// # Errors
/// If the words stand where no claim can be, a field is not one of the kind's, a value does not fit, or what a
/// claim of this kind must have is missing.
pub fn draft(
    document: &Document,
    range: TextRange,
    kind: ClaimKind,
    given: &[(String, Value)],
) -> Result<ClaimLine, DecideError> {
    if !is_carried(document, range) {
        return Err(DecideError::Words {
            words: document
                .text()
                .get(std::ops::Range::<usize>::from(range))
                .unwrap_or_default()
                .to_owned(),
        });
    }
    let mut claim = blank(document, range, kind);
    let mut given: Vec<_> = given.iter().collect();
    // In the order of the fields: an organization needs its speaker.
    let order = field::fields(kind);
    given.sort_by_key(|(name, _)| order.iter().position(|field| field == name));
    for (name, value) in given {
        if name.starts_with("speaker_") && claim.attribution.speaker.is_none() {
            return Err(lacking("speaker"));
        }
        field::set(&mut claim, name, value)?;
    }
    require_complete(&claim.proposition)?;
    let start = OffsetTable::new(document.text()).to_char(range.start()).0;
    Ok(ClaimLine::new(&claim, start))
}

fn blank(document: &Document, range: TextRange, kind: ClaimKind) -> Claim {
    let evidence = Evidence::new(document.text(), range);
    let metadata = &document.metadata;
    let via = metadata.publisher.iter().chain(&metadata.agency);
    Claim {
        id: ClaimId::new(document.page(), kind, evidence.quote(), 0),
        evidence,
        attribution: Attribution {
            speaker: None,
            via: via.cloned().collect(),
            on_behalf_of: None,
            act: Act::Say,
            cue: None,
            said_on: None,
        },
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        proposition: blank_proposition(kind),
        rule: RULE.to_owned(),
        restates: None,
    }
}

fn blank_proposition(kind: ClaimKind) -> Proposition {
    match kind {
        ClaimKind::Figure => Proposition::Figure(Figure {
            quantity: Quantity::default(),
            subject: String::new(),
            place: None,
            as_of: None,
        }),
        ClaimKind::Status => Proposition::Status(Status {
            subject: String::new(),
            status: String::new(),
            as_of: None,
        }),
        ClaimKind::Event => Proposition::Event(Event {
            label: String::new(),
            actors: Vec::new(),
            place: None,
            date: None,
        }),
        ClaimKind::Obligation => Proposition::Obligation(Obligation {
            instrument: None,
            paragraph: None,
            party: None,
            action: String::new(),
            deadline: None,
        }),
        ClaimKind::Position => Proposition::Position(Position {
            holder: String::new(),
            stance: String::new(),
            target: None,
        }),
    }
}

fn require_complete(proposition: &Proposition) -> Result<(), DecideError> {
    let needed: &[(&str, bool)] = match proposition {
        Proposition::Figure(f) => &[
            ("subject", !f.subject.is_empty()),
            (
                "value",
                f.quantity
                    .value
                    .or(f.quantity.low)
                    .or(f.quantity.high)
                    .is_some(),
            ),
        ],
        Proposition::Status(s) => &[
            ("subject", !s.subject.is_empty()),
            ("status", !s.status.is_empty()),
        ],
        Proposition::Event(e) => &[("type", !e.label.is_empty())],
        Proposition::Obligation(o) => &[("action", !o.action.is_empty())],
        Proposition::Position(p) => &[
            ("holder", !p.holder.is_empty()),
            ("stance", !p.stance.is_empty()),
        ],
    };
    match needed.iter().find(|(_, is_there)| !is_there) {
        Some((field, _)) => Err(lacking(field)),
        None => Ok(()),
    }
}

fn lacking(field: &str) -> DecideError {
    DecideError::Value {
        field: field.to_owned(),
        expected: "a value",
        found: "nothing".to_owned(),
    }
}

/// The claim that a line writes down. Its id is the line's, or that of the first such words where the line has
/// none.
pub(super) fn claim_from_line(line: &ClaimLine, document: &Document) -> Result<Claim, DecideError> {
    let evidence = evidence(line, document)?;
    let proposition = proposition(line)?;
    let speaker = line.speaker.clone().map(|name| Speaker {
        name,
        org: line.speaker_org.clone(),
        role: line.speaker_role.clone(),
        anonymity: line.anonymous.then(|| Anonymity {
            tier: line.anonymity_tier.unwrap_or(BARE_SOURCE),
            reason: line.anonymity_reason.clone(),
        }),
        range: None,
    });
    Ok(Claim {
        id: line.id.parse().unwrap_or_else(|_| {
            ClaimId::new(document.page(), proposition.kind(), evidence.quote(), 0)
        }),
        attribution: Attribution {
            speaker,
            via: line.reported_via.clone(),
            on_behalf_of: line.on_behalf_of.clone(),
            act: word(
                "act",
                "an act",
                Some(&line.act).filter(|a| !a.is_empty()),
                "say",
            )?,
            cue: None,
            said_on: time("said_on", &line.said_on, &line.said_on_raw)?,
        },
        polarity: word(
            "polarity",
            "asserted or denied",
            line.polarity.as_ref(),
            "asserted",
        )?,
        modality: word("modality", "a modality", line.modality.as_ref(), "actual")?,
        proposition,
        rule: RULE.to_owned(),
        restates: line.restates.as_ref().and_then(|id| id.parse().ok()),
        evidence,
    })
}

/// The line's words where they stand in the text: at `start`, else where their surroundings say.
fn evidence(line: &ClaimLine, document: &Document) -> Result<Evidence, DecideError> {
    let fail = || DecideError::Words {
        words: line.span.clone(),
    };
    let text = document.text();
    let start = OffsetTable::new(text).from_char(verbale_core::CharOffset(line.start));
    let quoted = TextRange::at(start, TextSize::of(&*line.span));
    let (prefix, suffix) = (line.prefix.clone(), line.suffix.clone());
    let range = Evidence::kept(quoted, line.span.clone(), prefix, suffix)
        .and_then(|kept| kept.find_in(text))
        .filter(|range| !range.is_empty())
        .ok_or_else(fail)?;
    is_carried(document, range)
        .then(|| Evidence::new(text, range))
        .ok_or_else(fail)
}

fn proposition(line: &ClaimLine) -> Result<Proposition, DecideError> {
    let kind: ClaimKind = word("kind", "a kind of claim", Some(&line.kind), "")?;
    let given = |field: &str, words: &Option<String>| words.clone().ok_or_else(|| lacking(field));
    match kind {
        ClaimKind::Figure => {
            let f = line.figure.as_ref().ok_or_else(|| lacking("figure"))?;
            let number = |n: Option<Number>| n.map(|n| n.0);
            Ok(Proposition::Figure(Figure {
                quantity: Quantity {
                    value: number(f.value),
                    low: number(f.low),
                    high: number(f.high),
                    approximator: f.approximator.clone(),
                    unit: f.unit.clone(),
                    per: f.per.clone(),
                },
                subject: given("subject", &f.subject)?,
                place: f.place.clone(),
                as_of: time("as_of", &f.as_of, &f.as_of_raw)?,
            }))
        }
        ClaimKind::Status => {
            let s = line.status.as_ref().ok_or_else(|| lacking("status"))?;
            Ok(Proposition::Status(Status {
                subject: given("subject", &s.subject)?,
                status: given("status", &s.status)?,
                as_of: time("as_of", &s.as_of, &s.as_of_raw)?,
            }))
        }
        ClaimKind::Event => {
            let e = line.event.as_ref().ok_or_else(|| lacking("event"))?;
            Ok(Proposition::Event(Event {
                label: given("type", &e.label)?,
                actors: e.actors.clone(),
                place: e.place.clone(),
                date: time("date", &e.date, &e.date_raw)?,
            }))
        }
        ClaimKind::Obligation => {
            let o = line
                .obligation
                .as_ref()
                .ok_or_else(|| lacking("obligation"))?;
            Ok(Proposition::Obligation(Obligation {
                instrument: o.instrument.clone(),
                paragraph: o.paragraph.clone(),
                party: o.party.clone(),
                action: given("action", &o.action)?,
                deadline: time("deadline", &o.deadline, &o.deadline_raw)?,
            }))
        }
        ClaimKind::Position => {
            let p = line.position.as_ref().ok_or_else(|| lacking("position"))?;
            Ok(Proposition::Position(Position {
                holder: given("holder", &p.holder)?,
                stance: given("stance", &p.stance)?,
                target: p.target.clone(),
            }))
        }
    }
}

/// A word of a closed set, or the default where none is given.
fn word<T: std::str::FromStr>(
    field: &str,
    expected: &'static str,
    given: Option<&String>,
    default: &str,
) -> Result<T, DecideError> {
    let word = given.map_or(default, String::as_str);
    word.parse().map_err(|_| DecideError::Value {
        field: field.to_owned(),
        expected,
        found: word.to_owned(),
    })
}

/// A time from its ISO form and its words; words alone make an unresolved time.
fn time(
    field: &str,
    iso: &Option<String>,
    raw: &Option<String>,
) -> Result<Option<Timex>, DecideError> {
    let words = raw.as_deref().unwrap_or_default();
    match (iso, raw) {
        (Some(iso), _) => time_from_iso(iso, words)
            .map(Some)
            .ok_or_else(|| DecideError::Value {
                field: field.to_owned(),
                expected: "a date such as 2031-05-02 or 2031-05, or from/to",
                found: iso.clone(),
            }),
        (None, Some(raw)) => Ok(Some(Timex {
            kind: verbale_core::TimexKind::Date,
            raw: raw.clone(),
            range: None,
            value: None,
            modifier: None,
            interval: None,
            anchor: verbale_core::Anchor::Missing,
        })),
        (None, None) => Ok(None),
    }
}
