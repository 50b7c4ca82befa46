//! What is made of a ledger as a whole: duties, posts, restrictions, and the others at a glance.
//!
//! Series, conflicts and origins are read name by name where a page shows them, so that a page costs what it
//! shows. Not here: when this is made, and for how long it is kept (`shelf`).

use std::cmp::Reverse;

use jiff::civil::Date;
use verbale_analysis::{
    AgainstComputed, Conflict, ConflictKind, Lexicon, Presence, Restriction, Series,
    obligations::Duty,
};
use verbale_case::{Case, ledger::PresencePart};
use verbale_core::ClaimId;

use crate::error::Fault;

/// How many conflicts of each kind, and how many series, are kept for the overview.
const AT_A_GLANCE: usize = 6;

/// How many of the longest series are looked at for those that moved most.
const LONGEST: usize = 40;

/// Up to how many claims a series is read as a whole. A longer one is shown part by part.
pub(crate) const WHOLE_SERIES: u64 = 200;

/// The ledgers of one state of the case that are made as a whole.
#[derive(Debug, Default)]
pub(crate) struct Ledgers {
    pub(crate) on: Date,
    pub(crate) duties: Vec<Duty>,
    pub(crate) presence: Presence,
    pub(crate) restrictions: Vec<Restriction>,
    /// What parties assert against what dates and figures imply.
    pub(crate) computed: Vec<Conflict>,
    /// How many conflicts there are of each kind, most first; the computed ones too.
    pub(crate) n_conflicts: Vec<(ConflictKind, u64)>,
    /// Some conflicts, one of each kind first.
    pub(crate) conflicts: Vec<Conflict>,
    /// How many series have more than one number.
    pub(crate) n_series: u64,
    /// Those of the longest that moved most.
    pub(crate) series: Vec<Series>,
}

impl Ledgers {
    /// Makes them from a case whose claims are filed.
    ///
    /// # Errors
    /// If the case cannot be read.
    pub(crate) fn make(case: &Case, lexicon: &Lexicon, on: Date) -> Result<Self, Fault> {
        let (duties, computed) = duties(case, lexicon, on)?;
        let n_conflicts = n_conflicts(case, &computed)?;
        let mut restrictions = Vec::new();
        case.for_each_restriction(lexicon, |restriction| {
            restrictions.push(restriction);
            Ok::<(), Fault>(())
        })?;
        Ok(Self {
            on,
            duties,
            presence: presence(case, lexicon)?,
            restrictions,
            conflicts: some_conflicts(case, &n_conflicts, &computed)?,
            computed,
            n_conflicts,
            n_series: case.n_series(2)?,
            series: moving(case, lexicon)?,
        })
    }

    /// The computed conflicts of a claim.
    pub(crate) fn computed_of(&self, claim: ClaimId) -> impl Iterator<Item = &Conflict> {
        let is_side = move |c: &&Conflict| c.pair.0 == claim || c.pair.1 == claim;
        self.computed.iter().filter(is_side)
    }
}

/// The duties, made one by one, and what speaks against their being kept.
fn duties(case: &Case, lexicon: &Lexicon, on: Date) -> Result<(Vec<Duty>, Vec<Conflict>), Fault> {
    let (mut duties, mut against) = (Vec::new(), AgainstComputed::default());
    case.for_each_duty(lexicon, on, |duty| {
        let claims = AgainstComputed::claims_of(duty);
        if !claims.is_empty() {
            against.add(duty, &case.gather_claims(&claims)?.entries());
        }
        duties.push(duty.clone());
        Ok::<(), Fault>(())
    })?;
    Ok((duties, against.conflicts()))
}

fn presence(case: &Case, lexicon: &Lexicon) -> Result<Presence, Fault> {
    let mut presence = Presence::default();
    case.for_each_presence(lexicon, |part| {
        match part {
            PresencePart::Post(post) => presence.posts.push(post),
            PresencePart::Count(count) => presence.counts.push(count),
        }
        Ok::<(), Fault>(())
    })?;
    Ok(presence)
}

fn n_conflicts(case: &Case, computed: &[Conflict]) -> Result<Vec<(ConflictKind, u64)>, Fault> {
    let mut kinds = case.n_conflicts_by_kind()?;
    for conflict in computed {
        match kinds.iter_mut().find(|(kind, _)| *kind == conflict.kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((conflict.kind, 1)),
        }
    }
    kinds.sort_by_key(|(kind, n)| (Reverse(*n), *kind));
    Ok(kinds)
}

/// A few of each kind: one of each, then two of each.
fn some_conflicts(
    case: &Case,
    kinds: &[(ConflictKind, u64)],
    computed: &[Conflict],
) -> Result<Vec<Conflict>, Fault> {
    let mut ranked = Vec::new();
    for (kind, _) in kinds {
        let mut some = case.conflicts_of_kind(Some(*kind), None, AT_A_GLANCE)?;
        some.extend(computed.iter().filter(|c| c.kind == *kind).cloned());
        ranked.extend(some.into_iter().take(AT_A_GLANCE).enumerate());
    }
    ranked.sort_by_key(|(rank, c)| (*rank, c.kind, c.pair));
    ranked.truncate(AT_A_GLANCE);
    Ok(ranked.into_iter().map(|(_, conflict)| conflict).collect())
}

/// The series with most different numbers among the longest: what moved comes before what was only said again.
fn moving(case: &Case, lexicon: &Lexicon) -> Result<Vec<Series>, Fault> {
    let mut found = Vec::new();
    for row in case.series_rows(2, None, LONGEST)? {
        let series = if row.n_claims <= WHOLE_SERIES {
            case.series(lexicon, &row.key)?
        } else {
            case.series_head(lexicon, &row.key)?
        };
        found.extend(series.map(|s| (n_values(&s), s)));
    }
    found.sort_by_cached_key(|(n, s)| (Reverse((*n, s.distinct().count())), s.key.clone()));
    found.truncate(AT_A_GLANCE);
    Ok(found.into_iter().map(|(_, series)| series).collect())
}

/// How many different numbers a series has at a known time.
fn n_values(series: &Series) -> usize {
    let dated = series.distinct().filter(|o| o.as_of.is_some());
    let mut values: Vec<_> = dated.map(|o| (o.value, o.low, o.high)).collect();
    values.sort_unstable();
    values.dedup();
    values.len()
}
