//! Publishers.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{counted, days, document_table, grouped, head, key, loss_table, signature, table},
    sheet,
};
use crate::view::{ImpactView, PublisherList, PublisherPage};

pub(crate) fn publishers(frame: &Frame<'_>, v: &PublisherList) -> Markup {
    let content = html! {
        (head("Publishers", html! { "Whose pages these are. A publisher’s page says what would fall without it." }))
        (table("Publishers", "publishers", &["Publisher", "Published", "Reliability", "Documents", "Claims"], 2, html! {
            @for p in &v.publishers {
                tr {
                    td .what { a href=(p.href) dir="auto" { (p.name) } }
                    td .when data-label="Published" { @match &p.published { Some((a, b)) => (days(a, b)), None => span .unresolved { "undated" } } }
                    td data-label="Reliability" { (p.reliability.as_deref().unwrap_or("–")) }
                    td .number data-label="Documents" { (grouped(p.n_documents)) }
                    td .number data-label="Claims" { @if let Some(n) = p.n_claims { (grouped(n)) } }
                }
            }
        }))
        @if v.publishers.is_empty() { p .empty { "No page of the case names its publisher." } }
    };
    sheet(frame, "Publishers", content)
}

pub(crate) fn publisher(frame: &Frame<'_>, v: &PublisherPage) -> Markup {
    let p = &v.publisher;
    let lead = html! {
        (counted(p.n_documents, "document", "documents"))
        @if let Some(n) = p.n_claims { ", " (counted(n, "claim", "claims")) }
        @if let Some((a, b)) = &p.published { ", published " (days(a, b)) } "."
        @if let Some(grade) = &p.reliability { " Graded " strong { (grade) } "." }
    };
    let content = html! {
        p .kicker { "Publisher" }
        (head(&p.name, lead))
        section aria-labelledby="impact" {
            h2 #impact { "If it were withdrawn" }
            @match &v.impact {
                Some(impact) => (fallen(impact)),
                None => p .notice role="status" { "What would fall is being worked out. " a href=(p.href) { "Reload" } },
            }
        }
        section aria-labelledby="grade" {
            h2 #grade { "Grade its reliability" }
            form .grade method="post" action="/grade" {
                (key(frame, &p.href))
                input type="hidden" name="publisher" value=(p.name);
                p { label for="reliability" { "Reliability" }
                    select #reliability name="reliability" {
                        @for grade in &v.grades { option value=(grade) selected[p.reliability.as_deref() == Some(grade)] { (grade) " " (grade_words(grade)) } }
                    } }
                (signature(frame, "grade"))
                p .buttons { button .primary type="submit" { "Grade" } }
            }
        }
        section aria-labelledby="pages" {
            h2 #pages { "Its pages" }
            (document_table("Documents of this publisher", &v.documents))
            p .more { a href=(format!("/documents?publisher={}", crate::ask::encoded(&p.name))) { "All of them" } }
        }
    };
    sheet(frame, &p.name, content)
}

fn fallen(v: &ImpactView) -> Markup {
    html! {
        p { (counted(v.n_fallen as u64, "claim", "claims")) " would fall, on its pages or through it; "
            (counted(v.n_losses as u64, "saying", "sayings")) " would lose support, "
            (v.n_total) " of them all of it; "
            (counted(v.n_conflicts as u64, "disagreement", "disagreements")) " would lose a side. Nothing is removed by asking." }
        (loss_table("What would lose support", &v.losses))
        @if v.n_losses > v.losses.len() { p .more { "and " (v.n_losses - v.losses.len()) " more" } }
    }
}

/// What the letters of the grading scale stand for.
fn grade_words(grade: &str) -> &'static str {
    match grade {
        "A" => "reliable",
        "B" => "usually reliable",
        "C" => "fairly reliable",
        "D" => "not usually reliable",
        "E" => "unreliable",
        _ => "cannot be judged",
    }
}
