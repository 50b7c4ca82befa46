//! Duties: who must do what by when, under which force, and who reads them how.

use jiff::civil::Date;
use serde::Deserialize;
use verbale_core::{Decimal, PartialDate};

use crate::{Words, value};

/// How binding the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// "Decides": binding.
    Decides,
    /// "Requires", "shall": binding.
    Requires,
    /// Promised by the party itself.
    Pledges,
    /// "Calls upon".
    CallsUpon,
    /// "Requests".
    Requests,
    /// "Urges".
    Urges,
    /// "Recalls": restates a duty of another text.
    Recalls,
}

impl Force {
    /// True if the party must, by the words themselves.
    pub fn is_binding(self) -> bool {
        matches!(self, Self::Decides | Self::Requires)
    }
}

/// An upper or lower limit on an amount.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// `<=`, `>=`, `<` or `>`.
    pub op: String,
    /// The limit; absent where it differs by party (`basis` says how).
    #[serde(default, deserialize_with = "value::optional_decimal")]
    pub value: Option<Decimal>,
    /// `bbl`, `USD`, `person`, …
    pub unit: String,
    /// The period over which amounts are added up: `calendar_year`, `P12M`, `2017-10-01/2017-12-31`.
    #[serde(default)]
    pub window: Option<String>,
    /// The first day of the first period.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub from: Option<PartialDate>,
    /// Where the limit is not one number: "national count on 2017-08-05".
    #[serde(default)]
    pub basis: Option<String>,
    /// The measure whose figures are held against it.
    #[serde(default)]
    pub measure: Option<String>,
}

/// The day by which it must be done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The last day on which it is in time.
    #[serde(deserialize_with = "value::date")]
    pub date: PartialDate,
    /// How the day follows from the text: "adoption + 24 months".
    #[serde(default)]
    pub basis: Option<String>,
}

/// What is excepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Name within the obligation.
    pub id: String,
    /// In words.
    pub text: String,
}

/// A report that is due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Name within the pack.
    pub id: String,
    /// The day by which it is due, for a single one.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub due: Option<PartialDate>,
    /// The period, for a recurring one (ISO 8601 duration).
    #[serde(default)]
    pub every: Option<String>,
    /// To whom: an institution's id.
    pub to: String,
}

/// How somebody reads the duty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Whose reading: a country, or several joined by `+`.
    pub holder: String,
    /// The reading in words.
    pub text: String,
    /// When it was stated.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub said: Option<PartialDate>,
    /// Through whom it is known.
    #[serde(default)]
    pub via: Option<String>,
    /// Where it is stated.
    #[serde(default)]
    pub source: Option<String>,
}

/// A duty in one paragraph of an instrument.
///
/// [`verbale_core::Obligation`] is what a claim says of a duty; this is what the pack knows of the duty itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Name within the packs: `2397-8`.
    pub id: String,
    /// The instrument's id.
    pub instrument: String,
    /// Its paragraph as printed: "8", "26(b)".
    pub paragraph: String,
    /// True if a page that was read gave the number of the paragraph.
    #[serde(default)]
    pub paragraph_verified: bool,
    /// How sure the content is: `high`, `medium`, `low`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// Who must act: a country, an institution, or a class such as `all_un_member_states`.
    pub party: Vec<String>,
    /// How binding it is.
    pub force: Force,
    /// What must be done, in own words.
    pub action: String,
    /// By when.
    #[serde(default)]
    pub deadline: Option<Deadline>,
    /// Since when it holds, if not since the adoption.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub from: Option<PartialDate>,
    /// The last day on which it holds, for a mandate or a duty that ended.
    #[serde(default, deserialize_with = "value::optional_date")]
    pub until: Option<PartialDate>,
    /// How often it falls due: "yearly from 2018-01-01".
    #[serde(default)]
    pub recurrence: Option<String>,
    /// Limits on amounts; several are alternatives of which the lower holds.
    #[serde(default, rename = "cap")]
    pub caps: Vec<Cap>,
    /// What is excepted.
    #[serde(default, rename = "exemption")]
    pub exemptions: Vec<Exemption>,
    /// Reports that are due.
    #[serde(default, rename = "report")]
    pub reports: Vec<Report>,
    /// Rival readings.
    #[serde(default, rename = "reading")]
    pub readings: Vec<Reading>,
    /// Duties that this one replaces or hardens.
    #[serde(default)]
    pub supersedes: Vec<String>,
    /// What it is about: `workers`, `fuel`.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Measures whose figures bear on it.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Words that tie a sentence to it.
    #[serde(default)]
    pub cues: Words,
    /// Words that show that another thing is meant.
    #[serde(default)]
    pub not: Words,
    /// A remark for editors.
    #[serde(default)]
    pub note: Option<String>,
    /// Addresses of pages that state it.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What the date alone says about a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueState {
    /// It does not hold yet.
    NotInForce,
    /// It holds and has no deadline.
    InForce,
    /// Its deadline lies ahead.
    NotYetDue,
    /// Today is the deadline.
    Due,
    /// Its deadline is over; whether it was done the date does not say.
    PastDue,
    /// It no longer holds.
    Lapsed,
}

impl DueState {
    /// The word in files and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotInForce => "not_in_force",
            Self::InForce => "in_force",
            Self::NotYetDue => "not_yet_due",
            Self::Due => "due",
            Self::PastDue => "past_due",
            Self::Lapsed => "lapsed",
        }
    }
}

impl Obligation {
    /// What `on` says about it, given when the instrument was adopted.
    ///
    /// A deadline that is known to the month or year is past due when that month or year is over.
    pub fn state_on(&self, on: Date, adopted: Option<PartialDate>) -> DueState {
        let interval = |d: Option<PartialDate>| d.and_then(PartialDate::interval);
        let starts = interval(self.from.or(adopted)).and_then(|i| i.start());
        if starts.is_some_and(|start| on < start) {
            return DueState::NotInForce;
        }
        if interval(self.until)
            .and_then(|i| i.end())
            .is_some_and(|end| end < on)
        {
            return DueState::Lapsed;
        }
        let Some(due) = interval(self.deadline.as_ref().map(|d| d.date)) else {
            return DueState::InForce;
        };
        match (due.start(), due.end()) {
            (_, Some(end)) if end < on => DueState::PastDue,
            (Some(start), _) if on < start => DueState::NotYetDue,
            _ => DueState::Due,
        }
    }
}
