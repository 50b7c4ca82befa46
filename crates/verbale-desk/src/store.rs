//! Connections to the case file: several that read, one that writes.
//!
//! SQLite blocks, so every use runs on a thread that may block, and no connection is held across an `await`.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::StatusCode;
use tokio::{sync::Semaphore, task::spawn_blocking};
use verbale_analysis::Lexicon;
use verbale_case::Case;

use crate::error::Fault;

/// How many requests read at once. More would only wait for the same two or four cores.
const N_READERS: usize = 4;

/// The case file, for many requests.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    idle: Mutex<Vec<Case>>,
    slots: Arc<Semaphore>,
    writer: Mutex<Option<Case>>,
    /// Held by whoever works in the background.
    background: Mutex<()>,
    /// Never used for anything but [`Case::data_version`], which counts per connection.
    watch: Mutex<Option<Case>>,
    /// For a file that cannot be written: the one connection that has its claims filed beside it, and the version
    /// of the file at which it did so.
    aside: Mutex<Option<(Case, i64)>>,
}

impl Store {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::default(),
            slots: Arc::new(Semaphore::new(N_READERS)),
            writer: Mutex::default(),
            background: Mutex::default(),
            watch: Mutex::default(),
            aside: Mutex::default(),
        }
    }

    /// The name of the file, for headings.
    pub(crate) fn name(&self) -> String {
        let name = self.path.file_stem().unwrap_or(self.path.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// Reads one consistent state of the case.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Case) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let slots = Arc::clone(&self.slots);
        let slot = slots.acquire_owned().await.map_err(|_| gone())?;
        let store = Arc::clone(self);
        let task = spawn_blocking(move || {
            let value = store.read_now(read);
            drop(slot);
            value
        });
        task.await.map_err(|_| gone())?
    }

    /// As [`Store::read`], on the current thread.
    pub(crate) fn read_now<T>(
        &self,
        read: impl FnOnce(&Case) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if let Some((case, _)) = &*lock(&self.aside) {
            return consistently(case, read);
        }
        let idle = lock(&self.idle).pop();
        let case = match idle {
            Some(case) => case,
            None => Case::open_read_only(&self.path)?,
        };
        let value = consistently(&case, read);
        lock(&self.idle).push(case);
        value
    }

    /// Files the claims that are not filed yet and looks for conflicts, so that the ledgers can be read; in the
    /// file if it can be written, else beside it. It takes as long as it takes: seconds for thousands of pages.
    pub(crate) fn file(&self, lexicon: &Lexicon) -> Result<(), Fault> {
        let version = self.version()?;
        if let Some((_, of)) = &*lock(&self.aside)
            && *of == version
        {
            return Ok(());
        }
        if self.read_now(|case| Ok(case.is_filed(lexicon)? && case.is_settled()?))? {
            return Ok(());
        }
        // Not the connection for decisions, which would have to wait.
        match Case::open(&self.path) {
            Ok(mut case) => {
                case.file_claims(lexicon)?;
                case.settle_conflicts(lexicon)?;
            }
            Err(verbale_case::Error::ReadOnly { .. }) => {
                let mut case = Case::open_read_only(&self.path)?;
                case.file_claims_aside(lexicon)?;
                case.settle_conflicts(lexicon)?;
                *lock(&self.aside) = Some((case, version));
            }
            Err(e) => return Err(e.into()),
        }
        Ok(())
    }

    /// Does long work when no other long work is being done.
    pub(crate) fn alone<T>(&self, work: impl FnOnce() -> T) -> T {
        let _turn = lock(&self.background);
        work()
    }

    /// Changes the case; one change at a time.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        write: impl FnOnce(&mut Case) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = Arc::clone(self);
        let task = spawn_blocking(move || {
            let mut writer = lock(&store.writer);
            if writer.is_none() {
                *writer = Some(Case::open(&store.path)?);
            }
            writer.as_mut().map_or_else(|| Err(gone()), write)
        });
        task.await.map_err(|_| gone())?
    }

    /// A number that changes whenever anybody has changed the file.
    pub(crate) fn version(&self) -> Result<i64, Fault> {
        let mut watch = lock(&self.watch);
        if watch.is_none() {
            *watch = Some(Case::open_read_only(&self.path)?);
        }
        match watch.as_ref() {
            Some(case) => Ok(case.data_version()?),
            None => Err(gone()),
        }
    }
}

/// Reads one state of the file.
fn consistently<T>(case: &Case, read: impl FnOnce(&Case) -> Result<T, Fault>) -> Result<T, Fault> {
    let mut value = None;
    case.consistently(|case| {
        value = Some(read(case));
        Ok(())
    })?;
    value.unwrap_or_else(|| Err(gone()))
}

/// A panic in another request poisons a lock, but nothing is left half done behind it: SQLite rolls back.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn gone() -> Fault {
    Fault::Status(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the request could not be finished",
    )
}
