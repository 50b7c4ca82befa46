//! Rows by post and axis, the state on a day, and counts held against it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Polarity, Proposition, Status};
use verbale_pack::Axis;

use super::post::{PostKey, PostName, posts_in};
use crate::{
    Band, Entry, Lexicon,
    compare::{Standing, amount},
    entry::in_order,
    groups::Groups,
    measure::place_of,
};

/// What somebody asserts about a post for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    /// The claim; absent for what only the pack knows.
    pub claim: Option<ClaimId>,
    /// The axis; absent for steps that change none (an inspection, a decision put off).
    pub axis: Option<Axis>,
    /// The value on the axis, else the page's words.
    pub value: String,
    /// First and last day of the time for which it is asserted; absent where the page does not say.
    pub as_of: Option<(Date, Date)>,
    /// That time for people.
    pub as_of_text: String,
    /// Who says so.
    pub speaker: Option<String>,
    /// What the speaker does by saying it.
    pub act: Act,
    /// True if it is denied.
    pub is_denied: bool,
    /// True if it is planned, possible, conditional or demanded.
    pub is_virtual: bool,
}

/// One post with its rows, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLedger {
    /// Its fullest name.
    pub name: PostName,
    /// The pack's name for it.
    pub pack_id: Option<String>,
    /// What is asserted, by time; undated rows last.
    pub rows: Vec<PostRow>,
}

impl PostRow {
    /// The word for its axis.
    pub fn axis_word(&self) -> Option<&'static str> {
        self.axis.map(|axis| match axis {
            Axis::Premises => "premises",
            Axis::Staffing => "staffing",
            Axis::Head => "head",
            Axis::Relation => "relation",
        })
    }
}

impl PostLedger {
    /// What is asserted on `axis` on the day `on`: the values with the latest start not after it. More than one
    /// if the sources disagree; empty if nobody says.
    pub fn state_on(&self, axis: Axis, on: Date) -> Vec<&str> {
        let holds = |r: &&PostRow| {
            let begun = r.as_of.is_some_and(|(start, _)| start <= on);
            r.axis == Some(axis) && !r.is_denied && !r.is_virtual && begun
        };
        let latest = self
            .rows
            .iter()
            .filter(holds)
            .filter_map(|r| r.as_of.map(|t| t.0))
            .max();
        let of_latest = self
            .rows
            .iter()
            .filter(holds)
            .filter(|r| r.as_of.map(|t| t.0) == latest);
        let values: BTreeSet<&str> = of_latest.map(|r| r.value.as_str()).collect();
        values.into_iter().collect()
    }
}

/// A counted number of posts, heads or states with posts, held against the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The claim.
    pub claim: ClaimId,
    /// The number as stated: "Only 6 embassies".
    pub amount: String,
    /// When it holds.
    pub as_of_text: String,
    /// Where.
    pub place: Option<String>,
    /// Who says so.
    pub speaker: Option<String>,
    /// Posts of the ledger in that place which somebody calls open then.
    pub n_open: usize,
    /// True if the ledger knows more open posts than the words allow. Fewer prove nothing.
    pub is_exceeded: bool,
}

/// The presence ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presence {
    /// The posts, by name.
    pub posts: Vec<PostLedger>,
    /// The counts, by id of their claims.
    pub counts: Vec<Count>,
}

/// The posts that these claims speak of. What a pack knows of a post is added to its rows.
pub fn presence(lexicon: &Lexicon, entries: &[Entry<'_>]) -> Presence {
    let entries = in_order(entries);
    let mut named: Vec<(PostName, PostKey, PostRow)> = Vec::new();
    for entry in &entries {
        for name in posts_of(lexicon, *entry) {
            let key = name.key(lexicon);
            if key.n_parts() > 0 {
                named.extend(row(lexicon, *entry).map(|row| (name.clone(), key, row)));
            }
        }
    }
    let mut posts: Vec<PostLedger> = grouped(&named)
        .into_iter()
        .map(|members| post(lexicon, &named, &members))
        .collect();
    posts.sort_by_key(|p| p.name.to_string());
    let counts = entries
        .iter()
        .filter_map(|e| count(lexicon, *e, &posts))
        .collect();
    Presence { posts, counts }
}

/// Posts that a status or an event names.
fn posts_of(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<PostName> {
    if entry.claim.restates.is_some() {
        return Vec::new();
    }
    match &entry.claim.proposition {
        Proposition::Status(s) if is_service(s) => Vec::new(),
        Proposition::Status(s) => posts_in(&s.subject),
        Proposition::Event(e) if !is_step(lexicon, &e.label) => Vec::new(),
        Proposition::Event(e) => {
            let place = e.place.as_deref().unwrap_or_default();
            let actors = e.actors.iter().flat_map(|a| posts_in(a));
            let named: Vec<PostName> = actors
                .chain(posts_in(&e.label))
                .chain(posts_in(place))
                .collect();
            let full = named.into_iter().find(|p| !p.sender.is_empty());
            // A label such as "inspection of the embassy" leaves it to the words to say whose.
            let is_about_post = !posts_in(&e.label).is_empty();
            let quoted = || {
                posts_in(entry.quote())
                    .into_iter()
                    .find(|p| !p.sender.is_empty())
            };
            full.or_else(|| quoted().filter(|_| is_about_post))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What a post gives; a word about it is none about the post.
const SERVICES: &[&str] = &[
    "advice",
    "aid",
    "assistance",
    "help",
    "service",
    "services",
    "support",
];

/// True if a status is about what a post gives ("help of the embassy in the north").
fn is_service(status: &Status) -> bool {
    let first = status
        .subject
        .split_whitespace()
        .find(|w| !w.eq_ignore_ascii_case("the"));
    first.is_some_and(|w| SERVICES.contains(&w.to_lowercase().as_str()))
}

/// Stems of words for what is done with a post or its head; what a mission does besides is no row. Sorted.
const STEPS: &[&str] = &[
    "accreditation",
    "appointed",
    "appointment",
    "arrival",
    "arrived",
    "arriving",
    "attack",
    "attacked",
    "closing",
    "closure",
    "damage",
    "departure",
    "evacuated",
    "evacuation",
    "expelled",
    "expulsion",
    "inauguration",
    "inspected",
    "inspecting",
    "inspection",
    "leaving",
    "move",
    "opened",
    "opening",
    "recall",
    "recalled",
    "reopened",
    "reopening",
    "repair",
    "return",
    "returned",
    "summoned",
    "visit",
    "withdrawal",
    "withdrawn",
];

/// True if an event's label tells a step in the life of a post.
fn is_step(lexicon: &Lexicon, label: &str) -> bool {
    let stems = lexicon.stems(label);
    let is_told = stems
        .iter()
        .any(|s| STEPS.binary_search(&s.as_str()).is_ok());
    is_told || lexicon.status(label).is_some_and(|s| s.axis.is_some())
}

fn row(lexicon: &Lexicon, entry: Entry<'_>) -> Option<PostRow> {
    let claim = entry.claim;
    let (axis, value) = match &claim.proposition {
        Proposition::Status(s) => match Standing::of(lexicon, s) {
            Standing::Post(axis, value) => (Some(axis), value),
            _ if s.subject.ends_with("/ head") || s.subject.starts_with("head of ") => {
                (Some(Axis::Head), s.status.clone())
            }
            _ => (None, s.status.clone()),
        },
        Proposition::Event(e) => (None, e.label.clone()),
        _ => return None,
    };
    let time = claim.proposition.time();
    Some(PostRow {
        claim: Some(claim.id),
        axis,
        value,
        as_of: entry
            .when()
            .interval()
            .and_then(|i| Some((i.start().or(i.end())?, i.end().or(i.start())?))),
        as_of_text: time
            .map(|t| t.iso().unwrap_or_else(|| format!("“{}”", t.raw)))
            .unwrap_or_default(),
        speaker: entry.speaker().map(str::to_owned),
        act: claim.attribution.act,
        is_denied: claim.polarity == Polarity::Denied,
        is_virtual: claim.modality != verbale_core::Modality::Actual,
    })
}

/// Puts wordings of one post together; the fuller names lead, so that "the embassy" joins a named one.
fn grouped(named: &[(PostName, PostKey, PostRow)]) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(named.len());
    for (i, (_, a, _)) in named.iter().enumerate() {
        let same = |(_, b, _): &(PostName, PostKey, PostRow)| a == b;
        if let Some(first) = named[..i].iter().position(same) {
            groups.join(i, first);
            continue;
        }
        if a.n_parts() == 2 {
            let equal = |(_, b, _): &(PostName, PostKey, PostRow)| b.n_parts() == 2 && a.is_same(b);
            if let Some(j) = named[..i].iter().position(equal) {
                groups.join(i, j);
            }
        }
    }
    // A name with one part joins the only full one that it fits; where there are two, nobody knows.
    for (i, (_, a, _)) in named.iter().enumerate().filter(|(_, n)| n.1.n_parts() == 1) {
        let full: BTreeSet<&PostKey> = named
            .iter()
            .map(|n| &n.1)
            .filter(|b| b.n_parts() == 2 && a.is_same(b))
            .collect();
        if full.len() == 1
            && let Some(j) = named.iter().position(|n| full.contains(&n.1))
        {
            groups.join(i, j);
        }
    }
    groups.all()
}

fn post(
    lexicon: &Lexicon,
    named: &[(PostName, PostKey, PostRow)],
    members: &[usize],
) -> PostLedger {
    let fullest = members.iter().max_by_key(|i| {
        (
            named[**i].1.n_parts(),
            std::cmp::Reverse(named[**i].0.to_string()),
        )
    });
    let (name, key, _) = &named[*fullest.expect("a group has a member")];
    let known = lexicon
        .packs()
        .posts()
        .iter()
        .find(|p| is_pack_post(lexicon, p, key));
    let mut rows: Vec<PostRow> = members.iter().map(|&i| named[i].2.clone()).collect();
    rows.extend(known.into_iter().flat_map(|p| pack_rows(lexicon, p)));
    rows.sort_by_key(|r| (r.as_of.is_none(), r.as_of, r.claim, r.value.clone()));
    PostLedger {
        name: name.clone(),
        pack_id: known.map(|p| p.id.clone()),
        rows,
    }
}

fn is_pack_post(lexicon: &Lexicon, post: &verbale_pack::Post, key: &PostKey) -> bool {
    let is = |bag: &crate::Bag, id: &str| bag.contains(&format!("@{id}"));
    let city = place_of(lexicon, &post.city);
    let here = is(&key.place, &post.receiving) || key.place == city;
    post.kind == key.kind && is(&key.sender, &post.sending) && here
}

fn pack_rows(lexicon: &Lexicon, post: &verbale_pack::Post) -> Vec<PostRow> {
    let row = |axis,
               value: &str,
               date: Option<verbale_core::PartialDate>,
               speaker: Option<&str>| PostRow {
        claim: None,
        axis,
        value: value.to_owned(),
        as_of: date
            .and_then(|d| d.interval())
            .and_then(|i| Some((i.start()?, i.end()?))),
        as_of_text: date.map(|d| d.to_string()).unwrap_or_default(),
        speaker: speaker.map(str::to_owned),
        act: Act::Say,
        is_denied: false,
        is_virtual: false,
    };
    let events = post.events.iter().map(|e| {
        let word = lexicon.packs().statuses().iter().find(|s| s.id == e.status);
        let value = word.and_then(|w| w.value.as_deref()).unwrap_or(&e.status);
        let axis = word.filter(|w| w.value.is_some()).and_then(|w| w.axis);
        row(axis, value, Some(e.date), Some(&e.by))
    });
    let heads = post.heads.iter().map(|h| {
        let value = if h.name.is_empty() {
            h.role.clone()
        } else {
            format!("{} ({})", h.name, h.role)
        };
        row(Some(Axis::Head), &value, h.from, None)
    });
    events.chain(heads).collect()
}

/// Units that count posts or those who head them.
const COUNTED: &[&str] = &["embassy", "ambassador", "consulate", "mission"];

/// True if a figure counts posts, those who head them, or states by their posts.
fn counts_posts(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let Some(figure) = entry.figure() else {
        return false;
    };
    let unit_words = figure.quantity.unit.as_deref().unwrap_or_default();
    let Some(unit) = lexicon.stems(unit_words).pop() else {
        return false;
    };
    let by_posts = |s: &String| COUNTED.contains(&s.as_str());
    by_posts(&unit)
        || matches!(unit.as_str(), "country" | "state")
            && lexicon.stems(&figure.subject).iter().any(by_posts)
}

/// True for a claim from which the presence ledger makes a row or a count.
pub(crate) fn speaks_of_posts(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    !posts_of(lexicon, entry).is_empty() || counts_posts(lexicon, entry)
}

fn count(lexicon: &Lexicon, entry: Entry<'_>, posts: &[PostLedger]) -> Option<Count> {
    let figure = entry.figure().filter(|_| entry.claim.restates.is_none())?;
    let is_actual = entry.claim.modality == verbale_core::Modality::Actual;
    if !counts_posts(lexicon, entry) || !is_actual {
        return None;
    }
    let as_of = entry.when().interval().and_then(|i| i.end().or(i.start()));
    let place = place_of(lexicon, figure.place.as_deref().unwrap_or_default());
    let is_here = |p: &&PostLedger| {
        let of_post: crate::Bag = place_of(lexicon, &p.name.place);
        place.is_empty() || of_post.n_shared(&place) > 0
    };
    let is_open =
        |p: &&PostLedger| as_of.is_some_and(|on| p.state_on(Axis::Premises, on) == ["open"]);
    let n_open = posts.iter().filter(is_here).filter(is_open).count();
    let high = Band::of(lexicon, &figure.quantity).and_then(|b| b.high);
    Some(Count {
        claim: entry.id(),
        amount: amount(figure),
        as_of_text: figure
            .as_of
            .as_ref()
            .map(|t| t.iso().unwrap_or_else(|| format!("“{}”", t.raw)))
            .unwrap_or_default(),
        place: figure.place.clone(),
        speaker: entry.speaker().map(str::to_owned),
        n_open,
        is_exceeded: high.is_some_and(|h| verbale_core::Decimal::from(n_open) > h.at),
    })
}
