//! One pack, from its files.

use std::{fs, path::Path};

use verbale_core::Digest;

use crate::{Error, file::File, file::Header};

/// One pack as it was read.
#[derive(Debug, Clone)]
pub struct Pack {
    header: Header,
    pub(crate) tables: File,
}

impl Pack {
    /// Reads a pack from the text of its files, each with the name to show in errors.
    ///
    /// # Errors
    /// A file that is not in the format, or not exactly one `[pack]` table among them.
    pub fn parse(name: &str, files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut tables = File::default();
        for (file, text) in files {
            tables.append(File::parse(file, text)?)?;
        }
        let mut header = tables.pack.clone().ok_or_else(|| Error::NoHeader {
            name: name.to_owned(),
            n_files: files.len(),
        })?;
        header.digest = digest(files);
        Ok(Self { header, tables })
    }

    /// What the pack says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }
}

/// One digest over the texts of all files, each behind its length; the names do not count.
fn digest(files: &[(&str, &str)]) -> String {
    let mut all = Vec::new();
    for (_, text) in files {
        all.extend_from_slice(&(text.len() as u64).to_le_bytes());
        all.extend_from_slice(text.as_bytes());
    }
    Digest::of(&all).to_string()
}

/// The files of a pack on disk, name and text: the file itself, or every `.toml` of a folder in order of name.
///
/// # Errors
/// A path that cannot be read.
pub fn read_files(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let fail = |source| Error::Io {
        path: path.display().to_string(),
        source,
    };
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        paths = fs::read_dir(path)
            .map_err(fail)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .map_err(fail)?;
        paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
        paths.sort();
    }
    paths
        .into_iter()
        .map(|p| {
            Ok((
                p.display().to_string(),
                fs::read_to_string(&p).map_err(fail)?,
            ))
        })
        .collect()
}
