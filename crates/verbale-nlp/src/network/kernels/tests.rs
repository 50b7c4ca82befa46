use proptest::prelude::*;

use super::*;

/// Numbers in -1..1 that look like nothing in particular, the same for the same seed.
fn numbers(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(next).collect()
}

fn norm(width: usize) -> Norm {
    Norm {
        gain: numbers(width, 7),
        bias: numbers(width, 8),
    }
}

#[track_caller]
fn assert_close(a: &[f32], b: &[f32], kernels: Kernels) {
    assert_eq!(a.len(), b.len());
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        assert!(
            (x - y).abs() < 1e-3 * (1.0 + x.abs()),
            "{}: {i}: {x} {y}",
            kernels.as_str()
        );
    }
}

const PORTABLE: Kernels = Kernels(Path::Portable);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn affine_layers(rows in 0..20_usize, columns in 1..200_usize, inputs in 1..70_usize, gap in 0..9_usize) {
        let w = numbers(columns * inputs, 1);
        let b = numbers(columns, 2);
        let dense = Dense::new(columns, inputs, |c, i| w[c * inputs + i], |c| b[c]);
        let stride = inputs + gap;
        let x = numbers(rows * stride, 3);
        let mut expected = vec![0.0; rows * dense.columns()];
        PORTABLE.affine(&x, stride, rows, &dense, &mut expected);
        // The reference itself, against the definition.
        for r in 0..rows {
            let sum: f32 = (0..inputs).map(|i| w[i] * x[r * stride + i]).sum();
            prop_assert!((expected[r * dense.columns()] - sum - b[0]).abs() < 1e-3);
        }
        for kernels in Kernels::available() {
            let mut found = vec![9.0; expected.len()];
            kernels.affine(&x, stride, rows, &dense, &mut found);
            assert_close(&found, &expected, kernels);
        }
    }

    #[test]
    fn maxout_layers(rows in 0..20_usize, lanes in 1..7_usize, pieces in 1..4_usize, inputs in 1..70_usize, skips: bool) {
        let width = lanes * LANE;
        let dense = Dense::maxout(width, pieces, inputs, &numbers(width * pieces * inputs, 1), &numbers(width * pieces, 2));
        let x = numbers(rows * inputs, 3);
        let residual = numbers(rows * width, 4);
        let residual = skips.then_some(residual.as_slice());
        let run = |kernels: Kernels| {
            let mut out = vec![9.0; rows * width];
            kernels.maxout_norm(&x, inputs, rows, &dense, &norm(width), residual, &mut out);
            out
        };
        let expected = run(PORTABLE);
        for kernels in Kernels::available() {
            assert_close(&run(kernels), &expected, kernels);
        }
    }

    #[test]
    fn sums_of_products(lanes in 1..7_usize, left: bool, right: bool) {
        let width = lanes * LANE;
        let dense = Dense::maxout(width, 3, 1, &numbers(3 * width, 1), &numbers(3 * width, 2));
        let parts = [numbers(3 * width, 3), numbers(3 * width, 4), numbers(3 * width, 5)];
        let parts = [left.then_some(&*parts[0]), Some(&*parts[1]), right.then_some(&*parts[2])];
        let run = |kernels: Kernels| {
            let mut out = vec![9.0; width];
            kernels.sum_maxout_norm(parts, dense.bias(), &norm(width), &numbers(width, 6), &mut out);
            out
        };
        let expected = run(PORTABLE);
        for kernels in Kernels::available() {
            assert_close(&run(kernels), &expected, kernels);
        }
    }

    #[test]
    fn scores_of_moves(moves in 1..300_usize, lanes in 1..5_usize, features in 0..9_usize) {
        let hidden = lanes * LANE;
        let upper = numbers(moves * hidden, 1);
        let scorer = MoveScorer::new(hidden, &numbers(2 * hidden, 2), &upper, &numbers(moves, 3));
        let rows: Vec<Vec<f32>> = (0..features).map(|f| numbers(2 * hidden, 4 + f as u32)).collect();
        let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
        let run = |kernels: Kernels| {
            let mut out = vec![9.0; moves.next_multiple_of(LANE)];
            kernels.score_moves(&rows, &scorer, &mut out);
            out
        };
        let expected = run(PORTABLE);
        for kernels in Kernels::available() {
            assert_close(&run(kernels), &expected, kernels);
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_place(rows in 1..20_usize, at in 0..20_usize) {
        let at = at % rows;
        let dense = Dense::maxout(96, 3, 50, &numbers(96 * 3 * 50, 1), &numbers(96 * 3, 2));
        let x = numbers(rows * 50, 3);
        for kernels in Kernels::available() {
            let mut all = vec![0.0; rows * 96];
            kernels.maxout_norm(&x, 50, rows, &dense, &norm(96), None, &mut all);
            let mut one = vec![0.0; 96];
            kernels.maxout_norm(&x[at * 50..], 50, 1, &dense, &norm(96), None, &mut one);
            prop_assert_eq!(&all[at * 96..][..96], &one[..]);
        }
    }
}
