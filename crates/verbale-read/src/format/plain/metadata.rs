//! What the head, the foot and the furniture of a copied text say about the page.
//!
//! A date is taken from a date line, a byline or the page's own address, never from the reporting: an
//! undated page stays undated. The date of a capture or a print is not a publication date.

use std::ops::Range;

use verbale_core::{Metadata, PartialDate, Publication, Role};

use super::{
    blocks::Block,
    features::{self, Features},
    imprint::Maker,
    issue,
    roles::Labels,
};
use crate::{
    dates, names,
    phrases::{self, Family},
};

/// A labelled text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// The page's text.
    pub(crate) text: &'a str,
    /// Its blocks.
    pub(crate) blocks: &'a [Block],
    /// One set of features a block.
    pub(crate) features: &'a [Features],
    /// One role a block.
    pub(crate) labels: &'a Labels,
}

impl View<'_> {
    /// The words of one block.
    pub(super) fn block(&self, i: usize) -> &str {
        &self.text[self.blocks[i].range.clone()]
    }

    /// The blocks with a role, in order.
    pub(super) fn with_role(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        (0..self.blocks.len()).filter(move |&i| self.labels.roles[i] == role)
    }

    /// The last block of the reporting.
    pub(crate) fn last_body(&self) -> Option<usize> {
        self.with_role(Role::Body).last()
    }

    /// Reads the metadata; `address` is where the page was captured from, if known.
    pub(crate) fn metadata(&self, address: Option<&str>) -> Metadata {
        let own_address = self.own_address();
        let address = own_address.as_deref().or(address);
        let (publisher, maker) = match self.imprint() {
            Some(imprint) => (Some(imprint.publisher), imprint.maker),
            None => (address.and_then(names::outlet_from_address), Maker::Outlet),
        };
        let bylines = self.byline_names();
        let agency = self
            .agency(&bylines)
            .or_else(|| self.agency_in_foot(publisher.as_deref()))
            .filter(|a| {
                publisher
                    .as_deref()
                    .is_none_or(|p| p != a && names::as_agency(p) != Some(a))
            });
        let authors = self.authors(bylines);
        let kind = self.kind(maker, agency.is_some());
        Metadata {
            title: self.title().filter(|t| publisher.as_ref() != Some(t)),
            authors,
            publisher,
            agency,
            published: self.published(address),
            updated: self.dated(Family::Updated),
            dateline: self.dateline_place(),
            kind,
            address: own_address,
            ..Metadata::default()
        }
    }

    fn title(&self) -> Option<String> {
        let i = self.labels.headline?;
        let words = features::strip_links(self.block(i)).replace("**", "");
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The address that stands alone on a line, with or without a label.
    fn own_address(&self) -> Option<String> {
        self.with_role(Role::Link)
            .find_map(|i| features::address_in(self.block(i)))
            .map(str::to_owned)
    }

    /// People and services named in bylines, in order.
    pub(super) fn byline_names(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for i in self
            .with_role(Role::Byline)
            .chain(self.with_role(Role::Dateline))
        {
            let line = features::strip_links(self.block(i));
            let own = match names::byline(&line) {
                Some(own) => own,
                None if self.features[i].is_name => {
                    vec![line.trim_matches(['*', '_', ' ']).to_owned()]
                }
                None => continue,
            };
            for name in own {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found
    }

    fn authors(&self, bylines: Vec<String>) -> Vec<String> {
        let people: Vec<String> = bylines
            .into_iter()
            .filter(|n| names::as_agency(n).is_none())
            .collect();
        if !people.is_empty() {
            return people;
        }
        if let Some(name) = self.signature() {
            return vec![name.to_owned()];
        }
        self.last_body()
            .and_then(|i| initials(self.block(i)))
            .map(|(_, initials)| initials)
            .filter(|i| names::agency_in(i).is_none())
            .into_iter()
            .collect()
    }

    /// Who signs a letter: `Ada Brandt, chairwoman` among its last lines.
    fn signature(&self) -> Option<&str> {
        const LAST_LINES: usize = 5;
        if !self.is_letter() {
            return None;
        }
        (0..self.blocks.len()).rev().take(LAST_LINES).find_map(|i| {
            let (name, function) = self.block(i).trim_end_matches('.').split_once(',')?;
            let is_function =
                function.starts_with(' ') && (1..=8).contains(&function.split_whitespace().count());
            (is_function && names::is_person_line(name)).then_some(name.trim())
        })
    }

    /// "Dear neighbors," opens it.
    fn is_letter(&self) -> bool {
        self.with_role(Role::Body)
            .any(|i| self.features[i].folded.starts_with("dear "))
    }

    /// The wire service of a byline, of the dateline's brackets, or of the credits at the end.
    fn agency(&self, bylines: &[String]) -> Option<String> {
        let from_byline = bylines
            .iter()
            .find_map(|n| names::as_agency(n))
            .map(str::to_owned);
        let from_dateline = || self.report_dateline().and_then(|d| d.agency);
        let from_end = || {
            self.last_body()
                .and_then(|i| initials(self.block(i)))
                .and_then(|(_, s)| names::agency_in(&s))
                .map(str::to_owned)
        };
        from_byline
            .or_else(from_dateline)
            .or_else(from_end)
            .or_else(|| self.agency_of_byline())
    }

    /// The wire service that holds the copyright of another's page, where the byline names it or the dateline has its
    /// initials: `(DW) —`, `By Ada Brandt, Delta Wire`.
    fn agency_in_foot(&self, publisher: Option<&str>) -> Option<String> {
        let holder = self
            .copyright_holder()
            .filter(|h| publisher.is_some_and(|p| p != h))?;
        let in_byline = || {
            self.with_role(Role::Byline)
                .any(|i| self.block(i).contains(&holder))
        };
        let in_dateline = || {
            let first = self.with_role(Role::Body).next();
            let brackets = format!("({})", names::initials_of(&holder));
            first
                .filter(|&i| dateline(self.block(i)).is_some())
                .is_some_and(|i| self.block(i).contains(&brackets))
        };
        (in_byline() || in_dateline()).then_some(holder)
    }

    fn dateline_place(&self) -> Option<String> {
        self.report_dateline().map(|d| d.place)
    }

    /// The dateline in front of the report, which may have a line of its own.
    fn report_dateline(&self) -> Option<Dateline> {
        let first = self.with_role(Role::Body).next()?;
        (0..first)
            .rev()
            .take(LINES_BELOW_DATELINE)
            .find(|&i| is_dateline_alone(self.block(i)))
            .or(Some(first))
            .and_then(|i| dateline(self.block(i)))
    }

    fn published(&self, address: Option<&str>) -> Option<Publication> {
        let found = |date, rule: &str| Publication {
            date,
            rule: rule.to_owned(),
        };
        let in_line = |role| {
            self.with_role(role)
                .filter(|&i| self.in_head_or_foot(i))
                .find_map(|i| self.publication_in(i))
        };
        in_line(Role::Dateline)
            .or_else(|| in_line(Role::Meta))
            .or_else(|| self.issued())
            .map(|d| found(d, "dateline"))
            .or_else(|| in_line(Role::Byline).map(|d| found(d, "byline")))
            .or_else(|| self.filed().map(|d| found(d, "dateline")))
            .or_else(|| {
                address
                    .and_then(dates::in_address)
                    .map(|d| found(d, "address"))
            })
            // The text as it stands was published when it was last changed.
            .or_else(|| self.dated(Family::Updated).map(|d| found(d, "updated")))
    }

    /// The day on which the head says that the paper was issued, or the day of the occasion that is its headline.
    fn issued(&self) -> Option<PartialDate> {
        let first_body = self
            .with_role(Role::Body)
            .next()
            .unwrap_or(self.blocks.len());
        let issued = (0..first_body).find_map(|i| {
            let is_head = !matches!(self.labels.roles[i], Role::Related | Role::Caption);
            issue::issued(self.block(i), &self.features[i].dates).filter(|_| is_head)
        });
        let occasion = || {
            let i = self.labels.headline?;
            issue::of_occasion(self.block(i), &self.features[i].dates)
        };
        issued.or_else(occasion)
    }

    /// The day in front of the report, behind the place: `LISSE, Orn, May 3, 2031 –`.
    fn filed(&self) -> Option<PartialDate> {
        let i = self.with_role(Role::Body).next()?;
        let block = self.block(i);
        dateline(block)?;
        let dash = block.find(['—', '–']).or_else(|| block.find(" - "))?;
        // "LISSE (Deltawire - 3 May 2031)": the dash of the brackets.
        let brackets = block.find('(').zip(block.find(')'));
        let within = brackets.filter(|(open, close)| (*open..*close).contains(&dash));
        let end = within.map_or(dash, |(_, close)| close);
        let mut dates = self.features[i].dates.iter();
        dates.find(|d| d.range.end <= end).map(|d| d.date)
    }

    /// Date lines of teasers stand between the blocks of the tail, not next to the reporting.
    fn in_head_or_foot(&self, i: usize) -> bool {
        self.last_body().is_none_or(|last| i <= last + 3)
    }

    /// The first date of a line that no word of capture or change stands before.
    fn publication_in(&self, i: usize) -> Option<PartialDate> {
        let block = self.block(i);
        let mut from = 0;
        for d in &self.features[i].dates {
            let before = phrases::fold(&block[from..d.range.start]);
            from = d.range.end;
            let label = phrases::hits(&before)
                .iter()
                .rev()
                .map(|h| h.family)
                .find(|f| matches!(f, Family::Capture | Family::Updated | Family::Published));
            let is_received =
                || issue::not_received(block, &self.features[i].dates) != Some(d.date);
            if !matches!(label, Some(Family::Capture | Family::Updated)) && !is_received() {
                return Some(d.date);
            }
        }
        None
    }

    /// The first date after a label of this family in a date line.
    fn dated(&self, family: Family) -> Option<PartialDate> {
        self.with_role(Role::Dateline)
            .chain(self.with_role(Role::Meta))
            .find_map(|i| {
                let block = self.block(i);
                let mut from = 0;
                self.features[i].dates.iter().find_map(|d| {
                    let before = phrases::fold(&block[from..d.range.start]);
                    from = d.range.end;
                    phrases::hits(&before)
                        .last()
                        .filter(|h| h.family == family)
                        .map(|_| d.date)
                })
            })
    }

    fn kind(&self, maker: Maker, is_wire: bool) -> String {
        let disclosed = |words: &[&str]| {
            self.with_role(Role::Meta)
                .any(|i| words.iter().any(|w| self.features[i].folded.contains(w)))
        };
        let kind = match () {
            () if maker == Maker::Office || self.is_letter() => "official statement",
            () if is_wire => "wire copy",
            () if maker == Maker::Reporter => "report",
            () => "news report",
        };
        if disclosed(&["translated", "translation", "übersetz", "перевод"]) {
            format!("{kind} (machine translated)")
        } else {
            kind.to_owned()
        }
    }
}

/// The place and the service in front of a report: `PORT LISSE, Orn (Reuters) - The ferry …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The place as printed.
    pub(crate) place: String,
    /// The wire service in brackets.
    pub(crate) agency: Option<String>,
}

/// At most so many lines, a subheading and a picture's, stand between a dateline and its report.
const LINES_BELOW_DATELINE: usize = 3;

/// Most characters of a dateline.
const MAX_DATELINE: usize = 80;

/// Whether a block is a dateline that a report follows, and nothing else: `PORT LISSE, Orn (Deltawire) --`.
pub(crate) fn is_dateline_alone(block: &str) -> bool {
    let end = block.trim_end().trim_end_matches(['—', '–', '-', '_']);
    let is_short = block.chars().nth(MAX_DATELINE).is_none();
    end.len() < block.trim_end().len() && is_short && dateline(block).is_some()
}

/// The dateline that a block starts with.
pub(crate) fn dateline(block: &str) -> Option<Dateline> {
    // Wires of old have an underscore or two hyphens for a dash, with or without blanks.
    let head: String = block
        .chars()
        .take(MAX_DATELINE)
        .chain(" ".chars())
        .collect::<String>()
        .replace(" _ ", " — ")
        .replace(")_", ")—")
        .replace(")--", ")—")
        .replace(['*', '_'], "");
    let (lead, is_dash) = ["—", " – ", " -- ", " - "]
        .iter()
        .filter_map(|d| head.find(d))
        .min()
        .map(|at| (&head[..at], true))
        .or_else(|| head.find(". ").map(|at| (&head[..at], false)))?;
    // "LISSE (Deltawire - 3 May 2021) The ferry left": the brackets end the dateline.
    let lead = match (lead.find('('), head.find(')')) {
        (Some(_), Some(close)) if !lead.contains(')') => &head[..close + 1],
        _ => lead,
    };
    let (place, brackets) = match lead.split_once('(') {
        Some((place, rest)) => (place.trim(), rest.split(')').next()),
        None => (lead.trim(), None),
    };
    let listed = brackets.and_then(names::agency_in).or_else(|| {
        // Russian and German services stand after the date: `ЛИССЕ, 3 мая - ТАСС.`
        lead.rsplit([',', '/'])
            .next()
            .filter(|_| !is_dash)
            .and_then(names::as_agency)
    });
    let first = place.split([',', '/']).next().unwrap_or_default().trim();
    let is_shouted = first.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !first.chars().any(char::is_lowercase);
    let is_place = (1..=4).contains(&first.split_whitespace().count())
        && first.chars().next().is_some_and(char::is_uppercase)
        && (is_shouted || listed.is_some());
    // A shouted place with brackets and a dash leaves no doubt, whoever the service is.
    let by_form = || {
        brackets
            .filter(|_| is_shouted && is_dash)
            .and_then(names::agency_in_brackets)
    };
    (is_place && (is_dash || listed.is_some())).then(|| Dateline {
        place: first.to_owned(),
        agency: listed.or_else(by_form).map(str::to_owned),
    })
}

/// The author's initials in brackets at the very end: `… (sh)`, `… (ab/dpa)`.
pub(crate) fn initials(block: &str) -> Option<(Range<usize>, String)> {
    let end = block.trim_end().len();
    let inner_end = block[..end].strip_suffix(')')?.len();
    let open = block[..inner_end].rfind('(')?;
    let inner = &block[open + 1..inner_end];
    let is_mark = |s: &str| (2..=4).contains(&s.len()) && s.chars().all(|c| c.is_ascii_lowercase());
    let before = block[..open].trim_end();
    let is_initials = inner
        .split(['/', ','])
        .all(|s| is_mark(s.trim()) || names::as_agency(s.trim()).is_some());
    (is_initials && before.ends_with(['.', '!', '?', '"', '”']))
        .then(|| (open..end, inner.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_place_and_service() {
        let check = |s: &str, place: &str, agency: Option<&str>| {
            let d = dateline(s).expect("a dateline");
            assert_eq!((d.place.as_str(), d.agency.as_deref()), (place, agency));
        };
        check(
            "PORT LISSE, Orn (Reuters) - The ferry left.",
            "PORT LISSE",
            Some("Reuters"),
        );
        check("LISSE — The ferry left.", "LISSE", None);
        check(
            "LISSE, May 3 (Deltawire) — The ferry left.",
            "LISSE",
            Some("Deltawire"),
        );
        check("LISSE (at sea) — The ferry left.", "LISSE", None);
        check("LISSE, Orn (AP) _", "LISSE", Some("AP"));
        check("LISSE, Orn (AP)_ The ferry left.", "LISSE", Some("AP"));
        check("PORT LISSE (AP)--", "PORT LISSE", Some("AP"));
        check("LISSE, May 3 (Xinhua) --", "LISSE", Some("Xinhua"));
        check("LISSE _", "LISSE", None);
        check(
            "LISSE (Deltawire / AP - 3 May 2021) The ferry left.",
            "LISSE",
            Some("AP"),
        );
        assert!(is_dateline_alone("LISSE, May 3 (Xinhua) --"));
        assert!(is_dateline_alone("LISSE _"));
        assert!(!is_dateline_alone("LISSE, Orn (AP)_ The ferry left."));
        assert!(!is_dateline_alone("FERRY LEAVES PORT"));
        check("Lisse (dpa) - Die Fähre fuhr ab.", "Lisse", Some("dpa"));
        assert_eq!(dateline("The ferry – the only one – left."), None);
        assert_eq!(dateline("The ferry left. It came back."), None);
    }

    #[test]
    fn initials_stand_in_brackets_after_the_last_sentence() {
        assert_eq!(
            initials("He left. (sh)").map(|i| i.1).as_deref(),
            Some("sh")
        );
        assert_eq!(
            initials("He left. (ab/dpa)").map(|i| i.1).as_deref(),
            Some("ab/dpa")
        );
        assert_eq!(initials("He left (now)"), None);
    }
}
