//! Who owes a duty: states by any of their names, others by their words.

use verbale_pack::fold;

use crate::{Bag, Lexicon};

/// The state that these words stand for: its name, its capital, an office of it, or somebody who speaks for it.
pub(super) fn state_of(lexicon: &Lexicon, words: &str) -> Option<String> {
    let packs = lexicon.packs();
    let bare = fold(words.trim());
    if let Some(metonym) = packs.metonyms().iter().find(|m| fold(&m.name) == bare) {
        return Some(metonym.country.clone());
    }
    if let Some(id) = lexicon.country_of_capital(words) {
        return Some(id.to_owned());
    }
    let countries: Vec<String> = lexicon
        .stems(words)
        .into_iter()
        .filter_map(|s| s.strip_prefix('@').map(str::to_owned))
        .collect();
    if let [only] = &countries[..] {
        return Some(only.clone());
    }
    let known = packs.known(words).find(|k| !k.is_weak)?.id;
    let institution = packs.institutions().iter().find(|i| i.id == known);
    let person = || packs.people().iter().find(|p| p.id == known);
    institution
        .map(|i| i.country.clone())
        .or_else(|| person()?.country.clone())
}

/// What a party is told from others by: `@RU`, else the stems of its name.
pub(super) fn party(lexicon: &Lexicon, words: &str) -> Bag {
    match state_of(lexicon, words) {
        Some(id) => [format!("@{id}")].into_iter().collect(),
        None => Bag::of(lexicon, words),
    }
}
