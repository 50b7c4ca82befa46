//! How likely a name in another script is spelled so in Latin letters.
//!
//! Each unit of the name (`units`) is written as a chunk of Latin letters, independently of the others. The
//! likelihood of a chunk is what was counted for the unit in its position, backed by what was counted for it
//! anywhere, backed by how near the chunk is to the plain spelling. Without any counts this is transliteration by
//! rule with a tolerance. What the counts were taken from is told in `docs/models/spelling.md`.
//!
//! Source: the model is the memoryless transducer of Ristad and Yianilos (1998), "Learning String-Edit Distance",
//! with many-to-many chunks; it is trained by expectation maximization.

use std::{collections::BTreeMap, sync::LazyLock};

use super::sound;
use super::units::{Unit, units};

mod candidates;
mod train;

pub use candidates::Candidates;

/// Longest chunk of Latin letters for one unit; a Han character needs six ("zhuang").
const MAX_CHUNK: usize = 6;

/// How many observations the plain spelling counts for, and the unit anywhere for the unit in its position.
const PLAIN_WEIGHT: f64 = 3.0;
const COARSE_WEIGHT: f64 = 2.0;

/// What was counted for one unit.
#[derive(Debug, Clone, Default, PartialEq)]
struct Counts {
    total: f64,
    chunks: BTreeMap<String, f64>,
}

impl Counts {
    fn add(&mut self, chunk: &str, count: f64) {
        self.total += count;
        *self.chunks.entry(chunk.to_owned()).or_default() += count;
    }

    fn of(&self, chunk: &str) -> f64 {
        self.chunks.get(chunk).copied().unwrap_or(0.0)
    }
}

type Table = BTreeMap<String, Counts>;

/// Knows how names are spelled across scripts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Speller {
    fine: Table,
    coarse: Table,
}

static BUILTIN: LazyLock<Speller> = LazyLock::new(|| Speller::parse(include_str!("spelling.tsv")));

impl Speller {
    /// The speller that travels with the program.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads counts as [`Speller::to_text`] writes them; lines that are none are passed over.
    pub fn parse(text: &str) -> Self {
        let mut speller = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let table = match fields.next() {
                Some("fine") => &mut speller.fine,
                Some("coarse") => &mut speller.coarse,
                _ => continue,
            };
            let Some(unit) = fields.next() else { continue };
            let counts = table.entry(unit.to_owned()).or_default();
            for field in fields {
                if let Some((chunk, n)) = field.split_once('=')
                    && let Ok(n) = n.parse::<f64>()
                {
                    counts.add(chunk, n);
                }
            }
        }
        speller
    }

    /// The counts as text, a line for each unit; chunks counted less than `least` are left out.
    pub fn to_text(&self, least: f64) -> String {
        let mut text = String::new();
        for (name, table) in [("coarse", &self.coarse), ("fine", &self.fine)] {
            for (unit, counts) in table {
                let mut chunks: Vec<(&String, &f64)> =
                    counts.chunks.iter().filter(|(_, n)| **n >= least).collect();
                if chunks.is_empty() {
                    continue;
                }
                chunks.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
                text.push_str(&format!("{name}\t{unit}"));
                for (chunk, n) in chunks {
                    text.push_str(&format!("\t{chunk}={n:.1}"));
                }
                text.push('\n');
            }
        }
        text
    }

    /// The log-likelihood of the Latin spelling by the likeliest division into chunks, per letter: 0 is certain,
    /// below -2 is chance. `latin` is lower-case ASCII without blanks.
    pub(super) fn per_letter(&self, name: &str, latin: &str) -> f64 {
        let units = units(name);
        if units.is_empty() || latin.is_empty() || latin.len() > MAX_LETTERS {
            return f64::NEG_INFINITY;
        }
        let mut best = vec![f64::NEG_INFINITY; latin.len() + 1];
        best[0] = 0.0;
        for unit in &units {
            let mut next = vec![f64::NEG_INFINITY; latin.len() + 1];
            for from in (0..=latin.len()).filter(|&i| best[i] > f64::NEG_INFINITY) {
                for to in from..=latin.len().min(from + MAX_CHUNK) {
                    let likelihood = best[from] + self.likelihood(unit, &latin[from..to]).ln();
                    next[to] = next[to].max(likelihood);
                }
            }
            best = next;
        }
        best[latin.len()] / latin.len() as f64
    }

    /// The likelihood of a chunk for a unit.
    fn likelihood(&self, unit: &Unit, chunk: &str) -> f64 {
        let back = |counts: Option<&Counts>, weight: f64, prior: f64| {
            let (n, total) = counts.map_or((0.0, 0.0), |c| (c.of(chunk), c.total));
            (n + weight * prior) / (total + weight)
        };
        let plain = nearness(&unit.plain, chunk);
        let coarse = back(self.coarse.get(&unit.coarse), PLAIN_WEIGHT, plain);
        back(self.fine.get(&unit.key), COARSE_WEIGHT, coarse)
    }
}

/// Longest Latin name that is held against another script.
const MAX_LETTERS: usize = 120;

/// The likelihood of a chunk where only the plain spelling is known.
fn nearness(plain: &str, chunk: &str) -> f64 {
    if plain == chunk {
        return 0.5;
    }
    let longest = plain.len().max(chunk.len()) as f64;
    0.12 * (-2.2 * sound::distance(plain, chunk)).exp() / (1.0 + 0.3 * longest) + 1e-7
}

#[cfg(test)]
mod tests;
