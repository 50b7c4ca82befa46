//! What the words beside a person's name say of them: title, function, institution.

use super::draft::Tokens;
use super::roster::{is_proper, noun_phrase, without_article};
use super::tree::Tree;
use super::words;

/// What the words beside a name say of the person.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) role: Option<String>,
    pub(super) org: Option<String>,
    pub(super) feminine: Option<bool>,
}

/// Reads titles and functions before the name and the apposition after it.
pub(super) fn describe(tree: &Tree<'_>, name: &Tokens) -> Told {
    let head = name.end - 1;
    let mut told = Told::default();
    let before = premodifiers(tree, name);
    if !before.is_empty() {
        told.feminine = before.clone().rev().find_map(|i| gender(tree.text(i)));
        let (org, role) = split_function(tree, before);
        told.org = org;
        told.role = role;
    }
    if told.role.is_none() {
        let top = topmost(tree, head, name);
        let appositions = tree
            .children(top)
            .filter(|&c| c > head && tree.dep(c) == "appos");
        if let Some(a) = appositions.into_iter().next() {
            let (org, role) = apposition(tree, a);
            told.org = told.org.or(org);
            told.role = role;
        } else if tree.dep(top) == "appos" && tree.head(top) < name.start {
            // "A spokesman for the port, Ivo Lund, said …"
            let (org, role) = apposition(tree, tree.head(top));
            told.org = told.org.or(org);
            told.role = role;
        }
    }
    if told.org.is_none() && told.role.is_none() {
        (told.org, told.role) = office_before(tree, name.start);
    }
    if told.org.is_none() && told.role.is_none() {
        told.org = house_behind(tree, head);
    }
    if let Some(role) = &told.role {
        told.feminine = told
            .feminine
            .or_else(|| role.split_whitespace().find_map(gender));
    }
    told
}

/// "Anna Voss of Labor Watch": the institution right behind the name.
fn house_behind(tree: &Tree<'_>, head: usize) -> Option<String> {
    let of = tree.children(head).find(|&c| {
        c == head + 1
            && tree.dep(c) == "prep"
            && matches!(tree.lemma(c), "of" | "from" | "at" | "with")
    })?;
    let house = tree.child(of, &["pobj"])?;
    let named = tree.token(house).ent_type() == "ORG" || words::is_institution(tree.lemma(house));
    named.then(|| without_article(tree.words(noun_phrase(tree, house))))
}

/// "Head of the Water Board of Harlow (WBH) Ada Brandt": an office with its institution right before a name, however
/// the parser ties them.
fn office_before(tree: &Tree<'_>, name: usize) -> (Option<String>, Option<String>) {
    let mut end = name;
    let closes = |i: usize| end >= 3 && tree.text(end - i) == if i == 1 { ")" } else { "(" };
    if closes(1) && closes(3) {
        end -= 3;
    }
    let joins = |i: usize| matches!(tree.text(i), "of" | "for" | "the" | "and" | "'s" | "’s");
    let start = (end.saturating_sub(MAX_ROLE_TOKENS)..end)
        .rev()
        .take_while(|&i| is_proper(tree, i) || joins(i) || words::is_office(tree.lemma(i)))
        .last()
        .unwrap_or(end);
    let office = (start..end).find(|&i| {
        words::is_office(&tree.token(i).lower()) && i + 2 < end && tree.text(i + 1) == "of"
    });
    match office.filter(|&i| !has_field(tree, i)) {
        Some(office) => (
            Some(without_article(tree.words(office + 2..end))),
            Some(tree.words(start..office + 1).trim().to_owned()),
        ),
        None => (None, None),
    }
}

/// The token of the name that the rest of the phrase hangs on.
fn topmost(tree: &Tree<'_>, head: usize, name: &Tokens) -> usize {
    let up = tree.head(head);
    if name.contains(&up) { up } else { head }
}

fn gender(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "mrs" | "mrs." | "ms" | "ms." | "miss" | "dame" | "lady" | "queen" | "princess"
        | "spokeswoman" | "chairwoman" | "congresswoman" | "businesswoman" | "actress"
        | "mother" | "wife" => Some(true),
        "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "spokesman" | "chairman"
        | "congressman" | "businessman" | "actor" | "father" | "husband" => Some(false),
        _ => None,
    }
}

/// The words of the phrase that stand right before the name.
fn premodifiers(tree: &Tree<'_>, name: &Tokens) -> Tokens {
    let head = name.end - 1;
    let top = topmost(tree, head, name);
    let start = (0..name.start)
        .rev()
        .take_while(|&i| {
            names_field(tree, i)
                || !tree.is_punct(i)
                    && (tree.is_under(i, top) || is_proper(tree, i))
                    && !matches!(
                        tree.tag(i),
                        "IN" | "CC" | "TO" | "VBD" | "VBZ" | "VBP" | "WDT" | "RB"
                    )
        })
        .last()
        .unwrap_or(name.start);
    start..name.start
}

/// The "of" of "Secretary of State Ada Brandt", which the parser may give to the name.
fn names_field(tree: &Tree<'_>, i: usize) -> bool {
    tree.text(i) == "of"
        && i.checked_sub(1)
            .is_some_and(|before| has_field(tree, before))
}

/// Offices that are named with a field: "Secretary of State".
fn has_field(tree: &Tree<'_>, office: usize) -> bool {
    matches!(
        &*tree.token(office).lower(),
        "secretary" | "minister" | "undersecretary"
    )
}

/// "Russian Foreign Ministry spokeswoman" into institution and function.
fn split_function(tree: &Tree<'_>, words: Tokens) -> (Option<String>, Option<String>) {
    let words = if words.clone().next().is_some_and(|i| tree.tag(i) == "DT") {
        words.start + 1..words.end
    } else {
        words
    };
    // "U.S. Secretary of State": an office with its field, of the state before it.
    let text = |t: Tokens| (!t.is_empty()).then(|| tree.words(t).trim().to_owned());
    let is_ending = |i: usize| matches!(tree.text(i), "'s" | "’s");
    let office = words
        .clone()
        .find(|&i| i + 2 < words.end && names_field(tree, i + 1));
    if let Some(office) = office {
        let owned = office > words.start && is_ending(office - 1);
        let state = words.start..office - usize::from(owned);
        return (text(state), text(office..words.end));
    }
    // "Deputy Interior Minister" is all function, whatever the recognizer makes of "Interior".
    let minister = words
        .clone()
        .next_back()
        .is_some_and(|i| tree.token(i).lower() == "minister");
    let cut = words.clone().rev().find(|&i| {
        words::is_institution(tree.lemma(i))
            || tree.token(i).ent_type() == "ORG" && !minister
            || is_acronym(tree, i)
            || is_ending(i)
    });
    let role = cut.map_or(words.start, |c| c + 1)..words.end;
    // "Top Harbor Party donor": the rank is the donor's.
    let first = (words.start..words.end)
        .find(|&i| !is_rank(&tree.token(i).lower()))
        .unwrap_or(words.start);
    // "Norvale's minister" is Norvale's, without the ending.
    let org = cut
        .map(|c| first..c + usize::from(!is_ending(c)))
        .filter(|o| !o.is_empty());
    // "Commission figures": a text has no function.
    let only_title = role.len() == 1 && tree.text(role.start).ends_with('.')
        || role
            .clone()
            .next_back()
            .is_some_and(|i| words::is_document(tree.lemma(i)));
    (
        org.and_then(text),
        if only_title { None } else { text(role) },
    )
}

/// "WBH": the letters of an institution.
fn is_acronym(tree: &Tree<'_>, i: usize) -> bool {
    let word = tree.text(i);
    tree.tag(i).starts_with("NNP")
        && word.chars().count() >= 2
        && word.chars().all(char::is_uppercase)
}

/// "Norvale's ruling party representative, Kang Dae-sik" into function and name, where nobody has taken the name for
/// one.
pub(super) fn named_at_end(words: &str) -> Option<(&str, &str)> {
    let (function, name) = words.rsplit_once(", ")?;
    let is_name = |w: &str| {
        w.starts_with(char::is_uppercase)
            && w.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
            && !words::is_institution(&w.to_lowercase())
            && !words::is_office(&w.to_lowercase())
    };
    let n_words = name.split_whitespace().count();
    let has_office = function
        .split_whitespace()
        .any(|w| words::is_office(&w.to_lowercase()));
    ((2..=3).contains(&n_words) && name.split_whitespace().all(is_name) && has_office)
        .then_some((function, name))
}

/// "The fleet", "our board", "parliament": "vice president of fleet and finance" has a field, and no institution.
pub(super) fn names_institution(tree: &Tree<'_>, noun: usize) -> bool {
    let lemma = tree.lemma(noun);
    let alone = matches!(
        lemma,
        "parliament"
            | "congress"
            | "government"
            | "police"
            | "army"
            | "court"
            | "state"
            | "university"
            | "hospital"
    );
    tree.tag(noun) != "NNS"
        && words::is_institution(lemma)
        && (alone || tree.span(noun).start < noun)
}

/// Words for how high or how long somebody is what he is.
fn is_rank(word: &str) -> bool {
    matches!(
        word,
        "top"
            | "senior"
            | "leading"
            | "former"
            | "then"
            | "ex"
            | "veteran"
            | "longtime"
            | "prominent"
            | "key"
            | "chief"
    )
}

/// A function is at most this many tokens.
const MAX_ROLE_TOKENS: usize = 14;

/// "An expert on tides at the Harbor Institute" into institution and function.
fn apposition(tree: &Tree<'_>, noun: usize) -> (Option<String>, Option<String>) {
    if tree.token(noun).ent_type() == "GPE" {
        return (None, None);
    }
    let mut span = tree.span(noun);
    for c in tree.children(noun) {
        if c > noun && matches!(tree.dep(c), "relcl" | "acl" | "appos" | "punct") {
            span.end = span.end.min(tree.span(c).start.max(noun + 1));
        }
    }
    span.end = span.end.min(span.start + MAX_ROLE_TOKENS);
    let mut org = None;
    for p in tree
        .children(noun)
        .filter(|&c| c > noun && tree.dep(c) == "prep")
    {
        if matches!(tree.lemma(p), "of" | "for" | "at" | "with" | "from")
            && let Some(o) = tree.child(p, &["pobj"])
            && (is_proper(tree, o) || names_institution(tree, o))
        {
            org = Some(without_article(tree.words(noun_phrase(tree, o))));
            span.end = span.end.min(p);
            break;
        }
    }
    // "The Harbor Ministry spokesman", "Norvale's foreign minister", "a police spokesman".
    if org.is_none() && span.start < noun {
        let (house, function) = split_function(tree, span.start..noun + 1);
        let named = (span.start..noun).any(|i| is_proper(tree, i) || names_institution(tree, i));
        if let (Some(house), Some(function)) = (house.filter(|_| named), function) {
            let rest = tree.words(noun + 1..span.end.max(noun + 1));
            let role = format!("{function} {rest}").trim().to_owned();
            return (Some(house), Some(role));
        }
    }
    let role = without_article(tree.words(span));
    (org, (!role.is_empty()).then_some(role))
}
