//! What nobody may do: bans, and rules that somebody is subject to.

use verbale_nlp::Token;

use super::{bearer, has_infinitive};
use crate::claim::clause::Clause;
use crate::claim::grammar::{
    is_negated, is_passive, is_perfect, is_present, lemma, modal, object_of,
};
use crate::claim::party;
use crate::claim::words::has;

/// "May not dock here", "no foreign ship may dock here".
pub(in crate::claim) fn may_not(clause: &Clause<'_>) -> bool {
    let none = |s: Token<'_>| {
        s.children()
            .any(|c| c.dep() == "det" && matches!(&*c.lower(), "no" | "neither"))
    };
    // "Our content may not be republished" stands below every page.
    let is_notice = has(
        "republish reproduce redistribute copy reuse rewrite",
        &lemma(clause.verb),
    );
    modal(clause.verb).as_deref() == Some("may")
        && !is_notice
        && (is_negated(clause.verb) || clause.subject.is_some_and(none))
}

/// "The council has forbidden women to work": who may, rules.
pub(super) fn forbids(clause: &Clause<'_>) -> bool {
    has("forbid prohibit", &lemma(clause.verb))
        && !is_passive(clause.verb)
        && modal(clause.verb).is_none()
        && clause.subject.is_some_and(party::is_party)
        && clause.verb.child("dobj").is_some()
        && has_infinitive(clause.verb)
}

/// "Is prohibited from fishing", "are not allowed to dock": what holds now; that they "were barred" happened.
pub(super) fn is_barred(verb: Token<'_>) -> bool {
    let from_deed = || {
        let deed = |c: Token<'_>| c.lower() == "from" && bearer::deed_behind(c).is_some();
        verb.children().any(deed)
    };
    let barred =
        has("prohibit forbid bar ban", &lemma(verb)) && (from_deed() || has_infinitive(verb));
    let disallowed = has("allow permit", &lemma(verb)) && is_negated(verb) && has_infinitive(verb);
    is_passive(verb) && is_present(verb) && !is_perfect(verb) && (barred || disallowed)
}

/// "Are subject to a port ban": what they may not do or have to bear.
pub(super) fn is_subjected(verb: Token<'_>) -> bool {
    let to_rule = |a: Token<'_>| {
        a.lower() == "subject"
            && object_of(a, &["to"]).is_some_and(|o| {
                has(
                    "ban freeze embargo moratorium curfew quota prohibition",
                    &lemma(o),
                )
            })
    };
    lemma(verb) == "be" && is_present(verb) && verb.child("acomp").is_some_and(to_rule)
}
