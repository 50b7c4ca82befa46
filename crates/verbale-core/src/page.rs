//! What was captured, before anything was understood.

use jiff::Timestamp;

use crate::{Digest, PageId};

/// The original bytes of one page with their custody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The bytes as captured; never changed.
    pub bytes: Vec<u8>,
    /// What the bytes are, by content, not by name: `text/html`, `text/plain`, …
    pub media_type: String,
    /// Where the bytes came from.
    pub origin: PageOrigin,
}

/// Where a page's bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageOrigin {
    /// The path that was given or found below a given folder, `-` for standard input.
    pub path: String,
    /// The address of the capture, where an archive or the page's own markup states it.
    pub address: Option<String>,
    /// The archives this page was taken out of, outermost first (`dump.zip`, `mail.mbox`).
    pub containers: Vec<String>,
    /// When the page was captured, where the archive says so.
    pub captured: Option<Timestamp>,
}

impl Page {
    /// The page's identity.
    pub fn id(&self) -> PageId {
        PageId::of(&self.bytes)
    }

    /// The SHA-256 digest of the bytes.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}
