//! Everybody who is named on a page, as far as attribution needs them: people, institutions, acronyms.
//!
//! Not here: entities of the case and their links (`entities`).

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Scene, Tokens};
use super::told::describe;
use super::tree::Tree;
use super::words;

/// Where a name stands: block and token.
pub(super) type Place = (usize, usize);

/// A person by name.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The fullest form on the page, without titles.
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) org: Option<String>,
    /// `Some(true)` for women, where a title or a function says so.
    pub(super) feminine: Option<bool>,
    /// Every mention, in order of the text.
    pub(super) places: Vec<Place>,
}

impl Person {
    fn tokens(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.name.split_whitespace()
    }
}

/// An institution by name.
#[derive(Debug, Clone)]
pub(super) struct Institution {
    pub(super) name: String,
    /// The noun that it can be called by: "ministry".
    pub(super) noun: String,
    pub(super) place: Place,
}

/// Who is named on a page.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) people: Vec<Person>,
    pub(super) institutions: Vec<Institution>,
    /// Firms, papers, parties and clubs by name, which a common noun may lead back to.
    organizations: Vec<Institution>,
    /// Long forms by the acronym that a bracket introduces.
    pub(super) acronyms: BTreeMap<String, String>,
    by_place: BTreeMap<Place, usize>,
}

impl Roster {
    pub(super) fn new(scenes: &[Scene<'_>]) -> Self {
        let mut roster = Self::default();
        let places = words_of_places(scenes);
        for s in scenes {
            roster.read_people(s, &places);
            roster.read_institutions(s);
            roster.read_organizations(s);
        }
        roster
    }

    /// The person whose name holds the token.
    pub(super) fn person_at(&self, place: Place) -> Option<&Person> {
        self.by_place.get(&place).map(|&i| &self.people[i])
    }

    /// The person with this name or part of a name; a last name beats a first one.
    pub(super) fn person_named(&self, name: &str) -> Option<&Person> {
        self.index_of(name).map(|i| &self.people[i])
    }

    fn index_of(&self, name: &str) -> Option<usize> {
        let last = name.split_whitespace().next_back()?;
        let fits = |p: &&Person| name.split_whitespace().all(|w| p.tokens().any(|t| t == w));
        let by = |f: &dyn Fn(&Person) -> bool| self.people.iter().position(|p| fits(&p) && f(p));
        by(&|p| p.tokens().next_back() == Some(last))
            .or_else(|| by(&|p| p.tokens().next() == Some(last)))
    }

    /// Everybody whom the recognizer or a function makes a person; `places` are single names that are none.
    fn read_people(&mut self, scene: &Scene<'_>, places: &BTreeSet<String>) {
        let tree = &scene.tree;
        let mut spans: Vec<Tokens> = tree
            .doc()
            .ents()
            .filter(|e| e.label() == "PERSON")
            .filter_map(|e| bare_name(tree, whole_name(tree, e.start()..e.end())))
            .collect();
        spans.retain(|s| s.len() > 1 || !places.contains(tree.text(s.start)));
        spans.extend((0..tree.len()).filter_map(|i| unrecognized_name(tree, i)));
        spans.sort_by_key(|s| (s.start, s.end));
        spans.dedup_by_key(|s| s.end);
        for span in spans {
            self.add_person(scene, &span);
        }
    }

    fn add_person(&mut self, scene: &Scene<'_>, span: &Tokens) {
        let tree = &scene.tree;
        let name = tree.words(span.clone()).replace('\u{2019}', "'");
        let at = self.index_of(&name).or_else(|| self.extends(&name));
        let i = at.unwrap_or_else(|| {
            self.people.push(Person {
                name: name.clone(),
                role: None,
                org: None,
                feminine: None,
                places: Vec::new(),
            });
            self.people.len() - 1
        });
        let place = (scene.index, span.end - 1);
        self.by_place.insert(place, i);
        let told = describe(tree, span);
        let person = &mut self.people[i];
        if name.len() > person.name.len() {
            person.name = name;
        }
        person.places.push(place);
        person.role = person.role.take().or(told.role);
        person.org = person.org.take().or(told.org);
        person.feminine = person.feminine.or(told.feminine);
    }

    /// A known person whose shorter name is the end of `name`.
    fn extends(&self, name: &str) -> Option<usize> {
        let last = name.split_whitespace().next_back()?;
        self.people.iter().position(|p| p.name == last)
    }

    fn read_institutions(&mut self, scene: &Scene<'_>) {
        let tree = &scene.tree;
        for i in 0..tree.len() {
            if tree.text(i) == "(" {
                self.read_acronym(tree, i);
            }
            if !tree.tag(i).starts_with("NN") || !words::is_institution(tree.lemma(i)) {
                continue;
            }
            let span = noun_phrase(tree, i);
            if span.clone().any(|k| k != i && is_proper(tree, k)) {
                let name = without_article(tree.words(span));
                let noun = tree.lemma(i).to_owned();
                self.institutions.push(Institution {
                    name,
                    noun,
                    place: (scene.index, i),
                });
            }
        }
    }

    /// Every organization by name, with the noun beside it: "the newspaper Daily Post", "Ulsen, the operator".
    fn read_organizations(&mut self, scene: &Scene<'_>) {
        let tree = &scene.tree;
        for e in tree.doc().ents() {
            let span = e.start()..e.end();
            let noun = noun_beside(tree, &span).unwrap_or_default();
            if e.label() != "ORG" && !is_common(&noun) {
                continue;
            }
            let head = span.end - 1;
            if span
                .clone()
                .any(|i| words::is_institution(tree.lemma(i)) && !is_common(tree.lemma(i)))
            {
                continue;
            }
            // The recognizer takes parts of other names for organizations; those that act are ones.
            let acts = matches!(
                tree.dep(head),
                "nsubj" | "nsubjpass" | "appos" | "poss" | "ROOT"
            ) || tree.lemma(tree.head(head)) == "by";
            if !acts {
                continue;
            }
            let name = without_article(tree.words(span.clone()));
            if name.starts_with(char::is_uppercase) {
                self.organizations.push(Institution {
                    name,
                    noun,
                    place: (scene.index, head),
                });
            }
        }
    }

    /// "The company", "the paper": the organization that was introduced with the noun, else, for nouns that fit
    /// most, the last one named before.
    pub(super) fn organization_before(&self, at: Place, noun: &str) -> Option<&str> {
        let before = || self.organizations.iter().rev().filter(|o| o.place < at);
        let introduced = before().find(|o| o.noun == noun);
        introduced
            .or_else(|| before().next().filter(|_| is_common(noun)))
            .map(|o| o.name.as_str())
    }

    /// The same where more hangs on it: the organization that was introduced with the noun or, as a firm, with another
    /// one for firms, else the only one that the page has named.
    pub(super) fn introduced_before(&self, at: Place, noun: &str) -> Option<&str> {
        let before = || self.organizations.iter().rev().filter(|o| o.place < at);
        let only = || {
            let first = before().next()?;
            before().all(|o| o.name == first.name).then_some(first)
        };
        let found = before().find(|o| o.noun == noun).or_else(|| {
            let firm = || before().find(|o| is_common(&o.noun));
            is_common(noun).then(|| firm().or_else(only)).flatten()
        });
        found.map(|o| o.name.as_str())
    }

    /// "The ministry": the last institution before it that can be called so.
    pub(super) fn institution_before(&self, at: Place, noun: &str) -> Option<&str> {
        let called = |i: &&Institution| i.noun == noun && i.place < at;
        let last = self
            .institutions
            .iter()
            .filter(called)
            .max_by_key(|i| i.place);
        last.map(|i| i.name.as_str())
    }

    /// "The minister": the only person before it whom the page gives this office.
    pub(super) fn holder_before(&self, at: Place, office: &str) -> Option<&str> {
        let holds = |p: &&Person| {
            let role = p.role.as_deref().unwrap_or_default();
            role.split_whitespace()
                .any(|w| w.eq_ignore_ascii_case(office))
                && p.places.iter().any(|place| *place < at)
        };
        let mut holders = self.people.iter().filter(holds);
        let only = holders.next()?;
        holders.next().is_none().then_some(only.name.as_str())
    }

    /// "Ministry of Foreign Affairs (MFA)".
    fn read_acronym(&mut self, tree: &Tree<'_>, open: usize) {
        let short = open + 1;
        if open == 0 || short + 1 >= tree.len() || tree.text(short + 1) != ")" {
            return;
        }
        let word = tree.text(short);
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        if capitals < 2 || !(2..=8).contains(&word.chars().count()) {
            return;
        }
        let start = (open.saturating_sub(10)..open)
            .rev()
            .take_while(|&i| {
                is_proper(tree, i)
                    || matches!(
                        tree.text(i),
                        "of" | "for" | "the" | "and" | "'s" | "’s" | "&"
                    )
            })
            .last();
        if let Some(start) = start {
            let long = without_article(tree.words(start..open));
            self.acronyms.entry(word.to_owned()).or_insert(long);
        }
    }
}

/// Single names that the recognizer takes for people and that stand behind "in" or "near" somewhere on the page.
fn words_of_places(scenes: &[Scene<'_>]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let mut surnames = BTreeSet::new();
    for scene in scenes {
        let tree = &scene.tree;
        for e in tree.doc().ents().filter(|e| e.label() == "PERSON") {
            let (first, last) = (e.start(), e.end() - 1);
            if first < last {
                surnames.insert(tree.text(last).to_owned());
            } else if tree.dep(last) == "pobj"
                && matches!(
                    tree.lemma(tree.head(last)),
                    "in" | "near" | "into" | "outside"
                )
            {
                places.insert(tree.text(last).to_owned());
            }
        }
    }
    places.retain(|p| !surnames.contains(p));
    places
}

/// Nouns that fit most organizations.
fn is_common(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "firm"
            | "group"
            | "corporation"
            | "operator"
            | "maker"
            | "airline"
            | "bank"
            | "carrier"
            | "paper"
            | "newspaper"
            | "outlet"
            | "broadcaster"
            | "agency"
            | "organization"
            | "organisation"
            | "club"
    )
}

/// The common noun that stands with a name: before it, or as an apposition on either side.
fn noun_beside(tree: &Tree<'_>, name: &Tokens) -> Option<String> {
    let head = name.end - 1;
    let noun = |i: usize| matches!(tree.tag(i), "NN");
    let before = name
        .start
        .checked_sub(1)
        .filter(|&i| noun(i) && tree.is_under(i, head));
    let beside = || {
        let up = tree.head(head);
        let below = tree
            .children(head)
            .find(|&c| tree.dep(c) == "appos" && noun(c));
        below.or_else(|| (tree.dep(head) == "appos" && noun(up)).then_some(up))
    };
    before.or_else(beside).map(|i| tree.lemma(i).to_owned())
}

/// The entity with the proper nouns behind it that hang on the same head: the recognizer may stop after a first name.
fn whole_name(tree: &Tree<'_>, mut span: Tokens) -> Tokens {
    while span.end < tree.len()
        && tree.tag(span.end) == "NNP"
        && matches!(tree.token(span.end).ent_type(), "" | "PERSON")
        && tree.head(span.end - 1) == span.end
        && tree.dep(span.end - 1) == "compound"
    {
        span.end += 1;
    }
    span
}

/// A name that the recognizer missed or took for something else, where a function stands beside it.
fn unrecognized_name(tree: &Tree<'_>, last: usize) -> Option<Tokens> {
    if tree.tag(last) != "NNP"
        || matches!(
            tree.token(last).ent_type(),
            "PERSON" | "GPE" | "LOC" | "DATE"
        )
    {
        return None;
    }
    let person = |i: usize| {
        let lemma = tree.lemma(i);
        matches!(tree.tag(i), "NN") && (words::is_person_noun(lemma) || words::is_office(lemma))
    };
    let start = (0..last)
        .rev()
        .take_while(|&i| tree.tag(i) == "NNP" && tree.head(i) == last && tree.dep(i) == "compound")
        .last()
        .unwrap_or(last);
    let before = start > 0 && person(start - 1) && tree.head(start - 1) == last;
    let after = tree
        .children(last)
        .any(|c| c > last && tree.dep(c) == "appos" && person(c));
    let name = start..last + 1;
    let institution = name.clone().any(|i| words::is_institution(tree.lemma(i)));
    if institution || name.len() < 2 || !(before || after) {
        return None;
    }
    bare_name(tree, name)
}

/// The name without titles and the genitive; `None` if nothing of a name is left.
fn bare_name(tree: &Tree<'_>, mut span: Tokens) -> Option<Tokens> {
    let is_title = |i: usize| {
        let word = tree.text(i).to_lowercase();
        words::is_title(&word) || words::is_office(&word) || words::is_person_noun(&word)
    };
    while span.len() > 1 && is_title(span.start) {
        span.start += 1;
    }
    while !span.is_empty()
        && (matches!(tree.text(span.end - 1), "'s" | "’s") || tree.is_punct(span.end - 1))
    {
        span.end -= 1;
    }
    let good = !span.is_empty()
        && tree.text(span.end - 1).starts_with(char::is_uppercase)
        && !tree.words(span.clone()).contains(['\n', '@', '/']);
    good.then_some(span)
}

pub(super) fn is_proper(tree: &Tree<'_>, i: usize) -> bool {
    tree.tag(i).starts_with("NNP")
        || matches!(tree.token(i).ent_type(), "GPE" | "ORG" | "NORP")
            && tree.text(i).starts_with(char::is_uppercase)
}

/// The noun phrase around `noun` with what names it: no relative clause, no apposition, one prepositional
/// phrase of belonging.
pub(super) fn noun_phrase(tree: &Tree<'_>, noun: usize) -> Tokens {
    let full = tree.span(noun);
    let mut end = noun + 1;
    for c in tree.children(noun).filter(|&c| c > noun) {
        if tree.dep(c) == "prep"
            && matches!(
                tree.lemma(c),
                "of" | "in" | "for" | "to" | "on" | "at" | "from"
            )
            && c == end
        {
            end = tree.span(c).end;
            for r in c..end {
                if matches!(tree.dep(r), "relcl" | "appos" | "acl")
                    || tree.text(r) == ","
                    || tree.text(r) == "("
                {
                    end = r;
                    break;
                }
            }
        } else {
            break;
        }
    }
    name_start(tree, noun, full.start)..end.max(noun + 1)
}

/// "In breach of the Brannock Protocol, | Norvale's ministry said": where the parser took the end of what was said and
/// the speaker for one name, the start of the speaker. In "the big, old union" both words are the union's own.
fn name_start(tree: &Tree<'_>, noun: usize, start: usize) -> usize {
    let parted = |&i: &usize| {
        tree.text(i) == ","
            && tree.tag(i - 1).starts_with("NN")
            && tree.tag(i + 1).starts_with("NNP")
    };
    // "Earlier the ministry".
    let adverb = |&i: &usize| matches!(tree.tag(i), "RB" | "RBR") && tree.dep(i) == "advmod";
    let start = start + (start..noun).take_while(adverb).count();
    (start + 1..noun)
        .rev()
        .find(parted)
        .map_or(start, |comma| comma + 1)
}

/// The words without a leading article, on one line, with plain apostrophes left as written.
pub(super) fn without_article(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    for article in ["the ", "a ", "an "] {
        if lower.starts_with(article) {
            return words[article.len()..].to_owned();
        }
    }
    words
}
