//! Which documents share fingerprints with a new one.

/// The fingerprints of all documents of a case, 12 bytes each.
///
/// Sorted runs of doubling length (the logarithmic method of Bentley and Saxe): adding a document costs, spread
/// over many, a number of steps that grows with the logarithm of the case; nothing is rebuilt.
#[derive(Debug, Clone, Default)]
pub struct CopyIndex {
    runs: Vec<Run>,
}

/// Fingerprints in order with their documents, in two arrays: a pair would be padded to 16 bytes.
#[derive(Debug, Clone, Default)]
struct Run {
    hashes: Vec<u64>,
    documents: Vec<u32>,
}

/// A fingerprint in more documents than this finds no candidates: it is a site's boilerplate.
const MAX_DOCUMENTS: usize = 200;

impl CopyIndex {
    /// Adds a document by its distinct sorted hashes ([`Print::hashes`](super::Print::hashes)).
    pub fn add(&mut self, document: u32, hashes: &[u64]) {
        let documents = vec![document; hashes.len()];
        let mut new = Run {
            hashes: hashes.to_vec(),
            documents,
        };
        while let Some(last) = self
            .runs
            .pop_if(|last| last.hashes.len() <= 2 * new.hashes.len())
        {
            new = last.merged(&new);
        }
        self.runs.push(new);
    }

    /// The documents that share at least `min` of these hashes, with how many; the most similar first, then by
    /// number.
    pub fn candidates(&self, hashes: &[u64], min: usize) -> Vec<(u32, usize)> {
        self.candidates_within(hashes, min, MAX_DOCUMENTS)
    }

    /// As [`CopyIndex::candidates`], where a fingerprint in more than `most` documents finds none of them.
    pub fn candidates_within(&self, hashes: &[u64], min: usize, most: usize) -> Vec<(u32, usize)> {
        let mut hits: Vec<u32> = Vec::new();
        for &hash in hashes {
            let before = hits.len();
            self.runs.iter().for_each(|r| hits.extend(r.with(hash)));
            if hits.len() - before > most {
                hits.truncate(before);
            }
        }
        hits.sort_unstable();
        let counted = hits
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0], same.len()));
        let mut found: Vec<(u32, usize)> = counted.filter(|&(_, n)| n >= min.max(1)).collect();
        found.sort_by_key(|&(document, n)| (std::cmp::Reverse(n), document));
        found
    }

    /// Number of fingerprints kept.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|r| r.hashes.len()).sum()
    }

    /// True without fingerprints.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

impl Run {
    /// The documents that have this hash.
    fn with(&self, hash: u64) -> &[u32] {
        let Ok(near) = self.hashes.binary_search(&hash) else {
            return &[];
        };
        let start = self.hashes[..near].partition_point(|&h| h < hash);
        let n = self.hashes[start..].partition_point(|&h| h == hash);
        &self.documents[start..start + n]
    }

    fn merged(&self, other: &Self) -> Self {
        let n = self.hashes.len() + other.hashes.len();
        let mut out = Self {
            hashes: Vec::with_capacity(n),
            documents: Vec::with_capacity(n),
        };
        let (mut i, mut j) = (0, 0);
        while i < self.hashes.len() || j < other.hashes.len() {
            let take_first = j >= other.hashes.len()
                || i < self.hashes.len()
                    && (self.hashes[i], self.documents[i]) <= (other.hashes[j], other.documents[j]);
            let (run, at) = if take_first {
                (self, &mut i)
            } else {
                (other, &mut j)
            };
            out.hashes.push(run.hashes[*at]);
            out.documents.push(run.documents[*at]);
            *at += 1;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(
            docs in proptest::collection::vec(proptest::collection::btree_set(0_u64..40, 0..12), 1..12),
        ) {
            let hashes: Vec<Vec<u64>> = docs.iter().map(|d| d.iter().copied().collect()).collect();
            let mut index = CopyIndex::default();
            for (at, doc) in hashes.iter().enumerate() {
                let mut plain: Vec<(u32, usize)> = hashes[..at].iter().enumerate()
                    .map(|(i, other)| (i as u32, other.iter().filter(|h| doc.contains(h)).count()))
                    .filter(|&(_, n)| n >= 3)
                    .collect();
                plain.sort_by_key(|&(i, n)| (std::cmp::Reverse(n), i));
                prop_assert_eq!(index.candidates(doc, 3), plain);
                index.add(at as u32, doc);
            }
        }
    }
}
