//! Mailboxes: mails one after another, parted by `From ` lines.

use std::{
    io::{BufRead, Read},
    ops::ControlFlow,
};

use super::{Format, Reader, mail};
use crate::unpack::{Member, Unpack};

/// RFC 4155 and its older relatives.
pub(crate) const FORMAT: Format = Format {
    name: "mbox",
    media_type: "application/mbox",
    sniff: is_mbox,
    reader: Reader::Stream(read),
};

fn is_mbox(head: &[u8]) -> bool {
    let end = head.iter().position(|&b| b == b'\n').unwrap_or(0);
    let line = &head[..end];
    line.starts_with(b"From ")
        && line.iter().filter(|&&b| b == b':').count() >= 1
        && line.iter().any(u8::is_ascii_digit)
        && mail::has_headers(&head[end + 1..])
}

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let max = unpack.limits.page_bytes;
    let mut mail: Vec<u8> = Vec::new();
    let (mut n, mut after_blank, mut is_cut) = (0, true, false);
    loop {
        let mut line = Vec::new();
        let len = match (&mut *input).take(max as u64).read_until(b'\n', &mut line) {
            Ok(len) => len,
            Err(e) => {
                unpack.damaged("the mailbox", &e);
                0
            }
        };
        let starts_mail = after_blank && line.starts_with(b"From ");
        if (starts_mail || len == 0) && !mail.is_empty() {
            n += 1;
            let bytes = std::mem::take(&mut mail);
            if std::mem::take(&mut is_cut) {
                unpack.remark(
                    verbale_core::diagnostic::R004_LIMIT,
                    format!("mail {n} was cut after `{max}` bytes"),
                );
            }
            unpack.member(Member {
                bytes,
                name: format!("mail {n}"),
                media_type: Some(mail::FORMAT.media_type),
                ..Member::default()
            })?;
        }
        if len == 0 {
            return ControlFlow::Continue(());
        }
        after_blank = line.iter().all(u8::is_ascii_whitespace);
        if starts_mail {
            continue;
        }
        is_cut |= mail.len() + line.len() > max;
        if is_cut {
            continue;
        }
        // `>From ` at the start of a line was `From ` before it was put into the mailbox.
        let quoted = line.iter().take_while(|&&b| b == b'>').count();
        let skip = usize::from(quoted > 0 && line[quoted..].starts_with(b"From "));
        mail.extend_from_slice(&line[skip..]);
    }
}
