//! Under which names a claim is filed, so that a ledger can be made from the claims that it needs alone.
//!
//! A ledger of a large case reads one name after the other: the claims of one series, of one thing that may be
//! disputed, of one saying. A new page is filed under the names of its own claims, and nothing else is touched.
//!
//! Not here: where the names are kept (`verbale-case`).

use crate::{
    Entry, Lexicon,
    conflicts::keys_with,
    lines::{Stand, Traits},
    obligations::DutyPart,
    origins::saying_key,
    presence::{counts_posts, filed_posts},
    timeline::restriction,
};

/// The name on [`Shelf::Post`] of figures that count posts.
pub const POST_COUNTS: &str = "";

/// What claims are filed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Figures that count the same thing in the same place, by [`SeriesKey`](crate::SeriesKey).
    Series,
    /// Claims that may be in conflict with each other, by [`keys`](crate::conflicts::keys).
    Dispute,
    /// Claims that may say the same, by what they say without speaker and time.
    Saying,
    /// What the obligations ledger is made of, by [`DutyPart::name`].
    Duty,
    /// What the presence ledger is made of, by [`filed_posts`], and figures that count posts under [`POST_COUNTS`].
    Post,
    /// Bans and relief from them, under one name.
    Restriction,
    /// Claims of one page that are held against each other there, by [`keys`](crate::conflicts::keys).
    Page,
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
        Self::Page,
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
            Self::Page => 7,
        }
    }
}

/// What a case keeps of a claim, so that the ledgers find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Everything that it is filed under; no name twice.
    pub names: Vec<(Shelf, String)>,
    /// How it stands under its names on [`Shelf::Dispute`]; `None` if it is held against nothing there.
    pub stand: Option<Stand>,
}

/// How a claim is filed.
pub fn filed_under(lexicon: &Lexicon, entry: Entry<'_>) -> Filed {
    let traits = Traits::of(lexicon, entry);
    let axes = traits.axes.as_deref();
    let mut names = vec![(Shelf::Saying, saying_key(lexicon, entry, axes))];
    if let Some(axes) = axes {
        names.push((Shelf::Series, axes.key()));
    }
    names.extend(keys_with(lexicon, entry, &traits));
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
    Filed {
        stand: Stand::of(lexicon, entry, &traits),
        names,
    }
}
