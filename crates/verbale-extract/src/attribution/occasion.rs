//! The occasions on which somebody spoke or put out a paper: a day that is given once holds for what the same speaker
//! says after it.
//!
//! Not here: the days themselves, which a cue's own sentence gives (`clock`).

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::vec::IntoIter;

use verbale_core::{Timex, TimexKind};

use super::clock;
use super::draft::Scene;
use super::roster::without_article;
use super::subject;
use super::tree::Tree;
use super::words;

/// Who has spoken so far, and when.
pub(super) struct Occasions {
    known: Vec<Occasion>,
    papers: Peekable<IntoIter<Paper>>,
}

struct Occasion {
    name: Name,
    time: Timex,
    is_paper: bool,
}

/// A paper that somebody put out on a day: "handed its final report to the committee on 30 August".
struct Paper {
    /// Block and token of the verb.
    place: (usize, usize),
    author: String,
    time: Timex,
}

impl Occasions {
    pub(super) fn new(scenes: &[Scene<'_>], times: &[Timex]) -> Self {
        let papers: Vec<Paper> = scenes.iter().flat_map(|s| papers(s, times)).collect();
        Self {
            known: Vec::new(),
            papers: papers.into_iter().peekable(),
        }
    }

    /// Takes in the papers that were put out before a place.
    pub(super) fn advance(&mut self, place: (usize, usize)) {
        while let Some(paper) = self.papers.next_if(|p| p.place < place) {
            self.add(&paper.author, paper.time, true);
        }
    }

    pub(super) fn note(&mut self, speaker: &str, time: Timex) {
        self.add(speaker, time, false);
    }

    fn add(&mut self, speaker: &str, time: Timex, is_paper: bool) {
        let name = Name::new(speaker);
        self.known.retain(|o| o.name != name);
        self.known.push(Occasion {
            name,
            time,
            is_paper,
        });
    }

    /// The day on which a speaker spoke last; a paper's day only for what is `in_writing`.
    pub(super) fn of(&self, speaker: &str, in_writing: bool) -> Option<&Timex> {
        let name = Name::new(speaker);
        let fits = || self.known.iter().filter(|o| in_writing || !o.is_paper);
        let exact = fits().rev().find(|o| o.name == name);
        let found = exact.or_else(|| {
            let mut alike =
                fits().filter(|o| o.name.is_short_for(&name) || name.is_short_for(&o.name));
            alike.next().filter(|_| alike.next().is_none())
        });
        found.map(|o| &o.time)
    }

    /// The day of an institution by the end of its name: "port" for "Orn port".
    pub(super) fn of_house(&self, org: &str) -> Option<&Timex> {
        let same = |o: &&Occasion| {
            let full = &o.name.full;
            full.eq_ignore_ascii_case(org) || full.ends_with(&format!(" {org}"))
        };
        self.known
            .iter()
            .filter(|o| !o.is_paper)
            .find(same)
            .map(|o| &o.time)
    }
}

/// A speaker's name, taken apart to be compared.
#[derive(PartialEq, Eq)]
struct Name {
    full: String,
    words: BTreeSet<String>,
    /// The noun of what a description names: "panel" of "panel of experts".
    head: String,
}

impl Name {
    fn new(name: &str) -> Self {
        let bare = without_article(name);
        let all: Vec<&str> = bare.split_whitespace().collect();
        let of = all
            .iter()
            .position(|w| matches!(*w, "of" | "for" | "in" | "at"));
        let head = all[..of.unwrap_or(all.len())]
            .last()
            .copied()
            .unwrap_or_default();
        Self {
            words: all.iter().map(|w| (*w).to_owned()).collect(),
            head: head.to_owned(),
            full: bare,
        }
    }

    /// "The panel" and "the experts" for "United Nations panel of experts", "Roux" for "Anna Roux"; not "Norvale" for
    /// "Norvale ministry".
    fn is_short_for(&self, long: &Name) -> bool {
        let common = self.head.starts_with(char::is_lowercase);
        !self.words.is_empty()
            && self.words.is_subset(&long.words)
            && (self.head == long.head || common)
    }
}

/// Verbs that put out a paper, beside those that date one.
const HANDING: &[&str] = &["hand", "deliver", "present", "unveil", "table", "transmit"];

fn papers(scene: &Scene<'_>, times: &[Timex]) -> Vec<Paper> {
    let tree = &scene.tree;
    let verbs = (0..tree.len()).filter(|&v| tree.is_verb(v) && scene.quote_at(v).is_none());
    verbs
        .filter(|&v| clock::publishes(tree, v) || HANDING.contains(&tree.lemma(v)))
        .filter_map(|v| {
            let author = author(tree, v)?;
            Some(Paper {
                place: (scene.index, v),
                author: without_article(tree.words(subject::phrase(tree, author)?.span)),
                time: day_of(scene, times, v)?,
            })
        })
        .collect()
}

/// Whose paper the verb puts out.
fn author(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let is_paper = |i: &usize| words::is_document(tree.lemma(*i));
    let below = matches!(tree.dep(verb), "relcl" | "acl");
    let paper = tree
        .child(verb, &["dobj", "nsubjpass"])
        .filter(is_paper)
        .or_else(|| Some(tree.head(verb)).filter(|h| below && is_paper(h)))?;
    let doer = tree
        .child(verb, &["nsubj"])
        .filter(|&s| s != paper && tree.tag(s).starts_with("NN"));
    let by = || {
        let agent = tree.child(verb, &["agent"])?;
        tree.child(agent, &["pobj"])
    };
    let owner = || {
        tree.child(paper, &["poss"])
            .filter(|&o| tree.tag(o).starts_with("NN"))
    };
    doer.or_else(by).or_else(owner)
}

/// The day that belongs to the verb.
fn day_of(scene: &Scene<'_>, times: &[Timex], verb: usize) -> Option<Timex> {
    let tree = &scene.tree;
    let sentence = scene.range(tree.sentence(verb))?;
    let own = |t: &&Timex| {
        matches!(t.kind, TimexKind::Date | TimexKind::Time)
            && t.modifier.is_none()
            && t.range.is_some_and(|r| {
                sentence.contains_range(r)
                    && {
                        let span = tree.doc().span_of_bytes(scene.block.to_doc(r));
                        span.root().is_some_and(|t| tree.is_under(t.i(), verb))
                    }
                    && clock::is_of_clause(scene, r, verb)
            })
    };
    times.iter().find(own).cloned()
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn short_names_stand_for_long_ones() {
        for (short, long, stands) in [
            ("the panel", "United Nations panel of experts", true),
            ("experts", "a United Nations panel of experts", true),
            ("Roux", "Anna Roux", true),
            ("ministry", "fisheries ministry", true),
            ("Norvale", "Norvale ministry", false),
            ("harbor ministry", "fisheries ministry", false),
        ] {
            assert_eq!(
                Name::new(short).is_short_for(&Name::new(long)),
                stands,
                "{short}"
            );
        }
    }
}
