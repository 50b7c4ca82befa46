//! OpenDocument texts.
//!
//! Source: OASIS OpenDocument 1.3, part 3, sections 5 (text) and 5.5 (tracked changes).

use quick_xml::{
    Reader as XmlReader,
    events::{BytesStart, Event},
};
use verbale_core::{Diagnostic, Page, Role, diagnostic};

use super::{
    Format, Reader,
    plain::{self, paragraphs::Paragraphs},
    xml, zip,
};
use crate::{draft::Draft, limits::Limits};

/// A ZIP that starts with its media type.
pub(crate) const FORMAT: Format = Format {
    name: "odt",
    media_type: "application/vnd.oasis.opendocument.text",
    sniff: |head| zip::names_member(head, b"mimetypeapplication/vnd.oasis.opendocument.text"),
    reader: Reader::Page(read),
};

fn read(page: &Page, limits: &Limits) -> Draft {
    let part = |name: &str| zip::member_of(&page.bytes, name, limits.html_bytes * 4);
    let Some(content) = part("content.xml") else {
        let message = "the document has no text part";
        return Draft {
            diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, message)],
            ..Draft::default()
        };
    };
    let mut walk = Walk::default();
    walk.run(&content);
    for note in std::mem::take(&mut walk.notes) {
        walk.out.push(&note, None, Some(Role::Meta));
    }
    let (text, blocks) = walk.out.finish(limits);
    let mut draft = plain::read_blocks(text, blocks, None);
    if let Some(meta) = part("meta.xml") {
        let meta = String::from_utf8_lossy(&meta).into_owned();
        let field = |names: &[&str]| xml::inner(&meta, names).map(|v| xml::unescape(&v));
        let m = &mut draft.metadata;
        m.title = m.title.take().or_else(|| field(&["dc:title"]));
        if m.authors.is_empty() {
            m.authors = field(&["meta:initial-creator", "dc:creator"])
                .into_iter()
                .collect();
        }
    }
    draft
}

#[derive(Default)]
struct Walk {
    out: Paragraphs,
    notes: Vec<String>,
    /// Paragraphs open inside each other, as a note's is inside a paragraph.
    open: Vec<(String, Option<u8>)>,
    in_note: usize,
    in_citation: usize,
    skipped: usize,
    /// Counters of the lists open inside each other; `None` for a list without numbers seen yet.
    lists: Vec<u32>,
    item_is_new: bool,
}

impl Walk {
    fn run(&mut self, part: &[u8]) {
        let mut reader = XmlReader::from_reader(part);
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e),
                Ok(Event::Empty(e)) => {
                    self.start(&e);
                    self.end(e.name().as_ref());
                }
                Ok(Event::End(e)) => self.end(e.name().as_ref()),
                Ok(Event::Text(t)) => self.text(&t),
                Ok(Event::GeneralRef(r)) => {
                    let name = r.to_string();
                    self.text(&xml::unescape(&format!("&{name};")));
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some((words, _)) = self.open.last_mut() {
            for c in text.chars() {
                // Blanks collapse as in HTML; wanted ones are elements of their own.
                if !c.is_whitespace() {
                    words.push(c);
                } else if !words.is_empty() && !words.ends_with([' ', '\n']) {
                    words.push(' ');
                }
            }
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.name().as_ref() {
            "text:tracked-changes" | "office:annotation" | "office:forms" => self.skipped += 1,
            "text:h" => {
                let level = e
                    .attributes()
                    .flatten()
                    .find(|a| a.key.as_ref() == "text:outline-level");
                let level = level.and_then(|a| a.value.parse().ok()).unwrap_or(1);
                self.open.push((String::new(), Some(level)));
            }
            "text:p" => self.open.push((String::new(), None)),
            "text:note" => self.in_note += 1,
            "text:note-citation" => {
                self.in_citation += 1;
                self.text("[");
            }
            "table:table" => self.out.begin_table(),
            "table:table-row" => self.out.begin_row(),
            "table:table-cell" | "table:covered-table-cell" => self.out.begin_cell(),
            "text:list" => self.lists.push(0),
            "text:list-item" => {
                if let Some(n) = self.lists.last_mut() {
                    *n += 1;
                }
                self.item_is_new = true;
            }
            "text:s" => self.text(" "),
            "text:tab" => self.text(" "),
            "text:line-break" => {
                if let Some((words, _)) = self.open.last_mut().filter(|_| self.skipped == 0) {
                    words.push('\n');
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:tracked-changes" | "office:annotation" | "office:forms" => {
                self.skipped = self.skipped.saturating_sub(1)
            }
            "text:h" | "text:p" => self.paragraph(),
            "text:note" => self.in_note = self.in_note.saturating_sub(1),
            "text:note-citation" => {
                self.in_citation = self.in_citation.saturating_sub(1);
                self.text("]");
            }
            "table:table" => self.out.end_table(),
            "text:list" => {
                self.lists.pop();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let Some((words, heading)) = self.open.pop() else {
            return;
        };
        let words = words.trim();
        if words.is_empty() || self.skipped > 0 {
            return;
        }
        if self.in_note > 0 {
            let n = self.notes.len() + 1;
            self.notes.push(format!("[{n}] {words}"));
            return;
        }
        // The style that says bullet or number may be in another part; a number serves both.
        let number = self
            .lists
            .last()
            .filter(|_| std::mem::take(&mut self.item_is_new) && heading.is_none());
        let line = number.map_or_else(|| words.to_owned(), |n| format!("{n}. {words}"));
        self.out.push(&line, heading.map(|h| h.clamp(1, 6)), None);
    }
}
