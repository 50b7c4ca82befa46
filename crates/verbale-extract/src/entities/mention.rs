//! Words that refer to somebody or something by name.

use std::collections::BTreeMap;
use std::ops::Range;

use verbale_core::{EntityKind, TextRange};
use verbale_nlp::{Doc, Token};
use verbale_pack::{MetonymReading, Packs};

use crate::{Block, Reading};

/// A mention with what is known of it before it is linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it stands.
    pub(super) range: TextRange,
    /// The words, without article and possessive ending.
    pub(super) text: String,
    /// What kind of thing it seems to name.
    pub(super) kind: EntityKind,
    /// The pack's id, where the packs know the name.
    pub(super) pack_id: Option<String>,
    /// True if the packs take the form for this entity only beside a stronger one.
    pub(super) is_weak: bool,
    /// The form that a bracket right behind introduces: "WTO".
    pub(super) acronym: Option<String>,
}

/// Longest name of a pack, in tokens.
const MAX_TOKENS: usize = 9;

/// The mentions of a reading in order; none overlaps another.
pub(super) fn find(reading: &Reading<'_>, packs: &Packs) -> Vec<Found> {
    let mut found: Vec<Found> = reading
        .blocks()
        .iter()
        .flat_map(|block| Finder::new(block, packs).run())
        .collect();
    found.sort_by_key(|m| m.range.start());
    found
}

struct Finder<'b> {
    block: &'b Block,
    packs: &'b Packs,
    /// Token positions that a mention has taken.
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl<'b> Finder<'b> {
    fn new(block: &'b Block, packs: &'b Packs) -> Self {
        Self {
            block,
            packs,
            taken: vec![false; block.doc.len()],
            found: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Found> {
        self.known_names();
        self.recognized();
        self.found
    }

    /// Names of the packs, the longest at each place.
    fn known_names(&mut self) {
        let doc = &self.block.doc;
        let mut at = 0;
        while at < doc.len() {
            if !may_start_name(doc.token(at)) {
                at += 1;
                continue;
            }
            let longest = (at + 1..=self.reach(at))
                .rev()
                .find(|&end| self.take_known(at..end));
            at = longest.unwrap_or(at + 1);
        }
    }

    /// Where the longest name of the packs may end that begins at a token; `at` if none may.
    fn reach(&self, at: usize) -> usize {
        let doc = &self.block.doc;
        let from = doc.token(at).range().start;
        let mut left = self.packs.longest_name_from(&doc.text()[from..]);
        let last = doc.len().min(at + MAX_TOKENS);
        let ends = |end: &usize| {
            let n = doc
                .token(*end)
                .text()
                .chars()
                .filter(|c| c.is_alphanumeric());
            let n = n.count();
            let fits = left > 0 && n <= left;
            left -= n.min(left);
            !fits
        };
        (at..last).find(ends).unwrap_or(last)
    }

    /// Takes the tokens as a name of the packs, if they are one.
    fn take_known(&mut self, tokens: Range<usize>) -> bool {
        let span = self.block.doc.span(tokens.clone());
        let text = bare(span.text());
        if let Some(known) = self.packs.known(&text).next() {
            // The name of a state inside a longer name ("Bank of Norvale") is a part of that name.
            if known.kind == EntityKind::Government && self.is_inside_entity(&tokens) {
                return false;
            }
            let (id, kind, is_weak) = (known.id.to_owned(), known.kind, known.is_weak);
            self.push(tokens, kind, Some(id), is_weak);
            return true;
        }
        if let Some(id) = self.metonym(&tokens, &text) {
            self.push(tokens, EntityKind::Government, Some(id), false);
            return true;
        }
        if text.ends_with(|c: char| c.is_ascii_digit())
            && let Some(named) = self.packs.instrument_named(&text)
        {
            let id = named.instrument.id.clone();
            self.push(tokens, EntityKind::Instrument, Some(id), false);
            return true;
        }
        false
    }

    /// True if the pipeline's entity around the tokens is longer and no place.
    fn is_inside_entity(&self, tokens: &Range<usize>) -> bool {
        self.block.doc.ents().any(|e| {
            e.start() <= tokens.start
                && tokens.end <= e.end()
                && bare(e.text()).len() > bare(self.block.doc.span(tokens.clone()).text()).len()
                && matches!(
                    e.label(),
                    "ORG" | "PERSON" | "FAC" | "LAW" | "EVENT" | "WORK_OF_ART"
                )
        })
    }

    /// The institution that a place stands for here: where it acts, or where it nearly always does.
    fn metonym(&self, tokens: &Range<usize>, text: &str) -> Option<String> {
        let metonym = self.packs.metonym_named(text)?;
        let doc = &self.block.doc;
        let head = doc.span(tokens.clone()).root()?;
        let acts =
            head.dep() == "nsubj" && self.packs.verbs("en").lookup(head.head().lemma()).is_some();
        let meant = match metonym.reading {
            MetonymReading::Actor => true,
            MetonymReading::Either => acts,
            MetonymReading::Ambiguous => false,
        };
        meant.then(|| match metonym.institution.strip_prefix("gov:") {
            Some(country) => country.to_owned(),
            None => metonym.institution.clone(),
        })
    }

    /// Entities of the pipeline that the packs do not know.
    fn recognized(&mut self) {
        let doc = &self.block.doc;
        let ents: Vec<(Range<usize>, EntityKind)> = doc
            .ents()
            .filter_map(|e| Some((e.start()..e.end(), kind_of(e.label())?)))
            .collect();
        for (tokens, kind) in ents {
            if !tokens.clone().any(|i| self.taken[i])
                && bare(doc.span(tokens.clone()).text()).len() > 1
            {
                self.push(tokens, kind, None, false);
            }
        }
    }

    fn push(
        &mut self,
        tokens: Range<usize>,
        kind: EntityKind,
        pack_id: Option<String>,
        is_weak: bool,
    ) {
        let doc = &self.block.doc;
        if tokens.clone().any(|i| self.taken[i]) {
            return;
        }
        self.taken[tokens.clone()].fill(true);
        let span = doc.span(tokens.clone());
        self.found.push(Found {
            range: self.block.span_range(span),
            text: if kind == EntityKind::Person {
                without_title(&bare(span.text()))
            } else {
                bare(span.text())
            },
            kind,
            pack_id,
            is_weak,
            acronym: acronym_behind(doc, tokens.end),
        });
    }
}

/// A name starts with a capital, a digit-bearing word or a letter without case; never with an article alone.
fn may_start_name(token: Token<'_>) -> bool {
    let text = token.text();
    if text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    {
        return true;
    }
    matches!(text, "the" | "resolution")
}

/// Capitals in brackets right behind a name: "Water Regulator (WR)".
fn acronym_behind(doc: &Doc, at: usize) -> Option<String> {
    let text = |i: usize| (i < doc.len()).then(|| doc.token(i).text());
    let inner = text(at + 1)?;
    let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
    let fits = text(at) == Some("(") && text(at + 2) == Some(")");
    (fits && capitals >= 2 && inner.chars().count() <= MAX_ACRONYM_CHARS).then(|| inner.to_owned())
}

/// Longest acronym.
const MAX_ACRONYM_CHARS: usize = 10;

/// A name without article, possessive ending and marks at its edges.
pub(super) fn bare(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "\"“”«»,;:()".contains(c));
    let lower = text.get(..4).unwrap_or("").to_lowercase();
    let text = if lower == "the " { &text[4..] } else { text };
    let ends = ["'s", "’s", "'", "’"];
    ends.iter()
        .find_map(|e| text.strip_suffix(e))
        .unwrap_or(text)
        .trim()
        .to_owned()
}

/// A person's name without "Ms." and its like: short words with a dot, in front of a longer name.
fn without_title(name: &str) -> String {
    let is_title = |w: &str| w.ends_with('.') && (3..=5).contains(&w.chars().count());
    let rest = name
        .split_whitespace()
        .skip_while(|w| is_title(w))
        .collect::<Vec<_>>()
        .join(" ");
    if rest.is_empty() {
        name.to_owned()
    } else {
        rest
    }
}

/// The kind of the pipeline's label; `None` for labels that name nothing.
fn kind_of(label: &str) -> Option<EntityKind> {
    Some(match label {
        "PERSON" => EntityKind::Person,
        "ORG" => EntityKind::Organization,
        "GPE" | "LOC" | "FAC" => EntityKind::Place,
        "LAW" => EntityKind::Instrument,
        "EVENT" | "PRODUCT" | "WORK_OF_ART" => EntityKind::Other,
        _ => return None,
    })
}

/// How often each pack id is named by a form that is enough by itself.
pub(super) fn strong_ids(found: &[Found]) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for id in found
        .iter()
        .filter(|m| !m.is_weak)
        .filter_map(|m| m.pack_id.as_ref())
    {
        *ids.entry(id.clone()).or_default() += 1;
    }
    ids
}
