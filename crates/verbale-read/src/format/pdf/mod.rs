//! PDF files with a text layer.
//!
//! The crate `pdf-extract` gives characters with their places; order, columns, running heads, footnotes,
//! hyphens and paragraphs are found here. Pictures of text have no text layer and give none.

mod glyphs;
mod layout;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use verbale_core::{Diagnostic, Page, Role, diagnostic};

use super::{
    Format, Reader,
    plain::{self, features::ends_sentence, paragraphs::Paragraphs},
};
use crate::{draft::Draft, limits::Limits};
use glyphs::{Collector, Sheet};
use layout::Line;

/// ISO 32000; the mark may stand after some bytes of other things.
pub(crate) const FORMAT: Format = Format {
    name: "pdf",
    media_type: "application/pdf",
    sniff: |head| {
        head[..head.len().min(1024)]
            .windows(5)
            .any(|w| w == b"%PDF-")
    },
    reader: Reader::Page(read),
};

fn read(page: &Page, limits: &Limits) -> Draft {
    // The parser panics on damaged objects; its state is dropped with it.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(&page.bytes, limits)));
    let (sheets, mut diagnostics) = match sheets {
        Ok(Ok(found)) => found,
        Ok(Err(message)) => (
            Vec::new(),
            vec![Diagnostic::new(
                diagnostic::R006_UNREADABLE,
                format!("the file is damaged or locked: {message}"),
            )],
        ),
        Err(_) => (
            Vec::new(),
            vec![Diagnostic::new(
                diagnostic::R006_UNREADABLE,
                "the file is damaged",
            )],
        ),
    };
    let lines: Vec<Line> = sheets
        .iter()
        .enumerate()
        .flat_map(|(i, s)| layout::lines(s, i))
        .collect();
    if lines.is_empty() && diagnostics.is_empty() {
        diagnostics.push(Diagnostic::new(
            diagnostic::R001_EMPTY,
            "the file has no text layer",
        ));
    }
    let (text, blocks) = paragraphs(&lines).finish(limits);
    let mut draft = plain::read_blocks(text, blocks, page.origin.address.as_deref());
    // The file's own dates say when it was made, not when its text was published.
    draft.diagnostics.extend(diagnostics);
    draft
}

fn sheets(bytes: &[u8], limits: &Limits) -> Result<(Vec<Sheet>, Vec<Diagnostic>), String> {
    let document = pdf_extract::Document::load_mem(bytes).map_err(|e| e.to_string())?;
    let n_pages = document.get_pages().len();
    let mut diagnostics = Vec::new();
    if n_pages > limits.pdf_pages {
        diagnostics.push(Diagnostic::new(
            diagnostic::R004_LIMIT,
            format!("the file was cut after `{}` pages", limits.pdf_pages),
        ));
    }
    let mut collector = Collector::new(limits.text_bytes);
    for n in document.get_pages().into_keys().take(limits.pdf_pages) {
        let read = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&document, &mut collector, n)
        }));
        if !matches!(read, Ok(Ok(()))) {
            diagnostics.push(Diagnostic::new(
                diagnostic::R006_UNREADABLE,
                format!("a page of the file is damaged: `{n}`"),
            ));
        }
    }
    Ok((collector.sheets, diagnostics))
}

/// Joins lines to paragraphs and tells running heads and footnotes.
fn paragraphs(lines: &[Line]) -> Paragraphs {
    let size = body_size(lines);
    let heads = running_heads(lines);
    let mut out = Paragraphs::default();
    let mut notes: Vec<String> = Vec::new();
    let mut furniture: Vec<String> = Vec::new();
    let mut current: Option<Paragraph> = None;
    let mut in_notes_of: Option<usize> = None;
    for (i, line) in lines.iter().enumerate() {
        if heads.contains(&i) {
            furniture.push(line.text.clone());
            continue;
        }
        if in_notes_of == Some(line.page) || starts_note(line, size) {
            if in_notes_of != Some(line.page) || starts_with_number(&line.text) {
                notes.push(String::new());
            }
            in_notes_of = Some(line.page);
            let note = notes.last_mut().expect("a note was begun");
            add(note, &line.text);
            continue;
        }
        match &mut current {
            Some(p) if p.goes_on(line) => p.add(line),
            _ => {
                if let Some(p) = current.replace(Paragraph::of(line)) {
                    p.finish(size, &mut out);
                }
            }
        }
    }
    if let Some(p) = current {
        p.finish(size, &mut out);
    }
    for note in &notes {
        out.push(note, None, Some(Role::Meta));
    }
    furniture.dedup();
    for line in &furniture {
        out.push(line, None, Some(Role::Boilerplate));
    }
    out
}

/// The size in which most characters are set.
fn body_size(lines: &[Line]) -> f64 {
    let mut by_size: BTreeMap<i64, usize> = BTreeMap::new();
    for l in lines {
        *by_size.entry((l.size * 4.0).round() as i64).or_default() += l.text.len();
    }
    by_size
        .into_iter()
        .max_by_key(|&(_, n)| n)
        .map_or(0.0, |(s, _)| s as f64 / 4.0)
}

/// Lines at the top or the bottom that stand on several pages, and page numbers.
fn running_heads(lines: &[Line]) -> std::collections::BTreeSet<usize> {
    let at_edge = |l: &Line| l.y < l.height * 0.1 || l.y > l.height * 0.92;
    let mold = |l: &Line| {
        l.text
            .chars()
            .map(|c| if c.is_ascii_digit() { '#' } else { c })
            .collect::<String>()
    };
    let n_pages = lines.last().map_or(0, |l| l.page + 1);
    let mut pages: BTreeMap<String, usize> = BTreeMap::new();
    for l in lines.iter().filter(|l| at_edge(l)) {
        *pages.entry(mold(l)).or_default() += 1;
    }
    let is_folio = |l: &Line| {
        l.text.len() <= 12
            && l.text.chars().any(|c| c.is_ascii_digit())
            && l.text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '/' | ' '))
    };
    (0..lines.len())
        .filter(|&i| {
            let l = &lines[i];
            at_edge(l) && (is_folio(l) || n_pages >= 2 && pages[&mold(l)] >= 2.max(n_pages / 3))
        })
        .collect()
}

/// A numbered line in small type in the lower half of the page.
fn starts_note(line: &Line, body: f64) -> bool {
    line.size < body * 0.93 && line.y > line.height * 0.5 && starts_with_number(&line.text)
}

fn starts_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits)
        && text[digits..]
            .chars()
            .next()
            .is_some_and(|c| c.is_whitespace() || c.is_alphabetic())
        || text.starts_with('*') && text.len() > 2
}

/// Lines that belong together.
struct Paragraph {
    text: String,
    left: f64,
    right: f64,
    last: Line,
    size: f64,
}

impl Paragraph {
    fn of(line: &Line) -> Self {
        Self {
            text: line.text.clone(),
            left: line.left,
            right: line.right,
            last: line.clone(),
            size: line.size,
        }
    }

    fn goes_on(&self, line: &Line) -> bool {
        if (line.size - self.size).abs() > self.size * 0.08 {
            return false;
        }
        let starts_low = line.text.chars().next().is_some_and(char::is_lowercase);
        let is_open =
            !ends_sentence(&self.text) || self.text.ends_with(['-', '\u{AD}', '\u{2010}']);
        let is_item = is_numbered(&line.text);
        if line.page != self.last.page || line.y < self.last.y {
            // The next column or page: only an open sentence goes on there.
            return is_open && starts_low;
        }
        let step = line.y - self.last.y;
        let is_near = step < self.size * 1.75;
        let is_indented =
            line.left > self.left + self.size * 0.8 && line.left < self.left + self.size * 6.0;
        // A last line that stops short of the margin ends its paragraph.
        let is_short = self.last.right < self.right - self.size * 4.0;
        is_near && !is_item && (is_open || !is_indented && (!is_short || starts_low))
    }

    fn add(&mut self, line: &Line) {
        add(&mut self.text, &line.text);
        self.left = self.left.min(line.left);
        self.right = self.right.max(line.right);
        self.last = line.clone();
    }

    fn finish(self, body: f64, out: &mut Paragraphs) {
        let is_heading = self.size > body * 1.12
            && self.text.split_whitespace().count() <= 30
            && !self.text.ends_with('.');
        let level = if self.size > body * 1.4 { 1 } else { 2 };
        out.push(&self.text, is_heading.then_some(level), None);
    }
}

/// Joins a line to a text; a hyphen at the end of a line goes if the next line begins low.
fn add(text: &mut String, line: &str) {
    let starts_low = line.chars().next().is_some_and(char::is_lowercase);
    let hyphen = ['\u{AD}', '-', '\u{2010}']
        .into_iter()
        .find(|h| text.ends_with(*h));
    match hyphen {
        Some('\u{AD}') => {
            text.pop();
        }
        // `non-` before `proliferation` keeps its hyphen: the part before it is a prefix that takes one.
        Some(_) if starts_low && !keeps_hyphen(text) => {
            text.pop();
        }
        Some(_) => {}
        None if text.is_empty() => {}
        None => text.push(' '),
    }
    text.push_str(line);
}

fn keeps_hyphen(text: &str) -> bool {
    let word = text
        .trim_end_matches(['-', '\u{2010}'])
        .rsplit(|c: char| c.is_whitespace() || c == '-')
        .next()
        .unwrap_or_default();
    matches!(
        word.to_lowercase().as_str(),
        "non"
            | "self"
            | "so"
            | "anti"
            | "pro"
            | "ex"
            | "mid"
            | "well"
            | "vice"
            | "cross"
            | "long"
            | "short"
            | "co"
    )
}

/// `12.`, `(a)`, `•`: what begins a paragraph of a resolution.
fn is_numbered(text: &str) -> bool {
    let bare = text.trim_start_matches('(');
    let n = bare
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric())
        .count();
    let is_short = (1..=3).contains(&n)
        && (bare[..n].bytes().all(|b| b.is_ascii_digit()) || bare.len() < text.len());
    is_short && bare[n..].starts_with(['.', ')']) && bare[n + 1..].starts_with(char::is_whitespace)
        || text.starts_with('•')
}

#[cfg(test)]
mod tests;
