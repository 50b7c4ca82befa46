//! Opening and creating a case file.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Error, Result};
use crate::schema::{self, State};

mod log;

use log::WriteBack;

/// How long a writer waits for another before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The size beyond which the write-ahead log is written back into the file after a commit, in bytes.
const WAL_LIMIT_BYTES: u64 = 64 << 20;

/// How much of the file a connection keeps in memory, in KiB: the upper levels of the indexes of ten million claims.
const CACHE_KB: i64 = 128 << 10;

/// How much of the file is kept while ledgers are made of all that a case has: claims are then read in the order of
/// names, which is none of theirs.
const LARGE_CACHE_KB: i64 = 1 << 20;

/// One case: an SQLite file with pages, documents, claims and decisions.
///
/// A method that changes the file does so in one transaction: killed at any moment, it has happened or it has
/// not. Reading takes no lock that a writer would wait for. A `Case` belongs to one thread; other threads and
/// processes open the file for themselves.
#[derive(Debug)]
pub struct Case {
    // Before the connection, which must be the last one to close.
    write_back: WriteBack,
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

impl Case {
    /// Opens the case at `path` for reading and writing, and makes a new one where there is no file or an empty
    /// one. An older schema is brought up to date. The new file appears at `path` whole or not at all.
    ///
    /// # Errors
    /// If the file is no case, damaged, newer than this program, read-only or cannot be opened.
    pub fn create(path: &Path) -> Result<Self> {
        if path.metadata().is_ok_and(|m| m.len() > 0) {
            return Self::open_with(path, OpenFlags::empty());
        }
        let fresh = beside(path);
        let laid = Self::lay(path, &fresh);
        for left in ["", "-wal", "-shm"] {
            fs::remove_file(with_suffix(&fresh, left)).ok();
        }
        laid?;
        Self::open_with(path, OpenFlags::empty())
    }

    /// Makes an empty case at `fresh` and gives it the name `path`, unless another process was faster.
    fn lay(path: &Path, fresh: &Path) -> Result<()> {
        // Closing writes the log back too, but says nothing where it cannot: on a full disk half a case got its name.
        let case = Self::open_with(fresh, OpenFlags::SQLITE_OPEN_CREATE);
        case.and_then(|case| case.write_back())
            .map_err(|e| e.about(path))?;
        let moved = if path.exists() {
            // An empty file of that name holds nothing that could be lost.
            fs::rename(fresh, path)
        } else {
            // A link never replaces what another process has made meanwhile; some file systems have none.
            fs::hard_link(fresh, path).or_else(|e| match e.kind() {
                io::ErrorKind::AlreadyExists => Ok(()),
                _ => fs::rename(fresh, path),
            })
        };
        moved.map_err(|e| Error::CannotOpen {
            path: path.to_owned(),
            source: Box::new(e),
        })
    }

    /// Opens an existing case for reading and writing. An older schema is brought up to date.
    ///
    /// # Errors
    /// As [`Case::create`], and if there is no file.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, OpenFlags::empty())
    }

    /// Opens an existing case and never changes it. Works on a file, or in a folder, without write permission.
    ///
    /// # Errors
    /// If the file is missing, no case, damaged, newer than this program, or has an older schema, which opening it
    /// for writing once brings up to date.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        require_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened =
            connect(path, flags).and_then(|db| schema::state(&db).map(|state| (db, state)));
        let (db, state) = match opened {
            Ok(opened) => opened,
            Err(e) if may_be_frozen(path, &e) => {
                // Without write permission for the folder, or on a full disk, SQLite cannot make its shared memory.
                // If there is no log either, nobody is writing, and the file can be read as it lies.
                let db = connect(&frozen_uri(path), flags | OpenFlags::SQLITE_OPEN_URI)
                    .map_err(|e| Error::new(path, e))?;
                let state = schema::state(&db).map_err(|e| Error::new(path, e))?;
                (db, state)
            }
            Err(e) => return Err(Error::new(path, e)),
        };
        let case = Self {
            write_back: WriteBack::default(),
            db,
            path: path.to_owned(),
        };
        case.require_known(state)?;
        match state {
            State::Version(schema::VERSION) => Ok(case),
            State::Version(found) => Err(Error::Older {
                path: case.path,
                found,
                known: schema::VERSION,
            }),
            State::Empty | State::Foreign => Err(Error::NotACase { path: case.path }),
        }
    }

    /// A case in memory, for tests and trials.
    ///
    /// # Errors
    /// If SQLite has no memory.
    pub fn in_memory() -> Result<Self> {
        let path = Path::new(":memory:");
        let db = Connection::open_in_memory().map_err(|e| Error::new(path, e))?;
        Self::prepared(db, path)
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open_with(path: &Path, create: OpenFlags) -> Result<Self> {
        if create.is_empty() {
            require_file(path)?;
        }
        require_sqlite(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let db = connect(path, flags).map_err(|e| Error::new(path, e))?;
        Self::prepared(db, path)
    }

    fn prepared(db: Connection, path: &Path) -> Result<Self> {
        let mut case = Self {
            write_back: WriteBack::default(),
            db,
            path: path.to_owned(),
        };
        let state = case.run(schema::state)?;
        case.require_known(state)?;
        if state == State::Foreign {
            return Err(Error::NotACase { path: case.path });
        }
        if case.run(|db| db.is_readonly("main"))? {
            return Err(Error::ReadOnly { path: case.path });
        }
        case.run(|db| {
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "NORMAL")?;
            // The log is written back by a thread of its own.
            db.pragma_update(None, "wal_autocheckpoint", 0)?;
            db.pragma_update(None, "journal_size_limit", WAL_LIMIT_BYTES as i64)
        })?;
        if state != State::Version(schema::VERSION) {
            let path = &case.path;
            schema::migrate(&mut case.db).map_err(|e| Error::new(path, e))?;
        }
        case.index_again_if_outdated()?;
        Ok(case)
    }

    fn require_known(&self, state: State) -> Result<()> {
        match state {
            State::Version(found) if found > schema::VERSION => Err(Error::Newer {
                path: self.path.clone(),
                found,
                known: schema::VERSION,
            }),
            _ => Ok(()),
        }
    }

    /// Reads with `query`; what SQLite says becomes an error that names the file.
    pub(crate) fn run<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T> {
        query(&self.db).map_err(|e| Error::new(&self.path, e))
    }

    /// Changes the file with `change`, wholly or not at all.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let Self { db, path, .. } = self;
        let done = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let value = change(&transaction)?;
                transaction.commit()?;
                Ok(value)
            })
            .map_err(|e| Error::new(path, e))?;
        self.bound_log();
        Ok(done)
    }

    /// Changes the file with `change` and takes everything back.
    pub(crate) fn try_out<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let Self { db, path, .. } = self;
        db.transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let value = change(&transaction)?;
                transaction.rollback()?;
                Ok(value)
            })
            .map_err(|e| Error::new(path, e))
    }

    /// Reads a consistent state with several queries, whatever other processes add meanwhile.
    ///
    /// The write-ahead log grows as long as `read` runs, so it should not wait for people.
    ///
    /// # Errors
    /// If `read` fails, or the file cannot be read.
    pub fn consistently<T>(&self, read: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        if !self.db.is_autocommit() {
            return read(self);
        }
        let fail = |e| Error::new(&self.path, e);
        let transaction = self.db.unchecked_transaction().map_err(fail)?;
        let value = read(self)?;
        transaction.finish().map_err(fail)?;
        Ok(value)
    }

    /// Does `work` with more of the file in memory than a connection usually keeps.
    pub(crate) fn with_large_cache<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        self.run(|db| db.pragma_update(None, "cache_size", -LARGE_CACHE_KB))?;
        let done = work(self);
        self.run(|db| db.pragma_update(None, "cache_size", -CACHE_KB))?;
        done
    }

    /// Writes the whole write-ahead log back, so that one file has everything.
    pub(crate) fn write_back(&self) -> Result<()> {
        self.run(|db| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    /// Has a long write-ahead log written back beside the work, and waits for it where that was not enough: a log is
    /// never begun anew while somebody reads or writes, so with busy ones it would grow without bound.
    fn bound_log(&mut self) {
        let log = with_suffix(&self.path, "-wal");
        let n_bytes = log.metadata().map_or(0, |m| m.len());
        if n_bytes > WAL_LIMIT_BYTES {
            // A reader that outlasts the time-out only postpones this to the next change.
            let _ = self.write_back();
        } else {
            self.write_back.log_is(n_bytes, &self.path);
        }
    }
}

/// The name under which a new case is made: in the same folder, hidden, one a process.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new-{}", std::process::id()))
}

fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.pragma_update(None, "foreign_keys", true)?;
    // A file from somebody else must not run anything through its schema.
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cache_size", -CACHE_KB)?;
    // Else SQLite plans a statement anew for each value that is bound to it, which takes longer than most answers.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

fn require_file(path: &Path) -> Result<()> {
    match OpenOptions::new().read(true).open(path) {
        Ok(_) => Ok(()),
        Err(e) => Err(Error::CannotOpen {
            path: path.to_owned(),
            source: Box::new(e),
        }),
    }
}

/// Refuses a file that is no SQLite database before SQLite can put a log beside it.
fn require_sqlite(path: &Path) -> Result<()> {
    let mut head = Vec::new();
    match OpenOptions::new().read(true).open(path) {
        Ok(file) => file.take(16).read_to_end(&mut head),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(e) => Err(e),
    }
    .map_err(|e| Error::CannotOpen {
        path: path.to_owned(),
        source: Box::new(e),
    })?;
    if head.is_empty() || head == b"SQLite format 3\0" {
        Ok(())
    } else {
        Err(Error::NotACase {
            path: path.to_owned(),
        })
    }
}

fn may_be_frozen(path: &Path, error: &rusqlite::Error) -> bool {
    let no_shared_memory = error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen)
        || crate::error::lacks_room_for_shared_memory(error);
    let log = with_suffix(path, "-wal").metadata();
    no_shared_memory && log.map_or(true, |log| log.len() == 0)
}

fn frozen_uri(path: &Path) -> PathBuf {
    let escaped = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    PathBuf::from(format!("file:{escaped}?immutable=1"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod kill_tests;
#[cfg(test)]
mod tests;
