//! Counted posts and heads of posts, held against the posts that the ledger knows.

use jiff::civil::Date;
use verbale_core::{ClaimId, Decimal, Modality};
use verbale_pack::Axis;

use super::ledger::{PostLedger, PostRow};
use crate::{Bag, Band, Entry, Lexicon, compare::amount, measure::place_of};

/// A counted number of posts, heads or states with posts, held against the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The claim.
    pub claim: ClaimId,
    /// The number as stated: "Only 6 embassies".
    pub amount: String,
    /// When it holds.
    pub as_of_text: String,
    /// Where.
    pub place: Option<String>,
    /// Who says so.
    pub speaker: Option<String>,
    /// Posts of the ledger in that place which somebody calls open then.
    pub n_open: usize,
    /// True if the ledger knows more open posts than the words allow. Fewer prove nothing.
    pub is_exceeded: bool,
}

/// What counts are held against: of each post, its place and what is said of its premises.
#[derive(Debug, Clone, Default)]
pub struct OpenPosts(Vec<(Bag, PostLedger)>);

impl OpenPosts {
    /// Takes a post into account.
    pub fn add(&mut self, lexicon: &Lexicon, post: &PostLedger) {
        let is_open = |r: &&PostRow| r.axis == Some(Axis::Premises);
        let rows: Vec<PostRow> = post.rows.iter().filter(is_open).cloned().collect();
        if !rows.is_empty() {
            let place = place_of(lexicon, &post.name.place);
            let post = PostLedger {
                name: post.name.clone(),
                pack_id: None,
                rows,
            };
            self.0.push((place, post));
        }
    }

    /// The row of a claim that counts posts, heads of posts, or states that have some; `None` for any other claim.
    pub fn count(&self, lexicon: &Lexicon, entry: Entry<'_>) -> Option<Count> {
        let figure = entry.figure().filter(|_| entry.claim.restates.is_none())?;
        let is_actual = entry.claim.modality == Modality::Actual;
        if !counts_posts(lexicon, entry) || !is_actual {
            return None;
        }
        let as_of = entry.when().interval().and_then(|i| i.end().or(i.start()));
        let place = place_of(lexicon, figure.place.as_deref().unwrap_or_default());
        let n_open = as_of.map_or(0, |on| self.n_open(&place, on));
        let high = Band::of(lexicon, &figure.quantity).and_then(|b| b.high);
        Some(Count {
            claim: entry.id(),
            amount: amount(figure),
            as_of_text: figure
                .as_of
                .as_ref()
                .map(|t| t.iso().unwrap_or_else(|| format!("“{}”", t.raw)))
                .unwrap_or_default(),
            place: figure.place.clone(),
            speaker: entry.speaker().map(str::to_owned),
            n_open,
            is_exceeded: high.is_some_and(|h| Decimal::from(n_open) > h.at),
        })
    }

    /// How many posts in `place`, or anywhere if it is empty, everybody who is heard last calls open.
    fn n_open(&self, place: &Bag, on: Date) -> usize {
        let here = self
            .0
            .iter()
            .filter(|(of_post, _)| place.is_empty() || of_post.n_shared(place) > 0);
        here.filter(|(_, post)| post.state_on(Axis::Premises, on) == ["open"])
            .count()
    }
}

/// Units that count posts or those who head them.
const COUNTED: &[&str] = &["embassy", "ambassador", "consulate", "mission"];

/// True if a figure counts posts, those who head them, or states by their posts.
pub(crate) fn counts_posts(lexicon: &Lexicon, entry: Entry<'_>) -> bool {
    let Some(figure) = entry.figure() else {
        return false;
    };
    let unit_words = figure.quantity.unit.as_deref().unwrap_or_default();
    let Some(unit) = lexicon.stems(unit_words).pop() else {
        return false;
    };
    let by_posts = |s: &String| COUNTED.contains(&s.as_str());
    by_posts(&unit)
        || matches!(unit.as_str(), "country" | "state")
            && lexicon.stems(&figure.subject).iter().any(by_posts)
}
