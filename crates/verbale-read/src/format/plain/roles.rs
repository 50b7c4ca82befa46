//! Roles of the blocks of a text that was copied out of a page.
//!
//! Three steps: what a line is by itself ([`own_role`]), where the reporting begins and ends, and which
//! blocks repeat others. After the reporting has ended the tail absorbs: a plea in full sentences is told
//! from reporting by where it stands. Only two clean lines of reporting in a row lead back.

use verbale_core::{Role, table};

use super::{
    blocks::Block,
    features::Features,
    imprint::is_name_above_date,
    own::{FURNITURE, PLEA, own_role},
};
use crate::{names, phrases::Family};

/// The role of each block and, for a copy, the block that it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    /// One role a block.
    pub(crate) roles: Vec<Role>,
    /// For a copy: the index of its original.
    pub(crate) repeats: Vec<Option<usize>>,
    /// The block that is the page's headline.
    pub(crate) headline: Option<usize>,
}

/// Labels the blocks of one page; `features` and `repeats` are parallel to `blocks`.
pub(crate) fn label(
    text: &str,
    blocks: &[Block],
    features: &[Features],
    repeats: &[Option<usize>],
) -> Labels {
    let texts = blocks.iter().map(|b| &text[b.range.clone()]);
    let mut is_row = vec![false; blocks.len()];
    for rows in table::tables(texts) {
        is_row[rows].fill(true);
    }
    let own: Vec<Option<Role>> = (0..blocks.len())
        .map(|i| {
            let block = &blocks[i];
            // A date or a name in a row is no date line.
            if is_row[i] {
                return None;
            }
            block.role.or_else(|| {
                own_role(
                    &text[block.range.clone()],
                    block.heading.is_some(),
                    &features[i],
                )
            })
        })
        .collect();
    let page = Page {
        text,
        blocks,
        features,
        repeats,
        own,
        is_row,
    };
    let body = page.body();
    let headline = page.headline(body.start);
    let roles = (0..blocks.len())
        .map(|i| page.role(i, &body, headline))
        .collect();
    let mut labels = Labels {
        roles,
        repeats: vec![None; blocks.len()],
        headline,
    };
    mark_repeats(&mut labels, repeats);
    labels
}

/// The blocks from the first to after the last of the reporting.
struct Body {
    start: usize,
    end: usize,
    /// Per block: inside a plea that interrupts the reporting.
    interrupted: Vec<bool>,
}

/// A deck has at most this many words.
const DECK_WORDS: usize = 45;

/// At most so many lines stand between a deck and the reporting.
const HEAD_LINES: usize = 8;

/// A text of fewer words behind a plea is a plea too.
const MIN_WORDS_BEHIND: usize = 120;

/// An item of a digest has at least this many words below its heading.
const MIN_ITEM_WORDS: usize = 15;

/// How many lines, a caption and a unit, may stand between the reporting and a table behind it.
const BESIDE_TABLE: usize = 2;

struct Page<'a> {
    text: &'a str,
    blocks: &'a [Block],
    features: &'a [Features],
    repeats: &'a [Option<usize>],
    own: Vec<Option<Role>>,
    /// Per block: a row of a table.
    is_row: Vec<bool>,
}

impl Page<'_> {
    fn block(&self, i: usize) -> &str {
        &self.text[self.blocks[i].range.clone()]
    }

    /// A sentence or more of running text that nothing speaks against.
    fn is_prose(&self, i: usize) -> bool {
        let f = &self.features[i];
        self.own[i].is_none() && f.n_words >= 8 && f.is_terminal
    }

    /// Prose that a plea could not be taken for.
    fn is_clean(&self, i: usize, first_person: bool) -> bool {
        let f = &self.features[i];
        self.is_prose(i)
            && f.n_words >= 12
            && f.n_hits(PLEA) == 0
            && self.repeats[i].is_none()
            && !f.addresses_reader
            && (first_person || !f.speaks_as_we)
    }

    /// Finds where the reporting starts and ends.
    fn body(&self) -> Body {
        let n = self.blocks.len();
        let mut body = Body {
            start: 0,
            end: 0,
            interrupted: vec![false; n],
        };
        let prose = (0..n).find(|&i| self.is_prose(i) && !self.is_above_byline(i));
        let Some(start) = prose.or_else(|| self.longest()) else {
            return body;
        };
        body.start = self.salutation_before(start);
        body.end = start + 1;
        let mut n_first_person = 0;
        let mut i = start;
        while i < n {
            let f = &self.features[i];
            n_first_person += usize::from(self.is_prose(i) && f.speaks_as_we);
            if self.starts_tail(i, &body) {
                // A letter or an opinion speaks as "we" throughout; a plea does so only by contrast.
                let back = self
                    .most_is_behind(i, &body)
                    .or_else(|| self.way_back(i + 1, n_first_person >= 2));
                match back {
                    Some(back) => {
                        (i..back).for_each(|j| body.interrupted[j] = true);
                        i = back;
                        continue;
                    }
                    None => break,
                }
            }
            if self.belongs(i) {
                body.end = i + 1;
            }
            i += 1;
        }
        body
    }

    /// A sentence that stands above the lines with which an article begins (who wrote it, when): the deck, or a
    /// headline with a stop. At least two such lines follow, one of them a byline or a date, and then prose.
    fn is_above_byline(&self, i: usize) -> bool {
        if self.features[i].n_words > DECK_WORDS || self.features[i].has(Family::Reporting) {
            return false;
        }
        let after = (i + 1..self.blocks.len()).take(HEAD_LINES + 1);
        let lines: Vec<usize> = after.take_while(|&j| !self.is_prose(j)).collect();
        let opens = |j: &usize| {
            matches!(self.own[*j], Some(Role::Byline | Role::Dateline))
                && self.block(*j).len() < 120
        };
        let is_short =
            |j: &usize| self.features[*j].n_words <= 12 && !self.features[*j].is_terminal;
        (2..=HEAD_LINES).contains(&lines.len())
            && i + 1 + lines.len() < self.blocks.len()
            && lines.iter().any(opens)
            && lines.iter().all(is_short)
    }

    /// The block with the most words, where no line ends as a sentence.
    fn longest(&self) -> Option<usize> {
        (0..self.blocks.len())
            .filter(|&i| self.own[i].is_none())
            .max_by_key(|&i| (self.features[i].n_words, std::cmp::Reverse(i)))
            .filter(|&i| self.features[i].n_words >= 5)
    }

    /// "Dear friends," before the first sentence belongs to it.
    fn salutation_before(&self, start: usize) -> usize {
        let is_salutation = |i: usize| {
            let f = &self.features[i];
            f.n_words <= 8
                && self.block(i).ends_with([',', '!', ':'])
                && [
                    "dear ",
                    "ladies and",
                    "your excellenc",
                    "mr. president",
                    "madam",
                    "colleagues",
                    "excellenc",
                    "уважаем",
                    "дорог",
                    "liebe",
                    "sehr geehrte",
                    "chers",
                    "chères",
                    "estimad",
                    "queridos",
                ]
                .iter()
                .any(|w| f.folded.starts_with(w))
        };
        match start.checked_sub(1) {
            Some(before) if is_salutation(before) => before,
            _ => start,
        }
    }

    /// A line after which furniture may follow in full sentences.
    fn starts_tail(&self, i: usize, body: &Body) -> bool {
        if i <= body.start {
            return false;
        }
        let f = &self.features[i];
        match self.own[i] {
            Some(Role::Boilerplate) => {
                f.n_hits(PLEA) > 0 || f.cover(FURNITURE) >= 0.6 && f.n_words <= 3
            }
            Some(Role::Meta) => !f.has(Family::Disclosure) || i + 3 > self.blocks.len(),
            Some(Role::Related) => f.n_words <= 5,
            Some(_) => false,
            // Two copies in a row: the page has begun to repeat itself.
            None => {
                self.repeats[i].is_some_and(|j| j >= body.start && j < i)
                    && self.repeats.get(i + 1).is_some_and(Option::is_some)
            }
        }
    }

    /// The next sentence behind a plea that stands above most of the text: "You have 2 free articles left".
    fn most_is_behind(&self, i: usize, body: &Body) -> Option<usize> {
        let is_own = |j: &usize| {
            self.is_prose(*j) && self.repeats[*j].is_none() && self.features[*j].n_hits(PLEA) == 0
        };
        let n_words = |from: usize, to: usize| -> usize {
            (from..to)
                .filter(is_own)
                .map(|j| self.features[j].n_words)
                .sum()
        };
        let (before, behind) = (n_words(body.start, i), n_words(i + 1, self.blocks.len()));
        let is_most = behind >= MIN_WORDS_BEHIND && behind > 2 * before;
        (i + 1..self.blocks.len()).find(is_own).filter(|_| is_most)
    }

    /// The first of two clean lines of reporting in a row after `from`.
    fn way_back(&self, from: usize, first_person: bool) -> Option<usize> {
        let mut run: Option<usize> = None;
        let mut has_reporting = false;
        for i in from..self.blocks.len() {
            if self.is_clean(i, first_person) {
                has_reporting |= self.features[i].has(Family::Reporting);
                match run {
                    Some(first) if has_reporting => return Some(first),
                    Some(_) => {}
                    None => run = Some(i),
                }
            } else if self.own[i]
                .is_some_and(|r| matches!(r, Role::Caption | Role::Credit | Role::Title))
            {
                // Pictures and subheadings may stand between two lines of reporting.
            } else {
                run = None;
                has_reporting = false;
            }
        }
        None
    }

    /// Whether a block in the stretch of reporting is part of it.
    fn belongs(&self, i: usize) -> bool {
        let f = &self.features[i];
        self.own[i].is_none()
            && (self.is_prose(i)
                || self.is_row[i]
                || self.blocks[i].list_item
                || f.n_words >= 8
                || f.is_terminal && f.n_words >= 2 && f.n_hits(FURNITURE) == 0)
    }

    /// The block before the reporting that reads most like a headline.
    fn headline(&self, body_start: usize) -> Option<usize> {
        if let Some(i) = (0..self.blocks.len())
            .find(|&i| self.own[i] == Some(Role::Title) && self.blocks[i].heading.is_some())
        {
            return (i <= body_start + 1).then_some(i);
        }
        let candidates: Vec<usize> = (0..body_start)
            .filter(|&i| self.can_be_headline(i))
            .collect();
        if candidates.is_empty() {
            return self.headline_with_stop(body_start);
        }
        let is_office = |i: &usize| names::is_institution(names::first_column(self.block(*i)));
        let own: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|i| !is_office(i))
            .collect();
        let pool = if own.is_empty() { candidates } else { own };
        pool.into_iter()
            .max_by_key(|&i| (self.features[i].n_words.min(8), std::cmp::Reverse(i)))
    }

    /// A sentence above the reporting, where no line without a stop can be the headline.
    fn headline_with_stop(&self, body_start: usize) -> Option<usize> {
        (0..body_start).find(|&i| {
            let f = &self.features[i];
            self.own[i].is_none()
                && (4..=25).contains(&f.n_words)
                && self.block(i).ends_with(['.', '!', '?'])
                && f.n_hits(FURNITURE) == 0
                && !f.addresses_reader
        })
    }

    fn can_be_headline(&self, i: usize) -> bool {
        let f = &self.features[i];
        let block = self.block(i);
        self.own[i].is_none()
            && (2..=35).contains(&f.n_words)
            && !block.ends_with(['.', ',', ':', ';'])
            && n_steps(block) < 2
            && !f.is_name
            && !is_name_above_date(block, self.features.get(i + 1))
            && f.n_hits(PLEA) == 0
            && block.chars().next().is_some_and(|c| !c.is_lowercase())
    }

    /// The role of one block, given where the reporting lies.
    fn role(&self, i: usize, body: &Body, headline: Option<usize>) -> Role {
        if headline == Some(i) {
            return Role::Title;
        }
        if self.is_row[i] && self.is_beside(i, body) {
            return Role::Body;
        }
        if let Some(role) = self.own[i] {
            return role;
        }
        if body.interrupted[i] {
            return Role::Boilerplate;
        }
        if i < body.start {
            self.role_before(i, headline)
        } else if i < body.end {
            self.role_inside(i, body, headline)
        } else {
            self.role_after(i, body)
        }
    }

    /// Whether a row of a table stands in the reporting, or right behind its last block.
    fn is_beside(&self, i: usize, body: &Body) -> bool {
        let is_row = |j: usize| self.is_row[j];
        !body.interrupted[i]
            && i > body.start
            && (i < body.end || (body.end..i).filter(|&j| !is_row(j)).count() <= BESIDE_TABLE)
    }

    fn role_before(&self, i: usize, headline: Option<usize>) -> Role {
        let f = &self.features[i];
        if names::is_institution(names::first_column(self.block(i))) {
            return Role::Meta;
        }
        let near_headline = headline.is_some_and(|h| i > h && i - h <= 4);
        let has_biography = self
            .features
            .iter()
            .take(i + 4)
            .skip(i + 1)
            .any(|g| g.has(Family::Biography) && g.folded.starts_with(&f.folded));
        if f.is_name && (near_headline || has_biography) {
            return Role::Byline;
        }
        // Between headline and reporting stands the deck.
        if headline.is_some_and(|h| i > h) && f.n_words >= 6 {
            return Role::Title;
        }
        Role::Boilerplate
    }

    fn role_inside(&self, i: usize, body: &Body, headline: Option<usize>) -> Role {
        let f = &self.features[i];
        if i == body.start && self.is_deck(i, headline) {
            return Role::Title;
        }
        // "2. Parts by the spoonful" above an item of several sentences.
        let heads_item = self.blocks[i].list_item
            && self.block(i).starts_with(|c: char| c.is_ascii_digit())
            && self.blocks.get(i + 1).is_some_and(|b| !b.list_item)
            && self.is_prose(i + 1)
            && self.features[i + 1].n_words >= MIN_ITEM_WORDS;
        let is_short =
            !f.is_terminal && f.n_words <= 14 && (!self.blocks[i].list_item || heads_item);
        if is_short && i > body.start && self.is_subheading(i) {
            return Role::Title;
        }
        if f.n_words < 2 && !self.blocks[i].list_item {
            return Role::Boilerplate;
        }
        Role::Body
    }

    /// One short paragraph below the headline, before the picture or the byline.
    fn is_deck(&self, i: usize, headline: Option<usize>) -> bool {
        let next = self.own.get(i + 1).copied().flatten();
        headline.is_some_and(|h| h + 1 == i)
            && self.features[i].n_words <= DECK_WORDS
            && matches!(
                next,
                Some(Role::Credit | Role::Byline | Role::Dateline | Role::Caption)
            )
    }

    /// A short line without a stop before a sentence, starting with a capital.
    fn is_subheading(&self, i: usize) -> bool {
        let block = self.block(i);
        self.features[i].n_words >= 2
            && !block.ends_with([',', ';', ':'])
            && block.chars().next().is_some_and(|c| !c.is_lowercase())
            && self.blocks.get(i + 1).is_some()
            && (self.is_prose(i + 1) || self.own[i + 1].is_some())
    }

    fn role_after(&self, i: usize, body: &Body) -> Role {
        let f = &self.features[i];
        let is_signature = f.is_name
            && (body.end..i).all(|j| self.own[j].is_none() && self.features[j].n_words <= 6);
        if is_signature {
            Role::Byline
        } else {
            Role::Boilerplate
        }
    }
}

/// Of two copies the one in the reporting is kept, else the earlier; furniture is furniture twice.
fn mark_repeats(labels: &mut Labels, repeats: &[Option<usize>]) {
    for (i, original) in repeats.iter().enumerate() {
        let Some(j) = *original else { continue };
        let aside = |r: Role| {
            matches!(
                r,
                Role::Caption | Role::Related | Role::Meta | Role::Boilerplate
            )
        };
        match (labels.roles[j], labels.roles[i]) {
            (Role::Caption, Role::Body) => labels.repeats[j] = Some(i),
            (first, Role::Body) if aside(first) => {}
            (Role::Boilerplate, _) => {}
            (_, Role::Caption) => labels.repeats[i] = Some(j),
            _ => {
                labels.roles[i] = Role::Duplicate;
                labels.repeats[i] = Some(j);
            }
        }
    }
}

/// How many marks part the steps of a trail of links: "Home | World", "Home > World"; markup has no blanks around it.
fn n_steps(block: &str) -> usize {
    let parts = |mark: &&str| matches!(*mark, ">" | "›" | "»");
    block.matches('|').count() + block.split_whitespace().filter(parts).count()
}
