//! The fields of a claim that a person may amend, under the names of the exchange format.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use verbale_core::{
    Act, Anchor, Anonymity, Claim, ClaimKind, Decimal, Interval, Modality, PartialDate, Polarity,
    Proposition, Speaker, TextRange, Timex, TimexKind,
};

use super::DecideError;
use crate::exchange::Number;

/// The fields that every claim has.
const COMMON: &[&str] = &[
    "speaker",
    "speaker_org",
    "speaker_role",
    "on_behalf_of",
    "reported_via",
    "act",
    "said_on",
    "polarity",
    "modality",
];

/// The fields of a claim of this kind that can be amended.
pub fn fields(kind: ClaimKind) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        ClaimKind::Figure => &[
            "value",
            "low",
            "high",
            "approximator",
            "unit",
            "subject",
            "where",
            "per",
            "as_of",
        ],
        ClaimKind::Status => &["subject", "status", "as_of"],
        ClaimKind::Event => &["type", "actors", "place", "date"],
        ClaimKind::Obligation => &["instrument", "paragraph", "party", "action", "deadline"],
        ClaimKind::Position => &["holder", "stance", "target"],
    };
    [COMMON, own].concat()
}

/// One field of a claim, by what it takes.
enum Slot<'c> {
    Speaker(&'c mut Option<Speaker>),
    Text(&'c mut String),
    Maybe(&'c mut Option<String>),
    List(&'c mut Vec<String>),
    Number(&'c mut Option<Decimal>),
    Time(&'c mut Option<Timex>),
    Act(&'c mut Act),
    Polarity(&'c mut Polarity),
    Modality(&'c mut Modality),
}

/// `None` where a claim of this kind has no such field, or has no speaker to amend.
fn slot<'c>(claim: &'c mut Claim, field: &str) -> Option<Slot<'c>> {
    let attribution = &mut claim.attribution;
    Some(match field {
        "speaker" => Slot::Speaker(&mut attribution.speaker),
        "speaker_org" => Slot::Maybe(&mut attribution.speaker.as_mut()?.org),
        "speaker_role" => Slot::Maybe(&mut attribution.speaker.as_mut()?.role),
        "on_behalf_of" => Slot::Maybe(&mut attribution.on_behalf_of),
        "reported_via" => Slot::List(&mut attribution.via),
        "act" => Slot::Act(&mut attribution.act),
        "said_on" => Slot::Time(&mut attribution.said_on),
        "polarity" => Slot::Polarity(&mut claim.polarity),
        "modality" => Slot::Modality(&mut claim.modality),
        _ => return proposition_slot(&mut claim.proposition, field),
    })
}

fn proposition_slot<'c>(proposition: &'c mut Proposition, field: &str) -> Option<Slot<'c>> {
    Some(match (proposition, field) {
        (Proposition::Figure(f), "value") => Slot::Number(&mut f.quantity.value),
        (Proposition::Figure(f), "low") => Slot::Number(&mut f.quantity.low),
        (Proposition::Figure(f), "high") => Slot::Number(&mut f.quantity.high),
        (Proposition::Figure(f), "approximator") => Slot::Maybe(&mut f.quantity.approximator),
        (Proposition::Figure(f), "unit") => Slot::Maybe(&mut f.quantity.unit),
        (Proposition::Figure(f), "per") => Slot::Maybe(&mut f.quantity.per),
        (Proposition::Figure(f), "subject") => Slot::Text(&mut f.subject),
        (Proposition::Figure(f), "where") => Slot::Maybe(&mut f.place),
        (Proposition::Figure(f), "as_of") => Slot::Time(&mut f.as_of),
        (Proposition::Status(s), "subject") => Slot::Text(&mut s.subject),
        (Proposition::Status(s), "status") => Slot::Text(&mut s.status),
        (Proposition::Status(s), "as_of") => Slot::Time(&mut s.as_of),
        (Proposition::Event(e), "type") => Slot::Text(&mut e.label),
        (Proposition::Event(e), "actors") => Slot::List(&mut e.actors),
        (Proposition::Event(e), "place") => Slot::Maybe(&mut e.place),
        (Proposition::Event(e), "date") => Slot::Time(&mut e.date),
        (Proposition::Obligation(o), "instrument") => Slot::Maybe(&mut o.instrument),
        (Proposition::Obligation(o), "paragraph") => Slot::Maybe(&mut o.paragraph),
        (Proposition::Obligation(o), "party") => Slot::Maybe(&mut o.party),
        (Proposition::Obligation(o), "action") => Slot::Text(&mut o.action),
        (Proposition::Obligation(o), "deadline") => Slot::Time(&mut o.deadline),
        (Proposition::Position(p), "holder") => Slot::Text(&mut p.holder),
        (Proposition::Position(p), "stance") => Slot::Text(&mut p.stance),
        (Proposition::Position(p), "target") => Slot::Maybe(&mut p.target),
        _ => return None,
    })
}

/// The value of a field; times and speakers as records that lose nothing. `None` if a claim of this kind has no
/// such field, or has no speaker whose field it would be.
pub fn value_of(claim: &Claim, field: &str) -> Option<Value> {
    let mut claim = claim.clone();
    Some(match slot(&mut claim, field)? {
        Slot::Speaker(speaker) => json!(speaker.as_ref().map(SpeakerRecord::new)),
        Slot::Text(text) => json!(text),
        Slot::Maybe(text) => json!(text),
        Slot::List(list) => json!(list),
        Slot::Number(number) => json!(number.map(|n| Number(n).to_string())),
        Slot::Time(time) => json!(time.as_ref().map(TimexRecord::new)),
        Slot::Act(act) => json!(act.as_str()),
        Slot::Polarity(polarity) => json!(polarity.as_str()),
        Slot::Modality(modality) => json!(modality.as_str()),
    })
}

/// Puts a value into a field.
pub(crate) fn set(claim: &mut Claim, field: &str, value: &Value) -> Result<(), DecideError> {
    let kind = claim.kind();
    let Some(slot) = slot(claim, field) else {
        return Err(DecideError::Field {
            field: field.to_owned(),
            fields: fields(kind).join(", "),
        });
    };
    let misfit = |expected| DecideError::Value {
        field: field.to_owned(),
        expected,
        found: value.to_string(),
    };
    match slot {
        Slot::Speaker(speaker) => {
            set_speaker(speaker, value).ok_or_else(|| misfit("a name or null"))
        }
        Slot::Text(text) => value
            .as_str()
            .filter(|words| !words.trim().is_empty())
            .map(|words| *text = words.to_owned())
            .ok_or_else(|| misfit("words")),
        Slot::Maybe(text) => maybe_words(value)
            .map(|words| *text = words)
            .ok_or_else(|| misfit("words or null")),
        Slot::List(list) => words(value)
            .map(|words| *list = words)
            .ok_or_else(|| misfit("a list of words")),
        Slot::Number(number) => maybe_number(value)
            .map(|n| *number = n)
            .ok_or_else(|| misfit("a number or null")),
        Slot::Time(time) => maybe_time(value, time.as_ref())
            .map(|t| *time = t)
            .ok_or_else(|| misfit("a date such as 2031-05-02 or 2031-05, from/to, or null")),
        Slot::Act(act) => parsed(value)
            .map(|a| *act = a)
            .ok_or_else(|| misfit("an act")),
        Slot::Polarity(polarity) => parsed(value)
            .map(|p| *polarity = p)
            .ok_or_else(|| misfit("asserted or denied")),
        Slot::Modality(modality) => parsed(value)
            .map(|m| *modality = m)
            .ok_or_else(|| misfit("a modality")),
    }
}

/// The fields in which two claims of one kind differ, with both values.
pub(crate) fn changed_fields(old: &Claim, new: &Claim) -> Vec<(&'static str, Value, Value)> {
    fields(new.kind())
        .into_iter()
        .filter_map(|field| {
            let (old, new) = (value_of(old, field), value_of(new, field));
            (old != new).then(|| (field, old.unwrap_or_default(), new.unwrap_or_default()))
        })
        .collect()
}

/// A speaker from a name, or from a whole record.
fn set_speaker(speaker: &mut Option<Speaker>, value: &Value) -> Option<()> {
    if value.is_object() {
        *speaker = Some(SpeakerRecord::deserialize(value).ok()?.into_speaker());
        return Some(());
    }
    let name = maybe_words(value)?;
    *speaker = name.map(|name| Speaker {
        name,
        // The place of the words is that of another name now, and a named speaker is not anonymous.
        range: None,
        anonymity: None,
        ..speaker.take().unwrap_or_default()
    });
    Some(())
}

fn maybe_words(value: &Value) -> Option<Option<String>> {
    match value {
        Value::Null => Some(None),
        Value::String(words) => Some(Some(words.clone())),
        _ => None,
    }
}

fn words(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|v| v.as_str().map(str::to_owned))
        .collect()
}

fn maybe_number(value: &Value) -> Option<Option<Decimal>> {
    let digits = match value {
        Value::Null => return Some(None),
        Value::String(digits) => digits.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    digits.parse::<Number>().ok().map(|n| Some(n.0))
}

fn parsed<T: std::str::FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

/// A time from an ISO date or interval, or from a whole record; the words on the page stay.
fn maybe_time(value: &Value, before: Option<&Timex>) -> Option<Option<Timex>> {
    match value {
        Value::Null => Some(None),
        Value::String(iso) => {
            let raw = before.map(|t| t.raw.as_str()).unwrap_or_default();
            let mut time = time_from_iso(iso, raw)?;
            time.range = before.and_then(|t| t.range);
            Some(Some(time))
        }
        Value::Object(_) => TimexRecord::deserialize(value).ok()?.to_timex().map(Some),
        _ => None,
    }
}

/// A time from what [`Timex::iso`] prints: a date as far as it is known, or `from/to`.
pub(crate) fn time_from_iso(iso: &str, raw: &str) -> Option<Timex> {
    let time = |value, interval| Timex {
        kind: TimexKind::Date,
        raw: raw.to_owned(),
        range: None,
        value,
        modifier: None,
        interval,
        anchor: Anchor::None,
    };
    let Some((from, to)) = iso.split_once('/') else {
        let date: PartialDate = iso.parse().ok()?;
        return Some(time(Some(date.to_string()), date.interval()));
    };
    let end = |day: &str| match day {
        ".." => Some(None),
        day => day
            .parse::<PartialDate>()
            .ok()
            .map(PartialDate::interval)
            .map(Some),
    };
    let from = end(from)?.map_or(Some(None), |i| i.map(Interval::start))?;
    let to = end(to)?.map_or(Some(None), |i| i.map(Interval::end))?;
    Some(time(None, Some(Interval::new(from, to)?)))
}

/// A speaker with all that it has, for the journal and the amendments.
#[derive(Serialize, Deserialize)]
struct SpeakerRecord {
    name: String,
    org: Option<String>,
    role: Option<String>,
    tier: Option<u8>,
    reason: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
}

impl SpeakerRecord {
    fn new(speaker: &Speaker) -> Self {
        let anonymity = speaker.anonymity.as_ref();
        Self {
            name: speaker.name.clone(),
            org: speaker.org.clone(),
            role: speaker.role.clone(),
            tier: anonymity.map(|a| a.tier),
            reason: anonymity.and_then(|a| a.reason.clone()),
            start: speaker.range.map(|r| r.start().into()),
            end: speaker.range.map(|r| r.end().into()),
        }
    }

    fn into_speaker(self) -> Speaker {
        let reason = self.reason;
        Speaker {
            name: self.name,
            org: self.org,
            role: self.role,
            anonymity: self.tier.map(|tier| Anonymity { tier, reason }),
            range: text_range(self.start, self.end),
        }
    }
}

fn text_range(start: Option<u32>, end: Option<u32>) -> Option<TextRange> {
    let (start, end) = start.zip(end).filter(|(start, end)| start <= end)?;
    Some(TextRange::new(start.into(), end.into()))
}

/// A time with all that it has, for the journal and the amendments.
#[derive(Serialize, Deserialize)]
struct TimexRecord {
    kind: String,
    raw: String,
    start: Option<u32>,
    end: Option<u32>,
    value: Option<String>,
    modifier: Option<String>,
    first: Option<String>,
    last: Option<String>,
    anchor: String,
}

impl TimexRecord {
    fn new(time: &Timex) -> Self {
        let day = |day: Option<Date>| day.map(|d| d.to_string());
        Self {
            kind: time.kind.to_string(),
            raw: time.raw.clone(),
            start: time.range.map(|r| r.start().into()),
            end: time.range.map(|r| r.end().into()),
            value: time.value.clone(),
            modifier: time.modifier.map(|m| m.to_string()),
            first: day(time.interval.and_then(Interval::start)),
            last: day(time.interval.and_then(Interval::end)),
            anchor: time.anchor.to_string(),
        }
    }

    fn to_timex(&self) -> Option<Timex> {
        let day = |day: &Option<String>| day.as_ref().and_then(|d| d.parse().ok());
        Some(Timex {
            kind: self.kind.parse().ok()?,
            raw: self.raw.clone(),
            range: text_range(self.start, self.end),
            value: self.value.clone(),
            modifier: self.modifier.as_ref().map(|m| m.parse()).transpose().ok()?,
            interval: Interval::new(day(&self.first), day(&self.last)),
            anchor: self.anchor.parse().ok()?,
        })
    }
}
