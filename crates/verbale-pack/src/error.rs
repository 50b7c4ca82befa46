//! Why a pack cannot be had.

/// A pack that cannot be read or used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not TOML, an unknown key, a wrong type or a word that is not in its set.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// The file's name as it was given.
        file: String,
        /// From 1.
        line: usize,
        /// What the parser expected and found.
        message: String,
    },
    /// A pattern that is not one.
    #[error("pattern `{id}`: {message}")]
    Pattern {
        /// The pattern's id.
        id: String,
        /// What is wrong with it.
        message: String,
    },
    /// No file of the pack has a `[pack]` table.
    #[error("no `[pack]` table in any of the {n_files} files of pack `{name}`")]
    NoHeader {
        /// The pack's name as it was given.
        name: String,
        /// Files read.
        n_files: usize,
    },
    /// Two files of the pack have a `[pack]` table, or two packs one id.
    #[error("pack `{id}` is defined twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// A file or folder that cannot be read.
    #[error("cannot read pack `{path}`")]
    Io {
        /// The path as given.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}
