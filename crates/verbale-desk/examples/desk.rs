//! Serves a case without the rest of the program: builds in a fraction of the time while pages are worked on.
//!
//! `cargo run -p verbale-desk --example desk -- CASE [PORT]`

use std::{error::Error, net::TcpListener};

use jiff::Timestamp;
use verbale_analysis::Lexicon;
use verbale_desk::{Access, Config};
use verbale_pack::Packs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let case = args.next().ok_or("no case file is given")?;
    let port = args.next().map_or(Ok(4217), |p| p.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    verbale_desk::serve(
        listener,
        Config {
            case: case.into(),
            lexicon: Lexicon::new(&Packs::builtin()),
            access: Access::loopback(port),
            who: "somebody".into(),
            // Nothing to protect on the machine of whoever works on the pages.
            secret: [1; 32],
            now: Timestamp::now,
        },
    )?;
    Ok(())
}
