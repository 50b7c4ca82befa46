//! What all requests share, and how a view becomes an answer.

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use maud::Markup;
use serde::Serialize;
use verbale_analysis::Lexicon;
use verbale_case::{
    Case,
    ledger::{ListedPublisher, Status},
};
use verbale_core::Digest;

use crate::{
    Access, Config,
    ask::Ask,
    error::Fault,
    guard,
    ledgers::Ledgers,
    page::{self, Frame, Note},
    shelf::{Held, Shelf},
    store::Store,
    view::ImpactView,
};

/// How long a page waits for what is being made before it shows older ones, or none. In a small case they are made
/// within it, so that a page after a decision shows what follows from it.
const PATIENCE: Duration = Duration::from_millis(25);

/// How long a publisher's page waits for what would fall with it, which is what the page is opened for.
const IMPACT_PATIENCE: Duration = Duration::from_millis(250);

/// A case on the desk. Clones share it.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    store: Arc<Store>,
    shelf: Arc<Shelf>,
    access: Access,
    who: String,
    secret: [u8; 32],
    cookie: String,
    now: fn() -> Timestamp,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The secret is left out.
        f.debug_struct("Desk")
            .field("case", &self.0.store.name())
            .finish_non_exhaustive()
    }
}

/// What a view is made from.
pub(crate) struct Sources<'a> {
    /// One consistent state of the case.
    pub(crate) case: &'a Case,
    /// The ledgers, unless they are still being made.
    pub(crate) ledgers: Option<&'a Ledgers>,
    /// True if claims wait to be filed, so that series and conflicts are not all there.
    pub(crate) is_filing: bool,
    /// The numbers of the case, where they are needed and counted already.
    pub(crate) status: Option<&'a Status>,
    /// The publishers, where they are needed and counted already.
    pub(crate) publishers: Option<&'a [ListedPublisher]>,
    /// What the packs know.
    pub(crate) lexicon: &'a Lexicon,
    /// What was asked for.
    pub(crate) ask: &'a Ask,
}

impl Sources<'_> {
    /// The ledgers, for a page that is nothing without them.
    pub(crate) fn ledgers(&self) -> Result<&Ledgers, Fault> {
        self.ledgers.ok_or(STILL_MADE)
    }
}

/// Accepted, but there is nothing to show yet.
pub(crate) const STILL_MADE: Fault =
    Fault::Status(StatusCode::ACCEPTED, "the ledgers are being made");

/// What a page needs beside the file. No page waits longer than [`PATIENCE`] for any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing.
    Case,
    /// Claims that are filed, and of the ledgers what is there.
    Filed,
    /// The numbers, and of the ledgers what is there.
    Numbers,
    /// The publishers with their counts.
    Publishers,
    /// The ledgers of the case as it is, or else older ones.
    Ledgers,
}

/// What there is of that.
#[derive(Debug, Default)]
struct Found {
    ledgers: Option<Held<Ledgers>>,
    status: Option<Held<Status>>,
    publishers: Option<Held<Vec<ListedPublisher>>>,
}

impl Desk {
    /// A desk; nothing is opened yet.
    pub fn new(config: Config) -> Self {
        // Cookies do not know ports: two desks on one machine must not take each other's.
        let digest = Digest::of(config.case.as_os_str().as_encoded_bytes()).to_string();
        let store = Arc::new(Store::new(config.case));
        Self(Arc::new(Inner {
            shelf: Arc::new(Shelf::new(Arc::clone(&store), config.lexicon, config.now)),
            store,
            access: config.access,
            who: config.who,
            secret: config.secret,
            cookie: format!("verbale_{}", &digest[..12]),
            now: config.now,
        }))
    }

    /// Begins to make the ledgers, so that the first visitor finds them.
    pub(crate) fn warm(&self) {
        let shelf = Arc::clone(&self.0.shelf);
        tokio::spawn(async move {
            // A fault shows again on the first page that needs them.
            let _ = shelf.status(Duration::ZERO).await;
            let _ = shelf.ledgers(Duration::ZERO).await;
        });
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.0.store
    }

    pub(crate) fn access(&self) -> &Access {
        &self.0.access
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.now)()
    }

    /// The name of the session's cookie.
    pub(crate) fn cookie(&self) -> &str {
        &self.0.cookie
    }

    /// A word that only this run of the desk can make.
    pub(crate) fn signed(&self, purpose: &str) -> String {
        Digest::of(&[&self.0.secret, purpose.as_bytes()].concat()).to_string()
    }

    /// Who decides: as the browser says, else whoever started the desk.
    pub(crate) fn who(&self, ask: &Ask) -> String {
        ask.who
            .clone()
            .filter(|w| !w.trim().is_empty())
            .unwrap_or_else(|| self.0.who.clone())
    }

    /// Makes a view and answers with its page, or with its JSON.
    pub(crate) async fn show<V: Serialize + Send + 'static>(
        &self,
        ask: Ask,
        needs: Needs,
        view: impl FnOnce(&Sources<'_>) -> Result<V, Fault> + Send + 'static,
        page: fn(&Frame<'_>, &V) -> Markup,
    ) -> Response {
        match self.view(&ask, needs, view).await {
            Ok((view, note)) => self.answer(&ask, StatusCode::OK, &view, |frame, view| {
                page(&Frame { note, ..*frame }, view)
            }),
            Err(fault) => self.fault(&ask, &fault),
        }
    }

    /// What would fall with a publisher, if that is worked out in a moment.
    pub(crate) async fn impact(&self, publisher: &str) -> Result<Option<Arc<ImpactView>>, Fault> {
        let held = self.0.shelf.impact(publisher, IMPACT_PATIENCE).await?;
        Ok(held.map(|held| held.value))
    }

    /// Makes a view, and tells what is still to be said of it.
    pub(crate) async fn view<V: Send + 'static>(
        &self,
        ask: &Ask,
        needs: Needs,
        view: impl FnOnce(&Sources<'_>) -> Result<V, Fault> + Send + 'static,
    ) -> Result<(V, Option<Note>), Fault> {
        let found = self.find(needs).await?;
        let (ask, shelf) = (ask.clone(), Arc::clone(&self.0.shelf));
        let read = move |case: &Case| {
            let is_filing = needs == Needs::Filed && !is_filed(case, shelf.lexicon())?;
            let made = view(&Sources {
                case,
                ledgers: found.ledgers.as_ref().map(|held| &*held.value),
                is_filing,
                status: found.status.as_ref().map(|held| &*held.value),
                publishers: found.publishers.as_ref().map(|held| held.value.as_slice()),
                lexicon: shelf.lexicon(),
                ask: &ask,
            })?;
            let note = match needs {
                _ if is_filing => Some(Note::Filing),
                // What such a page reads from the file is as the case is.
                Needs::Case | Needs::Filed => None,
                _ => found.is_older().then_some(Note::Older),
            };
            Ok((made, note))
        };
        self.0.store.read(read).await
    }

    async fn find(&self, needs: Needs) -> Result<Found, Fault> {
        let shelf = &self.0.shelf;
        let mut found = Found::default();
        match needs {
            Needs::Case => {}
            Needs::Filed => {
                let lexicon = Arc::clone(shelf);
                let filed = self
                    .0
                    .store
                    .read(move |case| is_filed(case, lexicon.lexicon()));
                let patience = if filed.await? {
                    Duration::ZERO
                } else {
                    PATIENCE
                };
                // A case without ledgers has claims all the same.
                found.ledgers = shelf.ledgers(patience).await.unwrap_or_default();
            }
            Needs::Numbers => {
                found.status = shelf.status(PATIENCE).await?;
                found.ledgers = shelf.ledgers(PATIENCE).await.unwrap_or_default();
            }
            Needs::Publishers => found.publishers = shelf.publishers(PATIENCE).await?,
            Needs::Ledgers => found.ledgers = shelf.ledgers(PATIENCE).await?,
        }
        Ok(found)
    }

    fn answer<V: Serialize>(
        &self,
        ask: &Ask,
        status: StatusCode,
        view: &V,
        page: impl FnOnce(&Frame<'_>, &V) -> Markup,
    ) -> Response {
        if ask.json {
            return json(status, view);
        }
        let frame = Frame {
            case: &self.0.store.name(),
            key: &self.signed("form"),
            who: &self.who(ask),
            note: None,
            ask,
        };
        let mut response = (status, Html(page(&frame, view).into_string())).into_response();
        if let Ok(cookie) = HeaderValue::from_str(&guard::session_cookie(self)) {
            // With a token, only who knows it gets the session.
            if self.access().token.is_none() {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
        response
    }

    /// A fault as a page, or as JSON.
    pub(crate) fn fault(&self, ask: &Ask, fault: &Fault) -> Response {
        self.answer(ask, fault.status(), &fault.view(), page::fault)
    }
}

impl Found {
    fn is_older(&self) -> bool {
        self.ledgers.as_ref().is_some_and(|held| held.is_stale)
            || self.publishers.as_ref().is_some_and(|held| held.is_stale)
    }
}

/// True if series and conflicts of the case are all in the file.
fn is_filed(case: &Case, lexicon: &Lexicon) -> Result<bool, Fault> {
    Ok(case.is_filed(lexicon)? && case.is_settled()?)
}

/// A view as JSON.
pub(crate) fn json<V: Serialize>(status: StatusCode, view: &V) -> Response {
    let body = serde_json::to_string_pretty(view).unwrap_or_default();
    let media = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, media)], body + "\n").into_response()
}
