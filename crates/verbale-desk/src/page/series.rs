//! Series.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{FIRST, choices, counted, grouped, head, pager, table},
    picture, sheet,
};
use crate::view::{End, ObservationRow, SeriesList, SeriesPage, SeriesRow};

pub(crate) fn series_list(frame: &Frame<'_>, v: &SeriesList) -> Markup {
    let which = [
        (
            "numbers given more than once".to_owned(),
            frame
                .ask
                .with(&[FIRST.as_slice(), &[("single", "")]].concat()),
            !v.with_single,
        ),
        (
            "all numbers".to_owned(),
            frame
                .ask
                .with(&[FIRST.as_slice(), &[("single", "1")]].concat()),
            v.with_single,
        ),
    ];
    let content = html! {
        (head("Series", html! { "How each number moved, by whose word. Look-alikes are never merged and nothing is added up." }))
        (choices("Which series", &which))
        form .search method="get" action="/series" {
            @if v.with_single { input type="hidden" name="single" value="1"; }
            label for="about" { "About" }
            input #about name="about" value=[&v.about] placeholder="words of the title" autocomplete="off";
            button type="submit" { "Show" }
        }
        (table("Series", "series", &["What is counted", "From", "To", "Numbers", "Speakers"], 2, html! {
            @for s in &v.series { (row(s)) }
        }))
        (pager(&v.pager))
    };
    sheet(frame, "Series", content)
}

fn row(s: &SeriesRow) -> Markup {
    let end = |end: &End| html! { a href=(end.href) { (end.amount) } span .fact { (end.as_of) } };
    html! {
        tr {
            td .what { a href=(s.href) { (s.title) } span .fact { " " (s.nature) } }
            td data-label="From" { @if let Some((first, _)) = &s.ends { (end(first)) } @else if s.n_speakers.is_some() { span .unresolved { "no dates" } } @else { span .fact { "long: see its page" } } }
            td data-label="To" { @if let Some((_, last)) = &s.ends { (end(last)) } }
            td .number data-label="Numbers" { (grouped(s.n)) }
            td .number data-label="Speakers" { @if let Some(n) = s.n_speakers { (n) } @else { "–" } }
        }
    }
}

pub(crate) fn series(frame: &Frame<'_>, v: &SeriesPage) -> Markup {
    let s = &v.series;
    let lead = html! {
        (counted(s.n, "number", "numbers"))
        @if let Some(n) = s.n_speakers { " by " (counted(n as u64, "speaker", "speakers")) }
        @if let Some(unit) = &s.unit { ", in " (unit) } ". " (nature(s.nature))
    };
    let is_part = v.pager.before.is_some() || v.pager.after.is_some();
    let content = html! {
        p .kicker { "Series · " (s.nature) }
        (head(&s.title, lead))
        @if !v.chart.is_empty() {
        figure .chart { (picture(&v.chart))
            figcaption {
                @if is_part { "The chart shows the numbers of this part: " (grouped(v.pager.first.into())) " to " (grouped(v.pager.last.into())) ". " }
                "Each mark leads to its words. Arrows are bounds with one end, bars with two; hollow marks are denied. "
                a href=(format!("{}/chart.svg", s.href)) download { "Chart as SVG" } } }
        }
        (table("The numbers in the order of time", "observations", &["As of", "Number", "Said by", "Said", "Publisher"], 0, html! {
            @for o in &v.observations { (observation(o)) }
        }))
        (pager(&v.pager))
        @if !v.conflicts.is_empty() {
            section aria-labelledby="against" {
                h2 #against { "What cannot both hold" }
                ul .plain { @for c in &v.conflicts { li .clash { a href=(c.href) { span .tag.conflict { (c.kind) } " " (c.reason) } } } }
            }
        }
    };
    sheet(frame, &s.title, content)
}

fn nature(nature: &str) -> &'static str {
    match nature {
        "stock" | "level" => "A level: numbers at two times may differ without a contradiction.",
        "flow" => "A flow: each number belongs to its own period.",
        _ => "",
    }
}

fn observation(o: &ObservationRow) -> Markup {
    html! {
        tr .repeat[o.is_repeat] {
            td .when data-label="As of" { @if o.as_of.is_empty() { span .unresolved { "no date" } } @else { (o.as_of) } }
            td .what { a href=(o.href) { (o.amount) }
                @if !o.is_asserted { " " span .tag.denied { "denied" } }
                @if o.is_repeat { " " span .tag { "repeat" } } }
            td data-label="Said by" { (o.speaker.as_deref().unwrap_or("nobody named")) " " span .fact { (o.act) } }
            td .when data-label="Said" { @if let Some(said) = &o.said { time { (said) } } }
            td data-label="Publisher" { (o.publisher.as_deref().unwrap_or("not named")) }
        }
    }
}
