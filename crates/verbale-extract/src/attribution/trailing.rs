//! "…, the ministry said on Monday.": the cue that ends a sentence, told by the order of words.
//!
//! No form of report is more frequent, and none is parsed wrongly more often: the clause is cut off at its
//! first comma, or the noun before the verb is hung on the clause. Here the last comma before the cue decides.
//!
//! Not here: direct speech (`quoted.rs`), and cues with another clause behind them.

use verbale_core::TextRange;

use super::draft::{Draft, Nature, Scene, Tokens};
use super::lexicon::{self, Frames};
use super::subject::{self, Phrase};
use super::tree::{self, Tree};
use super::{verbs, words};

/// What follows the verb in its clause ("on Monday", "in a statement") is at most this long.
const MAX_TAIL_TOKENS: usize = 16;

/// What is said has at least this many tokens.
const MIN_CONTENT_TOKENS: usize = 3;

/// A cue at the end of a sentence with its speaker, and what stands before them.
struct Trailing {
    verb: usize,
    speaker: Phrase,
    content: Tokens,
    /// The sentence, or its part between semicolons.
    part: Tokens,
}

/// Widens the drafts of such cues to all that stands before them; adds those that the parse has hidden.
pub(super) fn complete(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let sentences: Vec<Tokens> = scene
        .tree
        .doc()
        .sents()
        .flat_map(|s| at_semicolons(scene, s.start()..s.end()))
        .collect();
    for found in sentences.into_iter().filter_map(|s| trailing(scene, s)) {
        let Some(content) = scene.range(scene.trimmed(found.content.clone())) else {
            continue;
        };
        let known = drafts
            .iter_mut()
            .find(|d| (d.block, d.pivot) == (scene.index, found.verb));
        match known {
            Some(d) if d.rule == "quote" => {}
            Some(d) => {
                // What stands behind the semicolon is another's, or nobody's.
                let part = scene.range(found.part.clone());
                let follows = |r: &TextRange| part.is_some_and(|p| r.start() >= p.end());
                d.content
                    .retain(|r| !content.contains_range(*r) && !follows(r));
                d.content.push(content);
                d.speaker_head = Some(found.speaker.head);
                d.speaker = Some(found.speaker.span);
                d.nature = Nature::Statement;
            }
            None => drafts.push(Draft {
                block: scene.index,
                pivot: found.verb,
                cue: verbs::cue_of(&scene.tree, found.verb, None),
                speaker_head: Some(found.speaker.head),
                speaker: Some(found.speaker.span),
                content: vec![content],
                nature: Nature::Statement,
                rule: "trailing",
                goes_on_from: None,
            }),
        }
    }
}

/// "Tarn searched 19, its coast guard said; Norvale's count is 23": each part by itself.
fn at_semicolons(scene: &Scene<'_>, sentence: Tokens) -> Vec<Tokens> {
    let tree = &scene.tree;
    let mut parts = Vec::new();
    let mut from = sentence.start;
    for i in sentence.clone() {
        if tree.text(i) == ";" && scene.quote_at(i).is_none() {
            parts.push(from..i);
            from = i + 1;
        }
    }
    parts.push(from..sentence.end);
    parts
}

fn trailing(scene: &Scene<'_>, sentence: Tokens) -> Option<Trailing> {
    let tree = &scene.tree;
    let idle = |i: usize| tree.is_punct(i) || tree.is_space(i);
    let end = sentence.clone().rev().find(|&i| !idle(i))? + 1;
    let verb = (sentence.start..end)
        .rev()
        .filter(|&i| is_finite_cue(scene, i))
        .take(2)
        .find(|&v| appendix(tree, v, end) - v <= MAX_TAIL_TOKENS)?;
    let end = appendix(tree, verb, end);
    if !is_tail(tree, verb, end) {
        return None;
    }
    let (comma, speaker) = speaker_before(scene, sentence.start, verb)?;
    let content = sentence.start..comma;
    // "Denied that the crews had left, as an official had said": the clause that it hangs on and not all of it.
    let is_aside = tree.lemma(comma + 1) == "as";
    if is_aside && content.clone().any(|i| is_finite_cue(scene, i)) {
        return None;
    }
    let speaks = lexicon::verb(tree.lemma(verb)).has(Frames::SPEECH)
        || words::is_document(tree.lemma(speaker.head));
    (speaks && carries_clause(scene, &content)).then_some(Trailing {
        verb,
        speaker,
        content,
        part: sentence,
    })
}

/// Where something else begins behind the verb: "…, the port said, rejecting the claim that …", "…, a pilot said, who
/// was not on duty".
fn appendix(tree: &Tree<'_>, verb: usize, end: usize) -> usize {
    (verb + 1..end.saturating_sub(1))
        .find(|&i| tree.text(i) == "," && matches!(tree.tag(i + 1), "VBG" | "WP" | "WDT"))
        .unwrap_or(end)
}

/// A verb of speech with a tense, outside of quotations.
fn is_finite_cue(scene: &Scene<'_>, i: usize) -> bool {
    let tree = &scene.tree;
    let frames = lexicon::verb(tree.lemma(i));
    (matches!(tree.tag(i), "VBD" | "VBZ" | "VBP") || is_hidden_verb(tree, i))
        && (speaks(frames) || SHOWING.contains(&tree.lemma(i)))
        && scene.quote_at(i).is_none()
        && !subject::is_passive(tree, i)
}

fn speaks(frames: Frames) -> bool {
    [Frames::CLAUSE, Frames::QUOTE, Frames::SPEECH]
        .iter()
        .all(|f| frames.has(*f))
}

/// What documents do: "…, a table in the annex shows".
const SHOWING: &[&str] = &["show", "indicate", "suggest", "reveal"];

/// "…, Brandt estimates.": the tagger takes the last word of a sentence behind a name for a noun.
fn is_hidden_verb(tree: &Tree<'_>, i: usize) -> bool {
    tree.tag(i) == "NNS"
        && i >= 2
        && tree.tag(i - 1) == "NNP"
        && (i.saturating_sub(MAX_NAME_TOKENS)..i).any(|k| tree.text(k) == ",")
        && (i + 1..tree.sentence(i).end).all(|k| tree.is_punct(k) || tree.is_space(k))
}

/// A name between the comma and such a verb is at most this long.
const MAX_NAME_TOKENS: usize = 5;

/// True if nothing but time, place, addressee and occasion stands behind the verb.
fn is_tail(tree: &Tree<'_>, verb: usize, end: usize) -> bool {
    let mut tail = verb + 1..end;
    let addressee = matches!(
        tree.lemma(verb),
        "tell" | "remind" | "inform" | "assure" | "warn"
    );
    let opens = tail.clone().next().is_none_or(|i| {
        addressee
            || matches!(tree.tag(i), "IN" | "RB" | "," | "TO")
            || matches!(tree.token(i).ent_type(), "DATE" | "TIME")
    });
    opens
        && tail.all(|i| !matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD" | "VB"))
        && !(verb + 1..end).any(|i| tree::is_quote_mark(tree.text(i)))
}

/// The noun phrase between a comma and the cue: the parse's subject where one stands there, else the words.
fn speaker_before(scene: &Scene<'_>, start: usize, verb: usize) -> Option<(usize, Phrase)> {
    let tree = &scene.tree;
    let is_comma = |i: usize| tree.text(i) == "," && scene.quote_at(i).is_none();
    let parsed = tree
        .child(verb, &["nsubj"])
        .filter(|&s| s < verb)
        .and_then(|s| subject::phrase(tree, s))
        .filter(|p| p.span.start > start && is_comma(p.span.start - 1));
    if let Some(phrase) = parsed {
        return Some((phrase.span.start - 1, phrase));
    }
    (start + 1..verb)
        .rev()
        .filter(|&i| is_comma(i))
        .find_map(|comma| {
            let phrase = subject::by_words(tree, comma + 1..verb)?;
            Some((comma, phrase))
        })
}

/// True for a main clause in the reporter's words.
fn carries_clause(scene: &Scene<'_>, content: &Tokens) -> bool {
    let tree = &scene.tree;
    let Some(first) = content
        .clone()
        .find(|&i| !tree.is_punct(i) && !tree.is_space(i))
    else {
        return false;
    };
    let subordinate = matches!(
        tree.lemma(first),
        "when"
            | "after"
            | "before"
            | "as"
            | "while"
            | "if"
            | "since"
            | "because"
            | "although"
            | "though"
            | "ask"
            | "but"
    );
    let quoted = scene.quotes.iter().enumerate().any(|(q, quote)| {
        quote.is_full(scene.text()) && content.contains(&scene.quote_tokens(q).start)
    });
    let finite = |i: usize| matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD");
    let leads = matches!(tree.tag(first), "VBN" | "VBG");
    content.len() >= MIN_CONTENT_TOKENS
        && !subordinate
        && !quoted
        && content
            .clone()
            .any(|i| finite(i) || !leads && is_past_form(tree, i))
}

/// "The last pilots left aboard a tug, it said": a past tense that the parse has taken for a participle.
fn is_past_form(tree: &Tree<'_>, i: usize) -> bool {
    tree.tag(i) == "VBN"
        && tree.dep(i) == "acl"
        && matches!(tree.dep(tree.head(i)), "nsubj" | "ROOT")
        && tree.child(i, &["agent"]).is_none()
}
