//! Tape archives.

use std::{
    io::{BufRead, Read},
    ops::ControlFlow,
};

use super::{Format, Reader};
use crate::unpack::{Member, Unpack};

/// POSIX `ustar`, GNU and old archives.
pub(crate) const FORMAT: Format = Format {
    name: "tar",
    media_type: "application/x-tar",
    sniff: |head| head.get(257..262) == Some(b"ustar"),
    reader: Reader::Stream(read),
};

fn read(mut input: &mut dyn BufRead, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let mut archive = ::tar::Archive::new(&mut input as &mut dyn Read);
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
