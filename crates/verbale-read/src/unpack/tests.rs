//! Containers made in memory, taken apart again.

use std::io::{Seek, Write};

use super::*;

mod hostile;

const STORY: &str = "Ferry Back in Port\n\nThe ferry came back to port on Monday, the harbor office said in a statement.\n";
const MAIL: &str = "From: Ana Brandt <ana@example.org>\r\nTo: desk@example.org\r\nSubject: =?utf-8?q?F=C3=A4hre?= is late\r\nDate: Thu, 4 Mar 2021 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe ferry will not leave before Monday, the owners said on Thursday.\r\n";

fn unpack(bytes: Vec<u8>, limits: &Limits) -> (Vec<Page>, Vec<Diagnostic>) {
    let origin = PageOrigin {
        path: "input".into(),
        ..PageOrigin::default()
    };
    let outcome = crate::pages(bytes, origin, limits);
    (outcome.value, outcome.diagnostics)
}

fn nothing_attached(_: &Page) -> Outcome<Vec<Attachment>> {
    Outcome::clean(Vec::new())
}

fn each_page(
    input: &mut dyn Input,
    sink: &mut dyn FnMut(Page) -> ControlFlow<()>,
) -> Vec<Diagnostic> {
    let origin = PageOrigin::default();
    crate::each_page(
        input,
        origin,
        &Limits::default(),
        &mut nothing_attached,
        sink,
    )
}

fn check(bytes: Vec<u8>, expected: &[(&str, &str)]) -> Vec<Page> {
    let (pages, diagnostics) = unpack(bytes, &Limits::default());
    let got: Vec<(&str, &str)> = pages
        .iter()
        .map(|p| (p.origin.path.as_str(), p.media_type.as_str()))
        .collect();
    assert_eq!(got, expected, "{diagnostics:?}");
    pages
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("memory can be written");
    out.finish().expect("memory can be written")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("a fresh name");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive
        .finish()
        .expect("memory can be written")
        .into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        // The crate refuses to write such names; archives of others hold them.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive
            .append(&header, *bytes)
            .expect("memory can be written");
    }
    archive.into_inner().expect("memory can be written")
}

fn warc_record(kind: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.lissepost.org/2021/03/04/ferry\r\nWARC-Date: 2024-06-09T08:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    [
        format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(),
        body,
    ]
    .concat()
}

#[test]
fn a_plain_page_is_one_page() {
    let pages = check(STORY.into(), &[("input", "text/plain")]);
    assert_eq!(pages[0].bytes, STORY.as_bytes());
    check(b"<!doctype html><p>x".to_vec(), &[("input", "text/html")]);
}

#[test]
fn archives_inside_archives() {
    let inner = zip(&[("a.txt", STORY.as_bytes()), ("__MACOSX/a.txt", b"x")]);
    let outer = tar(&[("../../etc/inner.zip", &inner), ("b.html", b"<html><p>b")]);
    let pages = check(
        gzip(&outer),
        &[("a.txt", "text/plain"), ("b.html", "text/html")],
    );
    assert_eq!(pages[0].origin.containers, ["input", "../../etc/inner.zip"]);
}

#[test]
fn mailboxes_and_mails() {
    let mbox = format!(
        "From ana@example.org Thu Mar  4 10:00:00 2021\n{MAIL}\nFrom ana@example.org Thu Mar  4 11:00:00 2021\n{MAIL}>From here on\n"
    );
    let pages = check(
        mbox.into(),
        &[("mail 1", "message/rfc822"), ("mail 2", "message/rfc822")],
    );
    let document = crate::document(&pages[1], &Limits::default()).value;
    assert_eq!(document.metadata.title.as_deref(), Some("Fähre is late"));
    assert_eq!(document.metadata.authors, ["Ana Brandt"]);
    assert_eq!(
        document
            .metadata
            .published
            .as_ref()
            .map(|p| p.date.to_string())
            .as_deref(),
        Some("2021-03-04")
    );
    assert!(document.text().contains("\nFrom here on"));
}

#[test]
fn what_is_attached_to_a_mail_is_a_page_of_its_own() {
    let part = |head: &str, body: &str| format!("--b\r\n{head}\r\n\r\n{body}\r\n");
    let mail = [
        "From: Ana Brandt <ana@example.org>\r\nSubject: Papers\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".to_owned(),
        part("Content-Type: text/plain; format=flowed", "The papers on \r\nthe ferry."),
        part("Content-Type: text/html\r\nContent-Disposition: attachment; filename=\"ferry.html\"", "<html><p>The ferry left.</p></html>"),
        part("Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64", "iVBORw0KGgo="),
        part("Content-Type: message/rfc822", MAIL),
        "--b--\r\n".to_owned(),
    ]
    .concat();
    let pages = check(
        mail.into(),
        &[
            ("input", "message/rfc822"),
            ("ferry.html", "text/html; charset=utf-8"),
            ("attachment 2", "message/rfc822"),
        ],
    );
    assert!(pages[1..].iter().all(|p| p.origin.containers == ["input"]));
    let document = |i: usize| crate::document(&pages[i], &Limits::default()).value;
    assert_eq!(document(0).text().trim_end(), "The papers on the ferry.");
    let forwarded = document(2);
    assert_eq!(forwarded.metadata.title.as_deref(), Some("Fähre is late"));
    assert!(!forwarded.text().contains("--b"));
}

#[test]
fn a_page_saved_as_a_mail_is_not_dated_by_its_capture() {
    let page = "From: <Saved by Some Browser>\r\nSnapshot-Content-Location: https://www.lissepost.org/ferry\r\nSubject: Ferry\r\nDate: Sun, 9 Jun 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><h1>Ferry back in port</h1><p>The ferry came back to port on Monday, the harbor office said in a state=\r\nment.</p></html>\r\n--b--\r\n";
    let pages = check(page.into(), &[("input", "multipart/related")]);
    let document = crate::document(&pages[0], &Limits::default()).value;
    assert!(document.text().contains("said in a statement."));
    assert_eq!(document.metadata.published, None);
    assert_eq!(document.metadata.publisher.as_deref(), Some("Lisse Post"));
}

#[test]
fn crawls_with_every_encoding_of_a_body() {
    let html = b"<!doctype html><html><h1>Ferry</h1><p>The ferry left.</p></html>";
    let chunked = [
        b"1e\r\n".as_slice(),
        &html[..30],
        b"\r\n",
        format!("{:x}\r\n", html.len() - 30).as_bytes(),
        &html[30..],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let warc = [
        warc_record("warcinfo", "application/warc-fields", b"software: x"),
        warc_record(
            "response",
            "application/http; msgtype=response",
            &response("Content-Type: text/html; charset=KOI8-R", html),
        ),
        warc_record(
            "response",
            "application/http",
            &response("Transfer-Encoding: chunked", &chunked),
        ),
        warc_record(
            "response",
            "application/http",
            &response("Content-Encoding: gzip", &gzip(html)),
        ),
        warc_record(
            "response",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\n\r\nnothing",
        ),
        warc_record("conversion", "text/plain", STORY.as_bytes()),
    ]
    .concat();
    let expected = [
        ("record 2", "text/html; charset=koi8-r"),
        ("record 3", "text/html"),
        ("record 4", "text/html"),
        ("record 6", "text/plain"),
    ];
    let pages = check(warc.clone(), &expected);
    assert!(pages[..3].iter().all(|p| p.bytes == html));
    assert_eq!(
        pages[0].origin.address.as_deref(),
        Some("https://www.lissepost.org/2021/03/04/ferry")
    );
    assert_eq!(
        pages[0].origin.captured.map(|t| t.to_string()).as_deref(),
        Some("2024-06-09T08:00:00Z")
    );
    check(gzip(&warc), &expected);
    let wacz = zip(&[
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{\"url\": \"x\", \"text\": \"y\"}"),
        ("archive/data.warc.gz", &gzip(&warc)),
    ]);
    check(wacz, &expected);
    let (pages, diagnostics) = unpack(warc[..warc.len() - 60].to_vec(), &Limits::default());
    assert_eq!(pages.len(), 4);
    assert!(
        diagnostics.iter().any(|d| d.code.code == "R006"),
        "a cut record is said: {diagnostics:?}"
    );
}

#[test]
fn feeds_survive_a_stray_ampersand_and_a_cut_end() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lisse Post</title>\
        <item><title>Ferry & crew back</title><link>https://www.lissepost.org/1</link><pubDate>Thu, 04 Mar 2021 10:00:00 MSK</pubDate>\
        <source url=\"https://example.org\">Orn News</source><dc:creator>Ana Brandt</dc:creator>\
        <content:encoded><![CDATA[<p>The ferry came back to port on Monday.</p><p>It had left in May.</p>]]></content:encoded></item>\
        <item><title>Second</title><description>&lt;p&gt;The second ferry is lost at";
    let pages = check(
        feed.into(),
        &[
            ("entry 1", "application/vnd.verbale.entry+xml"),
            ("entry 2", "application/vnd.verbale.entry+xml"),
        ],
    );
    let document = crate::document(&pages[0], &Limits::default()).value;
    let m = &document.metadata;
    assert_eq!(m.title.as_deref(), Some("Ferry & crew back"));
    assert_eq!(
        (m.publisher.as_deref(), m.authors.as_slice()),
        (Some("Orn News"), ["Ana Brandt".to_owned()].as_slice())
    );
    assert_eq!(
        m.published
            .as_ref()
            .map(|p| (p.date.to_string(), p.rule.clone())),
        Some(("2021-03-04".into(), "feed".into()))
    );
    assert_eq!(
        document.text(),
        "The ferry came back to port on Monday.\n\nIt had left in May."
    );
    assert!(
        crate::document(&pages[1], &Limits::default())
            .value
            .text()
            .starts_with("The second ferry")
    );
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>P</title><entry><title>T</title><author><name>Bo Lind</name></author><link href=\"https://x.org/1\"/><published>2021-03-04T00:00:00Z</published><content type=\"xhtml\"><div><p>Words here.</p></div></content></entry></feed>";
    let pages = check(
        atom.into(),
        &[("entry 1", "application/vnd.verbale.entry+xml")],
    );
    let m = crate::document(&pages[0], &Limits::default())
        .value
        .metadata;
    assert_eq!(
        (m.authors.as_slice(), m.publisher.as_deref()),
        (["Bo Lind".to_owned()].as_slice(), Some("P"))
    );
}

#[test]
fn json_lines_with_text_or_markup() {
    let lines = "{\"url\": \"https://www.lissepost.org/1\", \"date\": \"2021-03-04\", \"title\": \"T\", \"text\": \"The ferry left port on Monday.\"}\n\
        {\"url\": \"x\", \"html\": \"<p>Markup of a page.</p>\"}\nno json\n{\"url\": \"y\"}\n";
    let pages = check(
        lines.into(),
        &[
            ("line 1", "application/json"),
            ("line 2", "application/json"),
        ],
    );
    let document = crate::document(&pages[0], &Limits::default()).value;
    assert_eq!(
        document
            .metadata
            .published
            .as_ref()
            .map(|p| (p.date.to_string(), p.rule.clone())),
        Some(("2021-03-04".into(), "field".into()))
    );
    assert_eq!(document.metadata.publisher.as_deref(), Some("Lisse Post"));
}

#[test]
fn bombs_and_endless_nesting_stop_at_the_limits() {
    let limits = Limits {
        page_bytes: 1 << 20,
        container_depth: 3,
        ..Limits::default()
    };
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let (pages, diagnostics) = unpack(bomb.clone(), &limits);
    assert!(pages.is_empty() && !diagnostics.is_empty());
    let bomb = gzip(&[b"word ".repeat(8 << 20)].concat());
    let (pages, diagnostics) = unpack(bomb, &limits);
    assert_eq!(pages[0].bytes.len(), 1 << 20);
    assert!(diagnostics.iter().any(|d| d.code.code == "R004"));
    let mut nested = zip(&[("a.txt", STORY.as_bytes())]);
    for _ in 0..8 {
        nested = zip(&[("inner.zip", &nested)]);
    }
    let (pages, diagnostics) = unpack(nested, &limits);
    assert!(
        pages.is_empty() && diagnostics.iter().any(|d| d.code.code == "R004"),
        "{diagnostics:?}"
    );
}

#[test]
fn a_sink_that_breaks_gets_no_more_pages() {
    let many = zip(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes())]);
    let mut n = 0;
    each_page(&mut Cursor::new(many), &mut |_| {
        n += 1;
        ControlFlow::Break(())
    });
    assert_eq!(n, 1);
}

#[test]
fn what_no_reader_knows_is_said_and_skipped() {
    for (bytes, code) in [
        (&b""[..], "R001"),
        (b"  \n", "R001"),
        (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0", "R002"),
        (b"PK\x03\x04cut", "R006"),
    ] {
        let (pages, diagnostics) = unpack(bytes.to_vec(), &Limits::default());
        assert!(pages.is_empty());
        assert_eq!(diagnostics[0].code.code, code);
    }
}

#[test]
fn attachments_that_cannot_be_found_cost_only_themselves() {
    let mut attached = |_: &Page| Outcome {
        value: Vec::new(),
        diagnostics: vec![Diagnostic::new(diagnostic::R006_UNREADABLE, "a fault")],
    };
    let mut n = 0;
    let said = crate::each_page(
        &mut Cursor::new(MAIL),
        PageOrigin::default(),
        &Limits::default(),
        &mut attached,
        &mut |_| {
            n += 1;
            ControlFlow::Continue(())
        },
    );
    assert_eq!((n, said[0].message.as_str()), (1, "a fault"));
}
