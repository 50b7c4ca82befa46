//! Conversion between the three ways of counting into a text.
//!
//! Inside the program every offset is a UTF-8 byte offset ([`TextSize`]). The exchange format and the W3C
//! selectors count Unicode code points ([`CharOffset`]), browsers count UTF-16 code units ([`Utf16Offset`]).
//! Only [`OffsetTable`] converts.

use text_size::{TextRange, TextSize};

/// A number of Unicode code points from the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharOffset(pub u32);

/// A number of UTF-16 code units from the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(pub u32);

/// One text's table of offsets: a checkpoint every 64 bytes, so a look-up costs at most 64 steps.
///
/// Offsets that fall inside a character are rounded down to its start; offsets past the end count as the end.
#[derive(Debug, Clone)]
pub struct OffsetTable<'t> {
    text: &'t str,
    /// `(byte, chars, utf16)` at the first character boundary at or after each multiple of [`STEP`].
    checkpoints: Vec<(u32, u32, u32)>,
}

const STEP: usize = 64;

impl<'t> OffsetTable<'t> {
    /// Builds the table in one pass over `text`.
    ///
    /// # Panics
    /// If the text is longer than 4 GiB; readers cap documents far below that.
    pub fn new(text: &'t str) -> Self {
        assert!(
            u32::try_from(text.len()).is_ok(),
            "documents are shorter than 4 GiB"
        );
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let (mut chars, mut units, mut next) = (0, 0, 0);
        for (byte, c) in text.char_indices() {
            if byte >= next {
                checkpoints.push((byte as u32, chars, units));
                next = byte - byte % STEP + STEP;
            }
            chars += 1;
            units += c.len_utf16() as u32;
        }
        if checkpoints.is_empty() {
            checkpoints.push((0, 0, 0));
        }
        Self { text, checkpoints }
    }

    /// Code points before `at`.
    pub fn to_char(&self, at: TextSize) -> CharOffset {
        CharOffset(self.walk(|byte, _, _| byte <= u32::from(at), Some(at)).1)
    }

    /// UTF-16 code units before `at`.
    pub fn to_utf16(&self, at: TextSize) -> Utf16Offset {
        Utf16Offset(self.walk(|byte, _, _| byte <= u32::from(at), Some(at)).2)
    }

    /// The byte offset of the code point number `at`.
    pub fn from_char(&self, at: CharOffset) -> TextSize {
        TextSize::from(self.walk(|_, chars, _| chars <= at.0, None).0)
    }

    /// The byte offset of the UTF-16 code unit number `at`.
    pub fn from_utf16(&self, at: Utf16Offset) -> TextSize {
        TextSize::from(self.walk(|_, _, units| units <= at.0, None).0)
    }

    /// A byte range from a range of code points.
    pub fn range_from_chars(&self, start: CharOffset, end: CharOffset) -> TextRange {
        let (start, end) = (self.from_char(start), self.from_char(end));
        TextRange::new(start, end.max(start))
    }

    /// Walks to the last character start for which `holds` is true and returns `(byte, chars, utf16)`.
    fn walk(
        &self,
        holds: impl Fn(u32, u32, u32) -> bool,
        cap: Option<TextSize>,
    ) -> (u32, u32, u32) {
        let at = self
            .checkpoints
            .partition_point(|&(b, c, u)| holds(b, c, u))
            .saturating_sub(1);
        let (mut byte, mut chars, mut units) = self.checkpoints[at];
        for c in self.text[byte as usize..].chars() {
            let next = (
                byte + c.len_utf8() as u32,
                chars + 1,
                units + c.len_utf16() as u32,
            );
            if !holds(next.0, next.1, next.2) || cap.is_some_and(|cap| next.0 > u32::from(cap)) {
                break;
            }
            (byte, chars, units) = next;
        }
        (byte, chars, units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn byte_char_and_utf16_offsets_round_trip(text in "\\PC{0,200}") {
            let table = OffsetTable::new(&text);
            let (mut chars, mut units) = (0, 0);
            for (byte, c) in text.char_indices() {
                let at = TextSize::from(byte as u32);
                prop_assert_eq!(table.to_char(at), CharOffset(chars));
                prop_assert_eq!(table.to_utf16(at), Utf16Offset(units));
                prop_assert_eq!(table.from_char(CharOffset(chars)), at);
                prop_assert_eq!(table.from_utf16(Utf16Offset(units)), at);
                chars += 1;
                units += c.len_utf16() as u32;
            }
            prop_assert_eq!(table.from_char(CharOffset(chars)), TextSize::of(text.as_str()));
            prop_assert_eq!(table.to_char(TextSize::of(text.as_str())), CharOffset(chars));
            prop_assert_eq!(table.from_char(CharOffset(chars + 9)), TextSize::of(text.as_str()));
        }
    }
}
