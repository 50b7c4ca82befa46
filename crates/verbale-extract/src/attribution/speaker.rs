//! From the words that name a speaker to the speaker: pronouns, surnames, titles, documents and acronyms lead
//! back to names.

mod called;
mod documents;
mod institutions;
mod people;

use std::collections::BTreeMap;

use verbale_core::Speaker;
use verbale_pack::Packs;

use super::anonymity;
use super::draft::{Draft, Scene, Tokens};
use super::roster::Roster;
use super::told;
use super::tree::Tree;
use super::{subject, words};

/// A speaker with the document that speaks for it, if one does.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Voice {
    pub(super) speaker: Speaker,
    /// "statement", "Interior Ministry statistics": joins the chain.
    pub(super) document: Option<String>,
    /// Who passed its words on: "the paper reported, citing an official".
    pub(super) relay: Option<String>,
    /// Whom the words say it speaks for.
    pub(super) on_behalf_of: Option<String>,
    /// A person, as far as the words tell.
    pub(super) person: bool,
    pub(super) feminine: Option<bool>,
    pub(super) plural: bool,
    /// The noun by which a description can come back: "diplomat" for "the diplomat".
    pub(super) noun: String,
}

/// Names speakers in the order of the text and remembers who has spoken.
pub(super) struct Namer<'s, 'd> {
    scenes: &'s [Scene<'d>],
    packs: &'s Packs,
    roster: &'s Roster,
    /// The office whose own page it is.
    office: Option<Voice>,
    /// Who has spoken so far, last one last.
    spoken: Vec<Voice>,
    /// Owners of documents by the document's noun: "statement" → the ministry.
    documents: BTreeMap<String, Voice>,
}

impl<'s, 'd> Namer<'s, 'd> {
    pub(super) fn new(
        scenes: &'s [Scene<'d>],
        packs: &'s Packs,
        roster: &'s Roster,
        office: Option<Voice>,
    ) -> Self {
        Self {
            scenes,
            packs,
            roster,
            office,
            spoken: Vec::new(),
            documents: BTreeMap::new(),
        }
    }

    /// The voice behind a draft; `outer` is the voice of the statement that it stands in.
    pub(super) fn voice(&mut self, draft: &Draft, outer: Option<&Voice>) -> Option<Voice> {
        let head = draft.speaker_head?;
        let scene = &self.scenes[draft.block];
        let span = draft.speaker.clone().unwrap_or(head..head + 1);
        let mut voice = self.name(draft.block, head, span.clone(), outer, 0)?;
        if let Some(cited) = self.cited(draft, outer) {
            self.spoken.push(voice.clone());
            let relay = Some(voice.speaker.name).filter(|n| !n.is_empty());
            voice = Voice { relay, ..cited };
        }
        self.own_role(draft.block, head, &mut voice);
        if let Some((function, name)) = told::named_at_end(&voice.speaker.name.clone()) {
            voice.speaker.role = Some(function.to_owned());
            voice.speaker.name = name.to_owned();
            voice.speaker.anonymity = None;
            voice.person = true;
        }
        self.join_house(&mut voice);
        if voice.document.is_none() && !voice.speaker.name.is_empty() {
            voice.document = documents::medium(&scene.tree, draft.pivot);
        }
        voice.speaker.range = scene.range(span);
        if let Some(a) = &mut voice.speaker.anonymity
            && a.reason.is_none()
        {
            a.reason = anonymity::reason(&scene.tree, draft.pivot, self.packs);
        }
        self.remember(&voice);
        Some(voice)
    }

    /// The voice of speech that goes on without a cue: the one that spoke last.
    pub(super) fn last(&self) -> Option<&Voice> {
        self.spoken.last()
    }

    fn remember(&mut self, voice: &Voice) {
        if let Some(d) = &voice.document
            && let Some(noun) = d.split_whitespace().next_back()
            && !voice.speaker.name.is_empty()
        {
            self.documents.insert(noun.to_lowercase(), voice.clone());
        }
        if let Some(reason) = voice
            .speaker
            .anonymity
            .as_ref()
            .and_then(|a| a.reason.clone())
        {
            for v in self
                .spoken
                .iter_mut()
                .filter(|v| v.speaker.name == voice.speaker.name)
            {
                if let Some(a) = &mut v.speaker.anonymity {
                    a.reason.get_or_insert_with(|| reason.clone());
                }
            }
        }
        self.spoken.push(voice.clone());
    }

    /// "The paper reported, citing an official": the official is the speaker, the paper passes it on.
    fn cited(&self, draft: &Draft, outer: Option<&Voice>) -> Option<Voice> {
        let tree = &self.scenes[draft.block].tree;
        let citing = tree
            .children(draft.pivot)
            .find(|&c| tree.tag(c) == "VBG" && matches!(tree.lemma(c), "cite" | "quote"))?;
        let phrase = subject::phrase(tree, tree.child(citing, &["dobj"])?)?;
        self.name(draft.block, phrase.head, phrase.span, outer, 1)
    }

    /// "Its director, Ada Brandt": whose director she is, where the sentence says so before.
    fn own_role(&self, block: usize, head: usize, voice: &mut Voice) {
        let Some(role) = voice.speaker.role.clone() else {
            return;
        };
        let Some((_, bare)) = role
            .split_once(' ')
            .filter(|(first, _)| matches!(*first, "its" | "Its" | "their" | "Their"))
        else {
            return;
        };
        let tree = &self.scenes[block].tree;
        let owner = (tree.sentence(head).start..head).rev().find(|&i| {
            matches!(tree.tag(i), "NN" | "NNP" | "NNPS") && words::is_institution(tree.lemma(i))
        });
        voice.speaker.role = Some(bare.to_owned());
        if voice.speaker.org.is_none() {
            let named = owner.and_then(|o| subject::phrase(tree, o));
            let own = named.map(|p| self.institution(block, p.head, &p.span).speaker.name);
            voice.speaker.org = own.filter(|n| !n.is_empty());
        }
    }

    /// "Director Ada Brandt said" after "the port said": a bare function is one of the institution that spoke last.
    fn join_house(&self, voice: &mut Voice) {
        let bare = voice.speaker.role.as_deref().is_some_and(|role| {
            let last = role.split_whitespace().next_back().unwrap_or_default();
            // "President Ada Brandt": of a state, and no house.
            words::is_house_office(&last.to_lowercase()) && last != "President"
        });
        if !(voice.person
            && bare
            && voice.speaker.org.is_none()
            && voice.speaker.anonymity.is_none())
        {
            return;
        }
        let house = self.spoken.iter().rev().find(|v| {
            let house = !v.person && v.relay.is_none() && !v.speaker.name.is_empty();
            house && !words::is_document(&v.noun)
        });
        voice.speaker.org = house.map(|v| v.speaker.name.clone());
    }

    fn name(
        &self,
        block: usize,
        head: usize,
        span: Tokens,
        outer: Option<&Voice>,
        depth: u8,
    ) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let (head, span) = past_title(tree, head, span);
        // "According to our count": the page itself.
        let ours =
            |c: usize| tree.tag(c) == "PRP$" && matches!(&*tree.token(c).lower(), "our" | "my");
        if tree.tag(head) == "NN" && tree.children(head).any(ours) {
            return outer.cloned();
        }
        match tree.tag(head) {
            "WP" | "WDT" if depth == 0 => self.antecedent(block, head, outer),
            "PRP" | "PRP$" | "WP$" => self.pronoun(block, head, outer),
            _ => Some(
                self.person(block, head, &span)
                    .or_else(|| self.apposed(block, head))
                    .or_else(|| self.one_of(block, head, &span))
                    .or_else(|| self.document(block, head, depth))
                    .or_else(|| self.description(block, head, &span))
                    .unwrap_or_else(|| self.institution(block, head, &span)),
            ),
        }
    }
}

/// "Dr. | Ada Brandt": the name that the parse has cut off behind its title.
fn past_title(tree: &Tree<'_>, head: usize, span: Tokens) -> (usize, Tokens) {
    if !words::is_title(&tree.token(head).lower()) {
        return (head, span);
    }
    let name = (head + 1..tree.len())
        .take_while(|&i| tree.tag(i) == "NNP" && !tree.is_punct(i))
        .last();
    match name {
        Some(last) => (last, span.start.min(head)..span.end.max(last + 1)),
        None => (head, span),
    }
}
