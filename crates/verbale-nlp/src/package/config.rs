//! `config.cfg`: sections with dots in their names, values in JSON, references to other values.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Package;
use crate::LoadError;

/// Most references that are followed from one value.
const MAX_REFERENCES: u32 = 16;

/// The settings of a pipeline, by section and key.
pub(crate) struct Config {
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Config {
    pub(crate) fn read(package: &Package) -> Result<Self, LoadError> {
        let bytes = package.read("config.cfg")?;
        let text =
            String::from_utf8(bytes).map_err(|_| LoadError::damaged("config.cfg", "not UTF-8"))?;
        Self::parse(&text)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, LoadError> {
        let mut sections = BTreeMap::<String, BTreeMap<String, String>>::new();
        let mut section = String::new();
        let mut key = String::new();
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|s| s.strip_suffix(']'))
                && !line.starts_with([' ', '\t'])
            {
                section = name.to_owned();
                key.clear();
                sections.entry(section.clone()).or_default();
            } else if line.starts_with([' ', '\t']) && !key.is_empty() {
                // A value that goes on in the next line, as Python's configparser has it.
                let values = sections.entry(section.clone()).or_default();
                let value = values.entry(key.clone()).or_default();
                value.push('\n');
                value.push_str(trimmed);
            } else if let Some((name, value)) = trimmed.split_once('=') {
                key = name.trim_end().to_owned();
                let values = sections.entry(section.clone()).or_default();
                values.insert(key.clone(), value.trim_start().to_owned());
            } else {
                return Err(LoadError::damaged("config.cfg", "a line without `=`"));
            }
        }
        Ok(Self { sections })
    }

    /// The value under a key; null if it is absent or not JSON.
    pub(crate) fn value(&self, section: &str, key: &str) -> Value {
        let mut at = (section.to_owned(), key.to_owned());
        for _ in 0..MAX_REFERENCES {
            let Some(raw) = self.sections.get(&at.0).and_then(|s| s.get(&at.1)) else {
                break;
            };
            let Some(reference) = raw.strip_prefix("${").and_then(|r| r.strip_suffix('}')) else {
                return serde_json::from_str(raw).unwrap_or(Value::Null);
            };
            let Some((section, key)) = reference.rsplit_once([':', '.']) else {
                break;
            };
            at = (section.to_owned(), key.to_owned());
        }
        Value::Null
    }

    pub(crate) fn str(&self, section: &str, key: &str) -> Option<String> {
        self.value(section, key).as_str().map(str::to_owned)
    }

    /// Names of the components that run, in order.
    pub(crate) fn pipeline(&self) -> Vec<String> {
        let names = |key: &str| -> Vec<String> {
            let list = self.value("nlp", key);
            let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
            list.iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect()
        };
        let disabled = names("disabled");
        names("pipeline")
            .into_iter()
            .filter(|name| !disabled.contains(name))
            .collect()
    }

    /// What makes a component: `tagger`, `parser`, …
    pub(crate) fn factory(&self, component: &str) -> Option<String> {
        self.str(&format!("components.{component}"), "factory")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_references() {
        let config = Config::parse(
            "[nlp]\npipeline = [\"a\",\n  \"b\"]\ndisabled = [\"b\"]\n\n[components.a]\nfactory = \"x\"\nwidth = ${nlp.size:n}\nloop = ${components.a:loop}\n[nlp.size]\nn = 96\n",
        )
        .unwrap();
        assert_eq!(config.pipeline(), ["a"]);
        assert_eq!(config.factory("a").as_deref(), Some("x"));
        assert_eq!(config.value("components.a", "width"), 96);
        assert_eq!(config.value("components.a", "loop"), Value::Null);
        assert_eq!(config.value("no", "thing"), Value::Null);
    }

    #[test]
    fn a_line_without_value() {
        assert!(Config::parse("[a]\nwhat\n").is_err());
    }
}
