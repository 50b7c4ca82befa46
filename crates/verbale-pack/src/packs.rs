//! Several packs together, as readers and ledgers ask them.

use std::collections::BTreeMap;

use crate::{
    AnonymityPhrase, Approximator, ComputedStatus, Country, Error, Header, Institution, Instrument,
    Measure, Metonym, Milestone, Obligation, Observation, Outlet, Pack, Pattern, Person, Post,
    Series, StatusWord, Vague, Verbs, builtin, file::File, index::Index, lookup::Names,
};

/// Packs in use. What an earlier pack says is found first.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    headers: Vec<Header>,
    tables: File,
    verbs: BTreeMap<String, Verbs>,
    no_verbs: Verbs,
    patterns: Vec<Pattern>,
    pub(crate) names: Names,
    pub(crate) index: Index,
}

impl Packs {
    /// The packs that travel with the program.
    pub fn builtin() -> Self {
        builtin::packs()
    }

    /// Adds a pack behind those in use.
    ///
    /// # Errors
    /// A pack of that id is in use already, or a pattern is not one.
    pub fn add(&mut self, pack: Pack) -> Result<(), Error> {
        let header = pack.header().clone();
        if self.headers.iter().any(|h| h.id == header.id) {
            return Err(Error::Twice { id: header.id });
        }
        let mut tables = pack.tables;
        tables.pack = None;
        self.patterns.append(&mut self.resolve(&tables)?);
        self.headers.push(header);
        for group in std::mem::take(&mut tables.verbs) {
            let verbs = self.verbs.entry(group.language.clone()).or_default();
            group.verbs().for_each(|verb| verbs.push(verb));
        }
        let series = [&self.tables.series[..], &tables.series[..]].concat();
        tables.instrument.iter_mut().for_each(|i| i.expand(&series));
        self.names.add_tables(&tables);
        self.tables.append(tables)?;
        self.index = Index::of(&self.tables);
        Ok(())
    }

    /// The patterns of a pack's tables, with frames of its own and of the packs in use.
    fn resolve(&self, tables: &File) -> Result<Vec<Pattern>, Error> {
        let frames = [&tables.frame[..], &self.tables.frame[..]].concat();
        let resolve = |entry: &crate::pattern::PatternEntry| {
            entry.resolve(&frames).map_err(|message| Error::Pattern {
                id: entry.id.clone(),
                message,
            })
        };
        tables.pattern.iter().map(resolve).collect()
    }

    /// The built-in packs of these ids, in the order of the program; `base` is always among them.
    pub fn builtin_of(ids: &[&str]) -> Self {
        builtin::packs_where(|id| id == "base" || ids.contains(&id))
    }

    /// The same packs but this one. Only built-in packs can be left out; others stay.
    pub(crate) fn without(&self, id: &str) -> Self {
        if self.headers.iter().all(|h| h.id != id) {
            return self.clone();
        }
        builtin::packs_where(|other| other != id && self.headers.iter().any(|h| h.id == other))
    }

    /// What each pack says about itself.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The reporting verbs of a language (ISO 639-1); none if no pack has it.
    pub fn verbs(&self, language: &str) -> &Verbs {
        self.verbs.get(language).unwrap_or(&self.no_verbs)
    }

    /// Hedges on numbers.
    pub fn approximators(&self) -> &[Approximator] {
        &self.tables.approximator
    }

    /// Quantity words without a digit.
    pub fn vague(&self) -> &[Vague] {
        &self.tables.vague
    }

    /// Phrases that hide a speaker.
    pub fn anonymity(&self) -> &[AnonymityPhrase] {
        &self.tables.anonymity
    }

    /// Nouns that name a speaker without a name: "official".
    pub fn anonymous_nouns(&self, language: &str) -> &[String] {
        words(&self.tables.anonymous_nouns, language)
    }

    /// Words that rank a speaker: "senior".
    pub fn ranks(&self, language: &str) -> &[String] {
        words(&self.tables.ranks, language)
    }

    /// States that things are said to be in.
    pub fn statuses(&self) -> &[StatusWord] {
        &self.tables.status
    }

    /// States that follow from dates and figures.
    pub fn computed_statuses(&self) -> &[ComputedStatus] {
        &self.tables.computed_status
    }

    /// The values of each axis of a post.
    pub fn axes(&self) -> &BTreeMap<String, Vec<String>> {
        &self.tables.axes
    }

    /// From each state of a post's premises the states that may follow.
    pub fn transitions(&self) -> &BTreeMap<String, Vec<String>> {
        &self.tables.transitions
    }

    /// States of the world.
    pub fn countries(&self) -> &[Country] {
        &self.tables.country
    }

    /// Ministries, agencies, committees.
    pub fn institutions(&self) -> &[Institution] {
        &self.tables.institution
    }

    /// Named people.
    pub fn people(&self) -> &[Person] {
        &self.tables.person
    }

    /// News outlets and agencies.
    pub fn outlets(&self) -> &[Outlet] {
        &self.tables.outlet
    }

    /// Patterns that make a claim of a clause.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Ways of naming that numbered texts share.
    pub fn series(&self) -> &[Series] {
        &self.tables.series
    }

    /// Legal texts.
    pub fn instruments(&self) -> &[Instrument] {
        &self.tables.instrument
    }

    /// Duties in paragraphs of legal texts.
    pub fn obligations(&self) -> &[Obligation] {
        &self.tables.obligation
    }

    /// What is counted.
    pub fn measures(&self) -> &[Measure] {
        &self.tables.measure
    }

    /// Diplomatic missions.
    pub fn posts(&self) -> &[Post] {
        &self.tables.post
    }

    /// Dated facts of the topics.
    pub fn milestones(&self) -> &[Milestone] {
        &self.tables.milestone
    }

    /// Published counts against which claims can be held.
    pub fn observations(&self) -> &[Observation] {
        &self.tables.observation
    }

    /// Places that stand for institutions where they act.
    pub fn metonyms(&self) -> &[Metonym] {
        &self.tables.metonym
    }
}

fn words<'p>(table: &'p BTreeMap<String, Vec<String>>, language: &str) -> &'p [String] {
    table.get(language).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
