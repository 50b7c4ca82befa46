//! The packs' patterns, matched on a parsed text.
//!
//! A pattern's first node is the token that carries the claim. Where several patterns fit one token, the one with
//! more nodes says more and wins, then the one of the earlier pack. The packs' phrases for statuses, which need no
//! parse, are kept here too. Not here: what a claim is made of (`claim`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use verbale_nlp::{DependencyMatch, DependencyMatcher, Doc, PatternError, Token};
use verbale_pack::pattern::{Constraint, Node, Pattern};
use verbale_pack::{Error, Packs};

use crate::claim::phrase::Phrase;

/// The patterns of one language, ready to match. Compiling costs more than matching a page: compile once, and
/// lend them to every page.
#[derive(Debug, Default)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    matcher: DependencyMatcher,
    statuses: Vec<(String, Phrase)>,
}

/// A pattern that fits, with the tokens of its nodes.
#[derive(Debug, Clone)]
pub struct Fit<'m, 'd> {
    /// The pattern.
    pub pattern: &'m Pattern,
    tokens: DependencyMatch<'m, 'd>,
}

impl<'d> Fit<'_, 'd> {
    /// The token of the pattern's first node.
    pub fn anchor(&self) -> Token<'d> {
        self.tokens.tokens[0]
    }

    /// The tokens of all nodes, in their order.
    pub fn tokens(&self) -> &[Token<'d>] {
        &self.tokens.tokens
    }

    /// The token of a node; `None` for a role, which the caller finds around the anchor.
    pub fn token(&self, node: &str) -> Option<Token<'d>> {
        self.tokens.token(node)
    }

    /// The pattern's label with the words that `words` gives for the nodes and roles in braces.
    ///
    /// What `words` does not know is left out with the "of" before it.
    pub fn label(&self, mut words: impl FnMut(&str) -> Option<String>) -> String {
        let mut label = self.pattern.label.clone();
        while let Some((before, rest)) = label.split_once('{')
            && let Some((name, after)) = rest.split_once('}')
        {
            label = match words(name) {
                Some(found) => format!("{before}{found}{after}"),
                None => format!("{}{after}", before.trim_end().trim_end_matches(" of")),
            };
        }
        label.trim().to_owned()
    }
}

impl Patterns {
    /// Compiles the packs' patterns of a language (ISO 639-1).
    ///
    /// # Errors
    /// The first pattern that the matcher does not take, such as one with a faulty regular expression.
    pub fn compile(packs: &Packs, language: &str) -> Result<Self, Error> {
        let mut matcher = DependencyMatcher::new();
        let mut patterns = Vec::new();
        for pattern in packs.patterns().iter().filter(|p| p.language == language) {
            let nodes: Vec<Value> = pattern.nodes.iter().map(node).collect();
            let faulty = |e: PatternError| Error::Pattern {
                id: pattern.id.clone(),
                message: e.to_string(),
            };
            matcher
                .add(&patterns.len().to_string(), &Value::Array(nodes))
                .map_err(faulty)?;
            patterns.push(pattern.clone());
        }
        Ok(Self {
            patterns,
            matcher,
            statuses: statuses(packs, language),
        })
    }

    /// The ids of statuses with the phrases that assert them.
    pub(crate) fn statuses(&self) -> &[(String, Phrase)] {
        &self.statuses
    }

    /// Every fit, in the packs' order of patterns.
    pub fn all<'m, 'd>(&'m self, doc: &'d Doc) -> Vec<Fit<'m, 'd>> {
        self.matcher
            .find(doc)
            .into_iter()
            .filter_map(|tokens| {
                let pattern = tokens.key.parse().ok();
                let pattern = pattern.and_then(|i: usize| self.patterns.get(i))?;
                Some(Fit { pattern, tokens })
            })
            .collect()
    }

    /// The best fit of each token that carries one, by position.
    pub fn find<'m, 'd>(&'m self, doc: &'d Doc) -> BTreeMap<usize, Fit<'m, 'd>> {
        let mut best: BTreeMap<usize, Fit<'m, 'd>> = BTreeMap::new();
        for fit in self.all(doc) {
            let at = fit.anchor().i();
            let more = best
                .get(&at)
                .is_none_or(|b| fit.pattern.nodes.len() > b.pattern.nodes.len());
            if more {
                best.insert(at, fit);
            }
        }
        best
    }
}

fn statuses(packs: &Packs, language: &str) -> Vec<(String, Phrase)> {
    let statuses = packs.statuses().iter();
    statuses
        .flat_map(|s| s.words.of(language).iter().map(|words| (&s.id, words)))
        .filter_map(|(id, words)| Some((id.clone(), Phrase::new(words)?)))
        .collect()
}

/// A node in spaCy's own notation.
fn node(node: &Node) -> Value {
    let attrs: Map<String, Value> = node
        .right_attrs
        .iter()
        .map(|(name, c)| (name.clone(), constraint(c)))
        .collect();
    let mut value = json!({ "RIGHT_ID": node.right_id, "RIGHT_ATTRS": attrs });
    if let (Some(left), Some(op)) = (&node.left_id, &node.rel_op) {
        value["LEFT_ID"] = json!(left);
        value["REL_OP"] = json!(op);
    }
    value
}

fn constraint(constraint: &Constraint) -> Value {
    match constraint {
        Constraint::Is(text) => json!(text),
        Constraint::Flag(flag) => json!(flag),
        Constraint::Test(test) => {
            let mut value = Map::new();
            if let Some(words) = &test.r#in {
                value.insert("IN".to_owned(), json!(words));
            }
            if let Some(words) = &test.not_in {
                value.insert("NOT_IN".to_owned(), json!(words));
            }
            if let Some(regex) = &test.regex {
                value.insert("REGEX".to_owned(), json!(regex));
            }
            Value::Object(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use verbale_nlp::TokenAnnotation;

    use super::*;

    /// Tokens as `word/lemma/pos/dep/head`.
    fn parse(tokens: &str) -> Doc {
        let (mut text, mut annotations) = (String::new(), Vec::new());
        for token in tokens.split_whitespace() {
            let f: Vec<&str> = token.split('/').collect();
            let start = text.len();
            text.push_str(f[0]);
            annotations.push(TokenAnnotation {
                range: start..text.len(),
                lemma: f[1].to_owned(),
                pos: f[2].to_owned(),
                dep: f[3].to_owned(),
                head: f[4].parse().unwrap(),
                sent_start: annotations.is_empty(),
                ..TokenAnnotation::default()
            });
            text.push(' ');
        }
        Doc::from_parts(text.trim_end(), annotations)
    }

    fn found(tokens: &str) -> Vec<String> {
        let packs = Packs::builtin();
        let patterns = Patterns::compile(&packs, "en").unwrap();
        let doc = parse(tokens);
        let word = |fit: &Fit<'_, '_>, node: &str| fit.token(node).map(|t| t.text().to_owned());
        patterns
            .find(&doc)
            .values()
            .map(|f| format!("{} {}", f.pattern.kind, f.label(|n| word(f, n))))
            .collect()
    }

    #[test]
    fn every_built_in_pattern_compiles() {
        let packs = Packs::builtin();
        let patterns = Patterns::compile(&packs, "en").unwrap();
        assert_eq!(patterns.patterns.len(), packs.patterns().len());
        assert!(Patterns::compile(&packs, "xx").unwrap().patterns.is_empty());
    }

    #[test]
    fn a_verb_makes_an_event() {
        assert_eq!(
            found("She/she/PRON/nsubj/1 visited/visit/VERB/ROOT/1 Pell/Pell/PROPN/dobj/1"),
            ["event visit"]
        );
    }

    #[test]
    fn more_nodes_win() {
        let talks = "They/they/PRON/nsubj/1 held/hold/VERB/ROOT/1 talks/talk/NOUN/dobj/1";
        assert_eq!(found(talks), ["event talks"]);
        let missed = "They/they/PRON/nsubj/1 missed/miss/VERB/ROOT/1 the/the/DET/det/3 deadline/deadline/NOUN/dobj/1";
        assert_eq!(found(missed), ["status missed"]);
    }

    #[test]
    fn what_a_label_lacks_is_left_out() {
        assert_eq!(
            found("They/they/PRON/nsubj/1 sent/send/VERB/ROOT/1 tugs/tug/NOUN/dobj/1"),
            ["event dispatch"]
        );
    }
}
