//! Institutions, countries, and capitals that act.

use verbale_core::Speaker;

use super::{Namer, Voice};
use crate::attribution::country;
use crate::attribution::draft::Tokens;
use crate::attribution::roster::{self, noun_phrase, without_article};
use crate::attribution::subject;
use crate::attribution::tree::Tree;
use crate::attribution::words;

impl Namer<'_, '_> {
    /// Anything else: an institution, a country, a capital that acts.
    pub(super) fn institution(&self, block: usize, head: usize, span: &Tokens) -> Voice {
        let tree = &self.scenes[block].tree;
        if let Some(office) = self.own_office(block, head) {
            return office;
        }
        let owner = self.owner(block, head);
        if let Some(owner) = owner.clone().filter(|_| is_press_service(tree, head)) {
            return press_service(tree, head, owner);
        }
        if let Some(name) = named_by(tree, head) {
            return self.institution(block, name, &(name..name + 1));
        }
        let phrase = noun_phrase(tree, head);
        let start = match tree.token(head).ent_type() {
            "ORG" => phrase.start.min(head),
            _ => phrase.start.max(span.start).min(head),
        };
        let phrase = start..phrase.end.min(span.end).max(head + 1);
        let (mut phrase, country) = self.without_owner(block, head, phrase);
        if owner.is_some() && phrase.start < head && tree.tag(phrase.start) == "PRP$" {
            phrase.start += 1;
        }
        let definite = matches!(
            tree.lemma(phrase.start),
            "the" | "this" | "that" | "its" | "their"
        );
        let words = without_article(tree.words(phrase.clone()));
        let proper = phrase.clone().any(|i| roster::is_proper(tree, i));
        let lemma = tree.lemma(head);
        let long = self.roster.acronyms.get(words.as_str()).cloned();
        let name = match long {
            Some(long) => long,
            None if proper
                && owner.is_none()
                && (words.contains(' ') || !words::is_institution(lemma)) =>
            {
                self.fullest(&words)
            }
            None if proper || definite && owner.is_none() => self
                .roster
                .institution_before((block, head), lemma)
                .or_else(|| self.roster.organization_before((block, head), lemma))
                .map_or(words, str::to_owned),
            None => words,
        };
        Voice {
            speaker: Speaker {
                name,
                org: country.or(owner),
                ..Speaker::default()
            },
            plural: matches!(tree.tag(head), "NNS" | "NNPS") && !proper,
            on_behalf_of: behalf(tree, head),
            noun: lemma.to_owned(),
            ..Voice::default()
        }
    }

    /// "The Ministry", "this office" on the office's own page.
    fn own_office(&self, block: usize, head: usize) -> Option<Voice> {
        let office = self.office.as_ref()?;
        let tree = &self.scenes[block].tree;
        let named: Vec<String> = office
            .speaker
            .name
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let phrase = noun_phrase(tree, head);
        let is_named = |i: usize| {
            let small = matches!(tree.tag(i), "DT" | "IN" | "POS" | "CC" | "PRP$");
            small || named.contains(&tree.text(i).to_lowercase())
        };
        let noun = tree.lemma(head).to_lowercase();
        let is_office =
            words::is_institution(&noun) && named.contains(&noun) || named.first() == Some(&noun);
        (is_office && phrase.clone().all(is_named)).then(|| Voice {
            noun,
            ..office.clone()
        })
    }

    /// Whose "its" is before a noun: the subject before it in the sentence, else the institution that spoke last.
    pub(super) fn owner(&self, block: usize, head: usize) -> Option<String> {
        let tree = &self.scenes[block].tree;
        let its = tree
            .child(head, &["poss"])
            .filter(|&p| tree.tag(p) == "PRP$" && matches!(tree.lemma(p), "its" | "their"))?;
        let subject = (tree.sentence(its).start..its).rev().find(|&i| {
            matches!(tree.dep(i), "nsubj" | "nsubjpass")
                && (roster::is_proper(tree, i)
                    // "Houses" are none: a chamber is one.
                    || tree.tag(i) == "NN" && words::is_institution(tree.lemma(i)))
        });
        let named = subject.map(|s| {
            let words = without_article(tree.words(noun_phrase(tree, s)));
            self.fullest(&words)
        });
        named.or_else(|| {
            let last = self.spoken.iter().rev().find(|v| !v.person)?;
            Some(last.speaker.name.clone()).filter(|n| !n.is_empty())
        })
    }

    /// "The country's Ministry of Labor" without its owner, which is the last country named before.
    fn without_owner(&self, block: usize, head: usize, phrase: Tokens) -> (Tokens, Option<String>) {
        let tree = &self.scenes[block].tree;
        let owner = tree
            .child(head, &["poss"])
            .filter(|&o| matches!(tree.lemma(o), "country" | "nation" | "state"));
        let Some(owner) = owner else {
            return (phrase, None);
        };
        let mut start = tree.span(owner).end;
        if matches!(
            tree.text(start.min(tree.len() - 1)),
            "'s" | "’s" | "'" | "’"
        ) {
            start += 1;
        }
        let country = (0..owner)
            .rev()
            .filter(|&i| tree.token(i).ent_type() == "GPE")
            .find_map(|i| {
                country::named(tree.text(i), self.packs).map(|_| tree.text(i).to_owned())
            });
        if start > head {
            (phrase, country)
        } else {
            (start..phrase.end, country)
        }
    }

    /// The longer name on the page that ends with the same words, if there is one alone: "the Foreign Ministry".
    fn fullest(&self, words: &str) -> String {
        let suffix = format!(" {words}");
        let mut longer = self
            .roster
            .institutions
            .iter()
            .map(|i| i.name.as_str())
            .filter(|name| words.contains(' ') && name.ends_with(&suffix))
            .filter(|name| is_plain_modifier(&name[..name.len() - suffix.len()]));
        match longer.next() {
            Some(first) if longer.all(|other| other == first) => first.to_owned(),
            _ => words.to_owned(),
        }
    }
}

/// "The newspaper | Daily Post": the name right behind a common noun, without a comma.
fn named_by(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    // Where the parser makes two subjects of them: "the agency | TAM | reports".
    let beside = || {
        let last = (noun + 1..tree.len())
            .take_while(|&i| tree.tag(i).starts_with("NNP"))
            .last()?;
        let same = tree.head(last) == tree.head(noun) && tree.dep(last) == tree.dep(noun);
        (same && tree.dep(noun) == "nsubj").then_some(last)
    };
    let name = tree
        .child(noun, &["appos"])
        .filter(|&a| a > noun)
        .or_else(beside)?;
    let bare = tree.span(name).start == noun + 1
        && (noun + 1..name + 1).all(|i| tree.tag(i).starts_with("NNP") || tree.tag(i) == "HYPH");
    (bare && tree.tag(noun) == "NN").then_some(name)
}

/// "Its press service", "its press office": a voice of its owner, not one of its own.
fn is_press_service(tree: &Tree<'_>, head: usize) -> bool {
    let press = head > 0 && matches!(tree.lemma(head - 1), "press" | "media" | "information");
    press
        && matches!(
            tree.lemma(head),
            "service" | "office" | "department" | "center" | "centre"
        )
}

fn press_service(tree: &Tree<'_>, head: usize, owner: String) -> Voice {
    Voice {
        speaker: Speaker {
            name: owner,
            ..Speaker::default()
        },
        document: Some(tree.words(head - 1..head + 1).to_owned()),
        noun: tree.lemma(head).to_owned(),
        ..Voice::default()
    }
}

/// True for words that only say more of a name: "Russian", "German Federal".
fn is_plain_modifier(words: &str) -> bool {
    words
        .split_whitespace()
        .all(|w| w.starts_with(char::is_uppercase))
}

/// "On behalf of …" below the noun.
pub(super) fn behalf(tree: &Tree<'_>, noun: usize) -> Option<String> {
    let span = tree.sentence(noun);
    let at = (noun..span.end.saturating_sub(2).min(noun + 16)).find(|&i| {
        tree.token(i).lower() == "on"
            && tree.token(i + 1).lower() == "behalf"
            && tree.text(i + 2) == "of"
    })?;
    let object = tree.child(at + 2, &["pobj"])?;
    let phrase = subject::phrase(tree, object)?;
    let mut end = phrase.span.end;
    for c in tree
        .children(object)
        .filter(|&c| c > object && matches!(tree.dep(c), "acl" | "prep"))
    {
        end = end.min(tree.span(c).start);
    }
    Some(without_article(
        tree.words(phrase.span.start..end.max(object + 1)),
    ))
}
