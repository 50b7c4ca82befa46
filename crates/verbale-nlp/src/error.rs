//! What can go wrong when a pipeline is loaded. Reading a text cannot fail.

use std::io;
use std::path::PathBuf;

/// A pipeline that cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file system refused.
    #[error("cannot read `{path}`")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The path leads to something else than a package.
    #[error(
        "no spaCy pipeline (expected a wheel, a package folder or a folder with `config.cfg`) in `{path}`"
    )]
    NotAPackage {
        /// The file or folder.
        path: PathBuf,
    },
    /// A file that the pipeline needs is not in the package.
    #[error("the package lacks `{file}`")]
    Missing {
        /// The file, relative to the model folder.
        file: String,
    },
    /// A file of the package is not what its name promises.
    #[error("damaged file of a pipeline, {what}: `{file}`")]
    Damaged {
        /// The file, relative to the model folder.
        file: String,
        /// What was expected or found.
        what: String,
    },
    /// The pipeline has a part that this runtime does not know.
    #[error(
        "pipeline `{pipeline}` needs {what}, which is not supported, in component `{component}`"
    )]
    Unsupported {
        /// Name of the pipeline, as `en_core_web_sm`.
        pipeline: String,
        /// Name of the component, as `transformer`.
        component: String,
        /// The factory, architecture or setting.
        what: String,
    },
    /// The pipeline was made for another spaCy.
    #[error("pipeline `{pipeline}` is made for spaCy {found}, supported are 3.1 to 3.8")]
    Version {
        /// Name of the pipeline.
        pipeline: String,
        /// The range that the package names.
        found: String,
    },
}

impl LoadError {
    /// A file is not what it should be.
    pub(crate) fn damaged(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.into(),
            what: what.into(),
        }
    }
}
