//! Kernels for AVX-512: eight rows by 48 columns at once, in 24 of the 32 registers.
//!
//! Source: K. Goto, R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 2008, for the blocking.

use std::arch::x86_64::{
    __m512, _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_max_ps, _mm512_mul_ps,
    _mm512_reduce_add_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps, _mm512_sub_ps,
};

use crate::network::matrix::{Dense, GROUP, LANE, Lane, MoveScorer, Norm};

/// Rows that are computed together.
const ROWS: usize = 8;

type Tile<const R: usize> = [[__m512; 3]; R];

#[target_feature(enable = "avx512f")]
fn load(lane: &[f32; LANE]) -> __m512 {
    // SAFETY: a reference to sixteen floats is readable for 64 bytes, and the load needs no alignment.
    unsafe { _mm512_loadu_ps(lane.as_ptr()) }
}

#[target_feature(enable = "avx512f")]
fn store(lane: &mut [f32; LANE], value: __m512) {
    // SAFETY: a unique reference to sixteen floats is writable for 64 bytes, and the store needs no alignment.
    unsafe { _mm512_storeu_ps(lane.as_mut_ptr(), value) }
}

/// The sums of `R` rows of `x` with one panel. Each sum starts at the bias and adds its products in the order of the inputs.
#[target_feature(enable = "avx512f")]
fn tile<const R: usize>(x: &[f32], stride: usize, panel: (&[Lane], &[Lane])) -> Tile<R> {
    let (weights, bias) = panel;
    let inputs = weights.len() / 3;
    assert!(x.len() >= (R - 1) * stride + inputs && bias.len() == 3);
    let mut sums = [[load(&bias[0].0), load(&bias[1].0), load(&bias[2].0)]; R];
    for (k, lanes) in weights.as_chunks::<3>().0.iter().enumerate() {
        let w = [load(&lanes[0].0), load(&lanes[1].0), load(&lanes[2].0)];
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `k < inputs` and `r < R`, so the index is below `(R - 1) * stride + inputs`, which was compared with the
            // length above.
            let value = _mm512_set1_ps(unsafe { *x.get_unchecked(r * stride + k) });
            for (s, w) in sum.iter_mut().zip(w) {
                *s = _mm512_fmadd_ps(value, w, *s);
            }
        }
    }
    sums
}

#[target_feature(enable = "avx512f")]
pub(super) fn affine(x: &[f32], stride: usize, rows: usize, dense: &Dense, out: &mut [f32]) {
    let columns = dense.columns();
    for (p, panel) in dense.panels().enumerate() {
        let mut r = 0;
        while r < rows {
            let (x, out) = (&x[r * stride..], &mut out[r * columns + p * GROUP..]);
            r += match rows - r {
                ROWS.. => affine_tile::<ROWS>(x, stride, panel, out, columns),
                4.. => affine_tile::<4>(x, stride, panel, out, columns),
                2.. => affine_tile::<2>(x, stride, panel, out, columns),
                _ => affine_tile::<1>(x, stride, panel, out, columns),
            };
        }
    }
}

#[target_feature(enable = "avx512f")]
fn affine_tile<const R: usize>(
    x: &[f32],
    stride: usize,
    panel: (&[Lane], &[Lane]),
    out: &mut [f32],
    columns: usize,
) -> usize {
    let sums = tile::<R>(x, stride, panel);
    for (row, sum) in out.chunks_mut(columns).zip(sums) {
        for (lane, s) in row.as_chunks_mut::<LANE>().0.iter_mut().zip(sum) {
            store(lane, s);
        }
    }
    R
}

#[target_feature(enable = "avx512f")]
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
    let mut r = 0;
    while r < rows {
        let x = &x[r * stride..];
        let n = match rows - r {
            ROWS.. => maxout_tiles::<ROWS>(x, stride, dense, &mut out[r * width..]),
            4.. => maxout_tiles::<4>(x, stride, dense, &mut out[r * width..]),
            2.. => maxout_tiles::<2>(x, stride, dense, &mut out[r * width..]),
            _ => maxout_tiles::<1>(x, stride, dense, &mut out[r * width..]),
        };
        for (i, row) in out[r * width..].chunks_exact_mut(width).enumerate().take(n) {
            let at = (r + i) * width;
            normalize(row, norm, residual.map(|rest| &rest[at..at + width]));
        }
        r += n;
    }
}

/// All outputs of `R` rows.
#[target_feature(enable = "avx512f")]
fn maxout_tiles<const R: usize>(x: &[f32], stride: usize, dense: &Dense, out: &mut [f32]) -> usize {
    let width = dense.columns() / 3;
    for (p, panel) in dense.panels().enumerate() {
        let sums = tile::<R>(x, stride, panel);
        for (row, [a, b, c]) in out.chunks_exact_mut(width).zip(sums) {
            let lane = &mut row.as_chunks_mut::<LANE>().0[p];
            store(lane, _mm512_max_ps(_mm512_max_ps(a, b), c));
        }
    }
    R
}

#[target_feature(enable = "avx512f")]
fn normalize(row: &mut [f32], norm: &Norm, residual: Option<&[f32]>) {
    let n = row.len() as f32;
    let lanes = row.as_chunks_mut::<LANE>().0;
    let sum = lanes.iter().fold(_mm512_setzero_ps(), |sum, lane| {
        _mm512_add_ps(sum, load(lane))
    });
    let mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum) / n);
    let squares = lanes.iter().fold(_mm512_setzero_ps(), |sum, lane| {
        let d = _mm512_sub_ps(load(lane), mean);
        _mm512_fmadd_ps(d, d, sum)
    });
    let variance = _mm512_reduce_add_ps(squares) / n;
    let scale = _mm512_set1_ps(1.0 / (variance + Norm::EPSILON).sqrt());
    let (gain, bias) = (
        norm.gain.as_chunks::<LANE>().0,
        norm.bias.as_chunks::<LANE>().0,
    );
    for (i, lane) in lanes.iter_mut().enumerate() {
        let x = _mm512_mul_ps(_mm512_sub_ps(load(lane), mean), scale);
        let mut y = _mm512_fmadd_ps(x, load(&gain[i]), load(&bias[i]));
        if let Some(residual) = residual {
            y = _mm512_add_ps(y, load(&residual.as_chunks::<LANE>().0[i]));
        }
        store(lane, y);
    }
}

#[target_feature(enable = "avx512f")]
pub(super) fn sum_maxout_norm(
    parts: [Option<&[f32]>; 3],
    bias: &[Lane],
    norm: &Norm,
    residual: &[f32],
    out: &mut [f32],
) {
    let panels = bias.as_chunks::<3>().0;
    for (p, (out, bias)) in out
        .as_chunks_mut::<LANE>()
        .0
        .iter_mut()
        .zip(panels)
        .enumerate()
    {
        let mut sums = [load(&bias[0].0), load(&bias[1].0), load(&bias[2].0)];
        for part in parts.iter().flatten() {
            let lanes = &part.as_chunks::<LANE>().0[3 * p..3 * p + 3];
            for (s, lane) in sums.iter_mut().zip(lanes) {
                *s = _mm512_add_ps(*s, load(lane));
            }
        }
        store(out, _mm512_max_ps(_mm512_max_ps(sums[0], sums[1]), sums[2]));
    }
    normalize(out, norm, Some(residual));
}

#[target_feature(enable = "avx512f")]
pub(super) fn score_moves(rows: &[&[f32]], scorer: &MoveScorer, scores: &mut [f32]) {
    let units = scorer.hidden() / LANE;
    let bias = scorer.bias().as_chunks::<LANE>().0;
    let piece = |at: usize| {
        rows.iter().fold(load(&bias[at]), |sum, row| {
            _mm512_add_ps(sum, load(&row.as_chunks::<LANE>().0[at]))
        })
    };
    let lanes = scorer.upper_bias().len();
    let scores = &mut scores.as_chunks_mut::<LANE>().0[..lanes];
    for (lane, out) in scorer.upper_bias().iter().zip(scores.iter_mut()) {
        *out = lane.0;
    }
    let mut values = [0.0; LANE];
    for u in 0..units {
        store(&mut values, _mm512_max_ps(piece(u), piece(u + units)));
        let weights = &scorer.upper()[u * LANE * lanes..(u + 1) * LANE * lanes];
        let mut l = 0;
        while l < lanes {
            l += match lanes - l {
                8.. => add_products::<8>(&values, weights, lanes, l, scores),
                4.. => add_products::<4>(&values, weights, lanes, l, scores),
                2.. => add_products::<2>(&values, weights, lanes, l, scores),
                _ => add_products::<1>(&values, weights, lanes, l, scores),
            };
        }
    }
}

/// Adds to `N` lanes of scores, from `first`, the products with sixteen hidden units.
#[target_feature(enable = "avx512f")]
fn add_products<const N: usize>(
    values: &[f32; LANE],
    weights: &[Lane],
    lanes: usize,
    first: usize,
    scores: &mut [[f32; LANE]],
) -> usize {
    let mut sums = [_mm512_setzero_ps(); N];
    for (s, lane) in sums.iter_mut().zip(&scores[first..first + N]) {
        *s = load(lane);
    }
    for (value, weights) in values.iter().zip(weights.chunks_exact(lanes)) {
        let value = _mm512_set1_ps(*value);
        for (s, lane) in sums.iter_mut().zip(&weights[first..first + N]) {
            *s = _mm512_fmadd_ps(value, load(&lane.0), *s);
        }
    }
    for (s, lane) in sums.iter().zip(&mut scores[first..first + N]) {
        store(lane, *s);
    }
    N
}
