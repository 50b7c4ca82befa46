//! Tape archives.

use std::{cell::Cell, io::BufRead, ops::ControlFlow};

use super::{Format, Reader};
use crate::unpack::{Member, Rationed, Unpack};

/// POSIX `ustar`, GNU and old archives.
pub(crate) const FORMAT: Format = Format {
    name: "tar",
    media_type: "application/x-tar",
    sniff: |head| head.get(257..262) == Some(b"ustar"),
    reader: Reader::Stream(read),
};

fn read(input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    // Long names and attributes come before their member and are held in memory.
    let left = Cell::new(unpack.limits.header_bytes);
    let mut archive = ::tar::Archive::new(Rationed::new(input, &left));
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(e) => {
            unpack.damaged("the archive", &e);
            return ControlFlow::Continue(());
        }
    };
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                unpack.damaged("the archive", &e);
                break;
            }
        };
        // The member itself, to its end, and what is said of the next. Of a file with holes the archive holds
        // less than its size.
        let n_bytes = match entry.header().entry_type().is_gnu_sparse() {
            true => entry.header().entry_size().unwrap_or(0),
            false => entry.size(),
        };
        left.set(n_bytes.saturating_add(unpack.limits.header_bytes));
        // Links and devices have no content of their own.
        if !entry.header().entry_type().is_file() || entry.header().size().is_ok_and(|n| n == 0) {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let bytes = unpack.read_page(&mut entry, "a member");
        unpack.member(Member {
            bytes,
            name,
            ..Member::default()
        })?;
    }
    ControlFlow::Continue(())
}
