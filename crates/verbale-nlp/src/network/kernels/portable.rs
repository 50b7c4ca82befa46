//! Kernels in plain Rust: the reference, and what runs on processors without AVX2.

use crate::network::matrix::{Dense, GROUP, LANE, Lane, MoveScorer, Norm};

/// Rows that are computed together, so that a weight is loaded once for all of them.
const ROWS: usize = 4;

pub(super) fn affine(x: &[f32], stride: usize, rows: usize, dense: &Dense, out: &mut [f32]) {
    let columns = dense.columns();
    for (p, (weights, bias)) in dense.panels().enumerate() {
        for first in (0..rows).step_by(ROWS) {
            let n = ROWS.min(rows - first);
            let sums = panel(x, stride, first, n, weights, bias);
            for (r, sum) in sums.iter().enumerate().take(n) {
                let at = (first + r) * columns + p * GROUP;
                out[at..at + GROUP].copy_from_slice(sum);
            }
        }
    }
}

/// Up to four rows of one panel. Missing rows repeat the last.
fn panel(
    x: &[f32],
    stride: usize,
    first: usize,
    n: usize,
    weights: &[Lane],
    bias: &[Lane],
) -> [[f32; GROUP]; ROWS] {
    let inputs = weights.len() / 3;
    let rows: [&[f32]; ROWS] = std::array::from_fn(|r| {
        let at = (first + r.min(n - 1)) * stride;
        &x[at..at + inputs]
    });
    let mut sums = [[0.0; GROUP]; ROWS];
    for sum in &mut sums {
        for (lane, out) in bias.iter().zip(sum.as_chunks_mut::<LANE>().0) {
            *out = lane.0;
        }
    }
    for (k, lanes) in weights.as_chunks::<3>().0.iter().enumerate() {
        for (row, sum) in rows.iter().zip(&mut sums) {
            let value = row[k];
            for (lane, out) in lanes.iter().zip(sum.as_chunks_mut::<LANE>().0) {
                for (w, s) in lane.0.iter().zip(out) {
                    *s += w * value;
                }
            }
        }
    }
    sums
}

pub(super) fn maxout_norm(
    x: &[f32],
    stride: usize,
    rows: usize,
    dense: &Dense,
    norm: &Norm,
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
    let width = dense.columns() / 3;
    for (p, (weights, bias)) in dense.panels().enumerate() {
        for first in (0..rows).step_by(ROWS) {
            let n = ROWS.min(rows - first);
            let sums = panel(x, stride, first, n, weights, bias);
            for (r, sum) in sums.iter().enumerate().take(n) {
                let at = (first + r) * width + p * LANE;
                max_of_pieces(sum, &mut out[at..at + LANE]);
            }
        }
    }
    for (r, row) in out.chunks_exact_mut(width).enumerate().take(rows) {
        normalize(row, norm);
        if let Some(residual) = residual {
            add(row, &residual[r * width..(r + 1) * width]);
        }
    }
}

pub(super) fn sum_maxout_norm(
    parts: [Option<&[f32]>; 3],
    bias: &[Lane],
    norm: &Norm,
    residual: &[f32],
    out: &mut [f32],
) {
    for (p, (out, bias)) in out
        .chunks_exact_mut(LANE)
        .zip(bias.chunks_exact(3))
        .enumerate()
    {
        let mut sum = [0.0; GROUP];
        for (lane, out) in bias.iter().zip(sum.as_chunks_mut::<LANE>().0) {
            *out = lane.0;
        }
        for part in parts.iter().flatten() {
            add(&mut sum, &part[p * GROUP..(p + 1) * GROUP]);
        }
        max_of_pieces(&sum, out);
    }
    normalize(out, norm);
    add(out, residual);
}

fn max_of_pieces(sum: &[f32; GROUP], out: &mut [f32]) {
    for (i, out) in out.iter_mut().enumerate() {
        *out = sum[i].max(sum[i + LANE]).max(sum[i + 2 * LANE]);
    }
}

fn normalize(row: &mut [f32], norm: &Norm) {
    let n = row.len() as f32;
    let mean = row.iter().sum::<f32>() / n;
    let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / n;
    let scale = 1.0 / (variance + Norm::EPSILON).sqrt();
    for ((x, gain), bias) in row.iter_mut().zip(&norm.gain).zip(&norm.bias) {
        *x = (*x - mean) * scale * gain + bias;
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += y;
    }
}

pub(super) fn score_moves(rows: &[&[f32]], scorer: &MoveScorer, scores: &mut [f32]) {
    let lanes = scorer.upper_bias();
    for (lane, out) in lanes.iter().zip(scores.as_chunks_mut::<LANE>().0) {
        *out = lane.0;
    }
    let hidden = scorer.hidden();
    for (unit, weights) in scorer.upper().chunks_exact(lanes.len()).enumerate() {
        let piece = |at: usize| {
            rows.iter()
                .fold(scorer.bias()[at], |sum, row| sum + row[at])
        };
        let value = piece(unit).max(piece(unit + hidden));
        for (lane, out) in weights.iter().zip(scores.as_chunks_mut::<LANE>().0) {
            for (w, s) in lane.0.iter().zip(out) {
                *s += w * value;
            }
        }
    }
}
