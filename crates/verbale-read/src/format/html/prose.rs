//! Which blocks are the main text, told by where the page's prose stands.
//!
//! The paragraphs of a story stand together: one element holds most of them as children or grandchildren,
//! while teasers and comments each have a box of their own. Where this element has nearly all the prose of
//! the page, or one that calls itself the text has most of it, there is nothing to be unsure of; all other
//! pages are for an extractor with more rules.

use super::{
    blocks::{Block, Blocks},
    place::Place,
};
use crate::format::plain::features::Features;

/// What the places of prose say.
pub(super) struct Guess {
    /// For each block whether it is main text.
    pub(super) is_main: Vec<bool>,
    /// Whether there is nothing else on the page that could be it.
    pub(super) is_sure: bool,
}

/// Fewer words of prose than these are told from teasers and notices by more than their place.
const MIN_WORDS: usize = 50;
/// The share of the page's prose, in percent, that stands in the element with the story's paragraphs if the
/// page has nothing else to read.
const ALONE: usize = 85;
/// The walk from the page to the story goes into an element that holds this share, in percent.
const MOST: usize = 75;
/// An element that calls itself the text is believed if it has this share, in percent, of what is around it.
const NAMED: usize = 50;

/// Looks where the prose stands.
pub(super) fn guess(page: &Blocks, features: &[Features]) -> Guess {
    let prose = Prose::of(page, features);
    let total = prose.below[0];
    let top = prose.top();
    let is_alone = prose.below[top] * 100 >= total * ALONE;
    let is_sure = total >= MIN_WORDS && (is_alone || prose.named(0).is_some());
    let container = prose.container();
    let story = prose.named(container).unwrap_or(container);
    let is_inside = prose.inside(story);
    let keeps = |(b, f): (&Block, &Features)| is_inside[b.element as usize] && is_text(b, f);
    Guess {
        is_main: page.blocks.iter().zip(features).map(keeps).collect(),
        is_sure,
    }
}

/// Words of prose by element.
struct Prose<'a> {
    page: &'a Blocks,
    /// Inside the element.
    below: Vec<usize>,
    /// Twice those of its own paragraphs and once those of its children's paragraphs.
    near: Vec<usize>,
}

impl<'a> Prose<'a> {
    fn of(page: &'a Blocks, features: &[Features]) -> Self {
        let parent = |i: u32| page.elements[i as usize].parent as usize;
        let mut below = vec![0; page.elements.len()];
        let mut near = vec![0; page.elements.len()];
        for (b, f) in page.blocks.iter().zip(features) {
            let n_words = words_of_prose(b, f);
            below[b.element as usize] += n_words;
            // What stands in a `div` with breaks between has no paragraphs of its own.
            let is_own = page.elements[b.element as usize].marks.is_paragraph();
            let holder = if is_own {
                parent(b.element)
            } else {
                b.element as usize
            };
            near[holder] += 2 * n_words;
            near[page.elements[holder].parent as usize] += n_words;
        }
        for i in (1..below.len()).rev() {
            below[page.elements[i].parent as usize] += below[i];
        }
        Self { page, below, near }
    }

    /// The element with the most paragraphs near it.
    fn top(&self) -> usize {
        let best = |i: &usize| (self.near[*i], std::cmp::Reverse(*i));
        (0..self.near.len()).max_by_key(best).unwrap_or(0)
    }

    /// The innermost element that has most of the prose of each element around it.
    fn container(&self) -> usize {
        let elements = &self.page.elements;
        let mut at = 0;
        // Children come after their parents: one pass finds the whole way down.
        for (i, element) in elements.iter().enumerate().skip(1) {
            let has_most = self.below[i] * 100 >= self.below[at] * MOST && self.below[i] > 0;
            if element.parent as usize == at && has_most {
                at = i;
            }
        }
        if elements[at].marks.is_paragraph() {
            at = elements[at].parent as usize;
        }
        at
    }

    /// The element in `container` that calls itself the text and has enough of the prose.
    fn named(&self, container: usize) -> Option<usize> {
        let is_inside = self.inside(container);
        let is_text = |i: &usize| is_inside[*i] && self.page.elements[*i].marks.text;
        let best = (0..self.below.len())
            .filter(is_text)
            .max_by_key(|&i| (self.below[i], i))?;
        (self.below[best] * 100 >= self.below[container] * NAMED).then_some(best)
    }

    /// For each element whether it stands in `container` or is it.
    fn inside(&self, container: usize) -> Vec<bool> {
        let mut is_inside = vec![false; self.below.len()];
        for i in container..is_inside.len() {
            is_inside[i] = i == container || is_inside[self.page.elements[i].parent as usize];
        }
        is_inside
    }
}

/// The words of a block if it is prose outside of boxes.
fn words_of_prose(b: &Block, f: &Features) -> usize {
    let p = &b.place;
    let is_apart = p.heading > 0 || p.caption || is_boxed(p);
    let is_prose = f.n_words >= 25 || f.n_words >= 8 && f.is_terminal;
    if is_apart || !is_prose || b.linked * 2 > b.text.len() {
        return 0;
    }
    f.n_words
}

/// Whether a block inside the story's element is of the story.
fn is_text(b: &Block, f: &Features) -> bool {
    let p = &b.place;
    let is_sentence = f.n_words >= 8 || f.is_terminal && f.n_words > 3;
    let is_beside = is_boxed(p) || p.byline || p.date && f.n_words < 12;
    let is_linked = b.linked * 2 > b.text.len();
    let is_written = p.paragraph || p.list_item || p.heading > 0 || p.caption || is_sentence;
    is_written && !is_beside && !is_linked
}

fn is_boxed(p: &Place) -> bool {
    p.related || p.comments || p.furniture
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dates::Order, format::html::blocks};

    const SENTENCE: &str =
        "The ferry left the old harbor at noon with forty people on board, the office said.";

    fn guess_of(markup: &str) -> (Vec<String>, bool) {
        let page = scraper::Html::parse_document(markup);
        let page = blocks::collect(page.tree.root());
        let features: Vec<Features> = page
            .blocks
            .iter()
            .map(|b| Features::of(&b.text, Order::DayFirst))
            .collect();
        let guess = guess(&page, &features);
        let main = page.blocks.iter().zip(&guess.is_main);
        let kept = main.filter(|(_, m)| **m).map(|(b, _)| b.text.clone());
        (kept.collect(), guess.is_sure)
    }

    #[test]
    fn a_story_alone_on_its_page_leaves_no_doubt() {
        let story = format!("<h2>Later</h2><p>{SENTENCE}</p>").repeat(6);
        let (main, is_sure) = guess_of(&format!(
            "<div><a>Home</a></div><div><div>{story}<p><a>More</a></p></div></div><div>Imprint</div>"
        ));
        assert!(is_sure);
        assert_eq!(main.len(), 12);
        assert!(main.iter().all(|t| t == "Later" || t == SENTENCE));
    }

    #[test]
    fn two_stories_leave_doubt() {
        let story = format!("<div>{}</div>", format!("<p>{SENTENCE}</p>").repeat(6));
        assert!(
            !guess_of(&format!(
                "<section>{story}</section><section>{story}</section>"
            ))
            .1
        );
        // One that calls itself the text settles it.
        let named = story.replace("<div>", "<div class=article-body>").repeat(2);
        assert!(
            guess_of(&format!(
                "<div>{story}<section itemprop=articleBody>{named}</section></div>"
            ))
            .1
        );
    }

    #[test]
    fn few_words_leave_doubt() {
        let (main, is_sure) = guess_of(&format!("<div><p>{SENTENCE}</p></div>"));
        assert!(!is_sure);
        assert_eq!(main, [SENTENCE]);
        assert!(!guess_of("").1);
    }
}
