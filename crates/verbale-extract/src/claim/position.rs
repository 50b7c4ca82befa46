//! Evaluations, motives, readings.

use verbale_core::{ClaimKind, Position};

use super::clause::{Clause, Shape};
use super::context::Context;
use super::fit;
use super::grammar::{complement, lemma, noun_phrase, object_of, tidy};
use super::party;
use super::source;
use super::voice;
use super::words::{self, has};

/// The position claim of a clause.
pub(super) fn build(cx: &Context<'_>, clause: &Clause<'_>) -> Position {
    Position {
        holder: holder(cx, clause),
        stance: stance(clause),
        target: target(cx, clause),
    }
}

/// Whose position it is: the subject of a verb of attitude that names a party, else the speaker.
fn holder(cx: &Context<'_>, clause: &Clause<'_>) -> String {
    let own = clause.subject.filter(|s| {
        clause.shape != Shape::Nominal
            && (has(words::ATTITUDE_VERBS, &lemma(clause.verb)) || takes_it(cx, clause))
            && (s.pos() == "PROPN" || party::is_party(*s) && s.pos() != "PRON")
    });
    if let Some(party) = own {
        return noun_phrase(party);
    }
    let said = source::attribution(cx, clause);
    match (said.on_behalf_of, said.speaker) {
        (Some(side), _) => side,
        // Who speaks in an office's name holds the office's position.
        (None, Some(s)) if party::speaks_for_office(&s) => party::side_of(&s),
        (None, Some(s)) => s.name,
        (None, None) => String::new(),
    }
}

/// "The union welcomed the result": the verb itself is the stance, and the subject takes it.
fn takes_it(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    has(words::SIDE_TAKING, &lemma(clause.verb))
        || fit::of_kind(cx, clause, ClaimKind::Position)
            .is_some_and(|f| f.pattern.filler("holder") != Some("speaker"))
}

/// The page's words.
fn stance(clause: &Clause<'_>) -> String {
    let words = tidy(clause.span().text());
    match words.char_indices().nth(MAX_STANCE_CHARS) {
        Some((cut, _)) => {
            let end = words[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", &words[..end])
        }
        None => words,
    }
}

const MAX_STANCE_CHARS: usize = 160;

/// What it is about: the object of the judgement, else its subject.
fn target(cx: &Context<'_>, clause: &Clause<'_>) -> Option<String> {
    let verb = clause.verb;
    if clause.shape == Shape::Nominal {
        return Some(noun_phrase(verb)).filter(|t| !t.is_empty());
    }
    let object = if voice::refuses(verb) {
        let told = verb.child("xcomp").filter(|_| complement(verb).is_none());
        told.map_or(complement(verb), complement)
            .or_else(|| object_of(told.unwrap_or(verb), &["on", "to", "about"]))
    } else if has(words::ATTITUDE_VERBS, &lemma(verb)) || takes_it(cx, clause) {
        complement(verb).or_else(|| object_of(verb, &["about", "of", "for", "with"]))
    } else {
        None
    };
    object
        .or(clause.subject)
        .filter(|t| t.pos() != "PRON" && t.dep() != "expl")
        .map(noun_phrase)
        .filter(|t| !t.is_empty())
}
