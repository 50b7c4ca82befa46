//! The words that carry a claim.

use text_size::{TextRange, TextSize};

/// An exact quote with its place and surroundings.
///
/// Source: W3C Web Annotation Data Model, TextQuoteSelector and TextPositionSelector.
///
/// Invariant: the quote is as long as the range. [`Evidence::new`] takes it from the text; evidence of an earlier
/// reading comes back through [`Evidence::kept`], and [`Evidence::holds_in`] says whether it still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    range: TextRange,
    quote: String,
    prefix: String,
    suffix: String,
}

/// How many characters of the surroundings are kept on each side.
const CONTEXT_CHARS: usize = 32;

impl Evidence {
    /// The words of `range` in `text`, with up to 32 characters before and after.
    ///
    /// # Panics
    /// If `range` does not lie on character boundaries of `text`.
    pub fn new(text: &str, range: TextRange) -> Self {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let prefix_at = text[..start]
            .char_indices()
            .rev()
            .nth(CONTEXT_CHARS - 1)
            .map_or(0, |(i, _)| i);
        Self {
            range,
            quote: text[range].to_owned(),
            prefix: text[prefix_at..start].to_owned(),
            suffix: text[end..].chars().take(CONTEXT_CHARS).collect(),
        }
    }

    /// Evidence that was kept since an earlier reading; `None` if `quote` is not as long as `range`.
    pub fn kept(range: TextRange, quote: String, prefix: String, suffix: String) -> Option<Self> {
        (TextSize::of(&*quote) == range.len()).then_some(Self {
            range,
            quote,
            prefix,
            suffix,
        })
    }

    /// Where the quote lies, in UTF-8 bytes of the document's text.
    pub fn range(&self) -> TextRange {
        self.range
    }

    /// The words.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// Up to 32 characters before the quote.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Up to 32 characters after the quote.
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    /// True if the quote stands in `text` at its range, byte for byte.
    pub fn holds_in(&self, text: &str) -> bool {
        text.get(std::ops::Range::<usize>::from(self.range)) == Some(self.quote.as_str())
    }

    /// Where the quote stands in another version of the text: at the same place, else the occurrence whose
    /// surroundings agree best, ties to the one nearest the old place. `None` where the words are gone.
    pub fn find_in(&self, text: &str) -> Option<TextRange> {
        if self.holds_in(text) {
            return Some(self.range);
        }
        if self.quote.is_empty() {
            return None;
        }
        let old = usize::from(self.range.start());
        text.match_indices(self.quote.as_str())
            .max_by_key(|&(at, _)| {
                let before = common_len(text[..at].chars().rev(), self.prefix.chars().rev());
                let after = common_len(text[at + self.quote.len()..].chars(), self.suffix.chars());
                (before + after, std::cmp::Reverse(at.abs_diff(old)))
            })
            .map(|(at, _)| TextRange::at(TextSize::from(at as u32), TextSize::of(&*self.quote)))
    }
}

fn common_len(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, words: &str) -> TextRange {
        let at = text.find(words).unwrap();
        TextRange::at(TextSize::from(at as u32), TextSize::of(words))
    }

    #[test]
    fn keeps_quote_and_surroundings() {
        let text = "The harbour office said twelve barges were waiting at the lock.";
        let e = Evidence::new(text, range(text, "twelve barges"));
        assert_eq!(e.quote(), "twelve barges");
        assert_eq!(e.prefix(), "The harbour office said ");
        assert!(e.suffix().starts_with(" were waiting"));
        assert!(e.holds_in(text));
        let kept = |quote: &str| Evidence::kept(e.range(), quote.into(), "".into(), "".into());
        assert!(kept("twelve barges").is_some_and(|kept| kept.holds_in(text)));
        assert_eq!(kept("twelve"), None);
    }

    #[test]
    fn follows_its_words_when_the_text_moves() {
        let old = "Ten boats left. Ten boats stayed.";
        let second = TextRange::at(16.into(), TextSize::of("Ten boats"));
        let e = Evidence::new(old, second);
        let new = "Update: Ten boats left. Ten boats stayed.";
        assert_eq!(
            e.find_in(new).map(|r| usize::from(r.start())),
            new.rfind("Ten boats")
        );
        assert_eq!(e.find_in("No boats."), None);
    }
}
