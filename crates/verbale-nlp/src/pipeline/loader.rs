//! Making the components of a pipeline from the files of its package.

use serde_json::Value;

use super::Component;
use crate::LoadError;
use crate::components::{
    AttributeRuler, EntityRecognizer, Lemmatizer, Morphologizer, Parser, Tagger,
};
use crate::doc::Labels;
use crate::network::{Tok2Vec, Weights};
use crate::package::{Config, Package};

/// Builds the components of a pipeline.
pub(super) struct Loader<'p> {
    package: &'p Package,
    config: Config,
    labels: Labels,
    /// Length of the shared vectors, once they are there.
    width: Option<usize>,
}

impl<'p> Loader<'p> {
    /// Opens the settings of a package and sees that its pipeline can be made.
    pub(super) fn new(package: &'p Package) -> Result<Self, LoadError> {
        let loader = Self {
            package,
            config: Config::read(package)?,
            labels: Labels::new(&package.meta().lang),
            width: None,
        };
        loader.check()?;
        Ok(loader)
    }

    /// The components in the order in which they run, each with its name, and the labels that they use.
    pub(super) fn components(mut self) -> Result<(Vec<(String, Component)>, Labels), LoadError> {
        let mut components = Vec::new();
        for name in self.config.pipeline() {
            let component = self.component(&name)?;
            components.push((name, component));
        }
        Ok((components, self.labels))
    }

    /// Refuses packages of another time, and settings that would change the words.
    fn check(&self) -> Result<(), LoadError> {
        let meta = self.package.meta();
        let supported = ["3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"];
        let first = meta.spacy_version.trim_start_matches(['>', '=', '~', '^']);
        if !supported.iter().any(|v| {
            first
                .strip_prefix(v)
                .is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_digit()))
        }) {
            return Err(LoadError::Version {
                pipeline: meta.full_name(),
                found: meta.spacy_version.clone(),
            });
        }
        let tokenizer = self.config.value("nlp", "tokenizer");
        let tokenizer = tokenizer["@tokenizers"].as_str().map(str::to_owned);
        let tokenizer = tokenizer.or_else(|| self.config.str("nlp.tokenizer", "@tokenizers"));
        match tokenizer.as_deref() {
            Some("spacy.Tokenizer.v1") => Ok(()),
            other => Err(self.unsupported("tokenizer", other.unwrap_or("no tokenizer"))),
        }
    }

    fn unsupported(&self, component: &str, what: &str) -> LoadError {
        LoadError::Unsupported {
            pipeline: self.package.meta().full_name(),
            component: component.to_owned(),
            what: what.to_owned(),
        }
    }

    fn component(&mut self, name: &str) -> Result<Component, LoadError> {
        let factory = self.config.factory(name).unwrap_or_default();
        match factory.as_str() {
            "tok2vec" => {
                let weights = self.weights(name)?;
                let network = self.network(name, &format!("components.{name}.model"), &weights)?;
                self.width = Some(network.width());
                Ok(Component::Tok2Vec(network))
            }
            "tagger" => {
                let (weights, width) = (self.weights(name)?, self.listened(name)?);
                let cfg = self.cfg(name)?;
                let tagger = Tagger::new(&weights, width, &cfg, &mut self.labels);
                Ok(Component::Tagger(in_file(name, "model", tagger)?))
            }
            "morphologizer" => {
                let (weights, width) = (self.weights(name)?, self.listened(name)?);
                let cfg = self.cfg(name)?;
                let morphologizer = Morphologizer::new(&weights, width, &cfg, &mut self.labels);
                Ok(Component::Morphologizer(in_file(
                    name,
                    "model",
                    morphologizer,
                )?))
            }
            "parser" => {
                self.check_transitions(name)?;
                let (weights, width) = (self.weights(name)?, self.listened(name)?);
                let moves = self.package.read(&format!("{name}/moves"))?;
                let parser = Parser::new(&weights, width, &moves, &mut self.labels);
                Ok(Component::Parser(in_file(name, "model", parser)?))
            }
            "ner" => {
                self.check_transitions(name)?;
                let weights = self.weights(name)?;
                let section = format!("components.{name}.model.tok2vec");
                let own = match self.config.str(&section, "@architectures").as_deref() {
                    Some("spacy.Tok2VecListener.v1") => None,
                    _ => Some(self.network(name, &section, &weights)?),
                };
                let width = match &own {
                    Some(network) => network.width(),
                    None => self.listened(name)?,
                };
                let moves = self.package.read(&format!("{name}/moves"))?;
                let ner = EntityRecognizer::new(&weights, own, width, &moves, &mut self.labels);
                Ok(Component::EntityRecognizer(in_file(name, "model", ner)?))
            }
            "attribute_ruler" => {
                let bytes = self.package.read(&format!("{name}/patterns"))?;
                let ruler = AttributeRuler::from_bytes(&bytes, &mut self.labels);
                Ok(Component::AttributeRuler(in_file(name, "patterns", ruler)?))
            }
            "lemmatizer" => {
                let mode = self.config.str(&format!("components.{name}"), "mode");
                let mode = mode.unwrap_or_default();
                let tables = self.package.read(&format!("{name}/lookups/lookups.bin"))?;
                let lang = &self.package.meta().lang;
                let lemmatizer = Lemmatizer::new(lang, &mode, &tables);
                match in_file(name, "lookups/lookups.bin", lemmatizer)? {
                    Some(lemmatizer) => Ok(Component::Lemmatizer(lemmatizer)),
                    None => {
                        let what = format!("a lemmatizer by {mode} for language {lang}");
                        Err(self.unsupported(name, &what))
                    }
                }
            }
            other => Err(self.unsupported(name, &format!("a factory {other}"))),
        }
    }

    fn weights(&self, name: &str) -> Result<Weights, LoadError> {
        let bytes = self.package.read(&format!("{name}/model"))?;
        in_file(name, "model", Weights::from_bytes(&bytes))
    }

    fn cfg(&self, name: &str) -> Result<Value, LoadError> {
        let bytes = self.package.read(&format!("{name}/cfg"))?;
        in_file(
            name,
            "cfg",
            serde_json::from_slice(&bytes).map_err(|e| e.to_string()),
        )
    }

    /// The width of the vectors that a component takes from the shared network.
    fn listened(&self, name: &str) -> Result<usize, LoadError> {
        let section = format!("components.{name}.model.tok2vec");
        match (
            self.config.str(&section, "@architectures").as_deref(),
            self.width,
        ) {
            (Some("spacy.Tok2VecListener.v1"), Some(width)) => Ok(width),
            (other, _) => Err(self.unsupported(name, other.unwrap_or("a network without vectors"))),
        }
    }

    fn check_transitions(&self, name: &str) -> Result<(), LoadError> {
        let section = format!("components.{name}.model");
        let architecture = self
            .config
            .str(&section, "@architectures")
            .unwrap_or_default();
        if architecture != "spacy.TransitionBasedParser.v2" {
            return Err(self.unsupported(name, &architecture));
        }
        let is = |key: &str| self.config.value(&section, key).as_bool();
        if is("extra_state_tokens") != Some(false) || is("use_upper") != Some(true) {
            return Err(self.unsupported(name, "a network with other features or layers"));
        }
        let cfg = self.cfg(name)?;
        match cfg["beam_width"].as_u64() {
            None | Some(0 | 1) => Ok(()),
            Some(_) => Err(self.unsupported(name, "beam search")),
        }
    }

    fn network(&self, name: &str, section: &str, weights: &Weights) -> Result<Tok2Vec, LoadError> {
        let known = [
            ("", "spacy.Tok2Vec.v2"),
            (".embed", "spacy.MultiHashEmbed.v2"),
            (".encode", "spacy.MaxoutWindowEncoder.v2"),
        ];
        for (part, expected) in known {
            let found = self
                .config
                .str(&format!("{section}{part}"), "@architectures");
            if found.as_deref() != Some(expected) {
                return Err(self.unsupported(name, &found.unwrap_or_default()));
            }
        }
        let (embed, encode) = (format!("{section}.embed"), format!("{section}.encode"));
        if self.config.value(&embed, "include_static_vectors") == Value::Bool(true) {
            return Err(self.unsupported(name, "static vectors"));
        }
        if self.config.value(&encode, "window_size").as_u64() != Some(1) {
            return Err(self.unsupported(name, "a window other than one"));
        }
        let attributes = self.config.value(&embed, "attrs");
        let attributes = attributes.as_array().map(Vec::as_slice).unwrap_or_default();
        let attributes: Vec<String> = attributes
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let depth = self
            .config
            .value(&encode, "depth")
            .as_u64()
            .unwrap_or_default();
        let network = Tok2Vec::new(weights, &attributes, usize::try_from(depth).unwrap_or(0));
        in_file(name, "model", network)
    }
}

/// Says in which file of a component something is wrong.
fn in_file<T>(component: &str, file: &str, result: Result<T, String>) -> Result<T, LoadError> {
    result.map_err(|what| LoadError::damaged(format!("{component}/{file}"), what))
}
