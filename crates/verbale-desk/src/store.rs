//! Connections to the case file: several that read, one that writes.
//!
//! SQLite blocks, so every use runs on a thread that may block, and no connection is held across an `await`.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::StatusCode;
use tokio::{sync::Semaphore, task::spawn_blocking};
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
    /// Never used for anything but [`Case::data_version`], which counts per connection.
    watch: Mutex<Option<Case>>,
}

impl Store {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::default(),
            slots: Arc::new(Semaphore::new(N_READERS)),
            writer: Mutex::default(),
            watch: Mutex::default(),
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
        let idle = lock(&self.idle).pop();
        let case = match idle {
            Some(case) => case,
            None => Case::open_read_only(&self.path)?,
        };
        let mut value = None;
        case.consistently(|case| {
            value = Some(read(case));
            Ok(())
        })?;
        lock(&self.idle).push(case);
        value.unwrap_or_else(|| Err(gone()))
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
