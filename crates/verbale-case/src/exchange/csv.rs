//! Claims as a comma-separated table (RFC 4180) that a spreadsheet may open safely.
//!
//! A page is hostile until shown otherwise, and a spreadsheet runs cells that start like a formula. Such
//! cells get an apostrophe in front, except for plain numbers.

use std::io::{self, Write};

use super::{ClaimLine, DocumentRef, FigureLine, Number};

type Cell = Option<String>;

/// A column's name, and how its cell is made.
type Column = (&'static str, fn(&ClaimLine, &DocumentRef) -> Cell);

/// The columns in order.
pub(super) const COLUMNS: &[Column] = &[
    ("id", |c, _| text(&c.id)),
    ("kind", |c, _| text(&c.kind)),
    ("speaker", |c, _| c.speaker.clone()),
    ("speaker_org", |c, _| c.speaker_org.clone()),
    ("speaker_role", |c, _| c.speaker_role.clone()),
    ("anonymous", |c, _| {
        text(if c.anonymous { "yes" } else { "no" })
    }),
    ("on_behalf_of", |c, _| c.on_behalf_of.clone()),
    ("reported_via", |c, _| text(&c.reported_via.join("; "))),
    ("act", |c, _| text(&c.act)),
    ("polarity", |c, _| c.polarity.clone()),
    ("modality", |c, _| c.modality.clone()),
    ("value", |c, _| number(c, |f| f.value)),
    ("low", |c, _| number(c, |f| f.low)),
    ("high", |c, _| number(c, |f| f.high)),
    ("approximator", |c, _| figure(c, |f| &f.approximator)),
    ("unit", |c, _| figure(c, |f| &f.unit)),
    ("per", |c, _| figure(c, |f| &f.per)),
    ("subject", |c, _| c.subject().map(str::to_owned)),
    ("status", |c, _| c.status.as_ref()?.status.clone()),
    ("actors", |c, _| text(&c.event.as_ref()?.actors.join("; "))),
    ("instrument", |c, _| {
        c.obligation.as_ref()?.instrument.clone()
    }),
    ("paragraph", |c, _| c.obligation.as_ref()?.paragraph.clone()),
    ("party", |c, _| c.obligation.as_ref()?.party.clone()),
    ("holder", |c, _| c.position.as_ref()?.holder.clone()),
    ("target", |c, _| c.position.as_ref()?.target.clone()),
    ("where", |c, _| c.place().map(str::to_owned)),
    ("as_of", |c, _| c.time().0.map(str::to_owned)),
    ("as_of_raw", |c, _| c.time().1.map(str::to_owned)),
    ("said_on", |c, _| c.said_on.clone()),
    ("said_on_raw", |c, _| c.said_on_raw.clone()),
    ("published", |_, d| d.published.clone()),
    ("captured", |_, d| d.captured.clone()),
    ("outlet", |_, d| d.outlet.clone()),
    ("agency", |_, d| d.agency.clone()),
    ("title", |_, d| d.title.clone()),
    ("span", |c, _| text(&c.span)),
    ("start", |c, _| text(&c.start.to_string())),
    ("end", |c, _| text(&c.end.to_string())),
    ("rule", |c, _| c.rule.clone()),
    ("restates", |c, _| c.restates.clone()),
    ("document", |_, d| text(&d.id)),
    ("path", |_, d| text(&d.path)),
];

fn text(words: &str) -> Cell {
    Some(words.to_owned())
}

fn number(claim: &ClaimLine, field: fn(&FigureLine) -> Option<Number>) -> Cell {
    field(claim.figure.as_ref()?).map(|n| n.to_string())
}

fn figure(claim: &ClaimLine, field: fn(&FigureLine) -> &Cell) -> Cell {
    field(claim.figure.as_ref()?).clone()
}

/// Writes the line of column names, those of a claim and then `more`.
pub(super) fn write_header(out: &mut impl Write, more: &[&str]) -> io::Result<()> {
    let names = COLUMNS.iter().map(|(name, _)| name).chain(more);
    write_cells(out, names.map(|name| (*name).to_owned()))
}

/// Writes one claim, and `more` after it.
pub(super) fn write_claim(
    out: &mut impl Write,
    claim: &ClaimLine,
    document: &DocumentRef,
    more: &[usize],
) -> io::Result<()> {
    let cells = COLUMNS
        .iter()
        .map(|(_, cell)| cell(claim, document).unwrap_or_default());
    write_cells(out, cells.chain(more.iter().map(usize::to_string)))
}

/// Writes one line of a table, quoted and disarmed.
pub(crate) fn write_cells(
    out: &mut impl Write,
    cells: impl Iterator<Item = String>,
) -> io::Result<()> {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        out.write_all(quoted(&disarmed(cell)).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// The cell with an apostrophe in front if a spreadsheet would take it for a formula.
///
/// Source: OWASP, CSV Injection.
fn disarmed(cell: String) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs && cell.parse::<Number>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let check = |cell: &str, expected: &str| {
            assert_eq!(quoted(&disarmed(cell.to_owned())), expected);
        };
        check("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check("@sum", "'@sum");
        check("-2.5", "-2.5");
        check("-2.5+cmd|' /C calc'!A0", "'-2.5+cmd|' /C calc'!A0");
        check("+7 000", "'+7 000");
        check("\tx", "'\tx");
        check("two, three", "\"two, three\"");
        check("two\nlines", "\"two\nlines\"");
        check("plain", "plain");
    }
}
