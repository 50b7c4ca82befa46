//! Search.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{counted, head},
    sheet,
};
use crate::view::{HitRow, SearchPage};

pub(crate) fn search(frame: &Frame<'_>, v: &SearchPage) -> Markup {
    let content = html! {
        (head("Search", html! { "Words, in any inflection and under any name of an entity. " code { "\"two words\"" } ", " code { "begin*" } ", " code { "-without" } ", " code { "this OR that" } "." }))
        form .search role="search" aria-label="Passages" action="/search" method="get" {
            label .unseen for="q" { "Words to look for" }
            input #q type="search" name="q" value=(v.query) autocomplete="off" data-live="results";
            button .primary type="submit" { "Search" }
        }
        div #results aria-live="polite" { (results(v)) }
    };
    sheet(frame, "Search", content)
}

fn results(v: &SearchPage) -> Markup {
    html! {
        @if let Some(remark) = &v.remark {
            p .notice { (remark) "." }
        } @else if !v.query.is_empty() {
            p .fact { @if v.has_more { "the best " } (counted(v.hits.len() as u64, "passage", "passages")) }
            ol .plain.hits { @for h in &v.hits { (hit(h)) } }
        }
    }
}

fn hit(h: &HitRow) -> Markup {
    let language = Some(h.language.as_str()).filter(|l| *l != "und");
    html! {
        li {
            h2 { a href=(h.href) lang=[language] dir="auto" { (h.title) } }
            p .fact { (h.publisher.as_deref().unwrap_or("publisher not named")) " · " (h.published.as_deref().unwrap_or("undated")) }
            p .snippet lang=[language] dir="auto" {
                @if h.is_cut.0 { "…" }
                @for (words, is_hit) in &h.words { @if *is_hit { mark { (words) } } @else { (words) } }
                @if h.is_cut.1 { "…" }
            }
            @if !h.claims.is_empty() {
                p .fact { "claims: " @for (i, href) in h.claims.iter().enumerate() { @if i > 0 { " " } a href=(href) aria-label=(format!("claim {} of this passage", i + 1)) { (i + 1) } } }
            }
        }
    }
}
