//! From the arcs of a parse to a tree: sentence starts, and heads that crossing arcs had hidden.
//!
//! Source: the behavior of spaCy's `set_children_from_heads` and `deprojectivize`; J. Nivre, J. Nilsson, "Pseudo-projective
//! dependency parsing", ACL 2005.

use crate::doc::{LabelId, Labels, TokenData};
use crate::vocab::FastMap;

/// Most rounds of widening edges; spaCy knows texts that need four.
const MAX_ROUNDS: usize = 12;

/// Labels `a||b`: the arc has label `a`, and its head is a word with label `b` below the one it was attached to.
pub(crate) struct Decorated {
    parts: FastMap<LabelId, (LabelId, LabelId)>,
}

impl Decorated {
    pub(crate) fn new(used: impl Iterator<Item = LabelId>, labels: &mut Labels) -> Self {
        let mut parts = FastMap::default();
        for label in used {
            let text = labels.str(label).to_owned();
            if let Some((own, head)) = text.split_once("||") {
                parts.insert(label, (labels.intern(own), labels.intern(head)));
            }
        }
        Self { parts }
    }
}

/// Sets sentence starts, and heads of decorated arcs.
pub(crate) fn finish(
    tokens: &mut [TokenData],
    decorated: &Decorated,
    is_space: impl Fn(usize) -> bool,
) {
    let edges = set_sentences(tokens);
    if !tokens.iter().any(|t| decorated.parts.contains_key(&t.dep)) {
        return;
    }
    for i in 0..tokens.len() {
        if let Some(&(own, head)) = decorated.parts.get(&tokens[i].dep) {
            if let Some(found) = find_head(tokens, &edges, i, head, &is_space) {
                tokens[i].head = found as u32;
            }
            tokens[i].dep = own;
        }
    }
    set_sentences(tokens);
}

/// The first word with a label in a walk below the head of `i`, level by level. Words of blanks are passed over with all below
/// them. Edges are those from before any head was changed.
fn find_head(
    tokens: &[TokenData],
    edges: &[(u32, u32)],
    i: usize,
    label: LabelId,
    is_space: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut level = vec![tokens[i].head as usize];
    // A circle of heads would have no end; a tree has no more levels than words.
    for _ in 0..tokens.len() {
        let mut next = Vec::new();
        for &parent in &level {
            let (left, right) = edges[parent];
            let below = tokens
                .iter()
                .enumerate()
                .take(right as usize + 1)
                .skip(left as usize);
            for (child, token) in below {
                let is_child = child != parent && token.head as usize == parent;
                if !is_child || child == i || is_space(child) {
                    continue;
                }
                if token.dep == label {
                    return Some(child);
                }
                next.push(child);
            }
        }
        if next.is_empty() {
            return None;
        }
        level = next;
    }
    None
}

/// Sets sentence starts at the left edges of roots; gives the edges of each word's subtree.
fn set_sentences(tokens: &mut [TokenData]) -> Vec<(u32, u32)> {
    let n = tokens.len();
    let mut edges: Vec<(u32, u32)> = (0..n as u32).map(|i| (i, i)).collect();
    for _ in 0..MAX_ROUNDS {
        for i in (0..n).chain((0..n).rev()) {
            let (left, right) = edges[i];
            let head = &mut edges[tokens[i].head as usize];
            *head = (head.0.min(left), head.1.max(right));
        }
        for t in tokens.iter_mut() {
            t.sent_start = false;
        }
        for i in 0..n {
            if tokens[i].head as usize == i {
                tokens[edges[i].0 as usize].sent_start = true;
            }
        }
        if heads_are_within(tokens) {
            break;
        }
    }
    edges
}

/// True if no head lies outside its sentence. The very last word is not looked at, as in spaCy.
fn heads_are_within(tokens: &[TokenData]) -> bool {
    let n = tokens.len();
    let mut start = 0;
    for i in 0..n {
        if (i > 0 && tokens[i].sent_start) || i == n - 1 {
            let inside = |t: &TokenData| (start..=i).contains(&(t.head as usize));
            if !tokens[start..i].iter().all(inside) {
                return false;
            }
            start = i;
        }
    }
    true
}
