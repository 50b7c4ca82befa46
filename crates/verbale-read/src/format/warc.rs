//! Web archives: the records of a crawl.
//!
//! Responses and resources that are pages, and the plain text of WET files. The record format is a dozen
//! lines of headers, so it is read here; the crates for it bring a C library or lose truncated records.
//!
//! Source: ISO 28500:2017, sections 4 to 6.

use std::{
    io::{BufRead, Read},
    ops::ControlFlow,
};

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use verbale_core::diagnostic;

use super::{Format, Reader};
use crate::unpack::{Member, Unpack};

/// WARC 0.17 to 1.1, uncompressed; compressed ones come through `gzip`.
pub(crate) const FORMAT: Format = Format {
    name: "warc",
    media_type: "application/warc",
    sniff: |head| head.starts_with(b"WARC/"),
    reader: Reader::Stream(read),
};

/// Headers longer than this are no headers.
const HEADER_BYTES: u64 = 64 << 10;

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    for n in 1.. {
        let headers = match Headers::read(input) {
            Ok(Some(headers)) => headers,
            Ok(None) => break,
            Err(e) => {
                unpack.damaged("a record", &e);
                break;
            }
        };
        let Some(length) = headers
            .value("content-length")
            .and_then(|l| l.parse::<u64>().ok())
        else {
            unpack.remark(
                diagnostic::R006_UNREADABLE,
                format!("record {n} states no length"),
            );
            break;
        };
        let mut content = (&mut *input).take(length);
        let member = member(&headers, &mut content, unpack, n);
        let left = content.limit();
        if left > 0
            && std::io::copy(&mut content, &mut std::io::sink()).is_ok_and(|skipped| skipped < left)
        {
            unpack.remark(
                diagnostic::R006_UNREADABLE,
                format!("record {n} is cut off"),
            );
        }
        if let Some(member) = member {
            unpack.member(member)?;
        }
    }
    ControlFlow::Continue(())
}

/// The page in a record, if it holds one.
fn member(
    headers: &Headers,
    content: &mut dyn Read,
    unpack: &mut Unpack<'_>,
    n: usize,
) -> Option<Member> {
    let kind = headers.value("warc-type")?.to_ascii_lowercase();
    let is_http = headers
        .value("content-type")
        .is_some_and(|t| t.to_ascii_lowercase().starts_with("application/http"));
    let address = headers
        .value("warc-target-uri")
        .map(|a| a.trim_matches(['<', '>']).to_owned());
    let captured = headers.value("warc-date").and_then(|d| d.parse().ok());
    let mut bytes = match kind.as_str() {
        "response" | "resource" | "conversion" => unpack.read_page(content, "a record"),
        _ => return None,
    };
    let mut charset = None;
    if kind == "response" && is_http {
        let response = Response::parse(&bytes, unpack.limits.page_bytes)?;
        bytes = response.body;
        charset = response.charset;
    }
    if bytes.is_empty() {
        return None;
    }
    // Pictures and scripts of a page are no pages and no news either.
    crate::format::sniff(&bytes[..bytes.len().min(super::SNIFF_BYTES)])?;
    Some(Member {
        bytes,
        name: format!("record {n}"),
        address,
        captured,
        charset,
        media_type: None,
    })
}

/// Named lines before a blank line.
struct Headers(Vec<(String, String)>);

impl Headers {
    /// The headers of the next record; `None` at the end of the input.
    fn read(input: &mut dyn BufRead) -> std::io::Result<Option<Self>> {
        let mut lines = Vec::new();
        let mut limited = input.take(HEADER_BYTES);
        loop {
            let mut line = Vec::new();
            if limited.read_until(b'\n', &mut line)? == 0 {
                return if lines.is_empty() {
                    Ok(None)
                } else {
                    Err(std::io::Error::other("its headers do not end"))
                };
            }
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            match (line.is_empty(), lines.is_empty()) {
                // Blank lines part the records.
                (true, true) => {}
                (true, false) => return Ok(Some(Self::of(&lines))),
                (false, true) if !line.starts_with("WARC/") => {
                    return Err(std::io::Error::other("it does not start as a record"));
                }
                (false, _) => lines.push(line),
            }
        }
    }

    fn of(lines: &[String]) -> Self {
        Self(
            lines
                .iter()
                .filter_map(|l| l.split_once(':'))
                .map(|(k, v)| (k.trim().to_ascii_lowercase(), v.trim().to_owned()))
                .collect(),
        )
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(k, _)| k == name)
            .map(|(_, v)| v.as_str())
    }
}

/// A page as a server sent it.
struct Response {
    body: Vec<u8>,
    charset: Option<String>,
}

impl Response {
    /// The decoded body of a response of at most `max` bytes; `None` for errors and redirections.
    fn parse(bytes: &[u8], max: usize) -> Option<Self> {
        let (at, skip) = find(bytes, b"\r\n\r\n")
            .map(|i| (i, 4))
            .or_else(|| find(bytes, b"\n\n").map(|i| (i, 2)))?;
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let lines: Vec<String> = head.lines().map(str::to_owned).collect();
        let status = lines.first()?.split_whitespace().nth(1)?.to_owned();
        if !matches!(status.as_str(), "200" | "203") {
            return None;
        }
        let headers = Headers::of(&lines);
        let is = |name: &str, word: &str| {
            headers
                .value(name)
                .is_some_and(|v| v.to_ascii_lowercase().contains(word))
        };
        let mut body = bytes[at + skip..].to_vec();
        if is("transfer-encoding", "chunked") {
            body = unchunk(&body).unwrap_or(body);
        }
        if is("content-encoding", "gzip") && body.starts_with(&[0x1F, 0x8B]) {
            body = inflate(MultiGzDecoder::new(body.as_slice()), max);
        } else if is("content-encoding", "deflate") {
            let plain = inflate(ZlibDecoder::new(body.as_slice()), max);
            body = if plain.is_empty() { body } else { plain };
        }
        let charset = headers.value("content-type").and_then(|t| {
            t.to_ascii_lowercase()
                .split_once("charset=")
                .map(|(_, c)| c.trim_matches(['"', '\'', ' ', ';']).to_owned())
        });
        Some(Self { body, charset })
    }
}

fn inflate(decoder: impl Read, max: usize) -> Vec<u8> {
    let mut out = Vec::new();
    // What was unpacked before the damage is kept: a cut page is still a page.
    let _ = decoder.take(max as u64).read_to_end(&mut out);
    out
}

/// Joins the chunks of RFC 9112, section 7.1; `None` where the body is not chunked after all.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(out);
        }
        let n = size.min(rest.len());
        out.extend_from_slice(&rest[..n]);
        if rest.len() < size.saturating_add(2) {
            return Some(out);
        }
        rest = &rest[size + 2..];
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}
