//! One claim.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{chain, decisions, key, loss_table, passage, signature, tags},
    picture, sheet,
};
use crate::view::{ClaimPage, StandingView};

pub(crate) fn claim(frame: &Frame<'_>, v: &ClaimPage) -> Markup {
    let card = &v.card;
    let language = card.language.as_deref().filter(|l| *l != "und");
    let content = html! {
        p .kicker { (card.kind) " · " (card.act) (tags(card)) }
        h1 .claim { (card.summary) }
        figure .words {
            blockquote lang=[language] dir="auto" { p { (passage(&v.passage)) } }
            figcaption { (chain(card)) " · " a href=(card.words_href()) { (card.title.as_deref().unwrap_or("the page")) } }
        }
        (decide(frame, v))
        div .columns {
            section aria-labelledby="clocks" {
                h2 #clocks { "Four clocks" }
                table .clocks {
                    thead { tr { th scope="col" { "Clock" } th scope="col" { "Date" } th scope="col" { "Rests on" } } }
                    tbody { @for c in &v.clocks {
                        tr {
                            th scope="row" { (c.name) }
                            td { @match (&c.iso, &c.raw) {
                                    (Some(iso), _) => time { (iso) },
                                    (None, Some(_)) => span .unresolved { "not resolved" },
                                    (None, None) => span .unresolved { "–" },
                                }
                                @if let Some(days) = c.days.as_ref().filter(|d| Some(*d) != c.iso.as_ref()) { span .fact { (days) } } }
                            td { @if let Some(raw) = &c.raw { "“" (raw) "” " } span .fact { (c.rests_on) } }
                        }
                    } }
                }
            }
            section aria-labelledby="facts" {
                h2 #facts { "As the ledger keeps it" }
                dl .facts { @for (name, value) in &v.facts { dt { (name) } dd { (value) } }
                    @if let Some((href, title)) = &v.series { dt { "series" } dd { a href=(href) { (title) } } }
                    dt { "found by rule" } dd { code { (v.rule) } " " a href="/accuracy" { "its accuracy" } }
                    dt { "id" } dd { code .id { (card.id) } }
                }
            }
        }
        @if let Some(standing) = &v.standing { (origins(standing)) }
        @else { p .notice role="status" { "What else says so is being worked out. Reload in a moment." } }
        @if !v.conflicts.is_empty() {
            section aria-labelledby="against" {
                h2 #against { "It cannot both hold with" }
                ul .plain { @for c in &v.conflicts {
                    li .clash { a href=(c.href) { span .tag.conflict { (c.kind) } " " (c.reason) } }
                } }
            }
        }
        @if !v.losses.is_empty() {
            section aria-labelledby="without" {
                h2 #without { "Without this claim" }
                (loss_table("What would lose support", &v.losses))
            }
        }
        @if !v.decisions.is_empty() {
            section aria-labelledby="decided" {
                h2 #decided { "What people decided" }
                (decisions(frame, &v.decisions, &card.href))
            }
        }
        section aria-labelledby="footnote" {
            h2 #footnote { "As a footnote" }
            p .footnote data-copy="" { (v.footnote_text) }
        }
    };
    sheet(frame, &card.summary, content)
}

/// Accept, reject, amend, grade, note.
fn decide(frame: &Frame<'_>, v: &ClaimPage) -> Markup {
    let card = &v.card;
    html! {
        details .decide {
            summary { "Decide" }
            form method="post" action="/decide" {
                (key(frame, &card.href))
                input type="hidden" name="claim" value=(card.id);
                (signature(frame, "decide"))
                p .buttons {
                    button .accept name="act" value="accept" { "Accept" } " "
                    button .reject name="act" value="reject" { "Reject" }
                }
                fieldset {
                    legend { "Amend a field" }
                    label for="field" { "Field" }
                    select #field name="field" { @for field in &v.fields { option { (field) } } }
                    label for="value" { "Value" }
                    input #value name="value" autocomplete="off";
                    button name="act" value="amend" { "Amend" }
                }
                fieldset {
                    legend { "Grade its credibility" }
                    label for="credibility" { "Grade" }
                    select #credibility name="credibility" {
                        @for (n, name) in (1..).zip(["confirmed", "probable", "possible", "doubtful", "improbable", "cannot be judged"]) {
                            option value=(n) { (n) " " (name) }
                        }
                    }
                    button name="act" value="grade" { "Grade" }
                }
                fieldset {
                    legend { "Leave a note" }
                    label for="text" { "Note" }
                    input #text name="text" maxlength="2000" autocomplete="off";
                    button name="act" value="note" { "Note" }
                }
            }
        }
    }
}

fn origins(standing: &StandingView) -> Markup {
    html! {
        section aria-labelledby="origins" {
            h2 #origins { "What stands behind it" }
            p { (standing.summary) "." }
            figure .chart { (picture(&standing.graph)) }
            details {
                summary { "The same as a list" }
                ul .plain { @for origin in &standing.origins {
                    li {
                        strong { (origin.speaker.as_deref().unwrap_or("nobody named")) }
                        @if !origin.rules.is_empty() { span .fact { " taken for one statement: " (origin.rules.join(", ")) } }
                        ul { @for c in &origin.claims {
                            li { a href=(c.href) { (c.publisher.as_deref().unwrap_or("publisher not named")) } ", "
                                (c.published.as_deref().unwrap_or("undated")) }
                        } }
                    }
                } }
            }
        }
    }
}
