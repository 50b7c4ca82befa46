//! `verbale search`: passages by their words.

use std::io::{self, Write};

use anyhow::Result;
use verbale_case::{EntityId, Search};

use super::{
    Talk,
    case::{open, resolve},
};
use crate::{Exit, cli::SearchArgs, view};

pub(crate) fn run(args: &SearchArgs, talk: Talk) -> Result<Exit> {
    let case = open(&args.case)?;
    let entity = args
        .entity
        .as_deref()
        .map(|start| resolve(&case, start))
        .transpose()?;
    let search = Search {
        languages: args.language.iter().cloned().collect(),
        entity: entity.as_deref().and_then(EntityId::parse),
        publisher: args.publisher.clone(),
        kinds: args.kind.into_iter().collect(),
        since: args.since.and_then(|d| d.interval()?.start()),
        until: args.until.and_then(|d| d.interval()?.end()),
        limit: args.limit,
        ..Search::new(&args.query)
    };
    let hits = case.search(&search)?;
    let (open, close) = talk.style.marks();
    let mut out = io::stdout().lock();
    for hit in &hits {
        let document = hit.document.to_ref();
        let name = |s: &Option<String>, otherwise: &str| s.clone().unwrap_or(otherwise.to_owned());
        writeln!(
            out,
            "{} · {} · {}",
            view::one_line(&name(&document.outlet, "publisher not named")),
            name(&document.published, "undated"),
            view::one_line(&name(&document.title, "(no title)"))
        )?;
        let words = hit.snippet.marked("\u{2}", "\u{3}");
        let words = view::one_line(&words.replace('\u{2}', "⟦").replace('\u{3}', "⟧"));
        writeln!(out, "  {}", words.replace('⟦', open).replace('⟧', close))?;
        let ids: Vec<String> = hit
            .claims
            .iter()
            .map(|id| view::short_id(&id.to_string()))
            .collect();
        if !ids.is_empty() {
            writeln!(out, "  claims: {}", ids.join(" "))?;
        }
        writeln!(out)?;
    }
    talk.say(&format!("{} passages", hits.len()));
    Ok(Exit::Done)
}
