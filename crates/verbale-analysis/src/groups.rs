//! Which items belong together, from pairs that do.

/// Disjoint groups of the numbers below a bound.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub(crate) fn new(n: usize) -> Self {
        Self {
            parent: (0..n).collect(),
        }
    }

    /// Puts two items into one group.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller number leads, so that the result does not depend on the order of the pairs.
        self.parent[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// The groups in the order of their smallest members, members in order.
    pub(crate) fn all(&mut self) -> Vec<Vec<usize>> {
        let roots: Vec<usize> = (0..self.parent.len()).map(|i| self.root(i)).collect();
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); roots.len()];
        for (item, root) in roots.into_iter().enumerate() {
            groups[root].push(item);
        }
        groups.retain(|g| !g.is_empty());
        groups
    }
}
