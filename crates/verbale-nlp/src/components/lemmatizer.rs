//! Base forms of words, by rules and tables for each part of speech.
//!
//! Source: the behavior of spaCy's `EnglishLemmatizer` and `FrenchLemmatizer`; the English tables go back to WordNet 3.0.

use super::lookups::{Lookups, Rule};
use crate::doc::{LabelId, Labels, TextRef, TokenData, keep};
use crate::tokenizer::{Word, WordId};
use crate::vocab::{FastMap, chars};

/// How a language finds lemmas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// By the rules that most languages share; `true` if uninflected forms are told by their features, as in English.
    Rule {
        skips_base_forms: bool,
    },
    FrenchRule,
    Lookup,
}

/// The lemmatizer of a pipeline.
pub(crate) struct Lemmatizer {
    mode: Mode,
    lookups: Lookups,
}

/// Lemmas that were found already. An entry is `None` where the lemma is the word itself.
#[derive(Default)]
pub(crate) struct LemmaCache {
    lemmas: FastMap<(WordId, LabelId, LabelId), Option<Box<str>>>,
}

impl LemmaCache {
    /// Forgets everything, as when the ids of words end.
    pub(crate) fn clear(&mut self) {
        self.lemmas.clear();
    }
}

impl Lemmatizer {
    /// A lemmatizer, or `None` if this runtime does not know the mode of the language.
    pub(crate) fn new(lang: &str, mode: &str, tables: &[u8]) -> Result<Option<Self>, String> {
        let mode = match (mode, lang) {
            ("lookup", _) => Mode::Lookup,
            ("rule", "en") => Mode::Rule {
                skips_base_forms: true,
            },
            ("rule", "fr") => Mode::FrenchRule,
            _ => return Ok(None),
        };
        let lookups = Lookups::from_bytes(tables)?;
        Ok(Some(Self { mode, lookups }))
    }

    /// Sets the lemmas of a document, but for those that a rule has set.
    pub(crate) fn run<'w>(
        &self,
        labels: &Labels,
        tokens: &mut [TokenData],
        extra: &mut String,
        word: impl Fn(usize) -> (WordId, &'w Word),
        cache: &mut LemmaCache,
    ) {
        for (i, token) in tokens.iter_mut().enumerate() {
            if token.lemma != TextRef::Label(LabelId::NONE) {
                continue;
            }
            let (id, word) = word(i);
            let lemma = cache
                .lemmas
                .entry((id, token.pos, token.morph))
                .or_insert_with(|| {
                    let lemma = self.lemma(word, labels.str(token.pos), labels.str(token.morph));
                    (*lemma != *word.text).then(|| lemma.into())
                });
            token.lemma = match lemma {
                None => TextRef::Own,
                Some(lemma) => keep(extra, lemma),
            };
        }
    }

    fn lemma(&self, word: &Word, pos: &str, morph: &str) -> String {
        let part = pos.to_ascii_lowercase();
        match self.mode {
            Mode::Lookup => self.look_up(&word.text),
            _ if matches!(part.as_str(), "" | "eol" | "space") => word.lower.to_string(),
            Mode::Rule { skips_base_forms } => {
                if skips_base_forms && is_base_form(&part, morph) {
                    word.lower.to_string()
                } else {
                    self.by_rule(word, &part)
                }
            }
            Mode::FrenchRule => self.by_french_rule(word, &part),
        }
    }

    fn look_up(&self, text: &str) -> String {
        self.lookups.lookup(text).unwrap_or(text).to_owned()
    }

    fn by_rule(&self, word: &Word, part: &str) -> String {
        let Some(tables) = self.lookups.forms(part) else {
            let text = if part == "propn" {
                &word.text
            } else {
                &word.lower
            };
            return text.to_string();
        };
        let lower = &*word.lower;
        let (mut forms, mut unknown) = (Vec::<String>::new(), None);
        for form in inflected(lower, &tables.rules) {
            if tables.index.contains(form.as_str()) {
                forms.insert(0, form);
            } else if !is_alpha(&form) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        for exception in tables
            .exceptions
            .get(lower)
            .map(Vec::as_slice)
            .unwrap_or_default()
        {
            if !forms.iter().any(|form| **form == **exception) {
                forms.insert(0, exception.to_string());
            }
        }
        let first = forms.into_iter().next();
        first.or(unknown).unwrap_or_else(|| word.text.to_string())
    }

    fn by_french_rule(&self, word: &Word, part: &str) -> String {
        const BY_RULE: [&str; 11] = [
            "noun", "verb", "adj", "adp", "adv", "aux", "cconj", "det", "pron", "punct", "sconj",
        ];
        if !self.lookups.has_rules || !BY_RULE.contains(&part) {
            return self.look_up(&word.text);
        }
        let lower = &*word.lower;
        let tables = self.lookups.forms(part);
        if tables.is_some_and(|t| t.index.contains(lower)) {
            return lower.to_owned();
        }
        let exception = tables.and_then(|t| t.exceptions.get(lower)?.first());
        if let Some(exception) = exception {
            return exception.to_string();
        }
        let mut unknown = None;
        if let Some(tables) = tables {
            for form in inflected(lower, &tables.rules) {
                if tables.index.contains(form.as_str()) || !is_alpha(&form) {
                    return form;
                }
                unknown.get_or_insert(form);
            }
        }
        unknown.unwrap_or_else(|| self.look_up(lower))
    }
}

/// A word with each ending replaced that it has.
fn inflected<'r>(lower: &'r str, rules: &'r [Rule]) -> impl Iterator<Item = String> {
    rules.iter().filter_map(move |(old, new)| {
        let form = format!("{}{new}", lower.strip_suffix(&**old)?);
        (!form.is_empty()).then_some(form)
    })
}

/// True if the features of an English word say that it is not inflected.
fn is_base_form(part: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        let mut features = morph.split('|').filter_map(|f| f.split_once('='));
        features
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let present = feature("VerbForm") == Some("Fin")
        && feature("Tense") == Some("Pres")
        && feature("Number").is_none();
    (part == "noun" && feature("Number") == Some("Sing"))
        || (part == "verb" && present)
        || matches!(feature("VerbForm"), Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

/// `str.isalpha` of a whole string.
fn is_alpha(s: &str) -> bool {
    !s.is_empty() && s.chars().all(chars::is_alpha)
}
