//! The review queue.

use maud::{Markup, html};
use verbale_core::ClaimKind;

use super::{
    Frame,
    parts::{choices, head, key, side, signature, tags},
    sheet,
};
use crate::view::{ReviewPage, Side};

pub(crate) fn review(frame: &Frame<'_>, v: &ReviewPage) -> Markup {
    let kept = [("after", ""), ("n", ""), ("last", ""), ("done", "")];
    let to = |kind: &str| {
        frame
            .ask
            .with(&[kept.as_slice(), &[("kind", kind)]].concat())
    };
    let mut kinds = vec![("all".to_owned(), to(""), v.kind.is_none())];
    kinds.extend(
        ClaimKind::ALL
            .iter()
            .map(|k| (k.to_string(), to(k.as_str()), v.kind == Some(k.as_str()))),
    );
    let content = html! {
        (head("Review", html! { "Does the page say so? One claim at a time, with its words." }))
        (choices("Kinds of claim", &kinds))
        @if let Some(done) = &v.done {
            div .notice role="status" { (done) "."
                @if let Some(last) = &v.last {
                    form .inline method="post" action="/undo" {
                        (key(frame, &frame.ask.with(&[("last", ""), ("done", "")])))
                        input type="hidden" name="decision" value=(last);
                        " " button type="submit" data-key="u" aria-keyshortcuts="u" { "Undo" kbd { "u" } }
                    }
                }
            }
        }
        @match &v.side {
            Some(claim) => (waiting(frame, v, claim)),
            None => p .empty { "Nothing waits here."
                @if v.n_skipped > 0 { " " (v.n_skipped) " were left for later: " a href=(frame.ask.with(&kept)) { "begin again" } "." } },
        }
    };
    sheet(frame, "Review", content)
}

fn waiting(frame: &Frame<'_>, v: &ReviewPage, claim: &Side) -> Markup {
    let card = &claim.card;
    let here = frame.ask.with(&[("last", ""), ("done", "")]);
    html! {
        div #waiting .review {
            (side(claim, html! {
                p .kicker { (card.kind) " · " (card.act) (tags(card)) }
                h2 { a href=(card.href) { (card.summary) } }
            }))
            form .ruling method="post" action="/decide" {
                (key(frame, &here))
                input type="hidden" name="claim" value=(card.id);
                p .buttons {
                    button .accept name="act" value="accept" data-key="a" aria-keyshortcuts="a" { "Accept" kbd { "a" } } " "
                    button .reject name="act" value="reject" data-key="r" aria-keyshortcuts="r" { "Reject" kbd { "r" } } " "
                    @if let Some(skip) = &v.skip { a .button href=(skip) data-key="s" aria-keyshortcuts="s" { "Skip" kbd { "s" } } }
                }
                details #amend {
                    summary data-key="e" aria-keyshortcuts="e" { "Amend a field" kbd { "e" } }
                    p {
                        label for="field" { "Field" }
                        select #field name="field" { @for field in &v.fields { option { (field) } } }
                        label for="value" { "Value" }
                        input #value name="value" autocomplete="off";
                        button name="act" value="amend" { "Amend" }
                    }
                }
                (signature(frame, "review"))
            }
        }
    }
}
