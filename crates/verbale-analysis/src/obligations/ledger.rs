//! The duties, each with what the claims and the packs tell of it.

use jiff::civil::Date;
use verbale_core::{Polarity, Proposition};

use super::{
    Duty, ReadingRow,
    draft::{Draft, Key, drafts},
    record::{parties, reports},
};
use crate::{
    ConflictKind, Entry, Lexicon,
    compare::{is_reading, judge},
    entry::in_order,
};

/// All duties of these claims as they stand on the day `on`, by instrument and paragraph.
pub fn obligations(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Duty> {
    let entries = in_order(entries);
    let drafts = drafts(lexicon, &entries);
    drafts
        .iter()
        .map(|(key, draft)| duty(lexicon, key, draft, &entries, on))
        .collect()
}

fn duty(lexicon: &Lexicon, key: &Key, draft: &Draft<'_>, entries: &[Entry<'_>], on: Date) -> Duty {
    let packs = lexicon.packs();
    let instrument = packs.instruments().iter().find(|i| i.id == key.instrument);
    let rule = packs
        .obligations()
        .iter()
        .find(|o| o.instrument == key.instrument && Some(&o.paragraph) == key.paragraph.as_ref());
    let told: Vec<_> = draft
        .told
        .iter()
        .filter_map(|e| match &e.claim.proposition {
            Proposition::Obligation(o) => Some((*e, o)),
            _ => None,
        })
        .collect();
    let deadline = deadline(rule, &told);
    let mut readings: Vec<ReadingRow> = told.iter().map(|(e, o)| reading(*e, o)).collect();
    readings.extend(draft.meant.iter().filter_map(|e| meaning(*e)));
    readings.extend(rule.into_iter().flat_map(|r| &r.readings).map(pack_reading));
    readings.sort_by(|a, b| {
        (a.said.is_none(), a.said, a.claim, &a.action).cmp(&(
            b.said.is_none(),
            b.said,
            b.claim,
            &b.action,
        ))
    });
    let action = rule
        .map(|r| r.action.clone())
        .or_else(|| told.first().map(|(_, o)| o.action.clone()));
    let action = action.unwrap_or_default();
    let names = told.iter().find_map(|(_, o)| o.instrument.clone());
    Duty {
        instrument: instrument
            .map(|i| i.title.clone())
            .or(names)
            .unwrap_or_default(),
        paragraph: key.paragraph.clone(),
        pack_id: rule.map(|r| r.id.clone()),
        parties: parties(lexicon, draft, entries, (&action, deadline, rule), on),
        is_disputed: is_disputed(lexicon, &draft.told)
            || rule.is_some_and(|r| r.readings.len() > 1),
        reports: rule.map_or_else(Vec::new, |r| reports(lexicon, r, &draft.conduct, on)),
        readings,
        action,
        deadline,
    }
}

/// The pack's deadline, else the earliest that a claim which is no demand states to the day or month.
fn deadline(
    rule: Option<&verbale_pack::Obligation>,
    told: &[(Entry<'_>, &verbale_core::Obligation)],
) -> Option<Date> {
    let of_pack = rule
        .and_then(|r| r.deadline.as_ref())
        .and_then(|d| d.date.interval())
        .and_then(|i| i.end());
    let of_claims = told
        .iter()
        .filter_map(|(_, o)| o.deadline.as_ref()?.interval?.end());
    of_pack.or_else(|| of_claims.min())
}

fn reading(e: Entry<'_>, o: &verbale_core::Obligation) -> ReadingRow {
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

fn pack_reading(r: &verbale_pack::Reading) -> ReadingRow {
    ReadingRow {
        claim: None,
        said: r
            .said
            .and_then(verbale_core::PartialDate::interval)
            .and_then(|i| i.end()),
        holder: Some(r.holder.clone()),
        action: r.text.clone(),
        is_reading: true,
        is_denied: false,
    }
}

fn is_disputed(lexicon: &Lexicon, told: &[Entry<'_>]) -> bool {
    told.iter().enumerate().any(|(i, a)| {
        told[i + 1..]
            .iter()
            .any(|b| judge(lexicon, *a, *b).answer == Ok(ConflictKind::RivalReadings))
    })
}
