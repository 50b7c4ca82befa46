//! The table of claims.

use maud::{Markup, html};
use verbale_core::{Act, ClaimKind};

use super::{
    Frame,
    parts::{FIRST, choices, claim_table, grouped, head, pager},
    sheet,
};
use crate::view::ClaimList;

pub(crate) fn claims(frame: &Frame<'_>, v: &ClaimList) -> Markup {
    let content = html! {
        (head("Claims", html! { "Who said what, when, through whom, in which words." }))
        (kinds(frame, v))
        (facets(frame))
        (claim_table("Claims", &v.claims))
        (pager(&v.pager))
    };
    sheet(frame, "Claims", content)
}

/// The kinds with how many claims of each match; where not all were counted, "at least" is a plus sign.
fn kinds(frame: &Frame<'_>, v: &ClaimList) -> Markup {
    let chosen = frame.ask.param("kind");
    let to = |kind: &str| {
        frame
            .ask
            .with(&[FIRST.as_slice(), &[("kind", kind)]].concat())
    };
    let more = if v.is_cut { "+" } else { "" };
    let named = |name: &str, n: u64| format!("{name} {}{more}", grouped(n));
    let all = v.kinds.iter().map(|(_, n)| n).sum();
    let mut choice = vec![(named("all", all), to(""), chosen.is_none())];
    for kind in ClaimKind::ALL.iter().map(|kind| kind.as_str()) {
        let found = v.kinds.iter().find(|(of, _)| *of == kind);
        let n = found.map_or(0, |(_, n)| *n);
        choice.push((named(kind, n), to(kind), chosen == Some(kind)));
    }
    choices("Kinds of claim", &choice)
}

/// The fields of the filter, each with its label; what is set stays open.
fn facets(frame: &Frame<'_>) -> Markup {
    let ask = frame.ask;
    let names = [
        "speaker",
        "about",
        "place",
        "publisher",
        "since",
        "until",
        "act",
        "clock",
        "undecided",
        "rejected",
    ];
    let is_open = names.iter().any(|n| ask.param(n).is_some());
    let field = |name: &str, label: &str, hint: &str| {
        html! {
            p { label for=(name) { (label) }
                input id=(name) name=(name) value=[ask.param(name)] placeholder=(hint) autocomplete="off"; }
        }
    };
    html! {
        details .facets open[is_open] {
            summary { "Narrow down" }
            form method="get" action="/claims" {
                @if let Some(kind) = ask.param("kind") { input type="hidden" name="kind" value=(kind); }
                (field("speaker", "Speaker", "name, organization or role"))
                (field("about", "About", "words of the claim"))
                (field("place", "Place", "where it holds"))
                (field("publisher", "Publisher", "whose page"))
                p { label for="act" { "Act" }
                    select #act name="act" {
                        option value="" { "any" }
                        @for act in Act::ALL { option value=(act) selected[ask.param("act") == Some(act.as_str())] { (act) } }
                    } }
                (field("since", "Since", "2031-05"))
                (field("until", "Until", "2031-06-30"))
                p { label for="clock" { "Clock" }
                    select #clock name="clock" {
                        @for (value, name) in [("as-of", "when it holds"), ("said", "when it was said"), ("published", "when it was published")] {
                            option value=(value) selected[ask.param("clock") == Some(value)] { (name) }
                        }
                    } }
                p .check { input #undecided type="checkbox" name="undecided" value="1" checked[ask.param("undecided").is_some()];
                    label for="undecided" { "only what waits for review" } }
                p .check { input #rejected type="checkbox" name="rejected" value="1" checked[ask.param("rejected").is_some()];
                    label for="rejected" { "also what was rejected" } }
                p .buttons { button .primary type="submit" { "Show" } " " a href="/claims" { "Clear" } }
            }
        }
    }
}
