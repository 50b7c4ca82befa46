//! From the paths that were given to files that can be read.

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use verbale_core::{Diagnostic, diagnostic};
use walkdir::WalkDir;

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input, `-`.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// The path as the ledger keeps it.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Opens it for reading from any place. Standard input is taken into memory, at most `most` bytes of it;
    /// the second value says whether there would have been more.
    pub(crate) fn open(&self, most: u64) -> io::Result<(Box<dyn verbale_read::Input>, bool)> {
        match self {
            Self::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
                let is_cut = bytes.len() as u64 > most;
                bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
                Ok((Box::new(Cursor::new(bytes)), is_cut))
            }
            Self::File(path) => Ok((Box::new(BufReader::new(AsFound::open(path)?)), false)),
        }
    }
}

/// A file up to the length that it had when it was opened: one that grows while it is read comes to an end.
struct AsFound {
    file: File,
    at: u64,
    /// `None` for pipes and devices, which have no length.
    n_bytes: Option<u64>,
}

impl AsFound {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        // Files that the system makes as they are read state a length of nought.
        let n_bytes = (about.is_file() && about.len() > 0).then_some(about.len());
        Ok(Self {
            file,
            at: 0,
            n_bytes,
        })
    }
}

impl Read for AsFound {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = self.n_bytes.map_or(u64::MAX, |n| n.saturating_sub(self.at));
        let n = (&mut self.file).take(left).read(buf)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for AsFound {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match (to, self.n_bytes) {
            (SeekFrom::End(offset), Some(n)) => SeekFrom::Start(n.saturating_add_signed(offset)),
            (to, _) => to,
        };
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

/// What was found below the given paths.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// What can be read, in the order given, folders sorted by name.
    pub(crate) items: Vec<Input>,
    /// What cannot: path and why.
    pub(crate) skipped: Vec<(String, Diagnostic)>,
}

impl Inputs {
    /// How many there are, those among them that cannot be read.
    pub(crate) fn len(&self) -> usize {
        self.items.len() + self.skipped.len()
    }

    /// Resolves paths: files as they are, folders with all their files below, `-` as standard input.
    ///
    /// Hidden files inside folders (`.git`, `.DS_Store`) are passed over; a hidden file that is named is
    /// read. Links are followed, but a link back to a folder above is skipped with a remark.
    pub(crate) fn collect(paths: &[PathBuf]) -> Self {
        let mut inputs = Self::default();
        for path in paths {
            if path == Path::new("-") {
                inputs.items.push(Input::Stdin);
            } else if path.is_dir() {
                inputs.walk(path);
            } else {
                // Whether it can be opened is told when it is read: it may be gone by then.
                inputs.items.push(Input::File(path.clone()));
            }
        }
        inputs
    }

    fn walk(&mut self, folder: &Path) {
        let visible = |e: &walkdir::DirEntry| {
            e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.')
        };
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(visible) {
            match entry {
                Ok(e) if e.file_type().is_file() => self.items.push(Input::File(e.into_path())),
                // Sockets, devices and pipes inside a folder are no pages, and reading them may never end.
                Ok(_) => {}
                Err(e) => {
                    let path = e.path().unwrap_or(folder).display().to_string();
                    let why = match e.loop_ancestor() {
                        Some(up) => format!("link leads back to `{}`", up.display()),
                        None => e.io_error().map_or_else(|| e.to_string(), plain),
                    };
                    self.skipped
                        .push((path, Diagnostic::new(diagnostic::R006_UNREADABLE, why)));
                }
            }
        }
    }
}

/// An input-output error in words, without the operating system's number.
pub(crate) fn plain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => e.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_grows_is_read_as_it_was_found() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        fs::write(&path, "before").unwrap();
        let (mut input, _) = Input::File(path.clone()).open(1).unwrap();
        fs::write(&path, "before and after").unwrap();
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        assert_eq!(text, "before");
        assert_eq!(input.seek(SeekFrom::End(-3)).unwrap(), 3);
        text.clear();
        input.read_to_string(&mut text).unwrap();
        assert_eq!(text, "ore");
    }

    #[test]
    fn folders_are_walked_in_order_and_loops_are_skipped() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        for name in ["c.txt", "a.txt", ".hidden", "b/d.txt"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path(), dir.path().join("b/up")).unwrap();
        let found = Inputs::collect(&[dir.path().to_owned()]);
        let names: Vec<_> = found
            .items
            .iter()
            .map(|i| {
                i.path()
                    .trim_start_matches(&*dir.path().to_string_lossy())
                    .to_owned()
            })
            .collect();
        assert_eq!(names, ["/a.txt", "/b/d.txt", "/c.txt"]);
        assert_eq!(found.skipped.len(), usize::from(cfg!(unix)));
    }
}
