//! Stable identities: digests of length-prefixed parts, shown in base32.

use std::{collections::HashMap, fmt, str::FromStr};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::ClaimKind;

/// A SHA-256 digest of bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{self}")
    }
}

/// An id that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form `{prefix}_…`: `{given}`")]
pub struct ParseIdError {
    prefix: &'static str,
    given: String,
}

/// Defines a 16-byte id that prints as a prefix and 26 characters of lower-case base32 (RFC 4648).
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The letters before the underscore.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let code = BASE32_NOPAD.encode(&self.0).to_ascii_lowercase();
                f.pad(&format!(concat!($prefix, "_{}"), code))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.strip_prefix(concat!($prefix, "_"))
                    .and_then(|code| BASE32_NOPAD.decode(code.to_ascii_uppercase().as_bytes()).ok())
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or_else(|| ParseIdError { prefix: $prefix, given: s.to_owned() })
            }
        }
    };
}

id_type! {
    /// Identity of a page: the digest of its bytes, so the same bytes are the same page wherever they lie.
    PageId, "page"
}
id_type! {
    /// Identity of a claim: page, kind, normalised quote, number of its occurrence. Extracted values are
    /// not in it, so a better reader changes a value without moving the id.
    ClaimId, "clm"
}

impl PageId {
    /// The id of the page with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(short(Digest::of(bytes)))
    }
}

impl ClaimId {
    /// The id of the claim of `kind` that is the `occurrence`-th (from 0) on its page with these words.
    pub fn new(page: PageId, kind: ClaimKind, quote: &str, occurrence: u32) -> Self {
        Self::of_normalised(page, kind, &normalised_quote(quote), occurrence)
    }

    fn of_normalised(page: PageId, kind: ClaimKind, quote: &str, occurrence: u32) -> Self {
        let mut hash = Sha256::new();
        for part in [&page.0[..], kind.as_str().as_bytes(), quote.as_bytes()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.update(occurrence.to_le_bytes());
        Self(short(Digest(hash.finalize().into())))
    }
}

/// Hands out [`ClaimId`]s for one page, counting the occurrences of equal words.
///
/// Claims must be asked for in the order of their evidence, or ids depend on the order of extraction.
#[derive(Debug, Default)]
pub struct ClaimIds {
    seen: HashMap<(ClaimKind, String), u32>,
}

impl ClaimIds {
    /// The next id for `quote` on `page`.
    pub fn next(&mut self, page: PageId, kind: ClaimKind, quote: &str) -> ClaimId {
        let quote = normalised_quote(quote);
        let n = self.seen.get(&(kind, quote.clone())).copied().unwrap_or(0);
        let id = ClaimId::of_normalised(page, kind, &quote, n);
        self.seen.insert((kind, quote), n + 1);
        id
    }
}

/// NFKC, straight quotes, lower case, single blanks: what does not change a quote's identity.
fn normalised_quote(quote: &str) -> String {
    let folded: String = quote
        .nfkc()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            c => c,
        })
        .collect::<String>()
        .to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn short(digest: Digest) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&digest.0[..16]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_and_parse() {
        let page = PageId::of(b"abc");
        assert_eq!(page.to_string().parse::<PageId>(), Ok(page));
        assert_eq!(page.to_string().len(), "page_".len() + 26);
        assert!("clm_x".parse::<ClaimId>().is_err());
        assert!(page.to_string().parse::<ClaimId>().is_err());
    }

    #[test]
    fn blanks_quotes_and_case_do_not_move_an_id() {
        let page = PageId::of(b"abc");
        let id = |q| ClaimId::new(page, ClaimKind::Figure, q, 0);
        assert_eq!(id("the  “Bridge”\nopens"), id("The \"bridge\" opens"));
        assert_ne!(id("the bridge opens"), id("the bridge opened"));
    }

    #[test]
    fn equal_words_are_told_apart_by_their_occurrence() {
        let (page, mut ids) = (PageId::of(b"abc"), ClaimIds::default());
        let first = ids.next(page, ClaimKind::Figure, "two ferries");
        assert_ne!(first, ids.next(page, ClaimKind::Figure, "Two ferries"));
        assert_eq!(
            first,
            ClaimId::new(page, ClaimKind::Figure, "two ferries", 0)
        );
    }
}
