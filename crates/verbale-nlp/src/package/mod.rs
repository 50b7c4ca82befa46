//! Files of a pipeline package: where they lie, and what `meta.json` says about them.

mod config;
mod meta;
pub(crate) mod msgpack;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use zip::ZipArchive;

use crate::LoadError;

pub(crate) use config::Config;
pub use meta::{Meta, Source};

/// Largest file of a package that is read, in bytes: the vectors of the `lg` packages take 600 MB.
const MAX_FILE_BYTES: u64 = 1 << 30;

/// An opened package: a wheel, a package folder, or the model folder inside one.
pub struct Package {
    path: PathBuf,
    files: Files,
    meta: Meta,
}

enum Files {
    Folder(PathBuf),
    /// A wheel with the path of the model folder in it, ending in a slash.
    Wheel {
        archive: Mutex<ZipArchive<File>>,
        folder: String,
    },
}

impl Package {
    /// Opens a wheel (`.whl`), a package folder, or a model folder (the one with `config.cfg`).
    ///
    /// # Errors
    /// If there is no package, or its `meta.json` cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        let path = path.as_ref();
        let files = Files::find(path)?;
        let mut package = Self {
            path: path.to_owned(),
            files,
            meta: Meta::default(),
        };
        package.meta = Meta::from_json(&package.read("meta.json")?)?;
        Ok(package)
    }

    /// What `meta.json` says: name, version, license, sources.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The path it was opened from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes of a file, named relative to the model folder (`parser/model`).
    ///
    /// # Errors
    /// If there is no such file, it cannot be read, or it is larger than 1 GiB.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, LoadError> {
        self.read_if_present(file)?
            .ok_or_else(|| LoadError::Missing {
                file: file.to_owned(),
            })
    }

    /// The files that [`Pipeline::load`](crate::Pipeline::load) reads from this package, relative to the model folder, sorted.
    ///
    /// A digest of each pins a package: nothing else of it reaches a result.
    ///
    /// # Errors
    /// If `config.cfg` cannot be read.
    pub fn used_files(&self) -> Result<Vec<String>, LoadError> {
        let config = Config::read(self)?;
        let mut used: Vec<String> = ["config.cfg", "meta.json", "tokenizer", "vocab/lookups.bin"]
            .map(str::to_owned)
            .into();
        for name in config.pipeline() {
            let parts: &[&str] = match config.factory(&name).as_deref() {
                Some("parser" | "ner") => &["cfg", "model", "moves"],
                Some("tagger" | "morphologizer") => &["cfg", "model"],
                Some("tok2vec" | "senter") => &["model"],
                Some("attribute_ruler") => &["patterns"],
                Some("lemmatizer") => &["lookups/lookups.bin"],
                _ => &[],
            };
            used.extend(parts.iter().map(|part| format!("{name}/{part}")));
        }
        used.sort();
        Ok(used)
    }

    pub(crate) fn read_if_present(&self, file: &str) -> Result<Option<Vec<u8>>, LoadError> {
        let bytes = match &self.files {
            Files::Folder(folder) => read_bounded(File::open(folder.join(file))),
            Files::Wheel { archive, folder } => {
                let mut archive = archive
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                let entry = archive.by_name(&format!("{folder}{file}"));
                read_bounded(entry.map_err(io::Error::from))
            }
        };
        match bytes {
            Ok(bytes) if bytes.len() as u64 > MAX_FILE_BYTES => {
                Err(LoadError::damaged(file, "larger than 1 GiB"))
            }
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(LoadError::Io {
                path: self.path.join(file),
                source,
            }),
        }
    }
}

/// Reads one byte past the limit, so that the caller can tell a file that ends there from a larger one.
fn read_bounded(file: io::Result<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Files {
    fn find(path: &Path) -> Result<Self, LoadError> {
        let fail = |source| LoadError::Io {
            path: path.to_owned(),
            source,
        };
        if fs::metadata(path).map_err(fail)?.is_dir() {
            return Self::in_folder(path)?.ok_or_else(|| LoadError::NotAPackage {
                path: path.to_owned(),
            });
        }
        let not_a_package = || LoadError::NotAPackage {
            path: path.to_owned(),
        };
        let file = File::open(path).map_err(fail)?;
        let archive = ZipArchive::new(file).map_err(|_| not_a_package())?;
        let folder = archive
            .file_names()
            .filter_map(|name| name.ok()?.strip_suffix("config.cfg").map(str::to_owned))
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .min_by_key(|folder| (folder.len(), folder.clone()))
            .ok_or_else(not_a_package)?;
        Ok(Self::Wheel {
            archive: Mutex::new(archive),
            folder,
        })
    }

    /// The folder itself, the folder `NAME-VERSION` in it, or one in `NAME/` as `pip` unpacks a wheel.
    fn in_folder(path: &Path) -> Result<Option<Self>, LoadError> {
        let mut level = vec![path.to_owned()];
        for _ in 0..3 {
            if let Some(found) = level.iter().find(|f| f.join("config.cfg").is_file()) {
                return Ok(Some(Self::Folder(found.clone())));
            }
            level = level
                .iter()
                .map(|f| folders_in(f))
                .collect::<Result<Vec<_>, _>>()?
                .concat();
        }
        Ok(None)
    }
}

fn folders_in(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let fail = |source| LoadError::Io {
        path: path.to_owned(),
        source,
    };
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?.path();
        if entry.is_dir() {
            folders.push(entry);
        }
    }
    folders.sort();
    Ok(folders)
}
