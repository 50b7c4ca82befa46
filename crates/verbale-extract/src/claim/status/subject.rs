//! Whose state a status is: the subject's; of what somebody closes, opens or suspends, the thing's own.

use verbale_nlp::Token;

use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::{
    is_passive, lemma, noun_phrase, object_of, own_subject, stretch, tidy,
};
use crate::claim::participle::present_participle;
use crate::claim::party;
use crate::claim::words::{self, has};

/// The subject of the status in words, with what the state is measured against ("the deadline").
pub(super) fn words(cx: &Context<'_>, clause: &Clause<'_>, subject: Token<'_>) -> String {
    if let Some(thing) = thing_changed(clause) {
        return of_owner(cx, clause, thing, subject);
    }
    let verb = clause.verb;
    if let Some(deed) = deed_of_dummy(subject) {
        return deed;
    }
    let mut words = match topic_of_dummy(subject) {
        Some(topic) => noun_phrase(topic),
        None => without_neither(party::name(cx, clause, subject)),
    };
    let against = verb
        .child("dobj")
        .filter(|_| has(words::COMPLIANCE_VERBS, &lemma(verb)))
        .or_else(|| object_of(verb, &["with"]).filter(|_| lemma(verb) == "comply"));
    if let Some(object) = against {
        words = format!("{words} / {}", noun_phrase(object));
    }
    words
}

/// "It was not possible to tow every vessel": the deed that was not.
fn deed_of_dummy(subject: Token<'_>) -> Option<String> {
    let copula = subject.head();
    let deed = copula
        .children()
        .find(|c| c.dep() == "xcomp" && c.children().any(|a| a.tag() == "TO"))?;
    let is_dummy =
        subject.lower() == "it" && lemma(copula) == "be" && copula.child("acomp").is_some();
    let sentence = deed.sent();
    let words = stretch(deed, sentence.start()..sentence.end(), |t| {
        t != deed && matches!(t.dep(), "advcl" | "punct" | "aux")
    });
    is_dummy.then(|| {
        let rest = tidy(
            deed.doc()
                .span(deed.i() + 1..words.end.max(deed.i() + 1))
                .text(),
        );
        tidy(&format!("{} {rest}", present_participle(&lemma(deed))))
    })
}

/// "Neither the board nor the management": what is denied is said of either.
fn without_neither(words: String) -> String {
    match words
        .strip_prefix("Neither ")
        .or_else(|| words.strip_prefix("neither "))
    {
        Some(rest) => tidy(&rest.replace(" nor ", " or ")),
        None => words,
    }
}

/// "Norvale has shut its embassy", "suspended all imports", "keeps the crossing closed": what is in another state now.
pub(super) fn thing_changed<'r>(clause: &Clause<'r>) -> Option<Token<'r>> {
    let verb = clause.verb;
    let word = lemma(verb);
    let kept = || {
        has("keep leave hold", &word)
            && verb.children().any(|c| {
                matches!(c.dep(), "oprd" | "acomp" | "ccomp") && has(KEPT_STATES, &lemma(c))
            })
    };
    let changes = has(words::CHANGING_VERBS, &word) || kept();
    verb.child("dobj")
        .filter(|o| changes && !is_passive(verb) && o.pos() != "PRON" && o.ent_type() != "PERSON")
}

/// States that somebody keeps a thing in.
const KEPT_STATES: &str = "close open shut suspend freeze block";

/// "Its embassy" as "embassy of Norvale", other things by their own words.
fn of_owner(cx: &Context<'_>, clause: &Clause<'_>, thing: Token<'_>, subject: Token<'_>) -> String {
    let own = thing.children().find(|c| {
        c.tag() == "PRP$" && matches!(&*c.lower(), "its" | "their" | "his" | "her" | "our")
    });
    let words = noun_phrase(thing);
    let bare = own.and_then(|o| {
        words
            .get(o.text().len()..)
            .filter(|_| starts_with(&words, o))
    });
    let Some(bare) = bare.map(str::trim_start) else {
        return words;
    };
    let owner = party::name(cx, clause, subject);
    // "Embassy of Norvale in Selmira": the owner stands right behind the noun.
    let end = bare
        .find(thing.text())
        .map_or(bare.len(), |at| at + thing.text().len());
    format!("{} of {owner}{}", &bare[..end], &bare[end..])
}

fn starts_with(words: &str, own: Token<'_>) -> bool {
    words.to_lowercase().starts_with(&*own.lower())
}

/// "It remains uncertain whether the pier will open": the pier.
pub(super) fn topic_of_dummy<'d>(subject: Token<'d>) -> Option<Token<'d>> {
    let clause = subject
        .head()
        .children()
        .find(|c| matches!(c.dep(), "ccomp" | "csubj" | "advcl"))?;
    let links = has("be remain become seem appear stay", &lemma(subject.head()));
    (subject.lower() == "it" && links)
        .then(|| own_subject(clause))
        .flatten()
}
