//! Which claims belong to which duty, and what is computed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Decimal, Modality, Polarity, Proposition};

use super::{Computed, Duty, PartyRecord, ReadingRow, ReportRow, ReportState, Statement};
use crate::{
    Axes, Bag, Band, Conflict, ConflictKind, Entry, Lexicon, Nature,
    compare::{DutyStance, Standing, amount, is_reading, judge, party_of},
    entry::in_order,
};

/// A duty's action, deadline and the pack's rule, against which figures are held.
type Due<'a> = (&'a str, Option<Date>, Option<&'a verbale_pack::Obligation>);

/// What identifies a duty while claims are sorted into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    instrument: String,
    paragraph: Option<String>,
    /// For promises and demands, which have no paragraph: what is to be done.
    action: String,
}

/// The claims of one duty.
#[derive(Default)]
struct Draft<'a> {
    /// Obligation claims.
    told: Vec<Entry<'a>>,
    /// Status claims.
    conduct: Vec<Entry<'a>>,
}

/// All duties of these claims as they stand on the day `on`, by instrument and paragraph.
pub fn obligations(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Duty> {
    let entries = in_order(entries);
    let drafts = drafts(lexicon, &entries);
    drafts
        .iter()
        .map(|(key, draft)| duty(lexicon, key, draft, &entries, on))
        .collect()
}

/// Each claim that a duty was kept, against each figure that counts what was left after its deadline.
pub fn against_computed(lexicon: &Lexicon, entries: &[Entry<'_>], on: Date) -> Vec<Conflict> {
    let entries = in_order(entries);
    let find = |id: ClaimId| entries.iter().copied().find(|e| e.id() == id);
    // Copies of a statement, or of a count, would repeat each conflict: the first of each stands for them.
    let mut conflicts: BTreeMap<_, Conflict> = BTreeMap::new();
    for duty in obligations(lexicon, &entries, on) {
        for record in &duty.parties {
            let Computed::Residual(figures) = &record.computed else {
                continue;
            };
            let is_after = |s: &&Statement| s.is_kept == Some(true) && s.said > duty.deadline;
            for statement in record.statements.iter().filter(is_after) {
                for left in figures.iter().filter_map(|f| find(*f)) {
                    let Some(kept) = find(statement.claim) else {
                        continue;
                    };
                    let saying = (
                        statement.speaker.clone(),
                        statement.said,
                        left.figure().map(amount),
                        left.when().interval().map(|i| i.start()),
                    );
                    let conflict = residual_conflict(&duty, kept, left);
                    let first = conflicts.entry(saying).or_insert_with(|| conflict.clone());
                    *first = first.clone().min(conflict);
                }
            }
        }
    }
    let mut conflicts: Vec<Conflict> = conflicts.into_values().collect();
    conflicts.sort();
    conflicts
}

fn residual_conflict(duty: &Duty, kept: Entry<'_>, left: Entry<'_>) -> Conflict {
    let (a, b) = if kept.id() <= left.id() {
        (kept, left)
    } else {
        (left, kept)
    };
    let deadline = duty.deadline.map_or_else(String::new, |d| d.to_string());
    let count = left.figure().map(amount).unwrap_or_default();
    Conflict {
        pair: (a.id(), b.id()),
        kind: ConflictKind::AgainstComputed,
        reason: format!(
            "{} asserts that the duty due {deadline} is kept; {} counts {count} after it.",
            kept.voice(),
            left.voice(),
        ),
        quotes: (a.quote().to_owned(), b.quote().to_owned()),
        voices: (a.voice(), b.voice()),
    }
}

fn drafts<'a>(lexicon: &Lexicon, entries: &[Entry<'a>]) -> BTreeMap<Key, Draft<'a>> {
    let mut drafts: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
    for entry in entries {
        if let Proposition::Obligation(o) = &entry.claim.proposition {
            drafts
                .entry(key_of(lexicon, o))
                .or_default()
                .told
                .push(*entry);
        }
    }
    let drafts = with_paragraphs(lexicon, drafts);
    let subjects: Vec<(Key, Bag)> = drafts
        .iter()
        .map(|(k, d)| (k.clone(), subject_of(lexicon, k, d)))
        .collect();
    let mut drafts = drafts;
    for entry in entries {
        if let Some(status) = entry.status()
            && let Standing::Duty(_) = Standing::of(lexicon, status)
            && let Some(key) = duty_of(&Bag::of(lexicon, &status.subject), &subjects)
        {
            drafts.entry(key.clone()).or_default().conduct.push(*entry);
        }
    }
    drafts
}

fn key_of(lexicon: &Lexicon, o: &verbale_core::Obligation) -> Key {
    let name = o.instrument.as_deref().unwrap_or_default();
    let bare = name.split_once(" [").map_or(name, |(before, _)| before);
    let known = lexicon.packs().instrument_named(bare);
    let instrument = known.map_or_else(
        || distinctive(lexicon, name).to_string(),
        |m| m.instrument.id.clone(),
    );
    // A promise, a demand or a recommendation is a duty of its own.
    let stands_alone = instrument.is_empty();
    let action = if stands_alone {
        Bag::of(lexicon, &o.action).to_string()
    } else {
        String::new()
    };
    Key {
        instrument,
        paragraph: o.paragraph.clone(),
        action,
    }
}

/// The words of a legal text's name that tell it from others.
fn distinctive(lexicon: &Lexicon, name: &str) -> Bag {
    let mut bag = Bag::of(lexicon, name);
    let is_common = |s: &str| COMMON.contains(&s) || s.chars().all(|c| c.is_ascii_digit());
    bag.retain(|s| !is_common(s));
    bag
}

/// Words that any legal text can have, those that stand for none, and months of adoption.
const COMMON: &[&str] = &[
    "agreement",
    "appeal",
    "april",
    "article",
    "august",
    "call",
    "charter",
    "clause",
    "code",
    "commitment",
    "compact",
    "convention",
    "court",
    "deadline",
    "december",
    "decree",
    "demand",
    "election",
    "february",
    "january",
    "judgment",
    "july",
    "june",
    "law",
    "letter",
    "march",
    "may",
    "november",
    "october",
    "order",
    "pact",
    "paragraph",
    "pledge",
    "promise",
    "protocol",
    "recommendation",
    "request",
    "resolution",
    "rule",
    "self",
    "september",
    "statute",
    "treaty",
    "truce",
];

/// Moves what is told without a paragraph to the paragraph of its instrument that has its deadline or its words.
fn with_paragraphs<'a>(
    lexicon: &Lexicon,
    drafts: BTreeMap<Key, Draft<'a>>,
) -> BTreeMap<Key, Draft<'a>> {
    let mut out: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
    let (loose, mut told): (Vec<_>, Vec<_>) = drafts
        .into_iter()
        .flat_map(|(key, draft)| draft.told.into_iter().map(move |e| (key.clone(), e)))
        .partition(|(key, _)| key.paragraph.is_none() && !key.instrument.is_empty());
    for (key, entry) in loose {
        let is_same = |(other, e): &&(Key, Entry<'a>)| {
            other.instrument == key.instrument
                && other.paragraph.is_some()
                && tell_one_duty(lexicon, entry, *e)
        };
        let found: BTreeSet<Key> = told
            .iter()
            .filter(is_same)
            .map(|(k, _)| k.clone())
            .collect();
        let only = found.into_iter().next();
        told.push((only.unwrap_or(key), entry));
    }
    for (key, entry) in told {
        out.entry(key).or_default().told.push(entry);
    }
    for draft in out.values_mut() {
        draft.told.sort_by_key(Entry::id);
    }
    out
}

/// True if two tellings have one deadline, or share two words of what is to be done.
fn tell_one_duty(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> bool {
    let (Proposition::Obligation(x), Proposition::Obligation(y)) =
        (&a.claim.proposition, &b.claim.proposition)
    else {
        return false;
    };
    let end = |o: &verbale_core::Obligation| {
        o.deadline
            .as_ref()
            .and_then(|t| t.interval)
            .and_then(|i| i.end())
    };
    let one_deadline = end(x).is_some() && end(x) == end(y);
    one_deadline || Bag::of(lexicon, &x.action).n_shared(&Bag::of(lexicon, &y.action)) >= 2
}

/// The words by which a status can name a duty: those of its instrument, parties and actions.
fn subject_of(lexicon: &Lexicon, key: &Key, draft: &Draft<'_>) -> Bag {
    let told = draft
        .told
        .iter()
        .filter_map(|e| match &e.claim.proposition {
            Proposition::Obligation(o) => Some(o),
            _ => None,
        });
    let instrument: Bag = key
        .instrument
        .split(' ')
        .filter(|s| !s.is_empty())
        .collect();
    told.fold(instrument, |bag, o| {
        let words = [o.instrument.as_deref(), o.party.as_deref(), Some(&o.action)];
        words
            .into_iter()
            .flatten()
            .fold(bag, |bag, text| bag.with(&Bag::of(lexicon, text)))
    })
}

/// The duty whose words a status shares most; at least two, so that a party's name alone decides nothing.
fn duty_of<'k>(subject: &Bag, duties: &'k [(Key, Bag)]) -> Option<&'k Key> {
    let shared = duties.iter().map(|(key, bag)| (subject.n_shared(bag), key));
    // Of equals, the one with a paragraph: a status speaks of the duty that everybody quotes.
    let rank = |(n, key): &(usize, &'k Key)| (*n, key.paragraph.is_some(), std::cmp::Reverse(*key));
    let best = shared.filter(|(n, _)| *n >= 2).max_by_key(rank)?;
    Some(best.1)
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

/// The conduct of each party: the words before a stroke in the subject, else the party of the duty.
fn parties(
    lexicon: &Lexicon,
    draft: &Draft<'_>,
    entries: &[Entry<'_>],
    due: Due<'_>,
    on: Date,
) -> Vec<PartyRecord> {
    let mut records: BTreeMap<Bag, (String, Vec<Entry<'_>>)> = BTreeMap::new();
    for entry in &draft.conduct {
        let name = party_in(*entry, draft);
        let record = records
            .entry(Bag::of(lexicon, &name))
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

fn party_in(entry: Entry<'_>, draft: &Draft<'_>) -> String {
    let subject = entry
        .status()
        .map(|s| s.subject.as_str())
        .unwrap_or_default();
    if let Some(party) = entry.status().and_then(party_of) {
        return party.to_owned();
    }
    let of_duty = draft.told.iter().find_map(|e| match &e.claim.proposition {
        Proposition::Obligation(o) => o.party.clone(),
        _ => None,
    });
    of_duty.unwrap_or_else(|| subject.to_owned())
}

fn statement(lexicon: &Lexicon, e: Entry<'_>, party: &Bag) -> Statement {
    let speaker = e.claim.attribution.speaker.as_ref();
    let own = speaker.is_some_and(|s| {
        let org = s.org.as_deref().unwrap_or_default();
        let who = Bag::of(lexicon, &s.name).with(&Bag::of(lexicon, org));
        who.n_shared(party) > 0
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
        let axes = Axes::of(lexicon, figure, e.claim.modality);
        let counts = match &axes.measure {
            Some(id) => {
                rule.is_some_and(|r| r.measures.contains(id)) && axes.nature == Nature::Stock
            }
            None => {
                let unit = figure.quantity.unit.as_deref().unwrap_or_default();
                let words = Bag::of(lexicon, &format!("{} {unit}", figure.subject));
                let stems = lexicon.stems(&figure.subject);
                let is_undone = stems.iter().any(|s| LEFT_UNDONE.contains(&s.as_str()));
                is_undone && words.n_shared(&wanted) >= 2
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

fn reports(
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
