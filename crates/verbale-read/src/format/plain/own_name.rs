//! The name that a page uses for itself where no word of the name says what it is: "Lock Watch", "Deltawire".
//!
//! One sign proves little: a line of the head may be a section, and who is told something may be another outlet.
//! Two signs of different kinds that agree on a name leave little doubt.

use std::collections::BTreeMap;

use verbale_core::Role;

use super::{features, metadata::View};
use crate::names;

/// The head of a page is at most this many blocks.
const HEAD_BLOCKS: usize = 12;

/// Words behind which reporting names the outlet it was done for.
const TOLD: &[&str] = &[
    "told",
    "seen by",
    "obtained by",
    "reviewed by",
    "interview with",
    "shared with",
    "reached by",
    "contacted by",
];

/// What kind of sign a name was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// A line or a column of the head is the name.
    Head,
    /// A link to the site's root has it as its words.
    Home,
    /// It stands behind or before the copyright sign of the foot.
    Copyright,
    /// "By Ada Brandt for Lock Watch".
    Employer,
    /// "Author: Ada Brandt / portal Lock Watch".
    Stated,
    /// The byline has nothing else: "By Deltawire".
    Byline,
    /// The credit of a picture.
    Credit,
    /// "Told Lock Watch", "seen by Lock Watch".
    Told,
}

/// Names with the kinds of signs that speak for them.
type Signs = BTreeMap<String, Vec<Sign>>;

impl View<'_> {
    /// The name by which the head or the foot calls the page, if another kind of sign agrees.
    pub(super) fn own_name(&self) -> Option<String> {
        let bylines = self.byline_names();
        let is_own = |signs: &[Sign]| {
            let frame = [Sign::Head, Sign::Home, Sign::Copyright, Sign::Employer];
            signs.contains(&Sign::Home)
                || signs.contains(&Sign::Stated)
                || signs.len() >= 2 && frame.iter().any(|s| signs.contains(s))
        };
        self.signs()
            .into_iter()
            .filter(|(name, signs)| {
                is_own(signs)
                    && !signs.contains(&Sign::Byline)
                    && !bylines.contains(name)
                    && names::as_agency(name).is_none()
            })
            .max_by_key(|(name, signs)| (signs.len(), name.len()))
            .map(|(name, _)| name)
    }

    /// The service that the byline has instead of a person, if a credit or the reporting names it too.
    pub(super) fn agency_of_byline(&self) -> Option<String> {
        let is_service = |signs: &[Sign]| {
            signs.contains(&Sign::Byline)
                && (signs.contains(&Sign::Credit) || signs.contains(&Sign::Told))
        };
        self.signs()
            .into_iter()
            .find(|(_, signs)| is_service(signs))
            .map(|(name, _)| name)
    }

    fn signs(&self) -> Signs {
        let mut signs = Signs::new();
        let mut note = |name: &str, sign: Sign| {
            let of_name = signs.entry(name.to_owned()).or_default();
            if !of_name.contains(&sign) {
                of_name.push(sign);
            }
        };
        let first_body = self.with_role(Role::Body).next().unwrap_or(0);
        let last_body = self.last_body().unwrap_or(0);
        for i in 0..self.blocks.len() {
            let block = self.block(i);
            for name in homes(block) {
                note(name, Sign::Home);
            }
            let words = features::strip_links(block).replace(['*', '_', '#'], "");
            if let Some(name) = credited(&words) {
                note(name, Sign::Credit);
            }
            if self.labels.roles[i] == Role::Body {
                for name in told(&words) {
                    note(name, Sign::Told);
                }
                continue;
            }
            if i < first_body.min(HEAD_BLOCKS) && self.labels.headline != Some(i) {
                for part in words.split(['|', '·', '•']) {
                    if let Some(name) = whole_name(part) {
                        note(name, Sign::Head);
                    }
                }
                let is_credit = matches!(self.labels.roles[i], Role::Credit | Role::Caption);
                if let Some(name) = crumb(&words).filter(|_| !is_credit) {
                    note(name, Sign::Home);
                }
                if let Some(name) = byline_name(&words) {
                    note(name, Sign::Byline);
                }
                if let Some(name) = employer(&words) {
                    note(name, Sign::Employer);
                }
                if let Some(name) = stated(&words) {
                    note(name, Sign::Stated);
                }
            }
            if i > last_body
                && let Some(name) = holder(&words)
            {
                note(name, Sign::Copyright);
            }
        }
        // The first line may add an edition to the name: "Deltawire English".
        let first = features::strip_links(if self.blocks.is_empty() {
            ""
        } else {
            self.block(0)
        });
        for (name, of_name) in &mut signs {
            let rest = first.trim().strip_prefix(name.as_str());
            if rest.is_some_and(|r| r.starts_with(' ')) && !of_name.contains(&Sign::Head) {
                of_name.push(Sign::Head);
            }
        }
        signs
    }
}

/// Most words of an outlet's name.
const MAX_NAME_WORDS: usize = 4;

/// The capitalized words that `text` begins with, up to the first mark.
fn leading_name(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let mut end = 0;
    let mut n_words = 0;
    for word in text.split(' ').take(MAX_NAME_WORDS + 1) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = ["'s", "’s"]
            .iter()
            .find_map(|s| bare.strip_suffix(s))
            .unwrap_or(bare);
        let is_name = bare.starts_with(char::is_uppercase)
            && bare
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '&'));
        if !is_name {
            break;
        }
        n_words += 1;
        let from = end + usize::from(end > 0);
        end = from + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    ((1..=MAX_NAME_WORDS).contains(&n_words) && end >= 3).then(|| &text[..end])
}

/// A line or a column that is a name and nothing else.
fn whole_name(part: &str) -> Option<&str> {
    let part = part.trim();
    leading_name(part).filter(|name| name.len() == part.len())
}

/// The words of links to a site's root: `[Lock Watch](/)`.
fn homes(block: &str) -> impl Iterator<Item = &str> {
    let mut rest = block;
    std::iter::from_fn(move || {
        let at = rest.find("](/)")?;
        let words = rest[..at].rsplit('[').next();
        rest = &rest[at + "](/)".len()..];
        Some(words)
    })
    .flatten()
    .filter_map(|words| whole_name(words.trim_matches(['*', '_'])))
    .filter(|name| {
        !matches!(
            name.to_lowercase().as_str(),
            "home" | "news" | "start" | "logo"
        )
    })
}

/// Whom a credit names last: `(Photo: Lock Watch)`, `Ada Brandt / Deltawire`, `© Ada Brandt/Lock Watch`.
fn credited(words: &str) -> Option<&str> {
    let range = features::credit_at_end(words).or_else(|| {
        let at = words.rfind(" / ").filter(|&at| {
            words[at..].split_whitespace().count() <= MAX_NAME_WORDS + 1
                && !words.trim_end().ends_with('.')
        })?;
        Some(at..words.len())
    })?;
    let credit = words[range].trim_end_matches([')', ']', '.', ' ']);
    let last = credit.rsplit(['/', ':', '©', '|']).next()?;
    whole_name(last)
}

/// Names behind the words of reporting, as in "told Lock Watch that".
fn told(words: &str) -> impl Iterator<Item = &str> {
    TOLD.iter().flat_map(move |cue| {
        words.match_indices(cue).filter_map(move |(at, _)| {
            let before = words[..at].chars().next_back();
            let rest = words[at + cue.len()..].strip_prefix(' ')?;
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            leading_name(rest).filter(|_| !before.is_some_and(char::is_alphanumeric))
        })
    })
}

/// "By Deltawire": a byline with one word for a name, which no person has.
fn byline_name(words: &str) -> Option<&str> {
    let rest = words.trim().strip_prefix("By ")?;
    whole_name(rest).filter(|name| !name.contains(' '))
}

/// "Tidewater / Ports / Locks", "Tidewater > Ports > Locks": the way from the site's root to the page.
fn crumb(words: &str) -> Option<&str> {
    let parts: Vec<&str> = [" / ", " > ", " » ", " › "]
        .iter()
        .map(|bar| words.trim().split(*bar).collect::<Vec<_>>())
        .max_by_key(Vec::len)?;
    let first = parts.first()?;
    let named = parts.len() >= 3 && parts.iter().all(|p| whole_name(p).is_some());
    (named && !SECTIONS.contains(&first.to_lowercase().as_str())).then(|| whole_name(first))?
}

/// Words with which the way to a page begins that are no site's name.
const SECTIONS: &[&str] = &[
    "home",
    "news",
    "start",
    "world",
    "politics",
    "economy",
    "business",
    "opinion",
    "sports",
    "sport",
    "culture",
    "society",
    "europe",
    "asia",
    "africa",
    "america",
    "international",
    "national",
    "local",
    "all",
    "main",
];

/// "Story by Ada Brandt for Lock Watch".
fn employer(words: &str) -> Option<&str> {
    let words = words.trim();
    names::byline(words)?;
    whole_name(words.rsplit_once(" for ")?.1)
}

/// "Author: Ada Brandt / portal Lock Watch": a word says that the name is an outlet's.
fn stated(words: &str) -> Option<&str> {
    let words = words.trim();
    names::byline(words)?;
    let last = words.rsplit(['/', '|', ',']).next()?.trim();
    OUTLET_NOUNS
        .iter()
        .find_map(|noun| whole_name(last.strip_prefix(noun)?.strip_prefix(' ')?))
}

/// What outlets are.
const OUTLET_NOUNS: &[&str] = &[
    "portal",
    "newspaper",
    "magazine",
    "daily",
    "weekly",
    "website",
    "site",
    "radio",
    "television",
    "journal",
    "agency",
];

/// `© Deltawire 2024`, `Deltawire © 2024`.
fn holder(words: &str) -> Option<&str> {
    let (before, after) = words.split_once('©')?;
    let after = after.trim_start_matches(|c: char| !c.is_alphabetic());
    leading_name(after)
        .filter(|name| {
            let rest = after[name.len()..].trim_start();
            !rest.starts_with(['/', ':']) && !rest.starts_with(char::is_alphabetic)
        })
        .or_else(|| whole_name(before))
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, read};

    #[track_caller]
    fn check(text: &str, publisher: Option<&str>, agency: Option<&str>) {
        let m = read(text.to_owned(), None, &Limits::default()).metadata;
        assert_eq!(
            (m.publisher.as_deref(), m.agency.as_deref()),
            (publisher, agency)
        );
    }

    const BODY: &str = "The lock at Orn has been shut since May, and 40 barges wait outside, according to the port.\n\n\
        \"We have no parts,\" a pilot told Lock Watch on Friday. The port office did not answer questions about it.";

    #[test]
    fn two_signs_that_agree_name_the_page() {
        let head = "Lock Watch\n\nAbout   Data   Donate\n\nNo Parts for the Lock at Orn\n\nBy Ada Brandt\n\n3 May 2024\n\n";
        check(&format!("{head}{BODY}\n"), Some("Lock Watch"), None);
        let foot = format!(
            "No Parts for the Lock at Orn\n\nBy Ada Brandt\n\n3 May 2024\n\n{BODY}\n\n© Lock Watch 2024\n"
        );
        check(&foot, Some("Lock Watch"), None);
        let link = format!(
            "[Tidewater](/) | [Ports](/ports) | [Jobs](/jobs)\n\n# No Parts for the Lock at Orn\n\n3 May 2024\n\n{BODY}\n"
        );
        check(&link, Some("Tidewater"), None);
    }

    #[test]
    fn the_way_to_a_page_begins_with_its_site() {
        let page = format!(
            "3 May 2024 08:41\n\nNo Parts for the Lock at Orn\n\nTidewater / Ports / Locks\n\n{BODY}\n"
        );
        check(&page, Some("Tidewater"), None);
        let section = page.replace("Tidewater /", "News /");
        check(&section, None, None);
    }

    #[test]
    fn one_sign_or_a_person_names_nothing() {
        let told =
            format!("No Parts for the Lock at Orn\n\nBy Ada Brandt\n\n3 May 2024\n\n{BODY}\n");
        check(&told, None, None);
        let person = told.replace("Lock Watch", "Ada Brandt");
        check(&person, None, None);
    }

    #[test]
    fn who_stands_above_the_day_made_the_page() {
        let filed = format!("LISSE, Orn (AP) _\n\n{BODY}\n");
        let wire = format!("The Associated Press\nMay 3, 2024\n\n{filed}");
        check(&wire, Some("The Associated Press"), None);
        let m = read(wire, None, &Limits::default()).metadata;
        assert_eq!((m.title, m.dateline.as_deref()), (None, Some("LISSE")));
        check(&format!("Xinhua\n\n{filed}"), Some("Xinhua"), Some("AP"));
        let reprint = format!("No Parts for the Lock\n\nLisse News\n3 May 2024\n\n{filed}");
        check(&reprint, Some("Lisse News"), Some("AP"));
    }

    #[test]
    fn a_byline_of_one_word_that_a_credit_repeats_is_a_service() {
        let page = format!(
            "# No Parts for the Lock at Orn\n\nBy [Deltapress](#)\n\n3 May 2024\n\nThe lock at Orn. **Ada Brandt / Deltapress**\n\n{BODY}\n"
        );
        check(&page, None, Some("Deltapress"));
        let alone = page.replace(" / Deltapress", "");
        check(&alone, None, None);
    }
}
