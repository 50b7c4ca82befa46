//! Finding what a name, a phrase or a figure means among the packs in use.

use std::collections::BTreeMap;

use verbale_core::{EntityKind, PartialDate};

use crate::{
    Counted, Measure, Obligation, Office, Packs, Person, StatusWord, Words, beginnings::Beginnings,
    file::File, fold,
};

/// Something that a pack names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'p> {
    /// Its id: `KP`, `mfa:RU`, `maria-zakharova`, `outlet:Reuters`, `unscr-2397`.
    pub id: &'p str,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// True if this form points to it only where the document names it otherwise too.
    pub is_weak: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    id: String,
    kind: EntityKind,
    is_weak: bool,
}

/// Names of all packs, folded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    entries: BTreeMap<String, Vec<Entry>>,
    pub(crate) beginnings: Beginnings,
}

impl Names {
    fn add(&mut self, name: &str, id: &str, kind: EntityKind, is_weak: bool) {
        self.beginnings.add(name);
        let entries = self.entries.entry(bare(name)).or_default();
        if !entries.iter().any(|e| e.id == id) {
            entries.push(Entry {
                id: id.to_owned(),
                kind,
                is_weak,
            });
        }
    }

    fn add_words(&mut self, words: &Words, id: &str, kind: EntityKind, is_weak: bool) {
        words
            .iter()
            .for_each(|(_, w)| self.add(w, id, kind, is_weak));
    }

    /// Adds the names of a pack's tables.
    pub(crate) fn add_tables(&mut self, tables: &File) {
        for c in &tables.country {
            self.add_words(&c.names, &c.id, EntityKind::Government, false);
            self.add_words(&c.weak, &c.id, EntityKind::Government, true);
        }
        for i in &tables.institution {
            let kind = if i.kind == "embassy" {
                EntityKind::Post
            } else {
                EntityKind::Organization
            };
            self.add_words(&i.names, &i.id, kind, false);
            self.add_words(&i.weak, &i.id, kind, true);
        }
        for p in &tables.person {
            self.add_words(&p.names, &p.id, EntityKind::Person, false);
        }
        for o in &tables.outlet {
            let id = format!("outlet:{}", o.name);
            o.all_names()
                .for_each(|n| self.add(n, &id, EntityKind::Organization, false));
        }
        for i in &tables.instrument {
            i.right_names()
                .chain(i.slip_names())
                .for_each(|name| self.beginnings.add(name));
            self.add_words(&i.names, &i.id, EntityKind::Instrument, false);
            self.add_words(&i.weak, &i.id, EntityKind::Instrument, true);
            self.add(&i.title, &i.id, EntityKind::Instrument, false);
        }
        for p in &tables.post {
            self.add_words(&p.names, &p.id, EntityKind::Post, false);
        }
        for m in &tables.metonym {
            self.beginnings.add(&m.name);
        }
    }
}

impl Packs {
    /// What a name names, the surest first. Case and a leading article do not matter, except that a short name
    /// in capitals ("WHO", "US") is none in small letters.
    pub fn known(&self, name: &str) -> impl Iterator<Item = Known<'_>> {
        let entries = if is_small_acronym(name) {
            None
        } else {
            self.names.entries.get(&bare(name))
        };
        let mut found: Vec<&Entry> = entries.into_iter().flatten().collect();
        found.sort_by_key(|e| e.is_weak);
        found.into_iter().map(|e| Known {
            id: &e.id,
            kind: e.kind,
            is_weak: e.is_weak,
        })
    }

    /// Letters and digits of the longest name, of whatever the packs name, that may begin as `text` does; 0 if none
    /// may. It may be more than there are, never less.
    pub fn longest_name_from(&self, text: &str) -> usize {
        self.names.beginnings.longest(text)
    }

    /// The usual name of what an id stands for, in English where there is one.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        let country = || self.countries().iter().find(|c| c.id == id)?.names.first();
        let institution = || {
            self.institutions()
                .iter()
                .find(|i| i.id == id)?
                .names
                .first()
        };
        let person = || self.people().iter().find(|p| p.id == id)?.names.first();
        let instrument = || {
            Some(
                self.instruments()
                    .iter()
                    .find(|i| i.id == id)?
                    .title
                    .as_str(),
            )
        };
        let outlet = || {
            let name = id.strip_prefix("outlet:")?;
            self.outlets()
                .iter()
                .find(|o| o.name == name)
                .map(|o| o.name.as_str())
        };
        country()
            .or_else(institution)
            .or_else(person)
            .or_else(instrument)
            .or_else(outlet)
    }

    /// Who held an office of an institution on a day, by what the packs know. An unknown start or end does not exclude.
    pub fn holders(
        &self,
        org: &str,
        on: jiff::civil::Date,
    ) -> impl Iterator<Item = (&Person, &Office)> {
        let org = org.to_owned();
        let holds = move |o: &Office| {
            let start = o
                .from
                .and_then(PartialDate::interval)
                .and_then(|i| i.start());
            let end = o.to.and_then(PartialDate::interval).and_then(|i| i.end());
            o.org == org && start.is_none_or(|s| s <= on) && end.is_none_or(|e| on <= e)
        };
        self.people()
            .iter()
            .flat_map(|p| p.offices.iter().map(move |o| (p, o)))
            .filter(move |(_, o)| holds(o))
    }

    /// The measure that a figure counts: the narrowest whose words all are there.
    pub fn measure_of(&self, what: Counted<'_>) -> Option<&Measure> {
        self.measures()
            .iter()
            .filter(|m| m.counts(what))
            .reduce(|best, m| if m.groups() > best.groups() { m } else { best })
    }

    /// The status that words assert, by the longest phrase among them.
    pub fn status_in(&self, text: &str, language: &str) -> Option<&StatusWord> {
        let words = tokens(text);
        let longest = |s: &StatusWord| {
            let phrases = s.words.of(language).iter();
            phrases
                .filter(|p| holds(&words, p))
                .map(|p| tokens(p).len())
                .max()
        };
        self.statuses()
            .iter()
            .filter_map(|s| Some((longest(s)?, s)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, s)| s)
    }

    /// The obligations whose cues stand in the text, those with most cues first.
    pub fn obligations_in(&self, text: &str, language: &str) -> Vec<&Obligation> {
        let words = tokens(text);
        let count = |cues: &Words| {
            cues.of(language)
                .iter()
                .filter(|c| holds(&words, c))
                .count()
        };
        let mut found: Vec<(usize, &Obligation)> = self
            .obligations()
            .iter()
            .filter(|o| count(&o.not) == 0)
            .map(|o| (count(&o.cues), o))
            .filter(|(n, _)| *n > 0)
            .collect();
        found.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        found.into_iter().map(|(_, o)| o).collect()
    }
}

/// Most words that a "…" in a phrase may stand for.
const MAX_GAP: usize = 6;

/// True if the words hold the phrase; "…" stands for up to [`MAX_GAP`] words.
fn holds(words: &[String], phrase: &str) -> bool {
    let parts: Vec<Vec<String>> = phrase.split('…').map(tokens).collect();
    let Some((first, rest)) = parts.split_first() else {
        return false;
    };
    if first.is_empty() {
        return false;
    }
    starts(words, first).any(|at| {
        let mut end = at + first.len();
        rest.iter().all(|part| {
            let window = &words[end..words.len().min(end + MAX_GAP + part.len())];
            let found = starts(window, part).next();
            if let Some(i) = found {
                end += i + part.len();
            }
            found.is_some()
        })
    })
}

/// Where `part` starts in `words`.
fn starts<'w>(words: &'w [String], part: &'w [String]) -> impl Iterator<Item = usize> + 'w {
    words
        .windows(part.len().max(1))
        .enumerate()
        .filter(move |(_, w)| *w == part)
        .map(|(i, _)| i)
}

fn tokens(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A name as it is looked up: folded, without a leading article, a final "'s", and the dots of acronyms.
fn bare(name: &str) -> String {
    let folded = fold(name.trim());
    let name = folded.strip_prefix("the ").unwrap_or(&folded);
    let name = name.strip_suffix("'s").unwrap_or(name);
    let dotted = name.len() >= 4
        && name
            .chars()
            .enumerate()
            .all(|(i, c)| (i % 2 == 1) == (c == '.') && c != ' ');
    if dotted {
        name.replace('.', "")
    } else {
        name.to_owned()
    }
}

/// Longest name that must be in capitals if the packs have it so: "us" is no state, "who" no organization.
const MAX_ACRONYM_CHARS: usize = 4;

fn is_small_acronym(name: &str) -> bool {
    let name = name.trim();
    name.is_ascii()
        && name.len() <= MAX_ACRONYM_CHARS
        && name.chars().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests;
