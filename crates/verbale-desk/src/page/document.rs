//! Documents.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{chain, counted, document_table, head, pager, tags},
    sheet,
};
use crate::{
    marked::Piece,
    view::{ClaimCard, DocumentList, DocumentPage, PassageView},
};

pub(crate) fn documents(frame: &Frame<'_>, v: &DocumentList) -> Markup {
    let lead = html! {
        @match frame.ask.param("publisher") {
            Some(publisher) => { "Pages of " (publisher) ", those added last first. " a href="/documents" { "All documents" } },
            None => "Every page of the case, those added last first.",
        }
    };
    let content = html! {
        (head("Documents", lead))
        (document_table("Documents", &v.documents))
        (pager(&v.pager))
    };
    sheet(frame, "Documents", content)
}

pub(crate) fn document(frame: &Frame<'_>, v: &DocumentPage) -> Markup {
    let title = v.title.as_deref().unwrap_or("Untitled page");
    let language = Some(v.language.as_str()).filter(|l| *l != "und");
    let content = html! {
        p .kicker { (v.publisher.as_deref().unwrap_or("publisher not named"))
            @if let Some(agency) = &v.agency { " · " (agency) }
            " · " @match &v.published { Some((day, rule)) => time title=(format!("found by: {rule}")) { (day) }, None => span .unresolved { "undated" } } }
        h1 lang=[language] dir="auto" { (title) }
        p .lead {
            @if !v.authors.is_empty() { "By " (v.authors.join(", ")) ". " }
            (counted(v.claims.len() as u64, "claim", "claims")) ". "
            a href=(format!("/document/{}/original", v.id)) download { "Download the original" }
        }
        div .reading {
            article .text lang=[language] dir="auto" {
                @for (i, p) in v.passages.iter().enumerate() { (passage(i, p, &v.claims)) }
            }
            aside .margin aria-labelledby="claims-here" {
                h2 #claims-here { "Claims on this page" }
                ol .plain { @for card in &v.claims { (claim_line(card)) } }
            }
        }
        section aria-labelledby="custody" {
            h2 #custody { "Where it came from" }
            dl .facts {
                @for c in &v.captures {
                    dt { "found at" }
                    dd { @match &c.address { Some(a) => a href=(a) rel="noreferrer noopener nofollow" { (a) }, None => code { (c.path) } }
                        @if !c.containers.is_empty() { span .fact { " in " (c.containers.join(" › ")) } }
                        @if let Some(t) = &c.captured { span .fact { " captured " (t) } } }
                }
                @if let Some(address) = &v.address { dt { "calls itself" } dd { a href=(address) rel="noreferrer noopener nofollow" { (address) } } }
                dt { "added" } dd { time { (v.added) } }
                dt { "SHA-256" } dd { code .id { (v.sha256) } }
                dt { "bytes" } dd { (v.n_bytes) ", " (v.media_type) }
                dt { "read by" } dd { (v.read_by) }
                dt { "kind" } dd { (v.kind) }
                dt { "language" } dd { (v.language) }
            }
            @if !v.diagnostics.is_empty() {
                h3 { "Remarks" }
                ul .plain { @for (code, title, message) in &v.diagnostics { li { code { (code) } " " (title) ": " (message) } } }
            }
        }
    };
    sheet(frame, title, content)
}

fn passage(number: usize, p: &PassageView, claims: &[ClaimCard]) -> Markup {
    let class = if p.is_furniture { "furniture" } else { p.role };
    html! {
        div id=(format!("p{number}")) class=(format!("passage {class}")) {
            @if p.role != "body" { span .role { (p.role) } }
            p { @for piece in &p.pieces { (marked(piece, claims)) } }
        }
    }
}

/// A piece with the marks of its claims; it leads to the claim with the fewest words.
fn marked(piece: &Piece, claims: &[ClaimCard]) -> Markup {
    let Some(card) = piece.marks.first().and_then(|&of| claims.get(of)) else {
        return html! { (piece.text) };
    };
    let begins = piece.begins.iter().filter_map(|&of| claims.get(of));
    let rejected = if card.verdict.as_deref() == Some("rejected") {
        " rejected"
    } else {
        ""
    };
    html! {
        @for begun in begins { span .anchor id=(begun.id) {} }
        a href=(card.href) class=(format!("mark {}{rejected}", card.kind)) title=(card.summary) { (piece.text) }
    }
}

fn claim_line(card: &ClaimCard) -> Markup {
    html! {
        li {
            span class=(format!("dot {}", card.kind)) {}
            a href=(card.href) { (card.summary) } (tags(card))
            p .fact { (chain(card)) " · " a href=(format!("#{}", card.id)) { "its words" } }
        }
    }
}
