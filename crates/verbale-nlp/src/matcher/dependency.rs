//! Trees of tokens.

use serde_json::Value;

use super::PatternError;
use super::index::Index;
use super::spec::Spec;
use crate::doc::{Doc, Token};

/// Most matches that are found in one doc.
const MAX_MATCHES: usize = 1 << 16;

/// Finds tokens by patterns over heads and order.
///
/// ```
/// use serde_json::json;
/// use verbale_nlp::{DependencyMatcher, Doc, TokenAnnotation};
///
/// let mut matcher = DependencyMatcher::new();
/// matcher.add("denial", &json!([
///     {"RIGHT_ID": "cue", "RIGHT_ATTRS": {"TEXT": "denied"}},
///     {"LEFT_ID": "cue", "REL_OP": ">", "RIGHT_ID": "speaker", "RIGHT_ATTRS": {"DEP": "nsubj"}},
/// ]))?;
/// let word = |range, dep: &str, head| TokenAnnotation { range, dep: dep.into(), head, ..TokenAnnotation::default() };
/// let doc = Doc::from_parts("She denied it.", vec![
///     word(0..3, "nsubj", 1), word(4..10, "ROOT", 1), word(11..13, "dobj", 1), word(13..14, "punct", 1),
/// ]);
/// let found = matcher.find(&doc);
/// assert_eq!(found[0].token("speaker").map(|t| t.text()), Some("She"));
/// # Ok::<(), verbale_nlp::PatternError>(())
/// ```
#[derive(Debug, Default)]
pub struct DependencyMatcher {
    patterns: Vec<Pattern>,
    index: Index,
}

#[derive(Debug)]
struct Pattern {
    key: String,
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    name: String,
    spec: Spec,
    /// True if the token must not match the spec (`"OP": "!"`).
    negated: bool,
    /// The node to the left and how this one is related to it; none for the anchor.
    relation: Option<(usize, Relation)>,
}

/// How a node is related to the one on the left of its operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Head,
    Child,
    Ancestor,
    Descendant,
    Next,
    After,
    Previous,
    Before,
    NextSibling,
    PreviousSibling,
    SiblingAfter,
    SiblingBefore,
    NextChild,
    PreviousChild,
    ChildAfter,
    ChildBefore,
    NextHead,
    PreviousHead,
    HeadAfter,
    HeadBefore,
}

impl Relation {
    fn from_operator(operator: &str) -> Option<Self> {
        Some(match operator {
            "<" => Self::Head,
            ">" => Self::Child,
            "<<" => Self::Ancestor,
            ">>" => Self::Descendant,
            "." => Self::Next,
            ".*" => Self::After,
            ";" => Self::Previous,
            ";*" => Self::Before,
            "$+" => Self::NextSibling,
            "$-" => Self::PreviousSibling,
            "$++" => Self::SiblingAfter,
            "$--" => Self::SiblingBefore,
            ">+" => Self::NextChild,
            ">-" => Self::PreviousChild,
            ">++" => Self::ChildAfter,
            ">--" => Self::ChildBefore,
            "<+" => Self::NextHead,
            "<-" => Self::PreviousHead,
            "<++" => Self::HeadAfter,
            "<--" => Self::HeadBefore,
            _ => return None,
        })
    }
}

/// A match: a token for each node of the pattern.
#[derive(Debug, Clone)]
pub struct DependencyMatch<'m, 'd> {
    /// The key that the pattern was added under.
    pub key: &'m str,
    /// The tokens, in the order of the pattern's nodes.
    pub tokens: Vec<Token<'d>>,
    nodes: &'m [Node],
}

impl<'d> DependencyMatch<'_, 'd> {
    /// The token of the node with this `RIGHT_ID`.
    pub fn token(&self, name: &str) -> Option<Token<'d>> {
        let node = self.nodes.iter().position(|node| node.name == name)?;
        self.tokens.get(node).copied()
    }
}

impl DependencyMatcher {
    /// A matcher without patterns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pattern: a list of objects, one a node, each after the node that its `LEFT_ID` names. Several patterns may share a key.
    ///
    /// # Errors
    /// If the pattern does not follow the language.
    pub fn add(&mut self, key: &str, pattern: &Value) -> Result<(), PatternError> {
        let list = pattern.as_array().filter(|nodes| !nodes.is_empty());
        let list = list.ok_or_else(|| PatternError::new("a list of nodes is expected"))?;
        let mut nodes: Vec<Node> = Vec::with_capacity(list.len());
        for node in list {
            let node = Node::new(node, &nodes)?;
            nodes.push(node);
        }
        let first = (!nodes[0].negated).then_some(&nodes[0].spec);
        self.index.add(self.patterns.len(), first);
        self.patterns.push(Pattern {
            key: key.to_owned(),
            nodes,
        });
        Ok(())
    }

    /// True without patterns.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// All matches in a doc: by pattern as they were added, then by position of the first node, of the second, and so on. At most
    /// 65 536.
    pub fn find<'m, 'd>(&'m self, doc: &'d Doc) -> Vec<DependencyMatch<'m, 'd>> {
        let anchors = self.anchors(doc);
        if anchors.is_empty() {
            return Vec::new();
        }
        let trees = Trees::of(doc);
        let mut found = Vec::new();
        let mut chosen = Vec::new();
        for (pattern, anchor) in anchors {
            chosen.clear();
            chosen.push(anchor);
            self.patterns[pattern].extend(&trees, &mut chosen, &mut found);
        }
        found
    }

    /// The patterns with the tokens that their first nodes match, by pattern, then by position.
    fn anchors<'d>(&self, doc: &'d Doc) -> Vec<(usize, Token<'d>)> {
        let mut anchors = Vec::new();
        let mut seeds = Vec::new();
        for token in doc.tokens() {
            self.index.seeds(token, &mut seeds);
            let fits = |pattern: &usize| self.patterns[*pattern].nodes[0].matches(token);
            anchors.extend(seeds.iter().copied().filter(fits).map(|p| (p, token)));
        }
        anchors.sort_by_key(|&(pattern, token)| (pattern, token.i()));
        anchors
    }
}

impl Pattern {
    /// Finds tokens for the nodes after those that are chosen.
    fn extend<'m, 'd>(
        &'m self,
        trees: &Trees,
        chosen: &mut Vec<Token<'d>>,
        found: &mut Vec<DependencyMatch<'m, 'd>>,
    ) {
        if found.len() >= MAX_MATCHES {
            return;
        }
        let Some(node) = self.nodes.get(chosen.len()) else {
            found.push(DependencyMatch {
                key: &self.key,
                tokens: chosen.clone(),
                nodes: &self.nodes,
            });
            return;
        };
        let Some((left, relation)) = node.relation else {
            return;
        };
        let mut related = Vec::new();
        trees.related(chosen[left], relation, &mut related);
        let root = trees.root[chosen[0].i()];
        for token in related {
            if trees.root[token.i()] == root && node.matches(token) {
                chosen.push(token);
                self.extend(trees, chosen, found);
                chosen.pop();
            }
        }
    }
}

impl Node {
    fn new(node: &Value, before: &[Self]) -> Result<Self, PatternError> {
        let text = |key: &str| node.get(key).and_then(Value::as_str);
        let missing = |key: &str| PatternError::new(format!("a node without `{key}`"));
        let name = text("RIGHT_ID").ok_or_else(|| missing("RIGHT_ID"))?;
        if before.iter().any(|n| n.name == name) {
            return Err(PatternError::new(format!("two nodes named `{name}`")));
        }
        let attrs = node.get("RIGHT_ATTRS").and_then(Value::as_object);
        let attrs = attrs.ok_or_else(|| missing("RIGHT_ATTRS"))?;
        let op = attrs.iter().find(|(key, _)| key.eq_ignore_ascii_case("OP"));
        let negated = match op.map(|(_, op)| op.as_str()) {
            None | Some(Some("1")) => false,
            Some(Some("!")) => true,
            _ => return Err(PatternError::new(format!("an operator in node `{name}`"))),
        };
        let relation = match (text("LEFT_ID"), text("REL_OP")) {
            (None, None) if before.is_empty() => None,
            (Some(_), _) | (_, Some(_)) if before.is_empty() => {
                return Err(PatternError::new(format!(
                    "a relation of the first node `{name}`"
                )));
            }
            (left, operator) => {
                let left = left.ok_or_else(|| missing("LEFT_ID"))?;
                let operator = operator.ok_or_else(|| missing("REL_OP"))?;
                let at = before.iter().position(|n| n.name == left);
                let at =
                    at.ok_or_else(|| PatternError::new(format!("no node before is `{left}`")))?;
                let relation = Relation::from_operator(operator).ok_or_else(|| {
                    PatternError::new(format!("a relation that is not known: `{operator}`"))
                })?;
                Some((at, relation))
            }
        };
        Ok(Self {
            name: name.to_owned(),
            spec: Spec::new(attrs)?,
            negated,
            relation,
        })
    }

    fn matches(&self, token: Token<'_>) -> bool {
        self.spec.matches(token) != self.negated
    }
}

/// For each token, the root of its tree; for each root, the first and last token of its tree.
struct Trees {
    root: Vec<usize>,
    edges: Vec<(usize, usize)>,
}

impl Trees {
    fn of(doc: &Doc) -> Self {
        const UNKNOWN: usize = usize::MAX;
        let mut root = vec![UNKNOWN; doc.len()];
        let mut path = Vec::new();
        for token in doc.tokens() {
            path.clear();
            let mut at = token;
            // Heads in a circle, which only docs from elsewhere have, end where the circle closes.
            while root[at.i()] == UNKNOWN && !at.is_root() && !path.contains(&at.i()) {
                path.push(at.i());
                at = at.head();
            }
            let found = if root[at.i()] == UNKNOWN {
                at.i()
            } else {
                root[at.i()]
            };
            root[at.i()] = found;
            for &i in &path {
                root[i] = found;
            }
        }
        let mut edges: Vec<_> = (0..doc.len()).map(|i| (i, i)).collect();
        for (i, &r) in root.iter().enumerate() {
            edges[r] = (edges[r].0.min(i), edges[r].1.max(i));
        }
        Self { root, edges }
    }

    /// Fills `out` with the tokens that stand in a relation to `t`, in order.
    fn related<'d>(&self, t: Token<'d>, relation: Relation, out: &mut Vec<Token<'d>>) {
        let doc = t.doc();
        let (first, last) = self.edges[self.root[t.i()]];
        let next = (t.i() + 1 < doc.len()).then(|| doc.token(t.i() + 1));
        let previous = t.i().checked_sub(1).map(|i| doc.token(i));
        let head = (!t.is_root()).then(|| t.head());
        let siblings = || t.head().children();
        match relation {
            Relation::Head => out.extend(head),
            Relation::Child => out.extend(t.children()),
            Relation::Ancestor => {
                out.extend(t.ancestors());
                out.sort_unstable_by_key(|a| a.i());
                out.dedup();
            }
            Relation::Descendant => out.extend(t.subtree().filter(|d| *d != t)),
            Relation::Next => out.extend(next.filter(|n| n.i() <= last)),
            Relation::After => out.extend((t.i() + 1..=last).map(|i| doc.token(i))),
            Relation::Previous => out.extend(previous.filter(|p| p.i() >= first)),
            Relation::Before => out.extend((first..t.i()).map(|i| doc.token(i))),
            Relation::NextSibling => out.extend(siblings().filter(|s| s.i() == t.i() + 1)),
            Relation::PreviousSibling => out.extend(siblings().filter(|s| s.i() + 1 == t.i())),
            Relation::SiblingAfter => out.extend(siblings().filter(|s| s.i() > t.i())),
            Relation::SiblingBefore => out.extend(siblings().filter(|s| s.i() < t.i())),
            Relation::NextChild => out.extend(t.children().filter(|c| c.i() == t.i() + 1)),
            Relation::PreviousChild => out.extend(t.children().filter(|c| c.i() + 1 == t.i())),
            Relation::ChildAfter => out.extend(t.rights()),
            Relation::ChildBefore => out.extend(t.lefts()),
            Relation::NextHead => out.extend(head.filter(|h| h.i() == t.i() + 1)),
            Relation::PreviousHead => out.extend(head.filter(|h| h.i() + 1 == t.i())),
            Relation::HeadAfter => out.extend(head.filter(|h| h.i() > t.i())),
            Relation::HeadBefore => out.extend(head.filter(|h| h.i() < t.i())),
        }
    }
}
