//! What the program scores on pages annotated by hand: `docs/accuracy.md`, which a test holds to the scores.

use serde::Serialize;

use crate::{desk::Sources, error::Fault};

/// The page of the docs, as it was when the program was built.
const SOURCE: &str = include_str!("../../../../docs/accuracy.md");

/// The program's accuracy.
#[derive(Debug, Serialize)]
pub struct Accuracy {
    /// The page, block by block.
    pub blocks: Vec<Block>,
}

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

/// The program's accuracy.
pub(crate) fn accuracy(_: &Sources<'_>) -> Result<Accuracy, Fault> {
    Ok(Accuracy {
        blocks: blocks(SOURCE),
    })
}

/// The blocks of a page that uses no more of Markdown than this: headings, paragraphs, flat lists, tables.
fn blocks(source: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in source.lines() {
        let line = line.trim();
        let was_open = std::mem::replace(&mut is_open, !line.is_empty());
        if line.is_empty() || line.starts_with("# ") {
            is_open = false;
        } else if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading.to_owned()));
            is_open = false;
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) if was_open => items.push(item.to_owned()),
                _ => blocks.push(Block::List(vec![item.to_owned()])),
            }
        } else if let Some(row) = line.strip_prefix('|') {
            let cells: Vec<String> = row
                .trim_end_matches('|')
                .split('|')
                .map(|c| c.trim().to_owned())
                .collect();
            let is_rule = cells
                .iter()
                .all(|c| c.chars().all(|c| matches!(c, '-' | ':')));
            match blocks.last_mut() {
                Some(Block::Table(_)) if was_open && is_rule => {}
                Some(Block::Table(rows)) if was_open => rows.push(cells),
                _ => blocks.push(Block::Table(vec![cells])),
            }
        } else {
            match blocks.last_mut() {
                Some(Block::Text(text)) if was_open => {
                    text.push(' ');
                    text.push_str(line);
                }
                _ => blocks.push(Block::Text(line.to_owned())),
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_docs_has_tables_and_headings() {
        let blocks = blocks(SOURCE);
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
        let found = blocks("# T\n\na\nb\n\nc\n\n- x\n- y\n\n| h | i |\n|---|--:|\n| 1 | 2 |\n");
        let cells = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(
            found,
            [
                Block::Text("a b".into()),
                Block::Text("c".into()),
                Block::List(vec!["x".into(), "y".into()]),
                Block::Table(vec![cells("h", "i"), cells("1", "2")]),
            ]
        );
    }
}
