//! Claims and documents as a person reads them on a terminal.

use std::fmt::Write as _;

use serde_json::Value;
use verbale_analysis::Support;
use verbale_case::exchange::{ClaimLine, ClaimRow, DocumentLine, DocumentRef};

use crate::table::{Column, Table, is_control, wrap};

/// How text is printed: width and marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Cells a line.
    pub(crate) width: usize,
    /// True if marks are colors; otherwise they are brackets.
    pub(crate) color: bool,
}

impl Style {
    /// What stands before and after marked words.
    pub(crate) fn marks(self) -> (&'static str, &'static str) {
        if self.color {
            ("\u{1b}[1;33m", "\u{1b}[0m")
        } else {
            ("⟦", "⟧")
        }
    }

    /// A heading.
    pub(crate) fn bold(self, words: &str) -> String {
        if self.color {
            format!("\u{1b}[1m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// Characters of an id that are shown in tables: enough to tell ten million claims apart.
const ID_CHARS: usize = 14;

const CLAIM_COLUMNS: &[Column] = &[
    Column {
        title: "KIND",
        most: ID_CHARS,
    },
    Column {
        title: "WHO SAID IT, AND WHEN",
        most: 34,
    },
    Column {
        title: "WHAT, AND THE WORDS THAT CARRY IT",
        most: usize::MAX,
    },
];

/// A table of claims, one row each, with id, act, chain of speakers, clocks and words.
pub(crate) fn claims_table<'a>(
    claims: impl IntoIterator<Item = &'a ClaimLine>,
    style: Style,
) -> String {
    let mut table = ClaimsTable::new(style);
    let pieces: String = claims
        .into_iter()
        .filter_map(|c| table.row(c, None))
        .collect();
    pieces + &table.finish()
}

/// A table of claims that is printed while it grows.
pub(crate) struct ClaimsTable {
    table: Table,
    width: usize,
}

impl ClaimsTable {
    /// A table without rows.
    pub(crate) fn new(style: Style) -> Self {
        Self {
            table: Table::new(CLAIM_COLUMNS),
            width: style.width,
        }
    }

    /// Adds a claim, with what stands behind it where that is known; what can be printed by now.
    pub(crate) fn row(&mut self, claim: &ClaimLine, support: Option<Support>) -> Option<String> {
        let id = short_id(&claim.id);
        self.table.row(vec![
            // The empty last line of each cell parts the rows.
            format!("{}\n{}\n{id}\n", claim.kind, claim.act),
            format!(
                "{}\n",
                format!("{}\n{}", who(claim), when(claim)).trim_end()
            ),
            format!(
                "{}\n“{}”\n{}",
                headline(claim),
                claim.span.trim(),
                support.map_or_else(String::new, |s| format!("{s}\n"))
            ),
        ]);
        self.table.take_block(self.width)
    }

    /// What is left to print.
    pub(crate) fn finish(self) -> String {
        self.table.render(self.width)
    }
}

/// The proposition, with what makes it less than a plain assertion.
fn headline(claim: &ClaimLine) -> String {
    let mut line = claim.summary();
    if claim.polarity.as_deref() == Some("denied") {
        line.insert_str(0, "NOT: ");
    }
    if let Some(modality) = claim.modality.as_deref().filter(|m| *m != "actual") {
        let _ = write!(line, " [{modality}]");
    }
    if claim.restates.is_some() {
        line.push_str(" [said before]");
    }
    line
}

/// The claim's own clocks; what is unresolved is shown by its words.
fn when(claim: &ClaimLine) -> String {
    let label = match claim.kind.as_str() {
        "event" => "on",
        "obligation" => "by",
        _ => "as of",
    };
    let (iso, raw) = claim.time();
    let mut lines: Vec<String> = clock(label, iso, raw).into_iter().collect();
    lines.extend(clock(
        "said",
        claim.said_on.as_deref(),
        claim.said_on_raw.as_deref(),
    ));
    lines.join("\n")
}

fn clock(label: &str, iso: Option<&str>, raw: Option<&str>) -> Option<String> {
    match (iso, raw) {
        (Some(iso), _) => Some(format!("{label} {iso}")),
        (None, Some(raw)) => Some(format!("{label} “{raw}”?")),
        (None, None) => None,
    }
}

/// The speaker with role, organization and the chain back to the page.
fn who(claim: &ClaimLine) -> String {
    let mut line = claim
        .speaker
        .clone()
        .unwrap_or_else(|| "(publisher not named)".to_owned());
    let same = |s: &&str| claim.speaker.as_deref() != Some(*s);
    for part in [&claim.speaker_role, &claim.speaker_org] {
        if let Some(part) = part.as_deref().filter(same) {
            let _ = write!(line, ", {part}");
        }
    }
    if let Some(behalf) = &claim.on_behalf_of {
        let _ = write!(line, " (for {behalf})");
    }
    if claim.anonymous {
        line.push_str(" (unnamed)");
    }
    // From the one who spoke to the page: the reader follows the words outwards.
    for via in claim.reported_via.iter().rev() {
        let _ = write!(line, "\n← {via}");
    }
    line
}

/// What a document is, in a few lines above its claims.
pub(crate) fn document_head(line: &DocumentLine, style: Style) -> String {
    let document = DocumentRef::from(line);
    let mut facts: Vec<&str> = Vec::new();
    facts.push(document.outlet.as_deref().unwrap_or("publisher not named"));
    facts.extend(document.agency.as_deref());
    facts.push(document.published.as_deref().unwrap_or("undated"));
    facts.extend(line.metadata.source_kind.as_deref());
    facts.extend(document.language.as_deref());
    let title = document.title.as_deref().unwrap_or("(no title)");
    let mut out = format!(
        "{}\n{}\n",
        style.bold(&one_line(title)),
        one_line(&facts.join(" · "))
    );
    let _ = writeln!(out, "{}  {}", document.id, one_line(&document.path));
    for d in &line.diagnostics {
        let _ = writeln!(out, "{}: {}", d.code, one_line(&d.message));
    }
    out
}

/// A document with its claims.
pub(crate) fn document(line: &DocumentLine, style: Style) -> String {
    let mut out = document_head(line, style);
    out.push('\n');
    if line.claims.is_empty() {
        out.push_str("no claims\n");
    } else {
        out.push_str(&claims_table(&line.claims, style));
    }
    out
}

/// A document's passages with the words of its claims marked and numbered, furniture left out.
pub(crate) fn document_marked(line: &DocumentLine, style: Style) -> String {
    let mut out = document_head(line, style);
    let chars: Vec<char> = line.text.chars().collect();
    for passage in &line.passages {
        if matches!(passage.role.as_str(), "boilerplate" | "related" | "link") {
            continue;
        }
        let inside: Vec<(usize, &ClaimLine)> = (line.claims.iter().enumerate())
            .filter(|(_, c)| c.start >= passage.start && c.end <= passage.end)
            .collect();
        let words = marked(&chars, passage.start, passage.end, &inside, style);
        let _ = writeln!(out, "\n[{}]", passage.role);
        for l in wrap_marked(&words, style) {
            let _ = writeln!(out, "  {l}");
        }
    }
    out.push('\n');
    out.push_str(&claims_table(&line.claims, style));
    out
}

/// One claim: its fields, what people decided, and its passage with the words marked.
pub(crate) fn claim(
    row: &ClaimRow,
    line: &DocumentLine,
    support: Option<Support>,
    style: Style,
) -> String {
    let claim = &row.claim;
    let mut out = document_head(line, style);
    out.push('\n');
    out.push_str(&claims_table([claim], style));
    if let Some(passage) = line
        .passages
        .iter()
        .find(|p| p.start <= claim.start && claim.end <= p.end)
    {
        let chars: Vec<char> = line.text.chars().collect();
        let words = marked(&chars, passage.start, passage.end, &[(0, claim)], style);
        let _ = writeln!(out, "in its {} passage:", passage.role);
        for l in wrap_marked(&words, style) {
            let _ = writeln!(out, "  {l}");
        }
    }
    let fields = [
        ("id", Some(claim.id.clone())),
        (
            "characters",
            Some(format!("{}–{} of the text", claim.start, claim.end)),
        ),
        ("rule", claim.rule.clone()),
        ("anonymity", claim.anonymity_reason.clone()),
        ("repeats", claim.restates.clone()),
        ("stands on", support.map(|s| s.to_string())),
        ("address", line.metadata.url.clone()),
        ("captured", line.captured.clone()),
        ("date by", line.published_by.clone()),
        ("verdict", row.verdict.clone()),
        (
            "amended",
            (!row.amended.is_empty()).then(|| row.amended.join(", ")),
        ),
        ("credibility", row.credibility.map(|c| c.to_string())),
        ("reliability", row.reliability.clone()),
    ];
    out.push('\n');
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "{name:<11} {}", one_line(&value));
        }
    }
    out
}

/// The characters of a passage with marks around the claims' words.
fn marked(
    chars: &[char],
    start: u32,
    end: u32,
    claims: &[(usize, &ClaimLine)],
    style: Style,
) -> String {
    let (open, close) = style.marks();
    let mut out = String::new();
    for at in start..=end {
        // Marks close before others open, and the outer of two that open together opens first.
        for _ in claims.iter().filter(|(_, c)| c.end == at && c.start < at) {
            out.push_str(close);
        }
        for _ in claims.iter().filter(|(_, c)| c.start == at && at < end) {
            out.push_str(open);
        }
        if at < end
            && let Some(c) = chars.get(at as usize)
            && (*c == '\n' || !is_control(*c))
        {
            out.push(*c);
        }
    }
    out
}

fn wrap_marked(words: &str, style: Style) -> Vec<String> {
    if style.color {
        // Escape sequences have no width; a terminal wraps such lines by itself.
        let clean: String = words
            .chars()
            .map(|c| if c == '\n' { ' ' } else { c })
            .collect();
        return vec![clean];
    }
    wrap(words, style.width.saturating_sub(2))
}

/// A field's value as people read it: a speaker by name, a time by its days or its words.
pub(crate) fn value(value: &Value) -> String {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(words) => one_line(words),
        Value::Object(_) => match (text("name"), text("first"), text("last"), text("raw")) {
            (Some(name), ..) => one_line(name),
            (_, Some(first), Some(last), _) if first == last => first.to_owned(),
            (_, None, None, Some(raw)) => format!("“{}”?", one_line(raw)),
            (_, first, last, _) => format!("{}/{}", first.unwrap_or(".."), last.unwrap_or("..")),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            items.join(", ")
        }
        other => one_line(&other.to_string()),
    }
}

/// As much of an id as tables show; every command takes it for the whole.
pub(crate) fn short_id(id: &str) -> String {
    id.chars().take(ID_CHARS).collect()
}

/// Words of a page on one line, without control characters.
pub(crate) fn one_line(words: &str) -> String {
    wrap(&words.replace('\n', " "), usize::MAX).join(" ")
}

#[cfg(test)]
mod tests {
    use verbale_case::exchange::PassageLine;

    use super::*;

    const PLAIN: Style = Style {
        width: 100,
        color: false,
    };

    fn claim_line() -> ClaimLine {
        ClaimLine {
            id: "clm_abcdefghijklmnop".into(),
            kind: "status".into(),
            span: "the lock is shut".into(),
            start: 4,
            end: 20,
            speaker: Some("the harbor office".into()),
            reported_via: vec!["The Quay".into(), "Portwire".into()],
            act: "say".into(),
            said_on_raw: Some("Friday".into()),
            ..ClaimLine::default()
        }
    }

    #[test]
    fn unresolved_times_are_shown_by_their_words_and_chains_run_outwards() {
        let table = claims_table([&claim_line()], PLAIN);
        assert!(table.contains("said “Friday”?"), "{table}");
        let (speaker, agency) = (table.find("the harbor office"), table.find("← Portwire"));
        assert!(
            speaker < agency && agency < table.find("← The Quay"),
            "{table}"
        );
    }

    #[test]
    fn the_words_are_marked_in_their_passage() {
        let line = DocumentLine {
            text: "Ééé the lock is shut, they said.".into(),
            passages: vec![PassageLine {
                role: "body".into(),
                start: 0,
                end: 32,
                ..PassageLine::default()
            }],
            claims: vec![claim_line()],
            ..DocumentLine::default()
        };
        let row = ClaimRow {
            claim: line.claims[0].clone(),
            ..ClaimRow::default()
        };
        assert!(document_marked(&line, PLAIN).contains("Ééé ⟦the lock is shut⟧, they said."));
        assert!(claim(&row, &line, None, PLAIN).contains("⟦the lock is shut⟧"));
    }
}
