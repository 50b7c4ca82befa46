//! Whom an obligation binds, and to what.

use verbale_nlp::Token;

use super::{has_to, is_infinitive};
use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::{
    is_finite, is_passive, lemma, noun_phrase, own_subject, stretch, tidy,
};
use crate::claim::party;
use crate::claim::words::{self, has};

/// "Called for a vote", "calls on the port for a cut": what is to be done, by whom if that is said.
pub(super) fn called_for<'r>(clause: &Clause<'r>) -> Option<(Option<Token<'r>>, String)> {
    let verb = clause.verb;
    let below = |words: &str| {
        let p = verb
            .children()
            .find(|c| c.dep() == "prep" && has(words, &c.lower()))?;
        p.child("pobj").or_else(|| p.child("pcomp"))
    };
    let thing = below("for")
        .filter(|_| has("call press appeal provide", &lemma(verb)) && !is_passive(verb))?;
    let called = below("on upon").filter(|o| !has("DATE TIME", o.ent_type()));
    let deed = match thing.tag() {
        "VBG" => words_from(clause, thing),
        _ => noun_phrase(thing),
    };
    Some((called, deed))
}

/// "Has forbidden women to work": the women, not to work.
pub(super) fn forbidden<'r>(clause: &Clause<'r>) -> (Option<Token<'r>>, String) {
    let verb = clause.verb;
    let inner = verb
        .subtree()
        .find(|c| *c != verb && is_infinitive(*c))
        .unwrap_or(verb);
    let bearer = own_subject(inner).or_else(|| verb.child("dobj"));
    (bearer, format!("not {}", words_from(clause, inner)))
}

/// The gerund right behind a preposition, which the parser may give to the noun behind it: "from entering ports".
pub(super) fn deed_behind(preposition: Token<'_>) -> Option<Token<'_>> {
    let next = preposition.i() + 1;
    (next < preposition.sent().end())
        .then(|| preposition.doc().token(next))
        .filter(|t| t.tag() == "VBG")
}

/// "Is prohibited from fishing", "are not allowed to dock": the subject, not to fish.
pub(super) fn barred<'r>(clause: &Clause<'r>) -> (Option<Token<'r>>, String) {
    let verb = clause.verb;
    let from = verb.children().find(|c| c.lower() == "from");
    let deed = from
        .and_then(deed_behind)
        .or_else(|| verb.subtree().find(|c| *c != verb && is_infinitive(*c)))
        .unwrap_or(verb);
    let end = deed
        .ancestors()
        .take_while(|a| *a != verb)
        .chain([deed])
        .map(|t| t.right_edge().i() + 1);
    let rest = verb
        .doc()
        .span(deed.i() + 1..end.max().unwrap_or(deed.i() + 1));
    (
        clause.subject,
        tidy(&format!("not {} {}", lemma(deed), rest.text())),
    )
}

/// "Requires member states | send them home": what is demanded without "that", which the parser takes for another
/// sentence.
pub(in crate::claim) fn bare_demand<'r>(verb: Token<'r>) -> Option<Token<'r>> {
    let object = verb.child("dobj")?;
    let next = object.right_edge().i() + 1;
    let demanded = (next < verb.sent().end()).then(|| verb.doc().token(next))?;
    let requires = has("require demand ask order request", &lemma(verb)) && !is_passive(verb);
    (requires && matches!(demanded.tag(), "VB" | "VBP") && demanded.ancestors().all(|a| a != verb))
        .then_some(demanded)
}

/// Who must act and what must be done: below a binding verb the complement, else subject and verb.
pub(super) fn bearer_and_deed<'r>(
    clause: &Clause<'r>,
    text_speaks: bool,
) -> (Option<Token<'r>>, String) {
    let verb = clause.verb;
    let inner = text_speaks
        .then(|| {
            let obliged = |c: Token<'_>| {
                c.dep() == "advcl" && is_infinitive(c) && verb.child("dobj").is_some()
            };
            verb.children()
                .find(|c| matches!(c.dep(), "ccomp" | "xcomp") || obliged(*c))
        })
        .flatten();
    if let Some(inner) = inner {
        let bearer = own_subject(inner).or_else(|| verb.child("dobj"));
        return (bearer, words_from(clause, inner));
    }
    if let Some(demanded) = bare_demand(verb).filter(|_| text_speaks) {
        return (verb.child("dobj"), words_from(clause, demanded));
    }
    let given = lemma(verb) == "give";
    // "It commits the yard to pay": the yard.
    let bound = verb.child("dobj").filter(|_| {
        has("commit oblige obligate bind require entitle", &lemma(verb)) && !is_passive(verb)
    });
    if let Some((bearer, inner)) = bound.zip(verb.children().find(|c| is_infinitive(*c))) {
        return (Some(bearer), words_from(clause, inner));
    }
    let owed = given
        || has_to(verb)
        || is_passive(verb)
            && has(
                "oblige obligate require bind order instruct direct",
                &lemma(verb),
            );
    let inner = verb
        .subtree()
        .find(|c| owed && matches!(c.dep(), "xcomp" | "advcl" | "acl") && is_infinitive(*c));
    if let Some(inner) = inner {
        let taker = verb.child("dative").or_else(|| verb.child("dobj"));
        let bearer = taker.filter(|_| given).or(clause.subject);
        return (bearer, words_from(clause, inner));
    }
    if text_speaks {
        return (
            verb.child("dobj").filter(|o| o.ent_type() != ""),
            words_from(clause, verb),
        );
    }
    if has(words::PROMISING_VERBS, &lemma(verb)) && is_finite(verb) && !is_passive(verb) {
        return (clause.subject, promised_deed(clause, verb));
    }
    // "Both were to withdraw their boats".
    let inner = verb
        .child("xcomp")
        .filter(|x| lemma(verb) == "be" && is_infinitive(*x));
    let deed = words_from(clause, inner.unwrap_or(verb));
    let (first, rest) = deed.split_once(' ').unwrap_or_default();
    match inner.is_none() && matches!(first, "is" | "are") {
        true => (clause.subject, format!("be {rest}")),
        false => (clause.subject, deed),
    }
}

/// "Promises keys by spring": to keep that promise; "promised each household a house": to give it.
fn promised_deed(clause: &Clause<'_>, verb: Token<'_>) -> String {
    let words = words_from(clause, verb);
    let rest = words
        .strip_prefix(verb.text())
        .unwrap_or(&words)
        .trim_start();
    match rest.strip_prefix("to ") {
        Some(deed) => deed.to_owned(),
        None if verb.child("dative").is_some() => format!("give {rest}"),
        None => format!("keep its promise of {rest}"),
    }
}

/// The clause's words from the verb on.
fn words_from(clause: &Clause<'_>, verb: Token<'_>) -> String {
    let sentence = verb.sent();
    let range = stretch(verb, sentence.start()..sentence.end(), |_| false);
    // "(Must) be removed by Sunday": the passive with its auxiliary.
    let first = verb.child("auxpass").filter(|a| a.tag() == "VB");
    let start = first.map_or(verb.i(), |a| a.i()).max(clause.start);
    tidy(verb.doc().span(start..range.end.max(start + 1)).text())
}

/// The bearer's words; "we" is the speaker.
pub(super) fn bound_party(
    cx: &Context<'_>,
    clause: &Clause<'_>,
    bearer: Option<Token<'_>>,
    promised: bool,
) -> Option<String> {
    let speaker = || {
        let said = party::attribution(cx, clause);
        said.on_behalf_of
            .clone()
            .or_else(|| said.speaker.as_ref().map(party::side_of))
    };
    match bearer {
        Some(b) if promised && is_seen_to(cx, clause, b) => speaker(),
        Some(b) if b.pos() != "PRON" => {
            let known = cx.marks.names.of(clause.block, b.i());
            Some(known.map_or_else(|| bearer_words(b), str::to_owned))
        }
        _ if promised => speaker(),
        Some(b) => Some(party::name(cx, clause, b)),
        None => None,
    }
}

/// "Promised that the clinics would stay open": who promises is to have the clinics stay open.
pub(super) fn seen_to(
    cx: &Context<'_>,
    clause: &Clause<'_>,
    bearer: Option<Token<'_>>,
    deed: String,
) -> String {
    let Some(thing) = bearer.filter(|b| is_seen_to(cx, clause, *b)) else {
        return deed;
    };
    let words = noun_phrase(thing);
    // "That there would be no layoffs".
    match deed
        .strip_prefix("be ")
        .filter(|_| thing.head().child("expl").is_some())
    {
        Some(rest) => format!("have {rest}"),
        None => format!("have {words} {deed}"),
    }
}

/// True for a thing, which cannot be bound itself, and which is not who promises by another name.
fn is_seen_to(cx: &Context<'_>, clause: &Clause<'_>, bearer: Token<'_>) -> bool {
    let said = party::attribution(cx, clause).speaker.as_ref();
    let named = noun_phrase(bearer).to_lowercase();
    let is_speaker = said.is_some_and(|s| s.name.to_lowercase().ends_with(&named));
    let acts = has(
        "side party country nation state people member",
        &lemma(bearer),
    );
    bearer.pos() != "PRON" && !party::is_party(bearer) && !is_speaker && !acts
}

/// The noun phrase with a relative clause that says whom it binds: "owners who burn stubble".
fn bearer_words(noun: Token<'_>) -> String {
    let words = noun_phrase(noun);
    let bound = noun
        .child("relcl")
        .filter(|r| r.left_edge().i() == noun.i() + 1)
        .map(|r| r.left_edge().i()..r.right_edge().i() + 1);
    match bound {
        Some(range) if range.len() <= MAX_BEARER_TOKENS && range.end > range.start => {
            tidy(&format!("{words} {}", noun.doc().span(range).text()))
        }
        _ => words,
    }
}

/// A longer relative clause tells a story and bounds nobody.
const MAX_BEARER_TOKENS: usize = 10;
