//! Restrictions, origins, the timeline, and what has no day.

use verbale_analysis::{
    Clock, Entry, in_one_line, moment, restrictions as all_restrictions, timeline as all_moments,
};
use verbale_core::{ClaimId, ClaimKind, Modality, Polarity};

use super::{Block, Desk, Inline, Line, computed, plain, strong, table};
use crate::brief::{
    model::text,
    notes::{capitalized, one_line, time_words, who_says},
};

/// Bans and reliefs, each as one claim tells it.
pub(super) fn restrictions(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let all = all_restrictions(desk.lexicon, desk.entries);
    let wanted = desk.wanted(&all, |r| r.claim);
    let rows = wanted
        .into_iter()
        .map(|r| {
            vec![
                when(desk, r.claim),
                text(capitalized(&one_line(&r.what))),
                vec![strong(r.state.as_str())],
                who(desk, r.claim),
                desk.notes.cite(r.claim),
            ]
        })
        .collect();
    let table = table(
        "Bans and reliefs, each as one claim tells it",
        &[
            ("For", 15),
            ("What", 29),
            ("State", 12),
            ("By whose word", 24),
            ("Note", 20),
        ],
        rows,
    );
    table.into_iter().collect()
}

/// What stands on more than one claim, and on how many statements.
pub(super) fn origins(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let is_asked = |claims: &[ClaimId]| {
        claims.len() > 1
            && claims.iter().any(|c| desk.is_on_topic(*c))
            && claims.iter().any(|c| desk.is_shown(*c))
    };
    let asked: Vec<_> = desk
        .standings
        .iter()
        .filter(|s| is_asked(&s.claims))
        .collect();
    let rows = asked
        .into_iter()
        .map(|standing| {
            let shown = standing.claims.first().and_then(|c| desk.source.entry(*c));
            let words = shown.map(|e| one_line(e.quote())).unwrap_or_default();
            let mut rules: Vec<&str> = (standing.origins.iter())
                .flat_map(|o| o.links.iter().map(|l| l.rule.as_str()))
                .collect();
            rules.sort_unstable();
            rules.dedup();
            let notes: Line = standing
                .claims
                .iter()
                .flat_map(|c| desk.notes.cite(*c))
                .filter(|i| matches!(i, Inline::Note(_)))
                .collect();
            vec![
                vec![Inline::Quote(words)],
                vec![computed(standing.summary())],
                vec![computed(rules.join(", "))],
                notes,
            ]
        })
        .collect();
    let table = table(
        "What several claims say, and how many statements stand behind them",
        &[
            ("Words of the first", 44),
            ("Stands on", 22),
            ("Joined by", 18),
            ("Notes", 16),
        ],
        rows,
    );
    table.into_iter().collect()
}

/// What happened, was said to hold, or falls due, in the order of time.
pub(super) fn timeline(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let all = all_moments(desk.entries, Clock::AsOf);
    let wanted = desk.wanted(&all, |m| m.claim);
    let rows = wanted
        .into_iter()
        .map(|m| {
            vec![
                when(desk, m.claim),
                told(&m.what, m.is_denied, m.modality),
                who(desk, m.claim),
                desk.notes.cite(m.claim),
            ]
        })
        .collect();
    let table = table(
        "All dated claims by the time at which they hold",
        &[
            ("When", 17),
            ("What", 35),
            ("By whose word", 28),
            ("Note", 20),
        ],
        rows,
    );
    table.into_iter().collect()
}

/// Who holds what, and statuses, happenings and duties without a day. Figures without one stand in their series.
pub(super) fn positions(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let is_undated = |e: &&Entry<'_>| {
        e.claim.kind() != ClaimKind::Figure
            && e.claim.restates.is_none()
            && moment(**e, Clock::AsOf).is_none()
    };
    let all: Vec<Entry<'_>> = desk.entries.iter().filter(is_undated).copied().collect();
    let wanted = desk.wanted(&all, |e| e.id());
    let rows = wanted
        .into_iter()
        .map(|&e| {
            let is_denied = e.claim.polarity == Polarity::Denied;
            vec![
                text(e.claim.kind().as_str()),
                told(&in_one_line(e), is_denied, e.claim.modality),
                who(desk, e.id()),
                desk.notes.cite(e.id()),
            ]
        })
        .collect();
    let table = table(
        "What is held, and what is said without a day, page by page",
        &[
            ("Kind", 12),
            ("What", 40),
            ("By whose word", 28),
            ("Note", 20),
        ],
        rows,
    );
    table.into_iter().collect()
}

/// A claim in one line, with what keeps it from being said to be so.
fn told(what: &str, is_denied: bool, modality: Modality) -> Line {
    let mut line = text(capitalized(&one_line(what)));
    match (is_denied, modality) {
        (true, _) => line.push(plain(" (denied)")),
        (false, Modality::Actual) => {}
        (false, other) => line.push(plain(format!(" ({other})"))),
    }
    line
}

fn who(desk: &Desk<'_, '_>, claim: ClaimId) -> Line {
    desk.source.entry(claim).map(who_says).unwrap_or_default()
}

/// The time at which a claim holds, open ends and unresolved words included.
fn when(desk: &Desk<'_, '_>, claim: ClaimId) -> Line {
    let entry = desk.source.entry(claim);
    let time = entry
        .and_then(|e| e.claim.proposition.time())
        .map(time_words);
    vec![time.map_or(computed("no date"), plain)]
}
