//! The ledgers as flat rows with named columns, for JSON, CSV and whoever draws tables.
//!
//! A row is one observation, one conflict, one origin, one loss, one statement about a duty, one row of a post,
//! one restriction, one moment. Column names are fixed: other programs read them.
//!
//! Not here: writing (`verbale-case`, module `exchange`).

use jiff::civil::Date;
use verbale_core::{ClaimId, Decimal};

use crate::{
    Conflict, Impact, Moment, Presence, Restriction, Series, Standing, Supports, obligations::Duty,
};

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words.
    Text(String),
    /// A number, digit for digit.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// Several words: an array in JSON, joined by `; ` in CSV.
    List(Vec<String>),
}

/// One row: a cell for each column of its sheet.
pub type Cells = Vec<Cell>;

fn text(words: &str) -> Cell {
    if words.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(words.to_owned())
    }
}

fn maybe(words: Option<&str>) -> Cell {
    words.map_or(Cell::Empty, text)
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, |d| Cell::Text(d.to_string()))
}

fn id(claim: ClaimId) -> Cell {
    Cell::Text(claim.to_string())
}

fn ids(claims: &[ClaimId]) -> Cell {
    Cell::List(claims.iter().map(ClaimId::to_string).collect())
}

fn count(n: usize) -> Cell {
    Cell::Number(n.into())
}

fn number(n: Option<Decimal>) -> Cell {
    n.map_or(Cell::Empty, |n| Cell::Number(n.normalize()))
}

/// Pages, publishers and origins behind a claim; nothing for a row without one.
fn support(supports: &Supports, claim: Option<ClaimId>) -> [Cell; 3] {
    let Some(claim) = claim else {
        return [Cell::Empty, Cell::Empty, Cell::Empty];
    };
    let of = supports.of(claim);
    [of.n_pages, of.n_publishers, of.n_origins].map(count)
}

/// The columns of [`series`].
pub const SERIES: &[&str] = &[
    "series",
    "place",
    "unit",
    "nature",
    "modality",
    "as_of",
    "as_of_from",
    "as_of_to",
    "value",
    "low",
    "high",
    "amount",
    "speaker",
    "act",
    "asserted",
    "said",
    "publisher",
    "via",
    "repeat",
    "pages",
    "publishers",
    "origins",
    "claim",
    "key",
];

/// One row an observation.
pub fn series(series: &Series, supports: &Supports) -> Vec<Cells> {
    let row = |o: &crate::Observation| {
        let [pages, publishers, origins] = support(supports, Some(o.claim));
        vec![
            text(&series.label),
            maybe(series.place.as_deref()),
            maybe(series.unit.as_deref()),
            text(series.nature.as_str()),
            text(series.modality.as_str()),
            text(&o.as_of_text),
            day(o.as_of.map(|t| t.0)),
            day(o.as_of.map(|t| t.1)),
            number(o.value),
            number(o.low),
            number(o.high),
            text(&o.amount),
            maybe(o.speaker.as_deref()),
            text(o.act.as_str()),
            Cell::Flag(o.is_asserted),
            day(o.said),
            maybe(o.publisher.as_deref()),
            Cell::List(o.via.clone()),
            Cell::Flag(o.is_repeat),
            pages,
            publishers,
            origins,
            id(o.claim),
            text(series.key.as_str()),
        ]
    };
    series.observations.iter().map(row).collect()
}

/// The columns of [`conflict`].
pub const CONFLICTS: &[&str] = &[
    "kind", "reason", "a", "voice_a", "quote_a", "b", "voice_b", "quote_b",
];

/// One row a conflict.
pub fn conflict(c: &Conflict) -> Cells {
    vec![
        text(c.kind.as_str()),
        text(&c.reason),
        id(c.pair.0),
        text(&c.voices.0),
        text(&c.quotes.0),
        id(c.pair.1),
        text(&c.voices.1),
        text(&c.quotes.1),
    ]
}

/// The columns of [`standing`].
pub const ORIGINS: &[&str] = &[
    "saying",
    "quote",
    "pages",
    "publishers",
    "origins",
    "origin",
    "speaker",
    "rules",
    "outlets",
    "claims",
];

/// One row an origin of what a standing says; `quote` is the words of its first claim.
pub fn standing(standing: &Standing, quote: &str) -> Vec<Cells> {
    let row = |(at, origin): (usize, &crate::Origin)| {
        let mut rules: Vec<String> = origin
            .links
            .iter()
            .map(|l| l.rule.as_str().to_owned())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        vec![
            standing.claims.first().map_or(Cell::Empty, |c| id(*c)),
            text(quote),
            count(standing.n_pages),
            count(standing.n_publishers),
            count(standing.origins.len()),
            count(at + 1),
            maybe(origin.speaker.as_deref()),
            Cell::List(rules),
            Cell::List(origin.outlets.iter().cloned().collect()),
            ids(&origin.claims),
        ]
    };
    standing.origins.iter().enumerate().map(row).collect()
}

/// The columns of [`impact`].
pub const IMPACT: &[&str] = &[
    "saying",
    "quote",
    "voice",
    "pages_before",
    "publishers_before",
    "origins_before",
    "pages_after",
    "publishers_after",
    "origins_after",
];

/// One row a saying that loses support.
pub fn impact(impact: &Impact) -> Vec<Cells> {
    let row = |l: &crate::Loss| {
        let ((p, m, k), (q, n, o)) = (l.before, l.after);
        vec![
            id(l.saying),
            text(&l.quote),
            text(&l.voice),
            count(p),
            count(m),
            count(k),
            count(q),
            count(n),
            count(o),
        ]
    };
    impact.losses.iter().map(row).collect()
}

/// The columns of [`duty`].
pub const OBLIGATIONS: &[&str] = &[
    "instrument",
    "paragraph",
    "duty",
    "deadline",
    "row",
    "party",
    "computed",
    "said",
    "who",
    "act",
    "status",
    "kept",
    "of_itself",
    "disputed",
    "pages",
    "publishers",
    "origins",
    "claim",
];

/// One row a statement about a party's conduct, a telling or reading of the duty, or a report due under it:
/// `row` is `conduct`, `rule`, `reading` or `report`.
pub fn duty(duty: &Duty, supports: &Supports) -> Vec<Cells> {
    let head = |row: &str| {
        vec![
            text(&duty.instrument),
            maybe(duty.paragraph.as_deref()),
            text(&duty.action),
            day(duty.deadline),
            text(row),
        ]
    };
    let disputed = Cell::Flag(duty.is_disputed);
    let mut rows = Vec::new();
    for party in &duty.parties {
        rows.extend(party.statements.iter().map(|s| {
            let mut row = head("conduct");
            row.extend([
                text(&party.party),
                text(party.computed.as_str()),
                day(s.said),
                maybe(s.speaker.as_deref()),
                text(s.act.as_str()),
                text(&s.status),
                s.is_kept.map_or(Cell::Empty, Cell::Flag),
                Cell::Flag(s.is_own),
                disputed.clone(),
            ]);
            row.extend(support(supports, Some(s.claim)));
            row.push(id(s.claim));
            row
        }));
    }
    for r in &duty.readings {
        let mut row = head(if r.is_reading { "reading" } else { "rule" });
        let denied = if r.is_denied { "not: " } else { "" };
        row.extend([
            Cell::Empty,
            Cell::Empty,
            day(r.said),
            maybe(r.holder.as_deref()),
            Cell::Empty,
            text(&format!("{denied}{}", r.action)),
            Cell::Empty,
            Cell::Empty,
            disputed.clone(),
        ]);
        row.extend(support(supports, r.claim));
        row.push(r.claim.map_or(Cell::Empty, id));
        rows.push(row);
    }
    for r in &duty.reports {
        let mut row = head("report");
        row.extend([
            Cell::Empty,
            text(r.state.as_str()),
            day(r.due),
            text(&r.to),
            Cell::Empty,
            text(&r.id),
            Cell::Empty,
            Cell::Empty,
            disputed.clone(),
        ]);
        row.extend(support(supports, None));
        row.push(Cell::Empty);
        rows.push(row);
    }
    rows
}

/// The columns of [`presence`].
pub const PRESENCE: &[&str] = &[
    "post",
    "pack_id",
    "axis",
    "value",
    "as_of",
    "as_of_from",
    "as_of_to",
    "speaker",
    "act",
    "denied",
    "actual",
    "open_then",
    "exceeded",
    "pages",
    "publishers",
    "origins",
    "claim",
];

/// One row an assertion about a post, then one a count of posts with the number that the ledger calls open.
pub fn presence(ledger: &Presence, supports: &Supports) -> Vec<Cells> {
    let mut rows = Vec::new();
    for post in &ledger.posts {
        rows.extend(post.rows.iter().map(|r| {
            let [pages, publishers, origins] = support(supports, r.claim);
            vec![
                text(&post.name.to_string()),
                maybe(post.pack_id.as_deref()),
                maybe(r.axis.map(crate::presence::axis_word)),
                text(&r.value),
                text(&r.as_of_text),
                day(r.as_of.map(|t| t.0)),
                day(r.as_of.map(|t| t.1)),
                maybe(r.speaker.as_deref()),
                text(r.act.as_str()),
                Cell::Flag(r.is_denied),
                Cell::Flag(!r.is_virtual),
                Cell::Empty,
                Cell::Empty,
                pages,
                publishers,
                origins,
                r.claim.map_or(Cell::Empty, id),
            ]
        }));
    }
    rows.extend(ledger.counts.iter().map(|c| {
        let [pages, publishers, origins] = support(supports, Some(c.claim));
        vec![
            maybe(c.place.as_deref()),
            Cell::Empty,
            text("count"),
            text(&c.amount),
            text(&c.as_of_text),
            Cell::Empty,
            Cell::Empty,
            maybe(c.speaker.as_deref()),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            count(c.n_open),
            Cell::Flag(c.is_exceeded),
            pages,
            publishers,
            origins,
            id(c.claim),
        ]
    }));
    rows
}

/// The columns of [`restriction`].
pub const RESTRICTIONS: &[&str] = &[
    "from",
    "to",
    "state",
    "relief",
    "what",
    "voice",
    "quote",
    "pages",
    "publishers",
    "origins",
    "claim",
];

/// One row a ban or relief.
pub fn restriction(r: &Restriction, supports: &Supports) -> Cells {
    let [pages, publishers, origins] = support(supports, Some(r.claim));
    vec![
        day(r.days.map(|d| d.0)),
        day(r.days.map(|d| d.1)),
        text(r.state.as_str()),
        Cell::Flag(r.is_relief),
        text(&r.what),
        text(&r.voice),
        text(&r.quote),
        pages,
        publishers,
        origins,
        id(r.claim),
    ]
}

/// The columns of [`moment`].
pub const TIMELINE: &[&str] = &[
    "from", "to", "kind", "what", "place", "voice", "modality", "denied", "claim",
];

/// One row a moment.
pub fn moment(m: &Moment) -> Cells {
    vec![
        day(Some(m.days.0)),
        day(Some(m.days.1)),
        text(m.kind.as_str()),
        text(&m.what),
        maybe(m.place.as_deref()),
        text(&m.voice),
        text(m.modality.as_str()),
        Cell::Flag(m.is_denied),
        id(m.claim),
    ]
}
