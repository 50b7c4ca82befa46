//! Components that choose one of many labels for each token: tagger and morphologizer.

use serde_json::Value;

use crate::doc::{LabelId, Labels, TokenData};
use crate::network::{Dense, Kernels, Weights};

/// A layer whose largest output names a label.
struct Choice {
    dense: Dense,
    labels: usize,
}

impl Choice {
    fn new(weights: &Weights, width: usize, labels: usize) -> Result<Self, String> {
        let layer = weights.named("softmax").next().ok_or("no softmax layer")?;
        let (w, shape) = layer.array("W")?;
        let (b, [b_len]) = layer.array("b")?;
        if shape != [labels, width] || b_len != labels || labels == 0 {
            return Err(format!("a layer of {shape:?} for {labels} labels"));
        }
        Ok(Self {
            dense: Dense::new(labels, width, |c, i| w[c * width + i], |c| b[c]),
            labels,
        })
    }

    /// Calls `chosen` with each row and the number of its label; the first of equals wins.
    fn run(
        &self,
        kernels: Kernels,
        vectors: &[f32],
        rows: usize,
        scores: &mut Vec<f32>,
        mut chosen: impl FnMut(usize, usize),
    ) {
        let columns = self.dense.columns();
        scores.clear();
        scores.resize(rows * columns, 0.0);
        kernels.affine(vectors, self.dense.inputs(), rows, &self.dense, scores);
        for (row, scores) in scores.chunks_exact(columns).enumerate() {
            let mut best = 0;
            for (i, score) in scores[..self.labels].iter().enumerate() {
                if *score > scores[best] {
                    best = i;
                }
            }
            chosen(row, best);
        }
    }
}

/// Gives each token a fine-grained tag.
pub(crate) struct Tagger {
    choice: Choice,
    labels: Vec<LabelId>,
}

impl Tagger {
    pub(crate) fn new(
        weights: &Weights,
        width: usize,
        cfg: &Value,
        labels: &mut Labels,
    ) -> Result<Self, String> {
        let names = cfg["labels"].as_array().ok_or("no labels in `cfg`")?;
        let names = names
            .iter()
            .map(|name| name.as_str().map(|name| labels.intern(name)));
        let names = names
            .collect::<Option<Vec<_>>>()
            .ok_or("a label that is no string")?;
        Ok(Self {
            choice: Choice::new(weights, width, names.len())?,
            labels: names,
        })
    }

    pub(crate) fn run(
        &self,
        kernels: Kernels,
        vectors: &[f32],
        tokens: &mut [TokenData],
        scores: &mut Vec<f32>,
    ) {
        self.choice
            .run(kernels, vectors, tokens.len(), scores, |i, label| {
                tokens[i].tag = self.labels[label];
            });
    }
}

/// Gives each token its universal part of speech and features.
pub(crate) struct Morphologizer {
    choice: Choice,
    labels: Vec<(LabelId, LabelId)>,
}

impl Morphologizer {
    pub(crate) fn new(
        weights: &Weights,
        width: usize,
        cfg: &Value,
        labels: &mut Labels,
    ) -> Result<Self, String> {
        // The order of the keys is the order of the network's outputs.
        let morphs = cfg["labels_morph"]
            .as_object()
            .ok_or("no `labels_morph` in `cfg`")?;
        let parts = cfg["labels_pos"]
            .as_object()
            .ok_or("no `labels_pos` in `cfg`")?;
        let mut names = Vec::with_capacity(morphs.len());
        for (label, morph) in morphs {
            let morph = morph.as_str().ok_or("features that are no string")?;
            let pos = parts.get(label).and_then(Value::as_u64);
            let pos = pos
                .and_then(part_of_speech)
                .ok_or("an unknown part of speech")?;
            names.push((
                labels.intern(pos),
                labels.intern(super::ruler::features(morph)),
            ));
        }
        Ok(Self {
            choice: Choice::new(weights, width, names.len())?,
            labels: names,
        })
    }

    pub(crate) fn run(
        &self,
        kernels: Kernels,
        vectors: &[f32],
        tokens: &mut [TokenData],
        scores: &mut Vec<f32>,
    ) {
        self.choice
            .run(kernels, vectors, tokens.len(), scores, |i, label| {
                (tokens[i].pos, tokens[i].morph) = self.labels[label];
            });
    }
}

/// The part of speech with a number among spaCy's symbols.
fn part_of_speech(symbol: u64) -> Option<&'static str> {
    const FIRST: u64 = 84;
    const NAMES: [&str; 20] = [
        "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
        "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "EOL", "SPACE",
    ];
    match symbol {
        0 => Some(""),
        n => NAMES
            .get(usize::try_from(n.checked_sub(FIRST)?).ok()?)
            .copied(),
    }
}
