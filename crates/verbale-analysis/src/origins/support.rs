//! What stands behind single claims, in numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use verbale_core::ClaimId;

use super::Standing;
use crate::Entry;

/// How much stands behind a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Support {
    /// Pages that carry what it says.
    pub n_pages: usize,
    /// Publishers of those pages; a page without a publisher counts by itself.
    pub n_publishers: usize,
    /// Independent statements.
    pub n_origins: usize,
}

impl Support {
    /// What stands behind a claim that no other one repeats.
    pub const ALONE: Self = Self {
        n_pages: 1,
        n_publishers: 1,
        n_origins: 1,
    };

    /// What stands behind claims that say one thing and go back to so many statements.
    pub fn counted<'a>(claims: impl Iterator<Item = Entry<'a>>, n_origins: usize) -> Self {
        let mut pages = BTreeSet::new();
        let mut publishers = BTreeSet::new();
        for entry in claims {
            pages.insert(entry.page);
            let own_page = entry.publisher().is_none().then_some(entry.page);
            publishers.insert((entry.publisher(), own_page));
        }
        Self {
            n_pages: pages.len(),
            n_publishers: publishers.len(),
            n_origins,
        }
    }

    /// For tables: "3 p., 2 pub., 1 orig."
    pub fn short(self) -> String {
        let Self {
            n_pages,
            n_publishers,
            n_origins,
        } = self;
        format!("{n_pages} p., {n_publishers} pub., {n_origins} orig.")
    }
}

impl fmt::Display for Support {
    /// "3 pages, 2 publishers, 1 origin".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let counts = [
            counted(self.n_pages, "page"),
            counted(self.n_publishers, "publisher"),
            counted(self.n_origins, "origin"),
        ];
        f.write_str(&counts.join(", "))
    }
}

impl Standing {
    /// Its numbers.
    pub fn support(&self) -> Support {
        Support {
            n_pages: self.n_pages,
            n_publishers: self.n_publishers,
            n_origins: self.origins.len(),
        }
    }
}

/// What stands behind each of some claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supports(BTreeMap<ClaimId, Support>);

impl Supports {
    /// What stands behind `claim`; a claim that is not among these stands alone.
    pub fn of(&self, claim: ClaimId) -> Support {
        self.0.get(&claim).copied().unwrap_or(Support::ALONE)
    }
}

impl FromIterator<(ClaimId, Support)> for Supports {
    fn from_iter<I: IntoIterator<Item = (ClaimId, Support)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// The supports of all claims of these standings.
impl<'a> FromIterator<&'a Standing> for Supports {
    fn from_iter<I: IntoIterator<Item = &'a Standing>>(standings: I) -> Self {
        let each = |s: &'a Standing| s.claims.iter().map(|c| (*c, s.support()));
        standings.into_iter().flat_map(each).collect()
    }
}
