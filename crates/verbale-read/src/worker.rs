//! What is said between the program and the child process that parses pages for it.
//!
//! Parsers of HTML, PDF and mail can be made to take minutes by a page that is meant to. A thread cannot be stopped,
//! a process can: the program starts a child with [`serve`] as its whole job, sends it pages, and ends it
//! when an answer takes too long. Only the program starts processes and knows the time; here are the words.
//!
//! A message is its length as four bytes, least first, and then JSON of that length; the bytes of a page, and
//! of what is attached to one, follow the JSON. Both ends are the same program, so that the form may change with any version.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};
use text_size::TextSize;
use verbale_core::{
    Diagnostic, Document, Metadata, Outcome, Page, PageId, PageOrigin, Passage, Publication,
    TextRange, diagnostic,
};

use crate::{Attachment, Limits, VERSION, attachments, document, format, language};

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
    while let Some((ask, page)) = read_request(input)? {
        before(&page);
        let answer = match ask {
            Ask::Document => Answer::Document(Box::new(document(&page, limits))),
            Ask::Attachments => Answer::Attachments(attachments(&page, limits)),
        };
        write_answer(output, &answer)?;
    }
    Ok(())
}

/// What the program wants to know of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Its clean text.
    Document,
    /// What is attached to it.
    Attachments,
}

/// What a worker says.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// The document of the page.
    Document(Box<Outcome<Document>>),
    /// What is attached to the page.
    Attachments(Outcome<Vec<Attachment>>),
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
pub fn write_request(output: &mut dyn Write, ask: Ask, page: &Page) -> io::Result<()> {
    let o = &page.origin;
    let head = json!({
        "ask": match ask { Ask::Document => "document", Ask::Attachments => "attachments" },
        "version": VERSION, "media_type": page.media_type, "path": o.path, "address": o.address,
        "containers": o.containers, "captured": o.captured.map(|t| t.to_string()), "n_bytes": page.bytes.len(),
    });
    write_json(output, &head)?;
    output.write_all(&page.bytes)?;
    output.flush()
}

/// Reads what is asked, and the page that it is about; `None` at the end of the input.
///
/// # Errors
/// If the request is cut off or is none.
pub fn read_request(input: &mut dyn BufRead) -> io::Result<Option<(Ask, Page)>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let head = read_json(input)?;
    if head["version"] != json!(VERSION) {
        return Err(malformed("the request is of another version"));
    }
    let ask = match head["ask"].as_str() {
        Some("document") => Ask::Document,
        Some("attachments") => Ask::Attachments,
        _ => return Err(malformed("the request asks for nothing")),
    };
    let bytes = read_bytes(input, &head["n_bytes"], &mut u64::from(MAX_MESSAGE))?;
    let text = |key: &str| head[key].as_str().map(str::to_owned);
    let containers = head["containers"].as_array().into_iter().flatten();
    let page = Page {
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
    };
    Ok(Some((ask, page)))
}

/// Sends an answer back.
///
/// # Errors
/// If the program is gone.
pub fn write_answer(output: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    match answer {
        Answer::Document(outcome) => write_json(output, &document_json(outcome))?,
        Answer::Attachments(outcome) => {
            let heads: Vec<Value> = outcome
                .value
                .iter()
                .map(|a| json!({"name": a.name, "charset": a.charset, "n_bytes": a.bytes.len()}))
                .collect();
            let diagnostics = diagnostics_json(&outcome.diagnostics);
            write_json(
                output,
                &json!({"attached": heads, "diagnostics": diagnostics}),
            )?;
            for attachment in &outcome.value {
                output.write_all(&attachment.bytes)?;
            }
        }
    }
    output.flush()
}

fn diagnostics_json(diagnostics: &[Diagnostic]) -> Vec<Value> {
    diagnostics
        .iter()
        .map(|d| json!({"code": d.code.code, "message": d.message, "range": d.range.map(range_json)}))
        .collect()
}

fn range_json(range: TextRange) -> Value {
    json!([u32::from(range.start()), u32::from(range.end())])
}

fn document_json(outcome: &Outcome<Document>) -> Value {
    let d = &outcome.value;
    let passages: Vec<Value> = d
        .passages()
        .iter()
        .map(|p| json!({"role": p.role.as_str(), "range": range_json(p.range), "repeats": p.repeats}))
        .collect();
    let diagnostics = diagnostics_json(&outcome.diagnostics);
    let m = &d.metadata;
    let metadata = json!({
        "title": m.title, "authors": m.authors, "publisher": m.publisher, "agency": m.agency,
        "published": m.published.as_ref().map(|p| json!([p.date.to_string(), p.rule])),
        "updated": m.updated.map(|d| d.to_string()), "dateline": m.dateline, "language": m.language,
        "kind": m.kind, "address": m.address,
    });
    json!({"page": d.page().to_string(), "text": d.text(), "passages": passages, "metadata": metadata, "diagnostics": diagnostics})
}

/// Reads an answer.
///
/// # Errors
/// If the answer is cut off or is none: the worker ended before it was done.
pub fn read_answer(input: &mut dyn Read) -> io::Result<Answer> {
    let answer = read_json(input)?;
    if let Some(heads) = answer["attached"].as_array() {
        let value = read_attached(input, heads)?;
        let diagnostics = diagnostics(&answer["diagnostics"])
            .ok_or_else(|| malformed("the answer has no remarks"))?;
        return Ok(Answer::Attachments(Outcome { value, diagnostics }));
    }
    outcome(&answer)
        .map(|made| Answer::Document(Box::new(made)))
        .ok_or_else(|| malformed("the answer is no document"))
}

fn read_attached(input: &mut dyn Read, heads: &[Value]) -> io::Result<Vec<Attachment>> {
    let mut left = u64::from(MAX_MESSAGE);
    heads
        .iter()
        .map(|head| {
            Ok(Attachment {
                bytes: read_bytes(input, &head["n_bytes"], &mut left)?,
                name: head["name"].as_str().unwrap_or_default().to_owned(),
                charset: head["charset"].as_str().map(str::to_owned),
            })
        })
        .collect()
}

/// As many bytes as a message says, which are counted down from what is `left`.
fn read_bytes(input: &mut dyn Read, n_bytes: &Value, left: &mut u64) -> io::Result<Vec<u8>> {
    let n_bytes = n_bytes
        .as_u64()
        .ok_or_else(|| malformed("the message states no length"))?;
    *left = left
        .checked_sub(n_bytes)
        .ok_or_else(|| malformed("the message is too long"))?;
    let mut bytes = Vec::new();
    input.take(n_bytes).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == n_bytes {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
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
    let diagnostics = diagnostics(&answer["diagnostics"])?;
    let metadata = metadata(&answer["metadata"])?;
    Some(Outcome {
        value: Document::new(page, text, passages, metadata),
        diagnostics,
    })
}

fn diagnostics(list: &Value) -> Option<Vec<Diagnostic>> {
    let read = |d: &Value| {
        let code = diagnostic::find(d["code"].as_str()?)?;
        let remark = Diagnostic::new(code, d["message"].as_str()?);
        Some(match range(&d["range"]) {
            Some(range) => remark.at(range),
            None => remark,
        })
    };
    list.as_array()?.iter().map(read).collect()
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
        pages.iter().for_each(|p| {
            write_request(&mut requests, Ask::Document, p).expect("memory can be written")
        });
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
                Answer::Document(Box::new(document(p, &Limits::default())))
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
    fn attachments_come_back_unchanged() {
        let mail = "From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=x\n\n--x\n\nThe office writes.\n";
        let part = "--x\nContent-Disposition: attachment; filename=a.txt\n\nThe ferry left.\n";
        let page = Page {
            bytes: format!("{mail}{}--x--\n", part.repeat(3)).into(),
            media_type: "message/rfc822".into(),
            origin: PageOrigin::default(),
        };
        let limits = Limits {
            attachments: 2,
            ..Limits::default()
        };
        let mut request = Vec::new();
        write_request(&mut request, Ask::Attachments, &page).expect("memory can be written");
        let mut answer = Vec::new();
        serve(&mut request.as_slice(), &mut answer, &limits, &mut |_| {}).expect("it is whole");
        let found = attachments(&page, &limits);
        assert_eq!(found.value.len(), 2);
        assert_eq!(found.diagnostics[0].code, diagnostic::R004_LIMIT);
        assert_eq!(
            read_answer(&mut answer.as_slice()).expect("an answer"),
            Answer::Attachments(found)
        );
        assert!(read_answer(&mut &answer[..answer.len() - 1]).is_err());
    }

    #[test]
    fn requests_keep_their_origin() {
        let mut bytes = Vec::new();
        write_request(&mut bytes, Ask::Attachments, &page("x")).expect("memory can be written");
        assert_eq!(
            read_request(&mut bytes.as_slice()).expect("a request"),
            Some((Ask::Attachments, page("x")))
        );
        assert!(read_request(&mut &bytes[..bytes.len() - 1]).is_err());
        assert!(read_request(&mut &b"\xff\xff\xff\xff"[..]).is_err());
    }
}
