//! What a brief is to have, and the brief itself.

use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    ask::Ask,
    brief::{Brief, LedgerName, Made, Order},
    desk::Sources,
    error::Fault,
};

/// The most documents of a case whose brief the desk makes. A brief holds all claims of its case at once, and whoever
/// waits for a page waits for no more than that; `verbale brief` has no limit.
const MOST_DOCUMENTS: u64 = 5_000;

/// The choices for a brief, as they were made so far.
#[derive(Debug, Serialize)]
pub struct BriefChoices {
    /// The title; made from the topic if empty.
    pub title: String,
    /// Only what has these words.
    pub about: String,
    /// Only what is about such a place.
    pub place: String,
    /// Only what holds on this day or later.
    pub since: String,
    /// Only what holds on this day or earlier.
    pub until: String,
    /// The ledgers that it can have.
    pub ledgers: Vec<LedgerChoice>,
    /// How many claims a person has decided on, and how many there are.
    pub n_decided: Option<(u64, u64)>,
}

/// A ledger that a brief can have.
#[derive(Debug, Serialize)]
pub struct LedgerChoice {
    /// Its word in addresses.
    pub name: &'static str,
    /// The heading of its section.
    pub title: &'static str,
    /// True if it is wanted.
    pub is_chosen: bool,
}

/// The choices for a brief.
pub(crate) fn brief_choices(s: &Sources<'_>) -> Result<BriefChoices, Fault> {
    let given = |name: &str| s.ask.param(name).unwrap_or_default().to_owned();
    let chosen = ledgers(s.ask)?;
    let choice = |ledger: &LedgerName| LedgerChoice {
        name: ledger.as_str(),
        title: ledger.title(),
        is_chosen: chosen.contains(ledger),
    };
    Ok(BriefChoices {
        title: given("title"),
        about: given("about"),
        place: given("where"),
        since: given("since"),
        until: given("until"),
        ledgers: LedgerName::ALL.iter().map(choice).collect(),
        n_decided: s.status.map(|status| {
            let n_claims = status.claims.iter().map(|(_, n)| n).sum();
            (status.n_decided, n_claims)
        }),
    })
}

/// The brief that is asked for. `name` is what the case is called.
///
/// # Errors
/// If a choice cannot be read, or the case is too big to be read whole for a page.
pub(crate) fn brief(s: &Sources<'_>, name: &str) -> Result<Made, Fault> {
    if s.case.n_documents(None)? > MOST_DOCUMENTS {
        return Err(Fault::Status(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the case is too big for a brief made while a page waits: `verbale brief` writes it to a file",
        ));
    }
    Ok(Brief::make(s.case, name, s.lexicon, &order(s.ask)?)?)
}

fn order(ask: &Ask) -> Result<Order, Fault> {
    let words = |name: &str| ask.param(name).map(str::to_owned);
    Ok(Order {
        title: words("title"),
        about: words("about"),
        place: words("where"),
        since: day(ask, "since")?,
        until: day(ask, "until")?,
        ledgers: ledgers(ask)?,
        ..Order::default()
    })
}

/// The ledgers that are asked for; all if none is.
fn ledgers(ask: &Ask) -> Result<Vec<LedgerName>, Fault> {
    let asked = ask.query.iter().filter(|(name, _)| name == "ledger");
    let ledger = |(_, word): &(String, String)| {
        let mut all = LedgerName::ALL.iter();
        all.find(|l| l.as_str() == word)
            .copied()
            .ok_or_else(|| Fault::Bad(format!("a brief has no ledger `{word}`")))
    };
    let chosen: Vec<LedgerName> = asked.map(ledger).collect::<Result<_, _>>()?;
    Ok(if chosen.is_empty() {
        LedgerName::ALL.to_vec()
    } else {
        chosen
    })
}

fn day(ask: &Ask, name: &str) -> Result<Option<Date>, Fault> {
    let read = |text: &str| {
        text.parse()
            .map_err(|_| Fault::Bad(format!("expected a day such as 2024-05-01, found `{text}`")))
    };
    ask.param(name).map(read).transpose()
}
