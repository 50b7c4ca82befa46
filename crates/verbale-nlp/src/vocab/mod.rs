//! Words and their ids: what spaCy's `Vocab` and `StringStore` know about a word without its context.

pub(crate) mod chars;
mod hash;
mod norms;
mod symbols;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::LoadError;
use crate::package::Package;
use crate::package::msgpack::{self, Value};

pub(crate) use hash::rows;

/// A map whose order never shows and whose hashes are the same in every run.
pub(crate) type FastMap<K, V> = HashMap<K, V, FixedState>;

/// The id of a string: nothing for the empty one, a small number for a reserved symbol, else a hash.
pub(crate) fn string_id(s: &str) -> u64 {
    if s.is_empty() {
        return 0;
    }
    match symbols::SYMBOLS.binary_search_by_key(&s, |&(name, _)| name) {
        Ok(i) => u64::from(symbols::SYMBOLS[i].1),
        Err(_) => hash::murmur64a(s.as_bytes()),
    }
}

/// The norms that a package lists, by id of the word.
#[derive(Default)]
pub(crate) struct Vocab {
    norms: FastMap<u64, Box<str>>,
}

impl Vocab {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        const FILE: &str = "vocab/lookups.bin";
        match package.read_if_present(FILE)? {
            None => Ok(Self::default()),
            Some(bytes) => Self::from_bytes(&bytes).map_err(|what| LoadError::damaged(FILE, what)),
        }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let tables = msgpack::read(bytes).map_err(|e| e.to_string())?;
        let mut norms = FastMap::default();
        for (word, norm) in tables
            .get("lexeme_norm")
            .and_then(Value::as_map)
            .unwrap_or_default()
        {
            let (Some(word), Some(norm)) = (word.as_u64(), norm.as_str()) else {
                return Err("a norm that is no string".to_owned());
            };
            norms.insert(word, norm.into());
        }
        Ok(Self { norms })
    }

    /// The normal form of a word: the package's, else spaCy's, else lower case.
    pub(crate) fn norm(&self, word: &str) -> String {
        if let Some(norm) = self.norms.get(&string_id(word)) {
            return norm.to_string();
        }
        norms::base_norm(word).map_or_else(|| word.to_lowercase(), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_spacy() {
        // Recorded from spaCy's string store.
        for (s, id) in [
            ("", 0),
            ("nsubj", 429),
            ("_", 456),
            ("a", 11_901_859_001_352_538_922),
            ("Zürich", 9_452_955_988_637_137_518),
            ("coffee", 3_197_928_453_018_144_401),
            ("internationalisation", 8_729_853_314_229_540_275),
        ] {
            assert_eq!(string_id(s), id, "{s}");
        }
    }

    #[test]
    fn symbols_are_sorted() {
        assert!(symbols::SYMBOLS.is_sorted_by_key(|s| s.0));
    }
}
