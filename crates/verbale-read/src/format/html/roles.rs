//! Roles of the blocks of a web page.
//!
//! The main text is given; a block's place (its elements and their classes) decides where it speaks
//! plainly, its words where it does not.

use verbale_core::Role;

use super::blocks::Block;
use crate::format::plain::{features::Features, own::own_role};

/// How many blocks, a caption and a note, may stand between a table and the text.
const BESIDE_TABLE: usize = 3;

/// A page whose main text is known.
pub(super) struct View<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) is_main: &'a [bool],
    pub(super) features: &'a [Features],
    pub(super) headline: Option<usize>,
}

impl View<'_> {
    /// The first and the last block of the main text.
    pub(super) fn main_span(&self) -> Option<(usize, usize)> {
        main_span(self.is_main)
    }

    /// One role a block.
    pub(super) fn roles(&self) -> Vec<Role> {
        let span = self.main_span();
        (0..self.blocks.len())
            .map(|i| match i {
                i if self.headline == Some(i) => Role::Title,
                i if self.is_main[i] => self.main_role(i),
                i => self.other_role(i, span),
            })
            .collect()
    }

    /// The role of a block inside the main text.
    fn main_role(&self, i: usize) -> Role {
        let (b, f) = (&self.blocks[i], &self.features[i]);
        if self.is_row_of_story(i) {
            return Role::Body;
        }
        let own = own_role(&b.text, b.place.heading > 0, f);
        if b.place.caption {
            return self.caption_role(i, own);
        }
        if b.place.comments {
            return Role::Boilerplate;
        }
        if self.is_link_list(i) || self.is_pointer(i) {
            return Role::Related;
        }
        match own {
            // A long sentence that begins like a teaser or ends like a caption is still reporting.
            Some(Role::Related | Role::Credit | Role::Caption)
                if b.place.paragraph && f.is_terminal && f.n_words > 14 =>
            {
                Role::Body
            }
            Some(Role::Meta) if f.n_words > 25 => Role::Body,
            Some(role) => role,
            None if b.place.heading > 0 => Role::Title,
            None if b.place.byline && f.n_words <= 10 && !f.is_terminal => Role::Byline,
            None => Role::Body,
        }
    }

    /// Words in a caption's place: whose the picture is, a teaser, or what it shows.
    fn caption_role(&self, i: usize, own: Option<Role>) -> Role {
        match own {
            Some(role @ (Role::Credit | Role::Boilerplate | Role::Related)) => role,
            _ if self.blocks[i].place.credit => Role::Credit,
            _ if self.features[i].n_words < 4 => Role::Boilerplate,
            _ => Role::Caption,
        }
    }

    /// The role of a block outside the main text.
    fn other_role(&self, i: usize, span: Option<(usize, usize)>) -> Role {
        let (b, f) = (&self.blocks[i], &self.features[i]);
        let near = span.is_some_and(|(first, last)| i + 15 >= first && i <= last + 3);
        let inside = span.is_some_and(|(first, last)| {
            // The first picture stands between the headline and the text.
            let top = self
                .headline
                .filter(|h| *h < first && h + 12 >= first)
                .unwrap_or(first);
            i > top && i < last
        });
        if self.is_row_of_story(i) {
            return Role::Body;
        }
        let own = own_role(&b.text, false, f);
        if b.place.comments {
            return Role::Boilerplate;
        }
        if b.place.credit && f.n_words <= 15 {
            return Role::Credit;
        }
        if b.place.caption && !b.place.related {
            return if inside {
                self.caption_role(i, own)
            } else {
                Role::Boilerplate
            };
        }
        if own.is_none() && self.was_missed(i, span) {
            return if b.place.heading > 0 {
                Role::Title
            } else {
                Role::Body
            };
        }
        if self.is_deck(i, span, own) {
            return Role::Title;
        }
        if b.place.related {
            return Role::Related;
        }
        if near && !b.place.furniture && f.n_words <= 20 && !f.is_terminal && b.place.byline {
            return Role::Byline;
        }
        match own {
            Some(role @ (Role::Credit | Role::Meta | Role::Byline | Role::Dateline)) if near => {
                role
            }
            Some(role @ (Role::Related | Role::Link)) => role,
            _ if b.linked * 10 >= b.text.len() * 8 && f.n_words >= 5 => Role::Related,
            _ => Role::Boilerplate,
        }
    }

    /// A row of a table in the main text or right beside it.
    fn is_row_of_story(&self, i: usize) -> bool {
        let place = &self.blocks[i].place;
        if !self.blocks[i].row || place.furniture || place.related || place.comments {
            return false;
        }
        let is_other = |j: &usize| !self.blocks[*j].row;
        let before = (0..i).rev().filter(is_other).take(BESIDE_TABLE);
        let behind = (i + 1..self.blocks.len())
            .filter(is_other)
            .take(BESIDE_TABLE);
        before.chain(behind).any(|j| self.is_main[j])
    }

    /// A subheading or a paragraph that the extractor left out between blocks that it kept.
    fn was_missed(&self, i: usize, span: Option<(usize, usize)>) -> bool {
        let (b, f) = (&self.blocks[i], &self.features[i]);
        let Some((first, last)) = span else {
            return false;
        };
        if i <= first
            || i >= last
            || b.place.furniture
            || b.place.related
            || b.linked * 2 > b.text.len()
        {
            return false;
        }
        let next_is_main = self.is_main.get(i + 1).copied().unwrap_or(false);
        let is_subheading = (2..=4).contains(&b.place.heading) && next_is_main && f.n_words >= 2;
        let has_main_sibling = (i.saturating_sub(6)..(i + 7).min(self.blocks.len()))
            .any(|j| self.is_main[j] && self.blocks[j].parent == b.parent);
        is_subheading || b.place.paragraph && f.n_words >= 12 && f.is_terminal && has_main_sibling
    }

    /// A paragraph between the headline and the main text.
    fn is_deck(&self, i: usize, span: Option<(usize, usize)>, own: Option<Role>) -> bool {
        let (b, f) = (&self.blocks[i], &self.features[i]);
        let (Some(h), Some((first, _))) = (self.headline, span) else {
            return false;
        };
        let is_text = own.is_none()
            && f.n_words >= 8
            && f.n_words <= 90
            && b.linked * 3 < b.text.len()
            && !b.place.furniture;
        i > h
            && i < first
            && is_text
            && (i <= h + 6 || i + 4 >= first)
            && (f.is_terminal || b.place.deck)
    }

    /// A line that sends the reader elsewhere: most of it is a link, with a pointing word or sign before it.
    fn is_pointer(&self, i: usize) -> bool {
        let (b, f) = (&self.blocks[i], &self.features[i]);
        let points = b.text.starts_with(['»', '>', '→', '►', '▶', '➡'])
            || f.starts_with(crate::phrases::Family::Related);
        b.linked * 10 >= b.text.len() * 6 && points && f.n_words <= 40
    }

    /// A line that is a link and nothing else, beside others of its kind.
    fn is_link_list(&self, i: usize) -> bool {
        let b = &self.blocks[i];
        let is_link = |i: usize| {
            self.blocks
                .get(i)
                .is_some_and(|b| b.linked * 10 >= b.text.len() * 9)
        };
        is_link(i) && b.place.related
            || is_link(i)
                && !self.features[i].is_terminal
                && (is_link(i + 1) || i > 0 && is_link(i - 1))
    }
}

/// The first and the last block that is main text.
pub(super) fn main_span(is_main: &[bool]) -> Option<(usize, usize)> {
    let first = is_main.iter().position(|&m| m)?;
    let last = is_main.iter().rposition(|&m| m)?;
    Some((first, last))
}
