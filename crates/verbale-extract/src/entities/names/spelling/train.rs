//! Counting chunks from pairs of spellings.

use super::{Counts, MAX_CHUNK, Speller, Table};
use crate::entities::names::{spellings, units::Unit, units::units};

/// A pair less likely than this, per letter, is two names and teaches nothing.
const LEAST_PER_LETTER: f64 = -3.2;

impl Speller {
    /// Learns from pairs of a name in another script and its Latin spelling.
    ///
    /// Each round counts how often a unit stands for a chunk, weighted by the likelihood of each division under the
    /// counts of the round before; the first round has rules only. Three to five rounds are enough.
    pub fn train(pairs: &[(&str, &str)], n_rounds: usize) -> Self {
        let examples: Vec<(Vec<Unit>, Vec<String>)> = pairs
            .iter()
            .map(|(name, latin)| (units(name), spellings(latin)))
            .collect();
        let mut speller = Self::default();
        for _ in 0..n_rounds {
            let mut next = Self::default();
            for ((name, _), (units, latin)) in pairs.iter().zip(&examples) {
                let best = latin
                    .iter()
                    .map(|l| (speller.per_letter(name, l), l))
                    .filter(|(likelihood, _)| *likelihood > LEAST_PER_LETTER)
                    .reduce(|a, b| if b.0 > a.0 { b } else { a });
                if let Some((_, latin)) = best {
                    speller.count(units, latin, &mut next);
                }
            }
            speller = next;
        }
        speller
    }

    /// Adds to `next` how often each unit stands for each chunk, by the forward-backward algorithm.
    fn count(&self, units: &[Unit], latin: &str, next: &mut Self) {
        let (n, m) = (units.len(), latin.len());
        let chunk_ends = |from: usize| from..=m.min(from + MAX_CHUNK);
        let emit: Vec<Vec<Vec<f64>>> = units
            .iter()
            .map(|u| {
                let of = |from: usize| {
                    chunk_ends(from)
                        .map(|to| self.likelihood(u, &latin[from..to]))
                        .collect()
                };
                (0..=m).map(of).collect()
            })
            .collect();
        let mut forward = vec![vec![0.0; m + 1]; n + 1];
        forward[0][0] = 1.0;
        for i in 0..n {
            for from in 0..=m {
                for to in chunk_ends(from) {
                    forward[i + 1][to] += forward[i][from] * emit[i][from][to - from];
                }
            }
        }
        let total = forward[n][m];
        if total <= 0.0 {
            return;
        }
        let mut backward = vec![vec![0.0; m + 1]; n + 1];
        backward[n][m] = 1.0;
        for i in (0..n).rev() {
            for from in 0..=m {
                backward[i][from] = chunk_ends(from)
                    .map(|to| emit[i][from][to - from] * backward[i + 1][to])
                    .sum();
            }
        }
        for (i, unit) in units.iter().enumerate() {
            for from in 0..=m {
                for to in chunk_ends(from) {
                    let weight =
                        forward[i][from] * emit[i][from][to - from] * backward[i + 1][to] / total;
                    if weight > 1e-4 {
                        add(&mut next.fine, &unit.key, &latin[from..to], weight);
                        add(&mut next.coarse, &unit.coarse, &latin[from..to], weight);
                    }
                }
            }
        }
    }
}

fn add(table: &mut Table, unit: &str, chunk: &str, count: f64) {
    match table.get_mut(unit) {
        Some(counts) => counts.add(chunk, count),
        None => {
            let mut counts = Counts::default();
            counts.add(chunk, count);
            table.insert(unit.to_owned(), counts);
        }
    }
}
