//! What the tree says about one verb or noun, in English.

use std::ops::Range;

use verbale_nlp::{Doc, Token};

/// The base form in lower case; the word itself where the pipeline gives none.
pub(super) fn lemma(t: Token<'_>) -> String {
    let lemma = if t.lemma().is_empty() {
        t.text()
    } else {
        t.lemma()
    };
    let lemma = match lemma.is_ascii() {
        true => lemma.to_ascii_lowercase(),
        false => lemma.to_lowercase().replace('\u{2019}', "'"),
    };
    // The lemmatizer leaves clipped forms as they are.
    match (lemma.as_str(), t.pos()) {
        ("'re" | "re" | "'m", "AUX" | "VERB") => "be".to_owned(),
        ("'ve" | "ve", "AUX" | "VERB") => "have".to_owned(),
        // It takes "hopes" for a form of "hop".
        ("hop", "VERB") if t.lower().starts_with("hope") => "hope".to_owned(),
        _ => lemma,
    }
}

/// True for verbs, auxiliaries and modals.
pub(super) fn is_verbal(t: Token<'_>) -> bool {
    t.tag().starts_with("VB")
        || t.tag() == "MD"
        || matches!(t.pos(), "VERB" | "AUX")
        // Mistagged: "doesn't like" with "like" as a preposition.
        || t.child("aux").is_some() && t.child("nsubj").is_some()
}

/// True for nouns, names, pronouns and numbers.
pub(super) fn is_nominal(t: Token<'_>) -> bool {
    matches!(t.pos(), "NOUN" | "PROPN" | "PRON" | "NUM")
}

/// The auxiliaries of a verb, in order.
pub(super) fn auxiliaries<'d>(verb: Token<'d>) -> impl Iterator<Item = Token<'d>> {
    verb.children()
        .filter(|c| matches!(c.dep(), "aux" | "auxpass"))
}

/// True if the verb or one of its auxiliaries carries a tense.
pub(super) fn is_finite(verb: Token<'_>) -> bool {
    has_tense(verb) || auxiliaries(verb).any(has_tense)
}

fn has_tense(t: Token<'_>) -> bool {
    matches!(t.tag(), "VBD" | "VBZ" | "VBP" | "MD")
}

/// The subject standing with the verb, whatever its form.
pub(super) fn own_subject<'d>(verb: Token<'d>) -> Option<Token<'d>> {
    verb.children().find(|c| is_subject(*c))
}

/// True if the token is the subject of its head.
pub(super) fn is_subject(t: Token<'_>) -> bool {
    matches!(
        t.dep(),
        "nsubj" | "nsubjpass" | "csubj" | "csubjpass" | "expl"
    )
}

/// The subject of a verb: its own, or the one it shares with the verb it is joined to.
pub(super) fn subject<'d>(verb: Token<'d>) -> Option<Token<'d>> {
    let mut at = verb;
    for _ in 0..MAX_CONJUNCTS {
        if let Some(s) = own_subject(at) {
            return Some(s);
        }
        if !matches!(at.dep(), "conj" | "xcomp") || !is_verbal(at.head()) {
            return None;
        }
        at = at.head();
    }
    None
}

/// Longest chain of joined verbs that is followed.
const MAX_CONJUNCTS: usize = 8;

/// True if the verb stands in the passive voice.
pub(super) fn is_passive(verb: Token<'_>) -> bool {
    verb.children()
        .any(|c| matches!(c.dep(), "auxpass" | "nsubjpass"))
}

/// True for "is doing".
pub(super) fn is_progressive(verb: Token<'_>) -> bool {
    verb.tag() == "VBG" && auxiliaries(verb).any(|a| lemma(a) == "be")
}

/// True for "has done", "had done".
pub(super) fn is_perfect(verb: Token<'_>) -> bool {
    auxiliaries(verb).any(|a| lemma(a) == "have")
}

/// True for the plain present and what is built on it ("is doing", "has done").
pub(super) fn is_present(verb: Token<'_>) -> bool {
    let first = auxiliaries(verb).next().unwrap_or(verb);
    matches!(first.tag(), "VBZ" | "VBP")
}

/// True for the plain past without an auxiliary, and for passives in the past.
pub(super) fn is_past(verb: Token<'_>) -> bool {
    auxiliaries(verb).next().unwrap_or(verb).tag() == "VBD"
}

/// The modal verb that governs this one.
pub(super) fn modal(verb: Token<'_>) -> Option<String> {
    let found = auxiliaries(verb).find(|a| a.tag() == "MD").map(lemma)?;
    Some(match found.as_str() {
        "'ll" | "wo" | "'will" => "will".to_owned(),
        "'d" => "would".to_owned(),
        "ca" => "can".to_owned(),
        _ => found,
    })
}

/// True if the verb is negated: "not", "never", "no longer", or a subject or object with "no".
pub(super) fn is_negated(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        c.dep() == "neg" && !corrects_number(c)
            || c.dep() == "preconj" && lemma(c) == "neither"
            || matches!(c.dep(), "nsubj" | "nsubjpass" | "dobj" | "attr")
                && (has_no(c)
                    || has_neither(c)
                    || matches!(lemma(c).as_str(), "nobody" | "none" | "nothing" | "neither"))
    })
}

/// "Neither the board nor the management was aware".
fn has_neither(noun: Token<'_>) -> bool {
    noun.children()
        .any(|c| c.i() < noun.i() && c.lower() == "neither")
}

/// "Five, not four, had left": the number is corrected, and nothing is denied.
fn corrects_number(neg: Token<'_>) -> bool {
    neg.next().is_some_and(|n| n.pos() == "NUM")
}

fn has_no(noun: Token<'_>) -> bool {
    // "No more than 25" bounds a number.
    let bounds = |no: Token<'_>| {
        no.next().is_some_and(|n| {
            matches!(
                lemma(n).as_str(),
                "more" | "much" | "many" | "less" | "few" | "later"
            )
        })
    };
    noun.children()
        .any(|c| c.dep() == "det" && matches!(lemma(c).as_str(), "no" | "neither") && !bounds(c))
}

/// The object or complement of a verb.
pub(super) fn complement<'d>(verb: Token<'d>) -> Option<Token<'d>> {
    verb.children()
        .find(|c| matches!(c.dep(), "dobj" | "attr" | "acomp" | "oprd" | "dative"))
}

/// The verb that says what is done: in "is advising", read as a copula with a participle, the participle.
pub(super) fn predicate<'d>(verb: Token<'d>) -> Token<'d> {
    verb.children()
        .find(|c| matches!(c.dep(), "acomp" | "attr" | "xcomp") && c.tag() == "VBG")
        .filter(|_| lemma(verb) == "be")
        .unwrap_or(verb)
}

/// The noun governed by one of these prepositions below `head`.
pub(super) fn object_of<'d>(head: Token<'d>, prepositions: &[&str]) -> Option<Token<'d>> {
    head.children()
        .filter(|c| matches!(c.dep(), "prep" | "agent") && prepositions.contains(&&*lemma(*c)))
        .find_map(|p| p.child("pobj"))
}

/// The stretch from the first to the last token below `top`, leaving out branches that `skip` names.
///
/// Costs one climb per token of the sentence.
pub(super) fn stretch<'d>(
    top: Token<'d>,
    sentence: Range<usize>,
    skip: impl Fn(Token<'d>) -> bool,
) -> Range<usize> {
    let doc = top.doc();
    let mut found = top.i()..top.i() + 1;
    for i in sentence {
        if reaches(doc, i, top.i(), &skip) {
            found.start = found.start.min(i);
            found.end = found.end.max(i + 1);
        }
    }
    found
}

/// True if the climb from `i` ends at `top` without meeting a branch that is left out.
fn reaches<'d>(doc: &'d Doc, i: usize, top: usize, skip: &impl Fn(Token<'d>) -> bool) -> bool {
    let mut at = doc.token(i);
    for _ in 0..MAX_DEPTH {
        if at.i() == top {
            return true;
        }
        if at.is_root() || skip(at) {
            return false;
        }
        at = at.head();
    }
    false
}

/// How far climbs go. Trees of real sentences are a tenth as deep.
const MAX_DEPTH: usize = 200;

/// The words of a noun phrase as an analyst would write them down: without relative clauses, appositions,
/// quotation marks and a leading article.
pub(super) fn noun_phrase(noun: Token<'_>) -> String {
    let sentence = noun.sent();
    let range = stretch(noun, sentence.start()..sentence.end(), |t| {
        matches!(
            t.dep(),
            "relcl" | "appos" | "parataxis" | "punct" | "advcl" | "acl"
        ) || t.dep() == "prep" && t.head().i() == noun.i() && t.i() > noun.i() + MAX_TAIL
    });
    let start = behind_opening(noun, range.start);
    tidy(noun.doc().span(start..range.end).text())
}

/// "In the letter, dated 2 October, the director": what opens the sentence is no part of the name.
fn behind_opening(noun: Token<'_>, start: usize) -> usize {
    let doc = noun.doc();
    let opens = matches!(doc.token(start).pos(), "ADP" | "SCONJ") && start < noun.i();
    let comma = (start..noun.i())
        .rev()
        .find(|&i| doc.token(i).text() == ",");
    match comma.filter(|_| opens) {
        Some(comma) => comma + 1,
        None => start,
    }
}

/// A preposition so far behind its noun mostly belongs to something else.
const MAX_TAIL: usize = 12;

/// Words without surrounding marks, blanks and articles.
pub(super) fn tidy(words: &str) -> String {
    let words = words.trim_matches(|c: char| c.is_whitespace() || is_mark(c));
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for article in ["the ", "The ", "THE ", "a ", "A ", "an ", "An "] {
        if let Some(rest) = flat.strip_prefix(article) {
            return rest.to_owned();
        }
    }
    flat
}

/// Quotation marks, stops and dashes.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{201c}'
            | '\u{201d}'
            | '\u{201e}'
            | '\u{ab}'
            | '\u{bb}'
            | ','
            | '.'
            | ';'
            | ':'
            | '-'
            | '\u{2013}'
            | '\u{2014}'
    )
}

pub(super) fn comma_between(a: Token<'_>, b: Token<'_>) -> bool {
    let (from, to) = (a.i().min(b.i()), a.i().max(b.i()));
    a.doc()
        .span(from..to)
        .tokens()
        .any(|t| matches!(t.text(), "," | ";" | ":" | "\u{2014}"))
}

/// "The office must answer within ten days; pilots told …": a sentence of its own before the cue's.
pub(super) fn is_parted_before(t: Token<'_>, cue: Token<'_>) -> bool {
    let between = t.i()..cue.i();
    between.into_iter().any(|i| t.doc().token(i).text() == ";")
}

/// ", whereas the other ministry reckons with 2035", ", although the board had asked for them": a clause that is set
/// against the one before it says something of its own.
pub(super) fn is_set_against(t: Token<'_>) -> bool {
    let first = t.left_edge();
    let comma = first.i().checked_sub(1).map(|i| t.doc().token(i));
    comma.is_some_and(|c| c.text() == ",")
        && t.i() > t.head().i()
        && is_finite(t)
        && own_subject(t).is_some()
        && matches!(&*first.lower(), "whereas" | "while" | "although" | "though")
}

/// "Two diplomats left on Friday, a neighbor said": the parser makes "left" a part of their name, and them the subject of
/// the cue. The subject of such a verb.
pub(super) fn hidden_subject(t: Token<'_>) -> Option<Token<'_>> {
    let noun = t.head();
    let hides = t.dep() == "acl"
        && matches!(t.tag(), "VBN" | "VBD")
        && t.i() > noun.i()
        && t.child("agent").is_none()
        && matches!(noun.dep(), "nsubj" | "nsubjpass");
    hides.then_some(noun)
}
