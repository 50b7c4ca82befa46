//! Heads and labels, by an arc-eager parser that may also break sentences and put words back.
//!
//! Source: the behavior of spaCy's parser; M. Honnibal, M. Johnson, "An improved non-monotonic transition system for dependency
//! parsing", EMNLP 2015.

use super::moves::{self, Move};
use super::scoring::{Scores, Scoring};
use super::tree::{self, Decorated};
use crate::doc::{LabelId, Labels, TokenData};
use crate::network::{Kernels, Weights};

const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;
const ACTIONS: usize = 5;

const NONE: u32 = u32::MAX;

/// The dependency parser of a pipeline.
pub(crate) struct Parser {
    scoring: Scoring,
    moves: Vec<Move>,
    /// Labels `a||b`, whose head is found again after parsing.
    decorated: Decorated,
    root: LabelId,
}

impl Parser {
    pub(crate) fn new(
        weights: &Weights,
        width: usize,
        moves: &[u8],
        labels: &mut Labels,
    ) -> Result<Self, String> {
        let scoring = Scoring::new(weights, width, 8)?;
        let moves = moves::read(moves, labels, |action, _| usize::from(action) < ACTIONS)?;
        if moves.len() != scoring.moves() {
            return Err(format!("{} moves, {} scores", moves.len(), scoring.moves()));
        }
        Ok(Self {
            decorated: Decorated::new(moves.iter().map(|m| m.label), labels),
            root: labels.intern("ROOT"),
            scoring,
            moves,
        })
    }

    /// Sets heads, labels and sentence starts of a document from the vectors of its tokens.
    pub(crate) fn run(
        &self,
        kernels: Kernels,
        vectors: &[f32],
        tokens: &mut [TokenData],
        is_space: impl Fn(usize) -> bool,
        scores: &mut Scores,
        state: &mut ParserState,
    ) {
        self.scoring.start(kernels, vectors, tokens.len(), scores);
        state.reset(tokens.len());
        while !state.is_final() {
            let valid = state.valid();
            let scores = self.scoring.score(kernels, &state.features(), scores);
            match best(&self.moves, scores, valid) {
                Some(next) => state.apply(next),
                None => state.finish(),
            }
        }
        for (i, token) in tokens.iter_mut().enumerate() {
            let head = state.heads[i];
            (token.head, token.dep) = if head == NONE {
                (i as u32, self.root)
            } else {
                (head, state.labels[i])
            };
        }
        tree::finish(tokens, &self.decorated, is_space);
    }
}

/// The valid move with the highest score, the first of equals.
fn best(moves: &[Move], scores: &[f32], valid: u8) -> Option<Move> {
    let mut best = None;
    let mut highest = f32::NEG_INFINITY;
    for (m, &score) in moves.iter().zip(scores) {
        if valid >> m.action & 1 == 1 && score > highest {
            highest = score;
            best = Some(*m);
        }
    }
    best
}

/// The state of a parse. It is kept between documents for its memory.
#[derive(Default)]
pub(crate) struct ParserState {
    n: usize,
    stack: Vec<u32>,
    /// Words that were put back, the next one last.
    rebuffer: Vec<u32>,
    /// The next word that was never shifted.
    next: usize,
    heads: Vec<u32>,
    labels: Vec<LabelId>,
    /// The newest child on each side of a head, and the one before each child.
    newest_left: Vec<u32>,
    newest_right: Vec<u32>,
    older: Vec<u32>,
    unshiftable: Vec<bool>,
    sent_start: Vec<bool>,
}

impl ParserState {
    fn reset(&mut self, n: usize) {
        fn fill<T: Clone>(list: &mut Vec<T>, n: usize, value: T) {
            list.clear();
            list.resize(n, value);
        }
        self.n = n;
        self.next = 0;
        self.stack.clear();
        self.rebuffer.clear();
        fill(&mut self.heads, n, NONE);
        fill(&mut self.labels, n, LabelId::NONE);
        fill(&mut self.newest_left, n, NONE);
        fill(&mut self.newest_right, n, NONE);
        fill(&mut self.older, n, NONE);
        fill(&mut self.unshiftable, n, false);
        fill(&mut self.sent_start, n, false);
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn buffer_len(&self) -> usize {
        self.n - self.next + self.rebuffer.len()
    }

    /// Word `i` of the stack, from the top.
    fn stacked(&self, i: usize) -> Option<u32> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    /// Word `i` of the buffer.
    fn buffered(&self, i: usize) -> Option<u32> {
        match self.rebuffer.len().checked_sub(i + 1) {
            Some(at) => Some(self.rebuffer[at]),
            None => {
                let at = self.next + i - self.rebuffer.len();
                (at < self.n).then_some(at as u32)
            }
        }
    }

    fn features(&self) -> [Option<u32>; 8] {
        let (b0, s0) = (self.buffered(0), self.stacked(0));
        let newest = |list: &[u32], head: Option<u32>| {
            head.map(|h| list[h as usize])
                .filter(|&child| child != NONE)
        };
        [
            b0,
            self.buffered(1),
            s0,
            self.stacked(1),
            self.stacked(2),
            newest(&self.newest_left, b0),
            newest(&self.newest_left, s0),
            newest(&self.newest_right, s0),
        ]
    }

    /// The actions that may come next, one bit each.
    fn valid(&self) -> u8 {
        let buffer = self.buffer_len();
        let starts = |word: Option<u32>| word.is_some_and(|w| self.sent_start[w as usize]);
        let (b0, b1) = (self.buffered(0), self.buffered(1));
        let reshift = b0.is_some_and(|b| !self.unshiftable[b as usize]);
        let shift = self.stack.is_empty() || (buffer >= 2 && !starts(b0) && reshift);
        let reduce = !self.stack.is_empty();
        let arc = !self.stack.is_empty() && buffer > 0 && !starts(b0);
        let adjacent = matches!((b0, b1), (Some(b0), Some(b1)) if b1 == b0 + 1);
        let split = adjacent && !starts(b1);
        u8::from(shift) << SHIFT
            | u8::from(reduce) << REDUCE
            | u8::from(arc) << LEFT
            | u8::from(arc) << RIGHT
            | u8::from(split) << BREAK
    }

    fn apply(&mut self, m: Move) {
        let (b0, s0) = (self.buffered(0), self.stacked(0));
        match (m.action, b0, s0) {
            (SHIFT, Some(_), _) => self.push(),
            (REDUCE, _, Some(s0)) => {
                if self.heads[s0 as usize] == NONE && self.stack.len() > 1 {
                    self.unshiftable[s0 as usize] = true;
                    self.rebuffer.push(s0);
                }
                self.stack.pop();
            }
            (LEFT, Some(b0), Some(s0)) => {
                self.add_arc(b0, s0, m.label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            (RIGHT, Some(b0), Some(s0)) => {
                self.add_arc(s0, b0, m.label);
                self.push();
            }
            (BREAK, ..) => {
                if let Some(b1) = self.buffered(1) {
                    self.sent_start[b1 as usize] = true;
                }
            }
            _ => self.finish(),
        }
    }

    /// Gives up, as when no action is valid.
    fn finish(&mut self) {
        self.stack.clear();
        self.rebuffer.clear();
        self.next = self.n;
    }

    /// Shifts the next word.
    fn push(&mut self) {
        let word = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next as u32 - 1
        });
        self.stack.push(word);
    }

    fn add_arc(&mut self, head: u32, child: u32, label: LabelId) {
        self.delete_arc(child);
        let c = child as usize;
        let newest = self.newest(head, child);
        let older = std::mem::replace(newest, child);
        self.older[c] = older;
        self.heads[c] = head;
        self.labels[c] = label;
    }

    fn newest(&mut self, head: u32, child: u32) -> &mut u32 {
        let side = if head > child {
            &mut self.newest_left
        } else {
            &mut self.newest_right
        };
        &mut side[head as usize]
    }

    /// Takes a child from its head, if it has one.
    fn delete_arc(&mut self, child: u32) {
        let head = self.heads[child as usize];
        if head == NONE {
            return;
        }
        let older = self.older[child as usize];
        let newest = self.newest(head, child);
        if *newest == child {
            *newest = older;
            return;
        }
        let mut at = *newest;
        while at != NONE && self.older[at as usize] != child {
            at = self.older[at as usize];
        }
        if at != NONE {
            self.older[at as usize] = older;
        }
    }
}
