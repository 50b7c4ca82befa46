//! Cues that are no verbs: "according to", nouns, adjectives, adverbs, and the colon of headlines.

use super::draft::{Draft, Nature, Scene, Tokens};
use super::lexicon;
use super::subject::{self, Phrase};
use super::tree::Tree;
use super::verbs;

/// Every cue of a passage that is no verb.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = (0..scene.tree.len())
        .filter_map(|i| {
            according(scene, i)
                .or_else(|| as_clause(scene, i))
                .or_else(|| noun(scene, i))
                .or_else(|| own_view(scene, i))
                .or_else(|| aside(scene, i))
                .or_else(|| adjective(scene, i))
                .or_else(|| adverb(scene, i))
        })
        .collect();
    drafts.extend(colon(scene));
    drafts
}

fn build(
    scene: &Scene<'_>,
    pivot: usize,
    cue: Vec<Tokens>,
    speaker: Option<Phrase>,
    pieces: &[Tokens],
    nature: Nature,
    rule: &'static str,
) -> Option<Draft> {
    let content: Vec<_> = pieces
        .iter()
        .filter_map(|p| scene.range(scene.trimmed(p.clone())))
        .collect();
    (!content.is_empty()).then(|| Draft {
        block: scene.index,
        pivot,
        cue,
        speaker_head: speaker.as_ref().map(|s| s.head),
        speaker: speaker.map(|s| s.span),
        content,
        nature,
        rule,
        goes_on_from: None,
    })
}

/// The sentence of `i` without `hole`.
fn rest_of_sentence(scene: &Scene<'_>, i: usize, hole: &Tokens) -> Vec<Tokens> {
    let sentence = scene.tree.sentence(i);
    [
        sentence.start..hole.start.max(sentence.start),
        hole.end.min(sentence.end)..sentence.end,
    ]
    .into_iter()
    .filter(|p| {
        p.clone()
            .filter(|&k| !scene.tree.is_punct(k) && !scene.tree.is_space(k))
            .count()
            > 1
    })
    .collect()
}

/// "According to X, …", "…, according to X".
fn according(scene: &Scene<'_>, i: usize) -> Option<Draft> {
    let tree = &scene.tree;
    if !tree.text(i).eq_ignore_ascii_case("according") || tree.text(i + 1).to_lowercase() != "to" {
        return None;
    }
    let to = i + 1;
    let speaker = match tree.child(to, &["pobj"]) {
        Some(o) => subject::phrase(tree, o)?,
        None => {
            let o = (to + 1..tree.sentence(i).end).find(|&k| tree.tag(k).starts_with("NN"))?;
            subject::phrase(tree, o)?
        }
    };
    let speaker = up_to_comma(tree, i, speaker);
    let hole = i..tree.span(speaker.head).end.max(speaker.span.end);
    let mut pieces = rest_of_sentence(scene, i, &hole);
    // "The paper recalls that according to X, …": what stands before is the cue of another.
    let is_told = i > 0 && matches!(tree.text(i - 1), "that" | "says" | "said");
    if is_told {
        pieces.retain(|p| p.start >= hole.end);
    }
    build(
        scene,
        i,
        vec![i..to + 1],
        Some(speaker),
        &pieces,
        Nature::Statement,
        "according",
    )
}

/// The comma after "According to X with Y," closes the phrase, wherever the parse hangs "with Y".
fn up_to_comma(tree: &Tree<'_>, i: usize, mut speaker: Phrase) -> Phrase {
    let leads =
        (tree.sentence(i).start..i).all(|k| tree.is_punct(k) || matches!(tree.tag(k), "CC" | "RB"));
    let stop = (speaker.span.end..tree.sentence(i).end.min(speaker.span.end + MAX_TAIL_TOKENS))
        .find(|&k| tree.text(k) == ",");
    if let Some(stop) = stop.filter(|_| leads)
        && (speaker.span.end..stop).all(|k| !tree.is_verb(k))
    {
        speaker.span.end = stop;
    }
    speaker
}

/// "With knowledge of the matter" and its like are at most this long.
const MAX_TAIL_TOKENS: usize = 10;

/// "As the captain put it, …", "…, as she noted".
fn as_clause(scene: &Scene<'_>, v: usize) -> Option<Draft> {
    let tree = &scene.tree;
    let frames = lexicon::verb(tree.lemma(v));
    let puts_it = tree.lemma(v) == "put"
        && tree
            .child(v, &["dobj"])
            .is_some_and(|o| tree.lemma(o) == "it");
    if !(frames.has(lexicon::Frames::SPEECH) || puts_it) || tree.dep(v) != "advcl" {
        return None;
    }
    tree.children(v)
        .find(|&c| c < v && tree.lemma(c) == "as" && matches!(tree.dep(c), "mark" | "advmod"))?;
    let speaker = subject::phrase(tree, tree.child(v, &["nsubj"])?)?;
    if tree.child(v, &["ccomp", "xcomp"]).is_some()
        || (!puts_it && tree.child(v, &["dobj"]).is_some())
    {
        return None;
    }
    // "Denied that the crews had left, as an official had said": what the official said is that they had.
    let told = tree.head(v);
    let pieces = match tree.dep(told) {
        "ccomp" => {
            let whole = tree.span(told);
            let start = (whole.start..told)
                .find(|&i| !matches!(tree.dep(i), "mark" | "punct"))
                .unwrap_or(told);
            let end = tree.span(v).start.max(start + 1);
            vec![start..end.min(whole.end)]
        }
        _ => rest_of_sentence(scene, v, &tree.span(v)),
    };
    build(
        scene,
        v,
        verbs::cue_of(tree, v, None),
        Some(speaker),
        &pieces,
        Nature::Statement,
        "as-clause",
    )
}

/// "Her claim that …", "the mayor's call for …", "criticism of the plan by residents".
fn noun(scene: &Scene<'_>, n: usize) -> Option<Draft> {
    let tree = &scene.tree;
    if !tree.tag(n).starts_with("NN") || !lexicon::is_cue_noun(tree.lemma(n)) {
        return None;
    }
    let content = verbs::noun_content(tree, n)?;
    let speaker = tree
        .child(n, &["poss"])
        .or_else(|| {
            let by = tree.children(n).find(|&c| {
                c > n && tree.dep(c) == "prep" && matches!(tree.lemma(c), "by" | "from" | "among")
            })?;
            tree.child(by, &["pobj"])
        })
        .and_then(|s| subject::phrase(tree, s))
        .filter(|s| s.span.end <= content.start || s.span.start >= content.end)?;
    let end = if tree.dep(content.start.saturating_sub(1)) == "prep" && content.start == n + 2 {
        n + 2
    } else {
        n + 1
    };
    build(
        scene,
        n,
        vec![n..end],
        Some(speaker),
        &[content],
        Nature::Statement,
        "noun",
    )
}

/// What somebody has of a matter: "in his estimate", "by her count", "in the ministry's view".
const VIEWS: &[&str] = &[
    "estimate",
    "estimation",
    "view",
    "opinion",
    "count",
    "account",
    "judgment",
    "judgement",
    "reckoning",
    "assessment",
    "calculation",
    "telling",
];

/// "At least 60 ships, in his estimate, sail on forged papers."
fn own_view(scene: &Scene<'_>, n: usize) -> Option<Draft> {
    let tree = &scene.tree;
    let preposition = tree.head(n);
    let is_view = VIEWS.contains(&tree.lemma(n))
        && tree.dep(n) == "pobj"
        && matches!(tree.lemma(preposition), "in" | "by" | "on");
    if !is_view {
        return None;
    }
    let speaker = subject::phrase(tree, tree.child(n, &["poss"])?)?;
    let hole = preposition..n + 1;
    let pieces = rest_of_sentence(scene, n, &hole);
    build(
        scene,
        n,
        vec![preposition..preposition + 1, n..n + 1],
        Some(speaker),
        &pieces,
        Nature::Statement,
        "view",
    )
}

/// Verbs that look like plurals: the tagger takes the third person for one between commas.
const PRESENTS: &[&str] = &[
    "estimates",
    "claims",
    "reports",
    "figures",
    "reckons",
    "says",
];

/// "2,300 people have left, the harbor office estimates, most of them by boat."
fn aside(scene: &Scene<'_>, v: usize) -> Option<Draft> {
    let tree = &scene.tree;
    if tree.tag(v) != "NNS" || !PRESENTS.contains(&tree.text(v).to_lowercase().as_str()) {
        return None;
    }
    let sentence = tree.sentence(v);
    let is_stop = |i: usize| matches!(tree.text(i), "," | "." | ";");
    let behind = (v + 1 < sentence.end)
        .then_some(v + 1)
        .filter(|&i| is_stop(i))?;
    let start = (sentence.start..v).rev().find(|&i| is_stop(i))? + 1;
    // "The UN's office estimates": the nouns before it are the one who estimates.
    let head = v
        .checked_sub(1)
        .filter(|&h| h >= start && tree.tag(h).starts_with("NN"))?;
    let names = |i: usize| !tree.is_verb(i) && !matches!(tree.tag(i), "IN" | "CC" | "TO" | "CD");
    if !(start..v).all(names) || v - start > MAX_LABEL_TOKENS {
        return None;
    }
    let speaker = Phrase {
        head,
        span: start..v,
    };
    let pieces = rest_of_sentence(scene, v, &(start - 1..behind));
    build(
        scene,
        v,
        vec![v..v + 1],
        Some(speaker),
        &pieces,
        Nature::Statement,
        "aside",
    )
}

/// "The captain is confident that …", "critical of …", "eager to …".
fn adjective(scene: &Scene<'_>, a: usize) -> Option<Draft> {
    let tree = &scene.tree;
    if !lexicon::is_cue_adjective(tree.lemma(a))
        || !matches!(tree.dep(a), "acomp" | "oprd" | "ROOT" | "conj" | "advcl")
    {
        return None;
    }
    let c = tree.children(a).find(|&c| {
        c > a
            && (matches!(tree.dep(c), "ccomp" | "xcomp")
                || tree.dep(c) == "prep" && !matches!(tree.lemma(c), "in" | "at" | "after" | "on"))
    })?;
    let span = tree.span(c);
    let pieces = if tree.dep(c) == "prep" {
        c + 1..span.end
    } else {
        span
    };
    let verb = tree.head(a);
    let speaker = subject::subject_of(
        tree,
        if tree.dep(a) == "acomp" || tree.dep(a) == "oprd" {
            verb
        } else {
            a
        },
    )
    .filter(|s| {
        tree.lemma(s.head) != "it"
            && !subject::is_empty_word(tree, s.head)
            && !subject::is_abstract(tree, s.head)
    })?;
    let start = if tree.dep(a) == "acomp" && verb < a && a - verb < 4 {
        verb
    } else {
        a
    };
    build(
        scene,
        a,
        vec![start..a + 1],
        Some(speaker),
        &[pieces],
        Nature::Attitude,
        "adjective",
    )
}

/// "Reportedly": the clause is somebody's, but nobody's in particular.
fn adverb(scene: &Scene<'_>, i: usize) -> Option<Draft> {
    let tree = &scene.tree;
    if !lexicon::is_hearsay_adverb(tree.lemma(i)) || tree.dep(i) != "advmod" {
        return None;
    }
    let clause = tree.span(tree.head(i));
    let pieces = [
        clause.start..i.max(clause.start),
        (i + 1).min(clause.end)..clause.end,
    ];
    let pieces: Vec<_> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
    build(
        scene,
        i,
        vec![i..i + 1],
        None,
        &pieces,
        Nature::Hearsay,
        "adverb",
    )
}

/// A label before a colon is at most this long.
const MAX_LABEL_TOKENS: usize = 8;

/// "Minister: bridge to open in May", and the speaker labels of transcripts.
fn colon(scene: &Scene<'_>) -> Option<Draft> {
    let tree = &scene.tree;
    // Markdown sets labels in bold: `**Ada Brandt:** It leaks.`
    let at = (1..tree.len().min(MAX_LABEL_TOKENS)).find(|&i| tree.text(i).starts_with(':'))?;
    let is_bold = |i: &usize| matches!(tree.text(*i), "*" | "**" | "_");
    let start = (0..at).find(|i| !is_bold(i))?;
    let end = (start..at).find(is_bold).unwrap_or(at);
    let label = start..end;
    let is_set_off = start > 0 && tree.text(start).starts_with(char::is_uppercase);
    let names = is_set_off
        || label.clone().any(|i| {
            matches!(tree.token(i).ent_type(), "PERSON" | "ORG" | "NORP" | "GPE")
                || tree.tag(i).starts_with("NNP") && tree.text(i).len() > 1
        });
    let verb = label.clone().any(|i| tree.is_verb(i));
    // "Orn: the embassy is closed" is a line of a list; places speak in headlines.
    let place = !scene.is_title
        && label
            .clone()
            .all(|i| tree.token(i).ent_type() == "GPE" || tree.is_punct(i));
    if place {
        return None;
    }
    let long = tree.len() > at + 4;
    if !names || verb || !long {
        return None;
    }
    let speaker = Phrase {
        head: end - 1,
        span: label,
    };
    let content = (at + 1..tree.len()).find(|i| !is_bold(i))?;
    build(
        scene,
        at,
        vec![at..at + 1],
        Some(speaker),
        &[content..tree.len()],
        Nature::Statement,
        "colon",
    )
}
