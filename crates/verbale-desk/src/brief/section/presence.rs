//! Presence: which post is open, closed or empty, by whose word.

use verbale_analysis::{Presence, presence, presence::PostRow};

use super::{Block, Desk, Line, computed, heading, plain, strong, table};
use crate::brief::{
    model::text,
    notes::{capitalized, one_line, who_says},
};

pub(super) fn blocks(desk: &mut Desk<'_, '_>) -> Vec<Block> {
    let Presence { posts, counts } = presence(desk.lexicon, desk.entries);
    let mut blocks = Vec::new();
    for post in posts {
        if !post
            .rows
            .iter()
            .any(|r| r.claim.is_some_and(|c| desk.is_on_topic(c)))
        {
            continue;
        }
        let is_shown = |r: &&PostRow| r.claim.is_none_or(|c| desk.source.is_in_period(c));
        let shown: Vec<&PostRow> = post.rows.iter().filter(is_shown).collect();
        if !shown.iter().any(|r| r.claim.is_some()) {
            continue;
        }
        let name = capitalized(&one_line(&post.name.to_string()));
        let rows = shown.iter().map(|r| row(desk, r, &shown)).collect();
        blocks.push(heading(&name));
        blocks.extend(table(
            &format!("{name}, in the order of time"),
            &[
                ("For", 18),
                ("What", 30),
                ("By whose word", 30),
                ("Note", 22),
            ],
            rows,
        ));
    }
    let wanted = desk.wanted(&counts, |c| c.claim);
    let rows: Vec<Vec<Line>> = wanted
        .into_iter()
        .map(|c| {
            let place = c
                .place
                .as_ref()
                .map_or(String::new(), |p| format!(" in {p}"));
            let more = if c.is_exceeded {
                ", more than claimed"
            } else {
                ""
            };
            let held = format!("{} called open then{more}", c.n_open);
            vec![
                vec![time(&c.as_of_text)],
                vec![strong(one_line(&format!("{}{place}", c.amount)))],
                vec![computed(held)],
                desk.notes.cite(c.claim),
            ]
        })
        .collect();
    let counted = table(
        "Counts, held against the posts that the case knows",
        &[
            ("As of", 18),
            ("Count", 32),
            ("In the ledger", 28),
            ("Note", 22),
        ],
        rows,
    );
    if let Some(counted) = counted {
        blocks.extend([heading("Counts of posts"), counted]);
    }
    blocks
}

fn row(desk: &mut Desk<'_, '_>, r: &PostRow, of_post: &[&PostRow]) -> Vec<Line> {
    let doubt = match (r.is_denied, r.is_virtual) {
        (true, _) => " (denied)",
        (_, true) => " (not actual)",
        _ => "",
    };
    let mut what = vec![strong(one_line(&r.value)), plain(doubt)];
    if let Some(axis) = r.axis {
        what.push(plain(format!(", {}", format!("{axis:?}").to_lowercase())));
    }
    let end = |r: &PostRow| r.as_of.map(|t| t.1);
    let on_axis = of_post
        .iter()
        .filter(|other| other.axis == r.axis)
        .map(|r| end(r))
        .max();
    let is_newest = r.axis.is_some() && on_axis == Some(end(r));
    let (who, cite) = match r.claim {
        Some(claim) => (
            desk.source.entry(claim).map(who_says).unwrap_or_default(),
            if is_newest {
                desk.notes.cite_newest(&[claim], end(r))
            } else {
                desk.notes.cite(claim)
            },
        ),
        None => (
            text(
                r.speaker
                    .as_deref()
                    .map_or("nobody named".to_owned(), one_line),
            ),
            vec![computed("as a pack has it ")],
        ),
    };
    vec![vec![time(&r.as_of_text)], what, who, cite]
}

fn time(words: &str) -> super::Inline {
    if words.is_empty() {
        computed("no date")
    } else {
        plain(one_line(words))
    }
}
