//! Tables of lemmas.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::package::msgpack::{self, Value};
use crate::vocab::{FastMap, string_id};

/// An ending and what takes its place.
pub(super) type Rule = (Box<str>, Box<str>);

/// What is known of one part of speech.
#[derive(Default)]
pub(super) struct Forms {
    /// Words that are lemmas.
    pub(super) index: HashSet<Box<str>, FixedState>,
    /// Lemmas of irregular forms.
    pub(super) exceptions: FastMap<Box<str>, Vec<Box<str>>>,
    pub(super) rules: Vec<Rule>,
}

/// The tables of a lemmatizer.
#[derive(Default)]
pub(super) struct Lookups {
    /// By part of speech in lower case.
    forms: Vec<(&'static str, Forms)>,
    /// By id of the form.
    lookup: FastMap<u64, Box<str>>,
    pub(super) has_rules: bool,
}

/// The parts of speech that have tables, in lower case.
const PARTS: [&str; 17] = [
    "adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn",
    "punct", "sconj", "sym", "verb", "x",
];

impl Lookups {
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let file = msgpack::read(bytes).map_err(|e| e.to_string())?;
        let table = |name| file.get(name).and_then(Value::as_map);
        let mut lookups = Self {
            has_rules: table("lemma_rules").is_some(),
            ..Self::default()
        };
        for part in PARTS {
            let id = string_id(part);
            let find = |name| {
                let entries: Option<&[_]> = table(name);
                let entry = entries?.iter().find(|(key, _)| key.as_u64() == Some(id));
                entry.map(|(_, value)| value)
            };
            let forms = Forms {
                index: find("lemma_index").map_or(Ok(HashSet::default()), index)?,
                exceptions: find("lemma_exc").map_or(Ok(FastMap::default()), exceptions)?,
                rules: find("lemma_rules").map_or(Ok(Vec::new()), rules)?,
            };
            if !forms.is_empty() {
                lookups.forms.push((part, forms));
            }
        }
        for (form, lemmas) in table("lemma_lookup").unwrap_or_default() {
            let lemma = match lemmas {
                Value::Array(list) => list.first().and_then(Value::as_str),
                value => value.as_str(),
            };
            if let (Some(form), Some(lemma)) = (form.as_u64(), lemma) {
                lookups.lookup.insert(form, lemma.into());
            }
        }
        Ok(lookups)
    }

    /// The tables of a part of speech, given in lower case.
    pub(super) fn forms(&self, part: &str) -> Option<&Forms> {
        self.forms
            .iter()
            .find(|(name, _)| *name == part)
            .map(|(_, forms)| forms)
    }

    /// The lemma of a form in the table that knows no parts of speech.
    pub(super) fn lookup(&self, form: &str) -> Option<&str> {
        self.lookup.get(&string_id(form)).map(AsRef::as_ref)
    }
}

impl Forms {
    fn is_empty(&self) -> bool {
        self.index.is_empty() && self.exceptions.is_empty() && self.rules.is_empty()
    }
}

fn strings<'v>(value: &'v Value<'_>) -> Result<impl Iterator<Item = &'v str>, String> {
    let list = value.as_array().ok_or("a table that is no list")?;
    if list.iter().any(|v| v.as_str().is_none()) {
        return Err("a table with other things than strings".to_owned());
    }
    Ok(list.iter().filter_map(Value::as_str))
}

fn index(value: &Value<'_>) -> Result<HashSet<Box<str>, FixedState>, String> {
    Ok(strings(value)?.map(Into::into).collect())
}

fn exceptions(value: &Value<'_>) -> Result<FastMap<Box<str>, Vec<Box<str>>>, String> {
    let entries = value.as_map().ok_or("exceptions that are no map")?;
    let exception = |(form, lemmas): &(Value<'_>, Value<'_>)| {
        let form = form.as_str().ok_or("an exception without form")?;
        Ok((form.into(), strings(lemmas)?.map(Into::into).collect()))
    };
    entries.iter().map(exception).collect()
}

fn rules(value: &Value<'_>) -> Result<Vec<Rule>, String> {
    let list = value.as_array().ok_or("rules that are no list")?;
    let rule = |rule: &Value<'_>| match rule.as_array() {
        Some([old, new]) => Some((old.as_str()?.into(), new.as_str()?.into())),
        _ => None,
    };
    let rules = list.iter().map(rule).collect::<Option<_>>();
    rules.ok_or_else(|| "a rule that is no pair".to_owned())
}
