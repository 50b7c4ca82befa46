//! Whether a happening or a state is worth a line in a ledger.
//!
//! Pages tell much that nobody would look up or compare: the weather, the mood, the page itself. What is entered
//! has somebody or something by name in it, a time, a duty, a word of the page's topic, or a pattern of a pack.

use verbale_core::{Act, ClaimKind, TimexKind};
use verbale_nlp::Token;

use crate::claim::clause::{Clause, Shape};
use crate::claim::context::Context;
use crate::claim::grammar::{is_negated, lemma, noun_phrase};
use crate::claim::modality::is_called_untrue;
use crate::claim::words::has;
use crate::claim::{fit, party, status, time};

/// True if an analyst would enter the status or event.
pub(super) fn is_entered(cx: &Context<'_>, clause: &Clause<'_>, kind: ClaimKind) -> bool {
    if clause.mark.is_some() {
        return is_specific(cx, clause, kind);
    }
    if tells_of_page(cx, clause) {
        return false;
    }
    is_anchored(cx, clause, kind)
}

/// True if what somebody is said to have said has something in it that can be looked up: a name, a time, a denial,
/// a word that a pack knows. "The mood is good" has none of these.
fn is_specific(cx: &Context<'_>, clause: &Clause<'_>, kind: ClaimKind) -> bool {
    let doc = clause.verb.doc();
    let words = clause.range(&cx.reading.blocks()[clause.block]);
    let timed = cx.times_in(words).next().is_some();
    let fits = |k| fit::of_kind(cx, clause, k).is_some();
    let known = match kind {
        ClaimKind::Event => fits(ClaimKind::Event),
        _ => fits(ClaimKind::Status) || fits(ClaimKind::Event),
    } || status::in_pack(cx, clause);
    clause.tokens().map(|i| doc.token(i)).any(is_named)
        || clause.subject.is_some_and(|s| is_topic(cx, s))
        || timed
        || known
        || is_negated(clause.verb)
        || is_called_untrue(clause.verb)
        || status::is_duty_state(clause.verb)
        || clause.mark.is_some_and(|m| {
            // Who denies or admits it thinks it worth saying.
            let act = cx.marks.attributions[m].attribution.act;
            matches!(act, Act::Deny | Act::Admit | Act::Confirm)
        })
}

/// True if the clause says who, where or when, how a duty stands, or what a pack looks for.
fn is_anchored(cx: &Context<'_>, clause: &Clause<'_>, kind: ClaimKind) -> bool {
    // "It did not name them": what a reporter says did not happen is background.
    if kind == ClaimKind::Event && is_negated(clause.verb) {
        return is_left_undone(clause);
    }
    if clause.shape == Shape::Relative
        || status::is_duty_state(clause.verb)
        || status::names_happening(clause.verb)
        || fit::of_kind(cx, clause, kind).is_some()
    {
        return true;
    }
    let doc = clause.verb.doc();
    let named = clause.tokens().map(|i| doc.token(i)).any(is_named)
        || cx.house.is_signatory() && clause.tokens().any(|i| doc.token(i).lower() == "our")
        || clause
            .subject
            .is_some_and(|s| party::is_party(s) || is_topic(cx, s));
    let dated =
        time::own(cx, clause).is_some_and(|t| matches!(t.kind, TimexKind::Date | TimexKind::Time));
    match kind {
        ClaimKind::Event => {
            let awaited = lemma(clause.verb) == "expect" && status::is_planned(clause.verb);
            named && dated || is_about_topic(cx, clause) || awaited && names_thing(clause)
        }
        _ => {
            (dated || status::persists(clause)) && (named || names_thing(clause))
                || is_negated(clause.verb)
                || status::in_pack(cx, clause)
        }
    }
}

/// "Norvale never submitted its report": who has not done what is done by duty.
fn is_left_undone(clause: &Clause<'_>) -> bool {
    has(
        "submit file ratify repatriate implement pay",
        &lemma(clause.verb),
    ) && clause.subject.is_some_and(party::is_party)
}

/// True if somebody does something with what the headline or the lead turn on.
fn is_about_topic(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let doc = clause.verb.doc();
    clause
        .subject
        .is_some_and(|s| s.pos() == "PROPN" || party::is_party(s))
        && clause.tokens().any(|i| is_topic(cx, doc.token(i)))
}

/// True if the clause is about a thing or a person by its noun, not by a pronoun.
fn names_thing(clause: &Clause<'_>) -> bool {
    clause
        .subject
        .is_some_and(|s| matches!(s.pos(), "NOUN" | "PROPN") || lemma(s) == "nobody")
}

/// True for names of people, organisations, places and texts.
fn is_named(t: Token<'_>) -> bool {
    t.pos() == "PROPN"
        || matches!(
            t.ent_type(),
            "PERSON" | "ORG" | "GPE" | "NORP" | "LOC" | "FAC" | "LAW"
        )
}

/// True if the noun is one of those that the headline or the lead turn on.
fn is_topic(cx: &Context<'_>, noun: Token<'_>) -> bool {
    noun.pos() == "NOUN" && cx.topic.contains(&lemma(noun))
}

/// "This list is kept by …", "The Gazette appears on Fridays", "The editor translated this article".
fn tells_of_page(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let Some(subject) = clause.subject else {
        return false;
    };
    let this_page = |t: Token<'_>| {
        has(PAGE_NOUNS, &lemma(t))
            && t.children()
                .any(|c| c.dep() == "det" && has("this these", &c.lower()))
    };
    let doc = clause.verb.doc();
    // "It covers the period from …", "the next report will be issued".
    let another = has("report brief bulletin edition issue", &lemma(subject))
        && subject.children().any(|c| has("next following", &lemma(c)));
    let covers = lemma(clause.verb) == "cover"
        && clause
            .verb
            .child("dobj")
            .is_some_and(|o| has("period week month year", &lemma(o)));
    if another || covers || clause.tokens().map(|i| doc.token(i)).any(this_page) {
        return true;
    }
    if cx.house.is_signatory() {
        return has(
            "briefing newsletter channel page site website",
            &lemma(subject),
        );
    }
    let page = cx.metadata();
    let name = noun_phrase(subject);
    has("editor newsletter website subscriber", &lemma(subject))
        || page.authors.contains(&name)
        || page.publisher.as_ref().is_some_and(|p| is_called(p, &name))
}

/// True for the publisher's name or the end of it: "The Monitor has seen a draft".
fn is_called(publisher: &str, name: &str) -> bool {
    let bare = name.trim_start_matches("The ").trim_start_matches("the ");
    let rest = publisher.strip_suffix(bare);
    !bare.is_empty() && rest.is_some_and(|r| r.is_empty() || r.ends_with(' '))
}

/// Nouns for the text that one is reading.
const PAGE_NOUNS: &str = "page article list text site website newsletter story series blog column podcast version \
    translation summary edition update report brief notice bulletin";
