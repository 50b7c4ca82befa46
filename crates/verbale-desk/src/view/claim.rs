//! One claim: its words in context, its chain, its clocks, what stands behind it, what people decided.

use serde::Serialize;
use verbale_analysis::{Standing, Withdrawn, impact};
use verbale_case::{
    StoredClaim,
    decision::{Decision, fields},
};
use verbale_core::{Anchor, ClaimId, Proposition, TextRange, Timex};

use super::{ClaimCard, ConflictRow, Footnote, LossRow, id};
use crate::{
    desk::Sources,
    error::Fault,
    marked::{Mark, Piece, pieces},
};

/// One claim.
#[derive(Debug, Serialize)]
pub struct ClaimPage {
    /// The claim.
    pub card: ClaimCard,
    /// Its fields, as the ledger keeps them.
    pub facts: Vec<(&'static str, String)>,
    /// What the passage is: `body`, `title`, …
    pub role: &'static str,
    /// The passage; mark 0 is the claim's words, 1 the speaker, 2 the cue.
    pub passage: Vec<Piece>,
    /// The two clocks of the claim and the two of its page, with what they rest on.
    pub clocks: Vec<ClockView>,
    /// What else says so; absent while the ledgers are being made.
    pub standing: Option<StandingView>,
    /// What it cannot both hold with.
    pub conflicts: Vec<ConflictRow>,
    /// The series it belongs to: address and title.
    pub series: Option<(String, String)>,
    /// What would lose support without it.
    pub losses: Vec<LossRow>,
    /// What people decided about it, the latest first.
    pub decisions: Vec<DecisionRow>,
    /// The fields that a person may amend.
    pub fields: Vec<&'static str>,
    /// The claim as a footnote.
    pub footnote: Footnote,
    /// The footnote as text.
    pub footnote_text: String,
    /// The name of the rule that found it.
    pub rule: String,
}

/// One of the four clocks.
#[derive(Debug, Serialize)]
pub struct ClockView {
    /// `holds`, `said`, `published`, `captured`.
    pub name: &'static str,
    /// The date as far as it is known.
    pub iso: Option<String>,
    /// The words of the page.
    pub raw: Option<String>,
    /// The days that it covers.
    pub days: Option<String>,
    /// What it rests on.
    pub rests_on: &'static str,
}

/// How many independent statements stand behind it.
#[derive(Debug, Serialize)]
pub struct StandingView {
    /// "3 pages, 2 publishers, 1 origin".
    pub summary: String,
    /// The statements.
    pub origins: Vec<OriginRow>,
    /// The graph, as SVG.
    #[serde(skip)]
    pub graph: String,
}

/// One statement with the claims that carry it.
#[derive(Debug, Serialize)]
pub struct OriginRow {
    /// Who said it.
    pub speaker: Option<String>,
    /// The claims, the nearest to the statement first.
    pub claims: Vec<ClaimCard>,
    /// Why they are taken for one.
    pub rules: Vec<&'static str>,
}

/// A decision as a row.
#[derive(Debug, Serialize)]
pub struct DecisionRow {
    /// `dec_…`.
    pub id: String,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// `accept`, `amend`, …
    pub act: String,
    /// What was put where, for an amendment; the remark, for a note.
    pub what: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl DecisionRow {
    pub(crate) fn of(d: &Decision) -> Self {
        use verbale_case::decision::Ruling;
        let what = match &d.ruling {
            Ruling::Amend { field, value, .. } => Some(format!("{field} = {value}")),
            Ruling::Note { text, .. } => Some(text.clone()),
            Ruling::GradeClaim { credibility, .. } => Some(format!("credibility {credibility}")),
            Ruling::GradePublisher { reliability, .. } => {
                Some(format!("reliability {reliability}"))
            }
            Ruling::Date { date, .. } => {
                Some(date.map_or_else(|| "no date".to_owned(), |d| d.to_string()))
            }
            Ruling::Undo { decision } => Some(decision.clone()),
            _ => None,
        };
        Self {
            id: d.id.clone(),
            at: d.at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
            who: d.who.clone(),
            act: d.ruling.act().to_owned(),
            what,
            why: d.why.clone(),
        }
    }
}

/// The claim with this id.
pub(crate) fn claim(s: &Sources<'_>, given: &str) -> Result<ClaimPage, Fault> {
    let claim_id: ClaimId = id("claim", given)?;
    let unknown = || Fault::Unknown {
        what: "claim",
        id: given.to_owned(),
    };
    let context = s.case.claim_in_context(claim_id)?.ok_or_else(unknown)?;
    let stored = &context.claim;
    let page = stored.document.page;
    let custody = s.case.custody_of(page)?.ok_or_else(unknown)?;
    let decisions = s.case.decisions_on(&claim_id.to_string())?;
    let footnote = Footnote::of(stored, &custody, None);
    let standing = s.case.standing_of(s.lexicon, claim_id)?;
    let standing = standing.as_ref();
    Ok(ClaimPage {
        card: ClaimCard::of(stored),
        facts: facts(&stored.claim.proposition),
        role: context.place.role.as_str(),
        passage: passage(&context),
        clocks: clocks(stored, &custody),
        standing: standing
            .map(|st| standing_view(s, st, claim_id))
            .transpose()?,
        conflicts: conflicts(s, claim_id)?,
        series: series(s, claim_id)?,
        losses: losses(s, standing, claim_id)?,
        decisions: decisions.iter().rev().map(DecisionRow::of).collect(),
        fields: fields(stored.claim.kind()),
        footnote_text: footnote.text(),
        footnote,
        rule: stored.claim.rule.clone(),
    })
}

/// What a claim cannot both hold with.
fn conflicts(s: &Sources<'_>, claim: ClaimId) -> Result<Vec<ConflictRow>, Fault> {
    let found = s.case.conflicts_of(&[claim])?;
    let computed = s.ledgers.into_iter().flat_map(|l| l.computed_of(claim));
    let all = found.iter().chain(computed).take(MOST_SHOWN);
    Ok(all.map(ConflictRow::of).collect())
}

/// The address and title of the series of a figure.
fn series(s: &Sources<'_>, claim: ClaimId) -> Result<Option<(String, String)>, Fault> {
    let Some(key) = s.case.series_key_of(claim)? else {
        return Ok(None);
    };
    let title = s.case.series_title(s.lexicon, &key)?;
    Ok(title.map(|title| (super::series::href(&key), title)))
}

/// The passage with the claim's words, speaker and cue marked.
fn passage(context: &verbale_case::ledger::Context) -> Vec<Piece> {
    let start = context.place.range.start();
    let attribution = &context.claim.claim.attribution;
    let inside = |range: TextRange| {
        let is_inside = context.place.range.contains_range(range);
        is_inside.then(|| range - start)
    };
    let speaker = attribution.speaker.as_ref().and_then(|s| s.range);
    let marks = [
        Some(context.range),
        speaker.and_then(inside),
        attribution.cue.and_then(inside),
    ];
    let marks: Vec<Mark> = (0..)
        .zip(marks)
        .filter_map(|(of, range)| Some(Mark { range: range?, of }))
        .collect();
    let whole = TextRange::up_to(context.place.range.len());
    pieces(&context.passage, whole, &marks)
}

fn facts(proposition: &Proposition) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, value: Option<String>| {
        facts.extend(value.filter(|v| !v.is_empty()).map(|v| (name, v)));
    };
    let number = |n: Option<verbale_core::Decimal>| n.map(|n| n.normalize().to_string());
    match proposition {
        Proposition::Figure(f) => {
            add("what is counted", Some(f.subject.clone()));
            add("value", number(f.quantity.value));
            add("at least", number(f.quantity.low));
            add("at most", number(f.quantity.high));
            add("hedge", f.quantity.approximator.clone());
            add("unit", f.quantity.unit.clone());
            add("per", f.quantity.per.clone());
            add("place", f.place.clone());
        }
        Proposition::Status(x) => {
            add("of what", Some(x.subject.clone()));
            add("status", Some(x.status.clone()));
        }
        Proposition::Event(x) => {
            add("event", Some(x.label.clone()));
            add("who took part", Some(x.actors.join(", ")));
            add("place", x.place.clone());
        }
        Proposition::Obligation(x) => {
            add("instrument", x.instrument.clone());
            add("paragraph", x.paragraph.clone());
            add("party", x.party.clone());
            add("action", Some(x.action.clone()));
        }
        Proposition::Position(x) => {
            add("holder", Some(x.holder.clone()));
            add("stance", Some(x.stance.clone()));
            add("about", x.target.clone());
        }
    }
    facts
}

fn clocks(stored: &StoredClaim, custody: &verbale_case::ledger::PageCustody) -> Vec<ClockView> {
    let timex = |name, time: Option<&Timex>| ClockView {
        name,
        iso: time.and_then(Timex::iso),
        raw: time.map(|t| t.raw.clone()),
        days: time.and_then(|t| t.interval).map(|i| {
            let day = |d: Option<jiff::civil::Date>| d.map_or("…".to_owned(), |d| d.to_string());
            match (day(i.start()), day(i.end())) {
                (a, b) if a == b => a,
                (a, b) => format!("{a} to {b}"),
            }
        }),
        rests_on: match time.map(|t| t.anchor) {
            None => "the page does not say",
            Some(Anchor::None) => "the words alone",
            Some(Anchor::Published) => "the words, counted from the day of publication",
            Some(Anchor::Text) => "the words, counted from another time in the text",
            Some(Anchor::Missing) => "words that need a date which the page does not give",
        },
    };
    let published = stored.document.published.map(|d| d.to_string());
    let captured = custody.captures.first().and_then(|c| c.captured);
    vec![
        timex("holds", stored.claim.proposition.time()),
        timex("said", stored.claim.attribution.said_on.as_ref()),
        ClockView {
            name: "published",
            days: None,
            raw: None,
            rests_on: match published {
                Some(_) => "the page",
                None => "the page does not say",
            },
            iso: published,
        },
        ClockView {
            name: "captured",
            iso: Some(super::second(captured.unwrap_or(custody.added))),
            raw: None,
            days: None,
            rests_on: match captured {
                Some(_) => "the archive or feed",
                None => "the day it was added to the case",
            },
        },
    ]
}

fn standing_view(
    s: &Sources<'_>,
    standing: &Standing,
    claim: ClaimId,
) -> Result<StandingView, Fault> {
    let mut origins = Vec::new();
    for origin in &standing.origins {
        let mut rules: Vec<&'static str> = origin.links.iter().map(|l| l.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        let mut claims = Vec::new();
        for id in origin.claims.iter().take(MOST_SHOWN) {
            claims.extend(s.case.claim(*id)?.as_ref().map(ClaimCard::of));
        }
        origins.push(OriginRow {
            speaker: origin.speaker.clone(),
            claims,
            rules,
        });
    }
    let name = |id: ClaimId| {
        let id = id.to_string();
        let cards = origins.iter().flat_map(|o| &o.claims);
        let card = cards.into_iter().find(|c| c.id == id)?;
        let publisher = card
            .publisher
            .clone()
            .unwrap_or_else(|| "publisher not named".into());
        let day = card.published.clone().unwrap_or_else(|| "undated".into());
        Some((publisher, day))
    };
    let link = |id: ClaimId| super::card::claim_href(&id.to_string());
    let graph = verbale_analysis::chart::origins_svg(standing, claim, &name, &link);
    Ok(StandingView {
        summary: standing.summary(),
        graph,
        origins,
    })
}

/// How many claims of one origin are listed.
const MOST_SHOWN: usize = 30;

/// What would lose support without the claim, among what says the same.
fn losses(
    s: &Sources<'_>,
    standing: Option<&Standing>,
    claim: ClaimId,
) -> Result<Vec<LossRow>, Fault> {
    let Some(standing) = standing else {
        return Ok(Vec::new());
    };
    let mut held = Vec::new();
    for id in standing.claims.iter().take(20 * MOST_SHOWN) {
        held.extend(s.case.claim(*id)?.map(super::conflicts::Held::new));
    }
    let entries: Vec<_> = held.iter().map(super::conflicts::Held::entry).collect();
    let one = std::slice::from_ref(standing);
    let found = impact(&entries, one, &[], &Withdrawn::Claim(claim));
    Ok(found.losses.iter().map(LossRow::of).collect())
}
