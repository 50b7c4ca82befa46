//! Which words of a proposition are its evidence: the content around its verb, without what opens and closes it.

use std::ops::Range;

use verbale_core::Timex;
use verbale_nlp::Token;

use super::Finder;
use crate::claim::grammar::is_mark;

impl Finder<'_, '_> {
    /// Cuts a stretch to the piece of content around the verb.
    pub(super) fn clip(
        &self,
        range: Range<usize>,
        verb: usize,
        mark: Option<usize>,
    ) -> Range<usize> {
        let Some(m) = mark else { return range };
        let inside = |i: &usize| {
            self.is_inside(*i, m) || self.layout.cue(*i) != Some(m) && self.between(*i, m)
        };
        let start = (range.start..verb)
            .rev()
            .take_while(inside)
            .last()
            .unwrap_or(verb);
        let end = (verb..range.end)
            .take_while(inside)
            .last()
            .map_or(verb + 1, |i| i + 1);
        start..end
    }

    /// True for marks between two words of the content.
    fn between(&self, i: usize, mark: usize) -> bool {
        let t = self.sentence.doc().token(i);
        t.is_punct() && i > 0 && self.is_inside(i - 1, mark)
    }

    /// Drops joining words and marks at the edges.
    pub(super) fn trim(&self, range: Range<usize>, verb: usize) -> Range<usize> {
        let doc = self.sentence.doc();
        let blank = |t: Token<'_>| t.is_space() || t.is_punct() || t.text().chars().all(is_mark);
        let range = self.without_dateline(range, verb);
        let mut range = self.without_reporting_time(range, verb);
        while range.start < verb {
            let t = doc.token(range.start);
            let opener = blank(t)
                || &*t.lower() == "that" && t.tag() == "IN"
                || matches!(t.dep(), "cc" | "mark" | "preconj")
                    && !matches!(&*t.lower(), "if" | "unless")
                    && !self.opens_time(range.start)
                || doc.token(verb).dep() == "advcl" && &*t.lower() == "when"
                || t.dep() == "advmod"
                    && matches!(
                        &*t.lower(),
                        "why"
                            | "however"
                            | "meanwhile"
                            | "also"
                            | "nevertheless"
                            | "still"
                            | "instead"
                    );
            if !opener {
                break;
            }
            range.start += 1;
        }
        while range.end > verb + 1 {
            let t = doc.token(range.end - 1);
            if !(blank(t) || t.dep() == "cc") || t.text() == ")" || t.text() == "%" {
                break;
            }
            range.end -= 1;
        }
        range
    }

    /// True for the "since" of "since 3 May trains have run", which says when and joins nothing.
    fn opens_time(&self, i: usize) -> bool {
        let doc = self.sentence.doc();
        let block = &self.cx.reading.blocks()[self.block];
        let next = doc.span(i..(i + 2).min(self.sentence.end()));
        let words = block.span_range(next);
        matches!(
            &*doc.token(i).lower(),
            "since" | "until" | "before" | "after"
        ) && self.cx.marks.times.iter().any(|t| {
            t.range.is_some_and(|r| {
                r.start() == words.start() || r.start() > words.start() && r.start() < words.end()
            })
        })
    }

    /// Cuts "PORT HALDEN (Agency) - " off the first sentence of a block.
    fn without_dateline(&self, range: Range<usize>, verb: usize) -> Range<usize> {
        let doc = self.sentence.doc();
        let first = doc.token(range.start);
        let shouts =
            first.text().chars().count() > 1 && !first.text().chars().any(char::is_lowercase);
        if self.sentence.start() > 0 || !shouts {
            return range;
        }
        let dash = (range.start..verb.min(range.start + MAX_DATELINE_TOKENS)).find(|&i| {
            matches!(doc.token(i).text(), "-" | "--" | "\u{2013}" | "\u{2014}")
                && !doc.token(i).whitespace().is_empty()
        });
        dash.map_or(range.clone(), |d| d + 1..range.end)
    }

    /// Cuts "on Wednesday" off "said on Wednesday the port was shut", which the parser gives to the port.
    fn without_reporting_time(&self, range: Range<usize>, verb: usize) -> Range<usize> {
        let doc = self.sentence.doc();
        let after_cue = range.start > 0 && self.layout.cue(range.start - 1).is_some();
        if !after_cue || !matches!(doc.token(range.start).tag(), "IN" | "NNP") {
            return range;
        }
        let block = &self.cx.reading.blocks()[self.block];
        let opening = (range.start + 1..verb.min(range.start + MAX_TIME_TOKENS)).find(|&end| {
            let words = block.span_range(doc.span(range.start..end));
            let day = |t: &Timex| t.range.is_some_and(|r| r.end() == words.end());
            self.cx.times_in(words).any(day)
        });
        opening.map_or(range.clone(), |end| end..range.end)
    }
}

/// Longest time after a cue: "on the evening of 3 May".
const MAX_TIME_TOKENS: usize = 7;

/// Longest dateline: place, agency and day before the dash.
const MAX_DATELINE_TOKENS: usize = 12;
