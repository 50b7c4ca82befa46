//! What one file of a pack may hold.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    AnonymityPhrase, Approximator, ComputedStatus, Country, Error, Institution, Instrument,
    Measure, Metonym, Milestone, Obligation, Observation, Outlet, Person, Post, Series, StatusWord,
    Vague,
    check::TestRow,
    pattern::{Frame, PatternEntry},
    vocab::VerbGroup,
};

/// The `[pack]` table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Short name: `unsc-1718`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Calendar version: `2026.11`.
    pub version: String,
    /// Languages of its words (ISO 639-1).
    #[serde(default)]
    pub languages: Vec<String>,
    /// SHA-256 over the pack's files, in hexadecimal: what a run keeps of the packs that it used.
    #[serde(skip)]
    pub digest: String,
}

type Table<T> = BTreeMap<String, T>;

/// One file, or the tables of several behind each other.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    pub(crate) pack: Option<Header>,
    pub(crate) verbs: Vec<VerbGroup>,
    pub(crate) approximator: Vec<Approximator>,
    pub(crate) vague: Vec<Vague>,
    pub(crate) anonymity: Vec<AnonymityPhrase>,
    pub(crate) anonymous_nouns: Table<Vec<String>>,
    pub(crate) ranks: Table<Vec<String>>,
    pub(crate) axes: Table<Vec<String>>,
    pub(crate) status: Vec<StatusWord>,
    pub(crate) computed_status: Vec<ComputedStatus>,
    pub(crate) transitions: Table<Vec<String>>,
    pub(crate) country: Vec<Country>,
    pub(crate) institution: Vec<Institution>,
    pub(crate) person: Vec<Person>,
    pub(crate) outlet: Vec<Outlet>,
    pub(crate) metonym: Vec<Metonym>,
    pub(crate) series: Vec<Series>,
    pub(crate) instrument: Vec<Instrument>,
    pub(crate) obligation: Vec<Obligation>,
    pub(crate) measure: Vec<Measure>,
    pub(crate) post: Vec<Post>,
    pub(crate) milestone: Vec<Milestone>,
    pub(crate) observation: Vec<Observation>,
    pub(crate) frame: Vec<Frame>,
    pub(crate) pattern: Vec<PatternEntry>,
    pub(crate) test: Vec<TestRow>,
}

impl File {
    /// Parses one file.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|e| Error::Syntax {
            file: name.to_owned(),
            line: e.span().map_or(1, |span| line_of(text, span.start)),
            message: e.message().replace('\n', "; "),
        })
    }

    /// Adds another file's tables behind these.
    pub(crate) fn append(&mut self, mut other: Self) -> Result<(), Error> {
        if let Some(header) = other.pack {
            if self.pack.is_some() {
                return Err(Error::Twice { id: header.id });
            }
            self.pack = Some(header);
        }
        self.verbs.append(&mut other.verbs);
        self.approximator.append(&mut other.approximator);
        self.vague.append(&mut other.vague);
        self.anonymity.append(&mut other.anonymity);
        append_words(&mut self.anonymous_nouns, other.anonymous_nouns);
        append_words(&mut self.ranks, other.ranks);
        append_words(&mut self.axes, other.axes);
        self.status.append(&mut other.status);
        self.computed_status.append(&mut other.computed_status);
        append_words(&mut self.transitions, other.transitions);
        self.country.append(&mut other.country);
        self.institution.append(&mut other.institution);
        self.person.append(&mut other.person);
        self.outlet.append(&mut other.outlet);
        self.metonym.append(&mut other.metonym);
        self.series.append(&mut other.series);
        self.instrument.append(&mut other.instrument);
        self.obligation.append(&mut other.obligation);
        self.measure.append(&mut other.measure);
        self.post.append(&mut other.post);
        self.milestone.append(&mut other.milestone);
        self.observation.append(&mut other.observation);
        self.frame.append(&mut other.frame);
        self.pattern.append(&mut other.pattern);
        self.test.append(&mut other.test);
        Ok(())
    }
}

fn append_words(to: &mut Table<Vec<String>>, from: Table<Vec<String>>) {
    for (key, mut words) in from {
        to.entry(key).or_default().append(&mut words);
    }
}

/// The line, from 1, that holds the byte `at`.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.iter().filter(|&&b| b == b'\n').count() + 1
}

/// The line, from 1, of the `n`th `[[table]]` of a file; of `value` within that entry if it stands there.
///
/// Entries of a table that is written in another way (an inline array) are at line 1.
pub(crate) fn line_of_entry(text: &str, table: &str, n: usize, value: &str) -> usize {
    let header = format!("[[{table}]]");
    let mut headers = text
        .lines()
        .enumerate()
        .filter(|(_, l)| l.trim_start().starts_with(&header))
        .map(|(i, _)| i);
    let Some(start) = headers.nth(n) else {
        return 1;
    };
    let end = headers.next().unwrap_or(usize::MAX);
    let quoted = format!("\"{value}\"");
    text.lines()
        .enumerate()
        .take(end)
        .skip(start)
        .find(|(_, l)| !value.is_empty() && l.contains(&quoted))
        .map_or(start, |(i, _)| i)
        + 1
}
