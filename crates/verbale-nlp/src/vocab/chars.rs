//! Properties of characters as Python has them, which differ from Rust's where noted.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// `str.isspace`: white space, with the four information separators that Unicode leaves out.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `str.isalpha`: letters only, while Rust's `is_alphabetic` counts letter numbers and vowel signs too.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.general_category_group() == GeneralCategoryGroup::Letter
    }
}

/// `str.isdigit`: decimal digits, and digits in circles, superscripts and the like.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        c.general_category() == GeneralCategory::DecimalNumber
            || DIGITS_NOT_DECIMAL
                .iter()
                .any(|&(from, to)| (from..=to).contains(&c))
    }
}

/// Characters with the numeric type Digit that are not decimal numbers. Source: Unicode 14, `extracted/DerivedNumericType.txt`.
#[rustfmt::skip]
const DIGITS_NOT_DECIMAL: &[(char, char)] = &[
    ('\u{b2}', '\u{b3}'), ('\u{b9}', '\u{b9}'), ('\u{1369}', '\u{1371}'), ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'), ('\u{2074}', '\u{2079}'), ('\u{2080}', '\u{2089}'), ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'), ('\u{2488}', '\u{2490}'), ('\u{24ea}', '\u{24ea}'), ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'), ('\u{2776}', '\u{277e}'), ('\u{2780}', '\u{2788}'), ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'), ('\u{10e60}', '\u{10e68}'), ('\u{11052}', '\u{1105a}'), ('\u{1f100}', '\u{1f10a}'),
];

/// The shape of a word: letters become `x` or `X`, digits `d`, and runs stop at four.
pub(crate) fn shape(word: &str) -> String {
    if word.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len().min(16));
    let mut last = None;
    let mut run = 0;
    for c in word.chars() {
        let symbol = match c {
            c if is_alpha(c) && c.is_uppercase() => 'X',
            c if is_alpha(c) => 'x',
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(symbol) { run + 1 } else { 0 };
        last = Some(symbol);
        if run < 4 {
            shape.push(symbol);
        }
    }
    shape
}

/// The first character of a word.
pub(crate) fn prefix(word: &str) -> &str {
    &word[..word.chars().next().map_or(0, char::len_utf8)]
}

/// The last three characters of a word.
pub(crate) fn suffix(word: &str) -> &str {
    let at = word.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
    &word[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("", ""),
            ("Apple", "Xxxxx"),
            ("internationalise", "xxxx"),
            ("U.K.", "X.X."),
            ("2020s", "ddddx"),
            ("100000", "dddd"),
            ("m²", "xd"),
            ("ⅻ", "ⅻ"),
            ("-----", "----"),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
    }

    #[test]
    fn affixes_count_characters() {
        assert_eq!((prefix("éa"), suffix("naïve")), ("é", "ïve"));
        assert_eq!((prefix(""), suffix("ab")), ("", "ab"));
    }
}
