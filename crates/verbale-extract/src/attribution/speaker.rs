//! From the words that name a speaker to the speaker: pronouns, surnames, titles, documents and acronyms lead
//! back to names.

use std::collections::BTreeMap;

use verbale_core::Speaker;
use verbale_pack::Packs;

use super::anonymity;
use super::draft::{Draft, Scene, Tokens};
use super::roster::{self, Roster, noun_phrase, without_article};
use super::subject;
use super::tree::Tree;
use super::words;

/// A speaker with the document that speaks for it, if one does.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Voice {
    pub(super) speaker: Speaker,
    /// "statement", "Interior Ministry statistics": joins the chain.
    pub(super) document: Option<String>,
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
    roster: Roster,
    /// Who has spoken so far, last one last.
    spoken: Vec<Voice>,
    /// Owners of documents by the document's noun: "statement" → the ministry.
    documents: BTreeMap<String, Voice>,
}

/// A pronoun reaches back over this many voices.
const MEMORY: usize = 12;
/// A late name may stand this many passages after "one expert said".
const LATE_NAME_BLOCKS: usize = 3;

impl<'s, 'd> Namer<'s, 'd> {
    pub(super) fn new(scenes: &'s [Scene<'d>], packs: &'s Packs) -> Self {
        let roster = Roster::new(scenes);
        Self {
            scenes,
            packs,
            roster,
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

    fn name(
        &self,
        block: usize,
        head: usize,
        span: Tokens,
        outer: Option<&Voice>,
        depth: u8,
    ) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        match tree.tag(head) {
            "WP" | "WDT" if depth == 0 => self.antecedent(block, head, outer),
            "PRP" | "PRP$" | "WP$" => self.pronoun(block, head, outer),
            _ => Some(
                self.person(block, &span)
                    .or_else(|| self.document(block, head, depth))
                    .or_else(|| self.description(block, head, &span))
                    .unwrap_or_else(|| self.institution(block, head, &span)),
            ),
        }
    }

    /// "Who", "which", "that": the noun that the relative clause hangs on.
    fn antecedent(&self, block: usize, pronoun: usize, outer: Option<&Voice>) -> Option<Voice> {
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

    fn pronoun(&self, block: usize, i: usize, outer: Option<&Voice>) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let word = tree.token(i).lower();
        if matches!(word.as_str(), "i" | "we" | "my" | "our" | "me" | "us") {
            return outer.cloned();
        }
        let recent = self.spoken.iter().rev().take(MEMORY);
        let wanted: &dyn Fn(&&Voice) -> bool = match word.as_str() {
            "he" | "his" | "him" => &|v| v.person && !v.plural && v.feminine != Some(true),
            "she" | "her" | "hers" => &|v| v.person && !v.plural && v.feminine != Some(false),
            "it" | "its" => &|v| !v.person && !v.plural,
            "they" | "their" | "them" | "theirs" => &|v| v.plural,
            _ => return None,
        };
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

    fn voice_of(&self, p: &roster::Person) -> Voice {
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

    fn person(&self, block: usize, span: &Tokens) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let head_run = span.clone().take_while(|&i| tree.text(i) != ",");
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

    fn is_place(&self, words: &str) -> bool {
        let known = |list: &[String]| list.iter().any(|n| n == words);
        self.packs
            .countries()
            .iter()
            .any(|c| known(c.names.of("en")) || c.capital.get("en").is_some_and(|n| n == words))
            || self.packs.metonyms().iter().any(|m| m.name == words)
    }

    /// "The statement", "Interior Ministry statistics", "the embassy's letter": its owner speaks through it.
    fn document(&self, block: usize, head: usize, depth: u8) -> Option<Voice> {
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
            .or_else(|| self.premodifier_owner(block, head))
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
        let mut voice = owner.unwrap_or_else(|| Voice {
            speaker: Speaker {
                name: without_article(tree.words(phrase)),
                ..Speaker::default()
            },
            noun: noun.to_owned(),
            ..Voice::default()
        });
        if voice.speaker.name != words {
            voice.document = Some(words);
            if !voice.person {
                voice.speaker.role = Some(noun.to_owned());
            }
        }
        voice.on_behalf_of = voice.on_behalf_of.or_else(|| behalf(tree, head));
        Some(voice)
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

    /// "A senior official", "the diplomat", "one expert": a person without a name here.
    fn description(&self, block: usize, head: usize, span: &Tokens) -> Option<Voice> {
        let tree = &self.scenes[block].tree;
        let lemma = tree.lemma(head);
        let office = words::is_office(lemma);
        let listed = self.packs.anonymous_nouns("en").iter().any(|n| n == lemma);
        if !(office || listed || words::is_person_noun(lemma))
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
        let plural = tree.tag(head) == "NNS" || tree.tag(head) == "NNPS";
        let org = org_of(tree, head);
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
            if let Some(p) = self.person_in_role(block, lemma) {
                return Some(p);
            }
        }
        if !definite
            && !plural
            && let Some(p) = self.late_name(block, lemma)
        {
            return Some(p);
        }
        let identified = office && (org.is_some() || definite);
        let name = tree
            .words(span.clone())
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

    /// The person who is named with this function at this institution anywhere on the page.
    fn holder(&self, lemma: &str, org: &str) -> Option<&roster::Person> {
        self.roster.people.iter().find(|p| {
            p.role.as_deref().is_some_and(|r| last_word(r) == lemma)
                && p.org
                    .as_deref()
                    .is_some_and(|o| o.eq_ignore_ascii_case(org))
        })
    }

    /// A person who was introduced in this function before: "the minister".
    fn person_in_role(&self, block: usize, lemma: &str) -> Option<Voice> {
        self.roster
            .people
            .iter()
            .filter(|p| p.role.as_deref().is_some_and(|r| last_word(r) == lemma))
            .filter(|p| p.places.first().is_some_and(|at| at.0 <= block))
            .max_by_key(|p| p.places.iter().filter(|at| at.0 <= block).max().copied())
            .map(|p| self.voice_of(p))
    }

    /// "One expert said …", named in one of the next passages as "X, an expert on …".
    fn late_name(&self, block: usize, lemma: &str) -> Option<Voice> {
        let near = block..=block + LATE_NAME_BLOCKS;
        self.roster
            .people
            .iter()
            .filter(|p| p.places.first().is_some_and(|at| near.contains(&at.0)))
            .find(|p| {
                p.role.as_deref().is_some_and(|r| {
                    r.split_whitespace().next() == Some(lemma) || last_word(r) == lemma
                })
            })
            .map(|p| self.voice_of(p))
    }

    /// Anything else: an institution, a country, a capital that acts.
    fn institution(&self, block: usize, head: usize, span: &Tokens) -> Voice {
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
                super::country::named(tree.text(i), self.packs).map(|_| tree.text(i).to_owned())
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

fn is_genitive(tree: &Tree<'_>, i: usize) -> bool {
    i + 1 < tree.len() && matches!(tree.text(i + 1), "'s" | "’s" | "'" | "’")
}

fn last_word(words: &str) -> &str {
    words.split_whitespace().next_back().unwrap_or("")
}

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
        if tree.dep(c) == "acl"
            && matches!(
                tree.lemma(c),
                "issue"
                    | "publish"
                    | "release"
                    | "sign"
                    | "write"
                    | "post"
                    | "send"
                    | "author"
                    | "see"
                    | "view"
                    | "obtain"
                    | "review"
                    | "file"
                    | "compile"
                    | "conduct"
                    | "prepare"
            )
            && let Some(by) = tree.child(c, &["agent"])
        {
            return tree.child(by, &["pobj"]);
        }
    }
    None
}

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

/// "On behalf of …" below the noun.
fn behalf(tree: &Tree<'_>, noun: usize) -> Option<String> {
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

/// The institution of "a spokesman for the ministry", "a ministry official", "the port's director".
fn org_of(tree: &Tree<'_>, noun: usize) -> Option<String> {
    if let Some(p) = tree.child(noun, &["poss"]) {
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
            && (words::is_institution(tree.lemma(o)) || roster::is_proper(tree, o))
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
