//! Ledgers as pictures: a series for the terminal and as SVG, a post's presence and a claim's origins as SVG.
//!
//! Pure functions: the same in briefs, on pages and in the terminal. In the chart of a series each speaker
//! has one mark; whiskers show bounds that the words state, open ends as arrows; the observations of one speaker
//! are joined in the order of time. Undated observations stand apart, at the right, and are joined to nothing.

mod layout;
mod origins;
mod presence;
mod scale;
mod svg;
mod terminal;

pub use origins::origins_svg;
pub use presence::{Span, presence_svg};
pub use svg::{Link, SvgSize, svg};
pub use terminal::terminal;

use crate::{Observation, grouped};

/// The observation in one sentence, for tooltips and screen readers.
fn sentence(o: &Observation) -> String {
    let who = o
        .speaker
        .as_deref()
        .or(o.publisher.as_deref())
        .unwrap_or("somebody");
    let when = if o.as_of_text.is_empty() {
        "undated"
    } else {
        &o.as_of_text
    };
    let denied = if o.is_asserted { "" } else { ", denied" };
    let page = match &o.publisher {
        Some(p) if Some(p) != o.speaker.as_ref() => format!(" ({p})"),
        _ => String::new(),
    };
    format!("{}, {when}: {who}{page}{denied}", o.amount)
}

/// The short label beside a mark: the number with a sign for its hedge.
fn label(o: &Observation) -> String {
    let number = match (o.value, o.low, o.high) {
        (Some(v), _, _) => grouped(v),
        (None, Some(l), Some(h)) => format!("{}–{}", grouped(l), grouped(h)),
        (None, Some(n), None) | (None, None, Some(n)) => grouped(n),
        (None, None, None) => return String::new(),
    };
    let sign = match (o.value, o.low, o.high) {
        (Some(_), Some(_), None) | (None, Some(_), None) => "≥ ",
        (Some(v), None, Some(h)) if h < v => "< ",
        (Some(_), None, Some(_)) | (None, None, Some(_)) => "≤ ",
        _ if is_hedged(o) => "~",
        _ => "",
    };
    format!("{sign}{number}")
}

/// True for "about 15": a hedge without a bound.
fn is_hedged(o: &Observation) -> bool {
    let starts_with_number = o
        .amount
        .starts_with(|c: char| c.is_ascii_digit() || c == '-');
    o.low.is_none()
        && o.high.is_none()
        && !starts_with_number
        && !o.amount.to_lowercase().starts_with("only")
}
