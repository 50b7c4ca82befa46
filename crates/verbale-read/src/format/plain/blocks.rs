//! Lines of a text and the blocks they make.
//!
//! A block is usually a line. Lines are joined where a sentence goes on across a line break or where the
//! whole text was wrapped at a fixed width; a line of absurd length is cut. The text itself is not changed.

use std::ops::Range;

use verbale_core::{Role, table};

use super::features::{ends_sentence, word_count};

/// A stretch of the text that becomes one passage or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Bytes of the text, without the blanks and heading marks around the words.
    pub(crate) range: Range<usize>,
    /// The level of a Markdown heading, from 1.
    pub(crate) heading: Option<u8>,
    /// Whether it starts with a bullet or a number and a dot.
    pub(crate) list_item: bool,
    /// Its role, where the reader knows it: a footnote, a running head.
    pub(crate) role: Option<Role>,
}

/// One line that holds words.
#[derive(Debug, Clone)]
struct Line {
    block: Block,
    /// Whether a blank line stands before it.
    after_gap: bool,
    /// Whether it is a row of a table.
    is_row: bool,
}

/// The blocks of `text`, in order, none longer than `passage_bytes`.
pub(crate) fn split(text: &str, passage_bytes: usize) -> Vec<Block> {
    let mut lines = lines(text);
    let texts = lines.iter().map(|l| &text[l.block.range.clone()]);
    for rows in table::tables(texts) {
        lines[rows].iter_mut().for_each(|l| l.is_row = true);
    }
    let is_wrapped = is_wrapped(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut last_is_row = false;
    for line in lines {
        let goes_on = blocks.last().is_some_and(|last| {
            last.heading.is_none()
                && line.block.heading.is_none()
                && !line.block.list_item
                && !line.is_row
                && !last_is_row
                && goes_on(
                    &text[last.range.clone()],
                    &text[line.block.range.clone()],
                    line.after_gap,
                    is_wrapped,
                )
        });
        match blocks.last_mut() {
            Some(last) if goes_on => last.range.end = line.block.range.end,
            _ => blocks.push(line.block),
        }
        last_is_row = line.is_row;
    }
    blocks
        .into_iter()
        .flat_map(|b| cut(text, b, passage_bytes))
        .collect()
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut at, mut after_gap) = (0, false);
    for raw in text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{0C}']) {
        let start = at;
        at += raw.len();
        let words =
            raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
        if words.is_empty() {
            after_gap = true;
            continue;
        }
        if let (Some(level), Some(last)) = (underline_level(words), lines.last_mut())
            && !after_gap
        {
            last.block.heading = Some(level);
            continue;
        }
        if !words.chars().any(char::is_alphanumeric) {
            after_gap = true;
            continue;
        }
        let mut offset = start + (words.as_ptr() as usize - raw.as_ptr() as usize);
        let mut words = words;
        if let Some(day) = day_of_archive(words).filter(|_| lines.len() < ARCHIVE_LINES) {
            let block = Block {
                range: offset..offset + day,
                heading: None,
                list_item: false,
                role: None,
            };
            lines.push(Line {
                block,
                after_gap,
                is_row: false,
            });
            let rest = words[day..].trim_start();
            offset += words.len() - rest.len();
            (words, after_gap) = (rest, true);
        }
        let (heading, mark) = heading_mark(words);
        lines.push(Line {
            block: Block {
                range: offset + mark..offset + words.len(),
                heading,
                list_item: is_list_item(words),
                role: None,
            },
            after_gap,
            is_row: false,
        });
        after_gap = false;
    }
    lines
}

/// The day that some archives of pages put before the first line, with a text behind it: `date 2031-05-03 The lock …`.
fn day_of_archive(line: &str) -> Option<usize> {
    const FORM: &str = "date 0000-00-00 ";
    let head = line.get(..FORM.len())?;
    let fits = head.bytes().zip(FORM.bytes()).all(|(b, form)| match form {
        b'0' => b.is_ascii_digit(),
        form => b == form,
    });
    (fits && line.len() > FORM.len()).then_some(FORM.len() - 1)
}

/// Such a day stands in one of so many lines.
const ARCHIVE_LINES: usize = 3;

/// `====` and `----` below a line make it a heading.
fn underline_level(words: &str) -> Option<u8> {
    let all = |c: char| words.len() >= 3 && words.chars().all(|d| d == c);
    match () {
        () if all('=') => Some(1),
        () if all('-') => Some(2),
        () => None,
    }
}

/// The level of an ATX heading and the bytes of its mark.
fn heading_mark(words: &str) -> (Option<u8>, usize) {
    let level = words.bytes().take_while(|&b| b == b'#').count();
    let rest = &words[level..];
    if !(1..=6).contains(&level) || !rest.starts_with(' ') {
        return (None, 0);
    }
    (
        Some(level as u8),
        level + rest.len() - rest.trim_start().len(),
    )
}

/// Whether words start with a bullet or a number and a dot.
pub(super) fn is_list_item(words: &str) -> bool {
    if words.starts_with(['•', '‣', '▪', '●', '·'])
        || ["- ", "* ", "+ ", "– "]
            .iter()
            .any(|m| words.starts_with(m))
    {
        return true;
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && [". ", ") "].iter().any(|m| words[digits..].starts_with(m))
}

/// True if most lines that are not the last of their paragraph end in the middle of a sentence at the same
/// width: the text was wrapped by a mail program or a terminal.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let inner: Vec<&str> = lines
        .windows(2)
        .filter(|w| !w[1].after_gap)
        .map(|w| &text[w[0].block.range.clone()])
        .collect();
    let n_cut = inner
        .iter()
        .filter(|l| (45..=110).contains(&l.chars().count()) && !ends_sentence(l))
        .count();
    inner.len() >= 4 && n_cut * 10 >= inner.len() * 6
}

/// Whether a sentence or a wrapped paragraph goes on from one line to the next.
fn goes_on(before: &str, after: &str, gap: bool, wrapped: bool) -> bool {
    if wrapped && !gap {
        // A short line ends its paragraph even without a full stop.
        let last = before.rsplit('\n').next().unwrap_or(before);
        return last.chars().count() >= 40;
    }
    if ends_sentence(before) {
        return false;
    }
    if word_count(before) < 6 || word_count(after) < 3 || after.starts_with(['[', '<', '!', '>']) {
        return false;
    }
    let starts_low = after.chars().next().is_some_and(char::is_lowercase);
    let hangs = before.ends_with(',') || ends_in_function_word(before);
    if gap {
        hangs && ends_sentence(after)
    } else {
        hangs || starts_low
    }
}

/// Words that no sentence or headline ends with.
const FUNCTION_WORDS: &[&str] = &[
    "that", "the", "of", "and", "to", "in", "for", "with", "by", "a", "an", "which", "who", "from",
    "at", "on", "as", "or", "but", "than", "because", "its", "their", "his", "her", "is", "was",
    "dass", "und", "der", "die", "das", "von", "mit", "que", "de", "et", "la", "le", "y", "el",
    "что", "и", "в", "на", "с",
];

fn ends_in_function_word(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    FUNCTION_WORDS.contains(&word)
}

/// Cuts a block that is longer than a passage may be, after a sentence if one ends in the last quarter.
pub(super) fn cut(text: &str, block: Block, passage_bytes: usize) -> Vec<Block> {
    let limit = passage_bytes.max(16);
    let mut parts = Vec::new();
    let Range { mut start, end } = block.range.clone();
    while end - start > limit {
        let stop = text.floor_char_boundary(start + limit);
        let window = &text[start..stop];
        let late = text.floor_char_boundary(start + limit * 3 / 4) - start;
        let at = window[late..]
            .rfind(['.', '!', '?', '。'])
            .and_then(|i| {
                window[late + i..]
                    .chars()
                    .next()
                    .map(|c| late + i + c.len_utf8())
            })
            .or_else(|| window[late..].rfind(char::is_whitespace).map(|i| late + i))
            .unwrap_or(window.len());
        parts.push(Block {
            range: start..start + at,
            ..block.clone()
        });
        start += at;
        start += text[start..end].len() - text[start..end].trim_start().len();
    }
    if start < end {
        parts.push(Block {
            range: start..end,
            ..block
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = split(text, 10_000)
            .into_iter()
            .map(|b| &text[b.range])
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_line_is_a_block_without_its_marks() {
        check(
            "\n# The Head\n\nOne line.\r\n  Another line.\n- item\n***\n",
            &["The Head", "One line.", "Another line.", "- item"],
        );
        assert_eq!(split("Title\n=====\nText here.", 100)[0].heading, Some(1));
    }

    #[test]
    fn the_day_of_an_archive_is_a_block() {
        check(
            " date 2031-05-03 The lock at Orn is shut.\n\nIt was shut in May.",
            &[
                "date 2031-05-03",
                "The lock at Orn is shut.",
                "It was shut in May.",
            ],
        );
        check("date 2031-5-3 was late", &["date 2031-5-3 was late"]);
    }

    #[test]
    fn a_sentence_goes_on_across_a_gap_after_a_function_word() {
        check(
            "The harbor master told reporters on Monday that\n\nthe ferry had left port.\n\nHe left.",
            &[
                "The harbor master told reporters on Monday that\n\nthe ferry had left port.",
                "He left.",
            ],
        );
        check(
            "Ferry Back in the Harbor of Lisse Again\n\nThe ferry came back.",
            &[
                "Ferry Back in the Harbor of Lisse Again",
                "The ferry came back.",
            ],
        );
    }

    #[test]
    fn wrapped_text_is_joined_by_paragraph() {
        let line = "the council said that it would look at the matter again before long and";
        let text = format!("{line}\n{line}\n{line}\nwas done.\n\n{line}\n{line}\nended there.");
        assert_eq!(split(&text, 10_000).len(), 2);
    }

    #[test]
    fn absurd_lines_are_cut_without_losing_a_word() {
        let text = "A word follows. ".repeat(5000);
        let blocks = split(&text, 1000);
        assert!(blocks.iter().all(|b| b.range.len() <= 1000));
        let words: usize = blocks
            .iter()
            .map(|b| text[b.range.clone()].split_whitespace().count())
            .sum();
        assert_eq!(words, 15_000);
        assert!(
            split(&"é".repeat(500), 33)
                .iter()
                .all(|b| b.range.len() <= 33)
        );
    }
}
