//! Disagreements.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{FIRST, choices, grouped, head, pager, side},
    sheet,
};
use crate::view::{ConflictList, PairPage};

pub(crate) fn conflicts(frame: &Frame<'_>, v: &ConflictList) -> Markup {
    let n: u64 = v.kinds.iter().map(|(_, n)| n).sum();
    let to = |kind: &str| {
        frame
            .ask
            .with(&[FIRST.as_slice(), &[("kind", kind)]].concat())
    };
    let all = match n {
        0 => "all".to_owned(),
        n => format!("all {}", grouped(n)),
    };
    let mut kinds = vec![(all, to(""), v.kind.is_none())];
    kinds.extend(v.kinds.iter().map(|(kind, n)| {
        let is_chosen = v.kind.as_deref() == Some(kind);
        (format!("{kind} {}", grouped(*n)), to(kind), is_chosen)
    }));
    let lead = html! { "Claims that cannot both hold, and why. Nothing is retired by a conflict: both stay." };
    let content = html! {
        (head("Disagreements", lead))
        (choices("Kinds of disagreement", &kinds))
        @for (row, a, b) in &v.conflicts {
            section .pair {
                h2 { span .tag.conflict { (row.kind) } " " a href=(row.href) { (row.reason) } }
                div .sides {
                    (side(a, html! { h3 { a href=(a.card.href) { (a.card.summary) } } }))
                    (side(b, html! { h3 { a href=(b.card.href) { (b.card.summary) } } }))
                }
            }
        }
        (pager(&v.pager))
    };
    sheet(frame, "Disagreements", content)
}

pub(crate) fn conflict(frame: &Frame<'_>, v: &PairPage) -> Markup {
    let (a, b) = &v.sides;
    let title = if v.is_conflict {
        "These cannot both hold"
    } else {
        "These are not in conflict"
    };
    let content = html! {
        p .kicker { span .tag.conflict[v.is_conflict] { (v.answer) } }
        (head(title, html! { (v.reason) }))
        div .sides {
            (side(a, html! { h2 { a href=(a.card.href) { (a.card.summary) } } }))
            (side(b, html! { h2 { a href=(b.card.href) { (b.card.summary) } } }))
        }
        p .more { a href="/conflicts" { "All disagreements" } }
    };
    sheet(frame, title, content)
}
