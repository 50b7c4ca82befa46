//! Rows by post and axis, the state on a day, and counts held against it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use verbale_core::{Act, ClaimId, Polarity, Proposition, Status};
use verbale_pack::Axis;

use super::{
    OpenPosts,
    counts::Count,
    post::{PostKey, PostName, posts_in},
};
use crate::{
    Entry, Lexicon, compare::Standing, entry::in_order, groups::Groups, measure::place_of,
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
    let posts = posts_under(lexicon, entries, |_| true);
    let mut open = OpenPosts::default();
    posts.iter().for_each(|post| open.add(lexicon, post));
    let entries = in_order(entries);
    let counts = entries.iter().filter_map(|e| open.count(lexicon, *e));
    Presence {
        counts: counts.collect(),
        posts,
    }
}

/// The posts under the names that are `wanted`, by their full names.
///
/// All wordings of one post have one name ([`filed_posts`]), so that a case can make the ledger name by name.
pub fn posts_under(
    lexicon: &Lexicon,
    entries: &[Entry<'_>],
    wanted: impl Fn(&str) -> bool,
) -> Vec<PostLedger> {
    let mut named: Vec<(PostName, PostKey, PostRow)> = Vec::new();
    for entry in in_order(entries) {
        for (name, key) in posts_of(lexicon, entry) {
            if wanted(&key.filing_name()) {
                named.extend(row(lexicon, entry).map(|row| (name.clone(), key, row)));
            }
        }
    }
    let mut posts: Vec<PostLedger> = grouped(&named)
        .into_iter()
        .map(|members| post(lexicon, &named, &members))
        .collect();
    posts.sort_by_key(|p| p.name.to_string());
    posts
}

/// The names under which a case files a claim for [`posts_under`]; none if it names no post.
pub fn filed_posts(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<String> {
    let posts = posts_of(lexicon, entry);
    posts.iter().map(|(_, key)| key.filing_name()).collect()
}

/// Posts that a status or an event names, as far as they can be told from others.
fn posts_of(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<(PostName, PostKey)> {
    let named = names_of(lexicon, entry).into_iter().map(|name| {
        let key = name.key(lexicon);
        (name, key)
    });
    named.filter(|(_, key)| key.n_parts() > 0).collect()
}

/// Posts that a status or an event names.
fn names_of(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<PostName> {
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
    let mut firsts: BTreeMap<&PostKey, usize> = BTreeMap::new();
    for (i, (_, key, _)) in named.iter().enumerate() {
        let first = *firsts.entry(key).or_insert(i);
        groups.join(i, first);
    }
    // A name with one part joins the only full one that it fits; where there are two, nobody knows.
    for (key, first) in firsts.iter().filter(|(key, _)| key.n_parts() == 1) {
        let mut full = firsts
            .iter()
            .filter(|(other, _)| other.n_parts() == 2 && key.is_same(other));
        if let (Some((_, other)), None) = (full.next(), full.next()) {
            groups.join(*first, *other);
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
        let value = word.and_then(|w| w.value.as_deref());
        let value = value.map_or_else(|| e.status.replace('_', " "), str::to_owned);
        let axis = word.filter(|w| w.value.is_some()).and_then(|w| w.axis);
        row(axis, &value, Some(e.date), Some(&e.by))
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
