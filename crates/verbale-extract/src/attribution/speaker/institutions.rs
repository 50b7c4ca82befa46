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
        let phrase = noun_phrase(tree, head);
        let phrase = phrase.start.max(span.start).min(head)..phrase.end.min(span.end).max(head + 1);
        let (phrase, country) = self.without_owner(block, head, phrase);
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
            None if proper && (words.contains(' ') || !words::is_institution(lemma)) => {
                self.fullest(&words)
            }
            None if proper => self.institution_before(block, head, lemma).unwrap_or(words),
            None if definite => self.institution_before(block, head, lemma).unwrap_or(words),
            None => words,
        };
        Voice {
            speaker: Speaker {
                name,
                org: country,
                ..Speaker::default()
            },
            plural: matches!(tree.tag(head), "NNS" | "NNPS") && !proper,
            on_behalf_of: behalf(tree, head),
            noun: lemma.to_owned(),
            ..Voice::default()
        }
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

    /// The longest name on the page that ends with the same words: "the Foreign Ministry".
    fn fullest(&self, words: &str) -> String {
        let suffix = format!(" {words}");
        self.roster
            .institutions
            .iter()
            .filter(|i| words.contains(' ') && i.name.ends_with(&suffix))
            .find(|i| is_plain_modifier(&i.name[..i.name.len() - suffix.len()]))
            .map(|i| i.name.clone())
            .unwrap_or_else(|| words.to_owned())
    }

    /// "The ministry": the last institution before it that can be called so.
    fn institution_before(&self, block: usize, head: usize, noun: &str) -> Option<String> {
        self.roster
            .institutions
            .iter()
            .filter(|i| i.noun == noun && i.place < (block, head))
            .max_by_key(|i| i.place)
            .map(|i| i.name.clone())
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
