//! How a statement came to the pages that carry it: one tree a statement, from its speaker to the copies.

use std::fmt::Write;

use verbale_core::ClaimId;

use super::svg::{FONT, Link, escaped, text_width};
use crate::{Origin, Standing};

/// Sizes in pixels.
const BOX_WIDTH: f64 = 176.0;
const BOX_HEIGHT: f64 = 38.0;
const COLUMN: f64 = 232.0;
const ROW: f64 = 56.0;

/// How many pages of one statement are drawn.
const MOST: usize = 12;

/// A box of the graph.
struct Node {
    claim: ClaimId,
    column: usize,
    row: usize,
    /// The row and column of what it comes from.
    from: (usize, usize),
    /// Why.
    why: &'static str,
}

/// The statements behind a claim, the claim itself with a bold frame. `name` gives the two lines of a claim's box;
/// boxes lead where `link` says.
pub fn origins_svg(
    standing: &Standing,
    shown: ClaimId,
    name: &dyn Fn(ClaimId) -> Option<(String, String)>,
    link: Link<'_>,
) -> String {
    let mut body = String::new();
    let (mut rows, mut columns) = (0, 0);
    for origin in &standing.origins {
        let nodes = nodes(origin, rows);
        speaker(&mut body, origin, rows);
        for node in &nodes {
            edge(&mut body, node);
            claim_box(&mut body, node, node.claim == shown, name(node.claim), link);
        }
        columns = nodes
            .iter()
            .map(|n| n.column + 1)
            .max()
            .unwrap_or(1)
            .max(columns);
        rows = nodes.iter().map(|n| n.row + 1).max().unwrap_or(rows + 1);
        let left_out = origin.claims.len().saturating_sub(MOST);
        if left_out > 0 {
            let _ = writeln!(
                body,
                "<text x=\"{:.1}\" y=\"{:.1}\" opacity=\"0.75\">and {left_out} more</text>",
                COLUMN + 4.0,
                ROW * rows as f64 + 22.0
            );
            rows += 1;
        }
    }
    let (width, height) = (
        COLUMN * columns as f64 - (COLUMN - BOX_WIDTH) + 4.0,
        ROW * rows as f64,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"group\" aria-label=\"{}\" font-family=\"system-ui, sans-serif\" font-size=\"{FONT}\" fill=\"currentColor\">\n{body}</svg>\n",
        escaped(&standing.summary())
    )
}

/// The claims of an origin as a tree: each hangs on what it relies on or goes with, else on the speaker.
fn nodes(origin: &Origin, first_row: usize) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for claim in origin.claims.iter().take(MOST) {
        // A claim with several links hangs on the one that was drawn first, nearest to the statement.
        let parent = nodes.iter().find_map(|n| {
            let joins = |l: &&crate::OriginLink| {
                (l.claim == *claim && l.on == n.claim) || (l.on == *claim && l.claim == n.claim)
            };
            Some((
                n.row,
                n.column,
                origin.links.iter().find(joins)?.rule.as_str(),
            ))
        });
        let row = first_row + nodes.len();
        let (from, column, why) = match parent {
            Some((row, column, why)) => ((row, column), (column + 1).min(2), why),
            None => ((first_row, 0), 1, ""),
        };
        nodes.push(Node {
            claim: *claim,
            column,
            row,
            from,
            why,
        });
    }
    nodes
}

fn corner(column: usize, row: usize) -> (f64, f64) {
    (COLUMN * column as f64 + 2.0, ROW * row as f64 + 12.0)
}

fn speaker(out: &mut String, origin: &Origin, row: usize) {
    let (x, y) = corner(0, row);
    let name = origin.speaker.as_deref().unwrap_or("nobody named");
    let _ = writeln!(
        out,
        "<rect class=\"speaker\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"19\" fill=\"currentColor\" fill-opacity=\"0.08\"/>"
    );
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-weight=\"600\">{}<title>{}</title></text>",
        x + BOX_WIDTH / 2.0,
        y + 23.0,
        escaped(&cut(name, BOX_WIDTH - 24.0)),
        escaped(name)
    );
}

fn edge(out: &mut String, node: &Node) {
    let (x, y) = corner(node.column, node.row);
    let (from_x, from_y) = corner(node.from.1, node.from.0);
    let middle = y + BOX_HEIGHT / 2.0;
    // Beyond the last column a copy of a copy hangs below its source.
    let path = if node.column > node.from.1 {
        let start = from_x + BOX_WIDTH;
        format!(
            "M{start:.1} {:.1}H{:.1}V{middle:.1}H{x:.1}",
            from_y + BOX_HEIGHT / 2.0,
            start + 16.0
        )
    } else {
        format!(
            "M{:.1} {:.1}H{:.1}V{middle:.1}H{x:.1}",
            x,
            from_y + BOX_HEIGHT / 2.0,
            x - 16.0
        )
    };
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.5\"/>"
    );
    if !node.why.is_empty() {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"10\" opacity=\"0.75\">{}</text>",
            x + 2.0,
            y - 3.0,
            escaped(node.why)
        );
    }
}

fn claim_box(
    out: &mut String,
    node: &Node,
    is_shown: bool,
    name: Option<(String, String)>,
    link: Link<'_>,
) {
    let (x, y) = corner(node.column, node.row);
    let (first, second) = name.unwrap_or_else(|| (node.claim.to_string(), String::new()));
    let frame = if is_shown { 2.5 } else { 1.0 };
    let _ = writeln!(
        out,
        "<a href=\"{}\" data-claim=\"{}\"><title>{}, {}</title><rect class=\"hollow\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" rx=\"3\" fill=\"none\" pointer-events=\"all\" stroke=\"currentColor\" stroke-width=\"{frame}\"/>",
        escaped(&link(node.claim)),
        node.claim,
        escaped(&first),
        escaped(&second),
    );
    let _ = writeln!(
        out,
        "<text class=\"plain\" x=\"{:.1}\" y=\"{:.1}\" font-weight=\"600\">{}</text> <text class=\"plain\" x=\"{:.1}\" y=\"{:.1}\" opacity=\"0.8\">{}</text></a>",
        x + 8.0,
        y + 16.0,
        escaped(&cut(&first, BOX_WIDTH - 16.0)),
        x + 8.0,
        y + 31.0,
        escaped(&cut(&second, BOX_WIDTH - 16.0))
    );
}

/// As much of the words as fits.
fn cut(words: &str, width: f64) -> String {
    if text_width(words) <= width {
        return words.to_owned();
    }
    let n = words.chars().count();
    let fits = (1..n).rev().find(|n| {
        text_width(&words.chars().take(*n).collect::<String>()) + text_width("…") <= width
    });
    words.chars().take(fits.unwrap_or(0)).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{OriginLink, OriginRule};

    fn id(n: u8) -> ClaimId {
        ClaimId([n; 16])
    }

    fn standing() -> Standing {
        let link = |claim, on| OriginLink {
            claim: id(claim),
            on: id(on),
            rule: OriginRule::Copy,
            depends: true,
        };
        Standing {
            claims: (0..5).map(id).collect(),
            n_pages: 5,
            n_publishers: 4,
            origins: vec![
                Origin {
                    claims: (0..4).map(id).collect(),
                    links: vec![link(1, 0), link(2, 1), link(3, 2)],
                    speaker: Some("harbor <master>".into()),
                    outlets: BTreeSet::new(),
                },
                Origin {
                    claims: vec![id(4)],
                    links: Vec::new(),
                    speaker: None,
                    outlets: BTreeSet::new(),
                },
            ],
        }
    }

    #[test]
    fn every_claim_has_a_place_of_its_own_and_leads_to_its_words() {
        let standing = standing();
        let svg = origins_svg(
            &standing,
            id(1),
            &|c| Some((format!("{c:?}"), "<i>".into())),
            &|c| format!("/claim/{c}"),
        );
        for n in 0..5 {
            assert!(svg.contains(&format!("href=\"/claim/{}\"", id(n))), "{svg}");
        }
        assert!(
            svg.contains("harbor &lt;master&gt;") && !svg.contains("<i>"),
            "{svg}"
        );
        let mut places: Vec<(usize, usize)> = nodes(&standing.origins[0], 0)
            .iter()
            .map(|n| (n.row, n.column))
            .collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places, [(0, 1), (1, 2), (2, 2), (3, 2)]);
    }
}
