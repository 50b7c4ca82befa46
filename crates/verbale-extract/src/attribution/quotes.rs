//! Where the text itself quotes: stretches between quotation marks.
//!
//! Not here: who is quoted (`quoted.rs`).

use verbale_core::{TextRange, TextSize};

/// One quotation inside one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks, in bytes of the block's text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Without its marks.
    pub(super) inner_start: usize,
    pub(super) inner_end: usize,
    /// False if the block ends before the closing mark: the next paragraph goes on quoting.
    pub(super) closed: bool,
    /// True for `'…'` and `‘…’`.
    pub(super) single: bool,
}

impl Quote {
    pub(super) fn contains(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }

    pub(super) fn text<'t>(&self, block: &'t str) -> &'t str {
        &block[self.inner_start..self.inner_end]
    }

    /// True if the quotation can stand alone: at least a clause that begins like a sentence.
    pub(super) fn is_full(&self, block: &str) -> bool {
        let inner = self.text(block).trim();
        let opens = inner
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let opens = opens || inner.starts_with(['…', '.', '[']);
        let words = inner.split_whitespace().count();
        let closes = inner.ends_with([',', '.', '!', '?', '…', '-', '—', '–']);
        opens && (closes && words >= 1 || words >= 7 || !self.closed) || closes && words >= 8
    }

    /// The range in the document, for a block that starts at `start`.
    pub(super) fn range(&self, start: TextSize) -> TextRange {
        let at = |i: usize| start + TextSize::from(i as u32);
        TextRange::new(at(self.start), at(self.end))
    }
}

/// A quotation longer than this is a mark that was never closed.
const MAX_QUOTE_BYTES: usize = 6_000;

/// The quotations of one block of text, in order, not overlapping. Quotations inside quotations are left alone.
pub(super) fn find(text: &str) -> Vec<Quote> {
    find_behind(text, false)
}

/// The same behind a block that ends within a quotation, which may go on without a mark of its own.
pub(super) fn find_behind(text: &str, is_open: bool) -> Vec<Quote> {
    let marks = marks(text);
    let mut quotes = Vec::new();
    let mut next = 0;
    let first = marks.iter().position(|m| m.kind != Kind::Single);
    if let Some(at) = first.filter(|&i| is_open && marks[i].closes && !marks[i].opens)
        && marks[at].at <= MAX_QUOTE_BYTES
    {
        quotes.push(Quote {
            start: 0,
            end: marks[at].end,
            inner_start: 0,
            inner_end: marks[at].at,
            closed: true,
            single: false,
        });
        next = at + 1;
    }
    while next < marks.len() {
        let open = marks[next];
        next += 1;
        if !open.opens {
            continue;
        }
        let closing = |weak: bool| {
            let fits = |m: &Mark| m.closes && m.weak == weak && m.pairs_with(open);
            marks[next..].iter().position(fits)
        };
        let close = closing(false).or_else(|| closing(true));
        match close {
            Some(offset) if marks[next + offset].at - open.at <= MAX_QUOTE_BYTES => {
                let close = marks[next + offset];
                quotes.push(Quote {
                    start: open.at,
                    end: close.end,
                    inner_start: open.end,
                    inner_end: close.at,
                    closed: true,
                    single: open.kind == Kind::Single,
                });
                next += offset + 1;
            }
            // A double mark that never closes quotes to the end of the paragraph if it leads it or a colon
            // or a comma announces it; anything else is inches, minutes or dirt.
            None if open.kind != Kind::Single && announces(&text[..open.at]) => {
                quotes.push(Quote {
                    start: open.at,
                    end: text.len(),
                    inner_start: open.end,
                    inner_end: text.len(),
                    closed: false,
                    single: false,
                });
                break;
            }
            _ => {}
        }
    }
    quotes
}

fn announces(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', ',', '.', '”', '"'])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Straight,
    Curly,
    Single,
    Guillemet,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    end: usize,
    kind: Kind,
    opens: bool,
    closes: bool,
    /// It may be the apostrophe of a plural genitive.
    weak: bool,
}

impl Mark {
    fn pairs_with(self, open: Self) -> bool {
        // Saved pages mix curly and straight marks in one pair.
        let double = |k| matches!(k, Kind::Straight | Kind::Curly);
        self.kind == open.kind || double(self.kind) && double(open.kind)
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let rest = &text[at..];
        let (kind, len) = match c {
            '"' => (Kind::Straight, 1),
            '“' | '”' | '„' | '‟' => (Kind::Curly, c.len_utf8()),
            '«' | '»' => (Kind::Guillemet, c.len_utf8()),
            '\'' if rest.starts_with("''") => (Kind::Straight, 2),
            '`' if rest.starts_with("``") => (Kind::Straight, 2),
            '\'' | '‘' | '’' | '`' => (Kind::Single, c.len_utf8()),
            _ => continue,
        };
        skip_to = at + len;
        let before = text[..at].chars().next_back();
        let after = text[at + len..].chars().next();
        let starts = before.is_none_or(|b| b.is_whitespace() || "([{—–-/\"“‘'".contains(b));
        let stops = after.is_none_or(|a| a.is_whitespace() || ".,;:!?)]}—–-/\"”’'".contains(a));
        let word_after = after.is_some_and(|a| !a.is_whitespace());
        let word_before = before.is_some_and(|b| !b.is_whitespace());
        let (opens, closes) = match (kind, c) {
            (Kind::Curly, '“' | '„' | '‟') | (Kind::Guillemet, '«') => (true, false),
            // Some pages close twice; a closing mark after a blank opens.
            (Kind::Curly, _) => (starts && word_after && !stops, true),
            (Kind::Guillemet, _) => (false, true),
            (Kind::Single, '‘') => (starts && word_after, false),
            (Kind::Single, '’') => (false, stops && word_before),
            (Kind::Single, _) => (starts && word_after, stops && word_before),
            (Kind::Straight, _) => (word_after && (starts || !word_before), word_before || stops),
        };
        if opens || closes {
            marks.push(Mark {
                at,
                end: at + len,
                kind,
                opens,
                closes,
                weak: kind == Kind::Single && is_plural(&text[..at], after),
            });
        }
    }
    marks
}

/// True for the apostrophe of a plural genitive: "the workers' pay".
fn is_plural(before: &str, after: Option<char>) -> bool {
    before.ends_with('s') && after.is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find(text).iter().map(|q| q.text(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_all_sorts() {
        check("He said “we wait” and \"we pay\".", &["we wait", "we pay"]);
        check("She wrote ''it floats,'' twice.", &["it floats,"]);
        check("Mayor: ‘No tolls’ this year", &["No tolls"]);
        check("«Das Eis hält», hieß es", &["Das Eis hält"]);
        check(
            "“The captain called it ‘a miracle’ at sea.”",
            &["The captain called it ‘a miracle’ at sea."],
        );
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        check("The workers' pay and the crew's bread don't match.", &[]);
        check("A 12\" pipe burst.", &[]);
        check("It's the ships’ fault, isn’t it.", &[]);
    }

    #[test]
    fn a_paragraph_may_leave_its_quotation_open() {
        let text = "“The quay sank in spring.";
        let quotes = find(text);
        assert_eq!(quotes.len(), 1);
        assert!(!quotes[0].closed);
        assert_eq!(quotes[0].end, text.len());
    }
}
