//! Finding a name of another script among many Latin ones.

use std::collections::BTreeMap;

use super::{MAX_CHUNK, MAX_LETTERS, Speller};
use crate::entities::names::{spellings, units::units};

/// Latin names, prepared for being held against names in other scripts.
#[derive(Debug, Clone)]
pub struct Candidates {
    /// Per name its spellings; per spelling, for each position, the chunks that start there.
    names: Vec<Vec<Vec<Vec<u32>>>>,
    chunks: Vec<String>,
    /// Per unit the log-likelihood of each chunk.
    rows: BTreeMap<String, Vec<f32>>,
}

/// Most rows that are kept; a row costs four bytes for each chunk.
const MAX_ROWS: usize = 400;

impl Candidates {
    /// Prepares the names.
    pub fn new(latin: &[&str]) -> Self {
        let mut ids = BTreeMap::new();
        let mut chunks = Vec::new();
        let names = latin
            .iter()
            .map(|name| {
                spellings(name)
                    .iter()
                    .map(|s| {
                        let s = &s[..s.len().min(MAX_LETTERS)];
                        let starts = |from: usize| {
                            (from..=s.len().min(from + MAX_CHUNK))
                                .map(|to| intern(&s[from..to], &mut ids, &mut chunks))
                                .collect()
                        };
                        (0..=s.len()).map(starts).collect()
                    })
                    .collect()
            })
            .collect();
        Self {
            names,
            chunks,
            rows: BTreeMap::new(),
        }
    }

    /// The index of the likeliest Latin name; the first of equals. `None` if none can be it.
    pub fn first(&mut self, speller: &Speller, name: &str) -> Option<usize> {
        let units = units(name);
        if self.rows.len() > MAX_ROWS {
            self.rows.clear();
        }
        for unit in &units {
            if !self.rows.contains_key(&unit.key) {
                let row = self
                    .chunks
                    .iter()
                    .map(|c| speller.likelihood(unit, c).ln() as f32)
                    .collect();
                self.rows.insert(unit.key.clone(), row);
            }
        }
        let rows: Vec<&[f32]> = units.iter().map(|u| self.rows[&u.key].as_slice()).collect();
        let mut best = None;
        let mut bound = f32::NEG_INFINITY;
        for (i, spellings) in self.names.iter().enumerate() {
            for spelling in spellings {
                let likelihood = likeliest(&rows, spelling, bound);
                if likelihood > bound {
                    (best, bound) = (Some(i), likelihood);
                }
            }
        }
        best
    }
}

fn intern(chunk: &str, ids: &mut BTreeMap<String, u32>, chunks: &mut Vec<String>) -> u32 {
    *ids.entry(chunk.to_owned()).or_insert_with(|| {
        chunks.push(chunk.to_owned());
        chunks.len() as u32 - 1
    })
}

/// The log-likelihood by the likeliest division; what cannot pass `bound` is given up.
fn likeliest(rows: &[&[f32]], spelling: &[Vec<u32>], bound: f32) -> f32 {
    let mut best = vec![f32::NEG_INFINITY; spelling.len()];
    let mut next = best.clone();
    best[0] = 0.0;
    for row in rows {
        next.fill(f32::NEG_INFINITY);
        for (from, starts) in spelling.iter().enumerate() {
            let base = best[from];
            if base <= bound {
                continue;
            }
            for (length, &chunk) in starts.iter().enumerate() {
                let likelihood = base + row[chunk as usize];
                if likelihood > next[from + length] {
                    next[from + length] = likelihood;
                }
            }
        }
        std::mem::swap(&mut best, &mut next);
    }
    best.last().copied().unwrap_or(f32::NEG_INFINITY)
}
