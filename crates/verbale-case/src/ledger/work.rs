//! How much making the ledgers has read: unlike times, the same in every run.

use std::cell::Cell;

/// What a thread has read for ledgers since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Claims with their words.
    pub n_claims: u64,
    /// Places of claims under names, in lines and parts.
    pub n_places: u64,
    /// Pairs of claims that were held against each other.
    pub n_pairs: u64,
}

thread_local! {
    static DONE: Cell<Work> = const { Cell::new(Work { n_claims: 0, n_places: 0, n_pairs: 0 }) };
}

impl Work {
    /// What this thread has read so far.
    pub fn so_far() -> Self {
        DONE.get()
    }

    /// What it has read since it had read `before`.
    pub fn since(before: Self) -> Self {
        let now = Self::so_far();
        Self {
            n_claims: now.n_claims - before.n_claims,
            n_places: now.n_places - before.n_places,
            n_pairs: now.n_pairs - before.n_pairs,
        }
    }
}

fn note(change: impl FnOnce(&mut Work)) {
    let mut work = DONE.get();
    change(&mut work);
    DONE.set(work);
}

pub(super) fn claim_is_read() {
    note(|work| work.n_claims += 1);
}

pub(super) fn places_are_read(n: usize) {
    note(|work| work.n_places += n as u64);
}

pub(super) fn pairs_are_held(n: usize) {
    note(|work| work.n_pairs += n as u64);
}
