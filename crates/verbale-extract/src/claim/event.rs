//! Happenings: who did what, where, when.

use verbale_core::{ClaimKind, Event, Modality};
use verbale_nlp::Token;

use super::clause::{Clause, Shape};
use super::context::Context;
use super::fit;
use super::grammar::{
    complement, is_nominal, is_passive, lemma, noun_phrase, object_of, own_subject, tidy,
};
use super::modality;
use super::participle::present_participle;
use super::party;
use super::place;
use super::time;
use super::words::{self, has};

/// The event claim of a clause.
pub(super) fn build(cx: &Context<'_>, clause: &Clause<'_>) -> Event {
    let label = label(cx, clause);
    Event {
        actors: actors(cx, clause, &label),
        label: match modality::modality(cx, clause) {
            Modality::Planned => format!("{label} (planned)"),
            _ => label,
        },
        place: place::of(cx, clause, clause.tokens()).or_else(|| place::reached(cx, clause)),
        date: time::of_event(cx, clause),
    }
}

/// "Visit", "signing of the protocol", "closing borders": a short name for the happening, a pack's where one knows it.
fn label(cx: &Context<'_>, clause: &Clause<'_>) -> String {
    let verb = clause.verb;
    if clause.shape == Shape::Nominal || is_nominal(verb) {
        return noun_phrase(verb);
    }
    if has("schedule plan expect", &lemma(verb))
        && is_passive(verb)
        && verb.child("xcomp").is_none()
    {
        return clause.subject.map(noun_phrase).unwrap_or_default();
    }
    by_pattern(cx, clause).unwrap_or_else(|| own_label(clause))
}

/// The label of the pack's pattern that fits, with what is acted upon where the label leaves it out.
fn by_pattern(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let fit = fit::of_kind(cx, clause, ClaimKind::Event)?;
    let head = fit.anchor();
    let passive = is_passive(head);
    let subject = own_subject(head).or(clause.subject.filter(|_| head == clause.verb));
    let patient = if passive { subject } else { head.child("dobj") };
    let named = |t: Token<'_>| Some(noun_phrase(t)).filter(|w| t.pos() != "PRON" && !w.is_empty());
    let words = |node: &str| match node {
        "patient" => patient.and_then(named),
        "subject" => subject.and_then(named),
        "agent" if passive => object_of(head, &["by"]).and_then(named),
        "agent" => subject.and_then(named),
        _ => fit.token(node).and_then(named),
    };
    // "Left out", "gave up" are other verbs than "left" and "gave".
    if head
        .child("prt")
        .is_some_and(|p| !fit.tokens().contains(&p))
    {
        return None;
    }
    let label = fit.label(words);
    // A phrase that opens with a preposition is no noun phrase, whatever the parser says.
    let opens = |t: Token<'_>| t.left_edge().pos() == "ADP";
    if patient.is_some_and(opens) || subject.is_some_and(opens) {
        return None;
    }
    let whole = !fit.pattern.label.contains('{') && fit.tokens().len() == 1;
    let object = patient
        .filter(|p| whole && !place::is_place(*p) && !party::is_party(*p))
        .and_then(named)
        .filter(|words| !label_holds(&label, words));
    match object {
        _ if label.is_empty() => None,
        Some(words) => Some(format!("{label} of {words}")),
        None => Some(label),
    }
}

/// True if the label says what the object says: "meeting" and "a meeting of the board".
fn label_holds(label: &str, words: &str) -> bool {
    words.to_lowercase().split(' ').any(|w| has(label, w))
}

/// The verb with its object, where no pack has a name for it.
fn own_label(clause: &Clause<'_>) -> String {
    let verb = clause.verb;
    let head = told_verb(verb);
    let word = lemma(head);
    if matches!(&*word, "be" | "'s" | "'re" | "become") {
        return of_copula(clause, head);
    }
    let happens = has("happen occur ensue", &word)
        || word == "follow" && head.child("dobj").is_none()
        || word == "take" && head.child("dobj").is_some_and(|o| lemma(o) == "place");
    if let Some(subject) = clause.subject.filter(|s| happens && s.pos() != "PRON") {
        return noun_phrase(subject);
    }
    if let Some(deed) = head
        .child("ccomp")
        .filter(|_| matches!(&*word, "let" | "make"))
    {
        let rest = head.i() + 1..(deed.right_edge().i() + 1).min(clause.end.max(head.i() + 1));
        return tidy(&format!(
            "{} {}",
            present_participle(&word),
            head.doc().span(rest).text()
        ));
    }
    let object = if is_passive(head) {
        clause.subject
    } else {
        complement(head)
    };
    let object = object.filter(|o| o.pos() != "PRON" && !o.text().is_empty());
    // "Made a visit", "held talks": the noun is the happening.
    if let Some(noun) = object.filter(|o| is_light(&word) && has(words::EVENT_NOUNS, &lemma(*o))) {
        return noun_phrase(noun);
    }
    let particle = head
        .child("prt")
        .map(|p| format!(" {}", p.lower()))
        .unwrap_or_default();
    let action = format!("{}{particle}", present_participle(&word));
    match object {
        Some(o) => format!("{action} {}", noun_phrase(o)),
        None => tidy(&format!("{action} {}", first_complement(head))),
    }
}

/// Verbs that leave the meaning to their object.
fn is_light(verb: &str) -> bool {
    has(
        "make hold conduct carry pay stage have give take do see",
        verb,
    )
}

/// "Is due to speak", "was in Geneva": what the copula says, since it means nothing itself.
fn of_copula(clause: &Clause<'_>, copula: Token<'_>) -> String {
    let said = complement(copula).filter(|c| c.pos() != "PRON");
    if let Some(noun) = said.filter(|c| is_nominal(*c)) {
        return noun_phrase(noun);
    }
    // "Is on an inspection trip".
    if let Some(trip) = object_of(copula, &["on"]).filter(|o| has(words::EVENT_NOUNS, &lemma(*o))) {
        return noun_phrase(trip);
    }
    let end = clause.end.min(copula.i() + 1 + MAX_LABEL_WORDS);
    let rest = copula.i() + 1..end.max(copula.i() + 1);
    let subject = clause
        .subject
        .filter(|s| s.pos() != "PRON")
        .map(noun_phrase);
    let rest = tidy(copula.doc().span(rest).text());
    match subject {
        Some(subject) => tidy(&format!("{subject} {rest}")),
        None => rest,
    }
}

/// The prepositional phrase behind a verb without an object: "going back to the villages".
fn first_complement(verb: Token<'_>) -> String {
    verb.children()
        .find(|c| {
            c.dep() == "prep" && c.i() > verb.i() && has("to with into for against", &lemma(*c))
        })
        .and_then(|p| Some(format!("{} {}", p.lower(), noun_phrase(p.child("pobj")?))))
        .unwrap_or_default()
}

/// Longest run of words that stands for a happening without a name.
const MAX_LABEL_WORDS: usize = 6;

/// "Was the first to cross", "managed to leave": the verb that tells the happening.
fn told_verb(verb: Token<'_>) -> Token<'_> {
    let nested = if lemma(verb) == "be" || lemma(verb) == "become" {
        verb.subtree().find(|t| {
            matches!(t.dep(), "relcl" | "acl" | "xcomp" | "advcl")
                && t.children().any(|c| c.tag() == "TO")
        })
    } else if has(
        "continue begin start manage try seek attempt fail plan decide agree deny expect hope intend aim",
        &lemma(verb),
    ) {
        verb.child("xcomp")
    } else {
        // "Were forced to leave", "is set to end": what they did, what it will do.
        verb.child("xcomp")
            .filter(|_| is_passive(verb) && has("force compel set", &lemma(verb)))
    };
    nested.unwrap_or(verb)
}

/// Who took part: the subject, the agent of a passive, those "with" whom it was done.
fn actors(cx: &Context<'_>, clause: &Clause<'_>, label: &str) -> Vec<String> {
    let verb = clause.verb;
    let mut found = Vec::new();
    if clause.shape == Shape::Nominal {
        found.extend(controller(verb).or_else(|| object_of(verb, &["of", "by", "between"])));
    } else {
        // Who something is done to takes no part in it, unless it is somebody; nobody takes none.
        let takes_part = |s: &Token<'_>| {
            !matches!(s.dep(), "expl" | "csubj")
                && (!is_passive(verb) || party::is_party(*s))
                && !is_nobody(*s)
        };
        let doer = foreseen_doer(verb)
            .or(clause.subject)
            .or_else(|| controller(verb));
        found.extend(doer.filter(takes_part));
        found.extend(object_of(verb, &["by"]).filter(|n| is_passive(verb) && party::is_party(*n)));
        found.extend(object_of(verb, &["by", "with"]).filter(|n| names_party(*n)));
        found.extend(verb.child("dobj").filter(|o| names_party(*o)));
        found.extend(
            verb.children()
                .filter(|c| matches!(c.dep(), "xcomp" | "advcl"))
                .filter_map(|x| object_of(x, &["with"]).or_else(|| x.child("dobj")))
                .filter(|n| names_party(*n)),
        );
    }
    // "The talks did not take place": what happens is nobody who takes part in it.
    let happens =
        |n: &Token<'_>| !party::is_party(*n) && n.pos() != "PRON" && noun_phrase(*n) == label;
    let mut names: Vec<String> = found
        .into_iter()
        .filter(|n| !happens(n))
        .map(|n| party::name(cx, clause, n))
        .filter(|n| !n.is_empty())
        .collect();
    names.dedup();
    names
}

/// "I do not expect it to reopen": it, and not who expects.
fn foreseen_doer(verb: Token<'_>) -> Option<Token<'_>> {
    let deed = verb.child("ccomp").or_else(|| verb.child("xcomp"))?;
    own_subject(deed).filter(|_| lemma(verb) == "expect" && !is_passive(verb))
}

/// "Denied signing a contract", "accused the yard of dumping ore": who is said to have done what a gerund tells.
fn controller(deed: Token<'_>) -> Option<Token<'_>> {
    if deed.tag() != "VBG" || own_subject(deed).is_some() {
        return None;
    }
    let above = deed.head();
    let cue = if above.pos() == "ADP" {
        above.head()
    } else {
        above
    };
    match &*lemma(cue) {
        "accuse" | "blame" | "suspect" | "condemn" | "criticize" | "criticise" => cue.child("dobj"),
        "deny" | "admit" | "acknowledge" | "report" | "consider" => own_subject(cue),
        _ => None,
    }
}

/// "No mission", "nobody".
fn is_nobody(noun: Token<'_>) -> bool {
    matches!(&*noun.lower(), "nobody" | "none" | "nothing" | "neither")
        || noun
            .children()
            .any(|c| c.dep() == "det" && matches!(&*c.lower(), "no" | "neither"))
}

/// True for people, organisations and states.
fn names_party(noun: Token<'_>) -> bool {
    matches!(noun.ent_type(), "PERSON" | "ORG" | "GPE" | "NORP")
}
