//! What the program scores on pages annotated by hand: `docs/accuracy.md`, which a test holds to the scores.

use serde::Serialize;

/// The page of the docs, as it was when the program was built.
const SOURCE: &str = include_str!("../../../docs/accuracy.md");

/// A block of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", content = "content", rename_all = "lowercase")]
pub enum Block {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Rows of a table, the head first.
    Table(Vec<Vec<String>>),
}

/// The blocks of the page.
pub(crate) fn blocks() -> Vec<Block> {
    read(SOURCE)
}

/// The blocks of a page that uses no more of Markdown than this: headings, paragraphs, flat lists, tables.
fn read(source: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in source.lines().map(str::trim) {
        let goes_on = std::mem::replace(&mut is_open, !line.is_empty() && !line.starts_with('#'));
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        match (found.last_mut().filter(|_| goes_on), block(line)) {
            (Some(Block::Text(text)), Block::Text(more)) => {
                text.push(' ');
                text.push_str(&more);
            }
            (Some(Block::List(items)), Block::List(more)) => items.extend(more),
            (Some(Block::Table(rows)), Block::Table(more)) => {
                let is_rule = |row: &Vec<String>| {
                    row.iter()
                        .all(|c| c.chars().all(|c| matches!(c, '-' | ':')))
                };
                rows.extend(more.into_iter().filter(|row| !is_rule(row)));
            }
            (_, new) => found.push(new),
        }
    }
    found
}

/// One line as a block of its own.
fn block(line: &str) -> Block {
    if let Some(heading) = line.strip_prefix("## ") {
        Block::Heading(heading.to_owned())
    } else if let Some(item) = line.strip_prefix("- ") {
        Block::List(vec![item.to_owned()])
    } else if let Some(row) = line.strip_prefix('|') {
        let cells = row.trim_end_matches('|').split('|');
        Block::Table(vec![cells.map(|c| c.trim().to_owned()).collect()])
    } else {
        Block::Text(line.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_docs_has_tables_and_headings() {
        let blocks = blocks();
        let tables = blocks.iter().filter_map(|b| match b {
            Block::Table(rows) => Some(rows),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        assert!(tables.len() >= 3, "{tables:?}");
        assert!(
            tables
                .iter()
                .all(|rows| rows.len() > 2 && rows.iter().all(|r| r.len() == rows[0].len()))
        );
        assert!(
            blocks
                .iter()
                .any(|b| matches!(b, Block::Heading(h) if h.starts_with("Claims")))
        );
    }

    #[test]
    fn blocks_end_at_empty_lines() {
        let cells = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(
            read("# T\n\na\nb\n\nc\n\n- x\n- y\n\n## H\n| h | i |\n|---|--:|\n| 1 | 2 |\n"),
            [
                Block::Text("a b".into()),
                Block::Text("c".into()),
                Block::List(vec!["x".into(), "y".into()]),
                Block::Heading("H".into()),
                Block::Table(vec![cells("h", "i"), cells("1", "2")]),
            ]
        );
    }
}
