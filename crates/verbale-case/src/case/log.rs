//! Writing the log back beside the work.
//!
//! A page touches as many places of a large case as it has words and names. Written back by the commit that finds the
//! log too long, they make that page wait for the disk; here another thread does it with a connection of its own.
//! SQLite lets it read the log while more is written behind.

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::OpenFlags;

/// By how much the log grows before it is written back again, in bytes.
const STEP_BYTES: u64 = 8 << 20;

/// A thread that writes the log back when it is told to, begun when it is first needed.
#[derive(Debug, Default)]
pub(super) struct WriteBack {
    /// How long the log was when it was last written back.
    done_bytes: u64,
    orders: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl WriteBack {
    /// Has a log of this length written back if it has grown enough since the last time.
    pub(super) fn log_is(&mut self, n_bytes: u64, path: &Path) {
        // Somebody has cut it.
        self.done_bytes = self.done_bytes.min(n_bytes);
        if n_bytes - self.done_bytes >= STEP_BYTES {
            self.done_bytes = n_bytes;
            self.order(path);
        }
    }

    /// Has the log of the case at `path` written back. Without a thread to do it, this is left to
    /// [`Case::change`](super::Case::change), which keeps the log from growing without bound.
    pub(super) fn order(&mut self, path: &Path) {
        if self.thread.is_none() {
            let (orders, taken) = sync_channel(1);
            let path = path.to_owned();
            let begun = std::thread::Builder::new()
                .name("write-back".into())
                .spawn(move || {
                    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                    let Ok(db) = super::connect(&path, flags) else {
                        return;
                    };
                    while taken.recv().is_ok() {
                        // What a busy reader still needs stays for the next time.
                        let _ = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                    }
                });
            self.thread = begun.ok();
            self.orders = Some(orders);
        }
        if let Some(orders) = &self.orders {
            // Full: the order before has not been begun yet, and will do for this one.
            let _ = orders.try_send(());
        }
    }
}

impl Drop for WriteBack {
    /// Waits for what was ordered, so that the case's own connection is the last one: it leaves no log behind.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
