//! Nouns of a clause as a ledger names them.

use verbale_core::{Attribution, Speaker};
use verbale_nlp::Token;

use super::antecedent;
use super::clause::Clause;
use super::context::Context;
use super::grammar::{is_passive, lemma, noun_phrase};
use super::words::{self, has};
use crate::attribution::{Form, country};

/// True if the noun names somebody who can speak or act: a name, an organisation, an office.
pub(super) fn is_party(noun: Token<'_>) -> bool {
    noun.pos() == "PROPN"
        || matches!(noun.ent_type(), "ORG" | "GPE" | "PERSON" | "NORP")
        || has(words::SPEAKING_NOUNS, &lemma(noun))
        || is_unknown_name(noun)
}

/// A capitalised singular noun without an article: a name that the tagger does not know.
fn is_unknown_name(noun: Token<'_>) -> bool {
    noun.tag() == "NN"
        && noun.text().starts_with(char::is_uppercase)
        && noun
            .children()
            .all(|c| !matches!(c.dep(), "det" | "poss" | "amod" | "compound"))
}

/// Who says the clause: its attribution, else the page.
pub(super) fn attribution<'c>(cx: &'c Context<'_>, clause: &Clause<'_>) -> &'c Attribution {
    match clause.mark {
        Some(m) => &cx.marks.attributions[m].attribution,
        None => cx
            .house
            .says_at(clause.range(&cx.reading.blocks()[clause.block])),
    }
}

/// The noun phrase; a pronoun by the speaker's name where it stands for the speaker, else by the noun that it means.
pub(super) fn name<'r>(cx: &Context<'r>, clause: &Clause<'_>, noun: Token<'r>) -> String {
    if !stands_for_speaker(cx, clause, noun) {
        let meant = antecedent::find(cx, clause, noun).filter(|_| !is_dummy(noun));
        let noun = meant.unwrap_or(noun);
        let known = cx
            .marks
            .names
            .of(clause.block, noun.i())
            .filter(|_| meant.is_none());
        return match known {
            Some(name) => name.to_owned(),
            None => noun_phrase(named_behind(noun).unwrap_or(noun)),
        };
    }
    let said = attribution(cx, clause);
    let we = matches!(&*noun.lower(), "we" | "us");
    let side = said.on_behalf_of.clone().filter(|_| we);
    side.or_else(|| {
        said.speaker
            .as_ref()
            .map(|s| if we { side_of(s) } else { s.name.clone() })
    })
    .unwrap_or_else(|| noun_phrase(noun))
}

/// "A new ambassador, Jonas Feld", "the newspaper Tide": the name in apposition to a common noun.
fn named_behind(noun: Token<'_>) -> Option<Token<'_>> {
    let name = noun.child("appos").filter(|a| a.i() > noun.i())?;
    let is_name = name.pos() == "PROPN" && matches!(name.ent_type(), "PERSON" | "ORG");
    (noun.tag() == "NN" && noun.ent_type().is_empty() && is_name).then_some(name)
}

/// "We", "I", and in reported speech "it", "he", "she", "they" as a subject: the speaker.
fn stands_for_speaker(cx: &Context<'_>, clause: &Clause<'_>, noun: Token<'_>) -> bool {
    match &*noun.lower() {
        "we" | "us" | "i" => true,
        "it" | "he" | "she" | "they" => {
            // Who is quoted calls himself "I"; "it" is nobody with a name of his own.
            let indirect = |m: usize| cx.marks.attributions[m].form != Form::Direct;
            let thing = noun.lower() == "it" && clause.mark.is_some_and(|m| is_person(cx, m));
            !thing
                && clause.mark.is_some_and(indirect)
                && noun.dep().starts_with("nsubj")
                && !is_dummy(noun)
                && !is_ordered(noun)
                && antecedent::within(cx, clause, noun).is_none()
        }
        _ => false,
    }
}

/// "They have been ordered to leave, the ministry said": who orders them is not they.
fn is_ordered(noun: Token<'_>) -> bool {
    noun.lower() == "they"
        && is_passive(noun.head())
        && has(
            "order tell ask instruct urge expel invite summon",
            &lemma(noun.head()),
        )
}

/// True if who speaks is named as a person.
fn is_person(cx: &Context<'_>, mark: usize) -> bool {
    let named = cx.marks.attributions[mark].speaker.first();
    let span = named.and_then(|r| cx.reading.span_at(*r));
    span.is_some_and(|(_, s)| {
        s.tokens()
            .any(|t| t.ent_type() == "PERSON" || matches!(&*t.lower(), "he" | "she"))
    })
}

/// True if the clause speaks of the one who says it: by "we", by a pronoun in reported speech, or by name.
pub(super) fn is_speaker(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let Some(subject) = clause.subject else {
        return false;
    };
    if subject.pos() == "PRON" {
        return stands_for_speaker(cx, clause, subject);
    }
    let said = attribution(cx, clause);
    let named = noun_phrase(subject);
    let names = said
        .speaker
        .iter()
        .flat_map(|s| [Some(&s.name), s.org.as_ref()]);
    let mut names = names.flatten().chain(&said.on_behalf_of);
    // "The United States will stay", says a secretary of the U.S.
    let state = country::mentioned(&named, cx.packs);
    let is_side = |n: &String| {
        n.eq_ignore_ascii_case(&named)
            || state.len() == 1
                && subject.pos() == "PROPN"
                && country::mentioned(n, cx.packs) == state
    };
    names.any(is_side)
}

/// "It is clear that": a subject that stands for nothing.
fn is_dummy(noun: Token<'_>) -> bool {
    noun.lower() == "it"
        && noun.head().children().any(|c| {
            matches!(c.dep(), "ccomp" | "xcomp" | "csubj")
                && matches!(
                    &*lemma(noun.head()),
                    "be" | "prove" | "remain" | "become" | "seem"
                )
        })
}

/// Whether somebody speaks for an office and not for himself: a spokesperson, whoever is not named, and who has a
/// function in a public body or a state. A donor of a party or an owner of a company holds his own views.
pub(super) fn speaks_for_office(speaker: &Speaker) -> bool {
    let Some(role) = &speaker.role else {
        return false;
    };
    let role = role.to_lowercase();
    let is_private = role
        .split(|c: char| !c.is_alphabetic())
        .any(|w| has(words::PRIVATE_ROLES, w));
    role.contains("spokes") || speaker.anonymity.is_some() || !is_private
}

/// The organisation that somebody speaks from, else the speaker.
pub(super) fn side_of(speaker: &Speaker) -> String {
    speaker.org.clone().unwrap_or_else(|| speaker.name.clone())
}
