//! People: pronouns, names, and descriptions such as "a senior official".

use verbale_core::Speaker;

use super::called::last_word;
use super::{Namer, Voice};
use crate::attribution::anonymity;
use crate::attribution::draft::Tokens;
use crate::attribution::roster::{self, noun_phrase, without_article};
use crate::attribution::subject;
use crate::attribution::told;
use crate::attribution::tree::Tree;
use crate::attribution::words;

/// A pronoun reaches back over this many voices.
const MEMORY: usize = 12;

impl Namer<'_, '_> {
    /// "Who", "which", "that": the noun that the relative clause hangs on.
    pub(super) fn antecedent(
        &self,
        block: usize,
        pronoun: usize,
        outer: Option<&Voice>,
    ) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let verb = tree.head(pronoun);
        let noun = if tree.dep(verb) == "relcl" {
            tree.head(verb)
        } else {
            tree.head(tree.head(verb))
        };
        let phrase = subject::phrase(tree, noun)?;
        self.name(block, phrase.head, phrase.span, outer, 1)
    }

    pub(super) fn pronoun(&self, block: usize, i: usize, outer: Option<&Voice>) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let word = tree.token(i).lower();
        if matches!(word.as_str(), "i" | "we" | "my" | "our" | "me" | "us") {
            return outer.cloned();
        }
        if let Some(name) = self.subject_of_sentence(block, i).filter(|_| word == "it") {
            return Some(name);
        }
        if let Some(name) = self.institution_in_focus(block, i).filter(|_| word == "it") {
            return Some(name);
        }
        let recent = self.spoken.iter().rev().take(MEMORY);
        let wanted: &dyn Fn(&&Voice) -> bool = match word.as_str() {
            "he" | "his" | "him" => &|v| v.person && !v.plural && v.feminine != Some(true),
            "she" | "her" | "hers" => &|v| v.person && !v.plural && v.feminine != Some(false),
            "it" | "its" => &|v| !v.person && !v.plural,
            "they" | "their" | "them" | "theirs" => &|v| v.plural,
            _ => return None,
        };
        // "The port said that it denies …": who speaks inside of one's words is oneself.
        if let Some(own) = outer.filter(|v| v.speaker.range.is_some() && wanted(v)) {
            return Some(own.clone());
        }
        let spoken = recent.clone().find(|v| wanted(v));
        let singular = matches!(word.as_str(), "he" | "his" | "him" | "she" | "her" | "hers");
        if singular {
            let feminine = word.starts_with('s') || word.starts_with("her");
            return self
                .person_before(block, i, feminine, spoken)
                .or_else(|| spoken.cloned());
        }
        spoken
            .or_else(|| {
                recent
                    .clone()
                    .find(|v| word.starts_with("the") && !v.person)
            })
            .cloned()
    }

    /// "The mission visited the camps, it said": the institution that is the subject before the pronoun.
    fn subject_of_sentence(&self, block: usize, i: usize) -> Option<Voice> {
        let scene = &self.scenes[block];
        let tree = &scene.tree;
        // What is quoted is not what the reporter speaks of.
        let subject = (tree.sentence(i).start..i).find(|&k| {
            tree.dep(k) == "nsubj"
                && scene.quote_at(k) == scene.quote_at(i)
                && tree.tag(k).starts_with("NN")
                && (words::is_institution(tree.lemma(k)) || tree.token(k).ent_type() == "ORG")
        })?;
        let phrase = subject::phrase(tree, subject)?;
        Some(self.institution(block, phrase.head, &phrase.span))
    }

    /// "The yard left the letter unanswered. In a statement it said …": the institution by name that is the subject of
    /// the sentence before the pronoun's, if nobody has spoken since.
    fn institution_in_focus(&self, block: usize, i: usize) -> Option<Voice> {
        let scene = &self.scenes[block];
        let tree = &scene.tree;
        let here = tree.sentence(i).start;
        let before = tree.sentence(here.checked_sub(1)?);
        let subject = before.clone().find(|&k| {
            matches!(tree.dep(k), "nsubj" | "nsubjpass")
                && tree.is_verb(tree.head(k))
                && matches!(tree.dep(tree.head(k)), "ROOT" | "ccomp")
                && !matches!(tree.tag(k), "PRP" | "DT" | "WDT" | "WP")
        })?;
        let named = tree.tag(subject).starts_with("NNP") && tree.token(subject).ent_type() == "ORG"
            || words::is_institution(tree.lemma(subject)) && tree.tag(subject) == "NN";
        let at = scene.block.token_range(tree.token(subject));
        let spoken_since = self
            .spoken
            .last()
            .is_some_and(|v| v.speaker.range.is_some_and(|r| r.start() > at.end()));
        if !named || spoken_since {
            return None;
        }
        let phrase = subject::phrase(tree, subject)?;
        Some(self.institution(block, phrase.head, &phrase.span))
    }

    /// The person that was the subject of the sentences before, if later than the last one who spoke.
    fn person_before(
        &self,
        block: usize,
        i: usize,
        feminine: bool,
        spoken: Option<&Voice>,
    ) -> Option<Voice> {
        let sentence = self.scenes[block].tree.sentence(i).start;
        let from = (block.saturating_sub(2), 0);
        let to = (block, sentence.max(i.saturating_sub(0)));
        let fits = |p: &&roster::Person| p.feminine.is_none_or(|f| f == feminine);
        let subject_at = |place: &(usize, usize)| {
            let tree = &self.scenes[place.0].tree;
            let mut at = place.1;
            while matches!(tree.dep(at), "compound" | "flat" | "nmod") && tree.head(at) != at {
                at = tree.head(at);
            }
            matches!(tree.dep(at), "nsubj" | "nsubjpass")
        };
        let latest = self
            .roster
            .people
            .iter()
            .filter(fits)
            .flat_map(|p| p.places.iter().map(move |place| (*place, p)))
            .filter(|(place, _)| *place >= from && *place < to && subject_at(place))
            .max_by_key(|(place, _)| *place)?;
        // Who spoke since then wins.
        let spoken_since = spoken.is_some_and(|v| {
            v.speaker.range.is_some_and(|r| {
                let at = self.scenes[latest.0.0]
                    .block
                    .token_range(self.scenes[latest.0.0].tree.token(latest.0.1));
                r.end() >= at.end()
            })
        });
        (!spoken_since).then(|| self.voice_of(latest.1))
    }

    pub(super) fn voice_of(&self, p: &roster::Person) -> Voice {
        Voice {
            speaker: Speaker {
                name: p.name.clone(),
                org: p.org.clone(),
                role: p.role.clone(),
                anonymity: None,
                range: None,
            },
            person: true,
            feminine: p.feminine,
            noun: p
                .role
                .as_deref()
                .and_then(|r| r.split_whitespace().next_back())
                .unwrap_or("")
                .to_lowercase(),
            ..Voice::default()
        }
    }

    pub(super) fn person(&self, block: usize, head: usize, span: &Tokens) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        // "A lawyer for Ada Brandt" is not Ada Brandt.
        let common = matches!(tree.tag(head), "NN" | "NNS");
        let ends = |i: usize| tree.text(i) == "," || common && i > head && tree.tag(i) == "IN";
        let head_run = span.clone().take_while(|&i| !ends(i));
        let mut last = None;
        for i in head_run {
            if self.roster.person_at((block, i)).is_some() && !is_genitive(tree, i) {
                last = Some(i);
                break;
            }
        }
        if let Some(i) = last {
            return self.roster.person_at((block, i)).map(|p| self.voice_of(p));
        }
        // A surname that the recognizer took for something else.
        let words: Vec<_> = span
            .clone()
            .filter(|&i| tree.tag(i).starts_with("NNP"))
            .map(|i| tree.text(i))
            .collect();
        let all_proper = span
            .clone()
            .all(|i| tree.tag(i).starts_with("NNP") || words::is_title(&tree.token(i).lower()));
        if !all_proper || words.is_empty() || self.is_place(&words.join(" ")) {
            return None;
        }
        self.roster
            .person_named(words.last()?)
            .map(|p| self.voice_of(p))
    }

    /// "Her predecessor, Karl Voss", "the contractor, Bell & Sons": the name in apposition to a common noun.
    pub(super) fn apposed(&self, block: usize, head: usize) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let common = tree.tag(head) == "NN" && tree.token(head).ent_type().is_empty();
        let name = tree
            .children(head)
            .filter(|&c| c > head && tree.dep(c) == "appos" && common)
            .find(|&c| tree.tag(c).starts_with("NNP"))?;
        let before = tree.span(name).start.checked_sub(1)?;
        if tree.text(before) != "," {
            return None;
        }
        let person = (tree.span(name).start..name + 1)
            .find_map(|i| self.roster.person_at((block, i)))
            .map(|p| self.voice_of(p));
        let organization = || {
            let is_firm = words::is_institution(tree.lemma(head))
                || tree.token(name).ent_type() == "ORG"
                || subject::is_agent_noun(tree, head);
            is_firm.then(|| Voice {
                speaker: Speaker {
                    name: without_article(tree.words(noun_phrase(tree, name))),
                    role: Some(tree.lemma(head).to_owned()).filter(|r| !words::is_document(r)),
                    ..Speaker::default()
                },
                noun: tree.lemma(head).to_owned(),
                ..Voice::default()
            })
        };
        person.or_else(organization)
    }

    pub(super) fn is_place(&self, words: &str) -> bool {
        let known = |list: &[String]| list.iter().any(|n| n == words);
        self.packs
            .countries()
            .iter()
            .any(|c| known(c.names.of("en")) || c.capital.get("en").is_some_and(|n| n == words))
            || self.packs.metonyms().iter().any(|m| m.name == words)
    }

    /// "One of them", "two of its doctors", "some of the miners": somebody of a group.
    pub(super) fn one_of(&self, block: usize, head: usize, span: &Tokens) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let counts = tree.tag(head) == "CD"
            || matches!(
                tree.lemma(head),
                "one" | "some" | "many" | "several" | "most" | "another" | "both" | "others"
            );
        let of = tree
            .children(head)
            .find(|&c| c > head && tree.lemma(c) == "of")
            .filter(|_| counts)?;
        let group = tree.child(of, &["pobj"])?;
        let people = words::is_office(tree.lemma(group))
            || words::is_person_noun(tree.lemma(group))
            || matches!(tree.lemma(group), "they" | "them" | "those")
            || subject::is_agent_noun(tree, group);
        if !people {
            return None;
        }
        let words = tree.words(span.clone());
        Some(Voice {
            speaker: Speaker {
                name: words.split_whitespace().collect::<Vec<_>>().join(" "),
                org: org_of(tree, group),
                role: None,
                anonymity: (!words::is_office(tree.lemma(group)))
                    .then(|| anonymity::of(tree, group, span.clone(), self.packs)),
                range: None,
            },
            person: true,
            plural: tree.lemma(head) != "one",
            noun: tree.lemma(group).to_owned(),
            ..Voice::default()
        })
    }

    /// "A senior official", "the diplomat", "one expert": a person without a name here.
    pub(super) fn description(&self, block: usize, head: usize, span: &Tokens) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let lemma = tree.lemma(head);
        let office = words::is_office(lemma);
        let listed = self.packs.anonymous_nouns("en").iter().any(|n| n == lemma);
        let plural = tree.tag(head) == "NNS" || tree.tag(head) == "NNPS";
        let by_ending = plural && subject::is_agent_noun(tree, head);
        // Who is introduced with an article and speaks is a person unless the noun says otherwise.
        let introduced = tree.tag(head) == "NN"
            && span
                .clone()
                .next()
                .is_some_and(|i| matches!(tree.lemma(i), "a" | "an"))
            && tree.token(head).ent_type().is_empty()
            && !words::is_institution(lemma)
            && !words::is_document(lemma);
        if !(office || listed || by_ending || introduced || words::is_person_noun(lemma))
            || tree.tag(head).starts_with("NNP") && !office
        {
            return None;
        }
        let first = span
            .clone()
            .next()
            .map(|i| tree.lemma(i))
            .unwrap_or_default();
        let definite = matches!(first, "the" | "this" | "that");
        let indefinite = matches!(first, "a" | "an" | "one" | "another" | "some");
        let sole = office && !indefinite;
        let org = org_of(tree, head).or_else(|| self.owner(block, head));
        if !indefinite
            && !plural
            && let Some(p) = org.as_deref().and_then(|o| self.holder(lemma, o))
        {
            return Some(self.voice_of(p));
        }
        if definite && !plural {
            if let Some(v) = self.spoken.iter().rev().find(|v| {
                v.noun == lemma
                    || v.speaker
                        .role
                        .as_deref()
                        .is_some_and(|r| last_word(r) == lemma)
            }) {
                return Some(v.clone());
            }
            if let Some(p) = self
                .person_in_role(block, lemma)
                .or_else(|| self.by_epithet(lemma))
            {
                return Some(p);
            }
        }
        if (!definite || sole)
            && !plural
            && let Some(p) = self.late_name(block, lemma, sole)
        {
            return Some(p);
        }
        let wrote = tree.children(head).any(|c| {
            tree.lemma(c) == "of"
                && tree
                    .child(c, &["pobj"])
                    .is_some_and(|o| words::is_document(tree.lemma(o)))
        });
        let identified = office && (org.is_some() || definite) || definite && wrote;
        let mut own = match tree.tag(span.start) {
            "PRP$" if span.start < head => span.start + 1..span.end,
            _ => span.clone(),
        };
        if !identified {
            own.end = own.end.max(restriction_end(tree, head, own.end));
        }
        let name = tree
            .words(own)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Some(Voice {
            speaker: Speaker {
                name,
                org: org.clone(),
                role: Some(role_of(tree, head)),
                anonymity: (!identified)
                    .then(|| anonymity::of(tree, head, span.clone(), self.packs)),
                range: None,
            },
            person: true,
            feminine: match lemma {
                "spokeswoman" | "woman" | "girl" => Some(true),
                "spokesman" | "man" | "boy" => Some(false),
                _ => None,
            },
            plural,
            noun: lemma.to_owned(),
            ..Voice::default()
        })
    }
}

/// "An engineer | who worked at the dam", "pilots | working for the port": the end of a relative clause that says who it
/// is, if no comma cuts it off.
fn restriction_end(tree: &Tree<'_>, head: usize, end: usize) -> usize {
    let relative = end < tree.len()
        && matches!(tree.tag(end), "WP" | "WDT" | "VBG" | "VBN")
        && tree.is_under(end, head);
    if !relative {
        return end;
    }
    let stop = tree.span(head).end.min(end + MAX_RESTRICTION_TOKENS);
    (end..stop)
        .find(|&i| matches!(tree.text(i), "," | "—" | "–"))
        .unwrap_or(stop)
}

/// A relative clause longer than this tells a story of its own.
const MAX_RESTRICTION_TOKENS: usize = 14;

fn is_genitive(tree: &Tree<'_>, i: usize) -> bool {
    i + 1 < tree.len() && matches!(tree.text(i + 1), "'s" | "’s" | "'" | "’")
}

/// The institution of "a spokesman for the ministry", "a ministry official", "the port's director".
fn org_of(tree: &Tree<'_>, noun: usize) -> Option<String> {
    let poss = tree
        .child(noun, &["poss"])
        .filter(|&p| tree.tag(p) != "PRP$");
    if let Some(p) = poss {
        return Some(without_article(
            tree.words(tree.span(p)).trim_end_matches(['\'', 's', '’']),
        ));
    }
    for p in tree
        .children(noun)
        .filter(|&c| c > noun && tree.dep(c) == "prep")
    {
        if matches!(tree.lemma(p), "for" | "of" | "at" | "from" | "with")
            && let Some(o) = tree.child(p, &["pobj"])
            && (roster::is_proper(tree, o) || told::names_institution(tree, o))
        {
            return Some(without_article(tree.words(noun_phrase(tree, o))));
        }
    }
    let start = tree.span(noun).start;
    let cut = (start..noun)
        .rev()
        .find(|&i| words::is_institution(tree.lemma(i)) || tree.token(i).ent_type() == "ORG")?;
    Some(without_article(tree.words(start..cut + 1)))
}

/// The function as written, without what it is a function of: "deputy director".
fn role_of(tree: &Tree<'_>, noun: usize) -> String {
    let start = (tree.span(noun).start..noun)
        .rev()
        .take_while(|&i| {
            let modifies = matches!(
                tree.dep(i),
                "amod" | "compound" | "punct" | "npadvmod" | "nmod" | "advmod"
            );
            modifies && !roster::is_proper(tree, i) && tree.text(i) != ","
        })
        .last()
        .unwrap_or(noun);
    tree.words(start..noun + 1).to_lowercase()
}
