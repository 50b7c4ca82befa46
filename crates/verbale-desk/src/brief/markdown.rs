//! A brief as Markdown with footnotes, as GitHub and Pandoc read it.
//!
//! Whatever comes from a page is escaped so that it prints as it stands: no mark-up, no link, no HTML, no mention.
//! Charts are files beside the text; [`chart_name`] says how they are called.

use std::fmt::Write;

use super::{
    model::{Block, Brief, Chart, Inline, Line, Passage, Table},
    notes::one_line,
};

/// The brief as Markdown. `stem` is the name of the file without its ending, from which charts take theirs.
pub fn markdown(brief: &Brief, stem: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", escaped(&brief.title));
    for (name, value) in &brief.facts {
        let _ = writeln!(out, "- **{}**: {}", escaped(name), escaped(value));
    }
    for section in &brief.sections {
        let _ = write!(out, "\n## {}\n", escaped(&section.title));
        for block in &section.blocks {
            out.push('\n');
            self::block(&mut out, block, stem);
        }
    }
    out.push_str("\n## Notes\n\n");
    for note in &brief.notes {
        let _ = writeln!(out, "[^{}]: {}\n", note.number, line(&note.text));
    }
    out
}

/// The name of the file of a chart.
pub fn chart_name(stem: &str, chart: &Chart) -> String {
    format!("{stem}.chart-{}.svg", chart.number)
}

/// The charts of a brief, in order.
pub fn charts(brief: &Brief) -> impl Iterator<Item = &Chart> {
    let blocks = brief.sections.iter().flat_map(|s| &s.blocks);
    blocks.filter_map(|b| match b {
        Block::Chart(chart) => Some(chart),
        _ => None,
    })
}

fn block(out: &mut String, block: &Block, stem: &str) {
    match block {
        Block::Heading { text } => {
            let _ = writeln!(out, "### {}", escaped(text));
        }
        Block::Paragraph { text } => {
            let _ = writeln!(out, "{}", line(text));
        }
        Block::List { items } => {
            for item in items {
                let _ = writeln!(out, "- {}", line(item));
            }
        }
        Block::Table(table) => self::table(out, table),
        Block::Chart(chart) => {
            let name = address(&chart_name(stem, chart));
            let _ = writeln!(out, "![{}]({name})", escaped(&chart.description));
        }
        Block::Passages { sides } => sides.iter().for_each(|s| passage(out, s)),
    }
}

fn table(out: &mut String, table: &Table) {
    let _ = writeln!(out, "*{}*\n", escaped(&table.caption));
    let heads: Vec<String> = table.columns.iter().map(|c| escaped(&c.title)).collect();
    let _ = writeln!(out, "| {} |", heads.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(heads.len()));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(line).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

fn passage(out: &mut String, side: &Passage) {
    let _ = writeln!(
        out,
        "> {} {}\n>\n> {}**{}**{}\n",
        line(&side.voice),
        line(&side.cite),
        escaped(&side.before),
        escaped(side.words.trim()),
        escaped(&side.after)
    );
}

fn line(line: &Line) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Text(words) => out.push_str(&escaped(words)),
            Inline::Strong(words) => wrapped(&mut out, "**", words),
            Inline::Computed(words) => wrapped(&mut out, "*", words),
            Inline::Quote(words) => {
                let _ = write!(out, "“{}”", escaped(words));
            }
            // Ids and digests have letters and digits only; anything else is printed as words.
            Inline::Code(words) if words.bytes().all(is_code) => {
                let _ = write!(out, "`{words}`");
            }
            Inline::Code(words) => out.push_str(&escaped(words)),
            Inline::Link { text, address: to } => {
                let _ = write!(out, "[{}]({})", escaped(text), address(to));
            }
            Inline::Note(n) => {
                let _ = write!(out, "[^{n}]");
            }
            Inline::Mark(mark) if mark.is_weakness() => {
                let _ = write!(out, " **\\[{}\\]**", mark.as_str());
            }
            Inline::Mark(mark) => {
                let _ = write!(out, " \\[{}\\]", mark.as_str());
            }
        }
    }
    one_line(&out)
}

/// Words between marks; blanks at the ends stay outside, where Markdown wants them.
fn wrapped(out: &mut String, mark: &str, words: &str) {
    let inner = words.trim();
    if inner.is_empty() {
        out.push_str(words);
        return;
    }
    let start = words.len() - words.trim_start().len();
    let (before, after) = (&words[..start], &words[start + inner.len()..]);
    let _ = write!(out, "{before}{mark}{}{mark}{after}", escaped(inner));
}

fn is_code(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':' | b'.' | b' ' | b'/' | b'=')
}

/// Words that print as they stand.
///
/// Source: CommonMark 0.31, backslash escapes: every ASCII punctuation may have one. Escaped are those that begin
/// something in CommonMark, in GitHub's extensions (tables, footnotes, bare addresses, mentions) or in Pandoc's.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '!' | '|' | '~'
            | '$' | '&' | '@' | '^' => {
                out.push('\\');
                out.push(c);
            }
            // A colon after a scheme, and a dot after `www`, make a bare address a link.
            ':' if ends_with_one_of(&out, SCHEMES) => out.push_str("\\:"),
            '.' if ends_with_one_of(&out, &["www"]) => out.push_str("\\."),
            // At the beginning of a line these make lists, and a line may begin here.
            '-' | '+' | '=' if out.is_empty() => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if is_number(&out) && rest.peek().is_none_or(|c| c.is_whitespace()) => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn is_number(out: &str) -> bool {
    !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit())
}

/// The schemes whose bare addresses GitHub makes links.
const SCHEMES: &[&str] = &["http", "https", "ftp", "mailto", "xmpp"];

fn ends_with_one_of(out: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let tail = out
            .len()
            .checked_sub(word.len())
            .and_then(|at| out.get(at..));
        tail.is_some_and(|t| t.eq_ignore_ascii_case(word))
    })
}

/// An address between the brackets of a link.
fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | ' ' | '|' | '`' | '*' | '[' | ']' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_text_begins_nothing() {
        for (words, expected) in [
            ("<b>x</b> & y", r"\<b\>x\</b\> \& y"),
            ("[a](javascript:b)", r"\[a\](javascript:b)"),
            (
                "see https://a.example or www.a.example",
                r"see https\://a.example or www\.a.example",
            ),
            (
                "@somebody #12 |x| ~~y~~ $z$",
                r"\@somebody \#12 \|x\| \~\~y\~\~ \$z\$",
            ),
            ("- item", r"\- item"),
            ("12. item", r"12\. item"),
            ("3.5 percent, 2020-01", "3.5 percent, 2020-01"),
            ("a\u{0}b\nc", "a b c"),
            ("[^1]: note", r"\[\^1\]: note"),
        ] {
            assert_eq!(escaped(words), expected);
        }
    }

    #[test]
    fn addresses_stay_inside_their_link() {
        assert_eq!(
            address("https://a.example/x_(y)?a b"),
            "https://a.example/x_%28y%29?a%20b"
        );
    }
}
