//! Under which names a claim is filed, so that a ledger can be made from the claims that it needs alone.
//!
//! A ledger of a large case reads one name after the other: the claims of one series, of one thing that may be
//! disputed, of one saying. A new page is filed under the names of its own claims, and nothing else is touched.
//!
//! Not here: where the names are kept (`verbale-case`).

use crate::{
    Entry, Lexicon, SeriesKey,
    conflicts::keys,
    obligations::DutyPart,
    origins::saying_key,
    presence::{counts_posts, filed_posts},
    timeline::restriction,
};

/// The version of the names that [`filed_under`] gives; what was filed by another version is filed again.
pub const FILING_VERSION: u32 = 2;

/// The name on [`Shelf::Post`] of figures that count posts.
pub const POST_COUNTS: &str = "";

/// What claims are filed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Figures that count the same thing in the same place, by [`SeriesKey`].
    Series,
    /// Claims that may be in conflict with each other, by [`keys`].
    Dispute,
    /// Claims that may say the same, by [`saying_key`].
    Saying,
    /// What the obligations ledger is made of, by [`DutyPart::name`].
    Duty,
    /// What the presence ledger is made of, by [`filed_posts`], and figures that count posts under [`POST_COUNTS`].
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
    let duty = DutyPart::of(lexicon, entry);
    names.extend(duty.map(|part| (Shelf::Duty, part.name().to_owned())));
    let posts = filed_posts(lexicon, entry);
    names.extend(posts.into_iter().map(|name| (Shelf::Post, name)));
    if counts_posts(lexicon, entry) {
        names.push((Shelf::Post, POST_COUNTS.to_owned()));
    }
    if restriction(lexicon, entry).is_some() {
        names.push((Shelf::Restriction, String::new()));
    }
    names.sort();
    names.dedup();
    names
}
