//! What falls if a publisher, an agency or a claim is withdrawn.
//!
//! A question, not a change: nothing is removed from the case.

use std::collections::BTreeSet;

use verbale_core::ClaimId;

use crate::{Conflict, Entry, Standing, entry::in_order};

/// What is imagined away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawn {
    /// Everything that goes through this publisher or agency.
    Outlet(String),
    /// One claim, with what relies on it.
    Claim(ClaimId),
}

impl Withdrawn {
    /// True if `name` is the outlet that is withdrawn.
    pub fn names(&self, name: &str) -> bool {
        match self {
            Self::Outlet(outlet) => verbale_pack::fold(name) == verbale_pack::fold(outlet),
            Self::Claim(_) => false,
        }
    }
}

/// What one saying loses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The claim by which the saying is shown: the first of those that stood.
    pub saying: ClaimId,
    /// Its words.
    pub quote: String,
    /// Who says it.
    pub voice: String,
    /// Pages, publishers, origins before.
    pub before: (usize, usize, usize),
    /// And after.
    pub after: (usize, usize, usize),
}

impl Loss {
    /// True if nothing is left.
    pub fn is_total(&self) -> bool {
        self.after.2 == 0
    }
}

/// What falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// The claims that fall, by id.
    pub claims: Vec<ClaimId>,
    /// The sayings that lose support, those with nothing left first.
    pub losses: Vec<Loss>,
    /// The conflicts that lose a side.
    pub conflicts: Vec<(ClaimId, ClaimId)>,
}

/// What falls with `withdrawn`, given what claims stand on and the conflicts of the case.
pub fn impact(
    entries: &[Entry<'_>],
    standings: &[Standing],
    conflicts: &[Conflict],
    withdrawn: &Withdrawn,
) -> Impact {
    let entries = in_order(entries);
    let fallen = fallen(&entries, standings, withdrawn);
    let mut losses: Vec<Loss> = standings
        .iter()
        .filter_map(|s| loss(&entries, s, &fallen))
        .collect();
    losses.sort_by_key(|l| (!l.is_total(), l.saying));
    let touched = conflicts
        .iter()
        .filter(|c| fallen.contains(&c.pair.0) || fallen.contains(&c.pair.1));
    Impact {
        losses,
        conflicts: touched.map(|c| c.pair).collect(),
        claims: fallen.into_iter().collect(),
    }
}

/// The withdrawn claims and, over dependent links, what relies on them.
fn fallen(
    entries: &[Entry<'_>],
    standings: &[Standing],
    withdrawn: &Withdrawn,
) -> BTreeSet<ClaimId> {
    let mut fallen: BTreeSet<ClaimId> = match withdrawn {
        Withdrawn::Claim(id) => [*id].into(),
        Withdrawn::Outlet(_) => entries
            .iter()
            .filter(|e| goes_through(e, withdrawn))
            .map(Entry::id)
            .collect(),
    };
    let links: Vec<_> = standings
        .iter()
        .flat_map(|s| &s.origins)
        .flat_map(|o| &o.links)
        .collect();
    loop {
        let n = fallen.len();
        for link in &links {
            if link.depends && fallen.contains(&link.on) {
                fallen.insert(link.claim);
            }
        }
        if fallen.len() == n {
            return fallen;
        }
    }
}

/// True if a claim stands on the outlet's page, or has it in its chain.
fn goes_through(e: &Entry<'_>, outlet: &Withdrawn) -> bool {
    let is = |name: &str| outlet.names(name);
    [e.publisher(), e.agency(), e.speaker()]
        .into_iter()
        .flatten()
        .any(is)
        || e.claim.attribution.via.iter().any(|v| is(v))
}

fn loss(entries: &[Entry<'_>], standing: &Standing, fallen: &BTreeSet<ClaimId>) -> Option<Loss> {
    let find = |id: ClaimId| {
        entries
            .binary_search_by_key(&id, Entry::id)
            .ok()
            .map(|i| entries[i])
    };
    let left: Vec<Entry<'_>> = standing
        .claims
        .iter()
        .filter(|c| !fallen.contains(c))
        .filter_map(|c| find(*c))
        .collect();
    if left.len() == standing.claims.len() {
        return None;
    }
    let pages: BTreeSet<_> = left.iter().map(|e| e.page).collect();
    let publishers: BTreeSet<_> = left
        .iter()
        .map(|e| (e.publisher(), e.publisher().is_none().then_some(e.page)))
        .collect();
    let stands = |c: &ClaimId| !fallen.contains(c);
    let n_origins = standing
        .origins
        .iter()
        .filter(|o| o.claims.iter().any(stands))
        .count();
    let shown = find(*standing.claims.first()?)?;
    Some(Loss {
        saying: shown.id(),
        quote: shown.quote().to_owned(),
        voice: shown.voice(),
        before: (
            standing.n_pages,
            standing.n_publishers,
            standing.origins.len(),
        ),
        after: (pages.len(), publishers.len(), n_origins),
    })
}
