//! Work on many items with several threads and results in the order of the items.

use std::{
    num::NonZero,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Items in flight for each thread: enough to even out long and short ones, few enough to bound memory.
const ITEMS_PER_THREAD: usize = 8;

/// How many threads to use where nobody said.
pub(crate) fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Applies `work` to every item on `threads` threads and hands the results to `sink` in order.
///
/// # Errors
/// The first error of `sink`, after which nothing more is begun.
pub(crate) fn ordered<T: Sync, R: Send, E>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    for chunk in items.chunks(threads * ITEMS_PER_THREAD) {
        if threads == 1 || chunk.len() == 1 {
            for item in chunk {
                sink(work(item))?;
            }
            continue;
        }
        let next = AtomicUsize::new(0);
        let slots: Vec<Mutex<Option<R>>> = chunk.iter().map(|_| Mutex::new(None)).collect();
        thread::scope(|scope| {
            for _ in 0..threads.min(chunk.len()) {
                scope.spawn(|| {
                    while let Some(i) = Some(next.fetch_add(1, Ordering::Relaxed))
                        && let Some(item) = chunk.get(i)
                    {
                        let result = work(item);
                        *slots[i].lock().expect("no thread panics with the lock") = Some(result);
                    }
                });
            }
        });
        for slot in slots {
            let result = slot.into_inner().expect("no thread panics with the lock");
            sink(result.expect("every slot was filled"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_for_any_number_of_threads() {
        let items: Vec<u32> = (0..100).collect();
        for threads in [1, 2, 7] {
            let mut out = Vec::new();
            let done: Result<(), ()> = ordered(
                &items,
                threads,
                |n| n * 2,
                |r| {
                    out.push(r);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(out, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn stops_at_the_first_error() {
        let items: Vec<u32> = (0..100).collect();
        let mut seen = 0;
        let done = ordered(
            &items,
            2,
            |n| *n,
            |n| {
                seen += 1;
                if n == 3 { Err(n) } else { Ok(()) }
            },
        );
        assert_eq!((done, seen), (Err(3), 4));
    }
}
