//! A series for a terminal: letters for speakers, a legend below.

use std::fmt::Write;

use super::{layout::Plot, sentence};
use crate::Series;

/// The chart of a series in `width` columns and `height` rows of plot, with axes and legend around them.
///
/// Each speaker is a letter; `│` shows a stated range or bound, `#` several marks in one place. Undated
/// observations stand in a column of their own at the right.
pub fn terminal(series: &Series, width: usize, height: usize) -> String {
    let (width, height) = (width.clamp(20, 400), height.clamp(4, 100));
    let plot = Plot::of(series);
    let axis = plot
        .numbers
        .ticks
        .iter()
        .map(|t| t.1.chars().count())
        .max()
        .unwrap_or(0);
    let has_undated = plot.marks.iter().any(|m| m.x.is_none());
    let columns = width
        .saturating_sub(axis + 3 + if has_undated { 9 } else { 0 })
        .max(10);
    let mut grid = Grid {
        cells: vec![vec![' '; columns + if has_undated { 9 } else { 0 }]; height],
    };
    let row = |share: f64| height - 1 - (share * (height - 1) as f64).round() as usize;
    for mark in &plot.marks {
        let column = mark
            .x
            .map_or(columns + 4, |x| (x * (columns - 1) as f64).round() as usize);
        grid.bar(column, mark.low.map(row), mark.high.map(row), row(mark.y));
        grid.put(
            column,
            row(mark.y),
            letter(mark.speaker, mark.observation.is_asserted),
        );
    }
    let mut out = format!(
        "{}{}\n",
        series.title(),
        series
            .unit
            .as_ref()
            .map_or_else(String::new, |u| format!(" ({u})"))
    );
    for (at, cells) in grid.cells.iter().enumerate() {
        let tick = plot
            .numbers
            .ticks
            .iter()
            .find(|t| row(plot.numbers.share(t.0)) == at);
        let cells: String = cells.iter().collect();
        let label = tick.map_or("", |t| t.1.as_str());
        let edge = if tick.is_some() { '┤' } else { '│' };
        let _ = writeln!(out, "{label:>axis$} {edge}{}", cells.trim_end());
    }
    let _ = writeln!(
        out,
        "{:axis$} └{}{}",
        "",
        "─".repeat(columns),
        if has_undated { "  no date" } else { "" }
    );
    let _ = writeln!(
        out,
        "{:axis$}  {}",
        "",
        day_labels(&plot, columns).trim_end()
    );
    for (speaker, name) in plot.speakers.iter().enumerate() {
        let _ = writeln!(out, "{}  {name}", letter(speaker, true));
    }
    for mark in &plot.marks {
        let _ = writeln!(
            out,
            "   {} {}",
            letter(mark.speaker, mark.observation.is_asserted),
            sentence(mark.observation)
        );
    }
    out
}

struct Grid {
    cells: Vec<Vec<char>>,
}

impl Grid {
    fn put(&mut self, column: usize, row: usize, mark: char) {
        if let Some(cell) = self.cells.get_mut(row).and_then(|r| r.get_mut(column)) {
            let is_taken = !matches!(*cell, ' ' | '│') && *cell != mark;
            *cell = if is_taken { '#' } else { mark };
        }
    }

    /// A stated range; a single bound gets two rows in its direction.
    fn bar(&mut self, column: usize, low: Option<usize>, high: Option<usize>, at: usize) {
        let last = self.cells.len() - 1;
        let (top, bottom) = match (low, high) {
            (Some(low), Some(high)) => (high, low),
            (Some(low), None) => (low.saturating_sub(2), low),
            (None, Some(high)) => (high, (high + 2).min(last)),
            (None, None) => return,
        };
        for row in top.min(at)..=bottom.max(at).min(last) {
            if let Some(cell) = self.cells[row].get_mut(column).filter(|c| **c == ' ') {
                *cell = '│';
            }
        }
    }
}

/// A, B, …, Z, then small letters; a denied number has its small letter in place of the capital.
fn letter(speaker: usize, is_asserted: bool) -> char {
    let capital = char::from(b'A' + (speaker % 26) as u8);
    if is_asserted {
        capital
    } else {
        capital.to_ascii_lowercase()
    }
}

fn day_labels(plot: &Plot<'_>, columns: usize) -> String {
    let mut line = vec![' '; columns + 12];
    let mut free_from = 0;
    for (share, label) in plot
        .time
        .iter()
        .flat_map(|t| t.ticks.iter().map(move |(d, l)| (t.share(*d), l)))
    {
        let at = (share * (columns - 1) as f64).round() as usize;
        let n = label.chars().count();
        if at >= free_from && at + n <= line.len() {
            line[at..at + n].copy_from_slice(&label.chars().collect::<Vec<_>>());
            free_from = at + n + 2;
        }
    }
    line.into_iter().collect()
}
