//! What is said of the counted things: "returned by the port", "paid to a consultant".

use std::ops::Range;

use verbale_nlp::Token;

use super::naming::{points_back, states_amount};
use super::site::Site;
use super::trimmed;
use crate::claim::clause::Clause;
use crate::claim::grammar::{
    is_finite, is_negated, is_passive, lemma, noun_phrase, object_of, tidy,
};
use crate::claim::participle::{past_participle, present_participle};
use crate::claim::place;
use crate::claim::words::has;

/// "Rations were distributed to 71,400 people": rations distributed to people.
pub(super) fn given_to(carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let verb = carrier.verb;
    let preposition = site.top.head();
    let beside = site.top.dep() == "pobj" && preposition.head() == verb && is_passive(verb);
    let given = carrier
        .subject
        .filter(|s| beside && s.pos() == "NOUN" && s.i() < verb.i())?;
    Some(format!(
        "{} {} {}",
        noun_phrase(given),
        verb.text().to_lowercase(),
        preposition.lower()
    ))
}

/// What is said of the counted things: "returned by the port", "registering with the office".
pub(super) fn told(carrier: &Clause<'_>, site: &Site<'_>, evidence: &Range<usize>) -> String {
    let verb = carrier.verb;
    let not = if is_negated(verb) && !denies_object(verb) {
        "not "
    } else {
        ""
    };
    match site.top.dep() {
        // "He was among 11 people who died".
        "pobj" if site.top.head().lower() == "among" => said_of_them(site.top),
        "nsubj" | "nsubjpass" if is_passive(verb) => {
            let done = verb.text().to_lowercase();
            format!("{not}{done} {}", what_follows(verb, evidence))
        }
        "dobj"
            if carrier
                .subject
                .is_some_and(|s| matches!(s.pos(), "PROPN" | "NOUN")) =>
        {
            let by = carrier.subject.filter(|s| !is_number(*s)).map(noun_phrase);
            // "Left 12 people dead".
            if let Some(state) = left_so(verb) {
                return format!("left {state}");
            }
            by.map_or_else(|| past_participle(verb), |by| done_by(verb, &by))
        }
        "dobj" => past_participle(verb),
        // "The contract runs to 84 pages".
        "pobj" | "attr" | "npadvmod" if states_amount(verb) => carrier
            .subject
            .filter(|s| s.pos() == "NOUN" && !points_back(*s) && *s != site.top)
            .map(|s| format!("of {}", noun_phrase(s)))
            .unwrap_or_default(),
        "nsubj" if lemma(verb) == "be" => match state(verb) {
            none if none.is_empty() => placed(verb, evidence),
            state => state,
        },
        // The parser hung the number on the word of who says so.
        "nsubj" | "nsubjpass"
            if has("say tell add", &lemma(verb)) && verb.child("ccomp").is_none() =>
        {
            String::new()
        }
        // "Islanders reported to have left": a participle, whatever the parser says.
        "nsubj" if is_reported(verb) => {
            format!("{} {}", verb.lower(), what_follows(verb, evidence))
        }
        "nsubj" => {
            let doing = present_participle(&lemma(verb));
            let rest = what_follows(verb, evidence);
            // "Of the 2,510 houses, 1,870 have": nothing is said by the verb alone.
            match rest.is_empty() && has("have be do get make", &lemma(verb)) {
                true => String::new(),
                false => format!("{not}{doing} {rest}"),
            }
        }
        _ => String::new(),
    }
}

/// "Left 12 people dead", "made 300 families homeless": what became of them.
fn left_so(verb: Token<'_>) -> Option<String> {
    let state = verb
        .children()
        .find(|c| matches!(c.dep(), "oprd" | "acomp" | "ccomp" | "xcomp") && c.pos() == "ADJ")
        .or_else(|| {
            verb.child("dobj")?
                .children()
                .find(|c| c.dep() == "amod" && c.i() > c.head().i())
        })?;
    has("leave make render", &lemma(verb)).then(|| state.lower())
}

/// "Were in custody for questioning": the state that a preposition names.
fn placed(verb: Token<'_>, evidence: &Range<usize>) -> String {
    let state = verb.children().any(|c| {
        let somewhere = c
            .child("pobj")
            .is_none_or(|o| o.pos() == "PROPN" || place::is_place(o));
        c.dep() == "prep"
            && c.i() == verb.i() + 1
            && has("in under on at without", &c.lower())
            && !somewhere
    });
    match state {
        true => what_follows(verb, evidence),
        false => String::new(),
    }
}

/// "Who died": the relative clause of the counted, in two words.
fn said_of_them(noun: Token<'_>) -> String {
    let verb = noun.child("relcl").filter(|v| is_finite(*v));
    verb.map(|v| {
        format!(
            "who {}",
            v.doc().span(v.left_edge().i() + 1..v.i() + 1).text()
        )
    })
    .unwrap_or_default()
}

/// "Shipped by Selmira", "in the register": who did it, or what the number stands in.
fn done_by(verb: Token<'_>, by: &str) -> String {
    match has("show list contain include have give put", &lemma(verb)) {
        true => format!("in {by}"),
        false => format!("{} by {by}", past_participle(verb)),
    }
}

/// "30 houses had no water": the water is denied, and the object says so.
fn denies_object(verb: Token<'_>) -> bool {
    verb.children().all(|c| c.dep() != "neg")
}

/// True if the noun is a count itself: "more than 300 pilots".
fn is_number(noun: Token<'_>) -> bool {
    noun.child("nummod").is_some()
}

/// "Reported to have left", "thought to be working": the subject does not report or think.
fn is_reported(verb: Token<'_>) -> bool {
    has(
        "report believe think say know estimate allege",
        &lemma(verb),
    ) && matches!(verb.tag(), "VBD" | "VBN")
        && verb.child("xcomp").is_some_and(|x| {
            x.children()
                .any(|c| c.lower() == "to" && c.i() == verb.i() + 1)
        })
}

/// The words after the verb that say more of it, up to a mark or a few words on.
fn what_follows(verb: Token<'_>, evidence: &Range<usize>) -> String {
    let doc = verb.doc();
    let from = verb.i() + 1;
    let tells_day =
        |t: Token<'_>| matches!(t.dep(), "npadvmod" | "advmod") && t.ent_type() == "DATE";
    let ends = |t: Token<'_>| {
        let is_day = tells_day(t) || t.ent_type() == "DATE" && tells_day(t.head());
        t.is_punct() || t.dep() == "cc" || is_day && t.i() > from
    };
    let end = (from..evidence.end.min(from + MAX_FOLLOWING))
        .find(|&i| ends(doc.token(i)))
        .unwrap_or(evidence.end.min(from + MAX_FOLLOWING));
    if end <= from {
        return String::new();
    }
    let words = trimmed(doc.token(from), from..end);
    let words = doc.span(words).text().to_owned();
    if words.starts_with(|c: char| c.is_alphanumeric()) {
        words
    } else {
        String::new()
    }
}

/// Words after the verb that the name of a figure may have.
const MAX_FOLLOWING: usize = 6;

/// "Were idle": the complement.
fn state(verb: Token<'_>) -> String {
    verb.child("acomp").map(noun_phrase).unwrap_or_default()
}

/// "Paid 90,000 to a consultant": what such an amount is called. `None` for verbs that are no dealings in amounts.
pub(super) fn dealing(carrier: &Clause<'_>, site: &Site<'_>) -> Option<String> {
    let verb = carrier.verb;
    // "Had 5 million in cash", "holds 40 million in gold".
    let kept = object_of(verb, &["in"])
        .or_else(|| object_of(site.noun, &["in"]))
        .filter(|o| {
            has("have hold keep own", &lemma(verb))
                && has("cash reserve saving debt asset gold bond", &lemma(*o))
        });
    if let Some(kept) = kept {
        let of = carrier
            .subject
            .filter(|s| !points_back(*s))
            .map(noun_phrase);
        let of = of.map(|of| format!("of {of}")).unwrap_or_default();
        return Some(tidy(&format!("{} {of}", kept.lower())));
    }
    let (name, link) = DEALINGS
        .iter()
        .find(|(verbs, ..)| has(verbs, &lemma(verb)))
        .map(|(_, name, link)| (*name, *link))?;
    let by = match site.top.dep() {
        "dobj" | "npadvmod" | "attr" => carrier.subject,
        "nsubjpass" => object_of(verb, &["by"]),
        _ => return None,
    };
    let by = by.filter(|s| !points_back(*s) && !site.number.contains(&s.i()));
    let by = by.map(|s| format!("{link} {}", noun_phrase(s)));
    let rest = verb
        .children()
        .filter(|c| {
            matches!(c.dep(), "prep" | "dative")
                && matches!(&*lemma(*c), "to" | "for" | "from" | "on")
        })
        .filter_map(|p| p.child("pobj"))
        .filter(|o| o.subtree().all(|t| t.pos() != "NUM"))
        .map(|o| format!("{} {}", o.head().lower(), noun_phrase(o)));
    let rest: Vec<String> = rest.take(2).collect();
    Some(tidy(&format!(
        "{name} {} {}",
        by.unwrap_or_default(),
        rest.join(" ")
    )))
}

/// Verbs of dealing in amounts, what the amount is called, and how the subject is joined to it.
const DEALINGS: [(&str, &str, &str); 14] = [
    ("pay disburse", "payment", "by"),
    ("spend", "spending", "by"),
    ("earn make", "earnings", "of"),
    ("cost", "cost", "of"),
    ("lose", "losses", "of"),
    ("owe", "debt", "of"),
    ("charge", "charge", "by"),
    ("invest", "investment", "by"),
    ("lend loan", "loan", "by"),
    ("pledge promise", "pledge", "by"),
    ("raise collect", "sum raised", "by"),
    ("donate contribute hand", "contribution", "by"),
    ("give grant", "grant", "by"),
    ("fine", "fine", "of"),
];
