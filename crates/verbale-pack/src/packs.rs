//! Several packs together, as readers and ledgers ask them.

use std::collections::BTreeMap;

use crate::{
    AnonymityPhrase, Approximator, ComputedStatus, Country, Error, Header, Institution, Metonym,
    Outlet, Pack, Person, StatusWord, Vague, Verbs, builtin, file::File,
};

/// Packs in use. What an earlier pack says is found first.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    headers: Vec<Header>,
    tables: File,
    verbs: BTreeMap<String, Verbs>,
    no_verbs: Verbs,
}

impl Packs {
    /// The packs that travel with the program.
    pub fn builtin() -> Self {
        builtin::packs()
    }

    /// Adds a pack behind those in use.
    ///
    /// # Errors
    /// A pack of that id is in use already.
    pub fn add(&mut self, pack: Pack) -> Result<(), Error> {
        let header = pack.header().clone();
        if self.headers.iter().any(|h| h.id == header.id) {
            return Err(Error::Twice { id: header.id });
        }
        self.headers.push(header);
        let mut tables = pack.tables;
        tables.pack = None;
        for group in std::mem::take(&mut tables.verbs) {
            let verbs = self.verbs.entry(group.language.clone()).or_default();
            group.verbs().for_each(|verb| verbs.push(verb));
        }
        self.tables.append(tables)
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
