//! Direct speech: which cue introduces a quotation, and which quotations go on without one.
//!
//! The parser is at its weakest between quotation marks, so that these rules look at the order of words and
//! marks and use the parse only to find the subject of a verb.

use std::ops::Range;

use super::draft::{Draft, Nature, Scene};
use super::lexicon::{self, Frames};
use super::subject;
use super::verbs;
use super::words;

/// How a quotation is bound to a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Binding {
    /// By the verb at this token.
    Verb(usize),
    /// To the quotation before it in the block, whose cue ends its sentence.
    Continues(usize),
    /// By nothing on this page that is certain.
    Free,
}

/// The rule of speech that goes on in a new paragraph without a cue.
pub(super) const CONTINUED: &str = "quote-continued";

/// How far from a quotation a verb may stand, in tokens.
const REACH: usize = 30;

/// A clause with a cue between two parts of one quotation is at most this long.
const MAX_CUE_TOKENS: usize = 60;

/// Direct speech of a passage: one draft for each cue, with every quotation that it introduces.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut bindings: Vec<Binding> = Vec::with_capacity(scene.quotes.len());
    for q in 0..scene.quotes.len() {
        let binding = bind(scene, q, &bindings);
        bindings.push(binding);
    }
    let mut drafts: Vec<Draft> = labels(scene, &bindings);
    for (q, binding) in bindings.iter().enumerate() {
        let Some(verb) = verb_of(&bindings, *binding) else {
            continue;
        };
        let range = scene.quote_range(q);
        if let Some(d) = drafts.iter_mut().find(|d| d.pivot == verb) {
            d.content.push(range);
        } else {
            let mut draft = draft(scene, verb);
            draft.content.push(range);
            drafts.push(draft);
        }
    }
    drafts
}

/// A speaker before a colon stands at most this far from it.
const MAX_LABEL_TOKENS: usize = 12;

/// `The harbor office: "…"`: a name or a document before a colon, in a sentence without a verb of speech.
fn labels(scene: &Scene<'_>, bindings: &[Binding]) -> Vec<Draft> {
    let label = |q: usize| {
        let tree = &scene.tree;
        let quote = scene.quote_tokens(q);
        let colon = quote
            .start
            .checked_sub(1)
            .filter(|&i| tree.text(i) == ":")?;
        let start = stop_before(scene, colon).max(colon.saturating_sub(MAX_LABEL_TOKENS));
        let head = (start..colon)
            .rev()
            .find(|&i| !tree.is_punct(i) && !tree.is_space(i))?;
        let named = matches!(tree.token(head).ent_type(), "PERSON" | "ORG")
            || words::is_document(tree.lemma(head));
        let speaker = subject::phrase(tree, head).filter(|_| named)?;
        Some(Draft {
            block: scene.index,
            pivot: colon,
            cue: vec![colon..colon + 1],
            speaker_head: Some(speaker.head),
            speaker: Some(speaker.span.start..head + 1),
            content: vec![scene.quote_range(q)],
            nature: Nature::Statement,
            rule: "label",
            goes_on_from: None,
        })
    };
    (0..scene.quotes.len())
        .filter(|&q| bindings[q] == Binding::Free && scene.quotes[q].is_full(scene.text()))
        .filter_map(label)
        .collect()
}

/// The verb behind a binding, through the quotations that it continues.
fn verb_of(bindings: &[Binding], binding: Binding) -> Option<usize> {
    match binding {
        Binding::Verb(v) => Some(v),
        Binding::Continues(q) => verb_of(bindings, bindings[q]),
        Binding::Free => None,
    }
}

/// A draft of direct speech with its cue and speaker, but no content yet.
pub(super) fn draft(scene: &Scene<'_>, verb: usize) -> Draft {
    let tree = &scene.tree;
    let above = subject::goes_on_from(tree, verb).or_else(|| subject::speech_before(tree, verb));
    let speaker = if subject::is_passive(tree, verb) {
        subject::agent_of(tree, verb)
    } else {
        subject::subject_of(tree, above.unwrap_or(verb))
            .filter(|s| scene.quote_at(s.head) == scene.quote_at(verb))
            .or_else(|| neighbor(scene, verb))
    };
    Draft {
        block: scene.index,
        pivot: verb,
        cue: verbs::cue_of(tree, verb, None),
        speaker_head: speaker.as_ref().map(|s| s.head),
        speaker: speaker.map(|s| s.span),
        content: Vec::new(),
        nature: Nature::Statement,
        rule: "quote",
        goes_on_from: above,
    }
}

/// The noun phrase beside a verb that the parse has left without a subject: "…," said the pilot.
pub(super) fn neighbor(scene: &Scene<'_>, verb: usize) -> Option<subject::Phrase> {
    let tree = &scene.tree;
    let noun = |i: usize| {
        matches!(tree.tag(i), "NN" | "NNS" | "NNP" | "NNPS" | "PRP" | "WP")
            && scene.quote_at(i).is_none()
    };
    let after = (verb + 1..tree.len().min(verb + 6))
        .take_while(|&i| !matches!(tree.text(i), "," | "." | ":"))
        .find(|&i| noun(i));
    let before = (verb.saturating_sub(4)..verb).rev().find(|&i| noun(i));
    let i = before.or(after)?;
    subject::phrase(tree, i)
}

fn bind(scene: &Scene<'_>, q: usize, earlier: &[Binding]) -> Binding {
    let quote = scene.quotes[q];
    if !quote.is_full(scene.text()) {
        return Binding::Free;
    }
    let tokens = scene.quote_tokens(q);
    if let Some(v) = verb_after(scene, q, &tokens) {
        return Binding::Verb(v);
    }
    if let Some(v) = verb_before(scene, q, &tokens) {
        return Binding::Verb(v);
    }
    if q > 0 && verb_of(earlier, earlier[q - 1]).is_some() && continues(scene, q) {
        return Binding::Continues(q - 1);
    }
    Binding::Free
}

/// `"…," said X`, `"…?" X asked`.
fn verb_after(scene: &Scene<'_>, q: usize, quote: &Range<usize>) -> Option<usize> {
    let text = scene.text();
    let q_ = &scene.quotes[q];
    let inner = q_.text(text).trim_end();
    let rest = text[q_.end..].trim_start();
    let comma_outside = rest.starts_with(',');
    let may = comma_outside
        || inner.ends_with([',', '?', '!', '-', '—', '–', '…'])
        || inner.ends_with('.') && rest.starts_with(char::is_lowercase)
        || !inner.ends_with('.') && !rest.starts_with('.');
    if !may {
        return None;
    }
    let tree = &scene.tree;
    let end = stop_after(scene, quote.end);
    let start = (quote.end..end).find(|&i| !tree.is_punct(i) && !tree.is_space(i))?;
    // "…," but she kept silent: another clause begins, not a cue.
    if matches!(tree.tag(start), "CC" | "IN" | "WRB" | "WDT") {
        return None;
    }
    let mut verbs = (start..end.min(start + REACH)).filter(|&i| is_speech(scene, i));
    let v = verbs.next()?;
    // The verb belongs to the quotation if it stands next to it, or its clause does.
    // "“Why now?” She then wrote, “…”": the verb introduces the next quotation.
    let asked = inner.ends_with(['?', '!', '.']) && !comma_outside;
    if asked && q + 1 < scene.quotes.len() && introduces(scene, v, q + 1) {
        return None;
    }
    let near = v - start <= 2;
    let subject = subject::subject_of(&scene.tree, v);
    let subject_first = subject
        .as_ref()
        .is_some_and(|s| s.head >= start && s.span.start <= start + 1);
    (near || subject_first).then_some(v)
}

/// True if only punctuation stands between the verb and the quotation, and announces it.
fn introduces(scene: &Scene<'_>, verb: usize, q: usize) -> bool {
    let between = verb + 1..scene.quote_tokens(q).start;
    let mut tokens = between.clone().filter(|&i| !scene.tree.is_space(i));
    scene.quotes[q].is_full(scene.text())
        && tokens.clone().all(|i| {
            scene.tree.is_punct(i) || scene.tree.dep(i) == "prt" || scene.tree.tag(i) == "RB"
        })
        && tokens.any(|i| matches!(scene.tree.text(i), "," | ":"))
}

/// `X said: "…"`, `X, who …, wrote, "…"`.
fn verb_before(scene: &Scene<'_>, q: usize, quote: &Range<usize>) -> Option<usize> {
    let tree = &scene.tree;
    let text = scene.text();
    let before = text[..scene.quotes[q].start].trim_end();
    let announced = before.ends_with([',', ':', '—', '–', '-']) || before.ends_with("that");
    let start = stop_before(scene, quote.start);
    let last = (start..quote.start)
        .rev()
        .find(|&i| !tree.is_punct(i) && !tree.is_space(i))?;
    let v = (start..quote.start)
        .rev()
        .take(REACH)
        .find(|&i| is_speech(scene, i))?;
    if v == last || announced {
        Some(v)
    } else {
        None
    }
}

/// A second quotation after the cue's sentence: `"…," she said. "…"`, or after its comma.
fn continues(scene: &Scene<'_>, q: usize) -> bool {
    // Nothing but the cue's clause stands between the two: a token, since "Mr." ends no sentence.
    let between = scene.quote_tokens(q - 1).end..scene.quote_tokens(q).start;
    let stops = between
        .clone()
        .filter(|&i| matches!(scene.tree.text(i), "." | "!" | "?"))
        .count();
    between.len() < MAX_CUE_TOKENS && stops <= 1
}

/// True for verbs of speech outside quotations.
fn is_speech(scene: &Scene<'_>, i: usize) -> bool {
    let tree = &scene.tree;
    let frames = lexicon::verb(tree.lemma(i));
    let puts_it = tree.lemma(i) != "put"
        || tree
            .child(i, &["dobj"])
            .is_some_and(|o| tree.lemma(o) == "it");
    frames.has(Frames::QUOTE)
        && puts_it
        && tree.is_verb(i)
        && scene.quote_at(i).is_none()
        && !(tree.dep(i) == "amod" || tree.dep(i) == "compound")
}

/// The token after which the quotation's own sentence is over.
fn stop_after(scene: &Scene<'_>, from: usize) -> usize {
    let tree = &scene.tree;
    (from..tree.len())
        .find(|&i| {
            scene.quote_at(i).is_some()
                || matches!(tree.text(i), "." | "?" | "!" | ":" | ";")
                || tree.is_space(i) && tree.text(i).contains('\n')
        })
        .unwrap_or(tree.len())
}

/// The first token of the sentence that leads up to a quotation.
fn stop_before(scene: &Scene<'_>, to: usize) -> usize {
    let tree = &scene.tree;
    (0..to)
        .rev()
        .find(|&i| {
            scene.quote_at(i).is_some()
                || matches!(tree.text(i), "." | "?" | "!" | ";")
                || tree.is_space(i) && tree.text(i).contains('\n')
        })
        .map_or(0, |i| i + 1)
}
