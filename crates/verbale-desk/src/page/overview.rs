//! The first page.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{counted, document_table, grouped, head},
    sheet,
};
use crate::view::{Counts, Glance, Overview, SeriesRow};

pub(crate) fn overview(frame: &Frame<'_>, v: &Overview) -> Markup {
    let content = html! {
        @match &v.counts {
            Some(counts) => { (head(frame.case, lead(counts))) (figures(counts)) },
            None => { (head(frame.case, html! { "The case is being counted. This page looks again by itself." }))
                meta http-equiv="refresh" content="2"; },
        }
        @match &v.glance {
            Some(glance) => (ledgers(glance)),
            None => p .notice role="status" { "The ledgers are not made yet." },
        }
        section aria-labelledby="new" {
            h2 #new { "Added last" }
            (document_table("Documents added last", &v.documents))
            p .more { a href="/documents" { "All documents" }
                @if let Some(counts) = &v.counts {
                    @if counts.n_undated > 0 { " · " (counted(counts.n_undated, "page has", "pages have")) " no date" }
                    @if counts.n_orphans > 0 { " · " (counted(counts.n_orphans, "decision has", "decisions have")) " lost the claim" }
                }
            }
        }
    };
    sheet(frame, "Overview", content)
}

fn lead(v: &Counts) -> Markup {
    let n_claims: u64 = v.claims.iter().map(|(_, n)| n).sum();
    html! {
        (counted(v.n_documents, "document", "documents")) " from "
        (counted(v.n_publishers, "publisher", "publishers"))
        @if let Some((first, last)) = &v.published { ", published " time { (first) } " to " time { (last) } }
        ". " (counted(n_claims, "claim", "claims")) ", each with its words."
    }
}

fn figures(v: &Counts) -> Markup {
    html! {
        ul .figures {
            @for (kind, n) in &v.claims {
                li { a href=(format!("/claims?kind={kind}")) { span .number { (grouped(*n)) } " " span .of { (plural(kind)) } } }
            }
            li { a href="/entities" { span .number { (grouped(v.n_entities)) } " " span .of { "entities" } } }
            li .todo { a href="/review" { span .number { (grouped(v.n_waiting)) } " " span .of { "wait for review" } } }
        }
    }
}

fn plural(kind: &str) -> String {
    match kind {
        "status" => "statuses".to_owned(),
        kind => format!("{kind}s"),
    }
}

fn ledgers(g: &Glance) -> Markup {
    html! {
        div .columns {
            section aria-labelledby="disagree" {
                h2 #disagree { a href="/conflicts" { "Where it disagrees" } " " span .count { (grouped(g.n_conflicts)) } }
                @if g.conflicts.is_empty() { p .empty { "Nothing in the case contradicts anything else." } }
                ul .plain {
                    @for c in &g.conflicts {
                        li .clash { a href=(c.href) { span .tag.conflict { (c.kind) } " " (c.reason) }
                            p .fact { (c.voices.0) " · " (c.voices.1) } }
                    }
                }
            }
            section aria-labelledby="moves" {
                h2 #moves { a href="/series" { "How numbers moved" } " " span .count { (grouped(g.n_series)) } }
                @if g.series.is_empty() { p .empty { "No number is given twice." } }
                ul .plain { @for s in &g.series { li { (series_line(s)) } } }
            }
        }
        ul .ledgers {
            li { a href="/obligations" { (counted(g.n_duties as u64, "duty", "duties")) }
                @if g.n_disputed > 0 { span .fact { (g.n_disputed) " read differently" } } }
            li { a href="/presence" { (counted(g.n_posts as u64, "post", "posts")) } }
            li { a href="/restrictions" { (counted(g.n_restrictions as u64, "ban or relief", "bans and reliefs")) } }
            li { a href="/timeline" { "the timeline" } }
        }
    }
}

fn series_line(s: &SeriesRow) -> Markup {
    html! {
        a href=(s.href) { (s.title) }
        @if let Some((first, last)) = &s.ends {
            p .fact {
                a href=(first.href) { (first.amount) } " (" (first.as_of) ")"
                @if (&first.amount, &first.as_of) != (&last.amount, &last.as_of) {
                    " → " a href=(last.href) { (last.amount) } " (" (last.as_of) ")"
                }
            }
        }
    }
}
