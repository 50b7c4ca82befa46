//! Kernels for AVX2 with FMA: three rows by 24 columns at once, in 9 of the 16 registers, twice for a panel.

use std::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_max_ps, _mm256_mul_ps,
    _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps, _mm256_sub_ps,
};

use crate::network::matrix::{Dense, GROUP, LANE, Lane, MoveScorer, Norm};

/// Floats of a register.
const HALF: usize = 8;
/// Rows that are computed together. With four, the compiler spills registers and half of the speed is lost.
const ROWS: usize = 3;

#[target_feature(enable = "avx2,fma")]
fn load(lane: &[f32; HALF]) -> __m256 {
    // SAFETY: a reference to eight floats is readable for 32 bytes, and the load needs no alignment.
    unsafe { _mm256_loadu_ps(lane.as_ptr()) }
}

#[target_feature(enable = "avx2,fma")]
fn store(lane: &mut [f32; HALF], value: __m256) {
    // SAFETY: a unique reference to eight floats is writable for 32 bytes, and the store needs no alignment.
    unsafe { _mm256_storeu_ps(lane.as_mut_ptr(), value) }
}

/// The first or second half of a lane.
fn half(lane: &[f32; LANE], h: usize) -> &[f32; HALF] {
    &lane.as_chunks::<HALF>().0[h]
}

/// The sums of `R` rows of `x` with half `h` of each lane of a panel, in the order of the inputs.
#[target_feature(enable = "avx2,fma")]
fn tile<const R: usize>(
    x: &[f32],
    stride: usize,
    panel: (&[Lane], &[Lane]),
    h: usize,
) -> [[__m256; 3]; R] {
    let (weights, bias) = panel;
    let inputs = weights.len() / 3;
    assert!(x.len() >= (R - 1) * stride + inputs && bias.len() == 3 && h < 2);
    let first = |lanes: &[Lane; 3]| {
        [
            load(half(&lanes[0].0, h)),
            load(half(&lanes[1].0, h)),
            load(half(&lanes[2].0, h)),
        ]
    };
    let mut sums = [first(&[bias[0], bias[1], bias[2]]); R];
    for (k, lanes) in weights.as_chunks::<3>().0.iter().enumerate() {
        let w = first(lanes);
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `k < inputs` and `r < R`, so the index is below `(R - 1) * stride + inputs`, which was compared with the
            // length above.
            let value = _mm256_set1_ps(unsafe { *x.get_unchecked(r * stride + k) });
            for (s, w) in sum.iter_mut().zip(w) {
                *s = _mm256_fmadd_ps(value, w, *s);
            }
        }
    }
    sums
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn affine(x: &[f32], stride: usize, rows: usize, dense: &Dense, out: &mut [f32]) {
    let columns = dense.columns();
    for (p, panel) in dense.panels().enumerate() {
        let mut r = 0;
        while r < rows {
            let (x, out) = (&x[r * stride..], &mut out[r * columns + p * GROUP..]);
            r += match rows - r {
                ROWS.. => affine_tile::<ROWS>(x, stride, panel, out, columns),
                2.. => affine_tile::<2>(x, stride, panel, out, columns),
                _ => affine_tile::<1>(x, stride, panel, out, columns),
            };
        }
    }
}

#[target_feature(enable = "avx2,fma")]
fn affine_tile<const R: usize>(
    x: &[f32],
    stride: usize,
    panel: (&[Lane], &[Lane]),
    out: &mut [f32],
    columns: usize,
) -> usize {
    for h in 0..2 {
        let sums = tile::<R>(x, stride, panel, h);
        for (row, sum) in out.chunks_mut(columns).zip(sums) {
            for (lane, s) in row.as_chunks_mut::<LANE>().0.iter_mut().zip(sum) {
                store(&mut lane.as_chunks_mut::<HALF>().0[h], s);
            }
        }
    }
    R
}

#[target_feature(enable = "avx2,fma")]
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
#[target_feature(enable = "avx2,fma")]
fn maxout_tiles<const R: usize>(x: &[f32], stride: usize, dense: &Dense, out: &mut [f32]) -> usize {
    let width = dense.columns() / 3;
    for (p, panel) in dense.panels().enumerate() {
        for h in 0..2 {
            let sums = tile::<R>(x, stride, panel, h);
            for (row, [a, b, c]) in out.chunks_exact_mut(width).zip(sums) {
                let lane = &mut row.as_chunks_mut::<HALF>().0[2 * p + h];
                store(lane, _mm256_max_ps(_mm256_max_ps(a, b), c));
            }
        }
    }
    R
}

#[target_feature(enable = "avx2,fma")]
fn sum_of(v: __m256) -> f32 {
    let mut lanes = [0.0; HALF];
    store(&mut lanes, v);
    lanes.iter().sum()
}

#[target_feature(enable = "avx2,fma")]
fn normalize(row: &mut [f32], norm: &Norm, residual: Option<&[f32]>) {
    let n = row.len() as f32;
    let lanes = row.as_chunks_mut::<HALF>().0;
    let sum = lanes.iter().fold(_mm256_setzero_ps(), |sum, lane| {
        _mm256_add_ps(sum, load(lane))
    });
    let mean = _mm256_set1_ps(sum_of(sum) / n);
    let squares = lanes.iter().fold(_mm256_setzero_ps(), |sum, lane| {
        let d = _mm256_sub_ps(load(lane), mean);
        _mm256_fmadd_ps(d, d, sum)
    });
    let variance = sum_of(squares) / n;
    let scale = _mm256_set1_ps(1.0 / (variance + Norm::EPSILON).sqrt());
    let (gain, bias) = (
        norm.gain.as_chunks::<HALF>().0,
        norm.bias.as_chunks::<HALF>().0,
    );
    for (i, lane) in lanes.iter_mut().enumerate() {
        let x = _mm256_mul_ps(_mm256_sub_ps(load(lane), mean), scale);
        let mut y = _mm256_fmadd_ps(x, load(&gain[i]), load(&bias[i]));
        if let Some(residual) = residual {
            y = _mm256_add_ps(y, load(&residual.as_chunks::<HALF>().0[i]));
        }
        store(lane, y);
    }
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn sum_maxout_norm(
    parts: [Option<&[f32]>; 3],
    bias: &[Lane],
    norm: &Norm,
    residual: &[f32],
    out: &mut [f32],
) {
    let panels = bias.as_chunks::<3>().0;
    for (i, out) in out.as_chunks_mut::<HALF>().0.iter_mut().enumerate() {
        let (p, h) = (i / 2, i % 2);
        let mut sums = [0, 1, 2].map(|piece| load(half(&panels[p][piece].0, h)));
        for part in parts.iter().flatten() {
            for (piece, s) in sums.iter_mut().enumerate() {
                let lane = &part.as_chunks::<LANE>().0[3 * p + piece];
                *s = _mm256_add_ps(*s, load(half(lane, h)));
            }
        }
        store(out, _mm256_max_ps(_mm256_max_ps(sums[0], sums[1]), sums[2]));
    }
    normalize(out, norm, Some(residual));
}

#[target_feature(enable = "avx2,fma")]
pub(super) fn score_moves(rows: &[&[f32]], scorer: &MoveScorer, scores: &mut [f32]) {
    let units = scorer.hidden() / HALF;
    let bias = scorer.bias().as_chunks::<HALF>().0;
    let piece = |at: usize| {
        rows.iter().fold(load(&bias[at]), |sum, row| {
            _mm256_add_ps(sum, load(&row.as_chunks::<HALF>().0[at]))
        })
    };
    let lanes = scorer.upper_bias().len();
    let scores = &mut scores.as_chunks_mut::<LANE>().0[..lanes];
    for (lane, out) in scorer.upper_bias().iter().zip(scores.iter_mut()) {
        *out = lane.0;
    }
    let mut values = [0.0; HALF];
    for u in 0..units {
        store(&mut values, _mm256_max_ps(piece(u), piece(u + units)));
        let weights = &scorer.upper()[u * HALF * lanes..(u + 1) * HALF * lanes];
        let mut l = 0;
        while l < lanes {
            l += match lanes - l {
                4.. => add_products::<4>(&values, weights, lanes, l, scores),
                _ => add_products::<1>(&values, weights, lanes, l, scores),
            };
        }
    }
}

/// Adds to `N` lanes of scores, from `first`, the products with eight hidden units.
#[target_feature(enable = "avx2,fma")]
fn add_products<const N: usize>(
    values: &[f32; HALF],
    weights: &[Lane],
    lanes: usize,
    first: usize,
    scores: &mut [[f32; LANE]],
) -> usize {
    let mut sums = [[_mm256_setzero_ps(); 2]; N];
    for (s, lane) in sums.iter_mut().zip(&scores[first..first + N]) {
        *s = [load(half(lane, 0)), load(half(lane, 1))];
    }
    for (value, weights) in values.iter().zip(weights.chunks_exact(lanes)) {
        let value = _mm256_set1_ps(*value);
        for (s, lane) in sums.iter_mut().zip(&weights[first..first + N]) {
            s[0] = _mm256_fmadd_ps(value, load(half(&lane.0, 0)), s[0]);
            s[1] = _mm256_fmadd_ps(value, load(half(&lane.0, 1)), s[1]);
        }
    }
    for (s, lane) in sums.iter().zip(&mut scores[first..first + N]) {
        let (halves, _) = lane.as_chunks_mut::<HALF>();
        store(&mut halves[0], s[0]);
        store(&mut halves[1], s[1]);
    }
    N
}
