//! When things were said: the day of a cue, of the same speaker's words before it, of the page.

use verbale_core::{Anchor, Document, Role, TextRange, Timex, TimexKind, TimexMod};

use super::draft::{Draft, Nature, Scene};
use super::occasion::Occasions;
use super::speaker::Voice;
use super::tree::Tree;
use super::{AttributionMark, subject, words};

/// When things were said.
pub(super) struct Clock<'a> {
    pub(super) times: &'a [Timex],
    pub(super) marks: &'a [AttributionMark],
    pub(super) document: &'a Document,
}

impl Clock<'_> {
    /// For each mark the time in its cue's sentence, else that of the same speaker's statement before it.
    pub(super) fn said_on(
        &self,
        scenes: &[Scene<'_>],
        drafts: &[Draft],
        voices: &[Option<Voice>],
    ) -> Vec<Option<Timex>> {
        let mut occasions = Occasions::new(scenes, self.times);
        let mut out: Vec<Option<Timex>> = Vec::with_capacity(drafts.len());
        for (i, draft) in drafts.iter().enumerate() {
            let scene = &scenes[draft.block];
            occasions.advance((draft.block, draft.pivot));
            let own = self.in_cue(i, scene, draft);
            let name = voices[i]
                .as_ref()
                .map(|v| v.speaker.name.clone())
                .filter(|n| !n.is_empty());
            let statement = draft.nature == Nature::Statement;
            let elsewhere = is_another_time(&scene.tree, draft.pivot);
            let said = match (own, &name) {
                (Some(t), Some(n)) if statement && !elsewhere => {
                    // Who passed the words on did so on the same day.
                    let relay = voices[i].as_ref().and_then(|v| v.relay.clone());
                    for name in relay.into_iter().chain([n.clone()]) {
                        occasions.note(&name, t.clone());
                    }
                    Some(t)
                }
                (Some(t), _) => Some(t),
                (None, Some(n)) if statement && !elsewhere => {
                    let house = || house_of(voices[i].as_ref()?, &occasions);
                    occasions
                        .of(n, is_written(&scene.tree, draft.pivot))
                        .or_else(house)
                        .cloned()
                }
                (None, _) => None,
            };
            let said = said
                .or_else(|| self.with_parent(i, voices, &out))
                .or_else(|| self.as_of_page(scene, draft));
            out.push(said.map(spoken));
        }
        out
    }

    /// "The ministry said on Monday that it did not know": what a speaker thinks or says inside of its own words.
    fn with_parent(
        &self,
        i: usize,
        voices: &[Option<Voice>],
        out: &[Option<Timex>],
    ) -> Option<Timex> {
        let parent = self.marks[i].parent?;
        let name = |k: usize| voices[k].as_ref().map(|v| &v.speaker.name);
        (name(i).is_some() && name(i) == name(parent))
            .then(|| out.get(parent).cloned().flatten())
            .flatten()
    }

    /// The page's date for what is said in the present tense, unless an agency wrote it at a time of its own. A document
    /// that "says" something has said it since it was written.
    fn as_of_page(&self, scene: &Scene<'_>, draft: &Draft) -> Option<Timex> {
        let meta = &self.document.metadata;
        let role = self
            .document
            .passages()
            .get(scene.block.passage)
            .map(|p| p.role);
        let by_document = draft
            .speaker_head
            .is_some_and(|h| words::is_document(scene.tree.lemma(h)));
        let present = is_present(&scene.tree, draft.pivot)
            && scene.quote_at(draft.pivot).is_none()
            && !by_document;
        if !present || draft.cue.is_empty() || meta.agency.is_some() || role == Some(Role::Title) {
            return None;
        }
        let date = meta.published.as_ref()?.date;
        Some(Timex::from_date(date, "", Anchor::Published))
    }

    fn in_cue(&self, i: usize, scene: &Scene<'_>, draft: &Draft) -> Option<Timex> {
        let mark = &self.marks[i];
        let sentence = scene.range(scene.tree.sentence(draft.pivot))?;
        let cue = scene.block.token_range(scene.tree.token(draft.pivot));
        let fits = |t: &&Timex| {
            matches!(t.kind, TimexKind::Date | TimexKind::Time)
                && !matches!(
                    t.modifier,
                    Some(TimexMod::After | TimexMod::OnOrAfter | TimexMod::Before)
                )
                && t.range.is_some_and(|r| {
                    let own = self.holder(r, i) == mark.parent || is_told_between(scene, r, draft);
                    sentence.contains_range(r) && own && is_of_clause(scene, r, draft.pivot)
                })
        };
        let distance = |t: &&Timex| {
            t.range.map_or(u32::MAX, |r| {
                let gap = if r.start() >= cue.end() {
                    r.start() - cue.end()
                } else {
                    cue.start() - r.end().min(cue.start())
                };
                u32::from(gap)
            })
        };
        let first = self
            .times
            .partition_point(|t| t.range.is_none_or(|r| r.start() < sentence.start()));
        let here = self.times[first..]
            .iter()
            .take_while(|t| t.range.is_some_and(|r| r.start() < sentence.end()));
        here.filter(fits).min_by_key(distance).cloned()
    }

    /// The smallest mark whose content holds the range; `i` itself counts.
    fn holder(&self, range: TextRange, i: usize) -> Option<usize> {
        let near = i.saturating_sub(NEAR)..self.marks.len().min(i + NEAR);
        near.filter(|&k| {
            self.marks[k]
                .content
                .iter()
                .any(|r| r.contains_range(range))
        })
        .min_by_key(|&k| super::draft::len(&self.marks[k].content))
    }
}

/// The day on which the institution spoke that a person speaks for: "the port said on Monday … its director added".
fn house_of<'o>(voice: &Voice, occasions: &'o Occasions) -> Option<&'o Timex> {
    let org = voice.speaker.org.as_ref().filter(|_| voice.person)?;
    occasions.of_house(org)
}

/// What papers do: "the panel documented 12 flights", "the experts write".
const WRITING: &[&str] = &[
    "write",
    "document",
    "find",
    "identify",
    "count",
    "estimate",
    "put",
    "conclude",
    "record",
    "note",
    "list",
    "show",
    "recommend",
    "concede",
    "give",
    "assess",
    "state",
];

/// True for what is said in writing, as far as the verb tells: in the present, or by what papers do.
fn is_written(tree: &Tree<'_>, pivot: usize) -> bool {
    !tree.is_verb(pivot) || is_present(tree, pivot) || WRITING.contains(&tree.lemma(pivot))
}

/// "Ordered the crews on 6 February to …": a day between whom the words are put to and what they are to do.
fn is_told_between(scene: &Scene<'_>, time: TextRange, draft: &Draft) -> bool {
    let tree = &scene.tree;
    let span = tree.doc().span_of_bytes(scene.block.to_doc(time));
    let Some(root) = span.root().map(|t| t.i()) else {
        return false;
    };
    let link = tree.head(root);
    let of_cue = tree.head(link) == draft.pivot && tree.lemma(link) == "on" || link == draft.pivot;
    let addressed = tree
        .child(draft.pivot, &["dobj", "dative"])
        .is_some_and(|o| o < root);
    let deed = tree
        .child(draft.pivot, &["xcomp", "ccomp"])
        .is_some_and(|c| root < c && subject::has_to(tree, c));
    of_cue && addressed && deed
}

/// Prepositions that make a time a deadline or a beginning.
const LIMITS: &[&str] = &[
    "by", "until", "till", "before", "after", "from", "since", "through", "for",
];

/// True unless the time limits something, names a thing ("the June 30 deadline"), or stands in a clause of its own below
/// the cue ("the embassy, closed since May, said"), above it ("frozen last week by the port, which said") or behind a
/// colon ("the port says it obeyed: in 2022 it sold none").
pub(super) fn is_of_clause(scene: &Scene<'_>, time: TextRange, pivot: usize) -> bool {
    let tree = &scene.tree;
    let span = tree.doc().span_of_bytes(scene.block.to_doc(time));
    let Some(root) = span.root() else { return true };
    let mut at = root.i();
    if (pivot..at).any(|i| matches!(tree.text(i), ":" | ";")) {
        return false;
    }
    let head = tree.head(at);
    if matches!(tree.dep(at), "pobj" | "pcomp") && LIMITS.contains(&tree.lemma(head)) {
        return false;
    }
    let is_name = matches!(tree.dep(at), "compound" | "nmod" | "nummod" | "poss")
        && !span.tokens().any(|t| t.i() == head)
        && !words::is_document(tree.lemma(head));
    if is_name || is_in_relative(tree, pivot) && !tree.is_under(at, pivot) {
        return false;
    }
    for _ in 0..MAX_CLIMB {
        let head = tree.head(at);
        if at == pivot || head == at {
            return true;
        }
        // "A report published on Monday shows": the document speaks when it is published.
        let of_another = matches!(tree.dep(at), "relcl" | "acl") && tree.is_under(at, pivot);
        let published = words::is_document(tree.lemma(head)) && publishes(tree, at);
        if of_another && !published {
            return false;
        }
        at = head;
    }
    true
}

/// True for a verb that dates a document: "published", "made public".
pub(super) fn publishes(tree: &Tree<'_>, verb: usize) -> bool {
    let made_public =
        || tree.lemma(verb) == "make" && tree.children(verb).any(|c| tree.lemma(c) == "public");
    PUBLISHING.contains(&tree.lemma(verb)) || made_public()
}

/// What dates a document.
const PUBLISHING: &[&str] = &[
    "publish",
    "release",
    "issue",
    "date",
    "write",
    "send",
    "post",
    "circulate",
    "sign",
    "submit",
    "file",
    "see",
    "obtain",
    "view",
    "review",
];

/// True for a cue in a relative clause that it does not share with the clause above.
fn is_in_relative(tree: &Tree<'_>, pivot: usize) -> bool {
    let mut at = pivot;
    for _ in 0..MAX_CLIMB {
        match tree.dep(at) {
            "relcl" => return true,
            "conj" | "xcomp" | "ccomp" => at = tree.head(at),
            _ => return false,
        }
    }
    false
}

const MAX_CLIMB: usize = 40;

/// Marks further away than this do not share a sentence.
const NEAR: usize = 30;

/// True for a verb in the present: "suspects", "is estimated", "is advising".
fn is_present(tree: &Tree<'_>, verb: usize) -> bool {
    let first = tree.child(verb, &["aux", "auxpass"]).unwrap_or(verb);
    matches!(tree.tag(first), "VBZ" | "VBP") && tree.lemma(first) != "have"
}

/// Words that count from the day of speaking.
const DEICTIC: &[&str] = &[
    "earlier",
    "last",
    "this",
    "next",
    "ago",
    "today",
    "yesterday",
    "tomorrow",
    "recent",
];

/// A cue's "last week" counts from the page's date, never from a time spoken of before; without that date it stays
/// open.
fn spoken(mut time: Timex) -> Timex {
    let deictic = time
        .raw
        .split_whitespace()
        .any(|w| DEICTIC.contains(&w.to_lowercase().as_str()));
    if time.anchor == Anchor::Text && deictic {
        time.anchor = Anchor::Missing;
        time.value = None;
        time.interval = None;
    }
    time
}

/// "Has said", "had previously said", "repeatedly": not the occasion that the page is about.
fn is_another_time(tree: &Tree<'_>, pivot: usize) -> bool {
    tree.children(pivot).any(|c| {
        matches!(
            tree.lemma(c),
            "previously"
                | "earlier"
                | "repeatedly"
                | "often"
                | "frequently"
                | "regularly"
                | "once"
                | "always"
        ) || tree.dep(c) == "aux" && tree.lemma(c) == "have" && tree.token(c).lower() != "having"
    })
}
