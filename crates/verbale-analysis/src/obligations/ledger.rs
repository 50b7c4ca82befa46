//! The duties, each with what the claims and the packs tell of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_core::{ClaimId, Obligation, PageId, Polarity, Proposition};

use super::{
    Duties, Duty, ReadingRow,
    draft::Key,
    record::{parties, reports},
};
use crate::{
    Bag, ConflictKind, Entry, Lexicon,
    compare::{is_reading, judge},
    entry::in_order,
};

/// All duties of these claims as they stand on the day `on`, by instrument and paragraph.
pub fn obligations(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Duty> {
    let entries = in_order(entries);
    let mut duties = Duties::new(lexicon);
    duties.tell(&entries);
    let mut pages: BTreeMap<PageId, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in &entries {
        pages.entry(entry.page).or_default().push(*entry);
    }
    pages.values().for_each(|page| duties.say(page));
    duties.count(&entries);
    let by_id: BTreeMap<ClaimId, Entry<'_>> = entries.iter().map(|e| (e.id(), *e)).collect();
    let of = |ids: &[ClaimId]| -> Vec<Entry<'_>> {
        ids.iter().filter_map(|id| by_id.get(id).copied()).collect()
    };
    duties
        .claims()
        .map(|(number, ids)| duties.duty(number, &of(ids), on))
        .collect()
}

/// What is due by when, without the claims that say so.
#[derive(Debug)]
pub(super) struct Due<'l> {
    /// The pack's rule.
    pub(super) rule: Option<&'l verbale_pack::Obligation>,
    /// What must be done, in the pack's words, else those of the first claim.
    pub(super) action: String,
    /// The last day on which it is in time.
    pub(super) deadline: Option<Date>,
    /// Who must do it, by the first claim that says so.
    pub(super) party: Option<String>,
}

impl<'l> Due<'l> {
    /// For a duty that these claims tell.
    pub(super) fn of(lexicon: &'l Lexicon, key: &Key, told: &[Entry<'_>]) -> Self {
        let is_rule = |o: &&verbale_pack::Obligation| {
            o.instrument == key.instrument && Some(&o.paragraph) == key.paragraph.as_ref()
        };
        let rule = lexicon.packs().obligations().iter().find(is_rule);
        let told: Vec<&Obligation> = told.iter().filter_map(|e| told_in(*e)).collect();
        let action = rule
            .map(|r| r.action.clone())
            .or_else(|| told.first().map(|o| o.action.clone()));
        Self {
            rule,
            action: action.unwrap_or_default(),
            deadline: deadline(rule, &told),
            party: told.iter().find_map(|o| o.party.clone()),
        }
    }
}

fn told_in<'a>(entry: Entry<'a>) -> Option<&'a Obligation> {
    match &entry.claim.proposition {
        Proposition::Obligation(o) => Some(o),
        _ => None,
    }
}

/// A duty from all its claims.
pub(super) fn duty(
    lexicon: &Lexicon,
    key: &Key,
    due: &Due<'_>,
    entries: &[Entry<'_>],
    residual: &BTreeMap<Bag, BTreeSet<ClaimId>>,
    on: Date,
) -> Duty {
    let instruments = lexicon.packs().instruments();
    let instrument = instruments.iter().find(|i| i.id == key.instrument);
    let told: Vec<(Entry<'_>, &Obligation)> = entries
        .iter()
        .filter_map(|e| Some((*e, told_in(*e)?)))
        .collect();
    let conduct: Vec<Entry<'_>> = entries
        .iter()
        .copied()
        .filter(|e| e.status().is_some())
        .collect();
    let mut readings: Vec<ReadingRow> = told.iter().map(|(e, o)| reading(*e, o)).collect();
    readings.extend(entries.iter().filter_map(|e| meaning(*e)));
    let rule = due.rule;
    readings.extend(
        rule.into_iter()
            .flat_map(|r| &r.readings)
            .map(|r| pack_reading(lexicon, r)),
    );
    readings.sort_by(|a, b| {
        (a.said.is_none(), a.said, a.claim, &a.action).cmp(&(
            b.said.is_none(),
            b.said,
            b.claim,
            &b.action,
        ))
    });
    let names = told.iter().find_map(|(_, o)| o.instrument.clone());
    Duty {
        instrument: instrument
            .map(|i| i.title.clone())
            .or(names)
            .unwrap_or_default(),
        paragraph: key.paragraph.clone(),
        pack_id: rule.map(|r| r.id.clone()),
        parties: parties(lexicon, &conduct, due, residual, on),
        is_disputed: is_disputed(lexicon, &told) || rule.is_some_and(|r| r.readings.len() > 1),
        reports: rule.map_or_else(Vec::new, |r| reports(lexicon, r, &conduct, on)),
        readings,
        action: due.action.clone(),
        deadline: due.deadline,
    }
}

/// The pack's deadline, else the earliest that a claim which is no demand states to the day or month.
fn deadline(rule: Option<&verbale_pack::Obligation>, told: &[&Obligation]) -> Option<Date> {
    let of_pack = rule
        .and_then(|r| r.deadline.as_ref())
        .and_then(|d| d.date.interval())
        .and_then(|i| i.end());
    let of_claims = told
        .iter()
        .filter_map(|o| o.deadline.as_ref()?.interval?.end());
    of_pack.or_else(|| of_claims.min())
}

fn reading(e: Entry<'_>, o: &Obligation) -> ReadingRow {
    ReadingRow {
        claim: Some(e.id()),
        said: e.spoken_by(),
        holder: e.speaker().map(str::to_owned),
        action: o.action.clone(),
        is_reading: is_reading(e),
        is_denied: e.claim.polarity == Polarity::Denied,
    }
}

/// A position on what the duty means, as a reading of its holder.
fn meaning(e: Entry<'_>) -> Option<ReadingRow> {
    let Proposition::Position(position) = &e.claim.proposition else {
        return None;
    };
    Some(ReadingRow {
        claim: Some(e.id()),
        said: e.spoken_by(),
        holder: e.speaker().map(str::to_owned),
        action: position.stance.clone(),
        is_reading: true,
        is_denied: e.claim.polarity == Polarity::Denied,
    })
}

fn pack_reading(lexicon: &Lexicon, r: &verbale_pack::Reading) -> ReadingRow {
    ReadingRow {
        claim: None,
        said: r
            .said
            .and_then(verbale_core::PartialDate::interval)
            .and_then(|i| i.end()),
        holder: Some(holder(lexicon, &r.holder)),
        action: r.text.clone(),
        is_reading: true,
        is_denied: false,
    }
}

/// The names behind a pack's `DE+27`: ids, and how many others.
fn holder(lexicon: &Lexicon, ids: &str) -> String {
    let name = |id: &str| match id.parse::<u32>() {
        Ok(n_others) => format!("{n_others} others"),
        Err(_) => lexicon.packs().name_of(id).unwrap_or(id).to_owned(),
    };
    let names: Vec<String> = ids.split('+').map(name).collect();
    names.join(" and ")
}

/// Against how many further tellings each is held: a rule that hundreds of pages tell is disputed early or never.
const MOST_TELLINGS: usize = 512;

fn is_disputed(lexicon: &Lexicon, told: &[(Entry<'_>, &Obligation)]) -> bool {
    told.iter().enumerate().any(|(i, (a, _))| {
        let others = told[i + 1..].iter().take(MOST_TELLINGS);
        let mut others = others.map(|(b, _)| judge(lexicon, *a, *b).answer);
        others.any(|answer| answer == Ok(ConflictKind::RivalReadings))
    })
}
