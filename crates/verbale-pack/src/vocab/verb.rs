//! Reporting verbs with the act that each performs.

use std::collections::BTreeMap;

use serde::Deserialize;
use verbale_core::Act;

use crate::fold;

/// What a reporting verb does, finer than [`Act`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FineAct {
    /// Plain assertion.
    State,
    /// The speaker makes something known.
    Announce,
    /// An earlier claim holds.
    Confirm,
    /// An earlier claim does not hold.
    Deny,
    /// Against the speaker's own interest.
    Admit,
    /// The reporter keeps a distance.
    Claim,
    /// Emphatic or repeated.
    Insist,
    /// The reporter treats the content as fact.
    Reveal,
    /// A quantity or state under uncertainty.
    Estimate,
    /// About the future.
    Predict,
    /// Blames a named party.
    Accuse,
    /// Signals a future harm.
    Warn,
    /// Binds the speaker.
    Promise,
    /// Asks another party to act.
    Demand,
    /// A question.
    Ask,
    /// Weakens an earlier claim.
    Doubt,
    /// Refuses or fails to answer.
    Decline,
    /// Positive attitude.
    Praise,
    /// Negative attitude.
    Regret,
    /// An institution's act that is true by being done.
    Decide,
    /// Changes the speaker's own earlier claim.
    Retract,
    /// Impersonal or second-hand.
    Hearsay,
}

impl FineAct {
    /// The act of the ledger. The mapping is that of the glossary.
    pub fn act(self) -> Act {
        match self {
            Self::State
            | Self::Announce
            | Self::Claim
            | Self::Reveal
            | Self::Decide
            | Self::Warn
            | Self::Praise
            | Self::Regret
            | Self::Hearsay => Act::Say,
            Self::Confirm => Act::Confirm,
            Self::Deny => Act::Deny,
            Self::Admit | Self::Retract => Act::Admit,
            Self::Insist => Act::Insist,
            Self::Estimate => Act::Estimate,
            Self::Predict => Act::Expect,
            Self::Accuse => Act::Accuse,
            Self::Promise => Act::Promise,
            Self::Demand => Act::Demand,
            Self::Ask | Self::Doubt | Self::Decline => Act::Other,
        }
    }
}

/// One sense of a reporting verb or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingVerb {
    /// Base form, possibly several words: "go on to say".
    pub lemma: String,
    /// The other forms.
    pub forms: Vec<String>,
    /// What it does for the ledger.
    pub act: Act,
    /// What it does, finer.
    pub fine: FineAct,
    /// The reporter's attitude: -1 keeps distance, 0 neutral, 1 endorses.
    pub stance: i8,
    /// How far the speaker commits to the content, 0 to 3.
    pub commit: u8,
}

impl ReportingVerb {
    /// Lemma and forms.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.lemma.as_str()).chain(self.forms.iter().map(String::as_str))
    }
}

/// One group of the file: verbs of one language that share act, stance and commitment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerbGroup {
    pub(crate) language: String,
    act: FineAct,
    stance: i8,
    commit: u8,
    words: BTreeMap<String, Vec<String>>,
}

impl VerbGroup {
    pub(crate) fn verbs(&self) -> impl Iterator<Item = ReportingVerb> {
        self.words.iter().map(|(lemma, forms)| ReportingVerb {
            lemma: lemma.clone(),
            forms: forms.clone(),
            act: self.act.act(),
            fine: self.act,
            stance: self.stance,
            commit: self.commit,
        })
    }
}

/// The reporting verbs of one language.
#[derive(Debug, Clone, Default)]
pub struct Verbs {
    verbs: Vec<ReportingVerb>,
    by_word: BTreeMap<String, Vec<usize>>,
    by_first: BTreeMap<String, Vec<usize>>,
}

impl Verbs {
    pub(crate) fn push(&mut self, verb: ReportingVerb) {
        let i = self.verbs.len();
        for word in verb.words().map(fold) {
            if let Some((first, _)) = word.split_once(' ') {
                push_once(&mut self.by_first, first, i);
            }
            push_once(&mut self.by_word, &word, i);
        }
        self.verbs.push(verb);
    }

    /// The first sense of a lemma, a form or a whole phrase, in any case of letters.
    pub fn lookup(&self, word: &str) -> Option<&ReportingVerb> {
        self.senses(word).next()
    }

    /// Every sense of a lemma, a form or a whole phrase: "recall" states and decides.
    pub fn senses(&self, word: &str) -> impl Iterator<Item = &ReportingVerb> {
        self.at(self.by_word.get(&fold(word)))
    }

    /// The phrases of several words of which some form starts with `first`: "went" gives "go on to say".
    pub fn phrases(&self, first: &str) -> impl Iterator<Item = &ReportingVerb> {
        self.at(self.by_first.get(&fold(first)))
    }

    /// Every verb, in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = &ReportingVerb> {
        self.verbs.iter()
    }

    fn at(&self, found: Option<&Vec<usize>>) -> impl Iterator<Item = &ReportingVerb> {
        found.into_iter().flatten().map(|&i| &self.verbs[i])
    }
}

fn push_once(index: &mut BTreeMap<String, Vec<usize>>, key: &str, i: usize) {
    let entry = index.entry(key.to_owned()).or_default();
    if entry.last() != Some(&i) {
        entry.push(i);
    }
}
