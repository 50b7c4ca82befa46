//! Work on many items with several threads and results in the order of the items.

use std::{collections::BTreeMap, num::NonZero, sync::Mutex, thread};

/// Items of a batch for each thread: enough to even out long and short ones, few enough to bound memory.
pub(crate) const ITEMS_PER_THREAD: usize = 8;

/// How many threads to use where nobody said.
pub(crate) fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Applies `work` to the items of a batch on `threads` threads; the results are in the order of the items.
///
/// When `is_over` says so no further item is begun, and the results end with the last one before the first
/// that is missing.
pub(crate) fn ordered<T: Send, R: Send>(
    batch: Vec<T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    is_over: impl Fn() -> bool + Sync,
) -> Vec<R> {
    let batch = batch.into_iter();
    if threads <= 1 || batch.len() <= 1 {
        return batch.take_while(|_| !is_over()).map(work).collect();
    }
    let n = batch.len();
    let queue = Mutex::new(batch.enumerate());
    let done = Mutex::new(BTreeMap::new());
    let next = || queue.lock().expect("no thread panics with the lock").next();
    thread::scope(|scope| {
        for _ in 0..threads.min(n) {
            scope.spawn(|| {
                while !is_over()
                    && let Some((i, item)) = next()
                {
                    let result = work(item);
                    done.lock()
                        .expect("no thread panics with the lock")
                        .insert(i, result);
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no thread panics with the lock");
    (0..n).map_while(|i| done.remove(&i)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn keeps_the_order_for_any_number_of_threads() {
        let items: Vec<u32> = (0..100).collect();
        let doubled: Vec<u32> = items.iter().map(|n| n * 2).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(
                ordered(items.clone(), threads, |n| n * 2, || false),
                doubled
            );
        }
    }

    #[test]
    fn begins_nothing_more_once_it_is_over() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [1, 4] {
            let over = AtomicBool::new(false);
            let work = |n: usize| {
                if n == 3 {
                    over.store(true, Ordering::Relaxed);
                }
                n
            };
            let done = ordered(items.clone(), threads, work, || {
                over.load(Ordering::Relaxed)
            });
            assert!((1..100).contains(&done.len()), "{} items", done.len());
            assert_eq!(done, items[..done.len()], "{threads} threads");
        }
    }
}
