//! Words by language.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Words and phrases by language (ISO 639-1), in the order of the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, Vec<String>>);

impl Words {
    /// The words of one language; none if the pack has none.
    pub fn of(&self, language: &str) -> &[String] {
        self.0.get(language).map_or(&[], Vec::as_slice)
    }

    /// Every word with its language, languages in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .flat_map(|(lang, words)| words.iter().map(move |w| (lang.as_str(), w.as_str())))
    }

    /// The first English word, else the first word of any language.
    pub fn first(&self) -> Option<&str> {
        self.of("en")
            .first()
            .map(String::as_str)
            .or_else(|| self.iter().next().map(|(_, w)| w))
    }

    /// Adds a word behind those of its language, once.
    pub(crate) fn push(&mut self, language: &str, word: String) {
        let words = self.0.entry(language.to_owned()).or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }

    /// True if no language has a word.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// The form in which words are compared: lower case, with typographic apostrophes and dashes made plain.
///
/// Without this, names with U+2019 ("Russia’s Embassy") miss their entry.
pub fn fold(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => folded(text).collect(),
    }
}

/// The characters of [`fold`].
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    let plain = text.chars().map(|c| match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{00A0}' | '\u{202F}' | '\u{2009}' => ' ',
        c => c,
    });
    plain.flat_map(char::to_lowercase)
}
