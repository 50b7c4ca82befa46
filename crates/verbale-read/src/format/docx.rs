//! Word processor documents (Office Open XML).
//!
//! Paragraphs with their automatic numbers, since resolutions are numbered so; tracked deletions are left
//! out; footnotes stand after the text.
//!
//! Source: ECMA-376, part 1, sections 17.9 (numbering) and 17.13.5 (revisions).

use std::collections::BTreeMap;

use quick_xml::{
    Reader as XmlReader,
    events::{BytesStart, Event},
};
use verbale_core::{Diagnostic, Page, Role, diagnostic, table::MAX_COLUMNS};

use super::{
    Format, Reader,
    plain::{self, paragraphs::Paragraphs},
    xml, zip,
};
use crate::{draft::Draft, limits::Limits};

/// A ZIP with `word/document.xml` in it.
pub(crate) const FORMAT: Format = Format {
    name: "docx",
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    sniff: |head| {
        zip::names_member(head, b"word/") && zip::names_member(head, b"[Content_Types].xml")
    },
    reader: Reader::Page(read),
};

fn read(page: &Page, limits: &Limits) -> Draft {
    let part = |name: &str| zip::member_of(&page.bytes, name, limits.html_bytes * 4);
    let Some(body) = part("word/document.xml") else {
        let message = "the document has no text part";
        return Draft {
            diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, message)],
            ..Draft::default()
        };
    };
    let numbering = part("word/numbering.xml")
        .map(|n| Numbering::read(&n))
        .unwrap_or_default();
    let mut walk = Walk {
        numbering,
        ..Walk::default()
    };
    walk.run(&body);
    if let Some(notes) = part("word/footnotes.xml") {
        walk.in_notes = true;
        walk.run(&notes);
    }
    let (text, blocks) = walk.out.finish(limits);
    let mut draft = plain::read_blocks(text, blocks, None);
    if let Some(core) = part("docProps/core.xml") {
        let core = String::from_utf8_lossy(&core).into_owned();
        let field = |name| xml::inner(&core, &[name]).map(|v| xml::unescape(&v));
        let m = &mut draft.metadata;
        m.title = m.title.take().or_else(|| field("dc:title"));
        if m.authors.is_empty() {
            m.authors = field("dc:creator").into_iter().collect();
        }
        // The file's own dates say when it was typed and saved, not when it was published.
    }
    draft
}

#[derive(Default)]
struct Walk {
    out: Paragraphs,
    numbering: Numbering,
    in_notes: bool,
    text: String,
    heading: Option<u8>,
    number: Option<(String, usize)>,
    /// Depth inside deleted or moved-away text.
    deleted: usize,
    is_text: bool,
    /// Columns that the open cell of a table covers beside its own.
    n_covered: usize,
    note: Option<String>,
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
                    self.end(e.local_name().as_ref());
                }
                Ok(Event::End(e)) => self.end(e.local_name().as_ref()),
                Ok(Event::Text(t)) if self.is_text && self.deleted == 0 => {
                    self.text.push_str(&t);
                }
                Ok(Event::GeneralRef(r)) if self.is_text && self.deleted == 0 => {
                    let name = r.to_string();
                    self.text.push_str(&xml::unescape(&format!("&{name};")));
                }
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.local_name().as_ref() {
            "p" => {
                self.text.clear();
                self.heading = None;
                self.number = None;
            }
            "pStyle" => {
                let style = value(e).unwrap_or_default().to_lowercase();
                self.heading = heading_level(&style);
            }
            "ilvl" => {
                let level = value(e).and_then(|v| v.parse().ok()).unwrap_or(0);
                self.number = Some((self.number.take().map_or_else(String::new, |n| n.0), level));
            }
            "numId" => {
                let level = self.number.take().map_or(0, |n| n.1);
                self.number = value(e).filter(|v| v != "0").map(|id| (id, level));
            }
            "t" => self.is_text = true,
            "tbl" => self.out.begin_table(),
            "tr" => self.out.begin_row(),
            "tc" => self.out.begin_cell(),
            // A cell as wide as several stands for all of them.
            "gridSpan" => {
                let n = value(e).and_then(|v| v.parse().ok()).unwrap_or(1);
                self.n_covered = usize::min(n, MAX_COLUMNS).saturating_sub(1);
            }
            "del" | "moveFrom" => self.deleted += 1,
            "tab" if self.deleted == 0 && !self.text.is_empty() => self.text.push('\t'),
            "br" | "cr" if self.deleted == 0 && !self.text.is_empty() => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "footnoteReference" if self.deleted == 0 => {
                let id = attribute(e, "id").unwrap_or_default();
                self.text.push_str(&format!("[{id}]"));
            }
            "footnote" => {
                self.note = attribute(e, "id").filter(|id| id.parse::<i32>().is_ok_and(|n| n > 0))
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.is_text = false,
            "tc" => (0..std::mem::take(&mut self.n_covered)).for_each(|_| self.out.begin_cell()),
            "tbl" => self.out.end_table(),
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.paragraph(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let words = std::mem::take(&mut self.text);
        let words = words.trim();
        if self.in_notes {
            if let Some(id) = self.note.take().filter(|_| !words.is_empty()) {
                self.out
                    .push(&format!("[{id}] {words}"), None, Some(Role::Meta));
            }
            return;
        }
        let number = self
            .number
            .take()
            .filter(|(id, _)| !id.is_empty())
            .and_then(|(id, level)| self.numbering.next(&id, level));
        if words.is_empty() {
            return;
        }
        let line = number.map_or_else(|| words.to_owned(), |n| format!("{n} {words}"));
        self.out.push(&line, self.heading, None);
    }
}

/// The level of a heading from its style's name, in the languages that Word ships.
fn heading_level(style: &str) -> Option<u8> {
    if style == "title" || style == "titel" || style == "titre" {
        return Some(1);
    }
    let rest = [
        "heading",
        "überschrift",
        "berschrift",
        "titre",
        "ttulo",
        "заголовок",
    ]
    .iter()
    .find_map(|h| style.strip_prefix(h))?;
    rest.trim().parse().ok().filter(|n| (1..=6).contains(n))
}

/// The list definitions of a document and the counters of the lists begun.
#[derive(Debug, Default)]
struct Numbering {
    /// Abstract lists by number: per level the start, the format and the pattern.
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Which abstract list a list is.
    instances: BTreeMap<String, String>,
    counters: BTreeMap<(String, usize), u32>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    pattern: String,
}

impl Numbering {
    fn read(part: &[u8]) -> Self {
        let mut numbering = Self::default();
        let (mut list, mut level, mut instance) = (String::new(), 0, String::new());
        let mut reader = XmlReader::from_reader(part);
        reader.config_mut().check_end_names = false;
        while let Ok(event) = reader.read_event() {
            let (Event::Start(e) | Event::Empty(e)) = event else {
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            let levels = numbering.lists.entry(list.clone()).or_default();
            match e.local_name().as_ref() {
                "abstractNum" => list = attribute(&e, "abstractNumId").unwrap_or_default(),
                "lvl" => {
                    level = attribute(&e, "ilvl")
                        .and_then(|v| v.parse().ok())
                        .unwrap_or(0)
                }
                "start" => {
                    levels.entry(level).or_default().start =
                        value(&e).and_then(|v| v.parse().ok()).unwrap_or(1)
                }
                "numFmt" => levels.entry(level).or_default().format = value(&e).unwrap_or_default(),
                "lvlText" => {
                    levels.entry(level).or_default().pattern = value(&e).unwrap_or_default()
                }
                "num" => instance = attribute(&e, "numId").unwrap_or_default(),
                "abstractNumId" => {
                    numbering
                        .instances
                        .insert(instance.clone(), value(&e).unwrap_or_default());
                }
                _ => {}
            }
        }
        numbering
    }

    /// The number of the next paragraph of a list at a level, as Word prints it.
    fn next(&mut self, id: &str, level: usize) -> Option<String> {
        let list = self.instances.get(id)?.clone();
        let levels = self.lists.get(&list)?;
        let own = levels.get(&level)?;
        if own.format == "bullet" {
            return Some("•".to_owned());
        }
        if own.format == "none" {
            return None;
        }
        let start = own.start;
        *self
            .counters
            .entry((list.clone(), level))
            .or_insert(start.saturating_sub(1)) += 1;
        // A paragraph of a higher level begins the lower ones anew.
        self.counters.retain(|(l, n), _| *l != list || *n <= level);
        let mut printed = own.pattern.clone();
        for (n, definition) in levels.iter().filter(|(n, _)| **n <= level) {
            let count = self
                .counters
                .get(&(list.clone(), *n))
                .copied()
                .unwrap_or(definition.start.max(1));
            printed = printed.replace(
                &format!("%{}", n + 1),
                &print_number(count, &definition.format),
            );
        }
        Some(printed).filter(|p| !p.is_empty())
    }
}

fn print_number(n: u32, format: &str) -> String {
    let letter = |base: u8| match u8::try_from((n.max(1) - 1) % 26) {
        Ok(i) => char::from(base + i).to_string(),
        Err(_) => n.to_string(),
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        _ => n.to_string(),
    }
}

fn roman(mut n: u32) -> String {
    let digits = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 5000 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, digit) in digits {
        while n >= value {
            out.push_str(digit);
            n -= value;
        }
    }
    out
}

fn value(e: &BytesStart<'_>) -> Option<String> {
    attribute(e, "val")
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)?;
    Some(xml::unescape(&found.value))
}
