//! The duties of a case, put together part by part, so that its claims need not be held at once.
//!
//! First come the claims that tell duties, one legal text after the other ([`Duties::tell`]); then what is said of
//! keeping and reading them, page by page ([`Duties::say`]); then figures that may count what was left undone
//! ([`Duties::count`]). What is kept of a claim meanwhile is its id. In the end each duty asks for its claims.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_core::{ClaimId, Proposition};

use super::{
    Duty,
    draft::{Key, subject_of, text_of, told_by_key},
    ledger::{Due, duty},
    left::{Left, may_be_left_undone},
    party::party,
    record::party_in,
    subjects::Postings,
    tie::{is_about_meaning, rule_in, words_of},
};
use crate::{
    Bag, Entry, Lexicon,
    compare::{Standing, party_of},
    entry::in_order,
};

/// What a claim is to the duties, so that a case can keep each sort under a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyPart {
    /// It tells a duty; the claims of one text must come together.
    Told(String),
    /// It says that a duty was kept or broken, or what it means.
    Said,
    /// It may count what was left undone.
    Left,
}

impl DutyPart {
    /// What a claim is to the duties, if anything.
    pub fn of(lexicon: &Lexicon, entry: Entry<'_>) -> Option<Self> {
        match &entry.claim.proposition {
            Proposition::Obligation(o) => Some(Self::Told(text_of(lexicon, entry, o))),
            Proposition::Status(_) if is_conduct(lexicon, entry) => Some(Self::Said),
            Proposition::Position(_) if is_about_meaning(lexicon, entry) => Some(Self::Said),
            Proposition::Figure(_) if may_be_left_undone(lexicon, entry) => Some(Self::Left),
            _ => None,
        }
    }

    /// The name for filing.
    pub fn name(&self) -> &str {
        match self {
            Self::Told(text) => text,
            Self::Said => "said",
            Self::Left => "left",
        }
    }
}

fn is_conduct(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let standing = entry.status().map(|s| Standing::of(lexicon, s));
    matches!(standing, Some(Standing::Duty(_)))
}

/// The duties as far as claims have been sorted into them.
#[derive(Debug)]
pub struct Duties<'l> {
    lexicon: &'l Lexicon,
    found: Vec<Found<'l>>,
    numbers: BTreeMap<Key, usize>,
    told: BTreeMap<ClaimId, usize>,
    subjects: Postings,
    left: Option<Left>,
}

/// One duty with the ids of its claims.
#[derive(Debug)]
struct Found<'l> {
    key: Key,
    due: Due<'l>,
    claims: Vec<ClaimId>,
    /// For each party of whom something is said: the figures that count what it left undone.
    parties: BTreeMap<Bag, BTreeSet<ClaimId>>,
}

impl<'l> Duties<'l> {
    /// None yet.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            found: Vec::new(),
            numbers: BTreeMap::new(),
            told: BTreeMap::new(),
            subjects: Postings::default(),
            left: None,
        }
    }

    /// Takes all claims that tell duties of one text ([`DutyPart::Told`]), or of several texts. Each text once.
    pub fn tell(&mut self, entries: &[Entry<'_>]) {
        for (key, told) in told_by_key(self.lexicon, &in_order(entries)) {
            let number = self.number(&key, &told);
            self.subjects
                .add(number, &subject_of(self.lexicon, &key, &told));
            self.told.extend(told.iter().map(|e| (e.id(), number)));
            self.found[number].claims.extend(told.iter().map(Entry::id));
        }
    }

    /// Takes the claims of one page that tell duties or speak of keeping and reading them. Each page once, after
    /// all texts.
    pub fn say(&mut self, page: &[Entry<'_>]) {
        let page = in_order(page);
        let mut placed: Vec<(usize, Entry<'_>)> = page
            .iter()
            .filter_map(|e| Some((*self.told.get(&e.id())?, *e)))
            .collect();
        let n_told = placed.len();
        let mut loose = Vec::new();
        for entry in page.iter().filter(|e| is_conduct(self.lexicon, **e)) {
            match self.tied(*entry) {
                Some(number) => placed.push((number, *entry)),
                None => loose.push(*entry),
            }
        }
        // "Missed the deadline, but is complying": the second half names no duty and means the one of the first.
        let of_party: Vec<(usize, Entry<'_>)> = loose
            .into_iter()
            .filter_map(|e| {
                let fits = |c| is_one_party(self.lexicon, e, c);
                Some((self.only(&placed, fits)?, e))
            })
            .collect();
        placed.extend(of_party);
        for entry in page.iter().filter(|e| is_about_meaning(self.lexicon, **e)) {
            let of_rule = self.rule(*entry, &words_of(*entry));
            if let Some(number) = of_rule.or_else(|| self.only(&placed, |_| true)) {
                placed.push((number, *entry));
            }
        }
        for (number, entry) in &placed[n_told..] {
            self.keep(*number, *entry);
        }
    }

    /// Takes figures that may count what was left undone ([`DutyPart::Left`]), after all pages.
    pub fn count(&mut self, figures: &[Entry<'_>]) {
        let parties = self.found.iter().enumerate().flat_map(|(number, found)| {
            let parties = found.parties.keys();
            parties.map(move |party| (number, party, &found.due))
        });
        let left = self
            .left
            .take()
            .unwrap_or_else(|| Left::of(self.lexicon, parties));
        for figure in figures {
            for (number, party) in left.counted_by(self.lexicon, *figure) {
                if let Some(ids) = self.found[number].parties.get_mut(party) {
                    ids.insert(figure.id());
                }
            }
        }
        self.left = Some(left);
    }

    /// The claims of each duty, by instrument and paragraph.
    pub fn claims(&self) -> impl Iterator<Item = (DutyNumber, &[ClaimId])> {
        let each = self.numbers.values();
        each.map(|n| (DutyNumber(*n), self.found[*n].claims.as_slice()))
    }

    /// A duty as it stands on the day `on`, from all its claims.
    pub fn duty(&self, number: DutyNumber, entries: &[Entry<'_>], on: Date) -> Duty {
        let found = &self.found[number.0];
        let entries = in_order(entries);
        duty(
            self.lexicon,
            &found.key,
            &found.due,
            &entries,
            &found.parties,
            on,
        )
    }

    fn number(&mut self, key: &Key, told: &[Entry<'_>]) -> usize {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.found.len();
        self.found.push(Found {
            due: Due::of(self.lexicon, key, told),
            key: key.clone(),
            claims: Vec::new(),
            parties: BTreeMap::new(),
        });
        self.numbers.insert(key.clone(), number);
        number
    }

    /// The duty that a statement on conduct names: by a pack's cues, else by shared words.
    fn tied(&mut self, entry: Entry<'_>) -> Option<usize> {
        let subject = &entry.status()?.subject;
        self.rule(entry, subject)
            .or_else(|| self.best(&Bag::of(self.lexicon, subject)))
    }

    fn rule(&mut self, entry: Entry<'_>, instrument: &str) -> Option<usize> {
        let rule = rule_in(self.lexicon, entry, instrument, &words_of(entry))?;
        Some(self.number(&Key::of_rule(rule), &[]))
    }

    /// The duty whose words a status shares most; at least two, so that a party's name alone decides nothing.
    fn best(&self, subject: &Bag) -> Option<usize> {
        let rank = |(number, n): &(usize, usize)| {
            let key = &self.found[*number].key;
            // Of equals, the one with a paragraph: a status speaks of the duty that everybody quotes.
            (*n, key.paragraph.is_some(), std::cmp::Reverse(key))
        };
        let best = self.subjects.sharing(subject).max_by_key(|x| rank(x));
        best.map(|(number, _)| number)
    }

    /// The only duty about which the page says something that `fits`.
    fn only<'a>(
        &self,
        placed: &[(usize, Entry<'a>)],
        fits: impl Fn(Entry<'a>) -> bool,
    ) -> Option<usize> {
        let of_rule = |number: usize| self.found[number].key.paragraph.is_some();
        let fitting = placed.iter().filter(|(n, e)| of_rule(*n) && fits(*e));
        let found: BTreeSet<usize> = fitting.map(|(n, _)| *n).collect();
        let only = found.first().copied();
        only.filter(|_| found.len() == 1)
    }

    fn keep(&mut self, number: usize, entry: Entry<'_>) {
        let found = &mut self.found[number];
        found.claims.push(entry.id());
        if entry.status().is_some() {
            let name = party_in(self.lexicon, entry, &found.due);
            let party = party(self.lexicon, &name);
            found.parties.entry(party).or_default();
            self.left = None;
        }
    }
}

/// Which of the duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyNumber(usize);

/// True if two statuses are about one party, or one speaker says both.
fn is_one_party(lexicon: &Lexicon, a: Entry<'_>, b: Entry<'_>) -> bool {
    let of = |e: Entry<'_>| {
        let subject = e.status().map(|s| party_of(s).unwrap_or(&s.subject))?;
        Some(party(lexicon, subject))
    };
    let parties = (of(a), of(b));
    parties.0.is_some() && parties.0 == parties.1
        || a.speaker().is_some() && a.speaker() == b.speaker()
}
