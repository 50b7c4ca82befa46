//! Who makes a copied page: an office, an outlet, or whoever the page says it is made by.

use std::collections::BTreeMap;

use verbale_core::Role;

use super::{
    features::{self, Features},
    metadata::View,
};
use crate::names;

/// Who made the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Imprint {
    /// The name as printed.
    pub(super) publisher: String,
    /// What the page is by its maker alone.
    pub(super) maker: Maker,
}

/// What kind of maker a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    /// An office that speaks for itself.
    Office,
    /// A body that presents its own report: "This report is produced by …".
    Reporter,
    /// A newspaper, a station, a site.
    Outlet,
}

impl View<'_> {
    /// The maker that the page's head, foot or own words name; the page's address is not looked at.
    pub(super) fn imprint(&self) -> Option<Imprint> {
        let of = |maker| move |publisher| Imprint { publisher, maker };
        let named = |other| {
            move |publisher: String| Imprint {
                maker: match names::is_office(&publisher) {
                    true => Maker::Office,
                    false => other,
                },
                publisher,
            }
        };
        self.office()
            .map(of(Maker::Office))
            .or_else(|| self.masthead().map(of(Maker::Outlet)))
            .or_else(|| self.copyright_holder().map(of(Maker::Outlet)))
            .or_else(|| self.presented().map(named(Maker::Reporter)))
            .or_else(|| self.reported().map(of(Maker::Reporter)))
            .or_else(|| self.own_name().map(named(Maker::Outlet)))
            .or_else(|| self.named_outlet().map(of(Maker::Outlet)))
    }

    /// Whom the page says that it is made by, or is about when it tells "about us".
    fn presented(&self) -> Option<String> {
        (0..self.blocks.len())
            .filter(|&i| !matches!(self.labels.roles[i], Role::Related | Role::Caption))
            .flat_map(|i| features::sentences(self.block(i)))
            .find_map(names::presented_in)
            .map(str::to_owned)
    }

    /// Whose report the headline says it is: "Final report of the Panel of Experts on Orn".
    fn reported(&self) -> Option<String> {
        let headline = self.block(self.labels.headline?);
        let (kind, maker) = [" report of the ", " report by the ", " Report of the "]
            .iter()
            .find_map(|of| headline.split_once(of))?;
        let maker = maker.split([',', ':', '(', ';']).next()?.trim();
        let small = ["of", "on", "for", "and", "the", "in"];
        let is_name = maker
            .split_whitespace()
            .all(|w| small.contains(&w) || w.starts_with(char::is_uppercase));
        let of_body = [
            "panel",
            "group",
            "committee",
            "commission",
            "mission",
            "council",
            "office",
            "secretariat",
            "team",
        ]
        .iter()
        .any(|w| maker.to_lowercase().starts_with(w));
        (kind.split_whitespace().count() <= 3 && is_name && of_body).then(|| maker.to_owned())
    }

    /// The office whose page it is: its name stands alone before the reporting, or alone in the first column of it.
    fn office(&self) -> Option<String> {
        let first = || {
            let block = self.block(0);
            let line = names::first_column(block).split(" (").next()?.trim();
            let is_short = line.split_whitespace().count() <= 8;
            (is_short && self.labels.headline != Some(0) && names::is_office(line)).then_some(line)
        };
        self.letterhead().or_else(|| {
            self.with_role(Role::Meta)
                .map(|i| names::first_column(self.block(i)))
                .find(|b| names::is_institution(b))
                .or_else(|| (!self.blocks.is_empty()).then(first).flatten())
                .map(names::unshouted)
        })
    }

    /// The offices that the first lines name one below the other, as on a letter: the last of them, of the state above it.
    fn letterhead(&self) -> Option<String> {
        let mut state = None;
        let mut office = None;
        for i in 0..self.blocks.len().min(LETTERHEAD_LINES) {
            if self.labels.headline == Some(i) {
                break;
            }
            let line = self.block(i).replace(['*', '_', '#'], "");
            let line = line.trim();
            if let Some(name) = names::state_in(line).filter(|_| i == 0) {
                state = Some(name);
            } else if names::is_office(line) && !names::is_press_office(line) {
                office = Some(names::unshouted(line));
            } else {
                break;
            }
        }
        let office = office.filter(|_| state.is_some())?;
        let state = state?;
        match names::is_ministry(&office) && !office.contains(&state) {
            true => Some(format!("{office} of {state}")),
            false => Some(office),
        }
    }

    /// The outlet that a line before the reporting names, alone or between bars: `The Lisse Times | 3 May 2024`.
    fn masthead(&self) -> Option<String> {
        let first_body = self.with_role(Role::Body).next()?;
        let above_date =
            (0..first_body).find(|&i| is_name_above_date(self.block(i), self.features.get(i + 1)));
        let signed =
            above_date.or((first_body > 0 && names::is_agency(self.block(0))).then_some(0));
        if let Some(i) = signed {
            return Some(names::unshouted(self.block(i)));
        }
        if self.labels.headline.is_some_and(|h| h > 0) && names::is_bare_masthead(self.block(0)) {
            return Some(self.block(0).to_owned());
        }
        if first_body > 0 && names::is_own_line(self.block(0)) {
            return Some(names::unshouted(self.block(0)));
        }
        let in_head = |i: &usize| {
            matches!(
                self.labels.roles[*i],
                Role::Meta | Role::Byline | Role::Dateline | Role::Boilerplate | Role::Title
            ) && Some(*i) != self.labels.headline
        };
        (0..first_body).filter(in_head).find_map(|i| {
            let line = features::strip_links(self.block(i)).replace(['*', '_', '#'], "");
            let in_columns = line.contains(['|', '·', '•']) && !self.features[i].dates.is_empty();
            line.split(['|', '·', '•', ',', '—', '–'])
                .flat_map(|part| part.split(" - "))
                .map(str::trim)
                .find(|part| {
                    let named = names::is_masthead(part) || in_columns && names::is_body(part);
                    named && names::as_agency(part).is_none()
                })
                .map(names::unshouted)
        })
    }

    /// Whom the foot of the page names behind its copyright sign.
    pub(super) fn copyright_holder(&self) -> Option<String> {
        let last = self.last_body()?;
        (0..self.blocks.len())
            .rev()
            .take_while(|i| *i >= last)
            .filter(|i| {
                !matches!(
                    self.labels.roles[*i],
                    Role::Body | Role::Caption | Role::Credit
                )
            })
            .find_map(|i| names::copyright_holder(self.block(i)))
            .filter(|name| names::as_agency(name).is_none())
            .map(str::to_owned)
    }

    /// The outlet that the furniture speaks for: a capitalized name that the page repeats or presents.
    fn named_outlet(&self) -> Option<String> {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for i in 0..self.blocks.len() {
            let weight = match self.labels.roles[i] {
                Role::Boilerplate | Role::Meta | Role::Byline => 2,
                Role::Body => 1,
                _ => continue,
            };
            for name in capitalized_names(self.block(i)) {
                if names::has_outlet_word(&name) && names::as_agency(&name).is_none() {
                    *votes.entry(name).or_default() += weight;
                }
            }
        }
        // The longest form is the name; "The" belongs to it where the page writes it in mid-sentence.
        votes
            .into_iter()
            .filter(|(_, n)| *n >= 3)
            .max_by_key(|(name, n)| (*n, name.len()))
            .map(|(name, _)| name)
    }
}

/// Whether a line is the name of an outlet or a wire service, and the next one is a date and nothing else.
pub(super) fn is_name_above_date(line: &str, next: Option<&Features>) -> bool {
    let is_date = next.is_some_and(|f| !f.dates.is_empty() && f.n_words <= MAX_DATE_WORDS);
    is_date && (names::is_masthead(line) || names::is_agency(line))
}

/// "Monday, 3 May 2031, 14:05".
const MAX_DATE_WORDS: usize = 6;

/// A letterhead has at most this many lines.
const LETTERHEAD_LINES: usize = 4;

/// Runs of capitalized words in a line, with "The" before them.
fn capitalized_names(block: &str) -> Vec<String> {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    for raw in block.split_whitespace() {
        let word = raw.trim_start_matches(['"', '“', '‘', '(', '*', '[']);
        let bare = word
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .trim_end_matches("'s")
            .trim_end_matches("’s");
        let is_capital = bare.chars().next().is_some_and(char::is_uppercase)
            && bare.chars().all(char::is_alphanumeric);
        if is_capital {
            runs.last_mut().expect("one run is always open").push(bare);
        }
        if !is_capital || bare.len() < word.len() {
            runs.push(Vec::new());
        }
    }
    runs.iter().filter_map(|run| outlet_in(run)).collect()
}

/// The part of a capitalized run that ends with a word that outlets are named with, at most four words.
fn outlet_in(run: &[&str]) -> Option<String> {
    let end = run.iter().rposition(|w| names::has_outlet_word(w))? + 1;
    let start = run[..end]
        .iter()
        .position(|w| *w == "The")
        .unwrap_or_else(|| end.saturating_sub(2));
    let name = &run[start..end];
    ((2..=4).contains(&name.len())).then(|| name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, publisher: &str, published: &str) {
        let body = "The lock at Orn has been shut since May, and 40 barges wait outside, according to the port.\n\n\
            The port has no parts for it. It has asked the yard for them twice, and the yard has sent none.\n";
        let page = format!("{head}\n\n{body}");
        let m = super::super::read(page, None, &super::super::Limits::default()).metadata;
        assert_eq!(m.publisher.as_deref(), Some(publisher));
        let day = m.published.map(|p| p.date.to_string());
        assert_eq!(day.unwrap_or_default(), published);
    }

    #[test]
    fn letterheads_name_the_office_and_its_state() {
        let statement = "REPUBLIC OF ORN\nMINISTRY OF FERRIES\nPress Service\n\nStatement on the lock\n\n9 October 2033";
        check(statement, "Ministry of Ferries of Orn", "2033-10-09");
        let release = "GOVERNMENT OF THE LISSE ISLANDS\n**Directorate of Locks**\n\n\
            *Press release. Free for use from 18 December 2029, 10 a.m.*\n\n# Fewer locks, more keys";
        check(release, "Directorate of Locks", "2029-12-18");
    }

    #[test]
    fn columns_and_headlines_name_bodies() {
        let note = "# Two ports, two calendars\n\n*Ada Brandt and Ivo Lund* | Briefing note 7/2032 | \
            **Centre for Locks and Rivers** | 14 March 2032";
        check(note, "Centre for Locks and Rivers", "2032-03-14");
        let report = "LSO/C/2031/77\n4 June 2031\n\nFinal report of the Panel of Experts on Orn (excerpt)\n\nA. Locks";
        check(report, "Panel of Experts on Orn", "2031-06-04");
        let radio = "RADIO LISSE — TRANSCRIPT\nThe Forenoon, Tuesday 4 March 2035, 10.05\n\nNo parts for the lock";
        check(radio, "Radio Lisse", "2035-03-04");
    }

    #[test]
    fn outlets_are_named_by_their_words() {
        assert_eq!(
            capitalized_names("A Message from The Lisse Times:"),
            ["The Lisse Times"]
        );
        assert_eq!(
            capitalized_names("who rely on Orn News original news"),
            ["Orn News"]
        );
        assert_eq!(
            capitalized_names("Support The Lisse Times!"),
            ["The Lisse Times"]
        );
    }
}
