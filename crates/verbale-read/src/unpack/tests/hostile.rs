//! Containers that lie about themselves or have no end.

use super::*;

/// A tape archive's header of the old GNU kind.
fn tar_header(kind: ::tar::EntryType, name: &str, size: u64) -> Vec<u8> {
    let mut header = ::tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_path(name).expect("a short name");
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

#[test]
fn a_tape_archive_with_a_huge_name_is_not_read_on() {
    let limits = Limits {
        header_bytes: 64 << 10,
        ..Limits::default()
    };
    let archive = |n_name: usize| {
        let story = tar(&[("a.txt", STORY.as_bytes())]);
        let name = tar_header(::tar::EntryType::GNULongName, "x", n_name as u64);
        let before = &story[..1024];
        [before, &name, &vec![b'n'; n_name], &story].concat()
    };
    let (pages, diagnostics) = unpack(archive(1024), &limits);
    assert_eq!((pages.len(), diagnostics.len()), (2, 0), "{diagnostics:?}");
    assert_eq!(pages[1].origin.path.len(), 1024);
    let (pages, diagnostics) = unpack(archive(1 << 20), &limits);
    assert_eq!((pages.len(), diagnostics.len()), (1, 1));
    assert_eq!(diagnostics[0].code, diagnostic::R006_UNREADABLE);
}

#[test]
fn a_tape_archive_that_lies_about_sizes_gives_what_is_there() {
    let lying = tar_header(::tar::EntryType::Regular, "b.txt", 7 << 30);
    let archive = [tar(&[("a.txt", STORY.as_bytes())])[..1024].to_vec(), lying].concat();
    let (pages, diagnostics) = unpack([&archive, STORY.as_bytes()].concat(), &Limits::default());
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[1].bytes, STORY.as_bytes());
    assert_eq!(diagnostics[0].code, diagnostic::R006_UNREADABLE);
    // A size that no stream can have.
    let absurd = tar_header(::tar::EntryType::Regular, "b.txt", u64::MAX - 100);
    let (pages, diagnostics) = unpack([absurd, archive].concat(), &Limits::default());
    assert!(pages.is_empty() && diagnostics[0].code == diagnostic::R006_UNREADABLE);
}

#[test]
fn lines_and_mails_without_end_are_cut() {
    let limits = Limits {
        page_bytes: 64 << 10,
        ..Limits::default()
    };
    let from = "From ana@example.org Mon Mar  1 10:00:00 2021\n";
    let endless = "word ".repeat(1 << 20);
    for container in [
        format!("{MAIL}{endless}"),
        format!("{from}{MAIL}{endless}\n\nend\n\n{from}{MAIL}"),
    ] {
        let (pages, diagnostics) = unpack(container.into_bytes(), &limits);
        assert!(pages[0].bytes.len() <= limits.page_bytes && !pages[0].bytes.ends_with(b"end\n"));
        assert_eq!(diagnostics[0].code, diagnostic::R004_LIMIT);
        assert!(pages.iter().skip(1).all(|p| p.bytes == MAIL.as_bytes()));
    }
    let lines = format!("{{\"text\":\"{endless}\"}}\n{{\"text\":\"The ferry left.\"}}\n");
    let (pages, diagnostics) = unpack(lines.into_bytes(), &limits);
    assert_eq!(
        (pages.len(), diagnostics[0].code),
        (1, diagnostic::R004_LIMIT)
    );
}

#[test]
fn mails_of_ten_thousand_parts_and_a_hundred_thousand_headers() {
    let head = "From: a@example.org\nTo: b@example.org\nSubject: Ferry\nMIME-Version: 1.0\n";
    let headers = "X-Filler: x\n".repeat(100_000);
    let flat =
        "--b\nContent-Disposition: attachment; filename=a.txt\n\nThe ferry left.\n".repeat(10_000);
    let nested: String = (0..10_000)
        .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"))
        .collect();
    let limits = Limits::default();
    let read = |mail: String| {
        let (pages, diagnostics) = unpack(mail.into_bytes(), &limits);
        let text = crate::document(&pages[0], &limits).value.text().to_owned();
        (pages.len(), text, diagnostics)
    };
    let (n, text, _) = read(format!("{head}{headers}\nThe ferry left.\n"));
    assert_eq!((n, text.trim()), (1, "The ferry left."));
    let mixed = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe ferry left.\n";
    let (n, text, diagnostics) = read(format!("{head}{mixed}{flat}--b--\n"));
    assert_eq!(
        (n, text.trim()),
        (1 + limits.attachments, "The ferry left.")
    );
    assert_eq!(diagnostics[0].code, diagnostic::R004_LIMIT);
    // No part ends, so that the parser takes the innermost for something attached.
    let (n, _, diagnostics) = read(format!("{head}{nested}\nThe ferry left.\n"));
    assert_eq!((n, diagnostics.len()), (2, 0));
}

/// An input whose reader fails where it ends.
struct Fault(Cursor<Vec<u8>>);

impl Read for Fault {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buf)?;
        assert!(n > 0 || self.0.position() < SNIFF_BYTES as u64, "a fault");
        Ok(n)
    }
}

impl Seek for Fault {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_container_that_makes_its_parser_fail_keeps_the_pages_before() {
    let from = "From ana@example.org Mon Mar  1 10:00:00 2021\n";
    let filler = "word ".repeat(SNIFF_BYTES);
    let mails = format!("{from}{MAIL}\n{from}{MAIL}{filler}");
    let mut n = 0;
    let mut input = Fault(Cursor::new(mails.into_bytes()));
    let said = each_page(&mut input, &mut |_| {
        n += 1;
        ControlFlow::Continue(())
    });
    assert_eq!((n, said[0].code), (1, diagnostic::R006_UNREADABLE));
}

#[test]
fn a_sink_that_fails_is_no_fault_of_the_input() {
    let unpacked = std::panic::catch_unwind(|| {
        let mut input = Cursor::new(STORY.as_bytes().to_vec());
        each_page(&mut input, &mut |_| panic!("the sink's own"))
    });
    // It reaches the caller as it was, and is no remark on the page.
    let payload = unpacked.err().unwrap();
    assert_eq!(payload.downcast_ref(), Some(&"the sink's own"));
}

#[test]
fn an_archive_with_a_huge_table_of_contents_is_not_opened() {
    let names: Vec<String> = (0..100).map(|i| format!("{i}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"a b"[..])).collect();
    let archive = zip(&members);
    let limits = |directory_bytes| Limits {
        directory_bytes,
        ..Limits::default()
    };
    assert_eq!(unpack(archive.clone(), &limits(64 << 10)).0.len(), 100);
    let (pages, diagnostics) = unpack(archive, &limits(2 << 10));
    assert!(pages.is_empty());
    assert_eq!(diagnostics[0].code, diagnostic::R006_UNREADABLE);
}
