//! The forms in which pages and containers of pages come.
//!
//! [`FORMATS`] is the only registration: it drives detection, reading, the tests and the docs. A new form
//! is one file here and one line there.

pub(crate) mod html;
pub(crate) mod plain;

mod docx;
mod feed;
mod flowed;
mod gzip;
mod jsonl;
mod mail;
mod mbox;
mod odt;
mod pdf;
mod tar;
mod text;
mod warc;
mod xml;
mod zip;

use std::{
    io::{BufRead, Read, Seek},
    ops::ControlFlow,
};

use verbale_core::{Outcome, Page};

use crate::{draft::Draft, limits::Limits, unpack::Unpack};

/// One form, with how it is told and how it is read.
#[derive(Debug)]
pub(crate) struct Format {
    /// Its name in messages and docs.
    pub(crate) name: &'static str,
    /// The media type that its pages carry.
    pub(crate) media_type: &'static str,
    /// Whether an input starts like this form.
    pub(crate) sniff: fn(&[u8]) -> bool,
    /// How it is read.
    pub(crate) reader: Reader,
}

/// How a form is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader {
    /// It is one page.
    Page(fn(&Page, &Limits) -> Draft),
    /// It is one page, and others are attached to it.
    Carrier(
        fn(&Page, &Limits) -> Draft,
        fn(&Page, &Limits) -> Outcome<Vec<Attachment>>,
    ),
    /// It holds pages one after another.
    Stream(fn(&mut dyn BufRead, &mut Unpack<'_>) -> ControlFlow<()>),
    /// It holds pages that its own table of contents finds.
    Archive(fn(&mut dyn Input, &mut Unpack<'_>) -> ControlFlow<()>),
}

/// What is attached to a page, a page or a container itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its name in the mail, or its number.
    pub name: String,
    /// The encoding of its text, where the mail's parser has decoded it.
    pub charset: Option<String>,
}

/// What an archive can be read from.
pub trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// Every form, in the order in which an input is tried against them.
pub(crate) const FORMATS: &[&Format] = &[
    &pdf::FORMAT,
    &docx::FORMAT,
    &odt::FORMAT,
    &zip::FORMAT,
    &gzip::FORMAT,
    &warc::FORMAT,
    &tar::FORMAT,
    &mbox::FORMAT,
    &mail::MHTML,
    &mail::FORMAT,
    &feed::FORMAT,
    &feed::ENTRY,
    &jsonl::FORMAT,
    &jsonl::LINE,
    &text::HTML,
    &text::PLAIN,
];

/// How many bytes of an input decide about its form.
pub(crate) const SNIFF_BYTES: usize = 8192;

/// The form of an input from its first bytes; `None` where no reader knows it.
pub(crate) fn sniff(head: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|f| (f.sniff)(head))
}

/// The form of a page from its media type; parameters such as `charset` are ignored.
pub(crate) fn of_media_type(media_type: &str) -> Option<&'static Format> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    FORMATS.iter().copied().find(|f| f.media_type == essence)
}

/// Whether pages of this media type may have others attached to them.
pub(crate) fn is_carrier(media_type: &str) -> bool {
    let reader = of_media_type(media_type).map(|f| f.reader);
    matches!(reader, Some(Reader::Carrier(..)))
}

/// The head as text in which every byte is a character in lower case and zero bytes of UTF-16 are left out.
fn latin(head: &[u8]) -> String {
    head.iter()
        .filter(|&&b| b != 0)
        .map(|&b| char::from(b).to_ascii_lowercase())
        .collect()
}

/// The head without blanks and marks in front of it.
fn trimmed(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{EF}' | '\u{BB}' | '\u{BF}' | '\u{FE}' | '\u{FF}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_media_types_are_unique() {
        for (i, a) in FORMATS.iter().enumerate() {
            assert!(
                FORMATS[i + 1..]
                    .iter()
                    .all(|b| a.name != b.name && a.media_type != b.media_type),
                "{}",
                a.name
            );
        }
    }

    #[test]
    fn forms_are_told_by_content() {
        let name = |head: &[u8]| sniff(head).map(|f| f.name);
        assert_eq!(name(b"  <!DOCTYPE html><p>x"), Some("html"));
        assert_eq!(name(b"\xEF\xBB\xBF<html lang=en>"), Some("html"));
        assert_eq!(name(b"A ferry left. <b>Why?</b>"), Some("text"));
        assert_eq!(name(b"# Head\n\nText."), Some("text"));
        assert_eq!(name(b"%PDF-1.7\n"), Some("pdf"));
        assert_eq!(name(b"\x1f\x8b\x08\0"), Some("gzip"));
        assert_eq!(name(b"WARC/1.0\r\nWARC-Type: response\r\n"), Some("warc"));
        assert_eq!(
            name(b"From ana@example.org Mon Mar  1 10:00:00 2021\nFrom: a\nTo: b\n"),
            Some("mbox")
        );
        assert_eq!(
            name(b"From: a@example.org\r\nTo: b\r\nSubject: c\r\n\r\nText"),
            Some("mail")
        );
        assert_eq!(
            name(b"From: the harbor office\n\nThe ferry left."),
            Some("text")
        );
        assert_eq!(
            name(b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\">"),
            Some("feed")
        );
        assert_eq!(name(b"{\"url\": \"x\", \"text\": \"y\"}\n"), Some("jsonl"));
        assert_eq!(name(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\x02\0\x3e\0"), None);
        assert_eq!(name(b""), None);
        let wide: Vec<u8> = "A ferry left port."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(name(&wide), Some("text"));
    }
}
