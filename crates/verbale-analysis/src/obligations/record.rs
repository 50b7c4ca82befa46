//! What is said about each party, and what dates, figures and reports on file imply.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Decimal, Modality, Polarity, Proposition};

use super::{
    Computed, PartyRecord, ReportRow, ReportState, Statement,
    draft::Draft,
    party::{party, state_of},
};
use crate::{
    Axes, Bag, Band, Entry, Lexicon, Nature,
    compare::{DutyStance, Standing, party_of},
};

/// A duty's action, deadline and the pack's rule, against which figures are held.
pub(super) type Due<'a> = (&'a str, Option<Date>, Option<&'a verbale_pack::Obligation>);

/// The conduct of each party: the words before a stroke in the subject, else the party of the duty.
pub(super) fn parties(
    lexicon: &Lexicon,
    draft: &Draft<'_>,
    entries: &[Entry<'_>],
    due: Due<'_>,
    on: Date,
) -> Vec<PartyRecord> {
    let mut records: BTreeMap<Bag, (String, Vec<Entry<'_>>)> = BTreeMap::new();
    for entry in &draft.conduct {
        let name = party_in(lexicon, *entry, draft);
        let record = records
            .entry(party(lexicon, &name))
            .or_insert((name, Vec::new()));
        record.1.push(*entry);
    }
    let residual = |party: &Bag| residual(lexicon, entries, due, party);
    let record = |(bag, (party, mut conduct)): (Bag, (String, Vec<Entry<'_>>))| {
        conduct.sort_by_key(|e| (e.spoken_by().is_none(), e.spoken_by(), e.id()));
        PartyRecord {
            statements: conduct
                .iter()
                .map(|e| statement(lexicon, *e, &bag))
                .collect(),
            computed: computed(due.1, on, residual(&bag)),
            party,
        }
    };
    records.into_iter().map(record).collect()
}

fn party_in(lexicon: &Lexicon, entry: Entry<'_>, draft: &Draft<'_>) -> String {
    let subject = entry
        .status()
        .map(|s| s.subject.as_str())
        .unwrap_or_default();
    if let Some(party) = entry.status().and_then(party_of) {
        return usual_name(lexicon, party);
    }
    if state_of(lexicon, subject).is_some() {
        return usual_name(lexicon, subject);
    }
    let of_duty = draft.told.iter().find_map(|e| match &e.claim.proposition {
        Proposition::Obligation(o) => o.party.clone(),
        _ => None,
    });
    of_duty.unwrap_or_else(|| subject.to_owned())
}

/// A state by its usual name, so that its capital and its offices do not look like others.
fn usual_name(lexicon: &Lexicon, words: &str) -> String {
    let id = state_of(lexicon, words);
    let name = id.as_deref().and_then(|id| lexicon.packs().name_of(id));
    name.unwrap_or(words).to_owned()
}

fn statement(lexicon: &Lexicon, e: Entry<'_>, party: &Bag) -> Statement {
    let speaker = e.claim.attribution.speaker.as_ref();
    let own = speaker.is_some_and(|s| {
        let org = s.org.as_deref().unwrap_or_default();
        let who = Bag::of(lexicon, &s.name).with(&Bag::of(lexicon, org));
        let states = [&s.name, org].map(|name| self::party(lexicon, name));
        who.n_shared(party) > 0 || states.iter().any(|state| state == party)
    });
    let status = e.status();
    let is_denied = e.claim.polarity == Polarity::Denied;
    let is_kept = status.and_then(|s| match Standing::of(lexicon, s) {
        Standing::Duty(stance) => Some((stance == DutyStance::Kept) != is_denied),
        _ => None,
    });
    Statement {
        claim: e.id(),
        said: e.spoken_by(),
        speaker: e.speaker().map(str::to_owned),
        act: e.claim.attribution.act,
        status: status.map(|s| s.status.clone()).unwrap_or_default(),
        is_kept,
        is_own: own || e.claim.attribution.act == Act::Admit,
        quote: e.quote().to_owned(),
    }
}

fn computed(deadline: Option<Date>, on: Date, residual: Vec<ClaimId>) -> Computed {
    match deadline {
        None => Computed::NoDeadline,
        Some(due) if on < due => Computed::NotYetDue,
        Some(due) if on == due => Computed::Due,
        Some(_) if residual.is_empty() => Computed::PastDue,
        Some(_) => Computed::Residual(residual),
    }
}

/// Words of figures that count what has not been done yet.
const LEFT_UNDONE: &[&str] = &[
    "held",
    "remain",
    "remaining",
    "remained",
    "rest",
    "still",
    "wait",
    "waiting",
    "without",
    "yet",
];

/// The figures above zero that count, after the deadline, what was to be done.
fn residual(lexicon: &Lexicon, entries: &[Entry<'_>], due: Due<'_>, party: &Bag) -> Vec<ClaimId> {
    let (action, Some(deadline), rule) = due else {
        return Vec::new();
    };
    let mut wanted = Bag::of(lexicon, action);
    wanted.retain(|s| !party.contains(s));
    let is_left = |e: &&Entry<'_>| {
        let Some(figure) = e.figure() else {
            return false;
        };
        let is_after = e
            .when()
            .interval()
            .and_then(|i| i.start())
            .is_some_and(|d| d > deadline);
        let is_actual =
            e.claim.polarity == Polarity::Asserted && e.claim.modality == Modality::Actual;
        let low = Band::of(lexicon, &figure.quantity).and_then(|b| b.low);
        let is_some = low.is_some_and(|l| l.at > Decimal::ZERO);
        let axes = Axes::of_entry(lexicon, **e, figure);
        let counts = match &axes.measure {
            Some(id) => {
                rule.is_some_and(|r| r.measures.contains(id)) && axes.nature == Nature::Stock
            }
            None => {
                let unit = figure.quantity.unit.as_deref().unwrap_or_default();
                let words = Bag::of(lexicon, &format!("{} {unit}", figure.subject));
                says_left_undone(lexicon, &figure.subject) && words.n_shared(&wanted) >= 2
            }
        };
        let is_there = axes.measure.is_none() || axes.place.n_shared(party) > 0;
        is_after && is_actual && is_some && counts && is_there
    };
    let left = entries
        .iter()
        .filter(|e| e.claim.restates.is_none())
        .filter(is_left);
    left.map(Entry::id).collect()
}

/// True for a figure that counts what has not been done by its words, or by a measure that a pack gives a duty.
pub(crate) fn may_be_left_undone(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let Some(figure) = entry.figure() else {
        return false;
    };
    let axes = Axes::of_entry(lexicon, entry, figure);
    let of_duty = |id| {
        let mut rules = lexicon.packs().obligations().iter();
        axes.nature == Nature::Stock && rules.any(|r| r.measures.contains(id))
    };
    match &axes.measure {
        Some(id) => of_duty(id),
        None => says_left_undone(lexicon, &figure.subject),
    }
}

fn says_left_undone(lexicon: &Lexicon, subject: &str) -> bool {
    let stems = lexicon.stems(subject);
    stems.iter().any(|s| LEFT_UNDONE.contains(&s.as_str()))
}

pub(super) fn reports(
    lexicon: &Lexicon,
    rule: &verbale_pack::Obligation,
    conduct: &[Entry<'_>],
    on: Date,
) -> Vec<ReportRow> {
    let is_reported = conduct.iter().filter_map(Entry::status).any(|s| {
        lexicon
            .status(&s.status)
            .is_some_and(|w| w.id == "reported")
    });
    let row = |r: &verbale_pack::Report| {
        let due = r
            .due
            .and_then(verbale_core::PartialDate::interval)
            .and_then(|i| i.end());
        let state = match due {
            _ if is_reported => ReportState::OnFile,
            Some(due) if due < on => ReportState::NotOnFile,
            _ => ReportState::NotYetDue,
        };
        ReportRow {
            id: r.id.clone(),
            due,
            every: r.every.clone(),
            to: r.to.clone(),
            state,
        }
    };
    rule.reports.iter().map(row).collect()
}
