//! Entities.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{choices, claim_table, counted, grouped, head, pager, table},
    sheet,
};
use crate::view::{EntityList, EntityPage};

pub(crate) fn entities(frame: &Frame<'_>, v: &EntityList) -> Markup {
    let mut kinds = vec![(
        "all".to_owned(),
        frame.ask.with(&[("kind", ""), ("from", "")]),
        v.kind.is_none(),
    )];
    kinds.extend(v.kinds.iter().map(|kind| {
        (
            (*kind).to_owned(),
            frame.ask.with(&[("kind", kind), ("from", "")]),
            v.kind == Some(kind),
        )
    }));
    let content = html! {
        (head("Entities", html! { "Who and what the claims are about, those of most claims first." }))
        (choices("Kinds of entity", &kinds))
        (table("Entities", "entities", &["Name", "Kind", "Known to a pack as", "Says", "Said of it", "Mentions"], 3, html! {
            @for e in &v.entities {
                tr {
                    td .what { a href=(e.href) dir="auto" { (e.name) } }
                    td data-label="Kind" { (e.kind) }
                    td data-label="Pack" { @if let Some(id) = &e.pack_id { code { (id) } } }
                    td .number data-label="Says" { (grouped(e.n_said)) }
                    td .number data-label="Said of it" { (grouped(e.n_about)) }
                    td .number data-label="Mentions" { (grouped(e.n_mentions)) }
                }
            }
        }))
        (pager(&v.pager))
    };
    sheet(frame, "Entities", content)
}

pub(crate) fn entity(frame: &Frame<'_>, v: &EntityPage) -> Markup {
    let e = &v.entity;
    let lead = html! {
        "Says " (counted(e.n_said, "claim", "claims")) "; " (counted(e.n_about, "claim is", "claims are")) " about it; mentioned "
        (counted(e.n_mentions, "time", "times")) "."
        @if v.forms.len() > 1 { " Also written " @for (i, form) in v.forms.iter().filter(|f| **f != e.name).enumerate() {
            @if i > 0 { ", " } span dir="auto" { "“" (form) "”" } } "." }
    };
    let content = html! {
        p .kicker { (e.kind) @if let Some(id) = &e.pack_id { " · " code { (id) } } }
        (head(&e.name, lead))
        @for (part, claims, has_more) in &v.parts {
            @let title = part_title(part);
            section aria-labelledby=(part) {
                h2 id=(part) { (title) }
                (claim_table(title, claims))
                @if *has_more { p .more { "These are the earliest; " a href=(more(part, &e.name)) { "the table of claims" } " has all." } }
            }
        }
    };
    sheet(frame, &e.name, content)
}

fn part_title(part: &str) -> &'static str {
    match part {
        "speaker" => "What it says",
        "about" => "What is said of it",
        "place" => "What holds there",
        _ => "What mentions it",
    }
}

fn more(part: &str, name: &str) -> String {
    let field = if part == "quote" { "about" } else { part };
    format!("/claims?{field}={}", crate::ask::encoded(name))
}
