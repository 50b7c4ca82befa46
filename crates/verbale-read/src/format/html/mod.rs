//! Saved web pages.
//!
//! The page's visible blocks, in the page's order, become the text of the document; an extractor says
//! which of them are the main text, and the blocks' places, words and neighbors say what the others are.
//! Metadata come by cascades, best statement first.

mod blocks;
mod byline;
mod date;
mod depth;
mod facts;
mod grid;
mod lean;
mod main_text;
mod place;
mod prose;
mod roles;
mod slim;
mod structured;
mod tags;
mod title;

use ego_tree::NodeRef;
use scraper::Node;
use verbale_core::{Diagnostic, Metadata, Passage, Role, diagnostic};

use crate::{
    dates::Order,
    draft::Draft,
    format::plain::{
        self,
        features::{Features, credit_at_end},
    },
    limits::Limits,
    names, phrases, repeats,
};
use blocks::{Block, Blocks};
use facts::Facts;

/// Reads markup that came from `address`, as far as that is known.
pub(crate) fn read(markup: &str, address: Option<&str>, limits: &Limits) -> Draft {
    read_with(markup, address, limits, main_text::mark)
}

/// Reads markup that is main text throughout: an entry of a feed, a mail.
pub(crate) fn fragment(markup: &str, limits: &Limits) -> Draft {
    read_with(markup, None, limits, |_, page, _| {
        vec![true; page.blocks.len()]
    })
}

fn read_with(
    markup: &str,
    address: Option<&str>,
    limits: &Limits,
    mark_main: impl Fn(NodeRef<'_, Node>, &Blocks, &[Features]) -> Vec<bool>,
) -> Draft {
    let slim = slim::slim(markup, limits.html_depth);
    let page = scraper::Html::parse_document(&slim.markup);
    let facts = Facts::of(page.tree.root());
    let mut found = blocks::collect(page.tree.root());
    found.blocks.truncate(limits.passages);
    let order = order(&facts);
    let blocks = &found.blocks;
    let features: Vec<Features> = blocks
        .iter()
        .map(|b| Features::of(&b.text, order))
        .collect();
    let is_main = mark_main(page.tree.root(), &found, &features);
    let publisher = byline::publisher(&facts, address).or_else(|| in_foot(blocks));
    let title = title::headline(&facts, publisher.as_deref());
    let headline = title
        .as_deref()
        .and_then(|t| headline_block(t, blocks, &features, &is_main));
    let view = roles::View {
        blocks,
        is_main: &is_main,
        features: &features,
        headline,
    };
    let sources = date::Sources {
        facts: &facts,
        blocks,
        headline,
        main: view.main_span(),
        address,
        order,
    };
    let printed = printed_bylines(blocks, headline, view.main_span());
    let by = byline::byline(&facts, &printed, publisher.as_deref());
    let roles = view.roles();
    let dateline = dateline(blocks, &roles);
    let from_dateline = dateline.as_ref().and_then(|d| d.agency.clone());
    let agency = by
        .agency
        .or(from_dateline)
        .filter(|a| publisher.as_deref() != Some(a));
    let kind = kind(publisher.as_deref(), agency.is_some());
    let metadata = Metadata {
        title,
        authors: by.authors,
        agency,
        published: sources.published(),
        updated: sources.updated(),
        address: facts
            .address
            .clone()
            .or_else(|| facts.meta(&["og:url"]).map(str::to_owned)),
        dateline: dateline.map(|d| d.place),
        publisher,
        kind: kind.to_owned(),
        ..Metadata::default()
    };
    let (text, passages) = assemble(blocks, &roles);
    let mut diagnostics = Vec::new();
    if slim.was_deep {
        let message = format!("tags deeper than `{}` were dropped", limits.html_depth);
        diagnostics.push(Diagnostic::new(diagnostic::R004_LIMIT, message));
    }
    Draft {
        text,
        passages,
        metadata,
        diagnostics,
    }
}

/// A caption or a notice may stand before the paragraph with the dateline; how many do at most.
const BEFORE_DATELINE: usize = 2;

/// The dateline of the first paragraph, or one with a wire service a little farther down.
fn dateline(blocks: &[Block], roles: &[Role]) -> Option<plain::metadata::Dateline> {
    let mut body = (0..blocks.len())
        .filter(|&i| roles[i] == Role::Body)
        .map(|i| plain::metadata::dateline(&blocks[i].text));
    let first = body.next()?;
    first.or_else(|| {
        body.take(BEFORE_DATELINE)
            .flatten()
            .find(|d| d.agency.is_some())
    })
}

/// The foot of a page is at most this many blocks.
const FOOT_BLOCKS: usize = 12;

/// The publisher behind the copyright sign of the page's foot.
fn in_foot(blocks: &[Block]) -> Option<String> {
    let foot = blocks.iter().rev().take(FOOT_BLOCKS);
    foot.filter_map(|b| names::copyright_holder(&b.text))
        .find(|name| names::as_agency(name).is_none())
        .map(str::to_owned)
}

fn kind(publisher: Option<&str>, is_wire: bool) -> &'static str {
    match publisher {
        Some(p) if names::is_office(p) => "official statement",
        _ if is_wire => "wire copy",
        _ => "news report",
    }
}

/// The lines around the headline and at the end of the main text, where bylines are printed.
fn printed_bylines(
    blocks: &[Block],
    headline: Option<usize>,
    main: Option<(usize, usize)>,
) -> Vec<&str> {
    let Some((first, last)) = main else {
        return Vec::new();
    };
    let head = headline.unwrap_or(first).min(first);
    let before = head.saturating_sub(2)..(first + 3).min(head + 12);
    let after = last..last + 3;
    before
        .chain(after)
        .filter_map(|i| blocks.get(i))
        .filter(|b| !b.place.related && !b.place.comments && b.text.len() < 120)
        .map(|b| b.text.as_str())
        .collect()
}

/// Joins blocks to a text and marks the passages that repeat others.
fn assemble<'a>(blocks: &'a [Block], roles: &[Role]) -> (String, Vec<Passage>) {
    // Furniture is furniture twice.
    let text_of = |(block, role): (&'a Block, &Role)| match role.carries_claims() {
        true => block.text.as_str(),
        false => "",
    };
    let texts: Vec<&str> = blocks.iter().zip(roles).map(text_of).collect();
    let repeats = repeats::find(&texts);
    let mut text = String::with_capacity(blocks.iter().map(|b| b.text.len() + 2).sum());
    let mut passages = Vec::with_capacity(blocks.len());
    let mut first_of_block = Vec::with_capacity(blocks.len());
    for (block, &role) in blocks.iter().zip(roles) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        first_of_block.push(passages.len());
        let credit = (role == Role::Caption)
            .then(|| credit_at_end(&block.text))
            .flatten();
        let end = credit
            .as_ref()
            .map_or(block.text.len(), |r| block.text[..r.start].trim_end().len());
        let mut push = |role, from: usize, to: usize| {
            let range = plain::range(start + from, start + to);
            passages.push(Passage {
                role,
                range,
                repeats: None,
            });
        };
        push(role, 0, end);
        if let Some(r) = credit {
            push(Role::Credit, r.start, r.end);
        }
    }
    for (i, original) in repeats.into_iter().enumerate() {
        if let Some(j) = original {
            mark(&mut passages, first_of_block[i], first_of_block[j]);
        }
    }
    (text, passages)
}

fn mark(passages: &mut [Passage], copy: usize, original: usize) {
    if passages[copy].role != Role::Caption {
        passages[copy].role = Role::Duplicate;
    }
    passages[copy].repeats = Some(original);
}

/// The block that prints the headline: the last of its copies before the main text, else the first.
fn headline_block(
    title: &str,
    blocks: &[Block],
    features: &[Features],
    is_main: &[bool],
) -> Option<usize> {
    let wanted = phrases::fold(title);
    let first_main = roles::main_span(is_main).map_or(0, |m| m.0);
    let copies: Vec<usize> = (0..blocks.len())
        .filter(|&i| blocks[i].text.len() < title.len() * 2 + 40 && features[i].folded == wanted)
        .collect();
    let best = |i: &usize| (blocks[*i].place.heading == 1, *i <= first_main, *i);
    copies.into_iter().max_by_key(best)
}

/// Pages in American English write the month first. The page's own language counts before what a publishing
/// system has filled in for it, which often was never set.
fn order(facts: &Facts) -> Order {
    let folded = |l: &str| l.to_ascii_lowercase().replace('_', "-");
    let language = facts.language.as_deref().map(folded);
    let is_american = match language.as_deref() {
        Some("en-us") => true,
        Some("en") | Some("") | None => facts
            .meta(&["og:locale"])
            .is_some_and(|l| folded(l) == "en-us"),
        Some(_) => false,
    };
    if is_american {
        Order::MonthFirst
    } else {
        Order::DayFirst
    }
}

#[cfg(test)]
mod tests;
