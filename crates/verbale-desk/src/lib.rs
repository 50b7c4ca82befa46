//! What people look at, and what they hand on: pages over a case, and a document with footnotes ([`brief`]).
//!
//! [`router`] answers requests, [`serve`] listens. Each page is made in two steps: a view ([`view`]) is a plain
//! struct with all that a page shows, made from the case; a page ([`page`]) turns it into markup. The same view
//! written as JSON is the page's twin: add `.json` to any address.
//!
//! | what | where |
//! |---|---|
//! | which addresses there are | [`route`] |
//! | who may ask, and what is refused | [`guard`] |
//! | connections, the one writer | [`store`] |
//! | ledgers, and what else is made from the whole case | [`ledgers`], [`shelf`] |
//! | words with marks | [`marked`] |
//!
//! Not here: SQL (`verbale-case`), ledgers and charts (`verbale-analysis`), reading pages, the clock and
//! randomness: whoever starts the desk passes them in ([`Config`]).

mod accuracy;
mod address;
mod ask;
mod assets;
pub mod brief;
mod desk;
mod error;
mod guard;
mod ledgers;
mod marked;
mod page;
mod route;
mod shelf;
mod store;
#[cfg(test)]
mod tests;
pub mod view;

use std::path::PathBuf;

use jiff::Timestamp;
use tokio::net::TcpListener;
use verbale_analysis::Lexicon;

pub use accuracy::Block;
pub use desk::Desk;
pub use guard::Access;
pub use route::{ROUTES, Route, router};

/// What a desk needs from whoever starts it.
#[derive(Debug)]
pub struct Config {
    /// The case file.
    pub case: PathBuf,
    /// Measures, duties and posts that the packs know.
    pub lexicon: Lexicon,
    /// Who may ask.
    pub access: Access,
    /// Who decides, unless the browser says otherwise.
    pub who: String,
    /// 256 random bits, new at each start; forms and cookies are signed with them.
    pub secret: [u8; 32],
    /// The clock.
    pub now: fn() -> Timestamp,
}

/// Answers requests on `listener` until the process ends.
///
/// # Errors
/// If the listener fails for good.
pub fn serve(listener: std::net::TcpListener, config: Config) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_io()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        let desk = Desk::new(config);
        desk.warm();
        axum::serve(
            listener,
            axum::ServiceExt::<axum::extract::Request>::into_make_service(router(desk)),
        )
        .await
    })
}
