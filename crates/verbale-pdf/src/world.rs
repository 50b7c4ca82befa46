//! What the type setter may see: the layout, the brief, the fonts, and nothing else.

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::fonts::FontStore;

/// The layout.
const LAYOUT: &str = include_str!("brief.typ");

/// A world of two files: the layout and the brief.
pub(crate) struct Desk {
    standard: LazyHash<Library>,
    fonts: FontStore,
    layout: Source,
    brief: (FileId, Bytes),
}

impl Desk {
    /// A world with this brief, as JSON.
    pub(crate) fn new(fonts: FontStore, brief: Vec<u8>) -> Self {
        Self {
            standard: LazyHash::new(Library::default()),
            fonts,
            layout: Source::new(file("brief.typ"), LAYOUT.to_owned()),
            brief: (file("brief.json"), Bytes::new(brief)),
        }
    }
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.standard
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() {
            Ok(self.layout.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.brief.0 {
            Ok(self.brief.1.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
