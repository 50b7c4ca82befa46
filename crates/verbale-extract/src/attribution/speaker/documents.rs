//! Documents, which speak for their owners.

use verbale_core::Speaker;

use super::institutions::behalf;
use super::{Namer, Voice};
use crate::attribution::country;
use crate::attribution::draft::Tokens;
use crate::attribution::roster::{self, noun_phrase, without_article};
use crate::attribution::subject;
use crate::attribution::tree::Tree;
use crate::attribution::words;

impl Namer<'_, '_> {
    /// "The statement", "Interior Ministry statistics", "the embassy's letter": its owner speaks through it.
    pub(super) fn document(&self, block: usize, head: usize, depth: u8) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let noun = tree.lemma(head);
        if !words::is_document(noun) || !tree.tag(head).starts_with("NN") || depth > 1 {
            return None;
        }
        let phrase = noun_phrase(tree, head);
        let owner = owner_of(tree, head).and_then(|o| {
            let p = subject::phrase(tree, o)?;
            self.name(block, p.head, p.span, None, depth + 1)
        });
        let definite = phrase
            .clone()
            .next()
            .is_some_and(|i| matches!(tree.lemma(i), "the" | "this" | "that" | "its"));
        let owner = owner
            .or_else(|| self.possessor(block, head))
            .or_else(|| self.premodifier_owner(block, head))
            .or_else(|| self.owner_by_state(block, head))
            .or_else(|| self.issued(block, noun, definite))
            .or_else(|| {
                definite
                    .then(|| self.documents.get(noun).cloned())
                    .flatten()
            })
            .or_else(|| {
                (definite && same_thing(noun))
                    .then(|| self.any_document())
                    .flatten()
            });
        let words = document_words(tree, head, phrase.clone());
        let owner = owner.or_else(|| self.office.clone().filter(|_| counts(noun)));
        let mut voice = owner.unwrap_or_else(|| Voice {
            speaker: Speaker {
                name: without_article(
                    tree.words(phrase.start..seen_by_end(tree, head, phrase.end)),
                ),
                ..Speaker::default()
            },
            noun: noun.to_owned(),
            ..Voice::default()
        });
        if voice.speaker.name != words && !voice.speaker.name.starts_with(&words) {
            // "Figures from the port" name no document that anybody could look up.
            voice.document = (words.contains(' ') || !counts(noun)).then_some(words);
            if !voice.person {
                voice.speaker.role = Some(noun.to_owned());
            }
        }
        voice.on_behalf_of = voice.on_behalf_of.or_else(|| behalf(tree, head));
        Some(voice)
    }

    /// "Its midterm report", "his diary": whom the pronoun means.
    fn possessor(&self, block: usize, head: usize) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let pronoun = tree
            .child(head, &["poss"])
            .filter(|&p| tree.tag(p) == "PRP$")?;
        match tree.lemma(pronoun) {
            "its" | "their" => self.owner(block, head).map(|name| Voice {
                speaker: Speaker {
                    name,
                    ..Speaker::default()
                },
                ..Voice::default()
            }),
            _ => self.pronoun(block, pronoun, None),
        }
    }

    /// "Harbor Office figures": what stands before the noun owns it.
    fn premodifier_owner(&self, block: usize, head: usize) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let start = tree.span(head).start;
        let belongs = |&i: &usize| {
            roster::is_proper(tree, i)
                || tree.dep(i) == "compound"
                || tree.token(i).ent_type() == "ORG"
        };
        let run = (start..head).rev().take_while(belongs).last()?;
        let named = (run..head).any(|i| roster::is_proper(tree, i));
        let institution = (run..head)
            .any(|i| words::is_institution(tree.lemma(i)) || tree.token(i).ent_type() == "ORG");
        if !named || !institution {
            return None;
        }
        let name = tree.words(run..head).to_owned();
        Some(Voice {
            speaker: Speaker {
                name,
                ..Speaker::default()
            },
            noun: tree.lemma(head - 1).to_owned(),
            ..Voice::default()
        })
    }

    /// "The Norvalian statement": that of the state's institution which the page named last.
    fn owner_by_state(&self, block: usize, head: usize) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let state = (tree.span(head).start..head)
            .rev()
            .find(|&i| tree.dep(i) == "amod" && roster::is_proper(tree, i))?;
        let states = country::mentioned(tree.text(state), self.packs);
        let stem = stem(tree.text(state));
        let is_of_state = |name: &str| {
            let mut named = country::mentioned(name, self.packs).into_iter();
            named.any(|c| states.contains(&c))
                || name.split_whitespace().any(|w| self::stem(w) == stem)
        };
        let institution = self
            .roster
            .institutions
            .iter()
            .filter(|i| i.place < (block, head))
            .filter(|i| is_of_state(&i.name))
            .max_by_key(|i| i.place)?;
        Some(Voice {
            speaker: Speaker {
                name: institution.name.clone(),
                ..Speaker::default()
            },
            noun: institution.noun.clone(),
            ..Voice::default()
        })
    }

    /// "The statement, issued by the ministry": a mention of the document before that names who issued it; else
    /// whoever spoke last, since a statement is what was just quoted.
    fn issued(&self, block: usize, noun: &str, definite: bool) -> Option<Voice> {
        if !definite || self.documents.contains_key(noun) {
            return None;
        }
        for k in (0..=block).rev() {
            let tree = &self.scenes[k].tree;
            let owner = (0..tree.len())
                .rev()
                .filter(|&i| tree.lemma(i) == noun && tree.tag(i).starts_with("NN"))
                .find_map(|i| {
                    let o = owner_of(tree, i)?;
                    let p = subject::phrase(tree, o)?;
                    self.name(k, p.head, p.span, None, 2)
                });
            if owner.is_some() {
                return owner;
            }
        }
        (noun == "statement")
            .then(|| self.spoken.iter().rev().find(|v| !v.person).cloned())
            .flatten()
    }

    fn any_document(&self) -> Option<Voice> {
        self.spoken
            .iter()
            .rev()
            .find(|v| v.document.is_some())
            .cloned()
    }
}

/// "Said in a statement", "in its interim report of February, the panel had put …": the document that the words stand in.
pub(super) fn medium(tree: &Tree<'_>, cue: usize) -> Option<String> {
    tree.children(cue)
        .filter(|&c| tree.dep(c) == "prep" && matches!(tree.lemma(c), "in" | "In"))
        .filter_map(|c| tree.child(c, &["pobj"]))
        .find(|&o| {
            tree.tag(o).starts_with("NN")
                && words::is_document(tree.lemma(o))
                && !counts(tree.lemma(o))
        })
        .map(|o| document_words(tree, o, noun_phrase(tree, o)))
}

/// Documents that hold counts; without a word of which they are, they are no more than the counting.
fn counts(noun: &str) -> bool {
    matches!(
        noun,
        "datum"
            | "data"
            | "figure"
            | "statistic"
            | "statistics"
            | "number"
            | "count"
            | "record"
            | "register"
            | "log"
    )
}

/// "Bank records | obtained by this paper": whoever saw a document does not speak through it, but tells which it is.
fn seen_by_end(tree: &Tree<'_>, noun: usize, end: usize) -> usize {
    tree.children(noun)
        .filter(|&c| c > noun && tree.dep(c) == "acl" && SEEING.contains(&tree.lemma(c)))
        .find(|&c| tree.child(c, &["agent"]).is_some() && tree.text(c - 1) != ",")
        .map_or(end, |c| tree.span(c).end.max(end))
}

/// What is done to documents by those who pass them on.
const SEEING: &[&str] = &["see", "view", "obtain", "review", "share"];

/// What a state's name and its adjective have in common: their first five letters.
fn stem(word: &str) -> String {
    word.chars()
        .take(STEM_CHARS)
        .collect::<String>()
        .to_lowercase()
}

const STEM_CHARS: usize = 5;

/// Documents that may be called by each other's nouns: "the statistics … the data …".
fn same_thing(noun: &str) -> bool {
    matches!(
        noun,
        "datum" | "data" | "figure" | "statistic" | "statistics" | "number" | "document" | "text"
    )
}

/// Whose document it is: "the embassy's letter", "a letter from the guild", "a survey by …".
fn owner_of(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    if let Some(p) = tree
        .child(noun, &["poss"])
        .filter(|&p| tree.tag(p) != "PRP$")
    {
        return Some(p);
    }
    for c in tree.children(noun).filter(|&c| c > noun) {
        let by = matches!(tree.dep(c), "prep" | "agent")
            && matches!(tree.lemma(c), "by" | "from" | "of");
        if by
            && let Some(o) = tree.child(c, &["pobj"])
            && (roster::is_proper(tree, o)
                || words::is_institution(tree.lemma(o))
                || roster::is_proper(tree, tree.span(o).start))
        {
            return Some(o);
        }
        // "The survey, which was drawn up by the port": of a loose clause, only a passive one.
        if matches!(tree.dep(c), "acl" | "relcl")
            && MAKING.contains(&tree.lemma(c))
            && let Some(by) = tree.child(c, &["agent"])
        {
            return tree.child(by, &["pobj"]);
        }
        if tree.dep(c) == "acl"
            && SEEING.contains(&tree.lemma(c))
            && tree.child(c, &["agent"]).is_some()
        {
            return None;
        }
        // "A letter that the delegation circulated".
        if tree.dep(c) == "relcl" && SENDING.contains(&tree.lemma(c)) {
            return tree
                .child(c, &["nsubj"])
                .filter(|&s| !matches!(tree.tag(s), "WDT" | "WP" | "PRP"));
        }
    }
    None
}

/// What is done to documents by those who speak through them.
const MAKING: &[&str] = &[
    "issue",
    "publish",
    "release",
    "sign",
    "write",
    "post",
    "send",
    "author",
    "file",
    "compile",
    "draw",
    "carry",
    "conduct",
    "prepare",
    "circulate",
];

/// What only those who speak through a document do with it.
const SENDING: &[&str] = &[
    "issue",
    "publish",
    "release",
    "sign",
    "write",
    "post",
    "send",
    "circulate",
    "submit",
];

/// The document in the words that join the chain: without article and trailing clauses.
fn document_words(tree: &Tree<'_>, head: usize, phrase: Tokens) -> String {
    let mut start = phrase.start;
    if let Some(p) = tree.child(head, &["poss"]) {
        start = start.max(tree.span(p).end);
    }
    if start < head && matches!(tree.text(start), "'s" | "’s" | "'" | "’") {
        start += 1;
    }
    without_article(tree.words(start.min(head)..head + 1))
}
