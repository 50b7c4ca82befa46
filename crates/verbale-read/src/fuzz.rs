//! Entry points for fuzzing, one for each form; see `/fuzz`. Not for use elsewhere.
//!
//! A plain test below drives the same functions with damaged inputs, so that the ground is held without a
//! fuzzer too.

use std::io::Cursor;

use verbale_core::{Page, PageOrigin};

use crate::{Limits, attachments, document, format, pages, worker};

/// Small limits: a fuzzer looks for panics and loops, not for large files.
fn limits() -> Limits {
    Limits {
        page_bytes: 1 << 20,
        html_bytes: 1 << 18,
        text_bytes: 1 << 18,
        passages: 2000,
        container_pages: 50,
        unpacked_bytes: 1 << 22,
        pdf_pages: 20,
        ..Limits::default()
    }
}

/// Reads an input of any form, and the documents of its pages.
pub fn any(input: &[u8]) {
    let limits = limits();
    for page in pages(input.to_vec(), PageOrigin::default(), &limits).value {
        document(&page, &limits);
    }
}

/// Reads an input as the form of this name, whatever it looks like.
///
/// # Panics
/// If there is no form of this name.
pub fn form(name: &str, input: &[u8]) {
    let form = format::FORMATS
        .iter()
        .find(|f| f.name == name)
        .expect("a form of this name");
    let limits = limits();
    let mut sink = |page: Page| {
        document(&page, &limits);
        std::ops::ControlFlow::Continue(())
    };
    let mut attached = |page: &Page| attachments(page, &limits);
    let mut unpack =
        crate::unpack::Unpack::new(PageOrigin::default(), &limits, &mut attached, &mut sink);
    let _ = match form.reader {
        format::Reader::Page(_) | format::Reader::Carrier(..) => {
            let page = Page {
                bytes: input.to_vec(),
                media_type: form.media_type.to_owned(),
                origin: PageOrigin::default(),
            };
            document(&page, &limits);
            attachments(&page, &limits);
            return;
        }
        format::Reader::Stream(read) => read(&mut Cursor::new(input), &mut unpack),
        format::Reader::Archive(read) => read(&mut Cursor::new(input), &mut unpack),
    };
}

/// Reads requests and answers of the worker protocol.
pub fn worker(input: &[u8]) {
    let _ = worker::serve(
        &mut Cursor::new(input),
        &mut std::io::sink(),
        &limits(),
        &mut |_| {},
    );
    let _ = worker::read_answer(&mut Cursor::new(input));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator, so that the damage is the same in every run (Marsaglia's xorshift).
    fn next(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    const SEEDS: &[&[u8]] = &[
        b"<!doctype html><html><title>A | B</title><script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"2021-03-04\"}</script><article><h1>A</h1><p>The ferry left on Monday, he said.</p><figure><figcaption>A. Photo: B / AFP</figcaption></figure></article>",
        b"# Head\n\nBy [Ana Brandt](#) | March 4, 2021\n\n\"We left,\" he said. **Bo / TASS**\n\nOriginal url:\n<https://a.org/2021/03/04/x>",
        b"From: A <a@b.c>\r\nSubject: =?utf-8?q?x?=\r\nDate: 1 Apr 21 10:00 MSK\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n0\r\n\r\n",
        b"<rss><channel><title>T</title><item><title>a & b</title><link>https://x.y/z</link><description><![CDATA[<p>x</p>]]></description></item>",
        b"{\"url\": \"https://a.b/c\", \"text\": \"The ferry left.\", \"date\": \"2021-03-04\"}\n{\"html\": \"<p>x\"}",
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\ntrailer << /Root 1 0 R >>",
        "Дата: 24.01.2020 ㈱ 2020年1月24日 \u{200B}\u{AD} İ ſ ‘’“”".as_bytes(),
    ];

    /// Inputs on which a reader once panicked or took very long, each named `FORM-…`.
    #[test]
    fn inputs_that_once_did_harm_do_none_now() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/damaged");
        let mut n = 0;
        for entry in std::fs::read_dir(folder).expect("the folder of damaged inputs") {
            let path = entry.expect("an entry").path();
            let input = std::fs::read(&path).expect("a file");
            let name = path.file_name().and_then(|n| n.to_str()).expect("a name");
            match name.split('-').next() {
                Some("worker") => worker(&input),
                Some(name) if format::FORMATS.iter().any(|f| f.name == name) => form(name, &input),
                _ => {}
            }
            any(&input);
            n += 1;
        }
        assert!(n > 0, "damaged inputs are there");
    }

    #[test]
    fn damaged_inputs_make_no_reader_panic() {
        let mut state = 0x9E37_79B9_7F4A_7C15;
        for seed in SEEDS {
            for _ in 0..12 {
                let mut input = seed.to_vec();
                for _ in 0..next(&mut state) % 6 {
                    let at = next(&mut state) as usize % input.len();
                    match next(&mut state) % 4 {
                        0 => input[at] = next(&mut state) as u8,
                        1 => input.truncate(at.max(1)),
                        2 => input.insert(at, b"<>&(\"\0\xFF\xE2"[next(&mut state) as usize % 8]),
                        _ => input.extend_from_within(at / 2..at),
                    }
                }
                any(&input);
                format::FORMATS.iter().for_each(|f| form(f.name, &input));
                worker(&input);
            }
        }
    }
}
