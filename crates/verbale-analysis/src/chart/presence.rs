//! What is asserted of one post, as bars over time: a lane an axis, a bar an assertion.
//!
//! A bar covers the days for which somebody asserts a value. The thin line behind it runs to the next assertion on
//! the same axis: nobody has said otherwise until then, which is less than saying that it held.

use std::fmt::Write;

use super::{
    scale::{Scale, day_number},
    svg::{FONT, Link, class, color, escaped, text_width},
};
use crate::presence::{PostLedger, PostRow};

/// The days that the charts of several posts share, so that they can be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Span(Scale);

impl Span {
    /// From the first to the last day of any row; `None` if no row has a day.
    pub fn of_posts(posts: &[PostLedger]) -> Option<Self> {
        let days = posts.iter().flat_map(|p| &p.rows).filter_map(|r| r.as_of);
        let days: Vec<_> = days.flat_map(|(a, b)| [a, b]).collect();
        Scale::of_days(&days).map(Self)
    }
}

/// Width of the picture, and where the plot begins and ends, in pixels.
const WIDTH: f64 = 760.0;
const LEFT: f64 = 78.0;
const RIGHT: f64 = WIDTH - 14.0;

/// Height of a row of bars with the words above them.
const ROW: f64 = 30.0;

/// One bar.
struct Bar<'r> {
    row: &'r PostRow,
    from: f64,
    to: f64,
    /// Where the next assertion on the axis begins, else the end of the picture.
    until: f64,
    value: usize,
    lane: usize,
}

/// The bars of a post, empty if nothing that is asserted of it has a day. Bars lead where `link` says.
pub fn presence_svg(post: &PostLedger, span: &Span, link: Link<'_>) -> String {
    let mut body = String::new();
    let mut top = 6.0;
    for axis in ["premises", "staffing", "head", "relation", "steps"] {
        let bars = bars(post, axis, &span.0);
        if let Some(lanes) = bars.iter().map(|b| b.lane + 1).max() {
            let _ = writeln!(
                body,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" opacity=\"0.75\" aria-hidden=\"true\">{axis}</text>",
                LEFT - 10.0,
                top + ROW - 6.0
            );
            bars.iter().for_each(|b| bar(&mut body, b, top, link));
            top += ROW * lanes as f64 + 6.0;
        }
    }
    if body.is_empty() {
        return body;
    }
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {:.0}\" width=\"{WIDTH:.0}\" height=\"{:.0}\" role=\"group\" aria-label=\"{}, over time\" font-family=\"system-ui, sans-serif\" font-size=\"{FONT}\" fill=\"currentColor\">",
        top + 22.0,
        top + 22.0,
        escaped(&post.name.to_string())
    );
    axis(&mut out, &span.0, top);
    out.push_str(&body);
    out.push_str("</svg>\n");
    out
}

fn x(scale: &Scale, day: jiff::civil::Date) -> f64 {
    LEFT + scale.share(day_number(day)) * (RIGHT - LEFT)
}

fn bars<'r>(post: &'r PostLedger, axis: &str, scale: &Scale) -> Vec<Bar<'r>> {
    let of_axis = |r: &&PostRow| r.axis_word().unwrap_or("steps") == axis;
    let mut values: Vec<&str> = Vec::new();
    let mut bars: Vec<Bar<'_>> = Vec::new();
    for row in post.rows.iter().filter(of_axis) {
        let Some((first, last)) = row.as_of else {
            continue;
        };
        let value = values
            .iter()
            .position(|v| *v == row.value)
            .unwrap_or(values.len());
        if value == values.len() {
            values.push(&row.value);
        }
        let from = x(scale, first).min(RIGHT - 7.0);
        let same = |b: &Bar<'_>| {
            b.row.value == row.value && b.row.as_of == row.as_of && b.row.speaker == row.speaker
        };
        if !bars.iter().any(same) {
            bars.push(Bar {
                row,
                from,
                to: x(scale, last).max(from + 7.0),
                until: RIGHT,
                value,
                lane: 0,
            });
        }
    }
    bars.sort_by(|a, b| a.from.total_cmp(&b.from));
    let starts: Vec<f64> = bars.iter().map(|b| b.from).collect();
    for bar in &mut bars {
        let next = starts.iter().copied().find(|s| *s > bar.from + 0.5);
        let goes_on = axis != "steps" && !bar.row.is_denied && !bar.row.is_virtual;
        bar.until = if goes_on {
            next.unwrap_or(RIGHT).max(bar.to)
        } else {
            bar.to
        };
    }
    into_lanes(&mut bars);
    bars
}

/// Puts each bar, with its words and its line, into the first lane where it touches nothing.
fn into_lanes(bars: &mut [Bar<'_>]) {
    let mut free_from: Vec<f64> = Vec::new();
    for bar in bars {
        let (left, right) = extent(bar);
        let lane = free_from
            .iter()
            .position(|free| *free <= left)
            .unwrap_or(free_from.len());
        if lane == free_from.len() {
            free_from.push(right);
        } else {
            free_from[lane] = right;
        }
        bar.lane = lane;
    }
}

/// From the left to the right end of what is drawn for a bar.
fn extent(bar: &Bar<'_>) -> (f64, f64) {
    let words = text_width(&label(bar.row)) + 8.0;
    let left = words_at(bar);
    (
        left.min(bar.from),
        (left + words).max(bar.to).max(bar.until - 1.0),
    )
}

/// Where the words above a bar begin: at the bar, or so that they end with the picture.
fn words_at(bar: &Bar<'_>) -> f64 {
    bar.from.min(RIGHT - text_width(&label(bar.row))).max(LEFT)
}

fn label(row: &PostRow) -> String {
    let value: String = row.value.chars().take(60).collect();
    let value = if value.len() < row.value.len() {
        value + "…"
    } else {
        value
    };
    match (row.is_denied, row.is_virtual) {
        (true, _) => format!("not {value}"),
        (false, true) => format!("{value}?"),
        (false, false) => value,
    }
}

fn bar(out: &mut String, bar: &Bar<'_>, top: f64, link: Link<'_>) {
    let y = top + ROW * bar.lane as f64;
    let (color, class) = (color(bar.value), class(bar.value));
    let row = bar.row;
    let who = row.speaker.as_deref().unwrap_or("nobody named");
    let told = escaped(&format!("{}, {}: {who}", label(row), row.as_of_text));
    let _ = match row.claim {
        Some(claim) => writeln!(
            out,
            "<a href=\"{}\" class=\"{class}\" data-claim=\"{claim}\" aria-label=\"{told}\">",
            escaped(&link(claim))
        ),
        None => writeln!(out, "<g class=\"{class}\">"),
    };
    let _ = writeln!(out, "<title>{told}</title>");
    if bar.until > bar.to {
        let _ = writeln!(
            out,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{color}\" stroke-opacity=\"0.5\" stroke-dasharray=\"1 4\"/>",
            bar.to,
            y + 22.0,
            bar.until,
            y + 22.0
        );
    }
    let (fill, hollow) = if row.is_denied || row.is_virtual {
        ("none", " class=\"hollow\"")
    } else {
        (color, "")
    };
    let _ = writeln!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"8\" rx=\"2\"{hollow} fill=\"{fill}\" stroke=\"{color}\"/>",
        bar.from,
        y + 18.0,
        bar.to - bar.from
    );
    let _ = writeln!(
        out,
        "<text class=\"plain\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
        words_at(bar),
        y + 13.0,
        escaped(&label(row))
    );
    out.push_str(if row.claim.is_some() {
        "</a>\n"
    } else {
        "</g>\n"
    });
}

fn axis(out: &mut String, scale: &Scale, bottom: f64) {
    out.push_str("<g aria-hidden=\"true\">\n");
    let mut free_from = f64::NEG_INFINITY;
    for (day, label) in &scale.ticks {
        let x = LEFT + scale.share(*day) * (RIGHT - LEFT);
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" y1=\"4\" x2=\"{x:.1}\" y2=\"{bottom:.1}\" stroke=\"currentColor\" stroke-opacity=\"0.12\"/>"
        );
        let half = text_width(label) / 2.0;
        if x - half > free_from {
            let at = x.clamp(half, WIDTH - half);
            let _ = writeln!(
                out,
                "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\" opacity=\"0.75\">{}</text>",
                bottom + 14.0,
                escaped(label)
            );
            free_from = at + half + 6.0;
        }
    }
    out.push_str("</g>\n");
}

#[cfg(test)]
mod tests {
    use verbale_core::{Act, ClaimId};

    use super::*;
    use crate::presence::PostName;

    fn row(value: &str, from: &str, to: &str, speaker: &str) -> PostRow {
        PostRow {
            claim: Some(ClaimId([7; 16])),
            axis: Some(verbale_pack::Axis::Premises),
            value: value.into(),
            as_of: Some((from.parse().unwrap(), to.parse().unwrap())),
            as_of_text: from.into(),
            speaker: Some(speaker.into()),
            act: Act::Say,
            is_denied: false,
            is_virtual: false,
        }
    }

    fn post(rows: Vec<PostRow>) -> PostLedger {
        PostLedger {
            name: PostName {
                kind: "embassy".into(),
                sender: "Norvale".into(),
                is_adjective: false,
                place: "Selmira".into(),
            },
            pack_id: None,
            rows,
        }
    }

    #[test]
    fn bars_and_words_of_one_lane_do_not_touch() {
        let post = post(vec![
            row("closed", "2031-01-01", "2031-03-01", "A"),
            row(
                "open to visitors on weekdays",
                "2031-03-02",
                "2031-03-02",
                "B",
            ),
            row("closed", "2031-03-05", "2031-12-31", "C"),
            row("open", "2031-03-05", "2031-03-05", "D"),
        ]);
        let span = Span::of_posts(std::slice::from_ref(&post)).unwrap();
        let bars = bars(&post, "premises", &span.0);
        assert_eq!(bars.len(), 4);
        for (i, a) in bars.iter().enumerate() {
            for b in bars[i + 1..].iter().filter(|b| b.lane == a.lane) {
                let ((_, end), (start, _)) = (extent(a), extent(b));
                assert!(end <= start, "{} touches {}", a.row.value, b.row.value);
            }
        }
    }

    #[test]
    fn words_of_pages_stay_words() {
        let post = post(vec![row(
            "<b>\"open\"</b>",
            "2031-01-01",
            "2031-01-01",
            "<script>",
        )]);
        let span = Span::of_posts(std::slice::from_ref(&post)).unwrap();
        let svg = presence_svg(&post, &span, &|c| format!("/claim/{c}"));
        assert!(svg.contains("&lt;b&gt;&quot;open&quot;"), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
    }

    #[test]
    fn without_days_there_is_no_picture() {
        let mut undated = row("closed", "2031-01-01", "2031-01-01", "A");
        undated.as_of = None;
        assert_eq!(Span::of_posts(&[post(vec![undated])]), None);
    }
}
