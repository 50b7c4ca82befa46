//! What is made from the whole case, once for each state of the file.
//!
//! It is made in the background, one thing after the other, so that pages have the rest of the machine. A page that
//! needs it waits a moment, and is then made from an older one, which it says. Claims are filed first, so that other
//! pages can read the ledgers name by name.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tokio::{sync::watch, task::spawn_blocking, time::timeout};
use verbale_analysis::{Lexicon, Withdrawn};
use verbale_case::ledger::{ListedPublisher, Status};

use crate::{
    error::Fault,
    ledgers::Ledgers,
    store::{Store, lock},
    view::ImpactView,
};

/// How many publishers' impacts are kept.
const IMPACTS: usize = 16;

/// What is kept of the case as a whole.
#[derive(Debug)]
pub(crate) struct Shelf {
    store: Arc<Store>,
    lexicon: Lexicon,
    now: fn() -> Timestamp,
    ledgers: Arc<Kept<Ledgers>>,
    status: Arc<Kept<Status>>,
    publishers: Arc<Kept<Vec<ListedPublisher>>>,
    impacts: Mutex<BTreeMap<String, Arc<Kept<ImpactView>>>>,
}

/// Something from the shelf.
#[derive(Debug)]
pub(crate) struct Held<T> {
    pub(crate) value: Arc<T>,
    /// True if the file has changed since it was made.
    pub(crate) is_stale: bool,
}

/// The state of the file, and the day, of which something was made.
type State = (i64, Date);

impl Shelf {
    pub(crate) fn new(store: Arc<Store>, lexicon: Lexicon, now: fn() -> Timestamp) -> Self {
        Self {
            store,
            lexicon,
            now,
            ledgers: Arc::default(),
            status: Arc::default(),
            publishers: Arc::default(),
            impacts: Mutex::default(),
        }
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The ledgers of the case as it is; older ones, or none, if they are not made within `patience`.
    ///
    /// # Errors
    /// If they cannot be made.
    pub(crate) async fn ledgers(
        self: &Arc<Self>,
        patience: Duration,
    ) -> Result<Option<Held<Ledgers>>, Fault> {
        let (state, shelf) = (self.state().await?, Arc::clone(self));
        let make = move |store: &Store| {
            store.file(&shelf.lexicon)?;
            made_now(store, state.1, |case| {
                Ledgers::make(case, &shelf.lexicon, state.1)
            })
        };
        self.ledgers.at(state, &self.store, make, patience).await
    }

    /// The numbers of the case, as [`Shelf::ledgers`].
    ///
    /// # Errors
    /// If they cannot be counted.
    pub(crate) async fn status(
        self: &Arc<Self>,
        patience: Duration,
    ) -> Result<Option<Held<Status>>, Fault> {
        let state = self.state().await?;
        let make = move |store: &Store| made_now(store, state.1, |case| Ok(case.status()?));
        self.status.at(state, &self.store, make, patience).await
    }

    /// The publishers with their counts, as [`Shelf::ledgers`].
    ///
    /// # Errors
    /// If they cannot be counted.
    pub(crate) async fn publishers(
        self: &Arc<Self>,
        patience: Duration,
    ) -> Result<Option<Held<Vec<ListedPublisher>>>, Fault> {
        let state = self.state().await?;
        let make = move |store: &Store| made_now(store, state.1, |case| Ok(case.publishers()?));
        self.publishers.at(state, &self.store, make, patience).await
    }

    /// What would fall with a publisher, as [`Shelf::ledgers`].
    ///
    /// # Errors
    /// If it cannot be worked out.
    pub(crate) async fn impact(
        self: &Arc<Self>,
        publisher: &str,
        patience: Duration,
    ) -> Result<Option<Held<ImpactView>>, Fault> {
        let (state, shelf) = (self.state().await?, Arc::clone(self));
        let withdrawn = Withdrawn::Outlet(publisher.to_owned());
        let make = move |store: &Store| {
            store.file(&shelf.lexicon)?;
            made_now(store, state.1, |case| {
                // There may be millions of them, and only the worst are shown.
                Ok(ImpactView::of(&case.impact(&shelf.lexicon, &withdrawn)?))
            })
        };
        let kept = self.kept_impact(publisher);
        kept.at(state, &self.store, make, patience).await
    }

    /// The place of a publisher's impact; another one's is given up if there are too many.
    fn kept_impact(&self, publisher: &str) -> Arc<Kept<ImpactView>> {
        let mut impacts = lock(&self.impacts);
        if impacts.len() >= IMPACTS && !impacts.contains_key(publisher) {
            impacts.pop_first();
        }
        Arc::clone(impacts.entry(publisher.to_owned()).or_default())
    }

    async fn state(&self) -> Result<State, Fault> {
        let store = Arc::clone(&self.store);
        let version = spawn_blocking(move || store.version()).await;
        Ok((
            version.unwrap_or(Ok(0))?,
            (self.now)().to_zoned(TimeZone::UTC).date(),
        ))
    }
}

/// Makes something, with the state of the file of which it is made: filing changes the file.
fn made_now<T>(
    store: &Store,
    on: Date,
    make: impl FnOnce(&verbale_case::Case) -> Result<T, Fault>,
) -> Result<(State, T), Fault> {
    let version = store.version()?;
    Ok(((version, on), store.read_now(make)?))
}

/// What was made of a state of the file, or why it could not be.
type Made<T> = (State, Result<Arc<T>, Fault>);

/// One thing on the shelf.
#[derive(Debug)]
struct Kept<T> {
    value: Mutex<Option<Made<T>>>,
    is_making: AtomicBool,
    /// True if the last wait was too short; the next is shorter then.
    is_slow: AtomicBool,
    /// Counts how often it was made.
    made: watch::Sender<u64>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            value: Mutex::default(),
            is_making: AtomicBool::new(false),
            is_slow: AtomicBool::new(false),
            made: watch::Sender::new(0),
        }
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    async fn at(
        self: &Arc<Self>,
        state: State,
        store: &Arc<Store>,
        make: impl FnOnce(&Store) -> Result<(State, T), Fault> + Send + 'static,
        patience: Duration,
    ) -> Result<Option<Held<T>>, Fault> {
        let mut made = self.made.subscribe();
        if !self.is_of(state) {
            self.make(state, Arc::clone(store), make);
            // If it was being made from an older state, the wait ends with that, and this is made next time.
            if !patience.is_zero() {
                let is_slow = self.is_slow.load(Ordering::Relaxed);
                let patience = if is_slow { patience / 10 } else { patience };
                let waited = timeout(patience, made.changed()).await;
                self.is_slow.store(waited.is_err(), Ordering::Relaxed);
            }
        }
        let is_stale = !self.is_of(state);
        match &*lock(&self.value) {
            Some((_, Ok(value))) => Ok(Some(Held {
                value: Arc::clone(value),
                is_stale,
            })),
            Some((_, Err(Fault::Status(status, words)))) => Err(Fault::Status(*status, words)),
            Some((_, Err(_))) | None => Ok(None),
        }
    }

    fn is_of(&self, state: State) -> bool {
        lock(&self.value)
            .as_ref()
            .is_some_and(|(of, _)| *of == state)
    }

    /// Makes it in the background, unless that is being done.
    fn make(
        self: &Arc<Self>,
        state: State,
        store: Arc<Store>,
        make: impl FnOnce(&Store) -> Result<(State, T), Fault> + Send + 'static,
    ) {
        if self.is_making.swap(true, Ordering::AcqRel) {
            return;
        }
        let making = Making(Arc::clone(self));
        spawn_blocking(move || {
            let made = store.alone(|| make(&store));
            match made {
                Ok((of, value)) => *lock(&making.0.value) = Some((of, Ok(Arc::new(value)))),
                // A file that could not be read is tried again.
                Err(Fault::Case(_)) => {}
                Err(fault) => *lock(&making.0.value) = Some((state, Err(fault))),
            }
        });
    }
}

/// Something that is being made; dropped when that has ended, well or not.
struct Making<T>(Arc<Kept<T>>);

impl<T> Drop for Making<T> {
    fn drop(&mut self) {
        self.0.is_making.store(false, Ordering::Release);
        self.0.made.send_modify(|n| *n += 1);
    }
}
