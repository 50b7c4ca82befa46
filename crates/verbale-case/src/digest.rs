//! Digests of length-prefixed parts.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

/// SHA-256 over the parts, each after its length, so that no two lists of parts have one digest.
pub(crate) fn of(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// An id: prefix, underscore, and the first 16 bytes of the digest in lower-case base32.
pub(crate) fn id(prefix: &str, parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|p| p.as_bytes()).collect();
    let code = BASE32_NOPAD.encode(&of(&parts)[..16]).to_ascii_lowercase();
    format!("{prefix}_{code}")
}
