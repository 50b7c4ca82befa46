//! Which attributions give a proposition its speaker.
//!
//! Attribution in the sense of PARC is wider than a ledger of claims wants: "the museum welcomed its visitors"
//! and "decided to leave" attribute an attitude and say nothing in anybody's name. A voice is one who asserts a
//! clause, or takes a side on a thing in a main clause.

use verbale_core::{Act, TextRange};
use verbale_nlp::Token;

use super::context::Context;
use super::grammar::{
    hidden_subject, is_finite, is_negated, is_passive, is_verbal, lemma, modal, own_subject,
    subject,
};
use super::party;
use super::words::{self, has};
use crate::attribution::{AttributionMark, Form, Nature};

/// True if the attribution makes its speaker the speaker of what it attributes.
pub(super) fn is_voice(cx: &Context<'_>, mark: &AttributionMark) -> bool {
    let Some(cue) = cue_verb(cx, mark) else {
        // "According to …", and speech that goes on without a cue. Behind a whole sentence the parse may hide its verb.
        let stated = !mark.speaker.is_empty() && counts(cx, mark);
        return has_clause(cx, mark) || stated || mark.form == Form::Direct;
    };
    if mark.nature == Nature::Provision || binds_by_text(cue) || is_infinitive(cue) {
        return false;
    }
    // "The board should ask every mine to report": nobody has said so yet.
    let owed = matches!(modal(cue).as_deref(), Some("should" | "must" | "ought"));
    // "The council decided that the mission must leave": decided, and not said.
    if owed && !is_negated(cue) || lemma(cue) == "decide" {
        return false;
    }
    let named = !mark.speaker.is_empty() || mark.nature == Nature::Hearsay;
    if refuses(cue) {
        return named && is_finite(cue);
    }
    let by_text = subject(cue).is_some_and(|s| has(words::INSTRUMENT_NOUNS, &lemma(s)));
    if by_text && !has_clause(cx, mark) {
        return false;
    }
    if has_clause(cx, mark) {
        return mark.asserts() && named || mark.form == Form::Direct || cue.dep() == "advcl";
    }
    if infinitive_top(cx, mark) {
        let another = demands(cue) && addressee(cue).is_some();
        return named && (mark.attribution.act == Act::Promise || another);
    }
    // "He said the yard expected 40 boats" is his expectation as much as the yard's.
    let foresees =
        mark.parent.is_none() && has("expect forecast predict foresee project", &lemma(cue));
    if has(
        "report note announce confirm acknowledge admit estimate put disclose reveal declare promise pledge offer order \
         assess give count tally speak talk mention describe",
        &lemma(cue),
    ) || foresees
    {
        let speaks = is_finite(cue) || own_subject(cue).is_some();
        return named && speaks && (names_event(cx, mark) || counts(cx, mark));
    }
    let quoted = mark.form != Form::Indirect && mark.nature == Nature::Statement;
    let speaks = subject(cue).is_none_or(|s| {
        party::is_party(s) || s.pos() == "PRON" || has(words::TEXT_NOUNS, &lemma(s))
    });
    speaks
        && (quoted || takes_side(cx, cue))
        && (is_finite(cue) && named || cue.tag() == "VBG" && cue.dep() == "advcl")
}

/// "Urged", "wants", "asked": with an infinitive, another party is to act.
pub(super) fn demands(cue: Token<'_>) -> bool {
    let word = lemma(cue);
    // "Called for", but not "called a lie".
    let calls = cue
        .children()
        .any(|c| c.dep() == "prep" && matches!(&*lemma(c), "for" | "on" | "upon"));
    has(words::DEMANDING_VERBS, &word) && (word != "call" || calls)
}

/// Whom a demand is put to: "urged farmers to", "called on them to", "wants the yard to".
pub(super) fn addressee<'r>(cue: Token<'r>) -> Option<Token<'r>> {
    let called = || {
        cue.children()
            .filter(|c| {
                let to = lemma(cue) == "appeal" && lemma(*c) == "to";
                c.dep() == "prep" && (to || has("on upon for", &lemma(*c)))
            })
            .filter_map(|p| p.child("pobj").or_else(|| p.child("pcomp")))
            // "On Friday called on the port".
            .find(|o| !has("DATE TIME", o.ent_type()))
    };
    cue.child("dobj")
        .or_else(|| cue.child("dative"))
        .or_else(called)
        .or_else(|| {
            let deed = cue
                .children()
                .find(|c| matches!(c.dep(), "ccomp" | "xcomp"))?;
            own_subject(deed)
        })
}

/// "Demanded a recount", "called for calm": what a noun names is to be done.
pub(super) fn demands_thing(cue: Token<'_>) -> bool {
    // "Ordered 50,000 tonnes": a purchase.
    let buys = lemma(cue) == "order"
        && cue
            .child("dobj")
            .is_some_and(|o| o.children().any(|c| c.dep() == "nummod"));
    demands(cue)
        && !buys
        && has(
            "demand urge order call request insist appeal press",
            &lemma(cue),
        )
}

/// "Refused visas to 14 of them": what is not given is a deed of him who does not give it, and no words of his.
pub(super) fn withholds_thing(verb: Token<'_>) -> bool {
    let thing = verb.child("dobj");
    has("refuse decline deny", &lemma(verb))
        && !is_passive(verb)
        && verb
            .children()
            .any(|c| c.dep() == "dative" || c.dep() == "prep" && c.lower() == "to")
        && thing.is_some_and(|t| !has("comment answer statement interview response", &lemma(t)))
}

/// "Declined to say", "would not comment", "did not respond", "neither confirmed nor denied".
pub(super) fn refuses(cue: Token<'_>) -> bool {
    let tells = |t: Token<'_>| has(words::DISCLOSING_VERBS, &lemma(t));
    let says_neither = |t: Token<'_>| {
        t.children()
            .any(|c| matches!(&*lemma(c), "neither" | "nor"))
    };
    // "Would neither confirm nor deny": the second verb hangs on the first.
    let joined = cue.dep() == "conj" && lemma(cue.head()) == "confirm" && says_neither(cue.head());
    let neither = joined || says_neither(cue);
    // "Eighteen applications were refused": nobody is told of who keeps silent.
    match &*lemma(cue) {
        // "Would not be drawn on the reasons".
        "reach" => {
            let sought = |c: Token<'_>| c.dep() == "prep" && c.lower() == "for";
            is_passive(cue) && is_negated(cue) && cue.children().any(sought)
        }
        "draw" => is_passive(cue) && is_negated(cue) && modal(cue).is_some(),
        _ if is_passive(cue) => false,
        "decline" | "refuse" => match cue.child("dobj") {
            // "Refused visas to 14 of them" is a deed.
            Some(thing) => has("comment answer statement interview response", &lemma(thing)),
            None => cue.child("xcomp").is_none_or(tells),
        },
        "return" => {
            let calls = |o: Token<'_>| has("call message email request", &lemma(o));
            is_negated(cue) && cue.child("dobj").is_some_and(calls)
        }
        "want" => is_negated(cue) && cue.child("xcomp").is_some_and(tells),
        _ if neither => has("confirm deny", &lemma(cue)),
        _ => tells(cue) && is_negated(cue),
    }
}

/// The verb of the cue.
pub(super) fn cue_verb<'r>(cx: &Context<'r>, mark: &AttributionMark) -> Option<Token<'r>> {
    mark.cue.iter().find_map(|r| {
        tokens(cx, *r).find(|t| is_verbal(*t) && !matches!(t.dep(), "aux" | "auxpass" | "prep"))
    })
}

fn tokens<'r>(cx: &Context<'r>, range: TextRange) -> impl Iterator<Item = Token<'r>> {
    cx.reading
        .span_at(range)
        .into_iter()
        .flat_map(|(_, span)| span.tokens())
}

/// "Called the date unrealistic", "labeled it a sham": what somebody calls a thing, somebody holds.
pub(super) fn calls_so(cue: Token<'_>) -> bool {
    // "Due to what it called objective difficulties": the word that asks stands before the verb.
    let behind = |dep: &str| cue.child(dep).is_some_and(|c| c.i() > cue.i());
    has("call label brand term deem", &lemma(cue)) && behind("dobj") && behind("oprd")
}

/// True if the content is a noun phrase for a happening: "an exodus of crews".
fn names_event(cx: &Context<'_>, mark: &AttributionMark) -> bool {
    mark.content
        .first()
        .and_then(|r| cx.reading.span_at(*r)?.1.root())
        .is_some_and(|head| has(words::EVENT_NOUNS, &lemma(head)))
}

/// True if there is a number in the content.
fn counts(cx: &Context<'_>, mark: &AttributionMark) -> bool {
    mark.content.iter().any(|r| {
        cx.marks
            .quantities
            .iter()
            .any(|q| r.contains_range(q.number))
    })
}

/// True if the content has a verb with a tense of its own whose head lies outside.
fn has_clause(cx: &Context<'_>, mark: &AttributionMark) -> bool {
    mark.content.iter().any(|r| {
        let inside = |t: Token<'_>| tokens(cx, *r).any(|x| x == t);
        let hidden = |t| hidden_subject(t).is_some_and(|n| inside(n) && !inside(n.head()));
        tokens(cx, *r).any(|t| {
            hidden(t)
                || is_verbal(t)
                    && (is_finite(t) || own_subject(t).is_some())
                    && (!matches!(t.dep(), "relcl" | "acl") || says_that(t))
                    && (t.is_root() || !inside(t.head()))
        })
    })
}

/// "(A signal) that Norvale wants to leave": a clause with a subject and a tense behind "that".
pub(super) fn says_that(verb: Token<'_>) -> bool {
    let that = |c: Token<'_>| c.dep() == "mark" && c.lower() == "that";
    is_finite(verb) && own_subject(verb).is_some() && verb.children().any(that)
}

/// "To leave", governed by the cue.
fn infinitive_top(cx: &Context<'_>, mark: &AttributionMark) -> bool {
    mark.content.iter().any(|r| {
        tokens(cx, *r).any(|t| {
            matches!(t.dep(), "xcomp" | "ccomp" | "advcl")
                && t.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
        })
    })
}

fn is_infinitive(cue: Token<'_>) -> bool {
    cue.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
}

/// "The treaty demands that …": a text binds; it is not one who says that others do.
pub(super) fn binds_by_text(cue: Token<'_>) -> bool {
    has(words::BINDING_VERBS, &lemma(cue))
        && subject(cue).is_some_and(|s| has(words::INSTRUMENT_NOUNS, &lemma(s)))
}

/// "Rejected", "accused", "blamed", "declined": a side is taken by saying so.
fn takes_side(cx: &Context<'_>, cue: Token<'_>) -> bool {
    has(words::SIDE_TAKING, &lemma(cue))
        || calls_so(cue)
        || cx
            .packs
            .verbs("en")
            .lookup(&lemma(cue))
            .is_some_and(|v| matches!(v.act, Act::Deny | Act::Accuse | Act::Demand | Act::Insist))
}
