//! What parser and entity recognizer share: a network that scores the moves in a state.

use crate::network::{Dense, Kernels, MoveScorer, Weights};

/// Tokens whose rows of the lower layer are computed at once.
const BLOCK: usize = 32;
/// Blocks that are kept.
const SLOTS: usize = 8;
/// Most units of a layer and most moves; packages have 64 and about a hundred.
const MAX_UNITS: usize = 1024;
const MAX_MOVES: usize = 1 << 14;
/// Most features of a state.
const MAX_FEATURES: usize = 8;

/// The network: vectors of tokens, a layer to fewer numbers, a layer for each feature, and the scores.
pub(crate) struct Scoring {
    hidden: Dense,
    /// For each feature, the sums of a token that has that role: first pieces of all units, then second ones.
    lower: Dense,
    /// What stands for a feature that is absent.
    missing: Vec<f32>,
    scorer: MoveScorer,
    moves: usize,
    /// Twice the hidden units.
    row: usize,
}

impl Scoring {
    pub(crate) fn new(weights: &Weights, width: usize, features: usize) -> Result<Self, String> {
        let (lower, upper) = (weights.reference("lower")?, weights.reference("upper")?);
        let hidden = weights
            .named("linear")
            .find(|layer| !std::ptr::eq(*layer, upper));
        let hidden = hidden.ok_or("no layer before the features")?;
        let (hidden_w, [units, inputs]) = hidden.array("W")?;
        let (hidden_b, [hidden_len]) = hidden.array("b")?;
        let (lower_w, shape) = lower.array::<4>("W")?;
        let (lower_b, b_shape) = lower.array::<2>("b")?;
        let (pad, pad_shape) = lower.array::<4>("pad")?;
        let (upper_w, [moves, upper_in]) = upper.array("W")?;
        let (upper_b, [upper_len]) = upper.array("b")?;
        let out = shape[1];
        let fits = inputs == width
            && hidden_len == units
            && shape == [features, out, 2, units]
            && b_shape == [out, 2]
            && pad_shape == [1, features, out, 2]
            && upper_in == out
            && upper_len == moves
            && (1..=MAX_UNITS).contains(&units)
            && (1..=MAX_UNITS).contains(&out)
            && (1..=MAX_MOVES).contains(&moves)
            && out.is_multiple_of(16);
        if !fits {
            return Err(format!(
                "a network of {inputs} inputs and {shape:?} features"
            ));
        }
        let row = 2 * out;
        // In a file, the pieces of a unit stand next to one another.
        let from = |column: usize| (column / row, column % out, column % row / out);
        Ok(Self {
            hidden: Dense::new(
                units,
                width,
                |c, i| hidden_w[c * width + i],
                |c| hidden_b[c],
            ),
            lower: Dense::new(
                features * row,
                units,
                |column, i| {
                    let (feature, unit, piece) = from(column);
                    lower_w[((feature * out + unit) * 2 + piece) * units + i]
                },
                |_| 0.0,
            ),
            missing: (0..features * row)
                .map(|column| {
                    let (feature, unit, piece) = from(column);
                    pad[(feature * out + unit) * 2 + piece]
                })
                .collect(),
            scorer: MoveScorer::new(out, lower_b, upper_w, upper_b),
            moves,
            row,
        })
    }

    /// Number of moves that are scored.
    pub(crate) fn moves(&self) -> usize {
        self.moves
    }

    /// Prepares for a document of `n` tokens.
    pub(crate) fn start(&self, kernels: Kernels, vectors: &[f32], n: usize, scores: &mut Scores) {
        let columns = self.hidden.columns();
        scores.hidden.clear();
        scores.hidden.resize(n * columns, 0.0);
        kernels.affine(
            vectors,
            self.hidden.inputs(),
            n,
            &self.hidden,
            &mut scores.hidden,
        );
        scores.blocks.clear();
        scores.blocks.resize(SLOTS, u32::MAX);
        let rows = SLOTS * BLOCK + MAX_FEATURES;
        if scores.lower.len() < rows * self.lower.columns() {
            scores.lower.resize(rows * self.lower.columns(), 0.0);
        }
        scores.moves.resize(self.moves.next_multiple_of(16), 0.0);
        scores.n = n;
    }

    /// Scores all moves in a state with these features; absent ones are `None`.
    pub(crate) fn score<'s>(
        &self,
        kernels: Kernels,
        features: &[Option<u32>],
        scores: &'s mut Scores,
    ) -> &'s [f32] {
        let columns = self.lower.columns();
        let mut rows: [&[f32]; MAX_FEATURES] = [&[]; MAX_FEATURES];
        let mut places = [0; MAX_FEATURES];
        for (i, feature) in features.iter().enumerate() {
            if let Some(token) = feature {
                let others = features[..i].iter().flatten().map(|other| *other as usize);
                places[i] = self.place(kernels, i, *token as usize, others, scores);
            }
        }
        for (i, feature) in features.iter().enumerate() {
            let column = i * self.row;
            rows[i] = match feature {
                None => &self.missing[column..column + self.row],
                Some(_) => &scores.lower[places[i] * columns + column..][..self.row],
            };
        }
        kernels.score_moves(&rows[..features.len()], &self.scorer, &mut scores.moves);
        &scores.moves[..self.moves]
    }

    /// The row of the lower layer that belongs to a token; computes its block, if it is not there. If a token that is needed
    /// together with it stands in the place of its block, it gets a row of its own.
    fn place(
        &self,
        kernels: Kernels,
        feature: usize,
        token: usize,
        mut others: impl Iterator<Item = usize>,
        scores: &mut Scores,
    ) -> usize {
        let block = token / BLOCK;
        let slot = block % SLOTS;
        let place = slot * BLOCK + token % BLOCK;
        if scores.blocks[slot] == block as u32 {
            return place;
        }
        let is_taken = |other: usize| other / BLOCK != block && other / BLOCK % SLOTS == slot;
        if others.any(is_taken) {
            let spare = SLOTS * BLOCK + feature;
            self.fill(kernels, token, 1, spare, scores);
            return spare;
        }
        scores.blocks[slot] = block as u32;
        let first = block * BLOCK;
        self.fill(
            kernels,
            first,
            BLOCK.min(scores.n - first),
            slot * BLOCK,
            scores,
        );
        place
    }

    /// Computes `rows` rows of the lower layer, from a token on.
    fn fill(&self, kernels: Kernels, first: usize, rows: usize, place: usize, scores: &mut Scores) {
        let (inputs, columns) = (self.hidden.columns(), self.lower.columns());
        let out = &mut scores.lower[place * columns..];
        kernels.affine(
            &scores.hidden[first * inputs..],
            inputs,
            rows,
            &self.lower,
            out,
        );
    }
}

/// Room for the scores of one document after another.
///
/// The lower layer has a thousand numbers a token; only some blocks of it are kept, so that it stays in the processor's cache and
/// a long document takes no more memory than a short one.
#[derive(Default)]
pub(crate) struct Scores {
    n: usize,
    hidden: Vec<f32>,
    blocks: Vec<u32>,
    lower: Vec<f32>,
    moves: Vec<f32>,
}
