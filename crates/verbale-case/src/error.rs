//! What can go wrong with a case file, split by what the person at the keyboard can do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A case file that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no file, or it may not be opened.
    #[error("cannot open case `{}`", .path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the system or SQLite says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file is something else.
    #[error("not a case file: `{}`", .path.display())]
    NotACase {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer program.
    #[error("case has schema version {found}, this program knows up to {known}: `{}`", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The file's schema version.
        found: i64,
        /// The newest schema version that this program knows.
        known: i64,
    },
    /// The file has to be brought up to date before it can be read.
    #[error("case has schema version {found}, older than {known}: `{}`", .path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// The file's schema version.
        found: i64,
        /// The version to which opening it for writing brings it.
        known: i64,
    },
    /// The file's content contradicts itself.
    #[error("case is damaged ({what}): `{}`", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The file may be read but not written.
    #[error("case is read-only: `{}`", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another process keeps writing.
    #[error("another process is writing to case `{}`", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("no space left for case `{}`", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that SQLite reports.
    #[error("SQLite failed on case `{}`", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// The result of what touches a case file.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The error that `source` means for the case at `path`.
    pub(crate) fn new(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotACase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                what: source.to_string(),
            },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            _ if lacks_room_for_shared_memory(&source) => Self::Full { path },
            Some(ErrorCode::CannotOpen) => Self::CannotOpen {
                path,
                source: Box::new(source),
            },
            _ => Self::Sqlite { path, source },
        }
    }

    /// The same error about another path: the one that was asked for, where a file beside it was worked on.
    pub(crate) fn about(mut self, asked: &Path) -> Self {
        match &mut self {
            Self::CannotOpen { path, .. }
            | Self::NotACase { path }
            | Self::Newer { path, .. }
            | Self::Older { path, .. }
            | Self::Damaged { path, .. }
            | Self::ReadOnly { path }
            | Self::Busy { path }
            | Self::Full { path }
            | Self::Sqlite { path, .. } => *path = asked.to_owned(),
        }
        self
    }

    /// What to do about it, one line, for a `hint:`.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::CannotOpen { .. } => {
                "check the path and its permissions; `verbale add` creates a case that does not exist"
            }
            Self::NotACase { .. } => "give the path of a file that `verbale add` has written",
            Self::Newer { .. } => "use the newer version of verbale; the file has not been touched",
            Self::Older { .. } => {
                "run a command that writes to it, such as `verbale claims`, which brings it up to date"
            }
            Self::Damaged { .. } => {
                "take the newest backup (`verbale backup` makes them); \
                 `sqlite3 FILE .recover` saves what can be read"
            }
            Self::ReadOnly { .. } => {
                "give yourself permission to write the file and its folder, or work on a copy"
            }
            Self::Busy { .. } => "wait until the other `verbale` has finished, then run it again",
            Self::Full { .. } => {
                "free some space and run it again; what was added before is safe and is not added twice"
            }
            Self::Sqlite { .. } => "run `verbale check` on the file",
        }
    }
}

/// True if the disk has no room for the few kilobytes that SQLite shares between processes.
pub(crate) fn lacks_room_for_shared_memory(error: &rusqlite::Error) -> bool {
    let code = match error {
        rusqlite::Error::SqliteFailure(failure, _) => failure.extended_code,
        _ => return false,
    };
    code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
}
