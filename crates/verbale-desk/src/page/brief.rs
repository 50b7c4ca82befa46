//! The choices for a brief.

use maud::{Markup, html};

use super::{
    Frame,
    parts::{grouped, head},
    sheet,
};
use crate::view::BriefChoices;

pub(crate) fn brief(frame: &Frame<'_>, v: &BriefChoices) -> Markup {
    let field = |id: &str, label: &str, value: &str, hint: &str| {
        html! {
            p {
                label for=(id) { (label) }
                input id=(id) name=(id) value=(value) placeholder=(hint) autocomplete="off";
            }
        }
    };
    let content = html! {
        (head("Brief", html! { "The case, or a part of it, as a document with footnotes that can be checked line by line. Weak statements are marked." }))
        @if let Some((decided, all)) = v.n_decided {
            p .fact { (grouped(decided)) " of " (grouped(all)) " claims have been decided on by a person; " a href="/review" { "the others are marked as machine-read" } "." }
        }
        form .brief method="get" action="/brief/brief.html" {
            (field("title", "Title", &v.title, "made from the topic"))
            (field("about", "About", &v.about, "words of the claims; all if empty"))
            (field("where", "Where", &v.place, "a place; all if empty"))
            (field("since", "Since", &v.since, "2024-01-31"))
            (field("until", "Until", &v.until, "2024-12-31"))
            fieldset {
                legend { "Ledgers" }
                @for ledger in &v.ledgers {
                    label { input type="checkbox" name="ledger" value=(ledger.name) checked[ledger.is_chosen]; " " (ledger.title) }
                }
            }
            p .actions {
                button .primary type="submit" { "Open, to read or print" }
                button type="submit" formaction="/brief/brief.docx" { "Word file" }
                button type="submit" formaction="/brief/brief.csl.json" { "Works cited (CSL-JSON)" }
            }
        }
    };
    sheet(frame, "Brief", content)
}
