//! Views as markup.
//!
//! A page asks nothing of the case. Words of pages go through `maud`, which escapes them; the only markup that
//! comes from elsewhere are the pictures of `verbale-analysis`, which escapes for itself ([`picture`]).

mod accuracy;
mod brief;
mod claim;
mod claims;
mod conflicts;
mod document;
mod entities;
mod ledgers;
mod overview;
mod parts;
mod publishers;
mod review;
mod search;
mod series;

pub(crate) use accuracy::accuracy;
pub(crate) use brief::brief;
pub(crate) use claim::claim;
pub(crate) use claims::claims;
pub(crate) use conflicts::{conflict, conflicts};
pub(crate) use document::{document, documents};
pub(crate) use entities::{entities, entity};
pub(crate) use ledgers::{obligations, presence, restrictions, timeline};
pub(crate) use overview::overview;
pub(crate) use publishers::{publisher, publishers};
pub(crate) use review::review;
pub(crate) use search::search;
pub(crate) use series::{series, series_list};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    ask::Ask,
    assets::{ICON, SCRIPT, STYLE},
    error::FaultView,
};

/// What stands around every page.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    /// The name of the case.
    pub(crate) case: &'a str,
    /// The key that every form brings along.
    pub(crate) key: &'a str,
    /// Who reviews.
    pub(crate) who: &'a str,
    /// What is still to be said of the page.
    pub(crate) note: Option<Note>,
    /// What was asked for.
    pub(crate) ask: &'a Ask,
}

/// Why a page does not show all of the case as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    /// What it shows was made before the case changed.
    Older,
    /// Claims wait to be filed.
    Filing,
}

impl Note {
    fn words(self) -> &'static str {
        match self {
            Self::Older => "The case has changed since this was made. It is being made again.",
            Self::Filing => "Claims are still being filed; this page shows those that are.",
        }
    }
}

/// The parts of the desk: heading, then address and name of each.
const PARTS: &[(&str, &[(&str, &str)])] = &[
    (
        "",
        &[
            ("/", "Overview"),
            ("/review", "Review"),
            ("/search", "Search"),
        ],
    ),
    (
        "Ledgers",
        &[
            ("/claims", "Claims"),
            ("/series", "Series"),
            ("/conflicts", "Disagreements"),
            ("/obligations", "Obligations"),
            ("/presence", "Presence"),
            ("/restrictions", "Restrictions"),
            ("/timeline", "Timeline"),
        ],
    ),
    (
        "Sources",
        &[
            ("/documents", "Documents"),
            ("/publishers", "Publishers"),
            ("/entities", "Entities"),
        ],
    ),
    ("", &[("/brief", "Brief"), ("/accuracy", "Accuracy")]),
];

/// A whole page.
pub(crate) fn sheet(frame: &Frame<'_>, title: &str, content: Markup) -> Markup {
    let twin = twin(frame.ask);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (frame.case) }
                link rel="stylesheet" href=(STYLE.href);
                link rel="icon" type="image/svg+xml" href=(ICON.href);
                link rel="alternate" type="application/json" href=(twin);
                script src=(SCRIPT.href) defer {}
            }
            body {
                a .skip href="#content" { "Skip to the content" }
                header .head {
                    a .brand href="/" { span .name { "verbale" } " " span .case { (frame.case) } }
                    form .find role="search" aria-label="The case" action="/search" method="get" {
                        label .unseen for="find" { "Search the case" }
                        input #find type="search" name="q" placeholder="Search" autocomplete="off" aria-keyshortcuts="/";
                        button type="submit" { "Search" }
                    }
                }
                (navigation(frame.ask))
                main #content tabindex="-1" {
                    @if let Some(note) = frame.note {
                        p .notice role="status" { (note.words()) " " a href=(frame.ask.with(&[])) { "Reload" } }
                    }
                    (content)
                }
                footer .foot {
                    p { a href=(twin) { "This page as JSON" } }
                }
            }
        }
    }
}

fn navigation(ask: &Ask) -> Markup {
    html! {
        nav .parts aria-label="Parts of the desk" {
            @for (heading, parts) in PARTS {
                div .group {
                    @if !heading.is_empty() { p .heading { (heading) } }
                    ul {
                        @for (href, name) in *parts {
                            li { a href=(href) aria-current=[is_in(ask, href).then_some("page")] { (name) } }
                        }
                    }
                }
            }
        }
    }
}

/// True if the address belongs to the part: `/claim/…` to `/claims`, `/entity/…` to `/entities`.
fn is_in(ask: &Ask, part: &str) -> bool {
    let first = |path: &str| {
        path.trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let (asked, part) = (first(&ask.path), first(part));
    asked == part
        || (!asked.is_empty()
            && (part == format!("{asked}s") || part == asked.replace("ty", "ties")))
}

/// The address of the same page as JSON.
fn twin(ask: &Ask) -> String {
    let address = ask.with(&[]);
    let (path, query) = address.split_at(address.find('?').unwrap_or(address.len()));
    let path = if path == "/" { "/overview" } else { path };
    format!("{path}.json{query}")
}

/// A picture that `verbale-analysis` has drawn, and escaped.
fn picture(svg: &str) -> Markup {
    PreEscaped(svg.to_owned())
}

/// What went wrong.
pub(crate) fn fault(frame: &Frame<'_>, view: &FaultView) -> Markup {
    let (title, advice) = match view.status {
        202 => (
            "A moment",
            "The ledgers of this case are being made. This page looks again by itself.",
        ),
        404 => (
            "Not here",
            "The address may belong to another case, or the page may have been withdrawn.",
        ),
        403 => ("Refused", "Nothing was changed."),
        422 => ("That does not fit", "Nothing was changed."),
        _ => ("That did not work", "Nothing was changed."),
    };
    let content = html! {
        @if view.status == 202 { meta http-equiv="refresh" content="2"; }
        h1 { (title) }
        p .lead { (view.error) "." }
        p { (advice) }
        p { a href="/" { "To the overview" } }
    };
    sheet(frame, title, content)
}

/// The form that asks for the token. It stands alone: nothing of the case is shown before.
pub(crate) fn login(is_wrong: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "verbale" }
                link rel="stylesheet" href=(STYLE.href);
            }
            body .alone {
                main #content {
                    h1 { "verbale" }
                    form method="post" action="/login" {
                        @if is_wrong { p .notice role="alert" { "That is not the token." } }
                        p {
                            label for="token" { "Token" }
                            input #token type="password" name="token" autocomplete="off" required;
                        }
                        p { button .primary type="submit" { "Open the case" } }
                    }
                }
            }
        }
    }
}
