//! The propositions of a sentence: which verbs carry one, and which words belong to it.
//!
//! A proposition is a main clause, what a reporting verb governs, or what is joined to one of these. Clauses
//! that only modify (adverbial, relative) belong to the proposition they modify, except a loose relative clause
//! that dates its own happening. A reporting clause is no proposition: its content is.
//!
//! Not here: of which kind a proposition is.

mod nominal;
mod trim;

use std::ops::Range;

use verbale_core::{TextRange, TimexKind};
use verbale_nlp::{Span, Token};

use super::context::Context;
use super::grammar::{
    auxiliaries, comma_between, hidden_subject, is_finite, is_negated, is_parted_before,
    is_passive, is_perfect, is_set_against, is_subject, is_verbal, lemma, own_subject, stretch,
    subject,
};
use super::layout::Layout;
use super::modality::truth_claim;
use super::obligation;
use super::voice;
use super::words::{self, has};
use crate::Block;

/// One proposition.
#[derive(Clone, Copy)]
pub(super) struct Clause<'r> {
    /// Index of the block.
    pub(super) block: usize,
    /// The verb that carries it, or the head of the noun phrase.
    pub(super) verb: Token<'r>,
    /// What it is said of; shared with the verb before where it has none of its own.
    pub(super) subject: Option<Token<'r>>,
    /// First token.
    pub(super) start: usize,
    /// Token after the last one.
    pub(super) end: usize,
    /// The innermost attribution.
    pub(super) mark: Option<usize>,
    /// How it stands in the sentence.
    pub(super) shape: Shape,
}

/// How a proposition stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A main clause, or what a cue governs.
    Main,
    /// Joined to another.
    Joined,
    /// A loose relative clause.
    Relative,
    /// A noun phrase with the cue that governs it: "rejected the charge".
    Nominal,
}

impl<'r> Clause<'r> {
    /// The tokens.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The words.
    pub(super) fn span(&self) -> Span<'r> {
        self.verb.doc().span(self.tokens())
    }

    /// Where the words stand in the document.
    pub(super) fn range(&self, block: &Block) -> TextRange {
        block.span_range(self.span())
    }

    /// True if the token stands in it.
    pub(super) fn holds(&self, token: usize) -> bool {
        self.tokens().contains(&token)
    }
}

/// Sentences longer than this are lists or broken text; their trees mean nothing and cost much.
pub(super) const MAX_SENTENCE_TOKENS: usize = 250;

/// The propositions of a sentence, in the order of their words.
pub(super) fn find<'r>(
    cx: &Context<'r>,
    block: usize,
    layout: &Layout,
    sentence: Span<'r>,
) -> Vec<Clause<'r>> {
    if sentence.len() > MAX_SENTENCE_TOKENS {
        return Vec::new();
    }
    let finder = Finder {
        cx,
        block,
        layout,
        sentence,
    };
    let mut heads: Vec<Token<'r>> = sentence.tokens().filter(|t| finder.carries(*t)).collect();
    if heads.is_empty() {
        heads.extend(finder.stray());
    }
    let mut found: Vec<Clause<'r>> = heads
        .iter()
        .filter_map(|v| finder.verbal(*v, &heads))
        .collect();
    found.extend(finder.nominals(&found));
    found.sort_by_key(|c| (c.start, c.end));
    found
}

struct Finder<'c, 'r> {
    cx: &'c Context<'r>,
    block: usize,
    layout: &'c Layout,
    sentence: Span<'r>,
}

impl<'r> Finder<'_, 'r> {
    /// True if the token is the verb of a proposition.
    fn carries(&self, t: Token<'r>) -> bool {
        if !is_verbal(t) || self.reports(t) || self.is_withheld(t) || tells_by_another(t) {
            return false;
        }
        let is_demanded = |v: Token<'_>| obligation::bare_demand(v) == Some(t);
        if matches!(t.tag(), "VB" | "VBP") && self.sentence.tokens().any(is_demanded) {
            return false;
        }
        if !t.is_root() && truth_claim(t).is_some_and(|judged| self.would_carry(judged)) {
            return true;
        }
        if !t.is_root() && told_by_cleft(t.head()) == Some(t) {
            return true;
        }
        if self.tops_content(t) {
            return is_finite(t)
                || t.dep() == "ccomp" && own_subject(t).is_some()
                || self.is_promised(t);
        }
        match t.dep() {
            "ROOT" => is_finite(t) || is_passive(t),
            "conj" => self.joins(t),
            "ccomp" | "parataxis" => {
                is_finite(t)
                    && t.head().is_root()
                    && own_subject(t).is_some()
                    && (!self.reports(t.head()) || is_parted_before(t, t.head()))
                    && comma_between(t, t.head())
            }
            "relcl" => self.is_loose_and_dated(t) || obligation::binds_its_head(self.cx, t),
            "advcl" => self.is_timed(t) || is_set_against(t),
            "acl" => self.is_hidden(t),
            _ => false,
        }
    }

    /// True for the copula of "it is not true that …" where it stands at the top of its sentence or of a content.
    fn would_carry(&self, copula: Token<'r>) -> bool {
        copula.is_root()
            || matches!(copula.dep(), "conj" | "parataxis")
            || self.tops_content(copula)
    }

    /// The verb of a sentence whose tree has none at its top: the finite one with a subject that stands highest.
    fn stray(&self) -> Option<Token<'r>> {
        if self.sentence.root().is_some_and(is_verbal) {
            return None;
        }
        self.sentence
            .tokens()
            .filter(|t| is_verbal(*t) && is_finite(*t) && !self.reports(*t) && t.dep() != "relcl")
            .filter(|t| own_subject(*t).is_some_and(|s| !matches!(s.tag(), "WDT" | "WP")))
            .min_by_key(|t| (t.ancestors().count(), t.i()))
    }

    /// True if the verb introduces somebody's words, so that they and not it are the proposition.
    fn reports(&self, t: Token<'r>) -> bool {
        self.layout
            .cue(t.i())
            .is_some_and(|m| self.layout.content(t.i()) != Some(m))
    }

    /// True for what somebody declines to say.
    fn is_withheld(&self, t: Token<'r>) -> bool {
        self.layout
            .content(t.i())
            .and_then(|m| voice::cue_verb(self.cx, &self.cx.marks.attributions[m]))
            .is_some_and(voice::refuses)
    }

    /// True if the token is in a content and its head is not.
    fn tops_content(&self, t: Token<'r>) -> bool {
        let Some(mark) = self.layout.content(t.i()) else {
            return false;
        };
        let head = t.head();
        if t.is_root() || self.layout.content(head.i()) == Some(mark) {
            return t.is_root();
        }
        // Below a noun ("the charge of …") the noun is the content's top, unless a sentence follows ("signals that …").
        let is_top = is_verbal(head) || t.dep() != "acl" || voice::says_that(t);
        is_top && !self.is_inside(head.i(), mark)
    }

    /// True if the token is in the content of `mark`, or of one nested in it.
    fn is_inside(&self, token: usize, mark: usize) -> bool {
        let mut at = self.layout.content(token);
        for _ in 0..MAX_NESTING {
            match at {
                Some(m) if m == mark => return true,
                Some(m) => at = self.cx.marks.attributions[m].parent,
                None => return false,
            }
        }
        false
    }

    /// True for the infinitive of "vowed to leave", "urged them to leave".
    fn is_promised(&self, t: Token<'r>) -> bool {
        t.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
    }

    /// True if the verb is joined to one that carries a proposition or reports one.
    ///
    /// A joined verb without its own subject says more about the same thing: one proposition.
    fn joins(&self, t: Token<'r>) -> bool {
        let own = own_subject(t).is_some();
        let mut at = t;
        for _ in 0..MAX_CONJUNCTS {
            let head = at.head();
            if at.dep() != "conj" || !is_verbal(head) {
                return false;
            }
            if self.reports(head) {
                return is_finite(t);
            }
            if self.carries(head) {
                let told = is_finite(t) || is_finite(head) && matches!(t.tag(), "VBD" | "VBN");
                return own && told || is_finite(t) && self.stands_apart(t, head);
            }
            at = head;
        }
        false
    }

    /// True if a joined verb without a subject of its own tells of another time or world than the one before it:
    /// "has recalled its envoy and will not replace her".
    fn stands_apart(&self, t: Token<'r>, head: Token<'r>) -> bool {
        let tense = |v: Token<'r>| auxiliaries(v).next().unwrap_or(v).tag();
        // "Would have lifted a ban and have eased limits": the modal holds for both.
        let is_shared = |v: Token<'r>| tense(v) == "MD" && is_perfect(v);
        self.has_time(t)
            || auxiliaries(t).any(|a| a.tag() == "MD")
            || own_subject(t).is_none()
                && auxiliaries(t).next().is_some()
                && (tense(t) != tense(head) && !is_shared(head)
                    || is_perfect(t) != is_perfect(head)
                    || is_negated(t) != is_negated(head))
            || obligation::binds_as_text(self.cx, t)
    }

    /// True for ", which has led the body since May": loose, finite, with a time of its own.
    fn is_loose_and_dated(&self, t: Token<'r>) -> bool {
        if !is_finite(t) {
            return false;
        }
        let range = stretch(t, self.sentence.start()..self.sentence.end(), |x| {
            x.dep() == "relcl" && x != t
        });
        // Inside what somebody says, only an aside between dashes is the reporter's own.
        let attributed = self.layout.content(t.i()).is_some();
        let loose = range.start.checked_sub(1).is_some_and(|i| {
            let before = t.doc().token(i).text();
            matches!(before, "\u{2014}" | "\u{2013}" | "-" | "--") || before == "," && !attributed
        });
        loose && self.has_time(t)
    }

    /// True for a verb that the parser hid in the seeming subject of the cue.
    fn is_hidden(&self, t: Token<'r>) -> bool {
        let content = self.layout.content(t.i());
        let fits = |n: Token<'r>| self.layout.content(n.i()) == content && self.reports(n.head());
        content.is_some() && hidden_subject(t).is_some_and(fits)
    }

    /// True for "after the court had closed the mine in May": another happening with a time of its own.
    fn is_timed(&self, t: Token<'r>) -> bool {
        let joined = t.children().any(|c| {
            c.i() < t.i()
                && matches!(
                    &*lemma(c),
                    "after" | "when" | "before" | "since" | "while" | "as"
                )
        });
        let after = t
            .children()
            .any(|c| c.i() < t.i() && lemma(c) == "after" && c.dep() == "mark");
        joined && is_finite(t) && own_subject(t).is_some() && (after || self.has_time(t))
    }

    /// True if a time stands below the verb.
    fn has_time(&self, t: Token<'r>) -> bool {
        let range = stretch(t, self.sentence.start()..self.sentence.end(), |x| {
            x != t && x.dep() == "relcl"
        });
        let words = self.cx.reading.blocks()[self.block].span_range(t.doc().span(range));
        self.cx
            .times_in(words)
            .any(|t| t.kind != TimexKind::Duration)
    }

    fn verbal(&self, verb: Token<'r>, heads: &[Token<'r>]) -> Option<Clause<'r>> {
        let sentence = self.sentence.start()..self.sentence.end();
        // "Said in a letter that the guards have left": the parser hangs what is said on the letter.
        let aside = verb.dep() == "relcl" && !self.tops_content(verb);
        let mark = self.layout.content(verb.i()).filter(|_| !aside);
        let range = stretch(verb, sentence, |t| {
            // The full stop hangs on the main verb, however many clauses stand between.
            t != verb && (t.is_punct() || heads.contains(&t) || self.is_foreign(t, verb, mark))
        });
        let mut range = self.trim(self.clip(range, verb.i(), mark), verb.i());
        if let Some(noun) = hidden_subject(verb) {
            range.start = range.start.min(noun.left_edge().i());
        }
        if let Some(demanded) = obligation::bare_demand(verb) {
            let end = demanded.right_edge().i() + 1;
            range.end = range
                .end
                .max(self.trim(demanded.i()..end, demanded.i()).end);
        }
        let shape = match verb.dep() {
            "relcl" if mark.is_none() => Shape::Relative,
            "conj" => Shape::Joined,
            _ => Shape::Main,
        };
        (range.len() >= MIN_TOKENS).then(|| Clause {
            block: self.block,
            verb,
            subject: subject_within(verb, &range),
            start: range.start,
            end: range.end,
            mark,
            shape,
        })
    }

    /// True for branches that belong to the report and not to what is reported.
    fn is_foreign(&self, t: Token<'r>, verb: Token<'r>, mark: Option<usize>) -> bool {
        let elsewhere = match mark {
            Some(m) => !self.is_inside(t.i(), m),
            None => false,
        };
        elsewhere || is_verbal(t) && self.reports(t) && t.i() > verb.i() && t.dep() != "relcl"
    }
}

/// True for a copula whose complement is the proposition: "that is why …", "it is not true that …".
fn tells_by_another(copula: Token<'_>) -> bool {
    told_by_cleft(copula).is_some()
        || lemma(copula) == "be" && copula.subtree().any(|c| truth_claim(c) == Some(copula))
}

/// "That is why the port closed": the verb of what is told, below the copula.
fn told_by_cleft<'r>(copula: Token<'r>) -> Option<Token<'r>> {
    let points = lemma(copula) == "be"
        && own_subject(copula).is_some_and(|s| matches!(&*s.lower(), "that" | "this" | "which"));
    if !points {
        return None;
    }
    copula.children().find(|c| {
        matches!(c.dep(), "ccomp" | "advcl")
            && is_finite(*c)
            && c.children()
                .any(|w| matches!(&*w.lower(), "why" | "because"))
    })
}

/// A proposition has at least a subject and something said of it.
const MIN_TOKENS: usize = 3;

/// Longest chain of joined verbs that is followed.
const MAX_CONJUNCTS: usize = 8;

/// Deepest chain of nested attributions that is followed.
const MAX_NESTING: usize = 8;

/// What a verb is said of: of a relative clause what it modifies, of "there are" what there is.
pub(super) fn subject_of<'r>(verb: Token<'r>) -> Option<Token<'r>> {
    let found = match (own_subject(verb), verb.dep()) {
        (Some(s), _) if !matches!(s.tag(), "WDT" | "WP") => s,
        (_, "relcl") => return Some(verb.head()),
        (None, "acl") if hidden_subject(verb).is_some() => return hidden_subject(verb),
        (own, _) => own.or_else(|| subject(verb))?,
    };
    if found.dep() == "expl" {
        return verb
            .child("attr")
            .or_else(|| verb.child("dobj"))
            .or(Some(found));
    }
    Some(found)
}

/// The subject, and not the label in front of the words that the parser took for it: "Ms Reed: the fee rises".
fn subject_within<'r>(verb: Token<'r>, words: &Range<usize>) -> Option<Token<'r>> {
    let labeled = |s: Token<'r>| {
        s.head() == verb && (s.i()..words.start).any(|i| s.doc().token(i).text() == ":")
    };
    let found = subject_of(verb);
    match found {
        Some(s) if labeled(s) => verb
            .children()
            .filter(|c| words.contains(&c.i()) && c.i() < verb.i())
            .find(|c| is_subject(*c) || matches!(c.tag(), "NN" | "NNS" | "NNP" | "PRP")),
        _ => found,
    }
}

/// True if the sentence asks.
pub(super) fn is_question(sentence: Span<'_>) -> bool {
    sentence.tokens().rev().take(3).any(|t| t.text() == "?")
}

/// True if the verb orders its reader about: no subject, base form, first in its sentence.
pub(super) fn is_imperative(clause: &Clause<'_>) -> bool {
    clause.shape == Shape::Main
        && clause.mark.is_none()
        && clause.subject.is_none()
        && matches!(clause.verb.tag(), "VB" | "VBP")
}

/// True if the clause only ties sentences together: "The statement comes after …".
pub(super) fn only_links(clause: &Clause<'_>) -> bool {
    let text_noun = clause.subject.is_some_and(|s| {
        has(words::TEXT_NOUNS, &lemma(s)) || matches!(&*lemma(s), "this" | "that" | "it")
    });
    // "This is stated in a letter of the port".
    let cites = || {
        let points = clause
            .subject
            .is_some_and(|s| matches!(&*s.lower(), "this" | "that" | "it"));
        points
            && is_passive(clause.verb)
            && has(
                "state report say announce note write publish",
                &lemma(clause.verb),
            )
            && clause.verb.child("ccomp").is_none()
    };
    text_noun && has(words::LINKING_VERBS, &lemma(clause.verb)) || cites()
}
