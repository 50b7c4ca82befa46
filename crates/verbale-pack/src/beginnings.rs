//! How the names of the packs begin: most words of a page begin none of them.

use std::collections::HashMap;

use crate::words::folded;

/// By their first letters, how long the names are that begin so.
///
/// What look-ups of names disregard (case, articles, blanks, dots, hyphens) is disregarded here too, so a text that
/// no beginning fits is no name, whichever look-up is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beginnings(HashMap<String, usize>);

/// Letters and digits of a beginning; a shorter name is its own.
const N_CHARS: usize = 6;

/// Letters of "the" and "'s", which each look-up leaves out; callers do so too before they ask.
const N_LEFT_OUT: usize = 2 * 4;

impl Beginnings {
    pub(crate) fn add(&mut self, name: &str) {
        let beginning: String = letters(name).take(N_CHARS).collect();
        let len = letters(name).count();
        let longest = self.0.entry(beginning).or_default();
        *longest = len.max(*longest);
    }

    /// Letters and digits of the longest name that may begin as `text` does, an article in front counted; 0 if none
    /// may.
    pub(crate) fn longest(&self, text: &str) -> usize {
        let mut beginning = String::new();
        let mut longest = 0;
        for letter in letters(text).take(N_CHARS) {
            beginning.push(letter);
            let len = self.0.get(&beginning).copied().unwrap_or_default();
            longest = longest.max(len);
        }
        match longest {
            0 => 0,
            len => len + N_LEFT_OUT,
        }
    }
}

/// The folded letters and digits of a text, without articles in front.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    while let Some((article, behind)) = rest.split_at_checked(3)
        && article.eq_ignore_ascii_case("the")
        && behind.starts_with(|c: char| !c.is_alphanumeric())
    {
        rest = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    folded(rest).filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_beginning_however_it_is_written() {
        let mut beginnings = Beginnings::default();
        ["US", "Water Regulator", "Resolution 2397", "the Port"]
            .iter()
            .for_each(|name| beginnings.add(name));
        for text in [
            "U.S. officials",
            "the US",
            "water-regulator",
            "resolution2397",
            "PORT’s",
        ] {
            assert!(beginnings.longest(text) > 0, "{text}");
        }
        assert_eq!(beginnings.longest("Watering place"), 0);
        assert_eq!(beginnings.longest("Brandt"), 0);
        assert_eq!(beginnings.longest("the"), 0);
        assert_eq!(beginnings.longest(""), 0);
        assert!(beginnings.longest("Water Reg") >= "waterregulator".len());
    }
}
