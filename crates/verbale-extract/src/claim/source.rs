//! Who speaks: the one who is named, else the page itself.

use std::collections::BTreeSet;

use verbale_core::{Act, Attribution, Document, Speaker, TextRange, TextSize};
use verbale_nlp::Token;

use super::antecedent;
use super::clause::Clause;
use super::context::Context;
use super::grammar::{
    is_finite, is_negated, is_passive, is_past, is_perfect, is_present, lemma, modal, noun_phrase,
    predicate,
};
use super::kind::denies_deed;
use super::modality::is_called_untrue;
use super::party;
use super::time;
use super::voice;
use super::words::{self, has};
use crate::Block;
use crate::attribution::turns::{self, Turn};
use crate::attribution::{AttributionMark, Form, by_interest, country, default_speaker};

/// The voice of the page itself.
#[derive(Debug, Clone)]
pub(super) struct House {
    attribution: Attribution,
    signatory: bool,
    /// Where somebody else talks, in an interview or a transcript, and what is attributed there.
    turns: Vec<(TextRange, Attribution)>,
}

impl House {
    /// The signatory of an office's own page, else the agency that wrote the story, else the publisher.
    pub(super) fn of(document: &Document) -> Self {
        let attribution = default_speaker(document);
        let signatory = attribution.on_behalf_of.is_some() || is_official(&document.metadata.kind);
        let talk = |turn: Turn| {
            let printed = attribution.speaker.iter().map(|s| s.name.clone());
            let said = Attribution {
                via: printed.chain(attribution.via.iter().cloned()).collect(),
                speaker: Some(turn.speaker),
                ..attribution.clone()
            };
            (turn.range, said)
        };
        Self {
            turns: turns::find(document).into_iter().map(talk).collect(),
            attribution,
            signatory,
        }
    }

    /// True if the page speaks for the one who made it: a statement, a letter, a report of an office.
    pub(super) fn is_signatory(&self) -> bool {
        self.signatory
    }

    /// The attribution of a bare assertion.
    pub(super) fn says(&self) -> &Attribution {
        &self.attribution
    }

    /// The attribution of a bare assertion at a place of the text: in a conversation that of the one who talks.
    pub(super) fn says_at(&self, range: TextRange) -> &Attribution {
        let turn = self.turns.iter().find(|(r, _)| r.contains_range(range));
        turn.map_or(&self.attribution, |(_, said)| said)
    }
}

fn is_official(kind: &str) -> bool {
    [
        "official",
        "statement",
        "own page",
        "press release",
        "letter",
        "speech",
    ]
    .iter()
    .any(|w| kind.contains(w))
}

/// Who says the proposition, with the act that its words make of a plain assertion.
pub(super) fn attribution<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Attribution {
    let mut said = match clause.mark {
        Some(m) => cx.marks.attributions[m].attribution.clone(),
        None => match taken_by_cue(cx, clause) {
            Some(own) => return own,
            None => cx
                .house
                .says_at(clause.range(&cx.reading.blocks()[clause.block]))
                .clone(),
        },
    };
    if said.act == Act::Say && expects(clause) {
        said.act = Act::Expect;
    }
    if said.act == Act::Say && (turns_down(clause) || is_called_untrue(clause.verb)) {
        said.act = Act::Deny;
    }
    if clause.mark.is_some() || cx.house.is_signatory() {
        let own = is_own_side(cx, clause, &said);
        let act = by_interest(said.act, clause.span().text(), own);
        // Only a party can be accused.
        let accused = clause
            .subject
            .is_some_and(|s| s.pos() == "PROPN" || names_other_party(s));
        if act != Act::Accuse || accused {
            said.act = act;
        }
        let quoted = clause
            .mark
            .is_some_and(|m| cx.marks.attributions[m].form == Form::Direct);
        if said.act == Act::Say
            && quoted
            && (own && is_negated(clause.verb) && is_past(clause.verb))
        {
            said.act = Act::Deny;
        }
        if said.said_on.is_none() && is_said_now(cx, clause) {
            said.said_on = time::publication(cx);
        }
    }
    if clause.mark.is_none() {
        published(cx, &mut said);
    }
    match clause
        .mark
        .and_then(|m| voice::cue_verb(cx, &cx.marks.attributions[m]))
    {
        Some(cue) if voice::refuses(cue) => said.act = Act::Other,
        None if clause.mark.is_none() && speaks_for_itself(clause) => {
            let own = of_subject(cx, clause);
            match own.speaker {
                Some(_) if !is_house(cx, clause) => return own,
                _ => said.act = own.act,
            }
        }
        _ => {}
    }
    said
}

/// What a publisher says, it says by publishing; what an agency wrote, it may have written before.
fn published(cx: &Context<'_>, said: &mut Attribution) {
    if said.said_on.is_none() && cx.metadata().agency.is_none() {
        said.said_on = time::publication(cx);
    }
}

/// "Builders are expected to run short", "I expect the opening in spring", "expected the first 150 by May".
fn expects(clause: &Clause<'_>) -> bool {
    let awaits = |v: Token<'_>| lemma(v) == "expect";
    let above = clause.verb.head();
    awaits(clause.verb) || awaits(above) && matches!(clause.verb.dep(), "xcomp" | "ccomp" | "dobj")
}

/// "It is not true that the lock leaks", "that is false": the proposition is denied, or the remark before it is.
fn turns_down(clause: &Clause<'_>) -> bool {
    let judged = |v: Token<'_>, words: &str| {
        lemma(v) == "be" && v.child("acomp").is_some_and(|a| has(words, &lemma(a)))
    };
    let untrue = |v: Token<'_>| {
        judged(v, "false untrue wrong incorrect") || is_negated(v) && judged(v, "true correct")
    };
    let below =
        matches!(clause.verb.dep(), "ccomp" | "csubj" | "advcl") && untrue(clause.verb.head());
    let points = clause
        .subject
        .is_some_and(|s| matches!(&*s.lower(), "that" | "this" | "it"));
    below || untrue(clause.verb) && points
}

/// "The port has called the order illegal": the clause is the cue of what its subject says, and no more than that.
fn taken_by_cue(cx: &Context<'_>, clause: &Clause<'_>) -> Option<Attribution> {
    let at = cx.reading.blocks()[clause.block].token_range(clause.verb);
    let (_, mark) = cx
        .marks
        .attributions
        .iter()
        .enumerate()
        .filter(|(m, _)| cx.voices[*m])
        .find(|(_, mark)| mark.cue.iter().any(|r| r.contains_range(at)))?;
    let a = &mark.attribution;
    let speaks = a.act != Act::Say || voice::calls_so(clause.verb);
    (speaks && a.speaker.is_some()).then(|| a.clone())
}

/// True if the subject is the voice of the page itself: "we", or "the Ministry" on the ministry's own page.
fn is_house(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    let Some(subject) = clause.subject.filter(|_| cx.house.is_signatory()) else {
        return false;
    };
    if matches!(&*lemma(subject), "we" | "i") {
        return true;
    }
    let publisher = cx
        .metadata()
        .publisher
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    let mut named = publisher.split_whitespace();
    let words = noun_phrase(subject).to_lowercase();
    words
        .split_whitespace()
        .filter(|w| !matches!(*w, "the" | "this" | "our"))
        .all(|w| named.any(|n| n == w))
}

/// "Experts suspect": a cue in the present is said when the page is published.
fn is_said_now(cx: &Context<'_>, clause: &Clause<'_>) -> bool {
    cx.metadata().agency.is_none()
        && clause
            .mark
            .and_then(|m| voice::cue_verb(cx, &cx.marks.attributions[m]))
            .is_some_and(|cue| is_finite(cue) && is_present(cue) && !is_perfect(cue))
}

/// "The ministry declined to comment", "Norvale blamed Kestria": the subject speaks by doing so.
fn speaks_for_itself(clause: &Clause<'_>) -> bool {
    if voice::withholds_thing(clause.verb) {
        return false;
    }
    // "Thirteen of 15 members supported it" is counted by another.
    let counted = |s: Token<'_>| {
        let some = s.children().any(|c| c.dep() == "nummod") && s.child("det").is_none();
        s.pos() == "NUM" || some
    };
    if clause.subject.is_some_and(counted) {
        return false;
    }
    voice::refuses(clause.verb)
        || has_verified(clause)
        || foresees(clause)
        || voice::demands_thing(clause.verb) && clause.subject.is_some_and(party::is_party)
        || has(words::SIDE_TAKING, &lemma(predicate(clause.verb)))
            && !is_passive(clause.verb)
            && (modal(clause.verb).is_none() || is_negated(clause.verb))
}

/// "The ministry expects between 40 and 50 tonnes": who expects something says so.
fn foresees(clause: &Clause<'_>) -> bool {
    has("expect forecast predict anticipate", &lemma(clause.verb))
        && !is_passive(clause.verb)
        && modal(clause.verb).is_none()
        && is_finite(clause.verb)
        && clause
            .subject
            .is_some_and(|s| party::is_party(s) && s.pos() != "PRON")
}

/// "The mission has verified 38 of the guns", "the panel documented 12 flights": who looked says so.
fn has_verified(clause: &Clause<'_>) -> bool {
    has("verify document identify", &lemma(clause.verb))
        && !is_passive(clause.verb)
        && clause
            .subject
            .is_some_and(|s| party::is_party(s) && s.pos() != "PRON")
}

/// The chain under what a page passes on.
pub(super) fn chain(cx: &Context<'_>) -> Vec<String> {
    let page = cx.metadata();
    page.publisher.iter().chain(&page.agency).cloned().collect()
}

/// Who is said to say what follows a block: the speaker of the last cue in it.
pub(super) fn said_in(cx: &Context<'_>, block: &Block) -> Option<Attribution> {
    let whole = block.to_document(0..block.doc.text().len());
    let mut marks = cx.marks.attributions.iter();
    let speaks = |m: &&AttributionMark| {
        m.attribution.speaker.is_some() && m.cue.iter().any(|r| whole.contains_range(*r))
    };
    marks.rfind(speaks).map(|m| m.attribution.clone())
}

/// The page's own attribution, with the day of its publication.
pub(super) fn of_page(cx: &Context<'_>) -> Attribution {
    let mut said = cx.house.says().clone();
    published(cx, &mut said);
    said
}

/// The subject as the speaker, with the page's own chain.
fn of_subject<'r>(cx: &Context<'r>, clause: &Clause<'r>) -> Attribution {
    let meant = |s: Token<'r>| match s.pos() {
        "PRON" if matches!(&*s.lower(), "he" | "she" | "it" | "they") => {
            antecedent::find(cx, clause, s)
        }
        _ => Some(s),
    };
    // A clause is nobody: "dated 2 October, the director warns".
    let somebody = clause.subject.filter(|s| s.dep() != "csubj");
    let named = somebody.and_then(meant);
    let act = match voice::refuses(clause.verb) {
        true => Act::Other,
        false => cx
            .packs
            .verbs("en")
            .lookup(&lemma(clause.verb))
            .map_or(Act::Say, |v| v.act),
    };
    // "He would not elaborate": whoever spoke last, where no sentence before names somebody.
    let went_on = || {
        let alone = somebody.is_some_and(|s| matches!(&*s.lower(), "he" | "she"));
        let at = clause.range(&cx.reading.blocks()[clause.block]).start();
        spoke_before(cx, at).filter(|_| alone)
    };
    Attribution {
        speaker: named.map(|s| known(cx, clause, s)).or_else(went_on),
        via: chain(cx),
        on_behalf_of: None,
        act,
        cue: None,
        // In "denied having dumped waste in June" the time is that of the deed.
        said_on: time::own(cx, clause)
            .filter(|_| !denies_deed(clause))
            .cloned(),
    }
}

/// Who spoke last before a place, by name.
fn spoke_before(cx: &Context<'_>, at: TextSize) -> Option<Speaker> {
    let marks = cx.marks.attributions;
    let before = marks.partition_point(|m| m.content.first().is_none_or(|r| r.start() < at));
    marks[..before]
        .iter()
        .rev()
        .take(MAX_MARKS_TO_PRONOUN)
        .filter_map(|m| m.attribution.speaker.as_ref())
        .find(|s| s.anonymity.is_none())
        .cloned()
}

/// How many statements back he may have spoken who is meant by "he".
const MAX_MARKS_TO_PRONOUN: usize = 2;

/// The speaker by whom a noun is meant: for "the panel" who spoke before and is called a panel, else its own words.
fn known(cx: &Context<'_>, clause: &Clause<'_>, noun: Token<'_>) -> Speaker {
    // "Falk would not say": the one who is named in full where he speaks.
    let surname = |s: &&Speaker| {
        let last = s.name.rsplit(' ').next();
        last == Some(noun.text()) && s.name.len() > noun.text().len()
    };
    let people = cx
        .marks
        .attributions
        .iter()
        .filter_map(|m| m.attribution.speaker.as_ref());
    if noun.ent_type() == "PERSON"
        && noun.children().all(|c| c.dep() != "compound")
        && let Some(person) = people.into_iter().find(surname)
    {
        return person.clone();
    }
    let definite = noun.tag() == "NN" && noun.children().any(|c| c.lower() == "the");
    let at = cx.reading.blocks()[clause.block].token_range(noun).start();
    let word = lemma(noun);
    let named = |s: &&Speaker| {
        s.name
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w.eq_ignore_ascii_case(&word))
    };
    let marks = cx.marks.attributions;
    let before = marks.partition_point(|m| m.content.first().is_none_or(|r| r.start() < at));
    marks[..before]
        .iter()
        .rev()
        .filter(|_| definite)
        .take(MAX_MARKS_BACK)
        .filter_map(|m| m.attribution.speaker.as_ref())
        .find(named)
        .cloned()
        .unwrap_or_else(|| Speaker {
            name: noun_phrase(noun),
            ..Speaker::default()
        })
}

/// How many statements back the one may have spoken who is meant by "the panel".
const MAX_MARKS_BACK: usize = 24;

/// True if the proposition is about the speaker's own side: "we", "it" said by an office, the same state.
fn is_own_side(cx: &Context<'_>, clause: &Clause<'_>, said: &Attribution) -> bool {
    let Some(subject) = clause.subject else {
        return false;
    };
    if subject.pos() == "PRON" && matches!(&*lemma(subject), "we" | "i" | "it") {
        return true;
    }
    let Some(speaker) = &said.speaker else {
        return false;
    };
    let side: Vec<&str> = [
        Some(speaker.name.as_str()),
        speaker.org.as_deref(),
        said.on_behalf_of.as_deref(),
    ]
    .into_iter()
    .flatten()
    .map(without_place)
    .collect();
    let side = side.join(" ");
    let named = noun_phrase(subject);
    let ours = country::mentioned(&side, cx.packs);
    let is_ours = |words: &str| {
        country::mentioned(words, cx.packs)
            .iter()
            .any(|c| ours.contains(c))
    };
    is_ours(&named)
        || stems(&side).intersection(&stems(&named)).next().is_some()
        || !names_other_party(subject) && is_ours(clause.span().text())
}

/// "Embassy in Pyongyang": where an office stands does not make it the office of that place.
fn without_place(name: &str) -> &str {
    [" in ", " to ", " at "]
        .iter()
        .find_map(|p| name.split_once(p))
        .map_or(name, |(office, _)| office)
}

/// True if the subject is a state, an organisation or a person by name.
fn names_other_party(subject: Token<'_>) -> bool {
    matches!(subject.ent_type(), "GPE" | "ORG" | "PERSON")
}

/// Names by their first letters, so that "Kestria" and "Kestrian" agree.
fn stems(words: &str) -> BTreeSet<String> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| {
            w.chars().next().is_some_and(char::is_uppercase) && w.chars().count() >= STEM_CHARS
        })
        .map(|w| {
            w.chars()
                .take(STEM_CHARS)
                .collect::<String>()
                .to_lowercase()
        })
        .collect()
}

const STEM_CHARS: usize = 5;
