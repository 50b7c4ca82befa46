//! What stands where, before it is drawn: marks, whiskers, labels that do not collide.

use std::collections::BTreeMap;

use super::{
    label,
    scale::{Scale, day_number},
};
use crate::{Observation, Series};

/// One observation in the plane; shares run from 0 (left, bottom) to 1.
#[derive(Debug, Clone)]
pub(super) struct Mark<'s> {
    pub(super) observation: &'s Observation,
    /// Index into [`Plot::speakers`].
    pub(super) speaker: usize,
    /// Middle of its time; absent if undated.
    pub(super) x: Option<f64>,
    /// Ends of its time.
    pub(super) x_ends: Option<(f64, f64)>,
    pub(super) y: f64,
    /// Stated bounds.
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) label: String,
}

/// A series ready to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Plot<'s> {
    pub(super) marks: Vec<Mark<'s>>,
    pub(super) speakers: Vec<String>,
    /// Absent if no observation is dated.
    pub(super) time: Option<Scale>,
    pub(super) numbers: Scale,
}

impl<'s> Plot<'s> {
    /// The observations that name a number and are no repeats; equal ones of one speaker and time are one mark.
    pub(super) fn of(series: &'s Series) -> Self {
        let mut seen = BTreeMap::new();
        let shown: Vec<(&Observation, f64)> = series
            .distinct()
            .filter_map(|o| Some((o, height(o)?)))
            .filter(|(o, _)| {
                seen.insert(
                    (&o.speaker, o.as_of, o.value, o.low, o.high, o.is_asserted),
                    (),
                )
                .is_none()
            })
            .collect();
        let days: Vec<_> = shown
            .iter()
            .filter_map(|(o, _)| o.as_of)
            .flat_map(|(a, b)| [a, b])
            .collect();
        let float =
            |n: Option<verbale_core::Decimal>| n.and_then(|n| n.to_string().parse::<f64>().ok());
        let values = shown
            .iter()
            .flat_map(|(o, y)| [Some(*y), float(o.low), float(o.high)])
            .flatten();
        let numbers = Scale::of_numbers(&values.collect::<Vec<_>>());
        let time = Scale::of_days(&days);
        let mut speakers: Vec<String> = Vec::new();
        let mut marks = Vec::new();
        for (o, y) in shown {
            let name = o
                .speaker
                .clone()
                .unwrap_or_else(|| "nobody named".to_owned());
            let speaker = speakers
                .iter()
                .position(|s| *s == name)
                .unwrap_or(speakers.len());
            if speaker == speakers.len() {
                speakers.push(name);
            }
            let ends = time
                .as_ref()
                .zip(o.as_of)
                .map(|(t, (a, b))| (t.share(day_number(a)), t.share(day_number(b))));
            marks.push(Mark {
                observation: o,
                speaker,
                x: ends.map(|(a, b)| f64::midpoint(a, b)),
                x_ends: ends,
                y: numbers.share(y),
                low: float(o.low).map(|n| numbers.share(n)),
                high: float(o.high).map(|n| numbers.share(n)),
                label: label(o),
            });
        }
        Self {
            marks,
            speakers,
            time,
            numbers,
        }
    }

    /// The marks in the order of time, undated ones last: the order in which a keyboard goes through them.
    pub(super) fn in_time(&self) -> impl Iterator<Item = &Mark<'s>> {
        let mut marks: Vec<&Mark<'s>> = self.marks.iter().collect();
        let place = |m: &Mark<'_>| m.x.unwrap_or(f64::INFINITY);
        marks.sort_by(|a, b| place(a).total_cmp(&place(b)));
        marks.into_iter()
    }

    /// The dated marks of one speaker in the order of time, as indices.
    pub(super) fn path(&self, speaker: usize) -> Vec<usize> {
        let mut path: Vec<usize> = (0..self.marks.len())
            .filter(|&i| {
                self.marks[i].speaker == speaker
                    && self.marks[i].x.is_some()
                    && self.marks[i].observation.is_asserted
            })
            .collect();
        path.sort_by(|&i, &j| {
            self.marks[i]
                .x
                .unwrap_or_default()
                .total_cmp(&self.marks[j].x.unwrap_or_default())
        });
        path
    }
}

/// The number at which an observation is drawn: its value, else the middle of its range, else its one bound.
fn height(o: &Observation) -> Option<f64> {
    let float = |n: verbale_core::Decimal| n.to_string().parse::<f64>().ok();
    match (o.value, o.low, o.high) {
        (Some(v), _, _) => float(v),
        (None, Some(l), Some(h)) => Some(f64::midpoint(float(l)?, float(h)?)),
        (None, Some(n), None) | (None, None, Some(n)) => float(n),
        (None, None, None) => None,
    }
}

/// An upright rectangle: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Box2 {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Box2 {
    pub(super) fn around(x: f64, y: f64, half: f64) -> Self {
        Self {
            left: x - half,
            top: y - half,
            right: x + half,
            bottom: y + half,
        }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// From the nearest point of the rectangle.
    fn distance_to(&self, x: f64, y: f64) -> f64 {
        let dx = (self.left - x).max(x - self.right).max(0.0);
        let dy = (self.top - y).max(y - self.bottom).max(0.0);
        dx.hypot(dy)
    }

    fn lies_in(&self, frame: &Self) -> bool {
        frame.left <= self.left
            && self.right <= frame.right
            && frame.top <= self.top
            && self.bottom <= frame.bottom
    }
}

/// Where each label goes without touching a mark or another label: beside, above, below, further out. `None`
/// where there is no room; such a label is left to the tooltip and the table.
pub(super) fn place_labels(
    points: &[(f64, f64)],
    widths: &[f64],
    height: f64,
    frame: &Box2,
) -> Vec<Option<Box2>> {
    let marks: Vec<Box2> = points
        .iter()
        .map(|&(x, y)| Box2::around(x, y, 5.0))
        .collect();
    let mut placed: Vec<Option<Box2>> = Vec::with_capacity(points.len());
    for (&(x, y), &width) in points.iter().zip(widths) {
        let at = |dx: f64, dy: f64| Box2 {
            left: x + dx,
            top: y + dy,
            right: x + dx + width,
            bottom: y + dy + height,
        };
        let near = [
            at(8.0, -height - 2.0),
            at(-width - 8.0, -height - 2.0),
            at(8.0, 3.0),
            at(-width - 8.0, 3.0),
            at(-width / 2.0, -height - 8.0),
            at(-width / 2.0, 8.0),
            at(8.0, -2.0 * height - 4.0),
            at(-width - 8.0, -2.0 * height - 4.0),
            at(8.0, height + 6.0),
            at(-width - 8.0, height + 6.0),
        ];
        // A label nearer to another mark than to its own would be read as that one's.
        let is_own = |b: &Box2| {
            let own = b.distance_to(x, y);
            points
                .iter()
                .all(|&(i, j)| (i, j) == (x, y) || b.distance_to(i, j) > own + 2.0)
        };
        let is_free = |b: &Box2| {
            b.lies_in(frame)
                && marks.iter().all(|m| !m.meets(b))
                && placed.iter().flatten().all(|p| !p.meets(b))
                && is_own(b)
        };
        placed.push(near.into_iter().find(is_free));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_touch_neither_marks_nor_each_other(
            points in proptest::collection::vec((40.0..600.0_f64, 20.0..300.0_f64), 0..40),
        ) {
            let frame = Box2 { left: 0.0, top: 0.0, right: 700.0, bottom: 340.0 };
            let widths = vec![40.0; points.len()];
            let placed = place_labels(&points, &widths, 12.0, &frame);
            let boxes: Vec<Box2> = placed.into_iter().flatten().collect();
            for (i, a) in boxes.iter().enumerate() {
                prop_assert!(boxes[i + 1..].iter().all(|b| !a.meets(b)));
                prop_assert!(points.iter().all(|&(x, y)| !Box2::around(x, y, 5.0).meets(a)));
            }
        }
    }
}
