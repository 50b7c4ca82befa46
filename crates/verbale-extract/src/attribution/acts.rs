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
    if names_badly(tree, pivot) {
        return Act::Accuse;
    }
    let verbs = packs.verbs("en");
    let act = phrase_act(tree, pivot, packs)
        .or_else(|| verbs.lookup(lemma).map(|v| v.act))
        .or_else(|| noun_act(lemma, packs));
    if lemma == "suspect" && names_culprit(tree, pivot) {
        return Act::Accuse;
    }
    match act {
        Some(Act::Confirm | Act::Deny | Act::Say | Act::Admit) if is_negated(tree, pivot) => {
            Act::Other
        }
        Some(act) => act,
        None => Act::Say,
    }
}

/// "Called the order a farce": who gives a thing a name in quotation marks or by an adjective finds fault with it.
fn names_badly(tree: &Tree<'_>, verb: usize) -> bool {
    let bound = |c: usize| {
        matches!(tree.dep(c), "prep" | "prt")
            && matches!(tree.lemma(c), "for" | "on" | "upon" | "off")
    };
    matches!(tree.lemma(verb), "call" | "brand" | "label" | "dub")
        && tree.is_verb(verb)
        && !tree.children(verb).any(bound)
}

/// The act of a figure that somebody puts at an amount: an estimate where the words leave room or give a sum by its sign.
pub(super) fn of_amount(words: &str) -> Act {
    let words = verbale_pack::fold(words);
    let rough = ROUGH.iter().any(|w| words.contains(w)) || words.contains(['$', '€', '£']);
    match rough {
        true => Act::Estimate,
        false => Act::Say,
    }
}

/// Words that leave room around an amount.
const ROUGH: &[&str] = &[
    "more than",
    "less than",
    "fewer than",
    "at least",
    "at most",
    "up to",
    "about",
    "around",
    "some ",
    "roughly",
    "nearly",
    "almost",
    "between",
    "over ",
    "under ",
    "approximately",
    "as many as",
    "estimated",
];

/// "Inspectors suspect that Norvale has …": what is suspected has a named doer.
fn names_culprit(tree: &Tree<'_>, verb: usize) -> bool {
    let subject = tree
        .child(verb, &["ccomp"])
        .and_then(|c| tree.child(c, &["nsubj"]));
    subject.is_some_and(|s| matches!(tree.token(s).ent_type(), "GPE" | "ORG" | "PERSON" | "NORP"))
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

/// Words of duties left undone, whoever they belong to.
const FAILED: &[&str] = &[
    "missed the",
    "missed its",
    "missed a",
    "failed to",
    "failing to",
    "violated",
    "breached",
    "in breach of",
    "in violation of",
    "in arrears",
    "overdue",
    "fell short",
    "did not meet",
    "not met the",
    "not complied",
    "refused to comply",
    "behind schedule",
    "violation of",
    "without any reason",
    "distort",
    "groundless",
    "double standards",
    "illegally",
    "unlawfully",
];

/// Words of inability and loss that only one's own side admits.
const UNABLE: &[&str] = &[
    "impossible",
    "not possible",
    "wasn't possible",
    "not been able",
    "we regret",
    "our mistake",
];

/// Words of duties done, and of reproaches turned away.
const COMPLIED: &[&str] = &[
    "complying",
    "complied with",
    "complies with",
    "in compliance",
    "in full compliance",
    "fulfilling",
    "fulfilled",
    "honoring",
    "honouring",
    "abiding",
    "abide by",
    "adhering",
    "in full accordance",
    "not constitute a violation",
    "no violation",
    "not a violation",
    "in line with",
    "in accordance with",
    "lawful",
    "legitimate",
    "in good faith",
    "nothing to hide",
    "in reality",
    "as before",
    "kept fulfilling",
    "continue to work",
];

/// Words by which speakers bind themselves.
const BINDING: &[&str] = &[
    "we will",
    "we shall",
    "i will",
    "we are going to",
    "we undertake",
    "we commit",
];

/// The act of a claim by its words: what the speaker says of its own duties is admitted or insisted on, and a duty
/// that another party left undone is an accusation.
///
/// `base` is the act of the cue; only a plain assertion is changed, and a suspicion of wrongdoing. `own` tells whether the proposition is about
/// the speaker's own side.
///
/// Source: annotation guideline 6 of the founding pages ("choose by the reporting verb and the speaker's
/// interest").
pub fn by_interest(base: Act, words: &str, own: bool) -> Act {
    let words = verbale_pack::fold(words);
    let says = |list: &[&str]| list.iter().any(|w| words.contains(w));
    match base {
        Act::Say => {}
        Act::Estimate if !own && says(FAILED) => return Act::Accuse,
        _ => return base,
    }
    // "Our crews are complying" is about the speaker's side whatever its subject; "broke our rules" is not.
    let first_person = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "we" | "our" | "ours"));
    if first_person && !says(FAILED) && says(COMPLIED) {
        return Act::Insist;
    }
    match own {
        true if says(BINDING) => Act::Promise,
        true if says(COMPLIED) => Act::Insist,
        true if says(FAILED) || says(UNABLE) => Act::Admit,
        false if says(FAILED) => Act::Accuse,
        _ => Act::Say,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interest_turns_plain_assertions() {
        let say = |words, own| by_interest(Act::Say, words, own);
        assert_eq!(say("the port had missed the deadline", true), Act::Admit);
        assert_eq!(
            say("it was not possible to finish the dike", true),
            Act::Admit
        );
        assert_eq!(
            say("the port had failed to dredge the channel", false),
            Act::Accuse
        );
        assert_eq!(
            say("the fleet is complying with the quota", true),
            Act::Insist
        );
        assert_eq!(
            say("the fleet is complying with the quota", false),
            Act::Say
        );
        assert_eq!(
            say("our crews kept fulfilling their duties", false),
            Act::Insist
        );
        assert_eq!(say("it could not rain", false), Act::Say);
        assert_eq!(say("we will rebuild the lock", true), Act::Promise);
        assert_eq!(
            by_interest(Act::Estimate, "the port had missed the deadline", true),
            Act::Estimate
        );
        assert_eq!(
            by_interest(Act::Estimate, "boats are fishing illegally", false),
            Act::Accuse
        );
    }
}
