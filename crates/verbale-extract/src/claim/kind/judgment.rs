//! Whether a proposition judges, explains, wishes or speculates.

use verbale_nlp::Token;

use crate::attribution::Nature;
use crate::claim::clause::Clause;
use crate::claim::context::Context;
use crate::claim::grammar::{is_passive, is_perfect, lemma, modal, object_of, predicate};
use crate::claim::words::{self, has};
use crate::claim::{party, status, time, voice};

/// True if the proposition judges, explains, wishes or speculates.
pub(super) fn judges(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let mark = clause.mark.map(|m| &cx.marks.attributions[m]);
    if mark.is_some_and(|m| m.nature == Nature::Belief) && !is_shown(cx, clause) {
        return true;
    }
    let verb = clause.verb;
    if clause.subject.is_some_and(|s| s.i() > verb.i()) && verb.child("expl").is_some() {
        // "There is no danger": whether a thing exists is a state.
        return false;
    }
    if status::breaks_or_keeps(verb) && modal(verb).is_none() {
        // "Violated the embargo": how a duty stands, whoever says it.
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
        || word == "count" && object_of(verb, &["on"]).is_some()
        || word == "see" && clause.mark.is_some() && sees_nothing(verb)
        || clause.mark.is_some() && gives_motive(verb)
        || (clause.mark.is_some() || cx.house.is_signatory()) && gives_cause(clause)
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
        && !status::is_yet_to_come(verb)
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
pub(super) fn judging_complement(verb: Token<'_>) -> bool {
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
    // "Closer to 100,000" states a number.
    let number = |p: Token<'_>| p.child("pobj").is_some_and(|o| o.pos() == "NUM");
    if adjective.children().any(|c| c.dep() == "prep" && number(c)) {
        return false;
    }
    has(words::JUDGING_ADJECTIVES, &lemma(adjective))
        || has(words::JUDGING_ADJECTIVES, &adjective.lower())
        || adjective
            .children()
            .any(|c| c.dep() == "conj" && has(words::JUDGING_ADJECTIVES, &lemma(c)))
}

/// "Sees no end to it": what somebody expects.
fn sees_nothing(verb: Token<'_>) -> bool {
    verb.child("dobj").is_some_and(|o| {
        has(
            "end reason way hope chance need alternative future point sign",
            &lemma(o),
        ) && o
            .children()
            .any(|c| c.dep() == "det" && matches!(&*c.lower(), "no" | "any" | "little"))
    })
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

/// "The delay is due to repairs", "was caused by frost": a cause that somebody gives.
fn gives_cause(clause: &Clause<'_>) -> bool {
    let verb = clause.verb;
    let due = |t: Token<'_>| {
        lemma(t) == "due"
            && t.children()
                .any(|c| lemma(c) == "to" && c.child("pobj").is_some())
    };
    let thing = clause
        .subject
        .is_some_and(|s| s.pos() == "NOUN" && !party::is_party(s));
    lemma(verb) == "be" && verb.children().any(due)
        || is_passive(verb) && has("cause trigger prompt provoke", &lemma(verb))
        || thing
            && !is_passive(verb)
            && has(
                "keep delay prevent stop hold slow block force",
                &lemma(verb),
            )
            && verb.child("dobj").is_some()
}
