//! What is said between the program and the child process that parses pages for it.
//!
//! HTML and PDF parsers can be made to take minutes by a page that is meant to. A thread cannot be stopped,
//! a process can: the program starts a child with [`serve`] as its whole job, sends it pages, and ends it
//! when an answer takes too long. Only the program starts processes and knows the time; here are the words.
//!
//! A message is its length as four bytes, least first, and then JSON of that length; a request's page bytes
//! follow its JSON. Both ends are the same program, so that the form may change with any version.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};
use text_size::TextSize;
use verbale_core::{
    Diagnostic, Document, Metadata, Outcome, Page, PageId, PageOrigin, Passage, Publication,
    TextRange, diagnostic,
};

use crate::{Limits, VERSION, document, format, language};

/// A message longer than this is a fault of the other end, not a page.
const MAX_MESSAGE: u32 = 1 << 30;

/// Reads requests from `input` and writes answers to `output` until the input ends.
///
/// `before` is called with each page before it is parsed: there the program sets the limits of its process.
///
/// # Errors
/// If a request cannot be read or an answer cannot be written: the other end is gone.
pub fn serve(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    limits: &Limits,
    before: &mut dyn FnMut(&Page),
) -> io::Result<()> {
    while let Some(page) = read_request(input)? {
        before(&page);
        write_answer(output, &document(&page, limits))?;
    }
    Ok(())
}

/// Whether pages of this media type belong into a worker: the parsers of their form are other people's,
/// and large.
pub fn is_for(media_type: &str) -> bool {
    !matches!(
        format::of_media_type(media_type).map(|f| f.name),
        Some("text") | None
    )
}

/// The document of a page that could not be parsed: no text, and why.
pub fn unparsed(page: &Page, why: impl Into<String>) -> Outcome<Document> {
    let metadata = Metadata {
        address: page.origin.address.clone(),
        language: language::of("").to_owned(),
        ..Metadata::default()
    };
    Outcome {
        value: Document::new(page.id(), String::new(), Vec::new(), metadata),
        diagnostics: vec![Diagnostic::new(diagnostic::R008_UNPARSED, why)],
    }
}

/// Sends a page to a worker.
///
/// # Errors
/// If the worker is gone.
pub fn write_request(output: &mut dyn Write, page: &Page) -> io::Result<()> {
    let o = &page.origin;
    let head = json!({
        "version": VERSION, "media_type": page.media_type, "path": o.path, "address": o.address,
        "containers": o.containers, "captured": o.captured.map(|t| t.to_string()), "n_bytes": page.bytes.len(),
    });
    write_json(output, &head)?;
    output.write_all(&page.bytes)?;
    output.flush()
}

/// Reads the page that a request is about; `None` at the end of the input.
///
/// # Errors
/// If the request is cut off or is none.
pub fn read_request(input: &mut dyn BufRead) -> io::Result<Option<Page>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let head = read_json(input)?;
    if head["version"] != json!(VERSION) {
        return Err(malformed("the request is of another version"));
    }
    let n_bytes = head["n_bytes"]
        .as_u64()
        .filter(|n| *n <= u64::from(MAX_MESSAGE));
    let n_bytes = n_bytes.ok_or_else(|| malformed("the request states no length"))?;
    let mut bytes = Vec::new();
    input.take(n_bytes).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != n_bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let text = |key: &str| head[key].as_str().map(str::to_owned);
    let containers = head["containers"].as_array().into_iter().flatten();
    Ok(Some(Page {
        bytes,
        media_type: text("media_type").unwrap_or_default(),
        origin: PageOrigin {
            path: text("path").unwrap_or_default(),
            address: text("address"),
            containers: containers
                .filter_map(|c| c.as_str().map(str::to_owned))
                .collect(),
            captured: text("captured").and_then(|t| t.parse().ok()),
        },
    }))
}

/// Sends a document back.
///
/// # Errors
/// If the program is gone.
pub fn write_answer(output: &mut dyn Write, outcome: &Outcome<Document>) -> io::Result<()> {
    let d = &outcome.value;
    let range = |r: TextRange| json!([u32::from(r.start()), u32::from(r.end())]);
    let passages: Vec<Value> = d
        .passages()
        .iter()
        .map(|p| json!({"role": p.role.as_str(), "range": range(p.range), "repeats": p.repeats}))
        .collect();
    let diagnostics: Vec<Value> = outcome
        .diagnostics
        .iter()
        .map(|d| json!({"code": d.code.code, "message": d.message, "range": d.range.map(range)}))
        .collect();
    let m = &d.metadata;
    let metadata = json!({
        "title": m.title, "authors": m.authors, "publisher": m.publisher, "agency": m.agency,
        "published": m.published.as_ref().map(|p| json!([p.date.to_string(), p.rule])),
        "updated": m.updated.map(|d| d.to_string()), "dateline": m.dateline, "language": m.language,
        "kind": m.kind, "address": m.address,
    });
    write_json(
        output,
        &json!({"page": d.page().to_string(), "text": d.text(), "passages": passages, "metadata": metadata, "diagnostics": diagnostics}),
    )?;
    output.flush()
}

/// Reads the document of an answer.
///
/// # Errors
/// If the answer is cut off or is none: the worker ended before it was done.
pub fn read_answer(input: &mut dyn Read) -> io::Result<Outcome<Document>> {
    let answer = read_json(input)?;
    outcome(&answer).ok_or_else(|| malformed("the answer is no document"))
}

fn outcome(answer: &Value) -> Option<Outcome<Document>> {
    let text = answer["text"].as_str()?.to_owned();
    let page: PageId = answer["page"].as_str()?.parse().ok()?;
    let mut passages: Vec<Passage> = Vec::new();
    for p in answer["passages"].as_array()? {
        let range = range(&p["range"])?;
        let is_in_order = passages
            .last()
            .is_none_or(|last| last.range.end() <= range.start());
        text.get(std::ops::Range::<usize>::from(range))
            .filter(|_| is_in_order)?;
        let repeats = p["repeats"].as_u64().map(|i| i as usize);
        passages.push(Passage {
            role: p["role"].as_str()?.parse().ok()?,
            range,
            repeats,
        });
    }
    let mut diagnostics = Vec::new();
    for d in answer["diagnostics"].as_array()? {
        let remark = Diagnostic::new(
            diagnostic::find(d["code"].as_str()?)?,
            d["message"].as_str()?,
        );
        diagnostics.push(match range(&d["range"]) {
            Some(range) => remark.at(range),
            None => remark,
        });
    }
    let metadata = metadata(&answer["metadata"])?;
    Some(Outcome {
        value: Document::new(page, text, passages, metadata),
        diagnostics,
    })
}

fn metadata(m: &Value) -> Option<Metadata> {
    let text = |key: &str| m[key].as_str().map(str::to_owned);
    let published = &m["published"];
    Some(Metadata {
        title: text("title"),
        authors: m["authors"]
            .as_array()?
            .iter()
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect(),
        publisher: text("publisher"),
        agency: text("agency"),
        published: published[0].as_str().and_then(|d| {
            Some(Publication {
                date: d.parse().ok()?,
                rule: published[1].as_str()?.to_owned(),
            })
        }),
        updated: m["updated"].as_str().and_then(|d| d.parse().ok()),
        dateline: text("dateline"),
        language: text("language")?,
        kind: text("kind")?,
        address: text("address"),
    })
}

fn range(v: &Value) -> Option<TextRange> {
    let at = |i: usize| u32::try_from(v.get(i)?.as_u64()?).ok().map(TextSize::from);
    let (start, end) = (at(0)?, at(1)?);
    (start <= end).then(|| TextRange::new(start, end))
}

fn write_json(output: &mut dyn Write, value: &Value) -> io::Result<()> {
    let bytes = value.to_string().into_bytes();
    let length = u32::try_from(bytes.len()).map_err(|_| malformed("the message is too long"))?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(&bytes)
}

fn read_json(input: &mut dyn Read) -> io::Result<Value> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > MAX_MESSAGE {
        return Err(malformed("the message is too long"));
    }
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    serde_json::from_slice(&bytes).map_err(|_| malformed("the message is cut off"))
}

fn malformed(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        let origin = PageOrigin {
            path: "a.txt".into(),
            address: Some("https://example.org/2021/03/04/a".into()),
            containers: vec!["b.zip".into()],
            captured: "2024-06-09T08:00:00Z".parse().ok(),
        };
        Page {
            bytes: text.into(),
            media_type: "text/plain".into(),
            origin,
        }
    }

    #[test]
    fn pages_go_out_and_documents_come_back_unchanged() {
        let pages = [
            page("Ferry Back in Port\n\nThe ferry came back, the office “said”. \n"),
            page(""),
        ];
        let mut requests = Vec::new();
        pages
            .iter()
            .for_each(|p| write_request(&mut requests, p).expect("memory can be written"));
        let mut answers = Vec::new();
        let mut n_begun = 0;
        serve(
            &mut requests.as_slice(),
            &mut answers,
            &Limits::default(),
            &mut |_| n_begun += 1,
        )
        .expect("all requests are whole");
        assert_eq!(n_begun, pages.len());
        let mut answers = answers.as_slice();
        for p in &pages {
            assert_eq!(
                read_answer(&mut answers).expect("an answer"),
                document(p, &Limits::default())
            );
        }
        assert!(read_answer(&mut answers).is_err());
    }

    #[test]
    fn a_page_that_could_not_be_parsed_is_kept_with_the_reason() {
        let kept = unparsed(&page("x"), "the parser crashed");
        assert_eq!(kept.value.page(), page("x").id());
        assert_eq!(kept.diagnostics[0].code, diagnostic::R008_UNPARSED);
        assert!(is_for("text/html; charset=koi8-r") && is_for("application/pdf"));
        assert!(!is_for("text/plain"));
    }

    #[test]
    fn requests_keep_their_origin() {
        let mut bytes = Vec::new();
        write_request(&mut bytes, &page("x")).expect("memory can be written");
        assert_eq!(
            read_request(&mut bytes.as_slice()).expect("a request"),
            Some(page("x"))
        );
        assert!(read_request(&mut &bytes[..bytes.len() - 1]).is_err());
        assert!(read_request(&mut &b"\xff\xff\xff\xff"[..]).is_err());
    }
}
