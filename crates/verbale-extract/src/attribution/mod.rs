//! Who is said to have said it.
//!
//! Detection works passage by passage on the words ([`quotes`], [`verbs`], [`phrases`], [`quoted`]) and yields
//! drafts; they are joined across passages and nested here; naming then turns each into a resolved
//! [`Attribution`].
//!
//! Source: the relation of cue, source and content follows PARC 3.0 and PolNeAR; the words are the project's.

#![allow(
    clippy::single_range_in_vec_init,
    reason = "stretches of tokens are ranges, and a cue may be one of several"
)]

mod across;
mod acts;
mod anonymity;
mod behind;
mod clock;
pub(crate) mod country;
mod default;
mod draft;
pub(crate) mod interview;
mod join;
mod lexicon;
mod names;
mod occasion;
mod phrases;
mod quoted;
mod quotes;
mod resolve;
mod roster;
mod rows;
mod speaker;
mod subject;
mod told;
mod trailing;
mod tree;
pub(crate) mod turns;
mod verbs;
mod words;
mod writer;

use verbale_core::{Attribution, Role, TextRange, Timex};
use verbale_pack::Packs;

pub use acts::by_interest;
pub use default::default_speaker;

pub use draft::Nature;
use draft::{Draft, Scene};
pub use names::Names;
use roster::Roster;
pub use rows::{Row, rows};

use crate::Reading;

/// How the content is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Between quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// In the reporter's words with quoted pieces.
    Mixed,
}

/// One relation of speaker, cue and content on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributionMark {
    /// The words that name the speaker where it speaks; empty if none do.
    pub speaker: Vec<TextRange>,
    /// The words that link speaker and content; empty for speech that goes on without any.
    pub cue: Vec<TextRange>,
    /// What is attributed, in order of the text, possibly in pieces.
    pub content: Vec<TextRange>,
    /// Direct, indirect or mixed.
    pub form: Form,
    /// Uttered, thought or rumored.
    pub nature: Nature,
    /// The mark inside whose content this one stands, as an index into the same list.
    pub parent: Option<usize>,
    /// The construction that was recognized, by name.
    pub rule: &'static str,
    /// Speaker, chain, act and time, resolved.
    pub attribution: Attribution,
}

impl AttributionMark {
    /// True if the content is somebody's assertion: what is said or believed, not what is merely wanted or liked.
    pub fn asserts(&self) -> bool {
        matches!(
            self.nature,
            Nature::Statement | Nature::Belief | Nature::Hearsay
        )
    }
}

/// The mark that words belong to: the innermost asserting one whose content holds at least half of `range`.
pub fn mark_of(marks: &[AttributionMark], range: TextRange) -> Option<usize> {
    let held = |m: &AttributionMark| draft::shared(&m.content, &[range]);
    (0..marks.len())
        .filter(|&i| marks[i].asserts() && 2 * held(&marks[i]) >= u32::from(range.len()).max(1))
        .min_by_key(|&i| (draft::len(&marks[i].content), i))
}

/// What a reading says of who speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributions {
    /// Every attribution, in order of their first word.
    pub marks: Vec<AttributionMark>,
    /// Who is meant by descriptions such as "the company".
    pub names: Names,
}

/// Every attribution of a reading, and who is meant by definite descriptions. `times` are those of the same reading,
/// sorted.
pub fn find(reading: &Reading<'_>, packs: &Packs, times: &[Timex]) -> Attributions {
    let mut scenes: Vec<Scene<'_>> = Vec::with_capacity(reading.blocks().len());
    for (i, block) in reading.blocks().iter().enumerate() {
        let passage = reading.document().passages().get(block.passage);
        let is_title = passage.is_some_and(|p| p.role == Role::Title);
        let scene = Scene::new(i, block, is_title, scenes.last());
        scenes.push(scene);
    }
    let mut drafts: Vec<Draft> = scenes.iter().flat_map(detect).collect();
    drafts.extend(across::find(&scenes, &drafts));
    let drafts = join::join(&scenes, drafts, reading.document().text());
    let mut marks = join::marks(&scenes, &drafts);
    let roster = Roster::new(&scenes);
    let names = Names::new(&scenes, &roster);
    let page = resolve::Page {
        document: reading.document(),
        scenes: &scenes,
        roster: &roster,
        packs,
        times,
    };
    resolve::resolve(&page, &drafts, &mut marks);
    Attributions { marks, names }
}

fn detect(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts = verbs::find(scene);
    drafts.extend(phrases::find(scene));
    drafts.extend(quoted::find(scene));
    trailing::complete(scene, &mut drafts);
    behind::complete(scene, &mut drafts);
    drafts
}

#[cfg(test)]
mod tests;
