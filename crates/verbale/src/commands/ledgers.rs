//! The ledgers over a case: series, conflicts, origins, impact, obligations, presence, restrictions, timeline.
//!
//! Claims are filed first, so that each ledger reads only what it is made of.

mod print;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use jiff::{Zoned, civil::Date};
use verbale_analysis::{
    Conflict, Lexicon, Moment, Presence, Restriction, Supports, Withdrawn, chart, judge, sheet,
    text,
};
use verbale_case::{
    Case,
    ledger::{ConflictCursor, PresencePart, SeriesCursor, SeriesRow},
};
use verbale_core::ClaimId;

pub(super) use self::print::Printer;
use super::{
    Talk,
    case::{explained, resolve},
};
use crate::{
    Exit,
    cli::{Clock, Format, Ledger},
    packs,
};

/// Height of a chart in the terminal, in lines.
const CHART_LINES: usize = 10;

/// How many rows are asked for at once.
const N_ROWS: usize = 500;

pub(crate) fn run(ledger: &Ledger, talk: Talk) -> Result<Exit> {
    let lexicon = Lexicon::new(&packs::in_use()?);
    let args = ledger.args();
    let case = filed_with(&args.case, &lexicon)?;
    let out = Out {
        case: &case,
        lexicon: &lexicon,
        format: args.format,
        talk,
    };
    let is_empty = match ledger {
        Ledger::Series {
            measure,
            svg: Some(file),
            ..
        } => out.draw(measure.as_deref(), file)?,
        Ledger::Series { measure, .. } => out.series(measure.as_deref())?,
        Ledger::Conflicts { on, why_not, .. } => match why_not.as_deref() {
            Some([a, b]) => out.why_not(a, b)?,
            _ => out.conflicts(day(*on))?,
        },
        Ledger::Origins { .. } => out.origins()?,
        Ledger::Impact { what, .. } => out.impact(what)?,
        Ledger::Obligations { on, .. } => out.obligations(day(*on))?,
        Ledger::Presence { .. } => out.presence()?,
        Ledger::Restrictions { .. } => out.restrictions()?,
        Ledger::Timeline { clock, .. } => out.timeline(*clock)?,
    };
    if is_empty {
        talk.say("nothing in the case is of this kind");
    }
    Ok(Exit::Done)
}

/// The case as [`filed_with`] has it, with the packs in use.
pub(crate) fn filed(path: &Path) -> Result<Case> {
    filed_with(path, &Lexicon::new(&packs::in_use()?))
}

/// The case with all its claims filed, their support counted and its conflicts found; in the file if it can be
/// written, else beside it.
fn filed_with(path: &Path, lexicon: &Lexicon) -> Result<Case> {
    let mut case = match Case::open_read_only(path) {
        Ok(case) if is_ready(&case, lexicon)? => return Ok(case),
        Ok(case) => Some(case),
        // Opening it for writing brings it up to date.
        Err(verbale_case::Error::Older { .. }) => None,
        Err(e) => return Err(explained(e)),
    };
    let mut filed = match (Case::open(path), case.take()) {
        (Ok(mut case), _) => {
            case.file_claims(lexicon).map_err(explained)?;
            case
        }
        (Err(verbale_case::Error::ReadOnly { .. }), Some(mut case)) => {
            case.file_claims_aside(lexicon).map_err(explained)?;
            case
        }
        (Err(e), _) => return Err(explained(e)),
    };
    filed.settle_conflicts(lexicon).map_err(explained)?;
    filed.weigh_sayings(lexicon).map_err(explained)?;
    Ok(filed)
}

fn is_ready(case: &Case, lexicon: &Lexicon) -> Result<bool> {
    Ok(case.is_filed(lexicon).map_err(explained)?
        && case.is_settled().map_err(explained)?
        && case.is_weighed().map_err(explained)?)
}

/// The day that was asked for, else today.
fn day(on: Option<Date>) -> Date {
    on.unwrap_or_else(|| Zoned::now().date())
}

/// What every ledger is made of, and how it is printed. Its methods say whether there was nothing to print.
#[derive(Clone, Copy)]
struct Out<'a> {
    case: &'a Case,
    lexicon: &'a Lexicon,
    format: Format,
    talk: Talk,
}

impl Out<'_> {
    fn series(self, measure: Option<&str>) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::SERIES)?;
        match measure {
            Some(words) => {
                for row in self.about(words)? {
                    self.one_series(&row, &mut out)?;
                }
            }
            None => {
                // A number that stands alone is no series; it can be asked for by name.
                let mut after = None;
                loop {
                    let rows = self.case.series_rows(2, after.as_ref(), N_ROWS);
                    let rows = rows.map_err(explained)?;
                    let Some(last) = rows.last() else { break };
                    after = Some(SeriesCursor::from(last));
                    for row in &rows {
                        self.one_series(row, &mut out)?;
                    }
                }
            }
        }
        out.finish()
    }

    fn one_series(self, row: &SeriesRow, out: &mut Printer) -> Result<()> {
        let series = self
            .case
            .series(self.lexicon, &row.key)
            .map_err(explained)?;
        let Some(series) = series else { return Ok(()) };
        let supports = self.supports(series.observations.iter().map(|o| o.claim))?;
        out.put(
            || {
                let mut words = text::series(std::slice::from_ref(&series), &supports);
                // One mark is no movement.
                if series.distinct().filter(|o| o.as_of.is_some()).count() > 1 {
                    let width = self.talk.style.width.min(100);
                    words.push_str(&chart::terminal(&series, width, CHART_LINES));
                    words.push('\n');
                }
                words
            },
            || sheet::series(&series, &supports),
        )
    }

    fn about(self, words: &str) -> Result<Vec<SeriesRow>> {
        let found = self.case.series_about(self.lexicon, words);
        let found = found.map_err(explained)?;
        if found.is_empty() {
            bail!("no series is about `{words}`\nhint: without a measure, all are listed");
        }
        Ok(found)
    }

    fn draw(self, measure: Option<&str>, file: &Path) -> Result<bool> {
        let found = match measure {
            Some(words) => self.about(words)?,
            None => self.case.series_rows(2, None, 2).map_err(explained)?,
        };
        let [row] = &found[..] else {
            let titles = self.titles(&found)?;
            bail!(
                "a chart shows one series, these are meant:\n{titles}hint: name the measure more closely"
            );
        };
        let series = self
            .case
            .series(self.lexicon, &row.key)
            .map_err(explained)?;
        let series = series.context("the series has no claims")?;
        let drawn = chart::svg(&series, chart::SvgSize::default(), None);
        if file == Path::new("-") {
            print::all(&drawn)?;
        } else {
            fs::write(file, drawn).with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(false)
    }

    /// The titles of the first series, one a line.
    fn titles(self, rows: &[SeriesRow]) -> Result<String> {
        let mut out = String::new();
        for row in rows.iter().take(8) {
            let title = self.case.series_title(self.lexicon, &row.key);
            if let Some(title) = title.map_err(explained)? {
                out.push_str(&format!("  {title} ({} claims)\n", row.n_claims));
            }
        }
        Ok(out)
    }

    fn conflicts(self, on: Date) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::CONFLICTS)?;
        let mut put = |found: &[Conflict]| {
            out.put(
                || text::conflicts(found),
                || found.iter().map(sheet::conflict).collect(),
            )
        };
        let mut after = None;
        loop {
            let found = self.case.conflicts(after.as_ref(), N_ROWS);
            let found = found.map_err(explained)?;
            let Some(last) = found.last() else { break };
            after = Some(ConflictCursor::from(last));
            put(&found)?;
        }
        let computed = self.case.computed_conflicts(self.lexicon, on);
        put(&computed.map_err(explained)?)?;
        out.finish()
    }

    fn why_not(self, a: &str, b: &str) -> Result<bool> {
        let id = |start: &str| -> Result<ClaimId> { Ok(resolve(self.case, start)?.parse()?) };
        let (a, b) = (id(a)?, id(b)?);
        let sides = self.case.gather_claims(&[a, b]).map_err(explained)?;
        let (Some(a), Some(b)) = (sides.entry(a), sides.entry(b)) else {
            bail!("these are not two claims\nhint: ids of claims begin with `clm_`");
        };
        print::all(&text::verdict(&judge(self.lexicon, a, b)))?;
        Ok(false)
    }

    fn origins(self) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::ORIGINS)?;
        // What stands on most pages comes first; the words of a saying are short beside its pages.
        let mut found = Vec::new();
        self.case
            .for_each_standing(self.lexicon, |standing, claims| {
                let entries = claims.entries();
                let first = standing.claims.first().copied();
                let quote = entries.iter().find(|e| Some(e.id()) == first);
                let quote = quote.map_or("", |e| e.quote());
                let words = text::standings(std::slice::from_ref(standing), &entries);
                let rank = (std::cmp::Reverse(standing.n_pages), first);
                found.push((rank, words, sheet::standing(standing, quote)));
                Ok::<(), verbale_case::Error>(())
            })
            .map_err(explained)?;
        found.sort_by_key(|(rank, _, _)| *rank);
        for (_, words, rows) in found {
            out.put(|| words, || rows)?;
        }
        out.finish()
    }

    fn impact(self, what: &str) -> Result<bool> {
        let withdrawn = withdrawn(self.case, what)?;
        let impact = self
            .case
            .impact(self.lexicon, &withdrawn)
            .map_err(explained)?;
        if impact.claims.is_empty() {
            bail!("no claim goes through `{what}`");
        }
        let mut out = Printer::new(self.format, sheet::IMPACT)?;
        out.put(|| text::impact(&impact), || sheet::impact(&impact))?;
        out.finish()
    }

    /// What stands behind these claims.
    fn supports(self, claims: impl Iterator<Item = ClaimId>) -> Result<Supports> {
        let claims: Vec<ClaimId> = claims.collect();
        self.case.supports(&claims).map_err(explained)
    }

    fn obligations(self, on: Date) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::OBLIGATIONS)?;
        self.case.for_each_duty(self.lexicon, on, |duty| {
            let statements = duty.parties.iter().flat_map(|p| &p.statements);
            let readings = duty.readings.iter().filter_map(|r| r.claim);
            let supports = self.supports(statements.map(|s| s.claim).chain(readings))?;
            out.put(
                || text::obligations(std::slice::from_ref(duty), &supports),
                || sheet::duty(duty, &supports),
            )
        })?;
        out.finish()
    }

    fn presence(self) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::PRESENCE)?;
        self.case.for_each_presence(self.lexicon, |part| {
            let mut one = Presence::default();
            match part {
                PresencePart::Post(post) => one.posts.push(post),
                PresencePart::Count(count) => one.counts.push(count),
            }
            let rows = one.posts.iter().flat_map(|p| &p.rows);
            let counts = one.counts.iter().map(|c| c.claim);
            let supports = self.supports(rows.filter_map(|r| r.claim).chain(counts))?;
            out.put(
                || text::presence(&one, &supports),
                || sheet::presence(&one, &supports),
            )
        })?;
        out.finish()
    }

    fn restrictions(self) -> Result<bool> {
        let mut out = Printer::new(self.format, sheet::RESTRICTIONS)?;
        let mut put = |slice: &mut Vec<Restriction>| -> Result<()> {
            let supports = self.supports(slice.iter().map(|r| r.claim))?;
            let row = |r| sheet::restriction(r, &supports);
            out.put(
                || text::restrictions(slice, &supports),
                || slice.iter().map(row).collect(),
            )?;
            slice.clear();
            Ok(())
        };
        let mut slice = Vec::new();
        let visit = |restriction| -> Result<()> {
            slice.push(restriction);
            if slice.len() == N_ROWS {
                put(&mut slice)?;
            }
            Ok(())
        };
        self.case.for_each_restriction(self.lexicon, visit)?;
        put(&mut slice)?;
        out.finish()
    }

    fn timeline(self, clock: Clock) -> Result<bool> {
        let clock = match clock {
            Clock::AsOf => verbale_analysis::Clock::AsOf,
            Clock::Said => verbale_analysis::Clock::Said,
            Clock::Published => verbale_analysis::Clock::Published,
        };
        let mut out = Printer::new(self.format, sheet::TIMELINE)?;
        let mut slice: Vec<Moment> = Vec::new();
        let mut put = |slice: &mut Vec<Moment>| -> Result<()> {
            out.put(
                || text::timeline(slice),
                || slice.iter().map(sheet::moment).collect(),
            )?;
            slice.clear();
            Ok(())
        };
        self.case.for_each_moment(clock, |moment| -> Result<()> {
            slice.push(moment);
            if slice.len() == N_ROWS {
                put(&mut slice)?;
            }
            Ok(())
        })?;
        put(&mut slice)?;
        out.finish()
    }
}

/// A claim by its id, or everything that goes through a publisher or agency.
fn withdrawn(case: &Case, what: &str) -> Result<Withdrawn> {
    if what.starts_with("clm_") {
        Ok(Withdrawn::Claim(resolve(case, what)?.parse()?))
    } else {
        Ok(Withdrawn::Outlet(what.to_owned()))
    }
}
