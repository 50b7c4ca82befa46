//! What people decided: an append-only journal, and what follows from it.
//!
//! A [`Decision`] is never changed or deleted; undo is a decision too. What holds for a claim, a publisher or an
//! entity is made from its decisions in the order of their time, then of their ids, so that two people who
//! import each other's decisions come to the same state whoever imports first.
//!
//! Decisions about a claim carry the claim's words. They find it again after a new reading by its id, else by
//! those words ([`Case::reread`]); a decision about a page that the case does not have yet waits for it.

mod apply;
mod by_hand;
mod entity;
mod field;
mod journal;
mod lines;
mod ruling;
mod words;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;
use verbale_core::PageId;

use crate::{Case, Error};

pub(crate) use apply::{as_machine_read, claims_of_page, page_was_read};
pub use by_hand::{draft, places};
pub(crate) use field::changed_fields;
pub use field::{fields, value_of};
pub(crate) use journal::{broken_link, effective_on};
pub use lines::{ExportError, Imported, LineError};
pub use ruling::{Quoted, Ruling};
pub use words::{Reliability, UnknownWord, Verdict};

/// The rule of a publication date that a person has set, in [`Publication::rule`](verbale_core::Publication).
pub const DATED_BY_PERSON: &str = "person";

/// A decision in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// `dec_…`: digest of all that follows.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Why, if somebody said.
    pub why: Option<String>,
    /// What was decided.
    pub ruling: Ruling,
    /// What the program had read when it was decided.
    pub seen: Option<Value>,
    /// The words of the page that it is about.
    pub quoted: Option<Quoted>,
}

/// A decision to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    /// What is decided.
    pub ruling: Ruling,
    /// Who decides.
    pub who: String,
    /// Why, if somebody says.
    pub why: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A decision that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The case has nothing with this id.
    #[error("the case has no {what} `{id}`")]
    Unknown {
        /// `claim`, `page`, `entity`, `decision`.
        what: &'static str,
        /// The id as given.
        id: String,
    },
    /// The claim has no such field.
    #[error("a claim of this kind has the fields {fields}, not `{field}`")]
    Field {
        /// The field as given.
        field: String,
        /// The fields there are.
        fields: String,
    },
    /// The value does not fit.
    #[error("expected {expected} for {field}, found `{found}`")]
    Value {
        /// The field.
        field: String,
        /// What it takes.
        expected: &'static str,
        /// The value as given.
        found: String,
    },
    /// The words do not stand there, or stand where no claim can be.
    #[error("the words stand in no passage of the page that can carry a claim: `{words}`")]
    Words {
        /// The words as given.
        words: String,
    },
    /// The decision cannot be made as things are.
    #[error("{why}: `{id}`")]
    Refused {
        /// The reason.
        why: &'static str,
        /// What it is about.
        id: String,
    },
    /// The file could not be used.
    #[error(transparent)]
    Case(#[from] Error),
}

impl Case {
    /// Makes a decision: writes it into the journal and carries out what follows from it, in one transaction.
    /// Returns its id.
    ///
    /// [`Ruling::Date`] only notes the date; whoever calls reads the page again with it and hands the result to
    /// [`Case::reread`].
    ///
    /// # Errors
    /// If the decision does not fit the case, or the file cannot be written; then nothing has changed.
    pub fn decide(&mut self, new: NewDecision) -> Result<String, DecideError> {
        let decision = self.completed(new)?;
        let id = decision.id.clone();
        self.change(|db| {
            journal::append(db, &decision)?;
            apply::follows_from(db, &decision)
        })?;
        Ok(id)
    }

    /// Checks a decision against the case and completes it.
    fn completed(&self, new: NewDecision) -> Result<Decision, DecideError> {
        let (ruling, seen, quoted) = ruling::completed(self, new.ruling)?;
        Ok(journal::identified(Decision {
            id: String::new(),
            at: new.at,
            who: new.who,
            why: new.why,
            ruling,
            seen,
            quoted,
        }))
    }

    /// The journal in the order in which this file got it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        self.run(journal::all)
    }

    /// The decision with this id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn decision(&self, id: &str) -> Result<Option<Decision>, Error> {
        self.run(|db| journal::find(db, id))
    }

    /// The decisions about one claim, page, entity, publisher or decision, in the order of their time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn decisions_on(&self, target: &str) -> Result<Vec<Decision>, Error> {
        self.run(|db| journal::on(db, target))
    }

    /// The publication date that a person set for a page: the outer `None` if nobody decided, the inner if
    /// somebody decided that the page has none. Whoever reads the page again reads it with this date.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn decided_date(
        &self,
        page: PageId,
    ) -> Result<Option<Option<verbale_core::PartialDate>>, Error> {
        self.run(|db| decided_date(db, page))
    }

    /// True if the journal has this decision and nobody has undone it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn holds(&self, decision: &str) -> Result<bool, Error> {
        self.run(|db| {
            let found = journal::find(db, decision)?;
            Ok(found.is_some() && !journal::is_undone(db, decision, 0)?)
        })
    }

    /// The decisions whose claim a later reading no longer has, in the order of their time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn orphans(&self) -> Result<Vec<Decision>, Error> {
        self.run(|db| {
            let targets: Vec<String> = db
                .prepare_cached("SELECT claim_id FROM follow WHERE now IS NULL ORDER BY claim_id")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut out = Vec::new();
            for target in targets {
                out.extend(journal::effective_on(db, &target)?);
            }
            out.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
            Ok(out)
        })
    }
}

/// Notes in the journal that a page was taken out.
pub(crate) fn append_withdrawal(db: &Connection, decision: Decision) -> rusqlite::Result<()> {
    journal::append(db, &journal::identified(decision)).map(|_| ())
}

/// True for a claim that a person wrote down.
pub(crate) fn is_by_hand(claim: &verbale_core::Claim) -> bool {
    claim.rule == by_hand::RULE
}

/// True if something was decided that a page which comes into the case may have to follow.
pub(crate) fn may_concern(db: &Connection, page: PageId) -> rusqlite::Result<bool> {
    Ok(is_about_entities(db)? || !claims_of_page(db, &page.to_string())?.is_empty())
}

/// True if somebody decided anything about what words refer to.
pub(crate) fn is_about_entities(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM decision WHERE act IN ('link', 'split') LIMIT 1")?
        .exists([])
}

pub(crate) fn decided_date(
    db: &Connection,
    page: PageId,
) -> rusqlite::Result<Option<Option<verbale_core::PartialDate>>> {
    let decisions = journal::effective_on(db, &page.to_string())?;
    Ok(decisions.iter().rev().find_map(|d| match d.ruling {
        Ruling::Date { date, .. } => Some(date),
        _ => None,
    }))
}

#[cfg(test)]
mod by_hand_tests;
#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod tests;
