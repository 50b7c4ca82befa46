//! Which states some words name: by name, adjective, people or capital.

use verbale_pack::Packs;

/// The state that `name` as a whole stands for: "Russia", "Moscow", "the Kremlin".
pub(super) fn named(name: &str, packs: &Packs) -> Option<String> {
    let bare = name
        .strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name);
    packs
        .countries()
        .iter()
        .find(|c| {
            c.names.of("en").iter().any(|n| n == bare)
                || c.capital.get("en").is_some_and(|n| n == bare)
        })
        .map(|c| c.id.clone())
        .or_else(|| {
            let with_article = format!("the {bare}");
            packs
                .metonyms()
                .iter()
                .find(|m| m.name == bare || m.name == with_article)
                .map(|m| m.country.clone())
        })
}

/// The name of the state that a city is the capital of.
pub(crate) fn of_capital(city: &str, packs: &Packs) -> Option<String> {
    packs
        .countries()
        .iter()
        .find(|c| c.capital.get("en").is_some_and(|n| n == city))
        .and_then(|c| c.names.of("en").first().cloned())
}

/// The states that are named somewhere in `words`, by id in the packs' order.
pub(crate) fn mentioned(words: &str, packs: &Packs) -> Vec<String> {
    packs
        .states_in(words)
        .iter()
        .map(|c| c.id.clone())
        .collect()
}
