//! What active verbs attribute, by construction.

use super::{Complement, clause_nature, nature_of};
use crate::attribution::draft::{Nature, Tokens};
use crate::attribution::lexicon::{self, Frames};
use crate::attribution::subject::has_to;
use crate::attribution::tree::{self, Tree};
use crate::attribution::words;

pub(super) fn active(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    put_at(tree, v)
        .or_else(|| tally(tree, v))
        .or_else(|| clause(tree, v, frames))
        .or_else(|| infinitive(tree, v, frames))
        .or_else(|| predicate(tree, v, frames))
        .or_else(|| as_phrase(tree, v, frames))
        .or_else(|| preposition(tree, v, frames))
        .or_else(|| light_noun(tree, v))
        .or_else(|| noun(tree, v, frames))
        .or_else(|| gerund(tree, v, frames))
        .or_else(|| parenthetical(tree, v, frames))
}

/// "Said (that) …", "wondered why …", and the inverted "…, said X".
fn clause(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::CLAUSE) {
        return None;
    }
    let is_clause = |&c: &usize| {
        tree.dep(c) == "ccomp"
            || tree.dep(c) == "xcomp"
                && has_to(tree, c)
                && frames.has(Frames::SPEECH)
                && tree.tag(v) != "VBN"
                && tree.child(c, SUBJECTS).is_some()
    };
    let before = || {
        tree.children(v)
            .filter(|&c| c < v && may_invert(tree, v, frames))
            .find(is_clause)
    };
    // "40 boats remain, the port said in a report, with ice having kept them": what stands behind a comma is no content
    // where there is one before the cue.
    let is_parted = |c: usize| (v + 1..tree.span(c).start).any(|i| tree.text(i) == ",");
    let right = tree
        .children(v)
        .filter(|&c| c > v)
        .find(is_clause)
        .filter(|&c| !is_parted(c) || before().is_none());
    let c = right
        .or_else(|| displaced(tree, v, frames))
        .or_else(before)?;
    let nature = clause_nature(frames);
    if c > v {
        return Some(Complement::new(
            vec![after_cue(tree, v, c)],
            nature,
            "clause",
        ));
    }
    let pieces = runs_under(tree, c);
    if pieces.is_empty() {
        return None;
    }
    Some(Complement::new(pieces, nature, "clause-inverted"))
}

/// "Informed us in a letter of 3 May that …": the parse hangs the clause on the letter or its date.
fn displaced(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<usize> {
    if !(frames.has(Frames::SPEECH) && frames.has(Frames::QUOTE)) {
        return None;
    }
    let occasion = tree.children(v).find(|&c| {
        c > v && tree.dep(c) == "prep" && matches!(tree.lemma(c), "in" | "at" | "during")
    })?;
    (occasion..tree.span(occasion).end)
        .filter(|&i| tree.dep(i) == "mark" && tree.lemma(i) == "that")
        .map(|i| tree.head(i))
        .find(|&c| {
            matches!(tree.dep(c), "ccomp" | "acl" | "relcl") && tree.child(c, SUBJECTS).is_some()
        })
}

/// "Put the loss at $9 million", "estimated the share at a fifth".
fn put_at(tree: &Tree<'_>, v: usize) -> Option<Complement> {
    let link = match tree.lemma(v) {
        "put" | "estimate" | "peg" | "place" | "assess" => "at",
        "give" => "as",
        _ => return None,
    };
    let object = tree.child(v, &["dobj"])?;
    let counts = |at: usize| (at + 1..tree.span(at).end).any(|i| tree.tag(i) == "CD");
    let at = (v + 1..tree.span(v).end).find(|&i| {
        tree.lemma(i) == link && (tree.head(i) == v || tree.is_under(i, object)) && counts(i)
    })?;
    if object < v {
        // "Which she puts at …": the object is the relative pronoun.
        return Some(Complement::new(
            vec![at + 1..tree.span(at).end],
            Nature::Statement,
            PUT_AT,
        ));
    }
    let end = tree
        .children(v)
        .find(|&c| c > object && matches!(tree.dep(c), "cc" | "conj"))
        .unwrap_or(tree.span(v).end);
    let start = tree.span(object).start.max(v + 1);
    Some(Complement::new(vec![start..end], Nature::Statement, PUT_AT))
}

/// "The guild counts 27 wrecks", "the office gives 10,940": who counted says so.
fn tally(tree: &Tree<'_>, v: usize) -> Option<Complement> {
    if !lexicon::is_counting(tree.lemma(v)) {
        return None;
    }
    let counter = tree.child(v, &["nsubj"])?;
    let speaks = words::is_institution(tree.lemma(counter))
        || tree.token(counter).ent_type() == "ORG"
        || tree.tag(counter) == "PRP" && tree.lemma(v) != "give";
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v)?;
    let bare = tree.tag(object) == "CD";
    let counted = bare || tree.lemma(v) != "give" && tree.child(object, &["nummod"]).is_some();
    let start = tree.span(object).start.max(v + 1);
    (speaks && counted).then(|| {
        let pieces = vec![start..tree.span(v).end.max(object + 1)];
        Complement::new(pieces, Nature::Statement, TALLY)
    })
}

/// The rule of a figure that somebody has counted.
pub(in crate::attribution) const TALLY: &str = "tally";

/// The rule of a figure that somebody gives as an estimate.
pub(in crate::attribution) const PUT_AT: &str = "put-at";

/// True for verbs that may follow what they introduce: "…, said X", "…, he thinks".
fn may_invert(tree: &Tree<'_>, v: usize, frames: Frames) -> bool {
    let thinks = matches!(
        tree.lemma(v),
        "think"
            | "believe"
            | "hope"
            | "suspect"
            | "know"
            | "guess"
            | "suppose"
            | "fear"
            | "feel"
            | "find"
            | "show"
    );
    let addressee = matches!(
        tree.lemma(v),
        "tell" | "remind" | "inform" | "assure" | "ask" | "warn" | "write"
    );
    let busy = tree
        .children(v)
        .any(|c| c > v && (tree.dep(c) == "xcomp" || tree.dep(c) == "dobj" && !addressee));
    (frames.has(Frames::QUOTE) || thinks) && !busy
}

const SUBJECTS: &[&str] = &["nsubj", "nsubjpass", "csubj", "expl"];

/// The complement's stretch, cut where it reaches back over the verb.
pub(super) fn after_cue(tree: &Tree<'_>, v: usize, c: usize) -> Tokens {
    let span = tree.span(c);
    let start = span.start.max(v + 1);
    after_time(tree, v, c, start)..span.end.max(v + 1)
}

/// Skips "on Tuesday" between cue and content: by the custom of news it says when the words were said.
fn after_time(tree: &Tree<'_>, v: usize, c: usize, start: usize) -> usize {
    let is_time = |i: usize| matches!(tree.token(i).ent_type(), "DATE" | "TIME");
    let subject = tree
        .child(c, SUBJECTS)
        .filter(|&s| s > start)
        .unwrap_or(start);
    let mut at = start;
    if at < subject && matches!(tree.lemma(at), "on" | "in" | "late" | "early") {
        at += 1;
    }
    let first = at;
    while at < subject && is_time(at) {
        at += 1;
    }
    let beside = start == v + 1 && at > first && at <= tree.span(subject).start;
    if beside { at } else { start }
}

/// The maximal runs of tokens below `top`; pieces of punctuation alone are dropped.
fn runs_under(tree: &Tree<'_>, top: usize) -> Vec<Tokens> {
    let mut runs: Vec<Tokens> = Vec::new();
    for i in tree.span(top) {
        if !tree.is_under(i, top) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs.retain(|r| r.clone().any(|i| !tree.is_punct(i) && !tree.is_space(i)));
    runs
}

/// "Vowed to …", "urged X to …".
fn infinitive(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    let c = tree.children(v).find(|&c| {
        c > v && matches!(tree.dep(c), "xcomp" | "ccomp" | "advcl") && has_to(tree, c)
    })?;
    let object = tree
        .child(v, &["dobj", "dative"])
        .filter(|&o| o > v && o < c);
    let subject = tree.child(c, &["nsubj"]).filter(|&s| s > v);
    let fits = match (object.or(subject), tree.dep(c)) {
        (Some(_), _) => frames.has(Frames::OBJECT_INFINITIVE),
        (None, "advcl") => false,
        (None, _) => frames.has(Frames::INFINITIVE),
    };
    if !fits {
        return None;
    }
    let start = object
        .map_or(tree.span(c).start, |o| tree.span(o).start)
        .max(v + 1);
    Some(Complement::new(
        vec![start..tree.span(c).end],
        nature_of(frames),
        "infinitive",
    ))
}

/// "Called X Y", "considers X unfit".
fn predicate(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::PREDICATE) {
        return None;
    }
    let Some(c) = tree
        .children(v)
        .find(|&c| c > v && matches!(tree.dep(c), "oprd" | "ccomp" | "xcomp"))
    else {
        return named(tree, v);
    };
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v && o < c);
    let start = object
        .map_or(tree.span(c).start, |o| tree.span(o).start)
        .max(v + 1);
    Some(Complement::new(
        vec![start..tree.span(c).end],
        nature_of(frames),
        "predicate",
    ))
}

/// "Called X “Y”" where the parse makes one phrase of both.
fn named(tree: &Tree<'_>, v: usize) -> Option<Complement> {
    if !matches!(
        tree.lemma(v),
        "call" | "dub" | "label" | "brand" | "nickname"
    ) {
        return None;
    }
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v)?;
    let start = tree.span(object).start.max(v + 1);
    let end = tree.span(v).end;
    let stop = (tree.span(object).end..end)
        .find(|&i| matches!(tree.text(i), "," | ";" | "—" | "–" | "--") || tree.dep(i) == "cc")
        .unwrap_or(end);
    Some(Complement::new(
        vec![start..stop],
        Nature::Statement,
        "predicate",
    ))
}

/// "Described X as Y".
fn as_phrase(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::AS) {
        return None;
    }
    let as_ = tree
        .children(v)
        .find(|&c| c > v && tree.lemma(c) == "as" && tree.dep(c) == "prep")?;
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v && o < as_)?;
    let span = tree.span(object).start.max(v + 1)..tree.span(as_).end;
    Some(Complement::new(vec![span], nature_of(frames), "as"))
}

/// "Called for X", "accused X of Y", "warned against X".
fn preposition(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    let lemma = tree.lemma(v);
    let (p, kind) = tree
        .children(v)
        .filter(|&c| c > v && matches!(tree.dep(c), "prep" | "prt" | "agent"))
        .find_map(|c| Some((c, lexicon::with_preposition(lemma, tree.lemma(c))?)))?;
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v && o < p);
    let start = match object {
        Some(_) if frames.has(Frames::QUOTE) && lemma != "accuse" => p + 1,
        Some(o) => tree.span(o).start,
        None => p + 1,
    };
    // "called on the port to close": the infinitive belongs to the content.
    let end = tree
        .children(v)
        .filter(|&c| c > p && matches!(tree.dep(c), "xcomp" | "ccomp" | "advcl") && has_to(tree, c))
        .map(|c| tree.span(c).end)
        .max()
        .unwrap_or(tree.span(p).end)
        .max(tree.span(p).end);
    let end = if tree.dep(p) == "prt" {
        tree.child(v, &["dobj", "ccomp"])
            .map_or(end, |o| tree.span(o).end.max(end))
    } else {
        end
    };
    if end <= start {
        return None;
    }
    let link = object.is_none().then_some(p);
    Some(Complement {
        link,
        ..Complement::new(vec![start..end], nature_of(kind), "preposition")
    })
}

/// "Made the claim that …", "expressed hope that …", "has doubts about …".
fn light_noun(tree: &Tree<'_>, v: usize) -> Option<Complement> {
    if !lexicon::is_light_verb(tree.lemma(v)) {
        return None;
    }
    let noun = tree
        .child(v, &["dobj"])
        .filter(|&o| lexicon::is_cue_noun(tree.lemma(o)))?;
    // "Sent a signal on Monday that …": the parse may hang the clause on the verb.
    let of_verb = || {
        let is_that = |c: &usize| {
            tree.dep(*c) == "ccomp"
                && tree
                    .child(*c, &["mark"])
                    .is_some_and(|m| tree.lemma(m) == "that")
        };
        let c = tree.children(v).filter(|&c| c > noun).find(is_that)?;
        Some(tree.span(c))
    };
    let span = noun_content(tree, noun).or_else(of_verb)?;
    let mut c = Complement::new(vec![span], Nature::Statement, "light-noun");
    c.link = Some(noun);
    Some(c)
}

/// What a cue noun brings after it: "that …", "to …", "for …", "about …".
pub(in crate::attribution) fn noun_content(tree: &Tree<'_>, noun: usize) -> Option<Tokens> {
    tree.children(noun)
        .filter(|&c| c > noun)
        .find(|&c| match tree.dep(c) {
            "acl" | "ccomp" | "relcl" => {
                has_to(tree, c)
                    || tree
                        .child(c, &["mark"])
                        .is_some_and(|m| matches!(tree.lemma(m), "that" | "whether" | "if"))
            }
            "prep" => matches!(
                tree.lemma(c),
                "for"
                    | "about"
                    | "against"
                    | "over"
                    | "on"
                    | "to"
                    | "of"
                    | "with"
                    | "toward"
                    | "towards"
            ),
            _ => false,
        })
        .map(|c| {
            let span = tree.span(c);
            let from = if tree.dep(c) == "prep" {
                c + 1
            } else {
                span.start
            };
            from.max(noun + 1)..span.end
        })
        .filter(|s| !s.is_empty())
}

/// "Denied the charge", "supports the plan".
fn noun(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::NOUN) {
        return None;
    }
    let object = tree.child(v, &["dobj"]).filter(|&o| o > v)?;
    // "Denied a report that ships had sailed": what the report says is denied.
    let turns = matches!(
        tree.lemma(v),
        "deny" | "reject" | "dismiss" | "dispute" | "refute" | "confirm" | "acknowledge"
    );
    let told = tree.children(object).find(|&c| {
        c > object
            && matches!(tree.dep(c), "acl" | "ccomp" | "relcl")
            && tree
                .child(c, &["mark"])
                .is_some_and(|m| tree.lemma(m) == "that")
    });
    if let Some(c) = told.filter(|_| turns) {
        return Some(Complement::new(
            vec![tree.span(c)],
            nature_of(frames),
            "told-noun",
        ));
    }
    // "We will defend our north": who says so commits himself, and passes on nothing.
    let commits = tree.child(v, &["aux"]).is_some_and(|a| tree.tag(a) == "MD")
        && tree
            .child(v, &["nsubj"])
            .is_some_and(|s| matches!(tree.lemma(s), "we" | "I"));
    if commits {
        return None;
    }
    // "Questioned 2,400 people" doubts nothing.
    if tree.lemma(v) == "question" && tree.child(object, &["nummod"]).is_some() {
        return None;
    }
    let end = tree
        .children(v)
        .filter(|&c| {
            c > object
                && tree.dep(c) == "prep"
                && matches!(tree.lemma(c), "for" | "as" | "of" | "over")
        })
        .map(|c| tree.span(c).end)
        .max()
        .unwrap_or(0)
        .max(tree.span(object).end);
    let start = tree.span(object).start.max(v + 1);
    Some(Complement::new(vec![start..end], nature_of(frames), "noun"))
}

/// "Denied taking the money".
fn gerund(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::GERUND) {
        return None;
    }
    let c = tree
        .children(v)
        .find(|&c| c > v && tree.dep(c) == "xcomp" && tree.tag(c) == "VBG")?;
    Some(Complement::new(
        vec![tree.span(c)],
        nature_of(frames),
        "gerund",
    ))
}

/// "…, officials said, …" where the parse has not tied the clause around it to the verb.
fn parenthetical(tree: &Tree<'_>, v: usize, frames: Frames) -> Option<Complement> {
    if !frames.has(Frames::CLAUSE) || !frames.has(Frames::SPEECH) {
        return None;
    }
    let subject = tree.child(v, &["nsubj"])?;
    let addressee = matches!(tree.lemma(v), "tell" | "remind" | "inform" | "assure");
    if tree.child(v, &["dobj", "xcomp"]).is_some_and(|o| o > v) && !addressee {
        return None;
    }
    let sentence = tree.sentence(v);
    let s = tree.span(subject);
    let clause_start = s.start.min(v);
    let mut clause_end = s.end.max(v + 1);
    // A time, a place or "in a statement" may follow the verb.
    for c in tree.children(v).filter(|&c| {
        c > v
            && matches!(
                tree.dep(c),
                "prep" | "npadvmod" | "advmod" | "dobj" | "dative"
            )
    }) {
        clause_end = clause_end.max(tree.span(c).end);
    }
    let before = (sentence.start..clause_start)
        .rev()
        .find(|&i| !tree.is_space(i) && !tree::is_quote_mark(tree.text(i)));
    if before.is_none_or(|i| !matches!(tree.text(i), "," | "—" | "–" | "--" | "-" | "?" | "!"))
    {
        return None;
    }
    let mut pieces = Vec::new();
    let left = clause_start - sentence.start;
    if left > 3 {
        pieces.push(sentence.start..clause_start);
    }
    let after = (clause_end..sentence.end).find(|&i| !tree.is_space(i));
    match after.map(|i| tree.text(i)) {
        Some("," | "—" | "–" | "--") => {
            if (2..=3).contains(&left) {
                pieces.push(sentence.start..clause_start);
            }
            pieces.push(clause_end..sentence.end);
        }
        None | Some("." | "?" | "!" | ";" | ":" | "\"" | "”") => {}
        Some(_) => return None,
    }
    (!pieces.is_empty()).then(|| Complement::new(pieces, Nature::Statement, "parenthetical"))
}
