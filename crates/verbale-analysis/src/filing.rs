//! Under which names a claim is filed, so that a ledger can be made from the claims that it needs alone.
//!
//! A ledger of a large case reads one name after the other: the claims of one series, of one thing that may be
//! disputed, of one saying. A new page is filed under the names of its own claims, and nothing else is touched.
//!
//! Not here: where the names are kept (`verbale-case`).

use verbale_core::Proposition;

use crate::{
    Entry, Lexicon, SeriesKey,
    compare::Standing,
    conflicts::keys,
    obligations::{is_about_meaning, may_be_left_undone},
    origins::saying_key,
    presence::speaks_of_posts,
    timeline::restriction,
};

/// The version of the names that [`filed_under`] gives; what was filed by another version is filed again.
pub const FILING_VERSION: u32 = 1;

/// What claims are filed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Figures that count the same thing in the same place, by [`SeriesKey`].
    Series,
    /// Claims that may be in conflict with each other, by [`keys`].
    Dispute,
    /// Claims that may say the same, by [`saying_key`].
    Saying,
    /// What the obligations ledger is made of, under one name.
    Duty,
    /// What the presence ledger is made of, under one name.
    Post,
    /// Bans and relief from them, under one name.
    Restriction,
}

impl Shelf {
    /// Every shelf, in the order of the definition.
    pub const ALL: &'static [Self] = &[
        Self::Series,
        Self::Dispute,
        Self::Saying,
        Self::Duty,
        Self::Post,
        Self::Restriction,
    ];

    /// The number under which a case keeps the shelf; never given to another one.
    pub const fn number(self) -> u8 {
        match self {
            Self::Series => 1,
            Self::Dispute => 2,
            Self::Saying => 3,
            Self::Duty => 4,
            Self::Post => 5,
            Self::Restriction => 6,
        }
    }
}

/// Everything that a claim is filed under; no name twice.
pub fn filed_under(lexicon: &Lexicon, entry: Entry<'_>) -> Vec<(Shelf, String)> {
    let mut names = vec![(Shelf::Saying, saying_key(lexicon, entry))];
    if let Some(key) = SeriesKey::of(lexicon, entry) {
        names.push((Shelf::Series, key.as_str().to_owned()));
    }
    let disputes = keys(lexicon, entry);
    names.extend(disputes.into_iter().map(|key| (Shelf::Dispute, key)));
    let whole = [
        (Shelf::Duty, is_of_duty(lexicon, entry)),
        (Shelf::Post, speaks_of_posts(lexicon, entry)),
        (Shelf::Restriction, restriction(lexicon, entry).is_some()),
    ];
    let needed = whole.into_iter().filter(|(_, is_needed)| *is_needed);
    names.extend(needed.map(|(shelf, _)| (shelf, String::new())));
    names.sort();
    names.dedup();
    names
}

/// True for duties, for what is said about keeping them and what they mean, and for figures that may count what was left undone.
fn is_of_duty(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    match &entry.claim.proposition {
        Proposition::Obligation(_) => true,
        Proposition::Status(status) => {
            matches!(Standing::of(lexicon, status), Standing::Duty(_))
        }
        Proposition::Figure(_) => may_be_left_undone(lexicon, entry),
        Proposition::Position(_) => is_about_meaning(lexicon, entry),
        _ => false,
    }
}
