//! What ties a claim to a duty that a pack knows, where the page names neither text nor paragraph.
//!
//! News say "missed a deadline to send workers home" and leave the rest to the reader. A pack's cues, its deadline
//! and the other claims of the page say which duty is meant; where they leave two, none is taken.

use verbale_core::{Act, Proposition};
use verbale_pack::{Obligation, fold};

use crate::{Entry, Lexicon};

/// The pack's duty that these words speak of, if they tie to one only.
///
/// A cue is enough where the words name its text; else its deadline must agree, or two cues stand there.
pub(super) fn rule_in<'p>(
    lexicon: &'p Lexicon,
    entry: Entry<'_>,
    instrument: &str,
    words: &str,
) -> Option<&'p Obligation> {
    let packs = lexicon.packs();
    let named = packs.instrument_named(instrument);
    let fits = |rule: &&Obligation| match &named {
        Some(found) => found.instrument.id == rule.instrument,
        None => is_due_then(entry, rule),
    };
    packs.obligations_in(words, "en").into_iter().find(fits)
}

/// True if the time of a claim holds the rule's deadline.
fn is_due_then(entry: Entry<'_>, rule: &Obligation) -> bool {
    let due = rule.deadline.as_ref().and_then(|d| d.date.interval());
    let when = entry.when().interval();
    matches!((due, when), (Some(due), Some(when)) if due.overlaps(when))
}

/// All words by which a status can tie to a duty.
pub(super) fn words_of(entry: Entry<'_>) -> String {
    match &entry.claim.proposition {
        Proposition::Status(s) => format!("{} {} {}", s.subject, s.status, entry.quote()),
        Proposition::Obligation(o) => format!("{} {}", o.action, entry.quote()),
        Proposition::Position(p) => {
            let target = p.target.as_deref().unwrap_or_default();
            format!("{} {target} {}", p.stance, entry.quote())
        }
        _ => entry.quote().to_owned(),
    }
}

/// Beginnings of words by which somebody says what a rule means.
const READING: &[&str] = &[
    "appl",
    "concern",
    "constru",
    "cover",
    "interpret",
    "meaning",
    "read",
    "refer",
    "scope",
];

/// Beginnings of words for a rule.
const RULE: &[&str] = &[
    "article",
    "clause",
    "law",
    "measure",
    "pact",
    "paragraph",
    "provision",
    "resolution",
    "rule",
    "sanction",
    "treaty",
];

/// True for a position by which its holder says what a rule means; whoever accuses others of a reading has not
/// given his own.
pub(crate) fn is_about_meaning(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let is_position = matches!(entry.claim.proposition, Proposition::Position(_));
    if !is_position || entry.claim.attribution.act == Act::Accuse || entry.speaker().is_none() {
        return false;
    }
    let words = fold(&words_of(entry));
    let starts = |list: &[&str]| {
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        words.any(|w| list.iter().any(|stem| w.starts_with(stem)))
    };
    starts(READING) && (starts(RULE) || !lexicon.packs().obligations_in(&words, "en").is_empty())
}
