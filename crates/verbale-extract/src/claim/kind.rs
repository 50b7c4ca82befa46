//! Of which kind a proposition is, or that it is none an analyst would enter.
//!
//! An obligation binds somebody; a position judges, explains or wishes; a status names the state of a thing; an
//! event happens at a time. Figures are found from their numbers (`figure`), not here.

use verbale_core::{Act, ClaimKind};
use verbale_nlp::Token;

use super::clause::{self, Clause, Shape};
use super::context::Context;
use super::grammar::{
    auxiliaries, complement, is_finite, is_negated, is_passive, is_perfect, is_present,
    is_progressive, lemma, modal, object_of, predicate,
};
use super::obligation;
use super::party;
use super::status;
use super::time;
use super::voice;
use super::words::{self, has};
use crate::attribution::{Form, Nature};

/// The propositions of a sentence that are worth a ledger, with their kinds.
///
/// Within one quoted sentence, judgements and the states they are joined to are one position: who takes it apart
/// makes the speaker say less than was said.
pub(super) fn of_sentence<'r>(
    cx: &Context<'r>,
    clauses: &[Clause<'r>],
) -> Vec<(Clause<'r>, ClaimKind)> {
    let mut found: Vec<(Clause<'r>, ClaimKind)> = Vec::new();
    for clause in clauses {
        let Some(kind) = decide(cx, clause) else {
            continue;
        };
        if kind == ClaimKind::Position
            && found
                .iter()
                .any(|(c, k)| *k == kind && c.start <= clause.start && clause.end <= c.end)
        {
            continue;
        }
        if let Some((last, last_kind)) = found.last_mut()
            && is_one_remark(cx, last, *last_kind, clause, kind)
        {
            last.end = last.end.max(clause.end);
            *last_kind = ClaimKind::Position;
            continue;
        }
        found.push((*clause, kind));
    }
    found
}

fn is_one_remark(
    cx: &Context<'_>,
    a: &Clause<'_>,
    a_kind: ClaimKind,
    b: &Clause<'_>,
    b_kind: ClaimKind,
) -> bool {
    let quoted = a
        .mark
        .is_some_and(|m| cx.marks.attributions[m].form == Form::Direct);
    let kinds = [a_kind, b_kind];
    quoted
        && a.mark == b.mark
        && kinds.contains(&ClaimKind::Position)
        && kinds
            .iter()
            .all(|k| matches!(k, ClaimKind::Position | ClaimKind::Status))
}

/// The kind of a proposition; `None` for what is not worth a ledger.
pub(super) fn decide(cx: &Context<'_>, clause: &Clause<'_>) -> Option<ClaimKind> {
    if clause::is_imperative(clause) || clause::only_links(clause) {
        return None;
    }
    if obligation::binds(cx, clause) {
        return Some(ClaimKind::Obligation);
    }
    if clause.shape == Shape::Nominal {
        return nominal(cx, clause);
    }
    if voice::refuses(clause.verb) && names_party(clause) {
        return Some(ClaimKind::Position);
    }
    let vocal = clause.mark.is_some() || cx.house.is_signatory();
    if asks(clause) || is_courtesy(clause) {
        return None;
    }
    if takes_side(cx, clause) {
        return Some(ClaimKind::Position);
    }
    if judges(cx, clause) {
        // What a reporter thinks of it is no claim of the ledger; what a party thinks of it is.
        return (vocal || holds_attitude(clause)).then_some(ClaimKind::Position);
    }
    if clause.mark.is_none() && is_vague(clause) || points_or_addresses(clause) {
        return None;
    }
    if is_remark(cx, clause) {
        return Some(ClaimKind::Position);
    }
    Some(if status::is_state(cx, clause) {
        ClaimKind::Status
    } else {
        ClaimKind::Event
    })
}

/// True if a party is said to think or want something: "The ministry advises against travel".
fn holds_attitude(clause: &Clause<'_>) -> bool {
    has(words::ATTITUDE_VERBS, &lemma(predicate(clause.verb)))
        && names_party(clause)
        && is_present(clause.verb)
}

/// True if the subject can speak or act.
fn names_party(clause: &Clause<'_>) -> bool {
    clause.subject.is_some_and(party::is_party)
}

/// Quoted words that state no dated fact: a general truth, or "we did nothing of the kind".
fn is_remark(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let quoted = clause
        .mark
        .is_some_and(|m| cx.marks.attributions[m].form == Form::Direct);
    let verb = clause.verb;
    let word = lemma(verb);
    let bare_fact = has(words::STATE_VERBS, &word) && word != "exist";
    quoted
        && !status::is_duty_state(verb)
        && (is_habit(verb) && !bare_fact && time::own(cx, clause).is_none()
            || is_negated(verb) && !bare_fact && !is_perfect(verb) && !is_passive(verb))
}

/// A noun phrase with its cue: a happening that is mentioned, else what somebody thinks of something.
fn nominal(cx: &Context<'_>, clause: &Clause<'_>) -> Option<ClaimKind> {
    let mark = clause.mark.map(|m| &cx.marks.attributions[m])?;
    let head = lemma(clause.verb);
    let reports = matches!(
        mark.attribution.act,
        Act::Say | Act::Confirm | Act::Admit | Act::Estimate | Act::Expect
    );
    let cue = voice::cue_verb(cx, mark);
    let demands = cue.is_some_and(voice::demands_thing);
    if demands && !cue.is_some_and(voice::refuses) {
        return Some(ClaimKind::Obligation);
    }
    // "Denied firing": what is denied is a happening.
    if clause.verb.tag() == "VBG"
        && matches!(mark.attribution.act, Act::Deny | Act::Admit | Act::Confirm)
    {
        return Some(ClaimKind::Event);
    }
    if reports && mark.nature == Nature::Statement && has(words::EVENT_NOUNS, &head) {
        return Some(ClaimKind::Event);
    }
    let takes_side = matches!(
        mark.attribution.act,
        Act::Deny | Act::Accuse | Act::Insist | Act::Demand | Act::Other
    ) || mark.nature == Nature::Attitude;
    let refuses = cue.is_some_and(voice::refuses);
    let sided = cue.is_some_and(|c| has(words::SIDE_TAKING, &lemma(c)));
    let quoted =
        mark.form != Form::Indirect && !cue.is_some_and(|c| has("report estimate put", &lemma(c)));
    (takes_side || refuses || sided || quoted).then_some(ClaimKind::Position)
}

fn verb_object_is_counted(verb: Token<'_>) -> bool {
    verb.child("dobj")
        .is_some_and(|o| o.child("nummod").is_some())
}

/// "Whether …", "how many …": a question, not a proposition.
fn asks(clause: &Clause<'_>) -> bool {
    let doc = clause.verb.doc();
    let first = doc.token(clause.start);
    let whether = clause
        .verb
        .children()
        .any(|c| c.i() < clause.verb.i() && lemma(c) == "whether");
    clause.mark.is_some() && (whether || matches!(first.tag(), "WRB" | "WP" | "WDT"))
}

/// "We wish you well", "I thank the crew": done by being said, and nothing is claimed.
fn is_courtesy(clause: &Clause<'_>) -> bool {
    has(
        "wish thank congratulate greet invite welcome",
        &lemma(clause.verb),
    ) && clause
        .subject
        .is_some_and(|s| matches!(&*s.lower(), "we" | "i"))
}

/// "Norvale blamed Kestria for the delay": a side taken in the verb itself.
fn takes_side(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let word = lemma(clause.verb);
    let accuses = cx
        .packs
        .verbs("en")
        .lookup(&word)
        .is_some_and(|v| matches!(v.act, Act::Deny | Act::Accuse));
    let speaks = names_party(clause)
        || clause
            .subject
            .is_some_and(|s| has("he she it they", &lemma(s)));
    // "Questioned 2,400 people" is no side.
    let counted = verb_object_is_counted(clause.verb);
    (accuses || has(words::SIDE_TAKING, &word))
        && !counted
        && speaks
        && !is_passive(clause.verb)
        && modal(clause.verb).is_none()
}

/// True if the proposition judges, explains, wishes or speculates.
fn judges(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let mark = clause.mark.map(|m| &cx.marks.attributions[m]);
    if mark.is_some_and(|m| m.nature == Nature::Belief) && !is_shown(cx, clause) {
        return true;
    }
    let verb = clause.verb;
    if clause.subject.is_some_and(|s| s.i() > verb.i()) && verb.child("expl").is_some() {
        // "There is no danger": whether a thing exists is a state.
        return false;
    }
    let word = lemma(predicate(verb));
    let opinion = match modal(verb).as_deref() {
        Some("should" | "must" | "ought" | "shall") => true,
        // "Could follow in 2026", "could be suspended if": a possible happening, not an opinion.
        Some("may" | "might" | "could" | "can") if is_possible_happening(cx, clause) => false,
        Some("may" | "might") => true,
        // Reported speech shifts "can" and "may" to "could", and "will" to "would".
        Some("could" | "can") => !is_perfect(verb),
        Some("would") => has(words::ATTITUDE_VERBS, &word) || needs(verb),
        _ => false,
    };
    opinion
        || needs(verb)
        || has(words::ATTITUDE_VERBS, &word) && !is_passive(verb)
        || has(words::JUDGING_VERBS, &word) && clause.mark.is_some() && !is_passive(verb)
        || judging_complement(verb)
        || word == "stand" && object_of(verb, &["by"]).is_some()
        || clause.mark.is_some() && gives_motive(verb)
        || (clause.mark.is_some() || cx.house.is_signatory()) && is_judged_passive(verb)
}

/// True if a date or a condition is given for it.
fn is_possible_happening(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    time::own(cx, clause).is_some_and(|t| t.interval.is_some())
        || clause
            .verb
            .subtree()
            .any(|t| t.dep() == "mark" && matches!(&*lemma(t), "if" | "unless"))
}

/// "Need to", "have to", "ought to": what should be, not what is.
fn needs(verb: Token<'_>) -> bool {
    matches!(&*lemma(verb), "need" | "have" | "ought")
        && verb.children().any(|c| {
            c.dep() == "xcomp" && c.children().any(|a| a.dep() == "aux" && a.tag() == "TO")
        })
}

/// "The data show": what a table or a study shows is no opinion.
fn is_shown(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    clause
        .mark
        .and_then(|m| voice::cue_verb(cx, &cx.marks.attributions[m]))
        .is_some_and(|cue| has("show indicate reveal find suggest", &lemma(cue)))
}

/// "Is unfair", "was a violation", "proved impossible", "in our interest".
fn judging_complement(verb: Token<'_>) -> bool {
    let linking = matches!(
        &*lemma(verb),
        "be" | "become"
            | "seem"
            | "appear"
            | "prove"
            | "remain"
            | "look"
            | "sound"
            | "get"
            | "grow"
            | "feel"
    );
    if !linking {
        return false;
    }
    let judged = verb.children().any(|c| match c.dep() {
        "acomp" | "oprd" => {
            judging_adjective(c)
                || c.children()
                    .any(|a| a.dep() == "advmod" && lemma(a) == "too")
        }
        "attr" => {
            has(words::JUDGING_NOUNS, &lemma(c)) && !starts_happening(c)
                || c.children()
                    .any(|a| a.dep() == "amod" && has(words::JUDGING_ADJECTIVES, &lemma(a)))
        }
        _ => false,
    });
    judged
        || object_of(verb, &["in"]).is_some_and(|o| {
            has(
                "interest spirit favor favour line violation breach",
                &lemma(o),
            )
        })
}

/// "Unable to leave" and "open" are states; "unfair" is a judgement.
fn judging_adjective(adjective: Token<'_>) -> bool {
    has(words::JUDGING_ADJECTIVES, &lemma(adjective))
        || adjective
            .children()
            .any(|c| c.dep() == "conj" && has(words::JUDGING_ADJECTIVES, &lemma(c)))
}

/// "The first country to close": the complement names a happening.
fn starts_happening(noun: Token<'_>) -> bool {
    noun.children()
        .any(|c| matches!(c.dep(), "relcl" | "acl") && c.children().any(|a| a.tag() == "TO"))
}

/// "In order to embarrass": a motive that somebody ascribes.
fn gives_motive(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        c.dep() == "advmod"
            && has(
                "deliberately intentionally knowingly wilfully willfully",
                &lemma(c),
            )
    }) || object_of(verb, &["in"]).is_some_and(|o| lemma(o) == "order")
        || verb.children().any(|c| {
            c.dep() == "advcl"
                && c.children()
                    .any(|m| m.dep() == "mark" && matches!(&*lemma(m), "so" | "because"))
                && has("be mean", &lemma(c))
                && judging_complement(c)
        })
}

/// "Can be understood", "are included without reason", "should be taken with care".
fn is_judged_passive(verb: Token<'_>) -> bool {
    is_passive(verb)
        && (has(
            "reject explain regret condemn welcome understand justify warrant mistake mislead exaggerate blame motivate misinterpret intend aim \
                 cover regard consider see view treat",
            &lemma(verb),
        ) || object_of(verb, &["without"]).is_some())
}

/// Scene-setting without a fact of its own.
fn is_vague(clause: &Clause<'_>) -> bool {
    if points_or_addresses(clause) {
        return true;
    }
    let verb = clause.verb;
    let subject = clause.subject.map(lemma).unwrap_or_default();
    clause.subject.is_none() && !is_passive(verb)
        || matches!(
            &*subject,
            "this" | "that" | "these" | "those" | "which" | "it" | "what" | "you"
        ) && clause
            .subject
            .is_some_and(|s| s.tag() != "NN" && s.children().next().is_none())
            && has("be mean come make do take", &lemma(verb))
        || !is_finite(verb)
        || subject == "it"
            && is_passive(verb)
            && has(
                "estimate say report believe think expect know",
                &lemma(verb),
            )
        || has(
            "say tell ask look seem appear wonder remember imagine speak talk read",
            &lemma(verb),
        ) && !is_passive(verb)
}

/// "Here's our reporter", "you know".
fn points_or_addresses(clause: &Clause<'_>) -> bool {
    let here = clause
        .verb
        .children()
        .any(|c| c.dep() == "advmod" && c.lower() == "here" && c.i() < clause.verb.i());
    here || clause.subject.is_some_and(|s| s.lower() == "you")
}

/// True if the auxiliaries say that it is still to come.
pub(super) fn is_future(verb: Token<'_>) -> bool {
    matches!(modal(verb).as_deref(), Some("will" | "shall"))
        || auxiliaries(verb).any(|a| lemma(a) == "go")
}

/// True for the simple present of an action: a habit, so a state.
pub(super) fn is_habit(verb: Token<'_>) -> bool {
    is_present(verb)
        && !is_perfect(verb)
        && !is_progressive(verb)
        && modal(verb).is_none()
        && !(is_passive(verb) && is_negated(verb))
}

/// The object of the clause's verb, for words that decide.
pub(super) fn object_lemma(verb: Token<'_>) -> String {
    complement(verb).map(lemma).unwrap_or_default()
}
