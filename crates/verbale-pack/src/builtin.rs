//! The packs that travel with the program.

use std::sync::LazyLock;

use crate::{Pack, Packs};

macro_rules! files {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../../packs/", $file)))),+]
    };
}

/// Name and files of each pack, in the order in which they are searched.
pub(crate) const FILES: &[(&str, &[(&str, &str)])] = &[
    (
        "base",
        files![
            "base/pack.toml",
            "base/verbs.en.toml",
            "base/verbs.ru.toml",
            "base/verbs.de.toml",
            "base/verbs.ko.toml",
            "base/approximators.toml",
            "base/anonymity.toml",
            "base/statuses.toml",
            "base/countries.toml",
            "base/institutions.toml",
            "base/people.toml",
            "base/outlets.toml",
            "base/metonyms.toml",
            "base/series.toml",
            "base/frames.toml",
            "base/patterns.events.toml",
            "base/patterns.statuses.toml",
            "base/patterns.obligations.toml",
            "base/patterns.positions.toml",
        ],
    ),
    (
        "unsc-1718",
        files![
            "unsc-1718/pack.toml",
            "unsc-1718/institutions.toml",
            "unsc-1718/people.toml",
            "unsc-1718/outlets.toml",
            "unsc-1718/metonyms.toml",
            "unsc-1718/instruments.toml",
            "unsc-1718/obligations.toml",
            "unsc-1718/measures.toml",
            "unsc-1718/posts.toml",
            "unsc-1718/milestones.toml",
            "unsc-1718/observations.toml",
            "unsc-1718/tests.toml",
        ],
    ),
];

/// Parsed once; a test reads every file, so that the parse cannot fail here.
static BUILTIN: LazyLock<Packs> = LazyLock::new(|| packs_where(|_| true));

/// All of them.
pub(crate) fn packs() -> Packs {
    BUILTIN.clone()
}

/// Those with a fitting id.
pub(crate) fn packs_where(fits: impl Fn(&str) -> bool) -> Packs {
    let mut packs = Packs::default();
    for (name, files) in FILES.iter().filter(|(name, _)| fits(name)) {
        let pack = Pack::parse(name, files).expect("built-in packs parse");
        packs.add(pack).expect("built-in packs fit together");
    }
    packs
}
