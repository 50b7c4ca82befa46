//! One pack, from its files.

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
        let header = tables.pack.clone().ok_or_else(|| Error::NoHeader {
            name: name.to_owned(),
            n_files: files.len(),
        })?;
        Ok(Self { header, tables })
    }

    /// What the pack says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }
}
