//! Reading order: runs to lines, columns cut apart, lines to paragraphs.
//!
//! Source: recursive X-Y cut, G. Nagy and S. Seth, "Hierarchical representation of optically scanned
//! documents" (1984).

use super::glyphs::{Run, Sheet};

/// One line of one column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// The page, from 0, and the place on it from 0 at the top to 1 at the bottom.
    pub(super) page: usize,
    pub(super) height: f64,
}

/// Cuts deeper than this are noise.
const MAX_DEPTH: usize = 24;

/// The lines of a page in reading order.
pub(super) fn lines(sheet: &Sheet, page: usize) -> Vec<Line> {
    let runs: Vec<&Run> = sheet
        .runs
        .iter()
        .filter(|r| r.text.chars().any(|c| !c.is_whitespace()))
        .collect();
    let mut out = Vec::new();
    cut(runs, 0, &mut |runs| {
        join(runs, page, sheet.height, &mut out)
    });
    out
}

/// Divides runs at the widest empty corridor, first between columns, then between bands.
fn cut(mut runs: Vec<&Run>, depth: usize, leaf: &mut dyn FnMut(Vec<&Run>)) {
    if runs.len() < 2 || depth > MAX_DEPTH {
        return leaf(runs);
    }
    let size = median(runs.iter().map(|r| r.size));
    if let Some(x) = gutter(&runs, size) {
        let (left, right): (Vec<&Run>, Vec<&Run>) = runs.into_iter().partition(|r| r.left < x);
        cut(left, depth + 1, leaf);
        return cut(right, depth + 1, leaf);
    }
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let gap = |w: &[&Run]| w[1].y - w[1].size - w[0].y;
    let widest = runs
        .windows(2)
        .enumerate()
        .max_by(|(_, a), (_, b)| gap(a).total_cmp(&gap(b)));
    match widest {
        Some((i, w)) if gap(w) > size * 0.25 => {
            let below = runs.split_off(i + 1);
            cut(runs, depth + 1, leaf);
            cut(below, depth + 1, leaf);
        }
        _ => leaf(runs),
    }
}

/// The middle of a corridor that no run crosses, with several lines on either side.
fn gutter(runs: &[&Run], size: f64) -> Option<f64> {
    let mut spans: Vec<(f64, f64)> = runs.iter().map(|r| (r.left, r.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best: Option<(f64, f64)> = None;
    let mut end = spans[0].1;
    for &(left, right) in &spans[1..] {
        let width = left - end;
        if width > size * 0.6 && best.is_none_or(|(w, _)| width > w) {
            let at = (left + end) / 2.0;
            let n_lines = |is_left: bool| {
                let mut ys: Vec<i64> = runs
                    .iter()
                    .filter(|r| (r.left < at) == is_left)
                    .map(|r| (r.y / (size * 0.5)).round() as i64)
                    .collect();
                ys.sort_unstable();
                ys.dedup();
                ys.len()
            };
            let widths = |is_left: bool| {
                median(
                    runs.iter()
                        .filter(|r| (r.left < at) == is_left)
                        .map(|r| r.right - r.left),
                )
            };
            // A column of numbers before its paragraphs is no column of text.
            if n_lines(true) >= 3 && n_lines(false) >= 3 && widths(true) > size * 5.0 {
                best = Some((width, at));
            }
        }
        end = end.max(right);
    }
    best.map(|(_, at)| at)
}

/// Joins the runs of a region to lines.
fn join(mut runs: Vec<&Run>, page: usize, height: f64, out: &mut Vec<Line>) {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<&Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if (row[0].y - run.y).abs() < row[0].size.max(run.size) * 0.5 => {
                row.push(run)
            }
            _ => rows.push(vec![run]),
        }
    }
    for mut row in rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let text = row
            .iter()
            .map(|r| r.text.trim())
            .collect::<Vec<_>>()
            .join(" ");
        let main = row
            .iter()
            .max_by_key(|r| r.text.len())
            .expect("a row has a run");
        out.push(Line {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            left: row.iter().map(|r| r.left).fold(f64::INFINITY, f64::min),
            right: row
                .iter()
                .map(|r| r.right)
                .fold(f64::NEG_INFINITY, f64::max),
            y: main.y,
            size: main.size,
            page,
            height,
        });
    }
}

/// The middle value; 0 for none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
