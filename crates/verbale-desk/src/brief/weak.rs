//! The linter: which statements of a brief stand on weak feet.
//!
//! Marks are of two sorts. What is weak about a claim as the case has it ([`Linter::marks`]) goes with each of its
//! citations. What is weak about the brief itself, a number without a footnote ([`mark_unsupported`]), is found in
//! the finished tree, so that no printer and no section can forget it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use verbale_analysis::{Entry, Standing, When};
use verbale_core::{ClaimId, PageId, Timex};

use super::{
    model::{Block, Inline, Line, Section, notes_in},
    source::Source,
};

/// What is weak about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It has a number and no footnote.
    NoFootnote,
    /// One statement stands behind it, however many pages repeat it.
    SingleOrigin,
    /// Everybody who says it is unnamed.
    Anonymous,
    /// It is the newest that the case has on something that moves, and it is old.
    Stale,
    /// The page says when, in words that cannot be resolved.
    UnresolvedDate,
    /// The case has a newer capture of its page.
    PageChanged,
    /// No person has confirmed or amended it. No weakness, but to be known.
    MachineRead,
}

impl Mark {
    /// Every mark, in the order in which they are printed.
    pub const ALL: &'static [Self] = &[
        Self::NoFootnote,
        Self::SingleOrigin,
        Self::Anonymous,
        Self::Stale,
        Self::UnresolvedDate,
        Self::PageChanged,
        Self::MachineRead,
    ];

    /// The words that are printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoFootnote => "no footnote",
            Self::SingleOrigin => "single origin",
            Self::Anonymous => "anonymous only",
            Self::Stale => "old",
            Self::UnresolvedDate => "date unresolved",
            Self::PageChanged => "page changed",
            Self::MachineRead => "machine-read",
        }
    }

    /// What it means, for the legend.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NoFootnote => "a number that no page of the case is quoted for",
            Self::SingleOrigin => {
                "one statement stands behind it, however many pages or publishers repeat it"
            }
            Self::Anonymous => "everybody who says it is unnamed",
            Self::Stale => "the newest that the case has on it, and old by the measure given below",
            Self::UnresolvedDate => "the page says when, in words whose day cannot be told",
            Self::PageChanged => "the case has a newer capture of the page at the same address",
            Self::MachineRead => {
                "no person has confirmed that the page says so; the reading may be wrong"
            }
        }
    }

    /// True for everything but [`Mark::MachineRead`].
    pub const fn is_weakness(self) -> bool {
        !matches!(self, Self::MachineRead)
    }
}

/// What is known about each claim of a case.
#[derive(Debug)]
pub(crate) struct Linter {
    single: BTreeSet<ClaimId>,
    anonymous: BTreeSet<ClaimId>,
    superseded: BTreeMap<PageId, PageId>,
    old_before: Option<Date>,
}

impl Linter {
    /// A linter for a case. What ended more than `stale_days` before `today` is old.
    pub(crate) fn new(
        source: &Source,
        entries: &[Entry<'_>],
        standings: &[Standing],
        today: Option<Date>,
        stale_days: u16,
    ) -> Self {
        let hidden: BTreeSet<ClaimId> = entries
            .iter()
            .filter(|e| is_anonymous(e))
            .map(Entry::id)
            .collect();
        let with = |test: &dyn Fn(&Standing) -> bool| -> BTreeSet<ClaimId> {
            let found = standings.iter().filter(|s| test(s));
            found.flat_map(|s| s.claims.iter().copied()).collect()
        };
        Self {
            single: with(&|s| s.origins.len() < 2),
            anonymous: with(&|s| s.claims.iter().all(|c| hidden.contains(c))),
            superseded: source.superseded(),
            old_before: today.and_then(|d| d.checked_sub(i64::from(stale_days).days()).ok()),
        }
    }

    /// The marks of a claim, whatever it is cited for.
    pub(crate) fn marks(&self, source: &Source, entry: Entry<'_>) -> Vec<Mark> {
        let id = entry.id();
        let is_unresolved = |t: Option<&Timex>| t.is_some_and(Timex::is_unresolved);
        let said_on = entry.claim.attribution.said_on.as_ref();
        let found = [
            (Mark::SingleOrigin, self.single.contains(&id)),
            (Mark::Anonymous, self.anonymous.contains(&id)),
            (
                Mark::UnresolvedDate,
                entry.when() == When::Unresolved && is_unresolved(entry.claim.proposition.time())
                    || is_unresolved(said_on),
            ),
            (Mark::PageChanged, self.superseded.contains_key(&entry.page)),
            (Mark::MachineRead, source.is_machine_read(id)),
        ];
        found
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(mark, _)| mark)
            .collect()
    }

    /// True if something that holds until `end`, or held last on that day, is old.
    pub(crate) fn is_old(&self, end: Date) -> bool {
        self.old_before.is_some_and(|limit| end < limit)
    }

    /// The newer capture of a page, if the case has one.
    pub(crate) fn newer(&self, page: PageId) -> Option<PageId> {
        self.superseded.get(&page).copied()
    }
}

fn is_anonymous(entry: &Entry<'_>) -> bool {
    let speaker = entry.claim.attribution.speaker.as_ref();
    speaker.is_some_and(|s| s.anonymity.is_some())
}

/// Marks every statement of sourced sections that has a number and no footnote. A statement is a paragraph, an
/// item of a list, a row of a table, or one side of a disagreement.
pub(crate) fn mark_unsupported(sections: &mut [Section]) {
    for section in sections.iter_mut().filter(|s| s.is_sourced) {
        for block in &mut section.blocks {
            match block {
                Block::Heading { .. } | Block::Chart(_) => {}
                Block::Paragraph { text } => check(std::slice::from_mut(text)),
                Block::List { items } => {
                    items
                        .iter_mut()
                        .for_each(|i| check(std::slice::from_mut(i)));
                }
                Block::Table(table) => table.rows.iter_mut().for_each(|row| check(row)),
                Block::Passages { sides } => {
                    sides
                        .iter_mut()
                        .for_each(|s| check(std::slice::from_mut(&mut s.cite)));
                }
            }
        }
    }
}

/// Marks a statement, given as its lines, at its end if it needs it.
fn check(statement: &mut [Line]) {
    let is_cited = statement.iter().any(|line| notes_in(line).next().is_some());
    let has_number = statement.iter().flatten().any(has_digit);
    if has_number
        && !is_cited
        && let Some(last) = statement.last_mut()
    {
        last.push(Inline::Mark(Mark::NoFootnote));
    }
}

/// True for words that state a number; what the program computed needs no page.
fn has_digit(inline: &Inline) -> bool {
    match inline {
        Inline::Text(words) | Inline::Strong(words) | Inline::Quote(words) => {
            words.chars().any(char::is_numeric)
        }
        _ => false,
    }
}

/// Runs the checks that need finished sections, and counts how many statements carry each mark.
pub(crate) fn lint(sections: &mut [Section]) -> Vec<(Mark, usize)> {
    mark_unsupported(sections);
    tally(sections)
}

fn tally(sections: &[Section]) -> Vec<(Mark, usize)> {
    let mut counts: BTreeMap<Mark, usize> = BTreeMap::new();
    for section in sections.iter().filter(|s| s.is_sourced) {
        section.lines(&mut |line| {
            for inline in line {
                if let Inline::Mark(mark) = inline {
                    *counts.entry(*mark).or_default() += 1;
                }
            }
        });
    }
    counts.into_iter().collect()
}
