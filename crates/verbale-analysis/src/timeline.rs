//! What happened, was said to hold, or falls due, in the order of time; and the bans among it.

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, ClaimKind, Modality, Polarity, Proposition};

use crate::{Bag, Entry, Lexicon, compare::amount, entry::in_order};

/// The clock by which a timeline is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// When it holds: as-of, date, deadline.
    #[default]
    AsOf,
    /// When it was said.
    Said,
    /// When the page was published.
    Published,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// First and last day.
    pub days: (Date, Date),
    /// The claim.
    pub claim: ClaimId,
    /// Its kind; the deadline of an obligation stands on its day.
    pub kind: ClaimKind,
    /// What, in one line: "opening of museum: Adu", "trawlers still held: about 15 trawlers".
    pub what: String,
    /// Where.
    pub place: Option<String>,
    /// Who says so.
    pub voice: String,
    /// Other than actual for plans, demands, possibilities.
    pub modality: Modality,
    /// True if it is denied.
    pub is_denied: bool,
}

/// The claims that have a day on this clock, in the order of time. Repeats on one page are left out.
pub fn timeline(entries: &[Entry<'_>], clock: Clock) -> Vec<Moment> {
    let told = in_order(entries)
        .into_iter()
        .filter(|e| e.claim.restates.is_none());
    let mut moments: Vec<Moment> = told.filter_map(|e| moment(e, clock)).collect();
    moments.sort_by_key(|m| (m.days, m.claim));
    moments
}

/// The line of one claim; `None` if it has no day on this clock.
pub fn moment(entry: Entry<'_>, clock: Clock) -> Option<Moment> {
    let interval = match clock {
        Clock::AsOf => entry.when().interval(),
        Clock::Said => entry
            .claim
            .attribution
            .said_on
            .as_ref()
            .and_then(|t| t.interval),
        Clock::Published => entry.published(),
    }?;
    let (start, end) = (interval.start(), interval.end());
    Some(Moment {
        days: (start.or(end)?, end.or(start)?),
        claim: entry.id(),
        kind: entry.claim.kind(),
        what: in_one_line(entry),
        place: place(entry).map(str::to_owned),
        voice: entry.voice(),
        modality: entry.claim.modality,
        is_denied: entry.claim.polarity == Polarity::Denied,
    })
}

/// A claim in one line, without who says it: "opening of museum: Adu".
pub fn in_one_line(entry: Entry<'_>) -> String {
    match &entry.claim.proposition {
        Proposition::Figure(f) => format!("{}: {}", f.subject, amount(f)),
        Proposition::Status(s) => format!("{}: {}", s.subject, s.status),
        Proposition::Event(e) if e.actors.is_empty() => e.label.clone(),
        Proposition::Event(e) => format!("{}: {}", e.label, e.actors.join(", ")),
        Proposition::Obligation(o) => match &o.party {
            Some(party) => format!("{party} must {}", o.action),
            None => format!("due: {}", o.action),
        },
        Proposition::Position(p) => format!("{}: {}", p.holder, p.stance),
    }
}

fn place(entry: Entry<'_>) -> Option<&str> {
    match &entry.claim.proposition {
        Proposition::Figure(f) => f.place.as_deref(),
        Proposition::Event(e) => e.place.as_deref(),
        _ => None,
    }
}

/// Where a ban or its relief stands, by one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RestrictionState {
    /// It is said to be in force.
    InForce,
    /// It is planned, demanded or possible.
    Proposed,
    /// It is said to be over, or relief to be granted.
    Lifted,
    /// It, or relief from it, is ruled out or denied.
    Refused,
}

impl RestrictionState {
    /// The word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Proposed => "proposed",
            Self::Lifted => "lifted",
            Self::Refused => "refused",
        }
    }
}

/// A ban, closure, quota or blacklisting, or relief from one, as somebody tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// The claim.
    pub claim: ClaimId,
    /// What is restricted, in one line.
    pub what: String,
    /// True for relief: a lifting, a reopening, an exemption.
    pub is_relief: bool,
    /// Where it stands.
    pub state: RestrictionState,
    /// First and last day, where known.
    pub days: Option<(Date, Date)>,
    /// Who says so.
    pub voice: String,
    /// The words.
    pub quote: String,
}

/// Stems of words for what one lays on another.
const BANS: &[&str] = &[
    "ban",
    "banned",
    "barred",
    "blacklist",
    "blacklisted",
    "blacklisting",
    "blockade",
    "cap",
    "embargo",
    "forbidden",
    "moratorium",
    "prohibited",
    "prohibition",
    "quota",
    "restricted",
    "restriction",
    "sanction",
    "tariff",
];

/// Stems of words for what only is a ban if it is the way of others ([`WAYS`]): a closed border, but no closed mine.
const STOPS: &[&str] = &[
    "closed",
    "closing",
    "closure",
    "freeze",
    "frozen",
    "revoked",
    "shut",
    "suspended",
    "suspension",
];

/// Stems of words for what others pass, send through or have by leave.
const WAYS: &[&str] = &[
    "account",
    "accreditation",
    "airspace",
    "asset",
    "border",
    "canal",
    "checkpoint",
    "corridor",
    "crossing",
    "entry",
    "export",
    "frontier",
    "import",
    "licence",
    "license",
    "membership",
    "permit",
    "port",
    "sea",
    "season",
    "sky",
    "strait",
    "trade",
    "transit",
    "travel",
    "visa",
    "waters",
];

/// Beginnings of words for posts, whose state is in the ledger of presence, and for their services.
const POSTS: &[&str] = &[
    "consul", "embass", "legation", "mission", "office", "service",
];

/// Stems of words for relief of any kind.
const EXEMPTIONS: &[&str] = &["exempt", "exemption", "waived", "waiver", "unblocked"];

/// Stems of words for relief if there is a ban or a way of others to be freed: a shortage eases too.
const RELIEF: &[&str] = &[
    "abolish",
    "ease",
    "eased",
    "easing",
    "lift",
    "lifted",
    "lifting",
    "overturn",
    "relief",
    "reopened",
    "reopening",
    "resumed",
    "resumption",
];

/// The bans and reliefs among these claims, in the order of time, undated ones last.
pub fn restrictions(lexicon: &Lexicon, entries: &[Entry<'_>]) -> Vec<Restriction> {
    let told = in_order(entries)
        .into_iter()
        .filter(|e| e.claim.restates.is_none());
    let mut found: Vec<Restriction> = told.filter_map(|e| restriction(lexicon, e)).collect();
    found.sort_by_key(|r| (r.days.is_none(), r.days, r.claim));
    found
}

/// The row of one claim; `None` if it tells no ban and no relief.
pub fn restriction(lexicon: &Lexicon, entry: Entry<'_>) -> Option<Restriction> {
    let (thing, said) = match &entry.claim.proposition {
        Proposition::Status(s) => (s.subject.as_str(), s.status.as_str()),
        Proposition::Event(e) => ("", e.label.as_str()),
        Proposition::Obligation(o) => ("", o.action.as_str()),
        _ => return None,
    };
    let words = Bag::of(lexicon, &without_bodies(said));
    let has = |list: &[&str]| words.iter().any(|s| list.contains(&s));
    let all = Bag::of(lexicon, &without_bodies(thing)).with(&words);
    let is_ban = all.iter().any(|s| BANS.contains(&s));
    // A duty is a ban by its nouns; "closing" in it tells what is to be done.
    let is_duty = entry.claim.kind() == ClaimKind::Obligation;
    let is_way = !is_duty && is_way_of_others(thing, said);
    let is_relief = has(EXEMPTIONS) || has(RELIEF) && (is_ban || is_way);
    if !(is_relief || has(BANS) || has(STOPS) && is_way) {
        return None;
    }
    let interval = entry.when().interval();
    Some(Restriction {
        claim: entry.id(),
        what: in_one_line(entry),
        is_relief,
        state: state(entry, &words, is_relief),
        days: interval.and_then(|i| Some((i.start().or(i.end())?, i.end().or(i.start())?))),
        voice: entry.voice(),
        quote: entry.quote().to_owned(),
    })
}

/// True if others pass what is spoken of, or have it by leave; a name ("Port Amber") is only a name.
fn is_way_of_others(thing: &str, said: &str) -> bool {
    let parts = || [thing, said].into_iter().flat_map(crate::words::words);
    let is_post = |(word, _): (String, bool)| POSTS.iter().any(|p| word.starts_with(p));
    let is_way = |(word, is_name): (String, bool)| {
        !is_name
            && WAYS
                .iter()
                .any(|w| *w == word || *w == crate::words::stem(&word, false))
    };
    // "Closed to trucks", "for flights": whoever is kept out is named.
    let keeps_out = said.contains("closed to ") || said.contains("shut to ");
    !parts().any(is_post) && (keeps_out || parts().any(is_way))
}

/// Words without the names of bodies: who chairs a sanctions committee has restricted nothing.
fn without_bodies(words: &str) -> String {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let is_body = |at: usize| {
        let next = parts.get(at + 1).map(|w| verbale_pack::fold(w));
        next.is_some_and(|w| BODIES.iter().any(|b| w.starts_with(b)))
    };
    let kept = (0..parts.len())
        .filter(|at| !is_body(*at))
        .map(|at| parts[at]);
    kept.collect::<Vec<_>>().join(" ")
}

/// Words for those who watch over restrictions.
const BODIES: &[&str] = &[
    "committee",
    "commission",
    "chief",
    "expert",
    "list",
    "monitor",
    "panel",
    "regime",
    "treaty",
];

/// Stems of words by which something is not done yet.
const TENTATIVE: &[&str] = &[
    "attempt",
    "draft",
    "planned",
    "proposal",
    "proposed",
    "uncertain",
    "unclear",
    "undecided",
];

/// Stems of words by which it came to nothing.
const IN_VAIN: &[&str] = &[
    "blocked",
    "failed",
    "rejected",
    "refused",
    "unsuccessful",
    "vetoed",
];

fn state(entry: Entry<'_>, words: &Bag, is_relief: bool) -> RestrictionState {
    let claim = entry.claim;
    let has = |list: &[&str]| words.iter().any(|s| list.contains(&s));
    let is_asked = claim.attribution.act == Act::Demand || claim.modality != Modality::Actual;
    if claim.polarity == Polarity::Denied || has(IN_VAIN) {
        RestrictionState::Refused
    } else if is_asked || has(TENTATIVE) {
        RestrictionState::Proposed
    } else if is_relief {
        RestrictionState::Lifted
    } else {
        RestrictionState::InForce
    }
}
