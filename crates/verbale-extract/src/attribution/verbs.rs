//! Cue verbs with their clauses: "said that …", "urged the crew to …", "…, she added".
//!
//! Not here: which verbs are cues ([`lexicon`]), quotations that the parse does not tie to a verb (`quoted.rs`).

mod active;
mod passive;

use active::active;
pub(super) use active::{PUT_AT, TALLY, noun_content};
use passive::{impression, passive};

use super::draft::{Draft, Nature, Scene, Tokens};
use super::lexicon::{self, Frames};
use super::quoted;
use super::subject::{self, Phrase};
use super::tree::Tree;
use super::words;

/// What a cue verb attributes: the content's pieces, words that widen the cue, and the construction.
struct Complement {
    pieces: Vec<Tokens>,
    /// A preposition or particle that is part of the cue: "called *for*".
    link: Option<usize>,
    /// A speaker that the construction itself names.
    speaker: Option<Phrase>,
    /// False where the subject is part of the content: "is expected to".
    subject_speaks: bool,
    nature: Nature,
    rule: &'static str,
}

impl Complement {
    fn new(pieces: Vec<Tokens>, nature: Nature, rule: &'static str) -> Self {
        Self {
            pieces,
            link: None,
            speaker: None,
            subject_speaks: true,
            nature,
            rule,
        }
    }
}

/// Every cue verb of a passage with what it attributes.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    (0..scene.tree.len())
        .filter_map(|v| draft(scene, v))
        .collect()
}

fn draft(scene: &Scene<'_>, v: usize) -> Option<Draft> {
    let tree = &scene.tree;
    let frames = lexicon::verb(tree.lemma(v));
    if !tree.is_verb(v) || !lexicon::is_cue_verb(tree.lemma(v)) {
        return None;
    }
    if is_citing(tree, v) || expels(tree, v) {
        return None;
    }
    let complement = if lexicon::is_impression(tree.lemma(v)) {
        impression(tree, v)?
    } else if subject::is_passive(tree, v) {
        passive(tree, v, frames)?
    } else {
        active(tree, v, frames)?
    };
    let speaker = match complement.speaker.clone() {
        Some(s) => Some(s),
        None if complement.subject_speaks => subject::subject_of(tree, v)
            .map(|s| match scene.quote_at(s.head) == scene.quote_at(v) {
                true => Some(s),
                // "“…, 207 of them,” the president, Ivo Lund, wrote": who is quoted is not in the quotation.
                false => quoted::neighbor(scene, v),
            })
            .unwrap_or_default(),
        None => None,
    };
    if complement.subject_speaks && !may_speak(tree, speaker.as_ref(), &complement) {
        return None;
    }
    let content: Vec<_> = complement
        .pieces
        .iter()
        .filter_map(|p| scene.range(scene.trimmed(p.clone())))
        .collect();
    if content.is_empty() {
        return None;
    }
    let speaker_head = speaker.as_ref().map(|s| s.head);
    Some(Draft {
        block: scene.index,
        pivot: v,
        cue: cue_of(tree, v, complement.link),
        speaker_head,
        speaker: speaker.map(|s| s.span),
        content,
        nature: nature_by_subject(tree, v, speaker_head, complement.nature),
        rule: complement.rule,
        goes_on_from: subject::goes_on_from(tree, v),
    })
}

/// "Declared six diplomats personae non gratae": by declaring it, they are.
fn expels(tree: &Tree<'_>, v: usize) -> bool {
    let is_unwelcome = |i: usize| {
        matches!(
            &*tree.token(i).lower(),
            "grata" | "gratae" | "grata”" | "gratas"
        )
    };
    matches!(tree.lemma(v), "declare" | "consider" | "pronounce" | "name")
        && tree.span(v).any(is_unwelcome)
}

/// ", citing an official": it says where the words before it come from, and quotes nothing itself.
fn is_citing(tree: &Tree<'_>, v: usize) -> bool {
    let above = lexicon::verb(tree.lemma(tree.head(v)));
    tree.tag(v) == "VBG"
        && matches!(tree.lemma(v), "cite" | "quote")
        && matches!(tree.dep(v), "advcl" | "acl")
        && above.has(Frames::QUOTE)
}

/// "The treaty requires …" is no utterance: the reporter says what the treaty provides.
fn nature_by_subject(tree: &Tree<'_>, v: usize, subject: Option<usize>, nature: Nature) -> Nature {
    let instrument = subject.is_some_and(|s| words::is_instrument(tree.lemma(s)));
    let recites = matches!(
        tree.lemma(v),
        "say" | "state" | "declare" | "note" | "quote" | "claim"
    );
    let shows = matches!(
        tree.lemma(v),
        "show" | "demonstrate" | "prove" | "establish" | "indicate"
    );
    let document = subject.is_some_and(|s| words::is_document(tree.lemma(s)));
    match nature {
        Nature::Statement if instrument && !recites => Nature::Provision,
        Nature::Belief if shows || document => Nature::Statement,
        other => other,
    }
}

/// False where the subject cannot be a speaker: "this means", "the loss raises", "do you support".
fn may_speak(tree: &Tree<'_>, speaker: Option<&Phrase>, complement: &Complement) -> bool {
    let attitude = complement.nature == Nature::Attitude;
    let Some(s) = speaker else { return !attitude };
    let empty = subject::is_empty_word(tree, s.head);
    let thing = empty || subject::is_abstract(tree, s.head);
    let reader =
        matches!(tree.lemma(s.head), "i" | "we" | "you" | "one") && tree.tag(s.head) == "PRP";
    let uttered = complement.nature == Nature::Statement
        && matches!(
            complement.rule,
            "clause" | "clause-inverted" | "parenthetical"
        );
    (!thing || uttered && !empty) && !(attitude && reader)
}

/// The verb with its auxiliaries, negation and particle, and the preposition that ties the content to it.
pub(super) fn cue_of(tree: &Tree<'_>, v: usize, link: Option<usize>) -> Vec<Tokens> {
    let first = tree
        .children(v)
        .filter(|&c| c < v && matches!(tree.dep(c), "aux" | "auxpass" | "neg"))
        .filter(|&c| v - c <= 4)
        .min()
        .unwrap_or(v);
    let start = (first..v)
        .rev()
        .take_while(|&i| i >= first && matches!(tree.dep(i), "aux" | "auxpass" | "neg" | "advmod"))
        .last()
        .unwrap_or(v);
    let start = quoted_as(tree, v).unwrap_or(start);
    let mut end = v + 1;
    if let Some(p) = tree.child(v, &["prt"]).filter(|&p| p == v + 1) {
        end = p + 1;
    }
    match link {
        Some(l) if l == end => vec![start..l + 1],
        Some(l) if l >= end => vec![start..end, l..l + 1],
        _ => vec![start..end],
    }
}

/// The start of "was quoted as" before "saying".
fn quoted_as(tree: &Tree<'_>, v: usize) -> Option<usize> {
    let as_ = tree.head(v);
    let quoted = tree.head(as_);
    let fits = tree.dep(v) == "pcomp"
        && tree.lemma(as_) == "as"
        && matches!(tree.lemma(quoted), "quote" | "cite");
    fits.then(|| cue_of(tree, quoted, None)[0].start)
        .filter(|&s| v - s < 6)
}

/// Finite clauses under verbs of thought are beliefs; other complements of such verbs are attitudes.
fn clause_nature(frames: Frames) -> Nature {
    if frames.has(Frames::SPEECH) {
        Nature::Statement
    } else {
        Nature::Belief
    }
}

fn nature_of(frames: Frames) -> Nature {
    if frames.has(Frames::SPEECH) {
        Nature::Statement
    } else {
        Nature::Attitude
    }
}
