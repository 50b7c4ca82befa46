//! What is said about each party, and what dates, figures and reports on file imply.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Polarity};

use super::{
    Computed, PartyRecord, ReportRow, ReportState, Statement,
    ledger::Due,
    party::{party, state_of},
};
use crate::{
    Bag, Entry, Lexicon,
    compare::{DutyStance, Standing, party_of},
};

/// The conduct of each party: the words before a stroke in the subject, else the party of the duty.
pub(super) fn parties(
    lexicon: &Lexicon,
    conduct: &[Entry<'_>],
    due: &Due<'_>,
    residual: &BTreeMap<Bag, BTreeSet<ClaimId>>,
    on: Date,
) -> Vec<PartyRecord> {
    let mut records: BTreeMap<Bag, (String, Vec<Entry<'_>>)> = BTreeMap::new();
    for entry in conduct {
        let name = party_in(lexicon, *entry, due);
        let record = records
            .entry(party(lexicon, &name))
            .or_insert((name, Vec::new()));
        record.1.push(*entry);
    }
    let left = |party: &Bag| residual.get(party).into_iter().flatten().copied().collect();
    let record = |(bag, (party, mut conduct)): (Bag, (String, Vec<Entry<'_>>))| {
        conduct.sort_by_key(|e| (e.spoken_by().is_none(), e.spoken_by(), e.id()));
        PartyRecord {
            statements: conduct
                .iter()
                .map(|e| statement(lexicon, *e, &bag))
                .collect(),
            computed: computed(due.deadline, on, left(&bag)),
            party,
        }
    };
    records.into_iter().map(record).collect()
}

/// Of whom a statement on conduct speaks, by the name to show.
pub(super) fn party_in(lexicon: &Lexicon, entry: Entry<'_>, due: &Due<'_>) -> String {
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
    due.party.clone().unwrap_or_else(|| subject.to_owned())
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
            to: lexicon.packs().name_of(&r.to).unwrap_or(&r.to).to_owned(),
            state,
        }
    };
    rule.reports.iter().map(row).collect()
}
