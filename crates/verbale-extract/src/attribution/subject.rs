//! Who speaks, by the grammar of the sentence: the subject of a cue verb.

use super::draft::Tokens;
use super::lexicon::{self, Frames};
use super::tree::Tree;
use super::words;

/// A noun phrase that may be a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) head: usize,
    pub(super) span: Tokens,
}

/// Subjects may be shared along chains of verbs no longer than this.
const MAX_STEPS: usize = 6;

const SUBJECTS: &[&str] = &["nsubj", "csubj"];

/// True for a verb in the passive voice.
pub(super) fn is_passive(tree: &Tree<'_>, verb: usize) -> bool {
    tree.child(verb, &["auxpass", "nsubjpass"]).is_some()
        || tree.tag(verb) == "VBN" && tree.dep(verb) == "acl"
        || tree.tag(verb) == "VBN" && tree.child(verb, &["agent"]).is_some()
}

/// The agent of a passive: "was praised by the guild".
pub(super) fn agent_of(tree: &Tree<'_>, verb: usize) -> Option<Phrase> {
    let by = tree.child(verb, &["agent"])?;
    phrase(tree, tree.child(by, &["pobj"])?)
}

/// The verb of speech that a second cue in its sentence goes on from: ", adding that …", "… and noted that …".
///
/// Parsers hang both on the nearest verb, which often is the content's own. A participle after a comma, and a verb
/// in the tense of the cue but not of the content, belong to the cue.
pub(super) fn goes_on_from(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    if tree.child(verb, &["nsubj", "nsubjpass", "expl"]).is_some() {
        return None;
    }
    let participle = tree.tag(verb) == "VBG"
        && matches!(
            tree.dep(verb),
            "advcl" | "acl" | "xcomp" | "conj" | "dep" | "ccomp"
        )
        && verb > 0
        && matches!(
            tree.text(verb - 1),
            "," | "—" | "–" | "--" | "”" | "\"" | "''" | "and"
        );
    let coordinated = matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP") && tree.dep(verb) == "conj";
    if !participle && !coordinated {
        return None;
    }
    let mut at = tree.head(verb);
    for _ in 0..MAX_STEPS {
        let speaks = tree.is_verb(at)
            && lexicon::verb(tree.lemma(at)).has(Frames::SPEECH)
            && tree.child(at, &["nsubj"]).is_some();
        if speaks && at < verb {
            let fits = participle
                || finite_tag(tree, at) == tree.tag(verb)
                    && at != tree.head(verb)
                    && (finite_tag(tree, tree.head(verb)) != tree.tag(verb)
                        || tree
                            .child(tree.head(verb), SUBJECTS)
                            .is_some_and(|s| is_abstract(tree, s)));
            return fits.then_some(at);
        }
        let head = tree.head(at);
        if head == at {
            return None;
        }
        at = head;
    }
    None
}

/// For a verb without a subject of its own that is joined to others by "and": the verb of speech before them.
pub(super) fn speech_before(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    if tree.dep(verb) != "conj" || tree.child(verb, &["nsubj", "nsubjpass"]).is_some() {
        return None;
    }
    let mut at = tree.head(verb);
    for _ in 0..MAX_STEPS {
        let speaks = lexicon::verb(tree.lemma(at)).has(Frames::SPEECH) && tree.is_verb(at);
        if speaks && at < verb && tree.child(at, &["nsubj"]).is_some() {
            return Some(at);
        }
        let head = tree.head(at);
        if head == at {
            return None;
        }
        at = head;
    }
    None
}

/// The tag of the verb's first auxiliary, else its own.
fn finite_tag<'d>(tree: &Tree<'d>, verb: usize) -> &'d str {
    tree.child(verb, &["aux", "auxpass"])
        .map_or(tree.tag(verb), |a| tree.tag(a))
}

/// The speaker of an active verb: its subject, or the subject that it shares with a verb above it.
pub(super) fn subject_of(tree: &Tree<'_>, verb: usize) -> Option<Phrase> {
    let verb = goes_on_from(tree, verb).unwrap_or(verb);
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        if let Some(s) = tree.child(at, SUBJECTS) {
            return labeled(tree, s, at)
                .or_else(|| named_behind(tree, s, at))
                .or_else(|| phrase(tree, s));
        }
        if at != verb
            && let Some(s) = tree.child(at, &["nsubjpass"])
        {
            return phrase(tree, s);
        }
        let head = tree.head(at);
        if head == at {
            return None;
        }
        match tree.dep(at) {
            // "urged the crew to say": the object speaks.
            "xcomp" | "ccomp" if at != verb || tree.dep(at) == "xcomp" => {
                if let Some(object) = tree.child(head, &["dobj", "dative"]).filter(|&o| o < at)
                    && tree.lemma(head) != "promise"
                {
                    return phrase(tree, object);
                }
                at = head;
            }
            "ccomp" | "conj" | "advcl" | "dep" | "parataxis" | "pcomp" | "prep" | "aux" => {
                at = head
            }
            // "a letter saying that": the noun speaks; "a reason to say that": nobody does.
            "acl" if has_to(tree, at) => return None,
            "acl" if tree.is_nominal(head) => return phrase(tree, head),
            "relcl" if tree.is_nominal(head) => return phrase(tree, head),
            _ => return None,
        }
    }
    None
}

/// "Question (Coast TV): The ministry said": what a label in front has drawn to itself is the subject.
fn labeled(tree: &Tree<'_>, noun: usize, verb: usize) -> Option<Phrase> {
    let colon = (noun + 1..verb)
        .rev()
        .find(|&i| tree.text(i).ends_with(':'))?;
    by_words(tree, colon + 1..verb)
}

/// "The opposition Green Ark said": the parse gives the verb two subjects where a noun and its name stand side by side.
fn named_behind(tree: &Tree<'_>, noun: usize, verb: usize) -> Option<Phrase> {
    let mut subjects = tree
        .children(verb)
        .filter(|&c| c < verb && tree.dep(c) == "nsubj");
    let (first, name) = (subjects.next()?, subjects.next()?);
    let side_by_side = first == noun
        && tree.span(noun).end == tree.span(name).start
        && tree.tag(noun) == "NN"
        && tree.tag(name).starts_with("NNP");
    let (noun, name) = (phrase(tree, noun)?, phrase(tree, name)?);
    side_by_side.then_some(Phrase {
        head: name.head,
        span: noun.span.start..name.span.end,
    })
}

/// The noun phrase around `head` without relative clauses and trailing participles.
pub(super) fn phrase(tree: &Tree<'_>, head: usize) -> Option<Phrase> {
    if !tree.is_nominal(head) || matches!(tree.tag(head), "EX") {
        return None;
    }
    let mut span = tree.span(head);
    for c in tree.children(head) {
        let cut = match tree.dep(c) {
            "relcl" | "advcl" | "ccomp" | "parataxis" => true,
            "acl" => c > head && tree.is_verb(c),
            _ => false,
        };
        if cut && c > head {
            span.end = span.end.min(tree.span(c).start.max(head + 1));
        }
    }
    // "Sandoria: its foreign ministry says": a label is no part of the name behind it.
    if let Some(colon) = (span.start..head)
        .rev()
        .find(|&i| tree.text(i).ends_with(':'))
    {
        span.start = colon + 1;
    }
    // "In the letter, dated 2 October, the director warns": the parse hangs the opening on the noun.
    if tree.tag(span.start) == "IN"
        && let Some(comma) = (span.start..head).rev().find(|&i| tree.text(i) == ",")
    {
        span.start = comma + 1;
    }
    // "Earlier the ministry said": when it spoke, and not who.
    while span.start < head
        && matches!(tree.tag(span.start), "RB" | "RBR")
        && tree.dep(span.start) == "advmod"
    {
        span.start += 1;
    }
    while span.end > head + 1 && tree.is_punct(span.end - 1) && tree.text(span.end - 1) != ")" {
        span.end -= 1;
    }
    while span.start < head && tree.is_punct(span.start) {
        span.start += 1;
    }
    Some(Phrase { head, span })
}

/// A noun phrase by its first word and the absence of verbs, relative clauses aside.
pub(super) fn by_words(tree: &Tree<'_>, words: Tokens) -> Option<Phrase> {
    let first = words.clone().next()?;
    let starts = matches!(
        tree.tag(first),
        "DT" | "NN" | "NNS" | "NNP" | "NNPS" | "PRP" | "PRP$" | "CD" | "JJ"
    );
    let relative = words
        .clone()
        .find(|&i| matches!(tree.tag(i), "WP" | "WDT"))
        .unwrap_or(words.end);
    let own = first..relative;
    let is_verb = |i: usize| matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD" | "VB");
    let auxiliaries = match relative < words.end {
        true => 0,
        false => before_verb(tree, &words),
    };
    let own = own.start..own.end - auxiliaries;
    let restrictive = relative < words.end && tree.text(relative - 1) != ",";
    if !starts || own.clone().any(is_verb) {
        return None;
    }
    // The head is the last noun before the first preposition: "a spokesman | for the port".
    let stop = own
        .clone()
        .find(|&i| i > first && matches!(tree.tag(i), "IN" | "TO" | "VBN" | "VBG" | ","))
        .unwrap_or(own.end);
    let head = (first..stop)
        .rev()
        .find(|&i| matches!(tree.tag(i), "NN" | "NNS" | "NNP" | "NNPS" | "PRP" | "CD"))?;
    let end = match restrictive {
        true => words.end - before_verb(tree, &words),
        false => own.end,
    };
    let end = (head + 1..=end)
        .rev()
        .find(|&e| !tree.is_punct(e - 1) && !tree.is_space(e - 1))
        .unwrap_or(head + 1);
    Some(Phrase {
        head,
        span: first..end,
    })
}

/// How many auxiliaries and adverbs end the words before the cue.
fn before_verb(tree: &Tree<'_>, words: &Tokens) -> usize {
    words
        .clone()
        .rev()
        .take_while(|&i| matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD" | "RB" | "VB"))
        .count()
}

/// True for "there" and for pronouns that point to a matter: "this means that".
pub(super) fn is_empty_word(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.lemma(i), "there" | "that" | "this" | "what")
        && matches!(tree.tag(i), "EX" | "DT" | "WP")
}

/// Endings of nouns for people: "voter", "senator", "economist".
const AGENT_ENDINGS: &[&str] = &["er", "or", "ist", "ian", "ant", "ent", "ee"];

/// True for nouns that name neither people nor institutions nor texts, by their own word: "the loss".
pub(super) fn is_abstract(tree: &Tree<'_>, i: usize) -> bool {
    let lemma = tree.lemma(i);
    let known = words::is_person_noun(lemma)
        || words::is_office(lemma)
        || words::is_institution(lemma)
        || words::is_document(lemma);
    let agent = has_agent_ending(lemma);
    matches!(tree.tag(i), "NN" | "NNS") && tree.token(i).ent_type().is_empty() && !known && !agent
}

fn has_agent_ending(lemma: &str) -> bool {
    AGENT_ENDINGS.iter().any(|e| lemma.ends_with(e)) && !lemma.ends_with("ment")
}

/// True for common nouns that name people by what they do: "brokers", "fishermen".
pub(super) fn is_agent_noun(tree: &Tree<'_>, i: usize) -> bool {
    let lemma = tree.lemma(i);
    let thing = words::is_institution(lemma) || words::is_document(lemma);
    matches!(tree.tag(i), "NN" | "NNS")
        && tree.token(i).ent_type().is_empty()
        && !thing
        && (has_agent_ending(lemma)
            || lemma.ends_with("man")
            || lemma.ends_with("men")
            || lemma.ends_with("woman"))
}

/// True for an infinitive with "to".
pub(super) fn has_to(tree: &Tree<'_>, v: usize) -> bool {
    tree.children(v).any(|c| tree.tag(c) == "TO" && c < v)
}
