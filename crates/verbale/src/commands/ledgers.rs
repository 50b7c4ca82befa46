//! The ledgers over a case: series, conflicts, origins, impact, obligations, presence, restrictions, timeline.
//!
//! The whole case's claims are held in memory while a ledger is made.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Result, anyhow, bail};
use jiff::{Zoned, civil::Date};
use verbale_analysis::{
    Conflict, Entry, Lexicon, Series, SharedWords, Withdrawn, against_computed, chart, conflicts,
    copies::{CopyIndex, MIN_SHARED, Print, Tokens, align},
    impact, judge, obligations, presence, restrictions, standings, text, timeline,
};
use verbale_case::{Case, StoredDocument};
use verbale_core::{Claim, ClaimId, PageId};
use verbale_pack::Packs;

use super::{
    Talk,
    case::{explained, open, resolve},
};
use crate::{
    Exit,
    cli::{Clock, Ledger, SeriesFormat},
};

/// Height of a chart in the terminal, in lines.
const CHART_LINES: usize = 10;

pub(crate) fn run(ledger: &Ledger, talk: Talk) -> Result<Exit> {
    let filed = Filed::open(ledger.case())?;
    let entries = filed.entries();
    let lexicon = Lexicon::new(&Packs::builtin());
    let out = match ledger {
        Ledger::Series {
            measure, format, ..
        } => series(&lexicon, &entries, measure.as_deref(), *format, talk)?,
        Ledger::Conflicts { on, why_not, .. } => match why_not.as_deref() {
            Some([a, b]) => why_not_in_conflict(&filed.case, &lexicon, &entries, a, b)?,
            _ => text::conflicts(&all_conflicts(&lexicon, &entries, *on)),
        },
        Ledger::Origins { .. } => text::standings(
            &standings(&lexicon, &entries, &filed.shared_words()),
            &entries,
        ),
        Ledger::Impact { what, .. } => {
            let standing = standings(&lexicon, &entries, &filed.shared_words());
            let found = all_conflicts(&lexicon, &entries, None);
            let withdrawn = withdrawn(&filed.case, what)?;
            text::impact(&impact(&entries, &standing, &found, &withdrawn))
        }
        Ledger::Obligations { on, .. } => {
            text::obligations(&obligations(&lexicon, &entries, day(*on)))
        }
        Ledger::Presence { .. } => text::presence(&presence(&lexicon, &entries)),
        Ledger::Restrictions { .. } => text::restrictions(&restrictions(&lexicon, &entries)),
        Ledger::Timeline { clock, .. } => {
            let clock = match clock {
                Clock::AsOf => verbale_analysis::Clock::AsOf,
                Clock::Said => verbale_analysis::Clock::Said,
                Clock::Published => verbale_analysis::Clock::Published,
            };
            text::timeline(&timeline(&entries, clock))
        }
    };
    if out.trim().is_empty() {
        talk.say("nothing in the case is of this kind");
    }
    io::stdout().lock().write_all(out.as_bytes())?;
    Ok(Exit::Done)
}

/// The documents of a case with their claims, rejected ones left out.
struct Filed {
    case: Case,
    documents: Vec<(StoredDocument, Vec<Claim>)>,
}

impl Filed {
    fn open(path: &Path) -> Result<Self> {
        let case = open(path)?;
        let mut documents = Vec::new();
        for page in case.pages().map_err(explained)? {
            if let Some(document) = case.document(page).map_err(explained)? {
                let rejected = Some(verbale_case::decision::Verdict::Rejected);
                let kept = document.claims.iter().filter(|c| c.verdict != rejected);
                let claims = kept.map(|c| c.claim.clone()).collect();
                documents.push((document, claims));
            }
        }
        Ok(Self { case, documents })
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        for (stored, claims) in &self.documents {
            let (page, metadata) = (stored.document.page(), &stored.document.metadata);
            entries.extend(claims.iter().map(|claim| Entry {
                claim,
                page,
                metadata,
            }));
        }
        entries
    }

    /// The stretches of words that pages share.
    fn shared_words(&self) -> Vec<SharedWords> {
        let mut index = CopyIndex::default();
        let mut tokens: Vec<(PageId, Tokens)> = Vec::new();
        let mut shared = Vec::new();
        for (stored, _) in &self.documents {
            let words = Tokens::of_document(&stored.document);
            let hashes = Print::of(&words).hashes();
            let page = stored.document.page();
            for (other, _) in index.candidates(&hashes, MIN_SHARED) {
                let (other_page, other_words) = &tokens[other as usize];
                shared.extend(
                    align(other_words, &words)
                        .segments
                        .iter()
                        .map(|s| SharedWords {
                            a: (*other_page, s.a),
                            b: (page, s.b),
                        }),
                );
            }
            let number = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
            index.add(number, &hashes);
            tokens.push((page, words));
        }
        shared
    }
}

/// The day that was asked for, else today.
fn day(on: Option<Date>) -> Date {
    on.unwrap_or_else(|| Zoned::now().date())
}

fn all_conflicts(lexicon: &Lexicon, entries: &[Entry<'_>], on: Option<Date>) -> Vec<Conflict> {
    let mut found = conflicts(lexicon, entries);
    found.extend(against_computed(lexicon, entries, day(on)));
    found
}

fn series(
    lexicon: &Lexicon,
    entries: &[Entry<'_>],
    measure: Option<&str>,
    format: SeriesFormat,
    talk: Talk,
) -> Result<String> {
    let mut all = Series::all(lexicon, entries);
    match measure {
        Some(words) => {
            let wanted = words.to_lowercase();
            all.retain(|s| {
                s.title().to_lowercase().contains(&wanted)
                    || s.key.as_str().to_lowercase().contains(&wanted)
            });
            if all.is_empty() {
                bail!("no series is about `{words}`\nhint: without a measure, all are listed");
            }
        }
        // A number that stands alone is no series; it can be asked for by name.
        None => all.retain(|s| s.distinct().count() > 1),
    }
    Ok(match format {
        SeriesFormat::Csv => text::series_csv(&all),
        SeriesFormat::Svg => match &all[..] {
            [one] => chart::svg(one, chart::SvgSize::default()),
            many => bail!(
                "a chart shows one series, {} match\nhint: name the measure more closely",
                many.len()
            ),
        },
        SeriesFormat::Text => {
            let mut out = text::series(&all);
            // One mark is no movement.
            for s in all
                .iter()
                .filter(|s| s.distinct().filter(|o| o.as_of.is_some()).count() > 1)
            {
                out.push('\n');
                out.push_str(&chart::terminal(s, talk.style.width.min(100), CHART_LINES));
            }
            out
        }
    })
}

fn why_not_in_conflict(
    case: &Case,
    lexicon: &Lexicon,
    entries: &[Entry<'_>],
    a: &str,
    b: &str,
) -> Result<String> {
    let entry = |start: &str| -> Result<Entry<'_>> {
        let id = resolve(case, start)?.parse::<ClaimId>()?;
        let found = entries.iter().find(|e| e.id() == id).copied();
        found.ok_or_else(|| anyhow!("`{id}` was rejected"))
    };
    Ok(text::verdict(&judge(lexicon, entry(a)?, entry(b)?)))
}

/// A claim by its id, or everything that goes through a publisher or agency.
fn withdrawn(case: &Case, what: &str) -> Result<Withdrawn> {
    if what.starts_with("clm_") {
        Ok(Withdrawn::Claim(resolve(case, what)?.parse()?))
    } else {
        Ok(Withdrawn::Outlet(what.to_owned()))
    }
}
