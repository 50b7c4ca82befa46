//! Who speaks, by the grammar of the sentence: the subject of a cue verb.

use super::draft::Tokens;
use super::tree::Tree;

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

/// The speaker of an active verb: its subject, or the subject that it shares with a verb above it.
pub(super) fn subject_of(tree: &Tree<'_>, verb: usize) -> Option<Phrase> {
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        if let Some(s) = tree.child(at, SUBJECTS) {
            return phrase(tree, s);
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
            // "a letter saying that": the noun speaks.
            "acl" if tree.is_nominal(head) => return phrase(tree, head),
            "relcl" if tree.is_nominal(head) => return phrase(tree, head),
            _ => return None,
        }
    }
    None
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
    while span.end > head + 1 && tree.is_punct(span.end - 1) && tree.text(span.end - 1) != ")" {
        span.end -= 1;
    }
    while span.start < head && tree.is_punct(span.start) {
        span.start += 1;
    }
    Some(Phrase { head, span })
}

/// True for "it" and "there" as empty subjects.
pub(super) fn is_expletive(tree: &Tree<'_>, i: usize) -> bool {
    matches!(
        tree.lemma(i),
        "it" | "there" | "that" | "this" | "what" | "which"
    ) && tree.tag(i) != "NN"
}
