//! What a line of copied text is by itself, wherever it stands.

use verbale_core::Role;

use super::{
    features::{Features, trailing_credit, word_count},
    issue,
    metadata::is_dateline_alone,
};
use crate::{names, phrases::Family};

/// Families whose phrases make a line furniture.
pub(super) const FURNITURE: &[Family] = &[
    Family::Solicit,
    Family::Account,
    Family::Policy,
    Family::Browser,
    Family::Navigation,
    Family::Share,
];
/// The part of them that starts a tail and that a plea in full sentences holds.
pub(super) const PLEA: &[Family] = &[
    Family::Solicit,
    Family::Account,
    Family::Policy,
    Family::Browser,
];

/// What a line is by itself, if that can be seen.
pub(crate) fn own_role(block: &str, is_heading: bool, f: &Features) -> Option<Role> {
    if f.is_link || f.starts_with(Family::Source) && f.n_words <= 3 && block.ends_with(':') {
        return Some(Role::Link);
    }
    if !f.dates.is_empty() && f.n_words <= MAX_DATE_LINE && is_date_line(block, f) {
        return Some(date_line_role(f));
    }
    if is_dateline_alone(block) {
        return Some(Role::Dateline);
    }
    if f.n_words <= 16 && !f.is_terminal && names::byline(block).is_some() {
        return Some(Role::Byline);
    }
    if is_staff_line(f) {
        return Some(Role::Meta);
    }
    if f.starts_with(Family::Related) && f.n_words <= 30 && !(f.n_words > 12 && f.is_terminal) {
        return Some(Role::Related);
    }
    if is_credit(block, f) {
        return Some(Role::Credit);
    }
    if is_heading && f.cover(FURNITURE) < 0.5 {
        return Some(Role::Title);
    }
    if trailing_credit(block).is_some() {
        return Some(Role::Caption);
    }
    if f.has(Family::Biography) && f.n_words <= 80 {
        return Some(if f.n_words <= 4 {
            Role::Boilerplate
        } else {
            Role::Meta
        });
    }
    if f.has(Family::Disclosure)
        && f.n_words <= 80
        && !f.has(Family::Reporting)
        && mentions_itself(f)
    {
        return Some(Role::Meta);
    }
    if presents_company(block) && f.n_words <= 120 {
        return Some(Role::Meta);
    }
    if f.starts_with(Family::Correction) && f.n_words <= 80 {
        return Some(Role::Meta);
    }
    is_furniture(f).then_some(Role::Boilerplate)
}

/// "About Orn Ferries: Founded in 1974, …", "Contact: press@…": what stands below every release of a company.
fn presents_company(block: &str) -> bool {
    let words = block.trim_start_matches(['*', '_', '#', ' ']);
    let Some((label, rest)) = words.split_once(':') else {
        return false;
    };
    let label = label.trim_end_matches(['*', '_']);
    let name = label.strip_prefix("About ").unwrap_or_default();
    let is_name = !name.is_empty()
        && name.split_whitespace().count() <= 6
        && name.starts_with(char::is_uppercase);
    let is_contact = matches!(
        label.to_lowercase().as_str(),
        "contact"
            | "contacts"
            | "media contact"
            | "press contact"
            | "for media enquiries"
            | "notes to editors"
    );
    (is_name || is_contact) && !rest.trim().is_empty()
}

/// "This article", "the editor": words with which a page speaks of itself.
fn mentions_itself(f: &Features) -> bool {
    [
        "this article",
        "the article",
        "this text",
        "this story",
        "the editor",
        "this page",
        "translat",
        "dieser text",
        "dieser artikel",
        "der redakteur",
        "текст",
    ]
    .iter()
    .any(|w| f.folded.contains(w))
}

/// Furniture by its words: a short line that is mostly such phrases, or a long one with several of them
/// that speaks to the reader. One phrase never decides about a long line.
fn is_furniture(f: &Features) -> bool {
    let cover = f.cover(FURNITURE);
    let n_plea = f.n_hits(PLEA);
    match f.n_words {
        0..=4 => cover >= 0.45,
        5..=14 => {
            cover >= 0.5
                || n_plea >= 1 && (cover >= 0.2 && !f.has(Family::Reporting) || f.addresses_reader)
        }
        // A whole report in one paragraph has some of these words too.
        n if n > MAX_WORDS_A_PLEA * n_plea => false,
        _ => {
            n_plea >= 2 && (f.addresses_reader || f.speaks_as_we)
                || n_plea >= 3
                || n_plea >= 1 && f.n_words <= 20 && f.addresses_reader && !f.has(Family::Reporting)
        }
    }
}

/// A plea speaks of subscribing, paying or accepting at least once in so many words.
const MAX_WORDS_A_PLEA: usize = 60;

/// A date with little besides: a label, a time, a name, a section.
fn is_date_line(block: &str, f: &Features) -> bool {
    let dated: usize = f
        .dates
        .iter()
        .map(|d| word_count(&block[d.range.clone()]))
        .sum();
    let labels = f.n_hits(&[
        Family::Published,
        Family::Updated,
        Family::Capture,
        Family::Navigation,
    ]);
    let numbers = block
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    let rest = f.n_words.saturating_sub(dated + labels + numbers.min(4));
    let starts = names::byline(block).is_some()
        || f.dates[0].range.start <= 12
        || f.starts_with(Family::Published)
        || stands_apart(block, f);
    let most = if n_bars(block) >= 2 && stands_apart(block, f) {
        MAX_BESIDE_BARS
    } else {
        7
    };
    // "Press release. Free for use from 3 May 2031, 10 a.m."
    if f.n_words <= 16 && issue::is_notice_of_release(&f.folded) {
        return true;
    }
    if f.n_words > 16 && most == 7 {
        return false;
    }
    !(f.is_terminal && rest > 2) && (rest <= 3 || rest <= most && starts && !f.is_terminal)
}

/// How many bars or dots part a line into columns.
fn n_bars(block: &str) -> usize {
    block
        .chars()
        .filter(|c| matches!(c, '|' | '·' | '•'))
        .count()
}

/// A date line has at most this many words, in columns.
const MAX_DATE_LINE: usize = 32;

/// Most words beside the date of a line in columns: who wrote it, for whom, the number of a series.
const MAX_BESIDE_BARS: usize = 24;

/// Whether a date has bars on both sides, stands right behind "published", or behind the name of an outlet.
fn stands_apart(block: &str, f: &Features) -> bool {
    let date = &f.dates[0].range;
    let before = block[..date.start].trim_end();
    let after = block[date.end..].trim_start();
    let bars = ['|', '·', '•'];
    let between_bars = before.ends_with(bars) && (after.is_empty() || after.starts_with(bars));
    let labelled = before.to_lowercase().ends_with("published");
    let masthead = || {
        let first = block.split([',', '|', '·']).next().unwrap_or_default();
        names::is_masthead(first.trim_matches(['*', '_', ' ']))
    };
    between_bars || labelled || masthead()
}

fn date_line_role(f: &Features) -> Role {
    let is_change = f.has(Family::Updated) && !f.has(Family::Published);
    if is_change || f.has(Family::Navigation) || f.has(Family::Capture) || f.has(Family::Policy) {
        Role::Meta
    } else {
        Role::Dateline
    }
}

/// "Edited by …", "(Reporting by …; Editing by …)", "Translated by …".
fn is_staff_line(f: &Features) -> bool {
    let line = f.folded.trim_start_matches(['(', '-', '—', ' ']);
    f.n_words <= 40
        && [
            "edited by",
            "editing by",
            "reporting by",
            "additional reporting",
            "translated by",
            "translation by",
            "compiled by",
            "with reporting by",
            "contributed to this",
            "redaktion:",
            "übersetzung:",
            "перевод:",
            "редактор",
        ]
        .iter()
        .any(|w| line.starts_with(w))
}

/// A line that says whose the picture is: "Photo: …", "© …", "Name / AGENCY / AGENCY".
fn is_credit(block: &str, f: &Features) -> bool {
    if f.n_words > 12 || f.is_terminal && f.n_words > 8 {
        return false;
    }
    let starts = block.starts_with('©')
        || f.starts_with(Family::Credit)
            && (block.contains([':', '/', '©']) || f.folded.contains(" by "));
    let by_agency = block.contains('/') && names::agency_in(block).is_some();
    (starts || by_agency) && !f.has(Family::Policy)
}
