//! The publication date of a page, by cascade, with the rule that found it.
//!
//! The `meta` elements with which a page dates itself, structured data, other `meta` elements, elements that are
//! marked as dates, the address, and lines near the headline, in this order. A date of change is kept apart; a capture's or a print's date is none.

use serde_json::Value;
use verbale_core::{PartialDate, Publication};

use super::{
    blocks::Block,
    facts::{Facts, TimeElement},
    structured::types,
};
use crate::{
    dates::{self, Order},
    format::plain::issue,
    phrases::{self, Family},
};

/// `meta` names under which a page dates itself and nothing else: structured data may describe teasers too.
const OWN_DATE: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
];
/// `meta` names of publication dates, best first.
const PUBLISHED: &[&str] = &[
    "datepublished",
    "article:published",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published_time",
    "article.published",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "originalpublicationdate",
    "date",
    "og:pubdate",
    "article_date_original",
    "rbpubdate",
    "ptime",
    "creation_date",
    "created",
    "date_published",
    "release_date",
    "vr:published_time",
    "shareaholic:article_published_time",
    "displaydate",
    "firstpublished",
    "article.created",
    "analytics.publishdate",
    "bt:pubdate",
    "dateposted",
    "eomportal-lastupdate",
];
/// `meta` names of dates of change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
    "updated_time",
    "date_modified",
];

/// What the cascade looks at.
pub(super) struct Sources<'a> {
    pub(super) facts: &'a Facts,
    pub(super) blocks: &'a [Block],
    /// The block that is the headline, and the last block of the main text.
    pub(super) headline: Option<usize>,
    pub(super) main: Option<(usize, usize)>,
    pub(super) address: Option<&'a str>,
    pub(super) order: Order,
}

impl Sources<'_> {
    /// The publication date.
    pub(super) fn published(&self) -> Option<Publication> {
        type Rule<'a> = fn(&Sources<'a>) -> Option<PartialDate>;
        let rules: [(&str, Rule<'_>); 9] = [
            ("meta", Self::in_own_metas),
            ("json-ld", Self::in_objects),
            ("meta", Self::in_metas),
            ("time", Self::in_marked_times),
            ("address", Self::in_address),
            ("dateline", Self::in_labeled_lines),
            ("dateline", Self::in_date_lines),
            ("dateline", Self::in_issued_lines),
            ("text", Self::in_head_of_text),
        ];
        rules.iter().find_map(|(rule, find)| {
            find(self).map(|date| Publication {
                date,
                rule: (*rule).to_owned(),
            })
        })
    }

    /// The date of the last change that the page states.
    pub(super) fn updated(&self) -> Option<PartialDate> {
        let in_objects = self
            .facts
            .articles()
            .find_map(|o| self.stamp(o.get("dateModified")?.as_str()?));
        in_objects.or_else(|| self.stamp(self.facts.meta(MODIFIED)?))
    }

    fn in_objects(&self) -> Option<PartialDate> {
        let date = |o: &Value| {
            ["datePublished", "dateCreated", "uploadDate"]
                .iter()
                .find_map(|k| self.stamp(o.get(*k)?.as_str()?))
        };
        self.facts.articles().find_map(date).or_else(|| {
            let is_page = |o: &&Value| {
                types(o).any(|t| {
                    t.ends_with("Page") || t == "CreativeWork" || t == "VideoObject" || t == "Event"
                })
            };
            self.facts.objects.iter().filter(is_page).find_map(date)
        })
    }

    fn in_own_metas(&self) -> Option<PartialDate> {
        self.in_metas_named(OWN_DATE)
    }

    fn in_metas(&self) -> Option<PartialDate> {
        self.in_metas_named(PUBLISHED)
    }

    fn in_metas_named(&self, names: &[&str]) -> Option<PartialDate> {
        names
            .iter()
            .find_map(|n| self.facts.metas_named(n).find_map(|c| self.stamp(c)))
    }

    fn in_address(&self) -> Option<PartialDate> {
        let own = self
            .facts
            .address
            .as_deref()
            .or_else(|| self.facts.meta(&["og:url"]));
        own.and_then(dates::in_address)
            .or_else(|| self.address.and_then(dates::in_address))
    }

    /// `time` elements and elements marked as dates, outside teasers, comments and footers.
    fn in_marked_times(&self) -> Option<PartialDate> {
        let date = |t: &TimeElement| {
            t.value.as_deref().and_then(|v| self.stamp(v)).or_else(|| {
                let label = phrases::hits(&phrases::fold(&t.text));
                let is_change = label.iter().any(|h| h.family == Family::Updated)
                    && !label.iter().any(|h| h.family == Family::Published);
                (!is_change)
                    .then(|| dates::first(&t.text, self.order))
                    .flatten()
            })
        };
        let is_change = |t: &&TimeElement| {
            ["modified", "updated", "aktualisiert"]
                .iter()
                .any(|w| t.class.contains(w))
        };
        let usable: Vec<&TimeElement> = self
            .facts
            .times
            .iter()
            .filter(|t| !t.aside && !is_change(t))
            .collect();
        let says_so = |t: &&&TimeElement| {
            [
                "datepublished",
                "published",
                "pubdate",
                "entry-date",
                "post-date",
                "publish",
            ]
            .iter()
            .any(|w| t.class.contains(w))
        };
        usable
            .iter()
            .filter(says_so)
            .find_map(|t| date(t))
            .or_else(|| {
                usable
                    .iter()
                    .filter(|t| t.class.contains("time ") && t.value.is_some())
                    .find_map(|t| date(t))
            })
            .or_else(|| usable.iter().find_map(|t| date(t)))
    }

    /// A line anywhere outside teasers that calls a date the date of publication, or says after "Posted by" and
    /// the like whose work it is and of which day.
    fn in_labeled_lines(&self) -> Option<PartialDate> {
        self.blocks
            .iter()
            .filter(|b| b.text.len() < 400 && !b.place.related && !b.place.comments)
            .find_map(|b| {
                let mut from = 0;
                dates::find(&b.text, self.order).into_iter().find_map(|d| {
                    let before = phrases::fold(&b.text[from..d.range.start]);
                    let is_first = from == 0;
                    from = d.range.end;
                    let signed = is_first && is_signature(&before);
                    (signed || is_label(&before, b.text.len())).then_some(d.date)
                })
            })
    }

    /// Lines around the headline and before the main text that are a date and little else.
    fn in_date_lines(&self) -> Option<PartialDate> {
        let (from, to) = self.head()?;
        (from..to).find_map(|i| {
            // A line that begins with a date and is no sentence goes on with sections, tags and counts.
            let text = self.blocks[i].text.trim_end();
            let leads = dates::find(text, self.order)
                .first()
                .is_some_and(|d| d.range.start == 0);
            let max_words = if leads && !text.ends_with(['.', '!', '?', '…']) {
                24
            } else {
                12
            };
            self.date_of_line(i, max_words)
        })
    }

    /// "Transmitted to the Chair on 15 August 2022", "Published June 2022" near the headline.
    fn in_issued_lines(&self) -> Option<PartialDate> {
        let (from, to) = self.head()?;
        let lines = self.blocks[from..to].iter();
        lines
            .filter(|b| !b.place.related && !b.place.comments && b.text.len() < 200)
            .find_map(|b| issue::issued(&b.text, &dates::find(&b.text, self.order)))
    }

    /// Any date in the lines near the headline, and at the end of the main text.
    fn in_head_of_text(&self) -> Option<PartialDate> {
        let (from, to) = self.head()?;
        let head = (from..to).find_map(|i| self.date_of_line(i, 40));
        head.or_else(|| {
            let (_, last) = self.main?;
            (last.saturating_sub(1)..self.blocks.len().min(last + 4))
                .find_map(|i| self.date_of_line(i, 12))
        })
    }

    /// The blocks from just above the headline to just below the start of the main text.
    fn head(&self) -> Option<(usize, usize)> {
        let first = self.headline.or(self.main.map(|m| m.0))?;
        let start = self.main.map_or(first, |m| m.0);
        let to = start.max(first) + 3;
        let to = if start > first + 40 { first + 8 } else { to };
        Some((
            first.min(start).saturating_sub(6),
            to.min(self.blocks.len()),
        ))
    }

    fn date_of_line(&self, i: usize, max_words: usize) -> Option<PartialDate> {
        let block = &self.blocks[i];
        if block.place.related
            || block.place.comments
            || block.text.split_whitespace().count() > max_words
        {
            return None;
        }
        let found = dates::find(&block.text, self.order);
        let mut from = 0;
        found.iter().find_map(|d| {
            let before = phrases::fold(&block.text[from..d.range.start]);
            from = d.range.end;
            let label = phrases::hits(&before).last().map(|h| h.family);
            (!matches!(label, Some(Family::Capture | Family::Updated))).then_some(d.date)
        })
    }

    /// A date in an attribute: ISO with or without time, digits alone, or words.
    fn stamp(&self, value: &str) -> Option<PartialDate> {
        let value = value.trim();
        dates::compact(value.get(..8).unwrap_or(value))
            .filter(|_| !value.contains('-'))
            .or_else(|| local_day(value))
            .or_else(|| self.either_order(value))
    }

    /// A date as the page writes dates; where the other order makes one too, and only that one is printed on
    /// the page, that one: publishing systems write attributes in the order of their makers.
    fn either_order(&self, value: &str) -> Option<PartialDate> {
        let other = match self.order {
            Order::DayFirst => Order::MonthFirst,
            Order::MonthFirst => Order::DayFirst,
        };
        let first = dates::first(value, self.order)?;
        match dates::first(value, other) {
            Some(second) if second != first && !self.prints(first) && self.prints(second) => {
                Some(second)
            }
            _ => Some(first),
        }
    }

    /// Whether a line of the page has this date.
    fn prints(&self, date: PartialDate) -> bool {
        self.blocks.iter().filter(|b| b.text.len() < 400).any(|b| {
            let found = dates::find(&b.text, self.order);
            found.iter().any(|d| d.date == date)
        })
    }
}

/// Whether what stands before a date ends in a label of publication. Sentences of the text say "released on"
/// too, so in a long line the label must come first.
fn is_label(before: &str, line_len: usize) -> bool {
    let Some(label) = phrases::hits(before).last().copied() else {
        return false;
    };
    let is_close = before.len() - label.end <= 6;
    label.family == Family::Published && is_close && (line_len <= 160 || label.start <= 3)
}

/// What bylines that go on with a date begin with.
const SIGNED: &[&str] = &[
    "posted by ",
    "written by ",
    "submitted by ",
    "published by ",
    "author: ",
    "geschrieben von ",
    "gespeichert von ",
    "verfasst von ",
    "veröffentlicht von ",
    "eingestellt von ",
    "autor: ",
    "publié par ",
    "écrit par ",
    "publicado por ",
    "escrito por ",
    "pubblicato da ",
    "geplaatst door ",
    "автор: ",
    "опубликовано ",
];

/// Whether what stands before a date is "Posted by", a name of up to four words and at most a preposition.
fn is_signature(before: &str) -> bool {
    let Some(name) = SIGNED.iter().find_map(|lead| before.strip_prefix(lead)) else {
        return false;
    };
    (1..=5).contains(&name.split_whitespace().count()) && !name.contains(". ")
}

/// The day of an ISO timestamp as the page writes it; the time zone is the page's own affair.
fn local_day(value: &str) -> Option<PartialDate> {
    value
        .get(..10)?
        .parse()
        .ok()
        .filter(|d: &PartialDate| d.day().is_some())
}
