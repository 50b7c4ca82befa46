//! Weights, laid out for the kernels.

/// Outputs that are computed side by side: a lane of AVX-512.
pub(crate) const LANE: usize = 16;
/// Columns of a panel: three lanes.
pub(crate) const GROUP: usize = 3 * LANE;

/// Sixteen floats on one cache line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub(crate) [f32; LANE]);

/// A layer `y = W x + b`, in panels of 48 columns.
///
/// Invariant: `weights` has `3 * inputs` lanes a panel, `bias` has three.
#[derive(Debug, Clone)]
pub(crate) struct Dense {
    inputs: usize,
    weights: Vec<Lane>,
    bias: Vec<Lane>,
}

impl Dense {
    /// Lays out a matrix: `weight(column, input)` and `bias(column)` say what stands in a column.
    pub(crate) fn new(
        columns: usize,
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        let panels = columns.div_ceil(GROUP);
        let mut weights = Vec::with_capacity(panels * inputs * 3);
        let mut biases = Vec::with_capacity(panels * 3);
        let lane = |first: usize, value: &dyn Fn(usize) -> f32| {
            Lane(std::array::from_fn(|i| {
                if first + i < columns {
                    value(first + i)
                } else {
                    0.0
                }
            }))
        };
        for panel in 0..panels {
            let firsts = [0, 1, 2].map(|part| panel * GROUP + part * LANE);
            for input in 0..inputs {
                weights.extend(firsts.map(|first| lane(first, &|c| weight(c, input))));
            }
            biases.extend(firsts.map(|first| lane(first, &bias)));
        }
        Self {
            inputs,
            weights,
            bias: biases,
        }
    }

    /// A layer whose outputs are the largest of up to three pieces each. The pieces of sixteen outputs share a panel; a missing
    /// piece repeats the first, which changes no maximum. `weights` is (output, piece, input), `bias` (output, piece).
    pub(crate) fn maxout(
        outputs: usize,
        pieces: usize,
        inputs: usize,
        weights: &[f32],
        bias: &[f32],
    ) -> Self {
        let row = |column: usize| {
            let (panel, rest) = (column / GROUP, column % GROUP);
            let piece = if rest / LANE < pieces { rest / LANE } else { 0 };
            (panel * LANE + rest % LANE) * pieces + piece
        };
        Self::new(
            3 * outputs,
            inputs,
            |column, input| weights[row(column) * inputs + input],
            |column| bias[row(column)],
        )
    }

    /// The columns of several layers with the same inputs, side by side.
    pub(crate) fn concat(layers: &[Self]) -> Self {
        assert!(layers.iter().all(|l| l.inputs == layers[0].inputs));
        Self {
            inputs: layers[0].inputs,
            weights: layers.iter().flat_map(|l| &l.weights).copied().collect(),
            bias: layers.iter().flat_map(|l| &l.bias).copied().collect(),
        }
    }

    /// Length of an input.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Length of a row of results, a multiple of [`GROUP`].
    pub(crate) fn columns(&self) -> usize {
        self.bias.len() * LANE
    }

    /// The panels: weights, three lanes an input, and three lanes of bias.
    pub(crate) fn panels(&self) -> impl Iterator<Item = (&[Lane], &[Lane])> {
        self.weights
            .chunks_exact(3 * self.inputs)
            .zip(self.bias.chunks_exact(3))
    }

    pub(crate) fn bias(&self) -> &[Lane] {
        &self.bias
    }
}

/// The gain and bias of a layer normalization.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Norm {
    /// Added to the variance. Source: thinc, `LayerNorm`.
    pub(crate) const EPSILON: f32 = 1e-8;
}

/// What scores the moves of a parser from the features of its state: their sum, the larger of two pieces, and a layer.
///
/// Invariant: `hidden` is a multiple of [`LANE`]; `bias` has `2 * hidden` floats, first all first pieces, then all second ones.
#[derive(Debug, Clone)]
pub(crate) struct MoveScorer {
    hidden: usize,
    bias: Vec<f32>,
    /// For each hidden unit, `moves` floats filled up to whole lanes.
    upper: Vec<Lane>,
    upper_bias: Vec<Lane>,
}

impl MoveScorer {
    /// `bias` is (unit, piece) with two pieces, `upper` is (move, unit).
    pub(crate) fn new(hidden: usize, bias: &[f32], upper: &[f32], upper_bias: &[f32]) -> Self {
        assert!(hidden.is_multiple_of(LANE) && bias.len() == 2 * hidden);
        let moves = upper_bias.len();
        assert_eq!(upper.len(), moves * hidden);
        let lanes = moves.div_ceil(LANE);
        let lane = |first: usize, value: &dyn Fn(usize) -> f32| {
            Lane(std::array::from_fn(|i| {
                if first + i < moves {
                    value(first + i)
                } else {
                    0.0
                }
            }))
        };
        Self {
            hidden,
            bias: (0..2 * hidden)
                .map(|i| bias[(i % hidden) * 2 + i / hidden])
                .collect(),
            upper: (0..hidden)
                .flat_map(|unit| (0..lanes).map(move |l| (unit, l)))
                .map(|(unit, l)| lane(l * LANE, &|m| upper[m * hidden + unit]))
                .collect(),
            upper_bias: (0..lanes)
                .map(|l| lane(l * LANE, &|m| upper_bias[m]))
                .collect(),
        }
    }

    /// Number of hidden units.
    pub(crate) fn hidden(&self) -> usize {
        self.hidden
    }

    pub(crate) fn bias(&self) -> &[f32] {
        &self.bias
    }

    pub(crate) fn upper(&self) -> &[Lane] {
        &self.upper
    }

    pub(crate) fn upper_bias(&self) -> &[Lane] {
        &self.upper_bias
    }
}
