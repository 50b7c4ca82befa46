//! What a speaker does by saying it: by the verb, and by whose interest the words serve.

use verbale_core::Act;
use verbale_pack::Packs;

use super::tree::Tree;

/// The act of a cue: the packs' act of its verb, changed by negation and refusal.
pub(super) fn of_cue(tree: &Tree<'_>, pivot: usize, packs: &Packs) -> Act {
    let lemma = tree.lemma(pivot);
    if is_refusal(tree, pivot) {
        return Act::Other;
    }
    let verbs = packs.verbs("en");
    let act = phrase_act(tree, pivot, packs)
        .or_else(|| verbs.lookup(lemma).map(|v| v.act))
        .or_else(|| noun_act(lemma, packs));
    match act {
        Some(Act::Confirm | Act::Deny | Act::Say | Act::Admit) if is_negated(tree, pivot) => {
            Act::Other
        }
        Some(act) => act,
        None => Act::Say,
    }
}

/// The longest phrase of the packs that starts at the verb: "call for", "rule out".
fn phrase_act(tree: &Tree<'_>, pivot: usize, packs: &Packs) -> Option<Act> {
    // "Insisted on Thursday" is no insistence on a Thursday.
    let date = |i: &usize| matches!(tree.token(*i).ent_type(), "DATE" | "TIME");
    let until = (pivot + 1..tree.sentence(pivot).end)
        .find(date)
        .unwrap_or(pivot + 8);
    let end = tree
        .sentence(pivot)
        .end
        .min(pivot + 8)
        .min(until.saturating_sub(1).max(pivot + 1));
    let words = tree.words(pivot..end).to_lowercase();
    let lemma = tree.lemma(pivot);
    let rest = words.split_once(' ').map_or("", |(_, rest)| rest);
    let by_lemma = format!("{lemma} {rest}");
    packs
        .verbs("en")
        .phrases(lemma)
        .flat_map(|v| v.words().map(move |w| (w, v.act)))
        .filter(|(w, _)| {
            w.contains(' ') && (starts_with_words(&words, w) || starts_with_words(&by_lemma, w))
        })
        .max_by_key(|(w, _)| w.len())
        .map(|(_, act)| act)
}

fn starts_with_words(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Nouns take the act of the verb they are made of: "denial", "demand", "promise".
fn noun_act(lemma: &str, packs: &Packs) -> Option<Act> {
    let verb = match lemma {
        "denial" | "rejection" | "dismissal" => "deny",
        "admission" | "acknowledgment" | "acknowledgement" => "admit",
        "accusation" | "allegation" | "criticism" | "attack" | "condemnation" | "denunciation"
        | "complaint" | "blame" => "accuse",
        "insistence" => "insist",
        "prediction" | "forecast" | "expectation" | "hope" => "predict",
        "estimate" | "suspicion" | "belief" | "assessment" | "assumption" => "estimate",
        "call" | "plea" | "appeal" | "request" => "demand",
        "commitment" | "pledge" | "vow" | "assurance" => "promise",
        "confirmation" => "confirm",
        _ => lemma,
    };
    packs.verbs("en").lookup(verb).map(|v| v.act)
}

/// Verbs by which one would disclose something.
const DISCLOSE: &str = "comment say give provide confirm disclose discuss specify elaborate name answer respond deny \
    reveal explain tell speak release identify";

/// "Declined to comment", "would not say", "did not respond", "neither confirmed nor denied".
fn is_refusal(tree: &Tree<'_>, pivot: usize) -> bool {
    let disclose = |i: usize| DISCLOSE.split_whitespace().any(|w| w == tree.lemma(i));
    let lemma = tree.lemma(pivot);
    if matches!(lemma, "decline" | "refuse") {
        return tree.child(pivot, &["xcomp"]).is_none_or(disclose);
    }
    if lemma == "respond" || lemma == "comment" || lemma == "answer" {
        return is_negated(tree, pivot);
    }
    let neither = |i: usize| {
        tree.children(i)
            .any(|c| matches!(tree.lemma(c), "neither" | "nor"))
            || i > 0 && matches!(tree.lemma(i - 1), "neither" | "nor")
    };
    matches!(lemma, "confirm" | "deny")
        && (neither(pivot) || tree.dep(pivot) == "conj" && neither(tree.head(pivot)))
}

fn is_negated(tree: &Tree<'_>, verb: usize) -> bool {
    tree.is_negated(verb)
}

/// Words of duties left undone.
const FAILED: &[&str] = &[
    "missed",
    "failed",
    "fail to",
    "failing",
    "unable",
    "impossible",
    "not possible",
    "wasn't possible",
    "could not",
    "couldn't",
    "not been able",
    "breach",
    "violated",
    "in arrears",
    "overdue",
    "fell short",
    "late",
    "did not meet",
    "not met",
    "delayed",
    "still in",
    "remain in",
    "remained in",
    "have left as",
    "suspended",
];

/// Words of duties done.
const COMPLIED: &[&str] = &[
    "complying",
    "complied",
    "complies",
    "comply",
    "in compliance",
    "fulfilling",
    "fulfilled",
    "fulfil",
    "honoring",
    "honouring",
    "abiding",
    "abide",
    "adhering",
    "scrupulous",
    "rigorous",
    "in full accordance",
    "not constitute a violation",
    "no violation",
    "not a violation",
    "in line with",
    "lawful",
    "legitimate",
    "in good faith",
    "no longer",
];

/// The act of a claim by its words: what the speaker says of its own duties is admitted or insisted on.
///
/// `base` is the act of the cue; only a plain assertion is changed. `own` tells whether the proposition is about
/// the speaker's own side.
///
/// Source: annotation guideline 6 of the founding pages ("choose by the reporting verb and the speaker's
/// interest").
pub fn by_interest(base: Act, words: &str, own: bool) -> Act {
    if base != Act::Say {
        return base;
    }
    let words = verbale_pack::fold(words);
    let says = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if own && says(COMPLIED) {
        Act::Insist
    } else if says(FAILED) {
        if own { Act::Admit } else { Act::Accuse }
    } else {
        Act::Say
    }
}
