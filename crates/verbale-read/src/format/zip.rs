//! ZIP archives, and crawls packed as WACZ.

use std::{cell::Cell, io::Read, ops::ControlFlow};

use ::zip::ZipArchive;

use super::{Format, Input, Reader};
use crate::{
    encoding::{self, Hints},
    unpack::{Guarded, Member, Rationed, Unpack},
};

/// PKWARE's format; a WACZ is one with `archive/*.warc.gz` in it.
pub(crate) const FORMAT: Format = Format {
    name: "zip",
    media_type: "application/zip",
    sniff: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    reader: Reader::Archive(read),
};

fn read(input: &mut dyn Input, unpack: &mut Unpack<'_>) -> ControlFlow<()> {
    let left = Cell::new(unpack.limits.directory_bytes);
    let mut archive = match ZipArchive::new(Rationed::new(input, &left)) {
        Ok(archive) => archive,
        Err(e) => {
            unpack.damaged("the archive", &e);
            return ControlFlow::Continue(());
        }
    };
    left.set(u64::MAX);
    let holds = |test: &dyn Fn(&str) -> bool| archive.file_names().flatten().any(|n| test(&n));
    let is_wacz = holds(&|n| n == "datapackage.json") && holds(&|n| n.starts_with("archive/"));
    for i in 0..archive.len() {
        let mut member = match archive.by_index(i) {
            Ok(member) => member,
            Err(e) => {
                unpack.damaged("a member", &e);
                continue;
            }
        };
        let name = name(member.name_raw());
        // The other members of a WACZ are indexes of the same pages.
        if member.is_dir()
            || member.size() == 0
            || is_wacz && !name.starts_with("archive/")
            || is_clutter(&name)
        {
            continue;
        }
        let compressed = Cell::new(member.compressed_size());
        let expansion = unpack.limits.expansion;
        let mut content = Guarded::new(&mut member, &compressed, expansion);
        if is_wacz {
            // Crawls are larger than pages and are read as they come.
            unpack.nested(name, &mut content)?;
        } else {
            let bytes = unpack.read_page(&mut content, "a member");
            unpack.member(Member {
                bytes,
                name,
                ..Member::default()
            })?;
        }
    }
    ControlFlow::Continue(())
}

/// Names without the UTF-8 flag are in whatever encoding the archive's maker had.
fn name(raw: &[u8]) -> String {
    encoding::decode(raw, Hints::default()).text
}

/// What programs leave in archives beside the files.
fn is_clutter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// The content of a named member of an office document, at most `max` bytes of it.
pub(super) fn member_of(bytes: &[u8], name: &str, max: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let member = archive.by_name(name).ok()?;
    let mut content = Vec::new();
    member.take(max as u64).read_to_end(&mut content).ok()?;
    Some(content)
}

/// Whether the head of a ZIP shows that it holds a member of this name among the first.
pub(super) fn names_member(head: &[u8], name: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") && head.windows(name.len()).any(|w| w == name)
}
