//! What the program scores on pages annotated by hand.

use maud::{Markup, html};

use super::{Frame, parts::head, sheet};
use crate::{accuracy::Block, view::Accuracy};

pub(crate) fn accuracy(frame: &Frame<'_>, v: &Accuracy) -> Markup {
    let content = html! {
        (head("Accuracy", html! { "How often the program is right, measured on pages annotated by hand when this version was built." }))
        @for (i, block) in v.blocks.iter().enumerate() { (self::block(i, block)) }
    };
    sheet(frame, "Accuracy", content)
}

fn block(number: usize, block: &Block) -> Markup {
    match block {
        Block::Heading(words) => html! { h2 { (words) } },
        Block::Text(words) => html! { p { (inline(words)) } },
        Block::List(items) => html! { ul { @for item in items { li { (inline(item)) } } } },
        Block::Table(rows) => table(number, rows),
    }
}

fn table(number: usize, rows: &[Vec<String>]) -> Markup {
    let (head, body) = rows
        .split_first()
        .map_or((&[][..], rows), |(head, body)| (head.as_slice(), body));
    let is_number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit());
    html! {
        div .wide tabindex="0" role="region" aria-label=(format!("Table {number}")) {
            table .scores {
                thead { tr { @for cell in head { th scope="col" { (inline(cell)) } } } }
                tbody { @for row in body {
                    tr { @for (i, cell) in row.iter().enumerate() {
                        @if i == 0 { th scope="row" { (inline(cell)) } }
                        @else { td .number[is_number(cell)] data-label=(head.get(i).map_or("", String::as_str)) { (inline(cell)) } }
                    } }
                } }
            }
        }
    }
}

/// Words with `code` and **strong** parts.
fn inline(words: &str) -> Markup {
    html! {
        @for (i, part) in words.split('`').enumerate() {
            @if i % 2 == 1 { code { (part) } }
            @else { @for (j, part) in part.split("**").enumerate() { @if j % 2 == 1 { strong { (part) } } @else { (part) } } }
        }
    }
}
