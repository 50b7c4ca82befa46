//! Obligations, presence and restrictions, as they are shown.

use serde::Serialize;
use verbale_analysis::{
    Restriction,
    chart::{Span, presence_svg},
    obligations::{Computed, Duty, PartyRecord, ReadingRow, Statement},
    presence::{PostLedger, PostRow},
};
use verbale_core::{ClaimId, Digest};

use super::{Pager, card::claim_href, claims::slice_of};
use crate::{desk::Sources, error::Fault};

/// The duties of the case.
#[derive(Debug, Serialize)]
pub struct ObligationsPage {
    /// The day on which duties are due or past due.
    pub on: String,
    /// The duties.
    pub duties: Vec<DutyView>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// One duty.
#[derive(Debug, Serialize)]
pub struct DutyView {
    /// Its place on the page.
    pub anchor: String,
    /// The legal text.
    pub instrument: String,
    /// Its paragraph.
    pub paragraph: Option<String>,
    /// What must be done.
    pub action: String,
    /// The last day.
    pub deadline: Option<String>,
    /// Each party's record.
    pub parties: Vec<PartyView>,
    /// How the duty is told and read.
    pub readings: Vec<ReadingView>,
    /// True if two parties read it differently.
    pub is_disputed: bool,
    /// The reports that fall due.
    pub reports: Vec<ReportView>,
}

/// One party under a duty.
#[derive(Debug, Serialize)]
pub struct PartyView {
    /// The party.
    pub party: String,
    /// What is said about it, in the order of time.
    pub statements: Vec<StatementView>,
    /// What dates and figures imply.
    pub computed: &'static str,
    /// The figures that count what was left undone: address and id.
    pub residual: Vec<(String, String)>,
}

/// One claim about a party's conduct.
#[derive(Debug, Serialize)]
pub struct StatementView {
    /// The claim's address.
    pub href: String,
    /// When it was said.
    pub said: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// `say`, `admit`, …
    pub act: &'static str,
    /// Speaker and act as a page tells them.
    #[serde(skip)]
    pub told: String,
    /// The status in the words of the page.
    pub status: String,
    /// Whether the duty was kept by it.
    pub is_kept: Option<bool>,
    /// True if the party speaks of itself.
    pub is_own: bool,
    /// The words.
    pub quote: String,
}

/// A way in which a duty is told.
#[derive(Debug, Serialize)]
pub struct ReadingView {
    /// The claim's address; absent for a reading that only the pack knows.
    pub href: Option<String>,
    /// When it was said.
    pub said: Option<String>,
    /// Whose reading it is.
    pub holder: Option<String>,
    /// What must be done by it.
    pub action: String,
    /// True if it is denied that the rule demands this.
    pub is_denied: bool,
}

/// A report that falls due.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// The pack's name for it.
    pub id: String,
    /// By when, or how often.
    pub due: String,
    /// To whom.
    pub to: String,
    /// Where it stands.
    pub state: &'static str,
}

/// How many duties one page shows.
const DUTIES: u32 = 25;

/// The duties that are asked for; those with statements first.
pub(crate) fn obligations(s: &Sources<'_>) -> Result<ObligationsPage, Fault> {
    let ledgers = s.ledgers()?;
    let mut duties: Vec<&Duty> = ledgers.duties.iter().collect();
    let n_statements = |d: &Duty| d.parties.iter().map(|p| p.statements.len()).sum::<usize>();
    duties.sort_by_key(|d| std::cmp::Reverse((n_statements(d).min(1), d.pack_id.is_some())));
    let (shown, pager) = slice_of(s.ask, DUTIES, &duties);
    Ok(ObligationsPage {
        on: ledgers.on.to_string(),
        duties: shown.iter().map(|d| duty(d)).collect(),
        pager,
    })
}

fn duty(d: &Duty) -> DutyView {
    let name = format!("{}\u{1f}{:?}\u{1f}{}", d.instrument, d.paragraph, d.action);
    let readings = d
        .readings
        .iter()
        .filter(|r| r.is_reading || r.claim.is_some());
    DutyView {
        anchor: anchor("duty", &name),
        instrument: d.instrument.clone(),
        paragraph: d.paragraph.clone(),
        action: d.action.clone(),
        deadline: d.deadline.map(|d| d.to_string()),
        parties: d.parties.iter().map(party).collect(),
        readings: readings.map(reading).collect(),
        is_disputed: d.is_disputed,
        reports: (d.reports.iter())
            .map(|r| ReportView {
                id: r.id.clone(),
                due: r
                    .due
                    .map_or_else(|| r.every.clone().unwrap_or_default(), |d| d.to_string()),
                to: r.to.clone(),
                state: r.state.as_str(),
            })
            .collect(),
    }
}

fn party(p: &PartyRecord) -> PartyView {
    let residual: &[ClaimId] = match &p.computed {
        Computed::Residual(claims) => claims,
        _ => &[],
    };
    let statements = p.statements.iter().map(|s| StatementView {
        href: href(s.claim),
        said: s.said.map(|d| d.to_string()),
        speaker: s.speaker.clone(),
        act: s.act.as_str(),
        told: told(s),
        status: s.status.clone(),
        is_kept: s.is_kept,
        is_own: s.is_own,
        quote: s.quote.clone(),
    });
    PartyView {
        party: p.party.clone(),
        statements: statements.collect(),
        computed: p.computed.as_str(),
        residual: residual.iter().map(|c| (href(*c), c.to_string())).collect(),
    }
}

fn told(s: &Statement) -> String {
    let own = if s.is_own { ", of its own conduct" } else { "" };
    let speaker = s.speaker.as_deref().unwrap_or("nobody named");
    format!("{speaker} {}{own}", s.act.past())
}

fn reading(r: &ReadingRow) -> ReadingView {
    ReadingView {
        href: r.claim.map(href),
        said: r.said.map(|d| d.to_string()),
        holder: r.holder.clone(),
        action: r.action.clone(),
        is_denied: r.is_denied,
    }
}

/// The posts of the case.
#[derive(Debug, Serialize)]
pub struct PresencePage {
    /// The posts.
    pub posts: Vec<PostView>,
    /// Counts of posts, held against the ledger.
    pub counts: Vec<CountRow>,
    /// Where the posts stand in the whole.
    pub pager: Pager,
}

/// One post.
#[derive(Debug, Serialize)]
pub struct PostView {
    /// Its place on the page.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// What is asserted of it, in the order of time.
    pub rows: Vec<PresenceRow>,
    /// The bars over time, as SVG; empty if nothing is dated.
    #[serde(skip)]
    pub chart: String,
}

/// What somebody asserts of a post.
#[derive(Debug, Serialize)]
pub struct PresenceRow {
    /// The claim's address; absent for what only the pack knows.
    pub href: Option<String>,
    /// `premises`, `staffing`, `head`, `relation`; absent for steps that change none.
    pub axis: Option<&'static str>,
    /// The value on the axis, else the words.
    pub value: String,
    /// When, for people.
    pub as_of: String,
    /// Who says so.
    pub speaker: Option<String>,
    /// `say`, `deny`, …
    pub act: &'static str,
    /// True if it is denied.
    pub is_denied: bool,
    /// True if it is planned, possible or demanded.
    pub is_virtual: bool,
}

/// A counted number of posts.
#[derive(Debug, Serialize)]
pub struct CountRow {
    /// The claim's address.
    pub href: String,
    /// The number as stated.
    pub amount: String,
    /// When it holds.
    pub as_of: String,
    /// Where.
    pub place: Option<String>,
    /// Who says so.
    pub speaker: Option<String>,
    /// Posts there that the ledger calls open then.
    pub n_open: usize,
    /// True if these are more than the words allow.
    pub is_exceeded: bool,
}

/// How many posts one page shows.
const POSTS: u32 = 25;

/// The posts that are asked for.
pub(crate) fn presence(s: &Sources<'_>) -> Result<PresencePage, Fault> {
    let ledger = &s.ledgers()?.presence;
    let (shown, pager) = slice_of(s.ask, POSTS, &ledger.posts);
    let span = Span::of_posts(shown);
    let counts = ledger.counts.iter().map(|c| CountRow {
        href: href(c.claim),
        amount: c.amount.clone(),
        as_of: c.as_of_text.clone(),
        place: c.place.clone(),
        speaker: c.speaker.clone(),
        n_open: c.n_open,
        is_exceeded: c.is_exceeded,
    });
    Ok(PresencePage {
        posts: shown.iter().map(|p| post(p, span.as_ref())).collect(),
        counts: counts.collect(),
        pager,
    })
}

fn post(p: &PostLedger, span: Option<&Span>) -> PostView {
    let name = p.name.to_string();
    PostView {
        anchor: anchor("post", &name),
        chart: span.map_or_else(String::new, |span| presence_svg(p, span, &href)),
        name,
        rows: p.rows.iter().map(presence_row).collect(),
    }
}

fn presence_row(r: &PostRow) -> PresenceRow {
    PresenceRow {
        href: r.claim.map(href),
        axis: r.axis_word(),
        value: r.value.clone(),
        as_of: r.as_of_text.clone(),
        speaker: r.speaker.clone(),
        act: r.act.as_str(),
        is_denied: r.is_denied,
        is_virtual: r.is_virtual,
    }
}

/// The bans and reliefs of the case.
#[derive(Debug, Serialize)]
pub struct RestrictionsPage {
    /// How many there are in each state.
    pub states: Vec<(&'static str, usize)>,
    /// The state that is shown, if not all.
    pub state: Option<String>,
    /// The rows.
    pub rows: Vec<RestrictionRow>,
    /// Where they stand in the whole.
    pub pager: Pager,
}

/// A ban or relief, as somebody tells it.
#[derive(Debug, Serialize)]
pub struct RestrictionRow {
    /// The claim's address.
    pub href: String,
    /// What is restricted.
    pub what: String,
    /// True for relief.
    pub is_relief: bool,
    /// `in force`, `proposed`, `lifted`, `refused`.
    pub state: &'static str,
    /// First and last day.
    pub days: Option<(String, String)>,
    /// Who says so.
    pub voice: String,
    /// The words.
    pub quote: String,
}

/// How many rows a page of restrictions has.
const ROWS: u32 = 100;

/// The bans and reliefs that are asked for.
pub(crate) fn restrictions(s: &Sources<'_>) -> Result<RestrictionsPage, Fault> {
    let all = &s.ledgers()?.restrictions;
    let wanted = s.ask.param("state");
    let of_state: Vec<&Restriction> = (all.iter())
        .filter(|r| wanted.is_none_or(|w| r.state.as_str() == w))
        .collect();
    let states = ["in force", "proposed", "lifted", "refused"].map(|state| {
        (
            state,
            all.iter().filter(|r| r.state.as_str() == state).count(),
        )
    });
    let (shown, pager) = slice_of(s.ask, ROWS, &of_state);
    let row = |r: &&Restriction| RestrictionRow {
        href: href(r.claim),
        what: r.what.clone(),
        is_relief: r.is_relief,
        state: r.state.as_str(),
        days: r.days.map(|(a, b)| (a.to_string(), b.to_string())),
        voice: r.voice.clone(),
        quote: r.quote.clone(),
    };
    Ok(RestrictionsPage {
        states: states.to_vec(),
        state: wanted.map(str::to_owned),
        rows: shown.iter().map(row).collect(),
        pager,
    })
}

pub(super) fn href(claim: ClaimId) -> String {
    claim_href(&claim.to_string())
}

/// A place on a page that has no id of its own: the same for the same name.
pub(crate) fn anchor(prefix: &str, name: &str) -> String {
    let digest = Digest::of(name.as_bytes()).to_string();
    format!("{prefix}-{}", &digest[..16])
}
