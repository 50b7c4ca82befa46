//! "Missed the deadline": which one, where the page names only one; "the deadline for the houses is 30 September".

use verbale_core::{Anchor, Proposition, Timex};
use verbale_nlp::Token;

use super::Draft;
use super::clause::Clause;
use super::context::Context;
use super::grammar::{is_perfect, lemma, noun_phrase, tidy};
use super::time;
use super::words::has;

/// Dates the missed duties that have no time of their own by the page's only deadline.
///
/// A missed deadline holds from the deadline on, not from the day on which somebody speaks of it; a page with
/// several deadlines leaves open which one is meant.
pub(super) fn date_missed(drafts: &mut [Draft]) {
    let only = only_deadline(drafts);
    for draft in drafts {
        let said = draft.attribution.said_on.clone();
        let Proposition::Status(status) = &mut draft.proposition else {
            continue;
        };
        let spoken = status.as_of.is_none() || status.as_of == said;
        if status.status == "missed" && spoken {
            status.as_of = only.clone().filter(|_| status.subject.contains("deadline"));
        }
    }
}

/// The day by which something must be done, if all obligations of the page agree on it.
fn only_deadline(drafts: &[Draft]) -> Option<Timex> {
    let mut days: Vec<&Timex> = drafts
        .iter()
        .filter_map(|d| match &d.proposition {
            Proposition::Obligation(o) => o.deadline.as_ref(),
            _ => None,
        })
        .filter(|t| t.interval.is_some())
        .collect();
    days.dedup_by(|a, b| a.interval == b.interval);
    match days.as_slice() {
        [day] => Some(Timex {
            anchor: Anchor::Text,
            ..(*day).clone()
        }),
        _ => None,
    }
}

/// "The deadline for the houses is 30 September": the noun, where its day is stated.
pub(super) fn stated<'r>(cx: &Context<'_>, clause: &Clause<'r>) -> Option<Token<'r>> {
    let verb = clause.verb;
    let states = has("be fall expire end", &lemma(verb)) && !is_perfect(verb);
    clause
        .subject
        .filter(|s| states && has("deadline cutoff", &lemma(*s)))
        .filter(|_| time::own(cx, clause).is_some_and(|t| !time::is_past(cx, t)))
}

/// "The deadline for the houses", "the deadline to report": what must be done by then.
pub(super) fn what_is_due(noun: Token<'_>) -> String {
    let told = |c: Token<'_>| match c.dep() {
        "acl" => Some(tidy(noun.doc().span(c.i()..c.right_edge().i() + 1).text())),
        _ => c.child("pobj").map(noun_phrase),
    };
    noun.children()
        .find(|c| c.dep() == "acl" || c.dep() == "prep" && has("for to", &lemma(*c)))
        .and_then(told)
        .unwrap_or_else(|| noun_phrase(noun))
}
