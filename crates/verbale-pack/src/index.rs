//! Names of the packs by their words, made once when a pack is added: a page asks for hundreds of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Country, Instrument, InstrumentMatch, Metonym, Packs, file::File, fold};

/// Where a name leads, as positions in the packs' tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// Instruments by folded name without blanks; true for a slip.
    instruments: BTreeMap<String, (usize, bool)>,
    /// Metonyms by name in lower case without article.
    metonyms: BTreeMap<String, usize>,
    /// English names, adjectives, peoples and capitals of states by their first word.
    states: BTreeMap<String, Vec<(String, usize)>>,
}

impl Index {
    pub(crate) fn of(tables: &File) -> Self {
        let mut index = Self::default();
        // A right name of one text outranks a slip for another; the earlier text outranks the later.
        for (at, i) in tables.instrument.iter().enumerate() {
            for name in i.right_names() {
                let key = spaceless(name);
                index.instruments.entry(key).or_insert((at, false));
            }
        }
        for (at, i) in tables.instrument.iter().enumerate() {
            for name in i.slip_names() {
                let key = spaceless(name);
                index.instruments.entry(key).or_insert((at, true));
            }
        }
        for (at, metonym) in tables.metonym.iter().enumerate() {
            index.metonyms.entry(plain(&metonym.name)).or_insert(at);
        }
        for (at, country) in tables.country.iter().enumerate() {
            for form in forms(country) {
                if let Some(first) = words_at(form).next() {
                    let forms = index.states.entry(first.1.to_owned()).or_default();
                    forms.push((form.to_owned(), at));
                }
            }
        }
        index
    }
}

impl Packs {
    /// The instrument of this name, symbol or slip. Case, blanks and a leading article do not matter.
    pub fn instrument_named(&self, name: &str) -> Option<InstrumentMatch<'_>> {
        let &(at, is_slip) = self.index.instruments.get(&spaceless(name))?;
        let instrument: &Instrument = self.instruments().get(at)?;
        Some(InstrumentMatch {
            instrument,
            is_slip,
        })
    }

    /// The place that stands for an institution and has this name. Case and a leading article do not matter.
    pub fn metonym_named(&self, name: &str) -> Option<&Metonym> {
        let &at = self.index.metonyms.get(&plain(name))?;
        self.metonyms().get(at)
    }

    /// The states that English words name by name, adjective, people or capital, in the packs' order. Capitals
    /// count: a form is found as it is written.
    pub fn states_in(&self, words: &str) -> Vec<&Country> {
        let mut found = BTreeSet::new();
        for (start, first) in words_at(words) {
            let forms = self.index.states.get(first);
            for (form, at) in forms.into_iter().flatten() {
                let is_whole = words[start..]
                    .strip_prefix(form.as_str())
                    .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()));
                if is_whole {
                    found.insert(*at);
                }
            }
        }
        found
            .into_iter()
            .filter_map(|at| self.countries().get(at))
            .collect()
    }
}

fn forms(c: &Country) -> impl Iterator<Item = &str> {
    let lists = [c.names.of("en"), c.adjectives.of("en"), c.people.of("en")];
    let listed = lists.into_iter().flatten().map(String::as_str);
    listed.chain(c.capital.get("en").map(String::as_str))
}

/// The runs of letters and digits with the byte at which each begins.
fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut at = 0;
    let with_start = words.map(move |word| {
        let start = at;
        let rest = &text[start + word.len()..];
        at = start + word.len() + rest.chars().next().map_or(0, char::len_utf8);
        (start, word)
    });
    with_start.filter(|(_, word)| !word.is_empty())
}

/// In lower case, without a leading article.
fn plain(name: &str) -> String {
    name.strip_prefix("the ").unwrap_or(name).to_lowercase()
}

/// Folded, without a leading article and blanks.
pub(crate) fn spaceless(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    bare.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_finds_what_a_walk_finds() {
        let packs = Packs::builtin();
        for i in packs.instruments() {
            for name in i.right_names().chain(i.slip_names()) {
                let walk = || packs.instruments().iter().filter_map(|i| i.is_named(name));
                let expected = walk().find(|m| !m.is_slip).or_else(|| walk().next());
                assert_eq!(packs.instrument_named(name), expected, "{name}");
            }
        }
        assert_eq!(packs.instrument_named("a law that nobody passed"), None);
        for m in packs.metonyms() {
            let walk = packs
                .metonyms()
                .iter()
                .find(|o| plain(&o.name) == plain(&m.name));
            assert_eq!(
                packs.metonym_named(&m.name).map(|m| &m.name),
                walk.map(|m| &m.name)
            );
        }
    }

    #[test]
    fn states_are_found_by_whole_words() {
        let packs = Packs::builtin();
        let ids = |words: &str| -> Vec<&str> {
            packs
                .states_in(words)
                .iter()
                .map(|c| c.id.as_str())
                .collect()
        };
        assert_eq!(ids("Chinese and Russian officials"), ["RU", "CN"]);
        assert_eq!(ids("in Moscow, the DPRK’s envoy"), ids("DPRK, Moscow"));
        assert!(ids("Russians’ Chinatown").len() <= 1);
        assert!(ids("").is_empty() && ids("—").is_empty());
    }
}
