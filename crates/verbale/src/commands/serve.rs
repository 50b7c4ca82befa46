//! `verbale serve`: the desk in the browser.

use std::{
    io::Write,
    net::{IpAddr, SocketAddr, TcpListener},
};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use verbale_analysis::Lexicon;
use verbale_desk::{Access, Config};
use verbale_pack::Packs;

use super::{Talk, case::open};
use crate::{
    Exit,
    cli::{ServeArgs, Signed},
};

pub(crate) fn run(args: &ServeArgs, talk: Talk) -> Result<Exit> {
    // What is wrong with the file is said here, and not on the first page; an older one is brought up to date.
    open(&args.case)?;
    let is_local = args.listen.ip().is_loopback();
    if !is_local && !args.token {
        bail!(
            "others can reach {}, so they must know a token\nhint: add --token",
            args.listen
        );
    }
    let listener = TcpListener::bind(args.listen)
        .with_context(|| format!("cannot listen on {}", args.listen))
        .map_err(|e| e.context("no desk\nhint: --listen 127.0.0.1:0 takes any free port"))?;
    let address = listener.local_addr()?;
    let token = args.token.then(random_token).transpose()?;
    announce(address, token.as_deref(), talk)?;
    verbale_desk::serve(
        listener,
        Config {
            case: args.case.clone(),
            lexicon: Lexicon::new(&Packs::builtin()),
            access: access(address, token),
            who: Signed {
                who: args.who.clone(),
                why: None,
            }
            .who(),
            secret: random()?,
            now: Timestamp::now,
        },
    )?;
    Ok(Exit::Done)
}

fn access(address: SocketAddr, token: Option<String>) -> Access {
    let mut access = Access::loopback(address.port());
    match address.ip() {
        // Every name of the machine leads here; the token says who may ask.
        ip if ip.is_unspecified() => access.hosts.clear(),
        IpAddr::V4(_) | IpAddr::V6(_) => access.hosts.push(address.to_string()),
    }
    access.token = token;
    access
}

fn announce(address: SocketAddr, token: Option<&str>, talk: Talk) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "http://{address}/")?;
    if let Some(token) = token {
        writeln!(out, "token: {token}")?;
    }
    out.flush()?;
    if !address.ip().is_loopback() {
        talk.say("pages go over the network as they are: put a proxy with TLS in front, or use it where you trust everyone");
    }
    talk.say("the desk is open until you press Ctrl-C");
    Ok(())
}

fn random() -> Result<[u8; 32]> {
    let mut bits = [0; 32];
    getrandom::fill(&mut bits).context("the system gives no random bits")?;
    Ok(bits)
}

/// 128 random bits that a person can type.
fn random_token() -> Result<String> {
    let digits = random()?.into_iter().take(16).map(|b| format!("{b:02x}"));
    Ok(digits.collect())
}
