//! A series as SVG: one file, no script, no font, readable without color.

use std::fmt::Write;

use verbale_core::ClaimId;

use super::{
    layout::{Box2, Mark, Plot, place_labels},
    sentence,
};
use crate::Series;

/// Where a mark leads: the address of its claim.
pub type Link<'a> = &'a dyn Fn(ClaimId) -> String;

/// Size of a chart in pixels, legend included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SvgSize {
    /// Width.
    pub width: u32,
    /// Height of the plot with its axes; the legend comes below.
    pub height: u32,
}

impl Default for SvgSize {
    fn default() -> Self {
        Self {
            width: 760,
            height: 360,
        }
    }
}

/// Colors that stay apart for color-blind readers; shapes tell the speakers apart without them.
///
/// Source: Okabe and Ito, Color Universal Design, 2008.
const COLORS: [&str; 7] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#333333",
];

pub(super) const FONT: f64 = 11.0;
/// Mean width of a letter at that size; generous, since the reader's font is not known.
const LETTER: f64 = 6.4;

/// Between the ends of the time axis and the first and last tick, so that no mark stands on the frame.
const INSET: f64 = 16.0;

/// The frame of the plot in pixels.
struct Frame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    /// Middle of the column for undated observations.
    undated: Option<f64>,
    /// Speakers that share that column.
    n_undated: usize,
}

impl Frame {
    fn point(&self, mark: &Mark<'_>) -> (f64, f64) {
        let x = match mark.x {
            Some(share) => self.x(share),
            // Speakers without a date stand side by side.
            None => self.undated.unwrap_or(self.right) + self.aside(mark.speaker),
        };
        (x, self.y(mark.y))
    }

    fn x(&self, share: f64) -> f64 {
        self.left + INSET + share * (self.right - self.left - 2.0 * INSET)
    }

    /// How far an undated mark stands from the middle of its column.
    fn aside(&self, speaker: usize) -> f64 {
        let n = self.n_undated.max(1) as f64;
        let step = (60.0 / n).min(14.0);
        step * ((speaker % self.n_undated.max(1)) as f64 - (n - 1.0) / 2.0)
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom - share * (self.bottom - self.top)
    }
}

/// The chart of a series. Its marks carry `data-claim` with the id of their claim; with a `link` they lead there,
/// with the mouse and with the keyboard. Colors are attributes and classes (`s0`, `s1`, …), so that a page's
/// style sheet may choose others.
pub fn svg(series: &Series, size: SvgSize, link: Option<Link<'_>>) -> String {
    let plot = Plot::of(series);
    let (width, height) = (
        f64::from(size.width.max(320)),
        f64::from(size.height.max(160)),
    );
    let axis_width = plot
        .numbers
        .ticks
        .iter()
        .map(|t| text_width(&t.1))
        .fold(0.0, f64::max);
    let frame = frame(&plot, width, height, axis_width);
    let has_denied = plot.marks.iter().any(|m| !m.observation.is_asserted);
    let n_lines = plot.speakers.len() + usize::from(has_denied);
    let legend_height = 18.0 * n_lines as f64 + 8.0;
    let mut out = String::new();
    let total = height + legend_height;
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {total:.0}\" width=\"{width:.0}\" height=\"{total:.0}\" role=\"{}\" aria-labelledby=\"chart-title chart-desc\" font-family=\"system-ui, sans-serif\" font-size=\"{FONT}\" fill=\"currentColor\">",
        // A picture has no parts to a screen reader, so one with links is a group.
        if link.is_some() { "group" } else { "img" }
    );
    let _ = writeln!(
        out,
        "<title id=\"chart-title\">{}</title>",
        escaped(&series.title())
    );
    let _ = writeln!(
        out,
        "<desc id=\"chart-desc\">{}</desc>",
        escaped(&description(&plot))
    );
    heading(&mut out, series, &frame);
    axes(&mut out, &plot, &frame);
    for speaker in 0..plot.speakers.len() {
        path(&mut out, &plot, &frame, speaker);
    }
    let in_order = plot.in_time();
    in_order.for_each(|m| mark(&mut out, m, &frame, link));
    labels(&mut out, &plot, &frame, width);
    legend(&mut out, &plot, height);
    out.push_str("</svg>\n");
    out
}

/// Room for the axes; undated observations have a column at the right, or the whole width if all are.
fn frame(plot: &Plot<'_>, width: f64, height: f64, axis_width: f64) -> Frame {
    let has_undated = plot.marks.iter().any(|m| m.x.is_none());
    let left = axis_width + 22.0;
    // The last date needs room for its second half.
    let side = match (has_undated, &plot.time) {
        (true, Some(_)) => 112.0,
        _ => 36.0,
    };
    let middle = match &plot.time {
        Some(_) => width - 46.0,
        None => f64::midpoint(left, width - side),
    };
    let n_undated = if has_undated { plot.speakers.len() } else { 0 };
    Frame {
        left,
        top: 44.0,
        right: width - side,
        bottom: height - 30.0,
        undated: has_undated.then_some(middle),
        n_undated,
    }
}

fn description(plot: &Plot<'_>) -> String {
    let told: Vec<String> = plot.marks.iter().map(|m| sentence(m.observation)).collect();
    if told.is_empty() {
        "No observations.".to_owned()
    } else {
        format!("{}.", told.join("; "))
    }
}

fn heading(out: &mut String, series: &Series, frame: &Frame) {
    let _ = writeln!(
        out,
        "<text x=\"4\" y=\"15\" font-size=\"13\" font-weight=\"600\">{}</text>",
        escaped(&series.title())
    );
    if let Some(unit) = &series.unit {
        let _ = writeln!(
            out,
            "<text x=\"4\" y=\"{:.1}\" opacity=\"0.75\">{}</text>",
            frame.top - 12.0,
            escaped(unit)
        );
    }
}

fn axes(out: &mut String, plot: &Plot<'_>, frame: &Frame) {
    out.push_str("<g aria-hidden=\"true\">\n");
    for (value, label) in &plot.numbers.ticks {
        let y = frame.y(plot.numbers.share(*value));
        let _ = writeln!(
            out,
            "<line x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>",
            frame.left, frame.right
        );
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            frame.left - 6.0,
            y + 4.0,
            escaped(label)
        );
    }
    let _ = writeln!(
        out,
        "<path d=\"M{:.1} {:.1}V{:.1}H{:.1}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.6\"/>",
        frame.left, frame.top, frame.bottom, frame.right
    );
    let mut free_from = f64::NEG_INFINITY;
    for (day, label) in plot
        .time
        .iter()
        .flat_map(|t| t.ticks.iter().map(move |(d, l)| (t.share(*d), l)))
    {
        let x = frame.x(day);
        let half = text_width(label) / 2.0;
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{:.1}\" stroke=\"currentColor\" stroke-opacity=\"0.6\"/>",
            frame.bottom,
            frame.bottom + 4.0
        );
        // A date that would touch the one before it keeps its tick and loses its words.
        let ends_before = frame
            .undated
            .map_or(f64::INFINITY, |u| u - text_width("no date") / 2.0 - 4.0);
        if x - half > free_from && x + half < ends_before {
            let _ = writeln!(
                out,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                frame.bottom + 17.0,
                escaped(label)
            );
            free_from = x + half + 6.0;
        }
    }
    if let Some(x) = frame.undated {
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-style=\"italic\">no date</text>",
            frame.bottom + 17.0
        );
    }
    out.push_str("</g>\n");
}

/// Joins the observations of one speaker.
fn path(out: &mut String, plot: &Plot<'_>, frame: &Frame, speaker: usize) {
    let path = plot.path(speaker);
    if path.len() < 2 {
        return;
    }
    let points: Vec<String> = path
        .iter()
        .map(|&i| frame.point(&plot.marks[i]))
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let _ = writeln!(
        out,
        "<polyline class=\"{}\" points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-opacity=\"0.45\"/>",
        class(speaker),
        points.join(" "),
        color(speaker)
    );
}

fn mark(out: &mut String, mark: &Mark<'_>, frame: &Frame, link: Option<Link<'_>>) {
    let (x, y) = frame.point(mark);
    let (color, class) = (color(mark.speaker), class(mark.speaker));
    let told = escaped(&sentence(mark.observation));
    let claim = mark.observation.claim;
    let _ = match link {
        Some(link) => writeln!(
            out,
            "<a href=\"{}\" class=\"{class}\" data-claim=\"{claim}\" aria-label=\"{told}\">",
            escaped(&link(claim))
        ),
        None => writeln!(
            out,
            "<g class=\"{class}\" data-claim=\"{claim}\" role=\"graphics-symbol\" aria-label=\"{told}\">"
        ),
    };
    let _ = writeln!(out, "<title>{told}</title>");
    if link.is_some() {
        // What a finger can hit, and what shows the focus.
        let _ = writeln!(
            out,
            "<circle class=\"target\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"12\" fill-opacity=\"0\"/>"
        );
    }
    if let Some((from, to)) = mark.x_ends.filter(|(a, b)| b - a > 0.01) {
        let _ = writeln!(
            out,
            "<line x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"{color}\" stroke-opacity=\"0.4\" stroke-width=\"3\"/>",
            frame.x(from),
            frame.x(to)
        );
    }
    whisker(out, mark, frame, (x, y));
    let (fill, hollow) = if mark.observation.is_asserted {
        (color, "")
    } else {
        ("none", " class=\"hollow\"")
    };
    let _ = writeln!(
        out,
        "<path d=\"{}\"{hollow} fill=\"{fill}\" stroke=\"{color}\" stroke-width=\"1.5\"/>",
        shape(mark.speaker, x, y)
    );
    out.push_str(if link.is_some() { "</a>\n" } else { "</g>\n" });
}

/// Stated bounds: a bar between two, an arrow from one.
fn whisker(out: &mut String, mark: &Mark<'_>, frame: &Frame, (x, y): (f64, f64)) {
    let color = color(mark.speaker);
    let ends = match (mark.low.map(|s| frame.y(s)), mark.high.map(|s| frame.y(s))) {
        (Some(low), Some(high)) => format!("M{:.1} {low:.1}h8m-4 0V{high:.1}m-4 0h8", x - 4.0),
        (Some(low), None) => format!("M{x:.1} {:.1}v-22m-3.5 5l3.5 -5l3.5 5", low.min(y)),
        (None, Some(high)) => format!(
            "M{x:.1} {:.1}v22m-3.5 -5l3.5 5l3.5 -5",
            high.max(y).min(frame.bottom - 22.0)
        ),
        (None, None) => return,
    };
    let _ = writeln!(
        out,
        "<path class=\"hollow\" d=\"{ends}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.2\"/>"
    );
}

fn labels(out: &mut String, plot: &Plot<'_>, frame: &Frame, width: f64) {
    let points: Vec<(f64, f64)> = plot.marks.iter().map(|m| frame.point(m)).collect();
    let widths: Vec<f64> = plot.marks.iter().map(|m| text_width(&m.label)).collect();
    let room = Box2 {
        left: frame.left + 2.0,
        top: 18.0,
        right: width - 2.0,
        bottom: frame.bottom - 1.0,
    };
    out.push_str("<g aria-hidden=\"true\">\n");
    for (place, mark) in place_labels(&points, &widths, FONT + 1.0, &room)
        .into_iter()
        .zip(&plot.marks)
    {
        if let Some(place) = place {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                place.left,
                place.bottom - 2.5,
                escaped(&mark.label)
            );
        }
    }
    out.push_str("</g>\n");
}

fn legend(out: &mut String, plot: &Plot<'_>, top: f64) {
    for (speaker, name) in plot.speakers.iter().enumerate() {
        let y = top + 10.0 + 18.0 * speaker as f64;
        let color = color(speaker);
        let _ = writeln!(
            out,
            "<path class=\"{}\" d=\"{}\" fill=\"{color}\" stroke=\"{color}\" stroke-width=\"1.5\"/>",
            class(speaker),
            shape(speaker, 14.0, y)
        );
        let _ = writeln!(
            out,
            "<text x=\"26\" y=\"{:.1}\">{}</text>",
            y + 4.0,
            escaped(name)
        );
    }
    if plot.marks.iter().any(|m| !m.observation.is_asserted) {
        let y = top + 10.0 + 18.0 * plot.speakers.len() as f64;
        let _ = writeln!(
            out,
            "<text x=\"8\" y=\"{:.1}\" font-style=\"italic\" opacity=\"0.75\">hollow: the number is denied</text>",
            y + 4.0
        );
    }
}

pub(super) fn color(number: usize) -> &'static str {
    COLORS[number % COLORS.len()]
}

/// The class by which a style sheet knows a color.
pub(super) fn class(number: usize) -> String {
    format!("s{}", number % COLORS.len())
}

/// The outline of a speaker's mark. Shapes and colors have different periods, so that pairs repeat late.
fn shape(speaker: usize, x: f64, y: f64) -> String {
    match speaker % 6 {
        0 => format!("M{:.1} {y:.1}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", x - 4.0),
        1 => format!("M{:.1} {:.1}h7v7h-7z", x - 3.5, y - 3.5),
        2 => format!("M{x:.1} {:.1}l5 5l-5 5l-5 -5z", y - 5.0),
        3 => format!("M{x:.1} {:.1}l4.8 8.2h-9.6z", y - 5.0),
        4 => format!("M{x:.1} {:.1}l4.8 -8.2h-9.6z", y + 5.0),
        _ => format!("M{:.1} {:.1}h3v-3h3v3h3v3h-3v3h-3v-3h-3z", x - 4.5, y - 1.5),
    }
}

pub(super) fn text_width(text: &str) -> f64 {
    LETTER * text.chars().count() as f64
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML allows no other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
