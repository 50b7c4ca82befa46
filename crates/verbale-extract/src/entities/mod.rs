//! Who and what is mentioned on a page, and which mentions are of one.
//!
//! Mentions come from the packs' names, from acronyms that a bracket introduces, and from the pipeline's entities.
//! They are joined by what the packs know, then by acronym, then by name: a surname leads to the full name, words
//! may stand in any order, spellings may differ ([`names`]).
//!
//! Not here: links across documents (`verbale-case` keeps those, with people's decisions), and who speaks
//! (`attribution`).

mod link;
mod mention;
pub mod names;

use verbale_core::Entity;
use verbale_pack::Packs;

use crate::Reading;

/// The entities of a document, in order of their first mention; mentions in order of the text.
pub fn find(reading: &Reading<'_>, packs: &Packs) -> Vec<Entity> {
    link::join(reading, packs, mention::find(reading, packs))
}

#[cfg(test)]
mod tests;
