//! A brief: what an editor or a committee can check line by line.
//!
//! [`Brief::make`] reads a case and gives a tree of plain text ([`model`]); [`html`], [`markdown`], [`docx`] and
//! [`Brief::to_json`] print it, [`Brief::csl`] gives the works cited for a reference manager.
//! Every statement that comes from a page has a footnote with the words, the chain of speakers, the clocks and the
//! way back to the page; the linter ([`weak`]) marks those that stand on weak feet, in every form of the brief.
//!
//! The same case and the same order give the same bytes: no clock is read, and the day from which age is counted is
//! passed in or is the newest day of publication in the case.
//!
//! Not here: files, the clock, and paper: the binary writes files, and `verbale-pdf`, a program of its own, sets
//! the JSON as PDF.

mod bibliography;
pub mod docx;
pub mod html;
pub mod markdown;
pub mod model;
mod notes;
mod section;
mod source;
#[cfg(test)]
mod tests;
pub mod weak;

use jiff::civil::Date;
use verbale_analysis::{Lexicon, standings};
use verbale_case::{Case, Error, StoredDocument};
use verbale_core::Digest;

pub use model::Brief;
pub use weak::Mark;

use notes::{Notebook, one_line};
use section::{Cited, Desk};
use source::Source;
use weak::Linter;

/// A ledger that a brief can have as a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerName {
    /// How each number moved.
    Series,
    /// What cannot both hold.
    Conflicts,
    /// Who must do what by when.
    Obligations,
    /// Which post is open.
    Presence,
    /// Which bans are in force.
    Restrictions,
    /// How many statements stand behind what several claims say.
    Origins,
    /// What happened when.
    Timeline,
    /// What is held, and what is said to be or to happen without a day: all that stands in no other ledger.
    Positions,
}

impl LedgerName {
    /// Every ledger, in the order in which a brief has them.
    pub const ALL: &'static [Self] = &[
        Self::Series,
        Self::Conflicts,
        Self::Obligations,
        Self::Presence,
        Self::Restrictions,
        Self::Origins,
        Self::Timeline,
        Self::Positions,
    ];

    /// The word for flags and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Series => "series",
            Self::Conflicts => "conflicts",
            Self::Obligations => "obligations",
            Self::Presence => "presence",
            Self::Restrictions => "restrictions",
            Self::Origins => "origins",
            Self::Timeline => "timeline",
            Self::Positions => "positions",
        }
    }

    /// The heading of its section.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Series => "Figures",
            Self::Conflicts => "Disagreements",
            Self::Obligations => "Obligations",
            Self::Presence => "Presence",
            Self::Restrictions => "Restrictions and relief",
            Self::Origins => "Origins",
            Self::Timeline => "Timeline",
            Self::Positions => "Positions and undated claims",
        }
    }
}

/// What is wanted of a brief.
#[derive(Debug, Clone)]
pub struct Order {
    /// The title; made from what the brief is about if not given.
    pub title: Option<String>,
    /// Only what has these words in its proposition or quote.
    pub about: Option<String>,
    /// Only what is about a place that has these words.
    pub place: Option<String>,
    /// Only what holds on this day or later.
    pub since: Option<Date>,
    /// Only what holds on this day or earlier.
    pub until: Option<Date>,
    /// The ledgers, in any order.
    pub ledgers: Vec<LedgerName>,
    /// The day of the brief; the newest day of publication in the case if not given.
    pub date: Option<Date>,
    /// After how many days the newest word on something that moves is old.
    pub stale_days: u16,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            title: None,
            about: None,
            place: None,
            since: None,
            until: None,
            ledgers: LedgerName::ALL.to_vec(),
            date: None,
            stale_days: 180,
        }
    }
}

impl Brief {
    /// Makes a brief of a case. `name` is what the case is called, without its folder.
    ///
    /// All claims of the case are held in memory meanwhile. Rejected claims take no part.
    ///
    /// # Errors
    /// If the case cannot be read.
    pub fn make(case: &Case, name: &str, lexicon: &Lexicon, order: &Order) -> Result<Made, Error> {
        let source = Source::read(case, order)?;
        let entries = source.entries();
        let standings = standings(lexicon, &entries, &source.shared_words());
        let on = order.date.or_else(|| source.newest_day());
        let linter = Linter::new(&source, &entries, &standings, on, order.stale_days);
        let digests = digests(case, &source)?;
        let digest = |d: &StoredDocument| digests.get(&d.document.page()).copied();
        let mut notes = Notebook::new(&source, &linter, &standings, &digest);
        let mut desk = Desk {
            source: &source,
            lexicon,
            entries: &entries,
            standings: &standings,
            on,
            notes: &mut notes,
            n_charts: 0,
        };
        let asked = LedgerName::ALL.iter().filter(|l| order.ledgers.contains(l));
        let mut sections: Vec<_> = asked.filter_map(|l| desk.section(*l)).collect();
        let notes = notes.into_notes();
        let n_marked = weak::lint(&mut sections);
        let cited = Cited::all(&source, &notes, digest);
        let works = bibliography::works(&cited);
        sections.insert(0, section::standard(order.stale_days, &n_marked));
        sections.extend([
            section::bibliography(&cited),
            section::accuracy(),
            section::appendix(&source, &cited),
        ]);
        Ok(Made {
            brief: Self {
                title: title(name, order),
                facts: facts(name, &source, order, on),
                sections,
                notes,
                n_marked,
            },
            works,
        })
    }

    /// The brief as JSON, as `verbale-pdf` reads it.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// A brief, and the works that it cites as CSL-JSON.
#[derive(Debug)]
pub struct Made {
    /// The brief.
    pub brief: Brief,
    /// The works cited.
    works: serde_json::Value,
}

impl Made {
    /// The works cited as CSL-JSON, for a reference manager.
    pub fn csl(&self) -> String {
        format!("{:#}\n", self.works)
    }
}

fn title(name: &str, order: &Order) -> String {
    if let Some(title) = &order.title {
        return one_line(title);
    }
    let words = match (&order.about, &order.place) {
        (Some(about), Some(place)) => format!("{about}, {place}: what is on record"),
        (Some(words), None) | (None, Some(words)) => format!("{words}: what is on record"),
        (None, None) => format!("What is on record in {name}"),
    };
    notes::capitalized(&one_line(&words))
}

/// What was asked for, and what the brief was made from.
fn facts(name: &str, source: &Source, order: &Order, on: Option<Date>) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut fact = |name: &str, value: Option<String>| {
        facts.extend(value.map(|v| (name.to_owned(), one_line(&v))));
    };
    fact("About", order.about.clone());
    fact("Where", order.place.clone());
    let period = match (order.since, order.until) {
        (Some(since), Some(until)) => Some(format!("{since} to {until}")),
        (Some(since), None) => Some(format!("since {since}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    };
    fact("Period", period);
    let day = match (order.date, on) {
        (Some(day), _) => Some(day.to_string()),
        (None, Some(day)) => Some(format!("{day}, the newest day of publication in the case")),
        (None, None) => None,
    };
    fact("As of", day);
    let state: String = source.state().to_string().chars().take(16).collect();
    let counts = format!(
        "{name}: {} pages, {} claims, state {state}",
        source.documents().len(),
        source.n_claims()
    );
    fact("Made from", Some(counts));
    let decisions = match &source.head {
        Some(head) => format!("{} in the journal, the last {head}", source.n_decisions),
        None => "none: no claim has been reviewed by a person".to_owned(),
    };
    fact("Decisions", Some(decisions));
    facts
}

/// The digests of all pages.
fn digests(
    case: &Case,
    source: &Source,
) -> Result<std::collections::BTreeMap<verbale_core::PageId, Digest>, Error> {
    let mut digests = std::collections::BTreeMap::new();
    for document in source.documents() {
        let id = document.document.page();
        if let Some(page) = case.page(id)? {
            digests.insert(id, page.digest());
        }
    }
    Ok(digests)
}
