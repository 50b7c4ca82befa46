//! Named entities, by moves that open, continue and close them.

use super::moves::{self, Move};
use super::scoring::{Scores, Scoring};
use crate::doc::{LabelId, Labels, TokenData};
use crate::network::{Kernels, Tok2Vec, Weights};

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// The entity recognizer of a pipeline.
pub(crate) struct EntityRecognizer {
    /// Its own network from words to vectors, if it does not share the pipeline's.
    tok2vec: Option<Tok2Vec>,
    scoring: Scoring,
    moves: Vec<Move>,
}

impl EntityRecognizer {
    pub(crate) fn new(
        weights: &Weights,
        tok2vec: Option<Tok2Vec>,
        width: usize,
        moves: &[u8],
        labels: &mut Labels,
    ) -> Result<Self, String> {
        let scoring = Scoring::new(weights, width, 3)?;
        // Nothing was ever missing in a text that is read, and outside an entity there is no label.
        let exists = |action: u8, label: &str| match action {
            BEGIN..=LAST => !label.is_empty(),
            UNIT => true,
            OUT => label.is_empty(),
            _ => false,
        };
        let moves = moves::read(moves, labels, exists)?;
        if moves.len() != scoring.moves() {
            return Err(format!("{} moves, {} scores", moves.len(), scoring.moves()));
        }
        Ok(Self {
            tok2vec,
            scoring,
            moves,
        })
    }

    pub(crate) fn tok2vec(&self) -> Option<&Tok2Vec> {
        self.tok2vec.as_ref()
    }

    /// Sets the entities of a document from the vectors of its tokens. Sentence starts must be set.
    pub(crate) fn run(
        &self,
        kernels: Kernels,
        vectors: &[f32],
        tokens: &mut [TokenData],
        is_space: impl Fn(usize) -> bool,
        scores: &mut Scores,
    ) {
        let n = tokens.len();
        self.scoring.start(kernels, vectors, n, scores);
        let mut open: Option<(usize, LabelId)> = None;
        for i in 0..n {
            let goes_on = i + 1 < n && !tokens[i + 1].sent_start;
            let features = [
                Some(i as u32),
                open.map(|(start, _)| start as u32),
                open.and(i.checked_sub(1)).map(|before| before as u32),
            ];
            let scores = self.scoring.score(kernels, &features, scores);
            let next = match open {
                Some((_, label)) => best_inside(&self.moves, scores, label, goes_on),
                None => best_outside(&self.moves, scores, goes_on, is_space(i)),
            };
            let Some(next) = next else { continue };
            match (next.action, open) {
                (BEGIN, _) => open = Some((i, next.label)),
                (LAST, Some((start, label))) => {
                    set_entity(&mut tokens[start..=i], label);
                    open = None;
                }
                (UNIT, _) => set_entity(&mut tokens[i..=i], next.label),
                _ => {}
            }
        }
    }
}

fn best_inside(moves: &[Move], scores: &[f32], label: LabelId, goes_on: bool) -> Option<Move> {
    let mut best = None;
    let mut highest = f32::NEG_INFINITY;
    for (m, &score) in moves.iter().zip(scores) {
        let valid = match m.action {
            IN => goes_on && m.label == label,
            LAST => m.label == label,
            _ => false,
        };
        if valid && score > highest {
            highest = score;
            best = Some(*m);
        }
    }
    best
}

fn best_outside(moves: &[Move], scores: &[f32], goes_on: bool, is_space: bool) -> Option<Move> {
    let mut best = None;
    let mut highest = f32::NEG_INFINITY;
    for (m, &score) in moves.iter().zip(scores) {
        let valid = match m.action {
            BEGIN => goes_on && !is_space,
            UNIT => !is_space && !m.label.is_none(),
            OUT => true,
            _ => false,
        };
        if valid && score > highest {
            highest = score;
            best = Some(*m);
        }
    }
    best
}

fn set_entity(tokens: &mut [TokenData], label: LabelId) {
    for (i, t) in tokens.iter_mut().enumerate() {
        t.ent_type = label;
        t.ent_start = i == 0;
    }
}
