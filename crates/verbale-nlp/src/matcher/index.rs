//! Which patterns may begin at a token.

use super::spec::{Attribute, Spec};
use crate::doc::Token;
use crate::vocab::FastMap;

/// Patterns by the value that starts them.
type ByValue = FastMap<Box<str>, Vec<usize>>;

/// Patterns by the value of an attribute that their first part names.
///
/// Most patterns of a large set have nothing to begin with in a given text; asking each of them of each token costs
/// more than all matching.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By attribute, in the order in which attributes came.
    keyed: Vec<(Attribute, ByValue)>,
    always: Vec<usize>,
}

impl Index {
    /// Enters a pattern whose first token matches `first`; without it the pattern may begin anywhere.
    ///
    /// Patterns are entered in ascending order.
    pub(super) fn add(&mut self, pattern: usize, first: Option<&Spec>) {
        let Some((attribute, values)) = first.and_then(Spec::key) else {
            self.always.push(pattern);
            return;
        };
        let at = match self.keyed.iter().position(|(a, _)| *a == attribute) {
            Some(at) => at,
            None => {
                self.keyed.push((attribute, FastMap::default()));
                self.keyed.len() - 1
            }
        };
        for value in values {
            let patterns = self.keyed[at].1.entry(value.into()).or_default();
            if patterns.last() != Some(&pattern) {
                patterns.push(pattern);
            }
        }
    }

    /// Fills `out` with the patterns that may begin at a token, in ascending order.
    pub(super) fn seeds(&self, token: Token<'_>, out: &mut Vec<usize>) {
        out.clear();
        out.extend_from_slice(&self.always);
        for (attribute, patterns) in &self.keyed {
            attribute.with(token, |value| {
                out.extend(patterns.get(value).into_iter().flatten())
            });
        }
        out.sort_unstable();
    }
}
