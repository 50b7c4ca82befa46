//! Disagreements: the list, and two claims side by side.

use serde::Serialize;
use verbale_analysis::{Conflict, ConflictKind, Entry, judge};
use verbale_case::{
    StoredClaim,
    ledger::{ConflictCursor, Context},
};
use verbale_core::{ClaimId, Metadata, Publication, TextRange};

use super::{ClaimCard, Pager, id};
use crate::{
    ask::Ask,
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
    /// How many there are of each kind; empty while they are being counted.
    pub kinds: Vec<(&'static str, u64)>,
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
    let wanted = s.ask.param("kind");
    let kind = ConflictKind::ALL
        .iter()
        .find(|k| Some(k.as_str()) == wanted);
    let (rows, pager) = rows(s, kind.copied())?;
    let mut shown = Vec::new();
    for row in rows {
        // A claim may have been taken out since the ledgers were made.
        if let (Some(a), Some(b)) = (side(s, row.pair.0)?, side(s, row.pair.1)?) {
            shown.push((ConflictRow::of(&row), a, b));
        }
    }
    let counted = s.ledgers.into_iter().flat_map(|l| &l.n_conflicts);
    Ok(ConflictList {
        kinds: counted.map(|(kind, n)| (kind.as_str(), *n)).collect(),
        kind: wanted.map(str::to_owned),
        conflicts: shown,
        pager,
    })
}

/// A page of conflicts behind the one that the address names: the computed ones first, which are few.
fn rows(s: &Sources<'_>, kind: Option<ConflictKind>) -> Result<(Vec<Conflict>, Pager), Fault> {
    let after = after(s.ask);
    let mut rows = Vec::new();
    if after.is_none() {
        let computed = s.ledgers.into_iter().flat_map(|l| &l.computed);
        rows.extend(
            computed
                .filter(|c| kind.is_none_or(|k| c.kind == k))
                .cloned(),
        );
    }
    let n_computed = rows.len();
    let cursor = after.as_ref().map(ConflictCursor::from);
    let more = s
        .case
        .conflicts_of_kind(kind, cursor.as_ref(), ROWS as usize + 1)?;
    let has_more = more.len() > ROWS as usize;
    rows.extend(more.into_iter().take(ROWS as usize));
    let last = rows.last().filter(|_| has_more && rows.len() > n_computed);
    let next = last.map(|c| format!("{} {} {}", c.pair.0, c.pair.1, c.kind.as_str()));
    let pager = Pager::behind(s.ask, rows.len(), next);
    Ok((rows, pager))
}

/// The last conflict of the page before: its two claims and its kind.
fn after(ask: &Ask) -> Option<Conflict> {
    let mut words = ask.param("after")?.splitn(3, ' ');
    let pair = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let kind = words.next()?;
    Some(Conflict {
        pair,
        kind: *ConflictKind::ALL.iter().find(|k| k.as_str() == kind)?,
        reason: String::new(),
        quotes: Default::default(),
        voices: Default::default(),
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
    let found = s.case.conflicts_of(&pair)?;
    let computed = s.ledgers.into_iter().flat_map(|l| l.computed_of(pair[0]));
    let mut known = found.iter().chain(computed);
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
