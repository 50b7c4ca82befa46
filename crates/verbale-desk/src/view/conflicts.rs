//! Disagreements: the list, and two claims side by side.

use serde::Serialize;
use verbale_analysis::{Conflict, Entry, judge};
use verbale_case::{StoredClaim, ledger::Context};
use verbale_core::{ClaimId, Metadata, Publication, TextRange};

use super::{ClaimCard, Pager, claims::slice_of, id};
use crate::{
    desk::Sources,
    error::Fault,
    marked::{Mark, Piece, pieces},
};

/// How many conflicts one page shows: each comes with two passages.
const ROWS: u32 = 12;

/// A conflict in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConflictRow {
    /// The address of the two side by side.
    pub href: String,
    /// `contradiction`, `revision`, …
    pub kind: &'static str,
    /// Why, in one sentence.
    pub reason: String,
    /// The two claims.
    pub claims: (String, String),
    /// Their words.
    pub quotes: (String, String),
    /// Who says them.
    pub voices: (String, String),
}

impl ConflictRow {
    pub(crate) fn of(c: &Conflict) -> Self {
        Self {
            href: format!("/conflict/{}/{}", c.pair.0, c.pair.1),
            kind: c.kind.as_str(),
            reason: c.reason.clone(),
            claims: (c.pair.0.to_string(), c.pair.1.to_string()),
            quotes: c.quotes.clone(),
            voices: c.voices.clone(),
        }
    }
}

/// One of two claims, with its passage.
#[derive(Debug, Serialize)]
pub struct Side {
    /// The claim.
    pub card: ClaimCard,
    /// The passage around its words; mark 0 is the words.
    pub passage: Vec<Piece>,
}

/// The disagreements of the case.
#[derive(Debug, Serialize)]
pub struct ConflictList {
    /// How many there are of each kind.
    pub kinds: Vec<(&'static str, usize)>,
    /// The kind that is shown, if not all.
    pub kind: Option<String>,
    /// The rows, each with both passages.
    pub conflicts: Vec<(ConflictRow, Side, Side)>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// Two claims, and whether both can hold.
#[derive(Debug, Serialize)]
pub struct PairPage {
    /// The two.
    pub sides: (Side, Side),
    /// True if they cannot both hold.
    pub is_conflict: bool,
    /// The kind of conflict, or the word for why there is none.
    pub answer: &'static str,
    /// Why, in one sentence.
    pub reason: String,
}

/// The disagreements of the case, of one kind if one is asked for.
pub(crate) fn conflicts(s: &Sources<'_>) -> Result<ConflictList, Fault> {
    let ledgers = s.ledgers()?;
    let mut kinds: Vec<(&'static str, usize)> = Vec::new();
    for conflict in &ledgers.conflicts {
        let kind = conflict.kind.as_str();
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
    let wanted = s.ask.param("kind");
    let of_kind: Vec<&Conflict> = (ledgers.conflicts.iter())
        .filter(|c| wanted.is_none_or(|w| c.kind.as_str() == w))
        .collect();
    let (rows, pager) = slice_of(s.ask, ROWS, &of_kind);
    let mut shown = Vec::new();
    for row in rows {
        // A claim may have been taken out since the ledgers were made.
        if let (Some(a), Some(b)) = (side(s, row.pair.0)?, side(s, row.pair.1)?) {
            shown.push((ConflictRow::of(row), a, b));
        }
    }
    Ok(ConflictList {
        kinds,
        kind: wanted.map(str::to_owned),
        conflicts: shown,
        pager,
    })
}

/// Two claims side by side: any two, not only those in conflict.
pub(crate) fn conflict(s: &Sources<'_>, a: &str, b: &str) -> Result<PairPage, Fault> {
    let (x, y) = (context(s, a)?, context(s, b)?);
    let (held_a, held_b) = (Held::new(x.claim.clone()), Held::new(y.claim.clone()));
    let verdict = judge(s.lexicon, held_a.entry(), held_b.entry());
    let (mut is_conflict, mut answer) = match verdict.answer {
        Ok(kind) => (true, kind.as_str()),
        Err(why) => (false, why.as_str()),
    };
    let mut reason = verdict.reason;
    // What dates and figures imply is not seen by looking at two claims alone.
    let pair = [x.claim.claim.id, y.claim.claim.id];
    let mut known = s.ledgers.into_iter().flat_map(|l| l.conflicts_of(pair[0]));
    let known = known.find(|c| pair.contains(&c.pair.0) && pair.contains(&c.pair.1));
    if let Some(known) = known.filter(|_| !is_conflict) {
        (is_conflict, answer, reason) = (true, known.kind.as_str(), known.reason.clone());
    }
    Ok(PairPage {
        sides: (side_of(&x), side_of(&y)),
        is_conflict,
        answer,
        reason,
    })
}

fn context(s: &Sources<'_>, given: &str) -> Result<Context, Fault> {
    let claim: ClaimId = id("claim", given)?;
    s.case
        .claim_in_context(claim)?
        .ok_or_else(|| Fault::Unknown {
            what: "claim",
            id: given.to_owned(),
        })
}

pub(crate) fn side(s: &Sources<'_>, claim: ClaimId) -> Result<Option<Side>, Fault> {
    Ok(s.case.claim_in_context(claim)?.as_ref().map(side_of))
}

/// How many bytes of a passage stand around the words, at most, on each side.
const AROUND: usize = 320;

pub(crate) fn side_of(context: &Context) -> Side {
    let words = std::ops::Range::<usize>::from(context.range);
    let text = &context.passage;
    let start = text.ceil_char_boundary(words.start.saturating_sub(AROUND));
    let end = text.floor_char_boundary((words.end + AROUND).min(text.len()));
    let range = TextRange::new((start as u32).into(), (end as u32).into());
    let mark = Mark {
        range: context.range,
        of: 0,
    };
    let mut passage = pieces(text, range, &[mark]);
    if let Some(first) = passage.first_mut().filter(|_| start > 0) {
        first.text.insert(0, '…');
    }
    if let Some(last) = passage.last_mut().filter(|_| end < text.len()) {
        last.text.push('…');
    }
    Side {
        card: ClaimCard::of(&context.claim),
        passage,
    }
}

/// A claim with the metadata of its page, as ledgers take it.
pub(crate) struct Held {
    stored: StoredClaim,
    metadata: Metadata,
}

impl Held {
    pub(crate) fn new(stored: StoredClaim) -> Self {
        let document = &stored.document;
        let metadata = Metadata {
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            agency: document.agency.clone(),
            published: document.published.map(|date| Publication {
                date,
                rule: String::new(),
            }),
            language: document.language.clone(),
            ..Metadata::default()
        };
        Self { stored, metadata }
    }

    pub(crate) fn entry(&self) -> Entry<'_> {
        Entry {
            claim: &self.stored.claim,
            page: self.stored.document.page,
            metadata: &self.metadata,
        }
    }
}
