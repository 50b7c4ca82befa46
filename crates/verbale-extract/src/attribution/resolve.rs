//! From marks to resolved attributions: speaker, chain, act, and when it was said.

use std::collections::BTreeMap;

use verbale_core::{Act, Anchor, Document, Role, Speaker, TextRange, Timex, TimexKind, TimexMod};
use verbale_pack::Packs;

use super::country;
use super::draft::{Draft, Nature, Scene};
use super::speaker::{Namer, Voice};
use super::tree::Tree;
use super::{AttributionMark, acts, anonymity, default, verbs, words};

/// Fills the attribution of every mark; `drafts` are the marks' own, in the same order.
pub(super) fn resolve(
    document: &Document,
    scenes: &[Scene<'_>],
    drafts: &[Draft],
    marks: &mut [AttributionMark],
    packs: &Packs,
    times: &[Timex],
) {
    let voices = voices(scenes, drafts, marks, packs, document);
    let clock = Clock {
        times,
        marks: &*marks,
        document,
    };
    let said_on = clock.said_on(scenes, drafts, &voices);
    let base = default::chain(document);
    for (i, (voice, said_on)) in voices.iter().zip(said_on).enumerate() {
        let via = via(i, &voices, marks, &base);
        let a = &mut marks[i].attribution;
        a.via = via;
        a.said_on = said_on;
        a.act = match drafts[i].rule == verbs::PUT_AT {
            true => Act::Estimate,
            false => acts::of_cue(&scenes[drafts[i].block].tree, drafts[i].pivot, packs),
        };
        if let Some(act) = acts_own_words(i, &voices, marks, drafts) {
            marks[i].attribution.act = act;
        }
        let a = &mut marks[i].attribution;
        if let Some(v) = voice {
            a.speaker = Some(v.speaker.clone());
            a.on_behalf_of.clone_from(&v.on_behalf_of);
            if drafts[i].rule == super::quoted::CONTINUED {
                marks[i].speaker.extend(v.speaker.range);
            }
        }
    }
    name_metonyms(&voices, marks, packs);
}

/// "The port acknowledged that it did not know …": a thought inside of the thinker's own statement is part of it.
fn acts_own_words(
    i: usize,
    voices: &[Option<Voice>],
    marks: &[AttributionMark],
    drafts: &[Draft],
) -> Option<Act> {
    let parent = marks[i].parent.filter(|&p| p < i)?;
    let name = |k: usize| voices[k].as_ref().map(|v| v.speaker.name.as_str());
    let same = name(i).is_some() && name(i) == name(parent);
    (same && drafts[i].nature == Nature::Belief && drafts[parent].nature == Nature::Statement)
        .then_some(marks[parent].attribution.act)
}

/// The voice of each mark. Outer marks come before those inside them.
fn voices(
    scenes: &[Scene<'_>],
    drafts: &[Draft],
    marks: &[AttributionMark],
    packs: &Packs,
    document: &Document,
) -> Vec<Option<Voice>> {
    let own = default::default_speaker(document)
        .speaker
        .map(|speaker| Voice {
            speaker,
            ..Voice::default()
        });
    let office = own.clone().filter(|_| default::is_own_page(document));
    let mut namer = Namer::new(scenes, packs, office);
    let mut voices: Vec<Option<Voice>> = vec![None; marks.len()];
    for i in outer_first(marks) {
        let draft = &drafts[i];
        let outer = match marks[i].parent {
            Some(p) => voices[p].clone(),
            None => own.clone(),
        };
        voices[i] = if draft.nature == Nature::Provision {
            outer
        } else if draft.rule == super::quoted::CONTINUED {
            namer.last().cloned()
        } else {
            namer.voice(draft, outer.as_ref())
        };
        if voices[i].is_none() && draft.nature == Nature::Hearsay {
            let speaker = Speaker {
                anonymity: Some(anonymity::nobody()),
                ..Speaker::default()
            };
            voices[i] = Some(Voice {
                speaker,
                ..Voice::default()
            });
        }
    }
    voices
}

/// Indices in the order of the text, but a parent before its children.
fn outer_first(marks: &[AttributionMark]) -> Vec<usize> {
    let depth = |mut i: usize| {
        let mut d = 0;
        while let Some(p) = marks[i].parent {
            i = p;
            d += 1;
            if d > marks.len() {
                break;
            }
        }
        (i, d)
    };
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|&i| {
        let (top, d) = depth(i);
        (top, d, i)
    });
    order
}

/// The chain of a mark: the page's, then everybody around the speaker from the outside in, then its document.
fn via(
    i: usize,
    voices: &[Option<Voice>],
    marks: &[AttributionMark],
    base: &[String],
) -> Vec<String> {
    let mut around = Vec::new();
    let mut at = marks[i].parent;
    let mut steps = 0;
    while let Some(p) = at.filter(|_| steps < marks.len()) {
        around.push(p);
        at = marks[p].parent;
        steps += 1;
    }
    let mut chain: Vec<String> = base.to_vec();
    let mut push = |name: &str| {
        if !name.is_empty() && !chain.iter().any(|c| c == name) {
            chain.push(name.to_owned());
        }
    };
    for p in around.into_iter().rev() {
        if let Some(v) = &voices[p] {
            push(&v.speaker.name);
            v.document.iter().for_each(|d| push(d));
        }
    }
    if let Some(v) = &voices[i] {
        v.relay.iter().chain(&v.document).for_each(|d| push(d));
        chain.retain(|c| *c != v.speaker.name);
    }
    chain
}

/// Where a country or a capital speaks and the page names the person who did, the person joins the chain.
fn name_metonyms(voices: &[Option<Voice>], marks: &mut [AttributionMark], packs: &Packs) {
    let people: Vec<&Voice> = voices
        .iter()
        .flatten()
        .filter(|v| v.person && v.speaker.anonymity.is_none())
        .collect();
    for (mark, voice) in marks.iter_mut().zip(voices) {
        let Some(v) = voice.as_ref().filter(|v| !v.person) else {
            continue;
        };
        let Some(country) = country::named(&v.speaker.name, packs) else {
            continue;
        };
        let person = people.iter().find(|p| speaks_for(p, &country, packs));
        if let Some(p) = person {
            mark.attribution.via.push(p.speaker.name.clone());
        }
    }
}

/// True for an official of the country: by the institution, or by the function with the country before it.
fn speaks_for(person: &Voice, country: &String, packs: &Packs) -> bool {
    let of = |words: &str| country::mentioned(words, packs).contains(country);
    let office = |role: &str| {
        let noun = role
            .split_whitespace()
            .next_back()
            .unwrap_or_default()
            .to_lowercase();
        super::words::is_office(&noun) && of(role)
    };
    person.speaker.org.as_deref().is_some_and(of)
        || person.speaker.role.as_deref().is_some_and(office)
}

/// When things were said.
struct Clock<'a> {
    times: &'a [Timex],
    marks: &'a [AttributionMark],
    document: &'a Document,
}

impl Clock<'_> {
    /// For each mark the time in its cue's sentence, else that of the same speaker's statement before it.
    fn said_on(
        &self,
        scenes: &[Scene<'_>],
        drafts: &[Draft],
        voices: &[Option<Voice>],
    ) -> Vec<Option<Timex>> {
        let mut running: BTreeMap<String, Timex> = BTreeMap::new();
        let mut out: Vec<Option<Timex>> = Vec::with_capacity(drafts.len());
        for (i, draft) in drafts.iter().enumerate() {
            let scene = &scenes[draft.block];
            let own = self.in_cue(i, scene, draft);
            let name = voices[i]
                .as_ref()
                .map(|v| v.speaker.name.clone())
                .filter(|n| !n.is_empty());
            let statement = draft.nature == Nature::Statement;
            let elsewhere = is_another_time(&scene.tree, draft.pivot);
            let said = match (own, &name) {
                (Some(t), Some(n)) if statement && !elsewhere => {
                    running.insert(n.clone(), t.clone());
                    Some(t)
                }
                (Some(t), _) => Some(t),
                (None, Some(n)) if statement && !elsewhere => running.get(n).cloned(),
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

    /// The page's date for what is said in the present tense, unless an agency wrote it at a time of its own.
    fn as_of_page(&self, scene: &Scene<'_>, draft: &Draft) -> Option<Timex> {
        let meta = &self.document.metadata;
        let role = self
            .document
            .passages()
            .get(scene.block.passage)
            .map(|p| p.role);
        let present = is_present(&scene.tree, draft.pivot) && scene.quote_at(draft.pivot).is_none();
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
                && t.range
                    .is_some_and(|r| sentence.contains_range(r) && self.holder(r, i) == mark.parent)
                && t.range.is_some_and(|r| is_of_clause(scene, r, draft.pivot))
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

/// True unless the time stands in a clause of its own below the cue: "the embassy, closed since May, said".
fn is_of_clause(scene: &Scene<'_>, time: TextRange, pivot: usize) -> bool {
    let tree = &scene.tree;
    let span = tree.doc().span_of_bytes(scene.block.to_doc(time));
    let Some(root) = span.root() else { return true };
    let mut at = root.i();
    for _ in 0..MAX_CLIMB {
        let head = tree.head(at);
        if at == pivot || head == at {
            return true;
        }
        // "A report published on Monday shows": the document speaks when it is published.
        let of_another = matches!(tree.dep(at), "relcl" | "acl") && tree.is_under(at, pivot);
        if of_another && !words::is_document(tree.lemma(head)) {
            return false;
        }
        at = head;
    }
    true
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
