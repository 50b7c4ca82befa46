//! The inner loops, once for each kind of processor.
//!
//! [`Kernels`] is chosen when a pipeline is loaded. `portable` is safe Rust and the reference that property tests hold the others
//! against. Results of two kinds of kernels differ in rounding only. All `unsafe` of the crate is below this module: loads and
//! stores of registers, and calls of functions for instructions that the processor was asked for.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(test)]
mod tests;

use super::matrix::{Dense, LANE, Lane, MoveScorer, Norm};

/// Which instructions the networks run on.
///
/// Only [`detect`](Self::detect) and [`available`](Self::available) make values, so that there is none for instructions that the
/// processor lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kernels(Path);

// Invariant: the processor has the instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Path {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

/// Calls the kernel of that name.
macro_rules! run {
    ($self:ident, $name:ident($($arg:expr),*)) => {
        match $self.0 {
            // SAFETY: there is no value `Avx512` on a processor without AVX-512.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { avx512::$name($($arg),*) },
            // SAFETY: there is no value `Avx2` on a processor without AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { avx2::$name($($arg),*) },
            Path::Portable => portable::$name($($arg),*),
        }
    };
}

impl Kernels {
    /// The fastest kernels that this processor can run.
    pub fn detect() -> Self {
        Self::available()[0]
    }

    /// All kernels that this processor can run, the fastest first; the portable ones are always there.
    pub fn available() -> Vec<Self> {
        let mut found = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                found.push(Self(Path::Avx512));
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                found.push(Self(Path::Avx2));
            }
        }
        found.push(Self(Path::Portable));
        found
    }

    /// `avx512`, `avx2` or `portable`.
    pub fn as_str(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => "avx2",
            Path::Portable => "portable",
        }
    }

    /// `out[r] = W x[r] + b` for each of `rows` rows; a row of `x` starts every `stride` floats.
    ///
    /// # Panics
    /// If `x` or `out` is too short.
    pub(crate) fn affine(
        self,
        x: &[f32],
        stride: usize,
        rows: usize,
        dense: &Dense,
        out: &mut [f32],
    ) {
        check_rows(x, stride, rows, dense.inputs());
        assert!(out.len() >= rows * dense.columns());
        run!(self, affine(x, stride, rows, dense, out))
    }

    /// A maxout layer, normalized: `out[r] = norm(max(W x[r] + b))`, plus `residual[r]` if there is one.
    ///
    /// # Panics
    /// If a slice is too short.
    #[expect(
        clippy::too_many_arguments,
        reason = "the operands of one fused operation"
    )]
    pub(crate) fn maxout_norm(
        self,
        x: &[f32],
        stride: usize,
        rows: usize,
        dense: &Dense,
        norm: &Norm,
        residual: Option<&[f32]>,
        out: &mut [f32],
    ) {
        let width = dense.columns() / 3;
        check_rows(x, stride, rows, dense.inputs());
        assert!(out.len() >= rows * width && norm.gain.len() == width && norm.bias.len() == width);
        assert!(residual.is_none_or(|r| r.len() >= rows * width));
        run!(
            self,
            maxout_norm(x, stride, rows, dense, norm, residual, out)
        )
    }

    /// A maxout layer whose products are known already: `out = norm(max(Σ parts + b)) + residual`.
    ///
    /// # Panics
    /// If a slice is too short.
    pub(crate) fn sum_maxout_norm(
        self,
        parts: [Option<&[f32]>; 3],
        bias: &[Lane],
        norm: &Norm,
        residual: &[f32],
        out: &mut [f32],
    ) {
        let width = out.len();
        assert!(bias.len() * LANE == 3 * width && residual.len() == width);
        assert!(norm.gain.len() == width && norm.bias.len() == width);
        assert!(parts.iter().flatten().all(|p| p.len() == 3 * width));
        run!(self, sum_maxout_norm(parts, bias, norm, residual, out))
    }

    /// Scores of all moves in a state, from the rows that its features have in the lower layer.
    ///
    /// # Panics
    /// If a row is shorter than twice the hidden units, or `scores` shorter than the moves filled up to 16.
    pub(crate) fn score_moves(self, rows: &[&[f32]], scorer: &MoveScorer, scores: &mut [f32]) {
        assert!(rows.iter().all(|r| r.len() == 2 * scorer.hidden()));
        assert!(scores.len() >= scorer.upper_bias().len() * LANE);
        run!(self, score_moves(rows, scorer, scores))
    }
}

fn check_rows(x: &[f32], stride: usize, rows: usize, inputs: usize) {
    assert!(
        rows == 0 || x.len() >= (rows - 1) * stride + inputs,
        "rows lie in the input"
    );
}
