//! `meta.json`: what a package says about itself.

use serde_json::Value;

use crate::LoadError;

/// Name, version and terms of a pipeline, as its package states them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Language code, `en`.
    pub lang: String,
    /// Name without the language, `core_web_sm`.
    pub name: String,
    /// Version of the package, `3.8.0`.
    pub version: String,
    /// What the package says it is, in a sentence or a paragraph.
    pub description: String,
    /// Who made it.
    pub author: String,
    /// Where it is described.
    pub url: String,
    /// Its license; show it to whoever uses the pipeline.
    pub license: String,
    /// The range of spaCy versions that it works with, `>=3.7.2,<3.9.0`.
    pub spacy_version: String,
    /// The data it was trained on.
    pub sources: Vec<Source>,
}

/// A data set that a pipeline was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Name of the data set.
    pub name: String,
    /// Who made it.
    pub author: String,
    /// Where it is.
    pub url: String,
    /// Its license.
    pub license: String,
}

impl Meta {
    /// Language and name, `en_core_web_sm`.
    pub fn full_name(&self) -> String {
        format!("{}_{}", self.lang, self.name)
    }

    pub(super) fn from_json(bytes: &[u8]) -> Result<Self, LoadError> {
        let meta: Value = serde_json::from_slice(bytes)
            .map_err(|e| LoadError::damaged("meta.json", format!("not JSON ({e})")))?;
        let text = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_owned();
        let sources = meta["sources"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        Ok(Self {
            lang: text(&meta, "lang"),
            name: text(&meta, "name"),
            version: text(&meta, "version"),
            description: text(&meta, "description"),
            author: text(&meta, "author"),
            url: text(&meta, "url"),
            license: text(&meta, "license"),
            spacy_version: text(&meta, "spacy_version"),
            sources: sources
                .iter()
                .map(|s| Source {
                    name: text(s, "name"),
                    author: text(s, "author"),
                    url: text(s, "url"),
                    license: text(s, "license"),
                })
                .collect(),
        })
    }
}
