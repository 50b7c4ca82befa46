//! Entrances for fuzzers: each takes whatever bytes and must return. They are no part of the interface.

use crate::components::{AttributeRuler, Lemmatizer};
use crate::doc::{Doc, Labels};
use crate::network::Weights;
use crate::package::{Config, msgpack};
use crate::tokenizer::{Tokenizer, Words};
use crate::vocab::Vocab;

/// A file of MessagePack.
pub fn messagepack(bytes: &[u8]) {
    let _ = msgpack::read(bytes);
}

/// `config.cfg`.
pub fn config(text: &str) {
    if let Ok(config) = Config::parse(text) {
        for name in config.pipeline() {
            let _ = config.factory(&name);
        }
    }
}

/// `vocab/lookups.bin`.
pub fn norms(bytes: &[u8]) {
    if let Ok(vocab) = Vocab::from_bytes(bytes) {
        let _ = vocab.norm("word");
    }
}

/// `tokenizer`, and a text that is cut by its rules: the bytes up to the first `0xc1`, which no file has, and those after it.
pub fn tokenizer(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |&b| b == 0xc1);
    let (rules, text) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let Ok(rules) = Tokenizer::from_bytes(rules) else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let mut found = Vec::new();
    Words::default().tokenize(&rules, &Vocab::default(), &text, &mut found);
}

/// `COMPONENT/model`.
pub fn weights(bytes: &[u8]) {
    let _ = Weights::from_bytes(bytes);
}

/// `attribute_ruler/patterns`.
pub fn patterns(bytes: &[u8]) {
    let _ = AttributeRuler::from_bytes(bytes, &mut Labels::default());
}

/// `lemmatizer/lookups/lookups.bin`.
pub fn lookups(bytes: &[u8]) {
    let _ = Lemmatizer::new("en", "rule", bytes);
}

/// A doc as spaCy prints it.
pub fn json(bytes: &[u8]) {
    if let Ok(value) = serde_json::from_slice(bytes)
        && let Ok(doc) = Doc::from_json(&value)
    {
        let _ = (
            doc.to_json(),
            doc.conllu().to_string(),
            doc.noun_chunks().count(),
        );
        for token in doc.tokens() {
            let _ = (token.subtree_span().len(), token.ancestors().count());
        }
    }
}
